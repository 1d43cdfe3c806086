"""The text of a cell that holds two counts, 12(4,110), and each of them."""

from __future__ import annotations

import re

from civictracker.sheets.grid import Cell

FRONT, INSIDE = "front", "inside"
LEAST = 2  # cells of the kind: a lone one is told as what it is, a cell that nobody can read
_UNIT = "[명건회개편원]?"
_PAIR = re.compile(
    rf"\s*(?!(?:19|20)\d\d\s*\()(\d[\d,]*)\s*{_UNIT}\s*[(\[]\s*(\d[\d,]*)\s*{_UNIT}\s*[)\]]\s*"
)


def is_pair(text: str) -> bool:
    """Are there two counts, the second in brackets and without a sign: 12(4,110), 9건(412회)?"""
    return _PAIR.fullmatch(text) is not None


def first_pair(cells: list[Cell]) -> str:
    """The first of them; empty where there are fewer than :data:`LEAST`."""
    if str not in set(map(type, cells)):
        return ""
    found = [cell for cell in cells if isinstance(cell, str) and is_pair(cell)]
    return found[0] if len(found) >= LEAST else ""


def half_of(cell: Cell, part: str) -> Cell:
    """The figure of ``part``; a lone figure stands in front."""
    both = _PAIR.fullmatch(cell) if isinstance(cell, str) else None
    if both is None:
        return cell if part == FRONT or not isinstance(cell, int | float) else None
    return both[1] if part == FRONT else both[2]
