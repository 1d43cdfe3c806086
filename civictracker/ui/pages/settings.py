"""설정: the office, its 결재란 and week rule, the look of the window, and where backups go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from civictracker.domain.weeks import WEEKDAYS, WeekNaming, WeekRule
from civictracker.services.changes import Changes, Topic
from civictracker.services.settings import save_office, save_settings
from civictracker.ui import tokens as t
from civictracker.ui.look import load_look, save_look
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.settings_backups import BackupCard
from civictracker.ui.pages.settings_emblem import EmblemRow
from civictracker.ui.pages.settings_posts import PostCard
from civictracker.ui.state import State
from civictracker.ui.theme import system_theme, theme
from civictracker.ui.tokens import SCALES, THEME_LABELS, ThemeName
from civictracker.ui.widgets.approval import ApprovalEditor
from civictracker.ui.widgets.basics import (
    Banner,
    Card,
    ComboBox,
    Segments,
    column,
    holder,
    is_being_typed,
    label,
    scrolled,
)
from civictracker.ui.words import week_range

_RULES = (
    (WeekRule.THURSDAY, "목요일이 든 달로 (국제 표준)"),
    (WeekRule.CALENDAR_ROW, "달력 줄로"),
    (WeekRule.NTH_WEEKDAY, "기준일이 몇째인지로"),
)


class SettingsPage(Page):
    id = "settings"
    name = "설정"
    topics = frozenset({Topic.SETTINGS, Topic.OFFICE})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.banner = Banner()
        self.outer.addWidget(self.banner)
        self.backups = BackupCard(state, self.banner, self._save)
        left = column(self._office(), self._weeks(), self._approval(), None, spacing=t.S3)
        self.posts = PostCard(state, self.banner, self._save)
        right = column(self._look(), self.posts, self.backups, None, spacing=t.S3)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.px(t.S3))
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        self.outer.addWidget(scrolled(holder(sides)), 1)

    # --- laying out ---------------------------------------------------------------------------

    def _office(self) -> Card:
        card = Card("기관", "보고서 머리와 화면 위에 나옵니다")
        self.office, self.department = QLineEdit(), QLineEdit()
        self.writer, self.report_title = QLineEdit(), QLineEdit()
        self.emblem = EmblemRow(self.state, self.attempt)
        card.body.addLayout(
            _form(("기관 이름", self.office), ("부서", self.department), ("작성 팀·사람", self.writer),
                  ("보고서 제목", self.report_title), ("기관 상징", self.emblem))
        )  # fmt: skip
        for edit in (self.office, self.department):
            edit.editingFinished.connect(self._save_office)
        for edit in (self.writer, self.report_title):
            edit.editingFinished.connect(self._save_report)
        return card

    def _weeks(self) -> Card:
        card = Card("주 이름", "‘11월 3주’를 세는 방법")
        self.rule, self.weekday = ComboBox(), ComboBox()
        for rule, text in _RULES:
            self.rule.addItem(text, rule.value)
        for at, name in enumerate(WEEKDAYS):
            self.weekday.addItem(f"{name}요일", at)
        self.example = label("", "subtle", wrap=True)
        card.body.addLayout(_form(("세는 법", self.rule), ("기준일", self.weekday)))
        card.body.addWidget(self.example)
        self.rule.activated.connect(self._save_weeks)
        self.weekday.activated.connect(self._save_weeks)
        self.carry = QCheckBox("합계에서 빠진 채널은 지난 값으로 채우고 ※로 적기")
        self.carry.clicked.connect(lambda on: self._save(carry_forward=bool(on)))
        card.body.addWidget(self.carry)
        return card

    def _approval(self) -> Card:
        card = Card("결재란", "2칸에서 5칸까지")
        self.approval = ApprovalEditor()
        self.approval.edited.connect(
            lambda: self._save(approval=self.approval.names, delegated=self.approval.delegated)
        )
        card.body.addWidget(self.approval)
        return card

    def _look(self) -> Card:
        card = Card("화면", "이 컴퓨터에만 남습니다")
        names = (("", "컴퓨터 설정대로"), *((name.value, THEME_LABELS[name]) for name in ThemeName))
        self.theme_choice = Segments(names, "", "테마")
        self.scale = Segments(tuple((str(s), f"{round(s * 100)}%") for s in SCALES), "1.0", "글자 크기")
        card.body.addLayout(_form(("테마", self.theme_choice), ("글자 크기", self.scale)))
        self.theme_choice.chosen.connect(lambda _value: self._save_look())
        self.scale.chosen.connect(lambda _value: self._save_look())
        return card

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state, settings = self.state, self.state.settings
        self.subtitle.setText(f"자료 파일: {state.context.path}")
        for edit, text in (
            (self.office, state.office), (self.department, state.department), (self.writer, settings.writer),
            (self.report_title, settings.report_title),
        ):  # fmt: skip
            if not is_being_typed(edit):
                edit.setText(text)
        self.rule.setCurrentIndex(self.rule.findData(settings.week_rule.value))
        self.weekday.setCurrentIndex(settings.base_weekday)
        self.carry.setChecked(settings.carry_forward)
        self.approval.show_boxes(settings.approval, settings.delegated)
        self._show_example(settings.naming)
        name, scale = load_look()
        self.theme_choice.set_value(name.value if name else "")
        self.scale.set_value(str(scale))
        self.emblem.show_now()
        self.posts.show_now()
        self.backups.show_now()

    def _show_example(self, naming: WeekNaming) -> None:
        week = self.state.week
        self.example.setText(
            f"지금 보는 주는 {week_range(week)}이고 이 방법으로는 ‘{naming.name(week).full}’입니다."
        )

    # --- writing ------------------------------------------------------------------------------

    def _save_office(self) -> None:
        name, department = self.office.text(), self.department.text()
        if (name, department) != (self.state.office, self.state.department):
            self.attempt(
                lambda: self._saved(self.state.context.write(save_office, name=name, department=department))
            )

    def _save_report(self) -> None:
        settings = self.state.settings
        new = (self.writer.text(), self.report_title.text())
        if new != (settings.writer, settings.report_title):
            self._save(writer=new[0], report_title=new[1])

    def _save_weeks(self) -> None:
        self._save(week_rule=self.rule.currentData(), base_weekday=self.weekday.currentData())

    def _save(self, **choices: object) -> None:
        self.attempt(lambda: self._saved(self.state.context.write(save_settings, **choices)))

    def _saved(self, changes: Changes) -> None:
        if changes.log_id is not None:
            self.state.say("설정을 저장했습니다.", changes)

    def _save_look(self) -> None:
        chosen, scale = self.theme_choice.value, float(self.scale.value or 1.0)
        name = ThemeName(chosen) if chosen else None
        save_look(name, scale)
        is_resized = scale != theme.scale
        theme.apply(name or system_theme(), scale)
        if is_resized:
            self.state.rebuild_wanted.emit()

    def take_input(self) -> None:
        self._save_office()
        self._save_report()


def _form(*rows: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.px(t.S4))
    form.setVerticalSpacing(theme.px(t.S2))
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for text, widget in rows:
        caption = label(text, "subtle")
        caption.setMinimumWidth(theme.px(84))
        caption.setMinimumHeight(theme.px(t.CONTROL))
        caption.setBuddy(widget)
        widget.setAccessibleName(text)
        form.addRow(caption, widget)
    return form
