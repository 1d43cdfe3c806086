"""The calendar as it is seen: a month or a week of posts, laid out and painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from civictracker.domain.posting import STATUS_NAMES
from civictracker.domain.weeks import WEEKDAYS, Period, WeekNaming
from civictracker.services.calendar import PostKey, PostView, Schedule
from civictracker.ui import tokens as t
from civictracker.ui.theme import follow, theme
from civictracker.ui.widgets.calendar_bands import (
    GAP,
    HEIGHT,
    Strip,
    band_words,
    draw_strip,
    lanes_height,
    strips,
)
from civictracker.ui.widgets.calendar_paint import (
    FULL,
    LINE,
    WIDE,
    Chip,
    DayLook,
    Marks,
    chip_height,
    draw_chip,
    draw_day,
    draw_ghost,
    font_of,
)
from civictracker.ui.words import day_words

_WEEKEND = 0.62  # as wide as this share of a weekday
_DAY = timedelta(days=1)
_LANES, _WEEK_LANES = 2, 6  # of campaigns, in a month's weeks and in a week of its own


@dataclass(frozen=True, slots=True)
class _Cell:
    day: date
    box: QRectF
    chips: tuple[tuple[QRectF, PostView], ...]
    ghosts: tuple[tuple[QRectF, PostView], ...]
    kind: str
    hidden: int


def _first_cursor(schedule: Schedule, today: date, month: int) -> date:
    """Today where it is in view, else the month's first day: where a new post goes unless told."""
    if schedule.start <= today <= schedule.end:
        return today
    is_late = bool(month) and schedule.start.month != month
    return (schedule.start + timedelta(days=7)).replace(day=1) if is_late else schedule.start


