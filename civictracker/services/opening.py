"""Opening a data file safely: look, take, check, back up, migrate, and only then hand over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from civictracker.errors import DataFileError, DataFileMissingError, DiskError
from civictracker.services import catalogue
from civictracker.services.context import Context
from civictracker.store import backup, guard, migrate, places
from civictracker.store.backup import Backup
from civictracker.store.database import open_engine, reading, writing
from civictracker.store.ownership import Ownership

_log = logging.getLogger("civictracker.opening")
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Opened:
    """An open data file; ``backup`` is the one made on the way in, None for a new file."""

    context: Context
    ownership: Ownership | None
    backup: Backup | None
    notice: str = ""

    def close(self, *, keep_backup: bool = True) -> None:
        """Let go of the file, leaving a backup of its last state behind."""
        self.context.close()
        with suppress(DataFileError, DiskError):
            if keep_backup and self.context.saved_at is not None:
                backup.make(self.context.path, "close", self.context.now)
        if self.ownership is not None:
            self.ownership.release()


def open_data(path: Path, clock: Clock, *, actor: str = "", alone: bool = True, fresh: bool = True) -> Opened:
    """Open ``path``, making it when it is new.

    Raises DataFileError (foreign, newer, badly placed), DataFileBusyError or
    DataFileDamagedError before anything is written. ``alone`` takes the file for this process;
    commands that only read pass False. Unless ``fresh``, a file that is gone while its backups are
    there raises DataFileMissingError.
    """
    state = guard.look(path)
    if not (fresh or path.exists()) and (left := backup.listed(path)):
        raise DataFileMissingError(
            f"자료 파일 ‘{path.name}’이 없습니다.", f"그 백업 {len(left):,}개가 옆에 남아 있습니다."
        )
    if state is guard.State.NEW and path.exists() and backup.listed(path):
        raise guard.damaged(path)  # cut to nothing: a new file has no backups
    if state is guard.State.NEW and (bad := places.judge(path)) is not None and bad.refused:
        raise DataFileError(bad.reason, bad.hint)
    owner = Ownership(path) if alone else None
    if owner is not None:
        owner.take()
    try:
        made = _prepare(path, state, clock)
    except BaseException:
        if owner is not None:
            owner.release()
        raise
    return Opened(Context(path, clock, actor=actor), owner, made, _notice(path, state))


def _notice(path: Path, state: guard.State) -> str:
    bad = places.judge(path)
    return "" if bad is None or state is guard.State.NEW else bad.reason


def _prepare(path: Path, state: guard.State, clock: Clock) -> Backup | None:
    made = None
    if state is not guard.State.NEW:
        guard.check(path)
        made = backup.make(path, "open", clock())
        backup.thin(path, clock())
    if state is not guard.State.CURRENT:
        _log.info("schema %s", state)
        _migrate(path, state)
    else:
        _know_new_metrics(path)
    return made


@contextmanager
def closing_engine(path: Path) -> Iterator[Engine]:
    """An engine that lets go of the file whatever happens: Windows deletes no file that is open."""
    engine = open_engine(path)
    try:
        yield engine
    finally:
        engine.dispose()


def _know_new_metrics(path: Path) -> None:
    """A newer program may bring metrics that the file does not know yet."""
    with closing_engine(path) as engine:
        with reading(engine) as session:
            is_complete = catalogue.is_seeded(session)
        if not is_complete:
            with writing(engine) as session:
                catalogue.seed_metrics(session)


def _migrate(path: Path, state: guard.State) -> None:
    try:
        migrate.migrate(path)
        with closing_engine(path) as engine, writing(engine) as session:
            catalogue.seed_metrics(session)
    except BaseException:
        if state is guard.State.NEW:
            for side in ("", "-journal"):
                path.with_name(path.name + side).unlink(missing_ok=True)
        raise
