"""The 결재란 as it will stand on paper, edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ComboBox, column, icon_button, label, row

LEAST, MOST = 2, 5


class ApprovalEditor(QWidget):
    """Names of the boxes from left to right, and who signs for those above (전결)."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self._all = [
            self._box(at) for at in range(1, MOST + 1)
        ]  # made once: so they keep their place for Tab
        self._less = icon_button("minus", "칸 줄이기", self._remove)
        self._more = icon_button("plus", "칸 늘리기", self._add)
        self._boxes = row(*self._all, self._less, self._more, None, spacing=t.S1)
        self._delegate = ComboBox()
        self._delegate.setAccessibleName("전결")
        self._delegate.activated.connect(lambda _at: self.edited.emit())
        outer = column(spacing=t.S2)
        outer.addLayout(self._boxes)
        outer.addLayout(row(label("전결", "subtle"), self._delegate, None))
        self.setLayout(outer)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(edit.text().strip() for edit in self._edits)

    @property
    def delegated(self) -> str:
        return str(self._delegate.currentData() or "")

    def show_boxes(self, names: Sequence[str], delegated: str) -> None:
        if tuple(names) != self.names or not self._shown:
            self._build(names)
        self._delegate.clear()
        self._delegate.addItem("없음", "")
        for name in names:
            self._delegate.addItem(name, name)
        self._delegate.setCurrentIndex(max(0, self._delegate.findData(delegated)))

    def _box(self, at: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(f"결재란 {at}째 칸")
        edit.setMaximumWidth(theme.px(84))
        edit.editingFinished.connect(self._on_edit_finished)
        return edit

    @property
    def _edits(self) -> list[QLineEdit]:
        return self._all[: len(self._shown)]

    def _build(self, names: Sequence[str]) -> None:
        self._shown = tuple(names)
        for at, edit in enumerate(self._all):
            edit.setText(names[at] if at < len(names) else "")
            edit.setVisible(at < len(names))
        self._less.setEnabled(len(names) > LEAST)
        self._more.setEnabled(len(names) < MOST)

    def _on_edit_finished(self) -> None:
        if self.names != self._shown and all(self.names):
            self._shown = self.names
            self.edited.emit()

    def _add(self) -> None:
        self._build((*self.names, "국장" if len(self.names) == 3 else "부구청장"))
        self.edited.emit()

    def _remove(self) -> None:
        self._build(self.names[:-1])
        self.edited.emit()
