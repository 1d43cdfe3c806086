"""One combined import of a round: every unit's figures in one plan, one transaction, one undo.

The returned forms travel the way our own export does: channels known by id, cells by file and address.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.collect_board import Board, BoardRow, Line, Place, load_board
from civictracker.services.import_plan import Plan, Verdict, make_plan
from civictracker.services.imports import apply_plan
from civictracker.sheets.exported import Exported
from civictracker.sheets.grid import place
from civictracker.sheets.isolated import FileFound, SheetView, TableFound
from civictracker.sheets.records import Records, index_in

NEW, OLD = "new", "old"


def plan_round(session: Session, *, board: Board) -> Plan:
    """What taking in everything that has come would do. Held back figures are not in it."""
    channels = {row.id: row for row in list_channels(session)}
    tables = [
        table
        for row in board.rows
        if row.used is not None and (table := _table(board, row, channels)) is not None
    ]
    name = f"{board.name}({len(tables)}곳)"
    found = FileFound(name, "xlsx", "", tables)
    return make_plan(session, found=found, answers={})


def _table(board: Board, row: BoardRow, channels: dict[int, ChannelRow]) -> TableFound | None:
    """One unit's figures as the child would have told them; None where there are none."""
    assert row.used is not None
    lines = [line for line in row.lines if line.verdict is not None and line.channel.id in channels]
    if not lines:
        return None
    records = Records(periods=[board.round.period], written=[board.round.period.code])
    facts: list[dict[str, Any]] = []
    notes: dict[int, str] = {}
    places: list[tuple[int, int, int, int, int]] = []
    for line in lines:
        told = _facts(channels[line.channel.id])
        if told not in facts:
            facts.append(told)
            records.entities.append(told["label"])
            if note := row.used.judged.notes.get(line.channel.id):
                notes[len(places)] = note  # with the channel's first figure
        if line.about:
            records.approximate.add(len(places))
        metric = index_in(records.metrics, line.metric.code)
        places.append((facts.index(told), metric, 0, *place(line.cell)))
    records.fill(places, [_in_unit(line) for line in lines])
    metrics = {
        each.code: {"name": each.name, "kind": each.kind, "unit": each.unit, "decimals": each.decimals}
        for each in board.round.metrics
    }
    view = SheetView(row.used.name, [], [], (0, 0), 0, 0, 0, {}, 0)
    return TableFound(
        row.used.name, "", "wide-metric", "", "", "", records=records, questions=[], left_out=[], totals=[],
        checks=[], warnings=[], missing=0, is_nameless=False, view=view,
        per_post=False, exported=Exported(facts, metrics, notes),
    )  # fmt: skip


def _facts(row: ChannelRow) -> dict[str, Any]:
    return {
        "label": row.label, "office": row.office, "unit": row.unit_name, "name": row.name,
        "platform": catalogue.platforms()[row.platform].name, "number": "", "is_own": True, "id": row.id,
    }  # fmt: skip


def _in_unit(line: Line) -> int | Decimal:
    """The figure as the sheet has it (61.8 %, not 618)."""
    assert line.value is not None
    exact = Decimal(line.value).scaleb(-line.metric.decimals)
    return int(exact) if exact == exact.to_integral_value() else exact


def apply_round(session: Session, *, round_id: int, choices: dict[Place, str], default: str = OLD) -> Changes:
    """Take in what has come. ``choices`` says new or old for figures that differ, ``default`` for the rest.

    Raises InputError when nothing has come.
    """
    board = load_board(session, round_id=round_id)
    plan = plan_round(session, board=board)
    if not plan.found.tables:
        raise InputError("가져올 값이 없습니다.", "받은 폴더를 먼저 골라 주세요.")
    told = {"*": default}
    for row in plan.of(Verdict.DIFFERENT):
        channel, metric = plan.targets[row.target].channel_id, row.metric
        if channel is not None and metric is not None and (channel, metric.code) in choices:
            told[row.key] = choices[channel, metric.code]
    digest = sha256("".join(sorted(row.used.sha256 for row in board.rows if row.used)).encode())
    changes = apply_plan(session, plan=plan, choices=told, sha256=digest.hexdigest())
    return replace(changes, topics=changes.topics | {Topic.COLLECTIONS})


def would_write(board: Board, choices: dict[Place, str], default: str = OLD) -> int:
    """How many figures an apply with these choices would write."""
    different = [line for row in board.rows for line in row.lines if line.verdict is Verdict.DIFFERENT]
    return board.count(Verdict.NEW) + sum(1 for line in different if choices.get(line.place, default) == NEW)
