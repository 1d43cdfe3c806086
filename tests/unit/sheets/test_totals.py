"""What a total says of its parts."""

from __future__ import annotations

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import understand


def checks(*figures: Cell, total: int) -> list[str]:
    names = ("카카오톡 채널", "블로그", "유튜브", "인스타그램", "페이스북")
    rows: list[list[Cell]] = [["채널명", "2026-11-20"]]
    rows += [[name, figure] for name, figure in zip(names, figures, strict=False)]
    rows.append(["합계", total])
    (table,) = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    return table.found.checks


def test_a_total_that_adds_up_says_nothing() -> None:
    assert checks(10, 20, 30, total=60) == []


def test_a_total_that_does_not_names_what_could_not_be_read() -> None:
    assert checks(10, 20, 30, total=61) == ["B5 합계 61이(가) 더한 값 60과(와) 다릅니다."]
    (told,) = checks(10, "2O", 30, 40, total=100)
    assert told == "B6 합계 100이(가) 더한 값 80과(와) 다릅니다. 읽지 못한 B3은(는) 더하지 못했습니다."
