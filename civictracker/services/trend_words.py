"""A series as JSON for programs and as lines for people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from civictracker.domain.dates import label
from civictracker.domain.metrics import Metric
from civictracker.domain.numbers import grouped, signed
from civictracker.domain.weeks import WeekNaming
from civictracker.services.channels import ChannelRow
from civictracker.services.inspecting import JsonNumber, json_number
from civictracker.services.trends import Point, Series


def described(series: Series) -> dict[str, Any]:
    """The JSON shape of ``civictracker series``: values in the metric's unit, rates in percent."""
    metric = series.metric
    return {
        "channel": channel_name(series.channel),
        "metric": metric.code,
        "kind": metric.kind.value,
        "unit": metric.unit,
        "points": [
            {
                "period": point.period.code,
                "value": _number(point.value, metric),
                "change": None if point.change is None else _number(point.change, metric),
                "rate": None if point.rate is None else json_number(point.rate),
                "approximate": point.approximate,
                "reconstructed": point.reconstructed,
            }
            for point in series.points
        ],
    }


def channel_name(channel: ChannelRow) -> str:
    """A peer's channel is told apart by its office."""
    return channel.label if channel.is_own else f"{channel.office} {channel.label}"


def _number(value: int, metric: Metric) -> JsonNumber:
    return json_number(Decimal(value).scaleb(-metric.decimals) if metric.decimals else value)


def in_words(series: Series, naming: WeekNaming) -> str:
    metric = series.metric
    unit = f"({metric.unit})" if metric.unit else ""
    lines = [f"{channel_name(series.channel)} · {metric.name}{unit}"]
    width = max((len(point.period.code) for point in series.points), default=0)
    lines.extend(_line(point, metric, naming, width) for point in series.points)
    return "\n".join(lines)


def _line(point: Point, metric: Metric, naming: WeekNaming, width: int) -> str:
    about = "약 " if point.approximate else "추정 " if point.reconstructed else ""
    value = about + grouped(Decimal(point.value).scaleb(-metric.decimals), metric.decimals)
    change = ""
    if point.change is not None:
        change = signed(Decimal(point.change).scaleb(-metric.decimals), plus="+", decimals=metric.decimals)
    rate = "" if point.rate is None else f"{signed(point.rate, plus='+', decimals=1)}%"
    when = label(point.period, naming)
    return f"  {point.period.code:<{width}} {value:>14} {change:>12} {rate:>9}  {when}".rstrip()
