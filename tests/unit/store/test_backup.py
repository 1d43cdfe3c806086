"""Backups that are proven, thinned, and restored without ever losing the file they replace."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from civictracker.errors import DataFileDamagedError, DataFileError, DiskError
from civictracker.paths import backups_of
from civictracker.store import backup, guard
from civictracker.store.backup import Backup


def offices(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM office")]


def spoil(path: Path) -> None:
    """Overwrite the second page: the schema still reads, the data does not."""
    with path.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096)


def test_a_backup_is_a_whole_copy_with_a_name_that_tells(office_data: Path, now: datetime) -> None:
    made = backup.make(office_data, "manual", now)
    assert made.path == backups_of(office_data) / "civictracker-20261120-140300-manual.civictracker"
    assert offices(made.path) == ["관악구"]
    assert made.size == made.path.stat().st_size
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_a_backup_of_a_file_in_use_holds_one_state(office_data: Path, now: datetime) -> None:
    with closing(sqlite3.connect(office_data, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        busy.execute("UPDATE office SET name = '수원시'")
        made = backup.make(office_data, "manual", now)
        busy.execute("COMMIT")
    assert offices(made.path) == ["관악구"]


def test_a_damaged_file_gives_no_backup(office_data: Path, now: datetime) -> None:
    spoil(office_data)
    with pytest.raises(DataFileDamagedError):
        backup.make(office_data, "manual", now)
    assert list(backups_of(office_data).iterdir()) == []


def test_a_folder_that_cannot_be_is_told(office_data: Path, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="백업을"):
        backup.make(office_data, "manual", now, folder=tmp_path / "file" / "backups")


def test_listed_newest_first_and_only_ours(office_data: Path, now: datetime) -> None:
    for day in (2, 0, 1):
        backup.make(office_data, "open", now - timedelta(days=day))
    folder = backups_of(office_data)
    (folder / "civictracker-notes.civictracker").touch()
    (folder / "other-20261120-140300-open.civictracker").touch()
    assert [each.made.day for each in backup.listed(office_data)] == [20, 19, 18]
    assert {each.why for each in backup.listed(office_data)} == {"open"}


def made_at(moment: datetime) -> Backup:
    return Backup(Path(moment.isoformat()), moment, "open", 1)


def test_thinning_keeps_all_of_two_days_a_day_for_a_month_a_week_for_a_year(now: datetime) -> None:
    local = now.replace(tzinfo=None)
    every_6_hours = [made_at(local - timedelta(hours=6 * step)) for step in range(4 * 500)]
    doomed = {each.path for each in backup.thinned(every_6_hours, now)}
    kept = [each.made for each in every_6_hours if each.path not in doomed]
    ages = [local - moment for moment in kept]
    assert sum(age <= timedelta(days=2) for age in ages) == 9
    assert sum(timedelta(days=2) < age <= timedelta(days=31) for age in ages) in {29, 30}
    assert sum(timedelta(days=31) < age for age in ages) in range(47, 50)
    assert max(ages) <= timedelta(days=366)
    assert min(ages) == timedelta(0)


def test_thinning_twice_deletes_nothing_more(now: datetime) -> None:
    local = now.replace(tzinfo=None)
    backups = [made_at(local - timedelta(hours=7 * step)) for step in range(900)]
    doomed = backup.thinned(backups, now)
    assert backup.thinned([each for each in backups if each not in doomed], now) == []


def test_thin_deletes_the_files(office_data: Path, now: datetime) -> None:
    for hour in (0, 1):
        backup.make(office_data, "open", now - timedelta(days=5, hours=hour))
    assert backup.thin(office_data, now) == 1
    assert len(backup.listed(office_data)) == 1


def test_thin_clears_what_a_crash_left_half_made(office_data: Path, now: datetime) -> None:
    folder = backups_of(office_data)
    folder.mkdir()
    names = ("civictracker-20261101-090000-open", "civictracker-20261120-140259-open")
    old, young = (folder / f"{name}.civictracker.part" for name in names)
    for path, hours in ((old, 25), (young, 1)):
        path.touch()
        moment = (now - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    backup.thin(office_data, now)
    assert list(folder.iterdir()) == [young]


def test_restoring_keeps_what_it_replaces(office_data: Path, sample_template: Path, now: datetime) -> None:
    old = office_data.read_bytes()
    kept = backup.restore(sample_template, office_data, now)
    assert len(offices(office_data)) > 1
    assert kept is not None
    assert kept.read_bytes() == old
    assert kept.name == "civictracker-before-restore-20261120-140300.db"


def test_two_restores_in_one_second_keep_both(
    office_data: Path, sample_template: Path, now: datetime
) -> None:
    first = backup.restore(sample_template, office_data, now)
    second = backup.restore(sample_template, office_data, now)
    assert first is not None
    assert second is not None
    assert offices(first) == ["관악구"]
    assert len(offices(second)) > 1


def test_a_stale_journal_is_not_played_into_the_restored_file(
    office_data: Path, sample_template: Path, now: datetime
) -> None:
    """Beside a damaged file lies the journal of its last crash; it goes aside with that file."""
    spoil(office_data)
    journal = office_data.with_name(office_data.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 600)
    kept = backup.restore(sample_template, office_data, now)
    assert not journal.exists()
    assert kept is not None
    assert guard.look(office_data) is guard.State.CURRENT
    guard.check(office_data)


@pytest.mark.parametrize("kind", ["empty", "damaged", "foreign", "missing"])
def test_what_is_no_good_backup_is_refused_and_nothing_changes(
    office_data: Path, sample_data: Path, now: datetime, tmp_path: Path, kind: str
) -> None:
    before = office_data.read_bytes()
    source = tmp_path / "backup.civictracker"
    if kind == "empty":
        source.touch()
    elif kind == "damaged":
        source.write_bytes(sample_data.read_bytes())
        spoil(source)
    elif kind == "foreign":
        source.write_bytes(b"a letter " * 100)
    with pytest.raises(DataFileError):
        backup.restore(source, office_data, now)
    assert office_data.read_bytes() == before
    assert not list(office_data.parent.glob("*restor*"))


def test_restoring_where_there_is_nothing(tmp_path: Path, sample_template: Path, now: datetime) -> None:
    data = tmp_path / "new" / "civictracker.db"
    assert backup.restore(sample_template, data, now) is None
    guard.check(data)


class Cut(BaseException):
    """The power went."""


@pytest.mark.parametrize("linked", [True, False])
def test_at_no_step_of_a_restore_is_there_no_data_file(
    office_data: Path, sample_template: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    """Cut the power before the first step that touches a file name, the second, and so on."""

    def cutting(original: object, fail: bool = False):
        def step(*args: object, **kwargs: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Cut
            if fail:
                raise OSError("no second names here")
            return original(*args, **kwargs)  # type: ignore[operator]

        return step

    monkeypatch.setattr(os, "link", cutting(os.link, fail=not linked))
    monkeypatch.setattr(Path, "replace", cutting(Path.replace))
    monkeypatch.setattr(Path, "unlink", cutting(Path.unlink))
    for steps in range(40):
        left = steps
        try:
            backup.restore(sample_template, office_data, now)
        except Cut:
            assert guard.look(office_data) is guard.State.CURRENT
            guard.check(office_data)
        else:
            assert steps > 3
            return
    pytest.fail("the restore never ended")


def test_a_rename_outlasts_a_virus_scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows answers 5, 32 or 33 for a moment."""
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_text("new")
    target.write_text("old")
    original, refusals = Path.replace, iter([True, True, False])

    def scanned(self: Path, other: Path) -> Path:
        if next(refusals):
            raise PermissionError(13, "in use")
        return original(self, other)

    monkeypatch.setattr(Path, "replace", scanned)
    monkeypatch.setattr("civictracker.store.backup.time.sleep", lambda _: None)
    backup.replace(source, target)
    assert target.read_text() == "new"


def test_a_rename_gives_up_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_self: Path, _other: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", never)
    monkeypatch.setattr("civictracker.store.backup.time.sleep", lambda _: None)
    with pytest.raises(PermissionError):
        backup.replace(tmp_path / "a", tmp_path / "b", tries=3)
