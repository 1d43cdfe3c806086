"""이번 주: the answer to "what must I do now?", each item one click from its cure."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from civictracker.domain.dates import short
from civictracker.domain.formulas import FORMULAS
from civictracker.services.home import Home, Key, PostLine, Todo, load_home
from civictracker.ui import tokens as t
from civictracker.ui.charts.sparkline import Sparkline
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.home_settling import Settling
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import (
    Card,
    ElidedLabel,
    button,
    column,
    holder,
    icon_button,
    label,
    line,
    refill,
    row,
    scrolled,
    tag,
)
from civictracker.ui.widgets.formulas import formulas_button
from civictracker.ui.words import MINUS, MISSING, figure, percent

_TAGS = {
    "missing": ("미입력", "warning"),
    "slip": ("자릿수 의심", "danger"),
    "due": ("오늘 게시", "info"),
    "overdue": ("결정 필요", "warning"),
    "alt": ("대체텍스트", "warning"),
    "odd": ("값 의심", "danger"),
    "fall": ("급감", "danger"),
    "jump": ("급증", "warning"),
    "balance": ("합 안 맞음", "danger"),
    "sum": ("합 안 맞음", "danger"),
    "rate": ("비율 안 맞음", "danger"),
    "dormant": ("휴면", "danger"),
    "collect": ("취합 지연", "warning"),
    "goal": ("목표 임박", "info"),
    "passed": ("돌파", "success"),
    "download": ("내려받기", "neutral"),
    "profile": ("프로필", "neutral"),
}
_FIGURES = {"slip", "odd", "fall", "jump", "balance", "sum", "rate"}
SHOWN = 8  # things to do; more wait behind a button
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
        self._shows_all = False
        self.settling = Settling(self)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self.outer.addWidget(scrolled(holder(self._body)), 1)

    def reload(self) -> None:
        state = self.state
        home = state.context.read(load_home, week=state.week, now=state.context.now)
        is_now = state.week == state.this_week
        when = "이번 주" if is_now else state.week_name().full
        self.title.setText(f"{when} 할 일 {len(home.todos)}건")
        waiting = sum(1 for post in home.posts if post.status not in {"done", "skipped"})
        self.subtitle.setText(
            f"입력 {home.entered}/{home.expected} 채널 · 남은 게시 {waiting}건 · "
            f"값 확인 {sum(1 for todo in home.todos if todo.kind in _FIGURES)}건"
        )
        below = QHBoxLayout()
        below.setSpacing(theme.px(t.S3))
        below.addWidget(self._todos(home), 58)
        below.addWidget(self._posts(home), 40)
        all_ = column(self._keys(home), spacing=t.S3)
        all_.addLayout(below, 1)
        refill(self._body, all_)

    def _keys(self, home: Home) -> QGridLayout:
        self._told = {key.formula: key.how for key in home.keys if key.how}
        grid = QGridLayout()
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

    # --- things to do -------------------------------------------------------------------------

    def _todos(self, home: Home) -> Card:
        card = Card("확인할 것", "누르면 바로 고칠 수 있습니다" if home.todos else "", padded=False)
        shown = len(home.todos) if self._shows_all else SHOWN
        for at, todo in enumerate(home.todos[:shown]):
            if at:
                card.body.addWidget(line())
            card.body.addWidget(self._todo(todo))
        if len(home.todos) > SHOWN:
            card.body.addWidget(line())
            card.body.addWidget(self._fold(len(home.todos) - SHOWN))
        if not home.todos:
            card.body.addWidget(self._all_done(home))
        card.body.setSpacing(0)
        card.body.addStretch(1)
        return card

    def _fold(self, others: int) -> QWidget:
        words = "접기" if self._shows_all else f"{others}건 더 보기"
        inner = row(None, button(words, self._toggle_all, kind="text"), None)
        inner.setContentsMargins(0, theme.px(t.S1), 0, theme.px(t.S1))
        return holder(inner)

    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self.touch()

    def _all_done(self, home: Home) -> QWidget:
        if home.expected:
            text = "할 일이 없습니다. 보고서를 만들면 이번 주 일은 끝입니다."
            action = button("보고서 만들기", lambda: self.state.open_page("report"))
        else:
            text = "채널을 만들거나 엑셀을 가져오면 여기에 할 일이 나옵니다."
            action = button("채널 만들기", lambda: self.state.open_page("channels", "new"), kind="primary")
        inner = column(label(text, "subtle", wrap=True), row(action, None), spacing=t.S3)
        inner.setContentsMargins(*(theme.px(t.S4),) * 4)
        return holder(inner)

    def _todo(self, todo: Todo) -> QWidget:
        text, kind = _TAGS[todo.kind]
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 0, 0, 0)
        mark.addWidget(tag(text, kind), 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        box = holder(mark)
        box.setFixedWidth(theme.px(84))
        words = column(ElidedLabel(todo.title, "strong"), ElidedLabel(todo.detail, "subtle small"), spacing=1)
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S4), theme.px(t.S2))
        inner.addWidget(box)
        inner.addLayout(words, 1)
        if todo.room != "home":
            act = button(todo.cure, lambda: self._cure(todo))
            act.setAccessibleName(f"{todo.title}: {todo.cure}")
            inner.addWidget(act)
        if todo.key:
            more = icon_button(
                "more", f"{todo.title}: 미루거나 정리", lambda: self.settling.choose(todo, more)
            )
            inner.addWidget(more)
        return holder(inner)

    def _cure(self, todo: Todo) -> None:
        if todo.room == "check:profile":
            self.settling.profiles_checked(todo)
        else:
            self.state.open_page(todo.room, todo.target)

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
