"""The picture of a sheet: its cells as text, tinted by what they were understood as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from civictracker.domain.posting import COUNTS
from civictracker.services.imports import Verdict
from civictracker.sheets.grid import address, column_letters, column_number
from civictracker.sheets.isolated import SheetView
from civictracker.sheets.post_heads import KINDS
from civictracker.sheets.records import LeftOut
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$")


class Part(StrEnum):
    """What a cell is to the understanding."""

    TITLE = "제목"
    HEADER = "머리글"
    ENTITY = "채널"
    DATE = "날짜"
    METRIC = "지표"
    SUBJECT = "게시 제목"
    VALUE = "값"
    TOTAL = "합계"
    SKIP = "뺌"
    OUTSIDE = ""


_TOTAL = re.compile("합계라서|더한 값이라")
_PARTS = {
    "entity": Part.ENTITY, "metric": Part.METRIC, "date": Part.DATE, "value": Part.VALUE, "total": Part.TOTAL,
    "day": Part.DATE, "weekday": Part.DATE, "time": Part.DATE, "channels": Part.ENTITY,
    "subject": Part.SUBJECT, **dict.fromkeys(set(KINDS) - {"day", "weekday", "time", "channels", "subject"},
                                             Part.VALUE),
}  # fmt: skip
_NUMBERS = {"value", "total", *COUNTS}  # roles whose cells stand at the right


class Shown(Protocol):
    """A table that has a picture: of figures or of posts."""

    @property
    def sheet(self) -> str: ...
    @property
    def view(self) -> SheetView: ...


class Reviewed(Protocol):
    """What a plan, of figures or of posts, says of the cells of its sheets."""

    left_out: list[LeftOut]

    def marks(self, table: Any, rows: int, /) -> Iterator[tuple[tuple[int, int], Verdict, str]]: ...


class Look(NamedTuple):
    """A cell as it is painted."""

    text: str
    part: Part
    verdict: Verdict | None
    font: QFont
    is_number: bool
    ink: QColor
    ground: QColor | None


class SheetModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._table: Shown | None = None
        self._verdicts: dict[tuple[int, int], Verdict] = {}
        self._why: dict[tuple[int, int], str] = {}
        self._left_rows: dict[int, str] = {}
        self._across = 0
        self._looks: dict[tuple[int, int], Look] = {}  # of the cells seen so far
        theme.changed.connect(self._looks.clear)

    def set_table(self, table: Shown | None, plan: Reviewed | None) -> None:
        self.beginResetModel()
        self._table = table
        self._verdicts, self._why, self._left_rows = {}, {}, {}
        self._looks.clear()
        self._across = max((len(row) for row in table.view.cells), default=0) if table is not None else 0
        if table is not None and plan is not None:
            self._take(table, plan)
        self.endResetModel()

    def _take(self, table: Shown, plan: Reviewed) -> None:
        prefix = f"{table.sheet}!"
        shown = len(table.view.cells)
        for where, verdict, why in plan.marks(table, shown):
            self._verdicts[where] = verdict
            self._why[where] = why
        for left in plan.left_out:
            found = _RANGE.match(left.cell.removeprefix(prefix))
            if left.cell.startswith(prefix) and found:
                if found[3]:
                    self._left_rows[int(found[2]) - 1] = left.why
                else:
                    place = int(found[2]) - 1, column_number(found[1])
                    self._why[place] = left.why
                    self._verdicts[place] = Verdict.ERROR if left.is_error else Verdict.SAME

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.view.cells)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else self._across

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def part(self, row: int, column: int) -> Part:
        table = self._table
        if table is None:
            return Part.OUTSIDE
        view = table.view
        if row < view.header[0]:
            return Part.TITLE
        if row <= view.header[1]:
            return Part.HEADER
        if row in self._left_rows or row > view.last:
            return Part.TOTAL if _TOTAL.search(self._left_rows.get(row, "")) else Part.SKIP
        return _PARTS.get(view.roles.get(column, ""), Part.SKIP)

    def look(self, row: int, column: int) -> Look:
        """What is painted there; made once, for painting asks for hundreds of cells at a time."""
        made = self._looks.get((row, column))
        if made is None:
            made = self._looks[row, column] = self._look(row, column)
        return made

    def _look(self, row: int, column: int) -> Look:
        cells = self._table.view.cells[row] if self._table is not None else ()
        text = cells[column] if column < len(cells) else ""
        part = self.part(row, column)
        verdict = self._verdicts.get((row, column))
        return Look(
            text.replace("\n", " "),
            part,
            verdict,
            theme.figures(12, bold=part is Part.HEADER or verdict is Verdict.NEW),
            part in {Part.VALUE, Part.TOTAL} and self._role(column) in _NUMBERS,
            theme.colour(_ink(part, verdict)),
            theme.colour(PART_COLOURS[part]) if text or part is Part.HEADER else None,
        )

    def _role(self, column: int) -> str:
        return self._table.view.roles.get(column, "") if self._table is not None else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ToolTipRole:
            look = self.look(index.row(), index.column())
            return self._tip(look.part, index.row(), index.column(), look.text)
        return None

    def _tip(self, part: Part, row: int, column: int, text: str) -> str:
        verdict = self._verdicts.get((row, column))
        why = self._why.get((row, column)) or self._left_rows.get(row, "")
        words = [
            address(row, column),
            verdict.value if verdict else part.value,
            why,
            text if len(text) > 20 else "",
        ]
        return plain_tip(" · ".join(word for word in words if word))


def _ink(part: Part, verdict: Verdict | None) -> str:
    """The colour token of a cell's text."""
    if verdict in {Verdict.DIFFERENT, Verdict.ERROR}:
        return "danger_text"
    if verdict is Verdict.QUESTION:
        return "warning_text"
    if verdict is Verdict.NEW:
        return "primary_text"
    return "text_faint" if part in {Part.SKIP, Part.TITLE} else "text"


PART_COLOURS = {
    Part.TITLE: "neutral_tint", Part.HEADER: "primary_tint_strong", Part.ENTITY: "success_tint",
    Part.DATE: "info_tint", Part.METRIC: "success_tint", Part.VALUE: "surface",
    Part.SUBJECT: "warning_tint", Part.TOTAL: "warning_tint", Part.SKIP: "surface_alt",
    Part.OUTSIDE: "surface",
}  # fmt: skip
