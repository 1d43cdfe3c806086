"""The calendar with thousands of posts: ``python -m tests.bench.posts``.

10 series over 10 years expanded for one month (goal 30 ms), a month of 500 posts painted (goal 50 ms), and
months turned with 5,000 posts stored (goal 50 ms): over ten years, and all in one.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from sqlmodel import Session

from civictracker.app import calm_collector, make_application
from civictracker.services.calendar import load_schedule
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import save_channel
from civictracker.services.due import due_posts
from civictracker.services.opening import open_data
from civictracker.services.post_series import save_series
from civictracker.services.sample import sample_now
from civictracker.services.settings import save_office
from civictracker.store.tables import Post, PostChannel, SendResult, Slide
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from tests.bench.timing import spread

RULES = (
    "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=DAILY;INTERVAL=3",
    "FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=3TH",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=9",
    "FREQ=WEEKLY;BYDAY=WE;COUNT=520",
)  # fmt: skip


def fill_series(session: Session) -> Changes:
    save_office(session, name="큰 기관")
    for number in range(8):
        save_channel(session, platform=("kakao", "naver_blog", "youtube")[number % 3], name=f"채널 {number}")
    for number, rule in enumerate(RULES):
        save_series(session, name=f"반복 {number}", title="소식 {호} {주}", rule=rule, starts=date(2016, 12, 5),
                    time=f"{8 + number:02d}:00", channels=(number % 8 + 1,))  # fmt: skip
    return Changes.of(Topic.POSTS, "채움")


def fill_posts(session: Session, *, count: int, first: date, days: int) -> Changes:
    chance = random.Random(1)
    for number in range(count):
        post = Post(planned=first + timedelta(days=number * days // count), time=f"{8 + number % 10:02d}:{number % 6}0",
                    subject=f"게시 {number}", audience="전체", status="done")  # fmt: skip
        session.add(post)
        session.flush()
        session.add(PostChannel(post_id=post.id, channel_id=number % 8 + 1))
        session.add(
            SendResult(post_id=post.id, sent=chance.randrange(1, 90_000), opened=chance.randrange(60_000))
        )
        if number % 3 == 0:
            session.add(Slide(post_id=post.id, position=0, image="a.png", alt_text="글"))
    return Changes.of(Topic.POSTS, "채움")


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of this process alone: other work on the machine does not count."""
    found = []
    for _ in range(times):
        start = time.process_time()
        act()
        QApplication.processEvents()
        found.append((time.process_time() - start) * 1000)
    return found


def series_alone(folder: Path) -> None:
    opened = open_data(folder / "series.db", sample_now)
    context = opened.context
    context.commit(fill_series)
    month = {"start": date(2026, 10, 26), "end": date(2026, 12, 6)}
    first = {"start": date(2025, 9, 29), "end": date(2025, 11, 9)}
    print(
        f"10 series × 10 years, the first month: {spread(timed(lambda: context.read(load_schedule, **first), 1))}"
    )
    print(
        f"10 series × 10 years, one month: {spread(timed(lambda: context.read(load_schedule, **month), 30))}"
    )
    opened.close(keep_backup=False)


def in_the_window(folder: Path, name: str, first: date, days: int) -> None:
    """5,000 posts over ``days``: what turning pages costs."""
    opened = open_data(folder / "posts.db", sample_now)
    context = opened.context
    context.commit(fill_series)
    context.commit(fill_posts, count=5_000, first=first, days=days)
    window = MainWindow()
    window.attach(State(opened, sample=False))
    window.resize(1280, 800)
    window.show()
    window.open_page("posts")
    page = window.current_page
    assert isinstance(page, CalendarPage)
    QApplication.processEvents()
    assert page.schedule is not None
    print(f"{name}: {len(page.schedule.posts)} posts in view of 5,000 and 10 series")
    print(f"  month turned and painted: {spread(timed(lambda: page.turn(-1), 10))}")
    print(f"  month painted: {spread(timed(page.grid.repaint, 20))}")
    page.set_view("list")
    print(f"  list turned: {spread(timed(lambda: page.turn(1), 8))}")
    page.set_view("week")
    print(f"  week turned: {spread(timed(lambda: page.turn(-1), 10))}")
    print(f"  what is due: {spread(timed(lambda: context.read(due_posts, now=sample_now()), 5))}")
    window.close()
    opened.close(keep_backup=False)


def main() -> None:
    make_application()
    calm_collector()
    with tempfile.TemporaryDirectory() as folder:
        series_alone(Path(folder))
    for name, first, days in (
        ("over ten years", date(2016, 12, 1), 3_650), ("in one year", date(2025, 12, 1), 365),
    ):  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            in_the_window(Path(folder), name, first, days)


if __name__ == "__main__":
    main()
