"""``verify-text``: the shape that scripts rely on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

PRESS = Path(__file__).parents[1] / "data" / "press"
Program = Callable[..., Any]
Books = Any


def test_a_text_alone_needs_no_data_file(program: Program) -> None:
    told = program("verify-text", PRESS / "suwon-2017.txt", "--json")
    assert told.status == 0
    assert list(told.json[0]) == [
        "quote", "start", "end", "kind", "claimed", "computed", "verdict", "because",
    ]  # fmt: skip
    wrong = [
        (each["quote"], each["claimed"], each["computed"]) for each in told.json if each["verdict"] == "다름"
    ]
    assert wrong == [("60.76%", 60.76, 61.21), ("35.4배", 35.4, 55.21)]
    text = (PRESS / "suwon-2017.txt").read_text(encoding="utf-8")
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in told.json)


def test_the_data_bears_a_text_out_or_does_not(program: Program, books: Books, tmp_path: Path) -> None:
    program("import", books.suwon(tmp_path / "수원시 실적.xlsx"), *books.suwon_answers)
    text = tmp_path / "보도자료.txt"
    text.write_bytes("2017년 11월 11일 기준 수원시 카카오톡 친구는 28만3,970명이다.".encode("cp949"))
    told = program("verify-text", text, "--json").json
    assert [(each["claimed"], each["computed"], each["verdict"]) for each in told] == [
        (283_970, 280_397, "다름")
    ]


def test_it_tells_a_person_in_sentences(program: Program, tmp_path: Path) -> None:
    told = program("verify-text", PRESS / "anyang-2010.txt")
    assert "[다름] 41일 (날짜 수): 2010. 6. 10.부터 2010. 7. 19.까지 39일입니다." in told.out
    assert "읽지 못했습니다" in program("verify-text", tmp_path / "없는 글.txt").refused()
