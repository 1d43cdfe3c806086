"""취합: the number printed on a form, and what stands for a unit on the board.

A form's number (서식번호, ``A7F3-0K9Q``) is four signs for the round, two for the unit and two that check
the others, in Crockford's base 32, in which no sign looks like another: it can be read aloud, typed, and
survives a program that drops everything that is hidden.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")
_CODE = re.compile(r"([0-9A-Za-z]{4})\s*[-–—‐−ー]\s*([0-9A-Za-z]{4})")
MAX_UNITS = len(_SIGNS) ** 2


class Status(StrEnum):
    """Worst first, which is the order in which the board lists them."""

    ODD = "이상"
    MISSING = "미제출"
    LATE = "늦음"
    RETURNED = "제출"


def round_code(seed: str) -> str:
    """Four signs for a round, the same for the same ``seed``."""
    return _signs(int.from_bytes(sha256(seed.encode()).digest()[:8], "big"), 4)


def form_code(round_code: str, unit: int) -> str:
    """The number of unit ``unit``'s form (0 to 1,023)."""
    if not 0 <= unit < MAX_UNITS:
        raise ValueError(f"a round has at most {MAX_UNITS} units: {unit}")
    body = round_code + _signs(unit, 2)
    return f"{body[:4]}-{body[4:]}{_check(body)}"


def found_code(text: str) -> str | None:
    """The form number somewhere in ``text``, whatever the case; None unless its check holds."""
    for found in _CODE.finditer(unicodedata.normalize("NFKC", text)):
        code = "-".join(found.groups()).upper().translate(_ALIKE)
        if _check(code[:4] + code[5:7]) == code[7:]:
            return code
    return None


def _signs(number: int, length: int) -> str:
    signs = ""
    for _ in range(length):
        number, rest = divmod(number, len(_SIGNS))
        signs = _SIGNS[rest] + signs
    return signs


def _check(body: str) -> str:
    return _signs(int.from_bytes(sha256(body.encode()).digest()[:2], "big"), 2)


def is_late(returned: datetime, due: date | None) -> bool:
    """Did it come after the last day?"""
    return due is not None and returned.date() > due


def status_of(returned: datetime | None, due: date | None, *, odd: bool) -> Status:
    """What stands for a unit; ``odd`` is something in its file that a person must look at."""
    if odd:
        return Status.ODD
    if returned is None:
        return Status.MISSING
    return Status.LATE if is_late(returned, due) else Status.RETURNED
