"""A figure in a merged cell is written once: it must not count for every row or month that it covers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from civictracker.sheets.grid import Grid, Span, address, text_of
from civictracker.sheets.layout import Column, Table
from civictracker.sheets.records import Ints, LeftOut
from civictracker.sheets.rows import Rows

Bools = NDArray[np.bool_]


def leave_merged(
    grid: Grid, table: Table, columns: Sequence[Column], *, rows: Rows, periods: Ints, chosen: Bools
) -> list[LeftOut]:
    """Take the repeats of merged figures out of ``chosen`` (rows × columns), and say what is lost by it.

    One that covers rows of the same name, as the sheet is drawn, stays once. One that covers several
    channels, metrics or periods is a figure of none of them.
    """
    told: list[LeftOut] = []
    if not grid.merges:
        return told
    place = {column.index: at for at, column in enumerate(columns)}
    for span in grid.merges:
        cells = [cell for cell in _cells(span, table, place) if chosen[cell]]
        if len(cells) < 2:
            continue
        whose = {
            (rows.entity[row], rows.metric[row], columns[at].entity, columns[at].metric, periods[row, at])
            for row, at in cells
        }
        for cell in cells[1:] if len(whose) == 1 else cells:
            chosen[cell] = False
        if len(whose) > 1:
            told.append(_of_none(grid, span))
    return told


def _cells(span: Span, table: Table, place: dict[int, int]) -> list[tuple[int, int]]:
    top, left, bottom, right = span
    rows = range(max(top, table.first), min(bottom, table.last) + 1)
    if len(rows) * (right - left + 1) < 2 or not rows:
        return []
    across = [place[column] for column in range(left, right + 1) if column in place]
    return [(row - table.first, at) for row in rows for at in across]


def _of_none(grid: Grid, span: Span) -> LeftOut:
    top, left, bottom, right = span
    where = f"{address(top, left)}:{address(bottom, right)}"
    figure = text_of(grid.at(top, left))
    why = f"합쳐진 칸의 ‘{figure}’이(가) 어느 줄과 열의 값인지 알 수 없습니다. 엑셀에서 나누어 적어 주세요."
    return LeftOut(where, why, is_error=True)
