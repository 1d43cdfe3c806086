"""The program without its window, made to be killed: run as a script, driven by lines on stdin.

Everything is imported once; each order forks a child that works until it dies. The child writes
what it is about to do (``will``) and what was acknowledged to it (``done``) as lines of a file by
plain ``write`` calls, which outlive it. An order is JSON: ``{"data", "acks", "seed", "job"}``.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import datetime
from pathlib import Path

from civictracker.domain.weeks import Period
from civictracker.services.context import Context
from civictracker.services.entry import save_week_note
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.imports import apply_plan, make_plan
from civictracker.services.opening import open_data
from civictracker.sheets.isolated import FileFound, SheetView, TableFound
from civictracker.sheets.records import Records
from civictracker.store import backup, migrate
from civictracker.store.database import reading
from civictracker.store.tables import Observation

NOW = datetime.fromisoformat("2026-11-20T14:03:00+09:00")
FIRST = Period.week(NOW.date())
CHANNELS = ("카카오톡 채널", "공식 블로그")
METRICS = {"친구 수": "followers", "조회수": "views"}
State = dict[str, int]


class Acks:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def tell(self, kind: str, state: State) -> None:
        os.write(self._file, (json.dumps([kind, state]) + "\n").encode())


def state_of(context: Context) -> State:
    """Every stored figure, by a key that an acknowledgement can name."""
    with reading(context._engine) as session:
        rows = session.query(Observation).all()
    return {f"{row.metric_id}|{row.channel_id}|{row.period_start}": row.value for row in rows}


def sheet(chance: random.Random) -> FileFound:
    """A sheet with 2 channels × 2 metrics × 60 weeks, as the reading child would hand it over."""
    records = Records(list(CHANNELS), list(METRICS))
    at = chance.randrange(400)
    records.periods = [FIRST.shift(-at - step) for step in range(60)]
    places = [(e, m, step, step, e * 2 + m) for step in range(60) for e in range(2) for m in range(2)]
    records.written = [period.code for period in records.periods if period]
    records.fill(places, [chance.randrange(1_000_000) for _ in places])
    view = SheetView("s", [], [], (0, 0), 1, 60, 0, {}, 61)
    table = TableFound(
        "s", "A1:E61", "long", "", "", "sig", False, records, [], [], [], [], [], 0, False, view
    )
    return FileFound(f"주간 {at}.csv", "csv", "utf-8", [table])


def edit(context: Context, chance: random.Random) -> None:
    edits = [
        ValueEdit(
            chance.choice(list(METRICS.values())), chance.choice((1, 2)),
            FIRST.shift(-chance.randrange(500)), chance.choice((None, chance.randrange(1_000_000))),
        )
        for _ in range(chance.choice((1, 1, 1, 40)))
    ]  # fmt: skip
    context.write(write_values, edits=edits, label="값 고침")


def take_in(context: Context, chance: random.Random) -> None:
    plan = context.read(make_plan, found=sheet(chance), answers={})
    context.write(apply_plan, plan=plan, choices={"*": "new"}, sha256="x", form_name="서식")


def undo(context: Context, _chance: random.Random) -> None:
    context.undo()


def redo(context: Context, _chance: random.Random) -> None:
    context.redo()


def note(context: Context, chance: random.Random) -> None:
    week = FIRST.shift(-chance.randrange(50))
    context.write(save_week_note, week=week, text="특이사항 " * chance.randrange(1, 400))


def back_up(context: Context, _chance: random.Random) -> None:
    backup.make(context.path, "manual", context.now)


def work(data: Path, acks: Acks, chance: random.Random) -> None:
    """Edit, import, undo and back up for ever. What will be is rehearsed on a copy of the random state."""
    opened = open_data(data, lambda: NOW)
    acks.tell("open", state_of(opened.context))
    while True:
        act = chance.choices((edit, take_in, undo, redo, note, back_up), (8, 3, 3, 1, 1, 1))[0]
        acks.tell("will", {})
        act(opened.context, chance)
        acks.tell("done", state_of(opened.context))


def put_back(data: Path, acks: Acks, _chance: random.Random) -> None:
    """Restore two backups in turn for ever; either may be in place, never neither."""
    sources = sorted(data.parent.glob("*.civictracker"))
    while True:
        for source in sources:
            acks.tell("will", {})
            backup.restore(source, data, NOW)
            acks.tell("done", {})


def create(data: Path, acks: Acks, _chance: random.Random) -> None:
    """Make new data files for ever: the migration from nothing."""
    while True:
        data.unlink(missing_ok=True)
        acks.tell("will", {})
        migrate.migrate(data)
        acks.tell("done", {})


JOBS = {"work": work, "restore": put_back, "create": create}


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                acks = Acks(Path(order["acks"]))
                JOBS[order["job"]](Path(order["data"]), acks, random.Random(order["seed"]))
            except BaseException as error:
                acks.tell(f"error {type(error).__name__}: {error}", {})
            os._exit(1)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
