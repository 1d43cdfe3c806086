"""A long list of rows is made in pieces, whole in the end, and gives way to the next one."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from civictracker.ui.widgets.row_panel import RowPanel


def slow_rows(name: str, count: int, made: list[str]) -> Iterator[QWidget]:
    for number in range(count):
        time.sleep(0.002)
        made.append(f"{name}{number}")
        yield QLabel(made[-1])


def texts(panel: RowPanel) -> list[str]:
    return [each.text() for each in panel.widget().findChildren(QLabel) if each.text()]


def test_rows_come_a_few_at_a_time_and_in_order(qtbot: QtBot) -> None:
    panel, made = RowPanel(), list[str]()
    qtbot.addWidget(panel)
    panel.show_rows(slow_rows("가", 60, made))
    assert 0 < len(made) < 20
    qtbot.waitUntil(lambda: len(made) == 60, timeout=10_000)
    assert texts(panel) == [f"가{number}" for number in range(60)]


def test_what_is_shown_next_takes_the_place_of_what_was_still_coming(qtbot: QtBot) -> None:
    panel, made = RowPanel(), list[str]()
    qtbot.addWidget(panel)
    panel.show_rows(slow_rows("가", 60, made))
    panel.show_rows(slow_rows("나", 30, made))
    panel.finish()
    qtbot.wait(50)
    assert texts(panel) == [f"나{number}" for number in range(30)]
    assert made[-1] == "나29"
