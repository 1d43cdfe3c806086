"""What a file really is, by its first bytes and never by its name."""

import zipfile
from pathlib import Path

import pytest

from civictracker.errors import SheetError
from civictracker.sheets import sniff as module
from civictracker.sheets.sniff import Container, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def made(tmp_path: Path, data: bytes, name: str = "파일.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def zipped(tmp_path: Path, *names: str, size: int = 10) -> Path:
    path = tmp_path / "책.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return path


@pytest.mark.parametrize(
    ("data", "container"),
    [
        ("날짜,친구 수\n".encode(), Container.TEXT),
        ("날짜,친구 수\n".encode("cp949"), Container.TEXT),
        ("날짜,친구 수\n".encode("utf-16"), Container.TEXT),
        ("date,a\n".encode("utf-16-le"), Container.TEXT),
        (b"\xef\xbb\xbf  <html><body>", Container.HTML),
        (b"\r\n<!DOCTYPE html>", Container.HTML),
        (b"<table><tr>", Container.HTML),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", Container.XLS),
    ],
)
def test_the_content_decides(tmp_path: Path, data: bytes, container: Container) -> None:
    assert sniff(made(tmp_path, data)) is container


@pytest.mark.parametrize(
    ("names", "container"),
    [
        (("xl/workbook.xml",), Container.XLSX), (("xl/workbook.bin",), Container.XLSB),
        (("mimetype", "content.xml"), Container.ODS), (("a.csv", "b.csv"), Container.ZIP),
    ],
)  # fmt: skip
def test_archives(tmp_path: Path, names: tuple[str, ...], container: Container) -> None:
    assert sniff(zipped(tmp_path, *names)) is container


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "빈 파일"), (b"%PDF-1.7", "PDF 문서"), (b"\x89PNG\r\n", "그림 파일"),
        (b"\xff\xd8\xff\xe0", "그림 파일"),
        (b"HWP Document File V3.00", "한글 문서"), (b"MZ\x90\x00", "실행 파일"),
        (b"SQLite format 3\0", "자료 파일"),
        (b"SCDSA004" + b"\0" * 100, r"문서보안\(DRM\)"), (b"\x9b\x20DRMONE  This", r"문서보안\(DRM\)"),
        (b"PK\x03\x04 cut off", "압축이 깨져"), (OLE + b"\0" * 600, "깨져 있습니다"),
        (bytes(range(1, 9)) * 200, "알 수 없는 형식"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_says_what_it_is(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words) as caught:
        sniff(made(tmp_path, data))
    assert caught.value.hint


def test_a_hwpx_is_called_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="한글 문서"):
        sniff(zipped(tmp_path, "mimetype", "Contents/section0.xml"))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="찾을 수 없습니다"):
        sniff(tmp_path / "없음.xlsx")


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="지나치게 커지는"):
        sniff(zipped(tmp_path, "xl/workbook.xml", size=40_000_000))


def test_too_many_entries_and_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 2)
    with pytest.raises(SheetError, match="지나치게 커지는"):
        sniff(zipped(tmp_path, "a", "b", "c"))
    monkeypatch.setattr(module, "MAX_BYTES", 5)
    with pytest.raises(SheetError, match="300 MB"):
        sniff(made(tmp_path, b"123456"))
