"""Workbooks by calamine, which reads xlsx, xlsb and xls; what it gives up goes to a second reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import BinaryIO, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from civictracker.errors import SheetError
from civictracker.sheets import locked, odf, ooxml, sparse, xlsb
from civictracker.sheets.grid import MAX_CELLS, Cell, Grid, Span
from civictracker.sheets.ooxml_look import Looked, look
from civictracker.sheets.sniff import Container

_PARTS = ("xl/worksheets/", "xl/sharedstrings", "xl/styles", "xl/workbook")


def read_workbook(
    file: BinaryIO, name: str, container: Container, *, password: str = "", careful: bool = False
) -> list[Grid]:
    """Every sheet with cells in it, hidden ones marked.

    ``careful`` leaves out calamine, which has ended the process before. Raises LockedError, SheetError.
    """
    data = file.read()
    match container:
        case Container.XLSX:
            return _xlsx(data, name, careful=careful)
        case Container.XLS:
            return _xls(data, name, password, careful=careful)
        case Container.ODS:
            return _ods(data, name)
        case _:
            return _xlsb(data, name)


def _broken(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’을(를) 읽을 수 없습니다. 파일이 깨졌거나 다른 형식입니다.",
        "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장해 주세요.",
    )


def _attempt(read: Callable[[], list[Grid]], name: str) -> list[Grid]:
    """Whatever a reader ends with is one sentence."""
    try:
        return read()
    except (SheetError, MemoryError):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        raise _broken(name) from error


# --- xlsx ---------------------------------------------------------------------------------------


def _quickly(data: bytes) -> list[Grid] | None:
    """What calamine reads; None where it cannot, and the second reader may."""
    try:
        return _by_calamine(data)
    except (SheetError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # its panics on broken files are no Exceptions
        return None


def _xlsx(data: bytes, name: str, *, careful: bool) -> list[Grid]:
    check = _Check(data)
    check.start()
    try:
        quick = None if careful or _is_vast(data) else _quickly(data)
        grids = _attempt(lambda: _by_xml(data), name) if quick is None else quick
    finally:
        check.join()
    if check.failure is not None:
        raise _broken(name) from check.failure
    return [
        replace(
            grid,
            notes=(*grid.notes, *check.notes.get(grid.name, ())),
            percents=check.percents.get(grid.name, frozenset()),
        )
        for grid in grids
    ]


def _by_xml(data: bytes) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ooxml.read(ooxml.Package(archive))


def _is_vast(data: bytes) -> bool:
    """Does a sheet claim a range that calamine would fill with billions of empty cells?"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = ooxml.Package(archive)
            parts = ooxml.outline(package).parts
            return any(ooxml.claimed_size(package, part) > sparse.ROOMY for part in parts)
    except Exception:  # whatever a broken package leads to: the readers will say what is wrong
        return False


class _Check(Thread):
    """Beside the reading: is every part as it was packed, and does every formula hold a value?"""

    def __init__(self, data: bytes, *, plain: bool = False) -> None:
        super().__init__(daemon=True)
        self._data, self._plain = data, plain  # plain: only whole or not
        self.notes: dict[str, tuple[str, ...]] = {}
        self.percents: dict[str, frozenset[tuple[int, int]]] = {}
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                package = ooxml.Package(archive)
                parts = [] if self._plain else ooxml.outline(package).parts
                sheets = {part.path.casefold(): part.name for part in parts}
                percents = ooxml.percent_styles(package) if parts else frozenset()
                for name in package.names:
                    if name.startswith(_PARTS) or name in sheets:
                        self._look(package, name, sheets.get(name, ""), percents)
        except Exception as error:
            self.failure = error

    def _look(self, package: ooxml.Package, path: str, sheet: str, percents: frozenset[int]) -> None:
        seen = look(package, path, percents if sheet else frozenset())
        self.percents[sheet] = seen.percents
        if sheet and (told := _told(seen, sheet)):
            self.notes[sheet] = told


