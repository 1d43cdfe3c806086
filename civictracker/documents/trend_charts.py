"""추이: the charts of a report, readable without colour."""

from __future__ import annotations

from civictracker.documents.masking import masked
from civictracker.documents.model import LineChart, Marker, Series
from civictracker.domain.numbers import change_rate, grouped
from civictracker.domain.series import indexed
from civictracker.domain.weeks import Grain
from civictracker.services.report_values import ReportFigures, Tick, TrendLine

_STYLES: tuple[tuple[Marker, tuple[float, ...]], ...] = (
    (Marker.DOT, ()),
    (Marker.SQUARE, (5.0, 2.5)),
    (Marker.TRIANGLE, (1.5, 2.0)),
    (Marker.CROSS, (6.0, 2.0, 1.5, 2.0)),
)


def trend_charts(figures: ReportFigures) -> tuple[LineChart, ...]:
    """The largest channel's friends, and all chosen channels as an index; none without figures."""
    known = [line for line in figures.trend if any(line.values)]
    if not known:
        return ()
    charts = [_friends(known[0], figures)]
    if len(known) > 1:
        charts.append(_index(known, figures))
    return tuple(charts)


_AXIS = {Grain.WEEK: "주", Grain.MONTH: "월", Grain.QUARTER: "분기", Grain.YEAR: "년"}
_OLD = {Grain.WEEK: "주", Grain.MONTH: "개월", Grain.QUARTER: "개 분기", Grain.YEAR: "년"}


def _axis(ticks: tuple[Tick, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    firsts = (i == 0 or ticks[i - 1].group != tick.group for i, tick in enumerate(ticks))
    groups = tuple(tick.group if first else "" for first, tick in zip(firsts, ticks, strict=True))
    return tuple(tick.text for tick in ticks), groups


def _friends(line: TrendLine, figures: ReportFigures) -> LineChart:
    grain = figures.period.grain
    return level_chart(line, figures.ticks, _AXIS[grain], figures.words.last, _OLD[grain])


def level_chart(line: TrendLine, ticks: tuple[Tick, ...], axis: str, last: str, unit: str) -> LineChart:
    """A channel's friends. ``last`` and ``unit`` say how old its last figure is: ``전주``, ``3주 전``."""
    texts, groups = _axis(ticks)
    known = [value for value in line.values if value is not None]
    end = grouped(known[-1]) + _late(line.values, last, unit)
    rate = change_rate(known[-1], known[0])
    moved = "" if rate is None else f", {'증가' if rate >= 0 else '감소'} {grouped(abs(rate), 1)}%"
    name = masked(line.name)
    return LineChart(
        f"{name} 친구·구독자 (명)", texts, groups,
        (Series(name, line.values, end, line.source),),
        f"{name} {grouped(known[0])}명에서 {grouped(known[-1])}명{moved}",
        axis=axis,
    )  # fmt: skip


def _index(lines: list[TrendLine], figures: ReportFigures) -> LineChart:
    ticks, months = _axis(figures.ticks)
    late = figures.words.last, _OLD[figures.period.grain]
    series = []
    for line, (marker, dash) in zip(lines, _STYLES, strict=False):
        values = indexed(line.values)
        last = next(value for value in reversed(values) if value is not None)
        name = masked(line.short)
        end = f"{grouped(last, 1)}{_late(line.values, *late)}"
        series.append(Series(name, tuple(values), end, line.source, marker, dash))
    first = figures.ticks[0]
    aligned = all(line.values[0] for line in lines)
    base = f"{first.full} = 100" if aligned else "각 채널 첫 수치 = 100"
    return LineChart(
        f"채널별 지수 ({base})", ticks, months, tuple(series),
        ", ".join(f"{each.name} {each.end}" for each in series), decimals=1,
        axis=_AXIS[figures.period.grain],
    )  # fmt: skip


def _late(values: tuple[int | None, ...], last: str, unit: str) -> str:
    """How old the last figure is, where it is not this span's."""
    steps = next(step for step, value in enumerate(reversed(values)) if value is not None)
    return {0: "", 1: f"({last})"}.get(steps, f"({steps}{unit} 전)")
