"""Posts as a list to go through by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal

from civictracker.services.calendar import PostKey, PostView
from civictracker.ui.models.post_table import ABOUT, ROOMS, WITH_YEAR, PostTable
from civictracker.ui.widgets.calendar_paint import Marks
from civictracker.ui.widgets.fitted import FittedTable


class PostList(FittedTable):
    """``chosen`` carries the PostKey of the current row, or None."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("게시 목록", ROOMS, optional=ABOUT)
        self.posts = PostTable()
        self.setModel(self.posts)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def fit(self) -> None:
        super().fit()
        if isinstance(self.model(), PostTable):
            self.posts.marks_warnings = self.is_tight

    def show_posts(
        self, posts: Sequence[PostView], marks: Marks, now: datetime, chosen: PostKey | None
    ) -> None:
        self.posts.set_rows(posts, marks, now)
        self.rooms = (WITH_YEAR, *ROOMS[1:]) if self.posts.tells_years else ROOMS
        self.fit()
        at = next((at for at, post in enumerate(posts) if post.key == chosen), -1)
        if at >= 0:
            self.selectionModel().setCurrentIndex(
                self.posts.index(at, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        post = self.posts.row_at(current.row())
        self.chosen.emit(post.key if post else None)
