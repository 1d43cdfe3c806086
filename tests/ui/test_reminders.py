"""A notice at the chosen lead time: a bubble from the tray, which opens the post; a toast where there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from civictracker.domain.posting import Status
from civictracker.services.calendar import PostKey
from civictracker.services.posts import save_post, set_status
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.shell import reminders as module
from civictracker.ui.shell.reminders import EVERY_MS, Reminders
from civictracker.ui.shell.window import MainWindow


class Tray(QObject):
    """Stands for the system's tray: what it is asked to show is kept."""

    messageClicked = Signal()
    available = True
    speaks = True
    made: ClassVar[list[Tray]] = []

    def __init__(self, icon: object, parent: QObject) -> None:
        super().__init__(parent)
        self.icon, self.shown, self.messages = icon, False, []
        Tray.made.append(self)

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return Tray.available

    @staticmethod
    def supportsMessages() -> bool:
        return Tray.speaks

    def show(self) -> None:
        self.shown = True

    def showMessage(self, title: str, text: str) -> None:
        assert self.shown  # Windows shows no bubble of an icon that is not there
        self.messages.append((title, text))


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> type[Tray]:
    Tray.available, Tray.speaks, Tray.made = True, True, []
    monkeypatch.setattr(module, "QSystemTrayIcon", Tray)
    return Tray


@pytest.fixture
def said(window: MainWindow) -> list[str]:
    found: list[str] = []
    assert window.state is not None
    window.state.said.connect(lambda text, _changes: found.append(text))
    return found


def reminders(window: MainWindow, minutes: int) -> Reminders:
    assert window.state is not None
    window.state.settings = window.state.settings.model_copy(update={"remind_minutes": minutes})
    return Reminders(window, window.state)


def test_the_bubble_is_raised_at_the_lead_time_and_once(
    window: MainWindow, tray: type[Tray], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """14:03; the card news goes at 15:00, 57 minutes on."""
    made = reminders(window, 30)
    assert made._timer.isActive()
    assert made._timer.interval() == EVERY_MS
    made.look()
    assert tray.made == []
    later = window.context.now + timedelta(minutes=27)
    monkeypatch.setattr(window.context, "clock", lambda: later)
    made.look()
    made.look()
    (icon,) = tray.made
    ((title, text),) = icon.messages
    assert title == "곧 보낼 게시"
    assert text.startswith("15:00 주간 카드뉴스 11월 3주 · 카드 4장 중 1장에 대체텍스트가 없습니다.")
    assert said == []


@pytest.mark.qt_log_ignore("raise")  # the offscreen platform has no windows before others
def test_clicking_the_bubble_opens_the_post(window: MainWindow, tray: type[Tray], qtbot: QtBot) -> None:
    reminders(window, 60).look()
    window.hide()
    tray.made[0].messageClicked.emit()
    assert window.isVisible()
    page = window.current_page
    assert isinstance(page, CalendarPage)
    assert page.selected is not None
    chosen = page.grid.selected_post
    assert chosen is not None
    assert chosen.subject == "주간 카드뉴스 11월 3주"


def test_a_post_moved_to_another_time_is_told_again(window: MainWindow, tray: type[Tray]) -> None:
    now = window.context.now
    made = reminders(window, 60)
    made.look()
    day, moment = now.date(), now + timedelta(minutes=10)
    key = PostKey(
        window.context.write(save_post, planned=day, time=f"{moment:%H:%M}", subject="새 글").created
    )
    made.look()
    window.context.write(
        save_post, key=key, planned=day, time=f"{moment + timedelta(minutes=5):%H:%M}", subject="새 글"
    )
    made.look()
    window.context.write(set_status, key=key, status=Status.DONE, now=now)
    made.look()
    told = [text for _, text in tray.made[0].messages]
    assert [text.split(" · ")[0] for text in told] == [
        "15:00 주간 카드뉴스 11월 3주",
        "14:13 새 글",
        "14:18 새 글",
    ]


@pytest.mark.parametrize("lacks", ["available", "speaks"])
def test_without_a_tray_it_is_a_toast(
    window: MainWindow, tray: type[Tray], said: list[str], lacks: str
) -> None:
    setattr(tray, lacks, False)
    made = reminders(window, 60)
    made.look()
    made.look()
    assert [text.split(" · ")[0] for text in said] == ["곧 보낼 게시: 15:00 주간 카드뉴스 11월 3주"]
    assert window.toast.isVisible()
    assert tray.made == []


def test_a_tray_that_goes_away_is_survived(window: MainWindow, tray: type[Tray], said: list[str]) -> None:
    made = reminders(window, 60)
    made.look()
    tray.available = False
    moment = window.context.now + timedelta(minutes=20)
    window.context.write(
        save_post, planned=moment.date(), time=f"{moment:%H:%M}", subject="나중 글", channels=(1,)
    )
    made.look()
    assert said == ["곧 보낼 게시: 14:23 나중 글"]


def test_never_means_never(window: MainWindow, tray: type[Tray], said: list[str]) -> None:
    reminders(window, 0).look()
    assert (tray.made, said) == ([], [])


def test_the_window_asks_once_a_minute_from_its_start(window: MainWindow) -> None:
    """The program itself keeps the reminders: the app makes them for every window."""
    from civictracker import app

    assert "Reminders" in app._Session._attach.__code__.co_varnames
