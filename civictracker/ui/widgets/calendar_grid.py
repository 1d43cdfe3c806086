"""The calendar as it is used: choosing, opening, dragging and turning pages by mouse and keyboard."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from civictracker.services.calendar import PostView
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.calendar_canvas import CalendarCanvas

_DAY = timedelta(days=1)


class CalendarGrid(CalendarCanvas):
    """Says what the person wants, and changes nothing itself."""

    chosen = Signal(object)  # PostKey or None
    opened = Signal(object)  # PostKey
    wanted = Signal(object)  # a new post on that day
    moved = Signal(object, object)  # PostKey, day
    turned = Signal(int)  # the next or previous page
    more_wanted = Signal(object)  # a day with more posts than fit

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._pressed: tuple[QPointF, PostView] | None = None

    # --- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell, post = self._cell_at(event.position()), self._post_at(event.position())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = (event.position(), post) if post else None
        self._go(cell.day, post)
        if post is None and cell.hidden and event.position().y() > cell.box.bottom() - theme.px(18):
            self.more_wanted.emit(cell.day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            over = self._post_at(event.position())
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        distance = (event.position() - self._pressed[0]).manhattanLength()
        if self._drop is None and distance < QApplication.startDragDistance():
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        cell = self._cell_at(event.position())
        self._drop = cell.day if cell else None
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        pressed, day = self._pressed, self._drop
        self._pressed = self._drop = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()
        if pressed is not None and day is not None and day != pressed[1].day:
            self.moved.emit(pressed[1].key, day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell, post = self._cell_at(event.position()), self._post_at(event.position())
        self._pressed = None
        if post is not None:
            self.opened.emit(post.key)
        elif cell is not None:
            self.wanted.emit(cell.day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            post = self._post_at(QPointF(event.pos()))
            lines = self._lines(post) if post else self._bands_at(QPointF(event.pos()))
            text = plain_tip("\n".join(lines))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # --- keyboard -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act(event):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if (post := self.selected_post) is not None:
                self.moved.emit(post.key, post.day + steps[key] * _DAY)
        elif key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._step(steps[key])
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.selected is not None:
                self.opened.emit(self.selected)
            else:
                self.wanted.emit(self.cursor_day)
        else:
            return False
        return True

    def _step(self, days: int) -> None:
        """Up and down go through a day's posts first; left and right go from day to day."""
        posts = self._by_day.get(self.cursor_day, [])
        at = next((at for at, post in enumerate(posts) if post.key == self.selected), -1)
        if days == 7 and at + 1 < len(posts):
            self._go(self.cursor_day, posts[at + 1])
        elif days == -7 and at >= 0:
            self._go(self.cursor_day, posts[at - 1] if at else None)
        else:
            self._go(self.cursor_day + days * _DAY, None)

    def _go(self, day: date, post: PostView | None) -> None:
        assert self._schedule is not None
        if not self._schedule.start <= day <= self._schedule.end:
            self.cursor_day = day
            self.turned.emit(1 if day > self._schedule.end else -1)
            return
        self.cursor_day = day
        key = post.key if post else None
        if key != self.selected:
            self.selected = key
            self.chosen.emit(key)
        self._tell()
        self.update()
