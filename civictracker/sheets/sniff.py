"""What a file really is, by its content and never by its name."""

from __future__ import annotations

import os
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from civictracker.errors import SheetError
from civictracker.sheets.text import utf16_without_mark

MAX_BYTES = 300_000_000
MAX_ENTRIES = 20_000
MAX_RATIO = 400


class Container(StrEnum):
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    XML = "xml"  # Excel 2003's SpreadsheetML, which calls itself .xls
    HTML = "html"
    TEXT = "csv"
    ZIP = "zip"
    FOLDER = "folder"
    LOCKED = "locked"  # an encrypted package: what is in it shows only with the password


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
# Fasoo, SoftCamp (whatever version), MarkAny, NASCA. Their contents open on the office's own PC only.
_DRM = (b"\x9b\x20DRMONE", b"SCDSA", b"<DOCUMENT SAFER", b"<## NASCA DRM", b"<##NASCA DRM")
_AGAIN = "엑셀이나 CSV로 받은 파일을 골라 주세요."
_SAVE_AS = "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장해 주세요."
_UNPACK = "압축을 풀어 안의 파일을 골라 주세요."
_HANGUL = ("한글 문서입니다.", "표를 엑셀에 붙여 저장한 뒤 골라 주세요.")
_OTHERS = (
    (b"%PDF", "PDF 문서입니다.", _AGAIN),
    (b"\x89PNG", "그림 파일입니다.", _AGAIN),
    (b"\xff\xd8\xff", "그림 파일입니다.", _AGAIN),
    (b"GIF8", "그림 파일입니다.", _AGAIN),
    (b"HWP Document", *_HANGUL),
    (b"{\\rtf", "서식 있는 글(RTF)입니다.", _AGAIN),
    (b"MZ", "실행 파일입니다.", _AGAIN),
    (b"SQLite format 3", "자료 파일입니다.", "백업이면 설정의 ‘백업에서 복원’을 써 주세요."),
    (b"7z\xbc\xaf\x27\x1c", "7z 압축 파일입니다.", _UNPACK),
    (b"Rar!\x1a\x07", "RAR 압축 파일입니다.", _UNPACK),
    (b"ALZ\x01", "알집 압축 파일입니다.", _UNPACK),
    (b"EGGA", "알집 압축 파일입니다.", _UNPACK),
    (b"\x1f\x8b\x08", "GZIP 압축 파일입니다.", _UNPACK),
    (b"ID;P", "오래된 표 형식(SYLK)입니다.", _SAVE_AS),
    (b"TABLE\r\n0,1", "오래된 표 형식(DIF)입니다.", _SAVE_AS),
    (b"TABLE\n0,1", "오래된 표 형식(DIF)입니다.", _SAVE_AS),
    (b"MIME-Version:", "웹 보관 파일(MHT)입니다.", _SAVE_AS),
)


