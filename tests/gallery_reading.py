"""Pictures of 추이, 비교, 목표·돌파, 캠페인, 문의·수상 and 보도자료 with something in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from civictracker.domain.weeks import Period
from civictracker.services import campaigns, compare, inquiries
from civictracker.services.composite import save_weights
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.goals import save_goal
from civictracker.services.opening import open_data
from civictracker.services.overlays import save_note
from civictracker.services.sample import sample_now
from civictracker.ui.pages.compare import ComparePage
from civictracker.ui.pages.goals_index import IndexDialog
from civictracker.ui.pages.press import PressPage
from civictracker.ui.pages.press_lines import PressLinesDialog
from civictracker.ui.pages.report import ReportPage
from civictracker.ui.pages.trend import TrendPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName
from civictracker.ui.widgets.formulas import FormulasDialog

PRESS = Path(__file__).parent / "data" / "press"
Save = Callable[[QWidget, Path], int]


def reading(
    sample: Path, folder: Path, out: Path, save: Save, *, themes: tuple[str, ...], scales: tuple[float, ...]
) -> int:
    """The rooms of reading the figures; the sample itself stays as it is."""
    opened = open_data(Path(shutil.copy(sample, folder / "reading.db")), sample_now)
    _fill(opened.context)
    count = 0
    for name in themes:
        for scale in scales:
            theme.apply(ThemeName(name), scale)
            window = MainWindow()
            window.asks_before_closing = False
            window.attach(State(opened, sample=True))
            window.resize(round(1280 * scale), round(800 * scale))
            window.show()
            count += _rooms(window, out, save, f"{name}-{round(scale * 100)}.png")
            window.close()
    opened.close(keep_backup=False)
    theme.apply(ThemeName.LIGHT)
    return count


def _fill(context: Context) -> None:
    context.write(save_goal, channel_id=1, target=135_000, due=date(2026, 12, 31), note="연말 업무보고")
    context.write(save_note, day=date(2026, 3, 30), text="서로이웃 합산", is_break=True, channel_id=2)
    context.write(save_note, day=date(2026, 6, 12), text="축제 기간", is_break=False)
    key = context.write(
        campaigns.save_campaign, name="독감 무료접종 홍보", starts=date(2026, 9, 28), ends=date(2026, 11, 1),
        channel_ids=[1, 2],
    ).created  # fmt: skip
    assert key is not None
    context.write(
        campaigns.save_campaign, name="설맞이 이벤트", starts=date(2026, 2, 2), ends=date(2026, 2, 20)
    )
    for code, value in (("2015", 1_249_490), ("2016", 1_568_379)):
        context.write(
            campaigns.save_outside, campaign_id=key, name="관광지 입장객", unit="명", period=Period.parse(code),
            value=Decimal(value),
        )  # fmt: skip
    week = Period.week(date(2026, 11, 16))
    walked = [ValueEdit("followers", 6, week.shift(-back), None) for back in range(8, 30)]
    walked += [ValueEdit("net_followers", 6, week.shift(-back), 3 + back % 5) for back in range(8, 30)]
    context.write(write_values, edits=walked, label="증감만 있는 때")
    for back, step in ((0, 0), (84, 900)):
        day = date.fromordinal(date(2026, 11, 20).toordinal() - back)
        values: dict[str, int | None] = {
            "수원시": 521_300 - step, "안양시": 128_400 + step * 4, "양주시": 22_480 - step, "강남구": 14_210, "송파구": 14_210,
        }  # fmt: skip
        context.write(compare.save_peer_values, platform="kakao", day=day, values=values)
    for channel, kind, received, answered, minutes in (
        (1, "단순 문의", 42, 41, 12), (2, "불편·민원", 6, 4, 95), (4, "제안", 3, 3, 240),
    ):  # fmt: skip
        context.write(
            inquiries.save_inquiry, channel_id=channel, day=date(2026, 11, 19), kind=kind, received=received,
            answered=answered, median_minutes=minutes,
        )  # fmt: skip
    context.write(inquiries.save_award, day=date(2026, 10, 30), name="대한민국 SNS 대상", prize="최우수상")


def _rooms(window: MainWindow, out: Path, save: Save, suffix: str) -> int:
    count = 0
    for room in ("home", "trend", "compare", "goals", "campaigns", "inquiries"):
        window.open_page(room)
        count += save(window, out / f"reading-{room}-{suffix}")
    trend = window.page("trend")
    assert isinstance(trend, TrendPage)
    window.open_page("trend")
    trend.chart.focus_line(0)
    trend.extras.checks["log"].setChecked(True)
    count += save(window, out / f"reading-trend-log-{suffix}")
    trend.chart.focus_line(None)
    trend.extras.checks["log"].setChecked(False)
    count += _several_metrics(window, trend, out, save, suffix)
    compared = window.page("compare")
    assert isinstance(compared, ComparePage)
    window.open_page("compare")
    compared.day.setDate(QDate(2019, 11, 12))
    count += save(window, out / f"reading-compare-2019-{suffix}")
    dialog = compared.dialog()
    dialog.show()
    count += save(dialog, out / f"reading-compare-values-{suffix}")
    dialog.close()
    count += _explained(window, out, save, suffix)
    return count + _press(window, out, save, suffix)


def _several_metrics(window: MainWindow, trend: TrendPage, out: Path, save: Save, suffix: str) -> int:
    """Two units with an axis each, three as an index, and levels worked out from net changes."""
    trend.chosen = [1, 2]
    trend.metrics.set_beside(["posts"])
    count = save(window, out / f"reading-trend-two-{suffix}")
    trend.metrics.set_beside(["posts", "views"])
    count += save(window, out / f"reading-trend-three-{suffix}")
    trend.metrics.set_beside([])
    trend.mode.set_value("value")
    trend.chosen = [6, 2]
    trend.extras.checks["back"].setChecked(True)
    trend.touch()
    count += save(window, out / f"reading-trend-walked-{suffix}")
    trend.extras.checks["back"].setChecked(False)
    return count + _index(window, trend, out, save, suffix)


def _index(window: MainWindow, trend: TrendPage, out: Path, save: Save, suffix: str) -> int:
    """종합 지수 that the office has weighed: in 추이 and on the weekly report."""
    context = trend.state.context
    context.write(save_weights, weights={"followers": 40, "posts": 20, "views": 40})
    trend.chosen = [1, 2]
    trend.metric_box.setCurrentIndex(trend.metric_box.findData("composite"))
    count = save(window, out / f"reading-trend-index-{suffix}")
    window.open_page("report")
    report = window.current_page
    assert isinstance(report, ReportPage)
    QTest.qWait(300)  # until it is read, drawn and laid out
    report._options.ensureWidgetVisible(report.checks["index"])
    report.card.view.verticalScrollBar().setValue(report.card.view.verticalScrollBar().maximum())
    count += save(window, out / f"reading-report-index-{suffix}")
    context.undo()
    window.open_page("trend")
    trend.metric_box.setCurrentIndex(0)
    return count


def _explained(window: MainWindow, out: Path, save: Save, suffix: str) -> int:
    window.open_page("goals")
    weights = IndexDialog(window.current_page)
    formulas = FormulasDialog(window.current_page, "trend")
    count = 0
    for name, dialog in (("index", weights), ("formulas", formulas)):
        dialog.show()
        count += save(dialog, out / f"reading-{name}-{suffix}")
        dialog.close()
    return count


def _press(window: MainWindow, out: Path, save: Save, suffix: str) -> int:
    """숫자 검산 on the stories of the five offices."""
    count = 0
    window.open_page("press")
    page = window.current_page
    assert isinstance(page, PressPage)
    for path in sorted(PRESS.glob("*.txt")):
        page.show_text(path.read_text(encoding="utf-8"))
        if page.rows:
            page.rows[0].go.click()
        count += save(window, out / f"press-{path.stem}-{suffix}")
    lines = PressLinesDialog(page, page.state, str)
    lines.show()
    count += save(lines, out / f"press-lines-{suffix}")
    lines.close()
    return count
