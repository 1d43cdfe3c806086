"""All values under the crosshair."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.charts.lines import Line, line_colour
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import clear, column, label, row

MOST = 14  # lines that are told


class ValueCard(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._layout = column(spacing=2)
        self._layout.setContentsMargins(*(theme.px(10),) * 4)
        self.setLayout(self._layout)
        self.hide()

    def show_values(self, name: str, lines: Sequence[Line], at: int) -> None:
        """The lines' values at a position, those of the left axis first and the most first."""
        self.hide()
        clear(self._layout)
        self._layout.addWidget(label(name, "strong"))
        ranked = sorted(enumerate(lines), key=lambda pair: (pair[1].is_right, -(pair[1].values[at] or -1e18)))
        for number, line in ranked[:MOST]:
            self._layout.addWidget(_value_row(number, line, at))
        self._layout.activate()
        self.adjustSize()
        self.show()
        self.raise_()


def _value_row(number: int, line: Line, at: int) -> QWidget:
    mark = QFrame()
    mark.setFixedSize(theme.px(10), theme.px(10))
    colour = line_colour(number, line).name()
    mark.setStyleSheet(f"background: {colour}; border-radius: {theme.px(3)}px;")
    value = label(line.texts[at] + line.unit, "strong")
    value.setFont(theme.figures(bold=True))
    value.setAlignment(Qt.AlignmentFlag.AlignRight)
    box = QWidget()
    box.setLayout(row(mark, label(line.name), None, value, spacing=t.S2))
    box.setMinimumWidth(theme.px(180))
    return box
