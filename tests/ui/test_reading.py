"""비교, 목표·돌파, 캠페인, 문의·수상, 추이's extras and 이번 주's notices, by the mouse and the keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from civictracker.domain.formulas import FORMULAS, ROOMS
from civictracker.domain.weeks import Period
from civictracker.services import campaigns, inquiries
from civictracker.services.composite import save_weights
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.goals import save_goal
from civictracker.services.home import load_home
from civictracker.services.overlays import save_note
from civictracker.ui.pages.campaigns import CampaignDialog, CampaignsPage, OutsideDialog
from civictracker.ui.pages.compare import ComparePage
from civictracker.ui.pages.goals import GoalDialog, GoalsPage
from civictracker.ui.pages.goals_index import IndexDialog
from civictracker.ui.pages.home import HomePage
from civictracker.ui.pages.home_settling import SettleDialog
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.pages.inquiries import AwardDialog, InquiriesPage, InquiryDialog
from civictracker.ui.pages.trend import TrendPage
from civictracker.ui.pages.trend_extras import NoteDialog, draw_svg, write_trend
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.widgets.formulas import FormulasDialog


def opened(window: MainWindow, room: str, kind: type) -> object:
    window.open_page(room)
    page = window.current_page
    assert isinstance(page, kind)
    return page


# --- 비교 ---------------------------------------------------------------------------------------


def test_peers_are_typed_and_ranked_at_once(window: MainWindow) -> None:
    page = opened(window, "compare", ComparePage)
    assert isinstance(page, ComparePage)
    dialog = page.dialog()
    by_name = {office.text(): count for office, count in dialog.lines if office.text()}
    by_name["수원시"].setText("52만 1,000")
    office, count = next(each for each in dialog.lines if not each[0].text())
    office.setText("강남구")
    count.setText("1.5만")
    assert dialog.try_save()
    ranking = page.ranking
    assert ranking is not None
    assert [(each.name, each.place.rank) for each in ranking.rivals if each.place] == [
        ("수원시", 1), ("관악구청", 2), ("강남구", 3),
    ]  # fmt: skip
    assert "2위" in page.words.text()
    assert page.figure.text() == "평균의 0.49배"
    page.copy_table()
    assert "수원시\t521,000" in QGuiApplication.clipboard().text()


def test_a_day_without_peers_offers_one_with(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "compare", ComparePage)
    assert isinstance(page, ComparePage)
    go = next(each for each in page.banner.findChildren(QPushButton))
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert page.day.date() == QDate(2020, 10, 19)
    assert "서울 자치구 평균(약 7,500명, 2020. 10. 19.)의 6.38배" in page.words.text()


def test_peers_are_imported_from_a_workbook_and_ranked(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "지자체.csv"
    rows = "".join(
        f"{name},{value}\n" for name, value in (("부천시", 400_000), ("화성시", 90_000), ("강남구", 14_210))
    )
    path.write_text(f"지자체 현황(기준일: 2026. 11. 20.),\n기관명,친구 수\n{rows}", encoding="utf-8")
    window.open_page("import", [path])
    page = window.current_page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    before = page.plan
    shown = page.panel.rows
    shown.finish()
    assert shown.widget().minimumSizeHint().width() <= shown.viewport().width(), "wider than its place"
    all_peers = "모두 다른 기관(카카오톡 채널)"
    click = next(each for each in page.findChildren(QPushButton) if each.text() == all_peers)
    qtbot.mouseClick(click, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.plan is not None and page.plan is not before, timeout=15_000)
    assert page.apply.text() == "3건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=15_000)
    compared = opened(window, "compare", ComparePage)
    assert isinstance(compared, ComparePage)
    ranking = compared.ranking
    assert ranking is not None
    assert [(each.name, each.place.rank) for each in ranking.rivals if each.place] == [
        ("부천시", 1), ("관악구청", 2), ("화성시", 3), ("강남구", 4),
    ]  # fmt: skip


def test_a_figure_that_is_no_number_is_refused_in_the_dialog(window: MainWindow) -> None:
    page = opened(window, "compare", ComparePage)
    assert isinstance(page, ComparePage)
    dialog = page.dialog()
    dialog.lines[0][1].setText("많음")
    assert not dialog.try_save()
    assert not dialog.banner.isHidden()


# --- 목표·돌파, 캠페인, 문의·수상 ------------------------------------------------------------------


def test_a_goal_is_set_seen_and_taken_back(window: MainWindow) -> None:
    page = opened(window, "goals", GoalsPage)
    assert isinstance(page, GoalsPage)
    dialog = GoalDialog(page, 1, None)
    dialog.target.setText("13.5만")
    assert dialog.try_save()
    assert [goal.target for each in page.outlooks for goal in each.goals] == [135_000]
    window.undo()
    assert [goal for each in page.outlooks for goal in each.goals] == []


def test_places_without_a_goal_wait_behind_a_button(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "goals", GoalsPage)
    assert isinstance(page, GoalsPage)
    assert not any(each.channel.is_sub for each in page.outlooks)
    more = next(each for each in page.findChildren(QPushButton) if "더 보기" in each.text())
    assert more.text() == "읍면동 5개 더 보기"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    places = [each.channel.id for each in page.outlooks if each.channel.is_sub]
    assert len(places) == 5
    page._toggle_all()
    dialog = GoalDialog(page, places[0], None)  # any channel can be given a goal
    dialog.target.setText("9,000")
    assert dialog.try_save()
    assert [each.channel.id for each in page.outlooks if each.channel.is_sub] == places[:1]


def test_a_campaign_with_a_figure_from_outside(window: MainWindow) -> None:
    page = opened(window, "campaigns", CampaignsPage)
    assert isinstance(page, CampaignsPage)
    dialog = CampaignDialog(page, None)
    dialog.name.setText("독감 무료접종 홍보")
    dialog.starts.setDate(QDate(2026, 9, 28))
    dialog.ends.setDate(QDate(2026, 11, 1))
    dialog.channels.set_values([1])
    assert dialog.try_save()
    assert page.view is not None
    assert page.view.channels[0].effect.during.change is not None
    for period, value in (("2015년", "124만9,490"), ("2016년", "156만8,379")):
        outside = OutsideDialog(page, page.view)
        outside.name.setText("입장객")
        outside.period.setText(period)
        outside.value.setText(value)
        assert outside.try_save()
    assert [str(each.rate) for each in page.view.outside] == ["None", "25.5"]
    bad = OutsideDialog(page, page.view)
    bad.period.setText("언젠가")
    assert not bad.try_save()


def test_inquiries_keep_no_persons_number(window: MainWindow) -> None:
    page = opened(window, "inquiries", InquiriesPage)
    assert isinstance(page, InquiriesPage)
    dialog = InquiryDialog(page)
    dialog.kind.setCurrentText("문의 010-1234-5678")
    dialog.received.setText("12")
    assert dialog.try_save()
    assert page.found is not None
    assert page.found.rows[0].kind == "문의 010-****-5678"
    assert page.found.rows[0].answered == 12
    award = AwardDialog(page)
    award.name.setText("대한민국 SNS 대상")
    assert award.try_save()
    assert len(window.context.read(inquiries.list_awards)) == 1


# --- 추이 ---------------------------------------------------------------------------------------


@pytest.fixture
def trend(window: MainWindow) -> TrendPage:
    context = window.context
    context.write(
        campaigns.save_campaign, name="설맞이 이벤트", starts=date(2026, 2, 2), ends=date(2026, 2, 20)
    )
    context.write(save_note, day=date(2026, 3, 30), text="서로이웃 합산", is_break=True, channel_id=2)
    page = opened(window, "trend", TrendPage)
    assert isinstance(page, TrendPage)
    return page


def press(page: TrendPage, mode: str) -> None:
    page.mode.set_value(mode)
    page.mode.chosen.emit(mode)


def test_what_stands_beside_the_lines_follows_its_boxes(trend: TrendPage) -> None:
    overlay = trend.chart.overlay
    assert [each.name for each in overlay.bands] == ["설맞이 이벤트"]
    assert {"break", "post"} <= {each.kind for each in overlay.marks}
    assert overlay.ahead is not None
    assert overlay.ahead.words in trend.words.text()
    for box in trend.extras.checks.values():
        box.setChecked(False)
    assert trend.chart.overlay.bands == ()
    assert trend.chart.overlay.ahead is None


def test_nothing_is_compared_across_a_break(trend: TrendPage) -> None:
    press(trend, "index")
    kakao, blog = trend.chart.lines[:2]
    at = next(at for at, period in enumerate(trend.chart.periods) if date(2026, 3, 30) in period)
    assert kakao.values[at] is not None
    assert blog.values[at - 1] is not None
    assert blog.values[at:] == (None,) * len(blog.values[at:])
    press(trend, "change")
    assert trend.chart.lines[1].values[at] is None
    assert trend.chart.lines[1].values[at + 1] is not None


def test_sums_means_and_the_log_scale(trend: TrendPage) -> None:
    plain = [value for value in trend.chart.lines[0].values if value is not None]
    press(trend, "mean")
    means = trend.chart.lines[0].values
    assert means[:3] == (None, None, None)
    assert means[3] == pytest.approx(sum(plain[:4]) / 4, abs=1)
    press(trend, "value")
    trend.extras.checks["log"].setChecked(True)
    assert trend.chart.is_log
    assert trend.chart.axis_height(10_000.0) == pytest.approx(4)
    assert trend.chart.plot.getViewBox().viewRange()[1][1] < 6


def test_one_line_in_front_and_the_others_grey(trend: TrendPage, qtbot: QtBot) -> None:
    trend.chart.focus_line(1)
    colours = {curve.opts["pen"].color().name() for curve, _ in trend.chart._curves}
    assert len(colours) == 2
    qtbot.keyClick(trend.chart, Qt.Key.Key_Down)
    assert trend.chart.focused == 2
    qtbot.keyClick(trend.chart, Qt.Key.Key_Escape)
    assert trend.chart.focused is None
    place, at = trend.chart.ends._places[0]
    qtbot.mouseClick(trend.chart.ends, Qt.MouseButton.LeftButton, pos=QPoint(60, round(place)))
    assert trend.chart.focused == at


def test_two_units_have_an_axis_each_and_three_are_an_index(trend: TrendPage, tmp_path: Path) -> None:
    trend.chosen = [1, 2]
    offered = [action.text() for action in trend.metrics.menu().actions()]
    assert offered == ["게시물 수 (건)", "조회·열람 (회)"]
    trend.metrics.menu().actions()[0].trigger()
    names = [
        "카카오톡 채널 친구·구독 수",
        "카카오톡 채널 게시물 수",
        "네이버 블로그 친구·구독 수",
        "네이버 블로그 게시물 수",
    ]
    assert [line.name for line in trend.chart.lines] == names
    assert [line.is_right for line in trend.chart.lines] == [False, True, False, True]
    assert trend.unit.text() == "단위: 명(왼쪽) · 건(오른쪽 ▸)"
    left, right = ([line for line in trend.chart.lines if line.is_right is side] for side in (False, True))
    tops = [min(trend.chart.height_of(line, max(line.known)) for line in lines) for lines in (left, right)]
    assert tops[0] == pytest.approx(tops[1], abs=40)  # 131,289 and 7 stand about as high
    ticks = trend.chart.right.tickStrings([trend.chart._scales[1].height(4.0)], 1, trend.chart.right.laid.by)
    assert ticks == ["4"]
    assert trend.model.index(1, 0).data() == "카카오톡 채널 게시물 수 (건)"
    write_trend(trend._load(), tmp_path / "추이.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "추이.xlsx").active
    assert sheet is not None
    assert [sheet.cell(4, at).value for at in (2, 3)] == names[:2]
    trend.metrics.set_beside(["posts", "views"])
    assert trend.mode.value == "index"
    assert not any(line.is_right for line in trend.chart.lines)
    assert "지수로 그립니다" in trend.unit.text()
    trend.metrics.set_beside([])
    assert [line.name for line in trend.chart.lines] == ["카카오톡 채널", "네이버 블로그"]


def test_changes_of_two_units_have_their_zero_at_one_height(trend: TrendPage) -> None:
    trend.chosen = [1]
    trend.metrics.set_beside(["posts"])
    press(trend, "change")
    left, right = trend.chart.lines
    assert trend.chart.height_of(left, 0) == pytest.approx(trend.chart.height_of(right, 0))
    assert min(right.known) < 0 < max(right.known)


def test_levels_worked_out_from_net_changes_are_drawn_and_named_so(trend: TrendPage) -> None:
    week = Period.week(date(2026, 6, 1))
    edits = [ValueEdit("followers", 2, week.shift(at), None) for at in range(6)]
    edits += [ValueEdit("net_followers", 2, week.shift(at), 25) for at in range(6)]
    trend.state.context.write(write_values, edits=edits, label="증감만")
    trend.chosen = [2]
    trend.touch()
    assert trend.chart.lines[0].walked == frozenset()
    trend.extras.checks["back"].setChecked(True)
    (line,) = trend.chart.lines
    positions = [trend.chart.periods.index(week.shift(at)) for at in range(6)]
    assert line.walked == frozenset(positions)
    assert all(line.texts[at].startswith("※") for at in positions)
    curve, _ = trend.chart._curves[0]
    assert all(value != value for value in curve.getData()[1][positions])  # not in the solid line
    assert "점선·빈 점(※): 증감에서 되짚은 값" in trend.unit.text()


def test_posts_are_as_many_diamonds_as_have_room(trend: TrendPage) -> None:
    posts = [each for each in trend.chart.overlay.marks if each.kind == "post"]
    diamonds = trend.chart._extras._diamonds
    assert diamonds is not None
    few = len(diamonds.points())
    assert 0 < few < len(posts)
    view = trend.chart.plot.getViewBox()
    first, last = view.viewRange()[0]
    view.setXRange(last - (last - first) / 6, last, padding=0)
    assert len(diamonds.points()) > few


def test_a_note_is_typed_where_the_chart_is(trend: TrendPage) -> None:
    dialog = NoteDialog(trend, trend.state, trend.channels[:2])
    assert not dialog.try_save()
    dialog.text.setText("기자 간담회")
    assert dialog.try_save()
    assert "기자 간담회" in {each.text for each in trend.chart.overlay.marks}


def test_taken_along_as_lines_and_as_a_workbook_with_a_chart(trend: TrendPage, tmp_path: Path) -> None:
    assert draw_svg(trend._chart_card, tmp_path / "추이.svg")
    assert "<svg" in (tmp_path / "추이.svg").read_text(encoding="utf-8")[:600]
    write_trend(trend._load(), tmp_path / "추이.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "추이.xlsx").active
    assert sheet is not None
    assert sheet["B4"].value == "카카오톡 채널"
    assert sheet.cell(4 + len(trend.chart.periods), 2).value == 131_289


# --- 이번 주 -------------------------------------------------------------------------------------


def test_a_notice_is_put_off_settled_with_a_note_and_taken_back(window: MainWindow) -> None:
    page = opened(window, "home", HomePage)
    assert isinstance(page, HomePage)

    def todos() -> list[str]:
        week = Period.week(window.state.today)
        home = window.context.read(load_home, week=week, now=window.context.now)
        return [each.key for each in home.todos if each.key]

    home = window.context.read(load_home, week=window.state.week, now=window.context.now)
    first = next(each for each in home.todos if each.key)
    page.settling.put_off(first, 1)
    assert first.key not in todos()
    window.undo()
    assert first.key in todos()
    dialog = SettleDialog(page.settling, first)
    dialog.note.setText("확인함")
    assert dialog.try_save()
    assert first.key not in todos()
    assert [action.text() for action in page.settling.menu(first).actions() if action.text()][:2] == [
        "다음 주까지 미루기", "4주 미루기",
    ]  # fmt: skip
    profile = next(each for each in home.todos if each.kind == "profile")
    page.todos.cure(profile)
    assert "프로필 점검" not in page.subtitle.text()
    assert not any(
        each.kind == "profile"
        for each in window.context.read(load_home, week=window.state.week, now=window.context.now).todos
    )


def warned(window: MainWindow) -> HomePage:
    """이번 주 with more to do than fits: six odd levels, contradictions, a goal, what the sample has."""
    week = window.state.week
    edits = [
        ValueEdit("followers", channel, week, value)
        for channel, value in ((2, 29_517), (3, 10_444), (4, 17_276), (5, 6_868), (6, 11_382), (7, 2_381))
    ]
    for metric, value in (("net_followers", 999), ("sent", 800), ("opened", 400), ("open_rate", 618)):
        edits.append(ValueEdit(metric, 1, week, value))
    window.context.write(write_values, edits=edits, label="많은 알림")
    window.context.write(save_goal, channel_id=1, target=131_500)
    page = opened(window, "home", HomePage)
    assert isinstance(page, HomePage)
    for _ in range(3):  # the week, and its warnings in two turns
        QApplication.processEvents()
    return page


def cures(page: HomePage) -> list[QPushButton]:
    """The buttons of what is shown, by what they are called aloud."""
    for _ in range(3):
        QApplication.processEvents()
    todos = page.state.context.read(load_home, week=page.state.week, now=page.state.context.now).todos
    names = {f"{todo.title}: {todo.cure}" for todo in todos}
    return [
        each for each in page.findChildren(QPushButton) if each.isVisible() and each.accessibleName() in names
    ]


def test_many_warnings_are_few_lines_and_a_button(window: MainWindow, qtbot: QtBot) -> None:
    page = warned(window)
    home = window.context.read(load_home, week=window.state.week, now=window.context.now)
    assert len(home.todos) > 12
    assert page.title.text() == f"이번 주 할 일 {len(home.todos)}건"
    assert len(cures(page)) == 8
    more = next(
        each
        for each in page.findChildren(QPushButton)
        if each.isVisible() and each.text().endswith("더 보기")
    )
    assert more.text() == f"{len(home.todos) - 8}건 더 보기"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(cures(page)) == len(home.todos)


def test_every_warning_is_cured_by_one_click(window: MainWindow, qtbot: QtBot) -> None:
    page = warned(window)
    page.todos.toggle_all()
    home = window.context.read(load_home, week=window.state.week, now=window.context.now)
    assert {each.kind for each in home.todos} >= {
        "slip",
        "jump",
        "fall",
        "rate",
        "balance",
        "goal",
        "profile",
    }
    for todo in home.todos:
        window.open_page("home")
        name = f"{todo.title}: {todo.cure}"
        button = next(each for each in cures(page) if each.accessibleName() == name)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.current_page is not None
        if todo.kind == "profile":
            assert name not in {each.accessibleName() for each in cures(page)}
        else:
            assert window.current_page.id == todo.room, todo


def told(page: HomePage) -> list[str]:
    """The lines of what is to be done that are in view."""
    shown = (each for each in page.todos.findChildren(QLabel) if each.isVisible())
    return [each.text() for each in shown if each.property("class") == "strong"]


def test_warnings_come_below_what_is_there_already(window: MainWindow, qtbot: QtBot) -> None:
    """The week is painted at once; its warnings are read in later turns, and nothing that stood there moves."""
    page = warned(window)
    page.todos.toggle_all()
    window.state.step(-1)
    home = window.context.read(load_home, week=window.state.week, now=window.context.now)
    at_once = told(page)
    buttons = [each for each in page.todos.findChildren(QPushButton) if each.isVisible()]
    assert buttons
    assert page.title.text().endswith("할 일")
    assert not any(each.isVisible() and each.text().startswith("할 일이 없습니다") for each in labels(page))
    qtbot.waitUntil(lambda: page.title.text().endswith(f"할 일 {len(home.todos)}건"))
    assert told(page) == [todo.title for todo in home.todos]
    assert at_once == told(page)[: len(at_once)]
    shown = page.todos.findChildren(QPushButton)
    assert all(each in shown for each in buttons)  # the keyboard may be on one
    assert len(at_once) < len(home.todos)
    assert "값 확인" in page.subtitle.text()


def labels(page: HomePage) -> list[QLabel]:
    return page.findChildren(QLabel)


def test_warnings_of_a_week_that_was_passed_by_are_not_shown(window: MainWindow, qtbot: QtBot) -> None:
    page = warned(window)
    page.todos.toggle_all()
    state, this_week = window.state, window.state.week
    for stop in (this_week.shift(-1), this_week, this_week.shift(-2)):
        state.go_to(this_week.shift(-1))
        for _ in range(2):  # some of the warnings are read, others not
            QApplication.sendPostedEvents()
            page._warn_timer.timeout.emit()
            state.go_to(this_week.shift(-2))
            state.go_to(stop)
        home = window.context.read(load_home, week=stop, now=window.context.now)
        qtbot.waitUntil(lambda home=home: page.title.text().endswith(f"할 일 {len(home.todos)}건"))
        qtbot.wait(20)
        assert told(page) == [todo.title for todo in home.todos]
        assert page._home is not None
        assert page._home.week == stop


def test_warnings_of_a_room_that_was_left_are_read_when_it_is_seen_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = warned(window)
    page.touch()
    window.open_page("entry")
    qtbot.wait(20)
    assert page._dirty
    window.open_page("home")
    home = window.context.read(load_home, week=window.state.week, now=window.context.now)
    qtbot.waitUntil(lambda: page.title.text() == f"이번 주 할 일 {len(home.todos)}건")


def test_what_is_to_be_done_stays_while_the_same_week_is_read_again(window: MainWindow, qtbot: QtBot) -> None:
    page = warned(window)
    qtbot.waitUntil(lambda: not page._warn_timer.isActive())
    before = told(page)
    page.touch()
    assert told(page) == before
    assert page.title.text().endswith("건")


# --- 계산식, 종합 지수 ------------------------------------------------------------------------------


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_tells_how_its_figures_are_worked_out(window: MainWindow, room: str) -> None:
    window.open_page(room)
    page = window.current_page
    assert any(each.text() == "계산식" for each in page.findChildren(QPushButton))
    dialog = FormulasDialog(page, room, {ROOMS[room][0]: "1,234 − 1,200"})
    told = {each.text() for each in dialog.findChildren(QLabel)}
    assert {FORMULAS[key].formula for key in ROOMS[room]} <= told
    assert "1,234 − 1,200" in told


def test_this_weeks_formulas_hold_this_weeks_figures(window: MainWindow) -> None:
    page = opened(window, "home", HomePage)
    assert isinstance(page, HomePage)
    assert page._told["change"] == "131,289 − 131,206"
    assert "개 채널을 더해" in page._told["total"]


def test_weights_are_tried_saved_and_taken_back(window: MainWindow) -> None:
    page = opened(window, "goals", GoalsPage)
    assert isinstance(page, GoalsPage)
    before = dict(page._indexes)
    dialog = IndexDialog(page)
    assert dialog.weights == {"followers": 40, "posts": 20, "views": 40}
    assert before  # the channels on the page; the dialog has all
    assert before.items() <= {each.channel.id: each.found.value for each in dialog.indexes}.items()
    for spin in dialog.spins.values():
        spin.setValue(0)
    assert not dialog.try_save()
    dialog.spins["followers"].setValue(10)
    kakao = dialog.indexes[0].found
    assert kakao.value == kakao.components[0].index
    assert dialog.try_save()
    assert page._indexes[dialog.indexes[0].channel.id] == kakao.value
    window.undo()
    assert page._indexes == before


def test_an_index_that_was_weighed_is_drawn_beside_the_others(window: MainWindow, tmp_path: Path) -> None:
    page = opened(window, "trend", TrendPage)
    assert isinstance(page, TrendPage)
    assert page.metric_box.findData("composite") < 0
    assert page.metrics.told == {}
    window.context.write(save_weights, weights={"followers": 60, "views": 40})
    at = page.metric_box.findData("composite")
    assert page.metric_box.itemText(at) == "종합 지수"
    page.metric_box.setCurrentIndex(at)
    assert page.chart.lines
    assert "점에서" in page.words.text()
    assert "가중치 친구·구독 수 60 · 조회·열람 40" in page.words.text()
    assert page.unit.text().startswith("단위: 점")
    dialog = FormulasDialog(page, "trend", page.metrics.told)
    told = {each.text() for each in dialog.findChildren(QLabel)}
    assert {FORMULAS["composite"].formula, "가중치: 친구·구독 수 60 · 조회·열람 40"} <= told
    target = tmp_path / "추이.xlsx"
    write_trend(page._load(), target)
    cells = {cell.value for row in openpyxl.load_workbook(target).active.iter_rows() for cell in row}
    assert any("가중치 친구·구독 수 60" in str(cell) for cell in cells)
    page.metrics.set_beside(["followers"])
    assert page.unit.text().startswith("단위: 점(왼쪽) · 명(오른쪽")
    window.undo()
    assert page.metric_box.findData("composite") < 0
    assert page.chart.lines


def test_a_rate_moves_by_points_and_not_by_percent(window: MainWindow) -> None:
    week = window.state.week
    edits = [
        ValueEdit(metric, 1, week.shift(-back), value)
        for back, opened_ in ((0, 600), (3, 618))
        for metric, value in (("sent", 1_000), ("opened", opened_))
    ]
    window.context.write(write_values, edits=edits, label="발송")
    page = opened(window, "trend", TrendPage)
    assert isinstance(page, TrendPage)
    page.metric_box.setCurrentIndex(page.metric_box.findData("open_rate"))
    assert "61.8%에서" in page.words.text()
    assert "60.0%로 1.8%p 내렸습니다." in page.words.text()
