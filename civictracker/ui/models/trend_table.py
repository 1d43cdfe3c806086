"""The trend's figures as a table: channels down, the newest period first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from civictracker.ui.pages.trend_view import TrendData

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()


class TrendTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._data: TrendData | None = None

    def set_data(self, data: TrendData) -> None:
        self.beginResetModel()
        self._data = data
        self.endResetModel()

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() or self._data is None else len(self._data.lines)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() or self._data is None else len(self._data.periods) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._data is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"채널 (단위: {self._data.unit})" if section == 0 else self._data.names[-section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._data is None or not index.isValid():
            return None
        line = self._data.lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if index.column() == 0:
                return f"{line.name} ({line.unit})" if line.unit else line.name
            return line.texts[-index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
