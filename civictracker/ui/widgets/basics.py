"""Labels, buttons, cards and rows with the look that the style sheet gives to their class."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from civictracker.ui import tokens as t
from civictracker.ui.icons import set_icon
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label; nothing that a person typed is ever taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("class", kind)
    made.setWordWrap(wrap)
    return made


def is_being_typed(edit: QLineEdit) -> bool:
    """Whether showing the data anew would take away what a person is about to finish."""
    return edit.hasFocus() and edit.isModified()


class ElidedLabel(QLabel):
    """A label that gives way: it may be narrower than its text, which is then told on hover."""

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("class", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


def tag(text: str, kind: str = "neutral") -> QLabel:
    made = label(text, f"tag tag-{kind}")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def set_class(widget: QWidget, kind: str) -> None:
    """Change a widget's style class after it has been shown."""
    if widget.property("class") != kind:
        widget.setProperty("class", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon: str = "",
    tip: str = "",
    keys: str = "",
) -> QPushButton:
    """A push button; ``keys`` is the shortcut as it is told in the tooltip (the action owns it)."""
    made = QPushButton(text)
    made.setProperty("class", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        role = "on_primary" if "primary" in kind else "primary_text" if "text" in kind else "text_subtle"
        set_icon(made, icon, role, 16)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    made.setToolTip(plain_tip(f"{tip or text} ({keys})" if keys else tip))
    made.setAccessibleName(text or tip)
    return made


def icon_button(icon: str, name: str, on_click: Callable[[], object], *, kind: str = "icon") -> QPushButton:
    made = button("", on_click, kind=kind, icon=icon, tip=name)
    made.setAccessibleName(name)
    return made


Part = QWidget | QLayout | int | None


def row(*parts: Part, spacing: int = t.S2) -> QHBoxLayout:
    """Widgets and layouts side by side; an int is blank space and None a stretch."""
    return _filled(QHBoxLayout(), parts, spacing)


def column(*parts: Part, spacing: int = t.S2) -> QVBoxLayout:
    return _filled(QVBoxLayout(), parts, spacing)


L = TypeVar("L", bound=QBoxLayout)


def _filled(layout: L, parts: Sequence[Part], spacing: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(spacing))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(theme.px(part))
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


def holder(layout: QLayout) -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scrolled(inner: QWidget, width: int = 0) -> QScrollArea:
    """``inner`` scrolling upwards and downwards alone; ``width`` fixes the column's."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inner)
    if width:
        made.setFixedWidth(width)
    return made


def line() -> QFrame:
    made = QFrame()
    made.setProperty("class", "line")
    return made


def clear(layout: QLayout) -> None:
    """Remove and delete everything in ``layout``."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def refill(place: QLayout, parts: QLayout) -> None:
    """Show ``parts`` in ``place`` instead of what is there, all at once.

    What is added to a layout that is already seen is shown a turn later, each part by itself: the room would
    be laid out again for every one, and painted squashed in between.
    """
    clear(place)
    made = holder(parts)
    place.addWidget(made)
    made.show()


class Card(QFrame):
    """A surface with an optional heading row; parts go into ``body``."""

    def __init__(self, title: str = "", note: str = "", *, padded: bool = True) -> None:
        super().__init__()
        self.setProperty("class", "card")
        self._outer = QVBoxLayout(self)
        edge = theme.colours.border_width
        self._outer.setContentsMargins(edge, edge, edge, edge)
        self._outer.setSpacing(0)
        self.heading = label(title, "card-title")
        self.note = label(note, "subtle small")
        self.tools = row(spacing=t.S2)
        if title:
            head = row(self.heading, self.note, None, spacing=t.S2)
            head.addLayout(self.tools)
            head.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S3), theme.px(t.S2))
            box = holder(head)
            box.setMinimumHeight(theme.px(44))
            self._outer.addWidget(box)
            self._outer.addWidget(line())
        self.body = QVBoxLayout()
        pad = theme.px(t.S4) if padded else 0
        self.body.setContentsMargins(pad, theme.px(t.S3) if padded else 0, pad, pad)
        self.body.setSpacing(theme.px(t.S2))
        self._outer.addLayout(self.body, 1)


