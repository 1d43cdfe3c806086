"""The picture of the sheet under review: which table, what its parts were taken for, how to correct it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from civictracker.services.imports import Plan
from civictracker.services.post_plan import PostPlan
from civictracker.ui import tokens as t
from civictracker.ui.models.sheet_model import PART_COLOURS, Part, SheetModel
from civictracker.ui.pages.import_fix import KINDS, FixBar
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, ComboBox, holder, label, line, row
from civictracker.ui.widgets.sheet_view import SheetView

_LEGEND = (Part.HEADER, Part.ENTITY, Part.DATE, Part.VALUE, Part.TOTAL, Part.SKIP)


class SheetPicture(Card):
    """``answer`` is told what a correction means."""

    def __init__(
        self, answer: Callable[[dict[str, str]], object], kinds: Sequence[tuple[str, str]] = KINDS,
        legend: Sequence[Part] = _LEGEND,
    ) -> None:  # fmt: skip
        super().__init__(padded=False)
        self._plan: Plan | PostPlan | None = None
        self._answers: dict[str, str] = {}
        self.model = SheetModel()
        self.view = SheetView(self.model)
        self.fix = FixBar(self.view, kinds)
        self.fix.fixed.connect(answer)
        self.sheets = ComboBox()
        self.sheets.setAccessibleName("시트")
        self.sheets.currentIndexChanged.connect(self._show_table)
        head = row(self.sheets, None, *(_legend(part) for part in legend), spacing=t.S3)
        head.setContentsMargins(theme.px(t.S3), theme.px(t.S2), theme.px(t.S3), theme.px(t.S2))
        self.body.addLayout(head)
        for widget in (line(), self.fix, line()):
            self.body.addWidget(widget)
        self.body.addWidget(self.view, 1)
        self.body.setSpacing(0)

    def show_plan(self, plan: Plan | PostPlan, answers: dict[str, str], *, keep_place: bool) -> None:
        """Show a file; ``keep_place`` when it is the same one, understood anew."""
        self._plan, self._answers = plan, answers
        at = max(0, self.sheets.currentIndex()) if keep_place else 0
        self.sheets.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.sheets.clear()
        tables = plan.tables
        for table in tables:
            self.sheets.addItem(f"{table.sheet} {table.range}" if table.view.roles else table.sheet)
        at = min(at, len(tables) - 1)
        self.sheets.setCurrentIndex(at)
        self.sheets.blockSignals(False)  # noqa: FBT003
        self.sheets.setVisible(len(tables) > 1)
        self._show_table(at, keep_place=keep_place)

    def _show_table(self, at: int, *, keep_place: bool = False) -> None:
        plan = self._plan
        if plan is None or not 0 <= at < len(plan.tables):
            return
        table = plan.tables[at]
        with self.view.place_kept(keep_place):
            self.model.set_table(table, plan)
            self.view.arrange(table)
        self.fix.show_table(table, self._answers)

    def show_cell(self, where: str) -> None:
        """Bring ``시트!E14`` into view, on whichever sheet it is."""
        sheet = where.rpartition("!")[0]
        current = self._plan.tables[self.sheets.currentIndex()].sheet if self._plan else ""
        if self._plan is not None and sheet and sheet != current:
            names = [table.sheet for table in self._plan.tables]
            if sheet in names:
                self.sheets.setCurrentIndex(names.index(sheet))
        self.view.show_cell(where)


def _legend(part: Part) -> QWidget:
    mark = QFrame()
    mark.setFixedSize(theme.px(14), theme.px(14))
    mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ground, edge = theme.colour(PART_COLOURS[part]).name(), theme.colours.border_strong
    mark.setStyleSheet(f"background: {ground}; border: 1px solid {edge}; border-radius: 3px;")
    return holder(row(mark, label(part.value, "small"), spacing=t.S1))
