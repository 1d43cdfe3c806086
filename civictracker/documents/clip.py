"""Tables for the clipboard: mark-up that 한글 and Excel paste as a table, and plain rows for the rest.

No text becomes a formula. Excel reads ``mso-number-format`` and ``x:num`` beside the mark-up, LibreOffice
``sdnum`` and ``sdval``: a figure stays a number behind its △, text stays text though it begins with ``=``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from civictracker.documents.markup import escaped, plain, tag
from civictracker.documents.model import Align, Cell, Document, Emphasis, Row, Table
from civictracker.documents.tables import grid

_FORMULA = ("=", "+", "-", "@", "\t", "\0", "＝", "＋", "－", "＠")
_NONE = "-"  # what stands for a missing figure; nothing follows it, so nothing is reckoned
_TABLE = "border-collapse:collapse;border-top:1.5pt solid #000;border-bottom:1.5pt solid #000"
_FONT = "font-family:'맑은 고딕',sans-serif;font-size:9pt"
_CALC_TEXT = "1042;0;@"  # LibreOffice's words for the same: 1042 is Korean
_ESCAPED = r"\\\1"
_AS_TEXT = r"mso-number-format:\@"


_PLAIN: dict[str, object] = {}
_TEXT: dict[str, object] = {"style": _AS_TEXT, "sdnum": _CALC_TEXT}


@dataclass(frozen=True, slots=True)
class Clip:
    """The same content as ``text/html`` and as tab-separated ``text/plain``."""

    html: str
    text: str


def table_clip(table: Table) -> Clip:
    return tables_clip([table])


def tables_clip(tables: Sequence[Table]) -> Clip:
    """Tables one below the other, each with its name above it where there are several."""
    named = len(tables) > 1
    marked, rows = [], []
    for table in tables:
        if named and table.name:
            marked.append(f'<p style="{_FONT};font-weight:bold">□ {escaped(table.name)}</p>')
            rows.append([table.name])
        marked.append(_table_html(table))
        rows.extend(_rows(table))
        rows.append([])
    return Clip(_wrapped("".join(marked)), tsv(rows[:-1]))


def tables_of(document: Document) -> tuple[Table, ...]:
    return tuple(block for block in document.blocks if isinstance(block, Table))


def cells_clip(rows: Sequence[Sequence[str]]) -> Clip:
    """Rows of shown texts (a block of a grid), where plain digits are numbers."""
    cells = (
        tag("tr", None, *(tag("td", _PLAIN if _is_number(cell) else _TEXT, escaped(cell)) for cell in row))
        for row in rows
    )  # fmt: skip
    style = 'border="1" style="border-collapse:collapse"'
    return Clip(_wrapped(f"<table {style}>{''.join(cells)}</table>"), tsv(rows))


def tsv(rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated rows as Excel takes them; text that would become a formula gets a leading ``'``."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(
        [[_safe(cell) for cell in row] for row in rows]
    )
    return out.getvalue()


def _safe(cell: str) -> str:
    is_formula = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return "'" + cell if is_formula and cell != _NONE and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    digits = cell.removeprefix("-").removeprefix("+").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal()


def _wrapped(content: str) -> str:
    return (
        '<html lang="ko" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        f"<body><!--StartFragment-->{content}<!--EndFragment--></body></html>"
    )


# --- a table of a paper -------------------------------------------------------------------------


def _rows(table: Table) -> list[list[str]]:
    """Every cell at its place; what a merged one covers is empty. Figures are plain digits."""
    made = []
    for rows in (table.head, table.body):
        block = [[""] * len(table.columns) for _ in rows]
        for cell, row, column in grid(rows):
            block[row][column] = plain(cell.text) if cell.value is None else str(cell.value)
        made.extend(block)
    return made


def _table_html(table: Table) -> str:
    head = "".join(_row_html(table, table.head, i, in_head=True) for i in range(len(table.head)))
    body = "".join(_row_html(table, table.body, i, in_head=False) for i in range(len(table.body)))
    return f'<table style="{_TABLE};{_FONT}">{head}{body}</table>'


def _row_html(table: Table, rows: tuple[Row, ...], number: int, *, in_head: bool) -> str:
    cells = (
        _cell_html(table, cell, rows[row], column, in_head=in_head)
        for cell, row, column in grid(rows)
        if row == number
    )
    return tag("tr", None, *cells)


def _cell_html(table: Table, cell: Cell, row: Row, column: int, *, in_head: bool) -> str:
    align = Align.CENTER if in_head else cell.align or table.columns[column].align
    is_total = row.emphasis is Emphasis.TOTAL
    fill = "#e8e8e8" if in_head else "#f0f0f0" if cell.is_label else "#f4f4f4" if is_total else ""
    looks = [
        "border:.5pt solid #858585",
        "padding:1pt 4pt",
        f"text-align:{align.value}",
        _AS_TEXT if cell.value is None else _number_format(cell),
        "font-weight:bold" if in_head or is_total else "",
        f"background:{fill}" if fill else "",
    ]
    return tag(
        "td",
        {"style": ";".join(filter(None, looks)), "x:num": cell.value, "sdval": cell.value,
         "sdnum": _CALC_TEXT if cell.value is None else f"1042;0;{_shown_as(cell)}",
         "colspan": cell.colspan if cell.colspan > 1 else None,
         "rowspan": cell.rowspan if cell.rowspan > 1 else None},
        escaped(cell.text),
    )  # fmt: skip


def _shown_as(cell: Cell) -> str:
    """△ for a decrease and the paper's mark, outside the number."""
    number = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
    return f"{cell.mark}{number};{cell.mark}△{number}"


def _number_format(cell: Cell) -> str:
    """The same within a style: what means something there stands behind a backslash."""
    return f"mso-number-format:{re.sub('([#,.;])', _ESCAPED, _shown_as(cell))}"
