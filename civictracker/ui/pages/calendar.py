"""게시 일정: what is planned, what was sent and what came of it; by month, week or list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLayout, QMenu, QStackedWidget

from civictracker.domain.posting import Status
from civictracker.domain.weeks import Period
from civictracker.services import posts as use_cases
from civictracker.services.calendar import PostKey, PostView, Schedule, load_schedule
from civictracker.services.changes import Topic
from civictracker.services.channels import list_channels
from civictracker.services.due import LOOK_BACK
from civictracker.ui import tokens as t
from civictracker.ui.pages import calendar_files
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.calendar_side import PostSide
from civictracker.ui.pages.calendar_work import Work
from civictracker.ui.shell.palette import SearchEdit
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Banner,
    Card,
    ComboBox,
    Segments,
    button,
    holder,
    icon_button,
    label,
    line,
    row,
)
from civictracker.ui.widgets.calendar_grid import CalendarGrid
from civictracker.ui.widgets.calendar_paint import ChannelMark
from civictracker.ui.widgets.post_list import PostList

MONTH, WEEK, LIST = "month", "week", "list"
_SEARCH_MS = 150


class CalendarPage(Page):
    id = "posts"
    name = "게시 일정"
    hint = "끌어서 옮기기 · Ctrl+화살표 하루·한 주 옮기기 · Enter 열기 · Ctrl+N 게시 추가 · Ctrl+Z 되돌리기"
    topics = frozenset({Topic.POSTS, Topic.CHANNELS})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.anchor = state.today
        self.view = MONTH
        self.schedule: Schedule | None = None
        self.marks: dict[int, ChannelMark] = {}
        self.only: str = ""
        self._week_shown = state.week
        self._channels_may_differ = True
        self.work = Work(self)
        self._build_tools()
        self.banner = Banner("warning")
        self.outer.addWidget(self.banner)
        self.side = PostSide(self.work)
        sides = row(self._calendar_card(), self.side, spacing=t.S3)
        self.outer.addLayout(sides, 1)
        for keys, act in (
            ("Ctrl+N", self.work.add), ("Ctrl+F", self.search.setFocus), ("Ctrl+D", self.work.copy_selected),
            ("Delete", self.work.drop_selected), ("Ctrl+R", self.work.note_result),
        ):  # fmt: skip
            self.shortcut(keys, act)

    # --- laying out ---------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.series_button = button("반복 일정", self.work.show_series, icon="refresh")
        more = button("더 보기", icon="more")
        menu = QMenu(more)
        for text, act in calendar_files.actions(self.work):
            menu.addAction(text, act)
        more.setMenu(menu)
        self.tools.addWidget(self.series_button)
        self.tools.addWidget(button("성과", self.work.show_stats, icon="trend"))
        self.tools.addWidget(more)
        self.tools.addWidget(button("게시 추가", self.work.add, kind="primary", icon="plus", keys="Ctrl+N"))

    def _calendar_card(self) -> Card:
        card = Card(padded=False)
        card.body.setSpacing(0)
        self.grid = CalendarGrid()
        self.grid.chosen.connect(self._on_grid_chosen)
        self.grid.opened.connect(self.work.open_post)
        self.grid.wanted.connect(self.work.add)
        self.grid.moved.connect(self.work.move_post)
        self.grid.turned.connect(self._on_grid_turned)
        self.grid.more_wanted.connect(self._on_grid_more_wanted)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.table = PostList()
        self.model = self.table.posts
        self.table.chosen.connect(self._on_table_chosen)
        self.table.activated.connect(lambda _index: self.work.open_selected())
        self.stack.addWidget(self.table)
        card.body.addWidget(holder(self._bar()))
        card.body.addWidget(line())
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(line())
        self.legend = row(spacing=t.S3)
        self.legend.setContentsMargins(theme.px(t.S3), theme.px(6), theme.px(t.S3), theme.px(6))
        self.legend_box = holder(self.legend)
        card.body.addWidget(self.legend_box)
        return card

    def _bar(self) -> QLayout:
        self.when = label("", "strong")
        self.when.setMinimumWidth(theme.px(124))
        self.when.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.channel = ComboBox()
        self.channel.setAccessibleName("채널 고르기")
        self.channel.setMaximumWidth(theme.px(170))
        self.channel.currentIndexChanged.connect(lambda _at: self.touch_now())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.touch_now)
        self.search = SearchEdit(lambda _text: self._timer.start(_SEARCH_MS))
        self.search.setPlaceholderText("제목·대상·담당 찾기")
        self.search.setAccessibleName("게시 찾기")
        self.search.setClearButtonEnabled(True)
        self.views = Segments(((MONTH, "월"), (WEEK, "주"), (LIST, "목록")), MONTH, "보기")
        self.views.chosen.connect(self.set_view)
        bar = row(
            icon_button("chevron-left", "이전", lambda: self.turn(-1)), self.when,
            icon_button("chevron-right", "다음", lambda: self.turn(1)),
            button("오늘", lambda: self.go_to(self.state.today)), self.channel, self.search, self.views,
        )  # fmt: skip
        bar.setStretch(5, 1)
        bar.setContentsMargins(theme.px(t.S3), theme.px(t.S2), theme.px(t.S3), theme.px(t.S2))
        return bar

    # --- showing ------------------------------------------------------------------------------

    @property
    def span(self) -> Period:
        """The days shown; a month is shown by whole weeks."""
        if self.only:
            return Period(self.state.today - LOOK_BACK, Period.week(self.state.today).end)
        if self.view == WEEK:
            return Period.week(self.anchor)
        month = Period.month(self.anchor.year, self.anchor.month)
        if self.view == LIST:
            return month
        return Period(Period.week(month.start).start, Period.week(month.end).end)

    def reload(self) -> None:
        if self.state.week != self._week_shown:
            self._week_shown = self.state.week
            self.anchor = self.state.naming.base_day(self.state.week)
        if self._channels_may_differ:
            self._fill_channels()
        span = self.span
        chosen = self.channel.currentData()
        self.schedule = self.state.context.read(
            load_schedule, start=span.start, end=span.end, channel_ids=(chosen,) if chosen else (),
            text=self.search.whole_text,
        )  # fmt: skip
        self._show_heads()
        if self.view == LIST:
            self._show_list()
        else:
            self.grid.show_schedule(
                self.schedule, self.marks, self.state.naming, self.state.context.now,
                month=self.anchor.month if self.view == MONTH else 0,
            )  # fmt: skip
        self.side.show_post(self.selected)

    def _show_heads(self) -> None:
        assert self.schedule is not None
        month = f"{self.anchor.year}년 {self.anchor.month}월"
        week = f"{self.anchor.month}월" if self.view != WEEK else self.state.week_name(self.span).short
        self.when.setText(month if self.view != WEEK else self.state.week_name(self.span).full)
        posts = [post for post in self.schedule.posts
                 if self.view == WEEK or self.only or post.day.month == self.anchor.month]  # fmt: skip
        self.subtitle.setText(f"{week} {_summary(posts, self.state.context.now)}")
        calendar_files.say_what_is_odd(self)

    def show_all(self) -> None:
        self.only = ""
        self.touch_now()

    def _show_list(self) -> None:
        assert self.schedule is not None
        now = self.state.context.now
        posts = [post for post in self.schedule.posts if not self.only or post.is_overdue(now)]
        self.table.show_posts(posts, self.marks, now, self.grid.selected)

    def _fill_channels(self) -> None:
        self._channels_may_differ = False
        rows = self.state.context.read(list_channels)
        marks = {each.id: ChannelMark(each.label.removesuffix(" 채널"), each.platform) for each in rows}
        if marks == self.marks and self.channel.count():
            return
        self.marks = marks
        chosen = self.channel.currentData()
        self.channel.blockSignals(True)  # noqa: FBT003
        self.channel.clear()
        self.channel.addItem("모든 채널", None)
        for each in rows:
            self.channel.addItem(each.label, each.id)
        self.channel.setCurrentIndex(max(0, self.channel.findData(chosen)))
        self.channel.blockSignals(False)  # noqa: FBT003
        calendar_files.fill_legend(self.legend, rows)

    # --- moving about -------------------------------------------------------------------------

    def touch(self) -> None:
        self._channels_may_differ = True
        super().touch()

    def touch_now(self) -> None:
        """Show other days, or those again; the data are as they were."""
        self._dirty = True
        self.refresh()

    def set_view(self, view: str) -> None:
        self.view = view
        self.views.set_value(view)
        self.stack.setCurrentIndex(1 if view == LIST else 0)
        if view != LIST:
            self.only = ""
        self.touch_now()

    def turn(self, steps: int) -> None:
        """The next or previous month or week."""
        if self.view == WEEK:
            self.anchor += timedelta(weeks=steps)
        else:
            self.anchor = Period.month(self.anchor.year, self.anchor.month).shift(steps).start
        self.only = ""
        self.touch_now()

    def go_to(self, day: date) -> None:
        self.anchor = day
        self.grid.cursor_day = day
        self.touch_now()

    def fold(self) -> None:
        calendar_files.fold_bar(self)

    def focus_first(self) -> None:
        (self.table if self.view == LIST else self.grid).setFocus()

    def show_detail(self, detail: object) -> None:
        """A PostKey, ``overdue`` for the list of what waits, ``new`` or ``holidays``."""
        if isinstance(detail, PostKey):
            found = self.state.context.read(use_cases.load_post, key=detail)
            self.grid.selected = found.key
            self.go_to(found.draft.planned)
            self.grid.select(found.key, found.draft.planned)
            self.side.show_post(found.key)
        elif detail == "overdue":
            self.only = "overdue"
            self.set_view(LIST)
        elif detail == "new":
            self.work.add()
        elif detail == "holidays":
            calendar_files.show_holidays(self.work)

    def _on_grid_turned(self, steps: int) -> None:
        day = self.grid.cursor_day
        self.turn(steps)
        if self.schedule is not None and self.schedule.start <= day <= self.schedule.end:
            self.grid.select(None, day)

    def _on_grid_more_wanted(self, day: date) -> None:
        self.anchor = day
        self.set_view(WEEK)

    def _on_grid_chosen(self, key: PostKey | None) -> None:
        self.side.show_post(key)

    def _on_table_chosen(self, key: PostKey | None) -> None:
        self.grid.selected = key
        self.side.show_post(key)

    @property
    def selected(self) -> PostKey | None:
        return self.grid.selected

    @property
    def day_in_view(self) -> date:
        """Where a new post goes unless told otherwise."""
        return self.state.today if self.view == LIST else self.grid.cursor_day


def _summary(posts: Sequence[PostView], now: datetime) -> str:
    """``21건 · 완료 14 · 남은 게시 7``"""
    done = sum(post.status is Status.DONE for post in posts)
    skipped = sum(post.status is Status.SKIPPED for post in posts)
    late = sum(post.is_overdue(now) for post in posts)
    parts = [f"{len(posts)}건", f"완료 {done}", f"남은 게시 {len(posts) - done - skipped}"]
    if skipped:
        parts.append(f"건너뜀 {skipped}")
    if late:
        parts.append(f"결정할 것 {late}")
    return " · ".join(parts)
