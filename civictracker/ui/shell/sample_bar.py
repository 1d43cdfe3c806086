"""The banner that keeps a sample from being taken for one's own data."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, label, row


class SampleBar(QFrame):
    own_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sample")
        words = label(
            "예시 자료입니다. 보도된 수치 사이의 값은 만든 것이고, "
            "여기서 고친 것은 내 자료에 들어가지 않습니다."
        )
        self.own = button("내 사무실로 시작", self.own_wanted.emit, kind="small")
        layout = row(words, None, self.own)
        layout.setContentsMargins(theme.px(t.S4), theme.px(t.S1), theme.px(t.S4), theme.px(t.S1))
        self.setLayout(layout)
        self.hide()
