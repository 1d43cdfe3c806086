"""Channels' figures over time, for 추이 and for ``civictracker series``.

Days stay ISO text until a period is first seen, and equal periods are one object: 40 channels ×
520 weeks are 20,800 points but only 520 weeks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from civictracker.domain.metrics import Kind, Metric, Reading, aggregate, bucket_of
from civictracker.domain.numbers import change_rate, percent_of
from civictracker.domain.series import reconstructed
from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.figures import metric_of, metrics_by_id
from civictracker.store.database import core
from civictracker.store.tables import Observation

_row = core(Observation)
_STORED = """
    SELECT metric_id, channel_id, period_start, period_end, value, approximate FROM observation
    WHERE metric_id IN (SELECT value FROM json_each(?)) AND channel_id IN (SELECT value FROM json_each(?))
      AND period_start BETWEEN ? AND ?
    ORDER BY metric_id, channel_id, period_start, period_end
"""
_LOOK_BACK = timedelta(days=400)
_WEEK = timedelta(days=6)  # a week counts in the month of its name, which may begin in it


class Point(NamedTuple):
    """One figure of a series in the metric's smallest unit, against the one before it."""

    period: Period
    value: int
    change: int | None = None  # against ``base``, the last figure before; gaps are stepped over
    base: int | None = None  # None for the first figure and for ratios, whose changes are %p
    approximate: bool = False
    reconstructed: bool = False
    partial: bool = False  # put together from pieces that do not cover all its days

    @property
    def rate(self) -> Decimal | None:
        """증감률 in percent with one decimal; None without a base or with base 0."""
        return None if self.base is None else change_rate(self.base + (self.change or 0), self.base)


@dataclass(frozen=True, slots=True)
class Series:
    """One channel's figures of one metric, in time order."""

    channel: ChannelRow
    metric: Metric
    points: tuple[Point, ...]


_Found = Mapping[tuple[int, int], list[Point]]


def load_series(
    session: Session, *, channel_ids: Sequence[int], codes: Sequence[str], naming: WeekNaming,
    start: date | None = None, end: date | None = None, grain: Grain | None = None,
    reconstruct: bool = False,
) -> list[Series]:  # fmt: skip
    """The series of every channel × metric, in the order asked for, empty ones included.

    ``grain`` None keeps the readings as they are stored. The first point's change is against what
    lies before ``start``. With ``reconstruct`` a level's gaps are filled from its net changes.
    Raises InputError for a metric code that does not exist.
    """
    channels = {row.id: row for row in list_channels(session, peers=True, ids=channel_ids)}
    metrics = [_metric(session, code) for code in codes]
    ids = {part.id for metric in metrics for part in (metric, *_parts(metric, reconstruct=reconstruct))}
    found = _needed(session, ids, channel_ids, start, _last_day(end, grain), whole=reconstruct)
    build = _Builder(found, grain, naming, reconstruct)
    window = Window(start, end)
    return [
        Series(channels[channel], metric, window.cut(build.points(channel, metric)))
        for channel in channel_ids
        if channel in channels
        for metric in metrics
    ]


def _metric(session: Session, code: str) -> Metric:
    try:
        return metric_of(session, code)
    except KeyError as error:
        raise InputError(f"‘{code}’이라는 지표는 없습니다.") from error


def _parts(metric: Metric, *, reconstruct: bool) -> list[Metric]:
    """The metrics that ``metric`` is put together from."""
    codes: list[str | None] = []
    if metric.kind is Kind.RATIO:
        codes = [metric.numerator, metric.denominator]
    elif metric.kind is Kind.LEVEL and reconstruct:
        codes = [each.code for each in catalogue.metrics().values() if each.anchor == metric.code]
    return [catalogue.metric(code) for code in codes if code]


def _last_day(end: date | None, grain: Grain | None) -> str:
    if end is None:
        return "9999-12-31"
    if grain is None:
        return end.isoformat()
    return (Period.around(end, grain).end + _WEEK).isoformat()


def _needed(
    session: Session, metric_ids: Iterable[int], channel_ids: Sequence[int], start: date | None, last: str,
    *, whole: bool,
) -> dict[tuple[int, int], list[Point]]:  # fmt: skip
    """The readings of the days asked for, and at least one before them for the first change.

    A year is looked back on; channels that were silent for longer are read from their beginning.
    An anchor may lie anywhere, so a reconstruction needs the ``whole`` history.
    """
    if start is None or whole:
        return _stored(session, metric_ids, channel_ids, "", last)
    found = _stored(session, metric_ids, channel_ids, (start - _LOOK_BACK).isoformat(), last)
    silent = {channel for channel in channel_ids if not _reaches_before(found, metric_ids, channel, start)}
    return {**found, **_stored(session, metric_ids, silent, "", last)} if silent else found


