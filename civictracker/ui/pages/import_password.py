"""The password of a locked file: asked when one is dropped, kept in memory only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from civictracker.errors import LockedError
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row


class PasswordDialog(QDialog):
    """``opened`` gets the password, ``left`` is called when there is none to give."""

    def __init__(
        self, parent: QWidget, error: LockedError, opened: Callable[[str], None], left: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._opened, self._left = opened, left
        self.setWindowTitle("암호가 걸린 파일")
        self.setModal(True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("암호")
        self.password.setPlaceholderText("파일을 열 때 쓰는 암호")
        self.show_it = button("보기", self._toggle, kind="small")
        self.show_it.setAccessibleName("암호 보기")
        self.ok = button("열기", self.accept, kind="primary")
        self.ok.setEnabled(False)
        self.password.textChanged.connect(lambda text: self.ok.setEnabled(bool(text)))
        box = column(
            label("암호가 걸린 파일", "title"),
            label(str(error), "strong", wrap=True),
            label(f"{error.hint} 암호는 저장하지 않습니다.", "subtle", wrap=True),
            spacing=t.S3,
        )
        box.addLayout(row(self.password, self.show_it, spacing=t.S2))
        box.addLayout(row(None, button("읽지 않기", self.reject), self.ok))
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(460))
        self.finished.connect(self._finish)
        self.password.setFocus()

    def _toggle(self) -> None:
        hidden = self.password.echoMode() is QLineEdit.EchoMode.Password
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.show_it.setText("가리기" if hidden else "보기")

    def _finish(self, result: int) -> None:
        self.deleteLater()
        if result == QDialog.DialogCode.Accepted.value:
            self._opened(self.password.text())
        else:
            self._left()
