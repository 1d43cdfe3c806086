"""Damaged data files of many kinds: each is noticed before the first write, and a backup cures it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from civictracker.errors import DataFileError
from civictracker.services.opening import open_data
from civictracker.store import backup, guard

PAGE = 4096
Damage = Callable[[bytearray, random.Random], "bytes | bytearray"]


def page(data: bytearray, chance: random.Random) -> int:
    """The offset of a page that holds data: neither the first nor a free one."""
    return chance.randrange(1, len(data) // PAGE) * PAGE


def over(data: bytearray, at: int, new: bytes) -> bytearray:
    data[at : at + len(new)] = new
    return data


def swapped(data: bytearray, chance: random.Random) -> bytearray:
    """Two pages of different trees in each other's place."""
    one = page(data, chance)
    other = next(
        at for at in iter(lambda: page(data, chance), None) if data[at : at + 8] != data[one : one + 8]
    )
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    return data


def flipped(data: bytearray, at: int) -> bytearray:
    data[at] ^= 0xFF
    return data


def copied_over(data: bytearray, chance: random.Random) -> bytearray:
    return over(data, page(data, chance), bytes(data[PAGE : 2 * PAGE][::-1]))


KINDS: dict[str, Damage] = {
    "cut to nothing": lambda data, _: b"",
    "cut inside the header": lambda data, _: data[:50],
    "cut after the header": lambda data, _: data[:100],
    "cut after the first page": lambda data, _: data[:PAGE],
    "cut in the middle of a page": lambda data, chance: data[: page(data, chance) + 100],
    "cut at a page": lambda data, chance: data[: page(data, chance)],
    "last byte missing": lambda data, _: data[:-1],
    "last page missing": lambda data, _: data[:-PAGE],
    "all zeros": lambda data, _: bytes(len(data)),
    "all ones": lambda data, _: b"\xff" * len(data),
    "header zeroed": lambda data, _: over(data, 0, bytes(100)),
    "magic zeroed": lambda data, _: over(data, 0, bytes(16)),
    "magic of another case": lambda data, _: over(data, 0, b"sqlite"),
    "page size nonsense": lambda data, _: over(data, 16, b"\x12\x34"),
    "page size another": lambda data, _: over(data, 16, b"\x04\x00"),
    "first page zeroed behind the header": lambda data, _: over(data, 100, bytes(PAGE - 100)),
    "schema garbled": lambda data, _: over(data, PAGE - 60, b"\xa5" * 60),
    "a page zeroed": lambda data, chance: over(data, page(data, chance), bytes(PAGE)),
    "a page of ones": lambda data, chance: over(data, page(data, chance), b"\xff" * PAGE),
    "a page of noise": lambda data, chance: over(data, page(data, chance), chance.randbytes(PAGE)),
    "a page's header zeroed": lambda data, chance: over(data, page(data, chance), bytes(8)),
    "a page's type flipped": lambda data, chance: flipped(data, page(data, chance)),
    "a page's cells moved": lambda data, chance: over(data, page(data, chance) + 8, b"\x00\x01" * 20),
    "two pages swapped": swapped,
    "a page copied over another": copied_over,
    "a sector of a page zeroed": lambda data, chance: over(data, page(data, chance), bytes(512)),
    "a byte inserted": lambda data, chance: data[: (at := page(data, chance))] + b"\0" + data[at:-1],
    "a byte lost": lambda data, chance: data[: (at := page(data, chance))] + data[at + 1 :] + b"\0",
    "line ends translated": lambda data, _: data.replace(b"\n", b"\r\n"),
    "free list nonsense": lambda data, _: over(data, 32, b"\x00\x00\x00\x05\x00\x00\x00\x07"),
    "written over by a letter": lambda data, _: over(data, 0, ("안녕하십니까. " * 40).encode()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_noticed_before_the_first_write_and_cured(
    sample_data: Path, sample_template: Path, now: datetime, kind: str
) -> None:
    """Several draws of each kind, where it has a choice of pages."""
    good = backup.make(sample_data, "open", now)
    whole = sample_data.read_bytes()
    draws = [bytes(KINDS[kind](bytearray(whole), random.Random(f"{kind}{seed}"))) for seed in range(4)]
    for spoilt in dict.fromkeys(draws):
        sample_data.write_bytes(spoilt)
        with pytest.raises(DataFileError):
            open_data(sample_data, lambda: now)
        assert sample_data.read_bytes() == spoilt, "a damaged file was written to"
    kept = backup.restore(good.path, sample_data, now)
    assert kept is not None
    assert kept.read_bytes() == spoilt
    open_data(sample_data, lambda: now).close(keep_backup=False)


def test_a_foreign_journal_beside_a_whole_file_does_no_harm(sample_data: Path, now: datetime) -> None:
    """Rubbish under the journal's name is no journal: it is not played back."""
    journal = sample_data.with_name(sample_data.name + "-journal")
    journal.write_bytes(b"rubbish " * 100)
    open_data(sample_data, lambda: now).close(keep_backup=False)
    guard.check(sample_data)


def test_an_index_that_lies_is_noticed(sample_data: Path, now: datetime) -> None:
    """A row that only the table knows: the page is sound, the answer would be wrong."""
    with closing(sqlite3.connect(sample_data)) as hostile:
        hostile.execute("PRAGMA writable_schema=ON")
        query = "SELECT rootpage, sql FROM sqlite_master WHERE name='ix_post_planned'"
        index = hostile.execute(query).fetchone()
        hostile.execute("DELETE FROM sqlite_master WHERE name='ix_post_planned'")
        hostile.commit()
    with closing(sqlite3.connect(sample_data)) as hostile:
        hostile.execute("UPDATE post SET planned = '2001-01-01' WHERE id = 1")
        hostile.execute("PRAGMA writable_schema=ON")
        hostile.execute("INSERT INTO sqlite_master VALUES ('index', 'ix_post_planned', 'post', ?, ?)", index)
        hostile.commit()
    with pytest.raises(DataFileError):
        open_data(sample_data, lambda: now)


def test_a_backup_that_was_damaged_later_is_not_restored(
    sample_data: Path, office_template: Path, now: datetime, tmp_path: Path
) -> None:
    source = tmp_path / "old.civictracker"
    shutil.copyfile(office_template, source)
    with source.open("rb+") as file:
        file.seek(5 * PAGE)
        file.write(bytes(PAGE))
    before = sample_data.read_bytes()
    with pytest.raises(DataFileError):
        backup.restore(source, sample_data, now)
    assert sample_data.read_bytes() == before
