"""Rows under one another in a card, a line between each: questions of a plan, figures of a unit.

Each row is a form of its own and takes about a millisecond to make, so a long list is made a few rows
at a time and the window answers in between.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import clear, column, holder, line

_AT_A_TIME = 0.012  # seconds of making rows before the window has its turn


class RowPanel(QScrollArea):
    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(holder(self._rows))
        self._coming: Iterator[QWidget] | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._some)

    def show_rows(self, rows: Iterator[QWidget]) -> None:
        """Show what ``rows`` makes in the place of what is shown: the first at once, the rest soon."""
        clear(self._rows)
        self._coming = rows
        self._some()

    def finish(self) -> None:
        """Make what is still to come now: for pictures and tests, which cannot wait."""
        while self._coming is not None:
            self._some()
        self._next.stop()

    def _some(self) -> None:
        end = time.perf_counter() + _AT_A_TIME
        while self._coming is not None and time.perf_counter() < end:
            row = next(self._coming, None)
            if row is None:
                self._coming = None
                self._rows.addStretch(1)
                return
            if self._rows.count():
                self._rows.addWidget(line())
            self._rows.addWidget(row)
        self._next.start()


def padded(*parts: QWidget | QLayout, narrow: bool = False) -> QWidget:
    """A row of a panel: ``parts`` under one another; ``narrow`` where there are many of them."""
    box = column(*parts, spacing=t.S1)
    side, above = (t.S3, t.S2) if narrow else (t.S4, t.S3)
    box.setContentsMargins(theme.px(side), theme.px(above), theme.px(side), theme.px(above))
    return holder(box)
