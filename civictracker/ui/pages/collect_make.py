"""취합, before it is sent out: which 읍면동 are asked for what, for which period and until when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from civictracker.domain.dates import label as period_label
from civictracker.domain.dates import range_text
from civictracker.domain.weeks import Grain, Period
from civictracker.services.collect import USUAL, Wish, list_units, offered_metrics
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import pick_folder
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    DateEdit,
    Empty,
    Segments,
    button,
    clear,
    column,
    holder,
    icon_button,
    label,
    row,
)

_GRAINS = (("week", "주"), ("month", "월"), ("quarter", "분기"))
_BY_KEY = {"week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER}


class MakePanel(QWidget):
    """``wanted`` carries the wish and the folder for its forms."""

    wanted = Signal(object, object)
    left = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.period = Period.week(state.today)
        self.folder: Path | None = None
        self._units: dict[str, QCheckBox] = {}
        self._due_is_own = False
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.px(t.S3))
        sides.addWidget(self._unit_side(), 42)
        sides.addWidget(self._what_side(), 58)
        outer = column(spacing=t.S3)
        outer.addLayout(sides, 1)
        outer.addWidget(self._action_bar())
        self.setLayout(outer)

    # --- laying out ---------------------------------------------------------------------------

    def _unit_side(self) -> Card:
        card = Card("받을 곳", "채널의 ‘읍면동·부서’에 적힌 곳입니다", padded=False)
        card.tools.addWidget(button("모두", lambda: self._check_all(on=True), kind="small"))
        card.tools.addWidget(button("모두 빼기", lambda: self._check_all(on=False), kind="small"))
        self.unit_rows = column(spacing=t.S1)
        self.unit_rows.setContentsMargins(*(theme.px(t.S4),) * 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder(self.unit_rows))
        card.body.addWidget(area, 1)
        return card

    def _what_side(self) -> Card:
        card = Card("물어볼 것")
        self.note, self.password = QPlainTextEdit(), QLineEdit()
        self.note.setPlaceholderText("예: 회신은 업무메일로, 문의는 홍보과 미디어팀")
        self.note.setAccessibleName("서식에 적을 안내")
        self.note.setFixedHeight(theme.px(60))
        self.note.setTabChangesFocus(True)
        self.password.setPlaceholderText("비워 두면 받은 사람이 필요할 때 잠금을 풀 수 있습니다")
        self.password.setAccessibleName("시트 잠금 암호")
        parts = (
            ("기간", self._period_part()), ("지표", self._metric_part()), ("마감", self._due_part()),
            ("안내", self.note), ("잠금 암호", self.password), ("저장할 곳", self._place_part()),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(t.S4))
        grid.setVerticalSpacing(theme.px(t.S3))
        grid.setColumnStretch(1, 1)
        for at, (text, part) in enumerate(parts):
            caption = label(text, "subtle")
            caption.setMinimumHeight(theme.px(t.CONTROL))
            grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(part, at, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card

    def _period_part(self) -> QWidget:
        self.grain = Segments(_GRAINS, "week", "기간 단위")
        self.grain.chosen.connect(self._on_grain_chosen)
        self.period_name, self.period_range = label("", "strong"), label("", "subtle")
        back = icon_button("chevron-left", "앞 기간", lambda: self._step(-1))
        on = icon_button("chevron-right", "다음 기간", lambda: self._step(1))
        names = column(self.period_name, self.period_range, spacing=0)
        return holder(row(self.grain, back, names, on, None, spacing=t.S2))

    def _metric_part(self) -> QWidget:
        self.metric_chips: dict[str, QPushButton] = {}
        chips = QGridLayout()
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(theme.px(t.S2))
        for at, metric in enumerate(offered_metrics()):
            chip = button(metric.name, self._show_action, kind="chip")
            chip.setCheckable(True)
            chip.setChecked(metric.code in USUAL)
            chip.setAccessibleName(f"지표 {metric.name}")
            self.metric_chips[metric.code] = chip
            chips.addWidget(chip, at // 4, at % 4)
        return holder(chips)

    def _due_part(self) -> QWidget:
        self.has_due, self.due = QCheckBox("정해 둠"), DateEdit("마감")
        self.has_due.setAccessibleName("마감 정해 둠")
        self.has_due.setChecked(True)
        self.has_due.toggled.connect(self.due.setEnabled)
        self.due.setFixedWidth(theme.px(160))
        self.due.userDateChanged.connect(self._on_due_changed)
        return holder(row(self.has_due, self.due, None, spacing=t.S3))

    def _place_part(self) -> QWidget:
        self.place = QLineEdit()
        self.place.setReadOnly(True)
        self.place.setPlaceholderText("서식을 저장할 폴더를 골라 주세요")
        self.place.setAccessibleName("저장할 폴더")
        part = row(spacing=t.S2)
        part.addWidget(self.place, 1)
        part.addWidget(button("고르기", self.choose_folder))
        return holder(part)

    def _action_bar(self) -> Card:
        card = Card()
        self.words = label("", "subtle")
        self.make = button("서식 만들기", self.make_now, kind="primary", keys="Ctrl+Enter")
        card.body.addLayout(row(self.words, None, button("취소", self.left.emit, keys="Esc"), self.make))
        return card

    # --- showing ------------------------------------------------------------------------------

    def start(self) -> None:
        """A fresh wish: the week in view, everyone, the usual metrics."""
        self._due_is_own = False
        self.grain.set_value("week")
        self._set_period(self._state.week)

    def _set_period(self, period: Period) -> None:
        self.period = period
        self.period_name.setText(period_label(period, self._state.naming))
        self.period_range.setText(range_text(period))
        if not self._due_is_own:
            day = usual_due(period)
            self.due.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            self.due.setDate(QDate(day.year, day.month, day.day))
            self.due.blockSignals(False)  # noqa: FBT003
        self._show_units()

    def _show_units(self) -> None:
        off = {name for name, box in self._units.items() if not box.isChecked()}
        clear(self.unit_rows)
        self._units = {}
        for unit in self._state.context.read(list_units, period=self.period):
            check = QCheckBox(unit.name)
            check.setChecked(unit.name not in off)
            check.toggled.connect(self._show_action)
            names = label(" · ".join(f"{each.name}" for each in unit.channels), "subtle small", wrap=True)
            names.setContentsMargins(theme.px(26), 0, 0, theme.px(t.S1))
            self._units[unit.name] = check
            self.unit_rows.addWidget(check)
            self.unit_rows.addWidget(names)
        if not self._units:
            self.unit_rows.addWidget(
                Empty(
                    "읍면동 채널이 없습니다",
                    "채널의 ‘읍면동·부서’에 이름을 적으면 여기에 나옵니다.",
                    ("채널로 가기", lambda: self._state.open_page("channels")),
                )
            )
        self.unit_rows.addStretch(1)
        self._show_action()

    def _show_action(self) -> None:
        units, metrics = self._chosen()
        count = sum(1 for _ in units)
        self.make.setText(f"{count}곳 서식 만들기")
        self.make.setEnabled(bool(units and metrics))
        self.words.setText(
            "받은 파일은 이름을 바꾸거나 다른 형식으로 저장해도 다시 알아봅니다."
            if units and metrics
            else "받을 곳과 지표를 하나 이상 골라 주세요."
        )

    def _chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (
            tuple(name for name, box in self._units.items() if box.isChecked()),
            tuple(code for code, chip in self.metric_chips.items() if chip.isChecked()),
        )

    # --- acting -------------------------------------------------------------------------------

    def _check_all(self, *, on: bool) -> None:
        for box in self._units.values():
            box.setChecked(on)

    def _on_grain_chosen(self, key: str) -> None:
        self._set_period(Period.around(self._state.week.start, _BY_KEY[key]))

    def _step(self, by: int) -> None:
        self._set_period(self.period.shift(by))

    def _on_due_changed(self, _day: QDate) -> None:
        self._due_is_own = True

    def choose_folder(self) -> None:
        folder = pick_folder(self, "서식을 저장할 폴더", "forms")
        if folder is not None:
            self.set_folder(folder)

    def set_folder(self, folder: Path) -> None:
        self.folder = folder
        self.place.setText(str(folder))
        self.place.setCursorPosition(0)

    def make_now(self) -> None:
        if not self.make.isEnabled():
            return
        if self.folder is None:
            self.choose_folder()
        if self.folder is None:
            return
        units, metrics = self._chosen()
        day = self.due.date()
        due = date(day.year(), day.month(), day.day()) if self.has_due.isChecked() else None
        wish = Wish(self.period, units, metrics, due, self.note.toPlainText(), self.password.text())
        self.wanted.emit(wish, self.folder)


def usual_due(period: Period) -> date:
    """The second day after a week, the fifth after a longer period; never on a weekend."""
    day = period.end + timedelta(days=2 if period.grain is Grain.WEEK else 5)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
