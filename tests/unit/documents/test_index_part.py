"""종합 지수 on the regular reports: only where an office has weighed one, traced, and in every format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from civictracker.documents.model import Charts, Document, Heading, Notes, Table
from civictracker.documents.papers import PAPERS, paper_named
from civictracker.documents.parts import PaperOptions
from civictracker.documents.writing import write_document
from civictracker.domain.drafts import Settings
from civictracker.services import opening, sample
from civictracker.services.composite import load_indexes, save_weights
from civictracker.services.context import Context
from civictracker.services.paper_forms import save_note
from tests.unit.documents.offices import NOW, WEEK, ask_of, document_of, make_hostile
from tests.unit.documents.test_traces import figures_of, leads_somewhere

pytestmark = pytest.mark.usefixtures("qapp")
REGULAR = ("weekly", "monthly", "quarterly", "yearly")
WEIGHTS = {"followers": 40, "posts": 20, "views": 40}
TOLD = "가중치: 친구·구독 수 40, 게시물 수 20, 조회·열람 40"


@pytest.fixture
def weighed(tmp_path: Path) -> Iterator[Context]:
    opened = opening.open_data(tmp_path / "a.db", sample.sample_now, alone=False)
    sample.build_sample(opened.context, "관악구")
    opened.context.write(save_weights, weights=WEIGHTS)
    yield opened.context
    opened.context.close()


def part_of(document: Document) -> list[object]:
    """The blocks from 종합 지수 to the next heading."""
    names = [block.text if isinstance(block, Heading) else "" for block in document.blocks]
    at = names.index("종합 지수")
    end = next((i for i in range(at + 1, len(names)) if names[i]), len(names))
    return list(document.blocks[at:end])


def table_of(document: Document) -> Table:
    return next(block for block in part_of(document) if isinstance(block, Table))


@pytest.mark.parametrize("name", REGULAR)
def test_an_office_without_an_index_prints_none(weighed: Context, name: str) -> None:
    usual = document_of(weighed, name)
    weighed.undo()
    without = document_of(weighed, name)
    assert not any(isinstance(each, Heading) and each.text == "종합 지수" for each in without.blocks)
    others = [each for each in usual.blocks if each not in part_of(usual)]
    assert tuple(others) == without.blocks
    weighed.write(
        save_note, paper=name, key=ask_of(weighed, paper_named(name)).key, section="index", text="말"
    )
    assert document_of(weighed, name).blocks == without.blocks  # no remark below what is not there


@pytest.mark.parametrize("name", REGULAR)
def test_every_figure_of_it_can_be_followed_back(weighed: Context, name: str) -> None:
    document = document_of(weighed, name)
    found = list(figures_of(replace(document, blocks=tuple(part_of(document)))))
    assert len(found) > 20
    assert [text for text, _, source in found if source is None] == []
    assert [
        text for text, value, source in found if value is not None and not leads_somewhere(weighed, source)
    ] == []
    assert all(source.told for _, _, source in found)  # not only where it stands, but how it came about


def test_the_week_is_that_of_the_room_with_its_parts(weighed: Context) -> None:
    found = {each.channel.label: each.found for each in weighed.read(load_indexes, week=WEEK)}
    before = {each.channel.label: each.found for each in weighed.read(load_indexes, week=WEEK.shift(-1))}
    table = table_of(document_of(weighed, "weekly"))
    assert [cell.text for cell in table.head[1].cells] == [
        "친구·구독 수",
        "게시물 수",
        "조회·열람",
        "금주",
        "전주",
        "증감",
    ]
    for row in table.body:
        name, *cells = row.cells
        of_week = found[name.text]
        assert [cell.value for cell in cells[:3]] == [each.index for each in of_week.components]
        assert (cells[3].value, cells[4].value) == (of_week.value, before[name.text].value)
    kakao = next(row for row in table.body if row.cells[0].text == "카카오톡 채널").cells
    assert kakao[6].value == kakao[4].value - kakao[5].value
    told = " ".join(kakao[4].source.told)
    assert "친구·구독 수 131,289 ÷ 앞 12주 평균" in told
    assert "None" not in str([cell.source.told for row in table.body for cell in row.cells if cell.source])
    assert f"{kakao[4].value}점입니다." in told


def test_a_month_is_told_week_by_week(weighed: Context) -> None:
    cells = table_of(document_of(weighed, "monthly")).body[0].cells
    (told,) = cells[1].source.told
    weeks = [Decimal(each) for each in re.findall(r"\d+\.\d", told)]
    assert len(weeks) == 3  # 11월 1주 to 3주: the month is still running
    assert abs(cells[1].value - sum(weeks) / 3) <= Decimal("0.05")


def test_what_was_left_out_is_marked_and_named(weighed: Context) -> None:
    weighed.write(save_weights, weights={"followers": 50, "clicked": 50})
    blocks = part_of(document_of(weighed, "weekly"))
    table = next(block for block in blocks if isinstance(block, Table))
    assert all(row.cells[3].text.startswith("※") for row in table.body if row.cells[3].value is not None)
    notes = next(block for block in blocks if isinstance(block, Notes))
    assert any("카카오톡 채널(클릭)" in text for text, _ in notes.lines)
    assert any(isinstance(block, Charts) for block in blocks)


def test_it_is_left_out_and_moved_as_other_parts_are(weighed: Context) -> None:
    for name in REGULAR:
        paper = paper_named(name)
        assert "index" in paper.offered(Settings(index_weights=WEIGHTS))
        assert "index" not in paper.offered(Settings())
        rest = tuple(key for key in paper.sections if key != "index")
        document = document_of(weighed, name, PaperOptions(sections=rest))
        assert "종합 지수" not in [each.text for each in document.blocks if isinstance(each, Heading)]
    assert all(paper.offered(Settings()) == paper.sections for paper in PAPERS if paper.id not in REGULAR)


def test_every_format_has_the_table_and_the_weights(weighed: Context, tmp_path: Path) -> None:
    document = document_of(weighed, "weekly")
    value = (
        next(row for row in table_of(document).body if row.cells[0].text == "네이버 블로그").cells[4].value
    )
    for ending in ("xlsx", "hwpx", "html", "pdf"):
        write_document(document, tmp_path / f"a.{ending}", now=NOW)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert float(value) in [float(cell) for cell in cells if isinstance(cell, int | float)]
    with zipfile.ZipFile(tmp_path / "a.hwpx") as archive:
        hwpx = "".join(archive.read(name).decode() for name in archive.namelist() if "section" in name)
    for text in (" ".join(map(str, cells)), hwpx, (tmp_path / "a.html").read_text("utf-8")):
        assert TOLD in text
        assert str(value) in text
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


def test_whatever_is_typed_and_however_little_is_known(tmp_path: Path) -> None:
    opened = opening.open_data(tmp_path / "h.db", sample.sample_now, alone=False)
    make_hostile(opened.context)
    opened.context.write(save_weights, weights={"followers": 100})
    for name in REGULAR:
        document = document_of(opened.context, name, PaperOptions(unfold_units=True))
        notes = tuple(block for block in part_of(document) if isinstance(block, Notes))
        assert notes
        assert [
            text for text, _, source in figures_of(replace(document, blocks=notes)) if source is None
        ] == []
        write_document(document, tmp_path / "h.pdf", now=NOW)
    opened.context.close()
