"""Backups beside the window: a second place that is gone or hangs holds nothing up and is told once."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civictracker.services.settings import save_office, save_settings
from civictracker.services.upkeep import last_backup
from civictracker.store import backup
from civictracker.ui.pages.settings import SettingsPage
from civictracker.ui.shell.window import MainWindow


class Hanging:
    """A second place whose write does not return until :attr:`gate` opens."""

    def __init__(self, folder: Path, publish: Callable[[Path, Path], None]) -> None:
        self.folder, self.gate, self.entered = folder, threading.Event(), 0
        self._publish = publish

    def __call__(self, part: Path, final: Path) -> None:
        if final.parent == self.folder:
            self.entered += 1
            self.gate.wait(30)
        self._publish(part, final)


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def hanging(usb: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    made = Hanging(usb, backup._publish)
    monkeypatch.setattr(backup, "_publish", made)
    yield made
    made.gate.set()


@pytest.fixture
def told(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.state.said.connect(lambda text, _changes: said.append(text))
    return said


def edited(window: MainWindow, name: str) -> None:
    """Something was saved, a second after the last backup."""
    window.context.write(save_office, name=name)
    last = window.state.opened.backup
    assert last is not None
    window.context.saved_at = last.made + timedelta(seconds=1)


def settings_page(window: MainWindow) -> SettingsPage:
    window.open_page("settings")
    page = window.current_page
    assert isinstance(page, SettingsPage)
    return page


def idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.runner._timer.isActive(), timeout=30_000)


def test_a_backup_by_hand_is_made_listed_and_told(window: MainWindow, qtbot: QtBot, told: list[str]) -> None:
    page = settings_page(window)
    before = page.backups.table.rowCount()
    window.state.backup_wanted.emit()
    idle(window, qtbot)
    assert "백업하고 검사까지 마쳤습니다." in told
    assert page.backups.table.rowCount() == before + 1
    assert "마지막으로 잘된 때 2026. 11. 20. 14:03" in page.backups.here.text()
    assert not page.backups.there.isVisible()


def test_the_newest_backup_also_goes_to_the_second_place(
    window: MainWindow, qtbot: QtBot, usb: Path, told: list[str]
) -> None:
    window.context.write(save_settings, backup_folder=str(usb))  # catches up at once
    idle(window, qtbot)
    assert len(list(usb.glob("*.civictracker"))) == 1
    window.state.backup_wanted.emit()
    idle(window, qtbot)
    assert told[-1] == "둘째 자리에도 백업을 두었습니다."
    page = settings_page(window)
    assert page.backups.there.isVisible()
    assert page.backups.there.text() == "둘째 자리: 마지막으로 잘된 때 2026. 11. 20. 14:03"


def test_a_second_place_that_hangs_holds_up_neither_the_window_nor_other_work(
    window: MainWindow, qtbot: QtBot, hanging: Hanging, told: list[str]
) -> None:
    window.keeper.limit_s = 0.3
    began = time.monotonic()
    window.context.write(save_settings, backup_folder=str(hanging.folder))
    window.keeper.tick()
    assert time.monotonic() - began < 10  # the write hangs for 30
    qtbot.waitUntil(lambda: hanging.entered == 1)
    done: list[int] = []
    window.runner.start("다른 일", lambda _token: 7, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: done == [7], timeout=15_000)
    qtbot.waitUntil(lambda: bool(window.state.second_place.trouble), timeout=15_000)
    assert window.runner._panel.isHidden()
    sentence = f"둘째 자리 ‘{hanging.folder}’이(가) 답하지 않습니다. USB나 네트워크 드라이브를 확인해 주세요."
    assert told == [sentence]
    assert "백업 확인 필요" in window.footer.backup.text()
    assert sentence in window.footer.backup.toolTip()
    page = settings_page(window)
    assert page.backups.there.text().endswith(sentence)


def test_an_outage_is_told_once_and_does_not_pile_up(
    window: MainWindow, qtbot: QtBot, hanging: Hanging, told: list[str]
) -> None:
    window.keeper.limit_s = 0.1
    window.context.write(save_settings, backup_folder=str(hanging.folder))
    qtbot.waitUntil(lambda: bool(window.state.second_place.trouble), timeout=15_000)
    for number in range(3):
        edited(window, f"관악구 {number}")
        window.keeper.tick()
        idle(window, qtbot)
    assert len(told) == 1
    assert hanging.entered == 1
    hanging.gate.set()
    window.keeper.limit_s = 30  # a busy machine is no outage
    qtbot.waitUntil(lambda: not window.keeper.is_hanging)
    edited(window, "관악구")
    window.keeper.tick()
    idle(window, qtbot)
    assert window.state.second_place.trouble == ""
    assert "백업 확인 필요" not in window.footer.backup.text()
    assert len(told) == 1


def test_a_stick_that_was_pulled_out_is_not_made_anew_and_catches_up_when_back(
    window: MainWindow, qtbot: QtBot, usb: Path, told: list[str]
) -> None:
    shutil.rmtree(usb)
    window.context.write(save_settings, backup_folder=str(usb))
    idle(window, qtbot)
    window.keeper.tick()
    idle(window, qtbot)
    assert not usb.exists()
    assert len([each for each in told if "두지 못했습니다" in each]) == 1
    usb.mkdir()
    window.keeper.tick()  # nothing was saved since: the newest backup is what is missing
    idle(window, qtbot)
    assert len(list(usb.glob("*.civictracker"))) == 1


def test_closing_waits_two_seconds_for_the_second_place_and_the_backup_here_is_made(
    window: MainWindow, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civictracker.services.upkeep.CLOSE_SECOND_S", 0.2)
    window.keeper._timer.stop()
    window.context.write(save_settings, backup_folder=str(hanging.folder))
    window.state.opened.context.jobs.close()
    began = time.monotonic()
    last_backup(window.state.opened)
    assert time.monotonic() - began < 10  # the write hangs for 30
    assert "close" in {each.why for each in backup.listed(window.context.path)}
    remembered = (window.context.path.parent / "backups" / "second-place.json").read_text(encoding="utf-8")
    assert "답하지 않습니다" in remembered


def test_only_what_was_put_there_from_here_is_thinned(
    window: MainWindow, qtbot: QtBot, usb: Path, now: datetime
) -> None:
    """A share may hold the backups of another office's program, of the same name."""
    stamps = [now - timedelta(days=40, minutes=each) for each in range(4)]
    theirs = [usb / f"civictracker-{stamp:%Y%m%d-%H%M%S}-timer.civictracker" for stamp in stamps]
    for each in theirs:
        each.write_bytes(b"theirs")
    window.context.write(save_settings, backup_folder=str(usb))
    idle(window, qtbot)
    assert all(each.exists() for each in theirs)
    assert len(list(usb.iterdir())) == len(theirs) + 1


def test_every_backup_is_listed_and_any_can_be_restored(window: MainWindow, now: datetime) -> None:
    for days in range(1, 30):
        backup.make(window.context.path, "timer", now - timedelta(days=days))
    page = settings_page(window)
    page.backups.show_now()
    table = page.backups.table
    assert table.rowCount() == 30
    assert not page.backups.restore.isEnabled()
    table.setFocus()
    table.selectRow(29)
    QApplication.processEvents()
    assert table.verticalScrollBar().maximum() > 0
    wanted: list[Path] = []
    window.state.restore_wanted.connect(wanted.append)
    page.backups.restore.click()
    confirm = next(b for b in page.banner.findChildren(type(page.backups.restore)) if b.text() == "복원하기")
    confirm.click()
    assert [path.name for path in wanted] == ["civictracker-20261022-140300-timer.civictracker"]
    assert table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
