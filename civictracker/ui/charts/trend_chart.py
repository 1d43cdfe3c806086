"""The trend chart: lines told apart by colour, dash, marker and a direct label at their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log10, nan

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civictracker.domain.weeks import Period
from civictracker.services.overlays import Overlay
from civictracker.ui import tokens as t
from civictracker.ui.charts.count_axis import CountAxis
from civictracker.ui.charts.dates_axis import DatesAxis
from civictracker.ui.charts.overlay_items import OverlayItems
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import clear, column, label, row

FAR_WEEKS = 400  # with so many periods a forecast of twelve weeks would be a dot
WIDE_LINES = 8  # so many lines are drawn two wide and smooth; more would cost 200 ms a frame
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``values`` has a number or None (a gap) for each of the chart's periods."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]

    @property
    def last(self) -> int | None:
        return next((at for at in range(len(self.values) - 1, -1, -1) if self.values[at] is not None), None)


def line_colour(at: int) -> QColor:
    return QColor(theme.colours.series[at % len(theme.colours.series)])


def line_dash(at: int) -> Qt.PenStyle:
    return _DASHES[at % len(_DASHES)]


class TrendChart(QWidget):
    """Lines over periods with a crosshair; the arrow keys move it."""

    pointed = Signal(int)  # position of the period under the crosshair, −1 for none

    def __init__(self) -> None:
        super().__init__()
        self.periods: tuple[Period, ...] = ()
        self.names: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot = pg.PlotWidget(axisItems={"bottom": DatesAxis("bottom"), "left": CountAxis("left")})
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.getViewBox().setMouseEnabled(x=True, y=False)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.getPlotItem().setDownsampling(auto=True, mode="peak")
        self.ends = _EndLabels(self)
        self.card = _ValueCard(self)
        self.note = label("이 기간에 적힌 값이 없습니다.", "subtle")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self.plot).addWidget(self.note)
        self.note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._curves: list[tuple[pg.PlotDataItem, pg.ScatterPlotItem | None]] = []
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
        for at, line in enumerate(lines):
            self._fill(at, days, np.array([self._height(v) for v in line.values], dtype=float))
        self._base.setVisible(base is not None)
        self._base.setPos(base or 0)
        self._fit(days)
        self.point(-1)
        self.restyle()

    def _make_curves(self, count: int) -> None:
        """Curves are made once and filled again: another week costs only its figures."""
        self.plot.clear()
        self._curves = []
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

    def _fill(self, at: int, days: np.ndarray, values: np.ndarray) -> None:
        """A dozen markers along a line tell it apart without colour; the last figure always has one."""
        curve, marks = self._curves[at]
        curve.setData(days, values, connect="finite")
        if marks is not None:
            step = max(1, len(days) // 12)
            known = np.flatnonzero(np.isfinite(values))
            chosen = known[(known[-1] - known) % step == 0] if len(known) else known
            marks.setData(days[chosen], values[chosen])

    def _fit(self, days: np.ndarray) -> None:
        known = [each for line in self.lines for v in line.values if isfinite(each := self._height(v))]
        self.note.setVisible(not known)
        self.plot.getAxis("left").setStyle(showValues=bool(known))
        self.plot.getAxis("bottom").setStyle(showValues=bool(len(days)))
        view = self.plot.getViewBox()
        if len(days):
            pad = max(3.0, (days[-1] - days[0]) * 0.015)
            last = days[-1]
            if (ahead := self.overlay.ahead) is not None and len(days) < FAR_WEEKS:
                last = max(last, ahead.day.toordinal() + 7 * ahead.steps[-1].weeks)
                known += [self.axis_height(float(max(each.high, 0))) for each in ahead.steps[-1:]]
            top = max(known, default=0.0)
            known += [self.axis_height(float(goal)) for goal, _ in self.overlay.goals if goal <= top * 1.2]
            view.setLimits(xMin=days[0] - 60, xMax=last + 60, minXRange=14)  # first: they bound the range
            view.setXRange(days[0] - pad, last + pad, padding=0)
        if known:
            low, high = min(known), max(known)
            # Levels far from zero keep the axis at zero only when that does not flatten them.
            is_low = 0 <= low < high * 0.6 and not self.is_log
            bottom = 0.0 if is_low else low - (high - low) * 0.08
            view.setYRange(bottom, high + ((high - bottom) * 0.06 or 1.0), padding=0)

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        c = theme.colours
        self.plot.setBackground(c.surface)
        for side in ("bottom", "left"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(c.border_strong))
            axis.setTextPen(pg.mkPen(c.text_faint))
            axis.setStyle(tickFont=theme.figures(t.TINY), tickLength=0)
        self.plot.getAxis("left").setWidth(theme.px(64))
        self.plot.getAxis("bottom").setHeight(theme.px(26))
        self.plot.showGrid(x=False, y=True, alpha=0.18)
        self._cross.setPen(pg.mkPen(c.primary, width=1.5))
        self._base.setPen(pg.mkPen(c.border_strong, width=1))
        is_many = len(self._curves) > WIDE_LINES
        for at, (curve, marks) in enumerate(self._curves):
            dash = Qt.PenStyle.SolidLine if is_many else line_dash(at)
            is_behind = self.focused is not None and at != self.focused
            colour = QColor(c.border) if is_behind else line_colour(at)
            width = 1 if is_many and at != self.focused else 2
            curve.setPen(pg.mkPen(colour, width=width, style=dash))
            curve.setZValue(0 if is_behind else 3)
            if marks is not None:
                marks.setBrush(colour)
                marks.setPen(pg.mkPen(c.surface, width=1))
        if self.periods:
            self._extras.show(self.overlay)
        self.ends.update()

    def focus_line(self, at: int | None) -> None:
        """Bring one line to the front and grey the others; None (or past the ends) shows all alike."""
        self.focused = at if at is not None and 0 <= at < len(self.lines) else None
        self.restyle()

    def set_log(self, is_log: bool) -> None:  # noqa: FBT001 (a state)
        """On a logarithmic scale equal growth is an equal slope; 0 and less have no place."""
        self.is_log = is_log
        self.plot.getAxis("left").is_log = is_log

    def axis_height(self, value: float) -> float:
        """A value in the unit of the axis: itself, or its logarithm."""
        if not self.is_log:
            return value
        return log10(value) if value > 0 else nan

    def _height(self, value: float | None) -> float:
        return nan if value is None else self.axis_height(value)

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
            self.card.show_values(self.names[at], [(i, line) for i, line in enumerate(self.lines)], at)
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

    def height_of(self, value: float) -> float:
        """Where a value lies, in this widget's pixels from the top."""
        box = self.plot.getViewBox()
        scene = box.mapViewToScene(QPointF(box.viewRange()[0][1], self.axis_height(value)))
        return float(self.plot.mapFromScene(scene).y())


