"""Posts as a list to go through by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QTableView

from civictracker.services.calendar import PostKey, PostView
from civictracker.ui import tokens as t
from civictracker.ui.models.post_table import WIDTHS, PostTable
from civictracker.ui.theme import theme
from civictracker.ui.widgets.calendar_paint import Marks


class PostList(QTableView):
    """``chosen`` carries the PostKey of the current row, or None."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.posts = PostTable()
        self.setModel(self.posts)
        self.setAccessibleName("게시 목록")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        for at, width in enumerate(WIDTHS):
            self.setColumnWidth(at, theme.px(width))
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def show_posts(
        self, posts: Sequence[PostView], marks: Marks, now: datetime, chosen: PostKey | None
    ) -> None:
        self.posts.set_rows(posts, marks, now)
        at = next((at for at, post in enumerate(posts) if post.key == chosen), -1)
        if at >= 0:
            self.selectionModel().setCurrentIndex(
                self.posts.index(at, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        post = self.posts.row_at(current.row())
        self.chosen.emit(post.key if post else None)
