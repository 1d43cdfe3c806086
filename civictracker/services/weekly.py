"""Figures by week, read plainly and fast: what warnings, ranks and forecasts are worked out from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.weeks import Period

# Through the key: metric and channel are equal, the start lies in a span, so only that span is read.
_SPAN = """
    SELECT metric_id, channel_id, period_start, period_end, value FROM observation
    WHERE metric_id IN (SELECT value FROM json_each(?)) AND channel_id IN (SELECT value FROM json_each(?))
      AND period_start BETWEEN ? AND ?
    ORDER BY metric_id, channel_id, period_end, period_start DESC
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
        ),
    )
    days = _Days()
    found: Weekly = {}
    whole: set[tuple[int, int, int]] = set()
    first, last = week_number(start), week_number(end)
    for metric, channel, begin, until, value in rows.fetchall():
        stop = days[until]
        number = (stop - _MONDAY) // 7
        if number < first or number > last:
            continue
        weeks = found.setdefault((metric, channel), {})
        if metric in levels:
            weeks[number] = value  # rows come in the order of their ends
            continue
        length = stop - days[begin] + 1
        if length == 7 and (stop - _MONDAY) % 7 == 6:
            weeks[number] = value
            whole.add((metric, channel, number))
        elif length == 1 and (metric, channel, number) not in whole:
            weeks[number] = weeks.get(number, 0) + value
    return found


class _Days(dict[str, int]):
    """ISO day → ordinal, each worked out once."""

    def __missing__(self, text: str) -> int:
        made = self[text] = date.fromisoformat(text).toordinal()
        return made


def in_line(weeks: dict[int, int], first: int, last: int) -> list[int | None]:
    """The values of the weeks from ``first`` to ``last``, None where there is none."""
    return [weeks.get(number) for number in range(first, last + 1)]
