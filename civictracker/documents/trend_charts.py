"""추이: the charts of a report, readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from civictracker.documents.masking import masked
from civictracker.documents.model import LineChart, Marker, Series
from civictracker.domain.numbers import change_rate, grouped
from civictracker.domain.series import indexed
from civictracker.domain.weeks import Grain
from civictracker.services.report_values import SPANS, IndexLine, Tick, TrendLine

_STYLES: tuple[tuple[Marker, tuple[float, ...]], ...] = (
    (Marker.DOT, ()),
    (Marker.SQUARE, (5.0, 2.5)),
    (Marker.TRIANGLE, (1.5, 2.0)),
    (Marker.CROSS, (6.0, 2.0, 1.5, 2.0)),
)


def trend_charts(
    trend: Sequence[TrendLine], ticks: tuple[Tick, ...], grain: Grain, last: str
) -> tuple[LineChart, ...]:
    """The first channel's friends, and all channels as an index; none without figures.

    ``last`` is what the span before the last one is called (``전주``).
    """
    known = [line for line in trend if any(line.values)]
    if not known:
        return ()
    charts = [level_chart(known[0], ticks, grain, last)]
    if len(known) > 1:
        charts.append(_index(known, ticks, grain, last))
    return tuple(charts)


_AXIS = {Grain.WEEK: "주", Grain.MONTH: "월", Grain.QUARTER: "분기", Grain.YEAR: "년"}


def _axis(ticks: tuple[Tick, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    firsts = (i == 0 or ticks[i - 1].group != tick.group for i, tick in enumerate(ticks))
    groups = tuple(tick.group if first else "" for first, tick in zip(firsts, ticks, strict=True))
    return tuple(tick.text for tick in ticks), groups


def level_chart(line: TrendLine, ticks: tuple[Tick, ...], grain: Grain, last: str) -> LineChart:
    """A channel's friends. ``last`` says how old its last figure is where that is one span: ``전주``."""
    texts, groups = _axis(ticks)
    known = [value for value in line.values if value is not None]
    end = grouped(known[-1]) + _late(line.values, last, SPANS[grain])
    rate = change_rate(known[-1], known[0])
    moved = "" if rate is None else f", {'증가' if rate >= 0 else '감소'} {grouped(abs(rate), 1)}%"
    name = masked(line.name)
    return LineChart(
        f"{name} 친구·구독자 (명)", texts, groups,
        (Series(name, line.values, end, line.source),),
        f"{name} {grouped(known[0])}명에서 {grouped(known[-1])}명{moved}",
        axis=_AXIS[grain],
    )  # fmt: skip


def _index(lines: list[TrendLine], ticks: tuple[Tick, ...], grain: Grain, before: str) -> LineChart:
    texts, groups = _axis(ticks)
    series = []
    for line, (marker, dash) in zip(lines, _STYLES, strict=False):
        values = indexed(line.values)
        last = next(value for value in reversed(values) if value is not None)
        name = masked(line.short)
        end = f"{grouped(last, 1)}{_late(line.values, before, SPANS[grain])}"
        series.append(Series(name, tuple(values), end, line.source, marker, dash))
    first = ticks[0]
    aligned = all(line.values[0] for line in lines)
    base = f"{first.full} = 100" if aligned else "각 채널 첫 수치 = 100"
    return LineChart(
        f"채널별 지수 ({base})", texts, groups, tuple(series),
        ", ".join(f"{each.name} {each.end}" for each in series), decimals=1,
        axis=_AXIS[grain],
    )  # fmt: skip


def index_chart(
    lines: Sequence[IndexLine], ticks: tuple[Tick, ...], grain: Grain, before: str
) -> LineChart | None:
    """종합 지수 of as many channels as can be told apart; None where none has any."""
    known = [line for line in lines if any(value is not None for value in line.values)]
    texts, groups = _axis(ticks)
    series = []
    for line, (marker, dash) in zip(known, _STYLES, strict=False):
        last = next(value for value in reversed(line.values) if value is not None)
        end = f"{grouped(last, 1)}{_late(line.values, before, SPANS[grain])}"
        series.append(Series(masked(line.name), line.values, end, line.source, marker, dash))
    if not series:
        return None
    return LineChart(
        "종합 지수 (앞 12주 평균 = 100)", texts, groups, tuple(series),
        ", ".join(f"{each.name} {each.end}" for each in series), decimals=1, axis=_AXIS[grain],
    )  # fmt: skip


def _late(values: Sequence[int | Decimal | None], last: str, unit: str) -> str:
    """How old the last figure is, where it is not this span's."""
    steps = next(step for step, value in enumerate(reversed(values)) if value is not None)
    return {0: "", 1: f"({last})"}.get(steps, f"({steps}{unit} 전)")
