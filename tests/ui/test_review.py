"""What a reader of the code argued and a first user met: each once went wrong, each stays right."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import undo
from civictracker.services.channels import list_channels, save_channel
from civictracker.services.context import Context
from civictracker.services.entry import load_grid, load_week_note
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.imports import Verdict, apply_plan
from civictracker.services.intake import read_planned
from civictracker.ui.models.entry_cells import Col
from civictracker.ui.pages.entry import EntryPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import ComboBox


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> EntryPage:
    window.open_page("entry")
    page = window.current_page
    assert isinstance(page, EntryPage)
    qtbot.waitUntil(page.view.hasFocus)
    return page


def row_of(page: EntryPage, channel: str) -> int:
    return next(
        at for at in range(page.model.rowCount())
        if (row := page.model.entry_row(at)) is not None and row.channel.label == channel
    )  # fmt: skip


def cells(page: EntryPage, channel: str, week: Period | None = None) -> dict[str, int | None]:
    grid = page.state.context.read(load_grid, week=week or page.state.week)
    found = next(row for row in grid.rows if row.channel.label == channel).cells
    return {code: cell.this.value if cell.this else None for code, cell in found.items()}


def test_a_half_typed_figure_stays_in_the_week_it_was_typed_in(
    page: EntryPage, window: MainWindow, qtbot: QtBot
) -> None:
    week = window.state.week
    qtbot.keyClicks(page.view, "1")
    assert page.view.open_editor is not None
    page.view.open_editor.setText("14950")
    window.state.step(-1)
    assert cells(page, "유튜브 라이브관악", week)["followers"] == 14_950
    assert cells(page, "유튜브 라이브관악")["followers"] != 14_950


def test_figures_typed_faster_than_the_screen_do_not_run_together(page: EntryPage, qtbot: QtBot) -> None:
    for text in ("14958", "12402"):
        for char in text:
            qtbot.keyClick(page.view.open_editor or page.view, char)
        qtbot.keyClick(page.view.open_editor, Qt.Key.Key_Return)  # and no event loop in between
    assert cells(page, "유튜브 라이브관악")["followers"] == 14_958
    assert cells(page, "인스타그램")["followers"] == 12_402


def test_a_row_copied_here_is_pasted_here_as_it_was(page: EntryPage, qtbot: QtBot) -> None:
    source, target = row_of(page, "카카오톡 채널"), row_of(page, "인스타그램")
    first, last = page.model.index(source, Col.LEVEL), page.model.index(source, Col.VIEWS)
    page.view.setCurrentIndex(first)
    page.view.selectionModel().select(
        QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    page.copy_block()
    page.view.setCurrentIndex(page.model.index(target, Col.LEVEL))
    page.paste_block()
    assert cells(page, "인스타그램") == cells(page, "카카오톡 채널")


def test_arrows_pass_over_the_headings_of_groups(page: EntryPage, qtbot: QtBot) -> None:
    page.view.setCurrentIndex(page.model.index(row_of(page, "당근 공공프로필"), Col.LEVEL))
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.currentIndex().row() == row_of(page, "보라매동 행정복지센터")
    assert page.view.currentIndex().column() == Col.LEVEL


def test_a_typed_note_leaves_a_week_of_days_made_of_days(
    page: EntryPage, window: MainWindow, qtbot: QtBot
) -> None:
    line = next(
        at for at in range(page.model.rowCount())
        if (row := page.model.entry_row(at)) is not None and row.cells["followers"].this is None
    )  # fmt: skip
    row = page.model.entry_row(line)
    assert row is not None
    monday = window.state.week.start
    for day, figure in ((monday, 500), (monday + timedelta(days=2), 520)):
        edit = ValueEdit("followers", row.channel.id, Period(day, day), figure)
        window.context.write(write_values, edits=[edit], label="값 고침")
    note = page.model.index(line, Col.NOTE)
    assert page.model.setData(note, "행사 날")
    assert note.data() == "행사 날"
    late = monday + timedelta(days=4)
    edit = ValueEdit("followers", row.channel.id, Period(late, late), 560)
    window.context.write(write_values, edits=[edit], label="값 고침")
    assert page.model.index(line, Col.LEVEL).data() == "560"
    page.view.setCurrentIndex(note)
    page.view.finish()
    page.delete_block()
    assert note.data() == ""
    assert page.model.index(line, Col.LEVEL).data() == "560"


def test_a_block_brings_a_figure_and_its_note(page: EntryPage, window: MainWindow) -> None:
    line = next(
        at for at in range(page.model.rowCount())
        if (row := page.model.entry_row(at)) is not None and row.cells["followers"].this is None
    )  # fmt: skip
    page.view.setCurrentIndex(page.model.index(line, Col.LEVEL))
    QApplication.clipboard().setText("1,234\t2\t30\t새 행사")
    page.paste_block()
    assert page.model.index(line, Col.LEVEL).data() == "1,234"
    assert page.model.index(line, Col.NOTE).data() == "새 행사"


def test_the_note_of_one_week_never_lands_in_another(window: MainWindow) -> None:
    window.open_page("report")
    report = window.current_page
    report.note.setFocus()
    report.note.setPlainText("47주의 말")
    week = window.state.week
    window.state.step(-1)
    report.finish_input()
    context = window.state.context
    assert context.read(load_week_note, week=week) == "47주의 말"
    assert context.read(load_week_note, week=week.shift(-1)) == ""


def test_a_toast_takes_back_its_own_edit_and_only_once(window: MainWindow) -> None:
    context = window.state.context
    made = context.write(save_channel, platform="threads", name="스레드")
    other = context.write(save_channel, platform="tiktok", name="틱톡")
    context.take_back(made)
    names = {row.name for row in context.read(list_channels)}
    assert "스레드" not in names
    assert "틱톡" in names
    assert context.take_back(made) is None
    assert context.take_back(other) is not None


def test_a_second_toast_has_room_for_its_words(window: MainWindow) -> None:
    window.toast.say("첫째 말입니다.")
    QApplication.processEvents()
    window.toast.say("둘째 말은 조금 더 깁니다.")
    assert window.toast.width() > 120


def test_the_wheel_changes_no_answer(window: MainWindow, qtbot: QtBot) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["하나", "둘", "셋"])
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.currentText() == "하나"


def test_foreign_text_in_a_tooltip_is_shown_and_not_loaded() -> None:
    tip = plain_tip("<img src='file:////evil/share/a.png'>")
    assert "<img" not in tip
    assert "&lt;img" in tip


# --- importing ----------------------------------------------------------------------------------


def sheet(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_form_never_sends_figures_to_a_channel_that_took_an_old_number(
    office: Context, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "톡.csv", "날짜,채널,친구 수\n2026-11-20,홍보톡방,120\n2026-11-13,홍보톡방,110\n")
    plan = read_planned(office, path=path, answers={"channel:홍보톡방": "new:홍보톡방"})
    done = office.write(apply_plan, plan=plan, choices={}, sha256="x", form_name="톡")
    office.write(undo.undo_entry, log_id=done.log_id)
    office.write(save_channel, platform="instagram", name="인스타 이벤트")
    again = read_planned(office, path=path, answers={})
    assert [question.key for question in again.questions] == ["channel:홍보톡방"]
    assert again.count(Verdict.NEW) == 0


def test_an_answer_that_settles_nothing_does_not_silence_its_question(
    office: Context, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "표.csv", "채널명,친구 수\n공식 블로그,120\n카카오톡,130\n")
    plan = read_planned(office, path=path, answers={"date": "지난주 금요일쯤"})
    assert "date" in {question.key for question in plan.questions}


def test_a_plan_does_not_overwrite_what_was_corrected_since(
    office: Context, tmp_path: Path, put: Callable[..., None]
) -> None:
    put(office, 2, "2026-11-20", 4_700)
    path = sheet(
        tmp_path / "표.csv", "날짜,채널,친구 수\n2026-11-20,공식 블로그,4600\n2026-11-13,공식 블로그,4500\n"
    )
    plan = read_planned(office, path=path, answers={})
    put(office, 2, "2026-11-20", 4_720)
    with pytest.raises(InputError, match="그사이"):
        office.write(apply_plan, plan=plan, choices={"*": "new"}, sha256="x")


def test_the_form_keeps_no_bare_channel_number(office: Context, tmp_path: Path) -> None:
    from sqlmodel import select

    from civictracker.store.tables import Form

    path = sheet(
        tmp_path / "톡.csv", "날짜,채널,친구 수\n2026-11-20,모르는 톡,120\n2026-11-13,모르는 톡,110\n"
    )
    plan = read_planned(office, path=path, answers={"channel:모르는 톡": "2"})
    office.write(apply_plan, plan=plan, choices={}, sha256="x", form_name="톡")
    answers = json.loads(office.read(lambda session: session.exec(select(Form)).one().answers))
    assert answers["channel:모르는 톡"].startswith("2|")


def test_a_large_import_is_taken_back_beside_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    lines = ["날짜,채널,조회수"]
    first = Period.week(window.state.week.start).start.toordinal() - 4000
    lines += [f"{date.fromordinal(first + day)},페이스북,{100 + day}" for day in range(3000)]
    path = sheet(tmp_path / "긴 표.csv", "\n".join(lines))
    context = window.state.context
    plan = read_planned(context, path=path, answers={})
    before = len(context.undo_stack)
    context.write(apply_plan, plan=plan, choices={}, sha256="x")
    assert context.undo_stack[-1].count == 3000
    window.undo()
    qtbot.waitUntil(lambda: len(context.undo_stack) == before, timeout=20_000)
    again = read_planned(context, path=path, answers={})
    assert again.count(Verdict.NEW) == 3000
    window.redo()
    qtbot.waitUntil(lambda: len(context.undo_stack) == before + 1, timeout=20_000)
