"""One grid of columns for all tables of a sheet, and how many lines a text takes in it."""

from __future__ import annotations

import math
import unicodedata

from civictracker.documents.flow import WIDTH
from civictracker.documents.model import Table
from civictracker.documents.pages import paper_setter
from civictracker.documents.tables import TableLayout, grid

_SHRINKS = 1.2
_MOST = 0.3  # a column of long words gives no more than down to this share
_SNAP = 0.05  # edges nearer than this share of the width become one


def lines_in(text: str, chars: float) -> int:
    """Lines that ``text`` needs in ``chars`` digits of 맑은 고딕: Hangul is 1.6 wide, a point half."""
    return max(1, min(8, math.ceil(_width(text) / max(1.0, chars))))


def is_nearly_one(text: str, chars: float) -> bool:
    """It runs over one line by so little that smaller letters do."""
    return chars < _width(text) <= chars * _SHRINKS


def _width(text: str) -> float:
    return sum(map(_wide, text))


def _wide(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 0.6 if char in "·‘’" else 1.62
    return 0.55 if char in " .,:;()'|!il" else 1.0


def edges(table: Table) -> list[float]:
    """Column edges as shares of the width, from 0.0 to 1.0: those of the paper, which knows the texts."""
    return [edge / WIDTH for edge in TableLayout(table, WIDTH, paper_setter(), 1.0).edges]


def shared_edges(tables: list[Table]) -> list[float]:
    """The edges of the widest table, and those of the others that are near none of them."""
    if not tables:
        return [i / 8 for i in range(9)]
    tables = sorted(tables, key=lambda table: -len(table.columns))
    shared = edges(tables[0])
    for table in tables[1:]:
        for edge in edges(table):
            if all(abs(edge - other) > _SNAP for other in shared):
                shared.append(edge)
    return sorted(shared)


def settled(table: Table, bounds: list[int], shared: list[float], width: float) -> list[int]:
    """``bounds`` moved where a column would break its words and the one beside it has room to give.

    ``width`` is what ``shared`` makes 1.0, in characters.
    """
    needs, figures = [0.0] * len(table.columns), set()
    for rows in (table.head, table.body):
        for cell, _, column in grid(rows):
            if cell.colspan == 1:
                needs[column] = max(needs[column], (_width(cell.text) + 1.5) / width)
                figures |= {column} if cell.value is not None else set()

    def room(column: int) -> float:
        return shared[bounds[column + 1]] - shared[bounds[column]]

    for column in sorted(range(len(needs)), key=lambda each: (each not in figures, -needs[each])):
        for edge, step, giver in ((column, -1, column - 1), (column + 1, 1, column + 1)):
            while room(column) < needs[column] and 0 <= giver < len(needs):
                bounds = [*bounds[:edge], bounds[edge] + step, *bounds[edge + 1 :]]
                if room(giver) < min(needs[giver], _MOST):
                    bounds = [*bounds[:edge], bounds[edge] - step, *bounds[edge + 1 :]]
                    break
    return bounds


def nearest(edges: list[float], shared: list[float]) -> list[int]:
    """For each edge the index of a shared one, strictly rising."""
    found: list[int] = []
    for i, edge in enumerate(edges):
        least = found[-1] + 1 if found else 0
        most = len(shared) - (len(edges) - i)
        found.append(min(range(least, most + 1), key=lambda k: abs(shared[k] - edge)))
    return found
