"""One grid of columns for all tables of a sheet, and how many lines a text takes in it."""

from __future__ import annotations

import math
import unicodedata

from civictracker.documents.model import Table

_SNAP = 0.05  # edges nearer than this share of the width become one


def lines_in(text: str, chars: float) -> int:
    """Lines that ``text`` needs in ``chars`` digits: Hangul is nearly two wide, points and blanks half."""
    wide = sum(_wide(char) for char in text)
    return max(1, min(8, math.ceil(wide / max(1.0, chars))))


def _wide(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.75
    return 0.55 if char in " .,:;()'|!il" else 1.0


def edges(table: Table) -> list[float]:
    """Column edges as shares of the width, from 0.0 to 1.0."""
    whole = sum(column.weight for column in table.columns)
    edges = [0.0]
    for column in table.columns:
        edges.append(edges[-1] + column.weight / whole)
    edges[-1] = 1.0
    return edges


def shared_edges(tables: list[Table], least: int = 8) -> list[float]:
    """The edges of the widest table, and those of the others that are near none of them."""
    if not tables:
        return [i / 8 for i in range(9)]
    tables = sorted(tables, key=lambda table: -len(table.columns))
    shared = edges(tables[0])
    for table in tables[1:]:
        for edge in edges(table):
            if all(abs(edge - other) > _SNAP for other in shared):
                shared.append(edge)
    while len(shared) < least:  # 결재란 needs columns of its own
        shared.sort()
        at = max(range(len(shared) - 1), key=lambda i: shared[i + 1] - shared[i])
        shared.append((shared[at] + shared[at + 1]) / 2)
    return sorted(shared)


def nearest(edges: list[float], shared: list[float]) -> list[int]:
    """For each edge the index of a shared one, strictly rising."""
    found: list[int] = []
    for i, edge in enumerate(edges):
        least = found[-1] + 1 if found else 0
        most = len(shared) - (len(edges) - i)
        found.append(min(range(least, most + 1), key=lambda k: abs(shared[k] - edge)))
    return found
