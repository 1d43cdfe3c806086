"""Workbooks by calamine, which reads xlsx, xlsb, xls and ods from their content."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from civictracker.errors import SheetError
from civictracker.sheets.grid import Cell, Grid, Span

MAX_CELLS = 30_000_000


def read_workbook(path: Path) -> list[Grid]:
    """Every sheet with cells in it, hidden ones marked. Raises SheetError."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            return [
                _grid(book.get_sheet_by_name(about.name), hidden=about.visible != SheetVisibleEnum.Visible)
                for about in book.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
            ]
    except SheetError:
        raise
    except BaseException as error:  # a panic of the reader is no Exception; the child ends with it
        if "assword" in f"{type(error).__name__}{error}":
            raise SheetError(
                "암호가 걸린 엑셀 파일입니다.", "엑셀에서 암호를 풀고 저장한 뒤 골라 주세요."
            ) from error
        raise SheetError(
            f"‘{path.name}’을(를) 읽을 수 없습니다. 파일이 깨졌거나 다른 형식입니다.",
            "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장해 주세요.",
        ) from error


def _grid(sheet: CalamineSheet, *, hidden: bool) -> Grid:
    if sheet.start is None or sheet.end is None:
        return Grid(sheet.name, [], hidden=hidden)
    if sheet.width * sheet.height > MAX_CELLS:
        raise SheetError(
            f"‘{sheet.name}’ 시트의 쓰인 범위가 지나치게 큽니다.",
            "빈 줄과 열을 지우고 다시 저장해 주세요.",
        )
    left = sheet.start[1]
    pad: list[Cell] = [None] * left
    read = sheet.iter_rows()
    rows = [[*pad, *row] for row in read] if left else [cast("list[Cell]", row) for row in read]
    merges: list[Span] = [
        (first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or []
    ]
    return Grid(sheet.name, rows, tuple(merges), hidden)
