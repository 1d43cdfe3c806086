"""The bar on top: whose data, which week, and the way to everything (Ctrl+K)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from civictracker.ui import tokens as t
from civictracker.ui.icons import app_icon
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, icon_button, label, row


class TopBar(QFrame):
    stepped = Signal(int)
    today_wanted = Signal()
    palette_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(theme.px(48))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(t.S4), 0, theme.px(t.S4), 0)
        layout.setSpacing(theme.px(t.S4))
        layout.addWidget(self._brand())
        self.office = label("", "strong")
        self.department = label("", "subtle")
        layout.addLayout(row(self.office, self.department, spacing=t.S1))
        layout.addWidget(self._week())
        self.today = button("이번 주로", self.today_wanted.emit, kind="text")
        layout.addWidget(self.today)
        layout.addStretch(1)
        layout.addWidget(self._find())

    def _brand(self) -> QFrame:
        box = QFrame()
        box.setFixedWidth(theme.px(152))
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(theme.px(20), theme.px(20)))
        name = label("채널일지", "card-title")
        inner = row(mark, name, None)
        box.setLayout(inner)
        return box

    def _week(self) -> QFrame:
        box = QFrame()
        box.setObjectName("week")
        self.previous = icon_button("chevron-left", "지난주 (Alt+←)", lambda: self.stepped.emit(-1))
        self.next = icon_button("chevron-right", "다음 주 (Alt+→)", lambda: self.stepped.emit(1))
        self.week_name = label("", "strong")
        self.week_range = label("", "subtle")
        inner = row(self.previous, self.week_name, self.week_range, self.next, spacing=t.S2)
        inner.setContentsMargins(0, 0, 0, 0)
        box.setLayout(inner)
        box.setFixedHeight(theme.px(t.CONTROL))
        return box

    def _find(self) -> QPushButton:
        made = button("명령·채널·주 찾기", self.palette_wanted.emit, icon="search")
        made.setObjectName("find")
        made.setFixedWidth(theme.px(240))
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, theme.px(t.S2), 0)
        inner.addStretch(1)
        key = label("Ctrl K", "key")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(key)
        return made

    def show_office(self, office: str, department: str) -> None:
        self.office.setText(office)
        self.department.setText(department)

    def show_week(self, name: str, span: str, *, is_now: bool) -> None:
        self.week_name.setText(name)
        self.week_range.setText(f"({span})")
        self.today.setVisible(not is_now)
