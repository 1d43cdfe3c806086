"""A time axis in Korean: years, months and days as offices write them. x is a day's ordinal."""

from __future__ import annotations

from datetime import date, timedelta

import pyqtgraph as pg


class DatesAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks at years, quarters, months or weeks, whichever leaves room for their words."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        days = max(1.0, high - low)
        room = max(2.0, size / 64)  # ticks that fit side by side
        first = date.fromordinal(max(1, int(low)))
        last = date.fromordinal(min(date.max.toordinal(), max(1, int(high))))
        for step in (1, 2, 3, 6, 12, 24, 60, 120):
            if days / (30.4 * step) <= room:
                if step == 1 and days / 7 <= room:
                    return [(7.0, _weeks(first, last))]
                return [(30.4 * step, _months(first, last, step))]
        return [(3652.0, _months(first, last, 240))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        del scale
        return [_words(date.fromordinal(int(value)), at, spacing) for at, value in enumerate(values)]


def _months(first: date, last: date, step: int) -> list[float]:
    index = first.year * 12 + first.month - 1
    index -= index % step
    found = []
    while (day := date(index // 12, index % 12 + 1, 1)) <= last:
        if day >= first:
            found.append(float(day.toordinal()))
        index += step
    return found


def _weeks(first: date, last: date) -> list[float]:
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        if monday >= first:
            found.append(float(monday.toordinal()))
        monday += timedelta(days=7)
    return found


def _words(day: date, at: int, spacing: float) -> str:
    if spacing <= 7:
        return f"{day.month}. {day.day}."
    if spacing >= 360:
        return f"{day.year}"
    if day.month == 1 or at == 0:
        return f"{day.year}. {day.month}."
    return f"{day.month}월"
