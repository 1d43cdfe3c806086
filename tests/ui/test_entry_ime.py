"""Korean composition: however a cell is left in the middle of a syllable, nothing is blanked or lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from civictracker.services.entry import load_grid
from civictracker.ui.models.entry_cells import Col
from civictracker.ui.pages.entry import EntryPage
from civictracker.ui.shell.closing import RefusedDialog
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.widgets.cell_edit import CellEdit

CHANNEL = "카카오톡 채널"


def compose(editor: CellEdit, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> EntryPage:
    window.open_page("entry")
    page = window.current_page
    assert isinstance(page, EntryPage)
    qtbot.waitUntil(page.view.hasFocus)
    return page


def editing(page: EntryPage, column: Col, qtbot: QtBot) -> CellEdit:
    line = next(
        at for at in range(page.model.rowCount())
        if (row := page.model.entry_row(at)) is not None and row.channel.label == CHANNEL
    )  # fmt: skip
    index = page.model.index(line, column)
    page.view.setCurrentIndex(index)
    if column != Col.NOTE:
        page.view.edit(index)
    qtbot.waitUntil(lambda: page.view.open_editor is not None)
    assert page.view.open_editor is not None
    return page.view.open_editor


def note(page: EntryPage) -> str:
    grid = page.state.context.read(load_grid, week=page.state.week)
    return next(row.note for row in grid.rows if row.channel.label == CHANNEL)


def level(page: EntryPage) -> int | None:
    grid = page.state.context.read(load_grid, week=page.state.week)
    reading = next(row for row in grid.rows if row.channel.label == CHANNEL).cells["followers"].this
    return None if reading is None else reading.value


def _click_elsewhere(window: MainWindow, page: EntryPage, qtbot: QtBot) -> None:
    rect = page.view.visualRect(page.model.index(2, Col.LEVEL))
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def _week(window: MainWindow, page: EntryPage, qtbot: QtBot) -> None:
    page.finish_input()
    window.state.step(-1)
    window.state.step(1)


def _key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[..., None]:
    def leave(_window: MainWindow, page: EntryPage, qtbot: QtBot) -> None:
        editor = page.view.open_editor
        qtbot.keyClick(editor, key, modifier)
        if editor.is_composing:  # Enter ended the syllable only: what the input method gives comes now
            compose(editor, "", "한")
            qtbot.keyClick(editor, key, modifier)

    return leave


def _current(column: Col) -> Callable[..., None]:
    def leave(_window: MainWindow, page: EntryPage, _qtbot: QtBot) -> None:
        page.view.setCurrentIndex(page.model.index(4, column))

    return leave


WAYS: dict[str, Callable[..., None]] = {
    "tab": _key(Qt.Key.Key_Tab),
    "backtab": _key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    "enter twice": _key(Qt.Key.Key_Return),
    "click on another cell": _click_elsewhere,
    "another cell becomes current": _current(Col.LEVEL),
    "another note becomes current": _current(Col.NOTE),
    "another page": lambda window, _page, _qtbot: window.open_page("home"),
    "another week": _week,
    "the palette": lambda window, page, _qtbot: (page.finish_input(), window.open_palette()),
    "undo": lambda window, page, _qtbot: (page.finish_input(),),
    "the input is finished": lambda _window, page, _qtbot: page.finish_input(),
    "focus to the banner": lambda _window, page, _qtbot: page.done.setFocus(),
    "focus to navigation": lambda window, _page, _qtbot: window.nav._buttons["home"].setFocus(),
    "a resize": lambda window, page, _qtbot: (window.resize(1100, 700), page.finish_input()),
    "the data is read again": lambda _window, page, _qtbot: (page.finish_input(), page.touch()),
    "close": lambda window, _page, _qtbot: window.close(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_half_composed_note_is_kept(way: str, window: MainWindow, page: EntryPage, qtbot: QtBot) -> None:
    editor = editing(page, Col.NOTE, qtbot)
    compose(editor, "", "발송 ")
    compose(editor, "한")
    WAYS[way](window, page, qtbot)
    QApplication.processEvents()  # Qt queues what Enter does
    assert note(page) == "발송 한"


@pytest.mark.parametrize("way", [way for way in WAYS if way != "enter twice"])
def test_a_figure_is_never_blanked_by_composition(
    way: str, window: MainWindow, page: EntryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RefusedDialog, "exec", lambda _dialog: 0)  # 고치기, when closing asks
    before = level(page)
    editor = editing(page, Col.LEVEL, qtbot)
    editor.setText(str(before))
    compose(editor, "ㅎ")
    WAYS[way](window, page, qtbot)
    QApplication.processEvents()
    assert level(page) == before


def test_enter_while_composing_ends_the_syllable_and_stays(page: EntryPage, qtbot: QtBot) -> None:
    editor = editing(page, Col.NOTE, qtbot)
    compose(editor, "한")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert page.view.state() == QAbstractItemView.State.EditingState


def test_a_note_cell_opens_when_entered_so_composition_starts_in_a_line_edit(
    page: EntryPage, qtbot: QtBot
) -> None:
    editor = editing(page, Col.NOTE, qtbot)
    assert editor.hasFocus()
    assert page.view.state() == QAbstractItemView.State.EditingState


def test_number_columns_keep_type_to_replace(page: EntryPage, qtbot: QtBot) -> None:
    line = page.view.currentIndex().row()
    page.view.setCurrentIndex(page.model.index(line, Col.LEVEL))
    assert page.view.state() != QAbstractItemView.State.EditingState
    qtbot.keyClicks(page.view, "7")
    assert page.view.open_editor.text() == "7"


def test_full_width_digits_from_the_input_method_are_a_number(page: EntryPage, qtbot: QtBot) -> None:
    editor = editing(page, Col.LEVEL, qtbot)
    editor.clear()
    compose(editor, "", "１３１，５００")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert level(page) == 131_500


def test_the_palette_searches_while_a_syllable_is_composed(window: MainWindow) -> None:
    window.open_palette()
    edit = window.palette_box.edit
    QApplication.sendEvent(edit, QInputMethodEvent("추", []))
    assert edit.text() == ""
    assert window.palette_box.list.item(0).text().startswith("추이")
    assert edit.whole_text == "추"


def test_initials_find_a_room(window: MainWindow) -> None:
    window.open_palette()
    window.palette_box.edit.setText("ㅈㄱㅇㄹ")
    assert window.palette_box.list.item(0).text().startswith("주간 입력")


def test_a_week_by_name_is_offered_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.open_palette()
    window.palette_box.edit.setText("10월 2주")
    assert "10. 5. ~ 10. 11." in window.palette_box.list.item(0).text()
    qtbot.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.state.week.code == "2026-W41"
