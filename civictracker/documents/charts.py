"""Line charts for paper: black, told apart by marker and dash, named at the line's end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from civictracker.documents.layout import BLACK, HAIR, PALE, THIN, Box, Canvas, Sign, Stroke
from civictracker.documents.model import Align, LineChart, Series
from civictracker.documents.typeset import Type
from civictracker.domain.numbers import grouped

_TITLE, _AXIS, _TICK = Type(8.8), Type(7.2), Type(6.8)
_TICK_GAP, _LEAST_TICK = 2.2, 5.8  # between two ticks' names; smaller letters leave out every other
_MONTH, _LABEL = Type(7.2, bold=True), Type(7.8, bold=True)
_INSET = 5.0  # from the plot's edge to the first and last point
_LABEL_STEP = 9.6  # the least distance between two labels' middles
_LABEL_SHARE = 0.36  # of the width, at most, for the labels at the right
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    step: float

    @property
    def marks(self) -> list[float]:
        return [self.low + i * self.step for i in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the lines are drawn, and how values become points."""

    left: float
    right: float
    top: float
    bottom: float
    scale: Scale
    count: int

    def x(self, i: int) -> float:
        room = self.right - self.left - 2 * _INSET
        return self.left + _INSET + room * (i / (self.count - 1) if self.count > 1 else 0.5)

    def y(self, value: float) -> float:
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.bottom - share * (self.bottom - self.top)


def draw_chart(canvas: Canvas, chart: LineChart, room: Box) -> None:
    """Draw into the rectangle; the areas of its lines answer with their series' source."""
    x, y, width, height = room.x, room.y, room.width, room.height
    canvas.text(x, y + 6, canvas.setter.elided(canvas.setter.clean(chart.title), width, _TITLE), _TITLE)
    scale = axis_scale(chart)
    names = [_axis_text(mark, scale.step) for mark in scale.marks]
    left = x + max(canvas.setter.width(name, _AXIS) for name in names) + 5
    ends = [_end(canvas, series, width, named=len(chart.series) > 1) for series in chart.series]
    right = x + width - max(canvas.setter.width(end, _LABEL) for end in ends) - 7
    plot = _Plot(left, right, y + 17, y + height - 21, scale, len(chart.ticks))
    _draw_axes(canvas, chart, plot, names)
    for series in chart.series:
        _draw_line(canvas, series, plot)
    _draw_ends(canvas, chart, plot, ends)
    if len(chart.series) == 1:
        _draw_start(canvas, chart.series[0], plot)
        canvas.area(x, y, width, height, chart.series[0].source)


def _end(canvas: Canvas, series: Series, width: float, *, named: bool) -> str:
    """``유튜브 103.6(전주)``: a long name is elided, the figure never."""
    if not named:
        return series.end
    setter = canvas.setter
    room = width * _LABEL_SHARE - setter.width(f" {series.end}", _LABEL)
    return f"{setter.elided(setter.clean(series.name), room, _LABEL)} {series.end}"


def _values(series: Series) -> list[tuple[int, float]]:
    return [(i, float(value)) for i, value in enumerate(series.values) if value is not None]


def axis_scale(chart: LineChart) -> Scale:
    """Round steps around the figures; does not start at zero, as its labels say."""
    values = [value for series in chart.series for _, value in _values(series)]
    low, high = min(values), max(values)
    least = 10.0**-chart.decimals
    rough = max((high - low) / _STEPS, least)
    power = 10.0 ** math.floor(math.log10(rough) + 1e-9)
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if top <= bottom:
        bottom, top = max(0.0, bottom - step) if low >= 0 else bottom - step, bottom + step
    return Scale(bottom, top, step)


def _axis_text(value: float, step: float) -> str:
    return grouped(Decimal(repr(round(value, 6))), 0 if step >= 1 else 1)


