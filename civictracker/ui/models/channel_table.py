"""The list of channels."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from civictracker.domain.dates import official
from civictracker.services.channels import ChannelRow
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme


class ChannelTable(RowTable[ChannelRow]):
    headers = ("채널", "종류", "개설일", "상태")

    def look(self, row: ChannelRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            mark = QPixmap(theme.px(8), theme.px(8))
            mark.fill(QColor(platform_colour(row.platform)))
            return mark
        if role == Qt.ItemDataRole.ForegroundRole and (column > 0 or row.closed):
            return QColor(theme.colours.text_faint)
        return None

    def cell(self, row: ChannelRow, column: int) -> str:
        match column:
            case 0:
                return row.label
            case 1:
                return row.platform_name
            case 2:
                return official(row.opened) if row.opened else "-"
            case _:
                return "종료" if row.closed else "운영 중"
