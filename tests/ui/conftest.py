"""A real window on the sample of 관악구, offscreen, with nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from civictracker.services.opening import open_data
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName


@pytest.fixture(autouse=True)
def _light(qapp: object) -> Iterator[None]:
    """Every test starts from the light theme at 100 %, and leaves the clipboard empty."""
    if theme.name is not ThemeName.LIGHT or theme.scale != 1.0 or not QGuiApplication.font().family():
        theme.apply(ThemeName.LIGHT)
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def _themed(qapp: object) -> None:
    theme.apply(ThemeName.LIGHT)


@pytest.fixture
def window(
    qtbot: QtBot, _themed: None, sample_data: Path, clock: Callable[[], datetime]
) -> Iterator[MainWindow]:
    """The window on the sample, at 이번 주."""
    yield from _window(qtbot, sample_data, clock)


@pytest.fixture
def empty_window(
    qtbot: QtBot, _themed: None, data: Path, clock: Callable[[], datetime]
) -> Iterator[MainWindow]:
    """The window on a data file without anything in it."""
    yield from _window(qtbot, data, clock)


def _unasked(window: MainWindow) -> None:
    """The end of a test waits for nobody's answer about what is half typed."""
    window.asks_before_closing = False


def _window(qtbot: QtBot, path: Path, clock: Callable[[], datetime]) -> Iterator[MainWindow]:
    opened = open_data(path, clock, actor="김주무")
    made = MainWindow()
    qtbot.addWidget(made, before_close_func=_unasked)
    made.attach(State(opened, sample=False))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    opened.close(keep_backup=False)
