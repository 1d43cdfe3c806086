"""inspect, import and undo-import as a process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., Any]
Books = Any


@pytest.fixture
def sheet(books: Books, tmp_path: Path) -> Path:
    return books.weekly(tmp_path / "11월 3주 (취합).xlsx", [("카카오톡", 47823, 4), ("블로그", 21084, 6)])


def test_inspect_needs_no_data_file_and_keeps_its_shape(
    program: Program, sheet: Path, tmp_path: Path
) -> None:
    told = program("inspect", sheet, "--records", "--json", data=None, spawn=True).json

    assert list(told) == ["file", "container", "encoding", "tables", "warnings"]
    assert (told["file"], told["container"]) == ("11월 3주 (취합).xlsx", "xlsx")
    (table,) = told["tables"]
    assert list(table) == [
        "sheet", "range", "layout", "n_entities", "n_periods", "n_values", "metrics", "totals_left_out",
        "missing", "checks", "questions", "records",
    ]  # fmt: skip
    assert (table["n_entities"], table["n_periods"], table["n_values"]) == (2, 1, 4)
    assert table["records"][0] == {
        "entity": "카카오톡", "metric": "친구 수", "period": "2026-W47", "value": 47823, "cell": "B3",
    }  # fmt: skip
    assert not list(tmp_path.glob("홍보과 자료/*")), "a look leaves nothing behind"


def test_inspect_tells_what_stands_twice_under_one_name(program: Program, tmp_path: Path) -> None:
    book = tmp_path / "두 번.csv"
    book.write_text(
        "날짜,채널,친구 수\n2026-11-16,블로그,5\n2026-11-16,블로그,7\n2026-11-16,블로그,5\n", "utf-8"
    )

    (told,) = program("inspect", book, "--json", data=None).json["warnings"]

    assert told.startswith("같은 채널·지표·기간에 다른 값이 1번 더 있습니다(예: C2, C3).")


def test_inspect_lists_the_posts_of_a_plan(program: Program, tmp_path: Path) -> None:
    """In the shape of a table of figures: its values are posts, and what is none says why."""
    plan = tmp_path / "12월 게시계획.csv"
    plan.write_text(
        "12월 게시 계획,,,,\n날짜,시각,채널,제목,상태\n12. 4.(금),오후 3시,카카오톡,카드뉴스,예정\n"
        "12. 4.(금),15:00,카카오톡,카드뉴스,예정\n12. 7.(금),,\"카카오톡, 블로그\",송년,작성중\n"
        "매주 금,,카카오톡,되풀이,\n합계,,,,\n",
        encoding="utf-8",
    )  # fmt: skip
    told = program("inspect", plan, "--set", "year=2026", "--records", "--json", data=None, spawn=True).json
    assert list(told) == ["file", "container", "encoding", "tables", "warnings"]
    (table,) = told["tables"]
    assert list(table) == [
        "sheet", "range", "layout", "n_entities", "n_periods", "n_values", "metrics", "totals_left_out",
        "missing", "checks", "questions", "left_out", "records",
    ]  # fmt: skip
    assert (table["layout"], table["n_entities"], table["n_periods"], table["n_values"]) == ("posts", 2, 2, 2)
    assert table["records"][0] == {
        "date": "2026-12-04", "time": "15:00", "subject": "카드뉴스", "audience": "", "owner": "", "link": "",
        "channels": ["카카오톡"], "status": "예정", "counts": {}, "cell": "12월 게시계획!A3",
    }  # fmt: skip
    assert table["records"][1]["channels"] == ["카카오톡", "블로그"]
    assert [(each["cell"], each["error"]) for each in table["left_out"]] == [
        ("12월 게시계획!A4", False), ("12월 게시계획!A6", True), ("12월 게시계획!A7", False),
    ]  # fmt: skip
    assert table["left_out"][0]["why"] == "12월 게시계획!A3와(과) 같은 게시라 한 번만 씁니다."
    assert table["checks"] == ["12월 게시계획!A5: 2026. 12. 7.(월)인데 시트에는 금요일입니다."]
    words = program("inspect", plan, "--set", "year=2026", data=None).out
    assert "12월 게시계획!A3  2026. 12. 4.(금) · 15:00 · 카카오톡 · 카드뉴스 · 예정" in words
    assert "오류 12월 게시계획!A6: 날짜 ‘매주 금’을(를) 알 수 없습니다." in words
    asked = program("inspect", plan, "--records", "--json", data=None).json["tables"][0]
    assert [each["key"] for each in asked["questions"]] == ["year"]
    assert (asked["records"][0]["date"], asked["records"][0]["written"]) == (None, "12. 4.(금)")


def test_a_sheet_comes_in_once_and_goes_out_again(program: Program, sheet: Path) -> None:
    answers = ("--set", "office=관악구청", "--set", "channel:카카오톡=new", "--set", "channel:블로그=new")

    trial = program("import", sheet, *answers, "--dry-run", "--json")
    assert trial.json == {
        "batch": None, "new": 4, "same": 0, "different": 0, "left_out": 0, "errors": 0, "questions": [],
    }  # fmt: skip
    first = program("import", sheet, *answers, "--json", spawn=True)
    assert (first.status, first.json["batch"], first.json["new"]) == (0, 1, 4)
    again = program("import", sheet, "--json")
    assert (again.status, again.json["batch"], again.json["same"]) == (0, None, 4)

    undone = program("undo-import", "1", spawn=True)
    assert undone.status == 0
    assert "되돌렸습니다(값과 채널 7건)" in undone.out
    assert program("undo-import", "1").refused() == "1번 가져오기는 이미 되돌렸습니다."
    assert program("undo-import", "7").refused().startswith("7번 가져오기는 없습니다.")


def test_what_differs_stays_until_told_otherwise(books: Books, program: Program, tmp_path: Path) -> None:
    old = books.weekly(tmp_path / "old.xlsx", [("카카오톡", 47823, 4)])
    new = books.weekly(tmp_path / "new.xlsx", [("카카오톡", 47832, 4)])
    program("import", old, "--set", "office=관악구청", "--set", "channel:카카오톡=new", "--quiet")

    kept = program("import", new, "--json").json
    assert (kept["different"], kept["same"], kept["batch"]) == (1, 1, None)
    changed = program("import", new, "--json", "--set", "conflict=new").json
    assert (changed["different"], changed["batch"]) == (1, 2)
    series = program("series", "--channel", "카카오톡", "--metric", "친구수", "--json").json
    assert [point["value"] for point in series["points"]] == [47832]


def test_questions_are_told_and_nothing_is_guessed(program: Program, sheet: Path) -> None:
    ended = program("import", sheet, "--json")
    assert [question["key"] for question in ended.json["questions"]] == [
        "channel:카카오톡", "channel:블로그",
    ]  # fmt: skip
    assert ended.json["batch"] is None
    assert "어느 채널인가요?" in ended.refused()
    unknown = program("import", sheet, "--set", "channel:카카오톡=없는 채널")
    assert unknown.refused().startswith("‘없는 채널’ 채널이 없습니다.")


def test_files_that_cannot_be_read_get_a_sentence_each_and_stop_nothing(
    books: Books, program: Program, sheet: Path, tmp_path: Path
) -> None:
    whole = sheet.read_bytes()
    wrong = {
        "빈.xlsx": b"",
        "그림.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "잘린.xlsx": whole[: len(whole) // 2],
        "문서보안.xlsx": b"\x9b DRMONE  This Document is encrypted" + bytes(500),
        "글.csv": "안녕하세요. 숫자가 없는 글입니다.\n".encode("cp949"),
    }
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
    locked = books.with_password(tmp_path / "암호.xlsx", sheet)
    files = [*(tmp_path / name for name in wrong), locked, tmp_path / "없는 파일.xlsx"]

    ended = program("import", *files, sheet, "--set", "office=관악구청", "--set", "channel:카카오톡=new",
                    "--set", "channel:블로그=new", "--json")  # fmt: skip
    assert ended.status == 1
    sentences = ended.err.strip().splitlines()
    assert len(sentences) == len(files)
    for mark in (
        "빈 파일",
        "그림 파일",
        "압축이 깨져",
        "문서보안",
        "숫자 표를",
        "암호가 걸린",
        "찾을 수 없",
    ):
        assert sum(mark in sentence for sentence in sentences) == 1, (mark, sentences)
    assert [(each["file"], each["new"]) for each in ended.json] == [(sheet.name, 4)]


def test_a_folder_and_several_files(program: Program, sheet: Path, tmp_path: Path) -> None:
    """A folder is read as one, like the ZIP of it; several words are several files."""
    folder = tmp_path / "받은 자료"
    folder.mkdir()
    (folder / "2026년 11월 2주.csv").write_text("채널명,친구 수\n카카오톡,47700\n", encoding="cp949")
    (folder / "사진.png").write_bytes(b"\x89PNG")
    told = program("inspect", folder, "--json").json
    assert (told["container"], told["tables"][0]["n_values"]) == ("folder", 1)
    assert any("사진.png" in each for each in told["warnings"])
    both = program("inspect", folder, sheet, "--json").json
    assert [each["file"] for each in both] == ["받은 자료", "11월 3주 (취합).xlsx"]
    answers = ("--set", "office=관악구청", "--set", "channel:카카오톡=new", "--set", "channel:블로그=new")
    taken = program("import", folder, sheet, *answers, "--json").json
    assert [each["new"] for each in taken] == [1, 4]
    assert program("import", folder, "--json").json["same"] == 1


def test_a_password_on_the_command_line(program: Program, books: Books, sheet: Path, tmp_path: Path) -> None:
    locked = books.with_password(tmp_path / "잠긴 11월 3주.xlsx", sheet)
    assert "암호가 걸린" in program("inspect", locked).refused()
    assert "맞지 않습니다" in program("inspect", locked, "--set", "password=틀림").refused()
    told = program("inspect", locked, "--set", "password=비밀번호", "--json").json
    assert told["tables"][0]["n_values"] == 4
