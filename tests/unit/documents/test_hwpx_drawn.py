"""Another program draws our document: where CIVICTRACKER_RHWP names the folder of npm's @rhwp/core.

``npm install @rhwp/core@0.8.6`` anywhere, then
``CIVICTRACKER_RHWP=…/node_modules/@rhwp/core python -m pytest tests/unit/documents/test_hwpx_drawn.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from civictracker.documents.hwpx import write_hwpx
from civictracker.documents.model import Document, Table
from civictracker.documents.pages import page_count, paginate
from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document
from civictracker.services.report_values import ReportFigures
from tests.unit.documents.every_block import document_of

PACKAGE = os.environ.get("CIVICTRACKER_RHWP", "")
SCRIPT = Path(__file__).parents[2] / "data" / "draw_hwpx.mjs"
pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(not PACKAGE or shutil.which("node") is None, reason="@rhwp/core is not here to draw"),
]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(document: Document, folder: Path) -> list[etree._Element]:
    file = folder / "보고.hwpx"
    write_hwpx(document, file)
    said = subprocess.run(
        ["node", SCRIPT, PACKAGE, file, folder / "쪽"], capture_output=True, text=True, check=True, timeout=60
    )
    parser = etree.XMLParser(huge_tree=True)
    count = int(said.stdout.strip().splitlines()[-1])
    return [etree.parse(folder / f"쪽-{i}.svg", parser).getroot() for i in range(1, count + 1)]


def words(pages: list[etree._Element]) -> str:
    """Every sign drawn, in order, without blanks: signs are placed one by one."""
    signs = ("".join(text.itertext()) for page in pages for text in page.iter(f"{SVG}text"))
    return re.sub(r"\s", "", "".join(signs))


def pictures(pages: list[etree._Element]) -> int:
    return sum(1 for page in pages for _ in page.iter(f"{SVG}image"))


def test_the_weekly_paper_takes_as_many_pages_as_its_pdf(gwanak: ReportFigures, tmp_path: Path) -> None:
    for options in (PaperOptions(), PaperOptions(unfold_units=True)):
        document = report_document(gwanak, options)
        assert len(drawn(document, tmp_path)) == page_count(paginate(document))


def test_every_word_and_picture_is_drawn(gwanak: ReportFigures, tmp_path: Path) -> None:
    document = report_document(gwanak)
    pages = drawn(document, tmp_path)
    seen = words(pages)
    for block in document.blocks:
        if isinstance(block, Table):
            cells = [cell.text for row in (*block.head, *block.body) for cell in row.cells]
            assert [text for text in cells if re.sub(r"\s", "", text) not in seen] == []
    assert "-1-" in seen
    assert pictures(pages) == 2


def test_every_block_is_drawn(tmp_path: Path) -> None:
    pages = drawn(document_of("글자들"), tmp_path)
    assert words(pages).count("글자들") > 25
    assert pictures(pages) == 4  # three charts and the emblem


def test_sixty_channels_repeat_their_head(sixty: Document, tmp_path: Path) -> None:
    pages = drawn(sixty, tmp_path)
    assert len(pages) >= 2
    seen = words(pages)
    assert all(f"{i}번채널" in seen for i in range(1, 61))
    assert words(pages[1:2]).count("증감률(%)") == 1