class _EndLabels(QWidget):
    """The lines' names and last values beside their ends, moved apart where they would touch."""

    def __init__(self, chart: TrendChart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._places: list[tuple[float, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.px(200))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        lines = self._chart.lines
        places = [
            (at, line, self._chart.height_of(value))
            for at, line in enumerate(lines)
            if line.last is not None and (value := line.values[line.last]) is not None
        ]
        places = [place for place in places if isfinite(place[2])]
        self._places = []
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = theme.px(17)
        room = max(1, (self.height() - theme.px(20)) // step)
        shown = places if len(places) <= room else places[:room]
        for (at, line, true), place in zip(
            shown, spread([p[2] for p in shown], step, self.height() - step), strict=True
        ):
            self._draw(painter, at, line, true, place)
            self._places.append((place, at))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pressing a name brings its line to the front; pressing it again lets it go."""
        near = [(abs(place - event.position().y()), at) for place, at in self._places]
        if near and min(near)[0] < theme.px(10):
            at = min(near)[1]
            self._chart.focus_line(None if self._chart.focused == at else at)

    def _draw(self, painter: QPainter, at: int, line: Line, true: float, place: float) -> None:
        colour = line_colour(at)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(0, true), QPointF(theme.px(10), place))
        last = line.last
        assert last is not None
        painter.setFont(theme.figures(t.TINY, bold=at == 0))
        painter.setPen(QColor(theme.colours.text))
        when = self._chart.names[last].split("년 ")[-1]
        tail = line.texts[last] + ("" if last == len(line.values) - 1 else f" ({when})")
        rect = QRectF(theme.px(14), place - theme.px(9), self.width() - theme.px(16), theme.px(18))
        metrics = painter.fontMetrics()
        room = int(rect.width()) - metrics.horizontalAdvance(" " + tail)
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect, left, f"{name} {tail}")


def spread(places: Sequence[float], step: float, bottom: float) -> list[float]:
    """Heights near ``places`` that keep ``step`` apart and above ``bottom``, in the same order."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    result = [0.0] * len(places)
    previous = -step
    for at in order:
        previous = max(places[at], previous + step)
        result[at] = previous
    limit = bottom
    for at in reversed(order):
        result[at] = min(result[at], limit)
        limit = result[at] - step
    return result


class _ValueCard(QFrame):
    """All values under the crosshair."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._layout = column(spacing=2)
        self._layout.setContentsMargins(*(theme.px(10),) * 4)
        self.setLayout(self._layout)
        self.hide()

    def show_values(self, name: str, lines: Sequence[tuple[int, Line]], at: int) -> None:
        self.hide()
        clear(self._layout)
        self._layout.addWidget(label(name, "strong"))
        ranked = sorted(lines, key=lambda pair: -(pair[1].values[at] or -1e18))
        for number, line in ranked[:14]:
            self._layout.addWidget(_value_row(number, line, at))
        self._layout.activate()
        self.adjustSize()
        self.show()
        self.raise_()


def _value_row(number: int, line: Line, at: int) -> QWidget:
    mark = QFrame()
    mark.setFixedSize(theme.px(10), theme.px(10))
    mark.setStyleSheet(f"background: {line_colour(number).name()}; border-radius: {theme.px(3)}px;")
    value = label(line.texts[at], "strong")
    value.setFont(theme.figures(bold=True))
    value.setAlignment(Qt.AlignmentFlag.AlignRight)
    inner = row(mark, label(line.name), None, value, spacing=t.S2)
    box = QWidget()
    box.setLayout(inner)
    box.setMinimumWidth(theme.px(180))
    return box
