"""The composition root of the window: opens the data behind a window that is already shown."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from civictracker import log, paths
from civictracker.errors import DataFileBusyError, UserError
from civictracker.ui.shell.second_start import (
    BUSY,
    BusyDialog,
    RaiseListener,
    ask_to_raise,
    is_open_elsewhere,
)
from civictracker.ui.shell.trouble import TroubleTeller
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.theme import system_theme, theme
from civictracker.ui.tokens import ThemeName

if TYPE_CHECKING:
    from civictracker.services.opening import Opened
    from civictracker.ui.state import State

Clock = Callable[[], datetime]


def local_clock() -> datetime:
    """The machine's time with its zone; the only clock there is."""
    return datetime.now().astimezone()


def run_window(
    path: Path, clock: Clock = local_clock, *, sample: bool = False, backup: Path | None = None
) -> int:
    """Show the window on the data file ``path`` until it is closed; the exit status.

    ``backup`` is a file that the person opened, to be offered for restoring.
    """
    if is_open_elsewhere(path):
        if ask_to_raise(path, backup=backup):
            return 0
        if not wait_until_free(path):
            return 1
    application = make_application()
    window = MainWindow()
    window.show()
    session = _Session(window, path, clock, sample=sample, backup=backup)
    application.commitDataRequest.connect(session.leave_at_once)
    QTimer.singleShot(0, session.open)
    status = application.exec()
    session.close()
    return status


def wait_until_free(path: Path) -> bool:
    """A command has the data: say so, and wait for its end as long as the person likes."""
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.write(f"{BUSY}\n")
    make_application()
    return bool(BusyDialog(path).exec())


