"""The document for 한글: a whole package, valid against the standard, with nothing lost on the way."""

from __future__ import annotations

import io
import typing
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hwpx import HwpxDocument
from hwpx.tools.validator import validate_document
from lxml import etree

from civictracker.documents.flow import WIDTH
from civictracker.documents.hwpx import hwpx_bytes, write_hwpx
from civictracker.documents.hwpx_body import Body
from civictracker.documents.hwpx_head import Head
from civictracker.documents.hwpx_masthead import _title
from civictracker.documents.hwpx_text import SURE, Writer
from civictracker.documents.markup import plain
from civictracker.documents.model import ApprovalBox, Block, Document, Heading, PageBreak, Table
from civictracker.documents.pages import paper_setter
from civictracker.documents.paint import page_images
from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document
from civictracker.documents.tables import grid
from civictracker.documents.typeset import Type
from civictracker.errors import DiskError
from civictracker.services.report_values import ReportFigures
from tests.unit.documents.every_block import document_of, picture
from tests.unit.documents.hostile import HOSTILE

pytestmark = pytest.mark.usefixtures("qapp")
_2011 = "http://www.hancom.co.kr/hwpml/2011"
NS = {"hp": f"{_2011}/paragraph", "hs": f"{_2011}/section", "hc": f"{_2011}/core", "hh": f"{_2011}/head",
      "opf": "http://www.idpf.org/2007/opf/"}  # fmt: skip
# Text on a page may change these; what stands for them is compared.
_SPACES = str.maketrans({"\u00a0": " ", "\u3000": " "})


