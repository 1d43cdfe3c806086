"""The frame: rooms, weeks, undo, looks, samples and first starts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from civictracker.services.jobs import Jobs
from civictracker.services.settings import load_office
from civictracker.ui.shell.jobs import JobPanel, JobRunner
from civictracker.ui.shell.rooms import ROOMS
from civictracker.ui.shell.welcome import WelcomeDialog
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.theme import theme
from civictracker.ui.tokens import COLOURS, ThemeName


def texts(widget: object) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))  # type: ignore[attr-defined]


def test_the_window_opens_on_this_week_with_what_must_be_done(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current_page
    assert page is not None
    qtbot.waitUntil(lambda: page.title.text() == "이번 주 할 일 8건")
    shown = texts(page)
    assert "유튜브 라이브관악 · 인스타그램 · 당근 공공프로필 미입력" in shown
    assert "낙성대동 행정복지센터 470명" in shown
    assert "해피매거진 제359호" in shown


def test_every_item_is_one_click_from_its_cure(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current_page
    cure = next(b for b in page.findChildren(QAbstractButton) if b.text() == "고치기")
    qtbot.mouseClick(cure, Qt.MouseButton.LeftButton)
    entry = window.current_page
    assert entry.id == "entry"
    row = entry.model.entry_row(entry.view.currentIndex().row())
    assert row.channel.label == "낙성대동 행정복지센터"


@pytest.mark.parametrize("room", [room.id for room in ROOMS])
def test_each_room_opens_shows_another_week_and_keeps_names_on_its_controls(
    room: str, window: MainWindow
) -> None:
    window.open_page(room)
    page = window.current_page
    assert page.id == room
    window.state.step(-3)
    QApplication.processEvents()
    window.state.step(3)
    nameless = [
        each
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for each in page.findChildren(kind)
        if each.isVisibleTo(page) and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (each.accessibleName() or getattr(each, "text", str)())
        and not each.objectName().startswith("qt_")
    ]  # fmt: skip
    assert nameless == []


@pytest.mark.parametrize("room", [room.id for room in ROOMS])
def test_each_room_is_sensible_without_any_data(room: str, empty_window: MainWindow) -> None:
    empty_window.open_page(room)
    QApplication.processEvents()
    assert empty_window.current_page.isVisible()


def test_rooms_by_ctrl_number_and_weeks_by_alt_arrows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page.id == "entry"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.topbar.week_name.text() == "2026년 11월 2주"
    assert window.topbar.today.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert window.topbar.week_name.text() == "2026년 11월 3주"


@pytest.mark.parametrize("name", list(ThemeName))
def test_themes_switch_live_in_every_room(name: ThemeName, window: MainWindow) -> None:
    for room in ROOMS:
        window.open_page(room.id)
    theme.apply(name)
    QApplication.processEvents()
    colours = COLOURS[name]
    shot = window.grab().toImage()
    assert shot.pixelColor(5, window.height() // 2).name() == colours.surface
    theme.apply(ThemeName.LIGHT)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", list(ThemeName))
def test_text_has_a_contrast_of_4_5_and_lines_of_3(name: ThemeName) -> None:
    c = COLOURS[name]
    pairs = [
        (c.text, c.surface), (c.text, c.window), (c.text_subtle, c.surface), (c.text_faint, c.surface),
        (c.text_faint, c.window), (c.text_faint, c.surface_alt), (c.primary_text, c.primary_tint),
        (c.primary_text, c.surface), (c.danger_text, c.surface), (c.danger_text, c.danger_tint),
        (c.warning_text, c.warning_tint), (c.success_text, c.success_tint), (c.info_text, c.info_tint),
        (c.neutral_text, c.neutral_tint), (c.on_primary, c.primary), (c.tooltip_text, c.tooltip),
    ]  # fmt: skip
    assert [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5] == []
    graphics = [(each, c.surface) for each in c.series] + [(c.border_strong, c.surface), (c.focus, c.surface)]
    assert [(a, b, round(contrast(a, b), 2)) for a, b in graphics if contrast(a, b) < 3.0] == []


def drop(window: MainWindow, widget: QWidget, data: QMimeData) -> bool:
    """What the system sends when files are dragged over ``widget`` and let go; was it taken?"""
    at = widget.mapTo(window, widget.rect().center())
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QDragEnterEvent(at, *keys))
    QApplication.sendEvent(handle, QDragMoveEvent(at, *keys))
    event = QDropEvent(QPointF(at), *keys)
    QApplication.sendEvent(handle, event)
    return event.isAccepted()


@pytest.mark.parametrize("room", [room.id for room in ROOMS])
def test_files_dropped_on_anything_in_any_room_go_to_import(
    room: str, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "주간.csv"
    file.write_text("날짜,채널,친구 수\n2026-11-20,페이스북,9900\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.open_page(room)
    QApplication.processEvents()
    page = window.current_page
    taken: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(window._drops, "_take", taken.append)
        under = [page, window.topbar, window.nav, window.footer]
        under += [each for each in page.findChildren(QWidget) if each.isVisible() and each.acceptDrops()]
        texts_before = [each.text() for each in page.findChildren(QLineEdit)]
        assert all(drop(window, each, data) for each in under)
        assert taken == [[file]] * len(under)
        assert [each.text() for each in page.findChildren(QLineEdit)] == texts_before
    assert drop(window, page, data)
    qtbot.waitUntil(
        lambda: window.current_page.id == "import" and window.current_page.plan is not None, timeout=20_000
    )
    assert window.current_page.title.text() == "주간.csv"


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.xlsx")])
    assert not drop(window, window.topbar, data)


def test_nothing_to_undo_is_said(window: MainWindow) -> None:
    window.undo()
    assert "되돌릴 것이 없습니다" in window.toast.accessibleName()


def test_first_start_needs_only_a_name(
    qtbot: QtBot, empty_window: MainWindow, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    dialog = WelcomeDialog(empty_window, tmp_path / "new.db", clock)
    qtbot.addWidget(dialog)
    dialog._start_fresh()
    assert dialog.error.isVisibleTo(dialog)
    dialog.office.setText("양주시청")
    dialog._start_fresh()
    assert dialog.result() == 1
    dialog.save_into(empty_window.state)
    assert empty_window.state.context.read(load_office).name == "양주시청"
    assert empty_window.current_page.id == "channels"


def test_a_look_around_makes_a_file_of_its_own(
    qtbot: QtBot, empty_window: MainWindow, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    dialog = WelcomeDialog(empty_window, tmp_path / "new.db", clock)
    qtbot.addWidget(dialog)
    dialog.sample_office.setCurrentText("양주시")
    dialog._start_sample()
    assert dialog.is_sample
    assert dialog.chosen_file is not None
    assert dialog.chosen_file.exists()
    assert not (tmp_path / "new.db").exists()


def test_a_window_that_is_gone_is_told_of_no_jobs(qtbot: QtBot) -> None:
    area = QWidget()
    panel = JobPanel(area)
    runner = JobRunner(Jobs(), panel)
    held = threading.Event()
    runner.start("기다리기", lambda _token: held.wait(5), lambda _done: None, lambda _error: None)
    with qtbot.waitSignal(panel.destroyed):
        area.deleteLater()
    held.set()
    qtbot.wait(300)  # its timer would have come by several times
    assert not runner._timer.isActive()
