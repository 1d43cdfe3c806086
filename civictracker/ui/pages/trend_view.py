"""What 추이 shows, worked out from series: buckets in order, gaps as gaps, one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from civictracker.domain.dates import label as period_label
from civictracker.domain.dates import range_text
from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.numbers import change_rate, grouped, percent_of
from civictracker.domain.texts import ro
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services.trends import Point, Series
from civictracker.ui.charts.lines import Line
from civictracker.ui.words import MINUS, MISSING, with_particle

MODES = (
    ("value", "실수"),
    ("change", "증감"),
    ("index", "지수"),
    ("year", "전년 동기"),
    ("sum", "누적"),
    ("mean", "이동평균"),
)
ONE_SCALE = frozenset({"index", "year"})  # whose unit is the same for all metrics
MOST_AXES = 2  # units; more can only be drawn as an index
WALKED = "※"  # before a value that was worked out from net changes
MEAN_OF = 4  # periods of a moving average
_NO_BREAKS: Mapping[int, Sequence[date]] = {}
_STEP_WORDS = {Grain.WEEK: "주", Grain.MONTH: "개월", Grain.QUARTER: "분기", Grain.YEAR: "년"}


class TrendData(NamedTuple):
    """Lines over periods. ``texts`` of a line are what its values read as."""

    periods: tuple[Period, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str
    about: str
    grain: Grain
    mode: str
    metrics: tuple[Metric, ...]
    base: float | None = None
    summary: str = ""
    note: str = ""  # what an index is made of

    @property
    def metric(self) -> Metric:
        """The first, which the left axis counts."""
        return self.metrics[0]

    @property
    def title(self) -> str:
        return " · ".join(metric.name for metric in self.metrics)


def units_of(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """Each unit once, the first metric's first: two have an axis each, more can only be drawn as an index."""
    return tuple(dict.fromkeys(metric.unit for metric in metrics))


def arranged(
    series: Sequence[Series], metrics: Sequence[Metric], *, grain: Grain, naming: WeekNaming, mode: str,
    start: date | None, end: date, breaks: Mapping[int, Sequence[date]] = _NO_BREAKS,
) -> TrendData:  # fmt: skip
    """Every series on one row of periods without holes; a missing figure is None.

    Nothing is compared across ``breaks``, the days on which what is counted changed, by channel. What is
    counted in another unit than the first metric is read on the right axis.
    """
    periods = _periods(series, grain, start, end)
    names = tuple(_short(period, naming) for period in periods)
    look = _Look([each.channel.id for each in series], metrics, mode)
    lines = tuple(
        look.dressed(_line(each, periods, mode, breaks.get(each.channel.id, ())), each) for each in series
    )
    title = " · ".join(metric.name for metric in metrics)
    span = range_text(Period(periods[0].start, periods[-1].end)) if periods else ""
    count = f"{len(periods)}{_STEP_WORDS[grain]}"
    about = f"{title} · {span} ({count}) · 빈 곳은 값이 없는 때입니다." if periods else title
    base = {"index": 100.0, "change": 0.0, "year": 0.0}.get(mode)
    return TrendData(periods, names, lines, look.unit, about, grain, mode, tuple(metrics), base)


class _Look:
    """How lines of several metrics are named and told apart: a colour a channel, a stroke a metric."""

    def __init__(self, channels: Sequence[int], metrics: Sequence[Metric], mode: str) -> None:
        self._channels, self._metrics = list(dict.fromkeys(channels)), list(metrics)
        self._units = () if mode in ONE_SCALE else units_of(metrics)
        self.unit = {"index": "지수", "year": "%"}.get(mode) or " · ".join(
            f"{unit}({'왼쪽' if at == 0 else '오른쪽 ▸'})" if len(self._units) > 1 else unit
            for at, unit in enumerate(self._units)
        )

    def dressed(self, line: Line, series: Series) -> Line:
        if len(self._metrics) < 2:
            return line
        metric = series.metric
        place = self._metrics.index(metric)
        is_one = len(self._channels) == 1
        return replace(
            line, name=metric.name if is_one else f"{line.name} {metric.name}",
            unit=metric.unit if len(self._units) > 1 else "",
            is_right=len(self._units) > 1 and metric.unit != self._units[0],
            hue=place if is_one else self._channels.index(series.channel.id), dash=place,
        )  # fmt: skip


def _periods(series: Sequence[Series], grain: Grain, start: date | None, end: date) -> tuple[Period, ...]:
    seen = [point.period for each in series for point in each.points]
    if start is not None:  # what was asked for is shown, with or without figures in it
        first, last = Period.around(start, grain), max([*seen, Period.around(end, grain)])
    elif seen:
        first, last = min(seen), max(seen)
    else:
        return ()
    periods = [first]
    while periods[-1] < last and len(periods) < 20_000:
        periods.append(periods[-1].shift(1))
    return tuple(periods)


def _short(period: Period, naming: WeekNaming) -> str:
    if period.grain is Grain.WEEK:
        name = naming.name(period)
        return f"{name.year % 100}년 {name.short}"
    return period_label(period, naming)


