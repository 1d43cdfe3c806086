"""The paper for a browser: one file, nothing loaded, tables that say what stands where."""

from __future__ import annotations

import re
import typing
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from civictracker.documents.flow import WIDTH
from civictracker.documents.html import html, write_html
from civictracker.documents.markup import plain
from civictracker.documents.model import Block, Charts, Document, Table
from civictracker.documents.pages import paper_setter
from civictracker.documents.periodic import report_document
from civictracker.documents.tables import TableLayout
from civictracker.errors import DiskError
from civictracker.services.report_values import ReportFigures
from tests.unit.documents.every_block import document_of
from tests.unit.documents.hostile import HOSTILE

_LOADS = {"src", "href", "srcset", "data", "action", "poster", "background", "xlink:href"}


class Read(HTMLParser):
    """Tags with their attributes, and the words between them outside of style and head."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "br", "col", "img"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def loaded(page: Read) -> list[str]:
    return [value for _, attributes in page.tags for name, value in attributes.items() if name in _LOADS]


def test_it_is_one_file_that_loads_nothing(gwanak: ReportFigures) -> None:
    for document in (report_document(gwanak), document_of()):
        text = html(document)
        page = Read(text)
        assert page.open == []
        assert all(each.startswith("data:image/") for each in loaded(page))
        assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & {
            tag for tag, _ in page.tags
        }
        assert "url(" not in text
        assert "@import" not in text
        policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'")
        assert page.tags[0] == ("html", {"lang": "ko"})
    assert html(report_document(gwanak)) == html(report_document(gwanak))


def test_each_block_is_written() -> None:
    blocks = document_of().blocks
    assert {type(block) for block in blocks} == set(typing.get_args(Block))
    empty = html(replace(document_of(), blocks=()))
    assert all(html(replace(document_of(), blocks=(block,))) != empty for block in blocks)


def test_every_word_of_the_paper_is_there(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    words = set(Read(html(document)).words)
    for block in document.blocks:
        if isinstance(block, Table):
            assert {
                cell.text for row in (*block.head, *block.body) for cell in row.cells if cell.text
            } <= words
        if isinstance(block, Charts):
            assert {chart.title for chart in block.charts} <= words
    assert any(each.endswith("  끝.") for each in words)


def test_heads_say_what_they_are_heads_of(gwanak: ReportFigures) -> None:
    page = Read(html(report_document(gwanak)))
    scopes = Counter(a.get("scope") for tag, a in page.tags if tag == "th")
    assert set(scopes) == {"col", "colgroup", "row", "rowgroup"}
    assert scopes["colgroup"] == 2
    assert "채널별 현황" in page.words
    assert sum(tag == "caption" for tag, _ in page.tags) == sum(tag == "table" for tag, _ in page.tags)
    charts = [a for tag, a in page.tags if tag == "svg"]
    assert all(a["role"] == "img" and a["aria-label"] for a in charts)
    assert len(charts) == 2


def test_columns_are_as_wide_as_on_paper(gwanak: ReportFigures) -> None:
    """Words that fit there break no line here either, so that a browser prints as many pages."""
    document = report_document(gwanak)
    shares = re.findall(r'<col style="width:([\d.]+)%">', html(document))
    wanted = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        edges = TableLayout(table, WIDTH, paper_setter(), 1.0).edges
        wanted += [f"{(right - left) / WIDTH:.2%}".removesuffix("%") for left, right in pairwise(edges)]
    assert shares == wanted
    assert "tr:has(>[rowspan]){break-inside:auto}" in html(document)  # a long group goes on on the next page


def test_two_hundred_strange_texts_stay_text() -> None:
    def shape(page: Read) -> Counter[tuple[str, tuple[str, ...]]]:
        return Counter((tag, tuple(sorted(a))) for tag, a in page.tags if tag not in {"text", "polyline"})

    usual = shape(Read(html(document_of())))
    for text in HOSTILE:
        made = html(document_of(text))
        made.encode()
        page = Read(made)
        assert page.open == [], repr(text)
        assert shape(page) == usual or not plain(text), repr(text)
        assert all(each.startswith("data:image/") for each in loaded(page)), repr(text)
        shown = plain(text)
        assert not shown.strip() or sum(shown in each for each in page.words) >= 10, repr(text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", made), repr(text)


def test_sixty_channels(sixty: Document, tmp_path: Path) -> None:
    path = tmp_path / "보고.html"
    write_html(sixty, path)
    words = set(Read(path.read_text(encoding="utf-8")).words)
    assert {f"{i}번 채널" for i in range(1, 61)} <= words
    with pytest.raises(DiskError):
        write_html(sixty, tmp_path / "없음" / "a.html")
