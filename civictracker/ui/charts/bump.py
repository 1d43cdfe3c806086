"""Rank history: one line an office, one's own in front and the others grey."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from civictracker.ui import tokens as t
from civictracker.ui.charts.lines import spread
from civictracker.ui.theme import theme

MOST = 12  # ranks that are drawn
TIE = 5  # px between lines that share a rank


class BumpChart(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[date] = ()
        self._lines: list[tuple[str, Sequence[int | None], bool]] = []
        self.setMinimumHeight(theme.px(150))

    def show_ranks(
        self, days: Sequence[date], lines: Sequence[tuple[str, Sequence[int | None], bool]]
    ) -> None:
        """(name, rank at each of ``days``, whether it is one's own), own drawn last."""
        self._days = days
        self._lines = sorted(lines, key=lambda each: each[2])
        own = next((each for each in lines if each[2]), None)
        told = [rank for rank in own[1] if rank is not None] if own else []
        self.setAccessibleName(f"순위 변화: {told[0]}위에서 {told[-1]}위" if told else "순위 변화: 값 없음")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours
        known = [rank for _, ranks, _ in self._lines for rank in ranks if rank is not None and rank <= MOST]
        if not known or len(self._days) < 2:
            painter.setPen(QColor(c.text_subtle))
            painter.drawText(
                self.rect(), int(Qt.AlignmentFlag.AlignCenter), "순위를 그릴 값이 아직 없습니다."
            )
            painter.end()
            return
        self._most = max(known)
        self._draw_days(painter)
        spots = self._spots()
        for (_, _, is_own), line in zip(self._lines, spots, strict=True):
            _draw_line(painter, line, is_own=is_own)
        self._draw_names(painter, [line[-1] for line in spots])
        painter.end()

    def _spots(self) -> list[list[QPointF | None]]:
        """Where each line passes; those that share a rank on a day pass beside each other."""
        found: list[list[QPointF | None]] = [[] for _ in self._lines]
        for at in range(len(self._days)):
            shared: dict[int, list[int]] = {}
            for number, (_, ranks, _) in enumerate(self._lines):
                rank = ranks[at]
                found[number].append(None if rank is None or rank > MOST else self._place(at, rank))
                if rank is not None:
                    shared.setdefault(rank, []).append(number)
            for numbers in shared.values():
                for nth, number in enumerate(numbers):
                    if (spot := found[number][at]) is not None:
                        spot.setY(spot.y() + (nth - (len(numbers) - 1) / 2) * theme.px(TIE))
        return found

    def _draw_names(self, painter: QPainter, ends: Sequence[QPointF | None]) -> None:
        """Each at its line's end, moved apart where they would touch."""
        c = theme.colours
        shown = [(spot, line) for spot, line in zip(ends, self._lines, strict=True) if spot is not None]
        places = spread([spot.y() for spot, _ in shown], theme.px(15), self.height() - theme.px(22))
        for (spot, (name, _, is_own)), place in zip(shown, places, strict=True):
            painter.setFont(theme.font(t.TINY, bold=is_own))
            painter.setPen(QColor(c.primary_text if is_own else c.text_subtle))
            box = QRectF(spot.x() + theme.px(8), place - theme.px(9), theme.px(94), theme.px(18))
            words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _place(self, at: int, rank: int) -> QPointF:
        left, right, top, foot = theme.px(28), theme.px(104), theme.px(14), theme.px(28)
        across = left + at * (self.width() - left - right) / max(1, len(self._days) - 1)
        down = top + (rank - 1) * (self.height() - top - foot) / max(1, self._most - 1)
        return QPointF(across, down)

    def _draw_days(self, painter: QPainter) -> None:
        painter.setFont(theme.figures(t.TINY))
        painter.setPen(QColor(theme.colours.text_faint))
        for rank in range(1, self._most + 1):
            spot = self._place(0, rank)
            box = QRectF(0, spot.y() - theme.px(9), theme.px(18), theme.px(18))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(rank))
        last = len(self._days) - 1
        for at in (0, last // 2, last):
            day = self._days[at]
            spot = self._place(at, 1)
            box = QRectF(spot.x() - theme.px(40), self.height() - theme.px(18), theme.px(80), theme.px(18))
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignCenter), f"{day.year % 100}. {day.month}. {day.day}."
            )


def _draw_line(painter: QPainter, spots: Sequence[QPointF | None], *, is_own: bool) -> None:
    c = theme.colours
    colour = QColor(c.primary if is_own else c.border_strong)
    painter.setPen(QPen(colour, (2.5 if is_own else 1.2) * theme.scale))
    for one, other in itertools.pairwise(spots):
        if one is not None and other is not None:
            painter.drawLine(one, other)
    painter.setBrush(colour)
    size = (4.0 if is_own else 2.5) * theme.scale
    shown = [spot for spot in spots if spot is not None]
    for spot in shown if is_own else shown[-1:]:
        painter.drawEllipse(spot, size, size)
