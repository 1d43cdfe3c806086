"""Working days: what closes an office, and where a send on such a day goes.

Source of the rules: 관공서의 공휴일에 관한 규정. Elections and 임시공휴일 are decided late, so a year
beyond ``certain`` is told as 미확인 and never silently trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from civictracker.domain.texts import ro

_SATURDAY = 5
_FARTHEST = 60  # days; no run of days off comes near it


class Policy(StrEnum):
    BACK = "back"
    FORWARD = "forward"
    SKIP = "skip"
    KEEP = "keep"


POLICY_NAMES = {
    Policy.BACK: "앞당김", Policy.FORWARD: "미룸", Policy.SKIP: "건너뜀", Policy.KEEP: "그대로",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``names`` are the days off besides weekends; ``works`` are weekend days on which one works."""

    names: Mapping[date, str] = field(default_factory=dict)
    works: frozenset[date] = frozenset()
    certain: int = 9999

    def holiday(self, day: date) -> str:
        """The day's name when it is a holiday, else empty."""
        return "" if day in self.works else self.names.get(day, "")

    def why_closed(self, day: date) -> str:
        """``추석``, ``토요일``; empty on a working day."""
        if name := self.holiday(day):
            return name
        if day.weekday() < _SATURDAY or day in self.works:
            return ""
        return "토요일" if day.weekday() == _SATURDAY else "일요일"

    def is_certain(self, year: int) -> bool:
        return year <= self.certain


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an occurrence goes: ``day`` None when it is skipped, ``because`` empty when it stays."""

    original: date
    day: date | None
    because: str = ""


def place(day: date, policy: Policy, calendar: WorkCalendar, *, weekend_meant: bool = False) -> Placed:
    """Where a send of ``day`` goes under ``policy``; moves until a working day.

    ``weekend_meant`` says that the rule itself names the weekend, so that only holidays move it.
    """
    why = calendar.holiday(day) if weekend_meant else calendar.why_closed(day)
    if not why or policy == Policy.KEEP:
        return Placed(day, day)
    reason = f"{why}{ro(why)} {_short(day)}"
    if policy == Policy.SKIP:
        return Placed(day, None, f"{reason} 건너뜀")
    step = timedelta(days=-1 if policy == Policy.BACK else 1)
    to = day
    for _ in range(_FARTHEST):
        to += step
        if not calendar.why_closed(to):
            return Placed(day, to, f"{reason} → {_short(to)}")
    return Placed(day, day)


def _short(day: date) -> str:
    return f"{day.month}. {day.day}."
