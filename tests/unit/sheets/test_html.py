"""HTML tables, with their spans as merges."""

from pathlib import Path

import pytest

from civictracker.errors import SheetError
from civictracker.sheets.grid import Grid
from civictracker.sheets.html import read_html


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[Grid], str]:
    path = tmp_path / "표.xls"
    path.write_bytes(text.encode(encoding))
    return read_html(path)


def test_spans_become_merges_and_keep_columns_in_place(tmp_path: Path) -> None:
    (grid,), _ = read(
        tmp_path,
        "<table><tr><th rowspan=2>가<th colspan=2>나</tr><tr><td>1<td>2</tr><tr><td>3<td>4<td>5</table>",
    )
    assert grid.rows == [["가", "나", None], [None, "1", "2"], ["3", "4", "5"]]
    assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert grid.filled(1, 0) == "가"


def test_entities_breaks_and_markup_inside_a_cell(tmp_path: Path) -> None:
    (grid,), _ = read(tmp_path, "<table><tr><td>가&amp;나<br>다 <b>라</b></td><td></td></tr></table>")
    assert grid.rows == [["가&나\n다 라", None]]


@pytest.mark.parametrize("charset", ["euc-kr", "ks_c_5601-1987", "CP949"])
def test_the_charset_that_it_tells(tmp_path: Path, charset: str) -> None:
    text = f"<html><meta charset={charset}><table><tr><td>똠방각하</td></tr></table>"
    (grid,), encoding = read(tmp_path, text, "cp949")
    assert (grid.rows, encoding) == ([["똠방각하"]], "cp949")


def test_a_charset_that_lies(tmp_path: Path) -> None:
    (grid,), encoding = read(tmp_path, "<meta charset=utf-8><table><tr><td>가나</td></tr></table>", "cp949")
    assert (grid.rows, encoding) == ([["가나"]], "cp949")


def test_every_table_is_a_grid_of_its_own(tmp_path: Path) -> None:
    grids, _ = read(tmp_path, "<table><tr><td>1</table><p>text</p><table><tr><td>2</table><table></table>")
    assert [(grid.name, grid.rows) for grid in grids] == [("표 1", [["1"]]), ("표 2", [["2"]])]


@pytest.mark.parametrize("span", ["-1", "0", "x", "99999999999"])
def test_spans_of_nonsense_do_no_harm(tmp_path: Path, span: str) -> None:
    (grid,), _ = read(tmp_path, f"<table><tr><td rowspan={span} colspan={span}>가</td></tr></table>")
    assert grid.rows[0][0] == "가"
    assert len(grid.rows[0]) <= 1000


def test_a_page_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="표가 없습니다"):
        read(tmp_path, "<html><body>로그인이 필요합니다</body></html>")
