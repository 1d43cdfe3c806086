"""긴급 발송 기록: what happened when, where it was told, and how long that took."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QPlainTextEdit

from civictracker.errors import InputError
from civictracker.services.posts import send_emergency
from civictracker.ui.theme import theme
from civictracker.ui.widgets.forms import Chips, FormDialog, add_row, form

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work


class EmergencyDialog(FormDialog):
    """Needs no plan: saving it says that it was sent now."""

    def __init__(self, work: Work) -> None:
        super().__init__(work.page, "긴급 발송 기록", save="지금 보냈음")
        self.work = work
        self.setMinimumWidth(theme.px(520))
        now = work.state.context.now
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        self.subject.setPlaceholderText("예: 태풍 링링 대비 안내")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(110))
        self.happened = QDateTimeEdit()
        self.happened.setLocale(QLocale(QLocale.Language.Korean))
        self.happened.setCalendarPopup(True)
        self.happened.setDisplayFormat("yyyy. MM. dd.(ddd) HH:mm")
        self.happened.setDateTime(QDateTime(now.year, now.month, now.day, now.hour, now.minute, 0))
        self.channels = Chips([(key, mark.name) for key, mark in work.page.marks.items()], "채널")
        rows = form()
        add_row(rows, "제목", self.subject)
        add_row(rows, "발생한 때", self.happened)
        add_row(rows, "채널", self.channels, name=False)
        add_row(rows, "본문", self.text)
        self.body.addLayout(rows)
        self.close_foot()

    def save(self) -> None:
        now = self.work.state.context.now
        told = self.happened.dateTime()
        day, at = told.date(), told.time()
        happened = datetime(day.year(), day.month(), day.day(), at.hour(), at.minute(), tzinfo=now.tzinfo)
        if not self.channels.values:
            raise InputError("보낸 채널을 골라 주세요.")
        self.work.said(
            self.work.state.context.write(
                send_emergency, subject=self.subject.text(), channels=self.channels.values,
                happened=happened, now=now, body=self.text.toPlainText(),
            )
        )  # fmt: skip
