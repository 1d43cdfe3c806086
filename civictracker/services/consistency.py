"""Figures that contradict each other: a total and its parts, a rate and its parts, additions and the level.

Each contradiction is told once, with the difference; which of the figures is wrong only a person knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session

from civictracker.domain.dates import label
from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.numbers import grouped, percent_of, signed
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow

_PERSONS = frozenset({"reach", "visitors"})  # somebody who comes twice a week is one visitor of the week
_REACH = timedelta(days=62)  # of a month that ends in the week, and the weeks in it
# Of the span only what is looked at: days, the very periods, and the levels of the last two weeks.
_SPAN = """
    SELECT metric_id, channel_id, period_start, period_end, value FROM observation
    WHERE metric_id IN (SELECT value FROM json_each(?)) AND channel_id IN (SELECT value FROM json_each(?))
      AND period_start BETWEEN ? AND ?
      AND (period_start = period_end OR period_end >= ? OR period_start || period_end IN
          (SELECT value FROM json_each(?)))
"""

Values = Mapping[Period, int]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``kind`` is ``sum``, ``rate`` or ``balance``; ``key`` names the very figures."""

    kind: str
    channel: ChannelRow
    period: Period
    title: str
    detail: str
    key: str


def load_contradictions(
    session: Session, *, channels: Sequence[ChannelRow], week: Period, naming: WeekNaming
) -> list[Contradiction]:
    """Of ``week``, and of a month that ended in it or in the four weeks before."""
    metrics = [each for each in catalogue.metrics().values() if each.kind is not Kind.LIFETIME]
    periods = _periods(week)
    found = _values(session, metrics, [row.id for row in channels], week, periods)
    looked_at = [(period, label(period, naming)) for period in periods]
    told: list[Contradiction] = []
    for row in channels:
        own = {metric.code: found.get((metric.id, row.id), {}) for metric in metrics}
        for period, words in looked_at:
            what = _What(row, period, f"{row.label} {words}")
            for metric in metrics:
                if not own[metric.code]:
                    continue
                if metric.kind.is_summed and metric.code not in _PERSONS:
                    told += _sums(what, metric, own[metric.code])
                elif metric.kind is Kind.RATIO:
                    told += _rates(what, metric, own)
        told += _balances(row, own, week)
    return told


def _periods(week: Period) -> list[Period]:
    """The week, and the months that ended in it or in the four weeks before."""
    months = [Period.around(day, Grain.MONTH) for day in (week.end - timedelta(days=at) for at in (0, 31))]
    return [week, *(each for each in months if week.shift(-4).start <= each.end <= week.end)]


@dataclass(frozen=True, slots=True)
class _What:
    row: ChannelRow
    period: Period
    words: str


def _values(
    session: Session,
    metrics: Sequence[Metric],
    channel_ids: Sequence[int],
    week: Period,
    looked_at: Sequence[Period],
) -> dict[tuple[int, int], dict[Period, int]]:
    rows = session.connection().exec_driver_sql(
        _SPAN,
        (
            json.dumps([metric.id for metric in metrics]), json.dumps(list(channel_ids)),
            (week.start - _REACH).isoformat(), week.end.isoformat(), week.shift(-1).start.isoformat(),
            json.dumps([f"{each.start}{each.end}" for each in looked_at]),
        ),
    )  # fmt: skip
    periods: dict[tuple[str, str], Period] = {}
    found: dict[tuple[int, int], dict[Period, int]] = {}
    for metric, channel, first, last, value in rows.fetchall():
        period = periods.get((first, last))
        if period is None:
            period = periods[first, last] = Period(date.fromisoformat(first), date.fromisoformat(last))
        found.setdefault((metric, channel), {})[period] = value
    return found


def _sums(what: _What, metric: Metric, values: Values) -> Iterator[Contradiction]:
    """A figure of a week or month, and the days in it where all of them have one."""
    period, value = what.period, values.get(what.period)
    if value is None or len(values) <= period.days:
        return
    parts = [each for day, each in values.items() if day.start == day.end and day in period]
    total = sum(parts)
    if len(parts) < period.days or total == value:
        return
    off = f"{grouped(abs(value - total))}{metric.unit}"
    yield Contradiction(
        "sum", what.row, period,
        f"{what.words} {metric.name} {grouped(value)} ≠ 날마다의 합 {grouped(total)}",
        f"{off} 다릅니다. 날마다의 값 {len(parts)}개를 더한 것과 견주었습니다.",
        f"sum:{what.row.id}:{metric.code}:{period.code}:{value}:{total}",
    )  # fmt: skip


def _rates(what: _What, metric: Metric, own: Mapping[str, Values]) -> Iterator[Contradiction]:
    """A rate that was written down, and its parts of the same period."""
    assert metric.numerator is not None
    assert metric.denominator is not None
    codes = (metric.code, metric.numerator, metric.denominator)
    value, top, whole = (own[code].get(what.period) for code in codes)
    if value is None or top is None or not whole:
        return
    rate, told = percent_of(top, whole, metric.decimals), Decimal(value).scaleb(-metric.decimals)
    if rate is None or abs(rate - told) <= Decimal(1).scaleb(-metric.decimals):
        return
    names = " ÷ ".join(catalogue.metric(code).name for code in codes[1:])
    yield Contradiction(
        "rate", what.row, what.period, f"{what.words} {metric.name} {told}% ≠ {names} {rate}%",
        f"{grouped(top)} ÷ {grouped(whole)} = {rate}%입니다. 세 값 가운데 하나가 다릅니다.",
        f"rate:{what.row.id}:{metric.code}:{what.period.code}:{value}:{top}:{whole}",
    )  # fmt: skip


def _balances(row: ChannelRow, own: Mapping[str, Values], week: Period) -> Iterator[Contradiction]:
    """추가 − 차단, and 증감, must be the change of the level where all the figures are there."""
    this, last = _level(own["followers"], week), _level(own["followers"], week.shift(-1))
    if this is None or last is None:
        return
    change, told = this - last, signed(this - last, plus="+")
    for values, words in _said(own, week):
        if (off := sum(values) - change) != 0:
            yield Contradiction(
                "balance", row, week, f"{row.label} {words} ≠ 친구 {told}",
                f"{grouped(abs(off))}명이 맞지 않습니다. 기준일이 다르거나 한 값이 틀렸습니다.",
                ":".join(("balance", str(row.id), week.code, *map(str, values), str(this), str(last))),
            )  # fmt: skip


def _said(own: Mapping[str, Values], week: Period) -> Iterable[tuple[tuple[int, ...], str]]:
    added, blocked, net = (own[code].get(week) for code in ("added", "blocked", "net_followers"))
    if added is not None and blocked is not None:
        yield (added, -blocked), f"추가 {grouped(added)} − 차단 {grouped(blocked)}"
    if net is not None:
        yield (net,), f"증감 {signed(net, plus='+')}"


def _level(values: Values, week: Period) -> int | None:
    """The last reading that ends in the week."""
    within = [period for period in values if week.start <= period.end <= week.end]
    return values[max(within, key=lambda each: (each.end, each.days))] if within else None
