"""Dates of a long list that stand once over the rows of several names: 11. 9. | 전광판, (blank) | 현수막."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from civictracker.sheets.grid import Cell, is_empty, text_of
from civictracker.sheets.headers import is_total

_LEAST = 0.3  # of the rows: fewer blanks are dates that somebody forgot


def filled_down(dates: Sequence[Cell], names: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The dates, a blank one taken from above, if below no date a name stands twice.

    ``names`` are the columns that name rows. The dates as they are where blanks are few, a row without a
    date names nobody, or a name comes again: then a blank is a date that is not there.
    """
    kept = list(dates)
    if not names or not (None in kept or any(map(is_empty, set(kept)))):
        return kept
    filled = list(dates)
    told: set[tuple[str, ...]] = set()
    above: Cell = None
    blanks = rows = 0
    for at, labels in enumerate(zip(*names, strict=True)):
        mine = tuple(text_of(label) for label in labels)
        if not any(mine) or any(map(is_total, mine)) or is_total(text_of(dates[at])):
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
