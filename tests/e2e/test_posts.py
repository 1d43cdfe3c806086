"""``posts`` as others script it: what was promised about its shape, its sentences and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civictracker.services.opening import open_data
from civictracker.services.sample import build_sample, sample_now

Program = Callable[..., Any]
CHAIN = {
    "back": {"2026-05-01": "2026-04-30", "2026-07-17": "2026-07-16", "2026-09-25": "2026-09-23",
             "2026-10-09": "2026-10-08", "2026-12-25": "2026-12-24"},
    "forward": {"2026-05-01": "2026-05-04", "2026-07-17": "2026-07-20", "2026-09-25": "2026-09-28",
                "2026-10-09": "2026-10-12", "2026-12-25": "2026-12-28"},
    "skip": dict.fromkeys(("2026-05-01", "2026-07-17", "2026-09-25", "2026-10-09", "2026-12-25")),
    "keep": {},
}  # fmt: skip


def preview(program: Program, policy: str, **more: str) -> Any:
    words = {"--rule": "FREQ=WEEKLY;BYDAY=FR", "--from": "2026-01-01", "--to": "2026-12-31", **more}
    return program("posts", "preview", *(word for pair in words.items() for word in pair), "--policy", policy)


@pytest.mark.parametrize("policy", list(CHAIN))
def test_every_friday_of_2026_by_each_policy(program: Program, policy: str) -> None:
    told = preview(program, policy).json
    assert [list(each) for each in told] == [["original", "date", "moved_because"]] * 52
    assert told[0]["original"] == "2026-01-02"
    assert {each["original"]: each["date"] for each in told if each["date"] != each["original"]} == CHAIN[
        policy
    ]
    assert {each["original"] for each in told if each["moved_because"]} == set(CHAIN[policy])


def test_the_move_is_told_with_its_reason(program: Program) -> None:
    told = {each["original"]: each["moved_because"] for each in preview(program, "back").json}
    assert told["2026-09-25"] == "추석으로 9. 25. → 9. 23."
    assert told["2026-09-18"] is None


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"--rule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"}, "맞는 날이 없습니다"),
        ({"--rule": "아무거나"}, "알 수 없습니다"),
        ({"--to": "2025-01-01"}, "앞섭니다"),
    ],
)
def test_what_cannot_be_is_one_sentence(program: Program, more: dict[str, str], sentence: str) -> None:
    assert sentence in preview(program, "back", **more).refused()


def test_wrong_words_are_told(program: Program) -> None:
    assert program("posts").status == 2
    assert program("posts", "preview", "--rule", "FREQ=DAILY").status == 2
    assert preview(program, "sideways").status == 2


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "양주.db"
    opened = open_data(path, sample_now)
    build_sample(opened.context, "양주시")
    opened.close(keep_backup=False)
    return path


def test_list_due_and_ics(program: Program, sample: Path, tmp_path: Path) -> None:
    now = ("--now", "2026-11-20T14:03:00+09:00")
    listed = program(
        "posts", "list", "--from", "2026-09-01", "--to", "2026-09-30", "--json", data=sample
    ).json
    assert [each["date"] for each in listed] == ["2026-09-04", "2026-09-11", "2026-09-18", "2026-09-23"]
    assert listed[3]["moved_because"] == "추석으로 9. 25. → 9. 23."
    assert listed[0]["open_rate"] > 40
    due = program("posts", "due", "--json", *now, data=sample).json
    assert [each["subject"] for each in due["today"]] == ["금요 카드뉴스 11월 3주"]
    assert due["overdue"] == []
    words = program("posts", "due", *now, data=sample).out
    assert "2026-11-20(금) 15:00" in words
    out = tmp_path / "일정.ics"
    ended = program("posts", "export-ics", "--out", out, *now, data=sample)
    assert ended.status == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert (
        "폴더가 없습니다"
        in program("posts", "export-ics", "--out", tmp_path / "없음" / "a.ics", data=sample).refused()
    )


def test_the_preview_is_json_from_a_process_too(program: Program) -> None:
    ended = program("posts", "preview", "--rule", "FREQ=MONTHLY;BYMONTHDAY=31", "--from", "2026-01-01", "--to",
                    "2026-06-30", "--policy", "keep", spawn=True)  # fmt: skip
    assert [each["date"] for each in json.loads(ended.out)] == ["2026-01-31", "2026-03-31", "2026-05-31"]


def test_a_plan_and_results_come_in_and_go_out_again(program: Program, sample: Path, tmp_path: Path) -> None:
    """``import`` knows a plan by itself; ``posts import`` reads rows as posts whatever stands beside them."""
    plan = tmp_path / "계획.csv"
    plan.write_text(
        "날짜,시각,채널,제목\n2026-12-08,14:00,카카오톡,독감\n12. 9.,,카카오톡,제설\n", encoding="utf-8"
    )
    shape = ["batch", "new", "same", "different", "left_out", "errors", "questions"]
    tried = program("import", plan, "--dry-run", "--json", data=sample).json
    assert (list(tried), tried["batch"], tried["new"]) == (shape, None, 1)
    assert [each["key"] for each in tried["questions"]] == ["year"]
    told = program("import", plan, "--set", "year=2026", "--json", data=sample).json
    assert (told["new"], told["questions"]) == (2, [])
    again = program("import", plan, "--set", "year=2026", data=sample)
    assert "게시 신규 0 · 동일 2" in again.out
    results = tmp_path / "결과.csv"
    results.write_text(
        '발송일,제목,채널,발송,열람\n2026-12-08,독감,카카오톡,"1,000",1071\n', encoding="utf-8"
    )
    filled = program("posts", "import", results, "--json", data=sample).json
    assert filled["new"] == 1
    span = ("--from", "2026-12-08", "--to", "2026-12-08", "--json")
    assert program("posts", "list", *span, data=sample).json[0]["open_rate"] == 107.1
    assert program("undo-import", str(filled["batch"]), data=sample).status == 0
    assert program("posts", "list", *span, data=sample).json[0]["sent"] is None
    assert program("undo-import", str(told["batch"]), data=sample).status == 0
    assert program("posts", "list", *span, data=sample).json == []
    figures = tmp_path / "통계.csv"
    figures.write_text("날짜,채널,친구 수\n2026-12-08,카카오톡,5\n", encoding="utf-8")
    assert "게시 계획 표를 찾지 못했습니다" in program("posts", "import", figures, data=sample).refused()
