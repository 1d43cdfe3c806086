"""게시 계획 on paper: a week's or month's plan, and the sheet of one post."""

from __future__ import annotations

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Furniture,
    Heading,
    Masthead,
    Notes,
    Paragraph,
    Row,
    Table,
)
from civictracker.documents.parts import (
    NONE,
    USUAL,
    PaperOptions,
    Section,
    built,
    count_cell,
    counted,
    fact,
    figure_cell,
    named,
    noted,
    office_document,
    typed,
)
from civictracker.domain.dates import official_weekday
from civictracker.domain.posting import COUNT_NAMES, COUNTS, KIND_NAMES, STATUS_NAMES, Kind, Status, rate_text
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services.calendar import PostView
from civictracker.services.post_export import Plan
from civictracker.services.posts import PostDetail
from civictracker.services.report_plan import PlanFigures
from civictracker.services.report_values import (
    Figure,
    Head,
    Source,
)

_PLAN = (
    Column(14, Align.CENTER),
    Column(10, Align.CENTER),
    Column(36),
    Column(24),
    Column(14),
    Column(10, Align.CENTER),
    Column(22),
)
_HEAD = named("날짜", "시각", "제목", "채널", "대상", "상태", "비고")
_RESULT = (Column(15, Align.CENTER), Column(36), *(Column(13, Align.RIGHT) for _ in range(4)))


def plan_paper(figures: PlanFigures, options: PaperOptions = USUAL) -> Document:
    """The plan of a span: what is to be sent, why it moved, and what was sent with its result.

    Raises KeyError for a section that does not exist.
    """
    name = _span_name(figures.plan, figures.head.naming)
    blocks = built(_SECTIONS, figures, options)
    return office_document(figures.head, options, blocks, title="게시 계획", name=name, subtitle=name)


def plan_document(
    plan: Plan, naming: WeekNaming, approval: tuple[str, ...] = (), *, results: bool = True
) -> Document:
    """As :func:`plan_paper` from the plan alone; without ``results`` what was sent is left out."""
    head = Head(
        plan.office, plan.department, plan.writer, plan.written, approval, "", plan.is_sample, None, "",
        naming,
    )  # fmt: skip
    sections = ("plan", "results") if results else ("plan",)
    return plan_paper(PlanFigures(head, plan), PaperOptions(sections=sections))


def _plan(figures: PlanFigures, options: PaperOptions) -> list[Block]:
    plan = figures.plan
    shown = [post for post in plan.posts if post.status is not Status.IDEA]
    told = counted("게시", figures.head)
    blocks: list[Block] = [Heading("게시 계획", f"({len(shown)}건)", source=told)]
    if shown:
        blocks.append(Table(_PLAN, (_HEAD,), tuple(_row(post, plan) for post in shown), "게시 계획"))
    else:
        blocks.append(Paragraph(NONE))
    notes = [f"{day.month}. {day.day}. {name}" for day, name in plan.holidays.items()]
    if plan.uncertain:
        notes.append(f"{'·'.join(str(year) for year in plan.uncertain)}년 공휴일은 미확인")
    if notes:
        blocks.append(Notes(((f"휴일: {', '.join(notes)}", None),), small=True))
    return blocks


def _sent(figures: PlanFigures, options: PaperOptions) -> list[Block]:
    """Nothing where nothing was sent yet."""
    sent = [
        post for post in figures.plan.posts
        if post.status is not Status.IDEA and post.counts.sent is not None
    ]  # fmt: skip
    return [Heading("발송 결과", unit="(단위: 건, 원)"), _results(sent)] if sent else []


def _notes(figures: PlanFigures, options: PaperOptions) -> list[Block]:
    lines = typed(options.notes.get("notes", ()), figures.head)
    return noted(lines) if lines else []


_SECTIONS: dict[str, Section[PlanFigures]] = {"plan": _plan, "results": _sent, "notes": _notes}


