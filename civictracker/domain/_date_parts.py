"""The parts of a date as written, possibly without a year, and the period that they make."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from civictracker.domain.weeks import Period, WeekName, WeekNaming, month_end


@dataclass(frozen=True, slots=True)
class Parts:
    """What a date says of itself. ``nth`` counts weeks in a month, ``week`` in an ISO year.

    With ``open_order`` ("05-06-2025"), ``month`` and ``day`` hold the first and second figure, and
    which is which is not known.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    nth: int | None = None
    week: int | None = None
    quarter: int | None = None
    half: int | None = None
    weekday: int | None = None
    open_order: bool = False

    @property
    def needs(self) -> frozenset[str]:
        needs = {"order"} if self.open_order else set()
        if self.year is None:
            needs.add("year")
        if self.month is None and (self.nth or self.day):
            needs.add("month")
        return frozenset(needs)

    @property
    def possible(self) -> bool:
        """Whether some year makes this a real date: 30 February never is."""
        if self.month is None or self.day is None:
            return True
        year = 2024 if self.year is None else self.year  # a leap year
        return self.day <= monthrange(year, self.month)[1]

    def after(self, first: Parts) -> Parts:
        """As the end of a range: what it leaves out, it takes from ``first``.

        "2026. 12. 28. ~ 1. 3." leaves out that the year has turned.
        """
        year, month = self.year, self.month
        if year is None and first.year is not None:
            year = first.year + self._begins_anew(first)
        if month is None and (self.day or self.nth):
            month = first.month
        return replace(self, year=year, month=month)

    def _begins_anew(self, first: Parts) -> bool:
        """Whether its month, half, quarter or week is an earlier one than that of ``first``."""
        mine = (self.month, self.half, self.quarter, self.week)
        theirs = (first.month, first.half, first.quarter, first.week)
        return any(a < b for a, b in zip(mine, theirs, strict=True) if a and b)

    def completed(self, year: int | None, month: int | None) -> Parts:
        """With the answers to what it ``needs``; what is written wins over what is answered."""
        if self.open_order:
            return self._ordered(month)
        filled = replace(self, year=self.year if self.year is not None else year)
        if "month" in self.needs and month is not None:
            return replace(filled, month=month, week=None)
        return filled

    def _ordered(self, month: int | None) -> Parts:
        if month == self.month:
            return replace(self, open_order=False)
        if month == self.day:
            return replace(self, month=self.day, day=self.month, open_order=False)
        return self

    def period(self, naming: WeekNaming) -> Period | None:
        """None while something is missing, or where the calendar has no such day or week."""
        if self.needs or self.year is None:
            return None
        try:
            return self._period(self.year, naming)
        except ValueError:
            return None

    def _period(self, year: int, naming: WeekNaming) -> Period | None:
        if self.month:
            return self._in_month(year, self.month, naming)
        if self.week:
            return Period.iso_week(year, self.week)
        if self.quarter:
            return Period.quarter(year, self.quarter)
        if self.half:
            return Period(date(year, 6 * self.half - 5, 1), month_end(year, 6 * self.half))
        return Period.year(year)

    def _in_month(self, year: int, month: int, naming: WeekNaming) -> Period | None:
        if self.nth:
            return naming.find(WeekName(year, month, self.nth))
        if self.day:
            return Period.day(date(year, month, self.day))
        return Period.month(year, month)
