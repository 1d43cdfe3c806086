"""추이, 가져오기, 보고서, 채널 and 설정 by their controls."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from civictracker.services.channels import list_channels
from civictracker.services.entry import load_grid
from civictracker.services.imports import list_batches
from civictracker.services.settings import load_settings
from civictracker.ui.charts.lines import spread
from civictracker.ui.pages.channels import ChannelsPage
from civictracker.ui.pages.import_password import PasswordDialog
from civictracker.ui.pages.import_queue import Dropped
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.pages.report import ReportPage
from civictracker.ui.pages.settings import SettingsPage
from civictracker.ui.pages.trend import TrendPage
from civictracker.ui.shell.window import MainWindow
from tests.makers import sheets
from tests.unit.sheets.test_presets import CHART, TABLE, TOTALS

WIDE = "2026년 11월 3주 SNS 운영현황,,\n채널명,친구 수,게시물 수\n페이스북,9900,4\n인스타그램,12402,5\n합계,22302,9\n"


def opened(window: MainWindow, room: str) -> object:
    window.open_page(room)
    QApplication.processEvents()
    return window.current_page


# --- 추이 ---------------------------------------------------------------------------------------


@pytest.fixture
def trend(window: MainWindow) -> TrendPage:
    page = opened(window, "trend")
    assert isinstance(page, TrendPage)
    return page


def test_the_chart_and_its_table_say_the_same(trend: TrendPage) -> None:
    lines = trend.chart.lines
    assert [line.name for line in lines][:2] == ["카카오톡 채널", "네이버 블로그"]
    assert len(trend.chart.periods) == 52
    table = trend.model
    for row, line in enumerate(lines):
        told = [table.index(row, column).data() for column in range(1, table.columnCount())]
        assert tuple(reversed(told)) == line.texts


def test_an_empty_past_year_shows_the_asked_range_and_says_so(trend: TrendPage) -> None:
    trend.range.set_value("own")
    trend.from_.setDate(QDate(2009, 1, 1))
    trend.to.setDate(QDate(2009, 12, 31))
    trend.reload()
    assert (trend.chart.periods[0].code, trend.chart.periods[-1].code) == ("2009-W01", "2009-W53")
    low, high = trend.chart.plot.getViewBox().viewRange()[0]
    assert date.fromordinal(round(low)).year in {2008, 2009}
    assert date.fromordinal(round(high)) < date(2010, 2, 1)
    assert trend.chart.note.isVisible()
    assert "적힌 값이 없습니다" in trend.unit.text()
    trend.range.set_value("52")
    trend.reload()
    assert not trend.chart.note.isVisible()
    assert trend.chart.plot.getViewBox().viewRange()[0][1] > date(2026, 11, 1).toordinal()


def test_a_week_that_was_not_entered_is_a_gap(trend: TrendPage) -> None:
    youtube = next(line for line in trend.chart.lines if line.name.startswith("유튜브"))
    assert youtube.values[-1] is None
    assert youtube.texts[-1] == "-"
    assert youtube.values[-2] is not None


def test_modes_and_ranges(trend: TrendPage) -> None:
    trend.mode.chosen.emit("index")
    trend.mode.set_value("index")
    trend.touch()
    assert trend.chart.lines[0].values[0] == 100.0
    trend.mode.set_value("change")
    trend.touch()
    assert trend.chart.lines[0].texts[-1] == "+83"
    trend.mode.set_value("year")
    trend.touch()
    assert trend.chart.lines[0].values[-1] is not None
    trend.range.set_value("all")
    trend.mode.set_value("value")
    trend.touch()
    assert len(trend.chart.periods) > 400
    trend.grain.set_value("month")
    trend.touch()
    assert 90 < len(trend.chart.periods) < 100


def test_the_crosshair_reads_values_by_keyboard(trend: TrendPage, qtbot: QtBot) -> None:
    trend.chart.setFocus()
    qtbot.keyClick(trend.chart, Qt.Key.Key_Left)
    assert trend.chart.card.isVisible()
    qtbot.keyClick(trend.chart, Qt.Key.Key_Left)
    assert trend.chart._at == 50
    qtbot.keyClick(trend.chart, Qt.Key.Key_Escape)
    assert not trend.chart.card.isVisible()


def test_the_picture_goes_to_the_clipboard_and_to_a_file(trend: TrendPage, tmp_path: Path) -> None:
    trend.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()
    trend.save_to(tmp_path / "추이.png")
    assert (tmp_path / "추이.png").stat().st_size > 5_000


def test_the_sentence_is_true_by_the_charts_own_figures(trend: TrendPage) -> None:
    line = trend.chart.lines[0]
    assert line.texts[0] in trend.words.text()
    assert line.texts[-1] in trend.words.text()
    assert "늘었습니다" in trend.words.text()


@pytest.mark.parametrize("places", [[10.0, 11.0, 12.0], [0.0, 0.0, 90.0], [95.0, 96.0, 97.0, 98.0]])
def test_end_labels_keep_apart_and_inside(places: list[float]) -> None:
    result = spread(places, 17, 100)
    ordered = sorted(result)
    assert all(b - a >= 17 - 1e-9 for a, b in pairwise(ordered))
    assert max(result) <= 100


# --- 가져오기 -----------------------------------------------------------------------------------


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    path = tmp_path / "11월 3주 (1).csv"
    path.write_bytes(WIDE.encode("cp949"))
    return path


def review(window: MainWindow, qtbot: QtBot, path: Path) -> ImportPage:
    window.open_page("import", [path])
    page = window.current_page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    return page


def value(window: MainWindow, channel: str) -> int | None:
    grid = window.state.context.read(load_grid, week=window.state.week)
    reading = next(row for row in grid.rows if row.channel.label == channel).cells["followers"].this
    return None if reading is None else reading.value


def test_preview_apply_and_take_back(window: MainWindow, qtbot: QtBot, wide: Path) -> None:
    before = value(window, "페이스북")
    page = review(window, qtbot, wide)
    assert page.apply.text() == "2건 가져오기"
    page.panel.choices["*"] = "new"
    page._show_action()
    assert page.apply.text() == "4건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=15_000)
    assert value(window, "페이스북") == 9_900
    assert value(window, "인스타그램") == 12_402
    assert list_batches_of(window)[0].file_name == wide.name
    window.undo()
    assert value(window, "페이스북") == before
    assert value(window, "인스타그램") is None
    assert list_batches_of(window)[0].is_undone


def list_batches_of(window: MainWindow) -> list:
    return window.state.context.read(list_batches)


def test_the_same_file_again_adds_nothing(window: MainWindow, qtbot: QtBot, wide: Path) -> None:
    page = review(window, qtbot, wide)
    page.panel.choices["*"] = "new"
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=15_000)
    page = review(window, qtbot, wide)
    assert not page.apply.isEnabled()


def test_a_question_is_answered_in_the_window(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "통계.csv"
    path.write_text("날짜,팔로워 수\n2026-11-19,100\n2026-11-20,120\n", encoding="utf-8")
    page = review(window, qtbot, path)
    assert [question.key for question in page.plan.questions] == ["channel"]
    facebook = next(each for each in window.state.context.read(list_channels) if each.name == "페이스북")
    page._answer({"channel": str(facebook.id)})
    qtbot.waitUntil(lambda: not page.plan.questions, timeout=15_000)
    assert page.apply.text() == "2건 가져오기"


def test_a_wrong_file_is_one_sentence_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "보고서.xlsx"
    path.write_bytes(b"%PDF-1.7 nothing to see")
    window.open_page("import", [path])
    page = window.current_page
    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert "PDF" in page.banner.accessibleName()
    assert page.plan is None


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "11월 3주.xlsx"
    rows = [["채널명", "2026-11-20"], ["페이스북", 9_900]]
    path.write_bytes(sheets.locked(sheets.xlsxwriter(rows), "비밀"))
    return path


def asked(window: MainWindow, qtbot: QtBot, words: str) -> PasswordDialog:
    def open_ones() -> list[PasswordDialog]:
        return [each for each in window.findChildren(PasswordDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(open_ones()) == 1, timeout=15_000)
    (dialog,) = open_ones()
    assert any(words in each.text() for each in dialog.findChildren(QLabel))
    return dialog


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of any dialog
def test_a_locked_file_asks_for_its_password(window: MainWindow, qtbot: QtBot, locked: Path) -> None:
    """A wrong one is asked again; the right one is kept for the next answer, and in no plan or form."""
    window.open_page("import", [locked])
    page = window.current_page
    dialog = asked(window, qtbot, "암호가 걸린")
    assert not dialog.ok.isEnabled()
    dialog.password.setText("틀림")
    dialog.ok.click()
    dialog = asked(window, qtbot, "맞지 않습니다")
    dialog.password.setText("비밀")
    dialog.ok.click()
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    assert "password" not in page.plan.answers
    assert "password" not in page.answers
    page.plan, read = None, page._read
    read(Dropped((locked,), {}), {})
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of any dialog
def test_a_locked_file_may_be_left_alone(window: MainWindow, qtbot: QtBot, locked: Path, wide: Path) -> None:
    """And the next file of the queue is opened."""
    window.open_page("import", [locked, wide])
    asked(window, qtbot, "암호가 걸린").reject()
    page = window.current_page
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    assert page.files == Dropped((wide,), {})


def test_cancel_leaves_everything_as_it_was(window: MainWindow, qtbot: QtBot, wide: Path) -> None:
    page = review(window, qtbot, wide)
    page.cancel()
    assert page.plan is None
    assert value(window, "인스타그램") is None


def test_the_cells_picture_tells_what_each_is(window: MainWindow, qtbot: QtBot, wide: Path) -> None:
    page = review(window, qtbot, wide)
    sheet = page.picture.model
    assert [sheet.part(row, 0).value for row in range(5)] == ["제목", "머리글", "채널", "채널", "합계"]
    assert "신규" in sheet.index(3, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "값 다름" in sheet.index(2, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_a_title_alone_in_its_row_runs_on_over_the_empty_cells(
    window: MainWindow, qtbot: QtBot, wide: Path
) -> None:
    view = review(window, qtbot, wide).picture.view
    columns = view.model().columnCount()
    assert [view.columnSpan(row, 0) for row in range(3)] == [columns, 1, 1]


# --- 보고서 -------------------------------------------------------------------------------------


@pytest.fixture
def report(window: MainWindow) -> ReportPage:
    page = opened(window, "report")
    assert isinstance(page, ReportPage)
    return page


def test_sections_can_be_left_out_and_the_preview_follows(report: ReportPage) -> None:
    marks = len(report.paper.paper.pages[0].marks)
    report.checks["trend"].setChecked(False)
    assert len(report.paper.paper.pages[0].marks) < marks


def test_a_pressed_figure_tells_where_it_comes_from(report: ReportPage, qtbot: QtBot) -> None:
    found = []
    report.paper.figure_picked.connect(found.append)
    spot = report.paper.figure_point(8)
    qtbot.mouseClick(report.paper.widget(), Qt.MouseButton.LeftButton, pos=spot)
    assert found
    assert found[0] is not None
    words = " ".join(each.text() for each in report.trace.card.findChildren(type(report.title)))
    assert "예시 자료" in words


def test_the_note_is_kept_for_its_week(report: ReportPage, window: MainWindow) -> None:
    report.note.setPlainText("이번 주는 서버 점검이 있었음")
    window.state.step(-1)
    assert report.note.toPlainText() == ""
    window.state.step(1)
    assert report.note.toPlainText() == "이번 주는 서버 점검이 있었음"


def test_pdf_xlsx_and_picture_are_written(report: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("보고.pdf", "보고.xlsx", "보고.png"):
        report.save_to(tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists)
        assert (tmp_path / name).stat().st_size > 5_000


def test_saving_leaves_the_window_free_and_a_refusal_is_said(
    report: ReportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    report.state.said.connect(lambda text, _changes: said.append(text))
    report.save_to(tmp_path / "보고.hwpx")
    assert report.state.context.jobs.current is not None  # not on the window's thread
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["‘보고.hwpx’에 저장했습니다."]
    assert (tmp_path / "보고.hwpx").exists()
    (tmp_path / "막힘.pdf").mkdir()
    report.save_to(tmp_path / "막힘.pdf")
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "저장하지 못했습니다" in said[1] or "막힘" in said[1]


def test_printing_goes_through_the_painter_of_the_preview(report: ReportPage, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "인쇄.pdf"))
    printer.setFullPage(True)
    report.print_to(printer)
    assert (tmp_path / "인쇄.pdf").read_bytes().startswith(b"%PDF")


def test_approval_boxes_are_edited_in_place(report: ReportPage, window: MainWindow) -> None:
    report.approval._add()
    assert len(window.state.context.read(load_settings).approval) == 4
    window.undo()
    assert len(window.state.context.read(load_settings).approval) == 3


# --- 채널 and 설정 ------------------------------------------------------------------------------


@pytest.fixture
def channels(window: MainWindow) -> ChannelsPage:
    page = opened(window, "channels")
    assert isinstance(page, ChannelsPage)
    return page


def test_a_channel_is_made_changed_and_closed(channels: ChannelsPage, window: MainWindow) -> None:
    channels.start_new()
    channels.platform.setCurrentIndex(channels.platform.findData("threads"))
    channels.name_edit.setText("스레드")
    channels.save_now()
    made = next(each for each in window.state.context.read(list_channels) if each.name == "스레드")
    assert channels.current == made.id
    channels.closed_on.setChecked(True)
    channels.save_now()
    made = next(each for each in window.state.context.read(list_channels) if each.name == "스레드")
    assert made.closed is not None
    window.undo()
    window.undo()
    assert all(each.name != "스레드" for each in window.state.context.read(list_channels))


def test_a_refused_channel_is_told_beside_the_form_and_keeps_what_was_typed(channels: ChannelsPage) -> None:
    channels.start_new()
    channels.name_edit.setText("네이버 블로그")
    channels.platform.setCurrentIndex(channels.platform.findData("naver_blog"))
    channels.save_now()
    assert "이미 있습니다" in channels.banner.accessibleName()
    assert channels.name_edit.text() == "네이버 블로그"


def test_a_channel_with_figures_is_not_deleted(channels: ChannelsPage) -> None:
    channels._delete()
    assert "지울 수 없습니다" in channels.banner.accessibleName()


def test_the_week_rule_renames_weeks_everywhere(window: MainWindow) -> None:
    page = opened(window, "settings")
    assert isinstance(page, SettingsPage)
    page.rule.setCurrentIndex(page.rule.findData("calendar_row"))
    page._save_weeks()
    assert window.topbar.week_name.text() == "2026년 11월 4주"


def test_settings_show_what_is_saved_although_the_keyboard_is_in_the_first_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = opened(window, "settings")
    assert isinstance(page, SettingsPage)
    page.office.setFocus()
    page.office.setText("")  # as at the first opening, when the keyboard is there before the data
    page.touch()
    assert page.office.text() == window.state.office != ""
    assert page.finish_input() == ""
    page.office.clear()
    qtbot.keyClicks(page.office, "gwanak")
    page.touch()
    assert page.office.text() == "gwanak"  # half typed: left alone


def test_a_number_to_step_shows_its_number(window: MainWindow) -> None:
    page = opened(window, "settings")
    assert isinstance(page, SettingsPage)
    inner = page.posts.vat.lineEdit()
    assert inner.width() > inner.fontMetrics().horizontalAdvance("100") + 10


def corrected(qtbot: QtBot, page: ImportPage, act: Callable[[], object]) -> None:
    before = page.plan
    act()
    qtbot.waitUntil(lambda: page.plan is not before, timeout=15_000)


def test_a_wrong_heading_is_corrected_by_clicking_and_taken_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "소통채널 2026. 11. 20..csv"
    path.write_text(
        "채널지기,홍보과,자리,02-879\n순번,매체,관심 고객,글\n1,공식 블로그,1234,5\n", encoding="utf-8"
    )
    page = review(window, qtbot, path)
    fix, view = page.picture.fix, page.picture.view
    assert not fix.header.isEnabled()
    view.setCurrentIndex(page.picture.model.index(1, 1))
    assert (fix.where.text(), fix.header.isEnabled()) == ("B2", True)
    corrected(qtbot, page, fix.header.click)
    assert page.plan is not None
    assert page.plan.found.tables[0].records.metrics == ["관심 고객", "글"]
    assert view.currentIndex().row() == 1  # the place is kept
    view.setCurrentIndex(page.picture.model.index(1, 3))
    corrected(qtbot, page, lambda: fix.fix_column("skip"))
    assert page.plan.found.tables[0].records.metrics == ["관심 고객"]
    assert fix.back.text() == "고친 것 2곳 되돌리기"
    corrected(qtbot, page, fix.back.click)
    assert page.plan.found.tables[0].records.metrics == ["자리 관심 고객", "02-879 글"]
    assert not fix.back.isVisible()


def test_corrections_stay_with_the_form(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Next week's file is read as this week's was corrected, without a click."""
    rows = "채널지기,홍보과,자리,02-879\n순번,매체,친구 수,글\n1,공식 블로그,{},5\n"
    for week, count in (("2026. 11. 13.", 1234), ("2026. 11. 20.", 1250)):
        (tmp_path / f"소통채널 {week}.csv").write_text(rows.format(count), encoding="utf-8")
    page = review(window, qtbot, tmp_path / "소통채널 2026. 11. 13..csv")
    page.picture.view.setCurrentIndex(page.picture.model.index(1, 1))
    corrected(qtbot, page, page.picture.fix.fix_header)
    page.answers |= {"channel:공식 블로그": "new:공식 블로그", "metric:글": "skip"}
    corrected(qtbot, page, lambda: page._answer({}))
    page.keep.setChecked(True)
    page.form_name.setText("소통채널")
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=15_000)
    again = review(window, qtbot, tmp_path / "소통채널 2026. 11. 20..csv")
    assert again.plan is not None
    assert (again.plan.form, [question.key for question in again.plan.questions]) == ("소통채널", ["span"])
    assert [row.value for row in again.plan.rows] == [1250]


