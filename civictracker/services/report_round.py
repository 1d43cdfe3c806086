"""취합 결과의 값: the board of a round under the office's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from civictracker.domain.metrics import Kind
from civictracker.errors import InputError
from civictracker.services.collect import list_rounds
from civictracker.services.collect_board import Board, load_board
from civictracker.services.report_head import load_head
from civictracker.services.report_values import Figure, Head, Source


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one unit gave: a figure for each metric, summed over its channels."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RoundFigures:
    head: Head
    board: Board
    units: tuple[UnitLine, ...]


def round_figures(session: Session, *, now: datetime, round_id: int | None = None) -> RoundFigures:
    """The round, or the newest. Raises InputError when there is none."""
    if round_id is None:
        rounds = list_rounds(session)
        if not rounds:
            raise InputError("취합한 것이 없습니다.", "취합에서 서식을 먼저 만들어 주세요.")
        round_id = rounds[0].id
    board = load_board(session, round_id=round_id)
    units = []
    for row in board.rows:
        ids = tuple(channel.id for channel in row.unit.channels)
        cells = []
        for metric in board.round.metrics:
            lines = [line for line in row.lines if line.metric.code == metric.code and line.value is not None]
            known = [int(line.value or 0) for line in lines]
            one = metric.kind != Kind.RATIO or len(known) == 1  # rates are not summed
            source = Source(
                metric.code, ids, board.round.period, f"{row.unit.name} · {metric.name}",
                told=tuple(f"{row.used.name if row.used else ''} {line.cell}에서 받은 수" for line in lines),
            )  # fmt: skip
            cells.append(Figure(sum(known) if known and one else None, source))
        units.append(UnitLine(row.unit.name, tuple(cells)))
    return RoundFigures(load_head(session, now=now), board, tuple(units))
