"""The one painter behind preview, printer, PDF and PNG. Callers have made a QGuiApplication.

Layouts are in points; text is drawn in hundredths of a point, because Qt's pixel sizes are whole
numbers. The font's substitutions are off, so that the text of a PDF is what is read on it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QRectF, Qt, QUuid
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
    QRawFont,
)

from civictracker import paths
from civictracker.documents.files import replace_file
from civictracker.documents.flow import paginate_with
from civictracker.documents.layout import Area, Box, Image, Layout, Mark, Sign, Stroke, Text
from civictracker.documents.model import Document, Marker
from civictracker.documents.typeset import Typesetter
from civictracker.services.report_values import Source

_UNIT = 100.0  # steps in a point
_EM = 1000  # pixels at which advances are measured
_PDF_DPI = 1200
_CREATOR = "채널일지"
_DATES = re.compile(rb"""(/(?:Creation|Mod)Date \(|xmp:\w+Date=")([^)"]*)([)"])""")
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


@cache
def _font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(load_paper_fonts())
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    for tag in _SUBSTITUTIONS:
        font.setFeature(QFont.Tag.fromString(tag), 0)
    return font


class _Noto:
    """Advances of the paper's font."""

    def __init__(self) -> None:
        self._metrics = {bold: QFontMetricsF(_font(_EM, bold=bold)) for bold in (False, True)}
        self._raw = QRawFont.fromFont(_font(_EM, bold=False))

    def advance(self, char: str, *, bold: bool) -> float | None:
        if not self._raw.supportsCharacter(ord(char)):
            return None
        return self._metrics[bold].horizontalAdvance(char) / _EM


@cache
def _setter() -> Typesetter:
    return Typesetter(_Noto())


# --- pages --------------------------------------------------------------------------------------


def paginate(document: Document) -> Layout:
    """Set ``document`` on A4 pages; equal documents give equal layouts."""
    return paginate_with(document, _setter())


def page_count(layout: Layout) -> int:
    return len(layout.pages)


def area_at(layout: Layout, page: int, x: float, y: float) -> Area | None:
    """The figure under a point of ``page`` (from 0, in points), with its rectangle to highlight."""
    return next((area for area in reversed(layout.pages[page].areas) if area.holds(x, y)), None)


def source_at(layout: Layout, page: int, x: float, y: float) -> Source | None:
    area = area_at(layout, page, x, y)
    return None if area is None else area.source


def paint_page(painter: QPainter, layout: Layout, page: int, *, scale: float) -> None:
    """Paint ``page`` (from 0) at the painter's origin; ``scale`` is its units per point."""
    painter.save()
    painter.scale(scale / _UNIT, scale / _UNIT)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for mark in layout.pages[page].marks:
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


def write_pdf(document: Document, path: Path, *, now: datetime) -> None:
    """Write ``document`` as a PDF with its fonts inside. Raises DiskError; ``path`` is whole or as it was."""
    layout = paginate(document)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setCreator(_CREATOR)
    writer.setAuthor(document.author)
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), f"{document.title} {now.isoformat()}".encode()))
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    painter = QPainter(writer)
    for page in range(page_count(layout)):
        if page:
            writer.newPage()
        paint_page(painter, layout, page, scale=_PDF_DPI / 72)
    painter.end()
    buffer.close()
    replace_file(path, _dated(bytes(content.data()), now))


def _dated(pdf: bytes, now: datetime) -> bytes:
    """Qt stamps its own clock; put ``now`` there, in as many bytes, so that no offset moves."""
    local = now if now.tzinfo is not None else now.astimezone()
    zone = f"{local:%z}"
    stamps = (
        f"{local.astimezone(UTC):D:%Y%m%d%H%M%SZ}".encode(),
        f"{local:D:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'".encode(),
        local.isoformat(timespec="seconds").encode(),
    )

    def stamped(found: re.Match[bytes]) -> bytes:
        fit = next((s for s in stamps if len(s) == len(found[2]) and s[:2] == found[2][:2]), found[2])
        return found[1] + fit + found[3]

    return _DATES.sub(stamped, pdf)


def page_images(document: Document, dpi: int = 110) -> list[QImage]:
    """Each page as a picture on white."""
    layout = paginate(document)
    return [page_image(layout, page, dpi) for page in range(page_count(layout))]


def page_image(layout: Layout, page: int, dpi: int = 110) -> QImage:
    scale = dpi / 72
    image = QImage(round(layout.width * scale), round(layout.height * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    painter = QPainter(image)
    paint_page(painter, layout, page, scale=scale)
    painter.end()
    return image


def write_png(document: Document, path: Path, *, dpi: int = 200) -> list[Path]:
    """Write a picture of each page; from the second on the name gets ``-2``, ``-3``. Raises DiskError."""
    written = []
    for number, image in enumerate(page_images(document, dpi), 1):
        target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        grey.save(buffer, "PNG")  # type: ignore[call-overload]
        buffer.close()
        replace_file(target, bytes(content.data()))
        written.append(target)
    return written
