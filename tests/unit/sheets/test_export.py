"""Our own workbook: text stays text, numbers stay numbers, and all of it reads back as it was."""

from __future__ import annotations

import csv
import string
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.weeks import Period
from civictracker.sheets import export, exported
from civictracker.sheets.containers import read_grids
from civictracker.sheets.export import ChannelLine, Everything, FigureLine, MetricLine
from civictracker.sheets.grid import Grid
from civictracker.sheets.sniff import Container
from civictracker.sheets.text import grid_of

MADE = datetime.fromisoformat("2026-11-20T14:03:00+09:00")
LIVE = ("=1+1", "+82-2-120", "-시험", "@gwanakgu", '=HYPERLINK("http://x")', "'=이미", "''", "'작은따옴표")
METRICS = {
    "followers": MetricLine("followers", "친구·구독 수", "level", "명", 0),
    "open_rate": MetricLine("open_rate", "열람률", "ratio", "%", 1),
    "own:방문": MetricLine("own:방문", "=방문", "flow", "명", 0),
}
CHANNELS = (
    ChannelLine(1, "관악구청", True, "홍보과", "", "카카오톡 채널", "카카오톡 채널", "@gwanakgu",
                "https://pf.kakao.com/_x", "김주무", date(2019, 1, 11), None, None, "첫 줄\n둘째 줄"),
    ChannelLine(2, "관악구청", True, "홍보과", "낙성대동", "행정복지센터", "카카오톡 채널", parent=1),
    ChannelLine(3, "=악의 도시", False, "", "", "-채널", "기타"),
)  # fmt: skip


def figure(
    value: int | Decimal, note: str = "", code: str = "2026-W47", metric: str = "followers"
) -> FigureLine:
    return FigureLine(1, metric, Period.parse(code), value, note=note)


def read_back(everything: Everything, path: Path) -> tuple[list[FigureLine], exported.Exported]:
    if path.suffix == ".csv":
        export.write_csv(everything, path)
        grids: list[Grid] = [grid_of(path.read_text("utf-8-sig"), path.stem)]
    else:
        export.write_workbook(everything, path, made=MADE)
        grids, _ = read_grids(path, Container.XLSX)
    found = exported.recognised(grids, is_csv=path.suffix == ".csv")
    assert found is not None
    _, extraction, more = found
    records = extraction.records
    assert extraction.left_out == []
    rows = [
        FigureLine(
            int(more.channels[records.entity[at]]["number"]), records.metrics[records.metric[at]],
            records.periods[records.period[at]] or Period.year(1), records.value_at(at),
            at in records.approximate, more.notes.get(at, ""),
        )
        for at in range(len(records))
    ]  # fmt: skip
    return rows, more


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_kind_of_figure_reads_back(tmp_path: Path, ending: str) -> None:
    rows = [
        figure(47_823, "첫 줄\n둘째 줄"),
        figure(0, code="2026-11-13"),
        figure(-12, code="2026-Q3"),
        figure(2**63 - 1, code="2026"),
        figure(10**15 + 1, code="2026-11"),
        figure(Decimal("157.4"), code="2026-11-01/2026-11-05", metric="open_rate"),
        figure(7, metric="own:방문"),
        FigureLine(2, "followers", Period.parse("2026-W47"), 470, approximate=True),
        *(FigureLine(3, "followers", Period.week(date(2020, 1, 6)).shift(at), at, note=text)
          for at, text in enumerate(LIVE)),
    ]  # fmt: skip
    back, more = read_back(Everything(CHANNELS, METRICS, rows), tmp_path / f"자료.{ending}")
    assert back == rows
    assert [each["name"] for each in more.channels] == ["카카오톡 채널", "행정복지센터", "-채널"]
    assert more.metrics["own:방문"] == {"name": "=방문", "kind": "flow", "unit": "명", "decimals": 0}
    if ending == "xlsx":
        assert more.channels[0]["opened"] == "2019-01-11"
        assert more.channels[0]["note"] == "첫 줄\n둘째 줄"
        assert more.channels[1]["parent"] == "1"


def test_no_text_becomes_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    rows = [figure(at, text, code=f"{2000 + at}") for at, text in enumerate(LIVE)]
    everything = Everything(CHANNELS, METRICS, rows)
    export.write_workbook(everything, tmp_path / "a.xlsx", made=MADE)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["자료"]
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds == {"s", "n", "d"}
    assert [row[8].value for row in sheet.iter_rows(min_row=2)] == list(range(len(LIVE)))

    export.write_csv(everything, tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert [row[8] for row in table[1:]] == [str(at) for at in range(len(LIVE))]
    assert not [cell for row in table for cell in row if cell[:1] in set("=+@\t\0")]
    assert not [cell for row in table for cell in row if cell.startswith("-") and not cell[1:].isdecimal()]


@given(st.text(alphabet=string.printable + "가=+-@'\t\0", max_size=12))
def test_the_escape_can_always_be_taken_back(text: str) -> None:
    assert export.unescaped(export.escaped(text)) == text
    assert export.escaped(text)[:1] not in set("=+-@\t\r\0")


def test_a_bad_row_is_left_out_with_its_reason_and_stops_nothing(tmp_path: Path) -> None:
    rows = [figure(at, code=f"{2000 + at}") for at in range(6)]
    export.write_csv(Everything(CHANNELS, METRICS, rows), tmp_path / "a.csv")
    lines = [line.split(",") for line in (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()]
    lines[1][8] = "4,7O1".replace(",", "")
    lines[2][5] = "2026-W99"
    lines[2][6] = lines[2][7] = ""
    lines[3][6] = "2003-06-01"
    lines[4][2] = ""
    lines[5][5] = "05월"  # what a spreadsheet may make of a code; the two days still tell
    found = exported.recognised([Grid("자료", [list(line) for line in lines])], is_csv=True)
    assert found is not None
    assert [(each.cell, each.why) for each in found[1].left_out] == [
        ("I2", "숫자로 읽을 수 없습니다: ‘47O1’"),
        ("F3", "기간을 읽을 수 없습니다: ‘2026-W99’"),
        ("F4", "기간 ‘2002’이 시작일·종료일과 다릅니다."),
        ("C5", "기관과 채널 이름이 있어야 합니다."),
    ]
    assert found[1].records.values == [4, 5]


def test_other_sheets_are_not_taken_for_ours() -> None:
    assert (
        exported.recognised([Grid("자료", [["기관", "채널", "값"], ["관악구", "블로그", 3]])], is_csv=False)
        is None
    )
    assert exported.recognised([Grid("빈", [])], is_csv=False) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=1, min_value=-(10**13), max_value=10**13))
def test_what_fits_survives_being_a_float(value: Decimal) -> None:
    assert export.fits(value)
    assert Decimal(repr(float(value))) == value
