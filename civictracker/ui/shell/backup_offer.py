"""A backup was opened by a double click: what it is, and whether to go back to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from civictracker.errors import UserError
from civictracker.services.upkeep import check_backup
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row


class BackupOffer(QDialog):
    """Accepted: restore it. ``is_first`` when there is no data yet that it would replace."""

    def __init__(self, parent: QWidget, backup: Path, *, is_first: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("백업 파일")
        self.setModal(True)
        self.refusal = _refusal(backup)
        told = (
            "이 백업을 이 컴퓨터의 자료로 삼아 그대로 이어 씁니다."
            if is_first
            else "지금 자료를 이 백업으로 바꿉니다. 지금 자료는 지우지 않고 옆에 남겨 둡니다."
        )
        title = "열 수 없는 백업입니다" if self.refusal else "이 백업으로 복원할까요?"
        self.words = label(self.refusal or told, wrap=True)
        self.restore = button("이어 쓰기" if is_first else "복원하기", self.accept, kind="primary")
        leave = button("닫기" if self.refusal else "그만두기", self.reject)
        self.restore.setVisible(not self.refusal)
        for each in (self.restore, leave):
            each.setAutoDefault(False)  # what replaces all data is not done by a stray Enter
        box = column(
            label(title, "title"), label(_described(backup), "strong", wrap=True), self.words,
            t.S2, row(None, leave, self.restore), spacing=t.S3,
        )  # fmt: skip
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(480))


def _refusal(backup: Path) -> str:
    """Why ``backup`` cannot be restored, or nothing."""
    try:
        check_backup(backup)
    except UserError as error:
        return error.text
    return ""


def _described(backup: Path) -> str:
    try:
        facts = backup.stat()
    except OSError:
        return backup.name
    saved = datetime.fromtimestamp(facts.st_mtime)  # noqa: DTZ006 (as the person's own clock shows it)
    when = f"{saved.year}. {saved.month}. {saved.day}. {saved:%H:%M}"
    return f"{backup.name}\n{when} 저장 · {facts.st_size / 1024:,.0f} kB"
