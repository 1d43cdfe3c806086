"""Long work on one worker thread, cancelable, polled by the window.

Nothing here knows Qt: a timer of the window calls :meth:`Jobs.poll`, and callbacks run there. What may
never come back, such as a write to a network share, runs aside: on a thread of its own that neither the
other jobs nor the end of the program wait for, and that is given up after a time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from civictracker.errors import CancelledError, TooSlowError, UserError

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
    deadline: float | None = None  # on the monotonic clock, for what runs aside


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

    def start_aside(
        self,
        title: str,
        work: Callable[[CancelToken], T],
        on_done: Callable[[T], None],
        on_error: Callable[[BaseException], None],
        *,
        limit_s: float,
    ) -> Job:
        """As :meth:`start`, beside the queue; after ``limit_s`` it has failed with TooSlowError.

        Its thread cannot be stopped: ``future`` tells whether it still hangs.
        """
        token = CancelToken(title)
        future = _on_its_own_thread(lambda: work(token))
        job = Job(title, token, future, on_done, on_error, time.monotonic() + limit_s)
        self._running.append(job)
        return job

    @property
    def current(self) -> Job | None:
        """What the worker is at; work that runs aside is nobody's to wait for."""
        return next((job for job in self._running if job.deadline is None), None)

    def poll(self) -> bool:
        """Call back for what has ended; True while anything is still under way."""
        now = time.monotonic()
        for job in list(self._running):
            is_late = job.deadline is not None and now > job.deadline
            if not (job.future.done() or is_late):
                continue
            self._running.remove(job)
            error = job.future.exception() if job.future.done() else TooSlowError("응답이 없습니다.")
            if error is None:
                job.on_done(job.future.result())
                continue
            if not isinstance(error, CancelledError):
                ours = None if isinstance(error, UserError) else error
                _log.warning("job %r: %s", job.title, type(error).__name__, exc_info=ours)
            job.token.cancel()
            job.on_error(error)
        return bool(self._running)

    def close(self) -> None:
        """Stop what runs and wait for it: an apply that is under way commits or rolls back.

        What runs aside is only told to stop.
        """
        for job in self._running:
            job.token.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()


def bounded(work: Callable[[], T], seconds: float) -> T:
    """What ``work`` gives, waited for no longer than ``seconds``. Raises TooSlowError, or what it raises."""
    future = _on_its_own_thread(work)
    try:
        return future.result(timeout=seconds)
    except TimeoutError as error:
        if future.done():
            raise
        raise TooSlowError("응답이 없습니다.") from error


def _on_its_own_thread(work: Callable[[], T]) -> Future[T]:
    """A daemon: the program may end while it hangs in a call to the system."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # handed over to whoever asks
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return future
