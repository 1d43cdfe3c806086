"""The last figure on a day or before it, of many channels and on many days.

A figure of another day than asked is the last one before it, no older than ``reach`` days; it is told with
its own date. Of figures that began together the longer counts.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from civictracker.services import catalogue
from civictracker.services.settings import load_settings

REACH = 400  # days: published figures come once a year
_NEWEST = 8  # figures that began last: the one asked for is among them
_WEEKLY = timedelta(weeks=_NEWEST + 2)  # in which a weekly channel has that many

# One look-up through the key a channel, whatever else is stored: the newest eight that began by the day.
# A week's figure is of its base day (기준일), any other of its last day.
_AS_OF = """
    SELECT c.value, (
        SELECT day || '|' || value || '|' || approximate FROM (
            SELECT value, period_start, approximate,
                CASE WHEN period_end = date(period_start, '+6 days') THEN date(period_start, ?)
                ELSE period_end END AS day
            FROM observation WHERE metric_id = ? AND channel_id = c.value AND period_start <= ?
            ORDER BY period_start DESC, period_end DESC LIMIT 8
        ) WHERE day <= ? ORDER BY day DESC, period_start LIMIT 1
    ) FROM json_each(?) AS c
"""
# The same of a span of days at once, in the order of the key.
_SPAN = """
    SELECT o.channel_id, o.period_start,
        CASE WHEN period_end = date(period_start, '+6 days') THEN date(period_start, ?) ELSE period_end END,
        o.value, o.approximate
    FROM json_each(?) AS c JOIN observation AS o ON o.metric_id = ? AND o.channel_id = c.value
    WHERE o.period_start BETWEEN ? AND ?
    ORDER BY o.channel_id, o.period_start, o.period_end
"""


@dataclass(frozen=True, slots=True)
class AsOf:
    day: date
    value: int
    approximate: bool


def as_of(
    session: Session, channel_ids: Sequence[int], day: date, reach: int = REACH, base: int | None = None
) -> dict[int, AsOf]:
    """Each channel's last 친구·구독 수 on ``day`` or in the ``reach`` days before.

    ``base`` is the weekday of 기준일 where the caller knows it.
    """
    text, level = day.isoformat(), catalogue.metric("followers").id
    weekday = load_settings(session).base_weekday if base is None else base
    rows = session.connection().exec_driver_sql(
        _AS_OF, (f"+{weekday} days", level, text, text, json.dumps(list(channel_ids)))
    )
    found: dict[int, AsOf] = {}
    for channel, packed in rows.fetchall():
        if packed is None:
            continue
        end, value, about = packed.split("|")
        last = date.fromisoformat(end)
        if (day - last).days <= reach:
            found[channel] = AsOf(last, int(value), about == "1")
    return found


_Row = tuple[str, str, int, int]  # began, is of the day, value, approximate


def as_of_days(
    session: Session, channel_ids: Sequence[int], days: Sequence[date], reach: int = REACH
) -> list[dict[int, AsOf]]:
    """:func:`as_of` for each of ``days``: one reading of the weeks around them, look-ups for the rest."""
    base = load_settings(session).base_weekday
    rows = _rows(session, channel_ids, min(days) - _WEEKLY, max(days), base)
    found: list[dict[int, AsOf]] = []
    for day in days:
        text, of_day, sparse = day.isoformat(), dict[int, AsOf](), list[int]()
        for channel in channel_ids:
            own = rows.get(channel, [])
            end = bisect_right(own, text, key=lambda row: row[0])
            if end < _NEWEST:
                sparse.append(channel)
            elif (last := _last(own[end - _NEWEST : end], text)) is not None:
                of_day[channel] = AsOf(date.fromisoformat(last[1]), last[2], last[3] == 1)
        near = {key: each for key, each in of_day.items() if (day - each.day).days <= reach}
        found.append({**near, **(as_of(session, sparse, day, reach, base) if sparse else {})})
    return found


def _rows(
    session: Session, channel_ids: Sequence[int], first: date, last: date, base: int
) -> dict[int, list[_Row]]:
    level = catalogue.metric("followers").id
    told = (f"+{base} days", json.dumps(list(channel_ids)), level, first.isoformat(), last.isoformat())
    found: dict[int, list[_Row]] = {}
    for channel, *row in session.connection().exec_driver_sql(_SPAN, told).fetchall():
        found.setdefault(channel, []).append(tuple(row))
    return found


def _last(newest: Sequence[_Row], day: str) -> _Row | None:
    """Of the latest day that has come; of several the one that began first."""
    come = [row for row in newest if row[1] <= day]
    return max(come, key=lambda row: (row[1], _reversed(row[0])), default=None)


def _reversed(text: str) -> int:
    return -int(text.replace("-", ""))
