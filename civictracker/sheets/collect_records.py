"""A returned 취합 form as a table of the ordinary importer.

It names its channels in full, like our own export, so that nothing is guessed and nothing asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from civictracker.domain.weeks import Period
from civictracker.sheets.collect_form import NAME_HEAD
from civictracker.sheets.collect_return import FormCell, Returned, State, returned_forms
from civictracker.sheets.exported import Exported
from civictracker.sheets.grid import Grid, place, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.layout import Column, Content, Layout, Table
from civictracker.sheets.records import Extraction, LeftOut, Value, index_in


def recognised(grids: Sequence[Grid]) -> Iterator[tuple[Grid, Extraction, Exported]]:
    """Every returned form in a file, with what it holds; nothing for any other file."""
    for grid, found, identity in returned_forms(grids):
        yield grid, *_as_table(grid, found, identity)


def _as_table(grid: Grid, found: Returned, identity: dict[str, Any]) -> tuple[Extraction, Exported]:
    out, more = Extraction(_table(grid, found)), Exported(form=asdict(found))
    _name_metrics(more, found, identity)
    out.missing = sum(cell.state in {State.EMPTY, State.NONE, State.DASH} for cell in found.cells)
    out.left_out.extend(
        LeftOut(cell.cell, f"{cell.why} (‘{cell.shown}’)", is_error=True)
        for cell in found.cells
        if cell.state == State.BAD
    )
    if not (found.office and found.unit and found.period):
        out.left_out.append(LeftOut("A1", "서식의 기관·읍면동·기간이 지워져 있습니다.", is_error=True))
        return out, more
    _fill(out, more, found)
    return out, more


def _fill(out: Extraction, more: Exported, found: Returned) -> None:
    records, entities = out.records, dict[tuple[str, str], int]()
    records.periods.append(Period.parse(found.period))
    records.written.append(found.period)
    places: list[tuple[int, int, int, int, int]] = []
    values: list[Value] = []
    for cell in found.cells:
        if cell.state != State.VALUE:
            continue
        entity = entities.setdefault((cell.channel, cell.label), len(entities))
        if entity == len(more.channels):
            more.channels.append(_facts(found, cell))
            records.entities.append(more.channels[-1]["label"])
            note = next((text for key, text in found.notes if key == (cell.channel or cell.label)), "")
            if note:
                more.notes[len(values)] = note  # with the channel's first figure
        if cell.about:
            records.approximate.add(len(values))
        metric = index_in(records.metrics, cell.metric or _bare(cell.heading))
        places.append((entity, metric, 0, *place(cell.cell)))
        values.append(_whole(Decimal(cell.value)))
    records.fill(places, values)


def _whole(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value


def _facts(found: Returned, cell: FormCell) -> dict[str, Any]:
    return {
        "label": f"{found.unit} {cell.label}", "office": found.office, "unit": found.unit,
        "name": cell.label, "platform": cell.platform, "number": "", "is_own": True,
        "id": int(cell.channel) if cell.channel.isdecimal() else None,
    }  # fmt: skip


def _name_metrics(more: Exported, found: Returned, identity: dict[str, Any]) -> None:
    known = {each["code"]: each for each in identity.get("metrics", ())}
    for cell in found.cells:
        code = cell.metric or _bare(cell.heading)
        told = known.get(code, {})
        more.metrics[code] = {
            "name": told.get("name", _bare(cell.heading)), "kind": told.get("kind", ""),
            "unit": told.get("unit", ""), "decimals": told.get("decimals", 0),
        }  # fmt: skip


def _bare(heading: str) -> str:
    """``친구 수(명)`` → ``친구 수``."""
    name, bracket, _ = heading.rpartition("(")
    return name.strip() if bracket and heading.endswith(")") else heading


def _table(grid: Grid, found: Returned) -> Table:
    """The table as the picture of the sheet needs it."""
    places = [place(cell.cell) for cell in found.cells]
    rows, values = {row for row, _ in places}, {column for _, column in places}
    first, last = min(rows), max(rows)
    heads = max(0, first - 1)
    columns = []
    for at in range(max(values) + 1):
        name = text_of(grid.at(heads, at))
        role = Role.VALUE if at in values else Role.NAME if name == NAME_HEAD else Role.SKIP
        content = Content.NUMBER if at in values else Content.TEXT
        columns.append(Column(at, (name,), content, role))
    return Table(Layout.WIDE_METRIC, (heads, heads), first, last, tuple(columns), ())
