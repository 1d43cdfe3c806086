"""Reading and writing figures: the one place that knows how observations become readings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from civictracker.domain.metrics import Kind, Metric, Reading, aggregate
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.store import journal
from civictracker.store.database import core
from civictracker.store.journal import Figure, Key
from civictracker.store.tables import ImportBatch, Log, MetricRow, Observation

_row = core(Observation)


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """What a person typed: a figure, or None for "there is none". ``note`` None keeps the old one."""

    metric: str
    channel_id: int
    period: Period
    value: int | None
    approximate: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """비고 of a channel's week; it goes to the reading that carries the week's value."""

    metric: str
    channel_id: int
    week: Period
    note: str


Edit = ValueEdit | NoteEdit


def metrics_by_id(session: Session) -> dict[int, Metric]:
    """The catalogue and the office's own metrics by their stored id."""
    known = {metric.id: metric for metric in catalogue.metrics().values()}
    for row in session.scalars(select(MetricRow).where(col(MetricRow.id) >= 1000)):
        assert row.id is not None
        known[row.id] = own_metric(row)
    return known


def own_metric(row: MetricRow) -> Metric:
    assert row.id is not None
    return Metric(row.id, row.code, row.name, Kind(row.kind), row.unit, row.decimals)


def metric_of(session: Session, code: str) -> Metric:
    """A metric by code, catalogue first. Raises KeyError."""
    found = catalogue.metrics().get(code)
    if found is not None:
        return found
    row = session.scalars(select(MetricRow).where(col(MetricRow.code) == code)).first()
    if row is None:
        raise KeyError(code)
    return own_metric(row)


def write_values(session: Session, *, edits: Sequence[Edit], label: str) -> Changes:
    """Set or delete figures by hand. What is the same already is no change.

    Notes come last: they may belong to a figure of the same edit. Raises InputError for a note on a
    week without a figure.
    """
    entry = journal.of(session)
    count, channels = 0, set[int]()
    for part in (
        _value_changes(session, [each for each in edits if isinstance(each, ValueEdit)], entry.log_id),
        _note_changes(session, [each for each in edits if isinstance(each, NoteEdit)]),
    ):
        todo = list(part)
        count += entry.put(session, todo)
        channels |= {key.channel_id for key, _, _ in todo}
    return Changes.of(Topic.VALUES, label, channels=frozenset(channels), count=count)


_Change = tuple[Key, Figure | None, Figure | None]


def _value_changes(session: Session, edits: Sequence[ValueEdit], log_id: int) -> Iterator[_Change]:
    for edit in edits:
        key = Key(metric_of(session, edit.metric).id, edit.channel_id, edit.period.start, edit.period.end)
        before = figure_at(session, key)
        after = _after(edit, before, log_id)
        if not _same(before, after):
            yield key, before, after


def _note_changes(session: Session, edits: Sequence[NoteEdit]) -> Iterator[_Change]:
    """The whole note on the reading that carries the week's value; none on the others of the week.

    Value, source and cell stay: a note makes no daily reading into a typed one.
    """
    for edit in edits:
        held = _held_in(session, edit)
        if not held:
            raise InputError("비고는 이번 주 값을 먼저 적은 뒤에 적을 수 있습니다.")
        carrier = max(held, key=lambda key: (key.end, (key.end - key.start).days))
        for key, before in held.items():
            note = edit.note if key == carrier else ""
            if before.note != note:
                yield key, before, before._replace(note=note)


def _held_in(session: Session, edit: NoteEdit) -> dict[Key, Figure]:
    """The figures of the week's own days, as they are stored."""
    query = (
        sqlmodel_select(Observation)
        .where(Observation.metric_id == metric_of(session, edit.metric).id)
        .where(Observation.channel_id == edit.channel_id)
        .where(Observation.period_start >= edit.week.start, Observation.period_end <= edit.week.end)
    )
    return {
        Key(row.metric_id, row.channel_id, row.period_start, row.period_end): journal.figure_of(row)
        for row in session.exec(query)
    }


def _after(edit: ValueEdit, before: Figure | None, log_id: int) -> Figure | None:
    if edit.value is None:
        return None
    note = edit.note if edit.note is not None else (before.note if before else "")
    return Figure(edit.value, edit.approximate, note, log_id)


def _same(one: Figure | None, other: Figure | None) -> bool:
    return one is other or (one is not None and other is not None and one[:3] == other[:3])


def figure_at(session: Session, key: Key) -> Figure | None:
    row = session.get(Observation, tuple(key))
    return None if row is None else journal.figure_of(row)


# The hot reads go to the driver as they are: 500 rows a screen, and building a statement costs more
# than running it. Days stay ISO text, whose order is theirs, and equal periods are made once.
_BETWEEN = """
    SELECT metric_id, channel_id, period_start, period_end, value, approximate FROM observation
    WHERE period_end >= ? AND period_start <= ?
      AND metric_id IN (SELECT value FROM json_each(?)) AND channel_id IN (SELECT value FROM json_each(?))
    ORDER BY metric_id, channel_id, period_start, period_end
"""
_WITHIN = """
    SELECT metric_id, channel_id, period_start, period_end, value, approximate FROM observation
    WHERE period_end >= ? AND period_end <= ? AND period_start >= ?
      AND +metric_id IN (SELECT value FROM json_each(?))
"""
_BEFORE = """
    SELECT c.value, (
        SELECT period_start || '|' || period_end || '|' || value || '|' || approximate FROM (
            SELECT period_start, period_end, value, approximate FROM observation
            WHERE metric_id = ? AND channel_id = c.value AND period_start < ? AND period_end < ?
            ORDER BY period_start DESC, period_end DESC LIMIT 8
        ) ORDER BY period_end DESC, period_start LIMIT 1
    ) FROM json_each(?) AS c
"""
_LAST = """
    SELECT m.value, c.value, (
        SELECT value FROM (
            SELECT value, period_start, period_end FROM observation
            WHERE metric_id = m.value AND channel_id = c.value AND period_start < ? AND period_end < ?
            ORDER BY period_start DESC, period_end DESC LIMIT 8
        ) ORDER BY period_end DESC, period_start LIMIT 1
    ) FROM json_each(?) AS m, json_each(?) AS c
"""


