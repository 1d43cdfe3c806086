"""What a file really is, by its first bytes and never by its name."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from civictracker.errors import SheetError

MAX_BYTES = 300_000_000
MAX_ENTRIES = 20_000
MAX_RATIO = 400


class Container(StrEnum):
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    TEXT = "csv"
    ZIP = "zip"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_LOCKED = (b"\x9b\x20DRMONE", b"SCDSA0", b"<DOCUMENT SAFER", b"\x9b DRMONE", b"<##NASCA DRM", b"FSD")
_OTHERS = (
    (b"%PDF", "PDF 문서입니다.", "엑셀이나 CSV로 받은 파일을 골라 주세요."),
    (b"\x89PNG", "그림 파일입니다.", "엑셀이나 CSV로 받은 파일을 골라 주세요."),
    (b"\xff\xd8\xff", "그림 파일입니다.", "엑셀이나 CSV로 받은 파일을 골라 주세요."),
    (b"HWP Document", "한글 문서입니다.", "표를 엑셀에 붙여 저장한 뒤 골라 주세요."),
    (b"MZ", "실행 파일입니다.", "엑셀이나 CSV로 받은 파일을 골라 주세요."),
    (b"SQLite format 3", "자료 파일입니다.", "백업이면 설정의 ‘백업에서 복원’을 써 주세요."),
)


def sniff(path: Path) -> Container:
    """Raises SheetError with the sentence that helps when it is no sheet that can be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except PermissionError as error:
        raise SheetError(
            f"‘{path.name}’을(를) 열 수 없습니다.", "엑셀에서 열려 있으면 닫고 다시 해 주세요."
        ) from error
    except OSError as error:
        raise SheetError(f"‘{path.name}’을(를) 찾을 수 없습니다.", "파일을 다시 골라 주세요.") from error
    if size == 0:
        raise SheetError(f"‘{path.name}’은(는) 빈 파일입니다.", "원본을 다시 받아 주세요.")
    if size > MAX_BYTES:
        raise SheetError("파일이 300 MB를 넘어 읽지 않습니다.", "나누어 저장한 뒤 골라 주세요.")
    return _by_magic(path, head)


def _by_magic(path: Path, head: bytes) -> Container:
    if head.startswith(_LOCKED):
        raise SheetError(
            "문서보안(DRM)으로 잠긴 파일입니다.", "엑셀에서 열어 암호화를 풀고 저장한 뒤 골라 주세요."
        )
    for magic, sentence, hint in _OTHERS:
        if head.startswith(magic):
            raise SheetError(f"‘{path.name}’은(는) {sentence}", hint)
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(_BIFF) and head[2:4] in {b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00"}:
        return Container.XLS
    return _text_kind(path, head)


def _zip_kind(path: Path) -> Container:
    broken = SheetError(
        f"‘{path.name}’의 압축이 깨져 있습니다.", "끝까지 받아졌는지 확인하고 다시 받아 주세요."
    )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise broken from error
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if total > MAX_BYTES or len(entries) > MAX_ENTRIES or total / packed > MAX_RATIO:
        raise SheetError("압축을 풀면 지나치게 커지는 파일이라 읽지 않습니다.", "보낸 곳에 확인해 주세요.")
    if "xl/workbook.bin" in names:
        return Container.XLSB
    if any(name.casefold() in {"xl/workbook.xml", "xl/workbook2.xml"} for name in names):
        return Container.XLSX
    if "mimetype" in names and "content.xml" in names:
        return Container.ODS
    if "Contents/section0.xml" in names:
        raise SheetError(f"‘{path.name}’은(는) 한글 문서입니다.", "표를 엑셀에 붙여 저장한 뒤 골라 주세요.")
    return Container.ZIP


def _ole_kind(path: Path) -> Container:
    import olefile  # noqa: PLC0415 (only for old or locked workbooks)

    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {"/".join(entry).casefold() for entry in ole.listdir()}
    except Exception as error:  # olefile raises what a broken directory happens to lead to
        raise SheetError(f"‘{path.name}’이(가) 깨져 있습니다.", "원본을 다시 받아 주세요.") from error
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise SheetError("암호가 걸린 엑셀 파일입니다.", "엑셀에서 암호를 풀고 저장한 뒤 골라 주세요.")
    if streams & {"workbook", "book"}:
        return Container.XLS
    if "fileheader" in streams:
        raise SheetError(f"‘{path.name}’은(는) 한글 문서입니다.", "표를 엑셀에 붙여 저장한 뒤 골라 주세요.")
    raise SheetError(f"‘{path.name}’은(는) 엑셀 파일이 아닙니다.", "다른 파일을 골라 주세요.")


def _text_kind(path: Path, head: bytes) -> Container:
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lowered.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style")):
        return Container.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Container.TEXT
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    zeros = head.count(b"\0")
    if zeros > len(head) // 3:  # UTF-16 without its mark
        return Container.TEXT
    if controls > len(head) // 50:
        raise SheetError(
            f"‘{path.name}’은(는) 알 수 없는 형식이거나 문서보안(DRM)으로 잠긴 파일입니다.",
            "엑셀에서 열어 다른 이름으로 저장한 뒤 골라 주세요.",
        )
    return Container.TEXT
