"""The one runner of children that read foreign files: a reader that hangs, panics or eats memory dies alone.

A child is this module run with ``-m`` and the names of the works it will be asked for. A line of JSON goes
in (``{"work": …}``), a length and that many bytes come out; it goes on until its input closes. One child is
kept ready: starting Python takes longer than reading most files. When this process ends, however it does,
the inputs close and the children end too.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Self

from civictracker.sheets.limits import limit_memory

MEMORY = 3_000_000_000
FIGURES, FORMS = "figures", "forms"
_WORKS = {FIGURES: "isolated", FORMS: "collect_child"}  # the module here whose ``answered`` does it
_LENGTH = struct.Struct("<Q")

Order = dict[str, Any]
Part = bytes | memoryview


class Child:
    """A running child, ready for the works it was started with; others cost an import."""

    def __init__(self, *works: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own words, and no shell)
            [sys.executable, "-m", "civictracker.sheets.child", *works],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, order: Order, *, seconds: float, is_last: bool = False) -> bytes | None:
        """The answer; None when the child died over it. Raises TimeoutError, and then it is dead too.

        After the ``is_last`` order the child ends by itself.
        """
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self.kill()

        watch = threading.Timer(max(0.05, seconds), give_up)
        watch.start()
        try:
            answer = self._answer(order, is_last=is_last)
        finally:
            watch.cancel()
        if answer is None and late.is_set():
            raise TimeoutError
        return answer

    def _answer(self, order: Order, *, is_last: bool) -> bytes | None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.flush()
            if is_last:
                stdin.close()
            head = stdout.read(_LENGTH.size)
            if len(head) < _LENGTH.size:
                return None
            (length,) = _LENGTH.unpack(head)
            answer = stdout.read(length)
        except (OSError, MemoryError, OverflowError):  # it fell silent, or speaks of something else
            return None
        return answer if len(answer) == length else None

    def kill(self) -> None:
        """May come from another thread: who waits for an answer gets none."""
        self._process.kill()

    def end(self) -> None:
        """Kill it and forget it; a second time does nothing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not yet sent has nowhere to go
                    pipe.close()


class Stopper:
    """Lets another thread end the child that is at work (취소)."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self.stopped = threading.Event()

    def watch(self, child: Child) -> None:
        self._child = child
        if self.stopped.is_set():
            child.kill()

    def stop(self) -> None:
        self.stopped.set()
        if (child := self._child) is not None:
            child.kill()


# --- one kept ready ---------------------------------------------------------------------------

_lock = threading.Lock()
_spare: list[Child] = []


def warm_up() -> None:
    """See to it that a child is ready. Takes a few milliseconds; the child gets ready beside us."""
    with _lock:
        if not (_spare and _spare[0].is_alive):
            _spare[:] = [Child(FIGURES)]


def take() -> Child:
    """The spare child, or a new one."""
    with _lock:
        child = _spare.pop() if _spare else None
    if child is not None and child.is_alive:
        return child
    if child is not None:
        child.end()
    return Child(FIGURES)


@atexit.register
def cool_down() -> None:
    """End the spare child, if there is one."""
    with _lock:
        child = _spare.pop() if _spare else None
    if child is not None:
        child.end()


# --- the child --------------------------------------------------------------------------------


def _work(name: str) -> Callable[[Order], Iterable[Part]]:
    module = importlib.import_module(f"civictracker.sheets.{_WORKS[name]}")
    answered: Callable[[Order], Iterable[Part]] = module.answered
    return answered


def serve(works: Iterable[str]) -> None:
    """Answer orders until there are no more."""
    for name in works:
        _work(name)
    # A million cells that all stay: looking for garbage among them is a third of the reading.
    gc.disable()
    gc.freeze()
    limit_memory(MEMORY)
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        order = json.loads(line)
        parts = [memoryview(part) for part in _work(order["work"])(order)]
        out.write(_LENGTH.pack(sum(part.nbytes for part in parts)))
        for part in parts:
            out.write(part)
        out.flush()
        del parts
        gc.collect()


if __name__ == "__main__":
    serve(sys.argv[1:])
    os._exit(0)  # everything is said; taking a million cells apart one by one would take longer than reading
