"""The board as a table: states as tags, sorted by a click on a heading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from civictracker.domain.collecting import Status
from civictracker.ui import tokens as t
from civictracker.ui.models.collect_table import (
    DATA,
    FILE,
    FILLED,
    STATUS,
    STATUS_ROLE,
    TIME,
    UNIT,
    CollectTable,
)
from civictracker.ui.theme import theme

LOOKS = {
    Status.ODD: "danger", Status.MISSING: "warning", Status.LATE: "info", Status.RETURNED: "success",
}  # fmt: skip


class _StatusDelegate(QStyledItemDelegate):
    """A tag like those of ``basics.tag``."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        status = index.data(STATUS_ROLE)
        if status is None:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, QModelIndex())  # the ground, and the selection
        look = LOOKS[Status(status)]
        font = theme.figures(t.TINY, bold=True)
        text = Status(status).value
        width = QFontMetrics(font).horizontalAdvance(text) + theme.px(14)
        height = theme.px(20)
        box = QRectF(
            option.rect.left() + theme.px(10),
            option.rect.center().y() - height / 2 + 0.5,
            width,
            height,
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme.colours, f"{look}_tint")))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(QColor(getattr(theme.colours, f"{look}_text")))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()


class CollectView(QTableView):
    def __init__(self, model: CollectTable) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegateForColumn(STATUS, _StatusDelegate(self))
        self.setAccessibleName("취합 현황")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((STATUS, 76), (UNIT, 100), (FILLED, 62), (TIME, 100), (DATA, 88)):
            self.setColumnWidth(column, theme.px(width))
        head.setSortIndicator(STATUS, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
