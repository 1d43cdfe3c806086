"""문의·수상: how many asked, how fast they were answered, and what the channels won."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from civictracker.documents.masking import masked
from civictracker.domain.dates import official, short
from civictracker.domain.numbers import Number, grouped, parse_number
from civictracker.errors import InputError
from civictracker.services import inquiries
from civictracker.services.changes import Topic
from civictracker.services.channels import list_channels
from civictracker.services.inquiries import KINDS, Inquiries, InquirySum
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    ComboBox,
    Segments,
    button,
    column,
    holder,
    label,
    refill,
    row,
    scrolled,
)
from civictracker.ui.widgets.forms import FormDialog, add_row, date_edit, form
from civictracker.ui.widgets.formulas import formulas_button
from civictracker.ui.words import MISSING, percent

SPANS = (("1", "이번 주"), ("12", "12주"), ("52", "1년"))
SHOWN = 40


class InquiriesPage(Page):
    id = "inquiries"
    name = "문의·수상"
    hint = "건수와 답한 시간만 적습니다. 이름·전화번호는 적지 않습니다"
    topics = frozenset({Topic.NOTES, Topic.CHANNELS})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.found: Inquiries | None = None
        self.span = Segments(SPANS, "12", "기간")
        self.span.chosen.connect(lambda _value: self.touch())
        self.tools.addWidget(self.span)
        self.tools.addWidget(formulas_button(self, self.id))
        self.tools.addWidget(button("수상 적기", lambda: AwardDialog(self).run(), icon="star"))
        self.tools.addWidget(
            button("문의 적기", lambda: InquiryDialog(self).run(), kind="primary", icon="plus", keys="Ctrl+N")
        )
        self.shortcut("Ctrl+N", lambda: InquiryDialog(self).run())
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self.outer.addWidget(scrolled(holder(self._body)), 1)

    def reload(self) -> None:
        end = self.state.week.end
        start = self.state.week.shift(1 - int(self.span.value)).start
        found = self.found = self.state.context.read(inquiries.load_inquiries, start=start, end=end)
        daily = "" if found.a_day is None else f" · 적은 날 하루 평균 {grouped(found.a_day)}건"
        self.subtitle.setText(
            f"{official(start)} ~ {official(end)} · 접수 {found.total.received:,}건{daily} · "
            f"답한 시간(중앙값) {_minutes(found.total.minutes)}"
        )
        sums = row(_sum_card("채널별", found.by_channel), _sum_card("종류별", found.by_kind), spacing=t.S3)
        refill(self._body, column(sums, self._rows(found), self._awards(), None, spacing=t.S3))

    def _rows(self, found: Inquiries) -> Card:
        card = Card("적은 것", f"{len(found.rows)}줄")
        grid = _grid(("날짜", "채널", "종류", "접수", "답변", "답한 시간", ""), 3)
        for at, each in enumerate(found.rows[:SHOWN], 1):
            texts = (short(each.day), each.channel, each.kind, f"{each.received:,}", f"{each.answered:,}",
                     _minutes(each.median_minutes))  # fmt: skip
            for across, text in enumerate(texts):
                grid.addWidget(label(text), at, across, _side(across, 3))
            drop = button("지우기", partial(self._delete_inquiry, each.id), kind="text small")
            drop.setAccessibleName(f"{texts[0]} {each.channel} {each.kind} 지우기")
            grid.addWidget(drop, at, len(texts))
        card.body.addLayout(grid)
        if not found.rows:
            words = "댓글·메시지로 받은 문의의 건수와 답하기까지 걸린 시간을 날마다 또는 주마다 적어 둡니다."
            card.body.addWidget(label(words, "subtle", wrap=True))
        return card

    def _awards(self) -> Card:
        awards = self.state.context.read(inquiries.list_awards)
        card = Card("수상", f"{len(awards)}건")
        for each in awards:
            told = " · ".join(
                part for part in (official(each.day), each.name, each.prize, each.giver) if part
            )
            drop = button("지우기", partial(self._delete_award, each.id), kind="text small")
            drop.setAccessibleName(f"{each.name} 지우기")
            both = row(label(told, wrap=True), drop)
            both.setStretch(0, 1)
            card.body.addLayout(both)
        if not awards:
            card.body.addWidget(
                label("채널이 받은 상을 적어 두면 보도자료와 인수인계에 씁니다.", "subtle", wrap=True)
            )
        return card

    def _delete_inquiry(self, key: int) -> None:
        changes = self.state.context.write(inquiries.delete_inquiry, inquiry_id=key)
        self.state.say(changes.label, changes)

    def _delete_award(self, key: int) -> None:
        changes = self.state.context.write(inquiries.delete_award, award_id=key)
        self.state.say(changes.label, changes)


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return MISSING
    return f"{minutes}분" if minutes < 60 else f"{minutes // 60}시간 {minutes % 60}분".removesuffix(" 0분")


def _side(across: int, first_figure: int) -> Qt.AlignmentFlag:
    """Figures stand under one another at the right."""
    return Qt.AlignmentFlag.AlignRight if across >= first_figure else Qt.AlignmentFlag.AlignLeft


def _grid(heads: Sequence[str], first_figure: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(t.S5))
    grid.setVerticalSpacing(theme.px(t.S1))
    for at, head in enumerate(heads):
        grid.addWidget(label(head, "subtle small"), 0, at, _side(at, first_figure))
    grid.setColumnStretch(1, 1)
    return grid


def _sum_card(title: str, sums: Sequence[InquirySum]) -> Card:
    card = Card(title)
    grid = _grid(("", "", "접수", "답변률", "답한 시간"), 2)
    grid.setVerticalSpacing(theme.px(t.S2))
    for at, each in enumerate(sums[:8], 1):
        texts = (each.name, "", f"{each.received:,}건", percent(each.rate), _minutes(each.minutes))
        for across, text in enumerate(texts):
            grid.addWidget(label(text, "strong" if across == 2 else ""), at, across, _side(across, 2))
    card.body.addLayout(grid)
    if not sums:
        card.body.addWidget(label("이 기간에 적은 것이 없습니다.", "subtle"))
    card.body.addStretch(1)
    return card


def _whole(text: str, what: str, *, empty: int | None) -> int | None:
    number = parse_number(text.strip())
    if not text.strip():
        return empty
    if not isinstance(number, Number) or number.value != int(number.value) or number.value < 0:
        raise InputError(f"{what}을(를) 숫자로 적어 주세요.")
    return int(number.value)


def _day(edit: QWidget) -> date:
    day = edit.date().toPython()  # type: ignore[attr-defined]
    assert isinstance(day, date)
    return day


def _safe(text: str) -> str:
    """What looks like somebody's number or address is never kept."""
    return masked(text)


