"""How one post, one day and one week's head are drawn in the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from civictracker.domain.posting import STATUS_NAMES, Kind, Status
from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.calendar import PostView
from civictracker.ui import tokens as t
from civictracker.ui.icons import pixmap
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme

STATUS_ICONS = {
    Status.IDEA: "star", Status.WRITING: "pencil", Status.REVIEW: "search", Status.SCHEDULED: "clock",
    Status.DONE: "check", Status.SKIPPED: "minus",
}  # fmt: skip
STATUS_ROLES = {
    Status.IDEA: "text_faint", Status.WRITING: "text_subtle", Status.REVIEW: "warning_text",
    Status.SCHEDULED: "info_text", Status.DONE: "success_text", Status.SKIPPED: "text_faint",
}  # fmt: skip
FULL, LINE, WIDE = "full", "line", "wide"  # two lines, one line, and the week's tall one


@dataclass(frozen=True, slots=True)
class ChannelMark:
    """A channel as the calendar tells it: ``name`` short enough for a chip."""

    name: str
    platform: str


Marks = Mapping[int, ChannelMark]
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)


@lru_cache(maxsize=64)
def _made_font(size: int, scale: float, *, bold: bool, struck: bool) -> tuple[QFont, QFontMetrics]:
    del scale  # the theme knows it; here it only tells the fonts of two text sizes apart
    font = theme.font(size, bold=bold)
    font.setStrikeOut(struck)
    return font, QFontMetrics(font)


def font_of(size: int, *, bold: bool = False, struck: bool = False) -> tuple[QFont, QFontMetrics]:
    """A font and its measures, made once for a text size: a month asks for them 500 times."""
    return _made_font(size, theme.scale, bold=bold, struck=struck)


def chip_height(kind: str) -> int:
    return theme.px({FULL: 34, LINE: 19, WIDE: 92}[kind])


@dataclass(frozen=True, slots=True)
class Chip:
    """``late`` marks a post whose moment passed undecided."""

    post: PostView
    kind: str
    selected: bool
    late: bool


def draw_chip(painter: QPainter, box: QRectF, chip: Chip, marks: Marks) -> None:
    post = chip.post
    colour = QColor(_colour(post, marks))
    _ground(painter, box, chip, colour)
    inner = box.adjusted(theme.px(7), 0, -theme.px(3), 0)
    if chip.kind == LINE:
        _status_icon(
            painter, QRectF(inner.right() - theme.px(13), inner.top(), theme.px(13), inner.height()), chip
        )
        text = f"{post.time} {post.subject}".strip()
        _words(painter, inner.adjusted(0, 0, -theme.px(16), 0), text, chip, bold=False)
        return
    line = theme.px(17)
    head = QRectF(inner.left(), inner.top(), inner.width(), line)
    _head(painter, head, chip, marks)
    if chip.kind == FULL:
        _words(painter, QRectF(inner.left(), inner.top() + line, inner.width(), line), post.subject, chip)
        return
    subject = QRectF(inner.left(), inner.top() + line, inner.width(), line * 2)
    painter.setFont(font_of(t.TINY, bold=True)[0])
    painter.setPen(theme.colour("text_faint" if post.status is Status.SKIPPED else "text"))
    painter.drawText(subject, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), post.subject)
    names = " · ".join(marks[each].name for each in post.channels if each in marks)
    below = QRectF(inner.left(), subject.bottom(), inner.width(), line)
    painter.setFont(font_of(t.TINY)[0])
    _words(painter, below, " · ".join(part for part in (names, post.audience) if part), chip, bold=False)
    note = post.warnings[0].text if post.warnings else post.moved_because
    if note:
        role = "warning_text" if post.warnings else "text_faint"
        _words(painter, below.translated(0, line), note, chip, bold=False, role=role)


def _colour(post: PostView, marks: Marks) -> str:
    mark = next((marks[each] for each in post.channels if each in marks), None)
    return platform_colour(mark.platform) if mark else theme.colours.border_strong


def _ground(painter: QPainter, box: QRectF, chip: Chip, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    skipped = chip.post.status is Status.SKIPPED
    painter.setBrush(theme.colour("surface") if skipped else _tinted(colour.name(), theme.colours.surface))
    pen = QPen(theme.colour("border"), 1, Qt.PenStyle.DashLine if skipped else Qt.PenStyle.SolidLine)
    if chip.late:
        pen = QPen(theme.colour("warning"), 1.5)
    if chip.selected:
        pen = QPen(theme.colour("focus"), 2)
    edge = box.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = theme.px(3)
    painter.setPen(pen)
    painter.drawRoundedRect(edge, radius, radius)
    if not skipped:
        painter.fillRect(QRectF(box.left(), box.top() + 1, theme.px(4), box.height() - 2), colour)


@lru_cache(maxsize=128)
def _tinted(colour: str, ground: str) -> QColor:
    """A breath of ``colour`` over ``ground``: one shape to paint instead of two."""
    part = (26 if ground == "#ffffff" else 46) / 255
    over, under = QColor(colour), QColor(ground)
    return QColor(
        *(
            round(above * part + below * (1 - part))
            for above, below in (
                (over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()),
            )
        )
    )  # fmt: skip


def _head(painter: QPainter, box: QRectF, chip: Chip, marks: Marks) -> None:
    post = chip.post
    painter.setFont(theme.figures(t.TINY))
    painter.setPen(theme.colour("text_subtle"))
    time = post.time or "시각 미정"
    painter.drawText(box, _LEFT, time)
    left = box.left() + painter.fontMetrics().horizontalAdvance(time) + theme.px(5)
    for each in post.channels[1:4]:
        if each in marks and left < box.right() - theme.px(52):
            painter.fillRect(
                QRectF(left, box.center().y() - theme.px(3), theme.px(7), theme.px(7)),
                QColor(platform_colour(marks[each].platform)),
            )
            left += theme.px(10)
    name = "긴급" if post.kind is Kind.EMERGENCY and post.status.is_open else STATUS_NAMES[post.status]
    if chip.late:
        name = "미결정"
    font, measures = font_of(11)
    painter.setFont(font)
    width = measures.horizontalAdvance(name)
    if left + theme.px(15) + width <= box.right():
        painter.setPen(theme.colour("warning_text" if chip.late else STATUS_ROLES[post.status]))
        painter.drawText(box, _RIGHT, name)
    else:
        width = -theme.px(2)
    at = box.right() - width - theme.px(15)
    if at >= left:
        _status_icon(painter, QRectF(at, box.top(), theme.px(13), box.height()), chip)


def _status_icon(painter: QPainter, box: QRectF, chip: Chip) -> None:
    name = "warning" if chip.late or chip.post.warnings else STATUS_ICONS[chip.post.status]
    role = "warning_text" if name == "warning" else STATUS_ROLES[chip.post.status]
    size = theme.px(12)
    painter.drawPixmap(QPointF(box.left(), box.center().y() - size / 2), pixmap(name, role, 12))


def _words(
    painter: QPainter, box: QRectF, text: str, chip: Chip, *, bold: bool = True, role: str = ""
) -> None:
    skipped = chip.post.status is Status.SKIPPED
    font, measures = font_of(t.TINY, bold=bold, struck=skipped and bold)
    painter.setFont(font)
    painter.setPen(theme.colour(role or ("text_faint" if skipped else "text")))
    shown = measures.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, _LEFT, shown)


def draw_ghost(painter: QPainter, box: QRectF, post: PostView) -> None:
    """Where a moved post would have stood: which way it went."""
    pen = QPen(theme.colour("border_strong"), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3))
    assert post.original is not None
    arrow = "←" if post.day < post.original else "→"
    to = f"{arrow} {post.day.month}. {post.day.day}.({WEEKDAYS[post.day.weekday()]})"
    font, measures = font_of(11)
    painter.setFont(font)
    painter.setPen(theme.colour("text_faint"))
    inner = box.adjusted(theme.px(6), 0, -theme.px(2), 0)
    text = f"{to} {post.series_name or post.subject}"
    painter.drawText(inner, _LEFT, measures.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width())))


@dataclass(frozen=True, slots=True)
class DayLook:
    """``faint`` is a day of a neighbouring month, ``cursor`` where the keyboard stands."""

    day: date
    holiday: str
    today: bool
    faint: bool
    cursor: bool
    drop: bool


def draw_day(painter: QPainter, box: QRectF, look: DayLook, *, first: bool) -> None:
    """The ground and the number of a day."""
    ground = "surface_alt" if look.faint else "surface"
    if look.holiday:
        ground = "danger_tint"
    if look.drop:
        ground = "primary_tint_strong"
    painter.fillRect(box, theme.colour(ground))
    if look.cursor:
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -2, -2))
    head = QRectF(box.left() + theme.px(7), box.top() + theme.px(3), box.width() - theme.px(12), theme.px(20))
    number = f"{look.day.month}. {look.day.day}." if first or look.day.day == 1 else str(look.day.day)
    painter.setFont(theme.figures(t.BODY, bold=not look.faint))
    width = QFontMetrics(painter.font()).horizontalAdvance(number)
    if look.today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        pill = QRectF(head.left() - theme.px(3), head.top() + 1, width + theme.px(12), head.height() - 2)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(theme.colour("on_primary"))
        painter.drawText(pill, _CENTER, number)
    else:
        painter.setPen(theme.colour(_number_role(look)))
        painter.drawText(head, _LEFT, number)
    told = look.holiday or ("오늘" if look.today else "")
    if told:
        font, measures = font_of(11, bold=bool(look.holiday))
        painter.setFont(font)
        painter.setPen(theme.colour("danger_text" if look.holiday else "primary_text"))
        room = head.adjusted(width + theme.px(10), 0, 0, 0)
        shown = measures.elidedText(told, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, _RIGHT, shown)


def _number_role(look: DayLook) -> str:
    if look.holiday or look.day.weekday() == 6:
        return "danger_text"
    if look.day.weekday() == 5:
        return "info_text"
    return "text_faint" if look.faint else "text"
