"""Pages and PDF: nothing cut, nothing lost, the text readable by machines."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from civictracker.documents import pages, paint
from civictracker.documents.layout import PAGE_HEIGHT, PAGE_WIDTH, Layout, Stroke, Text
from civictracker.documents.model import Document, Heading, Notes, Paragraph, Table
from civictracker.documents.parts import PaperOptions
from civictracker.documents.pdf import write_pdf
from civictracker.documents.periodic import report_document
from civictracker.documents.typeset import Type, Typesetter
from civictracker.errors import DiskError
from civictracker.services import sample
from civictracker.services.report_values import ReportFigures

pytestmark = pytest.mark.usefixtures("qapp")
NOW = sample.sample_now()
HOSTILE = (
    "=1+1",
    "<img src=file:///x>",
    "\u202e뒤집힌\u200f 이름",
    "소식 😀👨‍👩‍👧 채널",
    "아주긴이름" * 60,
    "여러 낱말로 " * 40,
)


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed (apt install poppler-utils)")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def words(layout: Layout, page: int | None = None) -> list[Text]:
    pages = layout.pages if page is None else [layout.pages[page]]
    return [mark for each in pages for mark in each.marks if isinstance(mark, Text)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pieces(document: Document) -> list[str]:
    """Every text of the document that must be found again."""
    found = [document.masthead.title, document.masthead.subtitle, document.masthead.byline]
    for block in document.blocks:
        match block:
            case Heading():
                found += [block.text, block.remark, block.unit]
            case Paragraph():
                found.append(block.text)
            case Notes():
                found += [text for text, _ in block.lines]
            case Table():
                found += [cell.text for row in (*block.head, *block.body) for cell in row.cells]
            case _:
                pass
    return [text for text in found if text]


def test_a_pdf_gives_back_every_word_and_digit(gwanak: ReportFigures, tmp_path: Path) -> None:
    document = report_document(gwanak, PaperOptions(unfold_units=True))
    write_pdf(document, tmp_path / "주간.pdf", now=NOW)
    text = run("pdftotext", "-raw", str(tmp_path / "주간.pdf"), "-")
    lost = [piece for piece in pieces(document) if squeezed(piece) not in squeezed(text)]
    assert lost == []
    for word in ("△4,207", "131,289", "2026. 11. 16.(월) ~ 11. 22.(일)", "끝.", "결", "담당"):
        assert word in text


def test_fonts_are_inside_and_the_properties_set(gwanak: ReportFigures, tmp_path: Path) -> None:
    path = tmp_path / "주간.pdf"
    write_pdf(report_document(gwanak), path, now=NOW)
    fonts = run("pdffonts", str(path)).splitlines()[2:]
    assert len(fonts) == 2
    assert all("NotoSansKR" in line and re.search(r"\byes +\w+ +yes\b", line) for line in fonts)
    info = run("pdfinfo", "-isodates", str(path))
    assert "주간 SNS 채널 운영 현황 보고 (2026년 11월 3주)" in info
    assert "Creator:         채널일지" in info
    assert re.search(r"CreationDate: +2026-11-20T", info)
    assert re.search(r"Pages: +1\n", info)
    assert path.stat().st_size < 120_000


def test_the_sample_takes_one_page(gwanak: ReportFigures) -> None:
    layout = pages.paginate(report_document(gwanak))
    assert pages.page_count(layout) == 1
    assert layout.density >= 0.85


def test_same_input_same_layout(gwanak: ReportFigures) -> None:
    assert pages.paginate(report_document(gwanak)) == pages.paginate(report_document(gwanak))
    other = replace(gwanak, notes=("다른 말",))
    assert pages.paginate(report_document(other)) != pages.paginate(report_document(gwanak))


def test_sixty_channels_run_over_pages_with_the_head_repeated_and_no_row_lost(sixty: Document) -> None:
    layout = pages.paginate(sixty)
    assert pages.page_count(layout) >= 2
    seen: list[int] = []
    for page in range(2):
        texts = [mark.text for mark in words(layout, page)]
        assert texts.count("증감률(%)") == 1
        assert "본청" in texts  # the group's name stands on each page, too
        rows = texts[texts.index("증감률(%)") :]
        seen += [int(text.removesuffix("번 채널")) for text in rows if text.endswith("번 채널")]
    assert seen == list(range(1, 61))
    assert [mark.text for mark in words(layout) if re.fullmatch(r"- \d+ -", mark.text)] == [
        f"- {n} -" for n in range(1, pages.page_count(layout) + 1)
    ]


@pytest.mark.parametrize("count", range(14, 40, 3))
def test_no_heading_stands_last_and_no_total_stands_alone(made, count: int) -> None:
    document = report_document(made([(f"{i}번", 10 + i, 10) for i in range(count)]))
    layout = pages.paginate(document)
    headings = {block.text for block in document.blocks if isinstance(block, Heading)}
    for page in range(pages.page_count(layout)):
        foot = f"- {page + 1} -"
        texts = [
            m.text for m in sorted(words(layout, page), key=lambda m: (round(m.y), m.x)) if m.text != foot
        ]
        assert texts[-1] not in headings
        if "합 계" in texts:
            assert f"{count - 1}번" in texts


def test_nothing_leaves_the_page_and_no_row_crosses_its_foot(sixty: Document) -> None:
    layout = pages.paginate(sixty)
    setter = pages.paper_setter()
    for page in layout.pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert mark.x >= 40
                assert mark.x + setter.width(mark.text, mark.type) <= PAGE_WIDTH - 40
                assert 30 <= mark.y <= PAGE_HEIGHT - 20
            elif isinstance(mark, Stroke):
                assert all(y <= PAGE_HEIGHT - 45 for _, y in mark.points)


def test_hostile_names_stay_inside_their_cells(made, tmp_path: Path) -> None:
    rows = [(name, 123_456_789, 123_456_790) for name in HOSTILE]
    document = report_document(made(rows, note="\n".join(HOSTILE)))
    layout = pages.paginate(document)
    setter = pages.paper_setter()
    for mark in words(layout):
        assert mark.x >= 40
        assert mark.x + setter.width(mark.text, mark.type) <= PAGE_WIDTH - 40, mark.text
        assert not re.search("[\u200b-\u200f\u202a-\u202e\ufe0f]", mark.text)
    write_pdf(document, tmp_path / "주간.pdf", now=NOW)
    text = run("pdftotext", "-raw", str(tmp_path / "주간.pdf"), "-")
    for word in ("=1+1", "<img src=file:///x>", "뒤집힌 이름", "소식 〓", "…", "123,456,789"):
        assert word in text


def test_figures_are_never_elided(made) -> None:
    huge = 12_345_678_901_234
    texts = [m.text for m in words(pages.paginate(report_document(made([("갑", huge, huge - 1)]))))]
    assert "12,345,678,901,234" in texts


def test_a_click_on_a_figure_finds_its_source(gwanak: ReportFigures) -> None:
    layout = pages.paginate(report_document(gwanak))
    mark = next(mark for mark in words(layout) if mark.text == "21,169")
    found = pages.area_at(layout, 0, mark.x + 2, mark.y - 2)
    assert found is not None
    source = found.source
    line = gwanak.groups[0].lines[1]
    assert source == line.this.source
    assert source.words == "네이버 블로그 · 친구·구독자 금주"
    area = pages.area_at(layout, 0, mark.x + 2, mark.y - 2)
    assert area is not None
    assert area.holds(mark.x, mark.y)
    assert pages.area_at(layout, 0, 1, 1) is None


def test_end_labels_of_a_chart_do_not_touch(gwanak: ReportFigures) -> None:
    layout = pages.paginate(report_document(gwanak, PaperOptions(sections=("trend",))))
    labels = sorted(mark.y for mark in words(layout) if re.search(r" 10\d\.\d", mark.text))
    assert len(labels) == 4
    assert all(after - before >= 9 for before, after in pairwise(labels))


@pytest.mark.parametrize("value", [470, 47_823, 1_234_567, 98_765_432])
def test_names_of_weeks_below_a_chart_stand_apart(value: int, made) -> None:
    """However much room the figures at the left take."""
    figures = made([(f"{i}번", None, value - i) for i in range(1, 5)])  # so that they end in (전주)
    layout = pages.paginate(report_document(figures, PaperOptions(sections=("trend",))))
    ticks = [mark for mark in words(layout) if re.fullmatch(r"\d주", mark.text)]
    assert len(ticks) >= 12
    setter = pages.paper_setter()
    for before, after in pairwise(sorted(ticks, key=lambda mark: mark.x)):
        assert after.x - before.x - setter.width(before.text, before.type) >= 2.0
        assert after.type.size >= 5.8


def test_pictures_have_ink_and_the_size_of_a4(gwanak: ReportFigures, tmp_path: Path) -> None:
    images = paint.page_images(report_document(gwanak), 60)
    assert [(image.width(), image.height()) for image in images] == [(496, 702)]
    dark = sum(images[0].pixelColor(x, y).lightness() < 100 for x in range(496) for y in range(0, 702, 3))
    assert dark > 1_000
    written = paint.write_png(report_document(gwanak), tmp_path / "주간.png", dpi=60)
    assert [path.name for path in written] == ["주간.png"]
    assert written[0].read_bytes().startswith(b"\x89PNG")


def test_a_failed_write_leaves_the_old_file_and_says_so(gwanak: ReportFigures, tmp_path: Path) -> None:
    target = tmp_path / "폴더.pdf"
    target.mkdir()
    with pytest.raises(DiskError, match=r"폴더\.pdf"):
        write_pdf(report_document(gwanak), target, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["폴더.pdf"]


class _Square:
    """A font in which every character is as wide as high, and 뷁 is missing."""

    def advance(self, char: str, *, bold: bool) -> float | None:
        return None if char == "뷁" else 1.0


def test_lines_break_at_blanks_and_long_words_anywhere() -> None:
    setter = Typesetter(_Square())
    assert setter.lines("가나 다라 마바", 50, Type(10)) == ("가나 다라", "마바")
    assert setter.lines("가나다라마바사", 30, Type(10)) == ("가나다", "라마바", "사")
    assert setter.lines("가나 다라 마바 사아", 20, Type(10), most=2) == ("가나", "다…")
    assert setter.clean("뷁\u200b가\u1100\u1161") == "〓가가"
