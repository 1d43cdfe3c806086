"""종합 지수: several figures of a channel in one number, weighted as the office likes.

Each figure is held against the mean of its own twelve weeks before (= 100), so that friends and views can
stand side by side; the weighted mean of these is the index. What is not known lends its weight to nobody, and
weeks from before what is counted changed are no past. Indexes are counted in tenths, rounded half up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

PAST = 12  # weeks that are the 100
FEWEST = 4  # of them that must be known
DEFAULT_WEIGHTS = {"followers": 40, "posts": 20, "views": 40}
MOST = 100


@dataclass(frozen=True, slots=True)
class Component:
    """``past`` is the sum of the weeks before and how many of them are known; ``value`` this week's."""

    code: str
    weight: int
    value: int | None
    past: tuple[int, int]

    @property
    def usual(self) -> Decimal | None:
        """The mean of what is known of the weeks before."""
        total, weeks = self.past
        return Decimal(total) / weeks if weeks >= FEWEST else None

    @property
    def tenths(self) -> int | None:
        """100.0 for as much as usual; None where the week or its past is not known."""
        return _against_past(self.value, *self.past)

    @property
    def index(self) -> Decimal | None:
        return None if self.tenths is None else Decimal(self.tenths).scaleb(-1)


@dataclass(frozen=True, slots=True)
class Composite:
    components: tuple[Component, ...]

    @property
    def tenths(self) -> int | None:
        return _mean([(each.weight, each.tenths) for each in self.components])

    @property
    def value(self) -> Decimal | None:
        return None if self.tenths is None else Decimal(self.tenths).scaleb(-1)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Codes of what was not known."""
        return tuple(each.code for each in self.components if each.index is None)


def composite(
    weights: Mapping[str, int], weeks: Mapping[str, tuple[int | None, Sequence[int | None]]]
) -> Composite:
    """``weeks`` holds this week's figure and those of the weeks before, oldest first, by metric code."""
    return Composite(
        tuple(
            Component(code, weight, weeks[code][0], _summed(weeks[code][1])) if code in weeks
            else Component(code, weight, None, (0, 0))
            for code, weight in weights.items()
            if weight > 0
        )
    )  # fmt: skip


def _summed(past: Sequence[int | None]) -> tuple[int, int]:
    known = [value for value in past[-PAST:] if value is not None]
    return sum(known), len(known)


def past_from(week: int, breaks: Collection[int]) -> int:
    """The first of the weeks before ``week`` that may be its past; ``breaks`` are weeks in which what is
    counted changed."""
    return max([week - PAST, *(each for each in breaks if each <= week)])


def run(
    weights: Mapping[str, int], weeks: Mapping[str, Mapping[int, int]], first: int, last: int,
    breaks: Collection[int] = (),
) -> dict[int, tuple[int, bool]]:  # fmt: skip
    """Of every week from ``first`` to ``last`` that has one: the index in tenths, and whether all was known.

    ``weeks`` holds figures by metric code and week number, from ``PAST`` weeks before ``first`` on. The sums
    of the past are carried along, so that ten years of forty channels take a moment.
    """
    columns = [(weight, _column(weeks.get(code, {}), first, last, breaks))
               for code, weight in weights.items() if weight > 0]  # fmt: skip
    found = {}
    for at in range(last - first + 1):
        parts = [(weight, column[at]) for weight, column in columns]
        index = _mean(parts)
        if index is not None:
            found[first + at] = index, (None not in [tenths for _, tenths in parts])
    return found


def _column(own: Mapping[int, int], first: int, last: int, breaks: Collection[int]) -> list[int | None]:
    begin = total = count = 0
    known: list[int] = []  # weeks of the past in the sum, oldest first
    column: list[int | None] = []
    changes = set(breaks)
    for week in range(first - PAST, last + 1):
        if week in changes:
            begin, total, count = len(known), 0, 0
        while begin < len(known) and known[begin] < week - PAST:
            total -= own[known[begin]]
            begin, count = begin + 1, count - 1
        value = own.get(week)
        if week >= first:
            column.append(_against_past(value, total, count))
        if value is not None:
            known.append(week)
            total, count = total + value, count + 1
    return column


def _against_past(value: int | None, total: int, weeks: int) -> int | None:
    return None if value is None or weeks < FEWEST or not total else _rounded(value * 1000 * weeks, total)


def _mean(parts: Sequence[tuple[int, int | None]]) -> int | None:
    total = weights = 0
    for weight, tenths in parts:
        if tenths is not None:
            total, weights = total + weight * tenths, weights + weight
    return _rounded(total, weights) if weights else None


def mean_of(tenths: Sequence[int]) -> int:
    """Of the weeks of a longer span, each alike."""
    return _rounded(sum(tenths), len(tenths))


def _rounded(top: int, bottom: int) -> int:
    """The quotient, half away from zero."""
    if top >= 0 and bottom > 0:
        return (2 * top + bottom) // (2 * bottom)
    size = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return size if (top < 0) == (bottom < 0) else -size
