"""File names from titles: nothing that Windows reserves, that climbs out of a folder, or that hides."""

from __future__ import annotations

import re
from collections.abc import Container

from civictracker.domain.texts import clean

_BAD = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_BAD_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET = 31  # characters, by Excel
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


def file_name(title: str, longest: int = 100) -> str:
    """``title`` as a file's stem that every system takes."""
    name = _BAD.sub(" ", clean(title))
    name = re.sub(r"\s+", " ", name).strip(" .")[:longest].strip(" .")
    return f"{name}_" if name.casefold().split(".")[0] in _RESERVED else name or "이름 없음"


def sheet_name(title: str, taken: Container[str] = ()) -> str:
    """``title`` as the name of a workbook's sheet, with a number behind it where it is ``taken``."""
    stem = re.sub(r"\s+", " ", _BAD_SHEET.sub(" ", clean(title))).strip(" '") or "표"
    name, number = stem[:_LONGEST_SHEET].rstrip(" '"), 1
    while name in taken:
        number += 1
        name = f"{stem[: _LONGEST_SHEET - 5].rstrip()} ({number})"
    return name
