"""The navigation on the left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from civictracker.ui import tokens as t
from civictracker.ui.icons import set_icon
from civictracker.ui.shell.rooms import NAVIGATION, Room, room_of
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, label, line


class Navigation(QFrame):
    """One button a room, with a count where something waits."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setFixedWidth(theme.px(184))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(t.S2),) * 4)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        for at, room in enumerate(NAVIGATION, 1):
            if room.gap:
                layout.addSpacing(theme.px(t.S1))
                layout.addWidget(line())
                layout.addSpacing(theme.px(t.S1))
            layout.addWidget(self._button(room, at))
        layout.addStretch(1)

    def _button(self, room: Room, number: int) -> QPushButton:
        made = button(room.name, kind="nav", tip=f"{room.name} (Ctrl+{number})")
        made.setText(f"  {room.name}")
        made.setAccessibleName(room.name)
        made.setCheckable(True)
        set_icon(made, room.icon, "text_subtle", 18)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(room.id))
        self._group.addButton(made)
        self._buttons[room.id] = made
        return made

    def set_current(self, page: str) -> None:
        room = room_of(page).group or page
        for key, made in self._buttons.items():
            is_current = key == room
            made.setChecked(is_current)
            icon = room_of(key).icon
            set_icon(made, icon, "primary_text" if is_current else "text_subtle", 18)

    def focus_current(self) -> None:
        for made in self._buttons.values():
            if made.isChecked():
                made.setFocus(Qt.FocusReason.TabFocusReason)

    def set_count(self, room: str, count: int) -> None:
        """The number of things that wait in a room; 0 shows none."""
        room = room_of(room).group or room
        made = self._buttons[room]
        if made.layout() is None:
            box = QHBoxLayout(made)
            box.setContentsMargins(0, 0, theme.px(t.S2), 0)
            badge = label("", "count")
            badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
            badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addStretch(1)
            box.addWidget(badge)
            self._counts[room] = badge
        badge = self._counts[room]
        badge.setText(str(count))
        badge.setVisible(count > 0)
        name = room_of(room).name
        made.setAccessibleName(f"{name}, 할 일 {count}건" if count else name)
