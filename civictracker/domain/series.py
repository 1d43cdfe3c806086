"""A channel's figures over time: change, growth, index, reconstruction, slips and totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from civictracker.domain.metrics import Reading
from civictracker.domain.numbers import change_rate, percent_of
from civictracker.domain.weeks import Period


@dataclass(frozen=True, slots=True)
class Point:
    """A reading with its change against the reading of the base period, where there is one."""

    reading: Reading
    change: int | None = None
    rate: Decimal | None = None


def with_changes(buckets: Mapping[Period, Reading]) -> list[Point]:
    """Each reading with its change against the last one before it (gaps are stepped over)."""
    points: list[Point] = []
    last: Reading | None = None
    for reading in buckets.values():
        if last is None:
            points.append(Point(reading))
        else:
            points.append(Point(reading, reading.value - last.value, change_rate(reading.value, last.value)))
        last = reading
    return points


def indexed(values: Sequence[int | None], places: int = 1) -> list[Decimal | None]:
    """지수: each value as a percentage of the first that is known and not zero."""
    base = next((value for value in values if value), None)
    if base is None:
        return [None] * len(values)
    return [None if value is None else percent_of(value, base, places) for value in values]


def reconstructed(
    anchors: Sequence[Reading], changes: Iterable[Reading], *, since: Period | None = None
) -> list[Reading]:
    """Levels at the end of each net change, walked both ways from the nearest anchor before it.

    A later anchor takes over from the walk, so that an error never travels past a real reading.
    Before the first anchor the walk goes backwards. Without an anchor nothing can be known: [].
    ``since`` leaves out what ends before it. Results are marked ``reconstructed``; days that have
    an anchor of their own are left to it.
    """
    steps = sorted(changes, key=lambda reading: reading.period.end)
    known = sorted(anchors, key=lambda reading: reading.period.end)
    if not known:
        return []
    first = known[0]
    levels = [*_walk_back(first, steps), *_walk_on(known, steps)]
    anchored = {reading.period.end for reading in known}
    return [
        level
        for level in levels
        if level.period.end not in anchored and (since is None or level.period.end >= since.start)
    ]


def _walk_back(first: Reading, steps: Sequence[Reading]) -> list[Reading]:
    levels: list[Reading] = []
    value = first.value
    earlier = [step for step in steps if step.period.end <= first.period.end]
    for before, step in reversed(list(pairwise(earlier))):
        value -= step.value
        levels.append(Reading(before.period, value, reconstructed=True))
    return levels[::-1]


def _walk_on(known: Sequence[Reading], steps: Sequence[Reading]) -> list[Reading]:
    levels: list[Reading] = []
    position, value = 0, known[0].value
    for step in steps:
        if step.period.end <= known[0].period.end:
            continue
        while position + 1 < len(known) and known[position + 1].period.end < step.period.end:
            position += 1
            value = known[position].value
        value += step.value
        levels.append(Reading(step.period, value, reconstructed=True))
    return levels


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that looks ten (or a hundred) times off: 470 beside 4,702."""

    value: int
    last: int
    factor: Decimal  # value ÷ last, rounded to the power of ten that it looks like

    @property
    def words(self) -> str:
        """``10분의 1`` or ``10배``."""
        if self.factor < 1:
            return f"{int(1 / self.factor)}분의 1"
        return f"{int(self.factor)}배"


def slip(value: int, last: int, *, tolerance: float = 0.35) -> Slip | None:
    """Does ``value`` look as if a digit was lost or doubled against ``last``?

    Small channels move freely, so nothing under 100 on the larger side is called odd. The
    tolerance is relative to the power of ten: 470 and 610 beside 4,702 are caught, 2,000 is not.
    """
    if value <= 0 or last <= 0 or max(value, last) < 100:
        return None
    quotient = value / last
    for power in (Decimal("0.01"), Decimal("0.1"), Decimal(10), Decimal(100)):
        if abs(quotient / float(power) - 1) <= tolerance:
            return Slip(value, last, power)
    return None


@dataclass(frozen=True, slots=True)
class Total:
    """A total over channels of which some may be missing.

    ``value`` adds the ``present`` channels of ``expected``; ``change`` and ``rate`` compare only
    those ``compared``, which have both figures: a channel that was not entered is not a loss.
    """

    value: int
    present: int
    expected: int
    before: int
    compared: int
    change: int | None
    rate: Decimal | None
    carried: int = 0

    @property
    def is_complete(self) -> bool:
        return self.present == self.expected


def total(pairs: Iterable[tuple[int | None, int | None]], *, carry: bool = False) -> Total | None:
    """Add (this, before) pairs of channels; None when no channel has this period's figure.

    With ``carry`` a missing figure takes the one before it (written on paper with ※).
    """
    rows = list(pairs)
    carried = 0
    if carry:
        carried = sum(1 for this, before in rows if this is None and before is not None)
        rows = [(before if this is None else this, before) for this, before in rows]
    present = [this for this, _ in rows if this is not None]
    if not present:
        return None
    both = [(this, before) for this, before in rows if this is not None and before is not None]
    now, then = sum(this for this, _ in both), sum(before for _, before in both)
    return Total(
        value=sum(present),
        present=len(present),
        expected=len(rows),
        before=sum(before for _, before in rows if before is not None),
        compared=len(both),
        change=now - then if both else None,
        rate=change_rate(now, then) if both else None,
        carried=carried,
    )
