"""The axis of counts: few lines, Korean short forms, and powers of ten on a logarithmic scale."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor, log10

import pyqtgraph as pg

from civictracker.domain.numbers import grouped
from civictracker.ui.charts.scales import Scale
from civictracker.ui.theme import theme


class CountAxis(pg.AxisItem):  # type: ignore[misc]
    """Counts as ``4.5만``: short above 10,000 where that is exact; four to eight lines, no finer grid."""

    is_log = False

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if self.is_log:
            return [(1.0, _powers(low, high))]
        wanted = (high - low) / max(3.0, size / theme.px(44))
        if wanted <= 0:
            return []
        power = 10.0 ** floor(log10(wanted))
        step = next(power * by for by in (1, 2, 5, 10) if power * by >= wanted)
        first = ceil(low / step)
        return [(step, [at * step for at in range(first, int(high // step) + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        del scale
        if self.is_log:
            return [_count_words(10**value, 10) for value in values]
        return [_count_words(value, spacing) for value in values]


class RightAxis(CountAxis):
    """Counts of another unit, laid over the left axis by a :class:`Scale`."""

    def __init__(self) -> None:
        super().__init__("right")
        self.laid = Scale()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        found = super().tickValues(self.laid.plain(low), self.laid.plain(high), size)
        return [
            (step * self.laid.by, [self.laid.shift + self.laid.by * each for each in values])
            for step, values in found
        ]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        plain = [self.laid.plain(value) for value in values]
        return super().tickStrings(plain, scale, spacing / self.laid.by)


def _powers(low: float, high: float) -> list[float]:
    """1, 2, 5 of each power of ten that lie between; powers alone where those are many."""
    digits = (1, 2, 5) if high - low < 3 else (1,)
    found = [log10(digit) + power for power in range(floor(low), ceil(high) + 1) for digit in digits]
    return [each for each in found if low <= each <= high]


def _count_words(value: float, spacing: float) -> str:
    if spacing < 1:
        return grouped(Decimal(str(round(value, 2))), 2 if spacing < 0.1 else 1)
    whole = round(value)
    if abs(whole) >= 10_000 and whole % 1000 == 0:
        return f"{whole / 10_000:g}만"
    return grouped(whole)