def make_application() -> QApplication:
    """The application with theme and fonts; one for the process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    application.setApplicationName("CivicTracker")
    application.setApplicationDisplayName("")
    _speak_korean(application)
    name, scale = remembered_look()
    theme.apply(name or system_theme(), scale)
    return application


def _speak_korean(application: QApplication) -> None:
    """Qt's own words, such as those of file dialogs and context menus."""
    translator = QTranslator(application)
    if translator.load("qtbase_ko", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def remembered_look() -> tuple[ThemeName | None, float]:
    """Theme and text size of this computer's user; None follows the system."""
    from civictracker.ui.look import load_look  # noqa: PLC0415 (keeps the first paint early)

    return load_look()


class _Session:
    """One open data file and its window, from start to close."""

    def __init__(
        self, window: MainWindow, path: Path, clock: Clock, *, sample: bool, backup: Path | None = None
    ) -> None:
        self.window, self.path, self.clock, self.sample = window, path, clock, sample
        self._own = (paths.data_file(), local_clock) if sample else (path, clock)
        self.opened: Opened | None = None
        self._listener: RaiseListener | None = None
        self._trouble = TroubleTeller(lambda: self.window)
        self._backup = backup  # that the person opened

    def open(self, *, fresh: bool = False) -> None:
        """``fresh`` makes a new file even where there are backups of a lost one."""
        from civictracker.services.opening import open_data  # noqa: PLC0415 (after the first paint)

        log.start(self.path.parent)
        try:
            self.opened = open_data(self.path, self.clock, actor=user_name(), fresh=fresh)
        except DataFileBusyError:
            if not ask_to_raise(self.path) and wait_until_free(self.path):
                self.open(fresh=fresh)
            else:
                QTimer.singleShot(0, QApplication.quit)
            return
        except UserError as error:
            self._cannot_open(error)
            return
        state = self._attach("home")
        self._watch()
        if self._backup is not None and self.offer(self._backup):
            return
        if not state.office:
            self._first_start(state)
        calm_collector()
        importing = threading.Thread(target=preload, name="preload", daemon=True)
        importing.start()
        self._build_ahead(lambda: not importing.is_alive())

    def _build_ahead(self, may_begin: Callable[[], bool]) -> None:
        from civictracker.ui.shell.ahead import Ahead  # noqa: PLC0415 (after the first paint)

        Ahead(self.window, may_begin)  # lives and dies with the window

    def _attach(self, room: str) -> State:
        from civictracker.ui.shell.reminders import Reminders  # noqa: PLC0415 (after the first paint)
        from civictracker.ui.shell.waking import DayKeeper  # noqa: PLC0415
        from civictracker.ui.state import State  # noqa: PLC0415

        assert self.opened is not None
        state = State(self.opened, sample=self.sample)
        state.restore_wanted.connect(self.restore)
        state.own_wanted.connect(lambda: QTimer.singleShot(0, self.go_own))
        state.rebuild_wanted.connect(lambda: QTimer.singleShot(0, self.rebuild))
        self.window.attach(state, room)
        self._reminders = Reminders(self.window, state)  # lives and dies with the window
        self._days = DayKeeper(self.window, state)
        return state

    def offer(self, backup: Path) -> bool:
        """Ask whether to go back to ``backup``; was it restored?"""
        from civictracker.ui.shell.backup_offer import BackupOffer  # noqa: PLC0415

        self._backup = None
        assert self.window.state is not None
        if not BackupOffer(self.window, backup, is_first=not self.window.state.office).exec():
            return False
        self.restore(backup)
        return True

    def leave_at_once(self, *_manager: object) -> None:
        """Windows is shutting down or signing off: take what is half typed, and ask nothing."""
        if self.window.state is not None:
            QGuiApplication.inputMethod().commit()
            self.window.finish_input()
        self.window.asks_before_closing = False

    def rebuild(self) -> None:
        """Lay the window out again on the same data, for another text size."""
        old, state = self.window, self.window.state
        page = old.current_page
        self.window = MainWindow()
        self.window.setGeometry(old.geometry())
        fresh = self._attach(page.id if page else "home")
        if state is not None:
            fresh.go_to(state.week)
        self.window.show()
        old.asks_before_closing = False
        old.close()
        old.deleteLater()

    def restore(self, source: Path) -> None:
        """Put a backup in the place of the data and open it; the data so far stays beside it."""
        from civictracker.services.upkeep import backup_now, restore_backup  # noqa: PLC0415

        assert self.opened is not None and self.window.state is not None  # noqa: PT018
        try:
            backup_now(self.opened.context, "restore")
            self.opened.context.close()
            kept = restore_backup(source, self.path, self.clock())
        except UserError as error:
            self.close()
            self.switch(self.path, sample=self.sample)
            self.window.toast.say(error.text)
            return
        self.switch(self.path, sample=self.sample)
        where = f" 지금까지의 자료는 ‘{kept.name}’에 남겨 두었습니다." if kept else ""
        self.window.toast.say(f"복원했습니다.{where}")

    def _cannot_open(self, error: UserError) -> None:
        from civictracker.ui.shell.rescue import RescueDialog  # noqa: PLC0415

        dialog = RescueDialog(self.window, self.path, error, self.clock)
        if dialog.exec():
            self.open(fresh=dialog.wants_new)
        else:
            QTimer.singleShot(0, QApplication.quit)

    def _first_start(self, state: State) -> None:
        from civictracker.ui.shell.welcome import WelcomeDialog  # noqa: PLC0415

        dialog = WelcomeDialog(self.window, self.path, self.clock)
        if not dialog.exec():
            return
        if dialog.backup is not None:
            self.restore(dialog.backup)
        elif dialog.chosen_file is not None:
            self.switch(dialog.chosen_file, sample=dialog.is_sample)
        else:
            dialog.save_into(state)

    def go_own(self) -> None:
        """From the sample to the person's own data, which may be new."""
        path, self.clock = self._own
        self.switch(path, sample=False)

    def switch(self, path: Path, *, sample: bool) -> None:
        """Let go of this file and open another in a fresh window."""
        geometry = self.window.geometry()
        self.close()
        self.window.asks_before_closing = False
        self.window.close()
        self.window.deleteLater()
        self.path, self.sample, self.window = path, sample, MainWindow()
        if sample:
            from civictracker.services.sample import sample_now  # noqa: PLC0415

            self.clock = sample_now
        self.window.setGeometry(geometry)
        self.window.show()
        self.open()

    def _watch(self) -> None:
        self._listener = RaiseListener(self.path)
        self._listener.asked.connect(self._come_forward)

    def _come_forward(self, backup: Path | None = None) -> None:
        self.window.raise_window()
        if backup is not None and QApplication.activeModalWidget() is None:
            self.offer(backup)

    def close(self) -> None:
        if self._listener is not None:
            self._listener.deleteLater()
            self._listener = None
        if self.opened is not None:
            from civictracker.services.upkeep import last_backup  # noqa: PLC0415

            keeper = self.window.keeper
            self.opened.context.jobs.close()
            last_backup(self.opened, is_hanging=keeper is not None and keeper.is_hanging)
            self.opened.close(keep_backup=False)
            self.opened = None


def preload() -> None:
    """Import the rooms not yet seen and what they need, beside the window and not before it."""
    from civictracker.ui.shell.rooms import ROOMS  # noqa: PLC0415 (after the first paint)

    for room in ROOMS:
        room.load()


def calm_collector() -> None:
    """Leave what start-up made alone and collect less often: a screen makes 10,000 objects that live
    for milliseconds, and looking through all others for each of them costs half the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def user_name() -> str:
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""


def settle(application: QApplication, seconds: float = 0.25) -> None:
    """Let a room finish what it does in later turns: reading beside the window, laying out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)


def render_rooms(
    path: Path,
    clock: Clock,
    folder: Path,
    *,
    themes: Sequence[str] = ("light",),
    scales: Sequence[float] = (1.0,),
) -> list[Path]:
    """Pictures of every room on the data file ``path``, as ``ROOM-THEME-SCALE.png``."""
    from civictracker.services.opening import open_data  # noqa: PLC0415
    from civictracker.ui.shell.rooms import ROOMS  # noqa: PLC0415
    from civictracker.ui.state import State  # noqa: PLC0415

    application = make_application()
    opened = open_data(path, clock)
    made: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for name in themes:
            for scale in scales:
                theme.apply(ThemeName(name), scale)
                window = MainWindow()
                window.asks_before_closing = False  # nobody is there to answer
                window.attach(State(opened, sample=True))
                window.resize(round(1280 * scale), round(800 * scale))
                window.show()
                for room in ROOMS:
                    window.open_page(room.id)
                    settle(application)
                    target = folder / f"{room.id}-{name}-{round(scale * 100)}.png"
                    window.grab().save(str(target))
                    made.append(target)
                window.close()
                window.deleteLater()
    finally:
        opened.close(keep_backup=False)
    return made
