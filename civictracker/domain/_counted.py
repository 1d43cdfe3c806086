"""How often a plain rule came true before a day, by arithmetic: expanding ten years costs far more.

What is not plain is None here, and expanded by whoever asks.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from civictracker.domain.recurrence import Rule


def counted(rule: Rule, starts: date, day: date) -> int | None:
    """Occurrences of an endless ``rule``, DTSTART's part written out, from ``starts`` to before ``day``."""
    if rule.by_set_pos or rule.by_month:
        return None
    if day <= starts:
        return 0
    if rule.freq == "DAILY" and not (rule.by_day or rule.by_month_day):
        return ((day - starts).days - 1) // rule.interval + 1
    if rule.freq == "WEEKLY":
        return _weekly(rule, starts, day) - _weekly(rule, starts, starts)
    if rule.freq == "MONTHLY" and rule.by_month_day and not rule.by_day:
        return _monthly(rule, starts, day)
    return None


def nth(rule: Rule, starts: date, number: int) -> date | None:
    """The ``number``-th occurrence (from 1) of an endless ``rule``; None where it is not plain."""
    try:
        return _nth(rule, starts, number)
    except OverflowError:  # past the year 9999
        return None


def _nth(rule: Rule, starts: date, number: int) -> date | None:
    if rule.by_set_pos or rule.by_month:
        return None
    if rule.freq == "DAILY" and not (rule.by_day or rule.by_month_day):
        return starts + timedelta(days=(number - 1) * rule.interval)
    if rule.freq != "WEEKLY":
        return None
    places = _places(rule)
    skipped = sum(place < (starts.weekday() - rule.week_start) % 7 for place in places)
    cycles, at = divmod(number - 1 + skipped, len(places))
    return _week_of(rule, starts) + timedelta(weeks=cycles * rule.interval, days=places[at])


def _places(rule: Rule) -> list[int]:
    """The weekdays as days from the start of the rule's week."""
    return sorted({(weekday - rule.week_start) % 7 for _, weekday in rule.by_day})


def _week_of(rule: Rule, starts: date) -> date:
    return starts - timedelta(days=(starts.weekday() - rule.week_start) % 7)


def _weekly(rule: Rule, starts: date, day: date) -> int:
    """Occurrences from the first day of the week of ``starts`` to before ``day``."""
    places = _places(rule)
    weeks, rest = divmod((day - _week_of(rule, starts)).days, 7)
    cycles, off = divmod(weeks, rule.interval)
    whole = cycles * len(places)
    return whole + (sum(place < rest for place in places) if off == 0 else len(places))


def _monthly(rule: Rule, starts: date, day: date) -> int:
    """By month: not every one has a 31st."""
    first, last = starts.year * 12 + starts.month - 1, day.year * 12 + day.month - 1
    found = 0
    for month in range(first, last + 1, rule.interval):
        year, at = month // 12, month % 12 + 1
        length = monthrange(year, at)[1]
        numbers = {each if each > 0 else length + 1 + each for each in rule.by_month_day}
        days = (date(year, at, each) for each in numbers if 1 <= each <= length)
        found += sum(starts <= each < day for each in days)
    return found
