"""채널 현황표: one channel on one page."""

from __future__ import annotations

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Charts,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
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
    fact,
    figure_cell,
    figure_text,
    listed,
    named,
    noted,
    office_document,
    post_cells,
    sent_cells,
    typed,
)
from civictracker.documents.trend_charts import level_chart
from civictracker.domain.dates import official
from civictracker.domain.numbers import grouped
from civictracker.domain.weeks import Grain, Period
from civictracker.services.report_channel import ChannelFigures
from civictracker.services.report_values import Figure, explained

_R, _C, _L = Align.RIGHT, Align.CENTER, Align.LEFT
_MOST_POSTS = 10


def channel_document(figures: ChannelFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist."""
    name = masked(figures.channel.label)
    return office_document(
        figures.head, options, built(_SECTIONS, figures, options), title="채널 현황표", name=name,
        subtitle=f"{name} · {figures.name} 기준",
    )  # fmt: skip


def _facts(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    row = figures.channel
    told = (
        ("플랫폼", row.platform_name), ("운영", row.unit_name or figures.head.office), ("계정", row.handle),
        ("담당", row.owner), ("개설", official(row.opened) if row.opened else ""),
        ("종료", official(row.closed) if row.closed else ""), ("주소", row.url), ("비고", row.note),
    )  # fmt: skip
    known = [(name, text) for name, text in told if text]
    pairs = [known[i : i + 2] for i in range(0, len(known), 2)]
    body = []
    for pair in pairs:
        cells = [part for name, text in pair for part in fact(name, text)]
        if len(pair) == 1:
            cells[1] = Cell(cells[1].text, colspan=3)
        body.append(Row(tuple(cells)))
    columns = (Column(12, _C), Column(38), Column(12, _C), Column(38))
    facts = Table(columns, (), tuple(body), "채널 정보")
    return [Heading("채널 정보"), facts, KeyFigures(tuple(_key_figures(figures)))]


def _key_figures(figures: ChannelFigures) -> list[KeyFigure]:
    line = figures.line
    items = [
        KeyFigure("친구·구독자", figure_text(line.this, unit="명"),
                  _against("전월 대비", line.change, line.rate), line.this.source),
        KeyFigure("금월 게시물", figure_text(line.posts, unit="건"), f"누계 {figure_text(line.posts_year)}건",
                  line.posts.source),
        KeyFigure("금월 조회·열람", figure_text(line.views, unit="회"), figures.name, line.views.source),
    ]  # fmt: skip
    if figures.year_ago is not None:
        change, rate = figures.year_ago
        detail = "전년 동기 수치 없음" if rate.value is None else f"증감률 {change_text(rate, 1)}%"
        items.insert(1, KeyFigure("전년 동기 대비", _people(change), detail, change.source))
    return items


def _people(change: Figure) -> str:
    return "-" if change.value is None else f"{change_text(change)}명"


def _against(what: str, change: Figure, rate: Figure) -> str:
    if change.value is None:
        return "전월 수치 없음"
    share = "" if rate.value is None else f" ({change_text(rate, 1)}%)"
    return f"{what} {change_text(change)}{share}"


_MONTHS = tuple(
    Column(weight, align)
    for weight, align in (
        (64, _C), (84, _R), (64, _R), (56, _R), (84, _R), (48, _R), (76, _R), (76, _R), (64, _R),
    )
)  # fmt: skip
_MONTH_HEAD = (
    Row((Cell("월", rowspan=2), Cell("친구·구독자", colspan=2), Cell("게시물", rowspan=2),
         Cell("조회·열람", rowspan=2), Cell("메시지 발송", colspan=4))),
    named("월말", "증감", "횟수", "발송", "열람", "열람률(%)"),
)  # fmt: skip


def _months(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    rows = []
    for name, step in zip(figures.month_names, figures.months, strict=True):
        times = len(step.sent.source.post_ids)
        rows.append(
            Row((Cell(name), figure_cell(step.this), figure_cell(step.change), figure_cell(step.posts),
                 figure_cell(step.views), count_cell(times or None, step.sent.source), figure_cell(step.sent),
                 figure_cell(step.opened), figure_cell(step.open_rate, 1)))
        )  # fmt: skip
    heading = Heading("월별 실적", "(최근 12개월)", "(단위: 명, 건, 회)")
    return [heading, Table(_MONTHS, _MONTH_HEAD, tuple(rows), "월별 실적")]


def _trend(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    heading = Heading("추이", "(최근 12개월)")
    known = [line for line in figures.trend if any(line.values)]
    if not known:
        return [heading, Paragraph("입력된 수치가 없어 그리지 않음")]
    return [heading, Charts((level_chart(known[0], figures.ticks, Grain.MONTH, "전월"),))]


_POSTS = tuple(
    Column(weight, align) for weight, align in ((106, _C), (214, _L), (120, _L), (64, _R), (64, _R), (66, _R))
)


def _posts(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    shown = sorted(figures.posts, key=lambda post: (post.day, post.time))[-_MOST_POSTS:]
    if not shown:
        return [Heading("발송 실적"), Paragraph(NONE)]
    remark = f"(최근 {len(shown)}건)" if len(shown) < len(figures.posts) else f"({len(shown)}건)"
    head = named("일시", "제목", "대상", "발송", "열람", "열람률(%)")
    rows = tuple(Row((*post_cells(post), *sent_cells(post))) for post in reversed(shown))
    heading = Heading("발송 실적", remark, "(단위: 건)", counted("발송", figures.head))
    return [heading, Table(_POSTS, (head,), rows, "발송 실적")]


def _goals(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    lines = []
    for goal in figures.goals:
        due = f" ({official(goal.due)}까지)" if goal.due else ""
        note = f", {goal.note}" if goal.note else ""
        told = explained(f"목표 · {goal.metric}", figures.period, "목표에 적어 둔 값입니다.")
        lines.append((f"{goal.metric} {grouped(goal.target)}{goal.unit}{due}{note}", told))
    return listed("목표", lines)


def _notes(figures: ChannelFigures, options: PaperOptions) -> list[Block]:
    lines = []
    for note in figures.notes:
        text = f"{official(note.day)} {note.text}{' (이때부터 집계 기준이 다름)' if note.is_break else ''}"
        lines.append((text, explained("추이의 메모", Period.day(note.day), "추이에 적어 둔 말입니다.")))
    return noted([*lines, *typed(options.notes.get("notes", ()), figures.head)])


_SECTIONS: dict[str, Section[ChannelFigures]] = {
    "facts": _facts, "months": _months, "trend": _trend, "posts": _posts, "goals": _goals, "notes": _notes,
}  # fmt: skip
