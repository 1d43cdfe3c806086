"""Bands, markers, goals and a forecast drawn into the trend chart.

Names stand in rows below the upper edge (bands, then breaks), on a patch of the background, so that no
line runs through them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem

from civictracker.services.overlays import Ahead, Band, Mark, Overlay
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme

NAME_ROW = 19  # px that a row of names takes
_FEW_LABELS = 6
_STEPS = (1, 7, 14, 28, 56, 91, 182, 364, 728)  # days of posts that are one diamond
_APART = 13  # px between two diamonds
_TOLD = 5  # subjects that a diamond's tip lists
_PATCH = 215  # how opaque the background of a name is


def rows_of_names(overlay: Overlay) -> int:
    """How many rows of names stand above the lines."""
    kinds = {each.kind for each in overlay.marks}
    return sum((bool(overlay.bands), "break" in kinds, "milestone" in kinds or bool(overlay.goals)))


class OverlayItems:
    """The items of one overlay in a plot; made anew for each one shown."""

    def __init__(self, plot: pg.PlotWidget, height: Callable[[float], float]) -> None:
        """``height`` turns a value into the axis' own unit (its logarithm on a log scale)."""
        self._plot, self._height = plot, height
        self._items: list[object] = []
        self._posts: tuple[Mark, ...] = ()
        self._diamonds: pg.ScatterPlotItem | None = None
        self._step = 0
        plot.getViewBox().sigXRangeChanged.connect(lambda *_: self._group_posts())

    def clear(self) -> None:
        for item in self._items:
            self._plot.removeItem(item)
        self._items, self._diamonds, self._step = [], None, 0

    def show(self, overlay: Overlay) -> None:
        self.clear()
        _, (low, high) = self._plot.getViewBox().viewRange()
        for band in overlay.bands:
            self._band(band, high)
        for target, text in overlay.goals:
            self._goal(target, text, low, high)
        for mark in (each for each in overlay.marks if each.kind == "break"):
            self._break(mark, high, row=1 if overlay.bands else 0)
        foot = low + (high - low) * 0.02
        self._notes([each for each in overlay.marks if each.kind == "note"], foot)
        self._posts = tuple(each for each in overlay.marks if each.kind == "post")
        self._row_of_posts(foot)
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
        patch = QColor(theme.colours.surface)
        patch.setAlpha(_PATCH)
        made = pg.TextItem(text, color=colour, anchor=anchor, fill=patch)
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
        self._text(text, theme.colours.text_subtle, left, at, anchor=(0, 1))

    def _break(self, mark: Mark, high: float, *, row: int) -> None:
        pen = pg.mkPen(theme.colours.text, width=1, style=Qt.PenStyle.DashLine)
        self._add(pg.InfiniteLine(mark.day.toordinal(), angle=90, movable=False, pen=pen), depth=5)
        text = f"기준 변경 {mark.day.month}. {mark.day.day}. {mark.text}"
        self._text(text, theme.colours.text, mark.day.toordinal(), high, anchor=(0, -1.1 * row))

    def _notes(self, marks: list[Mark], foot: float) -> None:
        if marks:
            c = theme.colours
            days = [each.day.toordinal() for each in marks]
            made = pg.ScatterPlotItem(
                days, [foot] * len(marks), symbol="s", size=theme.px(9), brush=c.warning_tint,
                pen=pg.mkPen(c.warning, width=1), hoverable=True, tip=_tip,
                data=[each.text for each in marks],
            )  # fmt: skip
            self._add(made, depth=9)

    def _row_of_posts(self, foot: float) -> None:
        if self._posts:
            self._diamonds = pg.ScatterPlotItem(symbol="d", hoverable=True, tip=_tip)
            self._foot = foot
            self._group_posts()
            self._add(self._diamonds, depth=8)

    def _group_posts(self) -> None:
        """As many diamonds as have room: those of some days, weeks or months are one, and larger."""
        if self._diamonds is None:
            return
        box = self._plot.getViewBox()
        (first, last), _ = box.viewRange()
        wanted = (last - first) / max(1.0, box.width()) * theme.px(_APART)
        step = next((each for each in _STEPS if each >= wanted), _STEPS[-1])
        if step == self._step:
            return
        self._step = step
        c = theme.colours
        groups = [list(found) for _, found in groupby(self._posts, lambda each: each.day.toordinal() // step)]
        days = [sum(each.day.toordinal() for each in found) / len(found) for found in groups]
        self._diamonds.setData(
            days, [self._foot] * len(days), data=[_subjects(found) for found in groups],
            size=[theme.px(8 if len(found) == 1 else 10 if len(found) < 5 else 12) for found in groups],
            brush=[pg.mkBrush(c.surface if len(found) == 1 else c.border_strong) for found in groups],
            pen=pg.mkPen(c.text_subtle, width=1),
        )  # fmt: skip

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
        days = [ahead.day.toordinal(), *(ahead.day.toordinal() + 7 * step.weeks for step in ahead.steps)]
        told = [(ahead.value, ahead.value, ahead.value), *((x.value, x.low, x.high) for x in ahead.steps)]
        middle, low, high = (
            [self._height(float(max(each, 0))) for each in row] for row in zip(*told, strict=True)
        )
        edge = [*zip(days, high, strict=True), *reversed(list(zip(days, low, strict=True)))]
        fan = QGraphicsPolygonItem(QPolygonF([QPointF(*each) for each in edge if isfinite(each[1])]))
        fill = QColor(c.series[0])
        fill.setAlpha(48)
        fan.setBrush(fill)
        fan.setPen(QPen(Qt.PenStyle.NoPen))
        self._add(fan)
        pen = pg.mkPen(c.series[0], width=1.6, style=Qt.PenStyle.DotLine)
        self._add(pg.PlotCurveItem(np.array(days, dtype=float), np.array(middle), pen=pen), depth=10)


def _tip(x: float, y: float, data: object) -> str:
    del x, y
    return str(data)


def _subjects(marks: Sequence[Mark]) -> str:
    lines = [f"{each.day.month}. {each.day.day}. {each.text}" for each in marks[:_TOLD]]
    more = [f"외 {len(marks) - _TOLD}건"] if len(marks) > _TOLD else []
    return "\n".join([*lines, *more])
