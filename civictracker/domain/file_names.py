"""File names from titles: nothing that Windows reserves, that climbs out of a folder, or that hides."""

from __future__ import annotations

import re

from civictracker.domain.texts import clean

_BAD = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


def file_name(title: str, longest: int = 100) -> str:
    """``title`` as a file's stem that every system takes."""
    name = _BAD.sub(" ", clean(title))
    name = re.sub(r"\s+", " ", name).strip(" .")[:longest].strip(" .")
    return f"{name}_" if name.casefold().split(".")[0] in _RESERVED else name or "이름 없음"
