"""Icons from ``resources/icons``, recoloured to the theme and sharp at every scale."""

from __future__ import annotations

import weakref
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from civictracker import paths
from civictracker.ui.theme import theme

_buttons: weakref.WeakKeyDictionary[QAbstractButton, tuple[str, str, int]] = weakref.WeakKeyDictionary()


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, role: str = "text_subtle", size: int = 18) -> QPixmap:
    """The icon in the colour of a token role, ``size`` px at 100 %."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, getattr(theme.colours, role), theme.px(size), max(ratio, 1.0))


def set_icon(button: QAbstractButton, name: str, role: str = "text_subtle", size: int = 18) -> None:
    """Give ``button`` an icon that follows the theme."""
    _buttons[button] = (name, role, size)
    _draw(button)


def _draw(button: QAbstractButton) -> None:
    name, role, size = _buttons[button]
    # Qt's own gap between icon and words is four pixels at every scale.
    gap = max(0, theme.px(6) - 4) if button.text() else 0
    icon = QIcon(_with_gap(pixmap(name, role, size), gap))
    icon.addPixmap(_with_gap(pixmap(name, "text_disabled", size), gap), QIcon.Mode.Disabled)
    button.setIcon(icon)
    button.setIconSize(QSize(theme.px(size) + gap, theme.px(size)))


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wider


def _redraw_all() -> None:
    for button in list(_buttons):
        if isValid(button):  # its Python half may outlive the widget
            _draw(button)


theme.changed.connect(_redraw_all)


def app_icon() -> QIcon:
    return QIcon(str(paths.resources() / "icons" / "app-256.png"))
