"""The shapes that office sheets have (``tests/data/shapes.txt``), each understood to the last figure."""

from pathlib import Path

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import understand

SHAPES = [
    shape.strip()
    for shape in (Path(__file__).parents[2] / "data" / "shapes.txt")
    .read_text(encoding="utf-8")
    .split("=== ")[1:]
]


def grids(text: str) -> list[Grid]:
    found = []
    for sheet in text.split("--- ")[1:]:
        name, *lines = sheet.rstrip("\n").split("\n")
        found.append(Grid(name, [[cell(each.strip()) for each in line.split("|")] for line in lines]))
    return found


def cell(text: str) -> Cell:
    return float(text) if text.isdecimal() and not text.startswith("0") else text or None


def said(sheets: list[Grid], file: str) -> list[str]:
    """What is understood, in the lines of the file of shapes."""
    found = understand(sheets, file=file, container=Container.XLSX, encoding="", answers={})
    lines = []
    for table in found.tables:
        out = table.found
        for entity, metric, period, value, where in entries(out.records):
            when = period.code if period else "?"
            lines.append(f"{entity} | {metric} | {when} | {value} | {where}".strip())
        lines += [f"확인 {check}" for check in out.checks] + [f"주의 {each}" for each in out.warnings]
        lines += [f"제외 {each.cell} {each.why}" for each in out.left_out]
        if out.questions:
            lines.append("질문 " + " ".join(question.key for question in out.questions))
    return lines


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.partition(" :: ")[0])
def test_a_shape_is_understood(shape: str) -> None:
    drawn, _, expected = shape.partition("\n>")
    file = drawn.partition("\n")[0].partition(" :: ")[2]
    assert said(grids(drawn), file) == expected.strip().split("\n")
