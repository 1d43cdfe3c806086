"""자료로 쓴 문장: ready to be put into the text, each with the values that it stands on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from civictracker.services.press_lines import PressLine, press_lines
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, holder, label, line, row, scrolled, tag


class PressLinesDialog(QDialog):
    """``put`` takes a sentence that was chosen."""

    def __init__(self, parent: QWidget, state: State, put: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._state, self._put = state, put
        self.setWindowTitle("자료로 쓴 문장")
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(theme.px(t.S5),) * 4)
        outer.setSpacing(theme.px(t.S3))
        outer.addWidget(label("자료로 쓴 문장", "title"))
        when = state.week_name().full
        outer.addWidget(label(f"{when}의 값으로 쓴 문장입니다. 넣은 뒤에 말투를 다듬으세요.", "subtle"))
        self.lines = state.context.read(press_lines, week=state.week)
        body = column(spacing=t.S3)
        for each in self.lines:
            body.addLayout(self._line(each))
            body.addWidget(line())
        if not self.lines:
            body.addWidget(label("이 주에 적은 값이 없어 쓸 문장이 없습니다.", "subtle", wrap=True))
        body.addStretch(1)
        outer.addWidget(scrolled(holder(body)), 1)
        outer.addLayout(row(None, button("닫기", self.accept)))
        self.resize(theme.px(640), theme.px(520))

    def _line(self, each: PressLine) -> QVBoxLayout:
        put = button("넣기", partial(self._put, each.text), kind="small")
        put.setAccessibleName(f"넣기: {each.text}")
        see = button("값 보기", partial(self._see, each), kind="text small")
        see.setAccessibleName(f"값 보기: {each.text}")
        words = label(each.text, wrap=True)
        head = row(tag(each.kind, "primary"), None, see, put)
        return column(head, words, label(" · ".join(each.sources[:6]), "subtle small", wrap=True), spacing=2)

    def _see(self, each: PressLine) -> None:
        self.accept()
        self._state.open_page("trend", each.channel_ids)
