"""Offices side by side: ranks with ties, the gap to the next, averages with and without oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Generic, TypeVar

from civictracker.domain.numbers import change_rate

K = TypeVar("K")


def ranks(values: Mapping[K, int]) -> dict[K, int]:
    """1 for the most; equals share a rank and the next one is skipped (1, 2, 2, 4)."""
    ordered = sorted(values.items(), key=lambda each: -each[1])
    found: dict[K, int] = {}
    for at, (key, value) in enumerate(ordered):
        same = at > 0 and ordered[at - 1][1] == value
        found[key] = found[ordered[at - 1][0]] if same else at + 1
    return found


@dataclass(frozen=True, slots=True)
class Place(Generic[K]):
    """``ahead``: how many fewer than the next rank above (0 for the first). ``growth`` in percent."""

    key: K
    rank: int
    value: int
    is_tied: bool
    ahead: int
    rank_before: int | None
    growth: Decimal | None
    growth_rank: int | None

    @property
    def moved(self) -> int | None:
        """Ranks won (+) or lost (−) since."""
        return None if self.rank_before is None else self.rank_before - self.rank


def places(now: Mapping[K, int], before: Mapping[K, int]) -> list[Place[K]]:
    """Best first. Growth and movement only where both figures are there."""
    standing, was = ranks(now), ranks({key: before[key] for key in before if key in now})
    growth = {
        key: rate for key in now if key in before and (rate := change_rate(now[key], before[key])) is not None
    }
    growing = ranks({key: int(rate * 10) for key, rate in growth.items()})
    ordered = sorted(now, key=lambda key: -now[key])
    found = []
    for key in ordered:
        above = [value for value in now.values() if value > now[key]]
        found.append(
            Place(
                key, standing[key], now[key], list(standing.values()).count(standing[key]) > 1,
                min(above) - now[key] if above else 0, was.get(key), growth.get(key), growing.get(key),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Average:
    """The mean and the median of ``count`` offices, and how many times each the own figure is."""

    count: int
    mean: Decimal
    median: Decimal
    times_mean: Decimal | None
    times_median: Decimal | None


def average(values: Sequence[int], own: int | None) -> Average | None:
    """None for nobody. Two decimals, half up."""
    if not values:
        return None
    mean, middle = Decimal(sum(values)) / len(values), Decimal(str(median(values)))
    return Average(len(values), _round(mean, 0), _round(middle, 0), _times(own, mean), _times(own, middle))


def _times(own: int | None, other: Decimal) -> Decimal | None:
    return None if own is None or not other else _round(own / other, 2)


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
