"""A text merged over the whole width heads the rows below it; it is no name of every column."""

from __future__ import annotations

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import understand

ROWS: list[list[Cell]] = [
    ["2026년 11월 2주차 일별 통계"],
    ["항목", "9(월)", "10(화)"],
    ["■ 네이버 블로그"],
    ["방문자", 473.0, 896.0],
    ["■ 페이스북"],
    ["도달", 467.0, 320.0],
]
MERGED = ((0, 0, 0, 2), (2, 0, 2, 2), (4, 0, 4, 2))


def named(merges: tuple[tuple[int, int, int, int], ...]) -> list[tuple[str, str, str]]:
    (table,) = understand(
        [Grid("표", ROWS, merges)], file="표.xlsx", container=Container.XLSX, encoding="", answers={}
    ).tables
    return [
        (entity, metric, period.code if period else "?")
        for entity, metric, period, _, _ in entries(table.found.records)
    ]


def test_a_banner_counts_the_same_merged_or_not() -> None:
    assert named(MERGED) == named(()) == [
        ("네이버 블로그", "방문자", "2026-11-09"), ("네이버 블로그", "방문자", "2026-11-10"),
        ("페이스북", "도달", "2026-11-09"), ("페이스북", "도달", "2026-11-10"),
    ]  # fmt: skip


def test_a_group_over_some_columns_still_names_them() -> None:
    grid = Grid(
        "표", [["구분", "2026년 10월", None], [None, "게시", "조회"], ["블로그", 1.0, 2.0]], ((0, 1, 0, 2),)
    )
    assert grid.filled(0, 2) == "2026년 10월"
    assert Grid("표", [["제목", None, None], ["구분", "게시", "조회"]], ((0, 0, 0, 2),)).filled(0, 2) is None
