"""What every room has: a heading, and a promise to look again when its data changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civictracker.errors import UserError
from civictracker.services.changes import Changes, Topic
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ElidedLabel, Segments, column, label

if TYPE_CHECKING:
    from civictracker.ui.state import State


class Page(QWidget):
    """A room. ``topics`` are the changes that it shows; while hidden it only notes them."""

    id: ClassVar[str] = ""
    name: ClassVar[str] = ""
    hint: ClassVar[str] = "Ctrl+K 명령 찾기"
    topics: ClassVar[frozenset[Topic]] = frozenset(Topic)
    shows_week: ClassVar[bool] = True

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state
        self.setProperty("class", "page")
        self.setObjectName(f"page-{self.id}")
        self.setAccessibleName(self.name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._dirty = True
        self.last_refusal = ""
        self.outer = QVBoxLayout(self)
        edge = theme.px(t.S6)
        self.outer.setContentsMargins(edge, theme.px(t.S5), edge, theme.px(t.S5))
        self.outer.setSpacing(theme.px(t.S3))
        self.title = label(self.name, "title")
        self.subtitle = ElidedLabel("", "subtle")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.px(t.S2))
        head = QHBoxLayout()
        head.addLayout(column(self.title, self.subtitle, spacing=2), 1)
        head.addLayout(self.tools)
        self.outer.addLayout(head)
        state.data_changed.connect(self._on_state_data_changed)
        state.settings_changed.connect(self.touch)
        theme.changed.connect(self.touch)
        if self.shows_week:
            state.week_changed.connect(self.touch)

    def add_tabs(self, tabs: Sequence[tuple[str, str]]) -> None:
        """Show the rooms that share this one's place in the navigation, above the heading."""
        if tabs:
            made = Segments(tabs, self.id, "화면")
            made.chosen.connect(self.state.open_page)
            made.chosen.connect(lambda _room: made.set_value(self.id))  # for when one comes back
            self.outer.insertWidget(0, made)

    def reload(self) -> None:
        """Read the data and show it."""
        raise NotImplementedError

    def show_detail(self, detail: object) -> None:
        """Bring what another room asked for into view."""

    def finish_input(self) -> str:
        """Take what is half typed before the page is left, saved or closed; why it was refused, or ``""``."""
        self.last_refusal = ""
        self.take_input()
        return self.last_refusal

    def take_input(self) -> None:
        """What a room does to take what is half typed."""

    def resume_input(self) -> None:
        """Go back to what was refused."""

    def focus_first(self) -> None:
        """Where the keyboard is when the room opens; Tab goes on to its first control."""
        self.setFocus()

    def touch(self) -> None:
        """The data may have changed: show it now, or when next seen."""
        self._dirty = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        if self._dirty:
            self.reload()
            self._dirty = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Arrange for the width that there is: 1280 × 720 is an office's screen at 150 %."""

    def shortcut(self, keys: str, act: Callable[[], object]) -> None:
        """A key that works while the keyboard is anywhere in this room."""
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run what may be refused; a refusal is shown as a sentence."""
        try:
            action()
        except UserError as error:
            self.last_refusal = error.text
            self.state.say(error.text)
            return False
        return True

    def _on_state_data_changed(self, changes: Changes) -> None:
        if changes.topics & self.topics:
            self.touch()
