"""A backup opened by a double click, another morning, and a computer that is shut down."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civictracker import app, cli, log
from civictracker.cli.call import Clock
from civictracker.services.opening import open_data
from civictracker.store import backup
from civictracker.ui.shell.backup_offer import BackupOffer
from civictracker.ui.shell.second_start import RaiseListener, ask_to_raise
from civictracker.ui.shell.waking import DayKeeper
from civictracker.ui.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of any dialog


@pytest.fixture(autouse=True)
def _nobody_else_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session tells of trouble in its window, which ends with the test."""
    monkeypatch.setattr(log, "_listeners", [])


@pytest.fixture
def kept(office_data: Path, now: datetime) -> Path:
    return backup.make(office_data, "manual", now, office_data.parent / "받은 것").path


def test_what_a_backup_is_stands_there(qtbot: QtBot, kept: Path) -> None:
    offer = BackupOffer(None, kept, is_first=False)  # type: ignore[arg-type]
    qtbot.addWidget(offer)
    assert not offer.refusal
    assert "옆에 남겨" in offer.words.text()
    assert not offer.restore.isHidden()


def test_a_file_that_is_no_backup_can_only_be_closed(qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "아닌 것.civictracker"
    other.write_text("다른 것")
    offer = BackupOffer(None, other, is_first=True)  # type: ignore[arg-type]
    qtbot.addWidget(offer)
    assert "자료 파일이 아닙니다" in offer.words.text()
    assert offer.restore.isHidden()


def test_a_successor_goes_on_with_it(
    qtbot: QtBot, tmp_path: Path, kept: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    session = app._Session(window, tmp_path / "새" / "civictracker.db", clock, sample=False, backup=kept)
    met: list[str] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BackupOffer)
        met.append(dialog.restore.text())
        dialog.restore.click()

    QTimer.singleShot(200, agree)
    session.open()
    try:
        assert met == ["이어 쓰기"]
        assert session.window.state is not None
        assert session.window.state.office == "관악구"
    finally:
        session.window.asks_before_closing = False
        session.close()
        session.window.close()


def test_the_open_window_is_told_of_it(qtbot: QtBot, data: Path, tmp_path: Path) -> None:
    listener = RaiseListener(data)
    wanted = tmp_path / "받은 백업.civictracker"
    asking = threading.Thread(target=lambda: ask_to_raise(data, 5, wanted))
    with qtbot.waitSignal(listener.asked, timeout=5_000) as told:
        asking.start()
    asking.join()
    assert told.args == [wanted]


def test_the_command_hands_it_over(tmp_path: Path) -> None:
    asked: list[object] = []

    def run_window(path: Path, clock: Clock | None, sample: bool, backup: Path | None) -> int:
        asked.extend((path, clock, sample, backup))
        return 0

    screen = cli.Screen(run_window, lambda *_: [], lambda: None)
    file = tmp_path / "받은 백업.civictracker"
    assert cli.main(["--data", "자료.db", "open", str(file)], screen) == 0
    assert asked == [Path("자료.db"), None, False, file]


# --- days -------------------------------------------------------------------------------------


def test_the_next_morning_is_another_day(
    qtbot: QtBot, office_data: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from civictracker.ui.state import State

    times = [now]
    opened = open_data(office_data, lambda: times[0])
    window = MainWindow()
    qtbot.addWidget(window)
    window.asks_before_closing = False
    state = State(opened, sample=False)
    window.attach(state)
    try:
        days = DayKeeper(window, state)
        told: list[str] = []
        state.said.connect(lambda text, _changes: told.append(text))
        with qtbot.assertNotEmitted(state.settings_changed, wait=10):
            days.look()
        caught: list[bool] = []
        monkeypatch.setattr(window.keeper, "tick", lambda: caught.append(True))
        times[0] = now + timedelta(days=3)  # Monday
        with qtbot.waitSignal(state.settings_changed, timeout=1_000):
            days.look()
        assert caught == [True]
        assert told == ["새로운 주가 되었습니다. 위의 ‘이번 주로’를 누르면 옮겨 갑니다."]
        days.look()
        assert len(told) == 1
    finally:
        window.close()
        opened.close(keep_backup=False)


def test_a_computer_that_shuts_down_is_not_held_up(
    qtbot: QtBot, office_data: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    session = app._Session(window, office_data, clock, sample=False)
    session.open()
    taken: list[bool] = []
    monkeypatch.setattr(window, "finish_input", lambda: taken.append(True))
    session.leave_at_once()
    assert taken == [True]
    assert window.close()  # asks nothing
    session.close()
