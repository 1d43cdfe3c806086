"""A text to paste into, with passages marked by colour and by the kind of line below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from civictracker.ui.theme import theme

_LINES = {
    "danger": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "success": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "neutral": QTextCharFormat.UnderlineStyle.DotLine,
}


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` (Python's count); ``kind`` is danger, success or neutral."""

    start: int
    end: int
    kind: str


class MarkedText(QPlainTextEdit):
    """``pointed`` tells the character under the cursor, so that a list beside can follow."""

    pointed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._marks: Sequence[Mark] = ()
        self._shown: Sequence[tuple[int, int]] = ()
        self.cursorPositionChanged.connect(self._on_cursor_position_changed)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        self._marks, self._shown = marks, ()
        self.restyle()

    def show_passages(self, spans: Sequence[tuple[int, int]]) -> None:
        """Fill the passages with the colour of a selection and bring the first into view."""
        self._shown = spans
        self.restyle()
        if spans:
            cursor = self._cursor(*spans[0])
            cursor.clearSelection()
            self.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            self.setTextCursor(cursor)
            self.blockSignals(False)  # noqa: FBT003
            self.ensureCursorVisible()

    def restyle(self) -> None:
        c = theme.colours
        lines = {"danger": c.danger, "success": c.success, "neutral": c.border_strong}
        tints = {"danger": c.danger_tint, "success": c.success_tint, "neutral": ""}
        found = []
        for mark in self._marks:
            look = QTextCharFormat()
            look.setUnderlineStyle(_LINES[mark.kind])
            look.setUnderlineColor(QColor(lines[mark.kind]))
            if tints[mark.kind]:
                look.setBackground(QColor(tints[mark.kind]))
            found.append(self._selection(mark.start, mark.end, look))
        for start, end in self._shown:
            look = QTextCharFormat()
            look.setBackground(QColor(c.primary))
            look.setForeground(QColor(c.on_primary))
            found.append(self._selection(start, end, look))
        self.setExtraSelections(found)

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(start, end)
        made.format = look
        return made

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units(start))
        cursor.setPosition(self._units(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _units(self, at: int) -> int:
        """Qt counts UTF-16 units: an emoji is two of them."""
        return min(
            len(self.toPlainText()[:at].encode("utf-16-le")) // 2, self.document().characterCount() - 1
        )

    def _on_cursor_position_changed(self) -> None:
        units = self.textCursor().position()
        text = self.toPlainText().encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
        self.pointed.emit(len(text))
