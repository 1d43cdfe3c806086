"""캠페인 결과: what was aimed at, what happened on the channels and outside, and how far that can be read."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

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
    counted,
    fact,
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
from civictracker.domain.numbers import grouped, prose, signed
from civictracker.domain.weeks import Grain
from civictracker.services.report_campaign import CampaignFigures, EffectLine, OutsideLine, SpanFigures
from civictracker.services.report_posts import most_opened
from civictracker.services.report_values import Figure

_MOST_NAMES, _MOST_POSTS = 6, 12
_R, _C = Align.RIGHT, Align.CENTER
_CAVEATS = (
    "같은 기간에 나타난 변화이며, 캠페인만의 효과라고 단정할 수 없음(날씨, 계절, 다른 홍보가 함께 작용).",
    "시작 전은 시작한 주의 앞 주, 마지막은 끝난 주(진행 중이면 금주)의 수치이며, 없으면 2주 전까지 씀.",
)


def campaign_document(figures: CampaignFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist."""
    name = masked(figures.view.name)
    state = " · 진행 중" if figures.view.is_running else ""
    return office_document(
        figures.head, options, built(_SECTIONS, figures, options), title="캠페인 결과 보고", name=name,
        subtitle=f"{name}{state}",
    )  # fmt: skip


def _facts(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    view = figures.view
    names = [masked(row.label) for row in figures.channels]
    shown = "·".join(names[:_MOST_NAMES]) + (f" 등 {len(names)}개" if len(names) > _MOST_NAMES else "")
    channels = shown if view.channel_ids else f"모든 채널({len(names)}개)"
    told = (("기간", figures.days), ("대상 채널", channels), ("내용", view.note))
    rows = tuple(Row(fact(name, text)) for name, text in told if text)
    return [Heading("개요"), Table((Column(14, _C), Column(86)), (), rows, "개요")]


def _summary(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    during = figures.total.during
    lines = [Paragraph(_grown(figures), source=during.change.source)]
    before = figures.total.before.change
    if during.change.value is not None and before.value is not None:
        more = int(during.change.value) - int(before.value)
        words = f"{prose(abs(more))}명 {'많음' if more > 0 else '적음'}" if more else "같음"
        than = "과" if not more else "보다"
        text = f"앞선 같은 기간({_people(before)}){than} {words}"
        lines.append(Paragraph(text, 2, before.source))
    year = figures.total.year_ago.change
    if year.value is not None:
        lines.append(Paragraph(f"전년 동기에는 {_people(year)}", 2, year.source))
    last = next((each for each in reversed(figures.outside) if each.rate.value is not None), None)
    if last is not None:
        lines.append(Paragraph(_moved_outside(last), source=last.change.source))
    if figures.sends.sent.value is not None:
        lines.append(Paragraph(_sent(figures), source=figures.sends.sent.source))
    return [Heading("성과"), *lines, KeyFigures(tuple(_key_figures(figures)))]


def _grown(figures: CampaignFigures) -> str:
    during, total = figures.total.during, figures.total
    if during.change.value is None:
        return "시작 앞뒤의 친구·구독자 수치가 없어 비교하지 않음"
    first, last = int(during.first.value or 0), int(during.last.value or 0)
    gap = "" if total.compared == len(figures.lines) else f"({total.compared}/{len(figures.lines)}개 채널)"
    change = int(during.change.value)
    if not change:
        return f"친구·구독자 {prose(last)}명{gap}, 시작 전과 같음"
    rate = "" if during.rate.value is None else f"({signed(abs(Decimal(during.rate.value)), decimals=1)}%)"
    verb = "증가" if change > 0 else "감소"
    return f"친구·구독자 {prose(first)}명에서 {prose(last)}명{gap}으로 {prose(abs(change))}명{rate} {verb}"


def _people(change: Figure) -> str:
    value = int(change.value or 0)
    return f"{prose(abs(value))}명 {'증가' if value > 0 else '감소'}" if value else "변화 없음"


def _moved_outside(line: OutsideLine) -> str:
    rate = Decimal(line.rate.value or 0)
    verb = "증가" if rate > 0 else "감소" if rate < 0 else "변화 없음"
    amount = figure_text(line.value, line.decimals) if line.decimals else prose(int(line.value.value or 0))
    value = f"{amount}{masked(line.unit)}"
    share = f"{grouped(abs(rate), 1)}% {verb}" if rate else verb
    return f"{masked(line.name)} {line.when} {value}, {line.against} 대비 {share}"


def _sent(figures: CampaignFigures) -> str:
    sends = figures.sends
    read = "" if sends.opened.value is None else f", {prose(int(sends.opened.value))}건 열람"
    rate = "" if sends.open_rate.value is None else f"(열람률 {figure_text(sends.open_rate, 1)}%)"
    return f"메시지 {sends.count}회 {prose(int(sends.sent.value or 0))}건 발송{read}{rate}"


def _key_figures(figures: CampaignFigures) -> list[KeyFigure]:
    total = figures.total
    items = [
        _moved("캠페인 기간 증감", total.during), _moved("앞선 같은 기간", total.before),
        _moved("전년 동기", total.year_ago),
    ]  # fmt: skip
    rate = figures.sends.open_rate
    if rate.value is not None:
        detail = f"발송 {figures.sends.count}회"
        items.append(KeyFigure("메시지 열람률", figure_text(rate, 1, unit="%"), detail, rate.source))
    elif figures.others.value is not None:
        detail = f"캠페인이 없던 {figures.n_others}개 채널"
        text = f"{change_text(figures.others, 1)}%"
        items.append(KeyFigure("다른 채널의 증감률", text, detail, figures.others.source))
    return items


def _moved(name: str, span: SpanFigures) -> KeyFigure:
    if span.change.value is None:
        return KeyFigure(name, "-", "수치 없음", span.change.source)
    rate = "증감률 -" if span.rate.value is None else f"증감률 {change_text(span.rate, 1)}%"
    return KeyFigure(name, f"{change_text(span.change)}명", rate, span.change.source)


_COLUMNS = tuple(
    Column(weight, align)
    for weight, align in (
        (150, Align.LEFT), (74, _R), (74, _R), (62, _R), (60, _R), (62, _R), (60, _R), (62, _R), (60, _R),
    )
)  # fmt: skip
_HEAD = (
    Row((Cell("채널", rowspan=2), Cell("캠페인 기간", colspan=4), Cell("앞선 같은 기간", colspan=2),
         Cell("전년 동기", colspan=2))),
    named("시작 전", "마지막", "증감", "증감률(%)", "증감", "증감률(%)", "증감", "증감률(%)"),
)  # fmt: skip


def _channels(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    heading = Heading("채널별 비교", unit="(단위: 명)")
    if not figures.lines:
        return [heading, Paragraph("등록된 채널 없음")]
    rows = [Row((Cell(masked(line.name)), *_cells(line))) for line in figures.lines]
    if len(rows) > 1:
        gap = f" ({figures.total.compared}/{len(rows)}개 채널)" if figures.total.compared < len(rows) else ""
        label = Cell(f"합 계{gap}", align=_C, source=figures.total.during.change.source)
        rows.append(Row((label, *_cells(figures.total)), Emphasis.TOTAL))
    blocks: list[Block] = [heading, Table(_COLUMNS, _HEAD, tuple(rows), "채널별 비교")]
    if figures.others.value is not None:
        middle = f"중앙값은 {change_text(figures.others, 1)}%임"
        others = f"캠페인이 없던 {figures.n_others}개 채널의 같은 기간 증감률 {middle}."
        blocks.append(Notes(((others, figures.others.source),), small=True))
    return blocks


def _cells(line: EffectLine) -> tuple[Cell, ...]:
    return (
        figure_cell(line.during.first), figure_cell(line.during.last),
        *(cell for span in (line.during, line.before, line.year_ago)
          for cell in (figure_cell(span.change), figure_cell(span.rate, 1))),
    )  # fmt: skip


_OUTSIDE = (Column(150), Column(130, _C), Column(50, _C), Column(100, _R), Column(90, _R), Column(70, _R))


def _outside(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    """Left out where nothing was noted: not every campaign aims at something outside."""
    if not figures.outside:
        return []
    rows = []
    for name, lines in groupby(figures.outside, key=lambda each: each.name):
        same = [_outside_cells(each) for each in lines]
        rows.append(Row((Cell(masked(name), rowspan=len(same)), *same[0])))
        rows += map(Row, same[1:])
    head = named("구분", "기간", "단위", "실적", "증감", "증감률(%)")
    note = Notes((("증감은 같은 구분의 바로 앞 기간과 비교함.", None),), small=True)
    return [
        Heading("관련 실적", "(입장객·수입 등)"),
        Table(_OUTSIDE, (head,), tuple(rows), "관련 실적"),
        note,
    ]


def _outside_cells(line: OutsideLine) -> tuple[Cell, ...]:
    return (
        Cell(line.when), Cell(masked(line.unit)), figure_cell(line.value, line.decimals),
        figure_cell(line.change, line.decimals), figure_cell(line.rate, 1),
    )  # fmt: skip


def _trend(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    grain = Grain.WEEK if figures.spans[0].days == 7 else Grain.MONTH
    heading = Heading("추이", f"({figures.ticks[0].full} ~ {figures.ticks[-1].full})")
    charts = trend_charts(figures.trend, figures.ticks, grain, "앞 주" if grain is Grain.WEEK else "앞 달")
    return [heading, Charts(charts)] if charts else [heading, Paragraph("입력된 수치가 없어 그리지 않음")]


_POSTS = (Column(106, _C), Column(196), Column(170), Column(64, _R), Column(64, _R), Column(66, _R))


def _posts(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    if not figures.posts:
        return [Heading("게시·발송"), Paragraph(NONE)]
    shown = most_opened(figures.posts, _MOST_POSTS)
    many = len(figures.posts) > len(shown)
    remark = f"({len(figures.posts)}건" + (f" 중 열람이 많은 {len(shown)}건)" if many else ")")
    rows = [Row((*post_cells(post), *sent_cells(post))) for post in shown]
    sends = figures.sends
    if sends.count:
        label = Cell(f"메시지 발송 계 ({sends.count}회)", colspan=3, align=_C, source=sends.sent.source)
        sums = (figure_cell(sends.sent), figure_cell(sends.opened), figure_cell(sends.open_rate, 1))
        rows.append(Row((label, *sums), Emphasis.TOTAL))
    head = named("일시", "제목", "채널·대상", "발송", "열람", "열람률(%)")
    heading = Heading("게시·발송", remark, "(단위: 건)", counted("게시·발송", figures.head))
    return [heading, Table(_POSTS, (head,), tuple(rows), "게시·발송")]


def _notes(figures: CampaignFigures, options: PaperOptions) -> list[Block]:
    lines = typed(options.notes.get("notes", ()), figures.head)
    return noted([*lines, *((line, None) for line in _CAVEATS)], "유의 사항")


_SECTIONS: dict[str, Section[CampaignFigures]] = {
    "facts": _facts, "summary": _summary, "channels": _channels, "outside": _outside, "trend": _trend,
    "posts": _posts, "notes": _notes,
}  # fmt: skip
