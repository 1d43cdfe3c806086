"""계산식 보기: how the figures of a room are worked out, beside the figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from civictracker.domain.formulas import FORMULAS, ROOMS, Formula
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, holder, label, line, row, scrolled


class FormulasDialog(QDialog):
    """The formulas of a room by its id, and what was put into them (``told`` by the formula's key).

    What is told of another formula brings that one in too.
    """

    def __init__(self, parent: QWidget, room: str, told: dict[str, str] | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("계산식")
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(theme.px(t.S5),) * 4)
        outer.setSpacing(theme.px(t.S3))
        outer.addWidget(label("계산식", "title"))
        body = column(spacing=t.S3)
        keys = (*ROOMS[room], *(key for key in told or () if key not in ROOMS[room]))
        for at, key in enumerate(keys):
            if at:
                body.addWidget(line())
            body.addLayout(_formula(FORMULAS[key], (told or {}).get(key, "")))
        body.addStretch(1)
        outer.addWidget(scrolled(holder(body)), 1)
        outer.addLayout(row(None, button("닫기", self.accept)))
        self.resize(theme.px(560), theme.px(min(560, 150 + 84 * len(keys))))


def _formula(each: Formula, told: str) -> QVBoxLayout:
    name = label(each.name, "strong")
    name.setMinimumWidth(theme.px(112))
    lines = [label(each.formula, wrap=True)]
    if told:
        lines.append(label(told, "small strong", wrap=True))
    if each.note:
        lines.append(label(each.note, "subtle small", wrap=True))
    words = column(*lines, spacing=2)
    both = row(name, words, spacing=t.S3)
    both.setStretch(1, 1)
    return column(both)


def formulas_button(parent: QWidget, room: str, told: Callable[[], dict[str, str]] = dict) -> QPushButton:
    def show() -> None:
        FormulasDialog(parent, room, told()).exec()

    return button("계산식", show, icon="help", tip="계산식 보기")
