"""A paper with every kind of block, and a text of one's choice wherever a paper takes one."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date

from civictracker.documents.model import (
    Align,
    ApprovalBox,
    Cell,
    Charts,
    Column,
    Document,
    Emphasis,
    Furniture,
    Heading,
    Headline,
    KeyFigure,
    KeyFigures,
    LineChart,
    Marker,
    Masthead,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Series,
    Signature,
    Signatures,
    Table,
)
from civictracker.domain.weeks import Period
from civictracker.services.report_values import Source

SOURCE = Source("followers", (1,), Period.week(date(2026, 11, 20)), "출처")


def picture() -> Picture:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    size = (8).to_bytes(4) + (4).to_bytes(4) + b"\x08\x00\x00\x00\x00"
    pixels = zlib.compress((b"\x00" + b"\x80" * 8) * 4)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return Picture(data, 8, 4, "문장")


def chart(text: str) -> LineChart:
    lines = tuple(
        Series(text, values, "3", SOURCE, marker)
        for marker, values in ((Marker.DOT, (1, None, 3)), (Marker.CROSS, (2, 2, 3)))
    )
    return LineChart(text, ("1주", "2주", "3주"), ("11월", "", ""), lines, text)


def table(text: str) -> Table:
    """Merged in head and body, each kind of row, a figure with a mark; 4 columns and 2 + 4 rows."""
    named, figure = Cell(text), Cell("△1,234", -1234, mark="※")
    return Table(
        (Column(1, Align.CENTER), Column(3), Column(1, Align.RIGHT), Column(1, Align.RIGHT)),
        (
            Row((Cell("구분", rowspan=2), Cell(text, rowspan=2), Cell(text, colspan=2))),
            Row((named, Cell("증감"))),
        ),
        (
            Row((Cell(text, rowspan=2), named, figure, Cell("-"))),
            Row((named, figure, figure), Emphasis.SUBTOTAL),
            Row((Cell(text, colspan=2, is_label=True), figure, replace(figure, text="5.5", decimals=1))),
            Row((Cell(text, colspan=2, align=Align.CENTER), figure, figure), Emphasis.TOTAL),
        ),
        text,
    )


def document_of(text: str = "글") -> Document:
    """Every block, with ``text`` wherever a paper takes one."""
    return Document(
        title=text, subject=text, author=text, written=date(2026, 11, 20),
        masthead=Masthead(text, text, text, ApprovalBox((text, "팀장", "과장", "국장"), "과장"), picture()),
        blocks=(
            Heading(text, text, text), Paragraph(text, 0), Paragraph(text, 1), Paragraph(text, 2),
            KeyFigures((KeyFigure(text, text, text, SOURCE), KeyFigure("게시물", "3건", "금주", SOURCE))),
            table(text), Notes(((text, None), (text, SOURCE)), small=True), Notes(((text, None),)),
            Charts((chart(text), chart("둘째"))), Charts((chart(text),)), PageBreak(),
            Headline(text, text, SOURCE), Paragraph(text, 0, SOURCE, is_large=True), Paragraph(text, 1, is_large=True),
            Signatures(text, (Signature(text, text), Signature("인수자"))),
        ),
        furniture=Furniture(foot=text),
    )  # fmt: skip
