"""Every figure on paper can be followed back: a click on it in the preview finds a source that leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from civictracker.documents.model import (
    Charts,
    Document,
    Heading,
    Headline,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
)
from civictracker.documents.pages import paginate
from civictracker.services import figures
from civictracker.services.context import Context
from civictracker.services.report_posts import sent_posts
from civictracker.services.report_values import Source
from tests.unit.documents.offices import IDS, document_of

_NUMBER = re.compile(r"[※약△\s]*\d[\d,]*(\.\d+)?\s*(%|명|건|회)?")
_COUNTED = re.compile(r"\d\s*(명|건|회|칸|%|개(?!월| 분기)|곳)|\d/\d")
_DATES = re.compile(r"\d{4}\. ?\d+\. ?\d*\.?|\d+\. \d+\.|\d{4}년|\d+월|\d+주|\d\d:\d\d|\d분기")


def figures_of(document: Document) -> Iterator[tuple[str, object, Source | None]]:
    """(text, value, source) of every figure that is printed, in prose as well as in tables and charts."""
    for block in document.blocks:
        match block:
            case KeyFigures():
                yield from ((each.text, each.text, each.source) for each in block.items)
            case Charts():
                yield from ((s.end, s.end, s.source) for chart in block.charts for s in chart.series)
            case Table():
                yield from _cells(block)
            case Heading():
                yield from _prose(block.remark, block.source)
            case Headline():
                yield from _prose(block.title + block.subtitle, block.source)
            case Paragraph():
                yield from _prose(block.text, block.source)
            case Notes():
                for text, source in block.lines:
                    yield from _prose(text, source)


def _cells(table: Table) -> Iterator[tuple[str, object, Source | None]]:
    numbered = bool(table.head) and table.head[0].cells[0].text == "연번"
    for row in table.body:
        for at, cell in enumerate(row.cells):
            is_figure = cell.value is not None or _NUMBER.fullmatch(cell.text) or _COUNTED.search(cell.text)
            if is_figure and not (numbered and at == 0):
                yield cell.text, cell.value, cell.source


def _prose(text: str, source: Source | None) -> Iterator[tuple[str, object, Source | None]]:
    """Dates and spans (최근 12개월) are no figures; any other digit is."""
    rest = re.sub(r"최근 \d+(주|개월|개 분기|년)", "", _DATES.sub("", text))
    if re.search(r"\d", rest):
        yield text, None, source


def leads_somewhere(context: Context, source: Source) -> bool:
    """What the room would show for the figure: posts, stored values, or words."""
    if source.told:
        return True
    if source.post_ids:
        return bool(context.read(sent_posts, ids=source.post_ids))
    return any(
        context.read(figures.provenance, metric=source.metric, channel_id=channel, period=period)
        for channel in source.channel_ids
        for period in (source.period, source.base)
        if period is not None
    )


@pytest.mark.parametrize("name", IDS)
def test_every_printed_figure_can_be_followed_back(gwanak_data: Context, name: str) -> None:
    document = document_of(gwanak_data, name)
    found = list(figures_of(document))
    assert found
    lost = [text for text, _, source in found if source is None]
    assert lost == []
    blind = [
        (text, source.words) for text, value, source in found
        if source is not None and value is not None and not leads_somewhere(gwanak_data, source)
    ]  # fmt: skip
    assert blind == []
    areas = [area.source for page in paginate(document).pages for area in page.areas]
    assert {source for _, _, source in found} <= set(areas)
    assert all(source.words for source in areas)


@pytest.mark.parametrize("name", IDS)
def test_figures_in_prose_have_a_source_whatever_is_typed(hostile: Context, name: str) -> None:
    """Goals, awards, remarks, weeks' notes, files' notes: all of them filled in."""
    document = document_of(hostile, name)
    prose = (Heading, Headline, Paragraph, Notes)
    told = replace(document, blocks=tuple(each for each in document.blocks if isinstance(each, prose)))
    assert [text for text, _, source in figures_of(told) if source is None] == []
