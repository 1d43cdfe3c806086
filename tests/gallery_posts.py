"""Pictures of 게시 일정: its views and forms, a plan under review, and two offices' stories.

``python -m tests.gallery_posts [--out DIR] [--quick]``; part of ``python -m tests.gallery``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from civictracker.app import make_application
from civictracker.services.changes import Changes, Topic
from civictracker.services.opening import Opened, open_data
from civictracker.services.post_plan import PostPlan
from civictracker.services.sample import sample_now
from civictracker.store.tables import Campaign
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.pages.calendar_emergency import EmergencyDialog
from civictracker.ui.pages.calendar_holidays import HolidayDialog
from civictracker.ui.pages.calendar_post import PostDialog
from civictracker.ui.pages.calendar_result import ResultDialog
from civictracker.ui.pages.calendar_series import SeriesDialog
from civictracker.ui.pages.calendar_series_list import SeriesList
from civictracker.ui.pages.calendar_stats import StatsDialog
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.shell.welcome import make_sample
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName

PLAN = (
    "2026년 12월 온라인 소통채널 게시 계획,,,,,,\n날짜,요일,시각,매체,제목,대상,담당\n"
    "12. 1.,화,14:00,카카오톡,제설 종합대책 안내,전체,김주무\n12. 3.,목,10:00,\"인스타그램, 페이스북\",연말 공연 안내,전체,김주무\n"
    "12. 4.,금,15:00,카카오톡,주간 카드뉴스 12월 1주,전체,김주무\n13월 5일,,,카카오톡,날짜가 틀린 줄,,\n"
    "12. 8.,화,11:00,동네소식,독감 무료 예방접종,65세 이상,보건소\n12. 9.,목,25시,블로그,시각이 틀린 줄,,\n"
    "※ 계획은 바뀔 수 있습니다,,,,,,\n12. 11.,금,15:00,카카오톡,송년 음악회,청년,김주무\n"
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/posts"))
    parser.add_argument("--quick", action="store_true", help="the light theme at 100 %% only")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    themes = ("light",) if chosen.quick else ("light", "dark", "contrast")
    scales = (1.0,) if chosen.quick else (1.0, 1.5)
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        print(f"{pictures(Path(folder), chosen.out, themes=themes, scales=scales)} pictures in {chosen.out}")


def pictures(folder: Path, out: Path, *, themes: Sequence[str], scales: Sequence[float]) -> int:
    """Every view and form of posts in each theme and size; how many."""
    sample = make_sample(folder / "posts", "관악구")
    opened = open_data(Path(shutil.copy(sample, folder / "posts.db")), sample_now)
    opened.context.write(_campaigns)
    plan = folder / "12월 게시 계획.csv"
    plan.write_text(PLAN, encoding="utf-8")
    count = 0
    for name in themes:
        for scale in scales:
            theme.apply(ThemeName(name), scale)
            window = _window(opened, scale)
            suffix = f"{name}-{round(scale * 100)}.png"
            count += _calendar(window, out, suffix) + _review(window, plan, out, suffix)
            window.close()
    opened.close(keep_backup=False)
    theme.apply(ThemeName.LIGHT)
    return count


def _campaigns(session: object) -> Changes:
    for name, first, last in (
        ("관악 강감찬축제", date(2026, 9, 14), date(2026, 10, 4)), ("연말 이웃돕기", date(2026, 11, 16), None),
        ("수능 응원", date(2026, 11, 17), date(2026, 11, 20)),
    ):  # fmt: skip
        session.add(Campaign(name=name, starts=first, ends=last))  # type: ignore[attr-defined]
    return Changes.of(Topic.POSTS, "캠페인")


def _window(opened: Opened, scale: float) -> MainWindow:
    window = MainWindow()
    window.asks_before_closing = False
    window.attach(State(opened, sample=True))
    window.resize(round(1280 * scale), round(800 * scale))
    window.show()
    QApplication.processEvents()
    return window


def _calendar(window: MainWindow, out: Path, suffix: str) -> int:
    window.open_page("posts")
    page = window.current_page
    assert isinstance(page, CalendarPage)
    page.go_to(date(2026, 9, 21))
    assert page.schedule is not None
    moved = next(post for post in page.schedule.posts if post.is_moved)
    page.show_detail(moved.key)
    count = _save(window, out / f"posts-month-{suffix}")
    page.go_to(sample_now().date())
    today = next(post for post in page.schedule.posts if post.day == sample_now().date())
    page.show_detail(today.key)
    for view in ("week", "list"):
        page.set_view(view)
        count += _save(window, out / f"posts-{view}-{suffix}")
    stats = StatsDialog(page.work)
    for what, dialog in (
        ("post", PostDialog(page.work, today.key)),
        ("series", SeriesDialog(page.work, today.key.series_id, today.original)),
        ("serieslist", SeriesList(page.work)),
        ("result", ResultDialog(page.work, moved.key)),
        ("emergency", EmergencyDialog(page.work)),
        ("stats", stats),
        ("holidays", HolidayDialog(page, page.state, 2027)),
    ):
        dialog.show()
        if isinstance(dialog, PostDialog):
            cards = dialog.cards.rows
            _wait(lambda cards=cards: all(not each.picture.pixmap().isNull() for each in cards))  # type: ignore[misc]
            _wait(lambda: False, 0.2)
        count += _save(dialog, out / f"posts-{what}-{suffix}")
        dialog.close()
    stats.show_view("topic")
    stats.show()
    count += _save(stats, out / f"posts-topics-{suffix}")
    stats.close()
    page.set_view("month")
    return count


def _review(window: MainWindow, plan: Path, out: Path, suffix: str) -> int:
    window.open_page("import", [plan])
    page = window.current_page
    assert isinstance(page, ImportPage)
    _wait(lambda: isinstance(page.plan, PostPlan))
    count = _save(window, out / f"posts-import-{suffix}")
    page.cancel()
    return count


def _save(widget: QWidget, target: Path) -> int:
    QApplication.processEvents()
    widget.grab().save(str(target))
    return 1


def _wait(until: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
