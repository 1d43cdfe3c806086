"""The program as others use it: a process with words in and text, JSON and an exit status out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from civictracker.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a process ended. It never shows a traceback, and fails in one sentence."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def refused(self) -> str:
        """The one plain sentence with which the program said no."""
        assert self.status == 1, (self.out, self.err)
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].endswith((".", ")", "요.", "다."))
        return lines[0]


Program = Callable[..., Ended]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Run ``civictracker`` on a data file with a Korean path in a fresh home.

    By itself in this process, which takes a tenth of the time; ``spawn=True`` really starts one.
    """
    home = tmp_path / "홍보과 자료"
    home.mkdir()

    def run(*words: str | Path, data: Path | None = home / "채널.db", spawn: bool = False) -> Ended:
        told = [] if data is None else ["--data", str(data)]
        told.extend(map(str, words))
        ended = _spawned(told, home) if spawn else _called(told)
        assert "Traceback" not in ended.err, ended.err
        return ended

    return run


def _spawned(words: list[str], home: Path) -> Ended:
    env = {name: value for name, value in os.environ.items() if not name.startswith("CIVICTRACKER")}
    env.update(CIVICTRACKER_HOME=str(home), QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-m", "civictracker", *words],
        capture_output=True, encoding="utf-8", env=env, cwd=home, timeout=60, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def _called(words: list[str]) -> Ended:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(str(ended.code))
    for stream in (out, err):
        stream.seek(0)
    return Ended(status, out.read(), err.read())


# --- workbooks --------------------------------------------------------------------------------


SUWON_FRIENDS = (
    ("2016년 3월", 5079),
    ("2016. 12. 31.", 173932),
    ("2017. 11. 11.", 280397),
    ("2019. 11. 12.", 448633),
)
SUWON_VISITORS = (("2015년", 1249490), ("2016년", 1568379))
SUWON_SITES = (("2014. 1. 1. ~ 2015. 12. 31.", 1201145), ("2016. 1. 1. ~ 2018. 12. 31.", 1512506))
SUWON_ANSWERS = (
    "--set", "office=수원시청", "--set", "channel:카카오톡 채널=new", "--set", "channel:수원시 누리집=new",
    "--set", "channel:여섯 누리집=new", "--set", "metric:방문자=new:flow:명",
    "--set", "metric:연평균 방문자=new:flow:명",
)  # fmt: skip


class Books:
    """Workbooks as offices hand them on, made for the tests."""

    suwon_answers = SUWON_ANSWERS

    @staticmethod
    def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
        made = xlsxwriter.Workbook(str(path))
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        made.close()
        return path

    @staticmethod
    def suwon(path: Path) -> Path:
        """수원시's published figures (shared facts §1 and §2) as three small tables."""
        head = "채널명"
        friends = [("기준일", head, "친구 수"), *((day, "카카오톡 채널", n) for day, n in SUWON_FRIENDS)]
        visitors = [
            ("기준연도", head, "방문자"),
            *((day, "수원시 누리집", n) for day, n in SUWON_VISITORS),
        ]
        sites = [("기간", head, "연평균 방문자"), *((day, "여섯 누리집", n) for day, n in SUWON_SITES)]
        return Books.book(path, ("친구", friends), ("방문자", visitors), ("연평균", sites))

    @staticmethod
    def weekly(
        path: Path, rows: Sequence[tuple[str, Any, Any]], title: str = "2026년 11월 3주 SNS 현황"
    ) -> Path:
        """A week's sheet: friends and posts of some channels."""
        return Books.book(
            path, ("현황", [("2026년 11월 3주 SNS 현황",), ("채널명", "친구 수", "게시 건수"), *rows])
        )

    @staticmethod
    def with_password(path: Path, source: Path) -> Path:
        from msoffcrypto.format.ooxml import OOXMLFile

        with source.open("rb") as plain, path.open("wb") as out:
            OOXMLFile(io.BytesIO(plain.read())).encrypt("비밀번호", out)
        return path


@pytest.fixture(scope="session")
def books() -> Books:
    return Books()
