"""Whatever kind of file it is → its sheets as grids, the same whichever reader read it."""

from __future__ import annotations

from pathlib import Path

from civictracker.errors import SheetError
from civictracker.sheets.grid import Grid
from civictracker.sheets.sniff import Container


def read_grids(path: Path, container: Container, *, password: str = "") -> tuple[list[Grid], str]:
    """Every sheet of the file, and the encoding where the file is text. Raises SheetError."""
    match container:
        case Container.TEXT:
            from civictracker.sheets.text import read_text  # noqa: PLC0415 (one reader a child)

            grid, encoding = read_text(path)
            return [grid], encoding
        case Container.HTML:
            from civictracker.sheets.html import read_html  # noqa: PLC0415

            return read_html(path)
        case Container.ZIP:
            raise SheetError(f"‘{path.name}’은(는) 압축 파일입니다.", "압축을 풀어 안의 파일을 골라 주세요.")
        case _:
            from civictracker.sheets.excel import read_workbook  # noqa: PLC0415

            return read_workbook(path), ""