def _reaches_before(
    found: dict[tuple[int, int], list[Point]], metric_ids: Iterable[int], channel: int, start: date
) -> bool:
    series = [found.get((metric, channel), []) for metric in metric_ids]
    return all(points and points[0].period.end < start for points in series)


def _stored(
    session: Session, metric_ids: Iterable[int], channel_ids: Iterable[int], since: str, last: str
) -> dict[tuple[int, int], list[Point]]:
    """Readings that begin from ``since`` to ``last``, by (metric id, channel id), in time order.

    Each comes with its change.

    Rows are let go of as they come, for 20,000 kept objects more would wake the garbage collector.
    """
    rows = session.connection().exec_driver_sql(
        _STORED, (json.dumps(list(metric_ids)), json.dumps(list(channel_ids)), since, last)
    )
    periods: dict[str, Period] = {}
    found: dict[tuple[int, int], list[Point]] = {}
    points: list[Point] = []
    at_metric = at_channel = None
    before: int | None = None
    for metric, channel, first, until, value, about in rows.yield_per(1000):
        if channel != at_channel or metric != at_metric:
            points = found[metric, channel] = []
            at_metric, at_channel, before = metric, channel, None
        period = periods.get(first + until)
        if period is None:
            period = periods[first + until] = Period(date.fromisoformat(first), date.fromisoformat(until))
        points.append(Point(period, value, _change(value, before), before, about == 1))
        before = value
    return found


class _Builder:
    """Turns stored readings into those of the wanted grain, by the rules of the metric's kind."""

    def __init__(
        self, found: _Found, grain: Grain | None, naming: WeekNaming, reconstruct: bool  # noqa: FBT001
    ) -> None:  # fmt: skip
        self._found, self._grain, self._naming, self._reconstruct = found, grain, naming, reconstruct
        self._grains: dict[int, Grain] = {}
        self._buckets: dict[tuple[int, Kind], Period | None] = {}
        self._kept: list[Period] = []

    def points(self, channel: int, metric: Metric) -> list[Point]:
        if metric.kind is Kind.RATIO:
            return chained(self._ratio(channel, metric), rated=False)
        stored = self._at(channel, metric)
        points = self._bucketed(stored, metric.kind)
        if metric.kind is Kind.LEVEL and self._reconstruct:
            points = self._filled(channel, metric, points)
        return points if points is stored else chained(points, rated=True)

    def _at(self, channel: int, metric: Metric) -> list[Point]:
        return self._found.get((metric.id, channel), [])

    def _bucketed(self, points: list[Point], kind: Kind) -> list[Point]:
        if self._grain is None or self._fits(point.period for point in points):
            return points
        groups: dict[Period, list[Reading]] = {}
        for point in points:
            bucket = self._bucket(point.period, kind)
            if bucket is not None:
                groups.setdefault(bucket, []).append(_reading(point))
        buckets = (aggregate(groups[bucket], bucket, kind) for bucket in sorted(groups))
        return [
            Point(
                each.period, each.value, approximate=each.approximate,
                reconstructed=each.reconstructed, partial=each.is_partial,
            )
            for each in buckets
        ]  # fmt: skip

    def _bucket(self, period: Period, kind: Kind) -> Period | None:
        """As ``domain.metrics.bucketed`` chooses, looked up once for each period and not each point."""
        key = (id(period), kind)
        if key not in self._buckets:
            assert self._grain is not None
            own = period if period.grain is self._grain else None
            self._buckets[key] = own or bucket_of(period, self._grain, kind, self._naming)
            self._kept.append(period)  # so that its id stays its own
        return self._buckets[key]

    def _fits(self, periods: Iterable[Period]) -> bool:
        """Are all of the wanted grain already? Equal periods of the data are one object."""
        for period in periods:
            grain = self._grains.get(id(period))
            if grain is None:
                grain = self._grains[id(period)] = period.grain
                self._kept.append(period)
            if grain is not self._grain:
                return False
        return True

    def _filled(self, channel: int, metric: Metric, known: list[Point]) -> list[Point]:
        """``known`` and, where it has gaps, levels walked from it along the net changes."""
        anchors = [_reading(point) for point in self._at(channel, metric)]
        merged = {point.period: point for point in known}
        for net in _parts(metric, reconstruct=True):
            changes = [_reading(point) for point in self._at(channel, net)]
            walked = [
                Point(each.period, each.value, reconstructed=True) for each in reconstructed(anchors, changes)
            ]
            for point in self._bucketed(walked, metric.kind):
                merged.setdefault(point.period, point)
        return sorted(merged.values(), key=_by_time)

    def _ratio(self, channel: int, metric: Metric) -> list[Point]:
        """열람률 from the summed parts; a rate that was stored itself stands in where they lack."""
        merged = {point.period: point for point in self._bucketed(self._at(channel, metric), metric.kind)}
        tops, wholes = (
            {point.period: point for point in self._bucketed(self._at(channel, part), part.kind)}
            for part in _parts(metric, reconstruct=False)
        )
        for period in tops.keys() & wholes.keys():
            top, whole = tops[period], wholes[period]
            rate = percent_of(top.value, whole.value, metric.decimals)
            if rate is not None:
                merged[period] = Point(
                    period, int(rate.scaleb(metric.decimals)),
                    approximate=top.approximate or whole.approximate,
                    partial=top.partial or whole.partial,
                )  # fmt: skip
        return sorted(merged.values(), key=_by_time)


