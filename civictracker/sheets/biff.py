"""Old workbooks (BIFF 2 to 8) by xlrd, where calamine does not read them."""

from __future__ import annotations

import io
import struct
from typing import Any

import olefile
import xlrd

from civictracker.errors import SheetError
from civictracker.sheets.grid import Cell, Grid, Span
from civictracker.sheets.serials import Kind, kind_of_format, moment

_BOF, _FILE_PASS = {0x0009, 0x0209, 0x0409, 0x0809}, 0x002F
_PROLOGUE = 20  # records in which a password announces itself


def stream_of(data: bytes, name: str) -> bytes:
    """The workbook's records, out of the compound file around them. Raises SheetError."""
    if not data.startswith(olefile.MAGIC):
        return data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for path in ole.listdir():
                if len(path) == 1 and path[0].casefold() in {"workbook", "book"}:
                    stream = bytes(ole.openstream(path).read())
                    if len(stream) == ole.get_size(path):
                        return stream
    except Exception as error:  # olefile raises what a broken directory happens to lead to
        raise _cut_off(name) from error
    raise _cut_off(name)


def _cut_off(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’은(는) 깨졌거나 끝이 잘려 있습니다.", "끝까지 받아졌는지 확인하고 다시 받아 주세요."
    )


def is_locked(stream: bytes) -> bool:
    """Is there a password on it?"""
    at = 0
    for number in range(_PROLOGUE):
        if at + 4 > len(stream):
            return False
        kind, length = struct.unpack_from("<HH", stream, at)
        if number == 0 and kind not in _BOF:
            return False
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False


def read(stream: bytes) -> list[Grid]:
    """Every sheet. Raises whatever a broken workbook leads xlrd to."""
    try:
        book = xlrd.open_workbook(file_contents=stream, formatting_info=True, logfile=io.StringIO())
    except Exception:  # broken formats need not keep the figures from being read
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO())
    spans = {
        number
        for number, format_ in book.format_map.items()
        if kind_of_format(number, format_.format_str) is Kind.DURATION
    }
    lasting = {at for at, xf in enumerate(book.xf_list) if xf.format_key in spans}
    return [_grid(sheet, lasting, is_1904=bool(book.datemode)) for sheet in book.sheets()]


def _grid(sheet: Any, lasting: set[int], *, is_1904: bool) -> Grid:
    """``lasting``: the cell formats that show a duration."""
    rows: list[list[Cell]] = []
    for row in range(sheet.nrows):
        values = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        rows.append([_value(kind, value, is_1904=is_1904) for kind, value in values])
        if lasting and xlrd.XL_CELL_DATE in sheet.row_types(row):
            for at, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_DATE and sheet.cell_xf_index(row, at) in lasting:
                    rows[-1][at] = moment(sheet.cell_value(row, at), Kind.DURATION, is_1904=is_1904)
    merges: tuple[Span, ...] = tuple(
        (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
    )
    return Grid(sheet.name, rows, merges, hidden=sheet.visibility != 0)


def _value(kind: int, value: Any, *, is_1904: bool) -> Cell:
    match kind:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK | xlrd.XL_CELL_ERROR:
            return None
        case xlrd.XL_CELL_DATE:
            return moment(value, Kind.MOMENT, is_1904=is_1904)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_TEXT:
            return str(value)
    return float(value)
