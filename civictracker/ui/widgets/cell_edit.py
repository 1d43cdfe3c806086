"""An editor for cells that never loses a half-composed syllable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class CellEdit(QLineEdit):
    """Remembers what the input method is composing; :attr:`whole_text` has it spliced in."""

    def __init__(self, parent: QWidget, typed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setProperty("class", "cell")
        self.setFrame(False)
        self._preedit = ""
        self._typed = typed
        self.textChanged.connect(lambda _text: self._typed(self.whole_text))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._typed(self.whole_text)

    @property
    def is_composing(self) -> bool:
        return bool(self._preedit)

    @property
    def whole_text(self) -> str:
        at = self.cursorPosition()
        return self.text()[:at] + self._preedit + self.text()[at:]

    def finish(self) -> str:
        """Ask the input method for what it holds; the text with whatever it did not give."""
        if self._preedit:
            QGuiApplication.inputMethod().commit()
        return self.whole_text
