"""Posts as a list: one a row, every column to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from civictracker.domain.posting import KIND_NAMES, STATUS_NAMES, Kind, rate_text
from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.calendar import PostView
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.theme import theme
from civictracker.ui.widgets.calendar_paint import STATUS_ROLES, Marks
from civictracker.ui.words import figure

WIDTHS = (112, 58, 158, 96, 64, 62, 74, 74, 66, 240)


class PostTable(RowTable[PostView]):
    headers = ("날짜", "시각", "제목", "채널", "대상", "상태", "발송", "열람", "열람률", "확인할 것")
    numbers = frozenset({6, 7, 8})

    def __init__(self) -> None:
        super().__init__()
        self._marks: Marks = {}
        self._now: datetime | None = None

    def set_rows(self, rows: Sequence[PostView], marks: Marks, now: datetime) -> None:
        self._marks, self._now = marks, now
        self.put(rows)

    def look(self, row: PostView, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and column == 5:
            return theme.colour("warning_text" if self._late(row) else STATUS_ROLES[row.status])
        if role == Qt.ItemDataRole.ForegroundRole and column == 9:
            return theme.colour("warning_text")
        if role == Qt.ItemDataRole.FontRole and column in {0, 1} | self.numbers:
            return theme.figures()
        return None

    def _late(self, row: PostView) -> bool:
        return self._now is not None and row.is_overdue(self._now)

    def cell(self, row: PostView, column: int) -> str:
        match column:
            case 0:
                return f"{row.day:%y}. {row.day.month}. {row.day.day}.({WEEKDAYS[row.day.weekday()]})"
            case 1:
                return row.time
            case 2:
                return row.subject
            case 3:
                return " · ".join(self._marks[each].name for each in row.channels if each in self._marks)
            case 4:
                return row.audience
            case 5:
                return "미결정" if self._late(row) else STATUS_NAMES[row.status]
            case 6 | 7:
                return figure(row.counts.sent if column == 6 else row.counts.opened)
            case 8:
                return rate_text(row.counts.rate("opened"))
            case _:
                kind = KIND_NAMES[row.kind] if row.kind is not Kind.NORMAL else ""
                told = row.warnings[0].text if row.warnings else row.moved_because
                return " · ".join(part for part in (kind, told) if part)
