"""Whatever kind of file it is → its sheets as grids, the same whichever reader read it."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from civictracker.errors import SheetError
from civictracker.sheets.grid import Grid
from civictracker.sheets.sniff import Container, kind_of


def read_grids(
    path: Path,
    container: Container,
    *,
    also: Sequence[Path] = (),
    password: str = "",
    careful: bool = False,
) -> tuple[list[Grid], str]:
    """Every sheet of the file or folder, and the encoding where it is text; of several files as one.

    ``careful`` leaves out the reader that can end the process. Raises LockedError, SheetError.
    """
    name = plain_name(path)
    reader = _Reader(password, careful)
    if also:
        return reader.together([path, *also], whole_name(path, also)), ""
    if container is Container.FOLDER:
        return reader.folder(path, name), ""
    with path.open("rb") as file:
        return reader.read(file, name, container)


def plain_name(path: Path) -> str:
    """The file's name in composed letters (a Mac's are not), with ``?`` for what is no letter at all."""
    name = path.name or path.resolve().name or str(path)
    return unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())


def whole_name(path: Path, also: Sequence[Path]) -> str:
    """``총계.csv 외 2개``: what several files are called that were read as one."""
    return f"{plain_name(path)} 외 {len(also)}개" if also else plain_name(path)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Readers are imported as they are needed: one kind of file a child, mostly."""

    password: str
    careful: bool
    depth: int = 0

    def read(self, file: BinaryIO, name: str, container: Container) -> tuple[list[Grid], str]:
        match container:
            case Container.TEXT:
                from civictracker.sheets.text import read_text  # noqa: PLC0415

                grid, encoding = read_text(file, name)
                return [grid], encoding
            case Container.HTML:
                from civictracker.sheets.html import read_html  # noqa: PLC0415

                return read_html(file, name)
            case Container.XML:
                from civictracker.sheets.spreadsheetml import read_xml  # noqa: PLC0415

                return read_xml(file, name)
            case Container.ZIP:
                return self.zip(file, name), ""
            case Container.LOCKED:
                from civictracker.sheets.locked import unlocked  # noqa: PLC0415

                inner = unlocked(file, name, self.password)
                return self.read(inner, name, kind_of(inner, name))
            case _:
                from civictracker.sheets.excel import read_workbook  # noqa: PLC0415

                password, careful = self.password, self.careful
                return read_workbook(file, name, container, password=password, careful=careful), ""

    def member(self, file: BinaryIO, name: str) -> list[Grid]:
        """The sheets of one file among several."""
        return self.read(file, name.rpartition("/")[2], kind_of(file, name))[0]

    def folder(self, path: Path, name: str) -> list[Grid]:
        from civictracker.sheets import archive  # noqa: PLC0415

        return archive.read_members(archive.of_folder(path), name, self.member)

    def together(self, paths: Sequence[Path], name: str) -> list[Grid]:
        from civictracker.sheets import archive  # noqa: PLC0415

        return archive.read_members(archive.of_files(paths), name, self.member, strict=True)

    def zip(self, file: BinaryIO, name: str) -> list[Grid]:
        from civictracker.sheets import archive  # noqa: PLC0415

        if self.depth >= archive.MAX_DEPTH:
            raise SheetError(f"‘{name}’은(는) 압축 안의 압축입니다.", "압축을 풀어 안의 파일을 골라 주세요.")
        inside = replace(self, depth=self.depth + 1)
        with zipfile.ZipFile(file) as opened:
            return archive.read_members(archive.of_zip(opened, self.password), name, inside.member)
