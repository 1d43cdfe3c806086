"""Everything a unit of work changes, kept so that it can be named, traced and taken back.

Rows of ordinary tables are noted by the session's flush; figures go through :meth:`Journal.put`,
which writes many at once. The log entry comes last, when the use-case has said what it did.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import event, inspect
from sqlmodel import Session, SQLModel, col, func, select

from civictracker.store.database import core
from civictracker.store.tables import BOOKKEEPING, Log, Observation, RowChange, ValueChange

_INFO = "civictracker_journal"


class Key(NamedTuple):
    """The natural key of a figure."""

    metric_id: int
    channel_id: int
    start: date
    end: date


class Figure(NamedTuple):
    """The state of a figure; ``source`` is the log entry that wrote it, ``cell`` its place there."""

    value: int
    approximate: bool = False
    note: str = ""
    source: int = 0
    cell: str = ""


@dataclass(slots=True)
class Journal:
    """The changes of one unit of work. ``log_id`` is the id its log entry will have."""

    log_id: int
    rows: list[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]] = field(default_factory=list)
    figures: dict[Key, tuple[Figure | None, Figure | None]] = field(default_factory=dict)
    added: int = 0  # figures added in bulk, found again by their source
    _after_entry: list[SQLModel] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.figures and not self.added

    def later(self, row: SQLModel) -> None:
        """Add ``row``, which refers to the log entry, once that is written."""
        self._after_entry.append(row)

    def put(self, session: Session, edits: Iterable[tuple[Key, Figure | None, Figure | None]]) -> int:
        """Write figures (key, state before, state after or None to delete); returns how many."""
        upserts: list[tuple[Any, ...]] = []
        removed: list[tuple[Any, ...]] = []
        for key, before, after in edits:
            old = self.figures[key][0] if key in self.figures else before
            self.figures[key] = (old, after)
            place = (key.metric_id, key.channel_id, key.start.isoformat(), key.end.isoformat())
            if after is None:
                removed.append(place)
            else:
                upserts.append((*place, *after[:1], int(after.approximate), *after[2:]))
        connection = session.connection()
        if removed:
            connection.exec_driver_sql(_DELETE, removed)
        if upserts:
            connection.exec_driver_sql(_UPSERT, upserts)
        return len(upserts) + len(removed)

    def add_bulk(self, session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert figures that are new, in the order of the table's columns (days as ISO text)."""
        if rows:
            session.connection().exec_driver_sql(_INSERT, list(rows))
            self.added += len(rows)

    def close(
        self, session: Session, *, at: datetime, actor: str, action: str, label: str,
        undoes: int | None = None,
    ) -> int:  # fmt: skip
        """Write the log entry and its changes; returns the entry's id."""
        session.flush()
        detail = f"rows={len(self.rows)} figures={len(self.figures)} added={self.added}"
        entry = Log(
            id=self.log_id, at=at, actor=actor, action=action, label=label, detail=detail,
            undoes=undoes, previous=_last_digest(session),
        )  # fmt: skip
        entry.digest = digest(entry)
        session.add(entry)
        session.flush()
        session.add_all(self._after_entry)
        session.flush()
        if self.rows:
            session.connection().execute(
                core(RowChange).insert(),
                [
                    {"log_id": self.log_id, "table_name": table, "row_key": key,
                     "old": _json(old), "new": _json(new)}
                    for table, key, old, new in self.rows
                ],
            )  # fmt: skip
        if self.figures:
            session.connection().execute(
                core(ValueChange).insert(),
                [self._change(key, *states) for key, states in self.figures.items()],
            )
        return self.log_id

    def _change(self, key: Key, old: Figure | None, new: Figure | None) -> dict[str, Any]:
        row: dict[str, Any] = {
            "log_id": self.log_id, "metric_id": key.metric_id, "channel_id": key.channel_id,
            "period_start": key.start, "period_end": key.end,
        }  # fmt: skip
        for prefix, figure in (("old", old), ("new", new)):
            for name in Figure._fields:
                row[f"{prefix}_{name}"] = None if figure is None else getattr(figure, name)
        return row


_COLUMNS = "metric_id, channel_id, period_start, period_end, value, approximate, note, source, cell"
_INSERT = f"INSERT INTO observation ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"  # noqa: S608 (constant)
_UPSERT = (
    _INSERT + " ON CONFLICT (metric_id, channel_id, period_start, period_end) DO UPDATE SET"
    " value=excluded.value, approximate=excluded.approximate, note=excluded.note,"
    " source=excluded.source, cell=excluded.cell"
)
_DELETE = "DELETE FROM observation WHERE metric_id=? AND channel_id=? AND period_start=? AND period_end=?"


def digest(entry: Log) -> str:
    """The hash that chains ``entry`` to the one before it (SHA-256 over its fields)."""
    parts = (
        entry.previous, entry.id, entry.at.isoformat(timespec="seconds"), entry.actor,
        entry.action, entry.label, entry.detail, entry.undoes,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _last_digest(session: Session) -> str:
    return session.exec(select(Log.digest).order_by(col(Log.id).desc()).limit(1)).first() or ""


def broken_link(session: Session) -> int | None:
    """The first log entry whose chain does not hold, or None."""
    previous = ""
    for entry in session.exec(select(Log).order_by(col(Log.id))):
        if entry.previous != previous or digest(entry) != entry.digest:
            return entry.id
        previous = entry.digest
    return None


def begin(session: Session) -> Journal:
    """Start keeping a journal of what ``session`` does."""
    last = session.exec(select(func.max(Log.id))).one() or 0
    journal = Journal(last + 1)
    session.info[_INFO] = journal
    event.listen(session, "before_flush", _note_flush)
    event.listen(session, "after_flush", _note_new)
    return journal


def of(session: Session) -> Journal:
    """The journal of a session that was opened for writing."""
    journal: Journal = session.info[_INFO]
    return journal


def _note_flush(session: Session, _context: object, _instances: object) -> None:
    journal = of(session)
    for row in session.dirty:
        if _is_kept(row) and session.is_modified(row):
            journal.rows.append((*_place(row), _before(row), _state(row)))
    for row in session.deleted:
        if _is_kept(row):
            journal.rows.append((*_place(row), _before(row), None))
    session.info["civictracker_new"] = [row for row in session.new if _is_kept(row)]


def _note_new(session: Session, _context: object) -> None:
    for row in session.info.pop("civictracker_new", []):
        of(session).rows.append((*_place(row), None, _state(row)))


def _is_kept(row: object) -> bool:
    return isinstance(row, SQLModel) and table_of(row) not in BOOKKEEPING


def table_of(row: SQLModel) -> str:
    return core(type(row)).name


def _place(row: SQLModel) -> tuple[str, str]:
    identity = inspect(type(row)).primary_key_from_instance(row)
    return table_of(row), str(plain(identity[0]))


def _state(row: SQLModel) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in type(row).model_fields}


def _before(row: SQLModel) -> dict[str, Any]:
    attributes = inspect(row).attrs
    state = _state(row)
    for name in state:
        history = attributes[name].history
        if history.deleted:
            state[name] = plain(history.deleted[0])
    return state


def plain(value: Any) -> Any:
    """A JSON value for what a column holds."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _json(state: dict[str, Any] | None) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False)


def figure_of(row: Observation) -> Figure:
    return Figure(row.value, row.approximate, row.note, row.source, row.cell)
