"""A paper as text alone: what a search or a preview reads."""

from __future__ import annotations

from civictracker.documents.markup import plain
from civictracker.documents.model import (
    Block,
    Charts,
    Document,
    Heading,
    Headline,
    KeyFigures,
    Notes,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)

_BULLETS = {1: "○ ", 2: "  - "}


def plain_text(document: Document) -> str:
    """Lines in reading order; a table's cells are parted by tabs."""
    masthead = document.masthead
    lines = [masthead.title, masthead.subtitle, masthead.byline]
    for block in document.blocks:
        lines.extend(_lines(block))
    return "\n".join("\t".join(map(plain, line.split("\t"))) for line in lines if line)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [" ".join(part for part in (f"□ {block.text}", block.remark, block.unit) if part)]
        case Headline():
            return [block.title, f"- {block.subtitle} -" if block.subtitle else ""]
        case Paragraph():
            return [_BULLETS.get(block.level, "") + block.text]
        case Notes():
            return [f"※ {text}" for text, _ in block.lines]
        case KeyFigures():
            return [f"{each.name}\t{each.text}\t{each.detail}" for each in block.items]
        case Table():
            return ["\t".join(cell.text for cell in row.cells) for row in (*block.head, *block.body)]
        case Charts():
            return [f"{chart.title}: {chart.summary}" for chart in block.charts]
        case Signatures():
            return [block.day, *(f"{each.role} {each.name} (서명)" for each in block.items)]
        case PageBreak():
            return []
