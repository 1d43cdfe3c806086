"""Care of the data file while it is open: backups now and then, and what state they are in."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from civictracker.domain.drafts import Settings
from civictracker.errors import DataFileError, DiskError
from civictracker.services.context import Context
from civictracker.services.opening import Opened
from civictracker.services.settings import load_settings
from civictracker.store import backup, guard
from civictracker.store.backup import Backup


def backup_now(context: Context, why: str) -> Backup:
    """A checked backup beside the data, and one in the office's second place when it can be reached."""
    made = backup.make(context.path, why, context.now)
    settings: Settings = context.read(load_settings)
    if settings.backup_folder:
        with suppress(DiskError, DataFileError):
            backup.make(context.path, why, context.now, Path(settings.backup_folder))
    return made


def backup_if_changed(opened: Opened, since: datetime | None = None) -> Backup | None:
    """Back up when something was saved after the last backup (or ``since``)."""
    last = since or (opened.backup.made if opened.backup else None)
    saved = opened.context.saved_at
    if saved is None or (last is not None and saved <= last):
        return None
    opened.backup = backup_now(opened.context, "timer")
    backup.thin(opened.context.path, opened.context.now)
    return opened.backup


def list_backups(path: Path) -> list[Backup]:
    return backup.listed(path)


def check_backup(source: Path) -> None:
    """Is ``source`` a whole data file of ours? Raises DataFileError or DataFileDamagedError."""
    if guard.look(source) is guard.State.NEW:
        raise DataFileError(f"‘{source.name}’은(는) 비어 있습니다.", "다른 백업을 골라 주세요.")
    guard.check(source)


def restore_backup(source: Path, data: Path, now: datetime) -> Path | None:
    """Put ``source`` in the place of ``data``, which nobody may have open; where the old file is kept."""
    return backup.restore(source, data, now)
