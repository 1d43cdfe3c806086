"""What to do when the data file cannot be opened: restore a backup, or leave it alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from civictracker.errors import DataFileDamagedError, DataFileMissingError, UserError
from civictracker.services.upkeep import list_backups, restore_backup
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import BACKUPS, open_file
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row


class RescueDialog(QDialog):
    """Accepted once a backup stands in the place of the data; the damaged file stays beside it.

    Where the file is gone altogether, ``wants_new`` says that the person chose to begin anew.
    """

    def __init__(self, parent: QWidget, path: Path, error: UserError, clock: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._path, self._clock = path, clock
        self.wants_new = False
        is_missing = isinstance(error, DataFileMissingError)
        title = "자료 파일이 없어졌습니다" if is_missing else "자료를 열 수 없습니다"
        self.setWindowTitle(title)
        self.setModal(True)
        self.words = label(error.text, "strong", wrap=True)
        box = column(label(title, "title"), self.words, spacing=t.S3)
        self.list = QListWidget()
        self.list.setAccessibleName("백업")
        self.restore = button("고른 백업으로 되살리기", self._restore, kind="primary")
        self.restore.setDefault(True)
        if is_missing or isinstance(error, DataFileDamagedError):
            self._offer(box, is_missing=is_missing)
        else:
            box.addLayout(row(None, button("닫기", self.reject, kind="primary")))
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(520))

    def _offer(self, box: QVBoxLayout, *, is_missing: bool) -> None:
        self._fill()
        told = (
            "되살릴 때를 고르거나 새로 시작하세요. 새로 시작해도 백업은 지우지 않습니다."
            if is_missing
            else "자료 파일은 지우지 않고 옆에 남겨 둡니다. 되살릴 때를 고르세요."
        )
        box.addWidget(label(told, "subtle", wrap=True))
        box.addWidget(self.list)
        quiet = [button("다른 백업 파일", self._pick), button("닫기", self.reject)]
        if is_missing:
            quiet.insert(1, button("새로 시작", self._begin))
        for each in quiet:
            each.setAutoDefault(False)
        box.addLayout(row(quiet[0], None, *quiet[1:], self.restore))

    def _begin(self) -> None:
        self.wants_new = True
        self.accept()

    def _fill(self) -> None:
        for backup in list_backups(self._path):
            made = backup.made
            text = f"{made.year}. {made.month}. {made.day}. {made:%H:%M}  ({backup.size / 1024:,.0f} kB)"
            item = QListWidgetItem(text)
            item.setData(0x0100, str(backup.path))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.restore.setEnabled(self.list.count() > 0)

    def _restore(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._put_back(Path(str(item.data(0x0100))))

    def _pick(self) -> None:
        source = open_file(self, "백업 고르기", "backup", BACKUPS)
        if source is not None:
            self._put_back(source)

    def _put_back(self, source: Path) -> None:
        try:
            restore_backup(source, self._path, self._clock())
        except UserError as error:
            self.words.setText(error.text)
            return
        self.accept()
