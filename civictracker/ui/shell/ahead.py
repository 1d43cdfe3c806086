"""Rooms are built before they are asked for, one at a time, while nobody does anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow

ROOMS = ("trend", "compare", "goals", "press")  # drawn by code that a first visit would wait for
PAUSE_MS = 700


class Ahead(QObject):
    """Builds a room a pause (20 to 30 ms each); a room is read and filled only when it is seen.

    ``may_begin`` says whether what the rooms import has been imported beside the window.
    """

    def __init__(self, window: MainWindow, may_begin: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._may_begin = window, may_begin
        self._waiting = list(ROOMS)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.build_next)
        self._timer.start(PAUSE_MS)

    def build_next(self) -> None:
        """Build the next room, unless a person is choosing, typing in a dialog or holding a button."""
        if not self._window.isVisible():  # closed, and another window has the data
            self._timer.stop()
            return
        is_busy = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if is_busy or QApplication.mouseButtons() or not self._may_begin():
            return
        if self._waiting:
            self._window.page(self._waiting.pop(0))
        if not self._waiting:
            self._timer.stop()
