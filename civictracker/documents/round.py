"""취합 결과: who has returned what, the figures, and what is odd about them."""

from __future__ import annotations

import re
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
    typed,
)
from civictracker.domain.collecting import Status
from civictracker.domain.dates import official_weekday, short
from civictracker.domain.metrics import Kind
from civictracker.domain.numbers import grouped, signed
from civictracker.services.collect_board import BoardRow
from civictracker.services.report_round import RoundFigures
from civictracker.services.report_values import Source, explained

_C, _R = Align.CENTER, Align.RIGHT
_ASKS = re.compile(r"[^.]*주세요\.")
_POLITE = re.compile(f"([{''.join(chr(code) for code in range(ord('갑'), ord('힣'), 28))}])니다(?![가-힣])")
_BEFORE_BRACKET = re.compile(r"(?<=[가-힣])\.?\s+(?=\()")


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
    waiting, expected = len(board.waiting), board.round.expected
    units = f"{len(board.rows)}개 기관"
    lines = [
        f"{units} 중 {board.returned}개 기관 회신, {waiting}개 기관 미제출"
        if waiting
        else f"{units} 모두 회신"
    ]
    if waiting:
        lines.append("미제출: " + ", ".join(row.unit.name for row in board.waiting))
    source = _counted(figures, "회신")
    due = f"마감 {official_weekday(board.round.due)}" if board.round.due else "마감 정하지 않음"
    counts = (
        ("회신", f"{board.returned}/{units}", f"미제출 {waiting}개 기관"),
        ("채운 칸", f"{grouped(filled)}/{grouped(expected)}칸", f"빈 칸 {grouped(expected - filled)}칸"),
        ("늦은 회신", f"{len(board.of(Status.LATE))}개 기관", due),
        ("확인 필요", f"{len(board.of(Status.ODD))}개 기관", "아래 ‘확인할 것’에 적음"),
    )
    return [
        Heading("총괄"),
        *(Paragraph(masked(line), source=source) for line in lines),
        KeyFigures(tuple(KeyFigure(name, text, detail, source) for name, text, detail in counts)),
    ]


def _counted(figures: RoundFigures, what: str) -> Source:
    board = figures.board
    return explained(f"{board.name} · {what}", board.round.period, "취합에서 받은 파일을 세어 적은 수입니다.")


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
        blocks.append(Notes(((line, _counted(figures, "회신")),), small=True))
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
    source = _counted(figures, "회신")
    body = tuple(_status_row(row, len(figures.board.round.metrics), source) for row in figures.board.rows)
    heading = Heading("회신 현황", f"({len(body)}개 기관)", source=source)
    return [heading, Table(columns, (head,), body, "회신 현황")]


def _status_row(row: BoardRow, metrics: int, source: Source) -> Row:
    when = row.used.returned if row.used else None
    expected = len(row.unit.channels) * metrics
    remark = "확인함" if row.accepted else terse(row.oddities[0].text) if row.oddities else ""
    return Row((
        Cell(masked(row.unit.name)), Cell(row.status.value),
        Cell(f"{short(when.date())} {when:%H:%M}" if when else "-"),
        Cell(f"{row.filled}/{expected}", source=source), Cell(masked(remark), source=source),
    ))  # fmt: skip


def _oddities(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    period = figures.board.round.period
    lines = []
    for row in figures.board.rows:
        for odd in () if row.accepted else row.oddities:
            where = f"{row.used.name} {odd.cell}".rstrip() if row.used else "받은 파일"
            told = explained(f"{row.unit.name} · 확인할 것", period, f"{where}에서 본 것입니다.")
            lines.append((f"{row.unit.name}: {terse(odd.text)}", told))
    for other in figures.board.others:
        told = explained(other.name, period, "취합 폴더에 있는 다른 파일입니다.")
        lines.append((f"{other.name}: {terse(other.why)}", told))
    return listed("확인할 것", lines)


def terse(text: str) -> str:
    """A sentence of the window as papers say it (``있습니다.`` → ``있음``), without what it asks for."""
    said = _POLITE.sub(lambda found: _noun_form(found[1]), _ASKS.sub("", text))
    return _BEFORE_BRACKET.sub("", said).strip().removesuffix(".")


def _noun_form(syllable: str) -> str:
    """``-ㅂ`` before ``니다`` becomes ``-ㅁ``, which comes right before it in Unicode: 입 → 임, 습 → 음."""
    return "음" if syllable == "습" else chr(ord(syllable) - 1)


def _notes(figures: RoundFigures, options: PaperOptions) -> list[Block]:
    period = figures.board.round.period
    lines = [
        (f"{row.unit.name}: {text}", explained(row.unit.name, period, f"{row.used.name}에 적혀 온 말입니다."))
        for row in figures.board.rows
        if row.used
        for text in row.used.judged.notes.values()
        if text
    ]
    return noted([*lines, *typed(options.notes.get("notes", ()), figures.head)])


_SECTIONS: dict[str, Section[RoundFigures]] = {
    "summary": _summary, "values": _values, "status": _status, "oddities": _oddities, "notes": _notes,
}  # fmt: skip
