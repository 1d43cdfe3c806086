"""1366 × 768, and 1920 × 1080 at 150 %, which is 1280 × 720: nothing is cut off or scrolls sideways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from civictracker.services.channels import save_channel
from civictracker.ui.pages.report import ReportPage
from civictracker.ui.pages.trend import TrendPage
from civictracker.ui.shell.rooms import ROOMS
from civictracker.ui.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when the least size changes

# What is left of the screen under the title bar and the task bar.
SIZES = ((1366, 700), (1280, 650), (1080, 600))


def sized(window: MainWindow, width: int, height: int) -> None:
    window.setMinimumSize(0, 0)
    window.resize(width, height)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)  # no room makes it larger


def scrolls_with(widget: QWidget) -> bool:
    """Is it inside something that scrolls, so that it can be reached?"""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("room", [room.id for room in ROOMS])
def test_every_control_is_within_the_page(room: str, size: tuple[int, int], window: MainWindow) -> None:
    window.sample_bar.show()
    sized(window, *size)
    window.open_page(room)
    QApplication.processEvents()
    page = window.current_page
    assert page is not None
    assert (window.width(), window.height()) == size
    lost = []
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for each in page.findChildren(kind):
            if not each.isVisible() or each.objectName().startswith("qt_"):
                continue
            corner = each.mapTo(page, QPoint(each.width(), each.height()))
            if corner.x() > page.width() or (corner.y() > page.height() and not scrolls_with(each)):
                lost.append((each.accessibleName(), corner))
    assert lost == []
    sideways = [
        each.accessibleName() or type(each).__name__
        for each in page.findChildren(QAbstractScrollArea)
        if each.isVisible() and each.horizontalScrollBar().isVisible()
        and each.accessibleName() not in {"추이 표", "파일의 표"}
    ]  # fmt: skip
    assert sideways == []


def test_long_channel_names_are_cut_in_their_chips_and_told_on_hover(window: MainWindow) -> None:
    name = "관악구 청년문화국 문화관광과 공식 카카오톡 채널 두번째 계정"
    made = window.context.write(save_channel, platform="kakao", name=name)
    window.open_page("trend")
    page = window.current_page
    assert isinstance(page, TrendPage)
    page.chosen = [made.created, *page.chosen]
    page.reload()
    sized(window, 1280, 650)
    chip = next(
        each for each in page.findChildren(QAbstractButton) if each.accessibleName() == f"{name} 빼기"
    )
    assert name in chip.toolTip()
    assert "…" in chip.text()
    assert chip.width() < 240
    assert chip.geometry().right() < page.width()


def test_the_side_of_the_report_goes_below_the_choices_and_comes_back(window: MainWindow) -> None:
    window.open_page("report")
    page = window.current_page
    assert isinstance(page, ReportPage)
    sized(window, 1280, 650)
    assert page._options.isAncestorOf(page.trace)
    assert page.paper.width() > page.width() * 0.6
    sized(window, 1700, 900)
    assert page._beside.isAncestorOf(page.trace)
    assert page.trace.isVisible()
    assert page._beside.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
