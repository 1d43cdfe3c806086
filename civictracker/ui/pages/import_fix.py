"""Correcting what was understood of a sheet, by pointing at it: this row is the heading, this column is …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu

from civictracker.domain.dates import find_dates, parse_date
from civictracker.sheets.grid import address, column_letters
from civictracker.ui import tokens as t
from civictracker.ui.models.sheet_model import Shown
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ComboBox, button, label, row
from civictracker.ui.widgets.sheet_view import SheetView

KINDS = (
    ("date", "날짜"), ("entity", "채널"), ("metric", "지표 이름"), ("value", "값"), ("total", "합계(빼기)"),
    ("skip", "쓰지 않음"),
)  # fmt: skip


class FixBar(QFrame):
    """``fixed`` carries the answers that a correction means; an empty answer takes one back."""

    fixed = Signal(dict)

    def __init__(self, view: SheetView, kinds: Sequence[tuple[str, str]] = KINDS) -> None:
        super().__init__()
        self._view, self._kinds = view, kinds
        self._table: Shown | None = None
        self._answers: Mapping[str, str] = {}
        self.where = label("", "strong")
        self.where.setMinimumWidth(theme.px(40))
        self.kind = ComboBox()
        self.kind.setAccessibleName("이 열은")
        for key, name in kinds:
            self.kind.addItem(f"이 열은 {name}", key)
        self.kind.activated.connect(self._fix_column)
        self.header = button("이 줄이 제목", self.fix_header, kind="small")
        self.header.setToolTip("고른 줄이 표의 머리글입니다(여러 줄을 골라도 됩니다)")
        self.leave = button("이 줄 빼기", self.fix_row, kind="small")
        self.date = button("이 칸이 날짜", self.fix_date, kind="small")
        self.date.setToolTip("고른 칸의 날짜가 표 전체의 날짜입니다")
        self.back = button("", self.undo, kind="text small", icon="undo")
        bar = row(self.where, self.kind, self.header, self.leave, self.date, None, self.back, spacing=t.S2)
        bar.setContentsMargins(theme.px(t.S3), theme.px(t.S1), theme.px(t.S3), theme.px(t.S1))
        self.setLayout(bar)
        self.date.setVisible(kinds is KINDS)  # posts have a day each
        view.selectionModel().currentChanged.connect(lambda *_: self._show())
        view.selectionModel().selectionChanged.connect(lambda *_: self._show())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)

    def show_table(self, table: Shown, answers: Mapping[str, str]) -> None:
        self._table, self._answers = table, answers
        self._show()

    # --- what is selected ---------------------------------------------------------------------

    @property
    def _place(self) -> tuple[int, int] | None:
        index = self._view.currentIndex()
        return (index.row(), index.column()) if index.isValid() and self._table is not None else None

    def _rows(self) -> tuple[int, int]:
        rows = [index.row() for index in self._view.selectedIndexes()] or [self._view.currentIndex().row()]
        return min(rows), max(rows)

    def _text(self) -> str:
        return str(self._view.currentIndex().data() or "")

    def _show(self) -> None:
        place, table = self._place, self._table
        for control in (self.kind, self.header, self.leave, self.date):
            control.setEnabled(place is not None)
        count = len(self._corrections())
        self.back.setText(f"고친 것 {count}곳 되돌리기")
        self.back.setVisible(count > 0)
        if place is None or table is None:
            self.where.setText("칸을 누르면 고칠 수 있습니다")
            return
        line, column = place
        self.where.setText(address(line, column))
        role = table.view.roles.get(column, "skip")
        self.kind.setCurrentIndex(max(0, self.kind.findData(role)))
        first, last = self._rows()
        self.header.setText("이 줄이 제목" if first == last else f"{first + 1}~{last + 1}줄이 제목")
        is_out = self._answers.get(f"row@{table.sheet}!{line + 1}") == "skip"
        self.leave.setText("이 줄 넣기" if is_out else "이 줄 빼기")
        self.date.setEnabled(bool(self._date()))

    def _date(self) -> str:
        """The date in the selected cell, in the words of the sheet."""
        text = self._text()
        if parse_date(text) is not None:
            return text
        found = [reading.text for reading in find_dates(text)]
        return found[0] if found else ""

    def _corrections(self) -> list[str]:
        return [key for key, told in self._answers.items() if "@" in key and told]

    # --- corrections --------------------------------------------------------------------------

    def _fix_column(self, at: int) -> None:
        place, table = self._place, self._table
        if place is not None and table is not None:
            letters = column_letters(place[1])
            self.fixed.emit({f"col@{table.sheet}!{letters}": str(self.kind.itemData(at))})

    def fix_column(self, kind: str) -> None:
        self._fix_column(self.kind.findData(kind))

    def fix_header(self) -> None:
        if self._place is None or self._table is None:
            return
        first, last = self._rows()
        told = f"{first + 1}" if first == last else f"{first + 1}-{last + 1}"
        self.fixed.emit({f"header@{self._table.sheet}": told})

    def fix_row(self) -> None:
        if self._place is None or self._table is None:
            return
        first, last = self._rows()
        keys = [f"row@{self._table.sheet}!{line + 1}" for line in range(first, last + 1)]
        told = "" if all(self._answers.get(key) == "skip" for key in keys) else "skip"
        self.fixed.emit(dict.fromkeys(keys, told))

    def fix_date(self) -> None:
        if date := self._date():
            self.fixed.emit({"date": date})

    def leave_sheet(self) -> None:
        if self._table is not None:
            self.fixed.emit({f"sheet@{self._table.sheet}": "skip"})

    def undo(self) -> None:
        self.fixed.emit(dict.fromkeys(self._corrections(), ""))

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self._view)
        menu.addAction(self.header.text(), self.fix_header)
        menu.addAction(self.leave.text(), self.fix_row)
        if self._date() and self._kinds is KINDS:
            menu.addAction(self.date.text(), self.fix_date)
        menu.addSeparator()
        for key, name in self._kinds:
            menu.addAction(f"이 열은 {name}", partial(self.fix_column, key))
        menu.addSeparator()
        menu.addAction("이 시트 빼기", self.leave_sheet)
        menu.exec(self._view.viewport().mapToGlobal(at))
