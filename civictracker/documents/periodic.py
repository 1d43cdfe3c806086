"""정기 보고서 (weekly to yearly): which parts stand on the paper, in which order and in which words."""

from __future__ import annotations

from dataclasses import replace

from civictracker.documents.index_part import index_part
from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Charts,
    Column,
    Document,
    Emphasis,
    Heading,
    KeyFigure,
    KeyFigures,
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
    change_text,
    count_cell,
    counted,
    figure_cell,
    figure_text,
    named,
    noted,
    office_document,
    post_cells,
    sent_cells,
    typed,
)
from civictracker.documents.trend_charts import trend_charts
from civictracker.domain.dates import official
from civictracker.domain.weeks import Grain
from civictracker.services.report_posts import most_opened
from civictracker.services.report_values import (
    SPANS,
    SUB,
    ChannelGroup,
    ChannelLine,
    PostLine,
    ReportFigures,
    SpanWords,
)
from civictracker.services.report_words import points

_MOST_POSTS = 12  # of a span longer than a week: those that most people opened


def report_document(figures: ReportFigures, options: PaperOptions = USUAL) -> Document:
    """The paper of ``figures``. Raises KeyError for a section that does not exist."""
    subtitle = f"{figures.name} ({figures.range})"
    known = sections_of(figures.period.grain)
    blocks = built({name: _SECTIONS[name] for name in known}, figures, options)
    return office_document(
        figures.head, options, blocks, title=figures.title, name=figures.name, subtitle=subtitle
    )


def sections_of(grain: Grain) -> tuple[str, ...]:
    """What the paper of this grain holds, in its usual order."""
    if grain is Grain.WEEK:
        return ("summary", "channels", "posts", "plan", "trend", "index", "notes")
    plan = ("plan",) if grain is Grain.MONTH else ()
    return ("summary", "channels", "steps", "posts", *plan, "trend", "index", "notes")


# --- sections ---------------------------------------------------------------------------------


