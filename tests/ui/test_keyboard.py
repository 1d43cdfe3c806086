"""Everything by the keyboard alone: each room is walked by Tab, and where one is can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from civictracker.ui.charts.trend_chart import TrendChart
from civictracker.ui.pages.base import Page
from civictracker.ui.shell.rooms import ROOMS
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.widgets.entry_view import EntryView
from civictracker.ui.widgets.paper_view import PaperView

STEPS = 90  # more than any room has controls


def walked(window: MainWindow, qtbot: QtBot) -> list[QWidget]:
    """The controls that Tab reaches from where the room begins."""
    seen: list[QWidget] = []
    for _ in range(STEPS):
        here = QApplication.focusWidget()
        assert here is not None
        if here not in seen:
            seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    return seen


def look(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize("room", [room.id for room in ROOMS if room.id != "entry"])
def test_tab_reaches_every_control_of_a_room_and_of_the_frame(
    room: str, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    window.activateWindow()
    window.open_page(room)
    QApplication.processEvents()
    page = window.current_page
    assert page is not None
    reached = walked(window, qtbot)
    wanted = [
        each
        for kind in (QAbstractButton, QLineEdit, QTableView, PaperView, TrendChart)
        for each in page.findChildren(kind)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not each.objectName().startswith("qt_") and not (isinstance(each, QAbstractButton) and _grouped(each))
    ]  # fmt: skip
    assert [each.accessibleName() for each in wanted if each not in reached] == []
    assert any(window.nav.isAncestorOf(each) for each in reached)
    assert any(window.topbar.isAncestorOf(each) for each in reached)


def _grouped(button: QAbstractButton) -> bool:
    """Of an exclusive group Tab reaches the chosen one; arrows go to the others."""
    return button.group() is not None and not button.isChecked()


@pytest.mark.parametrize("room", [room.id for room in ROOMS])
def test_where_the_keyboard_is_can_be_seen(room: str, window: MainWindow) -> None:
    window.activateWindow()
    window.open_page(room)
    for _ in range(4):  # 이번 주 reads its warnings after it is painted
        QApplication.processEvents()
    page = window.current_page
    assert page is not None
    blind = []
    for kind in (QAbstractButton, QLineEdit, QTableView, PaperView, TrendChart):
        for each in page.findChildren(kind):
            if not each.isVisible() or not each.isEnabled() or isinstance(each, EntryView):
                continue
            if not each.focusPolicy() & Qt.FocusPolicy.TabFocus or each.objectName().startswith("qt_"):
                continue
            page.setFocus()
            QApplication.processEvents()
            before = look(each)
            each.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if each.hasFocus() and look(each) == before:
                blind.append(each.accessibleName())
    assert blind == []


def test_f6_goes_round_the_parts_of_the_window_also_out_of_the_grid(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.open_page("entry")
    page = window.current_page
    assert isinstance(page, Page)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), EntryView))

    def press(keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget | None:
        qtbot.keyClick(window, Qt.Key.Key_F6, keys)
        return QApplication.focusWidget()

    tool, nav, bar, back = press(), press(), press(), press()
    assert tool is not None
    assert tool.accessibleName() == "엑셀 가져오기"
    assert nav is not None
    assert window.nav.isAncestorOf(nav)
    assert bar is not None
    assert window.topbar.isAncestorOf(bar)
    assert isinstance(back, EntryView)
    assert press(Qt.KeyboardModifier.ShiftModifier) is bar


def test_the_approval_boxes_come_where_they_stand(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.open_page("report")
    QApplication.processEvents()
    names = [each.accessibleName() for each in walked(window, qtbot)]
    at = names.index("결재란 1째 칸")
    assert at < names.index("보고서 미리보기")
    assert names[at : at + 6] == [
        "결재란 1째 칸", "결재란 2째 칸", "결재란 3째 칸", "칸 줄이기", "칸 늘리기", "전결",
    ]  # fmt: skip
