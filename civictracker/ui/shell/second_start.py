"""A second start: a window that has the data comes to the front, a command that has it is waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from civictracker.errors import DataFileBusyError, UserError
from civictracker.store.ownership import Ownership
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row

ANSWER_S = 0.8
AGAIN_MS = 500
BUSY = "다른 채널일지 작업이 자료 파일을 쓰고 있습니다. 그 작업이 끝난 뒤에 엽니다."


def is_open_elsewhere(path: Path) -> bool:
    """Does another window or command have the data file? Asked before anything is shown."""
    if not path.exists():
        return False
    owner = Ownership(path)
    try:
        owner.take()
    except UserError as error:
        return isinstance(error, DataFileBusyError)
    owner.release()
    return False


def raise_request(path: Path) -> Path:
    return path.with_name(path.name + "-raise")


def ask_to_raise(path: Path, wait_s: float = ANSWER_S, backup: Path | None = None) -> bool:
    """Ask the window that has ``path`` to come to the front, and to offer ``backup``.

    Did one answer, by emptying the file?
    """
    request = raise_request(path)
    with suppress(OSError):
        request.write_text(f"raise\n{backup or ''}", encoding="utf-8")
        end = time.monotonic() + wait_s
        while time.monotonic() < end:
            if not request.read_text(encoding="utf-8"):
                return True
            time.sleep(0.02)
    return False


class RaiseListener(QObject):
    """Hears a second start; the request is a small file beside the data. ``asked`` tells the backup that
    the person opened, or None."""

    asked = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._request = raise_request(path)
        with suppress(OSError):  # a folder that cannot be written to: nobody is heard
            self._request.write_text("", encoding="utf-8")
        self._watcher = QFileSystemWatcher([str(self._request)], self)
        self._watcher.fileChanged.connect(self._on_watcher_file_changed)

    def _on_watcher_file_changed(self, _path: str) -> None:
        with suppress(OSError):
            if told := self._request.read_text(encoding="utf-8"):
                self._request.write_text("", encoding="utf-8")
                backup = told.partition("\n")[2].strip()
                self.asked.emit(Path(backup) if backup else None)


class BusyDialog(QDialog):
    """Accepted once the data is free; rejected when the person will not wait, or a window came forward."""

    def __init__(self, path: Path, is_busy: Callable[[Path], bool] = is_open_elsewhere) -> None:
        super().__init__()
        self._path, self._is_busy = path, is_busy
        self.setWindowTitle("채널일지")
        box = column(
            label("자료를 다른 작업이 쓰고 있습니다", "title"),
            label(BUSY, wrap=True),
            row(None, button("그만두기", self.reject)),
            spacing=t.S4,
        )
        box.setContentsMargins(*(theme.px(t.S6),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(420))
        theme.dress(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(AGAIN_MS)

    def _look(self) -> None:
        if not self._is_busy(self._path):
            self.accept()
        elif ask_to_raise(self._path, 0.1):
            self.reject()
