"""Before and after: what figures can show of a campaign, and what they cannot.

The days before are as many as the campaign's own. Growth is also held against the same days a year
before and against channels that the campaign did not touch: what is left is a difference, never proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from civictracker.domain.numbers import change_rate


@dataclass(frozen=True, slots=True)
class Span:
    """A level at the start and the end of some weeks (None where it is not known)."""

    first: int | None
    last: int | None

    @property
    def change(self) -> int | None:
        return None if self.first is None or self.last is None else self.last - self.first

    @property
    def rate(self) -> Decimal | None:
        return None if self.first is None or self.last is None else change_rate(self.last, self.first)


@dataclass(frozen=True, slots=True)
class Effect:
    """``excess`` is the growth during, less the growth before, in people; ``against_others`` in %p."""

    during: Span
    before: Span
    year_ago: Span
    others: Decimal | None  # the median growth rate of the other channels during
    n_others: int

    @property
    def excess(self) -> int | None:
        if self.during.change is None or self.before.change is None:
            return None
        return self.during.change - self.before.change

    @property
    def against_others(self) -> Decimal | None:
        if self.during.rate is None or self.others is None:
            return None
        return self.during.rate - self.others


def span(weeks: Mapping[int, int], first: int, last: int) -> Span:
    """From the level of the week before ``first`` to that of ``last``, each at most two weeks stale."""
    return Span(_near(weeks, first - 1), _near(weeks, last))


def _near(weeks: Mapping[int, int], at: int) -> int | None:
    return next((weeks[each] for each in (at, at - 1, at - 2) if each in weeks), None)


def effect(weeks: Mapping[int, int], others: Sequence[Mapping[int, int]], first: int, last: int) -> Effect:
    """Of the weeks ``first`` to ``last`` (week numbers) on a channel's levels."""
    length = last - first + 1
    rates = [rate for each in others if (rate := span(each, first, last).rate) is not None]
    return Effect(
        during=span(weeks, first, last),
        before=span(weeks, first - length, first - 1),
        year_ago=span(weeks, first - 52, last - 52),
        others=Decimal(str(median(rates))).quantize(Decimal("0.1")) if rates else None,
        n_others=len(rates),
    )
