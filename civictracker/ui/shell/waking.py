"""An office's computer sleeps over night with the window open: the next morning is another day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow
    from civictracker.ui.state import State

EVERY_MS = 20_000
SLEPT = timedelta(minutes=2)  # a timer that comes this late was asleep


class DayKeeper(QObject):
    """After a sleep the backups catch up; on another day whatever says 오늘 or 이번 주 is drawn again."""

    def __init__(self, window: MainWindow, state: State) -> None:
        super().__init__(window)
        self._window, self._state = window, state
        self._day, self._week, self._seen = state.today, state.this_week, state.context.now
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        now = self._state.context.now
        slept = now - self._seen > SLEPT
        self._seen = now
        if slept and self._window.keeper is not None:
            self._window.keeper.tick()
        if self._state.today != self._day:
            self._begin_day()

    def _begin_day(self) -> None:
        state = self._state
        self._window.finish_input()
        before, self._day, self._week = self._week, state.today, state.this_week
        state.settings_changed.emit()
        if self._week != before and state.week == before:
            state.say("새로운 주가 되었습니다. 위의 ‘이번 주로’를 누르면 옮겨 갑니다.")
