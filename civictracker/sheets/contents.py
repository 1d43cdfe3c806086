"""What the cells of a column are: figures, dates, names."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from civictracker.domain.dates import parse_date
from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.texts import clean
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import is_total
from civictracker.sheets.tallies import is_tally_of
from civictracker.sheets.two_figures import is_arrow

SAMPLE = 400
_TWO_IN_ONE = re.compile(
    r"[\d,]+\s*[명건회개]?\s*(?:\(\s*[+\-△▲▽▼]?\s*[\d,]+\s*[명건회개]?\s*\)|/\s*[+\-△▲▽▼]\s*[\d,]+)$"
    r"|\d{1,3}(?: \d{3})+$"
)
_WEEK = re.compile(r"(?:제\s?)?(?:[1-9]|[1-4]\d|5[0-3])\s?주")
_AGE = re.compile(r"[1-9]0대(?:\s?(?:이하|이상|미만))?")


def _text_content(cell: str) -> tuple[Content, str]:
    if _AGE.fullmatch(cell.strip()):
        return Content.TEXT, ""
    if _WEEK.fullmatch(cell.strip()):
        return Content.DATE, ""
    number = parse_number(cell)
    if isinstance(number, Missing):
        return Content.EMPTY, ""
    if _TWO_IN_ONE.match(cell.strip()) or is_arrow(cell):
        return Content.NUMBER, ""  # 9(412): no name; which of them counts is asked of the cell
    if isinstance(number, Number):
        return Content.NUMBER, "%" if number.percent else number.unit
    return (Content.DATE if parse_date(cell.strip()) is not None else Content.TEXT), ""


class Content(StrEnum):
    """What the cells of a column mostly are."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


def content_of(grid: Grid, index: int, first: int, last: int) -> tuple[Content, float, tuple[str, ...], str]:
    """What a sample of the column is, how varied its texts are, some of them, and its common unit."""
    cells = grid.column(index, first, last)[:: max(1, (last - first + 1) // SAMPLE)]
    if _are_days(cells):
        return Content.DATE, 0.0, (), ""
    if set(map(type, cells)) <= {float, int, type(None)}:
        is_empty_column = all(cell is None for cell in cells)
        return (Content.EMPTY if is_empty_column else Content.NUMBER), 0.0, (), ""
    told = _counted(cells)
    counts, texts, totals, units = told.kinds, told.texts, told.totals, told.units
    counts.pop(Content.EMPTY, None)
    if totals and not counts.keys() - {Content.TEXT}:
        counts[Content.TEXT] += len(totals)
    if not counts:
        return Content.EMPTY, 0.0, (), ""
    distinct = len(set(texts)) / len(texts) if texts else 0.0
    sample = tuple(dict.fromkeys((*texts, *totals)))[:60]
    unit = next(iter(units)) if len(units) == 1 else ""
    if texts and counts[Content.NUMBER] <= len(texts):
        counts[Content.NUMBER] -= _tallies(grid, index, first, last)
    # A column of figures may hold remarks; a column of names may hold a stray number.
    least = max(1, counts[Content.DATE], counts[Content.TEXT] / 2)
    if counts[Content.NUMBER] >= least and not is_numbering(cells):
        return Content.NUMBER, distinct, sample, unit
    kind = Content.TEXT if is_numbering(cells) else counts.most_common(1)[0][0]
    return kind, distinct, sample, unit


class _Counts(NamedTuple):
    kinds: Counter[Content]
    texts: list[str]
    totals: list[str]  # beside dates and figures they say nothing of the column
    units: Counter[str]


def _counted(cells: list[Cell]) -> _Counts:
    found = _Counts(Counter(), [], [], Counter())
    for cell in cells:
        kind, unit = _cell_content(cell)
        if kind is Content.TEXT and is_total(clean(str(cell))):
            found.totals.append(clean(str(cell)))
            continue
        found.kinds[kind] += 1
        if kind is Content.TEXT:
            found.texts.append(clean(text_of(cell)))
        elif kind is Content.NUMBER:
            found.units[unit] += 1
    return found


def _tallies(grid: Grid, index: int, first: int, last: int) -> int:
    cells = enumerate(grid.column(index, first, last)[:SAMPLE], first)
    return sum(is_tally_of(grid, row, cell) for row, cell in cells)


def _are_days(cells: list[Cell]) -> bool:
    """20260901, 20260902 …: counts are not all of them days."""
    told = [text_of(cell) for cell in cells if not is_empty(cell)]
    if len(told) < 2 or not all(len(text) == 8 and text.isdecimal() for text in told):
        return False
    return all(text[:2] in {"19", "20"} and parse_date(text) is not None for text in told[:50])


def is_numbering(cells: list[Cell]) -> bool:
    """1, 2, 3 … with 계 and 소계 in between: numbers of rows, not figures."""
    texts = [text_of(cell) for cell in cells if not is_empty(cell)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    totals = [text for text in texts if is_total(text)]
    return (
        bool(totals) and len(numbers) + len(totals) == len(texts) and numbers == [*range(1, len(numbers) + 1)]
    )


def counts_rows(cells: list[Cell]) -> bool:
    """1, 2, 3 … from top to bottom."""
    texts = [text_of(cell) for cell in cells if not is_empty(cell)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) >= 2 and numbers == [*range(1, len(numbers) + 1)]


def _cell_content(cell: Cell) -> tuple[Content, str]:
    if is_empty(cell) or isinstance(cell, bool):
        return Content.EMPTY, ""
    if isinstance(cell, date | datetime):
        return Content.DATE, ""
    if isinstance(cell, timedelta | time):
        return Content.NUMBER, "s"
    if isinstance(cell, int | float):
        return Content.NUMBER, ""
    return _text_content(str(cell))
