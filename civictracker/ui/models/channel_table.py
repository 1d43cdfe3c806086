"""The list of channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPixmap

from civictracker.domain.dates import official
from civictracker.services.channels import ChannelRow
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()
_HEADERS = ("채널", "종류", "개설일", "상태")


class ChannelTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[ChannelRow] = ()

    def set_rows(self, rows: Sequence[ChannelRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, at: int) -> ChannelRow | None:
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.row_at(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(found, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            mark = QPixmap(theme.px(8), theme.px(8))
            mark.fill(QColor(platform_colour(found.platform)))
            return mark
        if role == Qt.ItemDataRole.ForegroundRole and (index.column() > 0 or found.closed):
            return QColor(theme.colours.text_faint)
        return None

    @staticmethod
    def _text(row: ChannelRow, column: int) -> str:
        match column:
            case 0:
                return row.label
            case 1:
                return row.platform_name
            case 2:
                return official(row.opened) if row.opened else "-"
            case _:
                return "종료" if row.closed else "운영 중"
