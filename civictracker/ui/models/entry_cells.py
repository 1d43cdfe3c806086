"""What the cells of 주간 입력 show, and what a text typed into one means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt

from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.series import Total as Sum
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Period
from civictracker.services.entry import COLUMNS, EntryCell, EntryRow
from civictracker.services.figures import Edit, NoteEdit, ValueEdit
from civictracker.ui.words import change, figure

LARGEST = 2**53


class Col(IntEnum):
    CHANNEL = 0
    LAST = 1
    LEVEL = 2
    CHANGE = 3
    POSTS = 4
    LAST_POSTS = 5
    VIEWS = 6
    NOTE = 7


HEADERS = ("채널", "지난 값", "이번 주", "증감", "게시물 수", "지난주", "조회·열람", "비고")
METRIC = {Col.LEVEL: COLUMNS[0], Col.POSTS: COLUMNS[1], Col.VIEWS: COLUMNS[2]}
EDITABLE = (Col.LEVEL, Col.POSTS, Col.VIEWS, Col.NOTE)


@dataclass(slots=True)
class Group:
    """A heading row over the channels of the office or of the 읍면동."""

    title: str
    rows: list[EntryRow]
    is_open: bool = True

    @property
    def text(self) -> str:
        entered = sum(1 for row in self.rows if row.is_entered)
        return f"{'▾' if self.is_open else '▸'}  {self.title} {len(self.rows)}개 채널 · {entered}곳 입력됨"


class Total:
    """The last row."""


Line = Group | EntryRow | Total


def row_text(row: EntryRow, column: int, difference: int | None) -> str:
    """A channel's cell; ``difference`` is its change, of what is being typed where something is."""
    cells = row.cells
    level, posts, views = (cells[code] for code in COLUMNS)
    match column:
        case Col.CHANNEL:
            return row.channel.label
        case Col.LAST:
            return figure(level.last.value) if level.last else "-"
        case Col.LEVEL:
            return _shown(level)
        case Col.CHANGE:
            return change(difference)
        case Col.POSTS:
            return _shown(posts)
        case Col.LAST_POSTS:
            return figure(posts.last.value) if posts.last else "-"
        case Col.VIEWS:
            return _shown(views)
        case _:
            return row.note


def total_text(total: Sum | None, column: int) -> str:
    if column == Col.CHANNEL:
        if total is None or total.is_complete:
            return "합계 (친구·구독)"
        return f"합계 (친구·구독) {total.present}/{total.expected} 채널"
    if total is None:
        return ""
    match column:
        case Col.LAST:
            return figure(total.before if total.compared else None)
        case Col.LEVEL:
            return figure(total.value)
        case Col.CHANGE:
            return change(total.change)
        case Col.NOTE:
            if total.is_complete:
                return "빈칸은 0이 아니라 ‘없음’"
            return f"증감은 두 값이 다 있는 {total.compared}개 채널만"
    return ""


def edit_text(line: Line, column: int) -> str:
    if not isinstance(line, EntryRow):
        return ""
    if column == Col.NOTE:
        return line.note
    if column in METRIC:
        reading = line.cells[METRIC[Col(column)]].this
        if reading is None:
            return ""
        return f"약 {reading.value}" if reading.approximate else str(reading.value)
    return ""


def spoken(line: Line, column: int, text: str) -> str:
    """What a screen reader says of a cell."""
    if isinstance(line, EntryRow):
        return f"{line.channel.label}, {HEADERS[column]}, {text or '값 없음'}"
    return text


def tip(line: Line, column: int) -> str | None:
    if not isinstance(line, EntryRow):
        return None
    if column == Col.CHANNEL:
        return f"{line.channel.platform_name} · {line.channel.handle}".strip(" ·")
    if column == Col.LAST and (last := line.cells[COLUMNS[0]].last) is not None:
        return f"{last.period.end.year}. {last.period.end.month}. {last.period.end.day}. 까지의 값"
    return line.note if column == Col.NOTE else None


def edit_for(
    week: Period, row: EntryRow, column: int, text: str, name: str, *, has_value: bool = False
) -> Edit | str | None:
    """The edit that ``text`` means for a cell, a sentence why it cannot be, or None for no change.

    ``has_value`` says that the week's value comes with the same block.
    """
    if column == Col.NOTE:
        return _note_edit(week, row, text, has_value=has_value)
    code = METRIC[Col(column)]
    reading = row.cells[code].this
    number = parse_number(text)
    where = f"{row.channel.label} {name}"
    if isinstance(number, Missing):
        return None if reading is None else ValueEdit(code, row.channel.id, week, None)
    if not isinstance(number, Number):
        return f"{where}: {number.why} ‘{text.strip()}’은(는) 넣지 않았습니다."
    if number.value != number.value.to_integral_value() or number.percent:
        return f"{where}: 정수로 적어 주세요. ‘{text.strip()}’은(는) 넣지 않았습니다."
    if number.value < 0:
        return f"{where}: 0보다 작을 수 없습니다. ‘{text.strip()}’은(는) 넣지 않았습니다."
    value = int(number.value)
    if value > LARGEST:
        return f"{where}: 값이 지나치게 큽니다."
    if reading is not None and reading.value == value and reading.approximate == number.approximate:
        return None
    return ValueEdit(code, row.channel.id, week, value, number.approximate)


def _note_edit(week: Period, row: EntryRow, text: str, *, has_value: bool) -> NoteEdit | str | None:
    """비고 stays with the reading that carries the week's value, which is not typed over by it."""
    note = clean(text)
    if note == row.note:
        return None
    if not has_value and row.cells[COLUMNS[0]].this is None:
        return f"{row.channel.label}: 비고는 이번 주 값을 먼저 적은 뒤에 적을 수 있습니다."
    return NoteEdit(COLUMNS[0], row.channel.id, week, note)


def _shown(cell: EntryCell) -> str:
    if cell.this is None:
        return ""
    return f"약 {figure(cell.this.value)}" if cell.this.approximate else figure(cell.this.value)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def alignment(column: int) -> int:
    return _LEFT if column in {Col.CHANNEL, Col.NOTE} else _RIGHT
