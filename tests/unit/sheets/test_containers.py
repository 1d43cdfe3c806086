"""The same table out of whatever container, whoever wrote it and whoever reads it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.errors import LockedError, SheetError
from civictracker.sheets.containers import read_grids
from civictracker.sheets.grid import Grid, text_of
from civictracker.sheets.isolated import read_file
from civictracker.sheets.sniff import Container, sniff
from tests.makers import sheets

TABLE = [
    ["채널 운영 현황", None, None, None],
    ["구분", "채널명", "기준일", "친구 수"],
    ["본청", "카카오톡 채널", date(2026, 11, 13), 47823],
    [None, "공식 블로그", date(2026, 11, 13), 1234.5],
    ["읍면동", "보라매동, ‘별빛’", date(2026, 11, 14), 0],
]  # fmt: skip
MERGES = [(0, 0, 0, 3), (2, 0, 3, 0)]


def put(folder: Path, data: bytes, name: str = "표.dat") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path, **options: Any) -> list[Grid]:
    return read_grids(path, sniff(path), **options)[0]


def seen(grid: Grid) -> dict[tuple[int, int], str]:
    """What a person sees, by place: merges filled, dates as dates, numbers as their shortest text."""
    told = {}
    for row in range(len(grid.rows)):
        for column in range(max(grid.width, 4)):
            value = grid.filled(row, column)
            if isinstance(value, datetime):
                value = value.date()
            if text := text_of(value):
                told[row, column] = text
    return told


def expected(rows: list[list[Any]], merges: list[tuple[int, int, int, int]]) -> dict[tuple[int, int], str]:
    return seen(Grid("", rows, tuple(merges)))


@pytest.mark.parametrize("kind", [*sheets.MERGING, *sheets.PLAIN])
def test_the_same_cells_whichever_container(tmp_path: Path, kind: str) -> None:
    merges = MERGES if kind in sheets.MERGING else []
    if kind == "biff2":  # which has no code for the quotes of TABLE, and no formats here
        rows = [[text_of(cell).replace("‘", "").replace("’", "") if isinstance(cell, str | date) else cell
                 for cell in row] for row in TABLE]  # fmt: skip
        data = sheets.biff2(
            [[cell or None if isinstance(cell, str) else cell for cell in row] for row in rows]
        )
    else:
        rows = TABLE
        data = {**sheets.MERGING, **sheets.PLAIN}[kind](rows, merges) if merges else sheets.PLAIN[kind](rows)
    (grid,) = read(put(tmp_path, data))
    offset = 1 if kind == "csv-sep" else 0
    assert {(row - offset, column): text for (row, column), text in seen(grid).items()} == expected(
        rows, merges
    )


@pytest.mark.parametrize("kind", ["xlsxwriter", "1904", "openpyxl", "xls"])
def test_the_second_reader_sees_what_the_first_one_sees(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path, sheets.MERGING[kind](TABLE, MERGES))
    (first,), (second,) = read(path), read(path, careful=True)
    assert seen(first) == seen(second) == expected(TABLE, MERGES)
    assert sorted(first.merges) == sorted(second.merges) == sorted(MERGES)


letters = (
    st.text(st.sampled_from("가나다 힣ab1,;'\"<&>%"), min_size=1, max_size=6).map(str.strip).filter(bool)
)
cells = st.one_of(
    st.none(), letters, st.integers(-(10**9), 10**9), st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.decimals(-1000, 1000, places=2).map(float),
)  # fmt: skip


@given(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=2, max_size=5))
def test_any_table_is_the_same_in_every_workbook(
    tmp_path_factory: pytest.TempPathFactory, rows: list
) -> None:
    rows = [["가", "나", "다", "라"], *rows]
    folder = tmp_path_factory.getbasetemp()
    want = expected(rows, [])
    for kind in ("xlsxwriter", "openpyxl", "xls", "ods", "xlsb", "xml", "html"):
        if kind in {"xlsxwriter", "openpyxl"} and any(
            str(cell).startswith("=") for row in rows for cell in row
        ):
            continue
        path = put(folder, sheets.MERGING[kind](rows))
        assert seen(read(path)[0]) == want, kind
    for careful in ("xlsxwriter", "xls"):
        assert seen(read(put(folder, sheets.MERGING[careful](rows)), careful=True)[0]) == want, careful


@pytest.mark.parametrize("kind", ["xlsxwriter", "xls", "ods", "xlsb", "csv-cp949", "html", "xml", "tsv"])
def test_the_same_values_are_understood(tmp_path: Path, kind: str) -> None:
    rows = [["채널명", "2026-11-06", "2026-11-13"], ["카카오톡 채널", 100, 110], ["공식 블로그", 20, 25]]
    data = {**sheets.MERGING, **sheets.PLAIN}[kind](rows)
    (table,) = read_file(put(tmp_path, data, "친구 수.xls")).tables
    assert [table.records.entities[at] for at in table.records.entity] == ["카카오톡 채널"] * 2 + [
        "공식 블로그"
    ] * 2
    assert [int(value) for value in table.records.value] == [100, 110, 20, 25]


@pytest.mark.parametrize(
    ("kind", "container"),
    [("xlsxwriter", Container.XLSX), ("xls", Container.XLS), ("biff2", Container.XLS), ("ods", Container.ODS),
     ("xlsb", Container.XLSB), ("html", Container.HTML), ("html-utf16", Container.HTML), ("xml", Container.XML),
     ("csv-utf16be", Container.TEXT)],
)  # fmt: skip
def test_told_apart_by_content(tmp_path: Path, kind: str, container: Container) -> None:
    data = {**sheets.MERGING, **sheets.PLAIN}[kind]([["가", "나,다"], ["1", "2"]])
    assert sniff(put(tmp_path, data, "거짓.csv")) is container


# --- ranges, dates, formulas, hidden sheets -----------------------------------------------------


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    """The used range has 17 billion cells; 5 of them hold something, and 2 stand far away."""
    from openpyxl import Workbook

    book = Workbook()
    for address, value in {"A1": "채널", "B1": "값", "A2": "가", "XFD1": "x", "XFD1048576": 1}.items():
        book.active[address] = value
    book.save(tmp_path / "넓은.xlsx")
    (grid,) = read(tmp_path / "넓은.xlsx")
    assert grid.rows == [["채널", "값"], ["가"]]
    assert "칸 2개(XFD1 …)" in grid.notes[0]


def test_a_range_that_lies_about_its_size_is_still_one_sentence_or_a_sheet(tmp_path: Path) -> None:
    """calamine ends the child here; the second child reads cell by cell."""
    data = sheets.xlsxwriter([["채널", "2026-11-13"], ["가", 1]])
    with zipfile.ZipFile(put(tmp_path, data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    found = read_file(put(tmp_path, sheets.zipped(parts), "거짓 범위.xlsx"))
    assert [int(value) for value in found.tables[0].records.value] == [1]
    assert any("멀리 떨어진 칸" in each for each in found.warnings)


@pytest.mark.parametrize(
    "code",
    ['yyyy"년" m"월" d"일"', "yyyy\\년\\ m\\월", '[$-412]yyyy"년" mm"월"', "mm월 dd일", "yy.mm.dd(aaa)",
     "[$-F800]dddd, mmmm dd, yyyy", "yyyy-mm-dd hh:mm"],
)  # fmt: skip
@pytest.mark.parametrize("careful", [False, True])
def test_korean_date_formats(tmp_path: Path, code: str, careful: bool) -> None:
    import xlsxwriter
    import xlwt

    path = tmp_path / "날짜.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_number(0, 0, 46_339, book.add_format({"num_format": code}))
    assert read(path, careful=careful)[0].rows == [[date(2026, 11, 13)]]
    old = xlwt.Workbook()
    old.add_sheet("가").write(0, 0, 46_339, xlwt.easyxf(num_format_str=code))
    old.save(str(tmp_path / "날짜.xls"))
    assert read(tmp_path / "날짜.xls", careful=careful)[0].rows == [[date(2026, 11, 13)]]


@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 50, 57, 58])
@pytest.mark.parametrize("careful", [False, True])
def test_built_in_date_formats(tmp_path: Path, number: int, careful: bool) -> None:
    import xlsxwriter

    path = tmp_path / "날짜.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_number(0, 0, 46_339, book.add_format({"num_format": number}))
    assert read(path, careful=careful)[0].rows == [[date(2026, 11, 13)]]


@pytest.mark.parametrize(
    "code", ['#,##0"명"', "G/표준", '0"일"', '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "0.0%"]
)
@pytest.mark.parametrize("careful", [False, True])
def test_formats_that_are_no_dates(tmp_path: Path, code: str, careful: bool) -> None:
    import xlsxwriter

    path = tmp_path / "수.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_number(0, 0, 46_339, book.add_format({"num_format": code}))
    assert read(path, careful=careful)[0].rows == [[46_339]]


def test_formulas_without_values_say_what_to_do(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "합계"
    book.active.append(["채널", "친구 수"])
    book.active.append(["가", "=1+1"])
    book.active.append(["나", "=2+2"])
    book.save(tmp_path / "수식.xlsx")
    (grid,) = read(tmp_path / "수식.xlsx")
    assert grid.notes == (
        "‘합계’ 시트의 수식 2칸(B2 …)에 값이 저장되어 있지 않습니다. 엑셀에서 한 번 열어 저장하세요.",
    )
    with pytest.raises(SheetError) as caught:
        read_file(tmp_path / "수식.xlsx")
    assert "엑셀에서 한 번 열어 저장하세요" in caught.value.text


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "현황"
    for line in (["채널", "작년", "친구수"], ["카카오톡", 1, 2], ["밴드(폐쇄)", 3, 4], ["블로그", 5, 6]):
        sheet.append(line)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    path = tmp_path / "숨김.xlsx"
    book.save(path)
    (grid,) = read(path)
    assert grid.rows[2] == ["밴드(폐쇄)", 3, 4]
    assert grid.notes == ("‘현황’ 시트의 숨긴 줄 1개와 열도 함께 읽었습니다.",)


def test_a_formula_whose_value_is_the_empty_text_has_a_value(tmp_path: Path) -> None:
    path = put(tmp_path, sheets.xlsxwriter([["가", 5]]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for about, noted in ((b' t="str"', 0), (b"", 1)):
        cell = b'<c r="C1"' + about + b"><f>A1&amp;B1</f><v></v></c></row>"
        sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</row>", cell)
        edited = sheets.zipped({**parts, "xl/worksheets/sheet1.xml": sheet})
        assert len(read(put(tmp_path, edited))[0].notes) == noted


def test_hidden_and_very_hidden_sheets_are_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append([1])
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet.sheet_state = state
        sheet.append([1])
    book.save(tmp_path / "숨김.xlsx")
    for careful in (False, True):
        grids = read(tmp_path / "숨김.xlsx", careful=careful)
        assert [grid.hidden for grid in grids] == [False, True, True]


def test_a_part_that_does_not_match_its_checksum_is_not_read_in_part(tmp_path: Path) -> None:
    """One digit of the first cell changed after packing: calamine reads on, the program does not."""
    out = io.BytesIO()
    made = io.BytesIO(sheets.xlsxwriter([["채널", 47_823], ["가", 1]]))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = out.getvalue().replace(b"<v>47823</v>", b"<v>47828</v>")
    with pytest.raises(SheetError, match="깨졌거나"):
        read(put(tmp_path, data))


# --- passwords ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = sheets.locked(sheets.xlsxwriter([["채널명", "2026-11-13"], ["카카오톡 채널", 5]]), "비밀 1!")
    return put(tmp_path_factory.mktemp("locked"), data, "잠김.xlsx")


def test_a_locked_workbook_opens_with_its_password(locked: Path) -> None:
    found = read_file(locked, answers={"password": "비밀 1!"})
    assert found.tables[0].records.value == [5]


@pytest.mark.parametrize(("answers", "words"), [({}, "암호가 걸린"), ({"password": "틀림"}, "맞지 않습니다")])
def test_without_it_or_with_a_wrong_one(locked: Path, answers: dict[str, str], words: str) -> None:
    with pytest.raises(LockedError, match=words) as caught:
        read_file(locked, answers=answers)
    assert "암호" in caught.value.hint or "대소문자" in caught.value.hint


def test_a_workbook_protected_by_excels_own_password_just_opens(tmp_path: Path) -> None:
    data = sheets.locked(sheets.xlsxwriter([["가", 1]]), "VelvetSweatshop")
    assert read(put(tmp_path, data))[0].rows == [["가", 1]]


@pytest.mark.parametrize(
    ("known", "rare"),
    [(b'hashAlgorithm="SHA512"', b'hashAlgorithm="MD5"   '), (b'keyBits="256"', b'keyBits="192"')],
)
def test_a_way_of_locking_that_cannot_be_opened_calls_no_password_wrong(
    tmp_path: Path, locked: Path, known: bytes, rare: bytes
) -> None:
    data = locked.read_bytes()
    assert data.count(known) == 2
    with pytest.raises(SheetError, match="알 수 없는 방식으로 잠겨") as caught:
        read(put(tmp_path, data.replace(known, rare)), password="비밀 1!")
    assert not isinstance(caught.value, LockedError)
    assert "암호를 풀고 저장" in caught.value.hint


def test_a_damaged_locked_workbook_is_a_sentence(tmp_path: Path, locked: Path) -> None:
    data = bytearray(locked.read_bytes())
    at = data.find(b"<encryption")
    data[at + 40 : at + 400] = b"x" * 360
    with pytest.raises(SheetError):
        read(put(tmp_path, bytes(data)), password="비밀 1!")


# --- many files ---------------------------------------------------------------------------------


def test_a_zip_of_files_with_names_of_the_korean_code_page(tmp_path: Path) -> None:
    path = tmp_path / "콘텐츠.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ABCDEFGHI.csv", "날짜,구독자\n2026-11-09,3\n")
        archive.writestr(unicodedata.normalize("NFD", "폴더/총계.csv"), "날짜,구독자\n2026-11-09,3\n")
        archive.writestr("폴더/책.xlsx", sheets.xlsxwriter([["가", 1]]))
        archive.writestr("__MACOSX/._총계.csv", b"\0\1\2")
        archive.writestr("폴더/~$책.xlsx", b"lock")
        archive.writestr("사진.png", b"\x89PNG\r\n")
    as_windows = "표 데이터.csv".encode("cp949")
    path.write_bytes(path.read_bytes().replace(b"ABCDEFGHI.csv", as_windows))
    grids = read(path)
    assert [(grid.member, grid.name) for grid in grids] == [
        ("폴더/책.xlsx", "책/현황"), ("폴더/총계.csv", "총계"), ("표 데이터.csv", "표 데이터"),
    ]  # fmt: skip
    assert grids[0].notes == ("‘사진.png’은(는) 읽지 않았습니다: ‘사진.png’은(는) 그림 파일입니다.",)


def test_a_folder_is_read_like_the_archive_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "받은 자료"
    (folder / "안").mkdir(parents=True)
    put(folder, sheets.comma([["채널", "2026-11-13"], ["가", 1]]), "하나.csv")
    put(folder / "안", sheets.xlsxwriter([["채널", "2026-11-13"], ["나", 2]]), "둘.xlsx")
    put(folder, b"", ".DS_Store")
    path = tmp_path / "받은 자료.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in folder.rglob("*.*"):
            archive.write(each, each.relative_to(folder).as_posix())
    assert {(g.name, g.member, str(g.rows)) for g in read(folder)} == {
        (g.name, g.member, str(g.rows)) for g in read(path)
    }
    found = read_file(folder)
    assert found.container == "folder"
    assert sorted(int(value) for table in found.tables for value in table.records.value) == [1, 2]


def test_one_locked_file_among_others_is_noted_and_alone_it_asks(tmp_path: Path, locked: Path) -> None:
    data = {"가.xlsx": locked.read_bytes()}
    with pytest.raises(LockedError):
        read(put(tmp_path, sheets.zipped(data)))
    assert read(put(tmp_path, sheets.zipped(data)), password="비밀 1!")[0].member == "가.xlsx"
    both = read(put(tmp_path, sheets.zipped({**data, "나.csv": b"a,b\n1,2\n"})))
    assert "암호가 걸린" in both[0].notes[0]


def test_archives_of_nothing_and_of_nothing_readable(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="읽을 파일이 없습니다"):
        read(put(tmp_path, sheets.zipped({"빈 폴더/": b""})))
    with pytest.raises(SheetError, match="2개를 하나도"):
        read(put(tmp_path, sheets.zipped({"a.png": b"\x89PNG", "b.pdf": b"%PDF"})))
    (tmp_path / "빈").mkdir()
    with pytest.raises(SheetError, match="읽을 파일이 없습니다"):
        read(tmp_path / "빈")


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = sheets.zipped({"표.csv": b"a,b\n1,2\n"})
    assert read(put(tmp_path, sheets.zipped({"안.zip": data})))[0].member == "안.zip/표.csv"
    for _ in range(4):
        data = sheets.zipped({"안.zip": data})
    with pytest.raises(SheetError, match="압축 안의 압축"):
        read(put(tmp_path, data))


def test_a_bomb_in_an_archive_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="지나치게 커지는"):
        sniff(put(tmp_path, sheets.zipped({"a.csv": b"0" * 40_000_000})))


def test_a_name_in_decomposed_letters_is_shown_composed(tmp_path: Path) -> None:
    path = put(tmp_path, "채널,2026-11-13\n가,1\n".encode(), unicodedata.normalize("NFD", "주간 현황.csv"))
    assert read_file(path).file == "주간 현황.csv"
    assert read(path)[0].name == "주간 현황"


@pytest.mark.parametrize("kind", ["xlsxwriter", "xls", "ods", "xlsb", "xml"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_one_sentence(tmp_path: Path, kind: str, part: float) -> None:
    rows = [["채널", "값"], *([f"가{n}", n] for n in range(2000))]
    data = sheets.MERGING[kind](rows)
    with pytest.raises(SheetError) as caught:
        read(put(tmp_path, data[: int(len(data) * part)]))
    assert caught.value.hint
