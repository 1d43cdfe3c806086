"""The line at the bottom: saved when, backed up when, and the keys of the room in view."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import label, row

if TYPE_CHECKING:
    from civictracker.store.backup import Backup


class Footer(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setFixedHeight(theme.px(28))
        self.saved = label("● 저장할 것 없음")
        self.backup = label("")
        self.hint = label("")
        layout = row(self.saved, self.backup, None, self.hint, spacing=t.S5)
        layout.setContentsMargins(theme.px(t.S4), 0, theme.px(t.S4), 0)
        self.setLayout(layout)

    def show_saved(self, at: datetime | None) -> None:
        if at is not None:
            self.saved.setText(f"● 저장됨 {at:%H:%M}")

    def show_backup(self, backup: Backup | None) -> None:
        if backup is None:
            self.backup.setText("새 자료 파일")
        else:
            made = backup.made
            self.backup.setText(f"마지막 백업 {made.month}. {made.day}. {made:%H:%M} · 검사 정상")

    def show_hint(self, text: str) -> None:
        self.hint.setText(text)
