"""Posts as a list: one a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from civictracker.domain.posting import KIND_NAMES, STATUS_NAMES, Kind, rate_figure
from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.calendar import PostView
from civictracker.ui.icons import pixmap
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.calendar_paint import STATUS_ROLES, Marks
from civictracker.ui.words import figure

DAY, TIME, SUBJECT, CHANNELS, AUDIENCE, STATUS, SENT, OPENED, RATE, ABOUT = range(10)
# The least that each column can do with and what it would like.
ROOMS = (
    (86, 90), (56, 60), (144, 240), (98, 140), (54, 96), (58, 62), (66, 74), (66, 74), (66, 70), (150, 260),
)  # fmt: skip
WITH_YEAR = (110, 114)


class PostTable(RowTable[PostView]):
    headers = ("날짜", "시각", "제목", "채널", "대상", "상태", "발송", "열람", "열람률", "확인할 것")
    numbers = frozenset({SENT, OPENED, RATE})
    marks_warnings = False  # beside the subject, where there is no room to tell them

    def __init__(self) -> None:
        super().__init__()
        self._marks: Marks = {}
        self._now: datetime | None = None
        self.tells_years = False  # a list of one month has its year above it

    def set_rows(self, rows: Sequence[PostView], marks: Marks, now: datetime) -> None:
        self._marks, self._now = marks, now
        self.tells_years = len({row.day.year for row in rows}) > 1
        self.put(rows)

    def look(self, row: PostView, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ForegroundRole if column == STATUS:
                return theme.colour("warning_text" if self._late(row) else STATUS_ROLES[row.status])
            case Qt.ItemDataRole.ForegroundRole if column == ABOUT:
                return theme.colour("warning_text")
            case Qt.ItemDataRole.FontRole if column in {DAY, TIME} | self.numbers:
                return theme.figures()
            case Qt.ItemDataRole.DecorationRole if column == SUBJECT and row.warnings and self.marks_warnings:
                return pixmap("warning", "warning_text", 14)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._told(row, column))
        return None

    def _told(self, row: PostView, column: int) -> str:
        """All that a cell had to shorten."""
        if column == CHANNELS:
            return " · ".join(self._names(row))
        about = self.cell(row, ABOUT) if column == SUBJECT else ""
        return "\n".join(each for each in (self.cell(row, column), about) if each)

    def _names(self, row: PostView) -> list[str]:
        return [self._marks[each].name for each in row.channels if each in self._marks]

    def _late(self, row: PostView) -> bool:
        return self._now is not None and row.is_overdue(self._now)

    def cell(self, row: PostView, column: int) -> str:
        match column:
            case 0:  # DAY
                year = f"{row.day:%y}. " if self.tells_years else ""
                return f"{year}{row.day.month}. {row.day.day}.({WEEKDAYS[row.day.weekday()]})"
            case 1:  # TIME
                return row.time
            case 2:  # SUBJECT
                return row.subject
            case 3:  # CHANNELS
                first, *more = self._names(row) or [""]
                return f"{first} 외 {len(more)}" if more else first
            case 4:  # AUDIENCE
                return row.audience
            case 5:  # STATUS
                return "미결정" if self._late(row) else STATUS_NAMES[row.status]
            case 6 | 7:  # SENT, OPENED
                return figure(row.counts.sent if column == SENT else row.counts.opened)
            case 8:  # RATE
                return rate_figure(row.counts.rate("opened"))
            case _:
                kind = KIND_NAMES[row.kind] if row.kind is not Kind.NORMAL else ""
                told = row.warnings[0].text if row.warnings else row.moved_because
                return " · ".join(part for part in (kind, told) if part)