class _Periods(dict[tuple[str, str], Period]):
    """ISO days → the one Period of them."""

    def __missing__(self, days: tuple[str, str]) -> Period:
        made = self[days] = Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]))
        return made


def readings_between(
    session: Session, *, metric_ids: Iterable[int], channel_ids: Iterable[int], start: date, end: date
) -> dict[tuple[int, int], list[Reading]]:
    """Readings that touch the days, by (metric id, channel id), in time order."""
    rows = session.connection().exec_driver_sql(
        _BETWEEN,
        (start.isoformat(), end.isoformat(), json.dumps(list(metric_ids)), json.dumps(list(channel_ids))),
    )
    periods = _Periods()
    found: dict[tuple[int, int], list[Reading]] = {}
    for metric_id, channel_id, first, last, value, about in rows.fetchall():
        found.setdefault((metric_id, channel_id), []).append(
            Reading(periods[first, last], value, bool(about))
        )
    return found


def week_readings(
    session: Session, *, weeks: Sequence[Period], metrics: Sequence[Metric] | None = None
) -> dict[tuple[int, int, Period], Reading]:
    """The figure of each of ``weeks`` for every channel that has one, of ``metrics`` or of all.

    Goes through the index on days (``+`` keeps it from the key), so the cost is that of the weeks shown.
    """
    start, end = min(week.start for week in weeks), max(week.end for week in weeks)
    known = metrics_by_id(session) if metrics is None else {each.id: each for each in metrics}
    rows = session.connection().exec_driver_sql(
        _WITHIN, (start.isoformat(), end.isoformat(), start.isoformat(), json.dumps(list(known)))
    )
    periods = _Periods()
    groups: dict[tuple[int, int, Period], list[Reading]] = {}
    for metric_id, channel_id, first, last, value, about in rows.fetchall():
        period = periods[first, last]
        week = next((each for each in weeks if period in each), None)
        if week is not None:
            groups.setdefault((metric_id, channel_id, week), []).append(Reading(period, value, bool(about)))
    return {key: aggregate(group, key[2], known[key[0]].kind) for key, group in groups.items()}


def last_before(
    session: Session, *, metric_id: int, channel_ids: Sequence[int], day: date
) -> dict[int, Reading]:
    """Each channel's last reading that ended before ``day``: one key look-up a channel.

    A week's own reading ends on its Sunday and so beats the days within it.
    """
    limit = day.isoformat()
    rows = session.connection().exec_driver_sql(
        _BEFORE, (metric_id, limit, limit, json.dumps(list(channel_ids)))
    )
    periods = _Periods()
    found: dict[int, Reading] = {}
    for channel_id, packed in rows.fetchall():
        if packed is not None:
            first, until, value, about = packed.split("|")
            found[channel_id] = Reading(periods[first, until], int(value), about == "1")
    return found


def last_values(
    session: Session, *, metric_ids: Sequence[int], channel_ids: Sequence[int], day: date
) -> dict[tuple[int, int], int]:
    """As :func:`last_before` for many metrics at once, values only, by (metric id, channel id)."""
    limit = day.isoformat()
    rows = session.connection().exec_driver_sql(
        _LAST, (limit, limit, json.dumps(list(metric_ids)), json.dumps(list(channel_ids)))
    )
    return {(metric, channel): value for metric, channel, value in rows if value is not None}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from: a person at a time, or a cell of an imported file."""

    value: int
    period: Period
    at: datetime | None
    actor: str
    label: str
    file_name: str
    cell: str

    @property
    def words(self) -> str:
        if self.file_name:
            return f"가져오기: {self.file_name} {self.cell}".strip()
        return f"직접 입력({self.actor})" if self.actor else "직접 입력"


def provenance(session: Session, *, metric: str, channel_id: int, period: Period) -> list[Provenance]:
    """The stored figures that make up what is shown for ``period``, each with its source."""
    query = (
        select(_row.c.value, _row.c.period_start, _row.c.period_end, _row.c.cell,
               col(Log.at), col(Log.actor), col(Log.label), col(ImportBatch.file_name))
        .select_from(_row)
        .outerjoin(Log, col(Log.id) == _row.c.source)
        .outerjoin(ImportBatch, col(ImportBatch.log_id) == _row.c.source)
        .where(_row.c.metric_id == metric_of(session, metric).id, _row.c.channel_id == channel_id,
               _row.c.period_end >= period.start, _row.c.period_end <= period.end)
        .order_by(_row.c.period_end)
    )  # fmt: skip
    return [
        Provenance(value, Period(start, end), at, actor or "", label or "", file or "", cell)
        for value, start, end, cell, at, actor, label, file in session.execute(query)
    ]
