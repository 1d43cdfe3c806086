"""The workbook: numbers as numbers, no formulas of strangers, one page wide."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from civictracker.documents.model import Document, Table
from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document
from civictracker.documents.xlsx import SHEET, write_xlsx
from civictracker.documents.xlsx_charts import DATA_SHEET
from civictracker.services.reports import ReportFigures

HOSTILE = (
    "=1+1",
    "<img src=file:///x>",
    "\u202e뒤집힌\u200f 이름",
    "소식 😀 채널",
    "가" * 300,
    "https://x.kr",
    "0012",
)


def written(document: Document, folder: Path) -> Path:
    path = folder / "주간.xlsx"
    write_xlsx(document, path)
    return path


def rows_of(path: Path, sheet: str = SHEET) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_numbers_are_numbers_that_look_official(gwanak: ReportFigures, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(report_document(gwanak), tmp_path))[SHEET]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells[131_289].number_format == '#,##0_ ;"△"#,##0_ ;#,##0_ ;@_ '
    assert cells[-4_207].number_format == '#,##0_ ;"△"#,##0_ ;#,##0_ ;@_ '
    assert cells[180_221].number_format.startswith('"※"#,##0')
    assert cells[-2.2].number_format.startswith('#,##0.0_ ;"△"#,##0.0_ ;')
    assert cells["합 계 (9/12개 채널)"].font.name == "맑은 고딕"
    assert any(str(value).endswith("끝.") for value in cells)


def test_the_page_is_a4_and_one_page_wide(gwanak: ReportFigures, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(report_document(gwanak), tmp_path))[SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)  # 1 is the default
    long = written(report_document(gwanak, PaperOptions(unfold_units=True)), tmp_path)
    assert openpyxl.load_workbook(long)[SHEET].page_setup.fitToHeight == 0
    assert sheet.print_area.startswith("'보고서'!$A$1:")
    merged = [str(each) for each in sheet.merged_cells.ranges]
    assert len(merged) == len(set(merged))


def test_charts_are_native_and_their_figures_visible(gwanak: ReportFigures, tmp_path: Path) -> None:
    path = written(report_document(gwanak), tmp_path)
    with zipfile.ZipFile(path) as file:
        charts = [name for name in file.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        assert "추이 자료" in file.read(charts[0]).decode()
    rows = rows_of(path, DATA_SHEET)
    assert rows[1][:2] == ["주", "카카오톡 채널"]
    assert [rows[2][0], rows[13][0], rows[13][1]] == ["9월 1주", "11월 3주", 131_289.0]


def test_strange_names_stay_text(made, tmp_path: Path) -> None:
    path = written(report_document(made([(name, 5, 0) for name in HOSTILE], note="=cmd|x")), tmp_path)
    with zipfile.ZipFile(path) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in file.read(name) or b"<hyperlink" in file.read(name) for name in sheets)
    values = {value for row in rows_of(path) for value in row}
    assert {"=1+1", "<img src=file:///x>", "소식 😀 채널", "가" * 300, "https://x.kr", "0012"} <= values


@pytest.mark.parametrize("names", [(), ("담당", "과장"), ("담당", "팀장", "과장", "국장", "부군수")])
def test_approval_boxes(gwanak: ReportFigures, tmp_path: Path, names: tuple[str, ...]) -> None:
    path = written(report_document(gwanak, PaperOptions(approval=names, delegated="과장")), tmp_path)
    with zipfile.ZipFile(path) as file:
        drawn = etree.fromstring(file.read("xl/drawings/drawing1.xml"))
    main, sheet = (f"{{http://schemas.openxmlformats.org/drawingml/2006/{each}}}"
                   for each in ("main", "spreadsheetDrawing"))  # fmt: skip
    boxes = [
        ("".join(text.text or "" for text in box.iter(f"{main}t")), box.find(f".//{main}ext").get("cx"))
        for box in drawn.iter(f"{sheet}sp")
    ]
    assert [text for text, _ in boxes if text in names] == list(names)
    assert len({wide for text, wide in boxes if text != "결재"}) <= 1
    assert [text for text, _ in boxes].count("전결") == ("과장" in names)
    assert [text for text, _ in boxes].count("／") == max(0, len(names) - 3)


def test_each_section_alone_and_an_empty_week(gwanak: ReportFigures, made, tmp_path: Path) -> None:
    for name in ("summary", "channels", "posts", "plan", "trend", "notes"):
        assert written(report_document(gwanak, PaperOptions(sections=(name,))), tmp_path).stat().st_size
    assert written(report_document(made([])), tmp_path).stat().st_size


def test_a_long_table_repeats_its_head(sixty: Document, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(sixty, tmp_path))[SHEET]
    assert sheet.print_title_rows is not None
    names = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {f"{i}번 채널" for i in range(1, 61)} <= names


def test_a_long_table_has_a_sheet_where_its_head_stays(sixty: Document, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(sixty, tmp_path))
    assert book.sheetnames == [SHEET, "채널별 현황", DATA_SHEET]
    sheet = book["채널별 현황"]
    assert sheet.freeze_panes == "C6"  # below two rows of heads, right of 구분 and 채널
    assert sheet["B4"].value == "채널"
    assert [sheet.cell(6, column).value for column in (1, 2, 3)] == ["본청", "1번 채널", 1_001]
    assert sheet.print_title_rows == "$4:$5"
    assert book[SHEET].freeze_panes is None


@pytest.mark.parametrize("name", ["[a]:*?/\\b", "가" * 40, "'", "", "보고서"])
def test_any_name_is_a_sheet(name: str, sixty: Document, tmp_path: Path) -> None:
    table = next(block for block in sixty.blocks if isinstance(block, Table))
    document = replace(sixty, blocks=(replace(table, name=name), replace(table, name=name)))
    book = openpyxl.load_workbook(written(document, tmp_path))
    assert len(book.sheetnames) == 3
    assert all(0 < len(each) <= 31 for each in book.sheetnames)
