"""A month's calendar is a plan of posts; its numbers are days, never figures."""

from __future__ import annotations

from datetime import date, datetime

from civictracker.services.post_reading import PostsRead
from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.packing import PostsFound
from civictracker.sheets.post_sheets import is_calendar, posts_in

HEAD: list[Cell] = ["일", "월", "화", "수", "목", "금", "토"]


def read(
    rows: list[list[Cell]], *, sheet: str = "계획", file: str = "계획.xlsx", **answers: str
) -> PostsRead:
    return PostsRead.of(found(rows, sheet=sheet, file=file), answers)


def found(rows: list[list[Cell]], *, sheet: str = "계획", file: str = "계획.xlsx") -> PostsFound:
    tables = posts_in([Grid(sheet, rows)], file=file, answers={})
    assert len(tables) == 1
    assert is_calendar(tables[0])
    return tables[0]


def told(read: PostsRead) -> list[tuple[str, str, str, str]]:
    return [(post.cell, str(post.day), post.channels, post.fields["subject"]) for post in read.posts]


NOVEMBER: list[list[Cell]] = [
    ["2026년 11월 SNS 게시 계획"],
    HEAD,
    [1, 2, 3, 4, 5, 6, 7],
    [None, "카드뉴스 김장", None, "블로그: 단풍길", None, "[카톡] 주간소식", None],
    [8, 9, 10, 11, 12, 13, 14],
    [None, None, None, None, None, "- 카톡: 주간소식\n- 인스타: 국화\n축제 마지막 주", None],
]


def test_posts_stand_below_their_days() -> None:
    assert told(read(NOVEMBER)) == [
        ("계획!B4", "2026-11-02", "", "카드뉴스 김장"),
        ("계획!D4", "2026-11-04", "블로그", "단풍길"),
        ("계획!F4", "2026-11-06", "카톡", "주간소식"),
        ("계획!F6", "2026-11-13", "카톡", "주간소식"),
        ("계획!F6", "2026-11-13", "인스타", "국화 축제 마지막 주"),
    ]


def test_the_day_may_stand_in_the_cell() -> None:
    rows: list[list[Cell]] = [
        ["월", "화", "수", "목", "금"],
        ["2\n블로그: 단풍길", "3", "4", "5", "6일\n주간소식"],
        ["9", "10", "11\n유튜브 / 브이로그", "12", "13"],
    ]
    assert told(read(rows, sheet="2026.11월")) == [
        ("2026.11월!A2", "2026-11-02", "블로그", "단풍길"),
        ("2026.11월!E2", "2026-11-06", "", "주간소식"),
        ("2026.11월!C3", "2026-11-11", "", "유튜브 / 브이로그"),
    ]


def test_days_of_the_months_beside_are_theirs() -> None:
    rows: list[list[Cell]] = [
        ["2026년 12월"],
        HEAD,
        [29, 30, 1, 2, 3, 4, 5],
        [None, "월말 결산", None, None, None, "연말 인사", None],
        [27, 28, 29, 30, 31, 1, 2],
        [None, None, None, None, None, "새해 인사", None],
    ]
    assert [each[1] for each in told(read(rows))] == ["2026-11-30", "2026-12-04", "2027-01-01"]


def test_dates_in_the_cells_and_a_year_in_the_file_s_name() -> None:
    rows: list[list[Cell]] = [
        HEAD,
        [datetime(2026, 11, day) for day in range(1, 8)],
        [None, "가", None, None, None, None, None],
        [date(2026, 11, day) for day in range(8, 15)],
    ]
    assert [each[1] for each in told(read(rows, sheet="11월", file="2026 게시계획.xlsx"))] == ["2026-11-02"]


def test_what_is_not_told_is_asked() -> None:
    rows: list[list[Cell]] = [HEAD, *NOVEMBER[2:]]
    asked = read(rows, sheet="11월")
    assert [question.key for question in asked.questions] == ["year"]
    assert [each[1] for each in told(read(rows, sheet="11월", year="2026"))][:2] == [
        "2026-11-02",
        "2026-11-04",
    ]


def test_another_weekday_is_doubted() -> None:
    rows: list[list[Cell]] = [["2025년 11월"], *NOVEMBER[1:]]
    assert any("(일)인데 시트에는 월요일" in doubt for doubt in read(rows).doubts)


def test_figures_on_a_calendar_are_no_posts_and_not_lost_in_silence() -> None:
    rows: list[list[Cell]] = [
        ["2026년 11월 방문자"],
        HEAD,
        [1, 2, 3, 4, 5, 6, 7],
        [120, 130, 140, 150, 160, 170, 180],
        [8, 9, 10, 11, 12, 13, 14],
        [121, 131, 141, 151, 161, 171, 181],
    ]
    told = read(rows)
    assert not told.posts
    assert [(each.cell, each.is_error) for each in told.left_out] == [("계획!A4", True)]
    assert told.left_out[0].why.startswith("달력에 적힌 숫자 14개는")


def test_figures_by_weekday_are_no_calendar() -> None:
    rows: list[list[Cell]] = [
        ["요일별 방문"],
        ["구분", *HEAD],
        ["블로그", 5, 6, 7, 8, 9, 10, 11],
        ["인스타", 1, 5, 2, 8, 1, 1, 3],
    ]
    assert posts_in([Grid("s", rows)], file="a.xlsx", answers={}) == []
