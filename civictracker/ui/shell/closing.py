"""Before the window closes: what is half typed is taken, and what cannot be taken is asked about."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row


class RefusedDialog(QDialog):
    """Accepted: close and lose what was typed. Rejected (also by Esc): go back to it."""

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("저장하지 못한 값")
        self.setModal(True)
        back = button("고치기", self.reject, kind="primary")
        back.setDefault(True)
        lose = button("버리고 닫기", self.accept)
        lose.setAutoDefault(False)
        self.words = label(sentence, wrap=True)
        box = column(
            label("적던 값을 저장하지 못했습니다", "title"),
            self.words,
            label("고쳐서 저장하거나, 그 값만 버리고 닫을 수 있습니다.", "subtle", wrap=True),
            t.S2, row(None, lose, back), spacing=t.S3,
        )  # fmt: skip
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(440))


def may_close(window: QWidget, page: Page | None) -> bool:
    """Take what is half typed in ``page``; when it is refused, the person says whether to close."""
    QGuiApplication.inputMethod().commit()
    refusal = page.finish_input() if page is not None else ""
    if page is None or not refusal or RefusedDialog(window, refusal).exec():
        return True
    page.resume_input()
    return False
