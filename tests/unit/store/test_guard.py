"""At the data file's door: ours, whole, in a safe place, and held by one window only."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from civictracker.errors import DataFileBusyError, DataFileDamagedError, DataFileError, DiskError
from civictracker.store import guard
from civictracker.store.database import SCHEMA_VERSION
from civictracker.store.guard import State
from civictracker.store.ownership import Ownership


def set_pragma(path: Path, name: str, value: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {name}={value}")


def test_no_file_and_an_empty_file_are_new(tmp_path: Path) -> None:
    assert guard.look(tmp_path / "none.db") is State.NEW
    (tmp_path / "empty.db").touch()
    assert guard.look(tmp_path / "empty.db") is State.NEW


def test_our_file_is_current(data: Path) -> None:
    assert guard.look(data) is State.CURRENT
    guard.check(data)


def test_looking_changes_nothing(data: Path) -> None:
    before = data.read_bytes()
    guard.look(data)
    guard.check(data)
    assert data.read_bytes() == before
    assert [path.name for path in data.parent.iterdir()] == [data.name]


def test_an_older_schema_is_old(data: Path) -> None:
    set_pragma(data, "user_version", SCHEMA_VERSION - 1)
    assert guard.look(data) is State.OLD


def test_a_newer_schema_is_refused_by_its_number(data: Path) -> None:
    set_pragma(data, "user_version", SCHEMA_VERSION + 3)
    with pytest.raises(DataFileError, match=f"자료판 {SCHEMA_VERSION + 3}") as caught:
        guard.look(data)
    assert not isinstance(caught.value, DataFileDamagedError)


def test_another_programs_file_is_refused_by_name(data: Path, tmp_path: Path) -> None:
    set_pragma(data, "application_id", 0x0F055111)
    with pytest.raises(DataFileError, match=r"‘civictracker\.db’은\(는\) 다른 프로그램의 자료 파일"):
        guard.look(data)
    words = tmp_path / "메모.txt"
    words.write_text("이것은 자료 파일이 아니다. " * 20, encoding="utf-8")
    with pytest.raises(DataFileError, match="채널일지 자료 파일이 아닙니다"):
        guard.look(words)


def test_a_crash_in_the_middle_of_a_commit_is_played_back(data: Path) -> None:
    """The journal of a killed process lies beside the file, half of whose pages are new."""
    before = data.read_bytes()
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "for n in range(3000):\n"
        "    c.execute(\"INSERT INTO setting VALUES (?, 'x')\", (f'{n:0200}',))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], check=False)
    assert data.with_name(data.name + "-journal").exists()
    assert data.read_bytes() != before
    assert guard.look(data) is State.CURRENT
    guard.check(data)
    assert data.read_bytes() == before


def test_a_foreign_files_journal_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (a)")
    journal = foreign.with_name("foreign.db-journal")
    journal.write_bytes(b"not ours to touch")
    with pytest.raises(DataFileError):
        guard.look(foreign)
    assert journal.read_bytes() == b"not ours to touch"


def test_a_busy_file_is_not_called_damaged(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(data, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DataFileBusyError):
            guard.look(data)


def test_a_dangling_reference_is_damage(office_data: Path) -> None:
    with closing(sqlite3.connect(office_data)) as stock:
        stock.execute("UPDATE channel SET office_id = 99 WHERE id = 1")
        stock.commit()
    with pytest.raises(DataFileDamagedError):
        guard.check(office_data)


class TestOwnership:
    def test_30_double_starts_are_refused_within_a_second_each(self, data: Path) -> None:
        first = Ownership(data)
        first.take()
        slowest = 0.0
        for _ in range(30):
            began = time.perf_counter()
            with pytest.raises(DataFileBusyError, match="이미 열려 있습니다"):
                Ownership(data).take()
            slowest = max(slowest, time.perf_counter() - began)
        first.release()
        assert slowest <= 1.0
        again = Ownership(data)
        again.take()
        again.release()

    def test_another_process_is_refused_too(self, data: Path) -> None:
        first = Ownership(data)
        first.take()
        code = (
            "import sys; from pathlib import Path\n"
            "from civictracker.store.ownership import Ownership\n"
            "from civictracker.errors import DataFileBusyError\n"
            "try: Ownership(Path(sys.argv[1])).take()\n"
            "except DataFileBusyError: sys.exit(7)\n"
        )
        child = subprocess.run([sys.executable, "-c", code, str(data)], check=False)
        first.release()
        assert child.returncode == 7

    def test_a_file_left_by_a_crash_asks_no_question(self, data: Path) -> None:
        code = (
            "import os, sys; from pathlib import Path\n"
            "from civictracker.store.ownership import Ownership\n"
            "Ownership(Path(sys.argv[1])).take(); os._exit(9)\n"
        )
        assert subprocess.run([sys.executable, "-c", code, str(data)], check=False).returncode == 9
        assert Ownership(data).path.exists()
        successor = Ownership(data)
        successor.take()
        successor.release()

    def test_the_data_can_be_read_while_it_is_owned(self, data: Path) -> None:
        owner = Ownership(data)
        owner.take()
        guard.check(data)
        owner.release()

    def test_rubbish_in_the_lock_file_is_nobodys_lock(self, data: Path) -> None:
        owner = Ownership(data)
        owner.path.write_bytes(b"\0" * 4096)
        owner.take()
        owner.release()

    def test_a_folder_that_cannot_be_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(DiskError, match="폴더에 쓸 수 없습니다"):
            Ownership(tmp_path / "file" / "civictracker.db").take()

    def test_releasing_twice_is_fine(self, data: Path) -> None:
        owner = Ownership(data)
        owner.take()
        owner.release()
        owner.release()
