"""Which rows of a sheet are its header: names, right above the first row of figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from civictracker.domain.dates import DateReading, parse_date
from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import is_note

SEARCH = 40
DEPTH = 3


def header_rows(grid: Grid, top: int, bottom: int, width: int) -> tuple[int, int] | None:
    """The header: the first rows of names, right above the first row of figures."""
    usual = _usual_fill(grid, top, bottom)
    for row in range(top, min(bottom, top + SEARCH) + 1):
        names = _own_names(grid, row, width)
        if len(names) < min(2, usual) or is_note(text_of(grid.at(row, names[0]))):
            continue
        if len(names) * 3 < usual and not _group_row(grid, row, width, usual):
            continue
        if not _is_names(grid, row, width):
            continue
        last = _header_end(grid, row, bottom, width)
        if last is not None:
            return row, last
    return None


def _usual_fill(grid: Grid, top: int, bottom: int) -> int:
    """How many cells a row of the table usually has."""
    counts = Counter(
        sum(1 for cell in grid.rows[row] if not is_empty(cell))
        for row in range(top, min(bottom, top + 200) + 1)
    )
    counts.pop(0, None)
    counts.pop(1, None)
    return counts.most_common(1)[0][0] if counts else 1


def _own_names(grid: Grid, row: int, width: int) -> list[int]:
    """Columns with a cell of their own in ``row``: a title merged across counts once."""
    return [
        column
        for column in range(width)
        if not is_empty(grid.at(row, column)) and not grid.is_inside_merge(row, column)
    ]


def _group_row(grid: Grid, row: int, width: int, usual: int) -> bool:
    """A row of group names over the real names: few cells, but merged over most of the width."""
    covered = sum(1 for column in range(width) if not is_empty(grid.filled(row, column)))
    below = sum(1 for column in range(width) if not is_empty(grid.filled(row + 1, column)))
    return len(_own_names(grid, row, width)) >= 2 and covered * 2 >= usual and below * 2 >= usual


def _is_names(grid: Grid, row: int, width: int) -> bool:
    """Do the cells name things? Numbers may only stand for years or dates."""
    cells = [grid.filled(row, column) for column in range(width)]
    numbers = [cell for cell in cells if _is_figure(cell)]
    words = [cell for cell in cells if not is_empty(cell) and not _is_figure(cell)]
    return (
        not numbers
        or (bool(words) and _is_time_run(numbers))
        or (len(numbers) >= 2 and _is_time_run(numbers))
    )


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return True
    if isinstance(cell, str):
        text = cell.strip()
        return bool(text) and text[:1] in "0123456789-−+.△▲▽▼(" and isinstance(parse_number(text), Number)
    return False


def _is_time_run(cells: list[Cell]) -> bool:
    """Years or dates in a row, each different: 2007, 2008 … or 20200217, 20200218 …"""
    texts = [text_of(cell) for cell in cells]
    readings = [parse_date(text) for text in texts]
    return len(set(texts)) == len(texts) and all(
        reading is not None and 1900 <= _year(reading) <= 2100 for reading in readings
    )


def _year(reading: DateReading) -> int:
    if reading.period is not None:
        return reading.period.start.year
    return reading.year or 2000


def _header_end(grid: Grid, start: int, bottom: int, width: int) -> int | None:
    """The last header row: the one before the first row with figures; None when there is none."""
    for row in range(start + 1, min(bottom, start + DEPTH + 1) + 1):
        if _is_data(grid, row, width) and not _is_time_header(grid, row, width):
            return row - 1
    # Figures may begin only further down (missing at first): one row of names is then the header.
    below = range(start + 1, min(bottom, start + 200) + 1)
    return start if any(_is_data(grid, row, width) for row in below) else None


def _is_time_header(grid: Grid, row: int, width: int) -> bool:
    cells = [grid.filled(row, column) for column in range(width)]
    numbers = [cell for cell in cells if _is_figure(cell)]
    return len(numbers) >= 2 and all(_looks_like_year(cell) for cell in numbers) and _is_time_run(numbers)


def _looks_like_year(cell: Cell) -> bool:
    text = text_of(cell)
    return text.isdecimal() and (len(text) == 4 or len(text) in {6, 8}) and 1900 <= int(text[:4]) <= 2100


def _is_data(grid: Grid, row: int, width: int) -> bool:
    """Has the row a figure, a date, or marks of missing ones beside a name?"""
    cells = [grid.at(row, column) for column in range(width)]
    if any(_is_figure(cell) or isinstance(cell, date | datetime) for cell in cells):
        return True
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    marks = [text for text in texts if isinstance(parse_number(text), Missing)]
    return len(marks) >= 2 and len(marks) < len(texts)
