"""The sheet's picture: small cells in grid lines, merges spanned, a wanted cell brought into view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from civictracker.services.imports import Verdict
from civictracker.sheets.grid import column_number
from civictracker.ui.models.sheet_model import SheetModel, Shown
from civictracker.ui.theme import theme

_CELL = re.compile(r"(?:.*!)?([A-Z]+)(\d+)")


_LINES = 40  # above and below a table
_FRAMES = {Verdict.DIFFERENT: "danger", Verdict.ERROR: "danger", Verdict.QUESTION: "warning"}


class _SheetDelegate(QStyledItemDelegate):
    """Paints a cell in one go, and frames those that need a look: a sheet shows hundreds at a time."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, SheetModel)
        look = model.look(index.row(), index.column())
        box = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = theme.colour("primary_tint_strong") if is_chosen else look.ground
        if ground is not None:
            painter.fillRect(box, ground)
        if look.text:
            painter.setFont(look.font)
            painter.setPen(theme.colour("text") if is_chosen else look.ink)
            side = Qt.AlignmentFlag.AlignRight if look.is_number else Qt.AlignmentFlag.AlignLeft
            inner = box.adjusted(theme.px(6), 0, -theme.px(6), 0)
            shown = painter.fontMetrics().elidedText(look.text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if look.verdict in _FRAMES:
            painter.setPen(
                QPen(theme.colour(_FRAMES[look.verdict]), 2 if look.verdict is Verdict.ERROR else 1.4)
            )
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        if is_chosen:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))


class SheetView(QTableView):
    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_SheetDelegate(self))
        self.setAccessibleName("시트 그림")
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(24))
        self.verticalHeader().setMinimumWidth(theme.px(40))
        self.horizontalHeader().setMinimumHeight(theme.px(26))
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)

    @contextmanager
    def place_kept(self, keep: bool) -> Iterator[None]:  # noqa: FBT001 (one plain wish)
        """Leave the selected cell and what is in view as they are while the same sheet is shown anew."""
        current = self.currentIndex()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        yield
        if keep:
            self.setCurrentIndex(self.model().index(current.row(), current.column()))
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)

    def arrange(self, table: Shown) -> None:
        """Spans and column widths for ``table``; its header is brought into view."""
        self.clearSpans()
        model = self.model()
        rows, columns = model.rowCount(), model.columnCount()
        for top, left, bottom, right in table.view.merges[:2000]:
            down, across = min(bottom, rows - 1) - top + 1, min(right, columns - 1) - left + 1
            if down * across > 1:
                self.setSpan(top, left, down, across)
        self._let_lines_run_on(table)
        merged = {top * 1000 + left for top, left, _, right in table.view.merges if right > left}
        first = table.view.header[0]
        texts = [
            ["" if (first + at) * 1000 + column in merged else cell for column, cell in enumerate(cells)]
            for at, cells in enumerate(table.view.cells[first : first + 60])
        ]
        metrics = QFontMetrics(theme.figures(12, bold=True))
        for column in range(columns):
            words = [cells[column] for cells in texts if column < len(cells) and cells[column]]
            sizes = sorted(metrics.horizontalAdvance(word) for word in words)
            # The longest but for one in twenty: a single remark makes no wide column.
            widest = sizes[max(0, int(len(sizes) * 0.95) - 1)] if sizes else 0
            self.setColumnWidth(column, min(theme.px(190), max(theme.px(56), widest + theme.px(30))))
        self.scrollToTop()
        if first > 8:
            self.scrollTo(model.index(first, 0), QTableView.ScrollHint.PositionAtTop)

    def _let_lines_run_on(self, table: Shown) -> None:
        """A title or a note alone in its row runs on over the empty cells, as a spreadsheet draws it."""
        view = table.view
        columns = self.model().columnCount()
        within = {
            row for top, _, bottom, _ in view.merges for row in range(top, min(bottom, top + _LINES) + 1)
        }
        above = range(min(view.header[0], _LINES))
        below = range(max(view.header[1] + 1, view.last - _LINES), view.last + 1 + _LINES)
        for row in (*above, *below):
            told = [at for at, text in enumerate(view.cells[row]) if text] if row < len(view.cells) else []
            if len(told) == 1 and row not in within and told[0] < columns - 1:
                self.setSpan(row, told[0], 1, columns - told[0])

    def show_cell(self, where: str) -> None:
        """Select ``시트!E14`` (or the first cell of a range)."""
        found = _CELL.match(where)
        if found is None:
            return
        index = self.model().index(int(found[2]) - 1, column_number(found[1]))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)