def _reading(point: Point) -> Reading:
    return Reading(point.period, point.value, point.approximate, point.reconstructed)


def _by_time(point: Point) -> tuple[date, date]:
    return point.period.end, point.period.start


def _change(value: int, before: int | None) -> int | None:
    return None if before is None else value - before


def chained(points: list[Point], *, rated: bool) -> list[Point]:
    """The same with each one's change against the one before it."""
    chained: list[Point] = []
    before: int | None = None
    for point in points:
        change = _change(point.value, before)
        chained.append(point._replace(change=change, base=before if rated else None))
        before = point.value
    return chained


class Window(NamedTuple):
    """The days that are shown; None is open."""

    start: date | None
    end: date | None

    def cut(self, points: list[Point]) -> tuple[Point, ...]:
        if self.start is None and self.end is None:
            return tuple(points)
        first, last = self.start or date.min, self.end or date.max
        return tuple(point for point in points if point.period.end >= first and point.period.start <= last)


# --- what a person calls them -------------------------------------------------------------------


def find_channels(session: Session, *, text: str) -> list[ChannelRow]:
    """The channels that ``text`` names, the surest way of naming first, own ones before peers'.

    Raises InputError when there is none.
    """
    rows = list_channels(session, peers=True)
    if text.isdecimal() and (found := [row for row in rows if row.id == int(text)]):
        return found
    key = folded(text)
    for names in (_full_names, _short_names):
        fitting = [row for row in rows if key in names(row)]
        own = [row for row in fitting if row.is_own]
        if fitting:
            return own or fitting
    known = ", ".join(row.label for row in rows if row.is_own)
    raise InputError(f"‘{text}’ 채널이 없습니다.", f"있는 채널: {known}." if known else "")


def _full_names(row: ChannelRow) -> set[str]:
    names = (row.label, row.handle, row.handle.lstrip("@"), f"{row.office} {row.label}")
    return {folded(name) for name in names if name}


def _short_names(row: ChannelRow) -> set[str]:
    names = [row.name, row.unit_name, row.platform_name, f"{row.office} {row.platform_name}"]
    names.extend(catalogue.platforms()[row.platform].aliases)
    if not row.is_own:
        names.append(row.office)
    return {folded(name) for name in names if name}


def find_metric(session: Session, *, text: str) -> Metric:
    """The metric of this code or name. Raises InputError when there is none."""
    found = catalogue.metrics().get(text) or catalogue.metric_named(text)
    if found is not None:
        return found
    for metric in metrics_by_id(session).values():
        if folded(text) in {folded(metric.code), folded(metric.name)}:
            return metric
    raise InputError(f"‘{text}’이라는 지표는 없습니다.")


def known_metrics(session: Session) -> tuple[Metric, ...]:
    """The catalogue's metrics and those that the office added."""
    return tuple(metrics_by_id(session).values())


def metrics_with_figures(session: Session) -> list[str]:
    """Codes of the metrics that have any figure, in the catalogue's order, with rates of them.

    One look through the key for each metric, however many figures there are.
    """
    known = metrics_by_id(session)
    codes = {metric.code for metric in known.values() if _has_figures(session, metric)}
    return [
        metric.code
        for metric in known.values()
        if metric.code in codes
        or (metric.kind is Kind.RATIO and {metric.numerator, metric.denominator} <= codes)
    ]


def _has_figures(session: Session, metric: Metric) -> bool:
    query = select(_row.c.metric_id).where(_row.c.metric_id == metric.id).limit(1)
    return session.execute(query).first() is not None


class Asked(NamedTuple):
    channel_ids: list[int]
    codes: list[str]


def asked_for(session: Session, *, channel: str | None, metric: str | None) -> Asked:
    """What ``--channel`` and ``--metric`` mean; without them, one's own channels and all that has figures."""
    if channel is None:
        ids = [row.id for row in list_channels(session)]
    else:
        ids = [row.id for row in find_channels(session, text=channel)]
    codes = metrics_with_figures(session) if metric is None else [find_metric(session, text=metric).code]
    return Asked(ids, codes)