def package(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def section(document: Document) -> etree._Element:
    """Contents/section0.xml alone: charts are not drawn, so that hundreds take no time."""
    body = Body(Writer(Head()), paper_setter(), 1.0, lambda *_: b"\x89PNG")
    return etree.fromstring(body.xml(document).encode())


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(package(content).read(name))


def texts(root: etree._Element) -> list[str]:
    """The words of each paragraph, runs joined."""
    return [
        "".join(t.text or "" for t in p.iterfind("hp:run/hp:t", NS)) for p in root.iter(f"{{{NS['hp']}}}p")
    ]


def tables(root: etree._Element, document: Document) -> list[etree._Element]:
    """The paper's own tables, without those that only hold things in place."""
    names = {plain(block.name) for block in document.blocks if isinstance(block, Table)}
    return [
        table
        for table in root.iter(f"{{{NS['hp']}}}tbl")
        if table.findtext("hp:shapeComment", "", NS) in names
    ]


def cell_text(cell: etree._Element) -> str:
    return "\n".join(texts(cell)).strip()


# --- the package --------------------------------------------------------------------------------


def test_its_first_bytes_tell_its_kind_and_equal_papers_are_equal_bytes(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    content = hwpx_bytes(document)
    assert content == hwpx_bytes(document)
    first = package(content).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert content[30:57] == b"mimetypeapplication/hwp+zip"


def test_every_part_that_is_named_is_there_and_well_formed(gwanak: ReportFigures) -> None:
    content = hwpx_bytes(report_document(gwanak))
    names = package(content).namelist()
    assert len(names) == len(set(names))
    for name in names:
        if name.endswith((".xml", ".hpf", ".rdf")):
            part(content, name)
    items = part(content, "Contents/content.hpf").findall(".//opf:item", NS)
    assert {item.get("href") for item in items} < set(names)
    pictures = {item.get("id") for item in items if item.get("media-type") == "image/png"}
    used = {
        each.get("binaryItemIDRef")
        for each in part(content, "Contents/section0.xml").iter(f"{{{NS['hc']}}}img")
    }
    assert pictures == used == {"image1", "image2"}
    rootfiles = part(content, "META-INF/container.xml")[0]
    assert {each.get("full-path") for each in rootfiles} <= set(names)
    preview = package(content).read("Preview/PrvText.txt").decode()
    assert preview.startswith("주간 SNS 채널 운영 현황 보고\r\n")


@pytest.mark.parametrize("document", [document_of(), document_of("가" * 300), document_of("")], ids=["usual", "long", "none"])  # fmt: skip
def test_it_is_valid_against_the_standard(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "보고.hwpx"
    write_hwpx(document, path)
    assert [str(each) for each in validate_document(path).issues] == []


def test_the_weekly_paper_is_valid_with_any_approval_box(gwanak: ReportFigures, tmp_path: Path) -> None:
    path = tmp_path / "보고.hwpx"
    for names in ((), ("담당", "과장"), ("담당", "팀장", "과장", "국장", "부군수")):
        write_hwpx(report_document(gwanak, PaperOptions(approval=names)), path)
        assert [str(each) for each in validate_document(path).issues] == []


def test_every_look_that_is_referred_to_is_written_down() -> None:
    content = hwpx_bytes(document_of())
    head, body = part(content, "Contents/header.xml"), part(content, "Contents/section0.xml")
    lists = {
        "charPrIDRef": "charPr",
        "paraPrIDRef": "paraPr",
        "styleIDRef": "style",
        "borderFillIDRef": "borderFill",
    }
    for reference, name in lists.items():
        known = [each.get("id") for each in head.iter(f"{{{NS['hh']}}}{name}")]
        used = {each.get(reference) for each in (*body.iter(), *head.iter()) if each.get(reference)}
        assert used <= set(known)
        assert len(known) == len(set(known)) == int(head.find(f".//hh:{name}", NS).getparent().get("itemCnt"))
    assert len({p.get("id") for p in body.iter(f"{{{NS['hp']}}}p")}) == len(texts(body))


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        write_hwpx(document_of(), tmp_path / "없음" / "a.hwpx")


# --- what stands on the paper --------------------------------------------------------------------


def test_each_block_of_the_model_is_written() -> None:
    blocks = document_of().blocks
    assert {type(block) for block in blocks} == set(typing.get_args(Block))
    empty = len(texts(section(replace(document_of(), blocks=()))))
    for block in blocks:
        assert len(texts(section(replace(document_of(), blocks=(block,))))) > empty, type(block)


def test_words_stand_as_on_paper(gwanak: ReportFigures) -> None:
    lines = texts(section(report_document(gwanak)))
    assert any(line.startswith("○ 전체 친구·구독자 ※18만 221명") for line in lines)
    assert any(line.startswith("- 네이버 블로그 85명") for line in lines)
    assert any(line.startswith("※ 합계는 12개 채널 중") for line in lines)
    assert "□ 금주 게시·발송 실적 (3건)" in lines
    assert "(단위: 건)" in lines
    assert lines[-1].endswith("  끝.")


def test_merged_cells_stand_where_they_stand_in_the_model(gwanak: ReportFigures) -> None:
    for document in (document_of("글"), report_document(gwanak, PaperOptions(unfold_units=True))):
        wanted = [block for block in document.blocks if isinstance(block, Table)]
        found = tables(section(document), document)
        assert len(found) == len(wanted)
        for table, made in zip(wanted, found, strict=True):
            cells = {}
            for cell in made.iterfind("hp:tr/hp:tc", NS):
                at, span = cell.find("hp:cellAddr", NS), cell.find("hp:cellSpan", NS)
                place = (int(at.get("rowAddr")), int(at.get("colAddr")))
                cells[place] = (int(span.get("rowSpan")), int(span.get("colSpan")), cell_text(cell))
            head = len(table.head)
            assert cells == {
                (row + first, column): (cell.rowspan, cell.colspan, cell.text)
                for rows, first in ((table.head, 0), (table.body, head))
                for cell, row, column in grid(rows)
            }


def test_cells_cover_their_table_once_and_it_fits_the_page(gwanak: ReportFigures) -> None:
    for document in (document_of(), report_document(gwanak), replace(document_of(), masthead=replace(
            document_of().masthead, approval=None, emblem=None))):  # fmt: skip
        root = section(document)
        page = root.find(".//hp:pagePr", NS)
        margin = page.find("hp:margin", NS)
        room = int(page.get("width")) - int(margin.get("left")) - int(margin.get("right"))
        assert (int(page.get("width")), int(page.get("height"))) == (59528, 84189)
        for table in root.iter(f"{{{NS['hp']}}}tbl"):
            covered: Counter[tuple[int, int]] = Counter()
            widths: dict[int, int] = {}
            for cell in table.iterfind("hp:tr/hp:tc", NS):
                at, span, size = (cell.find(f"hp:{name}", NS) for name in ("cellAddr", "cellSpan", "cellSz"))
                row, column = int(at.get("rowAddr")), int(at.get("colAddr"))
                down, right = int(span.get("rowSpan")), int(span.get("colSpan"))
                covered.update((row + i, column + k) for i in range(down) for k in range(right))
                if right == 1:
                    widths[column] = int(size.get("width"))
            rows, columns = int(table.get("rowCnt")), int(table.get("colCnt"))
            assert covered == Counter((i, k) for i in range(rows) for k in range(columns))
            assert all(row.find("hp:tc", NS) is not None for row in table.iterfind("hp:tr", NS))
            whole = int(table.find("hp:sz", NS).get("width"))
            assert whole <= room + 1
            assert len(widths) < columns or sum(widths.values()) == whole


def test_a_long_table_repeats_its_head_and_breaks_between_rows(sixty: Document) -> None:
    root = section(sixty)
    long = max(tables(root, sixty), key=lambda table: int(table.get("rowCnt")))
    assert (long.get("repeatHeader"), long.get("pageBreak")) == ("1", "TABLE")
    assert long.find("hp:pos", NS).get("treatAsChar") == "0"  # 한글 never divides a table that is a letter
    heads = [row for row in long.iterfind("hp:tr", NS) if row.find("hp:tc", NS).get("header") == "1"]
    assert len(heads) == 2
    assert {f"{i}번 채널" for i in range(1, 61)} <= set(texts(long))


def test_beside_five_boxes_the_period_stays_on_one_line(gwanak: ReportFigures) -> None:
    five = PaperOptions(approval=("담당", "팀장", "담당관", "부구청장", "구청장"))
    masthead = report_document(gwanak, five).masthead
    room = WIDTH - 14.0 - 17.0 - 5 * 48.0
    setter = paper_setter()
    _, period, _ = _title(masthead, room, setter)
    assert period.letters.size < 10.6
    assert setter.width(period.text, Type(period.letters.size)) <= room * SURE
    wide = _title(report_document(gwanak).masthead, WIDTH, setter)
    assert [each.letters.size for each in wide[1:]] == [10.6, 9.2]
    endless = _title(replace(masthead, subtitle="가 " * 300), room, setter)[1]
    assert endless.letters.size == 10.6  # breaks its lines instead


def test_the_approval_box_strikes_out_who_does_not_sign() -> None:
    document = document_of("담당")
    boxed = ApprovalBox(("담당", "팀장", "과장", "국장"), "과장")
    content = hwpx_bytes(replace(document, masthead=replace(document.masthead, approval=boxed)))
    head, body = part(content, "Contents/header.xml"), part(content, "Contents/section0.xml")
    struck = {
        each.get("id") for each in head.iter(f"{{{NS['hh']}}}borderFill")
        if each.find("hh:slash", NS).get("type") == "CENTER"
    }  # fmt: skip
    table = next(body.iter(f"{{{NS['hp']}}}tbl"))
    signs = [
        (cell_text(cell), cell.get("borderFillIDRef") in struck)
        for cell in table.iterfind("hp:tr/hp:tc", NS) if cell.find("hp:cellAddr", NS).get("rowAddr") == "1"
    ]  # fmt: skip
    assert signs == [("", False), ("", False), ("전결", False), ("", True)]


def test_a_page_break_begins_a_page_and_figures_stand_right() -> None:
    root = section(replace(document_of(), blocks=(Heading("앞"), PageBreak(), Heading("뒤"))))
    broken = [p.get("pageBreak") for p in root.iterfind("hp:p", NS)]
    assert broken == ["0", "0", "1", "0"]
    content = hwpx_bytes(document_of())
    looks = {each.get("id"): each.find("hh:align", NS).get("horizontal")
             for each in part(content, "Contents/header.xml").iter(f"{{{NS['hh']}}}paraPr")}  # fmt: skip
    numbers = [
        p for p in part(content, "Contents/section0.xml").iter(f"{{{NS['hp']}}}p")
        if texts(p)[:1] == ["△1,234"] and p.getparent().tag.endswith("subList")
    ]  # fmt: skip
    assert numbers
    assert {looks[p.get("paraPrIDRef")] for p in numbers} == {"RIGHT"}


def test_the_page_number_and_the_emblem() -> None:
    content = hwpx_bytes(document_of())
    number = part(content, "Contents/section0.xml").find(".//hp:pageNum", NS)
    assert (number.get("pos"), number.get("sideChar")) == ("BOTTOM_CENTER", "-")
    assert package(content).read("BinData/image1.png") == picture().data


# --- another program reads it ----------------------------------------------------------------------


def test_another_program_reads_the_same_words(gwanak: ReportFigures, tmp_path: Path) -> None:
    document = report_document(gwanak)
    path = tmp_path / "보고.hwpx"
    write_hwpx(document, path)
    opened = HwpxDocument.open(path)
    read = opened.text.plain()
    opened.close()
    for block in document.blocks:
        if isinstance(block, Table):
            assert all(cell.text in read for row in block.body for cell in row.cells)
    assert "주간 SNS 채널 운영 현황 보고" in read


# --- what people write -----------------------------------------------------------------------------


def test_two_hundred_strange_texts_stay_text() -> None:
    assert len(HOSTILE) >= 200
    usual = Counter(each.tag for each in section(document_of()).iter())
    for text in HOSTILE:
        root = section(document_of(text))
        shown = plain(text)
        assert texts(root).count(shown) >= 5 or not shown.strip(), repr(text)
        made = Counter(each.tag for each in root.iter())
        assert set(made) <= set(usual), repr(text)
        assert {k: v for k, v in made.items() if not k.endswith(("}t", "}run", "shapeComment"))} == {
            k: v for k, v in usual.items() if not k.endswith(("}t", "}run", "shapeComment"))
        } or not shown, repr(text)


def test_strange_texts_make_a_whole_package(tmp_path: Path) -> None:
    for text in ("]]><script>", "\ud800\x00\ufffe", "&b;\u202e=1+1", "👨‍👩‍👧‍👦"):
        path = tmp_path / "a.hwpx"
        write_hwpx(document_of(text), path)
        assert [str(each) for each in validate_document(path).issues] == []
        HwpxDocument.open(path).close()


def test_another_thread_draws_the_same_while_this_one_draws(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    alone = hwpx_bytes(document)
    with ThreadPoolExecutor(2) as pool:
        aside = [pool.submit(hwpx_bytes, document) for _ in range(4)]
        while not all(each.done() for each in aside):
            page_images(document, dpi=60)
    assert all(each.result() == alone for each in aside)
