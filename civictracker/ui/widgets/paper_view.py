"""The paper as it will be printed: same painter, zoom, pages by keyboard, figures that can be asked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from civictracker.documents.layout import Area, Layout
from civictracker.documents.pages import area_at, page_count
from civictracker.documents.paint import paint_page
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme

MARGIN = 16
PAPER = "#ffffff"  # paper is white in every theme
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class _Pages(QWidget):
    """All pages under one another."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view = view
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        layout, scale = self._view.paper, self._view.scale
        if layout is None:
            return QSize(10, 10)
        count = page_count(layout)
        gap = theme.px(MARGIN)
        return QSize(
            round(layout.width * scale) + 2 * gap, round((layout.height * scale + gap) * count) + gap
        )

    def page_rect(self, page: int) -> QRectF:
        layout, scale = self._view.paper, self._view.scale
        assert layout is not None
        gap = theme.px(MARGIN)
        left = max(gap, (self.width() - layout.width * scale) / 2)
        return QRectF(
            left, gap + page * (layout.height * scale + gap), layout.width * scale, layout.height * scale
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        layout = self._view.paper
        painter = QPainter(self)
        painter.fillRect(
            event.rect(),
            QColor(theme.colours.border if theme.colours.surface == "#ffffff" else theme.colours.window),
        )
        if layout is None:
            return
        for page in range(page_count(layout)):
            rect = self.page_rect(page)
            if not rect.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(rect, QColor(PAPER))
            painter.setPen(QPen(QColor(theme.colours.border_strong), 1))
            painter.drawRect(rect)
            painter.save()
            painter.translate(rect.topLeft())
            paint_page(painter, layout, page, scale=self._view.scale)
            painter.restore()
            self._paint_picked(painter, page, rect)
        painter.end()

    def _paint_picked(self, painter: QPainter, page: int, rect: QRectF) -> None:
        picked = self._view.picked
        if picked is not None and picked[0] == page:
            area, scale = picked[1], self._view.scale
            painter.setPen(QPen(QColor(t.LIGHT.primary), 2))
            painter.drawRect(
                QRectF(
                    rect.left() + area.x * scale,
                    rect.top() + area.y * scale,
                    area.width * scale,
                    area.height * scale,
                )
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._area(event.position())
        self._view.pick(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_figure = self._area(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_figure else Qt.CursorShape.ArrowCursor)

    def _area(self, at: QPointF) -> tuple[int, Area] | None:
        layout, scale = self._view.paper, self._view.scale
        if layout is None:
            return None
        for page in range(page_count(layout)):
            rect = self.page_rect(page)
            if rect.contains(at):
                area = area_at(layout, page, (at.x() - rect.left()) / scale, (at.y() - rect.top()) / scale)
                return None if area is None else (page, area)
        return None


class PaperView(QScrollArea):
    """``figure_picked`` carries the Source of the pressed figure, or None."""

    figure_picked = Signal(object)
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.paper: Layout | None = None
        self.scale = 1.0
        self.picked: tuple[int, Area] | None = None
        self._fit = "page"
        self._pages = _Pages(self)
        self.setWidget(self._pages)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName("보고서 미리보기")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_paper(self, layout: Layout) -> None:
        self.paper = layout
        self.picked = None
        self._arrange()
        self._pages.update()

    def fit(self, how: str) -> None:
        """``page`` or ``width``."""
        self._fit = how
        self._arrange()

    def zoom(self, step: int) -> None:
        nearest = min(range(len(ZOOMS)), key=lambda at: abs(ZOOMS[at] - self.scale))
        self.scale = ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + step))]
        self._fit = ""
        self._arrange()

    @property
    def percent(self) -> int:
        """Zoom against the paper's true size on a 96-dpi screen."""
        return round(self.scale / (96 / 72) * 100)

    def _arrange(self) -> None:
        if self.paper is None:
            return
        room = self.viewport().size()
        gap = 2 * theme.px(MARGIN)
        if self._fit == "page":
            self.scale = max(
                0.2, min((room.width() - gap) / self.paper.width, (room.height() - gap) / self.paper.height)
            )
        elif self._fit == "width":
            self.scale = max(0.2, (room.width() - gap) / self.paper.width)
        hint = self._pages.sizeHint()
        self._pages.resize(max(hint.width(), room.width()), max(hint.height(), room.height()))
        self._pages.update()
        self.zoomed.emit()

    def pick(self, found: tuple[int, Area] | None) -> None:
        self.picked = found
        self._pages.update()
        self.figure_picked.emit(found[1].source if found else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp} and self.paper is not None:
            gap = theme.px(MARGIN)
            step = round(self.paper.height * self.scale + gap)
            by = step if event.key() == Qt.Key.Key_PageDown else -step
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by)
        else:
            super().keyPressEvent(event)

    def figure_point(self, number: int) -> QPoint | None:
        """Where the n-th figure of the first page lies, for whoever drives the window."""
        if self.paper is None or number >= len(self.paper.pages[0].areas):
            return None
        area, rect = self.paper.pages[0].areas[number], self._pages.page_rect(0)
        return QPoint(
            round(rect.left() + (area.x + area.width / 2) * self.scale),
            round(rect.top() + (area.y + area.height / 2) * self.scale),
        )
