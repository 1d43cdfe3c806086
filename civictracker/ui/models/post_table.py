"""Posts as a list: one a row, every column to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from civictracker.domain.posting import KIND_NAMES, STATUS_NAMES, Kind, rate_text
from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.calendar import PostView
from civictracker.ui.theme import theme
from civictracker.ui.widgets.calendar_paint import STATUS_ROLES, Marks
from civictracker.ui.words import figure

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()
HEADERS = ("날짜", "시각", "제목", "채널", "대상", "상태", "발송", "열람", "열람률", "확인할 것")
WIDTHS = (112, 58, 158, 96, 64, 62, 74, 74, 66, 240)
_NUMBERS = {6, 7, 8}


class PostTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[PostView] = ()
        self._marks: Marks = {}
        self._now: datetime | None = None

    def set_rows(self, rows: Sequence[PostView], marks: Marks, now: datetime) -> None:
        self.beginResetModel()
        self._rows, self._marks, self._now = rows, marks, now
        self.endResetModel()

    def row_at(self, at: int) -> PostView | None:
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @staticmethod
    def _side(column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        post = self.row_at(index.row()) if index.isValid() else None
        if post is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(post, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(index.column())
            case Qt.ItemDataRole.ForegroundRole if index.column() == 5:
                return theme.colour("warning_text" if self._late(post) else STATUS_ROLES[post.status])
            case Qt.ItemDataRole.ForegroundRole if index.column() == 9:
                return theme.colour("warning_text")
            case Qt.ItemDataRole.FontRole if index.column() in {0, 1} | _NUMBERS:
                return theme.figures()
        return None

    def _late(self, post: PostView) -> bool:
        return self._now is not None and post.is_overdue(self._now)

    def _text(self, post: PostView, column: int) -> str:
        match column:
            case 0:
                return f"{post.day:%y}. {post.day.month}. {post.day.day}.({WEEKDAYS[post.day.weekday()]})"
            case 1:
                return post.time
            case 2:
                return post.subject
            case 3:
                return " · ".join(self._marks[each].name for each in post.channels if each in self._marks)
            case 4:
                return post.audience
            case 5:
                return "미결정" if self._late(post) else STATUS_NAMES[post.status]
            case 6 | 7:
                return figure(post.counts.sent if column == 6 else post.counts.opened)
            case 8:
                return rate_text(post.counts.rate("opened"))
            case _:
                kind = KIND_NAMES[post.kind] if post.kind is not Kind.NORMAL else ""
                told = post.warnings[0].text if post.warnings else post.moved_because
                return " · ".join(part for part in (kind, told) if part)
