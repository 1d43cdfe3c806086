"""The top of page 1: title, week, who wrote it, and 결재란 at the right."""

from __future__ import annotations

from civictracker.documents.layout import HAIR, THIN, Box, Canvas, Image, Stroke
from civictracker.documents.model import Align, ApprovalBox, Masthead
from civictracker.documents.typeset import Type, Typesetter

_TITLES = tuple(Type(size, bold=True) for size in (20.0, 18.0, 16.0, 14.0, 12.0))
_LEAST_ALONE = 16.0  # a title on one line is at least so large
_SUBTITLE, _BYLINE = Type(10.6), Type(9.2)
_LABEL, _NAME, _DELEGATED = Type(9.2, bold=True), Type(9.0), Type(8.4)
_SPINE, _BOX, _HEAD, _SIGN = 17.0, 48.0, 17.0, 41.0  # widths and heights of 결재란
_GAP = 14.0
_EMBLEM, _WIDEST = 44.0, 120.0  # height of the office's emblem, and its greatest width
_TITLE_STEP, _SUBTITLE_STEP, _BYLINE_STEP = 25.0, 18.0, 16.0
_BELOW = 8.0  # white between the higher of both sides and the rule


def masthead_height(masthead: Masthead, width: float, setter: Typesetter) -> float:
    lines, _ = _title_lines(masthead, width, setter)
    by = _byline(masthead, width, setter, len(lines))
    words = 6.0 + len(lines) * _TITLE_STEP + _SUBTITLE_STEP + len(by) * _BYLINE_STEP
    box = _HEAD + _SIGN if masthead.approval else 0.0
    return max(words, box) + _BELOW + 1.0


def draw_masthead(canvas: Canvas, masthead: Masthead, x: float, y: float, width: float) -> None:
    setter, left = canvas.setter, x
    lines, title = _title_lines(masthead, width, setter)
    room = _room(masthead, width)
    at = y + 6.0
    _draw_emblem(canvas, masthead, x, at)
    x += _emblem_width(masthead)
    canvas.enter("H1", 1)
    for line in lines:
        canvas.text(x, at + _TITLE_STEP / 2, line, title)
        at += _TITLE_STEP
    canvas.enter("P", 2)
    clean = setter.clean(masthead.subtitle)
    fitted = setter.fitted(clean, room, _SUBTITLE)
    if fitted.size < 7.5:
        fitted = Type(7.5)
        clean = setter.elided(clean, room, fitted)
    canvas.text(x, at + _SUBTITLE_STEP / 2, clean, fitted)
    at += _SUBTITLE_STEP
    canvas.enter("P", 3)
    for line in _byline(masthead, width, setter, len(lines)):
        canvas.text(x, at + _BYLINE_STEP / 2, line, _BYLINE)
        at += _BYLINE_STEP
    if masthead.approval is not None:
        _draw_approval(canvas, masthead.approval, left + width, y)
    canvas.across(left, y + masthead_height(masthead, width, setter) - 0.75, width, 1.5)


def _title_lines(masthead: Masthead, width: float, setter: Typesetter) -> tuple[tuple[str, ...], Type]:
    """Two lines at most, in the largest type in which the whole title fits."""
    room = _room(masthead, width)
    type_ = title_type(masthead.title, room, setter)
    return setter.lines(masthead.title, room, type_, most=2), type_


def title_type(title: str, room: float, setter: Typesetter) -> Type:
    """The largest in which a title takes one line; where that would be small, the largest for two."""
    for most, least in ((1, _LEAST_ALONE), (2, 0.0)):
        for type_ in _TITLES:
            if type_.size >= least and len(setter.lines(title, room, type_)) <= most:
                return type_
    return _TITLES[-1]


def _byline(masthead: Masthead, width: float, setter: Typesetter, titles: int) -> tuple[str, ...]:
    """Who wrote it and when, on two lines where one is too narrow; below 결재란 it has the whole width."""
    top = 6.0 + titles * _TITLE_STEP + _SUBTITLE_STEP
    is_below = masthead.approval is None or top >= _HEAD + _SIGN
    room = width - _emblem_width(masthead) if is_below else _room(masthead, width)
    return setter.lines(masthead.byline, room, _BYLINE, 2)


def _emblem_width(masthead: Masthead) -> float:
    """Of the emblem and the white beside it; none where there is none."""
    picture = masthead.emblem
    if picture is None or picture.width <= 0 or picture.height <= 0:
        return 0.0
    return min(_EMBLEM * picture.width / picture.height, _WIDEST) + 10.0


def _draw_emblem(canvas: Canvas, masthead: Masthead, x: float, y: float) -> None:
    width = _emblem_width(masthead) - 10.0
    if masthead.emblem is not None and width > 0:
        height = width * masthead.emblem.height / masthead.emblem.width
        canvas.enter("Figure", 0, alt=canvas.setter.clean(masthead.emblem.alt))
        at = y + (_EMBLEM - height) / 2
        canvas.marks.append(Image(x, at, width, height, masthead.emblem, canvas.tag))


def _room(masthead: Masthead, width: float) -> float:
    width -= _emblem_width(masthead)
    if masthead.approval is None:
        return width
    return width - _GAP - _SPINE - len(masthead.approval.names) * _BOX


def _draw_approval(canvas: Canvas, approval: ApprovalBox, right: float, y: float) -> None:
    count = len(approval.names)
    left = right - _SPINE - count * _BOX
    height = _HEAD + _SIGN
    canvas.enter("P", 4)
    canvas.marks.append(Box(left, y, _SPINE, height, 0.94))
    canvas.marks.append(Box(left + _SPINE, y, count * _BOX, _HEAD, 0.94))
    canvas.marks.append(Box(left, y, right - left, height, None, THIN))
    canvas.across(left + _SPINE, y + _HEAD, count * _BOX, THIN)
    canvas.text(left + _SPINE / 2, y + height * 0.33, "결", _LABEL, Align.CENTER)
    canvas.text(left + _SPINE / 2, y + height * 0.67, "재", _LABEL, Align.CENTER)
    passed = False
    for i, name in enumerate(approval.names):
        x = left + _SPINE + i * _BOX
        canvas.down(x, y, height, THIN)
        clean = canvas.setter.clean(name)
        fitted = canvas.setter.fitted(clean, _BOX - 4, _NAME)
        text = canvas.setter.elided(clean, _BOX - 4, fitted)
        canvas.text(x + _BOX / 2, y + _HEAD / 2, text, fitted, Align.CENTER)
        if passed:
            # Whoever stands above the one with 전결 does not sign.
            ends = ((x + 1, y + height - 1), (x + _BOX - 1, y + _HEAD + 1))
            canvas.marks.append(Stroke(ends, HAIR))
        if approval.delegated and name == approval.delegated:
            passed = True
            canvas.text(x + 5, y + _HEAD + 8, "전결", _DELEGATED)
