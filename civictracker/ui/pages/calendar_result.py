"""결과 입력: the counts of one send, with its rates and cost beside them as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from civictracker.domain.numbers import Number, parse_number
from civictracker.domain.posting import COUNT_NAMES, COUNTS, Cost, Counts, cost_of, rate_text
from civictracker.errors import InputError
from civictracker.services.calendar import PostKey
from civictracker.services.posts import load_post, save_result
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import holder, label, row
from civictracker.ui.widgets.forms import FormDialog, add_row, form
from civictracker.ui.words import figure

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_HINTS = {"opened": "opened", "clicked": "clicked", "blocked": "blocked"}


class ResultDialog(FormDialog):
    def __init__(self, work: Work, key: PostKey) -> None:
        super().__init__(work.page, "결과 입력")
        self.work, self.key = work, key
        self.setMinimumWidth(theme.px(520))
        detail = work.state.context.read(load_post, key=key)
        self._stored = detail.counts
        self.body.addWidget(label(detail.draft.subject, "part", wrap=True))
        rows = form()
        self.edits: dict[str, QLineEdit] = {}
        self.hints = {name: label("", "subtle") for name in COUNTS}
        for name in COUNTS:
            edit = QLineEdit()
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setFont(theme.figures())
            edit.setFixedWidth(theme.px(150))
            value = getattr(detail.counts, name)
            edit.setText("" if value is None else f"{value:,}")
            edit.textChanged.connect(lambda _text: self._tell())
            edit.setAccessibleName(COUNT_NAMES[name])
            self.edits[name] = edit
            add_row(rows, COUNT_NAMES[name], holder(row(edit, self.hints[name], None)), name=False)
        self.note = QLineEdit(detail.result_note)
        self.note.setPlaceholderText("예: 공유 포함")
        add_row(rows, "비고", self.note)
        self.body.addLayout(rows)
        self.close_foot()
        self._tell()

    def _value(self, name: str) -> int | None:
        """Raises InputError for what is no whole number."""
        text = self.edits[name].text().strip()
        if not text:
            return None
        read = parse_number(text)
        if not isinstance(read, Number) or read.value != int(read.value):
            raise InputError(f"{COUNT_NAMES[name]} ‘{text}’을(를) 수로 적어 주세요.")
        return int(read.value)

    def _tell(self) -> None:
        values: dict[str, int | None] = {}
        for name in COUNTS:
            try:
                values[name] = self._value(name)
            except InputError:
                values[name] = None
        counts = Counts(**values)
        for name, part in _HINTS.items():
            rate = counts.rate(part)
            over = " · 공유 포함" if rate is not None and rate > 100 and name == "opened" else ""
            self.hints[name].setText(f"{rate_text(rate)}{over}" if rate is not None else "")
        if counts.sent is not None:
            cost = self._cost(counts.sent)
            self.edits["cost_won"].setPlaceholderText(f"{cost.total:,}")
            self.hints["cost_won"].setText(f"{figure(cost.net)} + 부가세 {figure(cost.vat)}원")

    def _cost(self, sent: int) -> Cost:
        settings = self.work.state.settings
        return cost_of(sent, settings.unit_price, settings.vat_percent)

    def _is_reckoned(self, cost: int | None) -> bool:
        """Nobody typed this cost: it is none, or what was reckoned of the number sent before."""
        before = self._stored
        return cost is None or (
            before.sent is not None and cost == before.cost_won == self._cost(before.sent).total
        )

    def save(self) -> None:
        values = {name: self._value(name) for name in COUNTS}
        if values["sent"] is not None and self._is_reckoned(values["cost_won"]):
            values["cost_won"] = self._cost(values["sent"]).total
        changes = self.work.state.context.write(save_result, key=self.key, note=self.note.text(), **values)
        self.work.said(changes)
