"""The made files under ``tests/data``: every trap of the real ones, to the last figure and address."""

import runpy
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from civictracker.domain.weeks import WeekNaming
from civictracker.sheets import isolated
from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understanding, Understood, understand

DATA = Path(__file__).parents[2] / "data"
MADE = runpy.run_path(str(DATA / "make.py"))["FILES"]
Told = tuple[str, str, str | None, int, str]


@dataclass(frozen=True)
class Case:
    file: str
    count: int
    samples: tuple[Told, ...]
    questions: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    missing: int = 0
    checks: tuple[str, ...] = ()
    preset: str = ""
    container: str = "csv"
    encoding: str = ""
    errors: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)


CASES = (
    Case("meta_utf16.csv", 2, (("", "Facebook reach", "2026-11-10", 117, "B5"),), ("channel",),
         preset="meta_daily", encoding="utf-16"),
    Case("meta_semicolon.csv", 2, (("", "Facebook reach", "2026-11-09", 5, "B4"),), ("channel",),
         preset="meta_daily", encoding="utf-8-sig"),
    Case("유튜브 총계.csv", 4, (("", "구독자", "2026-11-10", -1, "C3"),), ("channel",),
         preset="youtube_totals", encoding="utf-8-sig"),
    Case("long_cp949.csv", 12, (("전국구", "친구수", "2026-11-10", 100, "C7"),
                                ("검역", "조회수", "2026-11-09", 9, "D3")), encoding="cp949"),
    Case("주간 손정리.csv", 6, (("카카오톡 채널", "친구 수", "2026-11-13", 47_823, "C6"),
                           ("유튜브", "친구 수", "2026-11-13", 47_000, "C10")),
         ("span", "dash"), ("소계", "합계", "평균"), 1, errors=("C11",), encoding="utf-8"),
    Case("주간 손정리.csv", 7, (("공식 블로그", "게시물 수", "2026-W46", 0, "E7"),), (),
         ("소계", "합계", "평균"),
         errors=("C11",), encoding="utf-8", answers={"span": "week", "dash": "zero"}),
    Case("연도 없음.csv", 5, (("공식 블로그", "연도 없음", None, 5, "C3"),), ("year",), missing=1,
         encoding="utf-8"),
    Case("연도 없음.csv", 5, (("공식 블로그", "연도 없음", "2025-10", 5, "C3"),), missing=1, encoding="utf-8",
         answers={"year": "2025"}),
    Case("날짜 없음.csv", 4, (("공식 블로그", "조회수", None, 6, "C3"),), ("date",), encoding="utf-8"),
    Case("날짜 없음.csv", 4, (("공식 블로그", "조회수", "2026-W47", 6, "C3"),), encoding="utf-8",
         answers={"date": "2026-W47"}),
    Case("nameless.csv", 4, (("", "followers", "2026-11", 120, "B4"),), ("channel",), missing=2,
         encoding="utf-8"),
    Case("의료인력.xls", 5, (("종로구 / 삼청동 (구)", "의사", "2025", 20, "C6"),
                         ("중구 / 명동", "간호사", "2025", 40, "D8")),
         ("dash",), ("합 계", "소 계", "소 계"), 1, ("C7 소 계 31이(가) 더한 값 30과(와) 다릅니다.",),
         container="html", encoding="cp949"),
    Case("연도별 인구.xlsx", 6, (("양평군", "인구", "2026", 115_105, "D3"),), container="xlsx"),
    Case("crawled_20261120-174306.xlsx", 16, (("", "조회수", "2026-11-13", 700, "C8"),), ("date", "channel"),
         container="xlsx"),
    Case("crawled_20261120-174306.xlsx", 17, (("", "팔로워_수", "2026-11-20", 9_745, "E9"),), ("channel",),
         container="xlsx", answers={"date": "2026-11-20"}),
    Case("본청 주간보고.xlsx", 12, (("공식 블로그", "친구 수", "2026-W45", 1_200, "C5"),
                              ("공식 블로그", "조회수", "2026-W46", 90, "F5")),
         (), ("합계",), checks=("D7 합계 49,396이(가) 더한 값 49,369과(와) 다릅니다.",), container="xlsx"),
    Case("two_headers.csv", 4, (("남 성", "인원(명)", "2026-10", 402, "C3"),), (), ("합 계",),
         encoding="utf-8"),
)  # fmt: skip


