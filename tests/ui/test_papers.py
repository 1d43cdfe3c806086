"""보고서 room: every paper, its sections, remarks and forms; many at once; the office's emblem."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from civictracker.documents.model import Heading
from civictracker.documents.papers import PAPERS
from civictracker.domain.drafts import Settings
from civictracker.services.campaigns import save_campaign
from civictracker.services.composite import save_weights
from civictracker.services.paper_forms import list_forms, load_notes
from civictracker.services.releases import list_releases, save_release
from civictracker.services.report_head import load_emblem
from civictracker.services.settings import load_settings
from civictracker.ui.pages.campaigns import CampaignsPage
from civictracker.ui.pages.press import PressPage
from civictracker.ui.pages.report import ReportPage
from civictracker.ui.pages.settings import SettingsPage
from civictracker.ui.shell.window import MainWindow


@pytest.fixture
def report(window: MainWindow, qtbot: QtBot) -> ReportPage:
    window.open_page("report")
    page = window.current_page
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.document is not None)
    return page


def chosen(page: ReportPage, name: str, qtbot: QtBot) -> None:
    page.choose_paper(name)
    qtbot.waitUntil(lambda: page.document is not None, timeout=10_000)


def headings(page: ReportPage) -> list[str]:
    assert page.document is not None
    return [block.text for block in page.document.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize("name", [paper.id for paper in PAPERS])
def test_every_paper_is_shown_with_its_choices(report: ReportPage, name: str, qtbot: QtBot) -> None:
    write = report.state.context.write
    write(save_campaign, name="가을 축제", starts=date(2026, 10, 5), ends=date(2026, 10, 18))
    write(save_release, title="친구 13만 명", body="친구는 13만1,289명이다.", day=date(2026, 11, 20))
    chosen(report, name, qtbot)
    paper = report.paper_kind
    assert tuple(report.checks) == tuple(paper.offered(Settings()))
    assert report.choice.papers.currentData() == name
    assert report.choice.things.isVisibleTo(report) is bool(paper.of)
    assert headings(report) or name == "press"
    assert report.paper.paper is not None
    assert report.paper.isVisibleTo(report)


def test_sections_move_and_the_paper_follows_at_once(report: ReportPage) -> None:
    before = headings(report)
    report.sections.move_section("trend", -1)
    after = headings(report)
    assert after.index("추이") == before.index("추이") - 1
    up, down = report.sections._moves["summary"]
    assert not up.isEnabled()
    assert down.isEnabled()


def test_a_month_is_stepped_through_by_itself(report: ReportPage, qtbot: QtBot) -> None:
    chosen(report, "monthly", qtbot)
    assert report.choice.period.text() == "2026년 11월"
    report.choice.stepped.emit(-1)
    qtbot.waitUntil(lambda: "2026년 10월" in report.document.title, timeout=10_000)
    assert report.state.week_name().full == "2026년 11월 3주"
    report.state.step(-8)  # and another week brings its own month
    assert report.choice.period.text() == "2026년 9월"


def test_a_late_answer_is_not_taken_for_another_papers(report: ReportPage, qtbot: QtBot) -> None:
    report.choose_paper("yearly")
    chosen(report, "plan", qtbot)
    qtbot.waitUntil(lambda: report.state.context.jobs.current is None, timeout=10_000)
    qtbot.waitUntil(lambda: report.document is not None)
    assert report.document.title.startswith("게시 계획")


def test_a_remark_goes_below_the_section_it_was_written_for(report: ReportPage, qtbot: QtBot) -> None:
    chosen(report, "monthly", qtbot)
    at = report.notes.sections.findData("channels")
    report.notes.sections.setCurrentIndex(at)
    report.notes.sections.activated.emit(at)
    report.note.setPlainText("새 채널 준비")
    report.finish_input()
    kept = report.state.context.read(load_notes, paper="monthly", key="2026-11")
    assert kept == {"channels": ("새 채널 준비",)}
    chosen(report, "weekly", qtbot)
    assert "새 채널" not in report.note.toPlainText()
    chosen(report, "monthly", qtbot)
    report.notes.sections.setCurrentIndex(at)
    report.notes.sections.activated.emit(at)
    assert report.note.toPlainText() == "새 채널 준비"
    assert "새 채널 준비" in str(report.document.blocks)


def test_a_form_brings_sections_order_boxes_and_title_back(report: ReportPage, window: MainWindow) -> None:
    report.checks["posts"].setChecked(False)
    report.sections.move_section("notes", -5)
    report.choice.title.setText("주간 요약")
    report.sections.boxed.setChecked(False)
    report.choice.name.setText("국장 보고")
    report.choice._on_save()
    assert [form.name for form in window.state.context.read(list_forms)] == ["국장 보고"]
    report.choose_form("")
    report.finish_input()
    assert headings(report)[0] == "총괄"
    assert report.document.masthead.approval is not None
    report.choose_form("국장 보고")
    report.finish_input()
    assert headings(report)[0] == "특이사항"
    assert "금주 게시·발송 실적" not in headings(report)
    assert report.document.masthead.approval is None
    assert report.document.masthead.title == "주간 요약"
    report.choice._on_delete()
    assert window.state.context.read(list_forms) == []
    window.undo()
    assert len(window.state.context.read(list_forms)) == 1


def test_boxes_of_a_form_are_its_own(report: ReportPage, window: MainWindow) -> None:
    report.choice.form_saved.emit("셋")
    report.approval._add()
    assert len(window.state.context.read(load_settings).approval) == 3
    assert len(report.document.masthead.approval.names) == 4


def test_a_nameless_form_is_refused_with_a_sentence(report: ReportPage) -> None:
    report.save_form("")
    assert "서식 이름" in report.last_refusal


def test_a_year_of_weeks_is_made_beside_the_window(report: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    words = [each for each, _, _ in report.batch.choices(report.paper_kind, report.ask)]
    assert words == [f"2026년 모든 주를 {kind}로…" for kind in ("PDF", "한글", "엑셀", "웹 문서")]
    asks = report.batch.asks(report.paper_kind, report.ask, "year")[:4]
    for ending in (".pdf", ".hwpx"):
        report.batch.start(report.paper_kind, asks, report.options, tmp_path, ending)
        qtbot.waitUntil(lambda: _drawn_and_idle(report), timeout=20_000)
        assert len(list(tmp_path.glob(f"*{ending}"))) == 4
    for path in tmp_path.glob("*.hwpx"):
        assert zipfile.ZipFile(path).testzip() is None


def _drawn_and_idle(report: ReportPage) -> bool:
    """The window goes on drawing while a job draws, too."""
    report.paper.grab()
    return report.state.context.jobs.current is None


def test_a_cancelled_batch_leaves_nothing(report: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "모음"
    folder.mkdir()
    asks = report.batch.asks(report.paper_kind, report.ask, "year")
    report.batch.start(report.paper_kind, asks, report.options, folder, ".pdf")
    job = report.state.context.jobs.current
    assert job is not None
    qtbot.waitUntil(lambda: bool(job.token.fraction), timeout=10_000)
    job.token.cancel()
    qtbot.waitUntil(lambda: report.state.context.jobs.current is None, timeout=10_000)
    assert list(folder.iterdir()) == []


def test_what_there_is_only_one_of_offers_no_batch(report: ReportPage, qtbot: QtBot) -> None:
    chosen(report, "handover", qtbot)
    menu = report.batch.menu(report.paper_kind, report.ask, report.options)
    assert [act.isEnabled() for act in menu.actions()] == [False]


def test_without_rounds_the_room_says_what_to_do(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.open_page("report")
    page = empty_window.current_page
    assert isinstance(page, ReportPage)
    page.choose_paper("round")
    assert "취합" in page.card.why.text()
    assert page.document is None
    page.print_now()  # nothing to print, nothing happens
    page.choose_paper("channel")
    assert "채널을 골라" in page.card.why.text()


def test_the_emblem_is_chosen_shown_and_taken_off(window: MainWindow, tmp_path: Path) -> None:
    image = QImage(1200, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    image.save(str(tmp_path / "상징.jpg"))
    window.open_page("settings")
    page = window.current_page
    assert isinstance(page, SettingsPage)
    assert page.emblem.take(str(tmp_path / "상징.jpg"))
    png, width, height = window.state.context.read(load_emblem)
    assert (width, height) == (400, 200)
    assert png.startswith(b"\x89PNG")
    assert zlib.crc32(png)
    assert not page.emblem.picture.pixmap().isNull()
    (tmp_path / "글.png").write_text("글")
    assert not page.emblem.take(str(tmp_path / "글.png"))
    assert "그림을 읽을 수 없습니다." in page.last_refusal
    page.emblem._take_off()
    assert window.state.context.read(load_emblem) is None
    assert page.emblem.picture.text() == "없음"


def test_a_sum_of_sends_is_followed_back_to_its_posts(report: ReportPage, qtbot: QtBot) -> None:
    chosen(report, "monthly", qtbot)
    areas = [area for page in report.paper.paper.pages for area in page.areas]
    sends = next(area.source for area in areas if len(area.source.post_ids) > 1)
    report._show_source(sends)
    words = [each.text() for each in report.trace.card.findChildren(QLabel)]
    assert any("해피매거진" in text for text in words)
    assert any("발송 38," in text and "열람" in text for text in words)
    counted = replace(sends, post_ids=(), channel_ids=())
    report._show_source(counted)
    texts = [each.text() for each in report.trace.card.findChildren(QLabel)]
    assert "문서를 만들며 센 수입니다." in texts


# --- from their own rooms ---------------------------------------------------------------------


def test_a_text_becomes_a_press_release_is_gone_on_with_and_dropped(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("press")
    page = window.current_page
    assert isinstance(page, PressPage)
    page.show_text(
        "친구 13만 명 넘어\n- 7년 만에 -\n\n○ 관악구 친구는 8,120명에서 1만2,180명으로 60% 늘었다."
    )
    dialog = page.release_dialog()
    assert (dialog.title.text(), dialog.subtitle.text()) == ("친구 13만 명 넘어", "7년 만에")
    dialog.time.setText("25시")
    assert not dialog.try_save()
    dialog.time.setText("오후 2시")
    dialog.phone.setText("02-879-5000")
    assert dialog.try_save()
    report = window.current_page
    assert isinstance(report, ReportPage)
    qtbot.waitUntil(lambda: report.document is not None)
    assert report.document.title == "보도자료 (친구 13만 명 넘어)"
    assert "2026. 11. 20.(금) 14:00" in str(report.document.blocks)
    texts = [each.text() for each in report.trace.checks_card.findChildren(QLabel)]
    assert any("60%" in text and "50.00%" in text for text in texts)
    window.open_page("press")
    page.show_text("")
    page.findChild(QPushButton, "kept").menu().aboutToShow.emit()
    act = page.findChild(QPushButton, "kept").menu().actions()[0]
    assert act.text().startswith("친구 13만 명 넘어")
    act.trigger()
    assert page.text.toPlainText().endswith("60% 늘었다.")
    again = page.release_dialog()
    assert again.phone.text() == "02-879-5000"
    again.title.setText("친구 13만 명")
    assert again.try_save()
    kept = window.state.context.read(list_releases)
    assert [each.release.title for each in kept] == ["친구 13만 명"]
    page.release_dialog()._drop()
    assert window.state.context.read(list_releases) == []
    assert page.kept is None
    window.undo()
    assert len(window.state.context.read(list_releases)) == 1


def test_an_empty_text_is_no_press_release(window: MainWindow) -> None:
    window.open_page("press")
    page = window.current_page
    assert isinstance(page, PressPage)
    dialog = page.release_dialog()
    dialog.title.setText("제목")
    assert not dialog.try_save()
    assert "본문" in dialog.banner.findChildren(QLabel)[-1].text() or "본문" in str(
        [each.text() for each in dialog.banner.findChildren(QLabel)]
    )
    page.findChild(QPushButton, "kept").menu().aboutToShow.emit()
    assert not page.findChild(QPushButton, "kept").menu().actions()[0].isEnabled()


def test_a_campaign_goes_on_to_its_paper(window: MainWindow, qtbot: QtBot) -> None:
    write = window.state.context.write
    for name, day in (("봄", 2), ("가을 축제", 5)):
        write(save_campaign, name=name, starts=date(2026, 10, day), ends=date(2026, 10, 18))
    window.open_page("campaigns")
    page = window.current_page
    assert isinstance(page, CampaignsPage)
    page.list.setCurrentRow(1)
    buttons = [each for each in page.findChildren(QPushButton) if each.text() == "결과 보고서"]
    buttons[-1].click()  # the one before it goes with its campaign
    report = window.current_page
    assert isinstance(report, ReportPage)
    qtbot.waitUntil(lambda: report.document is not None)
    assert report.document.title == "캠페인 결과 보고 (봄)"
    assert report.choice.things.currentText().startswith("봄")


def test_the_index_is_a_part_to_choose_once_it_was_weighed(report: ReportPage, qtbot: QtBot) -> None:
    assert "index" not in report.checks
    report.checks["plan"].setChecked(False)
    report.state.context.write(save_weights, weights={"followers": 40, "views": 60})
    assert report.checks["index"].text() == "종합 지수"
    assert report.notes.sections.findData("index") >= 0
    assert report.options.sections == ("summary", "channels", "posts", "trend", "index", "notes")
    qtbot.waitUntil(lambda: "종합 지수" in headings(report))
    report.checks["index"].setChecked(False)
    qtbot.waitUntil(lambda: "종합 지수" not in headings(report))
    report.state.context.undo()
    assert "index" not in report.checks
    assert report.options.sections == ("summary", "channels", "posts", "trend", "notes")
