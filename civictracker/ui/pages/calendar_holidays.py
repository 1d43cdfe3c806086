"""공휴일: the year's days off, where each comes from, and what the office changes about them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from civictracker.domain.weeks import WEEKDAYS
from civictracker.errors import UserError
from civictracker.services.changes import Changes
from civictracker.services.holidays import HolidayRow, drop_holiday, list_holidays, save_holiday
from civictracker.services.settings import save_settings
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Banner, button, column, icon_button, label, row
from civictracker.ui.widgets.forms import date_edit

_HEADS = ("날짜", "이름", "쉼", "출처")


class HolidayDialog(QDialog):
    """Every change is saved at once and can be taken back from the window."""

    def __init__(self, parent: QWidget, state: State, year: int) -> None:
        super().__init__(parent)
        self.state, self.year = state, year
        self.setWindowTitle("공휴일")
        self.resize(theme.px(600), theme.px(560))
        self.heading = label("", "title")
        self.banner = Banner("warning")
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("공휴일 목록")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        for at, width in enumerate((130, 190, 60)):
            self.table.setColumnWidth(at, theme.px(width))
        for at in range(len(_HEADS)):
            head = self.table.horizontalHeaderItem(at)
            if head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.day, self.name = date_edit("날짜"), QLineEdit()
        self.name.setPlaceholderText("예: 임시공휴일")
        self.name.setAccessibleName("휴일 이름")
        self.day.setDate(QDate(year, state.today.month, min(state.today.day, 28)))
        box = column(
            row(self.heading, None, icon_button("chevron-left", "지난해", lambda: self.go(-1)),
                icon_button("chevron-right", "다음 해", lambda: self.go(1))),
            self.banner, self.table,
            row(label("휴일 넣기", "subtle"), self.day, self.name, button("넣기", self.add)),
            row(button("근무일로 바꾸기", self.work), button("기관에서 고친 것 지우기", self.drop), None,
                button("닫기", self.accept, kind="primary")),
            spacing=t.S3,
        )  # fmt: skip
        box.setContentsMargins(*(theme.px(t.S5),) * 4)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.rows: list[HolidayRow] = []
        self.reload()

    def go(self, years: int) -> None:
        self.year = min(2190, max(1991, self.year + years))
        self.reload()

    def reload(self) -> None:
        self.rows = self.state.context.read(list_holidays, year=self.year)
        self.heading.setText(f"{self.year}년 공휴일")
        certain = bool(self.rows) and all(row.certain for row in self.rows)
        if certain:
            self.banner.hide()
        else:
            text = f"{self.year}년 휴일은 미확인입니다. 월력요항과 견주어 고친 뒤 눌러 주세요."
            self.banner.say("warning", "미확인", text, (("확인함", self.confirm),))
        self.table.setRowCount(len(self.rows))
        for at, each in enumerate(self.rows):
            day = f"{each.day.month}. {each.day.day}.({WEEKDAYS[each.day.weekday()]})"
            for place, text in enumerate((day, each.name, "근무" if each.works else "쉼", each.source)):
                self.table.setItem(at, place, QTableWidgetItem(text))

    def _do(self, changes: Changes) -> None:
        self.state.say(changes.label, changes)
        self.reload()

    def _try(self, act: object, **words: object) -> None:
        try:
            self._do(self.state.context.write(act, **words))  # type: ignore[arg-type]
        except UserError as error:
            self.banner.say("danger", "확인", error.text)

    def add(self) -> None:
        day = self.day.date()
        self._try(save_holiday, day=date(day.year(), day.month(), day.day()), name=self.name.text())

    def work(self) -> None:
        """The office works on the chosen day all the same."""
        at = self.table.currentRow()
        if 0 <= at < len(self.rows):
            self._try(save_holiday, day=self.rows[at].day, name=self.rows[at].name, works=True)

    def drop(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self.rows):
            self._try(drop_holiday, day=self.rows[at].day)

    def confirm(self) -> None:
        self._do(self.state.context.write(save_settings, holidays_checked=self.year))
