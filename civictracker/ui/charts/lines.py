"""One line of a chart, and how it is told apart from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from civictracker.ui.theme import theme

_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True, slots=True)
class Line:
    """``values`` has a number or None (a gap) for each of the chart's periods, ``texts`` how they read.

    ``is_right``: read on the right axis. ``walked`` are positions whose values were worked out from net
    changes. ``hue`` and ``dash`` are its colour and stroke where its place does not decide them.
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    unit: str = ""
    decimals: int = 0
    is_right: bool = False
    walked: frozenset[int] = frozenset()
    hue: int | None = None
    dash: int | None = None

    @property
    def last(self) -> int | None:
        return next((at for at in range(len(self.values) - 1, -1, -1) if self.values[at] is not None), None)

    @property
    def known(self) -> list[float]:
        return [value for value in self.values if value is not None]


def line_colour(at: int, line: Line | None = None) -> QColor:
    number = at if line is None or line.hue is None else line.hue
    return QColor(theme.colours.series[number % len(theme.colours.series)])


def line_dash(at: int, line: Line | None = None) -> Qt.PenStyle:
    number = at if line is None or line.dash is None else line.dash
    return _DASHES[number % len(_DASHES)]


def spread(places: Sequence[float], step: float, bottom: float) -> list[float]:
    """Heights near ``places`` that keep ``step`` apart and above ``bottom``, in the same order."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    result = [0.0] * len(places)
    previous = -step
    for at in order:
        previous = max(places[at], previous + step)
        result[at] = previous
    limit = bottom
    for at in reversed(order):
        result[at] = min(result[at], limit)
        limit = result[at] - step
    return result
