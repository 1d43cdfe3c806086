"""Lists of rows whose columns share the room, so that nothing has to be scrolled sideways."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme

Room = tuple[int, int]  # of a column: the least that it can do with and what it would like, px at 100 %


def shared(rooms: Sequence[Room], room: int) -> list[int]:
    """Widths within ``room``: everybody's least, then what is over in proportion to what they would like.

    What nobody asks for goes to the last column.
    """
    least, wished = sum(low for low, _ in rooms), sum(high for _, high in rooms)
    part = max(0.0, min(1.0, (room - least) / (wished - least))) if wished > least else 0.0
    widths = [low + int((high - low) * part) for low, high in rooms]
    widths[-1] += max(0, room - sum(widths))
    return widths


class FittedTable(QTableView):
    """One row is chosen at a time; the ``optional`` column goes where there is no room for it."""

    def __init__(self, name: str, rooms: Sequence[Room], *, optional: int = -1) -> None:
        super().__init__()
        self.rooms, self._optional = rooms, optional
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        theme.changed.connect(self.fit)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the columns their share of the room."""
        if self.verticalHeader().defaultSectionSize() != theme.px(t.ROW):
            self.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        room = self.viewport().width()
        scaled = [(theme.px(low), theme.px(high)) for low, high in self.rooms]
        is_tight = self._optional >= 0 and sum(low for low, _ in scaled) > room
        if self._optional >= 0:
            self.setColumnHidden(self._optional, is_tight)
        shown = [at for at in range(len(scaled)) if not (is_tight and at == self._optional)]
        for at, width in zip(shown, shared([scaled[at] for at in shown], room), strict=True):
            self.setColumnWidth(at, width)

    @property
    def is_tight(self) -> bool:
        """Is the optional column left out?"""
        return self._optional >= 0 and self.isColumnHidden(self._optional)
