"""추이: which figures are drawn — one, and others beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QMenu, QWidget

from civictracker.domain.metrics import Metric
from civictracker.services import catalogue
from civictracker.services.index_series import measures_with_figures, weights_told
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ComboBox, button


class MetricChoice(QObject):
    """``box`` chooses the first, ``more`` those beside it; ``changed`` when either does.

    Only what has figures is offered to stand beside the first.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, state: State) -> None:
        super().__init__(parent)
        self._parent, self._state = parent, state
        self._known: tuple[Metric, ...] = ()
        self._beside: list[str] = []
        self.box = ComboBox()
        self.box.setAccessibleName("지표")
        self.box.setMinimumWidth(theme.px(140))
        self.more = button("+ 지표", self._choose, kind="chip add", tip="다른 지표를 함께 그리기")
        self.show_known(tuple(catalogue.metrics().values()))
        self.box.currentIndexChanged.connect(self._on_box_changed)

    @property
    def code(self) -> str:
        return str(self.box.currentData())

    @property
    def chosen(self) -> tuple[Metric, ...]:
        """The first and those beside it, in the catalogue's order."""
        first = [each for each in self._known if each.code == self.code]
        return (*first, *(each for each in self._known if each.code in self._beside))

    @property
    def told(self) -> dict[str, str]:
        """For 계산식: what 종합 지수 weighs, where the office has one."""
        settings = self._state.settings
        return {"composite": f"가중치: {weights_told(settings.index_weights)}"} if settings.has_index else {}

    def show_known(self, known: Sequence[Metric]) -> None:
        """The catalogue's metrics and the office's own."""
        if tuple(known) == self._known:
            return
        self._known = tuple(known)
        code = self.box.currentData()
        with QSignalBlocker(self.box):
            self.box.clear()
            for each in self._known:
                self.box.addItem(each.name, each.code)
            self.box.setCurrentIndex(max(0, self.box.findData(code)))

    def set_beside(self, codes: Sequence[str]) -> None:
        self._beside = [code for code in codes if code != self.code]
        names = [each.name for each in self._known if each.code in self._beside]
        more = f" 외 {len(names) - 1}" if len(names) > 1 else ""
        self.more.setText(f"+ {names[0]}{more}" if names else "+ 지표")
        self.more.setAccessibleName(f"함께 그리는 지표: {', '.join(names)}" if names else "지표 더하기")
        self.changed.emit()

    def _on_box_changed(self, _at: int) -> None:
        self.set_beside(self._beside)

    def _choose(self) -> None:
        self.menu().exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        menu = QMenu(self._parent)
        used = self._state.context.read(measures_with_figures)
        for each in self._known:
            if each.code == self.code or each.code not in used:
                continue
            action = menu.addAction(f"{each.name} ({each.unit})" if each.unit else each.name)
            action.setCheckable(True)
            action.setChecked(each.code in self._beside)
            action.toggled.connect(lambda on, code=each.code: self._put(code, on=on))
        if menu.isEmpty():
            menu.addAction("함께 그릴 다른 지표의 값이 없습니다").setEnabled(False)
        if self._beside:
            menu.addSeparator()
            menu.addAction("하나만 그리기", lambda: self.set_beside([]))
        return menu

    def _put(self, code: str, *, on: bool) -> None:
        rest = [each for each in self._beside if each != code]
        self.set_beside([*rest, code] if on else rest)
