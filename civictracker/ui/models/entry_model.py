"""The grid of 주간 입력 as Qt sees it: groups, channels and a total, with what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.series import Slip, slip
from civictracker.services.entry import COLUMNS, EntryCell, EntryGrid, EntryRow
from civictracker.services.figures import ValueEdit
from civictracker.ui.words import change, figure

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()

SLIP_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2
PLATFORM_ROLE = Qt.ItemDataRole.UserRole + 3


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


class EntryModel(QAbstractTableModel):
    """``edited`` carries (list of ValueEdit, label) and ``refused`` a sentence."""

    edited = Signal(object, str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.grid: EntryGrid | None = None
        self.lines: list[Line] = []
        self._groups: list[Group] = []
        self._closed: set[str] = set()
        self._pending: dict[tuple[int, int], str] = {}

    # --- content ------------------------------------------------------------------------------

    def set_grid(self, grid: EntryGrid) -> None:
        """Show ``grid``; where it lies like the one before, only cells are told to have changed."""
        before = [self._name(line) for line in self.lines]
        self.grid = grid
        own = [row for row in grid.rows if not row.channel.is_sub]
        sub = [row for row in grid.rows if row.channel.is_sub]
        self._groups = [
            Group(title, rows, title not in self._closed)
            for title, rows in (("본청", own), ("읍면동", sub))
            if rows
        ]
        lines = self._laid_out()
        self._pending.clear()
        if lines and [self._name(line) for line in lines] == before:
            self.lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(HEADERS) - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def _laid_out(self) -> list[Line]:
        lines: list[Line] = []
        for group in self._groups:
            lines.append(group)
            if group.is_open:
                lines.extend(group.rows)
        return [*lines, Total()] if lines else []

    @staticmethod
    def _name(line: Line) -> str:
        if isinstance(line, Group):
            return line.title
        return str(line.channel.id) if isinstance(line, EntryRow) else "total"

    def toggle(self, line: int) -> None:
        """Open or close the group in row ``line``."""
        group = self.lines[line]
        if isinstance(group, Group):
            self._closed ^= {group.title}
            self.beginResetModel()
            group.is_open = not group.is_open
            self.lines = self._laid_out()
            self.endResetModel()

    def entry_row(self, line: int) -> EntryRow | None:
        found = self.lines[line] if 0 <= line < len(self.lines) else None
        return found if isinstance(found, EntryRow) else None

    def line_of(self, channel_id: int) -> int:
        """The row of a channel, or −1 when it is not shown."""
        for at, line in enumerate(self.lines):
            if isinstance(line, EntryRow) and line.channel.id == channel_id:
                return at
        return -1

    # --- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADERS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else None
        if not isinstance(line, EntryRow):
            return Qt.ItemFlag.ItemIsEnabled if isinstance(line, Group) else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in EDITABLE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, index)
            case Qt.ItemDataRole.EditRole:
                return self._edit_text(line, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(line, index)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(line, index)
        if role == KIND_ROLE:
            return "row" if isinstance(line, EntryRow) else "group" if isinstance(line, Group) else "total"
        if role == PLATFORM_ROLE and isinstance(line, EntryRow):
            return line.channel.platform
        if role == SLIP_ROLE and isinstance(line, EntryRow) and index.column() in METRIC:
            return self._slip(line, index) is not None
        return None

    def _text(self, line: Line, index: Index) -> str:
        column = index.column()
        if isinstance(line, Group):
            return line.text if column == 0 else ""
        if isinstance(line, Total):
            return self._total_text(column)
        cells = line.cells
        level, posts, views = (cells[code] for code in COLUMNS)
        match column:
            case Col.CHANNEL:
                return line.channel.label
            case Col.LAST:
                return figure(level.last.value) if level.last else "-"
            case Col.LEVEL:
                return _shown(level)
            case Col.CHANGE:
                return change(self._change(line, index.row()))
            case Col.POSTS:
                return _shown(posts)
            case Col.LAST_POSTS:
                return figure(posts.last.value) if posts.last else "-"
            case Col.VIEWS:
                return _shown(views)
            case _:
                return line.note

    def _total_text(self, column: int) -> str:
        total = self.grid.total if self.grid else None
        if column == Col.CHANNEL:
            if total is None or total.is_complete:
                return "합계 (친구·구독)"
            return f"합계 (친구·구독) {total.present}/{total.expected} 채널"
        if total is None:
            return ""
        match column:
            case Col.LAST:
                return figure(total.before)
            case Col.LEVEL:
                return figure(total.value)
            case Col.CHANGE:
                return change(total.change)
            case Col.NOTE:
                if total.is_complete:
                    return "빈칸은 0이 아니라 ‘없음’"
                return f"증감은 두 값이 다 있는 {total.compared}개 채널만"
        return ""

    def _edit_text(self, line: Line, column: int) -> str:
        if not isinstance(line, EntryRow):
            return ""
        if column == Col.NOTE:
            return line.note
        if column in METRIC:
            reading = line.cells[METRIC[Col(column)]].this
            return "" if reading is None else str(reading.value)
        return ""

    def _spoken(self, line: Line, index: Index) -> str:
        text = self._text(line, index)
        if isinstance(line, EntryRow):
            return f"{line.channel.label}, {HEADERS[index.column()]}, {text or '값 없음'}"
        return text

    def _tip(self, line: Line, index: Index) -> str | None:
        if not isinstance(line, EntryRow):
            return None
        column = index.column()
        if column == Col.CHANNEL:
            return f"{line.channel.platform_name} · {line.channel.handle}".strip(" ·")
        if column == Col.LAST and (last := line.cells[COLUMNS[0]].last) is not None:
            return f"{last.period.end.year}. {last.period.end.month}. {last.period.end.day}. 까지의 값"
        return line.note if column == Col.NOTE else None

    # --- typing -------------------------------------------------------------------------------

    def set_pending(self, index: Index, text: str | None) -> None:
        """What is being typed into a cell, so that its change shows at once."""
        key = (index.row(), index.column())
        if text is None:
            self._pending.pop(key, None)
        else:
            self._pending[key] = text
        # Only the change: telling of the cell itself would make the view reset its open editor.
        beside = self.index(index.row(), Col.CHANGE)
        self.dataChanged.emit(beside, beside)

    def _typed(self, line: int, column: int) -> int | None:
        text = self._pending.get((line, column))
        number = parse_number(text) if text else None
        if isinstance(number, Number) and number.value == number.value.to_integral_value():
            return int(number.value)
        return None

    def _change(self, row: EntryRow, line: int) -> int | None:
        cell = row.cells[COLUMNS[0]]
        typed = self._typed(line, Col.LEVEL)
        if typed is not None and cell.last is not None:
            return typed - cell.last.value
        return cell.change

    def _slip(self, row: EntryRow, index: Index) -> Slip | None:
        cell = row.cells[METRIC[Col(index.column())]]
        typed = self._typed(index.row(), index.column())
        if typed is not None and cell.last is not None and index.column() == Col.LEVEL:
            return slip(typed, cell.last.value)
        return cell.slip

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.entry_row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None or index.column() not in EDITABLE:
            return False
        self._pending.pop((index.row(), index.column()), None)
        edit = self.edit_for(row, index.column(), str(value))
        if isinstance(edit, str):
            self.refused.emit(edit)
            return False
        if edit is not None:
            self.edited.emit([edit], f"{row.channel.label} {self.column_name(index.column())} 고침")
        return True

    def column_name(self, column: int) -> str:
        if column == Col.LEVEL and self.grid is not None:
            return self.grid.metrics[0].name
        return HEADERS[column]

    def edit_for(self, row: EntryRow, column: int, text: str) -> ValueEdit | str | None:
        """The edit that ``text`` means for a cell, a sentence when it cannot be taken, None for no change."""
        assert self.grid is not None
        if column == Col.NOTE:
            return self._note_edit(row, text)
        code = METRIC[Col(column)]
        reading = row.cells[code].this
        number = parse_number(text)
        where = f"{row.channel.label} {self.column_name(column)}"
        if isinstance(number, Missing):
            return None if reading is None else ValueEdit(code, row.channel.id, self.grid.week, None)
        if not isinstance(number, Number):
            return f"{where}: {number.why}"
        if number.value != number.value.to_integral_value() or number.percent:
            return f"{where}: 정수로 적어 주세요. ‘{text.strip()}’은(는) 넣지 않았습니다."
        if number.value < 0:
            return f"{where}: 0보다 작을 수 없습니다. ‘{text.strip()}’은(는) 넣지 않았습니다."
        value = int(number.value)
        if value > 2**53:
            return f"{where}: 값이 지나치게 큽니다."
        if reading is not None and reading.value == value and reading.approximate == number.approximate:
            return None
        return ValueEdit(code, row.channel.id, self.grid.week, value, number.approximate)

    def _note_edit(self, row: EntryRow, text: str) -> ValueEdit | str | None:
        assert self.grid is not None
        if text.strip() == row.note:
            return None
        reading = row.cells[COLUMNS[0]].this
        if reading is None:
            return f"{row.channel.label}: 비고는 이번 주 값을 먼저 적은 뒤에 적을 수 있습니다."
        return ValueEdit(
            COLUMNS[0], row.channel.id, self.grid.week, reading.value, reading.approximate, text.strip()
        )


def _shown(cell: EntryCell) -> str:
    if cell.this is None:
        return ""
    return f"약 {figure(cell.this.value)}" if cell.this.approximate else figure(cell.this.value)


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column in {Col.CHANNEL, Col.NOTE} else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
