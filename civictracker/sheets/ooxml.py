"""xlsx by its XML, cell by cell: slow, but it stops at nothing that calamine stops at.

Used where a sheet's range is enormous or calamine gave up; and for what calamine does not tell: which
formulas hold no value, and whether every part arrived whole.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from defusedxml import ElementTree

from civictracker.sheets.grid import Cell, Grid, Span, column_number
from civictracker.sheets.serials import Kind, is_percent, kind_of_format, moment
from civictracker.sheets.sparse import Cells, dense, too_large

MAX_USED = 5_000_000  # cells with something in them
MAX_SPANS = 100_000
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_DIMENSION = re.compile(rb'dimension ref="[A-Z]{1,3}\d{1,7}:([A-Z]{1,3}\d{1,7})"')


@dataclass(frozen=True, slots=True)
class Part:
    """Where a sheet lies in the archive."""

    name: str
    path: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """What the cells of every sheet refer to."""

    parts: list[Part] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    is_1904: bool = False


class Package:
    """The parts of an archive, found whatever their letters' case and whichever way their slashes lean."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = {_plain(entry.filename): entry for entry in archive.infolist()}

    def __contains__(self, path: str) -> bool:
        return _plain(path) in self.names

    def open(self, path: str) -> IO[bytes]:
        """Raises KeyError."""
        return self._archive.open(self.names[_plain(path)])


def _plain(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def position(reference: str) -> tuple[int, int] | None:
    """A1 → (0, 0)."""
    found = _ADDRESS.match(reference)
    return (int(found[2]) - 1, column_number(found[1])) if found else None


def claimed_size(archive: Package, part: Part) -> int:
    """How many cells the sheet says it has, as a rectangle; 0 where it says nothing."""
    try:
        with archive.open(part.path) as file:
            found = _DIMENSION.search(file.read(2000))
    except KeyError:
        return 0
    at = position(found[1].decode("ascii")) if found else None
    return (at[0] + 1) * (at[1] + 1) if at else 0


def read(archive: Package) -> list[Grid]:
    """Every sheet. Raises SheetError when one is too large, and whatever broken XML leads to."""
    book = outline(archive)
    book.strings = list(_strings(archive, _beside(archive, "sharedStrings.xml")))
    _styles(archive, book)
    return [_sheet(archive, book, part) for part in book.parts]


# --- the workbook -------------------------------------------------------------------------------


def outline(archive: Package) -> Book:
    """The sheets' names, places and visibility, and which calendar they count in."""
    path = _workbook_path(archive)
    targets = _relations(archive, path)
    book = Book()
    for event, element in _walk(archive, path):
        match _tag(element) if event == "end" else "":
            case "workbookPr":
                book.is_1904 = element.get("date1904", "0") in {"1", "true", "on"}
            case "sheet":
                kind, target = targets.get(_named(element, "id"), ("", ""))
                if kind == "worksheet":
                    state = element.get("state", "visible")
                    book.parts.append(Part(element.get("name", ""), target, state != "visible"))
    return book


def _workbook_path(archive: Package) -> str:
    if "_rels/.rels" in archive:
        for kind, target in _relations(archive, "").values():
            if kind == "officeDocument" and target in archive:
                return target
    return "xl/workbook.xml"


def _relations(archive: Package, path: str) -> dict[str, tuple[str, str]]:
    """Relation id → what kind, and the path it leads to."""
    folder, name = posixpath.split(path)
    found = {}
    for _, element in _walk(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if _tag(element) == "Relationship":
            target = element.get("Target", "").replace("\\", "/")
            whole = target[1:] if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], whole.lstrip("/"))
    return found


def _beside(archive: Package, name: str) -> str:
    return posixpath.join(posixpath.dirname(_workbook_path(archive)), name)


def _strings(archive: Package, path: str) -> Iterator[str]:
    if path not in archive:
        return
    for event, element in _walk(archive, path):
        if event == "end" and _tag(element) == "si":
            yield _text(element)
            element.clear()


def _text(element: Any) -> str:
    """The text of a string with its runs, without the reading aids (phonetics) beside them."""
    pieces = []
    for child in element:
        if _tag(child) == "t":
            pieces.append(child.text or "")
        elif _tag(child) == "r":
            pieces.extend(each.text or "" for each in child if _tag(each) == "t")
    return "".join(pieces)


def _styles(archive: Package, book: Book) -> None:
    book.kinds.extend(kind_of_format(number, code) for number, code in _formats(archive))


def percent_styles(archive: Package) -> frozenset[int]:
    """The numbers of the cell styles that show 0.412 as 41.2%."""
    formats = enumerate(_formats(archive))
    return frozenset(at for at, (number, code) in formats if is_percent(number, code))


def _formats(archive: Package) -> Iterator[tuple[int, str]]:
    """(number, text) of the format of every cell style; the text of those built in is empty."""
    path = _beside(archive, "styles.xml")
    if path not in archive:
        return
    codes: dict[int, str] = {}
    inside = False
    for event, element in _walk(archive, path):
        tag = _tag(element)
        if tag == "cellXfs":
            inside = event == "start"
        elif event == "end" and tag == "numFmt":
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
        elif event == "end" and tag == "xf" and inside:
            number = _whole(element.get("numFmtId"))
            yield number, codes.get(number, "")


# --- a sheet ------------------------------------------------------------------------------------


def _sheet(archive: Package, book: Book, part: Part) -> Grid:
    cells: Cells = {}
    merges: list[Span] = []
    row, column = -1, -1
    body: Any = None
    for event, element in _walk(archive, part.path):
        match event, _tag(element):
            case "start", "sheetData":
                body = element
            case "start", "row":
                row, column = _whole(element.get("r"), row + 2) - 1, -1
            case "end", "c":
                row, column = position(element.get("r", "")) or (row, column + 1)
                _keep(cells, (row, column), _value(element, book), part.name)
            case "end", "row" if body is not None:
                body.clear()
            case "end", "mergeCell" if len(merges) < MAX_SPANS:
                merges.extend(_span(element.get("ref", "")))
    return dense(part.name, cells, merges, hidden=part.hidden)


def _keep(cells: Cells, at: tuple[int, int], value: Cell, name: str) -> None:
    if value is None or value == "":
        return
    cells[at] = value
    if len(cells) > MAX_USED:
        raise too_large(name)


def _span(reference: str) -> list[Span]:
    first, _, last = reference.partition(":")
    start, end = position(first), position(last)
    return [(*start, *end)] if start and end else []


def _value(element: Any, book: Book) -> Cell:
    kind: str = element.get("t", "n")
    text: str | None = None
    inline: str | None = None
    for child in element:
        if _tag(child) == "v":
            text = child.text
        elif _tag(child) == "is":
            inline = _text(child)
    if kind == "inlineStr":
        return inline
    if text is None or kind == "e":
        return None
    if kind == "s":
        at = int(text)
        return book.strings[at] if 0 <= at < len(book.strings) else None
    if kind == "b":
        return text.strip() in {"1", "true"}
    if kind == "d":
        when = datetime.fromisoformat(text)
        return when.date() if "T" not in text else when
    if kind == "str":
        return text
    style = _whole(element.get("s"))
    number = float(text)
    return moment(number, book.kinds[style], is_1904=book.is_1904) if style < len(book.kinds) else number


# --- XML ----------------------------------------------------------------------------------------


def _walk(archive: Package, path: str) -> Iterator[tuple[str, Any]]:
    file: IO[bytes]
    with archive.open(path) as file:
        yield from ElementTree.iterparse(file, events=("start", "end"))


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _named(element: Any, name: str) -> str:
    """An attribute whatever its name space."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
