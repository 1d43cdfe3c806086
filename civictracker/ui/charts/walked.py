"""Stretches of a line that were worked out from net changes: dotted, with hollow points."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from civictracker.ui.theme import theme


class WalkedItems:
    """Made anew for each show; most charts have none."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._plot = plot
        self._items: list[tuple[int, pg.PlotCurveItem, pg.ScatterPlotItem]] = []

    def clear(self) -> None:
        for _, *items in self._items:
            for item in items:
                self._plot.removeItem(item)
        self._items = []

    def draw(self, at: int, days: np.ndarray, heights: np.ndarray, walked: frozenset[int]) -> np.ndarray:
        """Draw line ``at``'s worked-out stretches up to the readings beside them; the readings alone."""
        positions = np.array(sorted(walked))
        joined = np.zeros(len(days), dtype=bool)
        for shift in (-1, 0, 1):
            joined[np.clip(positions + shift, 0, len(days) - 1)] = True
        curve = pg.PlotCurveItem(days, np.where(joined, heights, np.nan), connect="finite")
        marks = pg.ScatterPlotItem(days[positions], heights[positions], symbol="o", size=theme.px(6))
        for item in (curve, marks):
            self._plot.addItem(item, ignoreBounds=True)
        self._items.append((at, curve, marks))
        plain = heights.copy()
        plain[positions] = np.nan
        return plain

    def restyle(self, colours: list[QColor]) -> None:
        """``colours`` of the chart's lines."""
        for at, curve, marks in self._items:
            curve.setPen(pg.mkPen(colours[at], width=1.6, style=Qt.PenStyle.DotLine))
            marks.setPen(pg.mkPen(colours[at], width=1.2))
            marks.setBrush(QColor(theme.colours.surface))
