"""종합 지수: several figures of a channel in one number, weighted as the office likes.

Each figure is held against the mean of its own twelve weeks before (= 100), so that friends and views can
stand side by side; the weighted mean of these is the index. What is not known lends its weight to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PAST = 12  # weeks that are the 100
FEWEST = 4  # of them that must be known
DEFAULT_WEIGHTS = {"followers": 40, "posts": 20, "views": 40}
MOST = 100


@dataclass(frozen=True, slots=True)
class Component:
    """``index`` is 100 for as much as usual; None where the week or its past is not known."""

    code: str
    weight: int
    value: int | None
    usual: Decimal | None

    @property
    def index(self) -> Decimal | None:
        if self.value is None or not self.usual:
            return None
        return _one(self.value * 100 / self.usual)


@dataclass(frozen=True, slots=True)
class Composite:
    value: Decimal | None
    components: tuple[Component, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Codes of what was not known."""
        return tuple(each.code for each in self.components if each.index is None)


def usual(past: Sequence[int | None]) -> Decimal | None:
    """The mean of what is known of the weeks before."""
    known = [value for value in past[-PAST:] if value is not None]
    return Decimal(sum(known)) / len(known) if len(known) >= FEWEST else None


def composite(
    weights: Mapping[str, int], weeks: Mapping[str, tuple[int | None, Sequence[int | None]]]
) -> Composite:
    """``weeks`` holds this week's figure and those of the weeks before, oldest first, by metric code."""
    components = tuple(
        Component(code, weight, weeks[code][0], usual(weeks[code][1])) if code in weeks
        else Component(code, weight, None, None)
        for code, weight in weights.items()
        if weight > 0
    )  # fmt: skip
    known = [(each.weight, each.index) for each in components if each.index is not None]
    total = sum(weight for weight, _ in known)
    value = _one(sum((weight * index for weight, index in known), Decimal(0)) / total) if total else None
    return Composite(value, components)


def _one(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
