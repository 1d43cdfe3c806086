"""Blocks of cells between this program, Excel and 한글."""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from civictracker.documents.clip import Clip


def mime(clip: Clip) -> QMimeData:
    data = QMimeData()
    data.setText(clip.text)
    data.setHtml(clip.html)
    return data


def put(clip: Clip) -> None:
    QGuiApplication.clipboard().setMimeData(mime(clip))


def parse_block(text: str) -> list[list[str]]:
    """The cells of pasted text: tabs part columns, lines part rows, quotes hold both together."""
    if not text.strip():
        return []
    rows = list(csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t"))
    return [[cell.strip() for cell in row] for row in rows if row] or []
