"""취합: forms go out, come back in whatever state, and their figures go in as one."""

from __future__ import annotations

import csv
import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from civictracker.domain.collecting import Status
from civictracker.domain.weeks import Period
from civictracker.errors import CancelledError, InputError
from civictracker.services import collect
from civictracker.services.channels import list_channels, save_channel
from civictracker.services.collect import (
    Wish,
    change_due,
    delete_round,
    list_rounds,
    list_units,
    make_forms,
    offered_metrics,
)
from civictracker.services.collect_board import Board, BoardRow, accept, accept_key, choose_file, load_board
from civictracker.services.collect_import import NEW, apply_round, would_write
from civictracker.services.collect_scan import scan
from civictracker.services.collect_words import described, in_words, reminder
from civictracker.services.context import Context
from civictracker.services.figures import figure_at, provenance
from civictracker.services.imports import Verdict, list_batches
from civictracker.services.intake import read_planned
from civictracker.services.jobs import CancelToken
from civictracker.services.opening import open_data
from civictracker.sheets.collect_child import FormReader
from civictracker.sheets.collect_return import returned_forms
from civictracker.sheets.containers import read_grids
from civictracker.sheets.sniff import sniff
from civictracker.store.journal import Key
from tests.forms import edit, filled, inputs

WEEK = Period.parse("2026-W47")
DUE = date(2026, 11, 24)
UNITS = ("보라매동", "낙성대동", "은천동")


@pytest.fixture
def three(office: Context) -> Context:
    """관악구 with three 행정복지센터; 낙성대동 has a blog as well."""
    for platform, name, unit in (("kakao", "카카오톡 채널", "낙성대동"), ("naver_blog", "낙성대 블로그", "낙성대동"),
                                 ("kakao", "카카오톡 채널", "은천동")):  # fmt: skip
        office.write(save_channel, platform=platform, name=name, unit_name=unit)
    return office


@pytest.fixture
def spawned() -> None:
    """Files are read in child processes, as they really are."""


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child costs 0.3 s a file; what it would tell of a form is the same."""

    def read_here(_reader: FormReader, path: Path) -> list[dict[str, Any]]:
        return [asdict(found) for _, found, _ in returned_forms(read_grids(path, sniff(path))[0])]

    if "spawned" not in request.fixturenames:
        monkeypatch.setattr(FormReader, "read", read_here)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder for forms, apart from the data's own."""
    folder = tmp_path / "취합"
    folder.mkdir()
    return folder


def made(context: Context, folder: Path, **more: Any) -> tuple[int, list[Path]]:
    """A round for all three units; its id and the forms."""
    folder.mkdir(parents=True, exist_ok=True)
    wish = Wish(**{"period": WEEK, "units": UNITS, "due": DUE, **more})
    changes, paths = make_forms(context, wish=wish, folder=folder, token=CancelToken())
    context.adopt(changes)
    assert changes.created is not None
    return changes.created, paths


def scanned(context: Context, folder: Path, round_id: int | None = None) -> Board:
    changes = scan(context, folder=folder, token=CancelToken(), round_id=round_id)
    context.adopt(changes)
    assert changes.created is not None
    return context.read(load_board, round_id=changes.created)


def row(board: Board, unit: str) -> BoardRow:
    return next(each for each in board.rows if each.unit.name == unit)


def why(board: Board, unit: str) -> list[str]:
    return [each.kind for each in row(board, unit).oddities]


def stored(context: Context, channel: int, metric: int = 1, period: Period = WEEK) -> int | None:
    found = context.read(figure_at, key=Key(metric, channel, period.start, period.end))
    return None if found is None else found.value


# --- forms ---------------------------------------------------------------------------------------


