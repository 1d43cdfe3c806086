"""The board of a round: a unit a row, sorted and filtered here, where that is quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from civictracker.domain.collecting import Status
from civictracker.domain.texts import folded
from civictracker.services.collect_board import Board, BoardRow
from civictracker.services.import_plan import Verdict
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip

STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
STATUS, UNIT, FILE, FILLED, TIME, DATA = range(6)
_ORDER = list(Status)


class CollectTable(RowTable[BoardRow]):
    headers = ("상태", "읍면동", "파일 · 이상한 점", "칸", "파일 시각", "자료")
    numbers = frozenset({FILLED, TIME})

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[BoardRow, ...] = ()
        self._status: Status | None = None
        self._column, self._is_down = STATUS, False

    def show(self, board: Board | None, status: Status | None) -> None:
        """The rows of ``board`` in ``status``, or all of them."""
        self._all, self._status = (board.rows if board else ()), status
        self._arrange()

    def place_of(self, unit_id: int | None) -> int:
        """The row of a unit, −1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.unit.id == unit_id), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._is_down = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        shown = [row for row in self._all if self._status in {None, row.status}]
        self.put(sorted(shown, key=_KEYS.get(self._column, _KEYS[STATUS]), reverse=self._is_down))

    def cell(self, row: BoardRow, column: int) -> str:
        return cell_text(row, column)

    def look(self, row: BoardRow, column: int, role: int) -> Any:
        if role == STATUS_ROLE:
            return row.status
        if role == Qt.ItemDataRole.ToolTipRole and column == FILE:
            return plain_tip("\n".join([*(each.text for each in row.oddities), *(f.name for f in row.files)]))
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(row, column)
        return None


def cell_text(row: BoardRow, column: int) -> str:
    match column:
        case 0:
            return row.status.value
        case 1:
            return row.unit.name
        case 2:
            return _about(row)
        case 3:
            return f"{row.filled}/{len(row.lines)}" if row.used else "-"
        case 4:
            return f"{row.used.saved:%m. %d. %H:%M}" if row.used else "-"
        case _:
            return _in_data(row)


def _about(row: BoardRow) -> str:
    if row.status is Status.ODD:
        more = f" 외 {len(row.oddities) - 1}가지" if len(row.oddities) > 1 else ""
        return f"{row.oddities[0].text}{more}"
    return row.used.name if row.used else "아직 오지 않았습니다"


def _in_data(row: BoardRow) -> str:
    new, different = row.count(Verdict.NEW), row.count(Verdict.DIFFERENT)
    if new or different:
        parts = [f"신규 {new}" if new else "", f"다름 {different}" if different else ""]
        return " · ".join(part for part in parts if part)
    done = row.count(Verdict.SAME)
    return "-" if not done else "들어감" if done == len(row.lines) else f"{done}건 들어감"


def _colour(row: BoardRow, column: int) -> QColor | None:
    colours = theme.colours
    if column == FILE and row.status is Status.ODD:
        return QColor(colours.danger_text)
    if column in {FILE, TIME} or row.used is None:
        return QColor(colours.text if column == UNIT else colours.text_faint)
    return None


_Key = Callable[[BoardRow], Any]
_KEYS: dict[int, _Key] = {
    STATUS: lambda row: _ORDER.index(row.status),
    UNIT: lambda row: folded(row.unit.name),
    FILE: _about,
    FILLED: lambda row: row.filled,
    TIME: lambda row: row.used.saved.timestamp() if row.used else 0.0,
    DATA: lambda row: (-row.count(Verdict.DIFFERENT), -row.count(Verdict.NEW), row.is_in_data),
}
