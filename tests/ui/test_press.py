"""보도자료: a pasted text, its passages marked, each result one press from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from civictracker.ui.pages.press import PressPage
from civictracker.ui.shell.window import MainWindow

PRESS = Path(__file__).parents[1] / "data" / "press"


@pytest.fixture
def page(window: MainWindow) -> PressPage:
    window.open_page("press")
    page = window.current_page
    assert isinstance(page, PressPage)
    return page


def underlined(page: PressPage, line: QTextCharFormat.UnderlineStyle) -> set[str]:
    return {
        each.cursor.selectedText()
        for each in page.text.extraSelections()
        if each.format.underlineStyle() == line
    }


def test_what_differs_is_marked_in_the_text_and_told_first(page: PressPage) -> None:
    page.show_text((PRESS / "suwon-2017.txt").read_text(encoding="utf-8"))
    assert underlined(page, QTextCharFormat.UnderlineStyle.WaveUnderline) == {"60.76%", "35.4배"}
    assert [row.claim.quote for row in page.rows[:2]] == ["60.76%", "35.4배"]
    assert page.subtitle.text().startswith("맞음")


def test_typing_is_checked_after_a_moment(page: PressPage, qtbot: QtBot) -> None:
    page.text.insertPlainText("구독자가 8,120명에서 1만2,180명으로 60% 증가했다.")
    qtbot.waitUntil(lambda: bool(page.claims))
    assert page.rows[0].claim.quote == "60%"


def test_pressing_a_result_shows_its_passage_and_what_it_was_held_against(
    page: PressPage, qtbot: QtBot
) -> None:
    page.show_text("🙂 구독자가 8,120명에서 1만2,180명으로 60% 증가했다.")
    qtbot.mouseClick(page.rows[0].go, Qt.MouseButton.LeftButton)
    line = QTextCharFormat.UnderlineStyle.NoUnderline
    assert underlined(page, line) == {"60%", "8,120명", "1만2,180명"}


def test_the_cursor_in_the_text_finds_the_result(page: PressPage) -> None:
    page.show_text("구독자가 8,120명에서 1만2,180명으로 60% 증가했다.")
    cursor = page.text.textCursor()
    cursor.setPosition(page.text.toPlainText().index("60%") + 1)
    page.text.setTextCursor(cursor)
    assert [row.claim.quote for row in page.rows if "chosen" in row.property("class")] == ["60%"]


def test_only_what_is_asked_for_is_listed(page: PressPage) -> None:
    page.show_text("친구는 1만 명에서 1만 5,000명으로 50% 늘었다. 열람률은 110%다.")
    page.filter.set_value("WRONG")
    page.filter.chosen.emit("WRONG")
    assert page.rows == []


def test_the_rooms_of_a_group_are_tabs_of_each_other(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("trend")
    tab = next(
        each
        for each in window.current_page.findChildren(QPushButton)
        if each.accessibleName() == "화면: 보도자료"
    )
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert window.current_page.id == "press"
    assert window.nav._buttons["trend"].isChecked()
    window.open_page("trend")
    assert not tab.isChecked()