def test_a_form_for_each_unit_locked_but_for_its_cells(three: Context, box: Path, put: Any) -> None:
    put(three, 3, "2026-W46", 3310)
    _, paths = made(three, box / "보냄")
    assert [path.name for path in paths] == [f"2026년 11월 3주 취합 {unit}.xlsx" for unit in UNITS]
    book = openpyxl.load_workbook(paths[0])
    assert (book["_서식"].sheet_state, book["취합"].sheet_state) == ("veryHidden", "visible")
    sheet = book["취합"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_cells = {
        cell.coordinate for cells in sheet.iter_rows() for cell in cells if not cell.protection.locked
    }
    asked = {cell.coordinate for cells in inputs(sheet) for cell in cells}
    assert asked < open_cells
    assert len(open_cells) == len(asked) + 1  # 비고
    texts = [str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value is not None]
    assert "기간: 2026년 11월 3주 (2026. 11. 16. ~ 11. 22.)" in texts
    assert "마감: 2026. 11. 24.(화)까지 보내 주세요" in texts
    assert "지난 값\n(11월 2주)" in texts
    assert sheet.row_dimensions[inputs(sheet)[0][0].row - 2].hidden
    assert sheet.column_dimensions["A"].hidden
    first = inputs(sheet)[0][0]
    assert sheet.cell(first.row, first.column - 1).value == 3310
    assert sheet.cell(first.row, first.column + 1).value == "-"
    rules = sheet.data_validations.dataValidation
    assert {str(rule.sqref) for rule in rules} == asked
    assert all("0 이상의 정수" in rule.error and "해당 없음" in rule.formula1 for rule in rules)


def test_a_password_locks_the_form_for_good(three: Context, box: Path) -> None:
    _, paths = made(three, box, password="홍보과")
    assert openpyxl.load_workbook(paths[0])["취합"].protection.password


def test_nothing_is_overwritten_and_a_second_round_has_other_numbers(three: Context, box: Path) -> None:
    _, first = made(three, box)
    _, second = made(three, box)
    assert [path.name for path in second] == [f"2026년 11월 3주 취합 {unit} (2).xlsx" for unit in UNITS]
    assert len({each.code for each in three.read(list_rounds)}) == 2
    assert first[0].read_bytes() != second[0].read_bytes()


def test_forms_that_cannot_all_be_written_leave_nothing(
    three: Context, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = collect.write_form, []

    def failing(*args: Any, **more: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise OSError("disk")
        real(*args, **more)

    monkeypatch.setattr(collect, "write_form", failing)
    with pytest.raises(Exception, match="서식을 쓰지 못했습니다"):
        made(three, box / "보냄")
    assert list((box / "보냄").iterdir()) == []
    assert three.read(list_rounds) == []


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [({"units": ()}, "읍면동을 하나 이상"), ({"units": ("없는동",)}, "읍면동을 하나 이상"), ({"metrics": ()}, "지표를 하나 이상")],
)  # fmt: skip
def test_a_wish_for_nothing_is_refused(
    three: Context, box: Path, wish: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        made(three, box, **wish)


def test_a_round_is_undone_and_deleted(three: Context, box: Path) -> None:
    round_id, paths = made(three, box)
    edit(paths[0], filled(1, 2, 3))
    scanned(three, box)
    three.write(delete_round, round_id=round_id)
    assert three.read(list_rounds) == []
    three.undo()
    (back,) = three.read(list_rounds)
    assert [unit.name for unit in back.units] == list(UNITS)
    assert [unit.code for unit in back.units] == [row.unit.code for row in scanned(three, box).rows]
    three.write(change_due, round_id=back.id, due=None)
    assert three.read(list_rounds)[0].due is None
    with pytest.raises(InputError, match="이미 지워졌습니다"):
        three.read(load_board, round_id=99)


def test_units_and_metrics_that_can_be_asked(three: Context) -> None:
    units = three.read(list_units, period=WEEK)
    assert [(unit.name, len(unit.channels)) for unit in units] == [
        ("보라매동", 1),
        ("낙성대동", 2),
        ("은천동", 1),
    ]
    codes = [metric.code for metric in offered_metrics()]
    assert {"followers", "posts", "views"} <= set(codes)
    assert "open_rate" not in codes


# --- what comes back -----------------------------------------------------------------------------


def test_the_board_tells_who_has_returned_and_who_is_late(three: Context, box: Path) -> None:
    round_id, paths = made(three, box / "보냄")
    back = box / "받음"
    back.mkdir()
    edit(paths[0], filled(3342, 2, 1980), to=back / "보라매 최종(진짜).xlsx", when="2026-11-20T11:00")
    board = scanned(three, back)
    assert board.round.id == round_id
    assert [(each.unit.name, each.status) for each in board.rows] == [
        ("보라매동", Status.RETURNED), ("낙성대동", Status.MISSING), ("은천동", Status.MISSING),
    ]  # fmt: skip
    assert (board.returned, board.count(Verdict.NEW), row(board, "보라매동").filled) == (1, 3, 3)
    assert "아직 내지 않은 곳(2): 낙성대동, 은천동" in reminder(board, date(2026, 11, 20))
    assert "까지 부탁드립니다" in reminder(board, date(2026, 11, 20))
    assert "지났습니다" in reminder(board, date(2026, 11, 30))

    three.clock = lambda: datetime.fromisoformat("2026-11-26T09:00:00+09:00")
    edit(paths[2], filled(1972, 1, 968), to=back / "은천.xlsx", when="2026-11-25T18:00")
    board = scanned(three, back)
    assert row(board, "은천동").status is Status.LATE
    assert row(board, "보라매동").status is Status.RETURNED
    three.write(change_due, round_id=round_id, due=date(2026, 11, 25))
    assert row(three.read(load_board, round_id=round_id), "은천동").status is Status.RETURNED


def test_forms_that_lie_blank_in_the_folder_are_not_returned(three: Context, box: Path) -> None:
    """Forms are often made in the folder in which the returned ones are gathered."""
    _, paths = made(three, box)
    edit(paths[1], filled(4708, 1, 2240, None, None, None))
    board = scanned(three, box)
    assert [each.status for each in board.rows] == [Status.MISSING, Status.ODD, Status.MISSING]
    assert row(board, "낙성대동").oddities[0].text.startswith("빈 칸 3개: ")
    assert board.others == ()


def test_missing_is_not_zero_and_not_applicable_is_an_answer(three: Context, box: Path) -> None:
    round_id, paths = made(three, box)
    edit(paths[1], filled(4708, 0, "해당 없음", None, "해당없음", "-"))
    board = scanned(three, box)
    found = row(board, "낙성대동")
    assert [(line.value, line.is_none) for line in found.lines] == [
        (4708, False), (0, False), (None, True), (None, False), (None, True), (None, True),
    ]  # fmt: skip
    assert (found.filled, why(board, "낙성대동")) == (5, ["empty", "dash"])
    assert three.write(apply_round, round_id=round_id, choices={}).count == 2
    assert stored(three, 4, 2) == 0
    assert stored(three, 4, 3) is None


ODD = [
    ("text", filled("많음", 2, 3), 2),
    ("text", filled("33.5", 2, 3), 2),
    ("text", filled(-5, 2, 3), 2),
    ("text", filled(datetime(2026, 11, 20), 2, 3), 2),
    ("text", filled(10**19, 2, 3), 2),
    ("about", filled("1.2만", 2, 3), 3),
    ("empty", filled(None, 2, 3), 2),
    ("slip", filled(470, 2, 3), 3),
    ("heading", lambda s: (filled(1, 2, 3)(s), s.cell(inputs(s)[0][0].row - 1, inputs(s)[0][0].column, "누적 방문자")), 2),
    ("heading", lambda s: (filled(1, 2, 3)(s), s.cell(inputs(s)[0][0].row, 2, "다른 채널")), 0),
    ("period", lambda s: (filled(1, 2, 3)(s), s.cell(4, 2, "기간: 2026년 11월 2주 (2026. 11. 9. ~ 11. 15.)")), 0),
    ("unit", lambda s: (filled(1, 2, 3)(s), s.cell(3, 2, "읍면동: 청룡동")), 0),
    ("stray", lambda s: (filled(1, 2, 3)(s), s.cell(inputs(s)[0][0].row + 2, inputs(s)[0][0].column, 77)), 3),
    ("gone", lambda s: (filled(1, 2, 3)(s), s.delete_cols(inputs(s)[0][2].column)), 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "act", "values"), ODD, ids=[f"{at}-{each[0]}" for at, each in enumerate(ODD)]
)
def test_what_is_odd_is_told_and_what_is_uncertain_stays_out(
    three: Context, box: Path, put: Any, kind: str, act: Callable[[Worksheet], None], values: int
) -> None:
    put(three, 3, "2026-W46", 4702)
    _, paths = made(three, box)
    edit(paths[0], act)
    board = scanned(three, box)
    found = row(board, "보라매동")
    assert found.status is Status.ODD
    assert kind in why(board, "보라매동")
    assert sum(1 for line in found.lines if line.value is not None) == values
    assert all(
        each.text.endswith((".", ")", "칸")) or each.kind in {"empty", "stray", "dash"}
        for each in found.oddities
    )


def test_a_total_that_was_typed_over_and_a_line_that_was_copied(three: Context, box: Path) -> None:
    _, paths = made(three, box)

    def act(sheet: Worksheet) -> None:
        filled(10, 1, 5, 20, 2, 6)(sheet)
        last = inputs(sheet)[-1]
        sheet.cell(last[0].row + 1, last[0].column).value = 99
        for at in range(1, 10):
            sheet.cell(last[0].row + 3, at).value = sheet.cell(last[0].row, at).value
        sheet.cell(last[0].row + 3, last[1].column).value = 7

    edit(paths[1], act)
    board = scanned(three, box)
    assert why(board, "낙성대동") == ["twice", "total"]
    assert "합계 칸이 99인데 더하면 30입니다." in row(board, "낙성대동").oddities[1].text
    assert [line.value for line in row(board, "낙성대동").lines] == [10, 1, 5, 20, None, 6]


def test_a_person_finds_it_right_until_another_file_comes(three: Context, box: Path) -> None:
    round_id, paths = made(three, box)
    edit(paths[0], filled(3342, None, 3))
    board = scanned(three, box)
    found = row(board, "보라매동")
    assert found.used is not None
    three.write(accept, key=accept_key(found.unit, found.used), name="보라매동")
    assert row(three.read(load_board, round_id=round_id), "보라매동").status is Status.RETURNED
    three.undo()
    assert row(three.read(load_board, round_id=round_id), "보라매동").status is Status.ODD
    three.redo()
    edit(paths[0], filled(3343, None, 3))
    assert row(scanned(three, box), "보라매동").status is Status.ODD


def test_a_slip_waits_for_a_persons_word(three: Context, box: Path, put: Any) -> None:
    put(three, 3, "2026-W46", 4702)
    round_id, paths = made(three, box)
    edit(paths[0], filled(470, 2, 3))
    board = scanned(three, box)
    found = row(board, "보라매동")
    assert found.oddities[0].text == "친구·구독 수 470: 지난 값 4,702의 10분의 1입니다."
    assert [line.is_held for line in found.lines] == [True, False, False]
    assert three.write(apply_round, round_id=round_id, choices={}).count == 2
    assert stored(three, 3) is None
    assert found.used is not None
    three.write(accept, key=accept_key(found.unit, found.used), name="보라매동")
    assert three.write(apply_round, round_id=round_id, choices={}).count == 1
    assert stored(three, 3) == 470


def test_two_files_of_one_unit_wait_for_a_choice(three: Context, box: Path) -> None:
    round_id, paths = made(three, box / "보냄")
    back = box / "받음"
    back.mkdir()
    first = edit(paths[0], filled(3342, 2, 1980), to=back / "1.xlsx", when="2026-11-19T10:00")
    shutil.copy(first, back / "1 - 복사본.xlsx")
    assert row(scanned(three, back), "보라매동").status is Status.RETURNED
    edit(paths[0], filled(3343, 2, 1980), to=back / "2 수정.xlsx", when="2026-11-20T10:00")
    board = scanned(three, back)
    assert (row(board, "보라매동").status, why(board, "보라매동")) == (Status.ODD, ["several"])
    assert board.count(Verdict.NEW) == 0
    with pytest.raises(InputError, match="가져올 값이 없습니다"):
        three.write(apply_round, round_id=round_id, choices={})
    newer = next(file for file in row(board, "보라매동").files if file.name == "2 수정.xlsx")
    three.write(choose_file, file_id=newer.id)
    board = three.read(load_board, round_id=round_id)
    assert (row(board, "보라매동").status, row(board, "보라매동").lines[0].value) == (Status.RETURNED, 3343)


def test_foreign_files_are_named_and_stop_nothing(three: Context, box: Path, spawned: None) -> None:
    other = Wish(period=WEEK.shift(-1), units=UNITS)
    old = box / "지난주"
    old.mkdir()
    _, last_week = make_forms(three, wish=other, folder=old, token=CancelToken())
    round_id, paths = made(three, box / "보냄")
    back = box / "받음"
    (back / "하위 폴더").mkdir(parents=True)
    edit(paths[0], filled(3342, 2, 1980), to=back / "하위 폴더" / "보라매.xlsx")
    edit(last_week[1], filled(1, 2, 3, 4, 5, 6), to=back / "낙성대 지난주.xlsx")
    (back / "깨진.xlsx").write_bytes(paths[1].read_bytes()[:900])
    (back / "빈 파일.xlsx").touch()
    (back / "사진.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (back / "표.csv").write_text("채널명,친구 수\n카카오톡,10\n", encoding="utf-8")
    (back / "~$보라매.xlsx").write_bytes(b"lock")
    board = scanned(three, back, round_id)
    told = {each.name: each.why for each in board.others}
    assert list(told) == ["깨진.xlsx", "낙성대 지난주.xlsx", "빈 파일.xlsx", "사진.png", "표.csv"]
    assert all(each.endswith(("요.", "다.", ").")) for each in told.values())
    assert told["낙성대 지난주.xlsx"] == "다른 취합(2026년 11월 2주)의 서식입니다."
    assert (row(board, "낙성대동").status, why(board, "낙성대동")) == (Status.ODD, ["foreign"])
    assert row(board, "보라매동").status is Status.RETURNED
    older = next(each for each in three.read(list_rounds) if each.id != round_id)
    assert three.read(load_board, round_id=older.id).returned == 1


def test_a_form_of_another_office_is_known_as_such(three: Context, box: Path, sample_template: Path) -> None:
    theirs = box / "남의 것"
    theirs.mkdir()
    other_data = shutil.copy(sample_template, box / "other.db")
    opened = open_data(Path(other_data), three.clock)
    units = tuple(unit.name for unit in opened.context.read(list_units, period=WEEK))
    make_forms(opened.context, wish=Wish(period=WEEK, units=units[:1]), folder=theirs, token=CancelToken())
    opened.close(keep_backup=False)
    made(three, box / "보냄")
    (other,) = scanned(three, theirs).others
    assert other.why.startswith("이 자료에서 만든 서식이 아닙니다(관악구청 ")


@pytest.mark.parametrize("what", ["missing", "file", "empty"])
def test_a_wrong_folder_is_one_sentence(three: Context, box: Path, what: str) -> None:
    made(three, box / "보냄")
    folder = box / what
    if what == "file":
        folder.touch()
    elif what == "empty":
        folder.mkdir()
    with pytest.raises(InputError) as caught:
        scan(three, folder=folder, token=CancelToken())
    assert caught.value.hint


def test_without_a_round_nothing_is_looked_at(three: Context, box: Path) -> None:
    with pytest.raises(InputError, match="아직 만든 취합 서식이 없습니다"):
        scan(three, folder=box, token=CancelToken())


def test_a_cancelled_scan_keeps_nothing(three: Context, box: Path, spawned: None) -> None:
    round_id, paths = made(three, box)
    for number in range(12):
        edit(paths[0], filled(number, 2, 3), to=box / f"{number}.xlsx")
    token = CancelToken()
    timer = threading.Timer(0.3, token.cancel)
    timer.start()
    with pytest.raises(CancelledError):
        scan(three, folder=box, token=token)
    timer.join()
    assert three.read(load_board, round_id=round_id).returned == 0


def test_a_folder_is_read_once(three: Context, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, paths = made(three, box)
    edit(paths[0], filled(1, 2, 3))
    first = scanned(three, box)
    read: list[str] = []
    real = FormReader.read
    monkeypatch.setattr(FormReader, "read", lambda self, path: (read.append(path.name), real(self, path))[1])
    assert scanned(three, box).rows == first.rows
    edit(paths[2], filled(4, 5, 6))
    assert scanned(three, box).returned == 2
    assert read == [paths[2].name]


# --- going in ------------------------------------------------------------------------------------


def test_what_has_come_goes_in_as_one_and_the_rest_later(three: Context, box: Path, spawned: None) -> None:
    round_id, paths = made(three, box)
    edit(paths[0], lambda s: (filled(3342, 2, 1980)(s), s.cell(inputs(s)[0][0].row, 10, "행사 주간")))
    edit(paths[2], filled(1972, 1, 968))
    board = scanned(three, box)
    assert would_write(board, {}) == 6
    changes = three.write(apply_round, round_id=round_id, choices={})
    assert (changes.count, stored(three, 3), stored(three, 6, 3)) == (6, 3342, 968)
    (batch,) = three.read(list_batches)
    assert (batch.file_name, batch.added) == ("2026년 11월 3주 취합(2곳)", 6)
    figure = three.read(figure_at, key=Key(1, 3, WEEK.start, WEEK.end))
    assert figure is not None
    assert figure.note == "행사 주간"
    (told,) = three.read(provenance, metric="followers", channel_id=3, period=WEEK)
    assert told.words == f"가져오기: {batch.file_name} {paths[0].name}!E12"

    again = three.read(load_board, round_id=round_id)
    assert (again.count(Verdict.NEW), again.count(Verdict.SAME), row(again, "은천동").is_in_data) == (
        0,
        6,
        True,
    )
    assert three.write(apply_round, round_id=round_id, choices={}).count == 0
    assert len(three.read(list_batches)) == 1

    edit(paths[1], filled(4708, 1, 2240, 500, 3, 900))
    assert scanned(three, box).count(Verdict.NEW) == 6
    assert three.write(apply_round, round_id=round_id, choices={}).count == 6
    three.undo()
    assert (stored(three, 4), stored(three, 3)) == (None, 3342)
    three.undo()
    assert stored(three, 3) is None
    assert three.read(load_board, round_id=round_id).count(Verdict.NEW) == 12


def test_a_corrected_return_shows_only_what_differs(three: Context, box: Path) -> None:
    round_id, paths = made(three, box)
    edit(paths[0], filled(3342, 2, 1980))
    scanned(three, box)
    three.write(apply_round, round_id=round_id, choices={})
    edit(paths[0], filled(3352, 2, 1990))
    board = scanned(three, box)
    assert [line.verdict for line in row(board, "보라매동").lines] == [
        Verdict.DIFFERENT, Verdict.SAME, Verdict.DIFFERENT,
    ]  # fmt: skip
    assert (would_write(board, {}), would_write(board, {}, NEW)) == (0, 2)
    assert three.write(apply_round, round_id=round_id, choices={}).count == 0
    assert three.write(apply_round, round_id=round_id, choices={(3, "followers"): NEW}).count == 1
    assert (stored(three, 3), stored(three, 3, 3)) == (3352, 1980)
    assert three.write(apply_round, round_id=round_id, choices={}, default=NEW).count == 1
    assert stored(three, 3, 3) == 1990


def test_files_that_were_cleared_away_after_the_import_are_remembered(three: Context, box: Path) -> None:
    round_id, paths = made(three, box / "보냄")
    back = box / "받음"
    back.mkdir()
    for number, path in enumerate(paths[::2]):
        edit(path, filled(1000 + number, 2, 3), to=back / f"{number}.xlsx")
    scanned(three, back)
    (back / "1.xlsx").unlink()
    assert scanned(three, back).returned == 1
    three.write(apply_round, round_id=round_id, choices={})
    (back / "0.xlsx").rename(box / "0.xlsx")
    (back / "메모.txt").write_text("보라매동은 어제 왔음", encoding="utf-8")
    assert row(scanned(three, back), "보라매동").status is Status.RETURNED


def test_a_channel_that_is_renamed_meanwhile_is_still_the_same(three: Context, box: Path) -> None:
    round_id, paths = made(three, box)
    edit(paths[0], filled(3342, 2, 1980))
    three.write(save_channel, channel_id=3, platform="kakao", name="보라매 소식", unit_name="보라매동")
    scanned(three, box)
    assert three.write(apply_round, round_id=round_id, choices={}).count == 3
    assert stored(three, 3) == 3342
    assert len(three.read(list_channels)) == 6


def test_a_form_comes_in_by_the_ordinary_import_too(three: Context, box: Path) -> None:
    _, paths = made(three, box)
    edit(paths[1], filled(4708, 1, None, 500, "많음", 900))
    plan = read_planned(three, path=paths[1], answers={})
    assert (plan.count(Verdict.NEW), plan.count(Verdict.ERROR), plan.questions) == (4, 1, [])
    assert {target.channel_id for target in plan.targets} == {4, 5}
    assert [each.period.code for each in plan.of(Verdict.NEW)] == ["2026-W47"] * 4


def test_the_months_form_shows_last_months_figures(three: Context, box: Path, put: Any) -> None:
    for code, value in (("2026-W41", 3200), ("2026-W43", 3300)):
        put(three, 3, code, value)
    put(three, 3, "2026-10", 9, "posts")
    put(three, 3, "2026-W43", 5, "views")
    _, paths = made(three, box, period=Period.parse("2026-11"))
    sheet = openpyxl.load_workbook(paths[0])["취합"]
    cells = inputs(sheet)[0]
    assert [sheet.cell(cell.row, cell.column - 1).value for cell in cells] == [3300, 9, "-"]


# --- words ---------------------------------------------------------------------------------------


def test_the_words_and_the_json_say_the_same(three: Context, box: Path) -> None:
    _, paths = made(three, box)
    edit(paths[0], filled(3342, None, 1980))
    board = scanned(three, box)
    told = described(board, batch=None)
    assert (told["missing"], told["new"], told["round"]["period"]) == (["낙성대동", "은천동"], 2, "2026-W47")
    (odd,) = told["units"][0]["odd"]
    assert (odd["kind"], odd["cell"]) == ("empty", "G12")
    words = in_words(board, DUE)
    assert "이상  보라매동  2/3" in words
    assert "빈 칸 1개: G12" in words
    assert "다시 확인해 주실 곳(1):\n- 보라매동: 빈 칸 1개: G12" in reminder(board, DUE)


def test_everyone_has_returned(three: Context, box: Path) -> None:
    _, paths = made(three, box, units=UNITS[:1])
    edit(paths[0], filled(3342, 2, 1980))
    assert reminder(scanned(three, box), DUE).endswith("모두 내 주셨습니다. 고맙습니다.")


def test_csv_of_a_form_is_still_the_form(three: Context, box: Path, spawned: None) -> None:
    _, paths = made(three, box / "보냄")
    edit(paths[0], filled(3342, 2, 1980))
    sheet = openpyxl.load_workbook(paths[0])["취합"]
    back = box / "받음"
    back.mkdir()
    with (back / "보라매.csv").open("w", encoding="cp949", newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in line] for line in sheet.values])
    board = scanned(three, back)
    assert [line.value for line in row(board, "보라매동").lines] == [3342, 2, 1980]
    assert row(board, "보라매동").status is Status.RETURNED
