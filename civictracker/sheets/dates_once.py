"""Dates of a long list that stand once over the rows of several names: 11. 9. | 전광판, (blank) | 현수막."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import Role, is_total, names_post
from civictracker.sheets.layout import Layout, Table

_LEAST = 0.3  # of the rows: fewer blanks are dates that somebody forgot


def filled_down(dates: Sequence[Cell], names: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The dates, a blank one taken from above, if below no date a name stands twice.

    ``names`` are the columns that name rows. The dates as they are where blanks are few, a row without a
    date names nobody, or a name comes again: then a blank is a date that is not there.
    """
    kept = list(dates)
    if not names or not (None in kept or any(map(is_empty, set(kept)))):
        return kept
    names = [*(_from_above(column) for column in names[:-1]), names[-1]]
    filled = list(dates)
    told: set[tuple[str, ...]] = set()
    above: Cell = None
    blanks = rows = 0
    for at, labels in enumerate(zip(*names, strict=True)):
        mine = tuple(text_of(label) for label in labels)
        if not any(mine) or any(map(is_total, mine)) or is_total(text_of(dates[at])):
            if any(map(is_total, mine)) and not is_empty(dates[at]) and not is_total(text_of(dates[at])):
                above, told, rows = dates[at], set(), rows + 1  # 2026.11 | 계, (blank) | 남자
            continue
        rows += 1
        if not is_empty(dates[at]):
            above, told = dates[at], {mine}
            continue
        if is_empty(above) or mine in told or not mine[-1]:
            return kept
        told.add(mine)
        filled[at] = above
        blanks += 1
    return filled if blanks >= rows * _LEAST else kept


def _from_above(cells: Sequence[Cell]) -> list[Cell]:
    """Groups written once over their rows."""
    found: list[Cell] = []
    for cell in cells:
        found.append(found[-1] if is_empty(cell) and found else cell)
    return found


def is_of_one_day(grid: Grid, table: Table) -> bool:
    """Has every row the one date (데이터기준일자), and names that no other row has?

    Then the rows are what there is on that day, and not what happened day by day.
    """
    dates, named = table.having(Role.DATE), table.having(Role.GROUP, Role.NAME)
    is_long = table.layout is Layout.LONG and not table.having(Role.YEAR, Role.MONTH, Role.METRIC)
    if not is_long or not named or not all(column.constant for column in dates):
        return False
    if any(map(names_post, (text for column in named for text in column.header))):
        return False
    cells = (grid.column(column.index, table.first, table.last) for column in named)
    told = [tuple(map(text_of, labels)) for labels in zip(*cells, strict=True)]
    return all(map(any, told)) and len(set(told)) == len(told)


def counted_on(dates: Sequence[Cell]) -> list[Cell]:
    """2020-01-01, 2, 3 … 31, 2020-02-01, 2 …: days that are but numbers after the first of each month.

    The dates as they are where a number is not the day after the one above it.
    """
    found: list[Cell] = []
    day: date | None = None
    counted = 0
    for cell in dates:
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
        elif isinstance(cell, float | int) and not isinstance(cell, bool) and day is not None:
            day += timedelta(days=1)
            if day.day != cell:
                return list(dates)
            counted += 1
        elif not is_empty(cell):
            return list(dates)
        found.append(cell if is_empty(cell) else day)
    return found if counted else list(dates)
