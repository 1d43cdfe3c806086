"""The painter behind preview, printer and PNG. Callers have made a QGuiApplication.

Layouts are in points; text is drawn in hundredths of a point, because Qt's pixel sizes are whole
numbers. The font's substitutions and kerning are off: every sign stands where the layout measured it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from civictracker import paths
from civictracker.documents.files import replace_file
from civictracker.documents.layout import Box, Image, Layout, Mark, Sign, Stroke, Text
from civictracker.documents.model import Document, Marker
from civictracker.documents.pages import page_count, paginate

_UNIT = 100.0  # steps in a point
_SUBSTITUTIONS = ("locl", "calt", "ccmp", "liga", "clig", "rlig", "kern")


# --- font ---------------------------------------------------------------------------------------


@cache
def load_paper_fonts() -> str:
    """Load Noto Sans KR once; its family. Raises FileNotFoundError when the program is incomplete."""
    families: list[str] = []
    for style in ("Regular", "Bold"):
        path = paths.resources() / "fonts" / f"NotoSansKR-{style}.ttf"
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise FileNotFoundError(f"the program is incomplete: no {path.name}")
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return families[0]


class _Fonts(threading.local):
    """Fonts of one thread: Qt fills one in when it is first drawn with, and nothing guards that."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, bool], QFont] = {}

    def __call__(self, pixels: int, *, bold: bool) -> QFont:
        if (pixels, bold) not in self._made:
            self._made[pixels, bold] = _new_font(pixels, bold=bold)
        return self._made[pixels, bold]


def _new_font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(load_paper_fonts())
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    for tag in _SUBSTITUTIONS:
        font.setFeature(QFont.Tag.fromString(tag), 0)
    return font


_font = _Fonts()


# --- pages --------------------------------------------------------------------------------------


def paint_page(painter: QPainter, layout: Layout, page: int, *, scale: float) -> None:
    """Paint ``page`` (from 0) at the painter's origin; ``scale`` is its units per point."""
    _paint_marks(painter, layout.pages[page].marks, scale)


def _paint_marks(painter: QPainter, marks: Sequence[Mark], scale: float) -> None:
    painter.save()
    painter.scale(scale / _UNIT, scale / _UNIT)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for mark in marks:
        _paint(painter, mark)
    painter.restore()


def _paint(painter: QPainter, mark: Mark) -> None:
    match mark:
        case Text():
            painter.setPen(_pen(0.0, 0.5, ()))
            painter.setFont(_font(round(mark.type.size * _UNIT), bold=mark.type.bold))
            painter.drawText(QPointF(mark.x * _UNIT, mark.y * _UNIT), mark.text)
        case Stroke():
            painter.setPen(_pen(mark.grey, mark.width, mark.dash))
            painter.drawPolyline(_polygon(mark.points))
        case Box():
            _paint_box(painter, mark)
        case Sign():
            _paint_sign(painter, mark)
        case Image():
            area = QRectF(mark.x * _UNIT, mark.y * _UNIT, mark.width * _UNIT, mark.height * _UNIT)
            painter.drawImage(area, _image(mark.picture.data))


@lru_cache(maxsize=4)
def _image(data: bytes) -> QImage:
    return QImage.fromData(data)


@cache
def _pen(grey: float, width: float, dash: tuple[float, ...]) -> QPen:
    pen = QPen(QColor.fromRgbF(grey, grey, grey), width * _UNIT)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x * _UNIT, y * _UNIT) for x, y in points])


def _paint_box(painter: QPainter, box: Box) -> None:
    area = QRectF(box.x * _UNIT, box.y * _UNIT, box.width * _UNIT, box.height * _UNIT)
    if box.fill is not None:
        painter.fillRect(area, QColor.fromRgbF(box.fill, box.fill, box.fill))
    if box.outline:
        painter.setPen(_pen(0.0, box.outline, ()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


_BLACK, _WHITE = QBrush(Qt.GlobalColor.black), QBrush(Qt.GlobalColor.white)


def _paint_sign(painter: QPainter, sign: Sign) -> None:
    x, y = sign.x * _UNIT, sign.y * _UNIT
    painter.setPen(_pen(0.0, 0.7, ()))
    painter.setBrush(_BLACK if sign.marker is Marker.DOT else _WHITE)
    match sign.marker:
        case Marker.DOT:
            painter.drawEllipse(QPointF(x, y), 150, 150)
        case Marker.SQUARE:
            painter.drawRect(QRectF(x - 155, y - 155, 310, 310))
        case Marker.TRIANGLE:
            painter.drawPolygon(
                QPolygonF([QPointF(x, y - 220), QPointF(x + 200, y + 150), QPointF(x - 200, y + 150)])
            )
        case Marker.CROSS:
            painter.drawLine(QLineF(x - 150, y - 150, x + 150, y + 150))
            painter.drawLine(QLineF(x - 150, y + 150, x + 150, y - 150))


# --- files --------------------------------------------------------------------------------------


def page_images(document: Document, dpi: int = 110) -> list[QImage]:
    """Each page as a picture on white."""
    layout = paginate(document)
    return [page_image(layout, page, dpi) for page in range(page_count(layout))]


def page_image(layout: Layout, page: int, dpi: int = 110) -> QImage:
    return _drawn(layout.pages[page].marks, layout.width, layout.height, dpi, QImage.Format.Format_RGB32)


def page_png(layout: Layout, page: int, dpi: int) -> bytes:
    return marks_png(layout.pages[page].marks, layout.width, layout.height, dpi)


def marks_png(marks: Sequence[Mark], width: float, height: float, dpi: int = 300) -> bytes:
    """A picture, grey on white, of ``marks`` within ``width`` × ``height`` points."""
    image = _drawn(marks, width, height, dpi, QImage.Format.Format_Grayscale8)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


def _drawn(marks: Sequence[Mark], width: float, height: float, dpi: int, kind: QImage.Format) -> QImage:
    scale = dpi / 72
    image = QImage(round(width * scale), round(height * scale), kind)
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    painter = QPainter(image)
    _paint_marks(painter, marks, scale)
    painter.end()
    return image


def write_png(document: Document, path: Path, *, dpi: int = 200) -> list[Path]:
    """Write a picture of each page; from the second on the name gets ``-2``, ``-3``. Raises DiskError."""
    written = []
    layout = paginate(document)
    for number in range(1, page_count(layout) + 1):
        target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        replace_file(target, page_png(layout, number - 1, dpi))
        written.append(target)
    return written
