"""What the open window knows: the data, the week in view, and how weeks are named here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from civictracker.domain.drafts import Settings
from civictracker.domain.weeks import Period, WeekName, WeekNaming
from civictracker.services.changes import Changes, Topic
from civictracker.services.context import Context
from civictracker.services.opening import Opened
from civictracker.services.second_place import SecondPlace
from civictracker.services.settings import load_office, load_settings
from civictracker.ui.words import week_range


class State(QObject):
    """Shared by the shell and its pages; pages never know each other."""

    week_leaving = Signal()  # take what is half typed: it belongs to the week still in view
    week_changed = Signal()
    data_changed = Signal(object)  # Changes
    settings_changed = Signal()
    page_wanted = Signal(str, object)  # page id, what it should show
    undo_wanted = Signal()
    said = Signal(str, object)  # toast text, Changes that can be undone or None
    restore_wanted = Signal(object)  # path of a backup
    backup_wanted = Signal()
    backups_changed = Signal()
    own_wanted = Signal()  # from the sample over to one's own data
    rebuild_wanted = Signal()  # another text size: lay the window out again

    def __init__(self, opened: Opened, *, sample: bool) -> None:
        super().__init__()
        self.opened = opened
        self.is_sample = sample
        self.settings = Settings()
        self.second_place = SecondPlace()
        self.backup_trouble = ""  # why the last backup beside the data failed
        self.office = ""
        self.department = ""
        self._read_settings()
        self.week = Period.week(self.today)
        self.context.listen(self._on_changes)

    @property
    def context(self) -> Context:
        return self.opened.context

    @property
    def today(self) -> date:
        return self.context.now.date()

    @property
    def naming(self) -> WeekNaming:
        return self.settings.naming

    @property
    def this_week(self) -> Period:
        return Period.week(self.today)

    def week_name(self, week: Period | None = None) -> WeekName:
        return self.naming.name(week or self.week)

    @property
    def week_words(self) -> tuple[str, str]:
        """The week in view by name and by range."""
        return self.week_name().full, week_range(self.week)

    def go_to(self, week: Period) -> None:
        """Show another week; weeks that the calendar does not have are ignored."""
        if week != self.week and date(1990, 1, 1) <= week.start <= date(2100, 1, 1):
            self.week_leaving.emit()
            self.week = week
            self.week_changed.emit()

    def step(self, weeks: int) -> None:
        self.go_to(self.week.shift(weeks))

    def open_page(self, page: str, detail: object = None) -> None:
        self.page_wanted.emit(page, detail)

    def say(self, text: str, changes: Changes | None = None) -> None:
        """A toast; with ``changes`` it offers 되돌리기."""
        self.said.emit(text, changes)

    def _on_changes(self, changes: Changes) -> None:
        if changes.topics & {Topic.SETTINGS, Topic.OFFICE}:
            self._read_settings()
            self.settings_changed.emit()
        self.data_changed.emit(changes)

    def _read_settings(self) -> None:
        self.settings = self.context.read(load_settings)
        office = self.context.read(load_office)
        self.office = office.name if office else ""
        self.department = office.department if office else ""
