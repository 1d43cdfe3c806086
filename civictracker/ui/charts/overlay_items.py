"""Bands, markers, goals and a forecast drawn into the trend chart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from civictracker.services.overlays import Ahead, Band, Mark, Overlay
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme

_SYMBOLS = {"post": ("d", 9), "note": ("s", 9), "milestone": ("o", 12)}
_FEW_LABELS = 6


class OverlayItems:
    """The items of one overlay in a plot; made anew for each one shown."""

    def __init__(self, plot: pg.PlotWidget, height: Callable[[float], float]) -> None:
        """``height`` turns a value into the axis' own unit (its logarithm on a log scale)."""
        self._plot, self._height = plot, height
        self._items: list[object] = []

    def clear(self) -> None:
        for item in self._items:
            self._plot.removeItem(item)
        self._items = []

    def show(self, overlay: Overlay) -> None:
        self.clear()
        _, (low, high) = self._plot.getViewBox().viewRange()
        for band in overlay.bands:
            self._band(band, high)
        for target, text in overlay.goals:
            self._goal(target, text, low, high)
        for mark in (each for each in overlay.marks if each.kind == "break"):
            self._break(mark, high)
        for kind in ("post", "note"):
            self._row_of(
                [each for each in overlay.marks if each.kind == kind], kind, low + (high - low) * 0.02
            )
        self._milestones([each for each in overlay.marks if each.kind == "milestone"])
        if overlay.ahead is not None:
            self._ahead(overlay.ahead)

    def _add(self, item: object, *, depth: int = 0) -> None:
        item.setZValue(depth)  # type: ignore[attr-defined]
        self._plot.addItem(item, ignoreBounds=True)
        self._items.append(item)

    def _text(
        self, text: str, colour: str, across: float, high: float, *, anchor: tuple[float, float]
    ) -> None:
        made = pg.TextItem(text, color=colour, anchor=anchor)
        made.setFont(theme.font(t.TINY, bold=True))
        made.setPos(across, high)
        self._add(made, depth=20)

    def _band(self, band: Band, high: float) -> None:
        c = theme.colours
        first, last = band.start.toordinal() - 0.5, band.end.toordinal() + 0.5
        fill = QColor(c.info)
        fill.setAlpha(34)
        made = pg.LinearRegionItem((first, last), movable=False, brush=fill, pen=pg.mkPen(c.info, width=1))
        self._add(made, depth=-20)
        self._text(band.name, c.info_text, (first + last) / 2, high, anchor=(0.5, 0))

    def _goal(self, target: int, text: str, low: float, high: float) -> None:
        at = self._height(float(target))
        if not low <= at <= high:
            return
        pen = pg.mkPen(theme.colours.text_subtle, width=1, style=Qt.PenStyle.DashLine)
        self._add(pg.InfiniteLine(at, angle=0, movable=False, pen=pen), depth=-5)
        (left, _), _ = self._plot.getViewBox().viewRange()
        self._text(text, theme.colours.text_subtle, left, at, anchor=(0, 0))

    def _break(self, mark: Mark, high: float) -> None:
        pen = pg.mkPen(theme.colours.text, width=1, style=Qt.PenStyle.DashLine)
        self._add(pg.InfiniteLine(mark.day.toordinal(), angle=90, movable=False, pen=pen), depth=5)
        text = f"기준 변경 {mark.day.month}. {mark.day.day}. {mark.text}"
        self._text(text, theme.colours.text, mark.day.toordinal(), high, anchor=(0, -1))

    def _row_of(self, marks: list[Mark], kind: str, low: float) -> None:
        if not marks:
            return
        symbol, size = _SYMBOLS[kind]
        made = pg.ScatterPlotItem(
            [each.day.toordinal() for each in marks], [low] * len(marks), symbol=symbol, size=theme.px(size),
            brush=theme.colours.surface if kind == "post" else theme.colours.warning_tint,
            pen=pg.mkPen(theme.colours.text_subtle if kind == "post" else theme.colours.warning, width=1),
            data=[each.text for each in marks], hoverable=True,
            tip=lambda x, y, data: str(data),
        )  # fmt: skip
        self._add(made, depth=8)

    def _milestones(self, marks: list[Mark]) -> None:
        for mark in marks[-_FEW_LABELS:]:
            at = self._height(float(mark.value or 0))
            made = pg.ScatterPlotItem(
                [mark.day.toordinal()], [at], symbol="o", size=theme.px(11),
                brush=theme.colours.surface, pen=pg.mkPen(theme.colours.text, width=2),
            )  # fmt: skip
            self._add(made, depth=15)
            self._text(mark.text, theme.colours.text, mark.day.toordinal(), at, anchor=(0.5, 1.3))

    def _ahead(self, ahead: Ahead) -> None:
        c = theme.colours
        days = np.array([ahead.day.toordinal() + 7 * step.weeks for step in ahead.steps], dtype=float)
        days = np.concatenate([[ahead.day.toordinal()], days])
        lines = []
        for name in ("value", "low", "high"):
            values = [ahead.value, *(getattr(step, name) for step in ahead.steps)]
            heights = np.array([self._height(float(max(value, 0))) for value in values])
            is_middle = name == "value"
            pen = pg.mkPen(c.series[0], width=1.6, style=Qt.PenStyle.DotLine) if is_middle else pg.mkPen(None)
            line = pg.PlotDataItem(days, heights, pen=pen)
            self._add(line, depth=10 if is_middle else 1)
            lines.append(line)
        fill = QColor(c.series[0])
        fill.setAlpha(48)
        self._add(pg.FillBetweenItem(lines[1], lines[2], brush=fill), depth=0)
