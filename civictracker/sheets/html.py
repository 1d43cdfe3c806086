"""HTML tables, which many systems hand out under the name of ``.xls``."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from civictracker.errors import SheetError
from civictracker.sheets.grid import Cell, Grid, Span
from civictracker.sheets.text import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MAX_SPAN = 1000


class _Tables(HTMLParser):
    """Collects the text of every cell of every table, with its spans as merges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[Cell]], list[Span]]] = []
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._taken: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append(([], []))
            self._taken = set()
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1][0].append([])
        elif tag in {"td", "th"} and self.tables:
            self._end_cell()
            self._text = []
            named = dict(attrs)
            self._span = (_count(named.get("rowspan")), _count(named.get("colspan")))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        rows, merges = self.tables[-1]
        if not rows:
            rows.append([])
        row, column = len(rows) - 1, len(rows[-1])
        while (row, column) in self._taken:
            rows[-1].append(None)
            column += 1
        down, across = self._span
        rows[-1].append("".join(self._text).strip() or None)
        rows[-1].extend([None] * (across - 1))
        if down > 1 or across > 1:
            merges.append((row, column, row + down - 1, column + across - 1))
            self._taken.update(
                (r, c) for r in range(row + 1, row + down) for c in range(column, column + across)
            )
        self._text = None


def _count(text: str | None) -> int:
    return min(max(int(text), 1), _MAX_SPAN) if text and text.strip().isdecimal() else 1


def read_html(path: Path) -> tuple[list[Grid], str]:
    """One grid a table, and the encoding. Raises SheetError when there is no table."""
    data = path.read_bytes()
    told = _CHARSET.search(data[:4096])
    text, encoding = _decoded(data, told[1].decode("ascii", "replace") if told else "", path.name)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = [
        Grid(f"표 {number}", rows, tuple(merges))
        for number, (rows, merges) in enumerate(parser.tables, 1)
        if rows
    ]
    if not grids:
        raise SheetError(f"‘{path.name}’에는 표가 없습니다.", "다른 파일을 골라 주세요.")
    return grids, encoding


def _decoded(data: bytes, told: str, name: str) -> tuple[str, str]:
    if told.casefold() in {"euc-kr", "ks_c_5601-1987", "cp949"}:
        told = "cp949"
    try:
        return data.decode(told), told
    except (LookupError, UnicodeDecodeError):
        return decode(data, name)
