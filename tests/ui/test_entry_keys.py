"""주간 입력 by the keyboard: as in Excel, and nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civictracker.services.entry import load_grid
from civictracker.ui.models.entry_cells import Col
from civictracker.ui.pages.entry import EntryPage
from civictracker.ui.shell.window import MainWindow


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> EntryPage:
    window.open_page("entry")
    page = window.current_page
    assert isinstance(page, EntryPage)
    qtbot.waitUntil(page.view.hasFocus)
    return page


def go(page: EntryPage, channel: str, column: Col = Col.LEVEL) -> None:
    for line in range(page.model.rowCount()):
        row = page.model.entry_row(line)
        if row is not None and row.channel.label == channel:
            page.view.setCurrentIndex(page.model.index(line, column))
            return
    raise AssertionError(channel)


def at(page: EntryPage) -> tuple[str, int]:
    index = page.view.currentIndex()
    row = page.model.entry_row(index.row())
    return (row.channel.label if row else "", index.column())


def stored(page: EntryPage, channel: str, metric: str = "followers") -> int | None:
    grid = page.state.context.read(load_grid, week=page.state.week)
    reading = next(row for row in grid.rows if row.channel.label == channel).cells[metric].this
    return None if reading is None else reading.value


def shown(page: EntryPage, column: Col) -> str:
    return str(page.model.index(page.view.currentIndex().row(), column).data())


def type_keys(qtbot: QtBot, page: EntryPage, text: str) -> None:
    """Each key goes where the keyboard is: the first to the table, which opens the editor for the rest."""
    for char in text:
        qtbot.keyClicks(page.view.open_editor or page.view, char)


def press(
    qtbot: QtBot, page: EntryPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(page.view.open_editor or page.view, key, modifier)
    QApplication.processEvents()  # Qt queues what Enter does


CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_first_waiting_channel_is_current_when_the_page_opens(page: EntryPage) -> None:
    assert at(page) == ("유튜브 라이브관악", Col.LEVEL)


def test_typing_replaces_enter_goes_down_and_all_is_saved_at_once(page: EntryPage, qtbot: QtBot) -> None:
    type_keys(qtbot, page, "14958")
    press(qtbot, page, Qt.Key.Key_Return)
    assert stored(page, "유튜브 라이브관악") == 14_958
    assert at(page) == ("인스타그램", Col.LEVEL)
    type_keys(qtbot, page, "12,402")
    press(qtbot, page, Qt.Key.Key_Return)
    assert stored(page, "인스타그램") == 12_402
    assert at(page) == ("페이스북", Col.LEVEL)


def test_tab_goes_from_input_to_input_and_on_to_the_next_channel(page: EntryPage, qtbot: QtBot) -> None:
    type_keys(qtbot, page, "14958")
    press(qtbot, page, Qt.Key.Key_Tab)
    assert at(page) == ("유튜브 라이브관악", Col.POSTS)
    type_keys(qtbot, page, "3")
    press(qtbot, page, Qt.Key.Key_Tab)
    assert stored(page, "유튜브 라이브관악", "posts") == 3
    assert at(page) == ("유튜브 라이브관악", Col.VIEWS)


def test_the_change_shows_while_typing_and_a_lost_digit_is_marked(page: EntryPage, qtbot: QtBot) -> None:
    type_keys(qtbot, page, "14958")
    assert shown(page, Col.CHANGE) == "▲ 38"
    editor = page.view.open_editor
    assert editor is not None
    editor.setText("1492")
    assert shown(page, Col.CHANGE).startswith("▼")
    from civictracker.ui.models.entry_model import SLIP_ROLE

    assert page.model.index(page.view.currentIndex().row(), Col.LEVEL).data(SLIP_ROLE) is True
    press(qtbot, page, Qt.Key.Key_Escape)
    assert stored(page, "유튜브 라이브관악") is None
    assert shown(page, Col.CHANGE) == ""


@pytest.mark.parametrize("text", ["12명이", "1,23", "-5", "3.5", "41%", "47O1"])
def test_what_is_no_count_is_refused_with_a_sentence_and_the_old_value_stays(
    page: EntryPage, qtbot: QtBot, text: str
) -> None:
    go(page, "카카오톡 채널")
    before = stored(page, "카카오톡 채널")
    page.model.setData(page.view.currentIndex(), text)
    assert stored(page, "카카오톡 채널") == before
    assert page.banner.isVisible()
    assert "카카오톡 채널" in page.banner.accessibleName()


@pytest.mark.parametrize(
    ("text", "value", "is_about"),
    [
        ("１２，３４５", 12_345, False),
        ("1.2만", 12_000, True),
        ("4만 7,823명", 47_823, False),
        (" 300 ", 300, False),
    ],
)
def test_counts_as_people_write_them(page: EntryPage, text: str, value: int, is_about: bool) -> None:
    go(page, "인스타그램")
    page.model.setData(page.view.currentIndex(), text)
    assert stored(page, "인스타그램") == value
    assert shown(page, Col.LEVEL).startswith("약 ") is is_about


def test_delete_empties_the_cell_and_undo_brings_it_back_by_name(
    page: EntryPage, window: MainWindow, qtbot: QtBot
) -> None:
    go(page, "카카오톡 채널")
    before = stored(page, "카카오톡 채널")
    press(qtbot, page, Qt.Key.Key_Delete)
    assert stored(page, "카카오톡 채널") is None
    window.undo()
    assert stored(page, "카카오톡 채널") == before
    assert "지우기" in window.toast.accessibleName()
    window.redo()
    assert stored(page, "카카오톡 채널") is None


def test_a_column_from_excel_is_pasted_over_the_channels_below(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "유튜브 라이브관악")
    QGuiApplication.clipboard().setText("14,958\r\n12,402\r\n9,805\r\n")
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert [stored(page, name) for name in ("유튜브 라이브관악", "인스타그램", "페이스북")] == [
        14_958,
        12_402,
        9_805,
    ]
    assert page.state.context.undo_stack[-1].label == "붙여 넣기 3칸"


def test_a_block_fills_the_inputs_and_steps_over_the_group_row(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "당근 공공프로필")
    QGuiApplication.clipboard().setText("3415\t1\t2840\n3342\t2\t1980")
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert stored(page, "당근 공공프로필", "views") == 2_840
    assert stored(page, "보라매동 행정복지센터") == 3_342
    assert stored(page, "보라매동 행정복지센터", "posts") == 2


def test_a_bad_cell_in_a_block_is_named_and_the_rest_goes_in(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "유튜브 라이브관악")
    QGuiApplication.clipboard().setText("14958\n12,4O2\n9805")
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert stored(page, "유튜브 라이브관악") == 14_958
    assert stored(page, "인스타그램") is None
    assert stored(page, "페이스북") == 9_805
    assert "인스타그램" in page.banner.accessibleName()


def test_rows_beyond_the_last_channel_are_told(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "서원동 행정복지센터")
    QGuiApplication.clipboard().setText("1133\n999\n998")
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert stored(page, "서원동 행정복지센터") == 1_133
    assert "마지막 2줄" in page.banner.accessibleName()


def test_copying_gives_plain_digits_as_tsv_and_a_table_for_hangul(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "카카오톡 채널")
    first = page.view.currentIndex()
    last = page.model.index(first.row() + 1, Col.LEVEL)
    page.view.selectionModel().select(
        QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    press(qtbot, page, Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().split() == [str(stored(page, "카카오톡 채널")), str(stored(page, "네이버 블로그"))]
    assert data.html().count("<td") == 2


def test_copied_cells_pasted_back_change_nothing(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "카카오톡 채널")
    press(qtbot, page, Qt.Key.Key_C, CTRL)
    count = len(page.state.context.undo_stack)
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert len(page.state.context.undo_stack) == count


def test_ctrl_d_fills_from_the_cell_above(page: EntryPage, qtbot: QtBot) -> None:
    go(page, "네이버 블로그", Col.POSTS)
    above = stored(page, "카카오톡 채널", "posts")
    press(qtbot, page, Qt.Key.Key_D, CTRL)
    assert stored(page, "네이버 블로그", "posts") == above


def test_a_slip_can_be_settled_or_mended_and_another_value_is_asked_about_again(page: EntryPage) -> None:
    grid = page.model.grid
    assert grid is not None
    row, code, _ = grid.slips[0]
    page._settle(row, code)
    assert page.model.grid is not None
    assert not page.model.grid.slips
    go(page, row.channel.label)
    page.model.setData(page.view.currentIndex(), "471")
    assert [found[0].channel.label for found in page.model.grid.slips] == [row.channel.label]


def test_groups_fold_away_and_stay_so_after_an_edit(page: EntryPage) -> None:
    lines = page.model.rowCount()
    page.model.toggle(0)
    assert page.model.rowCount() == lines - 7
    go(page, "서원동 행정복지센터")
    page.model.setData(page.view.currentIndex(), "1140")
    assert page.model.rowCount() == lines - 7


def test_missing_is_blank_and_zero_is_zero(page: EntryPage) -> None:
    go(page, "인스타그램", Col.POSTS)
    page.model.setData(page.view.currentIndex(), "0")
    assert shown(page, Col.POSTS) == "0"
    assert stored(page, "인스타그램", "posts") == 0
    go(page, "당근 공공프로필", Col.POSTS)
    assert shown(page, Col.POSTS) == ""
    assert stored(page, "당근 공공프로필", "posts") is None


def test_a_total_with_gaps_says_so_and_compares_only_what_both_weeks_have(page: EntryPage) -> None:
    last = page.model.rowCount() - 1
    assert page.model.index(last, Col.CHANNEL).data() == "합계 (친구·구독) 9/12 채널"
    assert "9개 채널만" in page.model.index(last, Col.NOTE).data()


def test_the_model_keeps_qts_rules(page: EntryPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.model)  # type: ignore[attr-defined]


def test_a_full_disk_is_one_sentence_and_the_old_value(
    page: EntryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from civictracker.errors import DiskError

    def full(*_args: object, **_words: object) -> None:
        raise DiskError("디스크에 쓸 수 없어 저장하지 못했습니다.", "빈 공간을 만든 뒤 다시 해 주세요.")

    go(page, "카카오톡 채널")
    before = stored(page, "카카오톡 채널")
    monkeypatch.setattr(page.state.context, "write", full)
    page.model.setData(page.view.currentIndex(), "131300")
    monkeypatch.undo()
    assert stored(page, "카카오톡 채널") == before
    assert "저장하지 못했습니다" in page.banner.accessibleName()
