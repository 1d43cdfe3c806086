"""Figures by week, read plainly and fast: what warnings, ranks and forecasts are worked out from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

from sqlmodel import Session

from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.weeks import Period

# Through the key: metric and channel are equal, the start lies in a span, so only that span is read. A
# channel's figures come as three lists, for a row a figure costs three times as much.
_SPAN = """
    SELECT metric_id, channel_id,
        json_group_array(period_start), json_group_array(period_end), json_group_array(value)
    FROM observation
    WHERE metric_id IN (SELECT value FROM json_each(?)) AND channel_id IN (SELECT value FROM json_each(?))
      AND period_start BETWEEN ? AND ? AND period_end BETWEEN ? AND ?
    GROUP BY metric_id, channel_id
"""
_MONDAY = date(2000, 1, 3).toordinal()

Weekly = dict[tuple[int, int], dict[int, int]]  # (metric id, channel id) → week number → value


def week_number(day: date) -> int:
    """Weeks since the Monday of 2000-01-03."""
    return (day.toordinal() - _MONDAY) // 7


def week_of(number: int) -> Period:
    return Period.week(date.fromordinal(_MONDAY + number * 7))


def weekly_values(
    session: Session, *, metrics: Sequence[Metric], channel_ids: Sequence[int], start: date, end: date
) -> Weekly:
    """The value of every week from ``start`` to ``end`` that has one.

    A level is the last reading that ends in the week; a flow the week's own figure, else the sum of its
    days. Figures of longer periods say nothing of a week and are left out, but for levels.
    """
    levels = {metric.id for metric in metrics if metric.kind is Kind.LEVEL}
    since = (start - timedelta(days=400)).isoformat() if levels else start.isoformat()
    rows = session.connection().exec_driver_sql(
        _SPAN,
        (
            json.dumps([metric.id for metric in metrics]),
            json.dumps(list(channel_ids)),
            since,
            end.isoformat(),
            Period.week(start).start.isoformat(),
            Period.week(end).end.isoformat(),
        ),
    )
    days = _Days()
    found: Weekly = {}
    for metric, channel, *packed in rows.fetchall():
        begins, ends, values = (json.loads(each) for each in packed)
        of = _levels if metric in levels else _flows
        found[metric, channel] = of(days, begins, ends, values)
    return found


class _Days(dict[str, int]):
    """ISO day → days since the first Monday, each worked out once."""

    def __missing__(self, text: str) -> int:
        made = self[text] = date.fromisoformat(text).toordinal() - _MONDAY
        return made


def _levels(
    days: Mapping[str, int], begins: Sequence[str], ends: Sequence[str], values: Sequence[int]
) -> dict[int, int]:
    """The reading that ends last in each week, and of two that end together the longer one."""
    if any(one >= other for one, other in pairwise(ends)):
        readings = sorted(zip(begins, ends, values, strict=True), reverse=True)  # the longest comes last
        _, ends, values = zip(*sorted(readings, key=itemgetter(1)), strict=True)
    return {days[end] // 7: value for end, value in zip(ends, values, strict=True)}


def _flows(
    days: Mapping[str, int], begins: Sequence[str], ends: Sequence[str], values: Sequence[int]
) -> dict[int, int]:
    """The week's own figure, else the sum of its days."""
    whole: dict[int, int] = {}
    sums: dict[int, int] = {}
    for begin, end, value in zip(begins, ends, values, strict=True):
        week, at = divmod(days[end], 7)
        if begin == end:
            sums[week] = sums.get(week, 0) + value
        elif at == 6 and days[begin] == days[end] - 6:
            whole[week] = value
    return sums | whole


def in_line(weeks: dict[int, int], first: int, last: int) -> list[int | None]:
    """The values of the weeks from ``first`` to ``last``, None where there is none."""
    return [weeks.get(number) for number in range(first, last + 1)]