class InquiryDialog(FormDialog):
    def __init__(self, page: InquiriesPage) -> None:
        super().__init__(page, "문의 적기")
        self._page = page
        today = page.state.today
        self.day = date_edit("날짜")
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.channel, self.kind = ComboBox(), ComboBox()
        for each in page.state.context.read(list_channels):
            self.channel.addItem(each.label, each.id)
        self.kind.addItems(KINDS)
        self.kind.setEditable(True)
        self.received, self.answered, self.minutes = QLineEdit(), QLineEdit(), QLineEdit()
        self.minutes.setPlaceholderText("분 (중앙값, 모르면 비움)")
        shape = form()
        for text, widget in (
            ("날짜", self.day), ("채널", self.channel), ("종류", self.kind), ("접수", self.received),
            ("답변", self.answered), ("답한 시간", self.minutes),
        ):  # fmt: skip
            add_row(shape, text, widget)
        self.body.addLayout(shape)
        self.body.addWidget(
            label("건수만 적습니다. 묻는 사람의 이름이나 연락처는 적지 마세요.", "subtle small")
        )
        self.close_foot()

    def save(self) -> None:
        channel = self.channel.currentData()
        if channel is None:
            raise InputError("먼저 채널을 만들어 주세요.")
        received = _whole(self.received.text(), "접수한 건수", empty=0)
        changes = self._page.state.context.write(
            inquiries.save_inquiry, channel_id=int(channel), day=_day(self.day),
            kind=_safe(self.kind.currentText()), received=received or 0,
            answered=_whole(self.answered.text(), "답한 건수", empty=received) or 0,
            median_minutes=_whole(self.minutes.text(), "답한 시간", empty=None),
        )  # fmt: skip
        self._page.state.say(changes.label, changes)


class AwardDialog(FormDialog):
    def __init__(self, page: InquiriesPage) -> None:
        super().__init__(page, "수상 적기")
        self._page = page
        today = page.state.today
        self.day = date_edit("날짜")
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.name, self.prize, self.giver = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("예: 대한민국 SNS 대상")
        self.prize.setPlaceholderText("예: 최우수상")
        shape = form()
        for text, widget in (
            ("날짜", self.day),
            ("이름", self.name),
            ("상", self.prize),
            ("주최", self.giver),
        ):
            add_row(shape, text, widget)
        self.body.addLayout(shape)
        self.close_foot()

    def save(self) -> None:
        changes = self._page.state.context.write(
            inquiries.save_award, day=_day(self.day), name=_safe(self.name.text()),
            prize=_safe(self.prize.text()), giver=_safe(self.giver.text()),
        )  # fmt: skip
        self._page.state.say(changes.label, changes)
