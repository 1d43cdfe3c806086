"""collect as a process: forms out, a folder of returned ones in, and all of it taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.forms import edit, fill_all, filled

Program = Callable[..., Any]
NOW = ("--now", "2026-11-20T14:03")


@pytest.fixture
def sample(tmp_path: Path, sample_template: Path) -> Path:
    return Path(shutil.copy(sample_template, tmp_path / "예시.db"))


def test_forms_out_and_a_folder_in(program: Program, sample: Path, tmp_path: Path) -> None:
    box = tmp_path / "취합 11월"
    made = program(
        "collect", box, "--make", "2026-11", "--due", "2026-11-19", *NOW, "--json", data=sample, spawn=True
    )
    assert Path(made.json[0]).name == "2026년 11월 취합 보라매동.xlsx"
    fill_all(box)

    look = program("collect", box, "--dry-run", "--json", *NOW, data=sample)
    told = look.json
    assert list(told) == ["round", "units", "others", "missing", "new", "same", "different", "batch"]
    assert told["round"]["period"] == "2026-11"
    assert {each["unit"]: each["status"] for each in told["units"]} == {
        "보라매동": "제출", "낙성대동": "이상", "청룡동": "이상", "은천동": "이상", "서원동": "미제출",
    }  # fmt: skip
    assert (told["missing"], told["new"], told["batch"]) == (["서원동"], 7, None)
    assert {each["file"] for each in told["others"]} == {"서원동 회신.hwp", "연락처.csv"}
    kinds = {each["unit"]: [odd["kind"] for odd in each["odd"]] for each in told["units"]}
    assert kinds["낙성대동"] == ["slip", "about"]
    assert (kinds["청룡동"], kinds["은천동"]) == (["several"], ["empty"])

    done = program("collect", box, "--json", *NOW, data=sample, spawn=True)
    batch = done.json["batch"]
    assert done.status == 0
    assert batch is not None
    again = program("collect", box, "--json", *NOW, data=sample).json
    assert (again["new"], again["same"], again["batch"]) == (0, 7, None)

    edit(box / "보라매 최종.xlsx", filled(3343, 9, 8120), when="2026-11-20T13:00")
    kept = program("collect", box, *NOW, data=sample)
    assert "신규 0 · 동일 6 · 값 다름 1" in kept.out
    changed = program("collect", box, "--set", "conflict=new", "--json", *NOW, data=sample).json
    assert changed["different"] == 1
    assert program("undo-import", str(changed["batch"]), data=sample).status == 0
    assert program("undo-import", str(batch), data=sample).status == 0
    assert program("collect", box, "--dry-run", "--json", *NOW, data=sample).json["new"] == 7


def test_what_cannot_be_is_one_sentence(program: Program, sample: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "빈 폴더"
    nothing.mkdir()
    assert "비어 있습니다" in program("collect", nothing, data=sample).refused()
    assert "폴더가 없습니다" in program("collect", tmp_path / "없는 폴더", data=sample).refused()
    assert "읍면동을 하나 이상" in program(
        "collect", nothing, "--make", "2026-11", "--unit", "없는동", data=sample
    ).refused()  # fmt: skip
    assert "서식이 없습니다" in program("collect", nothing).refused()
    assert program("collect", data=sample).status == 2
    assert program("collect", nothing, "--set", "year=2026", data=sample).status == 2
