"""양주시's Fridays by keyboard alone: a series made, one skipped, one moved, one sent; and what can go wrong."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from civictracker.domain.posting import Counts, Status
from civictracker.services.calendar import PostView, list_posts
from civictracker.services.channels import save_channel
from civictracker.services.opening import open_data
from civictracker.services.settings import save_office
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when a dialog is shown

RESULT = Counts(1204, 1290, cost_won=19_866)  # 15 won each and the tax
K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Keys:
    """A person without a mouse, at the window of an office on the day its channel opens."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.now = datetime.fromisoformat("2022-02-11T14:00:00+09:00")
        self.opened = open_data(path, lambda: self.now, actor="김주무")
        self.context = self.opened.context
        self.context.write(save_office, name="양주시", department="홍보과")
        self.channels = [
            self.context.write(save_channel, platform=platform, name=name).created
            for platform, name in (("kakao", "카카오톡 채널"), ("naver_blog", "공식 블로그"))
        ]
        self.window = MainWindow()
        qtbot.addWidget(
            self.window, before_close_func=lambda shown: setattr(shown, "asks_before_closing", False)
        )
        self.window.attach(State(self.opened, sample=False))
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.window.open_page("posts")
        assert isinstance(self.window.current_page, CalendarPage)
        self.page = self.window.current_page
        QApplication.processEvents()
        self.failed: list[str] = []

    def close(self) -> None:
        self.window.asks_before_closing = False
        self.window.close()
        self.opened.close(keep_backup=False)

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def dialog(self) -> QWidget:
        found = QApplication.activeModalWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused, key, modifier)
        QApplication.processEvents()

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if self.focused.accessibleName() == name:
                return
            self.press(K.Key_Tab)
        raise AssertionError(f"no way to {name} by Tab")

    def write(self, text: str) -> None:
        """Latin by keys, Korean as an input method commits it."""
        if text.isascii():
            QTest.keyClicks(self.focused, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focused, event)
        QApplication.processEvents()

    def during(self, act: Callable[[], object], dialog: Callable[[], object]) -> None:
        """``dialog`` is done in the dialog that ``act`` opens and waits for."""

        def inside() -> None:
            try:
                self.dialog.activateWindow()
                QApplication.processEvents()
                dialog()
            except Exception:  # raised in the dialog's own loop it would be lost: it fails the test below
                self.failed.append(traceback.format_exc())
            while (left := QApplication.activeModalWidget()) is not None and left is not before:
                left.close()

        before = QApplication.activeModalWidget()
        QTimer.singleShot(0, inside)
        act()
        assert not self.failed, self.failed[0]
        (before or self.window).activateWindow()
        QApplication.processEvents()

    def refusal(self) -> str:
        return " ".join(each.text() for each in self.dialog.banner.findChildren(QLabel))  # type: ignore[attr-defined]

    @property
    def february(self) -> list[PostView]:
        assert self.page.schedule is not None
        return [post for post in self.page.schedule.posts if post.day.month == 2]

    def days(self) -> list[int]:
        return [post.day.day for post in self.february if post.status is not Status.SKIPPED]

    def stand_on(self, day: date) -> None:
        """The grid, by arrows, on the first post of ``day``."""
        self.page.grid.setFocus()
        while self.page.grid.selected is not None:
            self.press(K.Key_Up)
        while self.page.grid.cursor_day != day:
            self.press(K.Key_Right if self.page.grid.cursor_day < day else K.Key_Left)
        self.press(K.Key_Down)

    def make_fridays(self) -> None:
        self.write("금요 카드뉴스")
        self.press(K.Key_Tab)
        self.write("금요 카드뉴스 {주}")
        self.press(K.Key_S, CTRL)
        assert "보낼 채널을 골라 주세요." in self.refusal()
        self.tab_to("채널: 카카오톡")
        self.press(K.Key_Space)
        self.tab_to("끝")
        self.press(K.Key_Down)
        self.tab_to("끝나는 날")
        self.write("20220101")
        self.press(K.Key_S, CTRL)
        assert "끝나는 날이 시작하는 날보다 앞섭니다." in self.refusal()
        self.tab_to("끝")
        self.press(K.Key_Up)
        self.press(K.Key_S, CTRL)


@pytest.fixture
def keys(qtbot: QtBot, _themed: None, data: Path) -> Iterator[Keys]:
    made = Keys(qtbot, data)
    yield made
    made.close()


@pytest.fixture
def fridays(keys: Keys) -> Keys:
    def in_the_list() -> None:
        keys.tab_to("새 반복 일정")
        keys.during(lambda: keys.press(K.Key_Space), keys.make_fridays)
        keys.dialog.close()

    keys.page.series_button.setFocus()
    keys.during(lambda: keys.press(K.Key_Space), in_the_list)
    assert keys.days() == [11, 18, 25]
    return keys


def test_one_is_skipped_one_moved_one_sent_and_all_taken_back(fridays: Keys) -> None:
    keys = fridays
    keys.stand_on(date(2022, 2, 18))
    keys.press(K.Key_Delete)
    assert keys.days() == [11, 25]
    keys.stand_on(date(2022, 2, 25))
    keys.press(K.Key_Left, CTRL)
    keys.press(K.Key_Left, CTRL)
    assert keys.days() == [11, 23]
    keys.window.undo()  # in the middle: the last move alone
    assert keys.days() == [11, 24]
    keys.stand_on(date(2022, 2, 11))

    def result() -> None:
        keys.write("1204")
        keys.press(K.Key_Tab)
        keys.write("1290")
        keys.press(K.Key_S, CTRL)

    keys.during(lambda: keys.press(K.Key_R, CTRL), result)
    first = keys.february[0]
    assert (first.counts, first.status) == (RESULT, Status.DONE)
    keys.stand_on(date(2022, 2, 11))
    keys.press(K.Key_Delete)  # what was sent stays sent
    keys.press(K.Key_Left, CTRL)
    assert keys.february[0] == first
    for _ in range(4):
        keys.window.undo()
    assert keys.days() == []
    for _ in range(4):
        keys.window.redo()
    assert (keys.days(), keys.february[0].counts) == ([11, 24], RESULT)


def test_the_31st_is_left_out_where_there_is_none(keys: Keys) -> None:
    """As calendars agree; the form says so while it is filled in."""

    def form() -> None:
        keys.write("월말 소식")
        keys.tab_to("시작하는 날")
        keys.write("20220331")
        keys.tab_to("반복: 매주")
        keys.press(K.Key_Right)
        keys.tab_to("채널: 공식 블로그")
        keys.press(K.Key_Space)
        told = " ".join(each.text() for each in keys.dialog.findChildren(QLabel))
        assert "매월 31일 15:00" in told
        assert "그 날짜가 없는 달은 건너뜁니다." in told
        keys.press(K.Key_S, CTRL)

    def in_the_list() -> None:
        keys.during(lambda: keys.press(K.Key_Space), form)
        keys.dialog.close()

    keys.page.series_button.setFocus()
    keys.during(lambda: keys.press(K.Key_Space), in_the_list)
    found = keys.context.read(list_posts, start=date(2022, 3, 1), end=date(2022, 6, 30))
    assert [post.day for post in found] == [date(2022, 3, 31), date(2022, 5, 31)]


def test_the_calendar_opens_on_today_and_a_turned_month_on_its_first_day(keys: Keys) -> None:
    """A new post goes where the cursor stands."""
    assert keys.page.day_in_view == date(2022, 2, 11)
    keys.page.grid.setFocus()
    keys.press(K.Key_PageDown)
    keys.press(K.Key_PageDown)
    assert keys.page.day_in_view == date(2022, 4, 1)
