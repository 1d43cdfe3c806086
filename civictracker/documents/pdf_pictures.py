"""A PNG inside a PDF: unpacked by hand (8 bits, not interlaced, as the emblem is kept), on white."""

from __future__ import annotations

import struct
import zlib

from civictracker.documents.model import Picture
from civictracker.documents.pdf_file import PdfFile, Ref

_MARK = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def put_picture(file: PdfFile, picture: Picture) -> Ref:
    """Archives forbid transparency (PDF/A-1): what shines through is laid on white."""
    width, height, rgb = decoded(picture.data)
    return file.stream(rgb, {
        "Type": b"/XObject", "Subtype": b"/Image", "Width": width, "Height": height,
        "ColorSpace": b"/DeviceRGB", "BitsPerComponent": 8,
    })  # fmt: skip


def decoded(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows. Raises ValueError for a PNG of another kind."""
    if png[:8] != _MARK:
        raise ValueError("not a PNG")
    at, packed, header = 8, b"", b""
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            header = png[at + 8 : at + 8 + length]
        elif kind == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if depth != 8 or interlaced or colour not in _CHANNELS or width * height > 4_000_000:
        raise ValueError("a PNG of another kind")
    channels = _CHANNELS[colour]
    rows = _unfiltered(zlib.decompress(packed), width * channels, height, channels)
    return width, height, _on_white(rows, channels)


def _unfiltered(data: bytes, stride: int, height: int, step: int) -> bytes:
    """PNG's five row filters undone (ISO/IEC 15948, 9)."""
    out, before = bytearray(), bytearray(stride)
    for row in range(height):
        start = row * (stride + 1)
        kind, line = data[start], bytearray(data[start + 1 : start + 1 + stride])
        for i in range(stride if kind else 0):
            left = line[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            guess = (0, left, before[i], (left + before[i]) // 2, _paeth(left, before[i], corner))[kind]
            line[i] = (line[i] + guess) & 0xFF
        out += line
        before = line
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


def _on_white(rows: bytes, channels: int) -> bytes:
    if channels == 3:
        return rows
    out = bytearray()
    for i in range(0, len(rows), channels):
        colour = rows[i : i + 3] if channels == 4 else rows[i : i + 1] * 3
        alpha = rows[i + channels - 1] if channels in {2, 4} else 255
        out += bytes((each * alpha + 255 * (255 - alpha)) // 255 for each in colour)
    return bytes(out)
