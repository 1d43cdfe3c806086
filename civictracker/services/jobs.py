"""Long work on one worker thread, cancelable, polled by the window.

Nothing here knows Qt: a timer of the window calls :meth:`Jobs.poll`, and callbacks run there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from civictracker.errors import CancelledError

T = TypeVar("T")
_log = logging.getLogger("civictracker.jobs")


@dataclass(slots=True)
class CancelToken:
    """Carries progress out of a job and the wish to stop into it."""

    words: str = ""
    fraction: float | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _hooks: list[Callable[[], object]] = field(default_factory=list)

    def cancel(self) -> None:
        self._stop.set()
        for hook in self._hooks:
            hook()

    def on_cancel(self, hook: Callable[[], object]) -> None:
        """Call ``hook`` when told to stop, such as one that ends a child process."""
        self._hooks.append(hook)
        if self._stop.is_set():
            hook()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def report(self, words: str, fraction: float | None = None) -> None:
        """Say what is happening and how far (0 to 1). Raises CancelledError when told to stop."""
        self.words, self.fraction = words, fraction
        self.check()

    def check(self) -> None:
        if self._stop.is_set():
            raise CancelledError


@dataclass(slots=True)
class Job:
    title: str
    token: CancelToken
    future: Future[Any]
    on_done: Callable[[Any], None]
    on_error: Callable[[BaseException], None]


class Jobs:
    """One thing at a time, in order."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._running: list[Job] = []

    def start(
        self,
        title: str,
        work: Callable[[CancelToken], T],
        on_done: Callable[[T], None],
        on_error: Callable[[BaseException], None],
    ) -> Job:
        token = CancelToken(title)
        job = Job(title, token, self._pool.submit(work, token), on_done, on_error)
        self._running.append(job)
        return job

    @property
    def current(self) -> Job | None:
        return self._running[0] if self._running else None

    def poll(self) -> bool:
        """Call back for what has ended; True while anything is still under way."""
        for job in [job for job in self._running if job.future.done()]:
            self._running.remove(job)
            error = job.future.exception()
            if error is None:
                job.on_done(job.future.result())
            else:
                if not isinstance(error, CancelledError):
                    _log.warning("job %r: %s", job.title, type(error).__name__)
                job.on_error(error)
        return bool(self._running)

    def close(self) -> None:
        """Stop what runs and wait for it: an apply that is under way commits or rolls back."""
        for job in self._running:
            job.token.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()
