"""A plan of posts under review in 가져오기: dropped anywhere, corrected by clicking, in as one and out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from civictracker.domain.posting import Counts
from civictracker.services.calendar import PostView, list_posts
from civictracker.services.post_plan import PostPlan
from civictracker.ui.models.post_plan_table import VERDICT
from civictracker.ui.models.sheet_model import Part
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.pages.calendar_files import import_plan
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.widgets.basics import Segments

PLAN = (
    "12월 게시 계획,,,,\n날짜,시간,채널,제목,대상\n12. 1.(화),오후 2시,카카오톡,제설 안내,전체\n"
    '2026-12-03,10:00,"인스타그램, 페이스북",연말 공연,\n13월 5일,,카카오톡,틀린 날,\n2026-12-08,,동네소식,모름,\n'
)
Look = Callable[[str, str], ImportPage]


@pytest.fixture
def look(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Look:
    """``look(name, text)``: a file dropped on the window, and what 가져오기 then shows."""

    def dropped(name: str, text: str) -> ImportPage:
        (tmp_path / name).write_text(text, encoding="utf-8")
        window.take_files([tmp_path / name])
        qtbot.waitUntil(lambda: window.current_page is not None and window.current_page.id == "import")
        page = window.current_page
        assert isinstance(page, ImportPage)
        qtbot.waitUntil(lambda: page.plan is not None and page.plan.found.file == name, timeout=20_000)
        return page

    return dropped


def again(page: ImportPage, qtbot: QtBot, act: Callable[[], object]) -> PostPlan:
    """What the file is understood as after ``act``."""
    before = page.plan
    act()
    qtbot.waitUntil(lambda: page.plan is not before, timeout=20_000)
    assert isinstance(page.plan, PostPlan)
    return page.plan


def verdicts(page: ImportPage) -> list[str]:
    model = page.posts.model
    return [model.index(at, VERDICT).data() for at in range(model.rowCount())]


def december(window: MainWindow) -> list[PostView]:
    found = window.context.read(list_posts, start=date(2026, 12, 1), end=date(2026, 12, 31))
    return [post for post in found if post.key.post_id is not None]


def test_a_dropped_plan_is_reviewed_asked_about_and_comes_in(
    window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    page = look("계획.csv", PLAN)
    assert page.kinds.currentWidget() is page.posts
    assert verdicts(page) == ["질문", "질문", "오류", "신규"]
    year = page.posts.findChildren(QLineEdit)[0]
    assert year.accessibleName() == "날짜에 연도가 없습니다. 몇 년인가요?"
    again(page, qtbot, lambda: (year.setText("2026"), qtbot.keyClick(year, Qt.Key.Key_Return)))
    assert verdicts(page) == ["질문", "오류", "신규", "신규"]
    box = next(each for each in page.posts.findChildren(QComboBox) if "동네소식" in each.accessibleName())
    at = next(at for at in range(box.count()) if box.itemData(at) == "skip")
    again(page, qtbot, lambda: (box.setCurrentIndex(at), box.activated.emit(at)))
    assert verdicts(page) == ["오류", "신규", "신규", "신규"]
    assert page.apply.text() == "3건 가져오기"
    page.posts.table.setCurrentIndex(page.posts.model.index(0, 0))
    assert page.posts.picture.view.currentIndex().row() == 4
    told = " ".join(each.text() for each in page.posts.findChildren(QLabel))
    assert "날짜 ‘13월 5일’을(를) 알 수 없습니다." in told
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.plan is None, timeout=20_000)
    assert [(post.subject, post.time, len(post.channels)) for post in december(window)] == [
        ("제설 안내", "14:00", 1), ("연말 공연", "10:00", 2), ("모름", "", 0),
    ]  # fmt: skip
    window.undo()
    assert december(window) == []


def test_the_columns_and_the_heading_are_told_by_clicking(look: Look, qtbot: QtBot) -> None:
    page = look("계획.csv", PLAN.replace("12. 1.(화)", "2026. 12. 1.(화)").replace("대상", "받는 사람"))
    picture = page.posts.picture
    model = picture.model
    assert [model.part(2, column) for column in range(5)] == [
        Part.DATE, Part.DATE, Part.ENTITY, Part.SUBJECT, Part.SKIP,
    ]  # fmt: skip
    picture.view.setCurrentIndex(model.index(2, 4))
    plan = again(page, qtbot, lambda: picture.fix.fix_column("audience"))
    assert plan.rows[0].fields["audience"] == "전체"
    picture.view.setCurrentIndex(model.index(2, 0))
    plan = again(page, qtbot, picture.fix.fix_row)
    assert "제설 안내" not in [row.subject for row in plan.rows]
    plan = again(page, qtbot, picture.fix.undo)
    assert plan.rows[0].subject == "제설 안내"


def test_a_sheet_in_which_nobody_saw_a_plan_is_pointed_out_once(
    window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    """By clicking alone; next month's file is read so by its form."""
    text = "홍보 일정,,\n언제,어디,무엇\n2026-12-{},카카오톡,{}\n"
    page = look("11월.csv", text.format("03", "하나"))
    assert page.kinds.currentWidget() is not page.posts
    assert page.other.text() == "게시 계획으로 읽기"
    again(page, qtbot, page.other.click)
    assert (verdicts(page), page.apply.isEnabled()) == (["오류"], False)
    picture = page.posts.picture
    picture.view.setCurrentIndex(picture.model.index(1, 0))
    again(page, qtbot, picture.fix.fix_header)
    for column, kind in enumerate(("day", "channels", "subject")):
        picture.view.setCurrentIndex(picture.model.index(2, column))
        again(page, qtbot, lambda kind=kind: picture.fix.fix_column(kind))
    assert verdicts(page) == ["신규"]
    page.keep.setChecked(True)
    page.form_name.setText("홍보 일정")
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=20_000)
    page = look("12월.csv", text.format("04", "둘"))
    assert (verdicts(page), page.plan and page.plan.form) == (["신규"], "홍보 일정")
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=20_000)
    assert [post.subject for post in december(window)] == ["하나", "둘"]


