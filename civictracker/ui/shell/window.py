"""The main window: puts the frame around the rooms and routes what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from civictracker.services.changes import Changes
from civictracker.ui.icons import app_icon
from civictracker.ui.pages.base import Page
from civictracker.ui.shell.actions import add_actions
from civictracker.ui.shell.closing import may_close
from civictracker.ui.shell.dropping import FileDrops
from civictracker.ui.shell.footer import Footer
from civictracker.ui.shell.nav import Navigation
from civictracker.ui.shell.rooms import room_of, tabs_of
from civictracker.ui.shell.sample_bar import SampleBar
from civictracker.ui.shell.topbar import TopBar
from civictracker.ui.theme import theme

if TYPE_CHECKING:
    from civictracker.services.context import Context
    from civictracker.ui.shell.backups import BackupKeeper
    from civictracker.ui.state import State


class _Rooms(QStackedWidget):
    """The rooms fold or scroll where the screen is small; they never make the window larger than it."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class MainWindow(QMainWindow):
    """Shown at once and empty; :meth:`attach` brings the data and the first room."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state: State | None = None
        self.keeper: BackupKeeper | None = None
        self._drops: FileDrops | None = None
        self.asks_before_closing = True  # of what is half typed and cannot be saved
        self.setWindowTitle("채널일지")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(theme.px(1280), room.width()), min(theme.px(800), room.height()))
        self.setMinimumSize(min(theme.px(1080), room.width()), min(theme.px(640), room.height()))
        self.topbar, self.nav, self.footer = TopBar(), Navigation(), Footer()
        self.sample_bar = SampleBar()
        self.stack = _Rooms()
        self._pages: dict[str, Page] = {}
        self._arrange()
        self.nav.chosen.connect(self.open_page)
        theme.dress(self)

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addWidget(self.stack, 1)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.topbar)
        outer.addWidget(self.sample_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.footer)
        body = QWidget()
        body.setLayout(outer)
        self.setCentralWidget(body)

    def attach(self, state: State, page: str = "home") -> None:
        """Bring the opened data in and show ``page``."""
        self.state = state
        self._add_overlays(state)
        self.topbar.stepped.connect(state.step)
        self.topbar.today_wanted.connect(lambda: state.go_to(state.this_week))
        self.topbar.palette_wanted.connect(self.open_palette)
        state.week_leaving.connect(self.finish_input)
        state.week_changed.connect(self._show_week)
        state.settings_changed.connect(self._show_office)
        state.data_changed.connect(self._on_state_data_changed)
        state.page_wanted.connect(self.open_page)
        state.said.connect(self._on_state_said)
        state.undo_wanted.connect(self.undo)
        add_actions(self, state)
        self._show_office()
        self._show_week()
        state.backups_changed.connect(self._show_backup)
        self._show_backup()
        self.sample_bar.own_wanted.connect(state.own_wanted)
        self.sample_bar.setVisible(state.is_sample or state.settings.is_sample)
        self.open_page(page)
        if state.opened.notice:
            self.toast.say(state.opened.notice)

    def _add_overlays(self, state: State) -> None:
        from civictracker.ui.shell.backups import BackupKeeper  # noqa: PLC0415 (after the first paint)
        from civictracker.ui.shell.overlays import Overlays  # noqa: PLC0415
        from civictracker.ui.shell.take_back import TakeBack  # noqa: PLC0415

        made = Overlays(self.centralWidget(), state.context.jobs)
        self.toast, self.palette_box, self.runner = made.toast, made.palette_box, made.runner
        self._back = TakeBack(self)
        self.keeper = BackupKeeper(state, self.runner, self)
        state.setProperty("runner", self.runner)

    # --- rooms --------------------------------------------------------------------------------

    def open_page(self, room: str, detail: object = None) -> None:
        if self.state is None:
            return
        current = self.current_page
        if current is not None and current.id != room:
            current.finish_input()
        page = self.page(room)
        self.stack.setCurrentWidget(page)
        self.nav.set_current(room)
        page.refresh()
        self.footer.show_hint(page.hint)
        page.focus_first()
        if detail is not None:
            page.show_detail(detail)

    def page(self, room: str) -> Page:
        """The room, built when first asked for."""
        assert self.state is not None
        if room not in self._pages:
            made = room_of(room).build(self.state)
            made.add_tabs(tabs_of(room))
            self._pages[room] = made
            self.stack.addWidget(made)
        return self._pages[room]

    @property
    def current_page(self) -> Page | None:
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    @property
    def context(self) -> Context:
        assert self.state is not None
        return self.state.context

    # --- what the frame shows -----------------------------------------------------------------

    def _show_office(self) -> None:
        assert self.state is not None
        self.topbar.show_office(self.state.office, self.state.department)
        office = f"{self.state.office} - " if self.state.office else ""
        self.setWindowTitle(f"{office}채널일지")
        self._show_week()

    def _show_week(self) -> None:
        assert self.state is not None
        self.topbar.show_week(*self.state.week_words, is_now=self.state.week == self.state.this_week)

    def _show_backup(self) -> None:
        assert self.state is not None
        trouble = self.state.backup_trouble or self.state.second_place.trouble
        self.footer.show_backup(self.state.opened.backup, trouble)

    def _on_state_data_changed(self, _changes: Changes) -> None:
        assert self.state is not None
        self.footer.show_saved(self.state.context.saved_at)

    def _on_state_said(self, text: str, changes: Changes | None) -> None:
        if changes is None or changes.log_id is None:
            self.toast.say(text)
        else:
            self.toast.say(text, partial(self._back.once, changes))

    # --- commands -----------------------------------------------------------------------------

    def undo(self) -> None:
        self._back.undo()

    def redo(self) -> None:
        self._back.redo()

    def finish_input(self) -> Page | None:
        """Take what is half typed in the room in view."""
        if (page := self.current_page) is not None:
            page.finish_input()
        return page

    def open_palette(self) -> None:
        if self.state is not None:
            from civictracker.ui.shell.commands import all_commands, search_weeks  # noqa: PLC0415

            state = self.state
            self.palette_box.open(all_commands(self, state), lambda text: search_weeks(state, text))

    # --- files and closing --------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._drops is None and (handle := self.windowHandle()) is not None:
            self._drops = FileDrops(self, self.take_files)
            handle.installEventFilter(self._drops)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files dropped anywhere go to 가져오기; a folder dropped on 취합 stays there."""
        if self.state is not None and paths:
            page = self.current_page
            is_returned = page is not None and page.id == "collect" and paths[0].is_dir()
            room = "collect" if is_returned else "import"
            QTimer.singleShot(0, lambda: self.open_page(room, list(paths)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.state is not None:
            self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.asks_before_closing and not may_close(self, self.current_page):
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def raise_window(self) -> None:
        """Come to the front: a second start asks for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
