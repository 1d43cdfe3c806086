"""The one door between the window (or a command) and the data.

``read`` gives frozen values, ``write`` runs a use-case as one unit of work, names it in the log
and tells who listens; ``jobs`` runs what takes long. Sessions live and die here and nowhere else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from civictracker.services import undo
from civictracker.services.changes import Changes
from civictracker.services.jobs import Jobs
from civictracker.store import journal
from civictracker.store.database import open_engine, reading, writing

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[Changes], None]
_log = logging.getLogger("civictracker.door")


class Context:
    """An open data file. ``clock`` says what time it is; nothing below reads one."""

    def __init__(self, path: Path, clock: Callable[[], datetime], *, actor: str = "") -> None:
        self.path = path
        self.clock = clock
        self.actor = actor
        self.jobs = Jobs()
        self.undo_stack: list[Changes] = []
        self.redo_stack: list[Changes] = []
        self.saved_at: datetime | None = None
        self._engine = open_engine(path)
        self._listeners: list[Listener] = []
        self._writing = threading.Lock()

    @property
    def now(self) -> datetime:
        return self.clock()

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self._engine) as session:
            return query(session, *args, **kwargs)

    def write(
        self, use_case: Callable[Concatenate[Session, P], Changes], *args: P.args, **kwargs: P.kwargs
    ) -> Changes:
        """Run ``use_case`` as one unit of work; on any error nothing of it remains."""
        changes = self.commit(use_case, *args, **kwargs)
        self.adopt(changes)
        return changes

    def adopt(self, changes: Changes) -> None:
        """Make committed changes undoable and tell who listens, on the listeners' thread."""
        if changes.log_id is not None:
            self.undo_stack.append(changes)
            self.redo_stack.clear()
        self.publish(changes)

    def commit(
        self, use_case: Callable[Concatenate[Session, P], Changes], *args: P.args, **kwargs: P.kwargs
    ) -> Changes:
        """As :meth:`write`, but tells nobody: for jobs, which publish when back on their feet."""
        with self._writing, writing(self._engine) as session:
            entry = journal.begin(session)
            changes = use_case(session, *args, **kwargs)
            session.flush()
            if not entry.is_empty:
                log_id = entry.close(
                    session, at=self.now, actor=self.actor, action=changes.action,
                    label=changes.label, undoes=changes.undoes,
                )  # fmt: skip
                changes = replace(changes, log_id=log_id)
        self.saved_at = self.now
        _log.info("%s log=%s count=%s", changes.action, changes.log_id, changes.count)
        return changes

    def undo(self) -> Changes | None:
        """Take back the last edit of this sitting; None when there is none."""
        return self._step(self.undo_stack, is_undo=True)

    def redo(self) -> Changes | None:
        return self._step(self.redo_stack, is_undo=False)

    def take_back(self, changes: Changes) -> Changes | None:
        """Undo one edit by name, whether or not it is the last one."""
        if self.undo_stack and self.undo_stack[-1].log_id == changes.log_id:
            return self.undo()
        if changes.log_id is None or all(each.log_id != changes.log_id for each in self.undo_stack):
            return None  # taken back already
        self.undo_stack = [each for each in self.undo_stack if each.log_id != changes.log_id]
        done = self.write(undo.undo_entry, log_id=changes.log_id, topics=changes.topics)
        return replace(done, label=changes.label)

    def reverse(self, last: Changes) -> Changes:
        """Undo ``last`` in the data alone; for jobs, which call :meth:`stepped` when back."""
        assert last.log_id is not None
        return self.commit(undo.undo_entry, log_id=last.log_id, topics=last.topics)

    def stepped(self, last: Changes, done: Changes, *, is_undo: bool) -> Changes:
        """Move ``last`` from one stack to the other and tell who listens."""
        source, target = (self.undo_stack, self.redo_stack) if is_undo else (self.redo_stack, self.undo_stack)
        source[:] = [each for each in source if each.log_id != last.log_id]
        if done.log_id is not None:
            target.append(replace(done, label=last.label))
        self.publish(done)
        return replace(done, label=last.label)

    def _step(self, stack: list[Changes], *, is_undo: bool) -> Changes | None:
        return self.stepped(stack[-1], self.reverse(stack[-1]), is_undo=is_undo) if stack else None

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def publish(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    def close(self) -> None:
        self.jobs.close()
        self._engine.dispose()
