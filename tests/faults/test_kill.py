"""``kill -9`` at random moments: nothing acknowledged is lost, nothing half-done remains.

``CIVICTRACKER_KILLS`` says how often (12 in the normal run; 200 is the long one). Each round forks
a child that edits, imports, undoes and backs up until it is killed; afterwards the file must hold
exactly what was acknowledged last, or that and the whole of what was under way.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from civictracker.store import backup, guard

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="rounds are forked; Windows has no fork")

KILLS = int(os.environ.get("CIVICTRACKER_KILLS", "12"))


class Killer:
    """Starts children of the worker and kills them."""

    def __init__(self, folder: Path) -> None:
        self._acks = folder / "acks"
        self._worker = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip

    def round(self, data: Path, job: str, seed: int, after: float) -> list[tuple[str, dict[str, int]]]:
        """What the child said before it was killed, ``after`` seconds into its work."""
        self._acks.unlink(missing_ok=True)
        order = {"data": str(data), "acks": str(self._acks), "seed": seed, "job": job}
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(json.dumps(order) + "\n")
        self._worker.stdin.flush()
        child = int(self._worker.stdout.readline())
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        code = int(self._worker.stdout.readline())
        lines = self._acks.read_text().splitlines(keepends=True) if self._acks.exists() else []
        told = [tuple(json.loads(line)) for line in lines if line.endswith("\n")]
        assert code == -signal.SIGKILL, [kind for kind, _ in told][-1:]
        return told

    def close(self) -> None:
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.close()
        self._worker.wait()
        self._worker.stdout.close()


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    killer = Killer(tmp_path_factory.mktemp("killer"))
    yield killer
    killer.close()


def figures(data: Path) -> dict[str, int]:
    with closing(sqlite3.connect(data)) as connection:
        rows = connection.execute(
            "SELECT metric_id, channel_id, period_start, value FROM observation"
        ).fetchall()
    return {f"{metric}|{channel}|{start}": value for metric, channel, start, value in rows}


def imports_are_whole(data: Path) -> bool:
    """Every figure that names an import belongs to one that is in the history, and is all there."""
    with closing(sqlite3.connect(data)) as connection:
        return not connection.execute(
            "SELECT 1 FROM observation o WHERE o.source NOT IN (SELECT id FROM log)"
            " UNION ALL SELECT 1 FROM import_batch b WHERE b.log_id NOT IN (SELECT id FROM log)"
        ).fetchall()


def test_killed_while_working(office_data: Path, killer: Killer) -> None:
    chance = random.Random(20261120)
    acknowledged = interrupted = journals = 0
    before: dict[str, int] = figures(office_data)
    for number in range(KILLS):
        told = killer.round(office_data, "work", number, after=chance.uniform(0.0, 0.9))
        assert not [kind for kind, _ in told if kind.startswith("error")]
        states = [state for kind, state in told if kind in {"open", "done"}]
        acknowledged += len(states)
        interrupted += bool(told) and told[-1][0] == "will"
        journals += office_data.with_name(office_data.name + "-journal").exists()
        assert guard.look(office_data) is guard.State.CURRENT  # as the next start does: first look,
        guard.check(office_data)  # then check
        after = figures(office_data)
        if states:
            assert states[0] == before
        last = states[-1] if states else before
        under_way = bool(told) and told[-1][0] == "will"
        assert after == last or under_way, f"kill {number}: an acknowledged state was lost"
        assert imports_are_whole(office_data)
        replayed(office_data, last, after)
        before = after
    print(f"{KILLS} kills: {acknowledged} acknowledged, {interrupted} interrupted, {journals} left a journal")
    assert acknowledged >= KILLS


def replayed(data: Path, last: dict[str, int], after: dict[str, int]) -> None:
    """What differs from the last acknowledged state is exactly what one log entry, the newest, did."""
    changed = {key for key in last.keys() | after.keys() if last.get(key) != after.get(key)}
    if not changed:
        return
    with closing(sqlite3.connect(data)) as connection:
        (newest,) = connection.execute("SELECT max(id) FROM log").fetchone()
        recorded = connection.execute(
            "SELECT metric_id, channel_id, period_start FROM value_change WHERE log_id = ?1"
            " UNION SELECT metric_id, channel_id, period_start FROM observation WHERE source = ?1",
            (newest,),
        ).fetchall()
        added = connection.execute("SELECT added FROM import_batch WHERE log_id = ?", (newest,)).fetchone()
    told = {f"{metric}|{channel}|{start}" for metric, channel, start in recorded}
    assert changed <= told
    if added is not None:
        assert sum(1 for key in changed if key not in last) == added[0]


def test_killed_while_restoring(office_data: Path, sample_template: Path, killer: Killer, now: Any) -> None:
    """Whatever the moment, a whole data file is in its place: the one before or the one after."""
    backup.make(office_data, "small", now, folder=office_data.parent)
    large = backup.make(sample_template, "large", now, folder=office_data.parent)
    states = [figures(office_data), figures(large.path)]
    chance = random.Random(7)
    for number in range(max(3, KILLS // 3)):
        killer.round(office_data, "restore", number, after=chance.uniform(0.0, 0.25))
        assert guard.look(office_data) is guard.State.CURRENT
        guard.check(office_data)
        assert figures(office_data) in states


def test_killed_while_the_file_is_made(tmp_path: Path, killer: Killer) -> None:
    """A half-made file is as good as none, or is whole; it is never called foreign or damaged."""
    data = tmp_path / "new.db"
    chance = random.Random(3)
    for number in range(max(3, KILLS // 3)):
        killer.round(data, "create", number, after=chance.uniform(0.0, 0.6))
        if guard.look(data) is guard.State.CURRENT:
            guard.check(data)
