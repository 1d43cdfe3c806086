"""HTML tables, which many systems hand out under the name of ``.xls``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import BinaryIO

from civictracker.errors import SheetError
from civictracker.sheets.grid import MAX_CELLS, Cell, Grid, Span
from civictracker.sheets.text import decode

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
KOREAN = {"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "x-windows-949", "windows-949"}
_MAX_SPAN = 1000
_MAX_DEPTH = 50
_CAPTION, _CAPTIONS = 120, 4  # letters of a line over a table, and how many lines of them count
_MOST_BESIDE = 10_000
_LINE_ENDS = {"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption"}
_SILENT = {"script", "style", "title"}


@dataclass(slots=True)
class _Table:
    """One table as it grows; ``hanging`` counts the rows that a span from above still takes, by column."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)
    text: list[str] | None = None  # of the open cell
    span: tuple[int, int] = (1, 1)
    captions: tuple[str, ...] = ()  # what is written over the table

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append([])
        if len(self.rows) > 1:
            self.hanging = {column: left - 1 for column, left in self.hanging.items() if left > 1}

    def begin_cell(self, down: int, across: int) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row()
        self.text, self.span = [], (down, across)

    def end_cell(self) -> int:
        """Put the open cell in its place; how many cells that made."""
        if self.text is None:
            return 0
        line, (down, across) = self.rows[-1], self.span
        before = len(line)
        while len(line) in self.hanging:
            line.append(None)
        row, column = len(self.rows) - 1, len(line)
        line.append(_tidy("".join(self.text)) or None)
        line.extend([None] * (across - 1))
        if down > 1 or across > 1:
            self.merges.append((row, column, row + down - 1, column + across - 1))
        if down > 1:
            self.hanging.update(dict.fromkeys(range(column, column + across), down))
        self.text = None
        return len(line) - before


class _Tables(HTMLParser):
    """Collects the text of every cell of every table, with its spans as merges.

    A table inside a cell is a table of its own: pages are laid out with such.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0
        self._cells = 0
        self._beside: list[str] = []  # text since the last table, in no cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._begin_table()
        elif tag == "tr":
            if not self._open:
                self._begin_table()
            self._end_cell()
            self._open[-1].begin_row()
        elif tag in {"td", "th"}:
            if not self._open:
                return
            self._end_cell()
            named = dict(attrs)
            self._open[-1].begin_cell(_count(named.get("rowspan")), _count(named.get("colspan")))
        elif tag in _LINE_ENDS:
            self._add("\n")
        elif tag in _SILENT:
            self._silent += 1

    def _begin_table(self) -> None:
        if len(self._open) >= _MAX_DEPTH:
            raise SheetError("표 안에 표가 지나치게 깊이 들어 있습니다.", "보낸 곳에 확인해 주세요.")
        around = self._open[-1].text if self._open else None
        lines = "".join(self._beside if around is None else around).split("\n")
        told = [line.strip() for line in lines if line.strip() and len(line) <= _CAPTION]
        table = _Table(captions=tuple(told[-_CAPTIONS:]))
        self._beside = []
        self.tables.append(table)
        self._open.append(table)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
        elif tag == "caption" and self._open:
            table, told = self._open[-1], "".join(self._beside).strip()
            table.captions, self._beside = (*table.captions, *([told] if told else [])), []
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(_SPACE.sub(" ", data))

    def _add(self, text: str) -> None:
        if self._open and self._open[-1].text is not None:
            self._open[-1].text.append(text)
        elif len(self._beside) < _MOST_BESIDE:
            self._beside.append(text)

    def _end_cell(self) -> None:
        if not self._open:
            return
        self._cells += self._open[-1].end_cell()
        if self._cells > MAX_CELLS:
            raise SheetError(f"표의 칸이 {MAX_CELLS:,}개를 넘습니다.", "나누어 저장한 뒤 골라 주세요.")

    def finish(self) -> None:
        while self._open:
            self._end_cell()
            self._open.pop()


_SPACE = re.compile(r"[ \t\r\n\f]+")  # a no-break space is no white space in HTML
_LINES = re.compile(r"[ \xa0]*\n[ \xa0\n]*")


def _tidy(text: str) -> str:
    return _LINES.sub("\n", text).strip()


def _count(text: str | None) -> int:
    text = (text or "").strip()
    return min(max(int(text[:6]), 1), _MAX_SPAN) if text.isascii() and text.isdigit() else 1


def read_html(file: BinaryIO, name: str) -> tuple[list[Grid], str]:
    """One grid a table, and the encoding. Raises SheetError when there is no table."""
    data = file.read()
    told = _CHARSET.search(data[:4096])
    text, encoding = _decoded(data, told[1].decode("ascii", "replace") if told else "", name)
    parser = _Tables()
    try:
        parser.feed(text)
        parser.close()
        parser.finish()
    except (AssertionError, ValueError, RecursionError) as error:
        raise SheetError(f"‘{name}’의 표를 알아볼 수 없습니다.", "원본을 다시 받아 주세요.") from error
    tables = [table for table in parser.tables if any(any(row) for row in table.rows)]
    grids = [
        Grid(f"표 {number}", table.rows, tuple(_within(table)), captions=table.captions)
        for number, table in enumerate(tables, 1)
    ]
    if not grids:
        raise SheetError(f"‘{name}’에는 표가 없습니다.", "다른 파일을 골라 주세요.")
    return grids, encoding


def _within(table: _Table) -> list[Span]:
    """Merges that end where the table does."""
    last = len(table.rows) - 1
    spans = [(top, left, min(bottom, last), right) for top, left, bottom, right in table.merges]
    return [span for span in spans if span[0] < span[2] or span[1] < span[3]]


def _decoded(data: bytes, told: str, name: str) -> tuple[str, str]:
    if told.casefold() in KOREAN:
        told = "cp949"
    if told and not told.casefold().startswith("utf-16"):  # which could not have told it in plain letters
        try:
            return data.decode(told), told
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data, name)
