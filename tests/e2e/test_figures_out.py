"""series, export and report as a process; the published figures of 수원시 come out as recomputed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from civictracker.cli.words import REPORTS
from civictracker.services.campaigns import save_campaign
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now

Program = Callable[..., Any]
Books = Any


def points(told: Any) -> list[tuple[str, int, int | None, float | None]]:
    return [(each["period"], each["value"], each["change"], each["rate"]) for each in told["points"]]


def test_figures_of_suwon(books: Books, program: Program, tmp_path: Path) -> None:
    ended = program("import", books.suwon(tmp_path / "수원시 실적.xlsx"), *books.suwon_answers, "--json")
    assert (ended.status, ended.json["new"], ended.json["questions"]) == (0, 8, [])

    friends, visitors, sites = program("series", "--json").json

    assert list(friends) == ["channel", "metric", "kind", "unit", "points"]
    assert (friends["channel"], friends["metric"], friends["kind"], friends["unit"]) == (
        "카카오톡 채널", "followers", "level", "명",
    )  # fmt: skip
    assert points(friends) == [
        ("2016-03", 5_079, None, None),
        ("2016-12-31", 173_932, 168_853, 3324.5),
        ("2017-11-11", 280_397, 106_465, 61.2),  # the article printed 60.76 %
        ("2019-11-12", 448_633, 168_236, 60.0),
    ]
    assert points(visitors)[1] == ("2016", 1_568_379, 318_889, 25.5)
    assert points(sites)[1] == ("2016-01-01/2018-12-31", 1_512_506, 311_361, 25.9)

    yearly = program("series", "--channel", "카카오톡", "--every", "year", "--from", "2017", "--json").json
    assert points(yearly) == [
        ("2017", 280_397, 106_465, 61.2), ("2019", 448_633, 168_236, 60.0),
    ]  # fmt: skip
    assert program("series", "--channel", "블로그").refused().startswith("‘블로그’ 채널이 없습니다.")
    assert program("series", "--metric", "체온").refused() == "‘체온’이라는 지표는 없습니다."


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_export_comes_back_as_the_same_data(
    program: Program, sample_template: Path, tmp_path: Path, ending: str
) -> None:
    source, back = tmp_path / "있던 자료.db", tmp_path / "새 자료.db"
    shutil.copyfile(sample_template, source)
    out, again = tmp_path / f"내보낸 것.{ending}", tmp_path / f"다시.{ending}"

    assert program("export", "--out", out, data=source).status == 0
    assert program("import", out, "--json", data=back).json["errors"] == 0
    assert program("export", "--out", again, "--now", "2026-11-20T14:03", data=back).status == 0

    if ending == "csv":
        assert again.read_bytes() == out.read_bytes()
        assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = (program("series", "--json", data=path).json for path in (source, back))
    assert len(first) == 36
    assert first == second


def test_the_weekly_report(program: Program, sample_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "자료.db"
    shutil.copyfile(sample_template, data)
    for ending, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("hwpx", b"PK"), ("html", b"<!DOCTYPE html>")):
        out = tmp_path / f"주간보고.{ending}"
        ended = program(
            "report", "weekly", "--on", "2026-11-20", "--out", out, data=data, spawn=ending == "pdf"
        )
        assert ended.status == 0
        assert out.read_bytes().startswith(start)
    nowhere = program(
        "report", "weekly", "--on", "2026-11-20", "--out", tmp_path / "없음" / "a.pdf", data=data
    )
    assert "폴더가 없습니다." in nowhere.refused()


def test_every_paper_on_the_command_line(program: Program, sample_template: Path, tmp_path: Path) -> None:
    data, day = tmp_path / "자료.db", ("--on", "2026-11-20", "--now", "2026-11-20T14:03")
    text = tmp_path / "글.txt"
    text.write_text("친구 13만 명 넘어\n- 7년 만에 -\n\n관악구 친구는 13만1,289명이다.\n", encoding="utf-8")
    shutil.copyfile(sample_template, data)
    for kind in REPORTS:
        out = tmp_path / f"{kind}.pdf"
        if kind == "campaign":
            continue
        more = {"channel": ("--channel", "블로그"), "press": ("--text", text)}.get(kind, ())
        assert program("report", kind, *day, *more, "--out", out, data=data).status == 0, kind
        assert out.read_bytes().startswith(b"%PDF")
    assert "--channel" in program("report", "channel", *day, "--out", out, data=data).refused()
    assert "캠페인" in program("report", "campaign", *day, "--out", out, data=data).refused()
    assert (
        "없습니다" in program("report", "press", *day, "--release", "없음", "--out", out, data=data).refused()
    )
    _with_campaign(data)
    assert program("report", "campaign", *day, "--campaign", "축제", "--out", out, data=data).status == 0
    assert (
        "없음" in program("report", "campaign", *day, "--campaign", "없음", "--out", out, data=data).refused()
    )
    unknown = program("report", "weekly", *day, "--form", "없는 서식", "--out", out, data=data)
    assert "없는 서식" in unknown.refused()


def _with_campaign(data: Path) -> None:
    opened = open_data(data, sample_now, alone=False)
    opened.context.write(save_campaign, name="가을 축제", starts=date(2026, 10, 5), ends=date(2026, 10, 18))
    opened.close(keep_backup=False)


def test_many_papers_in_one_go(program: Program, sample_template: Path, tmp_path: Path) -> None:
    data, folder = tmp_path / "자료.db", tmp_path / "모음"
    shutil.copyfile(sample_template, data)
    words = ("--on", "2026-11-20", "--now", "2026-11-20T14:03", "--folder", folder)
    assert "폴더가 없습니다." in program("report", "monthly", *words, data=data).refused()
    folder.mkdir()
    assert program("report", "monthly", *words, data=data).status == 0
    assert program("report", "channel", *words, "--as", "xlsx", data=data).status == 0
    assert len(list(folder.glob("*.pdf"))) == 11
    assert len(list(folder.glob("*.xlsx"))) == 12
    assert "한 부뿐" in program("report", "audit", *words, data=data).refused()
