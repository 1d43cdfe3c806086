"""Taking an edit back, keeping whatever a person changed since.

An undo is an edit like any other: it has a log entry, and undoing it is the redo.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.store import journal, tables
from civictracker.store.database import core
from civictracker.store.journal import Figure, Key
from civictracker.store.tables import ImportBatch, Log, Observation, RowChange, ValueChange
from civictracker.store.tables.columns import Day, Instant


def undo_entry(session: Session, *, log_id: int, topics: frozenset[Topic] = frozenset(Topic)) -> Changes:
    """Put back what log entry ``log_id`` changed, where it still is as that entry left it."""
    entry = session.get(Log, log_id)
    if entry is None:
        raise InputError("되돌릴 기록이 없습니다.")
    # Rows come back before the figures that refer to them, and go after them.
    counts = [
        _undo_rows(session, log_id, restoring=True),
        _undo_figures(session, log_id),
        _undo_rows(session, log_id, restoring=False),
    ]
    if any(done for done, _ in counts):
        _mark_batches(session, log_id)
    return Changes(
        topics, f"{entry.label} 되돌림", action="undo", undoes=log_id,
        count=sum(done for done, _ in counts), kept=sum(kept for _, kept in counts),
    )  # fmt: skip


def _undo_figures(session: Session, log_id: int) -> tuple[int, int]:
    edits, kept = [], 0
    for key, current, old, new in _recorded(session, log_id):
        if current == new:
            edits.append((key, current, old))
        else:
            kept += 1
    batch = session.exec(select(ImportBatch).where(ImportBatch.log_id == log_id)).first()
    if batch is not None and not _has_posts(session, log_id):
        added = [(key, figure, None) for key, figure in _added_by(session, log_id)]
        known = {key for key, _, _ in edits}
        edits.extend(edit for edit in added if edit[0] not in known)
        kept += max(0, batch.added - len(added))
    return journal.of(session).put(session, edits), kept


def _has_posts(session: Session, log_id: int) -> bool:
    """An import is of figures or of posts; a post is a row like any other."""
    query = select(RowChange.id).where(RowChange.log_id == log_id, RowChange.table_name == "post").limit(1)
    return session.exec(query).first() is not None


def _recorded(
    session: Session, log_id: int
) -> Iterator[tuple[Key, Figure | None, Figure | None, Figure | None]]:
    change, row = core(ValueChange), core(Observation)
    same = and_(
        change.c.metric_id == row.c.metric_id,
        change.c.channel_id == row.c.channel_id,
        change.c.period_start == row.c.period_start,
        change.c.period_end == row.c.period_end,
    )
    names = Figure._fields
    columns = [
        change.c.metric_id, change.c.channel_id, change.c.period_start, change.c.period_end,
        *(row.c[name] for name in names),
        *(change.c[f"old_{name}"] for name in names),
        *(change.c[f"new_{name}"] for name in names),
    ]  # fmt: skip
    query = select_columns(*columns).select_from(change.outerjoin(row, same)).where(change.c.log_id == log_id)
    size = len(names)
    for found in session.execute(query).all():
        states = [tuple(found[4 + at * size : 4 + (at + 1) * size]) for at in range(3)]
        current, old, new = (None if state[0] is None else Figure(*state) for state in states)
        yield Key(*found[:4]), current, old, new


def _added_by(session: Session, log_id: int) -> Iterator[tuple[Key, Figure]]:
    """What entry ``log_id`` brought in bulk and nobody has changed since, 비고 included."""
    noted = _notes_before(session, log_id)
    row = core(Observation)
    names = ("metric_id", "channel_id", "period_start", "period_end", *Figure._fields)
    query = select_columns(*(row.c[name] for name in names)).where(row.c.source == log_id)
    for found in session.execute(query).all():
        key, figure = Key(*found[:4]), Figure(*found[4:])
        if noted.get(key, figure.note) == figure.note:
            yield key, figure


def _notes_before(session: Session, log_id: int) -> dict[Key, str]:
    """The 비고 that figures of entry ``log_id`` had before a person wrote another beside them."""
    change = core(ValueChange).c
    query = (
        select_columns(
            change.metric_id, change.channel_id, change.period_start, change.period_end, change.old_note
        )
        .where(change.old_source == log_id, change.new_source == log_id)
        .where(change.old_note != change.new_note)
        .order_by(change.log_id.desc())
    )
    return {Key(*found[:4]): found[4] for found in session.execute(query).all()}  # the first one last


def _mark_batches(session: Session, log_id: int) -> None:
    """Undoing an import marks it; undoing that undo takes the mark away."""
    here = journal.of(session).log_id
    batch = session.exec(select(ImportBatch).where(ImportBatch.log_id == log_id)).first()
    if batch is not None:
        batch.undone_by = here
        return
    undone = session.exec(select(ImportBatch).where(ImportBatch.undone_by == log_id)).first()
    if undone is not None:
        undone.undone_by = None


def _undo_rows(session: Session, log_id: int, *, restoring: bool) -> tuple[int, int]:
    done = kept = 0
    old = col(RowChange.old)
    wanted = old.is_not(None) if restoring else old.is_(None)
    query = select(RowChange).where(RowChange.log_id == log_id, wanted).order_by(col(RowChange.id).desc())
    changes = session.exec(query).all()
    edited = _edited_since(session, changes)
    for change in changes:
        model = _models()[change.table_name]
        row = session.get(model, _key(model, change.row_key))
        now = None if row is None else _plain(row)
        if now != _loaded(change.new) or (row is not None and _owners(row) & edited):
            kept += 1  # a post that a person wrote on keeps its channels and cards
            continue
        try:
            with session.begin_nested():
                _put_back(session, model, row, _loaded(change.old))
        except IntegrityError:  # something made since refers to it: it stays
            kept += 1
        else:
            done += 1
    return done, kept


def _edited_since(session: Session, changes: Sequence[RowChange]) -> set[tuple[str, str]]:
    """Rows that are no longer as the last of their ``changes`` (the newest first) left them."""
    last = {(change.table_name, change.row_key): change for change in reversed(changes)}
    found = set()
    for place, change in last.items():
        model = _models()[change.table_name]
        row = session.get(model, _key(model, change.row_key))
        if (None if row is None else _plain(row)) != _loaded(change.new):
            found.add(place)
    return found


def _owners(row: SQLModel) -> set[tuple[str, str]]:
    """The rows that it is a part of, as the log names them: it goes where they go."""
    keys = (key for key in core(type(row)).foreign_keys if key.ondelete == "CASCADE")
    return {(key.column.table.name, str(getattr(row, key.parent.name))) for key in keys}


def _put_back(
    session: Session, model: type[SQLModel], row: SQLModel | None, old: dict[str, Any] | None
) -> None:
    if old is None:
        session.delete(row)
    elif row is None:
        session.add(model(**_typed(model, old)))
    else:
        for name, value in _typed(model, old).items():
            setattr(row, name, value)


def _models() -> dict[str, type[SQLModel]]:
    return {
        core(model).name: model
        for model in vars(tables).values()
        if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
    }


def _key(model: type[SQLModel], text: str) -> Any:
    column = next(iter(core(model).primary_key.columns))
    if isinstance(column.type, Day):
        return date.fromisoformat(text)
    return int(text) if column.type.python_type is int else text


def _plain(row: SQLModel) -> dict[str, Any]:
    return {name: journal.plain(getattr(row, name)) for name in type(row).model_fields}


def _loaded(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _typed(model: type[SQLModel], state: dict[str, Any]) -> dict[str, Any]:
    columns = core(model).columns
    typed = dict(state)
    for name, value in state.items():
        if value is None:
            continue
        if isinstance(columns[name].type, Day):
            typed[name] = date.fromisoformat(value)
        elif isinstance(columns[name].type, Instant):
            typed[name] = datetime.fromisoformat(value)
    return typed
