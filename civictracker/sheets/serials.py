"""Excel's serial numbers as dates and times, the way calamine gives them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from enum import Enum, auto

from civictracker.sheets.grid import Cell

_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}  # built-in formats; Korean from 27 on
_DURATION = 46
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_DAY = 86_400
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a workbook knows no time zone)
_LAST = 2_958_466  # the first day of the year 10000


class Kind(Enum):
    NUMBER = auto()
    MOMENT = auto()
    DURATION = auto()


def kind_of_format(number: int, code: str = "") -> Kind:
    """What a number format makes of a number; ``code`` is its text where the workbook holds one."""
    if not code:
        if number == _DURATION:
            return Kind.DURATION
        return Kind.MOMENT if number in _DATES else Kind.NUMBER
    bare = _LITERAL.sub("", code).partition(";")[0]
    if _ELAPSED.search(bare):
        return Kind.DURATION
    bare = _BRACKETS.sub("", bare).casefold().replace("general", "").replace("g/표준", "")
    return Kind.MOMENT if any(letter in bare for letter in "ymdhs") else Kind.NUMBER


def is_percent(number: int, code: str = "") -> bool:
    """Does a number format show 0.412 as 41.2%?"""
    return "%" in _LITERAL.sub("", code) if code else number in {9, 10}


def moment(serial: float, kind: Kind, *, is_1904: bool) -> Cell:
    """A date at midnight, a time below one day, else both; the number itself outside the calendar."""
    if kind is Kind.NUMBER or not 0 <= serial < _LAST - (1462 if is_1904 else 0):
        return serial
    if kind is Kind.DURATION:
        return timedelta(milliseconds=round(serial * _DAY * 1000))
    days, part = divmod(serial, 1)
    if days == 0 and not is_1904:
        return _clock(part)
    if is_1904:
        days += 1462
    elif days < 60:
        days += 1  # Excel believes in 29 February 1900
    when = _EPOCH + timedelta(days=days, milliseconds=round(part * _DAY * 1000))
    return when.date() if when.time() == time() else when


def _clock(part: float) -> Cell:
    when = _EPOCH + timedelta(milliseconds=round(part * _DAY * 1000))
    return when.time()
