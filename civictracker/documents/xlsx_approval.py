"""결재란 of a workbook: boxes of one width over the cells, whatever columns the tables below have."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from civictracker.documents.model import ApprovalBox
from civictracker.documents.xlsx_looks import FONT

_SPINE, _BOX, _NAME, _SIGN = 24, 66, 22, 62  # pixels
_EDGE = 4  # off the print area's right edge: a line that lies on it is not printed
_ANCHORED = re.compile(rb'<xdr:twoCellAnchor editAs="absolute">.*?</xdr:to>(<xdr:sp .*?)</xdr:twoCellAnchor>')
_PLACE = re.compile(rb'<a:off (x="\d+" y="\d+")/><a:ext (cx="\d+" cy="\d+")/>')


def approval_width(approval: ApprovalBox) -> int:
    """In pixels, with a little white at its left."""
    return _SPINE + len(approval.names) * _BOX + 8 if approval.names else 0


def put_approval(sheet: Any, approval: ApprovalBox, right: int) -> None:
    """Draw it at the top, up to ``right`` pixels from the left edge of the sheet."""
    left = right - _EDGE - _SPINE - len(approval.names) * _BOX
    _box(sheet, "결\n재", (left, 1, _SPINE, _NAME + _SIGN), bold=True, shaded=True)
    passed = False
    for at, name in enumerate(approval.names):
        x = left + _SPINE + at * _BOX
        signs = approval.delegated != "" and name == approval.delegated
        _box(sheet, name, (x, 1, _BOX, _NAME), shaded=True)
        _box(sheet, "전결" if signs else "／" if passed else "", (x, 1 + _NAME, _BOX, _SIGN),
             size=26 if passed else 9, top=signs)  # fmt: skip
        passed = passed or signs


def with_fixed_boxes(book: bytes) -> bytes:
    """``book`` with its boxes at places and of sizes of their own.

    XlsxWriter ties them to cells, the columns of which are of other widths in other programs.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            is_drawing = entry.filename.startswith("xl/drawings/drawing")
            new.writestr(entry, _ANCHORED.sub(_fixed, part) if is_drawing else part)
    return made.getvalue()


def _fixed(found: re.Match[bytes]) -> bytes:
    place = _PLACE.search(found[1])
    if place is None:
        return found[0]
    where = b"<xdr:pos %b/><xdr:ext %b/>" % (place[1], place[2])
    return b"<xdr:absoluteAnchor>%b%b</xdr:absoluteAnchor>" % (where, found[1])


def _box(
    sheet: Any, text: str, area: tuple[int, int, int, int], *, bold: bool = False, shaded: bool = False,
    size: int = 9, top: bool = False,
) -> None:  # fmt: skip
    x, y, width, height = area
    sheet.insert_textbox(0, 0, text, {
        "x_offset": x, "y_offset": y, "width": width, "height": height, "object_position": 3,
        "line": {"color": "#000000", "width": 0.75}, "fill": {"color": "#EFEFEF" if shaded else "#FFFFFF"},
        "font": {"name": FONT, "size": size, "bold": bold},
        "align": {"vertical": "top" if top else "middle", "horizontal": "left" if top else "center"},
        "description": f"결재란: {text}" if text else "결재란",
    })  # fmt: skip
