"""A notice before a send: from the tray where there is one, else in the window. Each post is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from civictracker.services.calendar import PostKey, PostView
from civictracker.services.due import reminder
from civictracker.ui.icons import app_icon

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow
    from civictracker.ui.state import State

EVERY_MS = 60_000


class Reminders(QObject):
    """Looks once a minute; the lead time is the office's choice (0: never)."""

    def __init__(self, window: MainWindow, state: State) -> None:
        super().__init__(window)
        self._window, self._state = window, state
        self._told: set[tuple[PostKey, str]] = set()
        self._last: PostView | None = None
        self.tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)
        QTimer.singleShot(3_000, self, self.look)

    def look(self) -> None:
        minutes = self._state.settings.remind_minutes
        if not minutes:
            return
        for post in self._state.context.read(reminder, now=self._state.context.now, minutes=minutes):
            mark = (post.key, f"{post.day} {post.time}")
            if mark not in self._told:
                self._told.add(mark)
                self._tell(post)

    def _tell(self, post: PostView) -> None:
        self._last = post
        text = f"{post.time} {post.subject}"
        if post.warnings:
            text += f" · {post.warnings[0].text}"
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            self._state.say(f"곧 보낼 게시: {text}")
            return
        if self.tray is None:
            self.tray = QSystemTrayIcon(app_icon(), self)
            self.tray.messageClicked.connect(self._on_tray_message_clicked)
        self.tray.show()
        self.tray.showMessage("곧 보낼 게시", text)

    def _on_tray_message_clicked(self) -> None:
        self._window.raise_window()
        if self._last is not None:
            self._window.open_page("posts", self._last.key)
