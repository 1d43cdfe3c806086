"""The window's own commands, with the keys that reach them from every room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from civictracker.ui.shell.rooms import ROOMS

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow
    from civictracker.ui.state import State


def add_actions(window: MainWindow, state: State) -> None:
    """Every action has an id ``area.verb``; those of ``go.`` are rooms."""

    def add(name: str, text: str, act: Callable[[], object], *keys: str) -> None:
        action = QAction(text, window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: act())
        window.addAction(action)

    add("edit.undo", "되돌리기", window.undo, "Ctrl+Z")
    add("edit.redo", "다시 하기", window.redo, "Ctrl+Y", "Ctrl+Shift+Z")
    add("go.find", "명령 찾기", window.open_palette, "Ctrl+K")
    add("week.previous", "지난주로", partial(state.step, -1), "Alt+Left")
    add("week.next", "다음 주로", partial(state.step, 1), "Alt+Right")
    add("week.now", "이번 주로", lambda: state.go_to(state.this_week), "Alt+Home")
    for number, room in enumerate(ROOMS, 1):
        add(f"go.{room.id}", room.name, partial(window.open_page, room.id), f"Ctrl+{number}")
