"""When a round number is reached: past ones found, the next one foreseen with an honest range.

The forecast carries on the mean weekly change of the last weeks, damped or not. Which weeks and which
damping is chosen by how well each would have told the channel's own past (rolling origin), the last
value unchanged among them; the range is where four in five of those past forecasts ended. With too
little past there is no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

FEWEST = 20  # weeks of past without which nothing is foretold
FURTHEST = 104  # weeks
_LONGEST = 104  # weeks of past that count
_TRIED = (1, 4, 8, 12)  # weeks ahead at which past forecasts are scored
_WINDOWS = (4, 12, 26)
_DAMPED = (1.0, 0.93)
_SHARE = 0.85  # a little more than told, for the method was chosen on the same past
_MARGIN = 0.85  # a trend must beat the unchanged value by this much to be believed


@dataclass(frozen=True, slots=True)
class Method:
    """The mean change of ``window`` weeks carried on, each week ``damping`` times the one before."""

    window: int
    damping: float

    @property
    def words(self) -> str:
        if self.window == 0:
            return "마지막 값이 그대로인 것으로"
        slower = "차츰 느려지는" if self.damping < 1 else "그대로 이어지는"
        return f"최근 {self.window}주 평균 증감이 {slower} 것으로"

    def drift(self, levels: Sequence[float], at: int) -> float:
        """The weekly change that the past up to ``at`` carries on."""
        window = min(self.window, at)
        return (levels[at] - levels[at - window]) / window if window else 0.0

    def drifts(self, levels: Sequence[float]) -> list[float]:
        """:meth:`drift` at every week, at once."""
        if not self.window:
            return [0.0] * len(levels)
        first = [self.drift(levels, at) for at in range(min(self.window, len(levels)))]
        pairs = zip(levels, levels[self.window :], strict=False)
        return [*first, *((new - old) / self.window for old, new in pairs)]

    def steps(self, weeks: int) -> float:
        """How many of the first week's changes ``weeks`` make."""
        if self.damping == 1:
            return float(weeks)
        return self.damping * (1 - self.damping**weeks) / (1 - self.damping)


@dataclass(frozen=True, slots=True)
class Step:
    """``weeks`` ahead: the expected level, and between what four in five past forecasts ended."""

    weeks: int
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """``error``: the mean absolute error on the channel's own past, four weeks ahead, of ``tried``."""

    method: Method
    steps: tuple[Step, ...]
    error: float
    tried: int

    def reaching(self, target: int) -> tuple[int | None, int | None, int | None]:
        """Weeks until ``target``: earliest, expected, latest; None beyond what is foretold."""
        return (
            next((each.weeks for each in self.steps if each.high >= target), None),
            next((each.weeks for each in self.steps if each.value >= target), None),
            next((each.weeks for each in self.steps if each.low >= target), None),
        )


def forecast(history: Sequence[int | None], weeks: int = FURTHEST) -> Forecast | None:
    """From weekly levels, oldest first and the last one known; None where the past is too short."""
    levels = tuple(_filled(history))
    return None if len(levels) < FEWEST else _foretold(levels, weeks)


@lru_cache(maxsize=256)
def _foretold(levels: tuple[float, ...], weeks: int) -> Forecast:
    """Rooms ask for the same channel's again and again: 이번 주, 목표·돌파 and 추이 of one week."""
    best, errors = _best(levels)
    last = len(levels) - 1
    rooms = {ahead: _reach(errors[ahead]) for ahead in sorted(errors)}
    drift, steps = best.drift(levels, last), []
    for ahead in range(1, weeks + 1):
        value = levels[last] + drift * best.steps(ahead)
        room = _room(rooms, ahead)
        steps.append(Step(ahead, round(value), round(value - room), round(value + room)))
    scored = errors.get(_TRIED[1]) or errors[_TRIED[0]]
    return Forecast(best, tuple(steps), sum(scored) / len(scored), len(scored))


def _filled(history: Sequence[int | None]) -> list[float]:
    """The last years without holes (a gap is bridged straight), from the first known level on."""
    levels: list[float] = []
    gap = 0
    for value in history[-_LONGEST:]:
        if value is None:
            gap += bool(levels)
            continue
        if gap:
            step = (value - levels[-1]) / (gap + 1)
            levels += [levels[-1] + step * (at + 1) for at in range(gap)]
            gap = 0
        levels.append(float(value))
    return levels


def _best(levels: Sequence[float]) -> tuple[Method, dict[int, list[float]]]:
    """The method that would have told the past best, with its absolute errors by weeks ahead."""
    choices = [Method(0, 1.0), *(Method(window, damping) for window in _WINDOWS for damping in _DAMPED)]
    best: tuple[float, Method, dict[int, list[float]]] | None = None
    for method in choices:
        errors = scores(levels, method)
        mean = sum(sum(found) / len(found) / ahead**0.5 for ahead, found in errors.items())
        margin = 1.0 if best is None or best[1].window else _MARGIN
        if best is None or mean < best[0] * margin:
            best = (mean, method, errors)
    assert best is not None
    return best[1], best[2]


def scores(levels: Sequence[float], method: Method) -> dict[int, list[float]]:
    """Absolute errors of the method from every week of the second half of the past."""
    start = max(FEWEST // 2, len(levels) // 3)
    drifts = method.drifts(levels)
    found: dict[int, list[float]] = {}
    for ahead in _TRIED:
        steps = method.steps(ahead)
        errors = [
            abs(then - (now + drift * steps))
            for now, drift, then in zip(
                levels[start:-ahead], drifts[start:-ahead], levels[start + ahead :], strict=True
            )
        ]
        if len(errors) >= 4:
            found[ahead] = errors
    return found


def _reach(errors: Sequence[float]) -> float:
    """Within this, four in five past forecasts ended."""
    ordered = sorted(errors)
    return 1.1 * ordered[min(len(ordered) - 1, ceil(_SHARE * (len(ordered) + 1)) - 1)]


def _room(rooms: dict[int, float], ahead: int) -> float:
    """The range ``ahead``: straight between the scored distances, and growing on beyond the last one."""
    tried = list(rooms)  # in order
    if ahead >= tried[-1]:
        return rooms[tried[-1]] * ahead / tried[-1]
    after = next(each for each in tried if each >= ahead)
    before = max((each for each in tried if each <= ahead), default=after)
    if before == after:
        return rooms[after]
    return rooms[before] + (rooms[after] - rooms[before]) * (ahead - before) / (after - before)


# --- round numbers ------------------------------------------------------------------------------


def next_round(value: int) -> int:
    """The next number that is told: 5만 after 47,823, 30만 after 280,397, 15만 after 131,289."""
    size = int(10 ** (len(str(max(value, 100))) - 1))
    if value < 2 * size:
        size //= 2
    return (value // size + 1) * size


@dataclass(frozen=True, slots=True)
class Passed:
    """A round number that was reached at ``at`` (a position in the history); it may have been between."""

    number: int
    at: int
    before: int | None  # the position of the last figure below it


def passed(history: Sequence[int | None]) -> list[Passed]:
    """Every round number from 1,000 that the history reached, the first time, in order."""
    found: list[Passed] = []
    upcoming: int | None = None
    at_last: int | None = None
    for at, value in enumerate(history):
        if value is None:
            continue
        if upcoming is None:
            upcoming = next_round(max(value, 999))
        while value >= upcoming:
            found.append(Passed(upcoming, at, at_last))
            upcoming = next_round(upcoming)
        at_last = at
    return found
