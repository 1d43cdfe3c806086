"""Foreign files are read in a child process: a reader that hangs, panics or eats memory dies alone.

The child is this module run with ``-m``; it gets one JSON line and answers with one JSON document.
Its end, whatever it is, becomes one plain sentence in the parent.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from civictracker.domain.weeks import WeekNaming, WeekRule
from civictracker.errors import CancelledError, SheetError
from civictracker.sheets import packing, spare
from civictracker.sheets.containers import read_grids
from civictracker.sheets.packing import FileFound, SheetView, TableFound
from civictracker.sheets.sniff import sniff
from civictracker.sheets.understand import Understanding, understand

__all__ = ["FileFound", "SheetView", "Stopper", "TableFound", "cell_of", "read_file"]

SECONDS = 60
MEMORY = 3_000_000_000


class Stopper:
    """Lets another thread end the child (취소)."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self.stopped = threading.Event()

    def watch(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        if self.stopped.is_set():
            child.kill()

    def stop(self) -> None:
        self.stopped.set()
        if self._child is not None:
            self._child.kill()


def read_file(
    path: Path,
    *,
    answers: dict[str, str] | None = None,
    naming: WeekNaming | None = None,
    stopper: Stopper | None = None,
    seconds: float = SECONDS,
) -> FileFound:
    """Read and understand ``path`` in a child. Raises SheetError or CancelledError."""
    sniff(path)  # cheap, and its sentences are the best ones
    naming = naming or WeekNaming()
    order = {
        "path": str(path), "answers": answers or {}, "rule": naming.rule.value,
        "weekday": naming.base_weekday,
    }  # fmt: skip
    child = spare.take()
    if stopper is not None:
        stopper.watch(child)
    try:
        out, _ = child.communicate(json.dumps(order).encode(), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise SheetError(
            f"‘{path.name}’을(를) {seconds:g}초 안에 읽지 못했습니다.",
            "필요한 시트만 남겨 다시 저장한 뒤 골라 주세요.",
        ) from error
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if stopper is not None and stopper.stopped.is_set():
        raise CancelledError
    return _answer(path, child.returncode, out)


def _answer(path: Path, code: int, out: bytes) -> FileFound:
    if code != 0 or not out:
        raise SheetError(
            f"‘{path.name}’은(는) 지나치게 크거나 깨져 있어 읽을 수 없습니다.",
            "엑셀에서 열어 필요한 부분만 새 파일로 저장한 뒤 골라 주세요.",
        )
    told = packing.unpacked(out)
    if isinstance(told, SheetError):
        raise told
    return told


# --- the child --------------------------------------------------------------------------------


def _main() -> None:
    message = sys.stdin.buffer.read()
    if not message:
        return  # a spare that was never needed
    order = json.loads(message)
    gc.disable()  # a short life with a million cells that all stay: looking for garbage is a third of it
    _limit_memory()
    naming = WeekNaming(WeekRule(order["rule"]), order["weekday"])
    try:
        told = packing.packed(_understood(Path(order["path"]), order["answers"], naming))
    except SheetError as error:
        told = packing.packed_error(error)
    except MemoryError:
        hint = "필요한 시트만 남겨 다시 저장해 주세요."
        told = packing.packed_error(SheetError("파일이 지나치게 커서 읽을 수 없습니다.", hint))
    for part in told:
        sys.stdout.buffer.write(part)


def _limit_memory() -> None:
    """A ceiling where the system offers one; on Windows the time limit alone must do."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _understood(path: Path, answers: dict[str, str], naming: WeekNaming) -> Understanding:
    container = sniff(path)
    grids, encoding = read_grids(path, container, password=answers.get("password", ""))
    return understand(
        grids, file=path.name, container=container, encoding=encoding, answers=answers, naming=naming
    )


def cell_of(table: TableFound, at: int) -> str:
    """Where a record stands, with its sheet: ``운영현황!E14``."""
    return f"{table.sheet}!{table.records.cell(at)}"


if __name__ == "__main__":
    _main()
    sys.stdout.flush()
    os._exit(0)  # everything is said; taking a million cells apart one by one would take longer than reading
