"""종합 지수: the weights, to be tried and saved, and what they make of every channel this week."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox

from civictracker.domain.composite import MOST, Component
from civictracker.domain.formulas import FORMULAS
from civictracker.domain.numbers import grouped
from civictracker.services.composite import ChannelIndex, load_indexes, offered, save_weights
from civictracker.services.settings import load_settings
from civictracker.services.trends import metrics_with_figures
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import clear, column, holder, label, row, scrolled
from civictracker.ui.widgets.forms import FormDialog, part, spin_box
from civictracker.ui.words import MISSING

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class IndexDialog(FormDialog):
    """Only what has figures can be weighed; the table follows the weights while they are typed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "종합 지수", save="가중치 저장")
        self._page = page
        context = page.state.context
        weights = context.read(load_settings).index_weights
        used = set(context.read(metrics_with_figures)) | set(weights)
        self.spins: dict[str, QSpinBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(t.S3))
        grid.setVerticalSpacing(theme.px(t.S2))
        for at, metric in enumerate(each for each in offered() if each.code in used):
            spin = spin_box(f"{metric.name}의 가중치", 0, MOST)
            spin.setValue(weights.get(metric.code, 0))
            spin.valueChanged.connect(lambda _value: self._show())
            self.spins[metric.code] = spin
            grid.addWidget(label(metric.name), at, 0)
            grid.addWidget(spin, at, 1)
        self._names = {metric.code: metric.name for metric in offered()}
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.px(t.S5))
        self._rows.setVerticalSpacing(theme.px(t.S2))
        found = column(part(f"{page.state.week_name().full}"), self._rows, None, spacing=t.S2)
        sides = row(column(part("가중치"), grid, None), scrolled(holder(found)), spacing=t.S6)
        sides.setStretch(1, 1)
        formula = FORMULAS["composite"]
        told = f"{formula.formula}. {formula.note} 저장한 가중치의 지수는 추이와 정기 보고서에도 나옵니다."
        self.body.addWidget(label(told, "subtle small", wrap=True))
        self.body.addLayout(sides, 1)
        self.close_foot()
        self.indexes: list[ChannelIndex] = []
        self._show()
        self.resize(theme.px(760), theme.px(480))

    @property
    def weights(self) -> dict[str, int]:
        return {code: spin.value() for code, spin in self.spins.items() if spin.value()}

    def _show(self) -> None:
        state = self._page.state
        self.indexes = state.context.read(load_indexes, week=state.week, weights=self.weights)
        clear(self._rows)
        codes = list(self.weights)
        heads = ["채널", *(self._names[code] for code in codes), "종합 지수"]
        for across, head in enumerate(heads):
            self._put(0, across, label(head, "subtle small"))
        for at, each in enumerate(self.indexes, 1):
            by_code = {component.code: component for component in each.found.components}
            self._put(at, 0, label(each.channel.label))
            for across, code in enumerate(codes, 1):
                self._put(at, across, _component(by_code[code]))
            value = each.found.value
            self._put(at, len(heads) - 1, label(MISSING if value is None else str(value), "strong"))

    def _put(self, down: int, across: int, widget: QLabel) -> None:
        if across:
            widget.setAlignment(_RIGHT)
            if down:
                widget.setFont(theme.figures(bold=widget.property("class") == "strong"))
        self._rows.addWidget(widget, down, across)

    def save(self) -> None:
        changes = self._page.state.context.write(save_weights, weights=self.weights)
        self._page.touch()
        self._page.state.say("종합 지수의 가중치를 바꿨습니다.", changes)


def _component(found: Component) -> QLabel:
    made = label(MISSING if found.index is None else str(found.index))
    if found.value is not None and found.usual:
        told = f"이번 주 {grouped(found.value)} ÷ 앞 12주 평균 {grouped(found.usual, 1)} × 100"
        made.setToolTip(plain_tip(told))
    return made