def read(name: str, answers: dict[str, str]) -> Understanding:
    return isolated._understood(DATA / name, answers, WeekNaming())


def told(table: Understood) -> list[Told]:
    return [
        (entity, metric, period and period.code, int(value), cell)
        for entity, metric, period, value, cell in entries(table.found.records)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file} {case.answers or ''}")
def test_a_made_file_is_understood_to_the_last_figure(case: Case) -> None:
    found = read(case.file, case.answers)
    (table,) = found.tables
    assert (found.container.value, found.encoding, table.preset) == (
        case.container,
        case.encoding,
        case.preset,
    )
    figures = told(table)
    assert len(figures) == case.count
    assert set(case.samples) <= set(figures)
    assert tuple(question.key for question in table.found.questions) == case.questions
    assert tuple(table.found.totals) == case.totals
    assert tuple(table.found.checks) == case.checks
    assert table.found.missing == case.missing
    assert tuple(each.cell for each in table.found.left_out if each.is_error) == case.errors


@pytest.mark.parametrize("name", MADE)
def test_the_files_are_what_the_code_makes(name: str) -> None:
    ours, stored = MADE[name](), (DATA / name).read_bytes()
    if not stored.startswith(b"PK"):
        assert ours == stored
        return
    with zipfile.ZipFile(BytesIO(ours)) as one, zipfile.ZipFile(DATA / name) as other:
        assert one.namelist() == other.namelist()
        for part in one.namelist():
            assert one.read(part) == other.read(part), part


def test_hidden_sheets_are_named_and_not_read() -> None:
    assert read("본청 주간보고.xlsx", {}).warnings == ["숨긴 시트는 읽지 않았습니다: 메모"]


def test_several_posts_of_a_day_add_up_instead_of_correcting() -> None:
    assert read("crawled_20261120-174306.xlsx", {}).tables[0].found.per_post
    assert not read("long_cp949.csv", {}).tables[0].found.per_post


def test_what_is_left_out_has_an_address_and_a_reason() -> None:
    (table,) = read("주간 손정리.csv", {}).tables
    reasons = {each.cell: each.why for each in table.found.left_out}
    assert reasons["D5"] == "‘전주 대비’ 열은 다른 열에서 계산되는 값이라 뺐습니다."
    assert reasons["A9:E9"] == "머리글이 되풀이된 줄입니다."
    assert reasons["A14:E14"] == "설명 줄입니다."
    assert "약백여명쯤?" in reasons["C11"]


def test_next_weeks_file_has_the_same_signature() -> None:
    this, later = Grid("1", rows("2026. 11. 13.", 5)), Grid("2", rows("2026. 11. 20.", 700))
    signatures = {
        understand([grid], file="a.csv", container=Container.TEXT, encoding="", answers={})
        .tables[0]
        .signature
        for grid in (this, later)
    }
    assert len(signatures) == 1


def rows(day: str, value: int) -> list[list[Cell]]:
    return [[f"{day} 기준", None], ["채널명", "친구 수"], ["카카오톡 채널", value], ["공식 블로그", 6]]


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2026. 11. 13.", "day", ["2026-11-06", "2026-11-13"]),
        ("2026. 11. 13.", "week", ["2026-W45", "2026-W46"]),
        ("2026. 11. 13.", "month", ["2026-11"]),  # last week is no month
        ("2026년 11월 2주", "", ["2026-W45", "2026-W46"]),
    ],
)
def test_last_week_beside_this_week(day: str, span: str, expected: list[str]) -> None:
    lines: list[list[Cell]] = [
        [f"{day} 현황"],
        ["채널명", "친구 수", None],
        [None, "전주", "금주"],
        ["가", 5, 6],
    ]
    grid = Grid("s", lines, merges=((1, 1, 1, 2), (1, 0, 2, 0)))
    answers = {"span": span} if span else {}
    (table,) = understand(
        [grid], file="a.xlsx", container=Container.XLSX, encoding="", answers=answers
    ).tables
    assert [period and period.code for _, _, period, _, _ in entries(table.found.records)] == expected


