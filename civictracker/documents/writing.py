"""A document into a file of the kind that its name ends with: one door for the window and the command line.

The writers are imported when first needed; those that draw want a Qt application to exist.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from civictracker.documents.model import Document

Write = Callable[[Document, Path, datetime], list[Path]]


def _pdf(document: Document, path: Path, now: datetime) -> list[Path]:
    from civictracker.documents.pdf import write_pdf  # noqa: PLC0415 (a start need not wait for it)

    write_pdf(document, path, now=now)
    return [path]


def _xlsx(document: Document, path: Path, now: datetime) -> list[Path]:
    from civictracker.documents.xlsx import write_xlsx  # noqa: PLC0415

    write_xlsx(document, path)
    return [path]


def _png(document: Document, path: Path, now: datetime) -> list[Path]:
    from civictracker.documents.paint import write_png  # noqa: PLC0415

    return write_png(document, path)


def _hwpx(document: Document, path: Path, now: datetime) -> list[Path]:
    from civictracker.documents.hwpx import write_hwpx  # noqa: PLC0415

    write_hwpx(document, path)
    return [path]


def _html(document: Document, path: Path, now: datetime) -> list[Path]:
    from civictracker.documents.html import write_html  # noqa: PLC0415

    write_html(document, path)
    return [path]


WRITERS: dict[str, Write] = {".pdf": _pdf, ".xlsx": _xlsx, ".hwpx": _hwpx, ".html": _html, ".png": _png}
DRAWN = frozenset({".png", ".hwpx"})  # by Qt: pages, charts of a document of 한글
KINDS = {".pdf": "PDF", ".xlsx": "엑셀", ".hwpx": "한글", ".html": "웹 문서", ".png": "그림"}


def write_document(document: Document, path: Path, *, now: datetime) -> list[Path]:
    """Write it; the paths made (a picture has one for each page). Raises DiskError, KeyError."""
    return WRITERS[path.suffix.casefold()](document, path, now)
