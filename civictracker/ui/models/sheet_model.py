"""The picture of a sheet: its cells as text, tinted by what they were understood as."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from civictracker.services.imports import Plan, Verdict
from civictracker.sheets.grid import address, column_letters
from civictracker.sheets.isolated import TableFound
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$")
PART_ROLE = Qt.ItemDataRole.UserRole + 1
VERDICT_ROLE = Qt.ItemDataRole.UserRole + 2


class Part(StrEnum):
    """What a cell is to the understanding."""

    TITLE = "제목"
    HEADER = "머리글"
    ENTITY = "채널"
    DATE = "날짜"
    METRIC = "지표"
    VALUE = "값"
    TOTAL = "합계"
    SKIP = "뺌"
    OUTSIDE = ""


_TOTAL = re.compile("합계라서|더한 값이라")
_PARTS = {
    "entity": Part.ENTITY, "metric": Part.METRIC, "date": Part.DATE, "value": Part.VALUE, "total": Part.TOTAL,
}  # fmt: skip


class SheetModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._table: TableFound | None = None
        self._verdicts: dict[str, Verdict] = {}
        self._why: dict[str, str] = {}
        self._left_rows: dict[int, str] = {}

    def set_table(self, table: TableFound | None, plan: Plan | None) -> None:
        self.beginResetModel()
        self._table = table
        self._verdicts, self._why, self._left_rows = {}, {}, {}
        if table is not None and plan is not None:
            self._take(table, plan)
        self.endResetModel()

    def _take(self, table: TableFound, plan: Plan) -> None:
        prefix = f"{table.sheet}!"
        shown = len(table.view.cells)
        for where, verdict, why in plan.columns.marks(table, shown):
            self._verdicts[where] = verdict
            self._why[where] = why
        for left in plan.left_out:
            where = left.cell.removeprefix(prefix)
            found = _RANGE.match(where)
            if left.cell.startswith(prefix) and found:
                if found[3]:
                    self._left_rows[int(found[2]) - 1] = left.why
                else:
                    self._why[where] = left.why
                    self._verdicts[where] = Verdict.ERROR if left.is_error else Verdict.SAME

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.view.cells)

    def columnCount(self, parent: Index = NOBODY) -> int:
        if parent.isValid() or self._table is None:
            return 0
        return max((len(row) for row in self._table.view.cells), default=0)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def part(self, row: int, column: int) -> Part:
        table = self._table
        if table is None:
            return Part.OUTSIDE
        view = table.view
        if row < view.header[0]:
            return Part.TITLE
        if row <= view.header[1]:
            return Part.HEADER
        if row in self._left_rows or row > view.last:
            return Part.TOTAL if _TOTAL.search(self._left_rows.get(row, "")) else Part.SKIP
        return _PARTS.get(view.roles.get(column, ""), Part.SKIP)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        cells = self._table.view.cells[row]
        text = cells[column] if column < len(cells) else ""
        part = self.part(row, column)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text.replace("\n", " ")
            case Qt.ItemDataRole.BackgroundRole:
                return QColor(part_colour(part)) if text or part is Part.HEADER else None
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._ink(part, row, column))
            case Qt.ItemDataRole.FontRole:
                return theme.figures(12, bold=part is Part.HEADER or self._is_new(row, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if part is Part.VALUE else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(part, row, column, text)
        if role == VERDICT_ROLE:
            return self._verdicts.get(address(row, column))
        return part if role == PART_ROLE else None

    def _is_new(self, row: int, column: int) -> bool:
        return self._verdicts.get(address(row, column)) is Verdict.NEW

    def _ink(self, part: Part, row: int, column: int) -> str:
        c = theme.colours
        verdict = self._verdicts.get(address(row, column))
        if verdict in {Verdict.DIFFERENT, Verdict.ERROR}:
            return c.danger_text
        if verdict is Verdict.QUESTION:
            return c.warning_text
        if verdict is Verdict.NEW:
            return c.primary_text
        return c.text_faint if part in {Part.SKIP, Part.TITLE} else c.text

    def _tip(self, part: Part, row: int, column: int, text: str) -> str:
        where = address(row, column)
        verdict = self._verdicts.get(where)
        why = self._why.get(where) or self._left_rows.get(row, "")
        words = [where, verdict.value if verdict else part.value, why, text if len(text) > 20 else ""]
        return plain_tip(" · ".join(word for word in words if word))


def part_colour(part: Part) -> str:
    c = theme.colours
    return {
        Part.TITLE: c.neutral_tint, Part.HEADER: c.primary_tint_strong, Part.ENTITY: c.success_tint,
        Part.DATE: c.info_tint, Part.METRIC: c.success_tint, Part.VALUE: c.surface,
        Part.TOTAL: c.warning_tint, Part.SKIP: c.surface_alt, Part.OUTSIDE: c.surface,
    }[part]  # fmt: skip
