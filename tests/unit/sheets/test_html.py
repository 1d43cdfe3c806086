"""HTML tables, with their spans as merges."""

import io

import pytest

from civictracker.errors import SheetError
from civictracker.sheets.grid import Grid
from civictracker.sheets.html import read_html


def read(text: str, encoding: str = "utf-8") -> tuple[list[Grid], str]:
    return read_html(io.BytesIO(text.encode(encoding)), "표.xls")


def test_spans_become_merges_and_keep_columns_in_place() -> None:
    (grid,), _ = read(
        "<table><tr><th rowspan=2>가<th colspan=2>나</tr><tr><td>1<td>2</tr><tr><td>3<td>4<td>5</table>",
    )
    assert grid.rows == [["가", "나", None], [None, "1", "2"], ["3", "4", "5"]]
    assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert grid.filled(1, 0) == "가"


def test_entities_breaks_and_markup_inside_a_cell() -> None:
    (grid,), _ = read("<table><tr><td>가&amp;나<br>다 <b>라</b></td><td></td></tr></table>")
    assert grid.rows == [["가&나\n다 라", None]]


@pytest.mark.parametrize("charset", ["euc-kr", "ks_c_5601-1987", "CP949"])
def test_the_charset_that_it_tells(charset: str) -> None:
    text = f"<html><meta charset={charset}><table><tr><td>똠방각하</td></tr></table>"
    (grid,), encoding = read(text, "cp949")
    assert (grid.rows, encoding) == ([["똠방각하"]], "cp949")


def test_a_charset_that_lies() -> None:
    (grid,), encoding = read("<meta charset=utf-8><table><tr><td>가나</td></tr></table>", "cp949")
    assert (grid.rows, encoding) == ([["가나"]], "cp949")


def test_every_table_is_a_grid_of_its_own() -> None:
    grids, _ = read("<table><tr><td>1</table><p>text</p><table><tr><td>2</table><table></table>")
    assert [(grid.name, grid.rows) for grid in grids] == [("표 1", [["1"]]), ("표 2", [["2"]])]


@pytest.mark.parametrize("span", ["-1", "0", "x", "99999999999"])
def test_spans_of_nonsense_do_no_harm(span: str) -> None:
    (grid,), _ = read(f"<table><tr><td rowspan={span} colspan={span}>가</td></tr></table>")
    assert grid.rows[0][0] == "가"
    assert len(grid.rows[0]) <= 1000


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    """Pages are laid out with tables; the cells after the inner one belong to the outer one again."""
    grids, _ = read(
        "<table><tr><td>가<table><tr><td>1</td><td>2</td></tr></table>나</td><td>다</td></tr>"
        "<tr><td>라</td></tr></table>"
    )
    assert [grid.rows for grid in grids] == [[["가나", "다"], ["라"]], [["1", "2"]]]


def test_a_page_that_is_only_laid_out_with_tables_shows_the_inner_one() -> None:
    ((grid,), _) = read("<table><tr><td><table><tr><td>1<td>2</table></td></tr></table>")
    assert grid.rows == [["1", "2"]]


def test_nothing_is_closed_and_white_space_is_white_space() -> None:
    (grid,), _ = read("<TABLE>\n<TR>\n<TD>가\n   나\n<TD><p>1</p><p>2</p>\n<TR><TD>&nbsp;\n<TD>3\n")
    assert grid.rows == [["가 나", "1\n2"], [None, "3"]]


def test_rows_without_a_table_and_a_span_past_the_end() -> None:
    (grid,), _ = read("<tr><td rowspan=9>가<td>1</tr><tr><td>2</tr>")
    assert grid.rows == [["가", "1"], [None, "2"]]
    assert grid.merges == ((0, 0, 1, 0),)


def test_scripts_and_styles_are_no_text() -> None:
    (grid,), _ = read("<table><tr><td><style>td {x}</style>1<script>var a = 2</script></table>")
    assert grid.rows == [["1"]]


def test_utf_16_and_xml_declarations() -> None:
    text = "<html><table><tr><td>가</td></tr></table></html>"
    assert read(text, "utf-16")[0][0].rows == [["가"]]
    assert read(f'<?xml version="1.0" encoding="euc-kr"?>{text}', "cp949")[0][0].rows == [["가"]]


def test_spans_that_would_fill_the_memory_are_refused() -> None:
    with pytest.raises(SheetError, match="칸이"):
        read("<table>" + "<tr><td rowspan=1000 colspan=1000>가" * 31_000)


def test_tables_in_tables_without_end_are_refused() -> None:
    with pytest.raises(SheetError, match="깊이"):
        read("<table><tr><td>" * 60)


def test_a_page_without_a_table() -> None:
    with pytest.raises(SheetError, match="표가 없습니다"):
        read("<html><body>로그인이 필요합니다</body></html>")
