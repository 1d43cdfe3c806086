"""From the report room to 한글, to a browser and to the clipboard."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hwpx import HwpxDocument
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from civictracker.ui.pages.report import ReportPage
from civictracker.ui.shell.window import MainWindow


@pytest.fixture
def report(window: MainWindow) -> ReportPage:
    window.open_page("report")
    page = window.current_page
    assert isinstance(page, ReportPage)
    return page


def test_files_for_hangul_and_a_browser_are_written(report: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    report.save_to(tmp_path / "보고.hwpx")
    qtbot.waitUntil((tmp_path / "보고.hwpx").exists)
    read = HwpxDocument.open(tmp_path / "보고.hwpx")
    assert "주간 SNS 채널 운영 현황 보고" in read.text.plain()
    read.close()
    report.save_to(tmp_path / "보고.html")
    qtbot.waitUntil((tmp_path / "보고.html").exists)
    assert "채널별 현황" in (tmp_path / "보고.html").read_text(encoding="utf-8")


def test_a_table_is_copied_as_a_table(report: ReportPage) -> None:
    tables = report.out.tables()
    menu = report.out.table_menu(tables)
    assert [act.text() for act in menu.actions() if act.text()] == [
        "채널별 현황", "금주 게시·발송 실적", "차주 계획", "표 3개 모두",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    data = QGuiApplication.clipboard().mimeData()
    rows = list(csv.reader(io.StringIO(data.text()), delimiter="\t"))
    assert rows[2][:5] == ["본청", "카카오톡 채널", "131289", "131206", "83"]
    assert data.html().count("<table") == 1
    menu.actions()[-1].trigger()
    assert QGuiApplication.clipboard().mimeData().html().count("<table") == 3


def test_each_way_out_has_a_name(report: ReportPage) -> None:
    names = [each.accessibleName() for each in report.out.buttons]
    assert names == ["표 복사", "한글", "엑셀", "PDF", "다른 형식"]
    assert [act.text() for act in report.out.more.menu().actions()] == ["웹 문서 (.html)", "그림 (.png)"]
