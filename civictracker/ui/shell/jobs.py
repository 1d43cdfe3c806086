"""Progress of long work: polls the job runner and shows it once it takes longer than 0.6 s."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from civictracker.services.jobs import CancelToken, Job, Jobs
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row

T = TypeVar("T")
PATIENCE_S = 0.6
POLL_MS = 50


class JobPanel(QFrame):
    """What is happening, how far, and 취소."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.words = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("진행")
        self.cancel = button("취소")
        box = column(self.words, self.bar)
        outer = row(spacing=t.S4)
        outer.addLayout(box, 1)
        outer.addWidget(self.cancel)
        outer.setContentsMargins(*(theme.px(t.S4),) * 4)
        self.setLayout(outer)
        self.hide()

    def show_progress(self, words: str, fraction: float | None) -> None:
        self.words.setText(words)
        self.bar.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.bar.setValue(round(fraction * 100))
        area = self.parentWidget()
        if area is not None:
            self.setFixedWidth(min(theme.px(440), area.width() - theme.px(40)))
            self.adjustSize()
            self.move((area.width() - self.width()) // 2, (area.height() - self.height()) // 3)
        self.show()
        self.raise_()


class JobRunner(QObject):
    """Starts jobs and calls back on the window's thread."""

    def __init__(self, jobs: Jobs, panel: JobPanel) -> None:
        super().__init__()
        self._jobs, self._panel = jobs, panel
        self._started: dict[int, float] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        panel.cancel.clicked.connect(self._on_cancel_clicked)
        panel.destroyed.connect(self._timer.stop)  # its window is gone, and nobody waits any more

    def start(
        self,
        title: str,
        work: Callable[[CancelToken], T],
        on_done: Callable[[T], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        job = self._jobs.start(title, work, on_done, on_error)
        self._started[id(job)] = time.monotonic()
        self._timer.start()

    def start_aside(
        self,
        title: str,
        work: Callable[[CancelToken], T],
        on_done: Callable[[T], None],
        on_error: Callable[[BaseException], None],
        *,
        limit_s: float,
    ) -> Job:
        """What may hang and nobody waits for: it shows no progress, and fails after ``limit_s``."""
        job = self._jobs.start_aside(title, work, on_done, on_error, limit_s=limit_s)
        self._timer.start()
        return job

    def _on_timer_timeout(self) -> None:
        is_busy = self._jobs.poll()
        job = self._jobs.current
        if not is_busy:
            self._timer.stop()
        if job is None:
            self._panel.hide()
            return
        if time.monotonic() - self._started.get(id(job), 0.0) > PATIENCE_S:
            words = "취소하는 중입니다 …" if job.token.is_cancelled else job.token.words
            self._panel.show_progress(words, job.token.fraction)

    def _on_cancel_clicked(self) -> None:
        if (job := self._jobs.current) is not None:
            job.token.cancel()
