"""추이 as a workbook: see :mod:`civictracker.sheets.trend_book`."""

from __future__ import annotations

from civictracker.sheets.trend_book import Book, BookLine, write_book

__all__ = ["Book", "BookLine", "write_book"]
