"""Running things in turn, so that a machine's moods fall on all of them alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def fresh(code: str, *arguments: str, tree: Path | None = None) -> list[float]:
    """Run ``code`` in a new interpreter; the numbers of its last line. ``T0`` is when it was started.

    ``tree`` is the checkout whose program is run, this one by default.
    """
    started = time.time()
    done = subprocess.run(
        [sys.executable, "-c", f"T0 = {started!r}\n{code}", *arguments],
        capture_output=True, text=True, check=False, cwd=tree,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(word) for word in done.stdout.strip().splitlines()[-1].split()]


def in_turn(things: dict[str, Callable[[], list[float]]], rounds: int) -> dict[str, list[list[float]]]:
    """Every thing once a round, ``rounds`` times after one that does not count."""
    found: dict[str, list[list[float]]] = {name: [] for name in things}
    for turn in range(rounds + 1):
        for name, run in things.items():
            figures = run()
            if turn:
                found[name].append(figures)
    return found


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """``median (min–max) unit``"""
    return f"{median(values):.0f} ({min(values):.0f}–{max(values):.0f}) {unit}"
