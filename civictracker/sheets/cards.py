"""Cards side by side: 블로그 over its figures, 인스타그램 over its own, two columns each.

::

    블로그  |        | 인스타그램 |
    이웃수  | 18,422 | 팔로워     | 12,345
    게시물  |     12 | 게시물     |     23
"""

from __future__ import annotations

from civictracker.sheets.grid import Grid, is_empty, text_of
from civictracker.sheets.header_rows import SEARCH, Box, is_figure


def cards(grid: Grid, box: Box) -> list[Box]:
    """A part for every card, from its heading on; none where the sheet holds no two of them."""
    first = next((r for r in range(box.top, min(box.bottom, box.top + SEARCH)) if _heads(grid, r, box)), None)
    if first is None:
        return []
    heads = [row for row in range(first, box.bottom) if row == first or _heads(grid, row, box)]
    ends = [*(row - 1 for row in heads[1:]), box.bottom]
    return [
        Box(row if at or row > first else box.top, _last(grid, row, left, end), left, left + 1, row)
        for row, end in zip(heads, ends, strict=True)
        for at, left in enumerate(_pairs(grid, row, box))
    ]


def _heads(grid: Grid, row: int, box: Box) -> bool:
    return len(_pairs(grid, row, box)) >= 2


def _pairs(grid: Grid, row: int, box: Box) -> list[int]:
    """The first columns of the cards whose headings stand in ``row``; none if anything else does."""
    found: list[int] = []
    column = box.left
    while column <= box.right:
        if _is_card(grid, row, column):
            found.append(column)
            column += 2
        elif all(is_empty(grid.filled(at, column)) for at in (row, row + 1)):
            column += 1
        else:
            return []
    return found if len({text_of(grid.at(row, left)) for left in found}) == len(found) else []


def _is_card(grid: Grid, row: int, column: int) -> bool:
    """One heading over a name and its figure."""
    name, beside = grid.at(row, column), grid.at(row, column + 1)
    is_headed = isinstance(name, str) and not is_empty(name) and not is_figure(name)
    is_lone = is_empty(beside) or grid.is_inside_merge(row, column + 1)
    below = grid.at(row + 1, column)
    is_named = isinstance(below, str) and not is_empty(below) and not is_figure(below)
    return is_headed and is_lone and is_named and is_figure(grid.at(row + 1, column + 1))


def _last(grid: Grid, row: int, left: int, bottom: int) -> int:
    """The last row of a card: notes below all of them are none of its own."""
    last = row + 1
    for at in range(row + 1, bottom + 1):
        if is_figure(grid.at(at, left + 1)):
            last = at
    return last
