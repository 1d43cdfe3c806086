"""반복 일정: the rule in words and boxes, the dates that it gives, and what changes from where on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from civictracker.domain.holidays import POLICY_NAMES, Policy, place
from civictracker.domain.posting import KIND_NAMES, Kind, parse_time, subject_of
from civictracker.domain.recurrence import CODES, Rule, check_rule, describe, occurrences, parse_rule
from civictracker.domain.weeks import WEEKDAYS
from civictracker.errors import InputError, UserError
from civictracker.services.calendar import SeriesRow, list_series
from civictracker.services.holidays import load_calendar
from civictracker.services.post_series import change_following, end_series, save_series
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    ComboBox,
    ElidedLabel,
    Segments,
    button,
    clear,
    column,
    holder,
    label,
    row,
    scrolled,
)
from civictracker.ui.widgets.forms import (
    Chips,
    FormDialog,
    add_row,
    date_edit,
    form,
    part,
    spin_box,
)
from civictracker.ui.words import day_words

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_FREQUENCIES = (("DAILY", "매일"), ("WEEKLY", "매주"), ("MONTHLY", "매월"), ("YEARLY", "매년"))
_UNITS = {"DAILY": "일마다", "WEEKLY": "주마다", "MONTHLY": "개월마다", "YEARLY": "년마다"}
_SHOWN = 10
ALL, FOLLOWING = "all", "following"


class RuleBox(QWidget):
    """A repetition in boxes. Rules that it cannot show (several set positions) are kept as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.freq = Segments(_FREQUENCIES, "WEEKLY", "반복")
        self.interval = spin_box("간격", 1, 99)
        self.interval.setFixedWidth(theme.px(60))
        self.unit = label("주마다")
        self.days = Chips(list(enumerate(WEEKDAYS)), "요일", across=7)
        self.how = ComboBox()
        self.how.setAccessibleName("매월 언제")
        self.end = ComboBox()
        self.end.setAccessibleName("끝")
        for key, text in (("never", "계속"), ("until", "이날까지"), ("count", "횟수만큼")):
            self.end.addItem(text, key)
        self.until, self.count = date_edit("끝나는 날"), spin_box("횟수", 1, 5_000)
        self.count.setValue(10)
        self._starts = date(2026, 1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(t.S2))
        box.addLayout(row(self.freq, self.interval, self.unit, None))
        box.addWidget(self.days)
        box.addWidget(self.how)
        box.addLayout(row(label("끝", "subtle"), self.end, self.until, self.count, None))
        self.freq.chosen.connect(lambda _key: self._show_parts())
        self.end.currentIndexChanged.connect(lambda _at: self._show_parts())
        self._show_parts()

    def on_change(self, act: Any) -> None:
        self.freq.chosen.connect(lambda _key: act())
        self.interval.valueChanged.connect(lambda _value: act())
        self.days.changed.connect(act)
        self.how.currentIndexChanged.connect(lambda _at: act())
        self.end.currentIndexChanged.connect(lambda _at: act())
        self.until.dateChanged.connect(lambda _day: act())
        self.count.valueChanged.connect(lambda _value: act())

    def _show_parts(self) -> None:
        freq = self.freq.value
        self.unit.setText(_UNITS.get(freq, ""))
        self.days.setVisible(freq == "WEEKLY")
        self.how.setVisible(freq in {"MONTHLY", "YEARLY"})
        self.until.setVisible(self.end.currentData() == "until")
        self.count.setVisible(self.end.currentData() == "count")

    def set_starts(self, starts: date) -> None:
        """The choices of 매월 follow from the day on which the series begins, and so does its one weekday."""
        if self.days.values == (self._starts.weekday(),):
            self.days.set_values([starts.weekday()])
        self._starts = starts
        if self.until.date() < QDate(starts.year, starts.month, starts.day):
            self.until.setDate(QDate(starts.year, 12, 31))
        at = max(0, self.how.currentIndex())
        nth, weekday = (starts.day + 6) // 7, WEEKDAYS[starts.weekday()]
        names = ("", "첫째", "둘째", "셋째", "넷째", "다섯째")
        code = CODES[starts.weekday()]
        self.how.blockSignals(True)  # noqa: FBT003
        self.how.clear()
        self.how.addItem(f"{starts.day}일", f"BYMONTHDAY={starts.day}")
        self.how.addItem(f"{names[nth]} {weekday}요일", f"BYDAY={nth}{code}")
        self.how.addItem(f"마지막 {weekday}요일", f"BYDAY=-1{code}")
        self.how.addItem("마지막 날", "BYMONTHDAY=-1")
        self.how.addItem("마지막 평일", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
        self.how.setCurrentIndex(min(at, 4))
        self.how.blockSignals(False)  # noqa: FBT003

    @property
    def text(self) -> str:
        freq = self.freq.value
        parts = [f"FREQ={freq}"]
        if self.interval.value() != 1:
            parts.append(f"INTERVAL={self.interval.value()}")
        if freq == "WEEKLY" and self.days.values:
            parts.append("BYDAY=" + ",".join(CODES[day] for day in self.days.values))
        if freq == "YEARLY":
            parts.append(f"BYMONTH={self._starts.month}")
        if freq in {"MONTHLY", "YEARLY"}:
            parts.append(str(self.how.currentData()))
        if self.end.currentData() == "until":
            parts.append(f"UNTIL={self.until.date().toString('yyyyMMdd')}")
        elif self.end.currentData() == "count":
            parts.append(f"COUNT={self.count.value()}")
        return ";".join(parts)

    def set_rule(self, rule: Rule, starts: date) -> None:
        self.set_starts(starts)
        self.freq.set_value(rule.freq)
        self.interval.setValue(rule.interval)
        self.days.set_values([day for _, day in rule.by_day] or [starts.weekday()])
        body = rule.text.split(";")
        wanted = ";".join(part for part in body if part.startswith(("BYMONTHDAY", "BYDAY", "BYSETPOS")))
        if rule.freq in {"MONTHLY", "YEARLY"} and wanted:
            if self.how.findData(wanted) < 0:
                self.how.addItem(describe(rule), wanted)
            self.how.setCurrentIndex(self.how.findData(wanted))
        if rule.until is not None:
            self.end.setCurrentIndex(1)
            self.until.setDate(QDate(rule.until.year, rule.until.month, rule.until.day))
        elif rule.count is not None:
            self.end.setCurrentIndex(2)
            self.count.setValue(rule.count)
        self._show_parts()


class SeriesDialog(FormDialog):
    """Makes a series (``series_id`` None) or changes one: all of it, or from ``original`` on."""

    def __init__(self, work: Work, series_id: int | None = None, original: date | None = None) -> None:
        super().__init__(work.page, "반복 일정 만들기" if series_id is None else "반복 일정 바꾸기")
        self.work, self.series_id, self.original = work, series_id, original
        self.resize(theme.px(900), theme.px(660))
        self.calendar = work.state.context.read(load_calendar)
        found = [each for each in work.state.context.read(list_series) if each.id == series_id]
        self.series: SeriesRow | None = found[0] if found else None
        left, right = holder(self._left()), holder(self._right())
        sides = row(scrolled(left), right, spacing=t.S5)
        sides.setStretch(0, 58)
        sides.setStretch(1, 42)
        self.body.addLayout(sides)
        if self.series is not None:
            when = original or work.state.today
            self.foot.addWidget(
                button(f"{when.month}. {when.day}.부터 끝내기", lambda: self._end(when), kind="danger")
            )
        self.close_foot()
        self._fill()
        self._preview()

    def _left(self) -> QFormLayout:
        self.name, self.title, self.time = QLineEdit(), QLineEdit(), QLineEdit("15:00")
        self.name.setPlaceholderText("예: 주간 카드뉴스")
        self.title.setPlaceholderText("예: 카드뉴스 {주}  또는  해피매거진 {호}")
        self.time.setFixedWidth(theme.px(90))
        self.time.setAccessibleName("시각")
        self.starts = date_edit("시작하는 날")
        self.rule = RuleBox()
        self.policy, self.kind = ComboBox(), ComboBox()
        for policy in Policy:
            self.policy.addItem(POLICY_NAMES[policy], policy)
        for kind in Kind:
            self.kind.addItem(KIND_NAMES[kind], kind)
        self.audience = QLineEdit()
        self.first_number = spin_box("첫 호수", 0, 100_000)
        self.first_number.setValue(1)
        self.channels = Chips([(key, mark.name) for key, mark in self.work.page.marks.items()], "채널")
        rows = form()
        rows.setContentsMargins(0, 0, theme.px(t.S3), 0)
        self.scope = Segments(((FOLLOWING, "이 회차부터"), (ALL, "전체")), FOLLOWING, "바꿀 범위")
        if self.series is not None and self.original is not None:
            add_row(rows, "바꿀 범위", self.scope, name=False)
        add_row(rows, "이름", self.name)
        add_row(rows, "제목", self.title)
        add_row(rows, "시작·시각", holder(row(self.starts, self.time, None)), name=False)
        add_row(rows, "반복", self.rule, name=False)
        add_row(rows, "휴일이면", self.policy)
        add_row(rows, "채널", self.channels, name=False)
        add_row(rows, "대상", self.audience)
        add_row(rows, "종류", self.kind)
        add_row(rows, "첫 호수", self.first_number)
        self.starts.dateChanged.connect(self._on_starts_date_changed)
        self.rule.on_change(self._preview)
        self.policy.currentIndexChanged.connect(lambda _at: self._preview())
        for edit in (self.title, self.name, self.time):
            edit.textChanged.connect(lambda _text: self._preview())
        self.first_number.valueChanged.connect(lambda _value: self._preview())
        return rows

    def _right(self) -> QVBoxLayout:
        self.words = label("", "strong", wrap=True)
        self.dates = column(spacing=6)
        return column(part("이렇게 반복됩니다"), self.words, holder(self.dates), None, spacing=t.S2)

    def _fill(self) -> None:
        series = self.series
        day = self.original or self.work.page.day_in_view
        if series is None:
            self._set_starts(day)
            self.rule.set_rule(parse_rule("FREQ=WEEKLY"), day)
            return
        self._set_starts(self.original or series.starts)
        self.name.setText(series.name)
        self.title.setText(series.title)
        self.time.setText(series.time)
        self.rule.set_rule(parse_rule(series.rule), self.original or series.starts)
        self.policy.setCurrentIndex(self.policy.findData(series.policy))
        self.kind.setCurrentIndex(self.kind.findData(series.kind))
        self.audience.setText(series.audience)
        self.first_number.setValue(series.first_number)
        self.channels.set_values(series.channels)

    def _set_starts(self, day: date) -> None:
        self.starts.setDate(QDate(day.year, day.month, day.day))

    @property
    def _first(self) -> date:
        day = self.starts.date()
        return date(day.year(), day.month(), day.day())

    def _on_starts_date_changed(self, _day: QDate) -> None:
        self.rule.set_starts(self._first)
        self._preview()

    def _preview(self) -> None:
        """The next dates, each with where a holiday sends it and why."""
        if not hasattr(self, "dates"):
            return
        clear(self.dates)
        try:
            rule = parse_rule(self.rule.text)
            check_rule(rule, self._first)
            time = parse_time(self.time.text())
        except UserError as error:
            self.words.setText(error.text)
            return
        self.words.setText(f"{describe(rule)} {time}".strip())
        days = occurrences(rule, self._first, self._first, self._first + timedelta(days=800))
        title = self.title.text().strip() or self.name.text().strip()
        number = self.first_number.value() - 1
        for day in days[:_SHOWN]:
            placed = place(
                day, Policy(self.policy.currentData()), self.calendar, weekend_meant=rule.names_weekend
            )
            number += placed.day is not None
            subject = subject_of(title, day, number, self.work.state.naming)
            when = label(day_words(placed.day) if placed.day else "건너뜀")
            when.setFont(theme.figures())
            when.setMinimumWidth(theme.px(126))
            self.dates.addLayout(row(when, ElidedLabel(subject, "subtle")))
            if placed.because:
                self.dates.addWidget(label(placed.because, "small error"))
        if not self.calendar.is_certain(days[:_SHOWN][-1].year if days else 0):
            self.dates.addWidget(label("미확인: 이 해의 공휴일은 확인되지 않았습니다.", "small subtle"))
        if rule.by_month_day and max(rule.by_month_day) > 28:
            self.dates.addWidget(label("그 날짜가 없는 달은 건너뜁니다.", "small subtle"))

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.name.text(), "title": self.title.text() or self.name.text(),
            "rule": self.rule.text, "starts": self._first, "time": self.time.text(),
            "policy": Policy(self.policy.currentData()), "audience": self.audience.text(),
            "kind": Kind(self.kind.currentData()), "channels": self.channels.values,
            "first_number": self.first_number.value(),
        }  # fmt: skip

    def save(self) -> None:
        fields, context = self.fields(), self.work.state.context
        if not fields["channels"]:
            raise InputError("보낼 채널을 골라 주세요.")
        if self.series is not None and self.original is not None and self.scope.value == FOLLOWING:
            if fields["first_number"] == self.series.first_number:
                del fields["first_number"]  # the numbering goes on
            self.work.tell(
                context.write(change_following, series_id=self.series.id, original=self.original, **fields)
            )
            return
        if self.series is not None and self.original is not None and fields["starts"] == self.original:
            fields["starts"] = self.series.starts  # all of it: where it began stays
        self.work.tell(context.write(save_series, series_id=self.series_id, **fields))

    def _end(self, when: date) -> None:
        assert self.series is not None
        self.work.write(end_series, series_id=self.series.id, original=when)
        self.accept()
