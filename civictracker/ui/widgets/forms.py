"""What forms share: captioned rows, channel chips, and dialogs that take a half-typed syllable along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from civictracker.errors import UserError
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip
from civictracker.ui.widgets.basics import Banner, DateEdit, button, label, line, row


def form() -> QFormLayout:
    made = QFormLayout()
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setHorizontalSpacing(theme.px(t.S3))
    made.setVerticalSpacing(theme.px(t.S2))
    return made


def add_row(target: QFormLayout, text: str, widget: QWidget, *, name: bool = True) -> None:
    """A row with its caption, by which the control is also called aloud."""
    caption = label(text, "subtle")
    caption.setMinimumWidth(theme.px(68))
    caption.setFixedHeight(theme.px(t.CONTROL))  # beside a tall field it stands with its first line
    caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    caption.setBuddy(widget)
    if name:
        widget.setAccessibleName(text)
    target.addRow(caption, widget)


def part(text: str) -> QLabel:
    return label(text, "card-title")


class _Chip(QPushButton):
    """A button that gives way: what does not fit is left out at its end, not at both."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text
        self.setProperty("class", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - theme.px(14)
        self.setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))


class Chips(QWidget):
    """Several of some: each a button that is on or off, three a row."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[int, str]], name: str, *, across: int = 3) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(t.S1))
        self._buttons: dict[int, QPushButton] = {}
        for at, (key, text) in enumerate(choices):
            made = _Chip(text)
            made.setCheckable(True)
            made.setAccessibleName(f"{name}: {text}")
            made.setStyleSheet(f"padding: 0 {theme.px(4)}px;")
            made.setToolTip(plain_tip(text))
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.toggled.connect(lambda _on: self.changed.emit())
            self._buttons[key] = made
            grid.addWidget(made, at // across, at % across)
        for at in range(across):
            grid.setColumnStretch(at, 1)
        self.setAccessibleName(name)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(key for key, each in self._buttons.items() if each.isChecked())

    def set_values(self, values: Sequence[int]) -> None:
        for key, each in self._buttons.items():
            each.setChecked(key in values)


class FormDialog(QDialog):
    """A form over the window: Ctrl+S and the primary button save, Esc leaves. A refusal stays beside it."""

    def __init__(self, parent: QWidget, title: str, *, save: str = "저장") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(*(theme.px(t.S5),) * 4)
        self.outer.setSpacing(theme.px(t.S3))
        self.heading = label(title, "title")
        self.outer.addWidget(self.heading)
        self.banner = Banner()
        self.outer.addWidget(self.banner)
        self.body = QVBoxLayout()
        self.outer.addLayout(self.body, 1)
        self.foot = row(spacing=t.S2)
        self.outer.addWidget(line())
        self.outer.addLayout(self.foot)
        self.close_button = button("닫기", self.reject)
        self.save_button = button(save, self.try_save, kind="primary", keys="Ctrl+S")
        self.save_button.setDefault(False)
        self.save_button.setAutoDefault(False)
        QShortcut(QKeySequence("Ctrl+S"), self, self.try_save)

    def close_foot(self) -> None:
        """Add the two buttons that every form has, after its own."""
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        self.foot.addWidget(self.save_button)

    def run(self) -> int:
        return self.exec()

    def save(self) -> None:
        """Write what the form holds. Raises UserError with the sentence to show."""

    def try_save(self) -> bool:
        QGuiApplication.inputMethod().commit()
        try:
            self.save()
        except UserError as error:
            self.banner.say("danger", "확인", error.text)
            return False
        self.accept()
        return True


def spin_box(name: str, low: int, high: int) -> QSpinBox:
    """A whole number to type, or to step with the arrow keys; the wheel passes over it."""
    made = QSpinBox()
    # The style sheet hides the buttons; NoButtons under a style sheet leaves the number one pixel (Qt 6.11).
    made.lineEdit().setTextMargins(theme.px(8), 0, theme.px(8), 0)
    made.setRange(low, high)
    made.setAccessibleName(name)
    made.setFixedSize(theme.px(72), theme.px(t.CONTROL))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def date_edit(name: str) -> DateEdit:
    made = DateEdit(name)
    made.setLocale(QLocale(QLocale.Language.Korean))
    made.setDisplayFormat("yyyy. M. d.(ddd)")
    made.setMinimumDate(QDate(1990, 1, 1))
    made.setMaximumDate(QDate(2199, 12, 31))
    return made