def marked(*cells: Cell, **answers: str) -> tuple[list[Decimal | int], list[str]]:
    lines: list[list[Cell]] = [["날짜", "순증"], *(["2026-11-13", cell] for cell in cells)]
    found = understand(
        [Grid("s", lines)], file="a.csv", container=Container.TEXT, encoding="", answers=answers
    )
    extraction = found.tables[0].found
    return extraction.records.values, [question.key for question in extraction.questions]


def test_what_a_triangle_means_follows_from_its_neighbours_or_is_asked() -> None:
    assert marked("▲5", "3") == ([-5, 3], ["minus", "channel"])
    assert marked("▲5", "▼3") == ([5, -3], ["channel"])
    assert marked("△5", "3", minus="▼▽") == ([5, 3], ["channel"])


def test_values_of_every_type() -> None:
    values, _ = marked("1,234", 5.0, 5.5, "4만 7천", "12%")
    assert values == [1234, 5, Decimal("5.5"), 47_000, 12]
    assert [type(value) for value in values] == [int, int, Decimal, int, int]


def test_true_is_no_number() -> None:
    lines: list[list[Cell]] = [["날짜", "친구 수"], ["2026-11-13", 5], ["2026-11-14", True]]
    (table,) = understand(
        [Grid("s", lines)], file="a.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    assert [(each.cell, each.is_error) for each in table.found.left_out] == [("B3", True)]


def dated(*lines: list[Cell]) -> Understood:
    (table,) = understand(
        [Grid("s", [list(line) for line in lines])],
        file="a.csv",
        container=Container.TEXT,
        encoding="",
        answers={},
    ).tables
    return table


def periods(table: Understood) -> list[str | None]:
    return [period and period.code for _, _, period, _, _ in entries(table.found.records)]


def test_dates_of_every_type() -> None:
    table = dated(
        ["날짜", "친구 수"],
        [datetime(2026, 11, 13, 9, 30), 1],
        [date(2026, 11, 14), 2],
        ["2026. 11. 15.(일)", 3],
        [46_342, 4],  # the serial number of a day whose cell lost its format
    )
    assert periods(table) == ["2026-11-13", "2026-11-14", "2026-11-15", "2026-11-16"]


def test_a_year_beside_a_month() -> None:
    assert periods(dated(["연도", "월", "친구 수"], [2026, 9, 1], [2026.0, "10월", 2])) == [
        "2026-09",
        "2026-10",
    ]


def test_a_date_that_cannot_be_read_leaves_its_row_out_and_no_other() -> None:
    table = dated(["날짜", "친구 수"], ["2026-11-13", 1], ["언젠가", 2], [None, 3], ["2026-11-14", 4])
    assert periods(table) == ["2026-11-13", "2026-11-14"]
    assert [(each.cell, each.why) for each in table.found.left_out if each.is_error] == [
        ("A3", "날짜로 읽을 수 없습니다: ‘언젠가’"),
        ("A4", "날짜가 비어 있습니다."),
    ]


def test_a_weekday_that_is_not_the_days_is_pointed_at() -> None:
    table = dated(["날짜", "친구 수"], ["2026. 11. 13.(월)", 1], ["2026. 11. 14.(토)", 2])
    assert periods(table) == ["2026-11-13", "2026-11-14"]
    assert table.found.warnings == ["A2 적힌 요일이 날짜와 다릅니다: ‘2026. 11. 13.(월)’"]