class ComboBox(QComboBox):
    """A choice that the mouse wheel passes over, so that scrolling a page never changes an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


_ONE_DIGIT = re.compile(r"(?<![Md])([Md])(?![Md])")
_TWO_DIGITS = re.compile(r"(?<![Md])([Md])\1(?![Md])")


class DateEdit(QDateEdit):
    """A day with a calendar, written as offices do; the wheel passes over it too.

    ``20260331``, ``2026.3.31`` and ``2026-03-31`` can be typed. Qt alone made 3. 3. of the first and put the
    rest of the others into the wrong part: a digit too few or a dot after a part that is full moved on.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy. M. d.")
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Two digits each while it is typed in."""
        self._put_format(_ONE_DIGIT.sub(r"\1\1", self.displayFormat()))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._put_format(_TWO_DIGITS.sub(r"\1", self.displayFormat()))

    def _put_format(self, text: str) -> None:
        if text != self.displayFormat():
            at = self.currentSection()
            self.setDisplayFormat(text)
            self.setCurrentSection(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_between = event.text() in {".", "-", "/", " "}
        if is_between and self.lineEdit().selectedText() == self.sectionText(self.currentSection()):
            event.accept()  # this part is only begun: Qt has moved on to it by itself
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Segments(QWidget):
    """A row of choices of which one holds. ``chosen`` carries the value of the pressed one."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, name: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        box = row(spacing=0)
        for at, (key, text) in enumerate(choices):
            made = button(text, kind="segment")
            made.setCheckable(True)
            made.setProperty("edge", _edge(at, len(choices)))
            made.setAccessibleName(f"{name}: {text}")
            made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(made)
            self._buttons[key] = made
            box.addWidget(made)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_value(value)

    @property
    def value(self) -> str:
        return next((key for key, each in self._buttons.items() if each.isChecked()), "")

    def set_value(self, value: str) -> None:
        if value in self._buttons:
            self._buttons[value].setChecked(True)
            for key, each in self._buttons.items():  # Tab goes to the one that holds, arrows to the others
                each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == value else Qt.FocusPolicy.ClickFocus)


def _edge(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return "left" if at == 0 else "right" if at == count - 1 else "middle"


class Banner(QFrame):
    """An inline message with its cures as buttons; hidden when there is nothing to say."""

    def __init__(self, kind: str = "danger") -> None:
        super().__init__()
        self._layout = row(spacing=t.S2)
        self._layout.setContentsMargins(theme.px(t.S3), theme.px(6), theme.px(t.S2), theme.px(6))
        self.setLayout(self._layout)
        self.setProperty("class", f"banner-{kind}")
        self.hide()

    def say(
        self,
        kind: str,
        tag_text: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        clear(self._layout)
        set_class(self, f"banner-{kind}")
        self._layout.addWidget(tag(tag_text, kind))
        words = label(text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout.addWidget(words, 1)
        for name, act in actions:
            self._layout.addWidget(button(name, act, kind="small"))
        self.setAccessibleName(f"{tag_text}: {text}")
        self.show()


class Empty(QWidget):
    """What belongs here, and the first step."""

    def __init__(self, title: str, text: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        super().__init__()
        box = column(None, label(title, "part"), label(text, "subtle"), spacing=t.S2)
        for at in range(1, 3):
            item = box.itemAt(at)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            made = button(action[0], action[1], kind="primary")
            box.addSpacing(theme.px(t.S2))
            box.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        box.setContentsMargins(theme.px(t.S6), theme.px(t.S6), theme.px(t.S6), theme.px(t.S6))
        self.setLayout(box)
