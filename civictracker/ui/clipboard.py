"""Blocks of cells between this program, Excel and 한글."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\0")


def tsv(rows: Sequence[Sequence[str]]) -> str:
    """Tab-separated rows as Excel takes them; text that would become a formula gets a leading ``'``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue()


def _safe(cell: str) -> str:
    if cell.startswith(_FORMULA) and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()


def html_table(rows: Sequence[Sequence[str]]) -> str:
    """The same rows as a table that 한글 pastes as a table."""
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table border="1" style="border-collapse:collapse">{body}</table>'


def parse_block(text: str) -> list[list[str]]:
    """The cells of pasted text: tabs part columns, lines part rows, quotes hold both together."""
    if not text.strip():
        return []
    rows = list(csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t"))
    return [[cell.strip() for cell in row] for row in rows if row] or []
