"""What is counted, and how each kind of figure adds up over time.

=========  ===================================================================================
LEVEL      a stock read at an instant (친구 수): a period shows its last reading, never a sum
FLOW       what happened during a period (조회수): pieces are summed
NET        a change of a level (구독자 증감): summed as a flow; see ``series.reconstructed``
RATIO      a quotient of two flows (열람률): from the summed parts, and may exceed 100 %
LIFETIME   a running total of one post, overwritten by each newer reading
=========  ===================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from civictracker.domain.weeks import Grain, Period, WeekNaming


class Kind(StrEnum):
    LEVEL = "level"
    FLOW = "flow"
    NET = "net"
    RATIO = "ratio"
    LIFETIME = "lifetime"

    @property
    def is_summed(self) -> bool:
        """Do finer pieces add up to a coarser period?"""
        return self in {Kind.FLOW, Kind.NET}


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is counted.

    ``decimals`` places are carried by the stored integer (61.8 % with one decimal is 618).
    ``numerator``/``denominator`` belong to a RATIO, ``anchor`` (the level it changes) to a NET.
    """

    id: int
    code: str
    name: str
    kind: Kind
    unit: str = ""
    decimals: int = 0
    numerator: str | None = None
    denominator: str | None = None
    anchor: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    code: str
    name: str
    level: str
    metrics: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An exact figure for a period, in the metric's smallest unit.

    ``covered`` counts the days that its pieces cover: less than the period's days means that
    some pieces are missing. ``reconstructed`` marks a level computed from an anchor.
    """

    period: Period
    value: int
    approximate: bool = False
    reconstructed: bool = False
    covered: int | None = None

    @property
    def is_partial(self) -> bool:
        return self.covered is not None and self.covered < self.period.days


def bucket_of(period: Period, grain: Grain, kind: Kind, naming: WeekNaming) -> Period | None:
    """The period of ``grain`` that ``period`` counts towards, or None if it cannot be told.

    A level counts where its last day lies, whatever its own size. A flow counts only where it
    fits, except that a week counts wholly in the month that its name says (4월 5주 is April's),
    so that the weeks of a month add up to the month on paper.
    """
    if kind in {Kind.LEVEL, Kind.LIFETIME}:
        return Period.around(period.end, grain)
    own = period.grain
    if own is Grain.WEEK and grain > Grain.WEEK:
        name = naming.name(period)
        return Period.around(Period.month(name.year, name.month).start, grain)
    bucket = Period.around(period.start, grain)
    return bucket if period in bucket else None


def bucketed(
    readings: Iterable[Reading], grain: Grain, kind: Kind, naming: WeekNaming
) -> dict[Period, Reading]:
    """Aggregate one channel's readings of one metric to periods of ``grain``, in time order.

    A reading made for exactly the period beats anything put together from finer ones.
    """
    groups: dict[Period, list[Reading]] = {}
    for reading in readings:
        period = reading.period
        bucket = period if period.grain is grain else bucket_of(period, grain, kind, naming)
        if bucket is not None:
            groups.setdefault(bucket, []).append(reading)
    return {bucket: aggregate(groups[bucket], bucket, kind) for bucket in sorted(groups)}


def aggregate(readings: list[Reading], bucket: Period, kind: Kind) -> Reading:
    """One reading for ``bucket`` from the non-empty ``readings`` that count towards it."""
    for reading in readings:
        if reading.period == bucket:
            return reading
    if kind.is_summed:
        return _summed(readings, bucket)
    last = max(readings, key=lambda reading: (reading.period.end, reading.period.start))
    return replace(last, period=bucket)


def _summed(readings: list[Reading], bucket: Period) -> Reading:
    """Add disjoint pieces; a day inside a week that is counted already is not counted twice."""
    taken: list[Reading] = []
    for piece in sorted(readings, key=lambda r: (-r.period.days, r.period.start)):
        if not any(_overlap(piece.period, other.period) for other in taken):
            taken.append(piece)
    return Reading(
        bucket,
        sum(piece.value for piece in taken),
        approximate=any(piece.approximate for piece in taken),
        covered=sum(piece.period.days for piece in taken),
    )


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end
