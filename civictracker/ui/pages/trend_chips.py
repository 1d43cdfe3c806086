"""추이: the chosen channels in one line, as many as it has room for, each to be dropped by a press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, clear, label, row

CHIP = 150  # px of a channel's name; the whole name is told on hover
MOST = 7


class ChannelChips(QWidget):
    dropped = Signal(int)  # channel id
    choosing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._line = row(spacing=t.S2)
        self.setLayout(self._line)
        self.add = QPushButton()

    def show_chosen(self, chosen: Sequence[tuple[int, str]], width: int) -> None:
        """Show (id, name) of each chosen channel on a page ``width`` px wide."""
        fitting = self._fitting([name for _, name in chosen], width)
        shown = (tuple(chosen), theme.name, theme.scale, fitting)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._line)
        self._line.addWidget(label("채널", "subtle"))
        for at, (channel, name) in enumerate(chosen[:fitting]):
            self._line.addWidget(self._chip(at, channel, name))
        if len(chosen) > fitting:
            self._line.addWidget(label(f"외 {len(chosen) - fitting}개", "subtle"))
        self.add = button("+ 채널 고르기", self.choosing.emit, kind="chip add")
        self._line.addWidget(self.add)
        self._line.addStretch(1)

    def _fitting(self, names: Sequence[str], width: int) -> int:
        room = width - theme.px(330)  # margins, the words before and the button after them
        metrics, fitting = self.fontMetrics(), 0
        for name in names[:MOST]:
            room -= min(metrics.horizontalAdvance(name), theme.px(CHIP)) + theme.px(66)
            if room < 0:
                break
            fitting += 1
        return max(1, fitting)

    def _chip(self, at: int, channel: int, name: str) -> QPushButton:
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, theme.px(CHIP))
        made = button(f"{short}  ×", lambda: self.dropped.emit(channel), kind="chip", tip=f"{name} 빼기")
        made.setAccessibleName(f"{name} 빼기")
        pixmap = QPixmap(QSize(theme.px(10), theme.px(10)))
        pixmap.fill(theme.colours.series[at % len(theme.colours.series)])
        made.setIcon(pixmap)
        return made
