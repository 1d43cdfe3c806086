"""Tables for the clipboard: cells where they were, numbers as numbers, no formulas."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from civictracker.documents.clip import Clip, cells_clip, table_clip, tables_clip, tables_of
from civictracker.documents.markup import plain
from civictracker.documents.periodic import report_document
from civictracker.services.report_values import ReportFigures
from tests.unit.documents.every_block import document_of, table
from tests.unit.documents.hostile import HOSTILE

_STARTS = "=+-@＝＋－＠"
_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?|-")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


def html_rows(clip: Clip) -> list[list[etree._Element]]:
    root = etree.fromstring(clip.html.replace('<meta charset="utf-8">', "").encode())
    return [row.findall("td") for row in root.iter("tr")]


def test_rows_keep_their_places_and_figures_are_plain_digits() -> None:
    assert read(table_clip(table("글")).text) == [
        ["구분", "글", "글", ""],
        ["", "", "글", "증감"],
        ["글", "글", "-1234", "-"],
        ["", "글", "-1234", "-1234"],
        ["글", "", "-1234", "-1234"],
        ["글", "", "-1234", "-1234"],
    ]


def test_marked_up_cells_keep_their_merges_and_carry_the_number() -> None:
    rows = html_rows(table_clip(table("글")))
    spans = [[(cell.get("rowspan", "1"), cell.get("colspan", "1")) for cell in row] for row in rows]
    assert spans[0] == [("2", "1"), ("2", "1"), ("1", "2")]
    assert spans[2] == [("2", "1"), ("1", "1"), ("1", "1"), ("1", "1")]
    assert spans[4] == [("1", "2"), ("1", "1"), ("1", "1")]
    figure = rows[2][2]
    number = next(value for name, value in figure.items() if name.endswith("num"))
    assert (figure.text, number) == ("△1,234", "-1234")
    assert "text-align:right" in figure.get("style")
    assert r"mso-number-format:※\#\,\#\#0\;※△\#\,\#\#0" in figure.get("style")
    assert (figure.get("sdval"), figure.get("sdnum")) == ("-1234", "1042;0;※#,##0;※△#,##0")


def test_several_tables_are_named(gwanak: ReportFigures) -> None:
    tables = tables_of(report_document(gwanak))
    assert [each.name for each in tables] == ["채널별 현황", "금주 게시·발송 실적", "차주 계획"]
    clip = tables_clip(tables)
    assert [row for row in read(clip.text) if row and row[0] in {each.name for each in tables}] == [
        [each.name] for each in tables
    ]
    assert clip.html.count("<table") == 3
    assert "□" not in table_clip(tables[0]).html


@pytest.mark.parametrize("make", [lambda text: table_clip(table(text)), lambda text: cells_clip([[text, "1"]]),
                                  lambda text: tables_clip([table(text)] * 2)])  # fmt: skip
def test_two_hundred_strange_texts_are_no_formulas(make) -> None:
    for text in HOSTILE:
        clip = make(text)
        clip.html.encode()
        for row in html_rows(clip):
            for cell in row:
                shown = cell.text or ""
                if shown.lstrip().startswith(tuple(_STARTS)) and not _PLAIN.fullmatch(shown):
                    assert r"mso-number-format:\@" in cell.get("style", ""), repr(text)
                    assert cell.get("sdnum") == "1042;0;@", repr(text)
        for row in read(clip.text):
            for value in row:
                assert not value.lstrip().startswith(tuple(_STARTS)) or _PLAIN.fullmatch(value), repr(text)
        assert plain(text) in "".join(etree.fromstring(
            clip.html.replace('<meta charset="utf-8">', "").encode()).itertext()), repr(text)  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here to paste into")
def test_a_spreadsheet_reads_text_as_text_and_figures_as_numbers(tmp_path: Path) -> None:
    """LibreOffice opens what would be pasted. (Excel itself has not been asked.)"""
    texts = [text for text in HOSTILE if plain(text).startswith(("=", "+", "-", "@"))]
    made = cells_clip([[text, "-12"] for text in texts])
    (tmp_path / "a.html").write_text(made.html, encoding="utf-8")
    (tmp_path / "b.html").write_text(table_clip(table("=1+1")).html, encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless",
         "--infilter=HTML (StarCalc)", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path,
         tmp_path / "a.html", tmp_path / "b.html"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in ("a", "b"):
        cells = [
            c for row in openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active.iter_rows() for c in row
        ]
        assert "f" not in {cell.data_type for cell in cells}
        assert {-12, -1234} & {cell.value for cell in cells}


def test_the_same_table_stands_in_a_paper_of_any_words() -> None:
    assert len(tables_of(document_of("글"))) == 1
