"""Excel 2003's XML (SpreadsheetML), which many systems hand out under the name of ``.xls``."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, BinaryIO

from defusedxml import ElementTree

from civictracker.errors import SheetError
from civictracker.sheets.grid import Cell, Grid, Span
from civictracker.sheets.html import KOREAN
from civictracker.sheets.sparse import Cells, dense, too_large
from civictracker.sheets.text import decode

MAX_USED = 5_000_000
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)[\"'][^>]*\?>")
_NO_LETTER = re.compile(r"&#(?:x0*[0-8bcef]|x0*1[0-9a-f]|0*[0-8]|0*1[124-9]|0*2\d|0*3[01]);", re.IGNORECASE)
_LASTING = re.compile(r"18[\d-]+T(\d{2,7}):(\d\d):(\d\d)(?:\.\d+)?$")
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)


def read_xml(file: BinaryIO, name: str) -> tuple[list[Grid], str]:
    """Every worksheet, and the encoding. Raises SheetError."""
    text, encoding = _decoded(file.read(), name)
    try:
        grids = list(_grids(io.BytesIO(_NO_LETTER.sub("", _DECLARATION.sub("", text, count=1)).encode())))
    except SheetError:
        raise
    except Exception as error:  # broken XML, a forbidden entity, a number that is none
        raise SheetError(
            f"‘{name}’을(를) 읽을 수 없습니다. 끝이 잘렸거나 깨졌습니다.",
            "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장해 주세요.",
        ) from error
    return grids, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Decoded here: the XML parser knows no Korean code page."""
    told = _DECLARED.search(data[:200])
    encoding = told[1].decode("ascii").casefold() if told else ""
    if encoding and not encoding.startswith("utf"):
        try:
            encoding = "cp949" if encoding in KOREAN else encoding
            return data.decode(encoding), encoding
        except (LookupError, ValueError):
            pass
    return decode(data, name)


@dataclass(slots=True)
class _Sheet:
    """One worksheet as it grows."""

    name: str
    cells: Cells = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    row: int = -1
    column: int = -1
    hidden: bool = False

    def add(self, cell: Any) -> None:
        value = _value(cell)
        if value is not None and value != "":
            self.cells[self.row, self.column] = value
            if len(self.cells) > MAX_USED:
                raise too_large(self.name)
        down, across = _count(cell, "MergeDown"), _count(cell, "MergeAcross")
        if down or across:
            self.merges.append((self.row, self.column, self.row + down, self.column + across))
        self.column += across

    @property
    def grid(self) -> Grid:
        return dense(self.name, self.cells, self.merges, hidden=self.hidden)


def _grids(file: BinaryIO) -> Iterator[Grid]:
    sheet = _Sheet("")
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        match event, str(element.tag).rpartition("}")[2]:
            case "start", "Worksheet":
                sheet = _Sheet(element.get(f"{_SS}Name", ""))
            case "start", "Row":
                sheet.row, sheet.column = _index(element, sheet.row), -1
            case "start", "Cell":
                sheet.column = _index(element, sheet.column)
            case "end", "Cell":
                sheet.add(element)
            case "end", "Row":
                sheet.row += max(0, _count(element, "Span"))
                element.clear()
            case "end", "Visible":
                sheet.hidden = (element.text or "").strip() in {"SheetHidden", "SheetVeryHidden"}
            case "end", "Worksheet":
                yield sheet.grid
                element.clear()


def _index(element: Any, before: int) -> int:
    told = _count(element, "Index")
    return told - 1 if told else before + 1


def _count(element: Any, name: str) -> int:
    text = element.get(_SS + name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _value(cell: Any) -> Cell:
    data = next((child for child in cell if str(child.tag).endswith("}Data")), None)
    if data is None:
        return None
    text = "".join(data.itertext())
    match data.get(f"{_SS}Type", "String"):
        case "Number":
            return float(text)
        case "Boolean":
            return text.strip() in {"1", "True", "true"}
        case "DateTime":
            return _moment(text.strip())
        case "Error":
            return None
    return text


def _moment(text: str) -> Cell:
    lasting = _LASTING.match(text)
    if lasting and int(lasting[1]) > 23:
        hours, minutes, seconds = (int(each) for each in lasting.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    when = datetime.fromisoformat(text)
    if when.year == 1899 and when.month == 12:  # a time of day, on Excel's day 0
        return when.time()
    return when.date() if when.time() == time() else when
