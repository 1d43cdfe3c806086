"""The trend chart: lines told apart by colour, dash, marker and a direct label at their end."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from civictracker.domain.weeks import Period
from civictracker.services.overlays import Overlay
from civictracker.ui import tokens as t
from civictracker.ui.charts.count_axis import CountAxis, RightAxis
from civictracker.ui.charts.dates_axis import DatesAxis
from civictracker.ui.charts.end_labels import EndLabels
from civictracker.ui.charts.lines import Line, line_colour, line_dash
from civictracker.ui.charts.overlay_items import NAME_ROW, OverlayItems, rows_of_names
from civictracker.ui.charts.scales import Scale, laid_over, with_headroom
from civictracker.ui.charts.value_card import ValueCard
from civictracker.ui.charts.walked import WalkedItems
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import label

FAR_WEEKS = 400  # with so many periods a forecast of twelve weeks would be a dot
WIDE_LINES = 8  # so many lines are drawn two wide and smooth; more would cost 200 ms a frame


class TrendChart(QWidget):
    """Lines over periods with a crosshair; the arrow keys move it."""

    pointed = Signal(int)  # position of the period under the crosshair, −1 for none

    def __init__(self) -> None:
        super().__init__()
        self.periods: tuple[Period, ...] = ()
        self.names: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self._at = -1
        self._style: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.right = RightAxis()
        axes: dict[str, pg.AxisItem] = {
            "bottom": DatesAxis("bottom"), "left": CountAxis("left"), "right": self.right
        }  # fmt: skip
        self.plot = pg.PlotWidget(axisItems=axes, enableMenu=False)
        self.plot.showAxis("right", show=False)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.hideButtons()
        self.plot.getViewBox().setMouseEnabled(x=True, y=False)
        self.plot.getViewBox().disableAutoRange()  # the ranges are set from the figures
        for axis in axes.values():
            axis.enableAutoSIPrefix(enable=False)  # its words are its own
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.getPlotItem().setDownsampling(auto=True, mode="peak")
        self.ends = EndLabels(self)
        self.card = ValueCard(self)
        self.note = label("이 기간에 적힌 값이 없습니다.", "subtle")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self.plot).addWidget(self.note)
        self.note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._curves: list[tuple[pg.PlotDataItem, pg.ScatterPlotItem | None]] = []
        self._walked = WalkedItems(self.plot)
        self._scales = (Scale(), Scale())  # of the left axis and of the right one
        self._base = pg.InfiniteLine(angle=0, movable=False)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self.is_log = False
        self.focused: int | None = None  # the line in front; the others are grey
        self.overlay = Overlay()
        self._extras = OverlayItems(self.plot, self.axis_height)
        box = QHBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)  # the ring of the keyboard
        box.setSpacing(0)
        box.addWidget(self.plot, 1)
        box.addWidget(self.ends)
        self.plot.scene().sigMouseMoved.connect(self._on_scene_mouse_moved)
        self.plot.getViewBox().sigRangeChanged.connect(lambda *_: self.ends.update())

    # --- content ------------------------------------------------------------------------------

    def show_lines(
        self,
        periods: Sequence[Period],
        names: Sequence[str],
        lines: Sequence[Line],
        *,
        base: float | None = None,
        overlay: Overlay | None = None,
    ) -> None:
        """Draw ``lines`` over ``periods``; ``base`` draws a level line (100 of an index, 0 of a change)."""
        self.overlay = overlay or Overlay()
        self._extras.clear()
        if self.focused is not None and self.focused >= len(lines):
            self.focused = None
        is_same = len(lines) == len(self.lines) and bool(self._curves)
        self.periods, self.names, self.lines = tuple(periods), tuple(names), tuple(lines)
        if not is_same:
            self._make_curves(len(lines))
        days = np.array([period.end.toordinal() for period in periods], dtype=float)
        self._fit_values(keeps_zero=base is not None)
        self._walked.clear()
        for at, line in enumerate(lines):
            scale = self._scales[line.is_right]
            self._fill(at, days, np.array([scale.height(v) for v in line.values], dtype=float))
        self._base.setVisible(base is not None)
        self._base.setPos(base or 0)
        self._fit_days(days)
        self.point(-1)
        self.restyle()

    def _make_curves(self, count: int) -> None:
        """Curves are made once and filled again: another week costs only its figures."""
        self.plot.clear()
        self._curves, self._style = [], None
        is_many = count > WIDE_LINES
        for at in range(count):
            curve = self.plot.plot(connect="finite", antialias=not is_many)
            marks = None
            if not is_many:
                marks = pg.ScatterPlotItem(symbol=t.MARKERS[at % len(t.MARKERS)], size=theme.px(8))
                self.plot.addItem(marks)
            self._curves.append((curve, marks))
        for extra in (self._base, self._cross):
            self.plot.addItem(extra, ignoreBounds=True)

    def _fill(self, at: int, days: np.ndarray, heights: np.ndarray) -> None:
        """A dozen markers along a line tell it apart without colour; the last figure always has one."""
        curve, marks = self._curves[at]
        if self.lines[at].walked:
            heights = self._walked.draw(at, days, heights, self.lines[at].walked)
        curve.setData(days, heights, connect="finite")
        if marks is not None:
            step = max(1, len(days) // 12)
            known = np.flatnonzero(np.isfinite(heights))
            chosen = known[(known[-1] - known) % step == 0] if len(known) else known
            marks.setData(days[chosen], heights[chosen])

    def _fit_values(self, *, keeps_zero: bool) -> None:
        """Lay the axes so that all lines, near goals and the end of the forecast are seen."""
        left = Scale(self.is_log)
        heights, right = ([each for line in self.lines if line.is_right is side for value in line.known
                           if isfinite(each := left.height(value))] for side in (False, True))  # fmt: skip
        self.note.setVisible(not heights and not right)
        if heights:
            if (ahead := self.overlay.ahead) is not None and len(self.periods) < FAR_WEEKS:
                heights.append(left.height(float(max(ahead.steps[-1].high, 1))))
            top = max(heights)
            goals = (left.height(float(goal)) for goal, _ in self.overlay.goals)
            heights += [goal for goal in goals if goal <= top * 1.2]
        span, laid = laid_over(heights, right, is_log=self.is_log, keeps_zero=keeps_zero)
        self._scales = (left, laid)
        self.right.laid = self._scales[1]
        self.right.picture = None  # its ticks change though its range does not
        self.plot.showAxis("right", show=bool(right))
        self.plot.getAxis("left").setStyle(showValues=bool(heights))
        rows = rows_of_names(self.overlay) * theme.px(NAME_ROW) / max(self.plot.height(), theme.px(150))
        self.plot.getViewBox().setYRange(*with_headroom(span, rows), padding=0)

    def _fit_days(self, days: np.ndarray) -> None:
        self.plot.getAxis("bottom").setStyle(showValues=bool(len(days)))
        if not len(days):
            return
        view = self.plot.getViewBox()
        pad = max(3.0, (days[-1] - days[0]) * 0.015)
        last = days[-1]
        if (ahead := self.overlay.ahead) is not None and len(days) < FAR_WEEKS:
            last = max(last, ahead.day.toordinal() + 7 * ahead.steps[-1].weeks)
        view.setLimits(xMin=days[0] - 60, xMax=last + 60, minXRange=14)  # first: they bound the range
        view.setXRange(days[0] - pad, last + pad, padding=0)

    def restyle(self) -> None:
        """Take colours and fonts from the theme, where they are not the same as before."""
        looks = tuple((line.hue, line.dash) for line in self.lines)
        style = (theme.name, theme.scale, self.focused, looks)
        if style != self._style:
            self._style = style
            _style_axes(self.plot)
            self._cross.setPen(pg.mkPen(theme.colours.primary, width=1.5))
            self._base.setPen(pg.mkPen(theme.colours.border_strong, width=1))
            for at in range(len(self._curves)):
                self._style_curve(at)
        self._walked.restyle([self._colour(at) for at in range(len(self.lines))])
        if self.periods:
            self._extras.show(self.overlay)
        self.ends.update()

    def _style_curve(self, at: int) -> None:
        (curve, marks), line = self._curves[at], self.lines[at]
        is_many = len(self._curves) > WIDE_LINES
        dash = Qt.PenStyle.SolidLine if is_many and line.dash is None else line_dash(at, line)
        width = 1 if is_many and at != self.focused else 2
        curve.setPen(pg.mkPen(self._colour(at), width=width, style=dash))
        curve.setZValue(0 if self.focused not in {None, at} else 3)
        if marks is not None:
            marks.setBrush(self._colour(at))
            marks.setPen(pg.mkPen(theme.colours.surface, width=1))

    def _colour(self, at: int) -> QColor:
        is_behind = self.focused is not None and at != self.focused
        return QColor(theme.colours.border) if is_behind else line_colour(at, self.lines[at])

    def focus_line(self, at: int | None) -> None:
        """Bring one line to the front and grey the others; None (or past the ends) shows all alike."""
        self.focused = at if at is not None and 0 <= at < len(self.lines) else None
        self.restyle()

    def set_log(self, is_log: bool) -> None:  # noqa: FBT001 (a state)
        """On a logarithmic scale equal growth is an equal slope; 0 and less have no place."""
        self.is_log = is_log
        self.plot.getAxis("left").is_log = self.right.is_log = is_log

    def axis_height(self, value: float) -> float:
        """A value in the unit of the left axis: itself, or its logarithm."""
        return self._scales[0].height(value)

    # --- pointing -----------------------------------------------------------------------------

    def _on_scene_mouse_moved(self, position: QPointF) -> None:
        if not self.periods or not self.plot.getViewBox().sceneBoundingRect().contains(position):
            self.point(-1)
            return
        day = self.plot.getViewBox().mapSceneToView(position).x()
        nearest = min(range(len(self.periods)), key=lambda at: abs(self.periods[at].end.toordinal() - day))
        self.point(nearest)

    def point(self, at: int) -> None:
        """Put the crosshair on a period and tell its values; −1 takes it away."""
        self._at = at
        shown = 0 <= at < len(self.periods)
        self._cross.setVisible(shown)
        if shown:
            self._cross.setPos(self.periods[at].end.toordinal())
            self.card.show_values(self.names[at], self.lines, at)
            self._place_card(at)
        else:
            self.card.hide()
        self.pointed.emit(at)

    def _place_card(self, at: int) -> None:
        box = self.plot.getViewBox()
        spot = box.mapViewToScene(QPointF(self.periods[at].end.toordinal(), 0))
        across = self.plot.mapFromScene(spot).x() + theme.px(12)
        if across + self.card.width() > self.plot.width():
            across -= self.card.width() + theme.px(24)
        self.card.move(max(0, int(across)), theme.px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.periods:
            last = len(self.periods) - 1
            self.point(last if self._at < 0 else max(0, min(last, self._at + step)))
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.lines:
            first, step = (0, 1) if event.key() == Qt.Key.Key_Down else (len(self.lines) - 1, -1)
            self.focus_line(first if self.focused is None else self.focused + step)
        elif event.key() == Qt.Key.Key_Escape:
            self.point(-1)
            self.focus_line(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def leaveEvent(self, event: object) -> None:
        self.point(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def height_of(self, line: Line, value: float) -> float:
        """Where a value of ``line`` lies, in this widget's pixels from the top."""
        box = self.plot.getViewBox()
        spot = QPointF(box.viewRange()[0][1], self._scales[line.is_right].height(value))
        return float(self.plot.mapFromScene(box.mapViewToScene(spot)).y())


def _style_axes(plot: pg.PlotWidget) -> None:
    c = theme.colours
    plot.setBackground(c.surface)
    for side in ("bottom", "left", "right"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(c.border_strong))
        axis.setTextPen(pg.mkPen(c.text_faint))
        axis.setStyle(tickFont=theme.figures(t.TINY), tickLength=0)
    for side in ("left", "right"):
        plot.getAxis(side).setWidth(theme.px(64))
    plot.getAxis("bottom").setHeight(theme.px(26))
    plot.showGrid(x=False, y=True, alpha=0.18)
