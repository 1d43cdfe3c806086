"""설정: the office, its 결재란 and week rule, the look of the window, and where backups go."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from civictracker.domain.weeks import WEEKDAYS, WeekNaming, WeekRule
from civictracker.services.changes import Changes, Topic
from civictracker.services.settings import save_office, save_settings
from civictracker.services.upkeep import backup_now, list_backups
from civictracker.store.backup import Backup
from civictracker.ui import tokens as t
from civictracker.ui.look import load_look, save_look
from civictracker.ui.pages.base import Page
from civictracker.ui.state import State
from civictracker.ui.theme import system_theme, theme
from civictracker.ui.tokens import SCALES, THEME_LABELS, ThemeName
from civictracker.ui.widgets.approval import ApprovalEditor
from civictracker.ui.widgets.basics import (
    Banner,
    Card,
    ComboBox,
    Segments,
    button,
    clear,
    column,
    holder,
    label,
    row,
)
from civictracker.ui.words import week_range

_RULES = (
    (WeekRule.THURSDAY, "목요일이 든 달로 (국제 표준)"),
    (WeekRule.CALENDAR_ROW, "달력 줄로"),
    (WeekRule.NTH_WEEKDAY, "기준일이 몇째인지로"),
)
_WHY = {
    "open": "열 때",
    "close": "닫을 때",
    "import": "가져오기 전",
    "timer": "30분마다",
    "manual": "직접",
    "restore": "복원 전",
}


class SettingsPage(Page):
    id = "settings"
    name = "설정"
    topics = frozenset({Topic.SETTINGS, Topic.OFFICE})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.banner = Banner()
        self.outer.addWidget(self.banner)
        left = column(self._office(), self._weeks(), self._approval(), None, spacing=t.S3)
        right = column(self._look(), self._backups(), None, spacing=t.S3)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.px(t.S3))
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder(sides))
        self.outer.addWidget(area, 1)

    # --- laying out ---------------------------------------------------------------------------

    def _office(self) -> Card:
        card = Card("기관", "보고서 머리와 화면 위에 나옵니다")
        self.office, self.department = QLineEdit(), QLineEdit()
        self.writer, self.report_title = QLineEdit(), QLineEdit()
        card.body.addLayout(
            _form(("기관 이름", self.office), ("부서", self.department), ("작성 팀·사람", self.writer),
                  ("보고서 제목", self.report_title))
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

    def _backups(self) -> Card:
        card = Card("백업", "열 때, 닫을 때, 가져오기 전에 저절로 만들고 검사합니다")
        self.place = label("", "subtle small", wrap=True)
        self.second = QLineEdit()
        self.second.setReadOnly(True)
        self.second.setPlaceholderText("둘째 백업 폴더 (USB, 다른 드라이브)")
        self.second.setAccessibleName("둘째 백업 폴더")
        pick = row(spacing=t.S2)
        pick.addWidget(self.second, 1)
        pick.addWidget(button("고르기", self._pick_folder))
        pick.addWidget(button("안 씀", lambda: self._save(backup_folder="")))
        self.backup_rows = column(spacing=t.S1)
        card.body.addWidget(self.place)
        card.body.addLayout(pick)
        card.body.addLayout(self.backup_rows)
        other = button("다른 백업 파일에서 복원", self._pick_backup, icon="folder-open")
        card.body.addLayout(row(button("지금 백업", self._backup_now, icon="save"), other, None))
        return card

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state, settings = self.state, self.state.settings
        self.subtitle.setText(f"자료 파일: {state.context.path}")
        for edit, text in (
            (self.office, state.office), (self.department, state.department), (self.writer, settings.writer),
            (self.report_title, settings.report_title), (self.second, settings.backup_folder),
        ):  # fmt: skip
            if not edit.hasFocus():
                edit.setText(text)
        self.rule.setCurrentIndex(self.rule.findData(settings.week_rule.value))
        self.weekday.setCurrentIndex(settings.base_weekday)
        self.carry.setChecked(settings.carry_forward)
        self.approval.show_boxes(settings.approval, settings.delegated)
        self._show_example(settings.naming)
        name, scale = load_look()
        self.theme_choice.set_value(name.value if name else "")
        self.scale.set_value(str(scale))
        self._show_backups()

    def _show_example(self, naming: WeekNaming) -> None:
        week = self.state.week
        self.example.setText(
            f"지금 보는 주는 {week_range(week)}이고 이 방법으로는 ‘{naming.name(week).full}’입니다."
        )

    def _show_backups(self) -> None:
        path = self.state.context.path
        backups = list_backups(path)
        self.place.setText(f"첫째 자리: {path.parent / 'backups'} · {len(backups)}개")
        clear(self.backup_rows)
        for backup in backups[:5]:
            self.backup_rows.addWidget(self._backup_row(backup))
        if not backups:
            self.backup_rows.addWidget(label("아직 백업이 없습니다.", "subtle"))

    def _backup_row(self, backup: Backup) -> QWidget:
        made = backup.made
        when = label(f"{made.year}. {made.month}. {made.day}. {made:%H:%M}")
        why = label(_WHY.get(backup.why, backup.why), "subtle")
        size = label(f"{backup.size / 1024:,.0f} kB", "subtle")
        act = button("이때로 복원", lambda: self._ask_restore(backup), kind="small")
        act.setAccessibleName(f"{made.month}. {made.day}. {made:%H:%M} 백업으로 복원")
        return holder(row(when, why, None, size, act, spacing=t.S3))

    def _ask_restore(self, backup: Backup) -> None:
        made = backup.made
        self.banner.say(
            "warning", "복원",
            f"{made.month}. {made.day}. {made:%H:%M}의 자료로 바꿉니다. 지금 자료는 옆에 따로 남겨 둡니다.",
            (("복원하기", partial(self.state.restore_wanted.emit, backup.path)),
             ("그만두기", self.banner.hide)),
        )  # fmt: skip

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

    def _pick_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "둘째 백업 폴더 고르기")
        if folder:
            self._save(backup_folder=str(Path(folder)))

    def _pick_backup(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "백업 고르기", "", "채널일지 백업 (*.civictracker *.db);;모든 파일 (*)"
        )
        if name:
            self.state.restore_wanted.emit(Path(name))

    def _backup_now(self) -> None:
        def act() -> None:
            backup_now(self.state.context, "manual")
            self.state.say("백업하고 검사까지 마쳤습니다.")
            self._show_backups()

        self.attempt(act)

    def finish_input(self) -> None:
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
