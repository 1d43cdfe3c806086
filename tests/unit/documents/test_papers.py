"""Every paper of the registry: what it says, in which order, and that nothing typed can break it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from civictracker.documents.batch import asks_of_channels, asks_of_year, write_all
from civictracker.documents.html import html
from civictracker.documents.hwpx import hwpx_bytes
from civictracker.documents.layout import PAGE_HEIGHT, PAGE_WIDTH, Text
from civictracker.documents.model import (
    Document,
    Heading,
    Headline,
    Notes,
    Paragraph,
    Picture,
    Signatures,
    Table,
)
from civictracker.documents.pages import page_count, paginate, paper_setter
from civictracker.documents.papers import make_document, paper_named, with_form
from civictracker.documents.parts import PaperOptions
from civictracker.documents.pdf import pdf_bytes, write_pdf
from civictracker.documents.xlsx import SHEET, write_xlsx
from civictracker.domain.texts import clean
from civictracker.errors import CancelledError, InputError
from civictracker.services import opening, sample, settings
from civictracker.services.context import Context
from civictracker.services.paper_forms import delete_form, list_forms, load_notes, save_form, save_note
from civictracker.services.report_head import save_emblem
from tests.unit.documents.hostile import TYPED
from tests.unit.documents.offices import IDS, NOW, ask_of, document_of


def headings(document: Document) -> list[str]:
    return [(block.text if isinstance(block, Heading) else block.title) for block in document.blocks
             if isinstance(block, Heading | Headline)]  # fmt: skip


# --- all of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_every_paper_has_its_sections_and_ends_as_papers_do(gwanak_data: Context, name: str) -> None:
    document = document_of(gwanak_data, name)
    assert headings(document)
    assert document.masthead.subtitle
    assert page_count(paginate(document)) <= 2
    texts = [m.text for page in paginate(document).pages for m in page.marks if isinstance(m, Text)]
    assert sum(text.endswith("끝.") for text in texts) == 1


@pytest.mark.parametrize("name", IDS)
def test_sections_stand_in_the_order_that_was_chosen(gwanak_data: Context, name: str) -> None:
    paper = paper_named(name)
    usual = headings(document_of(gwanak_data, name))
    sections = tuple(reversed(paper.sections))
    turned = headings(document_of(gwanak_data, name, PaperOptions(sections=sections)))
    assert sorted(turned) == sorted(usual)
    assert len(usual) < 2 or turned != usual
    first = "body" if name == "press" else next(iter(paper.sections))  # 배포 정보 has no heading
    assert len(headings(document_of(gwanak_data, name, PaperOptions(sections=(first,))))) == 1
    with pytest.raises(KeyError):
        document_of(gwanak_data, name, PaperOptions(sections=("nothing",)))


@pytest.mark.parametrize("name", IDS)
def test_nothing_that_was_typed_breaks_a_page_or_becomes_alive(
    hostile: Context, name: str, tmp_path: Path
) -> None:
    document = document_of(hostile, name, PaperOptions(unfold_units=True))
    layout = paginate(document)
    setter = paper_setter()
    for page in layout.pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert 40 <= mark.x <= mark.x + setter.width(mark.text, mark.type) <= PAGE_WIDTH - 40, (
                    mark.text
                )
                assert 20 <= mark.y <= PAGE_HEIGHT - 20
                assert not re.search("[\x00-\x1f\u200b-\u200f\u2028-\u202e\ufeff]", mark.text)
    pdf = pdf_bytes(document, layout, NOW)
    for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/AA", b"/OpenAction"):
        assert word not in re.sub(rb"stream\n.*?endstream", b"", pdf, flags=re.DOTALL)
    write_xlsx(document, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        for part in book.namelist():
            content = book.read(part)
            assert b'TargetMode="External"' not in content, part
            if part.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in content
                assert b"<hyperlink" not in content
            assert not part.startswith("xl/externalLinks")
    CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name(SHEET).to_python()
    page = html(document)
    assert not re.search(r"<(script|iframe|object|embed|link|base|form)\b|\son\w+\s*=\s*[\"']", _bare(page))
    assert re.findall(r"(?:src|href)=\"(?!data:|#)", _bare(page)) == []


@pytest.mark.parametrize("name", IDS)
def test_nothing_that_was_typed_breaks_the_document_for_hangul(hostile: Context, name: str, qapp) -> None:
    document = document_of(hostile, name, PaperOptions(unfold_units=True))
    with zipfile.ZipFile(io.BytesIO(hwpx_bytes(document))) as package:
        section = etree.fromstring(package.read("Contents/section0.xml"))
        etree.fromstring(package.read("Contents/content.hpf"))
    tables = sum(isinstance(block, Table) for block in document.blocks)
    assert sum(1 for _ in section.iter("{http://www.hancom.co.kr/hwpml/2011/paragraph}tbl")) >= tables


def _bare(page: str) -> str:
    """Mark-up without what stands between tags."""
    return "".join(re.findall(r"<[^<>]*>", page))


@pytest.mark.parametrize("name", IDS)
def test_a_paper_of_an_office_without_anything_is_still_a_page(name: str, tmp_path: Path) -> None:
    opened = opening.open_data(tmp_path / "a.db", sample.sample_now, alone=False)
    paper = paper_named(name)
    if paper.of:
        with pytest.raises((InputError, IndexError)):
            make_document(opened.context, paper, ask_of(opened.context, paper))
    else:
        document = document_of(opened.context, name)
        assert page_count(paginate(document)) == 1
        write_xlsx(document, tmp_path / "a.xlsx")
    opened.context.close()


def test_a_press_release_tells_what_its_figures_were_held_against(gwanak_data: Context) -> None:
    document = document_of(gwanak_data, "press")
    told = [words for block in document.blocks if isinstance(block, Paragraph) and block.source
            for words in block.source.told]  # fmt: skip
    assert any("60%" in words and "다름" in words for words in told)
    assert any("13만1,289명" in words and "맞음" in words for words in told), told


# --- what the longer reports add --------------------------------------------------------------


def test_the_weeks_of_a_month_add_up_and_the_last_level_stands(gwanak_data: Context) -> None:
    paper = paper_named("monthly")
    found = paper.read(gwanak_data, ask_of(gwanak_data, paper))
    assert found.name == "2026년 11월"
    assert [step.name for step in found.steps] == ["11월 1주", "11월 2주", "11월 3주"]
    assert sum(int(step.posts.value) for step in found.steps) == found.total.posts.value
    kakao = found.groups[0].lines[0]
    assert kakao.this.value == 131_289
    assert [tick.text for tick in found.ticks][-1] == "11월"
    words = " ".join(sentence.text for sentence in found.sentences)
    assert "전월 대비" in words
    assert "전년 동기 대비" in words
    assert "금주" not in words
    assert any(each.kind == "slip" for each in found.warnings)  # 4,702 → 470 is odd in a month, too


def test_a_year_counts_its_months(gwanak_data: Context) -> None:
    paper = paper_named("yearly")
    found = paper.read(gwanak_data, ask_of(gwanak_data, paper))
    assert [step.name for step in found.steps] == [f"{month}월" for month in range(1, 12)]
    assert found.total.posts.value == sum(int(step.posts.value) for step in found.steps)
    assert found.title == "연간 SNS 채널 운영 현황 보고"


def test_several_years_stand_side_by_side(gwanak_data: Context) -> None:
    table = next(block for block in document_of(gwanak_data, "audit").blocks if isinstance(block, Table))
    assert [cell.text for cell in table.head[0].cells] == [
        "채널", "2022년", "2023년", "2024년", "2025년", "2026년(11. 20. 현재)",
    ]  # fmt: skip
    assert table.body[0].cells[-1].value == 131_289
    assert table.body[-1].cells[1].value == sum(
        row.cells[1].value for row in table.body[:-1] if row.cells[1].value is not None
    )


def test_the_handover_is_signed_by_three(gwanak_data: Context) -> None:
    document = document_of(gwanak_data, "handover")
    signed = next(block for block in document.blocks if isinstance(block, Signatures))
    assert [each.role for each in signed.items] == ["인계자", "인수자", "입회자"]
    assert document.masthead.approval is None
    boxed = document_of(gwanak_data, "handover", PaperOptions(approval=("담당", "과장")))
    assert boxed.masthead.approval is not None


# --- what the office keeps --------------------------------------------------------------------


def test_remarks_stand_below_their_section_and_are_kept_for_their_period(gwanak_data: Context) -> None:
    paper, ask = paper_named("monthly"), ask_of(gwanak_data, paper_named("monthly"))
    gwanak_data.write(save_note, paper="monthly", key=ask.key, section="channels", text="새 채널 준비 중")
    gwanak_data.write(save_note, paper="monthly", key=ask.key, section="notes", text="행사 많음")
    document = make_document(gwanak_data, paper, ask)
    at = headings(document).index("채널별 현황")
    lines = [block.lines for block in document.blocks if isinstance(block, Notes)]
    assert any("새 채널 준비 중" in [text for text, _ in each] for each in lines)
    assert any(any(text.startswith("행사 많음") for text, _ in each) for each in lines)
    assert at == 1
    before = make_document(gwanak_data, paper, replace(ask, period=ask.period.shift(-1)))
    assert "새 채널" not in str(before.blocks)
    gwanak_data.write(save_note, paper="monthly", key=ask.key, section="channels", text=" ")
    assert "channels" not in gwanak_data.read(load_notes, paper="monthly", key=ask.key)


def test_a_form_of_the_office_is_kept_replaced_and_undone(gwanak_data: Context) -> None:
    weekly = paper_named("weekly")
    gwanak_data.write(save_form, name="국장 보고", paper="weekly", sections=("notes", "summary"),
                      approval=("담당", "국장"), delegated="국장", title="주간 요약")  # fmt: skip
    options = with_form(gwanak_data, weekly, "국장 보고")
    document = make_document(gwanak_data, weekly, ask_of(gwanak_data, weekly), options)
    assert headings(document) == ["특이사항", "총괄"]
    assert document.masthead.title == "주간 요약"
    assert document.masthead.approval.delegated == "국장"
    gwanak_data.write(save_form, name="국장 보고", paper="weekly", sections=("summary",))
    assert [form.sections for form in gwanak_data.read(list_forms, paper="weekly")] == [("summary",)]
    gwanak_data.write(delete_form, paper="weekly", name="국장 보고")
    assert gwanak_data.read(list_forms) == []
    gwanak_data.undo()
    assert [form.name for form in gwanak_data.read(list_forms)] == ["국장 보고"]
    with pytest.raises(InputError, match="없는 것"):
        with_form(gwanak_data, weekly, "없는 것")
    with pytest.raises(InputError, match="서식 이름"):
        gwanak_data.write(save_form, name=" ", paper="weekly", sections=())


# --- many at once -----------------------------------------------------------------------------


def test_a_year_of_weeks_is_written_once_and_nothing_is_replaced(
    gwanak_data: Context, tmp_path: Path
) -> None:
    paper = paper_named("quarterly")
    asks = asks_of_year(
        paper, 2026, ask_of(gwanak_data, paper), gwanak_data.read(settings.load_settings).naming
    )
    assert [ask.period.code for ask in asks] == [f"2026-Q{n}" for n in range(1, 5)]
    (tmp_path / "분기 SNS 채널 운영 현황 보고 (2026년 1분기).xlsx").write_text("내가 고친 것")
    told: list[float | None] = []
    made = write_all(
        gwanak_data, paper, asks, tmp_path, ".xlsx", report=lambda _words, share: told.append(share)
    )
    assert len(made) == len(list(tmp_path.iterdir())) - 1 == 4
    assert (tmp_path / "분기 SNS 채널 운영 현황 보고 (2026년 1분기).xlsx").read_text() == "내가 고친 것"
    assert told == [0.0, 0.25, 0.5, 0.75, 1.0]
    weekly = paper_named("weekly")
    weeks = asks_of_year(
        weekly, 2026, ask_of(gwanak_data, weekly), gwanak_data.read(settings.load_settings).naming
    )
    assert (weeks[0].period.code, weeks[-1].period.code, len(weeks)) == ("2026-W01", "2026-W47", 47)


def test_cancelling_leaves_no_paper_behind(gwanak_data: Context, tmp_path: Path) -> None:
    paper = paper_named("channel")
    asks = asks_of_channels(gwanak_data, ask_of(gwanak_data, paper))
    assert len(asks) == 12

    def stop(_words: str, share: float | None) -> None:
        if share and share > 0.2:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_all(gwanak_data, paper, asks, tmp_path, ".pdf", report=stop)
    assert list(tmp_path.iterdir()) == []


# --- the emblem -------------------------------------------------------------------------------


def test_the_emblem_stands_beside_the_title_in_every_format(hostile: Context, tmp_path: Path, qapp) -> None:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QColor, QImage

    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(200, 0, 0, 128))
    content = QByteArray()
    buffer = QBuffer(content)
    image.save(buffer, "PNG")
    hostile.write(save_emblem, emblem=(bytes(content.data()), 40, 20))
    document = document_of(hostile, "plan")
    assert document.masthead.emblem == Picture(bytes(content.data()), 40, 20, f"{clean(TYPED[0])} 상징")
    write_pdf(document, tmp_path / "a.pdf", now=NOW)
    if shutil.which("pdfimages"):  # poppler's; Windows has none
        listed = subprocess.run(
            ["pdfimages", "-list", tmp_path / "a.pdf"], capture_output=True, text=True, check=True
        )
        assert "40    20" in listed.stdout
    write_xlsx(document, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert any(part.startswith("xl/media/") for part in book.namelist())
    hostile.write(save_emblem, emblem=None)
    assert document_of(hostile, "plan").masthead.emblem is None
