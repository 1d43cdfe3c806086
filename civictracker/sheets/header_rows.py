"""Which rows of a table are its header: names, right above the first row of figures."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from civictracker.domain.dates import DateReading, parse_date
from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.texts import without_footnote
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import is_note
from civictracker.sheets.labels import dates_figures, is_label_line, is_sign
from civictracker.sheets.time_heads import unit_of_numbers
from civictracker.sheets.two_figures import is_arrow, is_pair
from civictracker.sheets.vocabulary import is_class

SEARCH = 40
DEPTH = 4


class Box(NamedTuple):
    """A part of a sheet, first and last row and column, all within it."""

    top: int
    bottom: int
    left: int
    right: int
    heading: int | None = None  # its one header row, where that is known by how the part was found

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)


def header_rows(grid: Grid, box: Box) -> tuple[int, int] | None:
    """The header: the first rows of names, right above the first row of figures."""
    if box.heading is not None:
        return box.heading, box.heading
    usual = _usual_fill(grid, box)
    for row in range(box.top, min(box.bottom, box.top + SEARCH) + 1):
        names = _own_names(grid, row, box)
        if len(names) < min(2, usual) or is_note(text_of(grid.at(row, names[0]))):
            continue
        if (
            _is_title(grid, row, names, box)
            or _is_label(grid, row, names, box)
            or _is_signed(grid, row, names)
        ):
            continue
        if len(names) * 3 < usual and not _group_row(grid, row, box, usual):
            continue
        if not is_names(grid, row, box) or _is_said_once(grid, row, names):
            continue
        last = _header_end(grid, row, box)
        if last is not None and not any(_is_wide_title(grid, at, box) for at in range(row + 1, last)):
            return row, last
    return None


def _is_signed(grid: Grid, row: int, names: list[int]) -> bool:
    """A title with boxes for signatures beside it, or the boxes alone."""
    texts = [text_of(grid.at(row, at)) for at in names]
    signs = sum(map(is_sign, texts))
    return signs >= 2 and len(texts) - signs <= 1


def _is_wide_title(grid: Grid, row: int, box: Box) -> bool:
    """One text merged over the columns, below what stands over it: no part of a header."""
    names = _own_names(grid, row, box)
    if len(names) != 1 or names[0] != box.left:
        return False
    covered = sum(1 for column in box.columns if grid.is_inside_merge(row, column))
    return covered >= 2 and not grid.is_inside_merge(row + 1, box.left)


def _is_label(grid: Grid, row: int, names: list[int], box: Box) -> bool:
    """작성일 | 2026. 11. 21.; 기간 | 2026. 10. right above names and their figures heads a card of them."""
    texts = [text_of(grid.at(row, at)) for at in names]
    if not is_label_line(texts):
        return False
    name, figure = grid.at(row + 1, names[0]), grid.at(row + 1, names[-1])
    if parse_date(text_of(name)) is not None and is_figure(figure) and parse_date(texts[-1]) is None:
        return False  # 기준연월 | 외래관광객 over 201801 | 59895: the heads of two columns
    is_card = isinstance(name, str) and not is_empty(name) and not is_figure(name) and is_figure(figure)
    return not (is_card and dates_figures(texts))


_MARGIN = re.compile(
    r"^[(\[（<]?\s*(단위|작성|작성자|작성일|담당|담당자|담당부서|부서|문의|출처|자료|기준|기준일|제출|비고)\s*[:：]"
)


def _is_title(grid: Grid, row: int, names: list[int], box: Box) -> bool:
    """A title with a word in the margin, (단위: 명) or 작성: 홍보과, names no columns."""
    near = range(row + 1, min(box.bottom, row + 3) + 1)
    below = next((at for at in near if grid.fills[at] > 1), row)
    under = _own_names(grid, below, box)
    if len(names) < 2 or len(under) < 3 or not is_names(grid, below, box):
        return False
    told = [column for column in names if not _is_margin(grid.at(row, column))]
    is_apart = len(names) == 2 and names[0] == box.left and names[1] == box.right > box.left + 2
    return len(told) < 2 or (is_apart and box.left in under)


def _is_margin(cell: Cell) -> bool:
    """(단위: 명), 작성: 홍보과, or a day alone."""
    reading = parse_date(text_of(cell)) if isinstance(cell, str) else None
    is_day = isinstance(cell, date) or (
        reading is not None and bool(reading.day) and reading.period is not None
    )
    return is_day or bool(_MARGIN.match(text_of(cell).strip()))


def _is_said_once(grid: Grid, row: int, names: list[int]) -> bool:
    """One sentence in several cells of its own is a title, not a header."""
    texts = {text_of(grid.at(row, column)) for column in names}
    return len(texts) == 1 and len(names) > 1 and len(texts.pop()) > 30


def _usual_fill(grid: Grid, box: Box) -> int:
    """How many cells a row of the table usually has."""
    counts = Counter(
        sum(1 for cell in grid.rows[row][box.left : box.right + 1] if not is_empty(cell))
        for row in range(box.top, min(box.bottom, box.top + 200) + 1)
    )
    counts.pop(0, None)
    counts.pop(1, None)
    return counts.most_common(1)[0][0] if counts else 1


def _own_names(grid: Grid, row: int, box: Box) -> list[int]:
    """Columns with a cell of their own in ``row``: a title merged across counts once."""
    return [
        column
        for column in box.columns
        if not is_empty(grid.at(row, column)) and not grid.is_inside_merge(row, column)
    ]


def _group_row(grid: Grid, row: int, box: Box, usual: int) -> bool:
    """A row of group names over the real names: few cells, but merged over most of the width."""
    if row + 1 > box.bottom:
        return False
    # A blank line, or names of a few groups only, may stand between the groups and the names.
    under = row + 1
    if row + 2 <= box.bottom and grid.fills[row + 1] * 3 < usual <= grid.fills[row + 2] * 2:
        under = row + 2
    covered = sum(1 for column in box.columns if not is_empty(grid.filled(row, column)))
    below = sum(1 for column in box.columns if not is_empty(grid.filled(under, column)))
    enough = below * 2 >= usual and is_names(grid, under, box)
    spread = covered * 2 >= usual or _is_staircase(grid, row, under, box)
    return len(_own_names(grid, row, box)) >= 2 and enough and spread


def _is_staircase(grid: Grid, row: int, under: int, box: Box) -> bool:
    """Group names that stand, unmerged, over the first column of each group: 2024, blanks, 2025, …"""
    here = [column for column in box.columns if not is_empty(grid.at(row, column))]
    own = [column for column in here if not is_empty(grid.at(under, column))]
    gaps = {later - earlier for earlier, later in pairwise(own)}
    return len(own) >= 2 and min(gaps) >= 2


def is_names(grid: Grid, row: int, box: Box) -> bool:
    """Do the cells name things? Numbers may only stand for years, months or dates."""
    cells = [grid.filled(row, column) for column in box.columns]
    numbers = [cell for cell in cells if is_figure(cell)]
    words = [cell for cell in cells if not is_empty(cell) and not is_figure(cell)]
    texts = [
        cell for cell in words if isinstance(cell, str) and not is_class(cell)
    ]  # 미상 is the last of the ages
    missing = [text for text in texts if isinstance(parse_number(text), Missing)]
    if missing and not (all(map(str.isalpha, missing)) and len(missing) * 3 < len(words)):
        return False  # 없음 beside 모름 and the parties is one of the answers
    if not numbers or _is_time_run(numbers):
        return bool(numbers) or bool(words)
    return bool(words) and _count_time(grid, row, box)


# 20대 names people and 4주 a week, though both begin as figures do.
_NAMED = re.compile(r"[1-9]0대|(?:[1-9]|[1-4]\d|5[0-3])\s?주")


def is_figure(cell: Cell) -> bool:
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return True
    if isinstance(cell, str):
        text = cell.strip()
        return (
            bool(text)
            and not _NAMED.fullmatch(text)
            and (text[:1].isdigit() or text[:1] in "-−+.△▲▽▼(")
            and (is_pair(text) or is_arrow(text) or isinstance(parse_number(text), Number))
        )
    return False


def _is_time_run(cells: list[Cell]) -> bool:
    """Years or dates in a row: 2007, 2008 … or 20200217, 20200218 …; a year may repeat over months."""
    texts = [without_footnote(text_of(cell)) for cell in cells]
    if len(texts) < 2 or (len(set(texts)) < len(texts) and texts != sorted(texts)):
        return False
    readings = (parse_date(text) for text in texts)  # read no further than the first that is no date
    return all(reading is not None and 1900 <= _year(reading) <= 2100 for reading in readings)


def _count_time(grid: Grid, row: int, box: Box) -> bool:
    """1, 2, 3 … as names of months, days or weeks."""
    places = [column for column in box.columns if is_figure(grid.filled(row, column))]
    numbers = [text_of(grid.filled(row, column)) for column in places]
    above = [text_of(grid.filled(row - 1, column)) for column in places] if row > box.top else []
    return bool(unit_of_numbers(numbers, above, texts_above(grid, row, box)))


def texts_above(grid: Grid, row: int, box: Box) -> list[str]:
    """What stands over ``row``, a few rows up."""
    rows = range(max(box.top, row - 6), row)
    return [text_of(cell) for at in rows for cell in grid.rows[at][box.left : box.right + 1] if cell]


def _year(reading: DateReading) -> int:
    if reading.period is not None:
        return reading.period.start.year
    return reading.year or 2000


def _header_end(grid: Grid, start: int, box: Box) -> int | None:
    """The last header row: the one before the first row with figures; None when there is none."""
    for row in range(start + 1, min(box.bottom, start + DEPTH) + 1):
        if _is_heading_row(grid, row, box) or _is_label_row(grid, row, box):
            return row - 1
        is_names = _is_time_header(grid, row, box) or _is_numbered(grid, row, box)
        if _is_data(grid, row, box) and not is_names:
            return row - 1
    # Figures may begin only further down (missing at first): one row of names is then the header.
    below = range(start + 1, min(box.bottom, start + 200) + 1)
    return start if any(_is_data(grid, row, box) for row in below) else None


def _is_label_row(grid: Grid, row: int, box: Box) -> bool:
    """개설일 | 2011. 3. 2. on a card of labels and values."""
    texts = [text_of(grid.at(row, column)) for column in _own_names(grid, row, box)]
    return len(texts) > 1 and is_label_line(texts) and parse_date(texts[1]) is not None


def _is_heading_row(grid: Grid, row: int, box: Box) -> bool:
    """A lone name below a name is the heading of the rows that follow, not a part of the table's header."""
    here = [column for column in box.columns if not is_empty(grid.filled(row, column))]
    return (
        here == [box.left]
        and not is_empty(grid.at(row - 1, box.left))
        and not grid.is_inside_merge(row, box.left)
    )


