"""ods by its XML. calamine reads it faster, but tells no merges and stops at one that is indented."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from defusedxml import ElementTree

from civictracker.sheets.grid import Cell, Grid, Span
from civictracker.sheets.sparse import Cells, dense, too_large

MAX_USED = 5_000_000
MAX_SPANS = 100_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_CLOCK = re.compile(r"-?P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$")


@dataclass(slots=True)
class _Sheet:
    """One table as it grows. ``row`` and ``column`` are where the next cell stands."""

    name: str
    hidden: bool
    cells: Cells = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    line: list[tuple[int, int, Cell]] = field(default_factory=list)  # column, how often, value
    shares: set[int] = field(default_factory=set)  # columns of the row that are told in percent
    percents: set[tuple[int, int]] = field(default_factory=set)
    row: int = 0
    column: int = 0

    def add(self, cell: Any) -> None:
        times, value = _number(cell, "number-columns-repeated"), _value(cell)
        if value is not None and value != "":
            self.line.append((self.column, times, value))
            if cell.get(f"{_OFFICE}value-type", "") == "percentage":
                self.shares.update(range(self.column, self.column + times))
        down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if (down > 1 or across > 1) and len(self.merges) < MAX_SPANS:
            self.merges.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += times

    def end_row(self, times: int) -> None:
        if len(self.cells) + times * sum(each for _, each, _ in self.line) > MAX_USED:
            raise too_large(self.name)
        for column, across, value in self.line:
            for row in range(self.row, self.row + times):
                self.cells.update({(row, column + at): value for at in range(across)})
        self.percents.update((self.row + at, column) for at in range(times) for column in self.shares)
        self.shares.clear()
        self.row, self.column, self.line = self.row + times, 0, []

    @property
    def grid(self) -> Grid:
        grid = dense(self.name, self.cells, self.merges, hidden=self.hidden)
        return replace(grid, percents=frozenset(self.percents))


def read(archive: zipfile.ZipFile) -> list[Grid]:
    """Every sheet. Raises SheetError when one is too large, and whatever broken XML leads to."""
    grids: list[Grid] = []
    sheet: _Sheet | None = None
    unseen: set[str] = set()  # table styles that hide
    depth = 0
    style = ""
    with archive.open("content.xml") as file:
        for event, element in ElementTree.iterparse(file, events=("start", "end")):
            tag = element.tag
            if tag == f"{_TABLE}table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    hidden = element.get(f"{_TABLE}style-name") in unseen
                    sheet = _Sheet(element.get(f"{_TABLE}name", ""), hidden)
                elif depth == 0 and sheet is not None:
                    grids.append(sheet.grid)
                    element.clear()
            elif tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
                unseen.add(style)
            elif event == "end" and depth == 1 and sheet is not None:
                _take(sheet, element)
    return grids


def _take(sheet: _Sheet, element: Any) -> None:
    if element.tag in _CELLS:
        sheet.add(element)
        element.clear()
    elif element.tag == f"{_TABLE}table-row":
        sheet.end_row(_number(element, "number-rows-repeated"))
        element.clear()


def _number(element: Any, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 1


def _value(cell: Any) -> Cell:
    match cell.get(f"{_OFFICE}value-type", ""):
        case "":
            return _words(cell) or None
        case "float" | "percentage" | "currency":
            return float(cell.get(f"{_OFFICE}value", "nan"))
        case "boolean":
            return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
        case "date":
            text = cell.get(f"{_OFFICE}date-value", "")
            when = datetime.fromisoformat(text)
            return when.date() if when.time() == time() else when
        case "time":
            return _clock(cell.get(f"{_OFFICE}time-value", ""))
    told: str | None = cell.get(f"{_OFFICE}string-value")
    return _words(cell) if told is None else told


def _clock(text: str) -> Cell:
    found = _CLOCK.match(text)
    if not found:
        return text
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    lasting = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return lasting if lasting >= timedelta(days=1) else time(hours, minutes, seconds)


def _words(cell: Any) -> str:
    """The paragraphs of a cell, one a line; remarks beside it are no part of it."""
    return "\n".join(_line(child) for child in cell if child.tag == f"{_TEXT}p")


def _line(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif not str(child.tag).startswith(_OFFICE):
            pieces.append(_line(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
