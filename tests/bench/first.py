"""The first paint of every room on 125,000 values, each in a program that was just started.

Wall clock and the program's own CPU time, which a busy machine stretches less, until the room is painted, and the
longest turn of the window after that (what a room reads later); where the window builds the
room in its idle time (``shell.ahead``), with and without that. ``--beside TREE`` does the same with another
checkout in turn, on the same data: ``git worktree add TREE COMMIT``.
``python -m tests.bench.first [--rounds 5] [--beside TREE] [--only trend,compare]``
"""

from __future__ import annotations

import argparse
import os
import tempfile
from functools import partial
from pathlib import Path

from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.ui.shell import ahead
from civictracker.ui.shell.rooms import ROOMS
from tests.bench.rooms import fill
from tests.bench.timing import fresh, in_turn, median, spread

ALLOWED = 100  # ms
_OPEN = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from civictracker.app import calm_collector, make_application, preload
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
application = make_application()
opened = open_data(Path(sys.argv[1]), sample_now)
window = MainWindow()
window.resize(1280, 800)
window.show()
application.processEvents()
room, is_built = sys.argv[2], len(sys.argv) > 3
window.attach(State(opened, sample=False), "settings" if room == "home" else "home")
preload()
calm_collector()
if is_built:
    window.page(room)
for _ in range(5):
    application.processEvents()
wall, own = time.perf_counter(), time.process_time()
window.open_page(room)
application.sendPostedEvents()  # laid out and painted; timers have not had their turn
first = (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000
later = []
for _ in range(6):
    wall = time.perf_counter()
    application.processEvents()
    later.append((time.perf_counter() - wall) * 1000)
print(*first, max(later))
window.asks_before_closing = False
window.close()
opened.close(keep_backup=False)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="another checkout")
    parser.add_argument("--only", default=",".join(room.id for room in ROOMS))
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    trees = {"now": Path.cwd()} | ({"beside": chosen.beside.resolve()} if chosen.beside else {})
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        data = Path(folder) / "big.db"
        opened = open_data(data, sample_now)
        print(
            f"{opened.context.write(fill).count:,} values; first paint, in ms: clock | CPU | longest later turn"
        )
        opened.close(keep_backup=False)
        for room in chosen.only.split(","):
            runs = {name: partial(fresh, _OPEN, str(data), room, tree=tree) for name, tree in trees.items()}
            if room in ahead.ROOMS:
                runs["built ahead"] = partial(fresh, _OPEN, str(data), room, "built")
            found = in_turn(runs, chosen.rounds)
            print(
                f"{room:10}", *(f"  {name} {_told(figures)}" for name, figures in found.items()), flush=True
            )


def _told(figures: list[list[float]]) -> str:
    wall, own, later = ([run[at] for run in figures] for at in (0, 1, 2))
    verdict = "" if median(wall) <= ALLOWED else f"> {ALLOWED} "
    return f"{spread(wall, '')}| {spread(own, '')}| {spread(later, '')}{verdict}"


if __name__ == "__main__":
    main()