def _draw_axes(canvas: Canvas, chart: LineChart, plot: _Plot, names: list[str]) -> None:
    for value, name in zip(plot.scale.marks, names, strict=True):
        at = plot.y(value)
        canvas.across(plot.left, at, plot.right - plot.left, HAIR, PALE)
        canvas.text(plot.left - 4, at, name, _AXIS, Align.RIGHT)
    canvas.across(plot.left, plot.bottom, plot.right - plot.left, THIN)
    room = plot.x(1) - plot.x(0) if plot.count > 1 else math.inf
    widest = max(chart.ticks, key=lambda tick: canvas.setter.width(tick, _TICK))
    type_ = canvas.setter.fitted(widest, room - _TICK_GAP, _TICK)
    if type_.size < _LEAST_TICK:
        type_ = _TICK
    every = max(1, math.ceil((canvas.setter.width(widest, type_) + _TICK_GAP) / room - 1e-6))
    for i, (tick, month) in enumerate(zip(chart.ticks, chart.months, strict=True)):
        canvas.down(plot.x(i), plot.bottom, 2.2, HAIR)
        if i % every == 0:
            canvas.text(plot.x(i), plot.bottom + 7, tick, type_, Align.CENTER)
        if month and not (i == 0 and any(chart.months[1:3])):
            canvas.text(plot.x(i), plot.bottom + 15.5, month, _MONTH, Align.CENTER)


def _draw_line(canvas: Canvas, series: Series, plot: _Plot) -> None:
    """The line breaks at gaps: what was not entered is not drawn."""
    run: list[tuple[float, float]] = []
    for i, value in enumerate(series.values):
        if value is not None:
            run.append((round(plot.x(i), 2), round(plot.y(float(value)), 2)))
        if run and (value is None or i == len(series.values) - 1):
            if len(run) > 1:
                canvas.marks.append(Stroke(tuple(run), 0.9, BLACK, series.dash))
            canvas.marks.extend(Sign(x, y, series.marker) for x, y in run)
            run = []


def _draw_ends(canvas: Canvas, chart: LineChart, plot: _Plot, ends: list[str]) -> None:
    """Names at the lines' ends, pushed apart; a hair leads to one that had to move."""
    points = []
    for series, end in zip(chart.series, ends, strict=True):
        i, value = _values(series)[-1]
        points.append((plot.y(value), plot.x(i), end, series))
    points.sort(key=lambda each: each[0])
    places = _apart([at for at, *_ in points], plot.top - 4, plot.bottom + 4)
    for (at, x, end, series), middle in zip(points, places, strict=True):
        canvas.text(plot.right + 6, middle, end, _LABEL)
        if abs(middle - at) > 3.0 or x < plot.right - _INSET - 1:
            canvas.marks.append(Stroke(((x + 3, at), (plot.right + 5, middle)), HAIR, 0.45))
        wide = canvas.setter.width(end, _LABEL)
        canvas.area(plot.right + 4, middle - 5, wide + 4, 10, series.source)


def _apart(wanted: list[float], top: float, bottom: float) -> list[float]:
    """``wanted`` heights in order, moved as little as keeps them apart and inside."""
    places = list(wanted)
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + _LABEL_STEP)
    if places and places[-1] > bottom:
        places[-1] = bottom
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - _LABEL_STEP)
    for i in range(len(places)):
        places[i] = max(places[i], top + i * _LABEL_STEP)
    return places


def _draw_start(canvas: Canvas, series: Series, plot: _Plot) -> None:
    """The first figure, below or above its point, unless the line or the axis is in the way."""
    known = _values(series)
    first, x = known[0][1], plot.x(known[0][0]) - 2
    text = grouped(int(first))
    right = x + canvas.setter.width(text, _LABEL)
    points = [(plot.x(k), plot.y(value)) for k, value in known]
    line = [_height_at(points, x + share * (right - x)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for middle in (plot.y(first) + 9, plot.y(first) - 9):
        inside = plot.top < middle < plot.bottom - 4.5
        if inside and len(known) > 1 and all(at is None or abs(at - middle) > 6.5 for at in line):
            canvas.text(x, middle, text, _LABEL)
            return


def _height_at(points: list[tuple[float, float]], x: float) -> float | None:
    """The line's height at ``x``; None beside it."""
    for (left, start), (right, end) in pairwise(points):
        if left <= x <= right:
            return start + (end - start) * (x - left) / (right - left)
    return None