def _span_name(plan: Plan, naming: WeekNaming) -> str:
    period = Period(plan.start, plan.end)
    span = f"{official_weekday(plan.start)} ~ {official_weekday(plan.end)}"
    if period.grain is Grain.MONTH:
        return f"{plan.start.year}년 {plan.start.month}월"
    return f"{naming.name(period).full} ({span})" if period.grain is Grain.WEEK else span


def _row(post: PostView, plan: Plan) -> Row:
    names = "·".join(plan.names[each] for each in post.channels if each in plan.names)
    remark = post.moved_because or (KIND_NAMES[post.kind] if post.kind is not Kind.NORMAL else "")
    return Row((
        Cell(official_weekday(post.day).split(". ", 1)[1]), Cell(post.time), Cell(masked(post.subject)),
        Cell(names), Cell(masked(post.audience)), Cell(STATUS_NAMES[post.status]), Cell(masked(remark)),
    ))  # fmt: skip


def _results(posts: list[PostView]) -> Table:
    head = named("날짜", "제목", "발송", "열람", "열람률(%)", "비용")
    body = []
    for post in posts:
        counts, rate, source = post.counts, post.counts.rate("opened"), _source(post)
        body.append(Row((
            Cell(official_weekday(post.day).split(". ", 1)[1]), Cell(masked(post.subject)),
            count_cell(counts.sent, source), count_cell(counts.opened, source),
            figure_cell(Figure(rate, source), 1), count_cell(counts.cost_won, source),
        )))  # fmt: skip
    return Table(_RESULT, (head,), tuple(body), "발송 결과")


def _source(post: PostView) -> Source:
    ids = () if post.key.post_id is None else (post.key.post_id,)
    return Source("sent", (), Period.day(post.day), f"{post.subject} · 발송 결과", post_ids=ids)


def post_document(detail: PostDetail, names: dict[int, str], plan: Plan) -> Document:
    """게시표: one post with its text, its cards and what came of it."""
    draft = detail.draft
    facts = (
        ("날짜", f"{official_weekday(draft.planned)} {draft.time}"),
        ("채널", "·".join(names[each] for each in draft.channels if each in names)),
        ("대상", draft.audience), ("종류", KIND_NAMES[draft.kind]), ("상태", STATUS_NAMES[draft.status]),
        ("담당", draft.owner), ("블로그", draft.link), ("휴일", detail.moved_because), ("비고", draft.note),
    )  # fmt: skip
    blocks: list[Block] = [
        Heading("게시 정보"),
        Table((Column(14, Align.CENTER), Column(86)), (),
              tuple(Row(fact(name, text)) for name, text in facts if text), "게시 정보"),
    ]  # fmt: skip
    if draft.body.strip():
        blocks.append(Heading("본문"))
        blocks += [Paragraph(masked(text), level=0) for text in draft.body.splitlines() if text.strip()]
    if draft.slides:
        blocks.append(Heading(f"카드 {len(draft.slides)}장", "대체텍스트"))
        rows = tuple(
            Row((Cell(str(at)), Cell(masked(each.alt_text) or "(없음)")))
            for at, each in enumerate(draft.slides, 1)
        )
        blocks.append(Table((Column(8, Align.CENTER), Column(92)), (), rows, "카드"))
    if detail.counts.is_known:
        known = [(COUNT_NAMES[name], getattr(detail.counts, name)) for name in COUNTS]
        heads = [name for name, value in known if value is not None]
        cells = [count_cell(value, None) for _, value in known if value is not None]
        blocks.append(Heading("결과", f"열람률 {rate_text(detail.counts.rate('opened'))}"))
        blocks.append(
            Table(tuple(Column(10, Align.RIGHT) for _ in heads),
                  (named(*heads),),
                  (Row(tuple(cells)),), "결과")
        )  # fmt: skip
    blocks.append(Paragraph("끝.", level=0))
    return Document(
        title=f"게시표 ({draft.subject})", subject=draft.subject, author=plan.office, written=plan.written,
        masthead=Masthead("게시표", draft.subject, f"{plan.office} · 작성 {official_weekday(plan.written)}"),
        blocks=tuple(blocks), furniture=Furniture(foot="예시 자료" if plan.is_sample else ""),
    )  # fmt: skip
