"""The disk is full, at any size that the file or its journal may have: a sentence, and nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")

# The child fills up at ``limit`` bytes a file. It answers by its exit code.
CHILD = """
import resource, signal, sys
from datetime import datetime
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import worker
from civictracker.errors import DiskError
from civictracker.services.opening import open_data
from civictracker.store import backup, guard

data, what = Path(sys.argv[2]), sys.argv[3]
opened = open_data(data, lambda: worker.NOW)
before = worker.state_of(opened.context)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import random
plan = opened.context.read(worker.make_plan, found=worker.sheet(random.Random(1)), answers={})
outcomes = []
for limit in map(int, sys.argv[4:]):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        if what == "import":
            opened.context.write(worker.apply_plan, plan=plan, choices={}, sha256="x", form_name="f")
        elif what == "note":
            opened.context.write(worker.save_week_note, week=worker.FIRST, text="가" * 3000)
        else:
            backup.make(data, "manual", worker.NOW)
    except DiskError as error:
        outcomes.append(str(error))
    else:
        outcomes.append("done")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    guard.look(data)  # as the next start would: a journal that could not be played back now is
    guard.check(data)
    if outcomes[-1] != "done" and worker.state_of(opened.context) != before:
        sys.exit("something changed")
    if outcomes[-1] == "done":
        break
print("\\n".join(outcomes))
opened.close(keep_backup=False)
"""


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("import", "디스크에 쓸 수 없어 저장하지 못했습니다."),
        ("note", "디스크에 쓸 수 없어 저장하지 못했습니다."),
        ("backup", "백업을 ‘{folder}’에 만들지 못했습니다."),
    ],
)
def test_a_full_disk_is_one_sentence_and_changes_nothing(office_data: Path, what: str, sentence: str) -> None:
    """Room for nothing at all, for half a page, for a page … up to what is needed."""
    limits = ["0", "100", *(str(512 + 10_000 * step) for step in range(60))]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(office_data), what, *limits],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-2000:]
    *refusals, last = child.stdout.splitlines()
    assert set(refusals) == {sentence.format(folder=office_data.parent / "backups")}
    assert last == "done"
    assert len(refusals) >= 3
    assert not list((office_data.parent / "backups").glob("*.part*"))
