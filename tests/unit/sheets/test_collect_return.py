"""A form that was made, filled, renamed, stretched, stripped and saved by other programs is still itself."""

from __future__ import annotations

import csv
import io
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from civictracker.domain.collecting import form_code, round_code
from civictracker.domain.metrics import Kind
from civictracker.domain.weeks import Period
from civictracker.errors import CancelledError, SheetError
from civictracker.services.collect import Round, Unit
from civictracker.services.collect_judge import judge
from civictracker.sheets.collect_child import FormReader
from civictracker.sheets.collect_form import Form, FormChannel, FormMetric, write_form
from civictracker.sheets.collect_return import Returned, returned_forms
from civictracker.sheets.containers import read_grids
from civictracker.sheets.isolated import read_file
from civictracker.sheets.sniff import sniff
from civictracker.sheets.text import grid_of
from tests.forms import filled, inputs

PERIOD = Period.parse("2026-W47")
CODE = form_code(round_code("시험"), 3)
METRICS = (
    FormMetric("followers", "친구·구독 수", "명", Kind.LEVEL), FormMetric("posts", "게시물 수", "건", Kind.FLOW),
    FormMetric("watch", "시청 시간", "시간", Kind.FLOW, 1), FormMetric("net", "증감", "명", Kind.NET),
)  # fmt: skip
CHANNELS = (
    FormChannel(12, "행정복지센터", "카카오톡 채널"), FormChannel(13, "백석 소식", "네이버 블로그"),
    FormChannel(14, "백석 소식", "유튜브"),
)  # fmt: skip
UNIT = Unit(1, CODE, "백석읍", CHANNELS)
ROUND = Round(1, CODE[:4], PERIOD, None, datetime(2026, 11, 20), METRICS, (UNIT,))
FORM = Form(CODE, "양주시청", "백석읍", PERIOD, "2026년 11월 3주", "11월 2주", METRICS, CHANNELS,
            date(2026, 11, 24), last={(12, "followers"): 1870})  # fmt: skip
MADE = datetime(2026, 11, 20, 14, 3)

# What people write, with what it means in the metric's smallest unit; None: no figure.
_WHOLE = st.one_of(
    st.integers(0, 10**9).map(lambda n: (n, n)),
    st.integers(0, 10**7).map(lambda n: (f"{n:,}", n)),
    st.integers(0, 10**6).map(lambda n: (f" {n}명 ", n)),
    st.sampled_from([(None, None), ("", None), ("해당 없음", None), ("해당없음", None), ("-", None), (0, 0)]),
)
_TENTHS = st.integers(0, 10**6).map(lambda n: (n / 10, n))
_SIGNED = st.integers(-(10**5), 10**5).map(lambda n: (n, n))
_BY_METRIC = (_WHOLE, _WHOLE, _TENTHS, _SIGNED)
FIGURES = st.tuples(*(strategy for _ in CHANNELS for strategy in _BY_METRIC))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "서식.xlsx"
    write_form(FORM, path, made=MADE)
    return path


def forms_in(path: Path) -> list[Returned]:
    return [found for _, found, _ in returned_forms(read_grids(path, sniff(path))[0])]


def figures(found: Returned) -> dict[tuple[int, str], int]:
    judged = judge(found, ROUND, UNIT)
    return {(each.channel.id, each.metric.code): each.value for each in judged.values}


def meant(pairs: Sequence[tuple[Any, int | None]]) -> dict[tuple[int, str], int]:
    places = [(channel.id, metric.code) for channel in CHANNELS for metric in METRICS]
    return {place: value for place, (_, value) in zip(places, pairs, strict=True) if value is not None}


def stretch(sheet: Worksheet, rows: list[int], columns: list[int]) -> None:
    for row in rows:
        sheet.insert_rows(min(row, sheet.max_row))
    for column in columns:
        sheet.insert_cols(min(column, sheet.max_column))


def strip_keys(sheet: Worksheet) -> None:
    """As a program does that drops what is hidden."""
    top = inputs(sheet)[0][0].row - 2
    sheet.delete_rows(top)
    sheet.delete_cols(1)


