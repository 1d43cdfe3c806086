"""Backups that are proven, thinned and restored without ever losing the file they replace."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path

from civictracker.errors import DataFileDamagedError, DataFileError, DiskError
from civictracker.paths import SUFFIX, backups_of
from civictracker.store import guard

_STAMP = "%Y%m%d-%H%M%S"
_A_DAY = 86_400
_SIDE_FILES = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made: datetime
    why: str
    size: int


def make(data: Path, why: str, now: datetime, folder: Path | None = None) -> Backup:
    """Copy ``data`` by the backup API, check the copy, and only then give it its name.

    ``why`` is one word of ``a-z`` that goes into the file name. Raises DiskError or
    DataFileDamagedError; the copy that failed does not remain.
    """
    folder = folder or backups_of(data)
    final = folder / f"{data.stem}-{now.strftime(_STAMP)}-{why}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _prove(data, final)
    except (OSError, sqlite3.OperationalError) as error:
        raise DiskError(
            f"백업을 ‘{folder}’에 만들지 못했습니다.", "빈 공간과 쓰기 권한을 확인해 주세요."
        ) from error
    except sqlite3.DatabaseError as error:
        raise guard.damaged(data) from error
    return Backup(final, now, why, final.stat().st_size)


def bring(made: Backup, folder: Path) -> Backup:
    """A proven copy of the backup ``made`` in ``folder``. Raises DiskError.

    The folder must be there: a drive that was pulled out is not made anew on the disk below it.
    """
    try:
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        final = folder / made.path.name
        _prove(made.path, final)
        return Backup(final, made.made, made.why, final.stat().st_size)
    except (OSError, sqlite3.DatabaseError, DataFileError) as error:
        raise DiskError(
            f"둘째 자리 ‘{folder}’에 백업을 두지 못했습니다.",
            "USB나 네트워크 드라이브가 이어져 있고 빈 공간이 있는지 확인해 주세요.",
        ) from error


def _prove(source: Path, final: Path) -> None:
    """Copy, check the copy, and only then give it its name; what failed does not remain."""
    part = final.with_name(final.name + ".part")
    try:
        _copy(source, part)
        guard.check(part)
        _publish(part, final)
    finally:
        for leftover in (part, *(part.with_name(part.name + side) for side in _SIDE_FILES)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as origin, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=FULL")
        origin.backup(copy)


def _publish(part: Path, final: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    replace(part, final)


def replace(source: Path, target: Path, *, tries: int = 20) -> None:
    """A rename over ``target`` that outlasts a virus scanner: Windows refuses for a moment (5, 32, 33)."""
    for attempt in range(tries):
        try:
            source.replace(target)
            break
        except PermissionError:
            if attempt == tries - 1:
                raise
            time.sleep(0.05 * (attempt + 1))
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def listed(data: Path, folder: Path | None = None) -> list[Backup]:
    """The backups of ``data``, newest first."""
    found: list[Backup] = []
    for path in (folder or backups_of(data)).glob(f"{escape(data.stem)}-*{SUFFIX}"):
        parts = path.name.removesuffix(SUFFIX).rsplit("-", 3)
        with suppress(ValueError, IndexError, OSError):
            made = datetime.strptime(f"{parts[1]}-{parts[2]}", _STAMP)  # noqa: DTZ007 (local, as named)
            found.append(Backup(path, made, parts[3], path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def thinned(backups: list[Backup], now: datetime) -> list[Backup]:
    """Those to delete: kept are all of two days, one a day for a month, one a week for a year."""
    kept: set[tuple[str, int]] = set()
    doomed: list[Backup] = []
    for backup in sorted(backups, key=lambda each: each.made, reverse=True):
        age = now.replace(tzinfo=None) - backup.made
        if age <= timedelta(days=2):
            continue
        slot = _slot(backup.made, age)
        if slot is None or slot in kept:
            doomed.append(backup)
        else:
            kept.add(slot)
    return doomed


def _slot(made: datetime, age: timedelta) -> tuple[str, int] | None:
    if age <= timedelta(days=31):
        return "day", made.toordinal()
    if age <= timedelta(days=366):
        return "week", made.toordinal() // 7
    return None


def thin(data: Path, now: datetime) -> int:
    """Delete what :func:`thinned` names, and what a crash left half-made; how many backups."""
    doomed = thinned(listed(data), now)
    for backup in doomed:
        with suppress(OSError):
            backup.path.unlink()
    for part in backups_of(data).glob(f"{escape(data.stem)}-*{SUFFIX}.part*"):
        with suppress(OSError):
            if now.timestamp() - part.stat().st_mtime > _A_DAY:  # else someone may be at it
                part.unlink()
    return len(doomed)


def restore(source: Path, data: Path, now: datetime) -> Path | None:
    """Put the checked ``source`` in the place of ``data``; returns where the old file now is.

    The old file is kept beside it whatever its state; side files of a crash are removed with it,
    for a stale journal would be played into the restored file. Nobody may have ``data`` open.
    """
    if guard.look(source) is guard.State.NEW:
        raise DataFileError(f"‘{source.name}’은(는) 비어 있습니다.", "다른 백업을 골라 주세요.")
    guard.check(source)
    data.parent.mkdir(parents=True, exist_ok=True)
    part = data.with_name(data.name + ".restoring")
    try:
        _copy(source, part)
        guard.check(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
    except (OSError, sqlite3.OperationalError) as error:
        part.unlink(missing_ok=True)
        raise DiskError("복원할 자리가 없습니다.", "빈 공간을 만든 뒤 다시 해 주세요.") from error
    except DataFileDamagedError:
        part.unlink(missing_ok=True)
        raise
    try:
        return _swap(part, data, now)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DiskError(
            "다른 프로그램이 자료 파일을 잡고 있어 복원하지 못했습니다.", "잠시 뒤 다시 해 주세요."
        ) from error


def _swap(part: Path, data: Path, now: datetime) -> Path | None:
    """Put ``part`` in the place of ``data`` by one rename: at no moment is there no data file."""
    kept = None
    if data.exists():
        with suppress(DataFileError):  # damaged: then its journal goes aside with it
            guard.recover(data)
        kept = _free(data.with_name(f"{data.stem}-before-restore-{now.strftime(_STAMP)}{data.suffix}"))
        _keep(data, kept)
    for side in _SIDE_FILES:
        beside = data.with_name(data.name + side)
        if beside.exists() and kept is not None:
            replace(beside, kept.with_name(kept.name + side))
        beside.unlink(missing_ok=True)
    replace(part, data)
    return kept


def _free(path: Path) -> Path:
    """``path``, or a numbered neighbour where it is taken: two restores may share a second."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _keep(data: Path, kept: Path) -> None:
    """A second name for the old file, or a copy on a disk that knows no second names."""
    try:
        os.link(data, kept)
    except OSError:
        shutil.copyfile(data, kept)
        with kept.open("rb+") as file:
            os.fsync(file.fileno())
