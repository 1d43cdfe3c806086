"""check, backup, restore, a window that has the file, and words that are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civictracker.store.ownership import Ownership

Program = Callable[..., Any]


@pytest.fixture
def data(tmp_path: Path, sample_template: Path) -> Path:
    path = tmp_path / "우리 자료.db"
    shutil.copyfile(sample_template, path)
    return path


def test_a_damaged_file_is_named_and_a_backup_brings_it_back(program: Program, data: Path) -> None:
    sound = program("check", data=data)
    assert sound.status == 0
    assert "온전합니다" in sound.out
    folder = data.parent / "USB (E)"
    assert program("backup", "--to", folder, data=data).status == 0
    (made,) = folder.glob("*.civictracker")

    content = bytearray(data.read_bytes())
    content[4096 : 4096 * 9] = bytes(4096 * 8)
    data.write_bytes(content)
    assert "손상되었습니다" in program("check", data=data).refused()
    assert "손상되었습니다" in program("export", "--out", data.parent / "a.csv", data=data).refused()

    restored = program("restore", made, data=data)
    assert restored.status == 0
    assert list(data.parent.glob("*before-restore*")), "the damaged file is kept"
    assert program("check", data=data).out == sound.out


def test_while_a_window_has_the_file_it_can_be_read_but_not_written(program: Program, data: Path) -> None:
    window = Ownership(data)
    window.take()
    try:
        assert "이미 열려 있습니다" in program("undo-import", "1", data=data, spawn=True).refused()
        assert "이미 열려 있습니다" in program("restore", data, data=data).refused()
        assert program("check", data=data).status == 0
    finally:
        window.release()


def test_no_data_file_or_a_foreign_one(program: Program, tmp_path: Path) -> None:
    assert "이 없습니다" in program("series").refused()
    foreign = tmp_path / "메모.db"
    foreign.write_text("채널일지 자료가 아닙니다.", encoding="utf-8")
    assert "자료 파일이 아닙니다" in program("check", data=foreign).refused()
    assert "폴더입니다" in program("check", data=tmp_path).refused()
    assert "폴더입니다" in program("series", data=tmp_path).refused()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serie"], "모르는 말입니다"),
        (["inspect"], "빠진 말이 있습니다: 파일"),
        (["series", "--every", "decade"], "모르는 말입니다"),
        (["series", "--from", "언젠가"], "날짜를 2026-11-20처럼"),
        (["export", "--out", "자료.hwp"], ".xlsx, .csv"),
        (["import", "a.xlsx", "--set", "minus"], "열쇠=값"),
        (["undo-import", "첫째"], "번호"),
        (["series", "--cha", "카카오톡"], "모르는 말입니다: --cha"),
    ],
)
def test_wrong_words(program: Program, words: list[str], sentence: str) -> None:
    ended = program(*words)
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.err


def test_help_is_korean_and_starts_neither_qt_nor_the_data(program: Program) -> None:
    ended = program("--help", data=None, spawn=True)
    assert ended.status == 0
    assert "쓰는 법: civictracker" in ended.out
    assert "usage" not in ended.out
