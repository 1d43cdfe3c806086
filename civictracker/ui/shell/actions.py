"""The window's own commands, with the keys that reach them from every room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from civictracker.ui.shell.rooms import NAVIGATION, ROOMS

if TYPE_CHECKING:
    from civictracker.ui.pages.base import Page
    from civictracker.ui.shell.window import MainWindow
    from civictracker.ui.state import State

_BY_KEY = Qt.FocusReason.TabFocusReason


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
    add("go.next_part", "다음 구역으로", partial(go_round, window, 1), "F6")
    add("go.previous_part", "앞 구역으로", partial(go_round, window, -1), "Shift+F6")
    add("week.previous", "지난주로", partial(state.step, -1), "Alt+Left")
    add("week.next", "다음 주로", partial(state.step, 1), "Alt+Right")
    add("week.now", "이번 주로", lambda: state.go_to(state.this_week), "Alt+Home")
    for number, room in enumerate(NAVIGATION, 1):
        add(f"go.{room.id}", room.name, partial(window.open_page, room.id), f"Ctrl+{number}")
    for room in ROOMS:
        if room.group:
            add(f"go.{room.id}", room.name, partial(window.open_page, room.id))


def go_round(window: MainWindow, step: int) -> None:
    """F6 as in Windows' own programs: content, the room's buttons, navigation, the bar above."""
    page = window.current_page
    if page is None:
        return
    page.finish_input()
    items = (page.tools.itemAt(at) for at in range(page.tools.count()))
    buttons = (item.widget() for item in items if item is not None)
    first = next((each for each in buttons if each is not None and each.isVisible()), None)
    parts: list[tuple[Callable[[QWidget], bool], Callable[[], object]]] = [
        (page.isAncestorOf, page.focus_first),
        (lambda widget: first is not None and widget.parentWidget() is page and _is_tool(page, widget),
         lambda: first.setFocus(_BY_KEY) if first is not None else page.focus_first()),
        (window.nav.isAncestorOf, window.nav.focus_current),
        (window.topbar.isAncestorOf, lambda: window.topbar.previous.setFocus(_BY_KEY)),
    ]  # fmt: skip
    here = QApplication.focusWidget()
    at = next((at for at in (1, 2, 3, 0) if here is not None and parts[at][0](here)), 0)
    parts[(at + step) % len(parts)][1]()


def _is_tool(page: Page, widget: QWidget) -> bool:
    return page.tools.indexOf(widget) >= 0