def as_csv(sheet: Worksheet) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["" if cell is None else cell for cell in row] for row in sheet.values])
    return out.getvalue()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=FIGURES, rows=st.lists(st.integers(1, 16), max_size=4), columns=st.lists(st.integers(1, 12), max_size=3),
    way=st.sampled_from(["as it is", "no hidden sheet", "no keys", "nothing hidden", "csv", "csv without keys"]),
)  # fmt: skip
def test_what_was_written_is_read_whatever_became_of_the_file(
    blank: Path, pairs: tuple[tuple[Any, int | None], ...], rows: list[int], columns: list[int], way: str
) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["취합"]
    filled(*(shown for shown, _ in pairs))(sheet)
    stretch(sheet, rows, columns)
    if way in {"no hidden sheet", "nothing hidden"}:
        del book["_서식"]
    if way in {"no keys", "nothing hidden", "csv without keys"}:
        sheet.delete_rows(next(c.row for r in sheet.iter_rows() for c in r if c.value == "ct1|name"))
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("ct1|"):
                    cell.value = None
    if way.startswith("csv"):
        (found,) = (each for _, each, _ in returned_forms([grid_of(as_csv(sheet), "회신")]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "이름이 바뀐 파일.dat"
            with path.open("wb") as file:
                book.save(file)
            (found,) = forms_in(path)
    assert (found.code, found.period, found.unit) == (CODE, PERIOD.code, "백석읍")
    assert figures(found) == meant(pairs)


OFFICE_WAYS = ("xlsx", "xls", "ods", "csv", "html")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", OFFICE_WAYS)
def test_saved_again_by_libreoffice(blank: Path, tmp_path: Path, ending: str) -> None:
    pairs = [(n * 7, n * 7) if at % 4 != 2 else (n / 2, n * 5) for at, n in enumerate(range(12))]
    book = openpyxl.load_workbook(blank)
    filled(*(shown for shown, _ in pairs))(book["취합"])
    book.save(tmp_path / "회신.xlsx")
    out = tmp_path / "다시 저장"
    told = "csv:Text - txt - csv (StarCalc):44,34,76,1" if ending == "csv" else ending
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         told, "--outdir", str(out), str(tmp_path / "회신.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (path,) = out.iterdir()
    (found,) = forms_in(path)
    assert figures(found) == meant(pairs)


def test_the_child_tells_of_the_form_as_it_is(blank: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(blank)
    filled(*range(12))(book["취합"])
    book.save(tmp_path / "회신.xlsx")
    (table,) = read_file(tmp_path / "회신.xlsx").tables
    assert table.exported is not None
    assert table.exported.form is not None
    assert Returned.unpacked(table.exported.form) == forms_in(tmp_path / "회신.xlsx")[0]


def test_a_changed_hidden_sheet_is_noticed(blank: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["_서식"]["A2"] = str(book["_서식"]["A2"].value).replace("백석읍", "은현면")
    filled(*range(12))(book["취합"])
    book.save(tmp_path / "회신.xlsx")
    (found,) = forms_in(tmp_path / "회신.xlsx")
    assert found.is_damaged
    assert "identity" in {each.kind for each in judge(found, ROUND, UNIT).oddities}


def test_several_forms_in_one_workbook(blank: Path, tmp_path: Path) -> None:
    """Someone gathered the sheets before sending them on."""
    book = openpyxl.load_workbook(blank)
    copy = book.copy_worksheet(book["취합"])
    copy.title = "은현면"
    filled(*range(12))(copy)
    book.save(tmp_path / "모음.xlsx")
    assert [len(figures(each)) for each in forms_in(tmp_path / "모음.xlsx")] == [0, 12]


def test_other_sheets_are_no_forms() -> None:
    for text in (
        "채널,종류\n카카오톡,1\n",
        f"서식번호 {CODE}\n",
        "ct1|x|y\n",
        "서식번호 0000-0000,채널,지난 값,친구\n",
    ):
        assert list(returned_forms([grid_of(text, "표")])) == []


def test_one_child_reads_many_and_a_new_one_goes_on_where_it_died(
    blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = FormReader()
    assert [form["code"] for form in reader.read(blank)] == [CODE]
    first = reader._child
    assert first is not None
    (tmp_path / "깨진.xlsx").write_bytes(blank.read_bytes()[:-400])
    with pytest.raises(SheetError):
        reader.read(tmp_path / "깨진.xlsx")
    reader.read(blank)
    assert reader._child is first
    first.kill()
    first._process.wait()
    assert [form["code"] for form in reader.read(blank)] == [CODE]
    assert reader._child is not first
    assert reader._child is not None
    if sys.platform != "win32":  # where nothing can be made to hang
        reader._child._process.send_signal(signal.SIGSTOP)
        with pytest.raises(SheetError, match="지나치게 크거나"):
            reader.read(blank, seconds=0.3)
        assert reader.read(blank)
    reader.stop()
    with pytest.raises(CancelledError):
        reader.read(blank)
    reader.close()
