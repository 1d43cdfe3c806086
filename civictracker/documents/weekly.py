"""주간 보고서: which parts stand on the paper, in which order and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    ApprovalBox,
    Block,
    Cell,
    Charts,
    Column,
    Document,
    Emphasis,
    Furniture,
    Heading,
    KeyFigure,
    KeyFigures,
    Masthead,
    Notes,
    Paragraph,
    Row,
    Table,
)
from civictracker.documents.weekly_charts import trend_charts
from civictracker.domain.dates import official, official_weekday, short
from civictracker.domain.numbers import grouped, signed
from civictracker.services.report_words import points
from civictracker.services.reports import SUB, ChannelLine, Figure, PostLine, WeeklyFigures

SECTIONS = ("summary", "channels", "posts", "plan", "trend", "notes")
NONE = "해당 없음"
END = "끝."


@dataclass(frozen=True, slots=True)
class WeeklyOptions:
    """``approval`` None takes the office's boxes, () leaves 결재란 out.

    ``unfold_units`` lists every 읍면동 channel instead of their sum in one row.
    """

    sections: tuple[str, ...] = SECTIONS
    approval: tuple[str, ...] | None = None
    unfold_units: bool = False


def weekly_document(figures: WeeklyFigures, options: WeeklyOptions = WeeklyOptions()) -> Document:
    """The paper of ``figures``. Raises KeyError for a section that does not exist."""
    blocks: list[Block] = []
    for name in options.sections:
        blocks.extend(_SECTIONS[name](figures, options))
    names = figures.approval if options.approval is None else options.approval
    delegated = figures.delegated if figures.delegated in names else ""
    team = " ".join(part for part in (figures.department, figures.writer) if part)
    by = (figures.office, team, f"작성 {official_weekday(figures.written)}")
    return Document(
        title=f"{figures.title} ({figures.week_name})",
        subject=f"{figures.week_name}({figures.range})",
        author=" ".join(part for part in (figures.office, figures.department) if part),
        written=figures.written,
        masthead=Masthead(
            figures.title,
            f"{figures.week_name} ({figures.range})",
            " · ".join(part for part in by if part),
            ApprovalBox(names, delegated) if names else None,
        ),
        blocks=_ended(blocks),
        furniture=Furniture(foot="예시 자료" if figures.is_sample else ""),
    )  # fmt: skip


def _ended(blocks: list[Block]) -> tuple[Block, ...]:
    """끝. two spaces behind the last words, or on a line of its own below a table (행정업무규정)."""
    match blocks[-1] if blocks else None:
        case Paragraph(text=text) as last:
            return (*blocks[:-1], replace(last, text=f"{text}  {END}"))
        case Notes(lines=(*lines, (text, source))) as last:
            return (*blocks[:-1], replace(last, lines=(*lines, (f"{text}  {END}", source))))
        case _:
            return (*blocks, Paragraph(END, level=0))


# --- sections ---------------------------------------------------------------------------------


def _summary(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    lines = [Paragraph(masked(each.text), each.level, each.source) for each in figures.sentences]
    return [Heading("총괄"), *lines, KeyFigures(tuple(_key_figures(figures)))]


def _key_figures(figures: WeeklyFigures) -> list[KeyFigure]:
    everything = figures.total
    items = [_friends("전체 친구·구독자", everything)]
    own = [line for line in figures.groups[0].lines if line.this.value is not None] if figures.groups else []
    if len(own) > 1:
        best = max(own, key=lambda line: line.this.value or 0)
        items.append(_friends(masked(best.name), best))
    missing = everything.expected - everything.posts_present
    if everything.posts.value is None:
        detail = "금주 미입력"
    else:
        detail = f"미입력 {missing}개 채널 제외" if missing else f"누계 {_text(everything.posts_year)}건"
    items.append(KeyFigure("게시물", _text(everything.posts, unit="건"), detail, everything.posts.source))
    rate = figures.sends.open_rate
    if rate.value is None:
        views = "금주 미입력" if everything.views.value is None else "금주"
        items.append(
            KeyFigure("조회·열람", _text(everything.views, unit="회"), views, everything.views.source)
        )
    else:
        change = figures.sends.rate_change
        against = "전주 수치 없음" if change.value is None else f"전주 대비 {points(change.value)}"
        items.append(KeyFigure("메시지 열람률", _text(rate, 1, unit="%"), against, rate.source))
    return items


def _friends(name: str, line: ChannelLine) -> KeyFigure:
    if line.this.value is None:
        detail = "금주 미입력"
    elif line.change.value is None:
        detail = "전주 수치 없음"
    else:
        rate = "" if line.rate.value is None else f" ({_change(line.rate, 1)}%)"
        verb = " 증가" if line.change.value > 0 else ""
        detail = f"전주 대비 {_change(line.change)}{verb}{rate}" if line.change.value else "전주와 같음"
    if 0 < line.present < line.expected:
        name += _coverage(line)
    return KeyFigure(name, _text(line.this, unit="명"), detail, line.this.source)


def _channels(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    unit = f"(단위: 명, 건, 회 / 게시물 누계는 {official(figures.year_start)}부터)"
    heading = Heading("채널별 현황", unit=unit if figures.groups else "")
    if not figures.groups:
        return [heading, Paragraph("등록된 채널 없음")]
    rows: list[Row] = []
    several = len(figures.groups) > 1
    for group in figures.groups:
        folded = several and group.name == SUB and not options.unfold_units
        summed = several and options.unfold_units
        rows.extend(_group_rows(group.name, group.lines, group.total, folded=folded, summed=summed))
    name = f"합 계{_coverage(figures.total)}"
    rows.append(Row((Cell(name, colspan=2, align=Align.CENTER), *_numbers(figures.total)), Emphasis.TOTAL))
    blocks: list[Block] = [heading, Table(_CHANNEL_COLUMNS, _CHANNEL_HEAD, tuple(rows), "채널별 현황")]
    notes = tuple((masked(each.text), each.source) for each in figures.warnings if each.kind != "slip")
    if notes:
        blocks.append(Notes(notes, small=True))
    return blocks


def _group_rows(
    name: str, lines: tuple[ChannelLine, ...], total: ChannelLine, *, folded: bool, summed: bool
) -> list[Row]:
    if folded:
        label = (
            f"계 ({total.expected}개 채널)"
            if total.present in {0, total.expected}
            else f"계{_coverage(total)}"
        )
        return [Row((Cell(name), Cell(label), *_numbers(total)), Emphasis.SUBTOTAL)]
    rows = [Row((Cell(masked(line.name)), *_numbers(line))) for line in lines]
    if summed:
        rows.append(Row((Cell(f"소계{_coverage(total)}"), *_numbers(total)), Emphasis.SUBTOTAL))
    first = Row((Cell(name, rowspan=len(rows)), *rows[0].cells), rows[0].emphasis)
    return [first, *rows[1:]]


def _coverage(line: ChannelLine) -> str:
    return "" if line.present == line.expected else f" ({line.present}/{line.expected}개 채널)"


def _numbers(line: ChannelLine) -> tuple[Cell, ...]:
    return (
        _cell(line.this), _cell(line.last), _cell(line.change), _cell(line.rate, 1),
        _cell(line.posts), _cell(line.posts_year), _cell(line.views),
    )  # fmt: skip


_R, _C, _L = Align.RIGHT, Align.CENTER, Align.LEFT
_CHANNEL_COLUMNS = tuple(
    Column(weight, align)
    for weight, align in (
        (46, _C), (142, _L), (74, _R), (72, _R), (60, _R), (64, _R), (54, _R), (62, _R), (76, _R),
    )
)  # fmt: skip
_CHANNEL_HEAD = (
    Row((Cell("구분", rowspan=2), Cell("채널", rowspan=2), Cell("친구·구독자", colspan=4),
         Cell("게시물", colspan=2), Cell("조회·열람", rowspan=2))),
    Row(tuple(Cell(name) for name in ("금주", "전주", "증감", "증감률(%)", "금주", "누계"))),
)  # fmt: skip


def _posts(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    heading = Heading("금주 게시·발송 실적", f"({len(figures.posts)}건)", "(단위: 건)")
    if not figures.posts:
        return [replace(heading, remark="", unit=""), Paragraph(NONE)]
    rows = [
        Row((Cell(_when(post)), Cell(masked(post.subject)), Cell(masked(post.target)), _cell(post.sent),
             _cell(post.opened), _cell(post.open_rate, 1), Cell(masked(post.remark))))
        for post in figures.posts
    ]  # fmt: skip
    sends = figures.sends
    if sends.count:
        rows.append(
            Row((Cell("메시지 발송 계", colspan=3, align=_C), _cell(sends.sent), _cell(sends.opened),
                 _cell(sends.open_rate, 1), Cell(f"{sends.count}회")), Emphasis.TOTAL)
        )  # fmt: skip
    head = Row(
        tuple(Cell(name) for name in ("일시", "제목", "채널·대상", "발송", "열람", "열람률(%)", "비고"))
    )
    return [heading, Table(_POST_COLUMNS, (head,), tuple(rows), "금주 게시·발송 실적")]


def _plan(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    heading = Heading("차주 계획", f"({figures.next_range})")
    if not figures.plan:
        return [heading, Paragraph(NONE)]
    rows = tuple(
        Row((Cell(_when(post)), Cell(masked(post.subject)), Cell(masked(post.target)),
             Cell(masked(post.remark))))
        for post in figures.plan
    )  # fmt: skip
    head = Row(tuple(Cell(name) for name in ("일시", "제목", "채널·대상", "비고")))
    return [heading, Table(_PLAN_COLUMNS, (head,), rows, "차주 계획")]


_POST_COLUMNS = tuple(
    Column(weight, align)
    for weight, align in ((106, _C), (156, _L), (172, _L), (56, _R), (56, _R), (64, _R), (64, _C))
)
_PLAN_COLUMNS = tuple(Column(weight, align) for weight, align in ((106, _C), (254, _L), (202, _L), (112, _C)))


def _when(post: PostLine) -> str:
    return f"{short(post.day)} {post.time}".strip()


def _trend(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    heading = Heading("추이", f"(최근 {len(figures.trend_weeks)}주)")
    charts = trend_charts(figures)
    if not charts:
        return [heading, Paragraph("입력된 수치가 없어 그리지 않음")]
    return [heading, Charts(charts)]


def _notes(figures: WeeklyFigures, options: WeeklyOptions) -> list[Block]:
    lines = [(masked(line), None) for line in figures.notes]
    slips = [(masked(each.text), each.source) for each in figures.warnings if each.kind == "slip"]
    if not lines and not slips:
        return [Heading("특이사항"), Paragraph(NONE)]
    return [Heading("특이사항"), Notes((*lines, *slips))]


_SECTIONS: dict[str, Callable[[WeeklyFigures, WeeklyOptions], list[Block]]] = {
    "summary": _summary, "channels": _channels, "posts": _posts, "plan": _plan, "trend": _trend,
    "notes": _notes,
}  # fmt: skip


# --- figures in official writing ----------------------------------------------------------------


def _cell(figure: Figure, decimals: int = 0) -> Cell:
    """A figure in a table: ``-`` where there is none, △ where it is negative."""
    text = "-" if figure.value is None else f"{figure.mark}{_change(figure, decimals)}"
    return Cell(text, figure.value, decimals, figure.mark, source=figure.source)


def _change(figure: Figure, decimals: int = 0) -> str:
    return "-" if figure.value is None else signed(figure.value, minus="△", decimals=decimals)


def _text(figure: Figure, decimals: int = 0, *, unit: str = "") -> str:
    return "-" if figure.value is None else f"{figure.mark}{grouped(figure.value, decimals)}{unit}"
