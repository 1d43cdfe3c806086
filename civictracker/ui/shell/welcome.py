"""First start: begin anew, look around a sample, or restore a backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QPushButton, QWidget

from civictracker.errors import UserError
from civictracker.services.opening import open_data
from civictracker.services.sample import OFFICES, build_sample, sample_now
from civictracker.services.settings import save_office
from civictracker.services.upkeep import check_backup
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import BACKUPS, open_file
from civictracker.ui.icons import pixmap
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ComboBox, button, column, label, row


class WelcomeDialog(QDialog):
    """Afterwards ``backup`` is to be restored, ``chosen_file`` opened, or :meth:`save_into` called."""

    def __init__(self, parent: QWidget, path: Path, clock: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._path, self._clock = path, clock
        self.chosen_file: Path | None = None
        self.is_sample = False
        self.backup: Path | None = None  # to be put in the place of the data
        self.setWindowTitle("채널일지 시작하기")
        self.setModal(True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        box = column(
            label("채널일지를 시작합니다", "title"),
            label("매주 채널 숫자를 적고, 추이를 보고, 주간 보고서를 인쇄합니다. "
                "자료는 이 컴퓨터에만 있습니다.", "subtle", wrap=True),
            t.S2, self._fresh(), self._sample(), self._backup(), self.error, spacing=t.S3,
        )  # fmt: skip
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(560))

    def _choice(self, icon: str, title: str, text: str, *controls: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("class", "card")
        mark = label()
        mark.setPixmap(pixmap(icon, "primary_text", 24))
        words = column(label(title, "card-title"), label(text, "subtle", wrap=True), spacing=2)
        if controls:
            words.addSpacing(theme.px(t.S1))
            words.addLayout(row(*controls))
        inner = row(spacing=t.S4)
        inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(words, 1)
        inner.setContentsMargins(*(theme.px(t.S4),) * 4)
        card.setLayout(inner)
        return card

    def _fresh(self) -> QFrame:
        self.office, self.department = QLineEdit(), QLineEdit()
        self.office.setPlaceholderText("기관 이름 (예: 관악구청)")
        self.office.setAccessibleName("기관 이름")
        self.department.setPlaceholderText("부서 (예: 홍보과)")
        self.department.setAccessibleName("부서")
        go = button("새로 시작", self._start_fresh, kind="primary")
        go.setDefault(True)
        return self._choice(
            "building", "새로 시작", "기관 이름만 적으면 됩니다. 나머지는 나중에 설정에서 고칩니다.",
            self.office, self.department, go,
        )  # fmt: skip

    def _sample(self) -> QFrame:
        self.sample_office = ComboBox()
        self.sample_office.setAccessibleName("예시 기관")
        self.sample_office.addItems(list(OFFICES))
        return self._choice(
            "eye", "예시로 둘러보기", "따로 둔 예시 자료를 엽니다. 무엇을 눌러도 내 자료는 바뀌지 않습니다.",
            self.sample_office, self._quiet("둘러보기", self._start_sample),
        )  # fmt: skip

    def _backup(self) -> QFrame:
        return self._choice(
            "database", "백업에서 복원", "앞사람이 준 백업 파일(.civictracker)을 골라 그대로 이어 씁니다.",
            self._quiet("백업 고르기", self._pick_backup),
        )  # fmt: skip

    def _quiet(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = button(text, act)
        made.setAutoDefault(False)
        return made

    # --- choices ------------------------------------------------------------------------------

    def _start_fresh(self) -> None:
        if not self.office.text().strip():
            self._refuse("기관 이름을 적어 주세요.")
            self.office.setFocus()
            return
        self.accept()

    def save_into(self, state: State) -> None:
        state.context.write(save_office, name=self.office.text(), department=self.department.text())
        state.context.undo_stack.clear()
        state.open_page("channels", "new")

    def _start_sample(self) -> None:
        try:
            self.chosen_file = make_sample(self._path.parent / "sample", self.sample_office.currentText())
        except UserError as error:
            self._refuse(error.text)
            return
        self.is_sample = True
        self.accept()

    def _pick_backup(self) -> None:
        source = open_file(self, "백업 고르기", "backup", BACKUPS)
        if source is not None:
            self.restore(source)

    def restore(self, source: Path) -> None:
        """Choose ``source``; it is looked at now, so that a wrong file is told here."""
        try:
            check_backup(source)
        except UserError as error:
            self._refuse(error.text)
            return
        self.backup = source
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()


def make_sample(folder: Path, office: str) -> Path:
    """A fresh sample file of ``office`` in ``folder``; an older one is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"sample-{OFFICES[office]}.db"
    for old in (path, path.with_name(path.name + "-journal")):
        old.unlink(missing_ok=True)
    opened = open_data(path, sample_now)
    try:
        build_sample(opened.context, office)
    finally:
        opened.close(keep_backup=False)
    return path
