"""Care of the data file while it is open: backups now and then, and what state they are in."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from civictracker.domain.drafts import Settings
from civictracker.errors import DataFileError, TooSlowError, UserError
from civictracker.services.context import Context
from civictracker.services.jobs import bounded
from civictracker.services.opening import Opened
from civictracker.services.second_place import SecondPlace, bring_there, load_second, save_second
from civictracker.services.settings import load_settings
from civictracker.store import backup, guard
from civictracker.store.backup import Backup

CLOSE_S, CLOSE_SECOND_S = 10.0, 2.0  # how long a closing program waits for its disk, and for another
_log = logging.getLogger("civictracker.upkeep")


def backup_now(context: Context, why: str) -> Backup:
    """A checked backup beside the data. The second place is another job's."""
    made = backup.make(context.path, why, context.now)
    if why != "restore":  # not under the hands of who has just chosen one
        backup.thin(context.path, context.now)
    return made


def is_due(opened: Opened) -> bool:
    """Was something saved after the last backup?"""
    saved, last = opened.context.saved_at, opened.backup
    return saved is not None and (last is None or _naive(saved) > _naive(last.made))


def second_place(context: Context) -> SecondPlace:
    """The office's second place as it is remembered; without a folder where none was chosen."""
    settings: Settings = context.read(load_settings)
    return load_second(context.path, settings.backup_folder)


def failed_there(context: Context, second: SecondPlace, error: BaseException) -> SecondPlace:
    """Remember why the newest backup is not in the second place."""
    told = replace(second, trouble=trouble_there(second, error))
    save_second(context.path, told)
    return told


def trouble_there(second: SecondPlace, error: BaseException) -> str:
    """The sentence for a failure of the second place."""
    if isinstance(error, TooSlowError):
        return f"둘째 자리 ‘{second.folder}’이(가) 답하지 않습니다. USB나 네트워크 드라이브를 확인해 주세요."
    if isinstance(error, UserError):
        return error.text
    return f"둘째 자리 ‘{second.folder}’에 백업을 두지 못했습니다. 다른 폴더를 골라 주세요."


def last_backup(opened: Opened, *, is_hanging: bool = False) -> None:
    """What a closing window leaves behind, waited for but a moment. Nothing is raised: it closes anyway.

    ``is_hanging`` says that the second place has not answered an earlier copy: it is not asked again.
    """
    context = opened.context
    if context.saved_at is None:
        return
    try:
        opened.backup = made = bounded(lambda: backup_now(context, "close"), CLOSE_S)
        second = second_place(context)
    except UserError as error:
        _log.warning("backup on close: %s", type(error).__name__)
        return
    if not second.folder or is_hanging:
        return
    try:
        done = bounded(lambda: bring_there(context.path, second, made, made.made), CLOSE_SECOND_S)
    except (UserError, OSError) as error:
        failed_there(context, second, error)
    else:
        save_second(context.path, done)


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


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
