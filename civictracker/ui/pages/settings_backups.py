"""설정: where backups go, how they stand, and every one of them to go back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from civictracker.services.upkeep import list_backups
from civictracker.store.backup import Backup
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import BACKUPS, open_file, pick_folder
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Banner, Card, button, is_being_typed, label, row, set_class

_WHY = {
    "open": "열 때",
    "close": "닫을 때",
    "import": "가져오기 전",
    "timer": "30분마다",
    "manual": "직접",
    "restore": "복원 전",
}
_HEADS = ("때", "까닭", "크기")
_SHOWN = 7  # rows in view; the others by scrolling


class BackupCard(Card):
    """``save`` stores a choice of the settings page."""

    def __init__(self, state: State, banner: Banner, save: Callable[..., object]) -> None:
        super().__init__("백업", "열 때, 닫을 때, 가져오기 전에 저절로 만들고 검사합니다")
        self._state, self._banner, self._save = state, banner, save
        self._backups: list[Backup] = []
        self.here, self.there = label("", "subtle small", wrap=True), label("", "subtle small", wrap=True)
        self.second = QLineEdit()
        self.second.setReadOnly(True)
        self.second.setPlaceholderText("둘째 백업 폴더 (USB, 다른 드라이브)")
        self.second.setAccessibleName("둘째 백업 폴더")
        pick = row(spacing=t.S2)
        pick.addWidget(self.second, 1)
        pick.addWidget(button("고르기", self._pick_folder))
        pick.addWidget(button("안 씀", lambda: self._save(backup_folder="")))
        self.restore = button("고른 때로 복원", self._ask_restore)
        self.table = self._make_table()
        other = button("다른 파일에서 복원", self._pick_backup, icon="folder-open")
        self.body.addWidget(self.here)
        self.body.addLayout(pick)
        self.body.addWidget(self.there)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.restore, None))
        self.body.addLayout(row(button("지금 백업", state.backup_wanted.emit, icon="save"), other, None))
        state.backups_changed.connect(self.show_now)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_HEADS))
        table.setHorizontalHeaderLabels(list(_HEADS))
        table.setAccessibleName("백업")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        last = table.horizontalHeaderItem(len(_HEADS) - 1)
        if last is not None:
            last.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.setFixedHeight(theme.px(36 + 30 * _SHOWN))
        table.itemSelectionChanged.connect(lambda: self.restore.setEnabled(self.chosen is not None))
        table.itemDoubleClicked.connect(lambda _item: self._ask_restore())
        return table

    # --- showing ------------------------------------------------------------------------------

    @property
    def chosen(self) -> Backup | None:
        at = self.table.currentRow()
        return self._backups[at] if 0 <= at < len(self._backups) and self.table.selectedItems() else None

    def show_now(self) -> None:
        state = self._state
        self._backups = list_backups(state.context.path)
        if not is_being_typed(self.second):
            self.second.setText(state.settings.backup_folder)
        last = self._backups[0].made if self._backups else None
        place = f"첫째 자리: {state.context.path.parent / 'backups'} · {len(self._backups):,}개"
        self._tell(self.here, f"{place} · {_last_words(last)}", state.backup_trouble)
        second = state.second_place
        self.there.setVisible(bool(second.folder))
        self._tell(self.there, f"둘째 자리: {_last_words(second.last)}", second.trouble)
        self._fill()

    @staticmethod
    def _tell(words: QLabel, text: str, trouble: str) -> None:
        words.setText(f"{text}\n{trouble}" if trouble else text)
        set_class(words, "error small" if trouble else "subtle small")

    def _fill(self) -> None:
        at = self.table.currentRow()
        self.table.setRowCount(len(self._backups))
        for line, backup in enumerate(self._backups):
            texts = (_moment(backup.made), _WHY.get(backup.why, backup.why), f"{backup.size / 1024:,.0f} kB")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == len(_HEADS) - 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(line, column, item)
        if 0 <= at < len(self._backups):
            self.table.selectRow(at)
        self.restore.setEnabled(self.chosen is not None)

    # --- doing --------------------------------------------------------------------------------

    def _ask_restore(self) -> None:
        backup = self.chosen
        if backup is None:
            return
        self._banner.say(
            "warning", "복원",
            f"{_moment(backup.made)}의 자료로 바꿉니다. 지금 자료는 옆에 따로 남겨 둡니다.",
            (("복원하기", partial(self._state.restore_wanted.emit, backup.path)),
             ("그만두기", self._banner.hide)),
        )  # fmt: skip

    def _pick_folder(self) -> None:
        folder = pick_folder(self, "둘째 백업 폴더 고르기", "second-place")
        if folder is not None:
            self._save(backup_folder=str(folder))

    def _pick_backup(self) -> None:
        source = open_file(self, "백업 고르기", "backup", BACKUPS)
        if source is not None:
            self._state.restore_wanted.emit(source)


def _moment(made: datetime) -> str:
    return f"{made.year}. {made.month}. {made.day}. {made:%H:%M}"


def _last_words(made: datetime | None) -> str:
    return f"마지막으로 잘된 때 {_moment(made)}" if made else "아직 백업이 없습니다"