def test_only_one_verdict_is_shown_when_its_count_is_pressed(look: Look) -> None:
    page = look("계획.csv", PLAN.replace("12. 1.(화)", "2026. 12. 1.(화)"))
    page.posts._show_only("오류")
    assert verdicts(page) == ["오류"]
    page.posts._show_only("오류")
    assert len(verdicts(page)) == 4


def test_results_read_as_figures_are_posts_when_a_person_says_so(
    window: MainWindow, look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = next(
        post for post in window.context.read(list_posts, start=date(2026, 12, 1), end=date(2026, 12, 31))
    )
    text = f'발송일,제목,발송,열람\n{first.day},{first.subject},"1,000",610\n{first.day},새 소식,500,90\n'
    page = look("결과.csv", text)
    assert page.kinds.currentWidget() is not page.posts
    assert page.other.isVisible()
    again(page, qtbot, page.other.click)
    assert verdicts(page) == ["신규", "신규"]
    assert page.other.text() == "채널 통계로 읽기"
    page.cancel()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "결과.csv"), ""))
    window.open_page("posts")
    calendar = window.current_page
    assert isinstance(calendar, CalendarPage)
    import_plan(calendar.work)
    qtbot.waitUntil(lambda: isinstance(page.plan, PostPlan), timeout=20_000)
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=20_000)
    assert [post.counts for post in december(window)] == [Counts(500, 90), Counts(1_000, 610)]


def test_a_conflict_is_a_persons_choice(window: MainWindow, look: Look, qtbot: QtBot) -> None:
    first = next(
        post for post in window.context.read(list_posts, start=date(2026, 12, 1), end=date(2026, 12, 31))
    )
    page = look("계획.csv", f"날짜,시각,제목\n{first.day},23:10,{first.subject}\n")
    assert verdicts(page) == ["값 다름"]
    assert not page.apply.isEnabled()
    choice = page.posts.findChildren(Segments)[-1]
    choice.set_value("new")
    choice.chosen.emit("new")
    assert page.apply.text() == "1건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=20_000)
    assert [post.time for post in december(window)] == ["23:10"]
