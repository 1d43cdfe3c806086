"""Returned forms are read in a child process, and many by one child: starting Python takes thirty times
longer than reading a form.

A file that ends the child, or takes too long, becomes one plain sentence, and the next file gets a new one.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from civictracker.errors import CancelledError, SheetError
from civictracker.sheets.child import FORMS, Child, Order, Part
from civictracker.sheets.sniff import sniff

SECONDS = 30.0  # a form is small: what takes longer is none


class FormReader:
    """One child, started when there is something to read. :meth:`stop` may come from another thread."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._stopped = threading.Event()

    def read(self, path: Path, *, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """The forms in ``path`` (``collect_return.Returned`` as JSON). Raises SheetError, CancelledError."""
        if self._stopped.is_set():
            raise CancelledError
        sniff(path)  # cheap, and its sentences are the best ones
        answer = self._asked(path, seconds)
        if self._stopped.is_set():
            raise CancelledError
        if answer is None:
            self._end()
            raise SheetError(
                f"‘{path.name}’은(는) 지나치게 크거나 깨져 있어 읽을 수 없습니다.", "원본을 다시 받아 주세요."
            )
        told = json.loads(answer)
        if "error" in told:
            raise SheetError(*told["error"])
        forms: list[dict[str, Any]] = told["forms"]
        return forms

    def _asked(self, path: Path, seconds: float) -> bytes | None:
        """The child's answer; None when it died or had to be ended."""
        if self._child is None or not self._child.is_alive:
            self._end()
            self._child = Child(FORMS)
        try:
            return self._child.ask({"work": FORMS, "path": str(path)}, seconds=seconds)
        except TimeoutError:
            return None

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
            child.end()


# --- the child --------------------------------------------------------------------------------


def answered(order: Order) -> list[Part]:
    """The child's whole work: the forms in a file, or why there are none."""
    try:
        told: dict[str, Any] = {"forms": _forms(Path(order["path"]))}
    except SheetError as error:
        told = {"error": [str(error), error.hint]}
    except MemoryError:
        told = {"error": ["파일이 지나치게 커서 읽을 수 없습니다.", "원본을 다시 받아 주세요."]}
    return [json.dumps(told, ensure_ascii=False).encode()]


def _forms(path: Path) -> list[dict[str, Any]]:
    from civictracker.sheets.collect_return import returned_forms  # noqa: PLC0415 (the parent does without)
    from civictracker.sheets.containers import read_grids  # noqa: PLC0415

    grids, _ = read_grids(path, sniff(path))
    return [asdict(found) for _, found, _ in returned_forms(grids)]
