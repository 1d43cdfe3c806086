"""이번 주: the answer to "what must I do now?", each item one click from its cure."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from civictracker.domain.dates import short
from civictracker.domain.formulas import FORMULAS
from civictracker.services.home import Home, Key, PostLine, load_week, look_at, with_warnings
from civictracker.services.odd_figures import Seen
from civictracker.ui import tokens as t
from civictracker.ui.charts.sparkline import Sparkline
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.home_settling import Settling
from civictracker.ui.pages.home_todos import FIGURES, Todos
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import (
    Card,
    ElidedLabel,
    button,
    column,
    holder,
    label,
    line,
    refill,
    row,
    scrolled,
    tag,
)
from civictracker.ui.widgets.formulas import formulas_button
from civictracker.ui.words import MINUS, MISSING, figure, percent

_STATUS = {
    "done": ("완료", "success"), "skipped": ("건너뜀", "neutral"), "writing": ("작성 중", "neutral"),
    "idea": ("기획", "neutral"), "review": ("검토", "warning"), "scheduled": ("예정", "primary"),
}  # fmt: skip


class HomePage(Page):
    id = "home"
    name = "이번 주"
    hint = "Ctrl+K 명령 찾기 · Alt+←→ 주 옮기기 · Ctrl+2 주간 입력"

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.tools.addWidget(formulas_button(self, self.id, lambda: self._told))
        self.tools.addWidget(button("엑셀 가져오기", lambda: state.open_page("import"), icon="import"))
        self.tools.addWidget(
            button("주간 보고서 만들기", lambda: state.open_page("report"), kind="primary", icon="report")
        )
        self._told: dict[str, str] = {}
        self._home: Home | None = None
        self._seen: Seen | None = None
        self.settling = Settling(self)
        self.todos = Todos(self, self.settling)
        self._warn_timer = QTimer(self, singleShot=True, interval=0)
        self._warn_timer.timeout.connect(self._warn)
        self._figures, self._posts_place = row(), row()
        below = row(holder(column(self.todos)), holder(self._posts_place), spacing=t.S3)
        below.setStretch(0, 58)
        below.setStretch(1, 40)
        body = column(self._figures, spacing=t.S3)
        body.addLayout(below, 1)
        self.outer.addWidget(scrolled(holder(body)), 1)

    def reload(self) -> None:
        """The week at once, and its warnings in turns of the window of their own: they take twice as long."""
        state = self.state
        before, self._seen = self._home, None
        self._home = home = state.context.read(load_week, week=state.week, now=state.context.now)
        refill(self._figures, self._keys(home))
        refill(self._posts_place, column(self._posts(home)))
        if home.lacks_warnings:
            self._warn_timer.start()
        if before is None or before.week != home.week or not home.lacks_warnings:
            self._show_todos(home)  # of the same week, what is there stays until all is known

    def _warn(self) -> None:
        """Complete what was read last; a room that was left in between is read anew when next seen."""
        home, context = self._home, self.state.context
        if home is None or not home.lacks_warnings:  # an older week was chosen meanwhile
            return
        if not self.isVisible():
            self._dirty = True
        elif self._seen is None:
            self._seen = context.read(look_at, home=home)
            self._warn_timer.start()
        else:
            self._home = context.read(with_warnings, home=home, seen=self._seen, now=context.now)
            self._show_todos(self._home)

    def _show_todos(self, home: Home) -> None:
        when = "이번 주" if self.state.week == self.state.this_week else self.state.week_name().full
        title = f"{when} 할 일"
        waiting = sum(1 for post in home.posts if post.status not in {"done", "skipped"})
        told = [f"입력 {home.entered}/{home.expected} 채널", f"남은 게시 {waiting}건"]
        if not home.lacks_warnings:
            title += f" {len(home.todos)}건"
            told.append(f"값 확인 {sum(1 for todo in home.todos if todo.kind in FIGURES)}건")
        self.title.setText(title)
        self.subtitle.setText(" · ".join(told))
        self.todos.show_home(home)

    def _keys(self, home: Home) -> QGridLayout:
        self._told = {key.formula: key.how for key in home.keys if key.how}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(t.S3))
        for at, key in enumerate(home.keys):
            grid.addWidget(self._key(key), 0, at)
            grid.setColumnStretch(at, 1)
        return grid

    def _key(self, key: Key) -> Card:
        card = Card()
        words, kind = _change_words(key)
        text = column(ElidedLabel(key.name, "subtle"), label(_value_words(key), "figure"), spacing=2)
        inner = QHBoxLayout()
        inner.addLayout(text, 1)
        if any(value is not None for value in key.trend):
            inner.addWidget(Sparkline(key.trend, key.name), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(inner)
        card.body.addWidget(ElidedLabel(words, kind))
        card.body.setSpacing(2)
        card.setAccessibleName(f"{key.name} {_value_words(key)}, {words}")
        card.setToolTip(plain_tip(f"{FORMULAS[key.formula].formula}\n{key.how}".strip()))
        return card

    # --- posts --------------------------------------------------------------------------------

    def _posts(self, home: Home) -> Card:
        card = Card("이번 주 게시 일정", f"{len(home.posts)}건", padded=False)
        card.body.setSpacing(0)
        for at, post in enumerate(home.posts):
            if at:
                card.body.addWidget(line())
            card.body.addWidget(self._post(post))
        if not home.posts:
            words = label("이번 주에 예정된 게시가 없습니다.", "subtle")
            words.setContentsMargins(*(theme.px(t.S4),) * 4)
            card.body.addWidget(words)
        card.body.addStretch(1)
        return card

    def _post(self, post: PostLine) -> QWidget:
        when = label(f"{short(post.day).split('. ', 1)[-1]} {post.time}", "subtle")
        when.setFixedWidth(theme.px(92))
        rate = ""
        if post.sent:
            rate = f" · 발송 {figure(post.sent)} 열람 {figure(post.opened)}"
        words = column(ElidedLabel(post.subject), ElidedLabel(post.where + rate, "subtle small"), spacing=1)
        text, kind = _STATUS.get(post.status, (post.status, "neutral"))
        if post.day == self.state.today and post.status == "scheduled":
            text, kind = "오늘", "info"
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S4), theme.px(t.S2))
        inner.addWidget(when)
        inner.addLayout(words, 1)
        inner.addWidget(tag(text, kind))
        return holder(inner)


def _value_words(key: Key) -> str:
    if key.value is None:
        return MISSING
    if isinstance(key.value, Decimal):
        return percent(key.value)
    return f"{figure(key.value)}{key.unit}"


def _change_words(key: Key) -> tuple[str, str]:
    if key.change is None:
        return (key.note or "견줄 지난 값 없음", "subtle")
    if key.change == 0:
        return ("– 전주와 같음", "subtle")
    up = key.change > 0
    sign, unit = ("+" if up else MINUS), ("%p" if key.unit == "%" else key.unit)
    amount = str(abs(key.change)) if isinstance(key.change, Decimal) else figure(abs(key.change))
    rate = f" ({percent(abs(key.rate))})" if key.rate is not None and not key.note else ""
    note = (
        f" · {key.note}" if key.note else ""
    )  # 9/12 채널 is more to know than the rate, and there is room for one
    return f"{'▲' if up else '▼'} 전주 대비 {sign}{amount}{unit}{rate}{note}", "up" if up else "down"
