"""취합 결과: who has returned what, the figures, and what is odd about them."""

from __future__ import annotations

from decimal import Decimal

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
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
    USUAL,
    PaperOptions,
    Section,
    built,
    listed,
    named,
    noted,
    office_document,
)
from civictracker.domain.collecting import Status
from civictracker.domain.dates import official_weekday, short
from civictracker.domain.metrics import Kind
from civictracker.domain.numbers import grouped, signed
from civictracker.services.collect_board import BoardRow
from civictracker.services.report_round import RoundFigures
from civictracker.services.report_values import Source

SECTIONS = ("summary", "values", "status", "oddities", "notes")
_C, _R = Align.CENTER, Align.RIGHT


def round_document(figures: RoundFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist."""
    board = figures.board
    due = f" · 마감 {official_weekday(board.round.due)}" if board.round.due else ""
    return office_document(
        figures.head, options, built(_SECTIONS, figures, options), title="읍면동 취합 결과", name=board.name,
        subtitle=f"{board.name}{due}",
    )  # fmt: skip


def _summary(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    board = figures.board
    filled = sum(row.filled for row in board.rows)
    lines = [f"{len(board.rows)}개 기관 중 {board.returned}개 기관 회신, 미제출 {len(board.waiting)}개"]
    if board.waiting:
        lines.append("미제출: " + ", ".join(row.unit.name for row in board.waiting))
    told = ("취합에서 받은 파일을 세어 적은 수입니다.",)
    source = Source("", (), board.round.period, f"{board.name} · 회신", told=told)
    counts = (
        ("회신", f"{board.returned}/{len(board.rows)}", "기관"),
        ("채운 칸", f"{grouped(filled)}/{grouped(board.round.expected)}", "칸"),
        ("늦음", str(len(board.of(Status.LATE))), "기관"),
        ("확인할 것", str(len(board.of(Status.ODD))), "기관"),
    )
    return [
        Heading("총괄"),
        *(Paragraph(masked(line)) for line in lines),
        KeyFigures(tuple(KeyFigure(name, text, unit, source) for name, text, unit in counts)),
    ]


def _values(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    metrics = figures.board.round.metrics
    names = [f"{each.name}({each.unit})" if each.unit else each.name for each in metrics]
    columns = (Column(30, _C), Column(110), *(Column(76, _R) for _ in metrics))
    head = named("연번", "기관", *names)
    body = [
        Row((Cell(str(at)), Cell(masked(unit.name)), *(
            _amount(figure.value, metric.decimals, figure.source)
            for figure, metric in zip(unit.figures, metrics, strict=True)
        )))
        for at, unit in enumerate(figures.units, 1)
    ]  # fmt: skip
    sums = []
    for at, metric in enumerate(metrics):
        known = [int(unit.figures[at].value or 0) for unit in figures.units
                 if unit.figures[at].value is not None]  # fmt: skip
        one = bool(known) and metric.kind != Kind.RATIO
        sums.append(_amount(sum(known) if one else None, metric.decimals, _sum_source(figures, at)))
    body.append(Row((Cell("합 계", colspan=2, align=_C), *sums), Emphasis.TOTAL))
    blocks: list[Block] = [Heading("기관별 수치"), Table(columns, (head,), tuple(body), "기관별 수치")]
    if figures.board.waiting:
        line = f"합계는 회신한 {figures.board.returned}개 기관의 합임."
        blocks.append(Notes(((line, None),), small=True))
    return blocks


def _sum_source(figures: RoundFigures, at: int) -> Source:
    """Of the sum of the ``at``-th column: every unit's figure."""
    sources = [unit.figures[at].source for unit in figures.units]
    metric, period = figures.board.round.metrics[at], figures.board.round.period
    ids = tuple(each for source in sources for each in source.channel_ids)
    told = tuple(words for source in sources for words in source.told)
    return Source(metric.code, ids, period, f"합계 · {metric.name}", told=told)


def _amount(value: int | Decimal | None, decimals: int, source: Source | None) -> Cell:
    if value is None:
        return Cell("-", source=source)
    exact = Decimal(value).scaleb(-decimals) if decimals else int(value)
    return Cell(signed(exact, minus="△", decimals=decimals), exact, decimals, source=source)


def _status(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    columns = (Column(110), Column(56, _C), Column(92, _C), Column(60, _R), Column(210))
    head = named("기관", "상태", "회신", "채운 칸", "비고")
    body = tuple(_status_row(row, len(figures.board.round.metrics)) for row in figures.board.rows)
    return [Heading("회신 현황", f"({len(body)}개 기관)"), Table(columns, (head,), body, "회신 현황")]


def _status_row(row: BoardRow, metrics: int) -> Row:
    when = row.used.returned if row.used else None
    expected = len(row.unit.channels) * metrics
    remark = "확인함" if row.accepted else row.oddities[0].text if row.oddities else ""
    return Row((
        Cell(masked(row.unit.name)), Cell(row.status.value),
        Cell(f"{short(when.date())} {when:%H:%M}" if when else "-"),
        Cell(f"{row.filled}/{expected}"), Cell(masked(remark)),
    ))  # fmt: skip


def _oddities(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    lines = [
        f"{row.unit.name}: {odd.text}"
        for row in figures.board.rows
        if not row.accepted
        for odd in row.oddities
    ]
    lines += [f"{other.name}: {other.why}" for other in figures.board.others]
    return listed("확인할 것", lines)


def _notes(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    lines = [
        f"{row.unit.name}: {text}"
        for row in figures.board.rows
        if row.used
        for text in row.used.judged.notes.values()
        if text
    ]
    lines += options.notes.get("notes", ())
    return noted([(line, None) for line in lines])


_SECTIONS: dict[str, Section[RoundFigures]] = {
    "summary": _summary, "values": _values, "status": _status, "oddities": _oddities, "notes": _notes,
}  # fmt: skip
