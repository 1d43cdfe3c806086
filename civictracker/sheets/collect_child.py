"""Returned forms are read in a child process, and many by one child: starting Python takes thirty times
longer than reading a form.

The child is this module run with ``-m``: a line with a path in, a line of JSON out. A file that ends it,
or takes too long, becomes one plain sentence, and the next file gets a new child.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from civictracker.errors import CancelledError, SheetError
from civictracker.sheets.limits import limit_memory
from civictracker.sheets.sniff import sniff

SECONDS = 30.0  # a form is small: what takes longer is none
MEMORY = 3_000_000_000


class FormReader:
    """One child, started when there is something to read. :meth:`stop` may come from another thread."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()

    def read(self, path: Path, *, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """The forms in ``path`` (``collect_return.Returned`` as JSON). Raises SheetError, CancelledError."""
        if self._stopped.is_set():
            raise CancelledError
        sniff(path)  # cheap, and its sentences are the best ones
        line = self._asked(path, seconds)
        if self._stopped.is_set():
            raise CancelledError
        if not line:
            self._end()
            raise SheetError(
                f"‘{path.name}’은(는) 지나치게 크거나 깨져 있어 읽을 수 없습니다.", "원본을 다시 받아 주세요."
            )
        told = json.loads(line)
        if "error" in told:
            raise SheetError(*told["error"])
        forms: list[dict[str, Any]] = told["forms"]
        return forms

    def _asked(self, path: Path, seconds: float) -> bytes:
        """The child's answer; nothing when it died or had to be ended."""
        child = self._child
        if child is None or child.poll() is not None:
            self._end()
            child = self._child = _started()
        assert child.stdin is not None
        assert child.stdout is not None
        watch = threading.Timer(seconds, child.kill)
        watch.start()
        try:
            child.stdin.write(json.dumps(str(path)).encode() + b"\n")
            child.stdin.flush()
            return child.stdout.readline()
        except OSError:
            return b""
        finally:
            watch.cancel()

    def stop(self) -> None:
        self._stopped.set()
        if (child := self._child) is not None:
            child.kill()

    def close(self) -> None:
        self._stopped.set()
        self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with suppress(OSError):  # what was not yet sent has nowhere to go
                child.communicate()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "civictracker.sheets.collect_child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


# --- the child --------------------------------------------------------------------------------


def _main() -> None:
    limit_memory(MEMORY)
    for line in sys.stdin.buffer:
        try:
            told: dict[str, Any] = {"forms": _forms(Path(json.loads(line)))}
        except SheetError as error:
            told = {"error": [str(error), error.hint]}
        except MemoryError:
            told = {"error": ["파일이 지나치게 커서 읽을 수 없습니다.", "원본을 다시 받아 주세요."]}
        sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()


def _forms(path: Path) -> list[dict[str, Any]]:
    from civictracker.sheets.collect_return import returned_forms  # noqa: PLC0415 (the parent does without)
    from civictracker.sheets.containers import read_grids  # noqa: PLC0415

    grids, _ = read_grids(path, sniff(path))
    return [asdict(found) for _, found, _ in returned_forms(grids)]


if __name__ == "__main__":
    _main()
