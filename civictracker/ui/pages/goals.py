"""목표·돌파: how far each channel is, which round numbers it passed, and when the next one may come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QVBoxLayout

from civictracker.domain.dates import label as period_label
from civictracker.domain.dates import official
from civictracker.domain.numbers import Number, grouped, parse_number, prose
from civictracker.errors import InputError
from civictracker.services.changes import Topic
from civictracker.services.channels import list_channels
from civictracker.services.composite import load_indexes
from civictracker.services.goals import (
    GoalView,
    Outlook,
    Passing,
    delete_goal,
    load_outlooks,
    main_channels,
    save_goal,
)
from civictracker.services.overlays import reaching
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.goals_index import IndexDialog
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import (
    Card,
    ComboBox,
    Empty,
    button,
    column,
    holder,
    label,
    refill,
    row,
    scrolled,
    tag,
)
from civictracker.ui.widgets.forms import FormDialog, add_row, date_edit, form
from civictracker.ui.widgets.formulas import formulas_button

SHOWN_PASSED = 4


class GoalsPage(Page):
    id = "goals"
    name = "목표·돌파"
    hint = "어림은 그 채널의 지난 값으로 견주어 본 방법으로만 합니다"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS, Topic.NOTES})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.outlooks: list[Outlook] = []
        self._indexes: dict[int, Decimal | None] = {}
        self._shows_all = False  # the 읍면동 too, which have no goal
        self.tools.addWidget(formulas_button(self, self.id))
        self.tools.addWidget(button("종합 지수", lambda: IndexDialog(self).run(), icon="star"))
        self.tools.addWidget(
            button("목표 정하기", self.start_new, kind="primary", icon="plus", keys="Ctrl+N")
        )
        self.shortcut("Ctrl+N", self.start_new)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(holder(self._body))
        self.outer.addWidget(self._area, 1)
        self.empty = Empty(
            "아직 채널이 없습니다",
            "채널을 만들고 주간 값을 적으면 N만 돌파와 목표까지 남은 수를 보여 줍니다.",
            ("채널 만들기", lambda: state.open_page("channels", "new")),
        )
        self.outer.addWidget(self.empty, 1)

    def reload(self) -> None:
        chosen, others = self.state.context.read(main_channels)
        shown = None if self._shows_all else chosen
        found = self.state.context.read(load_outlooks, week=self.state.week, channel_ids=shown)
        self.outlooks = sorted(
            found, key=lambda each: (not each.goals, each.channel.is_sub, -(each.current or 0))
        )
        self._area.setVisible(bool(found))
        self.empty.setVisible(not found)
        indexes = self.state.context.read(load_indexes, week=self.state.week, channel_ids=shown)
        self._indexes = {each.channel.id: each.found.value for each in indexes}
        count = sum(len(each.goals) for each in found)
        self.subtitle.setText(f"{self.state.week_name().full} 기준 · 목표 {count}개")
        cards = column(*(self._card(each) for each in self.outlooks), spacing=t.S3)
        if others:
            words = "읍면동 접기" if self._shows_all else f"읍면동 {others}개 더 보기"
            cards.addLayout(row(None, button(words, self._toggle_all), None))
        cards.addStretch(1)
        refill(self._body, cards)

    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self.touch()

    def _card(self, outlook: Outlook) -> Card:
        now = "-" if outlook.current is None else f"{grouped(outlook.current)}명"
        if (index := self._indexes.get(outlook.channel.id)) is not None:
            now += f" · 종합 지수 {index}"
        card = Card(outlook.channel.label, now)
        channel = outlook.channel.id
        see = button("추이 보기", lambda: self.state.open_page("trend", (channel,)), kind="small")
        see.setAccessibleName(f"{outlook.channel.label} 추이 보기")
        card.tools.addWidget(see)
        for goal in outlook.goals:
            card.body.addLayout(self._goal(outlook, goal))
        if outlook.current is not None and outlook.next_number is not None:
            left = grouped(outlook.next_number - outlook.current)
            name = f"{prose(outlook.next_number)}명까지 {left}명 ({outlook.share * 100:.1f}%)"
            words = label(name)
            words.setMinimumWidth(theme.px(230))  # the bars of all cards begin at one place
            card.body.addLayout(row(words, _bar(name, outlook.share), spacing=t.S3))
        card.body.addWidget(label(reaching(outlook) or outlook.why_not, "subtle small", wrap=True))
        if outlook.milestones:
            told = " · ".join(self._passed(each) for each in outlook.milestones[: -SHOWN_PASSED - 1 : -1])
            card.body.addWidget(label(f"지난 돌파: {told}", "subtle small", wrap=True))
        return card

    def _passed(self, each: Passing) -> str:
        when = period_label(each.week, self.state.naming)
        about = "" if each.is_exact or each.after is None else "까지(앞선 값과 사이가 뜸)"
        return f"{prose(each.number)}명 {when}{about}"

    def _goal(self, outlook: Outlook, goal: GoalView) -> QVBoxLayout:
        due = f" · {official(goal.due)}까지" if goal.due else ""
        left = "달성" if goal.left == 0 else f"{grouped(goal.left)}명 남음" if goal.left is not None else "-"
        name = f"목표 {prose(goal.target)}명{due} · {left} ({goal.share * 100:.1f}%)"
        change = button("고치기", lambda: GoalDialog(self, outlook.channel.id, goal).run(), kind="text small")
        change.setAccessibleName(f"{outlook.channel.label} {name} 고치기")
        drop = button("지우기", partial(self._delete, goal.id), kind="text small")
        drop.setAccessibleName(f"{outlook.channel.label} {name} 지우기")
        head = row(
            tag("목표", "primary"), label(name, "strong"), _bar(name, goal.share), change, drop, spacing=t.S3
        )
        return column(head, label(_goal_words(goal), "subtle small", wrap=True), spacing=2)

    def _delete(self, goal_id: int) -> None:
        changes = self.state.context.write(delete_goal, goal_id=goal_id)
        self.state.say(changes.label, changes)

    def start_new(self) -> None:
        if self.outlooks:
            GoalDialog(self, self.outlooks[0].channel.id, None).run()


def _bar(name: str, share: float) -> QProgressBar:
    made = QProgressBar()
    made.setRange(0, 1000)
    made.setValue(min(1000, round(share * 1000)))
    made.setTextVisible(False)
    made.setToolTip(plain_tip(f"{share * 100:.1f}%"))
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(120))
    return made


def _goal_words(goal: GoalView) -> str:
    words = [goal.note] if goal.note else []
    if goal.reach is not None:
        first, last = goal.reach.earliest, goal.reach.latest
        if first is None:
            words.append("지금 추세로는 2년 안에 이르지 않습니다.")
        else:
            until = official(last.end) if last is not None else "알 수 없는 때"
            words.append(f"이대로면 {official(first.end)} ~ {until} 사이")
            if goal.due is not None and first.end > goal.due:
                words.append("기한보다 늦습니다.")
    return " · ".join(words)


class GoalDialog(FormDialog):
    def __init__(self, page: GoalsPage, channel_id: int, goal: GoalView | None) -> None:
        super().__init__(page, "목표 고치기" if goal else "목표 정하기")
        self._page, self._goal = page, goal
        self.channel = ComboBox()
        for each in page.state.context.read(list_channels):
            self.channel.addItem(each.label, each.id)
        self.channel.setCurrentIndex(max(0, self.channel.findData(channel_id)))
        self.target = QLineEdit(grouped(goal.target) if goal else "")
        self.target.setPlaceholderText("예: 15만")
        self.has_due = QCheckBox("기한")
        self.due = date_edit("기한")
        day = (goal.due if goal else None) or date(page.state.today.year, 12, 31)
        self.due.setDate(QDate(day.year, day.month, day.day))
        self.has_due.setChecked(goal is not None and goal.due is not None)
        self.due.setEnabled(self.has_due.isChecked())
        self.has_due.toggled.connect(self.due.setEnabled)
        self.note = QLineEdit(goal.note if goal else "")
        shape = form()
        add_row(shape, "채널", self.channel)
        add_row(shape, "목표", self.target)
        shape.addRow(self.has_due, self.due)
        add_row(shape, "메모", self.note)
        self.body.addLayout(shape)
        self.close_foot()

    def save(self) -> None:
        number = parse_number(self.target.text().strip())
        if not isinstance(number, Number) or number.value != int(number.value):
            raise InputError("목표를 숫자로 적어 주세요. 예: 15만")
        due = self.due.date().toPython()
        assert isinstance(due, date)
        changes = self._page.state.context.write(
            save_goal, channel_id=int(self.channel.currentData()), target=int(number.value),
            due=due if self.has_due.isChecked() else None, note=self.note.text(),
            goal_id=self._goal.id if self._goal else None,
        )  # fmt: skip
        self._page.state.say(changes.label, changes)
