"""A day is typed as people type it, and is that day."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civictracker.ui.widgets.basics import DateEdit
from civictracker.ui.widgets.forms import date_edit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when a bare window is shown


@pytest.mark.parametrize("with_weekday", [True, False])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20260331", QDate(2026, 3, 31)), ("2026.3.31", QDate(2026, 3, 31)), ("2026. 3. 31", QDate(2026, 3, 31)),
        ("2026-03-31", QDate(2026, 3, 31)), ("2026331", QDate(2026, 3, 31)), ("2026. 1. 5", QDate(2026, 1, 5)),
        ("20261105", QDate(2026, 11, 5)), ("2026/11/30", QDate(2026, 11, 30)), ("20260115", QDate(2026, 1, 15)),
    ],
)  # fmt: skip
def test_a_day_can_be_typed_in_every_usual_way(
    qtbot: QtBot, typed: str, day: QDate, with_weekday: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    edit, other = date_edit("날짜") if with_weekday else DateEdit("날짜"), QLineEdit()
    edit.setDate(QDate(2022, 2, 11))
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(edit)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.setFocus()
    edit.setSelectedSection(edit.Section.YearSection)
    QTest.keyClicks(edit, typed)
    assert edit.date() == day
    other.setFocus()
    assert edit.text().startswith(f"{day.year()}. {day.month()}. {day.day()}."), "as offices write it"
