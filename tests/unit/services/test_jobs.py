"""Long work on one thread: in order, cancelable, called back only by the poll."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from civictracker.errors import CancelledError, TooSlowError
from civictracker.services.jobs import CancelToken, Jobs, bounded


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


class Heard:
    def __init__(self) -> None:
        self.done: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: set[str] = set()

    def on_done(self, result: object) -> None:
        self.done.append(result)
        self.threads.add(threading.current_thread().name)

    def on_error(self, error: BaseException) -> None:
        self.errors.append(error)
        self.threads.add(threading.current_thread().name)


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.005)


def finish(jobs: Jobs) -> None:
    until(lambda: not jobs.poll())


def test_results_come_back_on_the_pollers_thread_and_in_order(jobs: Jobs) -> None:
    heard = Heard()
    for number in range(5):
        jobs.start(f"{number}", lambda _token, number=number: number, heard.on_done, heard.on_error)
    finish(jobs)
    assert heard.done == [0, 1, 2, 3, 4]
    assert heard.threads == {threading.current_thread().name}
    assert jobs.current is None


def test_an_error_is_handed_over(jobs: Jobs) -> None:
    heard = Heard()
    jobs.start("bad", lambda _token: 1 // 0, heard.on_done, heard.on_error)
    finish(jobs)
    assert [type(error) for error in heard.errors] == [ZeroDivisionError]
    assert heard.done == []


def test_progress_comes_out_and_the_wish_to_stop_goes_in(jobs: Jobs) -> None:
    heard = Heard()

    def work(token: CancelToken) -> None:
        while True:
            token.report("읽는 중", 0.5)
            time.sleep(0.001)

    job = jobs.start("가져오기", work, heard.on_done, heard.on_error)
    until(lambda: job.token.words == "읽는 중")
    assert (job.token.fraction, jobs.current, job.token.is_cancelled) == (0.5, job, False)
    job.token.cancel()
    finish(jobs)
    assert [type(error) for error in heard.errors] == [CancelledError]


def test_closing_waits_for_what_is_under_way() -> None:
    jobs, ended = Jobs(), threading.Event()

    def work(token: CancelToken) -> None:
        while not token.is_cancelled:
            time.sleep(0.001)
        time.sleep(0.05)  # as a commit would
        ended.set()

    heard = Heard()
    jobs.start("a", work, heard.on_done, heard.on_error)
    jobs.start("b", work, heard.on_done, heard.on_error)
    jobs.close()
    assert ended.is_set()
    assert not jobs.poll()


def test_what_runs_aside_is_given_up_and_others_go_on(jobs: Jobs) -> None:
    gate, heard = threading.Event(), Heard()
    slow = jobs.start_aside("share", lambda _token: gate.wait(20), heard.on_done, heard.on_error, limit_s=0.1)
    assert jobs.current is None
    jobs.start("other", lambda _token: "other", heard.on_done, heard.on_error)
    finish(jobs)
    assert heard.done == ["other"]
    assert [type(error) for error in heard.errors] == [TooSlowError]
    assert not slow.future.done()
    gate.set()
    until(slow.future.done)
    assert not jobs.poll()
    assert heard.done == ["other"]


def test_waiting_is_bounded() -> None:
    gate = threading.Event()
    with pytest.raises(TooSlowError):
        bounded(lambda: gate.wait(20), 0.05)
    gate.set()
    assert bounded(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        bounded(lambda: 1 // 0, 5)


def test_the_program_ends_while_something_still_hangs() -> None:
    program = (
        "import threading\n"
        "from civictracker.services.jobs import Jobs\n"
        "jobs = Jobs()\n"
        "jobs.start_aside('share', lambda _t: threading.Event().wait(), print, print, limit_s=60)\n"
        "jobs.close()\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == 0
