"""A line of twelve weeks without axes; gaps stay gaps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from civictracker.ui.theme import theme


class Sparkline(QWidget):
    def __init__(self, values: Sequence[int | Decimal | None], name: str) -> None:
        super().__init__()
        self._values = [None if value is None else float(value) for value in values]
        known = [value for value in self._values if value is not None]
        told = f"{known[0]:,.0f}에서 {known[-1]:,.0f}" if known else "값 없음"
        self.setAccessibleName(f"{name} 최근 {len(self._values)}주: {told}")
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(86), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        known = [value for value in self._values if value is not None]
        if len(known) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(
            theme.colours.primary if theme.colours.surface == "#ffffff" else theme.colours.primary_text
        )
        painter.setPen(QPen(colour, 1.6 * theme.scale))
        low, high = min(known), max(known)
        points = [self._point(at, value, low, high) for at, value in enumerate(self._values)]
        path, is_drawing = QPainterPath(), False
        for point in points:
            if point is None:
                is_drawing = False
            elif is_drawing:
                path.lineTo(point)
            else:
                path.moveTo(point)
                is_drawing = True
        painter.drawPath(path)
        last = next(point for point in reversed(points) if point is not None)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(last, 2.4 * theme.scale, 2.4 * theme.scale)
        painter.end()

    def _point(self, at: int, value: float | None, low: float, high: float) -> QPointF | None:
        if value is None:
            return None
        edge = 4.0 * theme.scale
        across = edge + at * (self.width() - 2 * edge) / max(1, len(self._values) - 1)
        share = (value - low) / (high - low) if high > low else 0.5
        return QPointF(across, self.height() - edge - share * (self.height() - 2 * edge))
