"""추이: the chosen channels in one line, as many as it has room for, each to be dropped by a press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from civictracker.services.channels import ChannelRow
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
        room = width - theme.px(410)  # margins, the words before and the buttons after them
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


def channel_name(channel: ChannelRow) -> str:
    return channel.label if channel.is_own else f"{channel.office} {channel.label}"


def channel_menu(
    parent: QWidget,
    channels: Sequence[ChannelRow],
    chosen: Sequence[int],
    toggle: Callable[[int, bool], None],
) -> QMenu:
    """All channels by place, the chosen ones ticked."""
    menu = QMenu(parent)
    group = None
    for channel in channels:
        place = _place_of(channel)
        if place != group:
            menu.addSection(place)
            group = place
        action = menu.addAction(channel_name(channel))
        action.setCheckable(True)
        action.setChecked(channel.id in chosen)
        action.triggered.connect(lambda on, each=channel.id: toggle(each, on))
    return menu


def _place_of(channel: ChannelRow) -> str:
    if not channel.is_own:
        return "다른 기관"
    return "읍면동" if channel.is_sub else "본청"
