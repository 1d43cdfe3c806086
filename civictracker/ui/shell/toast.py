"""A short message over the page that goes by itself, with 되돌리기 where something can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, clear, label, row

SHORT_MS, LONG_MS = 4000, 9000


class Toast(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._layout = row(spacing=t.S3)
        self._layout.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S3), theme.px(t.S2))
        self.setLayout(self._layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, act: Callable[[], object] | None = None, name: str = "되돌리기") -> None:
        """Show ``text``, with one thing to do about it."""
        self.hide()  # what is added to a shown box has no size until the next turn of the loop
        clear(self._layout)
        words = label(text, wrap=len(text) > 60)
        words.setMaximumWidth(theme.px(560))
        self._layout.addWidget(words)
        if act is not None:
            made = button(name, lambda: self._act(act))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Z does it; the keyboard must not land here
            self._layout.addWidget(made)
        self.setAccessibleName(text)
        self._layout.activate()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(LONG_MS if act is not None or len(text) > 40 else SHORT_MS)

    def _act(self, act: Callable[[], object]) -> None:
        self.hide()
        act()

    def place(self) -> None:
        """At the bottom in the middle, above the footer."""
        area = self.parentWidget()
        if area is not None:
            self.adjustSize()
            self.move((area.width() - self.width()) // 2, area.height() - self.height() - theme.px(44))
