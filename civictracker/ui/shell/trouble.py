"""An error that nobody expected: told once, with the way to its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from civictracker import log

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow

SENTENCE = (
    "예상하지 못한 오류가 났습니다. 저장된 값은 그대로입니다. 되풀이되면 기록을 담당자에게 보내 주세요."
)


class TroubleTeller(QObject):
    """Errors come from any thread, and from Qt's slots; the message comes on the window's."""

    _happened = Signal()

    def __init__(self, window: Callable[[], MainWindow]) -> None:
        super().__init__()
        self._window = window
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        log.hear(self._happened.emit)

    def _tell(self) -> None:
        window = self._window()
        if window.state is not None:
            window.toast.say(SENTENCE, open_log, "기록 보기")


def open_log() -> None:
    """Show the folder of the log in the system's file manager."""
    folder = log.folder()
    if folder is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
