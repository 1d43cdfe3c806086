"""The workbook: numbers as numbers, no formulas of strangers, one page wide."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from itertools import pairwise
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
from civictracker.documents.xlsx_grid import edges, lines_in, nearest, settled, shared_edges
from civictracker.documents.xlsx_pages import Rows, page_breaks
from civictracker.services.context import Context
from civictracker.services.report_values import ReportFigures
from tests.unit.documents.offices import IDS, document_of

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
    assert "예시 자료" in sheet.oddFooter.left.text
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
    fixed = [box.getparent().tag for box in drawn.iter(f"{sheet}sp")]  # not tied to cells of any width
    assert set(fixed) <= {f"{sheet}absoluteAnchor"}
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


def cut_rows(path: Path) -> tuple[list[int], list[range]]:
    """The rows before which a page ends (from 0), and the rows on which each chart lies."""
    breaks = [each.id for each in openpyxl.load_workbook(path)[SHEET].row_breaks.brk]
    with zipfile.ZipFile(path) as file:
        drawn = etree.fromstring(file.read("xl/drawings/drawing1.xml"))
    ns = {"d": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"}
    charts = [
        range(
            int(each.findtext("d:from/d:row", namespaces=ns)), int(each.findtext("d:to/d:row", namespaces=ns))
        )
        for each in drawn.iterfind("d:twoCellAnchor", ns)
        if each.find("d:graphicFrame", ns) is not None
    ]
    return breaks, charts


@pytest.mark.parametrize("name", IDS)
def test_no_chart_heading_or_short_table_is_cut_where_a_page_ends(
    gwanak_data: Context, name: str, tmp_path: Path
) -> None:
    document = document_of(gwanak_data, name, PaperOptions(unfold_units=True))
    path = written(document, tmp_path)
    breaks, charts = (
        cut_rows(path) if "xl/drawings/drawing1.xml" in zipfile.ZipFile(path).namelist() else ([], [])
    )
    assert not [(at, rows) for at in breaks for rows in charts if rows.start < at <= rows.stop]
    texts = {row: str(cells[0]) for row, cells in enumerate(rows_of(path))}
    above = [texts.get(at - 1, "") for at in breaks]
    assert not [text for text in above if text.startswith("□")]


def test_pages_of_a_workbook_end_where_they_may() -> None:
    rows = Rows(dict.fromkeys(range(10), 100.0))
    assert page_breaks(rows, 10, 400.0) == [3, 6, 9]
    rows.keep(2, 4)
    assert page_breaks(rows, 10, 400.0) == [2, 5, 8]
    rows.forced.append(1)
    assert page_breaks(rows, 10, 400.0) == [1, 2, 5, 8]
    rows.keep(5, 9)  # higher than a page: parted where it must be
    assert page_breaks(rows, 10, 400.0) == [1, 2, 5, 8]
    rows = Rows(dict.fromkeys(range(10), 100.0), repeated=(0, 0))
    assert page_breaks(rows, 10, 400.0) == [3, 5, 7, 9]


def test_lines_within_a_table_are_grey_and_those_around_it_heavy(
    gwanak: ReportFigures, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(written(report_document(gwanak), tmp_path))[SHEET]
    name = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "네이버 블로그" and cell.column > 1
    )
    assert (name.border.top.style, name.border.top.color.rgb) == ("thin", "FF858585")
    total = next(c for row in sheet.iter_rows() for c in row if str(c.value).startswith("합 계"))
    assert (total.border.top.style, total.border.bottom.style) == ("thin", "medium")
    assert total.border.top.color is None or total.border.top.color.rgb != "FF858585"


def test_words_that_fit_on_paper_do_not_break_in_the_workbook(gwanak_data: Context) -> None:
    """A table beside one with other columns still gives each column what its words need."""
    document = document_of(gwanak_data, "channel")
    tables = [each for each in document.blocks if isinstance(each, Table)]
    shared = shared_edges(tables)
    sends = next(each for each in tables if each.name == "발송 실적")
    bounds = settled(sends, nearest(edges(sends), shared), shared, 100.0)
    wide = [shared[after] - shared[first] for first, after in pairwise(bounds)]
    for row in sends.body:
        for cell, share in zip(row.cells, wide, strict=True):
            assert lines_in(cell.text, share * 100.0 * 1.2) == 1, cell.text


def test_a_chart_names_only_the_label_that_it_shows(gwanak: ReportFigures, tmp_path: Path) -> None:
    """An empty ``dLbl`` is against the schema: whoever checks it might want to repair the file."""
    with zipfile.ZipFile(written(report_document(gwanak), tmp_path)) as file:
        chart = etree.fromstring(file.read("xl/charts/chart1.xml"))
    ns = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    labels = chart.findall(".//c:dLbl", ns)
    assert labels
    assert all(len(each) > 1 for each in labels)
