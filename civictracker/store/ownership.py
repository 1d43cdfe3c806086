"""Who has a data file open. Light to import: a second start asks this before it shows anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from civictracker.errors import DataFileBusyError, DiskError


class Ownership:
    """One window per data file, decided by an SQLite lock that dies with its process.

    The lock is held on a small file of its own, so that reading commands can still look at the
    data. A file left behind by a crash holds no lock and asks no question.
    """

    def __init__(self, path: Path) -> None:
        self._data = path
        self.path = path.with_name(path.name + "-owner")
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Raises DataFileBusyError when another process has it, DiskError where nothing can be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._locked()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.path.unlink()  # rubbish, so nobody's lock
                self._connection = self._locked()
        except (OSError, sqlite3.DatabaseError) as error:
            if "locked" in str(error):
                raise DataFileBusyError(
                    f"‘{self._data.name}’이 이미 열려 있습니다.",
                    "열려 있는 창을 쓰거나, 쓰고 있는 작업이 끝난 뒤에 해 주세요.",
                ) from error
            raise DiskError(
                f"‘{self.path.parent}’ 폴더에 쓸 수 없습니다.", "빈 공간과 쓰기 권한을 확인해 주세요."
            ) from error

    def _locked(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def release(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