class CalendarCanvas(QWidget):
    """Shows what :meth:`show_schedule` was given."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("게시 달력")
        self.setMinimumSize(theme.px(480), theme.px(300))
        self.cursor_day = date(2000, 1, 1)
        self.selected: PostKey | None = None
        self._schedule: Schedule | None = None
        self._by_day: dict[date, list[PostView]] = {}
        self._gone: dict[date, list[PostView]] = {}
        self._marks: Marks = {}
        self._naming = WeekNaming()
        self._now = datetime(1, 1, 1, tzinfo=UTC)
        self._month = 0
        self._cells: list[_Cell] = []
        self._strips: list[tuple[QRectF, Strip, int]] = []
        self._drop: date | None = None
        follow(self, "update")

    def sizeHint(self) -> QSize:
        return QSize(theme.px(720), theme.px(560))

    # --- showing ------------------------------------------------------------------------------

    def show_schedule(
        self, schedule: Schedule, marks: Marks, naming: WeekNaming, now: datetime, *, month: int = 0
    ) -> None:
        """``month`` is the one in view, so that others are faint; 0 for a week."""
        self._schedule, self._marks, self._naming, self._now = schedule, marks, naming, now
        self._month = month
        self._by_day, self._gone = {}, {}
        for post in schedule.posts:
            self._by_day.setdefault(post.day, []).append(post)
            if post.is_moved and post.original is not None:
                self._gone.setdefault(post.original, []).append(post)
        if not schedule.start <= self.cursor_day <= schedule.end:
            self.cursor_day = _first_cursor(schedule, now.date(), month)
        keys = {post.key for post in schedule.posts}
        if self.selected not in keys:
            self.selected = None
        self._lay_out()
        self._tell()
        self.update()

    def select(self, key: PostKey | None, day: date | None = None) -> None:
        self.selected = key
        if day is not None:
            self.cursor_day = day
        self._tell()
        self.update()

    @property
    def selected_post(self) -> PostView | None:
        posts = self._schedule.posts if self._schedule else ()
        return next((post for post in posts if post.key == self.selected), None)

    def cell_box(self, day: date) -> QRectF:
        """Where ``day`` stands, for tests and for the keyboard's helpers."""
        return next(cell.box for cell in self._cells if cell.day == day)

    def chip_box(self, key: PostKey) -> QRectF:
        return next(box for cell in self._cells for box, post in cell.chips if post.key == key)

    # --- geometry -----------------------------------------------------------------------------

    @property
    def _head_height(self) -> int:
        return theme.px(28)

    @property
    def _side(self) -> int:
        return theme.px(36)

    def _columns(self) -> list[tuple[float, float]]:
        unit = (self.width() - self._side) / (5 + 2 * _WEEKEND)
        found, left = [], float(self._side)
        for at in range(7):
            width = unit * (_WEEKEND if at > 4 else 1)
            found.append((left, width))
            left += width
        return found

    def _lay_out(self) -> None:
        self._cells, self._strips = [], []
        if self._schedule is None:
            return
        weeks = ((self._schedule.end - self._schedule.start).days + 1) // 7
        height = (self.height() - self._head_height) / max(weeks, 1)
        columns = self._columns()
        for week in range(weeks):
            monday = self._schedule.start + week * 7 * _DAY
            head = theme.px(24) + self._lay_bands(monday, self._head_height + week * height, weeks)
            for at, (left, width) in enumerate(columns):
                box = QRectF(left, self._head_height + week * height, width, height)
                self._cells.append(self._cell(monday + at * _DAY, box, weeks, head))

    def _lay_bands(self, monday: date, top: float, weeks: int) -> int:
        """Lay the campaigns of a week over its days; how much of the days' room they take."""
        assert self._schedule is not None
        placed, over = strips(self._schedule.bands, monday, _LANES if weeks > 1 else _WEEK_LANES)
        columns = self._columns()
        for strip in placed:
            left, right = columns[strip.first][0], sum(columns[strip.last])
            at = top + theme.px(24) + strip.lane * theme.px(HEIGHT + GAP)
            more = len(over) if strip is placed[-1] else 0
            self._strips.append((QRectF(left, at, right - left, theme.px(HEIGHT)), strip, more))
        return lanes_height(placed)

    def _cell(self, day: date, box: QRectF, weeks: int, head: int) -> _Cell:
        posts, gone = self._by_day.get(day, []), self._gone.get(day, [])
        top, gap = box.top() + head, theme.px(2)
        room = box.bottom() - top - gap
        kind = next(
            (each for each in ((WIDE, FULL, LINE) if weeks == 1 else (FULL, LINE))
             if len(posts) * (chip_height(each) + gap) + len(gone) * (chip_height(LINE) + gap) <= room),
            LINE,
        )  # fmt: skip
        step = chip_height(kind) + gap
        fits = len(posts) if len(posts) * step <= room else max(0, int((room - theme.px(16)) // step))
        left, width = box.left() + gap, box.width() - 2 * gap
        chips = tuple(
            (QRectF(left, top + at * step, width, chip_height(kind)), post)
            for at, post in enumerate(posts[:fits])
        )
        below = top + fits * step
        ghosts = tuple(
            (QRectF(left, below + at * (chip_height(LINE) + gap), width, chip_height(LINE)), post)
            for at, post in enumerate(gone)
            if below + (at + 1) * (chip_height(LINE) + gap) <= box.bottom()
        )
        return _Cell(day, box, chips, ghosts if fits == len(posts) else (), kind, len(posts) - fits)

    def _cell_at(self, point: QPointF) -> _Cell | None:
        return next((cell for cell in self._cells if cell.box.contains(point)), None)

    def _bands_at(self, point: QPointF) -> list[str]:
        cell = self._cell_at(point)
        is_over = any(box.contains(point) for box, _, _ in self._strips)
        return band_words(self._schedule.bands, cell.day) if self._schedule and cell and is_over else []

    def _post_at(self, point: QPointF) -> PostView | None:
        cell = self._cell_at(point)
        return next((post for box, post in cell.chips if box.contains(point)), None) if cell else None

    # --- painting -----------------------------------------------------------------------------

    def resizeEvent(self, _event: QEvent) -> None:
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        if self._schedule is not None:
            self._paint_head(painter)
            for at, cell in enumerate(self._cells):
                self._paint_cell(painter, cell, first=at == 0)
            self._paint_lines(painter)
            for box, strip, more in self._strips:
                draw_strip(painter, box, strip, more=more)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(theme.font(t.TINY, bold=True))
        painter.fillRect(QRectF(0, 0, self.width(), self._head_height), theme.colour("surface_alt"))
        for at, (left, width) in enumerate(self._columns()):
            role = "danger_text" if at == 6 else "info_text" if at == 5 else "text_subtle"
            painter.setPen(theme.colour(role))
            box = QRectF(left + theme.px(7), 0, width, self._head_height)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), WEEKDAYS[at]
            )

    def _paint_cell(self, painter: QPainter, cell: _Cell, *, first: bool) -> None:
        assert self._schedule is not None
        look = DayLook(
            cell.day, self._schedule.holidays.get(cell.day, ""),
            today=cell.day == self._now.date(),
            faint=bool(self._month) and cell.day.month != self._month,
            cursor=self.hasFocus() and cell.day == self.cursor_day and self.selected is None,
            drop=cell.day == self._drop,
        )  # fmt: skip
        draw_day(painter, cell.box, look, first=first)
        for box, post in cell.chips:
            chip = Chip(post, cell.kind, post.key == self.selected, post.is_overdue(self._now))
            draw_chip(painter, box, chip, self._marks)
        for box, post in cell.ghosts:
            draw_ghost(painter, box, post)
        if cell.hidden:
            painter.setFont(font_of(11, bold=True)[0])
            painter.setPen(theme.colour("primary_text"))
            box = QRectF(
                cell.box.left(),
                cell.box.bottom() - theme.px(17),
                cell.box.width() - theme.px(6),
                theme.px(16),
            )
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"+{cell.hidden}건 더"
            )

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(theme.colour("divider"))
        for left, _ in self._columns():
            painter.drawLine(int(left), 0, int(left), self.height())
        for cell in self._cells[::7]:
            top = int(cell.box.top())
            painter.drawLine(0, top, self.width(), top)
            week = Period.week(cell.day)
            if self._now.date() in week:
                painter.fillRect(
                    QRectF(0, top + 1, self._side, cell.box.height() - 1), theme.colour("primary_tint")
                )
            name = self._naming.name(week)
            painter.setFont(font_of(11)[0])
            painter.setPen(theme.colour("text_faint"))
            text = (
                f"{name.month}월\n{name.nth}주"
                if name.nth == 1 or cell is self._cells[0]
                else f"{name.nth}주"
            )
            painter.drawText(
                QRectF(0, top + theme.px(5), self._side, theme.px(34)),
                int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text,
            )  # fmt: skip
            painter.setPen(theme.colour("divider"))

    # --- words --------------------------------------------------------------------------------

    def _lines(self, post: PostView) -> Sequence[str]:
        names = " · ".join(self._marks[each].name for each in post.channels if each in self._marks)
        parts = (
            f"{post.time} {post.subject}".strip(), f"{STATUS_NAMES[post.status]} · {names}".rstrip(" ·"),
            post.moved_because, *(each.text for each in post.warnings),
        )  # fmt: skip
        return [part for part in parts if part]

    def _tell(self) -> None:
        """Say aloud where the keyboard stands."""
        posts = self._by_day.get(self.cursor_day, [])
        holiday = self._schedule.holidays.get(self.cursor_day, "") if self._schedule else ""
        bands = band_words(self._schedule.bands, self.cursor_day) if self._schedule else []
        text = " ".join([day_words(self.cursor_day), holiday, f"게시 {len(posts)}건", *bands])
        if (post := self.selected_post) is not None:
            text = f"{day_words(post.day)} " + ", ".join(self._lines(post))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
