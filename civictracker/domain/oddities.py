"""Figures that do not look like their channel: robust, and each with what it may be instead.

A weekly change is held against the median of the changes before it, in units of their median
absolute deviation (MAD, scaled to a standard deviation by 1.4826): one slip in the past does not
make the next one look normal. Fewer than eight changes tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from statistics import median

from civictracker.domain.series import slip

FEWEST = 8  # changes that must be known
LONGEST = 52  # weeks that are looked back on
_K_LEVEL, _K_FLOW = 8.0, 5.0
_SCALE = 1.4826
_LEAST_SHARE = 0.006  # of the level: what a calm channel may always do
_LEAST = 8
_LEAST_LOG = 0.25  # flows swing by a third without being odd
_STUCK, _MOVES = 3, 0.9


@dataclass(frozen=True, slots=True)
class Oddity:
    """``kind``: tenfold, swap, column, stuck, fall or jump; ``low`` to ``high`` was to be expected."""

    kind: str
    value: int
    last: int
    low: int
    high: int
    instead: int | None = None  # what was perhaps meant
    weeks: int = 0  # of a value that stands still

    @property
    def change(self) -> int:
        return self.value - self.last


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The median and the scaled MAD."""
    middle = median(values)
    return middle, _SCALE * median([abs(value - middle) for value in values])


def odd_level(history: Sequence[int | None], value: int, others: Iterable[int] = ()) -> Oddity | None:
    """``value`` against the weekly levels before it (None where a week has none), oldest first.

    ``others`` are the newest levels of other channels: a value of theirs here is a slip of the column.
    """
    known = [each for each in history[-LONGEST - 1 :] if each is not None]
    if not known:
        return None
    last = known[-1]
    changes = _weekly_changes(history[-LONGEST - 1 :])
    if (found := slip(value, last)) is not None:
        factor = found.factor
        return Oddity("tenfold", value, last, last, last, int(value / factor) if factor else None)
    if len(changes) < FEWEST:
        return None
    middle, deviation = spread(changes)
    gap = _gap(history)
    room = max(_K_LEVEL * deviation, last * _LEAST_SHARE, _LEAST) * gap**0.5
    expected = last + middle * gap
    low, high = int(expected - room), int(expected + room) + 1
    if low <= value <= high:
        return _stuck(history, value, changes, low, high)
    kind, instead = _meant(value, low, high, others)
    return Oddity(kind or ("fall" if value < last else "jump"), value, last, low, high, instead)


def _weekly_changes(history: Sequence[int | None]) -> list[float]:
    """Changes by the week; one over a gap is shared out over its weeks."""
    changes: list[float] = []
    last, at_last = None, 0
    for at, value in enumerate(history):
        if value is None:
            continue
        if last is not None:
            changes += [(value - last) / (at - at_last)] * (at - at_last)
        last, at_last = value, at
    return changes


def _gap(history: Sequence[int | None]) -> int:
    """Weeks from the last known level to the value."""
    back = next((at for at, value in enumerate(reversed(history)) if value is not None), 0)
    return back + 1


def _meant(value: int, low: int, high: int, others: Iterable[int]) -> tuple[str, int | None]:
    """What was perhaps meant: two digits the other way round, or another channel's figure."""
    if value in others:
        return "column", None
    digits = list(str(value))
    for at in range(len(digits) - 1):
        swapped = digits.copy()
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        if swapped != digits and swapped[0] != "0" and low <= int("".join(swapped)) <= high:
            return "swap", int("".join(swapped))
    return "", None


def _stuck(
    history: Sequence[int | None], value: int, changes: Sequence[float], low: int, high: int
) -> Oddity | None:
    """The same figure week after week, on a channel that otherwise always moves."""
    run = 1
    for each in reversed(history):
        if each != value:
            break
        run += 1
    before = changes[: len(changes) - run + 1]
    moving = sum(1 for change in before if change)
    if run < _STUCK or len(before) < FEWEST or moving < _MOVES * len(before) or value < 500:
        return None
    return Oddity("stuck", value, value, low, high, weeks=run)


def odd_flow(history: Sequence[int | None], value: int) -> Oddity | None:
    """A week's flow (조회수) against the weeks before: by ratio, for flows swing with their size."""
    known = [each for each in history[-LONGEST:] if each is not None and each > 0]
    if len(known) < FEWEST or value <= 0:
        return None
    middle, deviation = spread([log(each) for each in known])
    room = max(_K_FLOW * deviation, _LEAST_LOG * 4)
    low, high = 2.718281828 ** (middle - room), 2.718281828 ** (middle + room)
    if low <= value <= high or max(value, median(known)) < 100:
        return None
    return Oddity("fall" if value < low else "jump", value, known[-1], int(low), int(high))
