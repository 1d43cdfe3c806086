"""One table → the bytes of a file of each kind that offices hand round.

A table is rows of text, whole numbers, floats, dates and None, and the merges over them. Kinds whose
writers cannot hold a merge (CSV) repeat nothing: the reader must not either.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

Rows = Sequence[Sequence[Any]]
Span = tuple[int, int, int, int]
MADE = datetime(2026, 11, 20)


def xlsxwriter(rows: Rows, merges: Sequence[Span] = (), *, is_1904: bool = False) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": is_1904})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("현황")
    day = book.add_format({"num_format": 'yyyy"년" m"월" d"일"'})
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(r, c, value)
    book.close()
    return out.getvalue()


def openpyxl(rows: Rows, merges: Sequence[Span] = ()) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "현황"
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, merges: Sequence[Span] = ()) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("현황", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str='yyyy"년" mm"월" dd"일"')
    covered = {(top, left) for top, left, _, _ in merges}
    for top, left, bottom, right in merges:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None and (r, c) not in covered:
                sheet.write(r, c, value, day) if isinstance(value, date) else sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def biff2(rows: Rows) -> bytes:
    """Excel 2's records, in the old Windows' code page; it knows no merges and no second sheet."""
    out = [struct.pack("<HHHH", 0x0009, 4, 2, 0x10), struct.pack("<HHH", 0x0042, 2, 949)]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("cp949")
                body = struct.pack("<HH3xB", r, c, len(text)) + text
                out.append(struct.pack("<HH", 0x0004, len(body)) + body)
            elif value is not None:
                number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
                body = struct.pack("<HH3xd", r, c, number)
                out.append(struct.pack("<HH", 0x0003, len(body)) + body)
    return b"".join((*out, struct.pack("<HH", 0x000A, 0)))


_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: Rows, merges: Sequence[Span] = ()) -> bytes:
    corners = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, value in enumerate(row):
            down, across = corners.get((r, c), (1, 1))
            spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            cells.append(_ods_cell(value, spans if (r, c) in corners else ""))
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="현황">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "META-INF/manifest.xml": manifest,
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
    )


def _ods_cell(value: Any, spans: str) -> str:
    if value is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(value, date):
        about = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        about = 'office:value-type="string"'
    else:
        about = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {about}{spans}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def xlsb(rows: Rows, merges: Sequence[Span] = ()) -> bytes:
    """The few records that Excel's binary workbook needs; dates are text, for formats need a style part."""
    size = struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, max(map(len, rows)) - 1)
    cells = [_record(129), _record(148, size), _record(145)]
    for r, row in enumerate(rows):
        cells.append(_record(0, struct.pack("<IIHBBB I", r, 0, 300, 0, 0, 0, 0)))
        for c, value in enumerate(row):
            if isinstance(value, int | float):
                cells.append(_record(5, struct.pack("<IId", c, 0, value)))
            elif value is not None:
                cells.append(_record(6, struct.pack("<II", c, 0) + _wide(str(value))))
    cells.append(_record(146))
    spans = [
        _record(176, struct.pack("<4I", top, bottom, left, right)) for top, left, bottom, right in merges
    ]
    book = [_record(131), _record(143), _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("현황")),
            _record(144), _record(132)]  # fmt: skip
    return zipped({
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": b"".join(book),
        "xl/_rels/workbook.bin.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": b"".join([*cells, *spans, _record(130)]),
    })  # fmt: skip


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = bytearray(), len(body)
    while True:
        length.append(left & 0x7F | (0x80 if left > 0x7F else 0))
        left >>= 7
        if not left:
            return number + bytes(length) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def comma(rows: Rows, encoding: str = "utf-8", separator: str = ",", *, told: bool = False) -> bytes:
    out = io.StringIO()
    if told:
        out.write(f"sep={separator}\r\n")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def html(rows: Rows, merges: Sequence[Span] = (), charset: str = "euc-kr", *, closed: bool = True) -> bytes:
    corners = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    covered = {
        (r, c)
        for top, left, bottom, right in merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    out = [f"<html><head><meta charset={charset}></head><body><table border=1>"]
    for r, row in enumerate(rows):
        out.append("<tr>")
        for c, value in enumerate(row):
            if (r, c) in covered:
                continue
            down, across = corners.get((r, c), (1, 1))
            spans = f" rowspan={down} colspan={across}" if (r, c) in corners else ""
            out.append(f"<td{spans}>{escape(_text(value))}" + ("</td>" if closed else ""))
        out.append("</tr>" if closed else "")
    return "".join((*out, "</table></body></html>" if closed else "")).encode(
        "cp949" if "kr" in charset else charset
    )


def spreadsheetml(rows: Rows, merges: Sequence[Span] = (), encoding: str = "utf-8") -> bytes:
    corners = {(top, left): (bottom - top, right - left) for top, left, bottom, right in merges}
    covered = {(r, c) for t, s, b, e in merges for r in range(t, b + 1) for c in range(s, e + 1)} - set(
        corners
    )
    head = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="현황"><Table>'
    )
    out = [head]
    for r, row in enumerate(rows):
        out.append(f'<Row ss:Index="{r + 1}">')
        for c, value in enumerate(row):
            if (value is None and (r, c) not in corners) or (r, c) in covered:
                continue
            down, across = corners.get((r, c), (0, 0))
            spans = f' ss:MergeDown="{down}" ss:MergeAcross="{across}"' if (r, c) in corners else ""
            kind = "DateTime" if isinstance(value, date) else "String" if isinstance(value, str) else "Number"
            text = f"{value.isoformat()}T00:00:00.000" if isinstance(value, date) else escape(str(value))
            out.append(f'<Cell ss:Index="{c + 1}"{spans}><Data ss:Type="{kind}">{text}</Data></Cell>')
        out.append("</Row>")
    out.append("</Table></Worksheet></Workbook>")
    return "".join(out).encode("cp949" if "kr" in encoding else encoding)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP whose members carry no date of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


MERGING: dict[str, Callable[..., bytes]] = {
    "xlsxwriter": xlsxwriter, "1904": lambda rows, merges=(): xlsxwriter(rows, merges, is_1904=True),
    "openpyxl": openpyxl, "xls": xls, "ods": ods, "xlsb": xlsb, "html": html,
    "html-open": lambda rows, merges=(): html(rows, merges, closed=False),
    "html-utf16": lambda rows, merges=(): html(rows, merges, charset="utf-16"),
    "xml": spreadsheetml, "xml-euckr": lambda rows, merges=(): spreadsheetml(rows, merges, "euc-kr"),
}  # fmt: skip
PLAIN: dict[str, Callable[..., bytes]] = {
    "biff2": biff2, "csv": comma, "csv-bom": lambda rows: comma(rows, "utf-8-sig"),
    "csv-cp949": lambda rows: comma(rows, "cp949"), "csv-utf16": lambda rows: comma(rows, "utf-16"),
    "csv-utf16le": lambda rows: comma(rows, "utf-16-le"), "csv-utf16be": lambda rows: comma(rows, "utf-16-be"),
    "csv-semicolon": lambda rows: comma(rows, separator=";"), "tsv": lambda rows: comma(rows, separator="\t"),
    "csv-bar": lambda rows: comma(rows, separator="|"), "csv-sep": lambda rows: comma(rows, told=True, separator=";"),
}  # fmt: skip
