"""이번 주: what is to be done, each line with its cure; what can wait stands behind a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civictracker.services.home import Home, Todo
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.home_settling import Settling
from civictracker.ui.theme import theme
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
    tag,
)

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
FIGURES = {"slip", "odd", "fall", "jump", "balance", "sum", "rate"}
SHOWN = 8  # things to do; more wait behind a button


class Todos(Card):
    """``show_home`` without the warnings first, then with them: they come below, and what is there stays."""

    def __init__(self, page: Page, settling: Settling) -> None:
        super().__init__("확인할 것", " ", padded=False)
        self._state, self._settling = page.state, settling
        self._home: Home | None = None
        self._shows_all = False
        self._above: tuple[Todo, ...] = ()
        self._places = (column(), column())
        for place in self._places:
            self.body.addLayout(place)
        self.body.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def show_home(self, home: Home) -> None:
        # As high as it was while warnings are to come: no scroll bar comes and goes.
        self.setMinimumHeight(self.height() if home.lacks_warnings and self._home is not None else 0)
        self._home = home
        self.note.setText("누르면 바로 고칠 수 있습니다" if home.todos else "")
        shown = home.todos if self._shows_all else home.todos[:SHOWN]
        above, below = self._places
        if home.lacks_warnings or shown[: len(self._above)] != self._above:
            self._above = shown
            refill(above, self._lines(shown, is_first=True))
        rest = self._lines(shown[len(self._above) :], is_first=not self._above)
        if not home.lacks_warnings:
            self._end(rest, home)
        refill(below, rest)

    def _lines(self, todos: Sequence[Todo], *, is_first: bool) -> QVBoxLayout:
        lines = column(spacing=0)
        for at, todo in enumerate(todos):
            if at or not is_first:
                lines.addWidget(line())
            lines.addWidget(self._todo(todo))
        return lines

    def _end(self, lines: QVBoxLayout, home: Home) -> None:
        if len(home.todos) > SHOWN:
            lines.addWidget(line())
            lines.addWidget(self._fold(len(home.todos) - SHOWN))
        if not home.todos:
            lines.addWidget(self._all_done(home))

    def _fold(self, others: int) -> QWidget:
        words = "접기" if self._shows_all else f"{others}건 더 보기"
        inner = row(None, button(words, self.toggle_all, kind="text"), None)
        inner.setContentsMargins(0, theme.px(t.S1), 0, theme.px(t.S1))
        return holder(inner)

    def toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        if self._home is not None:
            self.show_home(self._home)

    def _all_done(self, home: Home) -> QWidget:
        if home.expected:
            text = "할 일이 없습니다. 보고서를 만들면 이번 주 일은 끝입니다."
            action = button("보고서 만들기", lambda: self._state.open_page("report"))
        else:
            text = "채널을 만들거나 엑셀을 가져오면 여기에 할 일이 나옵니다."
            action = button("채널 만들기", lambda: self._state.open_page("channels", "new"), kind="primary")
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
            act = button(todo.cure, lambda: self.cure(todo))
            act.setAccessibleName(f"{todo.title}: {todo.cure}")
            inner.addWidget(act)
        if todo.key:
            more = icon_button(
                "more", f"{todo.title}: 미루거나 정리", lambda: self._settling.choose(todo, more)
            )
            inner.addWidget(more)
        return holder(inner)

    def cure(self, todo: Todo) -> None:
        if todo.room == "check:profile":
            self._settling.profiles_checked(todo)
        else:
            self._state.open_page(todo.room, todo.target)
