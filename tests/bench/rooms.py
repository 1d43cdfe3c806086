"""Room switches and week steps on 10 years × 40 channels × 6 metrics, and panning 40 × 520 points.

``python -m tests.bench.rooms``
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from sqlmodel import Session

from civictracker.app import calm_collector, make_application, preload
from civictracker.domain.weeks import Period
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import save_channel
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.services.settings import save_office
from civictracker.store import journal
from civictracker.ui.shell.rooms import ROOMS
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from tests.bench.timing import spread

CHANNELS, WEEKS, METRICS = 40, 520, (1, 2, 3, 4, 5, 9)


def fill(session: Session) -> Changes:
    """Ten years of every week for every channel."""
    save_office(session, name="큰 기관")
    entry, chance = journal.of(session), random.Random(1)
    first = Period.week(date(2026, 11, 16)).shift(1 - WEEKS)
    rows = []
    for number in range(CHANNELS):
        channel = save_channel(
            session, platform="kakao", name=f"채널 {number}", unit_name="" if number < 8 else f"{number}동"
        ).created
        level = chance.randrange(1_000, 50_000)
        for step in range(WEEKS):
            week = first.shift(step)
            level += chance.randrange(-5, 60)
            for metric in METRICS:
                value = level if metric == 1 else chance.randrange(9_000)
                rows.append(
                    (metric, channel, week.start.isoformat(), week.end.isoformat(), value, 0, "", 1, "")
                )
    entry.add_bulk(session, sorted(rows))
    return Changes.of(Topic.VALUES, "채움", count=len(rows))


def timed(act: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        QApplication.processEvents()
        found.append((time.perf_counter() - start) * 1000)
    return found


def main() -> None:
    make_application()
    preload()
    calm_collector()
    with tempfile.TemporaryDirectory() as folder:
        opened = open_data(Path(folder) / "big.db", sample_now)
        print(f"{opened.context.write(fill).count:,} values")
        window = MainWindow()
        window.attach(State(opened, sample=False))
        window.resize(1280, 800)
        window.show()
        for room in ROOMS:
            print(f"first  {room.id:9} {spread(timed(lambda room=room: window.open_page(room.id), 1))}")
        for room in ROOMS:
            other = "entry" if room.id == "home" else "home"
            found = []
            for _ in range(9):
                window.open_page(other)
                QApplication.processEvents()
                found += timed(lambda room=room: window.open_page(room.id), 1)
            print(f"switch {room.id:9} {spread(found)}")
        for room in ("home", "entry", "trend", "report"):
            window.open_page(room)
            QApplication.processEvents()
            print(f"week   {room:9} {spread(timed(lambda: window.state.step(-1), 9))}")
        print(f"week   report, in its longest turn (≤ 50) {spread(_turns(window))}")
        window.open_page("home")
        window.state.go_to(window.state.this_week)
        print(f"week   home at this week and the last, in its longest turn (≤ 50) {spread(_turns(window))}")
        _pan(window)
        window.close()
        opened.close(keep_backup=False)


def _turns(window: MainWindow) -> list[float]:
    """The longest turn of the window in a week's step: rooms read in one and draw or read on in others.

    Back and forth between two weeks, so that a room's warnings, which only those of now have, are read.
    """
    found = []
    for at in range(10):
        turns = [_turn(lambda at=at: window.state.step(1 if at % 2 else -1))]
        turns += [_turn(QApplication.processEvents) for _ in range(5)]
        found.append(max(turns))
    return found


def _turn(act: Callable[[], object]) -> float:
    """With what follows at once from ``act``: laying out and painting."""
    start = time.perf_counter()
    act()
    QApplication.sendPostedEvents()
    return (time.perf_counter() - start) * 1000


def _pan(window: MainWindow) -> None:
    """40 lines of 520 points, moved sideways frame by frame."""
    window.open_page("trend")
    page = window.current_page
    page._choose_all()  # type: ignore[union-attr]
    page.range.set_value("all")  # type: ignore[union-attr]
    page.touch()  # type: ignore[union-attr]
    QApplication.processEvents()
    chart = page.chart  # type: ignore[union-attr]
    view = chart.plot.getViewBox()
    assert len(chart.lines) == CHANNELS
    view.setXRange(738_000, 739_000, padding=0)
    QApplication.processEvents()

    def frame() -> None:
        view.translateBy(x=7)
        chart.grab()

    found = timed(frame, 30)
    print(f"pan 40 × 520      {spread(found)}  = {1000 / (sum(found) / len(found)):.0f} frames/s (≥ 30)")


if __name__ == "__main__":
    main()
