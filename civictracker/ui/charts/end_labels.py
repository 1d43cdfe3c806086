"""The lines' names and last values beside their ends, moved apart where they would touch."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.charts.lines import Line, line_colour, spread
from civictracker.ui.theme import theme

if TYPE_CHECKING:
    from civictracker.ui.charts.trend_chart import TrendChart

WIDE = 200  # px
_RIGHT = "▸"  # read on the right axis


class EndLabels(QWidget):
    def __init__(self, chart: TrendChart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._places: list[tuple[float, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.px(WIDE))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        found = [
            (at, line, self._chart.height_of(line, value))
            for at, line in enumerate(self._chart.lines)
            if line.last is not None and (value := line.values[line.last]) is not None
        ]
        found = [place for place in found if isfinite(place[2])]
        self._places = []
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = theme.px(17)
        shown = found[: max(1, (self.height() - theme.px(20)) // step)]
        places = spread([p[2] for p in shown], step, self.height() - step)
        for (at, line, true), place in zip(shown, places, strict=True):
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
        painter.setPen(QPen(line_colour(at, line), 1))
        painter.drawLine(QPointF(0, true), QPointF(theme.px(10), place))
        last = line.last
        assert last is not None
        painter.setFont(theme.figures(t.TINY, bold=at == 0))
        painter.setPen(QColor(theme.colours.text))
        when = self._chart.names[last].split("년 ")[-1]
        tail = line.texts[last] + line.unit + (_RIGHT if line.is_right else "")
        tail += "" if last == len(line.values) - 1 else f" ({when})"
        rect = QRectF(theme.px(14), place - theme.px(9), self.width() - theme.px(16), theme.px(18))
        metrics = painter.fontMetrics()
        room = int(rect.width()) - metrics.horizontalAdvance(" " + tail)
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect, left, f"{name} {tail}")
