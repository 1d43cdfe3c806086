"""What a person says of a sheet by pointing at it overrules what was understood."""

import pytest

from civictracker.errors import SheetError
from civictracker.sheets.corrections import Corrections, corrections_of
from civictracker.sheets.grid import Cell, Grid, column_number
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understanding, understand

ROWS: list[list[Cell]] = [
    ["관악구 소통채널", None, None, None],
    ["채널지기", "홍보과", "자리", "02-879"],
    ["순번", "매체", "관심 고객", "글"],
    [1.0, "카카오톡 채널", 47823.0, 3.0],
    [2.0, "공식 블로그", 1234.0, 5.0],
]


def read(*grids: Grid, **answers: str) -> Understanding:
    told = {key.replace("__", "@"): value for key, value in answers.items()}
    return understand(
        list(grids), file="2026. 11. 20..csv", container=Container.TEXT, encoding="", answers=told
    )


def told(found: Understanding) -> list[tuple[str, str, str, int]]:
    return [
        (entity, metric, period.code if period else "", int(value))
        for table in found.tables
        for entity, metric, period, value, _ in entries(table.found.records)
    ]


def sheet(name: str = "s") -> Grid:
    return Grid(name, [list(row) for row in ROWS])


def test_the_heading_is_told() -> None:
    assert {metric for _, metric, _, _ in told(read(sheet()))} == {"자리 관심 고객", "02-879 글"}
    found = read(sheet(), header__s="3")
    assert told(found)[0] == ("카카오톡 채널", "관심 고객", "2026-11-20", 47_823)
    assert found.tables[0].found.table.header == (2, 2)


def test_a_column_is_told() -> None:
    answers = {"header@s": "3", "col@s!D": "skip", "col@s!A": "value"}
    found = understand([sheet()], file="a.csv", container=Container.TEXT, encoding="", answers=answers)
    assert {(metric, value) for _, metric, _, value in told(found)} == {
        ("순번", 1), ("순번", 2), ("관심 고객", 47_823), ("관심 고객", 1_234),
    }  # fmt: skip


def test_a_row_is_left_out_with_its_reason() -> None:
    found = understand(
        [sheet()], file="a.csv", container=Container.TEXT, encoding="",
        answers={"header@s": "3", "row@s!5": "skip"},
    )  # fmt: skip
    assert {entity for entity, *_ in told(found)} == {"카카오톡 채널"}
    assert ("A5:D5", "사람이 뺀 줄입니다.") in [
        (each.cell, each.why) for each in found.tables[0].found.left_out
    ]


def test_an_empty_answer_takes_a_correction_back() -> None:
    assert told(read(sheet(), header__s="")) == told(read(sheet()))


def test_a_sheet_is_left_out() -> None:
    found = read(sheet("a"), sheet("b"), sheet__a="skip")
    assert [table.sheet for table in found.tables] == ["b"]
    assert "‘a’ 시트는 뺐습니다." in found.warnings


def test_a_correction_is_of_its_own_sheet() -> None:
    found = read(sheet("a"), sheet("b"), header__a="3")
    assert [table.found.table.header for table in found.tables] == [(2, 2), (1, 2)]


def test_next_week_the_form_is_found_before_anything_is_corrected() -> None:
    """A form is looked up by how the file looks by itself, so that its corrections can be used."""
    plain, corrected = read(sheet()), read(sheet(), header__s="3")
    assert plain.tables[0].signature == corrected.tables[0].signature


def test_a_sheet_without_a_table_is_shown_when_asked_and_can_be_corrected() -> None:
    rows: list[list[Cell]] = [["가", "나"], ["다", "라"], ["마", "바"]]
    with pytest.raises(SheetError):
        read(Grid("s", rows))
    shown = read(Grid("s", rows), picture="1")
    assert [(table.sheet, len(table.found.records)) for table in shown.tables] == [("s", 0)]


@pytest.mark.parametrize(
    ("key", "value"),
    [("header@s", "0"), ("header@s", "x"), ("header@s", "5-3"), ("header@s", "1-40"), ("col@s!가", "date"),
     ("col@s!A", "maybe"), ("row@s!x", "skip"), ("row@s!3", "keep"), ("header@other", "3"), ("year", "2026")],
)  # fmt: skip
def test_what_makes_no_sense_is_passed_over(key: str, value: str) -> None:
    assert corrections_of({key: value}, "s") == Corrections()


def test_columns_by_their_letters() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "ZZ")] == [0, 25, 26, 701]


def test_a_heading_beyond_the_sheet_finds_nothing_and_breaks_nothing() -> None:
    assert told(read(sheet(), picture="1", header__s="400")) == []