def test_files_dropped_together_are_one_review_and_one_undo(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = value(window, "페이스북")
    paths = []
    for day, figure in (("2026-12-04", 9911), ("2026-12-11", 9922)):
        paths.append(tmp_path / f"보고 {day}.csv")
        paths[-1].write_bytes(f"채널명,기준일,팔로워\n페이스북,{day},{figure}\n".encode())
    window.open_page("import", paths)
    page = window.current_page
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    assert page.title.text() == "보고 2026-12-04.csv 외 1개"
    assert page.apply.text() == "2건 가져오기"
    page.apply_now()
    qtbot.waitUntil(lambda: page.plan is None, timeout=15_000)
    assert page.start.isVisible()
    window.state.undo_wanted.emit()
    assert value(window, "페이스북") == before


def test_files_that_ask_for_a_day_each_are_reviewed_one_after_the_other(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("가.csv", "나.csv")]
    for path in paths:
        path.write_bytes("채널명,친구 수\n페이스북,9911\n인스타그램,100\n".encode())
    window.open_page("import", paths)
    page = window.current_page
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    assert page.title.text() == "가.csv"
    assert [question.key for question in page.plan.questions] == ["date"]
    assert page.subtitle.text().endswith("다음 파일 1개")


def test_the_three_files_of_one_export_are_asked_about_once(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = []
    for name, rows in (("총계", TOTALS), ("차트 데이터", CHART), ("표 데이터", TABLE)):
        paths.append(tmp_path / f"{name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    window.open_page("import", paths)
    page = window.current_page
    qtbot.waitUntil(lambda: page.plan is not None, timeout=15_000)
    assert [question.key for question in page.plan.questions if question.blocking] == ["channel"]
    assert any("두 번 세지 않게" in warning for warning in page.plan.found.warnings)
    assert len(page.waiting) == 0