def _told(seen: Looked, sheet: str) -> tuple[str, ...]:
    """What a person should know of the sheet that its cells do not show, in sentences."""
    notes: list[str] = []
    if seen.unvalued:
        notes.append(
            f"‘{sheet}’ 시트의 수식 {seen.unvalued:,}칸({seen.first} …)에 값이 저장되어 있지 않습니다. "
            "엑셀에서 한 번 열어 저장하세요."
        )
    if seen.broken:
        notes.append(
            f"‘{sheet}’ 시트에 수식 오류(#REF! 등)가 든 칸이 {seen.broken:,}개({seen.first_broken} …) 있어 "
            "빈칸으로 읽었습니다. 값이 있어야 한다면 엑셀에서 고쳐 다시 넣어 주세요."
        )
    if seen.hidden_rows or seen.hidden_columns:
        rows = f"줄 {seen.hidden_rows:,}개" if seen.hidden_rows else ""
        what = "와 ".join(part for part in (rows, "열" if seen.hidden_columns else "") if part)
        notes.append(f"‘{sheet}’ 시트의 숨긴 {what}도 함께 읽었습니다.")
    return tuple(notes)


# --- calamine -----------------------------------------------------------------------------------


def _by_calamine(data: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError:
        if not data.startswith(b"PK"):
            raise
        book = CalamineWorkbook.from_filelike(io.BytesIO(_repacked(data)))
    return [
        _grid(book.get_sheet_by_name(about.name), hidden=about.visible != SheetVisibleEnum.Visible)
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    ]


def _repacked(data: bytes) -> bytes:
    """The archive with slashes that lean the way calamine wants them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in old.infolist()}
        for name, entry in names.items():
            if not entry.is_dir():
                new.writestr(name, old.read(entry))
    return out.getvalue()


def _grid(sheet: CalamineSheet, *, hidden: bool) -> Grid:
    if sheet.start is None or sheet.end is None:
        return Grid(sheet.name, [], hidden=hidden)
    if sheet.width * sheet.height > MAX_CELLS:
        raise sparse.too_large(sheet.name)
    left = sheet.start[1]
    pad: list[Cell] = [None] * left
    read = sheet.iter_rows()
    rows = [[*pad, *row] for row in read] if left else [cast("list[Cell]", row) for row in read]
    spans: list[Span] = [
        (first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or []
    ]
    return Grid(sheet.name, rows, tuple(spans), hidden)


# --- xls ----------------------------------------------------------------------------------------


def _xls(data: bytes, name: str, password: str, *, careful: bool) -> list[Grid]:
    from civictracker.sheets import biff  # noqa: PLC0415 (only for old workbooks)

    stream = biff.stream_of(data, name)
    if biff.is_locked(stream):
        data = locked.unlocked(io.BytesIO(data), name, password).read()
        stream = biff.stream_of(data, name)
    if not careful and (quick := _quickly(data)) is not None:
        return quick
    return _attempt(lambda: biff.read(stream), name)


# --- xlsb, ods ----------------------------------------------------------------------------------


def _ods(data: bytes, name: str) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"encryption-data" in _manifest(archive):
            raise SheetError(f"‘{name}’은(는) 암호가 걸린 문서입니다.", "암호를 풀고 저장한 뒤 골라 주세요.")
        return _attempt(lambda: odf.read(archive), name)


def _xlsb(data: bytes, name: str) -> list[Grid]:
    check = _Check(data, plain=True)
    check.start()
    try:
        grids = _attempt(lambda: _by_calamine(data), name)
    finally:
        check.join()
    if check.failure is not None:
        raise _broken(name) from check.failure
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            spans = xlsb.merges(archive)
        except Exception as error:
            raise _broken(name) from error
    return [replace(grid, merges=spans.get(grid.name, ())) for grid in grids]


def _manifest(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read("META-INF/manifest.xml")
    except Exception:  # no such member, or a broken archive: the reader will say what is wrong
        return b""
