"""A figure in a merged cell is written once, and must not count for every row and column that it covers."""

from __future__ import annotations

from civictracker.sheets.containers import Container
from civictracker.sheets.grid import Cell, Grid, Span
from civictracker.sheets.records import Extraction, entries
from civictracker.sheets.understand import understand


def read(rows: list[list[Cell]], *merges: Span) -> Extraction:
    sheet = Grid("2026년 46주", rows, merges)
    found = understand([sheet], file="a.xlsx", container=Container.XLSX, encoding="", answers={})
    return found.tables[0].found


def figures(out: Extraction) -> list[tuple[str, str, object]]:
    return [(entity, metric, value) for entity, metric, _, value, _ in entries(out.records)]


CHANNELS: list[list[Cell]] = [
    ["채널", "게시", "조회"],
    ["블로그", 3, 100],
    ["인스타그램", 5, 900],
    ["페이스북", 2, None],
]


def test_one_over_several_channels_is_of_none_of_them() -> None:
    out = read(CHANNELS, (2, 2, 3, 2))
    assert ("인스타그램", "조회", 900) not in figures(out)
    assert len(figures(out)) == 4
    assert [(each.cell, each.is_error) for each in out.left_out] == [("C3:C4", True)]
    assert "‘900’" in out.left_out[0].why


def test_one_over_several_metrics_is_of_none_of_them() -> None:
    out = read([*CHANNELS[:3], ["페이스북", 2, None]], (3, 1, 3, 2))
    assert [each for each in figures(out) if each[0] == "페이스북"] == []


def test_one_over_rows_of_the_same_name_counts_once() -> None:
    rows: list[list[Cell]] = [["채널", "게시"], ["블로그", 3], [None, None], ["인스타그램", 5]]
    out = read(rows, (1, 0, 2, 0), (1, 1, 2, 1))
    assert figures(out) == [("블로그", "게시", 3), ("인스타그램", "게시", 5)]
    assert not any(each.is_error for each in out.left_out)
