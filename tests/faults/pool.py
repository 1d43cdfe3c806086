"""Reads thousands of files the way the program does, without starting a child for each.

A worker takes one file after another until one ends it; then another takes its place and reads that file
again without the reader that died, exactly as :func:`civictracker.sheets.isolated.read_file` would.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from civictracker.errors import SheetError
from civictracker.sheets import isolated, packing
from civictracker.sheets.child import FIGURES, Child
from civictracker.sheets.packing import FileFound
from civictracker.sheets.records import entries

READ, REFUSED, DIED, HUNG, FAULT = "read", "refused", "died", "hung", "fault"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended. ``deaths`` counts the children that it took with it."""

    path: Path
    end: str
    words: str = ""
    tables: int = 0
    deaths: int = 0
    seconds: float = 0.0
    values: str = ""  # every record, to be compared


class _Worker:
    def __init__(self) -> None:
        self._child: Child | None = None

    def ask(self, order: dict[str, Any], seconds: float) -> FileFound | SheetError | str:
        """The answer, or ``died`` or ``hung``."""
        self._child = self._child or Child(FIGURES)
        try:
            answer = self._child.ask(order, seconds=seconds)
        except TimeoutError:
            self.close()
            return HUNG
        if answer is None:
            self.close()
            return DIED
        return packing.unpacked(answer)

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def outcomes(
    paths: Iterable[Path], *, seconds: float = isolated.SECONDS, workers: int = 2, password: str = ""
) -> Iterator[Outcome]:
    """One for each file, in their order."""
    idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    crew = [_Worker() for _ in range(workers)]
    for each in crew:
        idle.put(each)

    def read(path: Path) -> Outcome:
        worker = idle.get()
        try:
            return _outcome(worker, path, seconds, password)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(read, paths)
    finally:
        for each in crew:
            each.close()


def _outcome(worker: _Worker, path: Path, seconds: float, password: str) -> Outcome:
    began = time.monotonic()
    order = {
        "work": FIGURES, "path": str(path), "answers": {"password": password} if password else {},
        "rule": "thursday", "weekday": 4, "careful": False,
    }  # fmt: skip
    told = worker.ask(order, seconds)
    deaths = 0
    if told == DIED:
        deaths = 1
        told = worker.ask({**order, "careful": True}, seconds)
        deaths += told == DIED
    took = time.monotonic() - began
    if isinstance(told, str):
        return Outcome(path, told, deaths=deaths, seconds=took)
    if isinstance(told, SheetError):
        if traces := getattr(told, "__notes__", []):  # our own fault, though a person would see a sentence
            return Outcome(path, FAULT, traces[0].strip(), deaths=deaths, seconds=took)
        return Outcome(path, REFUSED, told.text, deaths=deaths, seconds=took)
    found = told
    values = "\n".join(
        f"{entity}|{metric}|{period.code if period else ''}|{value}"
        for table in found.tables
        for entity, metric, period, value, _ in entries(table.records)
    )
    return Outcome(path, READ, " ".join(found.warnings), len(found.tables), deaths, took, values)
