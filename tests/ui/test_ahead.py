"""The window's dress, and rooms that are built before they are asked for and laid out at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from civictracker.ui.shell.ahead import ROOMS, Ahead
from civictracker.ui.shell.second_start import BusyDialog
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.widgets.basics import Card


def test_the_window_wears_the_style_sheet_and_the_application_none(window: MainWindow) -> None:
    """An application's style sheet is applied anew for every parent that a part finds while it is built."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert not application.styleSheet()
    assert "QPushButton" in window.styleSheet()


def test_what_has_no_window_is_dressed_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = BusyDialog(tmp_path / "data.db", lambda _path: True)
    qtbot.addWidget(dialog)
    assert "QPushButton" in dialog.styleSheet()


def test_rooms_are_built_one_a_pause_and_read_when_seen(window: MainWindow) -> None:
    is_imported = False
    ahead = Ahead(window, lambda: is_imported)
    ahead.build_next()
    assert set(window._pages) == {"home"}
    is_imported = True
    ahead.build_next()
    assert set(window._pages) == {"home", ROOMS[0]}
    assert window.page(ROOMS[0])._dirty, "nothing is read for a room that nobody has seen"
    while ahead._timer.isActive():
        ahead.build_next()
    assert set(window._pages) == {"home", *ROOMS}
    window.open_page("trend")
    assert not window.page("trend")._dirty


def test_nothing_is_built_while_a_dialog_is_open(window: MainWindow) -> None:
    ahead = Ahead(window, lambda: True)
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    ahead.build_next()
    assert set(window._pages) == {"home"}
    dialog.close()
    ahead.build_next()
    assert set(window._pages) == {"home", ROOMS[0]}


def test_a_closed_window_builds_no_more(window: MainWindow) -> None:
    ahead = Ahead(window, lambda: True)
    window.close()
    ahead.build_next()
    assert set(window._pages) == {"home"}
    assert not ahead._timer.isActive()


@pytest.mark.parametrize("room", ["goals", "inquiries", "home"])
def test_a_room_is_laid_out_in_the_turn_in_which_it_is_filled(window: MainWindow, room: str) -> None:
    """Otherwise it is painted squashed, and once more as it should be."""
    window.open_page("settings")
    window.state.step(-1)
    window.open_page(room)
    QApplication.processEvents()

    def heights() -> list[int]:
        return [card.height() for card in window.page(room).findChildren(Card) if card.isVisible()]

    first = heights()
    for _ in range(4):
        QApplication.processEvents()
    assert first == heights()
    assert min(first) > 50
