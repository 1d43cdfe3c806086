"""Columns that share the room of their table, so that a list never has to be scrolled sideways."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from civictracker.ui.theme import theme

Room = tuple[int, int]  # of a column: the least that it can do with and what it would like, px at 100 %


def shared(rooms: Sequence[Room], room: int) -> list[int]:
    """Widths within ``room``: everybody's least, then what is over in proportion to what they would like.

    What nobody asks for goes to the last column.
    """
    least, wished = sum(each[0] for each in rooms), sum(each[1] for each in rooms)
    part = max(0.0, min(1.0, (room - least) / (wished - least))) if wished > least else 0.0
    widths = [low + int((high - low) * part) for low, high in rooms]
    widths[-1] += max(0, room - sum(widths))
    return widths


def fit_columns(view: QTableView, rooms: Sequence[Room], *, optional: int = -1) -> None:
    """Give ``view``'s columns their share; the ``optional`` one is left out where there is no room for it."""
    room = view.viewport().width()
    scaled = [(theme.px(low), theme.px(high)) for low, high in rooms]
    is_tight = optional >= 0 and sum(low for low, _ in scaled) > room
    if optional >= 0:
        view.setColumnHidden(optional, is_tight)
    shown = [at for at in range(len(rooms)) if not (is_tight and at == optional)]
    for at, width in zip(shown, shared([scaled[at] for at in shown], room), strict=True):
        view.setColumnWidth(at, width)


def prepare(view: QTableView) -> None:
    """What every such list has in common."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
