"""What a person does to posts from the calendar: each act is one named edit that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from civictracker.domain.posting import Status
from civictracker.errors import InputError
from civictracker.services import posts as use_cases
from civictracker.services.calendar import PostKey
from civictracker.services.changes import Changes
from civictracker.ui.pages.calendar_emergency import EmergencyDialog
from civictracker.ui.pages.calendar_post import PostDialog
from civictracker.ui.pages.calendar_result import ResultDialog
from civictracker.ui.pages.calendar_series import SeriesDialog
from civictracker.ui.pages.calendar_series_list import SeriesList
from civictracker.ui.pages.calendar_stats import StatsDialog

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar import CalendarPage


class Work:
    """The acts of one calendar ``page``."""

    def __init__(self, page: CalendarPage) -> None:
        self.page, self.state = page, page.state

    @property
    def selected(self) -> PostKey | None:
        return self.page.selected

    def write(self, use_case: Callable[..., Changes], **words: Any) -> Changes | None:
        """Run a use-case; its name is told with 되돌리기, and the post it touched stays chosen."""
        done: list[Changes] = []
        if not self.page.attempt(lambda: done.append(self.state.context.write(use_case, **words))):
            return None
        self.tell(done[0])
        return done[0]

    def tell(self, changes: Changes) -> None:
        """Say what was done, with 되돌리기."""
        if changes.log_id is not None:
            self.state.say(changes.label, changes)

    def said(self, changes: Changes) -> None:
        """As :meth:`tell`, and show the post that it made or changed."""
        self.tell(changes)
        self.keep(changes)

    def keep(self, changes: Changes | None) -> None:
        """Choose the row that an occurrence has become."""
        if changes is not None and changes.created is not None:
            try:
                self.page.show_detail(PostKey(changes.created))
            except InputError:
                self.page.touch_now()

    def add(self, day: date | None = None) -> None:
        PostDialog(self, None, day or self.page.day_in_view).run()

    def open_post(self, key: PostKey) -> None:
        PostDialog(self, key).run()

    def open_selected(self) -> None:
        if self.selected is not None:
            self.open_post(self.selected)

    def move_post(self, key: PostKey, day: date) -> None:
        self.keep(self.write(use_cases.move_post, key=key, day=day))

    def set_status(self, status: Status) -> None:
        if self.selected is not None:
            self.keep(
                self.write(use_cases.set_status, key=self.selected, status=status, now=self.state.context.now)
            )

    def copy_selected(self) -> None:
        if self.selected is not None:
            self.keep(self.write(use_cases.copy_post, key=self.selected, day=self.state.today))

    def drop_selected(self) -> None:
        if self.selected is not None:
            self.keep(self.write(use_cases.delete_post, key=self.selected))

    def note_result(self) -> None:
        if self.selected is not None:
            ResultDialog(self, self.selected).run()

    def change_series(self, series_id: int, original: date | None) -> None:
        SeriesDialog(self, series_id, original).run()

    def show_series(self) -> None:
        SeriesList(self).exec()

    def show_stats(self) -> None:
        StatsDialog(self).exec()

    def emergency(self) -> None:
        EmergencyDialog(self).run()

    def print_post(self, key: PostKey) -> None:
        from civictracker.ui.pages.calendar_files import save_post  # noqa: PLC0415 (it knows this module)

        save_post(self, key)
