"""비교 값 입력: other offices' published figures of one day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.errors import InputError
from civictracker.services import catalogue, compare
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, clear, holder, label, row, scrolled
from civictracker.ui.widgets.forms import FormDialog, date_edit
from civictracker.ui.words import figure

_SPARE = 3  # empty lines for offices that are new


class PeerValuesDialog(FormDialog):
    """A line an office; what is left empty stays as it is."""

    def __init__(self, parent: QWidget, state: State, platform: str, day: date) -> None:
        super().__init__(parent, "비교 값 입력")
        self._state, self._platform = state, platform
        self.day = date_edit("기준일")
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.dateChanged.connect(lambda _day: self._fill())
        name = catalogue.platforms()[platform].name
        self.body.addLayout(row(label(name, "strong"), t.S2, label("기준일", "subtle"), self.day, None))
        self.body.addWidget(
            label("공개된 친구·구독 수를 적습니다. 28만397, 1.2만처럼 적어도 됩니다.", "subtle small")
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(t.S2))
        self.body.addWidget(scrolled(holder(self._grid)), 1)
        self.lines: list[tuple[QLineEdit, QLineEdit]] = []
        self._fill()
        self.foot.addWidget(button("기관 더", lambda: self._add("", ""), icon="plus"))
        self.close_foot()
        self.resize(theme.px(460), theme.px(480))

    def _fill(self) -> None:
        clear(self._grid)
        self.lines = []
        day = self.day.date().toPython()
        assert isinstance(day, date)
        ranking = self._state.context.read(compare.load_ranking, day=day, platform=self._platform)
        for each in (*ranking.rivals, *ranking.given):
            if not each.is_own:
                is_of_day = each.as_of is not None and each.as_of.day == day
                self._add(each.name, figure(each.as_of.value) if is_of_day and each.as_of else "")
        for _ in range(_SPARE):
            self._add("", "")

    def _add(self, name: str, value: str) -> None:
        at = len(self.lines)
        office, count = QLineEdit(name), QLineEdit(value)
        office.setPlaceholderText("기관 이름")
        office.setReadOnly(bool(name))
        office.setAccessibleName(f"{at + 1}째 기관")
        count.setPlaceholderText("친구 수")
        count.setAccessibleName(f"{name or f'{at + 1}째 기관'} 친구 수")
        self._grid.addWidget(office, at, 0)
        self._grid.addWidget(count, at, 1)
        self.lines.append((office, count))

    def save(self) -> None:
        values: dict[str, int | None] = {}
        for office, count in self.lines:
            name, text = office.text().strip(), count.text().strip()
            if not text:
                continue
            if not name:
                raise InputError(f"‘{text}’은 어느 기관의 값인지 적어 주세요.")
            values[name] = _read(name, text)
        day = self.day.date().toPython()
        assert isinstance(day, date)
        changes = self._state.context.write(
            compare.save_peer_values, platform=self._platform, day=day, values=values
        )
        self._state.say(changes.label, changes)


def _read(name: str, text: str) -> int:
    number = parse_number(text)
    if (
        isinstance(number, Number)
        and number.value == int(number.value)
        and number.value >= 0
        and not number.percent
    ):
        return int(number.value)
    why = "값을 숫자로 적어 주세요." if isinstance(number, Missing | Number) else number.why
    raise InputError(f"{name}: {why}")
