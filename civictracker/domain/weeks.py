"""Weeks and other calendar periods, and the Korean words for them.

A week runs Monday to Sunday (ISO 8601, KS X ISO 8601). Which month it belongs to is a custom, not
a fact, so the label follows a rule that the office chooses and the range is printed beside it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache

_DAY = timedelta(days=1)
FRIDAY = 4
WEEKDAYS = "월화수목금토일"
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class WeekRule(StrEnum):
    """How "M월 N주" is counted."""

    THURSDAY = "thursday"  # the month that holds the week's Thursday (ISO 8601's own rule)
    CALENDAR_ROW = "calendar_row"  # the row in which the base day stands on a wall calendar
    NTH_WEEKDAY = "nth_weekday"  # the base day's ordinal in its month: "셋째 금요일이 있는 주"


class Grain(IntEnum):
    """The size of a period, finest first; RANGE is any span that is none of the others."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    QUARTER = 3
    YEAR = 4
    RANGE = 5


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed span of days, ``start`` to ``end``; its grain follows from the two."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start} ~ {self.end}")

    @classmethod
    def day(cls, day: date) -> Period:
        return cls(day, day)

    @classmethod
    def week(cls, day: date) -> Period:
        """The week that holds ``day``. Raises OverflowError at the calendar's very ends."""
        monday = day - day.weekday() * _DAY
        return cls(monday, monday + 6 * _DAY)

    @classmethod
    def iso_week(cls, year: int, week: int) -> Period:
        return cls.week(date.fromisocalendar(year, week, 1))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), month_end(year, month))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        if not 1 <= quarter <= 4:
            raise ValueError(f"no such quarter: {quarter}")
        return cls(date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter))

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def around(cls, day: date, grain: Grain) -> Period:
        """The period of ``grain`` that holds ``day``."""
        match grain:
            case Grain.DAY:
                return cls.day(day)
            case Grain.WEEK:
                return cls.week(day)
            case Grain.MONTH:
                return cls.month(day.year, day.month)
            case Grain.QUARTER:
                return cls.quarter(day.year, (day.month + 2) // 3)
            case Grain.YEAR:
                return cls.year(day.year)
            case Grain.RANGE:
                raise ValueError("a range has no natural neighbour")

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read what :attr:`code` writes. Raises ValueError."""
        for pattern, make in _CODES:
            if found := pattern.fullmatch(code):
                return make(found)
        raise ValueError(f"not a period: {code!r}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def grain(self) -> Grain:
        if self.start == self.end:
            return Grain.DAY
        if self.days == 7 and self.start.weekday() == 0:
            return Grain.WEEK
        if self.start.day != 1 or self.end != month_end(self.end.year, self.end.month):
            return Grain.RANGE
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        if months == 1:
            return Grain.MONTH
        if months == 3 and self.start.month % 3 == 1:
            return Grain.QUARTER
        return Grain.YEAR if months == 12 and self.start.month == 1 else Grain.RANGE

    @property
    def code(self) -> str:
        """``2026``, ``2026-Q3``, ``2026-11``, ``2026-W47``, ``2026-11-13`` or ``start/end``."""
        match self.grain:
            case Grain.DAY:
                return self.start.isoformat()
            case Grain.WEEK:
                year, week, _ = self.start.isocalendar()
                return f"{year:04d}-W{week:02d}"
            case Grain.MONTH:
                return f"{self.start:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.start.year:04d}-Q{(self.start.month + 2) // 3}"
            case Grain.YEAR:
                return f"{self.start.year:04d}"
            case Grain.RANGE:
                return f"{self.start.isoformat()}/{self.end.isoformat()}"

    def shift(self, steps: int) -> Period:
        """The period ``steps`` further on of the same grain (a range moves by its own length)."""
        match self.grain:
            case Grain.DAY | Grain.WEEK | Grain.RANGE:
                by = steps * self.days * _DAY
                return Period(self.start + by, self.end + by)
            case Grain.YEAR:
                return Period.year(self.start.year + steps)
            case grain:
                months = 1 if grain is Grain.MONTH else 3
                index = self.start.year * 12 + self.start.month - 1 + steps * months
                return Period.around(date(index // 12, index % 12 + 1, 1), grain)

    def a_year_ago(self) -> Period:
        """전년 동기: the same ISO week, month … of the year before (week 53 falls back to 52)."""
        if self.grain is Grain.WEEK:
            return self.shift(-52)
        if self.grain in {Grain.DAY, Grain.RANGE}:
            return Period(_same_day(self.start, -1), _same_day(self.end, -1))
        return Period.around(_same_day(self.start, -1), self.grain)

    def __contains__(self, other: Period | date) -> bool:
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end


def _same_day(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


_CODES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...] = (
    (re.compile(r"(\d{4})"), lambda m: Period.year(int(m[1]))),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda m: Period.quarter(int(m[1]), int(m[2]))),
    (re.compile(r"(\d{4})-W(\d\d)"), lambda m: Period.iso_week(int(m[1]), int(m[2]))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda m: Period.month(int(m[1]), int(m[2]))),
    (re.compile(r"(\d{4}-\d\d-\d\d)"), lambda m: Period.day(date.fromisoformat(m[1]))),
    (
        re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)"),
        lambda m: Period(date.fromisoformat(m[1]), date.fromisoformat(m[2])),
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class WeekName:
    """What a week is called: ``2026년 11월 3주`` is ``WeekName(2026, 11, 3)``."""

    year: int
    month: int
    nth: int

    @property
    def short(self) -> str:
        return f"{self.month}월 {self.nth}주"

    @property
    def full(self) -> str:
        return f"{self.year}년 {self.short}"


@dataclass(frozen=True, slots=True)
class WeekNaming:
    """The office's custom: how weeks are named and on which weekday figures are taken.

    ``base_weekday`` counts Monday as 0; Friday is what offices report on.
    """

    rule: WeekRule = WeekRule.THURSDAY
    base_weekday: int = FRIDAY

    def base_day(self, week: Period) -> date:
        """기준일: the day in ``week`` on which its figures are read."""
        return week.start + self.base_weekday * _DAY

    @lru_cache(maxsize=4096)  # a report asks for the same weeks for every channel  # noqa: B019
    def name(self, week: Period) -> WeekName:
        if self.rule is WeekRule.THURSDAY:
            day = week.start + 3 * _DAY
            return WeekName(day.year, day.month, (day.day + 6) // 7)
        day = self.base_day(week)
        if self.rule is WeekRule.NTH_WEEKDAY:
            return WeekName(day.year, day.month, (day.day + 6) // 7)
        return WeekName(day.year, day.month, (day.day + day.replace(day=1).weekday() + 6) // 7)

    def find(self, name: WeekName) -> Period | None:
        """The week so named, or None where the month has no such week.

        Under CALENDAR_ROW a first row that has no base day carries no name, so row 1 may be absent.
        """
        try:
            week = Period.week(date(name.year, name.month, 1))
        except ValueError:
            return None
        for _ in range(7):
            if self.name(week) == name:
                return week
            week = week.shift(1)
        return None
