"""What a person said of a sheet by clicking in its picture, kept among the answers of its form.

``header@시트 = 3-4`` (this is the heading), ``col@시트!C = date`` (this column is …) and
``row@시트!12 = skip`` (leave this row out); rows and columns as the sheet counts them. The answers
``rows`` and ``across`` say what stands down the side and over the figures: ``metrics`` or ``entities``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from civictracker.sheets.grid import column_number
from civictracker.sheets.headers import Role

_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
ANY = "*"  # a form's word for the one sheet of a file, whose name may be a date
KINDS: dict[str, Role | None] = {
    "date": Role.DATE, "entity": Role.NAME, "metric": Role.METRIC, "skip": Role.SKIP, "total": Role.TOTAL,
    "value": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one sheet. ``columns``: index → one of the kinds, :data:`KINDS` for figures."""

    header: tuple[int, int] | None = None
    columns: dict[int, str] = field(default_factory=dict)
    rows_skipped: frozenset[int] = frozenset()
    across: str = ""
    rows: str = ""
    is_left_out: bool = False  # the whole sheet


def corrections_of(
    answers: dict[str, str], sheet: str, kinds: Collection[str] = frozenset(KINDS)
) -> Corrections:
    """Read what ``answers`` say of ``sheet``; what makes no sense is passed over.

    ``kinds``: what a column may be.
    """
    header: tuple[int, int] | None = None
    columns: dict[int, str] = {}
    skipped: set[int] = set()
    left_out = False
    for key, told in answers.items():
        kind, at, place = key.partition("@")
        if not at:
            continue
        name, _, where = place.rpartition("!") if kind in {"col", "row"} else (place, "", "")
        if name not in {sheet, ANY}:
            continue
        if kind == "sheet":
            left_out = told == "skip"
        elif kind == "header":
            header = _span(told)
        elif kind == "col" and told in kinds and _LETTERS.fullmatch(where):
            columns[column_number(where.upper())] = told
        elif kind == "row" and told == "skip" and where.isdecimal():
            skipped.add(int(where) - 1)
    return Corrections(
        header, columns, frozenset(skipped), answers.get("across", ""), answers.get("rows", ""), left_out
    )  # fmt: skip


def _span(told: str) -> tuple[int, int] | None:
    found = _ROWS.fullmatch(told)
    if not found:
        return None
    first, last = int(found[1]) - 1, int(found[2] or found[1]) - 1
    return (first, last) if 0 <= first <= last <= first + 9 else None