def _is_time_header(grid: Grid, row: int, box: Box) -> bool:
    cells = [grid.filled(row, column) for column in box.columns]
    numbers = [cell for cell in cells if is_figure(cell)]
    if not is_figure(cells[0]) and _count_time(grid, row, box):
        over = [text_of(grid.filled(row - 1, c)) for c in box.columns if is_figure(grid.filled(row, c))]
        return len(set(over)) < len(over)  # 1, 2, 3 below names of their own are figures
    return len(numbers) >= 2 and all(_looks_like_year(cell) for cell in numbers) and _is_time_run(numbers)


_RUN = 10


def _is_numbered(grid: Grid, row: int, box: Box) -> bool:
    """1, 2, 3 … over the figures and nothing else: the numbers of the columns."""
    texts = [text_of(cell) for cell in grid.rows[row][box.left : box.right + 1] if not is_empty(cell)]
    return len(texts) >= _RUN and texts == [str(at) for at in range(1, len(texts) + 1)]


def _looks_like_year(cell: Cell) -> bool:
    text = text_of(cell)
    return text.isdecimal() and (len(text) == 4 or len(text) in {6, 8}) and 1900 <= int(text[:4]) <= 2100


def _is_data(grid: Grid, row: int, box: Box) -> bool:
    """Has the row a figure, a date, or marks of missing ones beside a name? Asked of a row many times."""
    key = (row, box.left, box.right)
    if key not in grid.data_rows:
        grid.data_rows[key] = _has_data(grid, row, box)
    return grid.data_rows[key]


def _is_day(cell: Cell) -> bool:
    reading = parse_date(cell.strip()) if isinstance(cell, str) else None
    return reading is not None and bool(reading.day) and reading.period is not None


def _has_data(grid: Grid, row: int, box: Box) -> bool:
    cells = [grid.at(row, column) for column in box.columns]
    if any(is_figure(cell) or isinstance(cell, date | datetime) for cell in cells):
        return True
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(texts) == 1 and _is_day(grid.at(row, box.left)):
        return True  # a day of which nothing is known yet
    marks = [text for text in texts if isinstance(parse_number(text), Missing)]
    return len(marks) >= 2 and len(marks) < len(texts)
