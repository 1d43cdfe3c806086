"""행정사무감사 제출자료: several years side by side, one table for each thing that is counted."""

from __future__ import annotations

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Emphasis,
    Heading,
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
    figure_cell,
    listed,
    named,
    noted,
    office_document,
    typed,
)
from civictracker.domain.dates import official
from civictracker.domain.weeks import Period
from civictracker.services.report_values import Figure, explained
from civictracker.services.report_years import YearRow, YearsFigures

_NAMES = {
    "friends": ("친구·구독자", "연도별 친구·구독자 수", "(단위: 명, 연말 기준)"),
    "posts": ("게시물", "연도별 게시물 수", "(단위: 건)"),
    "views": ("조회·열람", "연도별 조회·열람 수", "(단위: 회)"),
}
_R, _C = Align.RIGHT, Align.CENTER


def audit_document(figures: YearsFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist."""
    span = f"{figures.years[0]}~{figures.years[-1]}년"
    return office_document(
        figures.head, options, built(_SECTIONS, figures, options),
        title="행정사무감사 제출자료: 공식 채널 운영 실적", name=span, subtitle=f"{span} ({figures.range})",
    )  # fmt: skip


def _head(figures: YearsFigures, first: str, *more: str) -> Row:
    until = figures.until
    last = f"{figures.years[-1]}년" + (f"({until.month}. {until.day}. 현재)" if _is_running(figures) else "")
    years = (*(f"{year}년" for year in figures.years[:-1]), last)
    return Row(tuple(Cell(text) for text in (first, *years, *more)))


def _is_running(figures: YearsFigures) -> bool:
    return (figures.until.month, figures.until.day) < (12, 31)


def _table(name: str) -> Section[YearsFigures]:
    def section(figures: YearsFigures, options: PaperOptions) -> list[Block]:
        metric, title, unit = _NAMES[name]
        rows = figures.tables[metric]
        if len(rows) < 2:
            return [Heading(title), Paragraph("등록된 채널 없음")]
        columns = (Column(136), *(Column(82, _R) for _ in figures.years[1:]), Column(106, _R))
        body = tuple(_row(row, is_sum=row is rows[-1]) for row in rows)
        blocks: list[Block] = [
            Heading(title, unit=unit), Table(columns, (_head(figures, "채널"),), body, title),
        ]  # fmt: skip
        gaps = [
            f"{year}년 {here}/{rows[-1].expected}"
            for year, here in zip(figures.years, rows[-1].present, strict=True)
            if 0 < here < rows[-1].expected
        ]
        if gaps:
            line = f"합계는 수치가 있는 채널의 합임({', '.join(gaps)}개 채널)."
            blocks.append(Notes(((line, rows[-1].cells[-1].source),), small=True))
        return blocks

    return section


def _row(row: YearRow, *, is_sum: bool) -> Row:
    name = Cell(row.name, align=_C) if is_sum else Cell(masked(row.name))
    cells = (name, *(figure_cell(each) for each in row.cells))
    return Row(cells, Emphasis.TOTAL if is_sum else Emphasis.NONE)


def _sends(figures: YearsFigures, options: PaperOptions) -> list[Block]:
    if not any(each.count for each in figures.sends):
        return [Heading("연도별 메시지 발송"), Paragraph(NONE)]
    names = ("연도", "횟수", "발송", "열람", "열람률(%)", "비용(원)")
    columns = (Column(60, _C), *(Column(80, _R) for _ in names[1:]))
    body = []
    for each in figures.sends:
        counts, rate, source = each.counts, each.counts.rate("opened"), each.source
        body.append(
            Row((Cell(f"{each.year}년"), count_cell(each.count or None, source),
                 count_cell(counts.sent, source), count_cell(counts.opened, source),
                 figure_cell(Figure(rate, source), 1), count_cell(counts.cost_won, source)))
        )  # fmt: skip
    head = named(*names)
    table = Table(columns, (head,), tuple(body), "연도별 메시지 발송")
    return [Heading("연도별 메시지 발송", unit="(단위: 회, 건, 원)"), table]


def _inquiries(figures: YearsFigures, options: PaperOptions) -> list[Block]:
    if not figures.inquiries:
        return [Heading("연도별 문의 처리"), Paragraph(NONE)]
    head = named("연도", "접수", "답변", "미답변")
    body = tuple(
        Row((Cell(f"{each.year}년"), count_cell(each.received, each.source),
             count_cell(each.answered, each.source), count_cell(each.received - each.answered, each.source)))
        for each in figures.inquiries
    )  # fmt: skip
    columns = (Column(60, _C), *(Column(80, _R) for _ in range(3)))
    return [Heading("연도별 문의 처리", unit="(단위: 건)"), Table(columns, (head,), body, "연도별 문의 처리")]


def _awards(figures: YearsFigures, options: PaperOptions) -> list[Block]:
    lines = []
    for each in figures.awards:
        giver = f" ({each.giver})" if each.giver else ""
        told = explained("수상", Period.day(each.day), "문의·수상에 적어 둔 것입니다.")
        lines.append((f"{official(each.day)} {each.name} {each.prize}".rstrip() + giver, told))
    return listed("수상", lines)


def _notes(figures: YearsFigures, options: PaperOptions) -> list[Block]:
    """What the author adds, and what whoever reads the figures without him must know."""
    lines = typed(options.notes.get("notes", ()), figures.head)
    running = f"{figures.years[-1]}년은 {official(figures.until)} 현재임" if _is_running(figures) else ""
    told = ["수치는 채널일지에 기록한 것임", running]
    rows = [row for table in figures.tables.values() for row in table]
    if any(cell.value is None for row in rows for cell in row.cells):
        told.append("‘-’는 기록이 없는 것으로 0과 다름")
    words = f"{', '.join(each for each in told if each)}."
    how = explained("작성 기준", Period.day(figures.head.written), "자료 파일에 있는 값을 그대로 옮겼습니다.")
    return noted([*lines, (words, how)])


_SECTIONS: dict[str, Section[YearsFigures]] = {
    **{name: _table(name) for name in _NAMES},
    "sends": _sends, "inquiries": _inquiries, "awards": _awards, "notes": _notes,
}  # fmt: skip
