"""Campaigns as bands over the days of a calendar: which lane each takes in a week, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from civictracker.services.calendar import Band
from civictracker.ui.theme import theme
from civictracker.ui.widgets.calendar_paint import font_of

HEIGHT, GAP = 15, 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Strip:
    """A band's part in one week: columns from 0, ``lane`` from the top; whether its ends are in this week."""

    band: Band
    first: int
    last: int
    lane: int
    begins: bool
    ends: bool


def strips(bands: Sequence[Band], monday: date, most: int) -> tuple[list[Strip], list[Band]]:
    """The strips of the week from ``monday`` in at most ``most`` lanes, and the bands that found no room."""
    sunday = monday + timedelta(days=6)
    placed: list[Strip] = []
    over: list[Band] = []
    for band in sorted(bands, key=lambda each: (each.starts, each.name)):
        if band.starts > sunday or (band.ends is not None and band.ends < monday):
            continue
        first = max(0, (band.starts - monday).days)
        last = 6 if band.ends is None else min(6, (band.ends - monday).days)
        taken = {each.lane for each in placed if each.first <= last and first <= each.last}
        lane = next((at for at in range(most) if at not in taken), None)
        if lane is None:
            over.append(band)
        else:
            ends = band.ends is not None and band.ends <= sunday
            placed.append(Strip(band, first, last, lane, band.starts >= monday, ends))
    return placed, over


def lanes_height(placed: Sequence[Strip]) -> int:
    """The pixels that the lanes of a week take."""
    lanes = 1 + max((each.lane for each in placed), default=-1)
    return theme.px((HEIGHT + GAP) * lanes)


def draw_strip(painter: QPainter, box: QRectF, strip: Strip, *, more: int = 0) -> None:
    """``box`` reaches from the first to the last day; an open end runs over the edge of the week."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.px(3)
    shape = box.adjusted(edge if strip.begins else 0, 0, -edge if strip.ends else 0, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("success_tint"))
    painter.drawRect(shape)
    painter.setBrush(theme.colour("success"))
    painter.drawRect(QRectF(shape.left(), shape.top(), shape.width(), theme.px(2)))
    if strip.begins:
        painter.drawRect(QRectF(shape.left(), shape.top(), theme.px(3), shape.height()))
    font, measures = font_of(11)
    painter.setFont(font)
    painter.setPen(theme.colour("success_text"))
    text = strip.band.name + (f" 외 {more}" if more else "")
    inner = shape.adjusted(theme.px(6), theme.px(2), -theme.px(3), 0)
    painter.drawText(inner, _LEFT, measures.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width())))


def band_words(bands: Sequence[Band], day: date) -> list[str]:
    """The campaigns of a day: ``캠페인 관악 강감찬축제(9. 14. ~ 10. 4.)``."""
    return [
        f"캠페인 {each.name}({_span(each)})"
        for each in bands
        if each.starts <= day and (each.ends is None or day <= each.ends)
    ]


def _span(band: Band) -> str:
    end = f"{band.ends.month}. {band.ends.day}." if band.ends else ""
    return f"{band.starts.month}. {band.starts.day}. ~ {end}".strip()
