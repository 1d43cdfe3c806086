"""취합 by its controls: forms made, a folder dropped, states read, figures taken in and taken back."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from civictracker.domain.collecting import Status
from civictracker.services.collect import list_rounds
from civictracker.services.imports import list_batches
from civictracker.services.jobs import CancelToken
from civictracker.ui.models.collect_table import DATA, FILE, STATUS, TIME, UNIT, cell_text
from civictracker.ui.pages.collect import CollectPage
from civictracker.ui.pages.collect_make import usual_due
from civictracker.ui.shell.window import MainWindow
from tests.forms import edit, fill_all, filled


@pytest.fixture
def page(window: MainWindow) -> CollectPage:
    window.open_page("collect")
    QApplication.processEvents()
    page = window.current_page
    assert isinstance(page, CollectPage)
    return page


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "취합 받은 파일"
    folder.mkdir()
    return folder


def making(page: CollectPage, qtbot: QtBot, box: Path, grain: str = "month") -> None:
    """Forms of everyone for the month, made into ``box``."""
    before = len(page.state.context.read(list_rounds))
    page.start.click()
    page.maker.grain.set_value(grain)
    page.maker.grain.chosen.emit(grain)
    page.maker.set_folder(box)
    page.maker.make.click()
    qtbot.waitUntil(lambda: len(page.state.context.read(list_rounds)) == before + 1)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.side)


def scanning(page: CollectPage, qtbot: QtBot, box: Path) -> None:
    told: list[str] = []
    page.state.said.connect(lambda text, _changes: told.append(text))
    page.scan_folder(box)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)


def row_of(page: CollectPage, unit: str) -> int:
    model = page.side.model
    return next(at for at in range(model.rowCount()) if model.index(at, UNIT).data() == unit)


def choose(page: CollectPage, unit: str) -> str:
    page.side.view.selectRow(row_of(page, unit))
    QApplication.processEvents()
    return shown(page)


def shown(page: CollectPage) -> str:
    return " ".join(each.text() for each in page.side.panel.findChildren(QLabel) if each.isVisibleTo(page))


def press(page: CollectPage, text: str) -> None:
    found = [
        each for each in page.side.findChildren(QAbstractButton) if each.text() == text and each.isVisibleTo(page)
    ]  # fmt: skip
    found[0].click()
    QApplication.processEvents()


def states(page: CollectPage) -> list[str]:
    return [page.side.model.index(at, STATUS).data() for at in range(page.side.model.rowCount())]


def test_the_samples_round_tells_everyones_state(page: CollectPage) -> None:
    assert page.title.text() == "2026년 11월 3주 취합"
    assert page.subtitle.text() == "마감 2026. 11. 19.(목) 1일 지남 · 5곳 가운데 4곳 냄"
    assert states(page) == ["이상", "미제출", "늦음", "제출", "제출"]
    assert "숫자에 알 수 없는 글자" in shown(page)
    assert "서식번호" in shown(page)


def test_states_are_filtered_and_columns_sorted(page: CollectPage) -> None:
    filters = page.side.filters.itemAt(0).widget()
    filters.chosen.emit("미제출")  # type: ignore[union-attr]
    assert [page.side.model.index(0, UNIT).data(), page.side.model.rowCount()] == ["서원동", 1]
    assert choose(page, "서원동").count("아직 오지 않았습니다.") == 1
    page.side._on_filter_chosen("all")
    for column in (UNIT, FILE, TIME, DATA):
        page.side.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        model = page.side.model
        assert model.rowCount() == 5
        down = [model.index(at, UNIT).data() for at in range(5)]
        page.side.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert [model.index(at, UNIT).data() for at in range(5)] != down
    assert cell_text(page.board.rows[0], UNIT) == "보라매동"  # type: ignore[union-attr]


def test_a_figure_that_differs_is_taken_when_a_person_says_so(page: CollectPage, qtbot: QtBot) -> None:
    assert page.side.apply.text() == "가져올 값 없음"
    assert page.side.conflict.isVisible()
    choose(page, "낙성대동")
    press(page, "4,708(으)로")
    assert page.side.apply.text() == "1건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.side.model.index(row_of(page, "낙성대동"), DATA).data() == "들어감")
    assert page.state.context.read(list_batches)[0].replaced == 1
    page.state.undo_wanted.emit()
    qtbot.waitUntil(lambda: page.side.model.index(row_of(page, "낙성대동"), DATA).data() == "다름 1")
    press(page, "낸 대로")
    assert page.side.apply.text() == "1건 가져오기"
    press(page, "자료대로")
    assert not page.side.apply.isEnabled()


def test_forms_are_made_and_the_round_is_shown_and_undone(page: CollectPage, qtbot: QtBot, box: Path) -> None:
    page.start_making()
    assert page.title.text() == "취합 서식 만들기"
    assert page.maker.make.text() == "5곳 서식 만들기"
    page.maker._check_all(on=False)
    assert not page.maker.make.isEnabled()
    page.maker._units["은천동"].setChecked(True)
    page.maker.metric_chips["views"].click()
    page.maker._step(-1)
    page.maker.set_folder(box)
    assert page.maker._units["은천동"].isChecked()
    assert page.maker.make.text() == "1곳 서식 만들기"
    page.maker.make_now()
    qtbot.waitUntil(lambda: page.title.text() == "2026년 11월 2주 취합")
    assert [path.name for path in box.iterdir()] == ["2026년 11월 2주 취합 은천동.xlsx"]
    assert page.rounds.count() == 2
    (asked,) = [each for each in page.state.context.read(list_rounds) if each.id == page.round_id]
    assert [metric.code for metric in asked.metrics] == ["followers", "posts"]
    page.state.undo_wanted.emit()
    qtbot.waitUntil(lambda: page.title.text() == "2026년 11월 3주 취합")


def test_a_dropped_folder_becomes_a_board(
    window: MainWindow, page: CollectPage, qtbot: QtBot, box: Path
) -> None:
    making(page, qtbot, box)
    assert set(states(page)) == {"미제출"}
    fill_all(box)
    window.take_files([box])
    qtbot.waitUntil(lambda: page.board is not None and bool(page.board.folder), timeout=20_000)
    assert window.current_page is page
    assert states(page) == ["이상", "이상", "이상", "미제출", "제출"]
    assert "지난 값 4,652의 10분의 1입니다." in choose(page, "낙성대동")
    assert page.side.apply.text() == "7건 가져오기"
    press(page, "이대로 맞음")
    assert page.side.apply.text() == "8건 가져오기"
    assert states(page)[0] == "이상"
    assert "쓸 파일을 아직 고르지 않았습니다." in choose(page, "청룡동")
    press(page, "이 파일 쓰기")
    assert "쓰는 파일" in choose(page, "청룡동")
    assert page.side.apply.text() == "11건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.side.apply.text() == "가져올 값 없음")
    assert page.state.context.read(list_batches)[0].file_name == "2026년 11월 취합(4곳)"
    page.state.undo_wanted.emit()
    qtbot.waitUntil(lambda: page.side.apply.text() == "11건 가져오기")


def test_other_files_are_told_and_open_in_the_import_room(
    window: MainWindow, page: CollectPage, qtbot: QtBot, box: Path
) -> None:
    making(page, qtbot, box)
    fill_all(box)
    scanning(page, qtbot, box)
    press(page, "서식 아닌 파일 2개")
    assert "서원동 회신.hwp" in shown(page)
    assert "한글 문서입니다" in shown(page)
    with (box / "현황.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["2026년 11월 3주 현황"], ["채널명", "친구 수"], ["페이스북", 9900]])
    scanning(page, qtbot, box)
    press(page, "서식 아닌 파일 3개")
    opening = page.side.panel.findChildren(QAbstractButton)
    next(each for each in opening if each.accessibleName() == "현황.csv 가져오기에서 열기").click()
    assert window.current_page.id == "import"
    qtbot.waitUntil(lambda: window.current_page.plan is not None, timeout=10_000)  # type: ignore[union-attr]


def test_the_reminder_goes_to_the_clipboard(page: CollectPage) -> None:
    page.side.remind.click()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[:2] == ["[2026년 11월 3주 취합]", "아직 내지 않은 곳(1): 서원동"]
    assert "- 은천동: 친구·구독 수: 숫자에" in text


def test_the_last_day_is_moved_and_taken_away(page: CollectPage) -> None:
    page.side.due.setDate(QDate(2026, 11, 20))
    page.side.due.userDateChanged.emit(QDate(2026, 11, 20))
    assert Status.LATE.value not in states(page)
    page.side.due.userDateChanged.emit(QDate(2000, 1, 1))
    assert page.subtitle.text().startswith("마감 없음")
    page.state.undo_wanted.emit()
    assert page.subtitle.text().startswith("마감 2026. 11. 20.(금)")


def test_wrong_folders_are_one_sentence_and_change_nothing(
    page: CollectPage, qtbot: QtBot, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    page.state.said.connect(lambda text, _changes: told.append(text))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(box))
    page.choose_folder()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].endswith("폴더가 비어 있습니다. 받은 파일을 모아 둔 폴더를 골라 주세요.")
    assert states(page) == ["이상", "미제출", "늦음", "제출", "제출"]


def test_reading_many_files_can_be_cancelled(
    page: CollectPage, qtbot: QtBot, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = CancelToken.report

    def slowly(token: CancelToken, text: str, fraction: float | None = None) -> None:
        # A fast machine is done before anyone could cancel.
        tell(token, text, fraction)
        time.sleep(0.06)

    making(page, qtbot, box)
    source = next(box.glob("*보라매동*"))
    for number in range(30):
        edit(source, filled(number, 1, 1), to=box / f"회신 {number}.xlsx")
    monkeypatch.setattr(CancelToken, "report", slowly)
    told: list[str] = []
    page.state.said.connect(lambda text, _changes: told.append(text))
    page.scan_folder(box)
    panel = page._runner._panel
    qtbot.waitUntil(lambda: panel.isVisible() and "읽었습니다" in panel.words.text(), timeout=10_000)
    panel.cancel.click()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == ["취소했습니다. 바뀐 것은 없습니다."]
    assert set(states(page)) == {"미제출"}


def test_a_round_is_forgotten_and_comes_back(page: CollectPage, qtbot: QtBot) -> None:
    page.forget.click()
    assert page.stack.currentWidget() is page.empty
    page.state.undo_wanted.emit()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.side)
    assert states(page) == ["이상", "미제출", "늦음", "제출", "제출"]


def test_keys(window: MainWindow, page: CollectPage, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentWidget() is page.maker
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.side
    page.side.view.setFocus()
    qtbot.keyClick(page.side.view, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert "아직 오지 않았습니다." in shown(page)


def test_an_office_without_units_is_shown_the_way(empty_window: MainWindow) -> None:
    empty_window.open_page("collect")
    page: Any = empty_window.current_page
    assert page.stack.currentWidget() is page.empty
    page.start_making()
    assert not page.maker.make.isEnabled()
    way = next(each for each in page.findChildren(QAbstractButton) if each.text() == "채널로 가기")
    way.click()
    assert empty_window.current_page.id == "channels"


def test_the_usual_last_day_is_a_working_day() -> None:
    from civictracker.domain.weeks import Period

    assert usual_due(Period.parse("2026-W47")).isoformat() == "2026-11-24"
    assert usual_due(Period.parse("2026-11")).isoformat() == "2026-12-07"
