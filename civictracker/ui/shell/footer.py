"""The line at the bottom: saved when, backed up when, and the keys of the room in view."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import label, row, set_class

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

    def show_backup(self, backup: Backup | None, trouble: str = "") -> None:
        """When the last good backup was made; ``trouble`` is a calm mark whose sentence is on hover."""
        if backup is None:
            words = "새 자료 파일"
        else:
            made = backup.made
            words = f"마지막 백업 {made.month}. {made.day}. {made:%H:%M} · 검사 정상"
        self.backup.setText(f"{words} · ! 백업 확인 필요" if trouble else words)
        self.backup.setToolTip(plain_tip(trouble))
        self.backup.setAccessibleDescription(trouble)
        set_class(self.backup, "mark" if trouble else "")

    def show_hint(self, text: str) -> None:
        self.hint.setText(text)