def _summary(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    lines = [Paragraph(masked(each.text), each.level, each.source) for each in figures.sentences]
    return [Heading("총괄"), *lines, KeyFigures(tuple(_key_figures(figures)))]


def _key_figures(figures: ReportFigures) -> list[KeyFigure]:
    everything = figures.total
    words = figures.words
    items = [_friends("전체 친구·구독자", everything, words)]
    own = [line for line in figures.groups[0].lines if line.this.value is not None] if figures.groups else []
    if len(own) > 1:
        best = max(own, key=lambda line: line.this.value or 0)
        items.append(_friends(masked(best.name), best, words))
    missing = everything.expected - everything.posts_present
    if everything.posts.value is None:
        detail = f"{words.this} 미입력"
    else:
        since = f"누계 {figure_text(everything.posts_year)}건" if _has_sum(figures) else figures.name
        detail = f"미입력 {missing}개 채널 제외" if missing else since
    items.append(
        KeyFigure("게시물", figure_text(everything.posts, unit="건"), detail, everything.posts.source)
    )
    rate = figures.sends.open_rate
    if rate.value is None:
        views = f"{words.this} 미입력" if everything.views.value is None else words.this
        items.append(
            KeyFigure("조회·열람", figure_text(everything.views, unit="회"), views, everything.views.source)
        )
    else:
        change = figures.sends.rate_change
        against = (
            f"{words.last} 수치 없음" if change.value is None else f"{words.last} 대비 {points(change.value)}"
        )
        items.append(KeyFigure("메시지 열람률", figure_text(rate, 1, unit="%"), against, rate.source))
    return items


def _friends(name: str, line: ChannelLine, words: SpanWords) -> KeyFigure:
    if line.this.value is None:
        detail = f"{words.this} 미입력"
    elif line.change.value is None:
        detail = f"{words.last} 수치 없음"
    else:
        rate = "" if line.rate.value is None else f" ({change_text(line.rate, 1)}%)"
        verb = " 증가" if line.change.value > 0 else ""
        moved = f"{words.last} 대비 {change_text(line.change)}{verb}{rate}"
        detail = moved if line.change.value else f"{words.as_last} 같음"
    if 0 < line.present < line.expected:
        name += _coverage(line)
    return KeyFigure(name, figure_text(line.this, unit="명"), detail, line.this.source)


def _channels(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    has_sum = _has_sum(figures)
    since = f" / 게시물 누계는 {official(figures.year_start)}부터" if has_sum else ""
    heading = Heading("채널별 현황", unit=f"(단위: 명, 건, 회{since})" if figures.groups else "")
    if not figures.groups:
        return [heading, Paragraph("등록된 채널 없음")]
    rows: list[Row] = []
    several = len(figures.groups) > 1
    for group in figures.groups:
        folded = several and group.name == SUB and not options.unfold_units
        summed = several and options.unfold_units
        rows.extend(_group_rows(group, has_sum=has_sum, folded=folded, summed=summed))
    everything = figures.total
    label = Cell(f"합 계{_coverage(everything)}", colspan=2, align=_C, source=everything.this.source)
    rows.append(Row((label, *_numbers(everything, has_sum=has_sum)), Emphasis.TOTAL))
    columns, head = _channel_columns(figures.words, has_sum=has_sum)
    blocks: list[Block] = [heading, Table(columns, head, tuple(rows), "채널별 현황")]
    notes = tuple((masked(each.text), each.source) for each in figures.warnings if each.kind != "slip")
    if notes:
        blocks.append(Notes(notes, small=True))
    return blocks


def _has_sum(figures: ReportFigures) -> bool:
    """누계 is of the year so far: a year's own report would say everything twice."""
    return figures.period.grain is not Grain.YEAR


def _group_rows(group: ChannelGroup, *, has_sum: bool, folded: bool, summed: bool) -> list[Row]:
    name, total = Cell(group.name), group.total
    if folded:
        of_all = total.present in {0, total.expected}
        words = f"계 ({total.expected}개 채널)" if of_all else f"계{_coverage(total)}"
        cells = (name, Cell(words, source=total.this.source), *_numbers(total, has_sum=has_sum))
        return [Row(cells, Emphasis.SUBTOTAL)]
    rows = [Row((Cell(masked(line.name)), *_numbers(line, has_sum=has_sum))) for line in group.lines]
    if summed:
        label = Cell(f"소계{_coverage(total)}", source=total.this.source)
        rows.append(Row((label, *_numbers(total, has_sum=has_sum)), Emphasis.SUBTOTAL))
    first = Row((replace(name, rowspan=len(rows)), *rows[0].cells), rows[0].emphasis)
    return [first, *rows[1:]]


def _coverage(line: ChannelLine) -> str:
    return "" if line.present == line.expected else f" ({line.present}/{line.expected}개 채널)"


def _numbers(line: ChannelLine, *, has_sum: bool) -> tuple[Cell, ...]:
    since = (figure_cell(line.posts_year),) if has_sum else ()
    return (
        figure_cell(line.this), figure_cell(line.last), figure_cell(line.change), figure_cell(line.rate, 1),
        figure_cell(line.posts), *since, figure_cell(line.views),
    )  # fmt: skip


_R, _C, _L = Align.RIGHT, Align.CENTER, Align.LEFT


def _channel_columns(words: SpanWords, *, has_sum: bool) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    this, last = words.this, words.last
    weights = ((46, _C), (142, _L), (74, _R), (72, _R), (60, _R), (64, _R), (54, _R),
               *(((62, _R),) if has_sum else ()), (76, _R))  # fmt: skip
    posts = Cell("게시물", colspan=2) if has_sum else Cell("게시물", rowspan=2)
    head = (
        Row((Cell("구분", rowspan=2), Cell("채널", rowspan=2), Cell("친구·구독자", colspan=4),
             posts, Cell("조회·열람", rowspan=2))),
        named(this, last, "증감", "증감률(%)", *((this, "누계") if has_sum else ())),
    )  # fmt: skip
    return tuple(Column(weight, align) for weight, align in weights), head


_STEP_COLUMNS = tuple(
    Column(weight, align)
    for weight, align in (
        (106, _C), (84, _R), (66, _R), (60, _R), (84, _R), (50, _R), (78, _R), (78, _R), (66, _R),
    )
)  # fmt: skip
_STEP_HEAD = (
    Row((Cell("구분", rowspan=2), Cell("친구·구독자", colspan=2), Cell("게시물", rowspan=2),
         Cell("조회·열람", rowspan=2), Cell("메시지 발송", colspan=4))),
    named("계", "증감", "횟수", "발송", "열람", "열람률(%)"),
)  # fmt: skip


def _steps(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    is_month = figures.period.grain is Grain.MONTH
    heading = Heading("주별 실적" if is_month else "월별 실적", unit="(단위: 명, 건, 회)")
    if not figures.steps:
        return [replace(heading, unit=""), Paragraph(NONE)]
    rows, gaps = [], False
    for step in figures.steps:
        some = 0 < step.present < step.expected
        gaps = gaps or some
        name = f"{step.name} ({step.present}/{step.expected})" if some else step.name
        times = len(step.sent.source.post_ids)
        rows.append(
            Row((Cell(name, source=step.this.source), figure_cell(step.this), figure_cell(step.change),
                 figure_cell(step.posts), figure_cell(step.views),
                 count_cell(times or None, step.sent.source),
                 figure_cell(step.sent), figure_cell(step.opened), figure_cell(step.open_rate, 1)))
        )  # fmt: skip
    blocks: list[Block] = [heading, Table(_STEP_COLUMNS, _STEP_HEAD, tuple(rows), heading.text)]
    if gaps:
        line = "괄호 안은 친구·구독자 수치가 있는 채널 수임. 증감은 앞뒤 수치가 모두 있는 채널만 비교함."
        blocks.append(Notes(((line, None),), small=True))
    return blocks


def _posts(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    name = f"{figures.words.this} 게시·발송 실적"
    heading = Heading(name, f"({len(figures.posts)}건)", "(단위: 건)", counted("게시·발송", figures.head))
    if not figures.posts:
        return [replace(heading, remark="", unit=""), Paragraph(NONE)]
    shown = figures.posts
    if figures.period.grain is not Grain.WEEK and len(shown) > _MOST_POSTS:
        shown = most_opened(shown, _MOST_POSTS)
        heading = replace(heading, remark=f"({len(figures.posts)}건 중 열람이 많은 {len(shown)}건)")
    rows = [Row((*post_cells(post), *sent_cells(post), Cell(_remark(post, figures)))) for post in shown]
    sends = figures.sends
    if sends.count:
        rows.append(
            Row((Cell("메시지 발송 계", colspan=3, align=_C), figure_cell(sends.sent),
                 figure_cell(sends.opened), figure_cell(sends.open_rate, 1),
                 Cell(f"{sends.count}회", source=sends.sent.source)), Emphasis.TOTAL)
        )  # fmt: skip
    head = named("일시", "제목", "채널·대상", "발송", "열람", "열람률(%)", "비고")
    return [heading, Table(_POST_COLUMNS, (head,), tuple(rows), name)]


def _remark(post: PostLine, figures: ReportFigures) -> str:
    """Why a post was moved is told in full in the week it was; later that it was will do."""
    if post.is_done and figures.period.grain is not Grain.WEEK and len(post.remark) > 8:
        return "휴일 이동"
    return masked(post.remark)


def _plan(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    name = f"{figures.words.next} 계획"
    heading = Heading(name, f"({figures.next_range})")
    if not figures.plan:
        return [heading, Paragraph(NONE)]
    rows = tuple(Row((*post_cells(post), Cell(masked(post.remark)))) for post in figures.plan)
    head = named("일시", "제목", "채널·대상", "비고")
    return [heading, Table(_PLAN_COLUMNS, (head,), rows, name)]


_POST_COLUMNS = tuple(
    Column(weight, align)
    for weight, align in ((106, _C), (156, _L), (172, _L), (56, _R), (56, _R), (64, _R), (64, _C))
)
_PLAN_COLUMNS = tuple(Column(weight, align) for weight, align in ((106, _C), (254, _L), (202, _L), (112, _C)))


def _trend(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    heading = Heading("추이", f"(최근 {len(figures.ticks)}{SPANS[figures.period.grain]})")
    charts = trend_charts(figures.trend, figures.ticks, figures.period.grain, figures.words.last)
    if not charts:
        return [heading, Paragraph("입력된 수치가 없어 그리지 않음")]
    return [heading, Charts(charts)]


def _notes(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    slips = [(each.text, each.source) for each in figures.warnings if each.kind == "slip"]
    return noted([*typed(figures.notes, figures.head), *slips])


_SECTIONS: dict[str, Section[ReportFigures]] = {
    "summary": _summary, "channels": _channels, "steps": _steps, "posts": _posts, "plan": _plan,
    "trend": _trend, "index": index_part, "notes": _notes,
}  # fmt: skip
