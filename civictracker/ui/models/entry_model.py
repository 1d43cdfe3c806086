"""The grid of 주간 입력 as Qt sees it: groups, channels and a total, with what is being typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from civictracker.domain.numbers import Number, parse_number
from civictracker.domain.series import Slip, slip
from civictracker.services.entry import COLUMNS, EntryGrid, EntryRow
from civictracker.services.figures import Edit
from civictracker.ui.models.entry_cells import (
    EDITABLE,
    HEADERS,
    METRIC,
    Col,
    Group,
    Line,
    Total,
    alignment,
    edit_for,
    edit_text,
    row_text,
    spoken,
    tip,
    total_text,
)
from civictracker.ui.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()

SLIP_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2


class EntryModel(QAbstractTableModel):
    """``edited`` carries (list of Edit, label) and ``refused`` a sentence."""

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
            return alignment(section)
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
                return edit_text(line, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(line, index.column(), self._text(line, index))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(tip(line, index.column()) or "")
        if role == KIND_ROLE:
            return "row" if isinstance(line, EntryRow) else "group" if isinstance(line, Group) else "total"
        if role == SLIP_ROLE and isinstance(line, EntryRow) and index.column() in METRIC:
            return self._slip(line, index) is not None
        return None

    def _text(self, line: Line, index: Index) -> str:
        if isinstance(line, EntryRow):
            return row_text(line, index.column(), self._change(line, index.row()))
        if isinstance(line, Group):
            return line.text if index.column() == 0 else ""
        return total_text(self.grid.total if self.grid else None, index.column())

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

    def edit_for(
        self, row: EntryRow, column: int, text: str, *, has_value: bool = False
    ) -> Edit | str | None:
        """The edit that ``text`` means for a cell, or a sentence, or None for no change."""
        assert self.grid is not None
        return edit_for(self.grid.week, row, column, text, self.column_name(column), has_value=has_value)
