"""The merges of xlsb, which calamine does not tell: sheet name → spans (MS-XLSB 2.1.4)."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator

from defusedxml import ElementTree

from civictracker.sheets.grid import Span

MAX_SPANS = 100_000
_BUNDLE_SHEET, _MERGE_CELL = 156, 176


def merges(archive: zipfile.ZipFile) -> dict[str, tuple[Span, ...]]:
    targets = {}
    with archive.open("xl/_rels/workbook.bin.rels") as file:
        for _, element in ElementTree.iterparse(file):
            targets[element.get("Id", "")] = element.get("Target", "")
    found: dict[str, tuple[Span, ...]] = {}
    for body in _records(archive.read("xl/workbook.bin"), _BUNDLE_SHEET):
        relation, at = _wide_text(body, 8)
        name, _ = _wide_text(body, at)
        target = targets.get(relation, "")
        path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in archive.namelist():
            found[name] = tuple(_spans(archive.read(path)))[:MAX_SPANS]
    return found


def _spans(data: bytes) -> Iterator[Span]:
    for body in _records(data, _MERGE_CELL):
        first, last, left, right = struct.unpack_from("<4I", body)
        yield first, left, last, right


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + length * 2
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes, wanted: int) -> Iterator[bytes]:
    at, end = 0, len(data)
    while at + 1 < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] << 7)
            at += 1
        length, shift = 0, 0
        while at < end:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        if kind == wanted:
            yield data[at : at + length]
        at += length
