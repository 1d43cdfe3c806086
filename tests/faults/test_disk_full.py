"""The disk is full, at any size that the file or its journal may have: a sentence, and nothing changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")

# One child for all, because it takes two seconds to start. It can write ``limit`` bytes a file.
CHILD = """
import json, random, resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import worker
from civictracker.errors import DiskError
from civictracker.services.opening import open_data
from civictracker.store import backup, guard

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
acts = {
    "import": lambda context, plan: context.write(
        worker.apply_plan, plan=plan, choices={}, sha256="x", form_name="f"),
    "note": lambda context, plan: context.write(worker.save_week_note, week=worker.FIRST, text="가" * 3000),
    "backup": lambda context, plan: backup.make(context.path, "manual", worker.NOW),
}

def tried(act, context, plan, limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        act(context, plan)
    except DiskError as error:
        return str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    return "done"

told = {}
for what, path in json.loads(sys.argv[2]).items():
    opened = open_data(Path(path), lambda: worker.NOW)
    before = worker.state_of(opened.context)
    plan = opened.context.read(worker.make_plan, found=worker.sheet(random.Random(1)), answers={})
    told[what] = []
    for limit in (0, 100, *range(512, 600_000, 10_000)):
        told[what].append(tried(acts[what], opened.context, plan, limit))
        guard.look(Path(path))  # as the next start would: a journal that could not be played back now is
        guard.check(Path(path))
        if told[what][-1] == "done":
            break
        assert worker.state_of(opened.context) == before
    opened.close(keep_backup=False)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, office_template: Path) -> dict[str, list[str]]:
    """For each act what it said, with room for nothing, then for more and more."""
    paths = {}
    for what in ("import", "note", "backup"):
        paths[what] = str(tmp_path_factory.mktemp("full") / "civictracker.db")
        shutil.copyfile(office_template, paths[what])
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(Path(__file__).parent), json.dumps(paths)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-2000:]
    found: dict[str, list[str]] = json.loads(child.stdout)
    assert not list(Path(paths["backup"]).parent.glob("backups/*.part*"))
    return found


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("import", "디스크에 쓸 수 없어 저장하지 못했습니다."),
        ("note", "디스크에 쓸 수 없어 저장하지 못했습니다."),
        ("backup", "만들지 못했습니다."),
    ],
)
def test_a_full_disk_is_one_sentence(told: dict[str, list[str]], what: str, sentence: str) -> None:
    *refusals, last = told[what]
    assert last == "done"
    assert len(refusals) >= 3
    assert all(refusal.endswith(sentence) for refusal in refusals)