def _line(series: Series, periods: Sequence[Period], mode: str, breaks: Sequence[date]) -> Line:
    metric = series.metric
    points = {point.period: point for point in series.points}
    name = series.channel.label if series.channel.is_own else f"{series.channel.office}"
    scale = 10**metric.decimals
    if mode == "index":
        first = next((point for period in periods if (point := points.get(period)) and point.value), None)
        base = first.value if first else None
        indexes = [
            None if first and _is_broken(breaks, first.period, period) else _index(points.get(period), base)
            for period in periods
        ]
        return _rates(name, indexes)
    if mode == "year":
        rates = [
            None if _is_broken(breaks, period.a_year_ago(), period) else _year_rate(points, period)
            for period in periods
        ]
        return _rates(name, rates, "%")
    values = _shaped([_value(points.get(period), mode) for period in periods], mode)
    if mode == "change":
        values = [
            None if _is_broken(breaks, period.shift(-1), period) else value
            for period, value in zip(periods, values, strict=True)
        ]
    walked = frozenset(at for at, period in enumerate(periods) if _is_walked(points.get(period), mode))
    texts = tuple(
        _mark(points.get(period), mode) + _figure(value, metric, signed=mode == "change")
        for period, value in zip(periods, values, strict=True)
    )
    numbers = tuple(None if value is None else value / scale for value in values)
    return Line(name, numbers, texts, decimals=metric.decimals, walked=walked)


def _rates(name: str, rates: Sequence[Decimal | None], unit: str = "") -> Line:
    numbers = tuple(None if each is None else float(each) for each in rates)
    return Line(name, numbers, tuple(_words(each, unit) for each in rates), decimals=1)


def _is_walked(point: Point | None, mode: str) -> bool:
    return point is not None and point.reconstructed and mode == "value"


def _mark(point: Point | None, mode: str) -> str:
    """※ before what was worked out from net changes, 약 before what is only known roughly."""
    if point is None or mode != "value":
        return ""
    return WALKED if point.reconstructed else "약 " if point.approximate else ""


def _is_broken(breaks: Sequence[date], before: Period, period: Period) -> bool:
    """Did what is counted change after ``before`` ended and not later than ``period`` does?"""
    return any(before.end < day <= period.end for day in breaks)


def _shaped(values: list[int | None], mode: str) -> list[int | None]:
    """누적: summed up from the first on. 이동평균: the mean of four periods, where all four are known."""
    if mode == "sum":
        total, sums = 0, list[int | None]()
        for value in values:
            total += value or 0
            sums.append(None if value is None else total)
        return sums
    if mode == "mean":
        windows = (values[max(0, at - MEAN_OF + 1) : at + 1] for at in range(len(values)))
        return [
            round(sum(known) / MEAN_OF)
            if len(known := [v for v in window if v is not None]) == MEAN_OF
            else None
            for window in windows
        ]
    return values


def _value(point: Point | None, mode: str) -> int | None:
    if point is None:
        return None
    return point.change if mode == "change" else point.value


def _index(point: Point | None, base: int | None) -> Decimal | None:
    return None if point is None or not base else percent_of(point.value, base)


def _year_rate(points: dict[Period, Point], period: Period) -> Decimal | None:
    now, then = points.get(period), points.get(period.a_year_ago())
    return change_rate(now.value, then.value) if now and then else None


def _words(value: Decimal | None, unit: str = "") -> str:
    return MISSING if value is None else f"{value}{unit}".replace("-", MINUS)


def _figure(value: int | None, metric: Metric, *, signed: bool) -> str:
    if value is None:
        return MISSING
    text = grouped(Decimal(abs(value)).scaleb(-metric.decimals), metric.decimals)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def units_told(data: TrendData) -> list[str]:
    """What stands above the chart: the units, and what the marks of its figures mean."""
    told = [f"단위: {data.unit}"]
    if not any(line.known for line in data.lines):
        told.append("이 기간에 적힌 값이 없습니다.")
    if len(units_of(data.metrics)) > MOST_AXES and data.mode == "index":
        told.append("단위가 셋 이상이라 지수로 그립니다.")
    if any(line.walked for line in data.lines):
        told.append(f"점선·빈 점({WALKED}): 증감에서 되짚은 값")
    return told


def summary(data: TrendData) -> str:
    """One sentence about the first line, true by its own figures."""
    if not data.lines or data.mode != "value" or not data.periods:
        return ""
    line = data.lines[0]
    known = [at for at, value in enumerate(line.values) if value is not None]
    named = line.name if len(data.metrics) > 1 else f"{line.name} {data.metric.name}"
    subject = with_particle(named, "은", "는")
    if len(known) < 2:
        return f"{subject} 이 기간에 견줄 값이 없습니다."
    first, last = known[0], known[-1]
    unit = data.metric.unit
    if data.metric.kind in {Kind.FLOW, Kind.NET}:
        total = round(sum(line.values[at] or 0 for at in known))
        return f"{subject} {data.names[first]}부터 {data.names[last]}까지 모두 {grouped(total)}{unit}입니다."
    scale = 10**data.metric.decimals
    old, new = round((line.values[first] or 0) * scale), round((line.values[last] or 0) * scale)
    then, now = (
        f"{data.names[first]} {line.texts[first]}{unit}",
        f"{data.names[last]} {line.texts[last]}{unit}",
    )
    return f"{subject} {then}에서 {now}{ro(now)}{_moved(old, new, data.metric)}."


def _moved(old: int, new: int, metric: Metric) -> str:
    """`` 25.9% 늘었습니다``; rates and indexes are held against each other by their difference."""
    if new == old:
        return " 그대로입니다"
    if metric.kind is Kind.RATIO:
        difference = grouped(Decimal(abs(new - old)).scaleb(-metric.decimals), metric.decimals)
        unit = "%p" if metric.unit == "%" else metric.unit
        return f" {difference}{unit} {'올랐습니다' if new > old else '내렸습니다'}"
    rate = change_rate(new, old)
    return f"{'' if rate is None else f' {abs(rate)}%'} {'늘었습니다' if new > old else '줄었습니다'}"
