"""The PDF's inside: tags, bookmarks, archive, equal bytes; looked at by others' programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from civictracker.documents.layout import Text
from civictracker.documents.model import Heading, PageBreak
from civictracker.documents.pages import paginate
from civictracker.documents.parts import PaperOptions
from civictracker.documents.pdf import pdf_bytes, write_pdf
from civictracker.documents.pdf_archive import srgb_profile
from civictracker.documents.pdf_file import PdfFile, number, written
from civictracker.documents.pdf_font import EmbeddedFont
from civictracker.documents.pdf_pictures import decoded
from civictracker.documents.periodic import report_document
from civictracker.services import sample
from civictracker.services.report_values import ReportFigures

NOW = sample.sample_now()
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def pdf(gwanak: ReportFigures, tmp_path: Path) -> Path:
    path = tmp_path / "주간.pdf"
    write_pdf(report_document(gwanak, PaperOptions(unfold_units=True)), path, now=NOW)
    return path


def test_a_screen_reader_finds_headings_paragraphs_tables_and_figures(pdf: Path) -> None:
    told = run("pdfinfo", "-struct-text", str(pdf))
    assert "Tagged:          yes" in run("pdfinfo", str(pdf))
    kinds = re.findall(r"^ +(\w+)(?: \(block\))?:?$", told, re.MULTILINE)
    assert {"H1", "H2", "P", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure"} <= set(kinds)
    first = told.splitlines()
    assert first[0] == "Document"
    assert "H1" in first[1]
    assert "/Scope /Column" in told
    assert re.search(r"RowSpan 2", told)
    # reading order is the paper's, though shades are drawn first
    assert [told.index(f'"{word}') for word in ("총괄", "채널별 현황", "추이", "특이사항")] == sorted(
        told.index(f'"{word}') for word in ("총괄", "채널별 현황", "추이", "특이사항")
    )


def test_every_row_of_a_table_has_all_its_cells(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    tags = [tag for page in paginate(document).pages for tag in page.tags]
    rows: dict[tuple[object, ...], int] = {}
    for tag in tags:
        if tag.path[0][0] == "Table":
            for down in range(tag.rowspan):
                key = (tag.path[0], tag.path[1], tag.path[2][1][0] + down)
                rows[key] = rows.get(key, 0) + tag.colspan
    by_table: dict[object, set[int]] = {}
    for (table, _, _), width in rows.items():
        by_table.setdefault(table, set()).add(width)
    assert by_table
    assert all(len(widths) == 1 for widths in by_table.values())


def test_charts_tell_what_they_show(gwanak: ReportFigures) -> None:
    tags = [tag for page in paginate(report_document(gwanak)).pages for tag in page.tags]
    alts = [tag.alt for tag in tags if tag.path[-1][0] == "Figure"]
    assert len(alts) == 2
    assert "카카오톡 채널" in alts[0]


def test_bookmarks_lead_to_every_heading(gwanak: ReportFigures, pdf: Path) -> None:
    content = pdf.read_bytes()
    for block in report_document(gwanak).blocks:
        if isinstance(block, Heading):
            assert b"/Title " + written(block.text) in content
    assert content.count(b"/XYZ") == 7  # the title and six sections
    assert written("ko-KR") in content
    assert b"/DisplayDocTitle true" in content


def test_an_independent_validator_finds_an_archive(pdf: Path) -> None:
    """Apache PDFBox Preflight: PDF/A-1b (apt install libpdfbox2-java libactivation-java libjaxb-api-java)."""
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]
    if not all(jar.exists() for jar in jars):
        pytest.skip("no preflight here (apt install libpdfbox2-java libactivation-java libjaxb-api-java)")
    path = ":".join(map(str, jars))
    told = run("java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(pdf))
    assert "is a valid PDF/A-1b file" in told


def test_it_says_that_screen_readers_can_read_it(pdf: Path) -> None:
    """PDF/UA-1, with the description of the property that PDF/A-1 asks of what it does not know."""
    xmp = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", pdf.read_bytes(), re.DOTALL)
    assert xmp is not None
    told = etree.fromstring(xmp[0])
    assert told.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    assert (
        told.findtext(".//{http://www.aiim.org/pdfa/ns/schema#}namespaceURI")
        == "http://www.aiim.org/pdfua/ns/id/"
    )


def test_a_streams_end_is_plain_whatever_its_last_byte_is() -> None:
    """A lone LF behind a CR would be taken for one line end, and the stream for one byte too long."""
    file = PdfFile()
    ref = file.stream(b"data\r", deflated=False)
    assert b"/Length 5>>\nstream\ndata\r\r\nendstream" in file.content(root=ref, info=ref)


def test_equal_data_and_date_give_equal_bytes_in_any_process(gwanak: ReportFigures, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from civictracker.documents.papers import Ask, make_document, paper_named\n"
        "from civictracker.documents.pdf import write_pdf\n"
        "from civictracker.domain.weeks import Period\n"
        "from civictracker.services import opening, sample\n"
        "folder = Path(sys.argv[1]); folder.mkdir()\n"
        "opened = opening.open_data(folder / 'a.db', sample.sample_now, alone=False)\n"
        "sample.build_sample(opened.context, '관악구'); now = sample.sample_now()\n"
        "ask = Ask(Period.week(now.date()), now)\n"
        "write_pdf(make_document(opened.context, paper_named('weekly'), ask), folder / 'a.pdf', now=now)\n"
        "assert 'PySide6' not in sys.modules\n"
        "opened.context.close()\n"
    )
    for name in ("하나", "둘"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
    first, second = ((tmp_path / name / "a.pdf").read_bytes() for name in ("하나", "둘"))
    assert first == second
    assert first == pdf_bytes(report_document(gwanak), paginate(report_document(gwanak)), NOW)


def test_letters_that_share_a_sign_are_copied_out_as_they_went_in() -> None:
    font = EmbeddedFont(bold=False)
    assert font.coded("가나가") == b"000100020001"
    _, glyphs, widths = font._subset()
    assert len(glyphs) == len(widths) == 2
    assert widths == [920.0, 920.0]


def test_values_in_pdfs_own_writing() -> None:
    assert number(1.5) == b"1.5"
    assert number(-0.0001) == b"0"
    assert number(595.276) == b"595.276"
    assert written("가(") == b"<feffac000028>"
    assert written({"A": [1, True, b"/N"]}) == b"<</A [1 true /N]>>"
    with pytest.raises(TypeError):
        written(None)


def test_the_profile_is_one() -> None:
    from PySide6.QtGui import QColorSpace

    found = QColorSpace.fromIccProfile(srgb_profile())
    assert found.isValid()
    assert found.primaries() == QColorSpace.Primaries.SRgb


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 4])
def test_pictures_are_unpacked_whatever_their_filter(kind: int) -> None:
    import struct

    rows = [bytes(range(10, 22)), bytes(range(40, 52))]
    raw = b""
    before = bytes(12)
    for line in rows:
        packed = bytearray()
        for i, each in enumerate(line):
            left, corner = (line[i - 4], before[i - 4]) if i >= 4 else (0, 0)
            up = before[i]
            p = left + up - corner
            paeth = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
            guess = (0, left, up, (left + up) // 2, paeth)[kind]
            packed.append((each - guess) & 0xFF)
        raw += bytes([kind]) + bytes(packed)
        before = line

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 3, 2, 8, 6, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(raw)) + part(b"IEND", b"")
    )
    width, height, rgb = decoded(png)
    assert (width, height) == (3, 2)
    wanted = [
        (line[i + k] * line[i + 3] + 255 * (255 - line[i + 3])) // 255
        for line in rows for i in (0, 4, 8) for k in range(3)
    ]  # fmt: skip
    assert list(rgb) == wanted


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        decoded(b"GIF89a")


def test_a_page_begins_where_it_is_told_to(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    blocks = list(document.blocks)
    at = next(i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "추이")
    broken = replace(document, blocks=(*blocks[:at], PageBreak(), *blocks[at:]))
    assert [len(paginate(each).pages) for each in (document, broken)] == [1, 2]
    texts = [mark.text for mark in paginate(broken).pages[1].marks if isinstance(mark, Text)]
    assert "추이" in texts[:3]
