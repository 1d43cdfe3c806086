"""Opening a data file safely, and leaving a backup of its last state behind."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from civictracker import paths
from civictracker.errors import DataFileBusyError, DataFileDamagedError, DataFileError
from civictracker.services import catalogue
from civictracker.services.opening import open_data
from civictracker.services.settings import save_settings
from civictracker.store import backup, guard, migrate
from civictracker.store.database import SCHEMA_VERSION

Clock = Callable[[], datetime]


def test_a_new_file_is_made_with_the_catalogue(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "folder" / "civictracker.db"
    opened = open_data(path, clock)
    opened.close()
    assert opened.backup is None
    with closing(sqlite3.connect(path)) as connection:
        codes = {code for (code,) in connection.execute("SELECT code FROM metric")}
    assert codes == set(catalogue.metrics())


def test_opening_makes_a_backup_first(data: Path, clock: Clock) -> None:
    opened = open_data(data, clock)
    opened.close()
    assert opened.backup is not None
    assert [each.why for each in backup.listed(data)] == ["open"]


def test_closing_after_an_edit_leaves_a_backup(data: Path, clock: Clock) -> None:
    opened = open_data(data, clock)
    opened.context.write(save_settings, writer="김주무")
    opened.close()
    assert {each.why for each in backup.listed(data)} == {"open", "close"}


def test_a_second_start_is_refused_and_a_reader_is_not(data: Path, clock: Clock) -> None:
    opened = open_data(data, clock)
    with pytest.raises(DataFileBusyError):
        open_data(data, clock)
    open_data(data, clock, alone=False).close()
    opened.close()
    open_data(data, clock).close()


def test_an_old_file_is_backed_up_and_migrated(
    data: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = shutil.copytree(paths.schema(), tmp_path / "db")
    new, old = SCHEMA_VERSION + 1, SCHEMA_VERSION
    (scripts / "versions" / f"{new:04d}_next.py").write_text(
        f'from alembic import op\nrevision = "{new:04d}"\ndown_revision = "{old:04d}"\n\n\n'
        "def upgrade() -> None:\n    op.execute('CREATE TABLE later (a INTEGER) STRICT')\n"
    )
    monkeypatch.setattr(paths, "schema", lambda: scripts)
    for module in (guard, migrate):
        monkeypatch.setattr(module, "SCHEMA_VERSION", new)
    assert guard.look(data) is guard.State.OLD
    opened = open_data(data, clock)
    opened.close()
    assert guard.look(data) is guard.State.CURRENT
    assert opened.backup is not None
    with closing(sqlite3.connect(opened.backup.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)


def test_a_failed_start_of_a_new_file_leaves_no_ruin(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_session: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(catalogue, "seed_metrics", failing)
    path = tmp_path / "civictracker.db"
    with pytest.raises(ZeroDivisionError):
        open_data(path, clock)
    assert not path.exists()
    monkeypatch.undo()
    open_data(path, clock).close()


def test_a_cloud_folder_is_refused_for_a_new_file_and_warned_about_for_an_old_one(
    tmp_path: Path, data: Path, clock: Clock
) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    with pytest.raises(DataFileError, match="클라우드"):
        open_data(folder / "new.db", clock)
    assert list(folder.iterdir()) == []
    shutil.copyfile(data, folder / "old.db")
    opened = open_data(folder / "old.db", clock)
    opened.close()
    assert "클라우드" in opened.notice


def test_a_file_cut_to_nothing_is_not_taken_for_a_new_one(data: Path, clock: Clock) -> None:
    """Its backups tell that it once had something in it."""
    open_data(data, clock).close()
    data.write_bytes(b"")
    with pytest.raises(DataFileDamagedError):
        open_data(data, clock)
    assert data.stat().st_size == 0


def test_a_refusal_lets_go_of_the_file(data: Path, clock: Clock, now: datetime) -> None:
    whole = data.read_bytes()
    data.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataFileDamagedError):
        open_data(data, clock)
    data.write_bytes(whole)
    open_data(data, clock).close()


def test_what_is_shown_is_only_told_after_the_write(data: Path, clock: Clock) -> None:
    opened = open_data(data, clock)
    heard: list[object] = []
    opened.context.listen(lambda changes: heard.append((changes.label, opened.context.saved_at)))
    opened.context.write(save_settings, writer="김주무")
    opened.close(keep_backup=False)
    assert heard == [("설정 바꿈", clock())]