def sniff(path: Path) -> Container:
    """Raises SheetError with the sentence that helps when it is no sheet that can be read."""
    try:
        if path.is_dir():
            return Container.FOLDER
        with path.open("rb") as file:
            return kind_of(file, path.name)
    except PermissionError as error:
        raise SheetError(
            f"‘{path.name}’을(를) 열 수 없습니다.", "엑셀에서 열려 있으면 닫고 다시 해 주세요."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise SheetError(f"‘{path.name}’을(를) 찾을 수 없습니다.", "파일을 다시 골라 주세요.") from error


def kind_of(file: BinaryIO, name: str) -> Container:
    """The same for an open file, which is left at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise SheetError(f"‘{name}’은(는) 빈 파일입니다.", "원본을 다시 받아 주세요.")
    if size > MAX_BYTES:
        raise SheetError("파일이 300 MB를 넘어 읽지 않습니다.", "나누어 저장한 뒤 골라 주세요.")
    try:
        return _by_magic(file, name, file.read(4096))
    finally:
        file.seek(0)


def _by_magic(file: BinaryIO, name: str, head: bytes) -> Container:
    if head.startswith(_DRM):
        raise _drm()
    for magic, sentence, hint in _OTHERS:
        if head.startswith(magic):
            raise SheetError(f"‘{name}’은(는) {sentence}", hint)
    if head.startswith(b"PK"):
        return _zip_kind(file, name)
    if head.startswith(_OLE):
        return _ole_kind(file, name)
    if head.startswith(_BIFF) and head[2:4] in {b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00"}:
        return Container.XLS
    return _text_kind(name, head)


def _drm() -> SheetError:
    return SheetError(
        "문서보안(DRM)으로 잠긴 파일입니다.", "엑셀에서 열어 암호화를 풀고 저장한 뒤 골라 주세요."
    )


# --- archives -----------------------------------------------------------------------------------

_NOT_SHEETS = (
    ("contents/section0.xml", *_HANGUL),
    ("word/document.xml", "워드 문서입니다.", _AGAIN),
    ("ppt/presentation.xml", "파워포인트 문서입니다.", _AGAIN),
    ("index/document.iwa", "맥의 Numbers 문서입니다.", "엑셀로 내보낸 파일을 골라 주세요."),
)


def _zip_kind(file: BinaryIO, name: str) -> Container:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise SheetError(
            f"‘{name}’의 압축이 깨져 있습니다.", "끝까지 받아졌는지 확인하고 다시 받아 주세요."
        ) from error
    refuse_bomb(entries)
    names = {entry.filename.replace("\\", "/").casefold().removeprefix("/") for entry in entries}
    for part, sentence, hint in _NOT_SHEETS:
        if part in names:
            raise SheetError(f"‘{name}’은(는) {sentence}", hint)
    is_package = "[content_types].xml" in names
    if "xl/workbook.bin" in names or (is_package and any(each.endswith("workbook.bin") for each in names)):
        return Container.XLSB
    if {"xl/workbook.xml", "xl/workbook2.xml"} & names or (
        is_package and any(each.endswith(("workbook.xml", "/sheet1.xml")) for each in names)
    ):
        return Container.XLSX
    if is_package:
        raise SheetError(f"‘{name}’은(는) 엑셀 파일이 아닙니다.", _AGAIN)
    if "content.xml" in names and names & {"mimetype", "meta-inf/manifest.xml"}:
        return Container.ODS
    return Container.ZIP


def refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """Raises SheetError for an archive that would grow out of all proportion."""
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if total > MAX_BYTES or len(entries) > MAX_ENTRIES or (total > 10_000_000 and total / packed > MAX_RATIO):
        raise SheetError("압축을 풀면 지나치게 커지는 파일이라 읽지 않습니다.", "보낸 곳에 확인해 주세요.")


# --- old workbooks, and encrypted new ones ------------------------------------------------------


def _ole_kind(file: BinaryIO, name: str) -> Container:
    import olefile  # noqa: PLC0415 (only for old or locked workbooks)

    try:
        with olefile.OleFileIO(file) as ole:
            streams = {"/".join(entry).casefold() for entry in ole.listdir()}
    except Exception as error:  # olefile raises what a broken directory happens to lead to
        raise SheetError(f"‘{name}’이(가) 깨져 있습니다.", "원본을 다시 받아 주세요.") from error
    if any("drm" in each for each in streams):  # Microsoft's own rights management
        raise _drm()
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        return Container.LOCKED
    if streams & {"workbook", "book"}:
        return Container.XLS
    if "fileheader" in streams:
        raise SheetError(f"‘{name}’은(는) {_HANGUL[0]}", _HANGUL[1])
    if "worddocument" in streams:
        raise SheetError(f"‘{name}’은(는) 워드 문서입니다.", _AGAIN)
    raise SheetError(f"‘{name}’은(는) 엑셀 파일이 아닙니다.", "다른 파일을 골라 주세요.")


# --- text ---------------------------------------------------------------------------------------

_HTML_STARTS = ("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<body", "<div", "<tr")


def _text_kind(name: str, head: bytes) -> Container:
    encoding = utf16_without_mark(head)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif not encoding and sum(1 for byte in head if byte < 9 or 13 < byte < 32) > len(head) // 50:
        raise SheetError(
            f"‘{name}’은(는) 알 수 없는 형식이거나 문서보안(DRM)으로 잠긴 파일입니다.",
            "엑셀에서 열어 다른 이름으로 저장한 뒤 골라 주세요.",
        )
    text = head[: len(head) & ~1].decode(encoding or "latin-1", "replace")
    start = text.lstrip("\ufeffï»¿ \t\r\n").casefold()
    if start.startswith(("<?xml", "<!--")):
        return _xml_kind(name, start)
    return Container.HTML if start.startswith(_HTML_STARTS) else Container.TEXT


def _xml_kind(name: str, start: str) -> Container:
    if "schemas-microsoft-com:office:spreadsheet" in start or "excel.sheet" in start:
        return Container.XML
    if any(mark in start for mark in ("<html", "<!doctype html", "<table", "office:excel")):
        return Container.HTML
    raise SheetError(f"‘{name}’은(는) 표가 아닌 XML 문서입니다.", _AGAIN)
