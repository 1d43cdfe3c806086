"""How smooth the window stays while a million figures are read, planned and shown beside it.

``python -m tests.bench.import_window [--rows 100000]``: a timer of 5 ms ticks in the window's thread;
the longest gaps between its ticks are what a person would feel. 33 ms is 30 frames a second.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from civictracker.app import make_application
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.shell.welcome import make_sample
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from tests.bench.importing import write_book


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        book = Path(folder) / "큰 표.xlsx"
        write_book(book, chosen.rows, 10)
        make_application()
        opened = open_data(make_sample(Path(folder) / "sample.db", "관악구"), sample_now)
        window = MainWindow()
        window.attach(State(opened, sample=True))
        window.resize(1440, 900)
        window.show()
        _measure(window, book)
        window.close()
        opened.close(keep_backup=False)


def _measure(window: MainWindow, book: Path) -> None:
    page = window.page("import")
    assert isinstance(page, ImportPage)
    window.open_page("import")
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    end = time.perf_counter() + 1
    while time.perf_counter() < end:
        QApplication.processEvents()
    start = time.perf_counter()
    page.show_detail([book])
    while page.plan is None and time.perf_counter() < start + 120:
        QApplication.processEvents()
        time.sleep(0.0005)
    done = time.perf_counter()
    for _ in range(20):
        QApplication.processEvents()
    gaps = sorted(((b - a) * 1000 for a, b in itertools.pairwise(ticks) if a >= start), reverse=True)
    late = sum(gap > 33 for gap in gaps)
    print(
        f"{done - start:.2f} s for {page.plan is not None and len(page.plan.columns):,} figures; longest gaps "
        f"{', '.join(f'{gap:.0f}' for gap in gaps[:6])} ms; over 33 ms: {late} of {len(gaps)}"
    )


if __name__ == "__main__":
    main()
