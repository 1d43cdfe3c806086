"""반복 일정: every series with its rule, its channels and its next send; to make, change or end one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from civictracker.domain.holidays import POLICY_NAMES
from civictracker.services.calendar import SeriesRow, list_posts, list_series
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.pages.calendar_series import SeriesDialog
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import button, label
from civictracker.ui.widgets.calendar_paint import Marks
from civictracker.ui.widgets.fitted import FittedTable
from civictracker.ui.widgets.forms import FormDialog
from civictracker.ui.words import day_words

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_AHEAD = timedelta(days=366)
ROOMS = ((110, 170), (130, 200), (90, 150), (66, 70), (122, 140))


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """``coming`` is the day of its next send, told as ``2026. 11. 27.(금)``; ``끝남`` when there is none."""

    series: SeriesRow
    channels: str
    coming: str


class SeriesTable(RowTable[SeriesLine]):
    headers = ("이름", "반복", "채널", "휴일이면", "다음 발송")

    def cell(self, row: SeriesLine, column: int) -> str:
        series = row.series
        return (series.name, series.words, row.channels, POLICY_NAMES[series.policy], row.coming)[column]

    def look(self, row: SeriesLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole and column == len(self.headers) - 1:
            return theme.figures()
        return plain_tip(self.cell(row, column)) if role == Qt.ItemDataRole.ToolTipRole else None


class SeriesList(FormDialog):
    def __init__(self, work: Work) -> None:
        super().__init__(work.page, "반복 일정", save="새 반복 일정")
        self.work = work
        self.resize(theme.px(740), theme.px(420))
        self.model = SeriesTable()
        self.table = FittedTable("반복 일정 목록", ROOMS)
        self.table.setModel(self.model)
        self.table.activated.connect(lambda _index: self._change())
        self.empty = label(
            "아직 반복 일정이 없습니다. ‘매주 금요일 15:00 카드뉴스’처럼 만들어 두세요.", "subtle", wrap=True
        )
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self.change = button("바꾸기", self._change, keys="Enter")
        self.foot.addWidget(self.change)
        self.close_foot()
        self._fill()
        (self.table if self.model.rowCount() else self.save_button).setFocus()

    def _fill(self) -> None:
        at = max(0, self.table.currentIndex().row())
        lines = _lines(self.work, self.work.page.marks)
        self.model.put(lines)
        self.table.selectRow(min(at, len(lines) - 1))
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.change.setEnabled(bool(lines))

    def _change(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is not None:
            SeriesDialog(self.work, chosen.series.id).run()
            self._fill()

    def try_save(self) -> bool:
        SeriesDialog(self.work).run()
        self._fill()
        return True


def _lines(work: Work, marks: Marks) -> Sequence[SeriesLine]:
    today = work.state.today
    coming: dict[int | None, str] = {}
    posts = work.state.context.read(list_posts, start=today, end=today + _AHEAD, open_only=True)
    for post in posts:
        coming.setdefault(post.key.series_id, day_words(post.day))
    return [
        SeriesLine(
            row,
            " · ".join(marks[each].name for each in row.channels if each in marks),
            coming.get(row.id, "끝남" if row.starts <= today else day_words(row.starts)),
        )
        for row in work.state.context.read(list_series)
    ]
