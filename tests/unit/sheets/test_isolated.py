"""Foreign files are read in a child, whose end, whatever it is, becomes one sentence."""

import sys
import threading
import time
from pathlib import Path

import pytest

from civictracker.domain.weeks import Period, WeekNaming, WeekRule
from civictracker.errors import CancelledError, SheetError
from civictracker.sheets import child as children
from civictracker.sheets import isolated
from civictracker.sheets.isolated import Stopper, cell_of, read_file

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Puts a program of the test's own in the place of the reading child."""

    def put(code: str) -> None:
        real = children.subprocess.Popen
        children.cool_down()
        script = tmp_path / "child.py"
        script.write_text(code)

        def started(_command: list[str], **options: object) -> object:
            return real([sys.executable, str(script)], **options)

        monkeypatch.setattr(children.subprocess, "Popen", started)

    return put


def test_what_the_child_found_comes_back_whole() -> None:
    """The same through the child as in this process, and the picture of the sheet with it."""
    found = read_file(DATA / "본청 주간보고.xlsx")
    here = isolated._understood(DATA / "본청 주간보고.xlsx", {}, WeekNaming())
    (table,) = found.tables
    records = here.tables[0].found.records
    assert (table.records.entities, table.records.values, table.records.periods) == (
        records.entities, records.values, records.periods,
    )  # fmt: skip
    assert table.range == "A2:F7"
    assert cell_of(table, 0) == "운영현황!C4"
    assert table.view.cells[3][:3] == ["본청", "카카오톡 채널", "47,700"]
    assert table.view.merges[0] == (0, 0, 0, 5)
    assert table.view.roles == {0: "entity", 1: "entity", 2: "value", 3: "value", 4: "value", 5: "value"}
    assert found.warnings == ["숨긴 시트는 읽지 않았습니다: 메모"]


def test_answers_and_the_offices_week_rule_reach_the_child(tmp_path: Path) -> None:
    path = tmp_path / "5월 1주.csv"
    path.write_text("채널,친구 수\n가,5\n나,6\n", encoding="utf-8")
    found = read_file(path, answers={"year": "2026"}, naming=WeekNaming(WeekRule.CALENDAR_ROW))
    assert found.tables[0].records.periods == [Period.parse("2026-W18")]


def test_what_the_child_cannot_read_is_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "글.csv"
    path.write_text("안녕하십니까\n표가 없습니다\n", encoding="utf-8")
    with pytest.raises(SheetError, match="숫자 표를 찾지 못했습니다") as caught:
        read_file(path)
    assert caught.value.hint


def test_a_broken_workbook_is_a_sentence(tmp_path: Path) -> None:
    data = bytearray((DATA / "본청 주간보고.xlsx").read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 30
    data[at : at + 200] = b"\xff" * 200
    path = tmp_path / "깨짐.xlsx"
    path.write_bytes(data)
    with pytest.raises(SheetError) as caught:
        read_file(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    "code",
    [
        "import os; os._exit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "raise SystemExit(0)",
        "import sys; sys.stdin.read(); raise RuntimeError('panic')",
    ],
    ids=["exit", "crash", "silence", "panic"],
)
def test_a_child_that_dies_is_one_sentence(child, code: str) -> None:
    child(code)
    with pytest.raises(SheetError, match="지나치게 크거나 깨져"):
        read_file(DATA / "two_headers.csv")


def test_a_child_that_hangs_is_killed(child) -> None:
    child("import time; time.sleep(60)")
    began = time.perf_counter()
    with pytest.raises(SheetError, match=r"0\.3초 안에"):
        read_file(DATA / "two_headers.csv", seconds=0.3)
    assert time.perf_counter() - began < 5


def test_cancelling_kills_the_child(child) -> None:
    child("import time; time.sleep(60)")
    stopper = Stopper()
    threading.Timer(0.2, stopper.stop).start()
    with pytest.raises(CancelledError):
        read_file(DATA / "two_headers.csv", stopper=stopper)


def test_cancelling_before_it_began(child) -> None:
    child("import time; time.sleep(60)")
    stopper = Stopper()
    stopper.stop()
    with pytest.raises(CancelledError):
        read_file(DATA / "two_headers.csv", stopper=stopper)


def test_a_spare_child_is_used_once_and_ends_with_us() -> None:
    children.warm_up()
    ready = children.take()
    assert ready.is_alive
    other = children.take()
    assert other.pid != ready.pid
    for each in (other, ready):
        each._process.communicate(b"")
        assert each._process.returncode == 0
    children.warm_up()
    first = children._spare[0]
    children.warm_up()
    assert children._spare == [first]
    children.cool_down()
    assert not first.is_alive


def test_a_spare_child_that_died_is_replaced() -> None:
    children.warm_up()
    children._spare[0].kill()
    children._spare[0]._process.wait()
    assert read_file(DATA / "long_cp949.csv").tables[0].records.values
