"""From values to heights: plain or logarithmic, and a right axis laid over the left one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, log10, nan


@dataclass(frozen=True, slots=True)
class Scale:
    """``shift + by × value``, of the logarithm where ``is_log``; the left axis shifts nothing."""

    is_log: bool = False
    shift: float = 0.0
    by: float = 1.0

    def height(self, value: float | None) -> float:
        """NaN for a gap, and for what has no logarithm."""
        if value is None or (self.is_log and value <= 0):
            return nan
        return self.shift + self.by * (log10(value) if self.is_log else value)

    def plain(self, height: float) -> float:
        """The axis' own unit at a height: the value, or its logarithm."""
        return (height - self.shift) / self.by


def span_of(heights: Sequence[float], *, is_log: bool) -> tuple[float, float]:
    """Bottom and top that show all; levels far from zero keep the axis at zero unless that flattens them."""
    low, high = min(heights), max(heights)
    is_low = 0 <= low < high * 0.6 and not is_log
    bottom = 0.0 if is_low else low - (high - low) * 0.08
    return bottom, high + ((high - bottom) * 0.06 or 1.0)


def laid_over(
    left: Sequence[float], right: Sequence[float], *, is_log: bool, keeps_zero: bool
) -> tuple[tuple[float, float], Scale]:
    """The left axis' bottom and top, and the scale that fits the right axis' heights into them.

    ``right`` is not yet scaled. ``keeps_zero``: both have their zero at the same height, for changes.
    """
    span = span_of(left, is_log=is_log) if left else (0.0, 1.0)
    if not right:
        return span, Scale(is_log)
    if keeps_zero:
        return _with_one_zero(span, min(*right, 0.0), max(*right, 0.0), is_log=is_log)
    bottom, top = span_of(right, is_log=is_log)
    by = (span[1] - span[0]) / (top - bottom)
    return span, Scale(is_log, span[0] - by * bottom, by)


def _with_one_zero(
    span: tuple[float, float], low: float, high: float, *, is_log: bool
) -> tuple[tuple[float, float], Scale]:
    """As much of the height lies below zero as the needier of the two has there."""
    bottom, top = min(span[0], 0.0), max(span[1], 0.0)
    below = max(-bottom / ((top - bottom) or 1.0), -low / ((high - low) or 1.0))
    below = min(below, 0.95) if top or high else 1.0
    size = max(top / (1 - below) if below < 1 else 0.0, -bottom / below if below else 0.0) or 1.0
    by = min(size * (1 - below) / high if high else inf, size * below / -low if low else inf)
    return (-size * below, size * (1 - below)), Scale(is_log, 0.0, by if isfinite(by) else 1.0)


def with_headroom(span: tuple[float, float], share: float) -> tuple[float, float]:
    """The span with ``share`` of the height left free above, for names that stand there."""
    return span[0], span[0] + (span[1] - span[0]) / (1 - min(share, 0.6))
