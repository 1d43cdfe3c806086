"""게시 일정 by its controls: mouse, keyboard, forms, and the stories of 양주시 and 관악구."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from civictracker.domain.posting import Status
from civictracker.services.calendar import PostKey, list_series
from civictracker.services.changes import Changes, Topic
from civictracker.services.posts import load_post
from civictracker.store.tables import Campaign
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.pages.calendar_emergency import EmergencyDialog
from civictracker.ui.pages.calendar_files import save_ics, save_plan
from civictracker.ui.pages.calendar_holidays import HolidayDialog
from civictracker.ui.pages.calendar_post import PostDialog
from civictracker.ui.pages.calendar_result import ResultDialog
from civictracker.ui.pages.calendar_series import SeriesDialog
from civictracker.ui.pages.calendar_stats import StatsDialog
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName
from civictracker.ui.widgets.calendar_bands import strips
from civictracker.ui.widgets.calendar_grid import CalendarGrid

NOVEMBER = date(2026, 11, 20)


@pytest.fixture
def page(window: MainWindow) -> CalendarPage:
    window.resize(1280, 800)
    window.open_page("posts")
    found = window.current_page
    assert isinstance(found, CalendarPage)
    return found


def post_on(page: CalendarPage, day: date, at: int = 0) -> Any:
    assert page.schedule is not None
    return [post for post in page.schedule.posts if post.day == day][at]


def point(page: CalendarPage, day: date) -> QPoint:
    box = page.grid.cell_box(day)
    return QPoint(int(box.right()) - 8, int(box.bottom()) - 24)


def choose(page: CalendarPage, day: date, at: int = 0) -> PostKey:
    key: PostKey = post_on(page, day, at).key
    QTest.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=page.grid.chip_box(key).center().toPoint())
    return key


def test_a_post_is_dragged_to_another_day_and_back(page: CalendarPage, window: MainWindow) -> None:
    key = post_on(page, date(2026, 11, 27)).key
    start = page.grid.chip_box(key).center().toPoint()
    QTest.mousePress(page.grid, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.grid, start + QPoint(-30, 0))
    QTest.mouseMove(page.grid, point(page, date(2026, 11, 24)))
    QTest.mouseRelease(page.grid, Qt.MouseButton.LeftButton, pos=point(page, date(2026, 11, 24)))
    moved = post_on(page, date(2026, 11, 24), 1)
    assert moved.original == date(2026, 11, 27)
    assert page.grid.selected == moved.key
    window.undo()
    assert post_on(page, date(2026, 11, 27)).key == key


def test_the_keyboard_goes_everywhere(page: CalendarPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(PostDialog, "run", lambda self: opened.append((self.key, self.day.date().toPython())))
    page.go_to(date(2026, 11, 18))
    page.grid.select(None, date(2026, 11, 18))
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert opened == [(None, date(2026, 11, 19))]
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.selected == post_on(page, NOVEMBER).key
    assert "주간 카드뉴스" in page.grid.accessibleDescription()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert opened[-1][0] == page.grid.selected
    QTest.keyClick(page.grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert post_on(page, date(2026, 11, 19)).is_moved
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert page.when.text() == "2026년 12월"


def test_stepping_over_the_edge_turns_the_page(page: CalendarPage) -> None:
    page.grid.select(None, date(2026, 12, 6))
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.when.text() == "2026년 12월"
    assert page.grid.cursor_day == date(2026, 12, 7)


def test_a_double_click_makes_a_post_on_that_day(page: CalendarPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(self: PostDialog) -> int:
        self.subject.setText("김장 나눔")
        self.channels.set_values([1])
        assert self.try_save()
        return 1

    monkeypatch.setattr(PostDialog, "run", fill)
    QTest.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=point(page, date(2026, 11, 17)))
    assert post_on(page, date(2026, 11, 17)).subject == "김장 나눔"
    assert page.side.isVisible()


def test_the_steps_and_the_history(page: CalendarPage) -> None:
    key = choose(page, NOVEMBER)
    page.work.set_status(Status.REVIEW)
    page.work.set_status(Status.DONE)
    detail = page.state.context.read(load_post, key=key)
    assert [step.what for step in detail.history] == ["예정", "검토", "완료"]
    assert [step.who for step in detail.history][1:] == ["김주무", "김주무"]


def test_a_missing_alt_text_is_filled_in_the_editor(page: CalendarPage) -> None:
    key = choose(page, NOVEMBER)
    dialog = PostDialog(page.work, key)
    assert len(dialog.cards.rows) == 4
    dialog.cards.rows[3].alt.setPlainText("문의 02-000-0000 홍보과")
    assert dialog.try_save()
    assert post_on(page, NOVEMBER).without_alt == 0


def test_a_refusal_stays_in_the_form(page: CalendarPage) -> None:
    dialog = PostDialog(page.work, None, NOVEMBER)
    dialog.subject.setText("")
    assert not dialog.try_save()
    assert "제목" in dialog.banner.accessibleName()
    dialog.subject.setText("가")
    dialog.time.setText("24:00")
    assert not dialog.try_save()
    assert "23:59" in dialog.banner.accessibleName()


def test_a_night_advertisement_is_warned_about_while_it_is_typed(page: CalendarPage) -> None:
    dialog = PostDialog(page.work, None, NOVEMBER)
    dialog.kind.setCurrentIndex(1)
    dialog.time.setText("21:00")
    texts = [dialog.warnings.itemAt(at).widget().text() for at in range(dialog.warnings.count())]  # type: ignore[union-attr,attr-defined]
    assert any("21시~8시" in text for text in texts)
    assert any("(광고)" in text for text in texts)
    dialog.subject.setText("행사")
    dialog.channels.set_values([1])
    assert dialog.try_save()  # a warning is no refusal


def test_results_are_typed_and_their_cost_reckoned(page: CalendarPage) -> None:
    key = choose(page, NOVEMBER)
    dialog = ResultDialog(page.work, key)
    dialog.edits["sent"].setText("4만5,036")
    dialog.edits["opened"].setText("50,000")
    assert dialog.hints["opened"].text() == "111.02% · 공유 포함"
    assert dialog.try_save()
    post = post_on(page, NOVEMBER)
    assert (post.status, post.counts.cost_won) == (Status.DONE, 743_094)
    dialog = ResultDialog(page.work, post.key)
    dialog.edits["opened"].setText("많음")
    assert not dialog.try_save()
    dialog = ResultDialog(page.work, post.key)
    dialog.edits["sent"].setText("1,000")  # a slip put right: what was reckoned of it follows
    assert dialog.try_save()
    assert post_on(page, NOVEMBER).counts.cost_won == 16_500
    dialog = ResultDialog(page.work, post.key)
    dialog.edits["cost_won"].setText("15,000")  # what a person typed stays
    assert dialog.try_save()
    dialog = ResultDialog(page.work, post.key)
    dialog.edits["sent"].setText("2,000")
    assert dialog.try_save()
    assert post_on(page, NOVEMBER).counts.cost_won == 15_000


def test_one_is_skipped_and_revived(page: CalendarPage) -> None:
    choose(page, date(2026, 11, 27))
    page.work.drop_selected()
    assert post_on(page, date(2026, 11, 27)).status is Status.SKIPPED
    page.work.set_status(Status.SCHEDULED)
    assert post_on(page, date(2026, 11, 27)).status is Status.SCHEDULED


def test_yangju_s_fridays_are_made_in_the_window(page: CalendarPage) -> None:
    page.go_to(date(2026, 9, 4))
    page.grid.select(None, date(2026, 9, 4))
    dialog = SeriesDialog(page.work)
    dialog.name.setText("금요 카드뉴스")
    dialog.title.setText("금요 카드뉴스 {주}")
    assert not dialog.try_save()  # no channel yet
    dialog.channels.set_values([1, 2])
    assert dialog.words.text() == "매주 금요일 15:00"
    assert dialog.try_save()
    page.go_to(date(2026, 9, 23))
    posts = [post for post in page.schedule.posts if post.series_name == "금요 카드뉴스"]  # type: ignore[union-attr]
    assert (posts[3].day, posts[3].moved_because) == (date(2026, 9, 23), "추석으로 9. 25. → 9. 23.")
    dialog = SeriesDialog(page.work, posts[2].key.series_id, posts[2].original)
    dialog.time.setText("10:30")
    dialog.policy.setCurrentIndex(2)
    assert dialog.try_save()
    posts = [post for post in page.schedule.posts if post.series_name == "금요 카드뉴스"]  # type: ignore[union-attr]
    assert [post.time for post in posts] == ["15:00", "15:00", "10:30", "10:30"]
    assert posts[3].day == date(2026, 10, 2)  # 9. 25. is skipped now


def test_gwanak_s_weekly_and_monthly_stand_in_one_calendar(page: CalendarPage) -> None:
    page.go_to(date(2026, 9, 21))
    names = {post.series_name for post in page.schedule.posts}  # type: ignore[union-attr]
    assert {"해피매거진", "주간 카드뉴스", "관악소리"} <= names
    dialog = StatsDialog(page.work)
    dialog.show_view("kept")
    rows = [
        [dialog.table.item(at, place).text() for place in range(6)] for at in range(dialog.table.rowCount())
    ]  # type: ignore[union-attr]
    assert ["관악소리", "9월", "1회", "1회", "-", "-"] in rows
    dialog.show_view("weekday")
    assert dialog.table.item(0, 0).text() == "월요일"  # type: ignore[union-attr]
    dialog.show_view("rank")
    assert dialog.table.item(0, 5).text().endswith("%")  # type: ignore[union-attr]


def test_week_list_filter_and_search(page: CalendarPage, qtbot: QtBot) -> None:
    page.set_view("week")
    assert page.when.text() == "2026년 11월 3주"
    page.set_view("list")
    assert page.model.rowCount() == len(page.schedule.posts)  # type: ignore[union-attr]
    page.channel.setCurrentIndex(page.channel.findData(3))
    assert {post.channels for post in page.schedule.posts} == {(3,)}  # type: ignore[union-attr]
    page.channel.setCurrentIndex(0)
    page.search.setText("ㅎㅍㅁㄱㅈ")
    qtbot.waitUntil(lambda: page.model.rowCount() == 5)
    page.table.selectRow(0)
    assert page.side.key is not None


def test_what_waits_is_listed_alone(page: CalendarPage, window: MainWindow) -> None:
    page.work.move_post(post_on(page, NOVEMBER).key, date(2026, 11, 19))
    window.open_page("posts", "overdue")
    assert [page.model.row_at(at).day for at in range(page.model.rowCount())] == [date(2026, 11, 19)]  # type: ignore[union-attr]


def test_the_home_room_leads_to_its_cure(page: CalendarPage, window: MainWindow) -> None:
    window.open_page("home")
    window.open_page("posts", post_on(page, NOVEMBER).key)
    assert page.side.key == post_on(page, NOVEMBER).key


def test_a_temporary_holiday_from_the_list(page: CalendarPage, window: MainWindow) -> None:
    dialog = HolidayDialog(page, page.state, 2026)
    from PySide6.QtCore import QDate

    dialog.day.setDate(QDate(2026, 11, 27))
    dialog.name.setText("임시공휴일")
    dialog.add()
    assert (
        post_on(page, date(2026, 11, 26)).moved_because or post_on(page, date(2026, 11, 26), 1).moved_because
    )
    dialog.go(1)
    assert dialog.banner.isVisibleTo(dialog)
    dialog.confirm()
    assert not dialog.banner.isVisibleTo(dialog)


def test_an_emergency_is_noted_at_once(page: CalendarPage) -> None:
    dialog = EmergencyDialog(page.work)
    dialog.subject.setText("대설 특보")
    dialog.channels.set_values([1])
    dialog.happened.setDateTime(dialog.happened.dateTime().addSecs(-1800))
    assert dialog.try_save()
    assert post_on(page, NOVEMBER, 0).kind.value == "emergency"


def test_plan_and_calendar_files(page: CalendarPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, act in (
        ("plan.pdf", lambda: save_plan(page.work, "pdf")), ("plan.xlsx", lambda: save_plan(page.work, "xlsx")),
        ("plan.ics", lambda: save_ics(page.work)),
    ):  # fmt: skip
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, target=target: (str(target), ""))
        act()
        assert target.stat().st_size > 1_000, name


@pytest.fixture
def themed() -> Iterator[None]:
    yield
    theme.apply(ThemeName.LIGHT)


@pytest.mark.parametrize("name", list(ThemeName))
def test_it_is_painted_in_every_theme(page: CalendarPage, themed: None, name: ThemeName) -> None:
    theme.apply(name)
    picture = page.grid.grab().toImage()
    box = page.grid.cell_box(date(2026, 11, 24))
    assert picture.pixelColor(int(box.right()) - 6, int(box.bottom()) - 6).name() == theme.colours.surface


def test_the_series_list_reads_as_offices_speak(page: CalendarPage) -> None:
    words = [row.words for row in page.state.context.read(list_series)]
    assert words == ["매주 월요일 10:00", "매주 금요일 15:00", "매월 25일 10:00"]


def test_a_calendar_whose_window_has_gone_follows_no_theme(qtbot: QtBot, themed: None) -> None:
    """Another text size lays the window out anew while something still knows the old calendar."""
    grid = CalendarGrid()
    delete(grid)
    with qtbot.captureExceptions() as caught:
        theme.apply(ThemeName.DARK)
    assert caught == []
    assert not isValid(grid)


def test_campaigns_are_bands_over_their_days(page: CalendarPage) -> None:
    """Each in a lane of its own, with what does not fit told; the posts stand below."""

    def make(session: Any) -> Changes:
        for name, first, last in (
            ("긴 캠페인", date(2026, 11, 3), None), ("수능 응원", date(2026, 11, 17), date(2026, 11, 20)),
            ("겨울나기", date(2026, 11, 19), date(2026, 11, 30)),
        ):  # fmt: skip
            session.add(Campaign(name=name, starts=first, ends=last))
        return Changes.of(Topic.POSTS, "캠페인")

    before = page.grid.chip_box(post_on(page, date(2026, 11, 20)).key).top()
    page.state.context.write(make)
    page.touch_now()
    monday = date(2026, 11, 16)
    assert page.schedule is not None
    placed, over = strips(page.schedule.bands, monday, 2)
    assert [(each.band.name, each.first, each.last, each.lane, each.begins, each.ends) for each in placed] == [
        ("긴 캠페인", 0, 6, 0, False, False), ("수능 응원", 1, 4, 1, True, True),
    ]  # fmt: skip
    assert [band.name for band in over] == ["겨울나기"]
    assert len(strips(page.schedule.bands, monday, 6)[0]) == 3
    assert page.grid.chip_box(post_on(page, date(2026, 11, 20)).key).top() > before
    page.grid.select(None, date(2026, 11, 20))
    assert "캠페인 수능 응원(11. 17. ~ 11. 20.)" in page.grid.accessibleDescription()
    boxes = [box for box, strip, _ in page.grid._strips if strip.band.name == "수능 응원"]
    assert boxes[0].left() == page.grid.cell_box(date(2026, 11, 17)).left()
    assert boxes[0].right() == page.grid.cell_box(date(2026, 11, 20)).right()
    page.set_view("week")
    assert {strip.band.name for _, strip, _ in page.grid._strips} == {"긴 캠페인", "수능 응원", "겨울나기"}
    page.set_view("month")
    page.go_to(date(2026, 9, 1))
    assert page.grid._strips == []
