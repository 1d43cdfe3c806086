"""The text of a cell that holds two counts, 12(4,110), and each of them."""

from __future__ import annotations

import re

from civictracker.sheets.grid import Cell

FRONT, INSIDE, AFTER = "front", "inside", "after"
LEAST = 2  # cells of the kind: a lone one is told as what it is, a cell that nobody can read
_UNIT = "[명건회개편원]?"
_PAIR = re.compile(
    rf"\s*(?!(?:19|20)\d\d\s*\()(\d[\d,]*)\s*{_UNIT}\s*[(\[]\s*(\d[\d,]*)\s*{_UNIT}\s*[)\]]\s*"
)
# 41,200 (전주 30,118) below 조회수(전주); 13,010 → 13,022
_BESIDE = re.compile(
    rf"\s*(\d[\d,]*)\s*{_UNIT}\s*[(\[]\s*(?:[가-힣]{{2,6}}\s*:?\s*)?(\d[\d,]*)\s*{_UNIT}\s*[)\]]\s*"
)
_ARROW = re.compile(rf"\s*(\d[\d,]*)\s*{_UNIT}\s*(?:→|->|⇒|➡|➔|▶)\s*(\d[\d,]*)\s*{_UNIT}\s*")


def is_pair(text: str) -> bool:
    """Are there two counts, the second in brackets and without a sign: 12(4,110), 9건(412회)?"""
    return _PAIR.fullmatch(text) is not None


def first_pair(cells: list[Cell]) -> str:
    """The first of them; empty where there are fewer than :data:`LEAST`."""
    if str not in set(map(type, cells)):
        return ""
    found = [cell for cell in cells if isinstance(cell, str) and is_pair(cell)]
    return found[0] if len(found) >= LEAST else ""


def is_beside(text: str) -> bool:
    """As :func:`is_pair`, or with a word in the brackets that says of when the second is."""
    return _BESIDE.fullmatch(text) is not None


def is_arrow(text: str) -> bool:
    """13,010 → 13,022: what it was and what it is."""
    return _ARROW.fullmatch(text) is not None


def half_of(cell: Cell, part: str) -> Cell:
    """The figure of ``part``; a lone figure stands in front, and is what it is now."""
    shape = _ARROW if part == AFTER else _BESIDE
    both = shape.fullmatch(cell) if isinstance(cell, str) else None
    if both is None:
        return None if part == INSIDE and isinstance(cell, int | float) else cell
    return both[1] if part == FRONT else both[2]
