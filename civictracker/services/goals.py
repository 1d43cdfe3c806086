"""Goals and round numbers: how far, since when, and until when if it goes on like this."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from civictracker.domain.forecast import FEWEST, Forecast, forecast, next_round, passed
from civictracker.domain.numbers import percent_of
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.weekly import Weekly, in_line, week_of, weekly_values
from civictracker.store.tables import Channel, Goal

NEAR, NEAR_WEEKS = 0.85, 110  # of a target; weeks that a forecast looks back on
YEARS = 12  # of past that are looked through for round numbers
_IS_MAIN = """
    SELECT id, unit_name = '' OR id IN (SELECT channel_id FROM goal) FROM channel
    WHERE office_id IN (SELECT id FROM office WHERE kind = 'own')
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """When a number is reached: the weeks of the range (None: not within what is foretold)."""

    earliest: Period | None
    expected: Period | None
    latest: Period | None


@dataclass(frozen=True, slots=True)
class Passing:
    """A round number, the week of the first figure at or above it, and the last week below."""

    number: int
    week: Period
    after: Period | None

    @property
    def is_exact(self) -> bool:
        """No week without a figure lies between."""
        return self.after is not None and self.after.shift(1) == self.week


@dataclass(frozen=True, slots=True)
class GoalView:
    id: int
    target: int
    due: date | None
    note: str
    current: int | None
    reach: Reach | None

    @property
    def share(self) -> float:
        """Of the target, 0 to 1 and more."""
        return 0.0 if self.current is None else self.current / self.target

    @property
    def left(self) -> int | None:
        return None if self.current is None else max(0, self.target - self.current)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A channel's level, what round numbers it passed, the next one, and its goals.

    ``why_not`` says why nothing is foretold.
    """

    channel: ChannelRow
    week: Period | None
    current: int | None
    milestones: tuple[Passing, ...]
    next_number: int | None
    reach: Reach | None
    forecast: Forecast | None
    why_not: str
    goals: tuple[GoalView, ...]

    @property
    def share(self) -> float:
        if self.current is None or not self.next_number:
            return 0.0
        return float(percent_of(self.current, self.next_number) or 0) / 100


def load_outlooks(
    session: Session, *, week: Period, channel_ids: Collection[int] | None = None, near_only: bool = False,
    known: Weekly | None = None,
) -> list[Outlook]:  # fmt: skip
    """Every own channel (or the chosen ones) as of ``week``.

    ``near_only`` looks through the last years alone and foretells only what is nearly reached; ``known``
    are levels of at least ``NEAR_WEEKS`` that the caller has read already.
    """
    channels = list_channels(session, ids=channel_ids)
    level = catalogue.metric("followers")
    start = week.shift(-NEAR_WEEKS if near_only else -52 * YEARS).start
    ids = [row.id for row in channels]
    weekly = known or weekly_values(session, metrics=[level], channel_ids=ids, start=start, end=week.end)
    goals: dict[int, list[Goal]] = {}
    for goal in session.exec(select(Goal).where(Goal.metric_id == level.id).order_by(col(Goal.target))):
        goals.setdefault(goal.channel_id, []).append(goal)
    return [
        _outlook(row, weekly.get((level.id, row.id), {}), goals.get(row.id, ()), near_only=near_only)
        for row in channels
    ]


def main_channels(session: Session) -> tuple[list[int], int]:
    """The office's own channels and those of 읍면동 that have a goal, and how many others there are."""
    rows = session.connection().exec_driver_sql(_IS_MAIN).fetchall()
    chosen = [channel for channel, is_main in rows if is_main]
    return chosen, len(rows) - len(chosen)


def _outlook(
    channel: ChannelRow, weeks: dict[int, int], goals: Sequence[Goal], *, near_only: bool
) -> Outlook:
    if not weeks:
        views = tuple(_goal(goal, None, None, None) for goal in goals)
        return Outlook(channel, None, None, (), None, None, None, "아직 적은 값이 없습니다.", views)
    first, last = min(weeks), max(weeks)
    history = in_line(weeks, first, last)
    current = weeks[last]
    targets = [next_round(current), *(goal.target for goal in goals)]
    is_near = any(NEAR * target <= current < target for target in targets)
    found = forecast(history) if is_near or not near_only else None
    why = "" if found else f"값이 {FEWEST}주는 있어야 앞날을 어림합니다(지금 {len(history)}주)."
    milestones = tuple(
        Passing(
            each.number,
            week_of(first + each.at),
            None if each.before is None else week_of(first + each.before),
        )
        for each in passed(history)
    )
    target = next_round(current)
    views = tuple(_goal(goal, current, found, last) for goal in goals)
    return Outlook(
        channel, week_of(last), current, milestones, target, _reach(found, target, last), found, why, views
    )


def _reach(found: Forecast | None, target: int, last: int | None) -> Reach | None:
    if found is None or last is None:
        return None
    weeks = [None if ahead is None else week_of(last + ahead) for ahead in found.reaching(target)]
    return Reach(*weeks)


def _goal(goal: Goal, current: int | None, found: Forecast | None, last: int | None) -> GoalView:
    assert goal.id is not None
    reach = _reach(found, goal.target, last) if current is not None and current < goal.target else None
    return GoalView(goal.id, goal.target, goal.due, goal.note, current, reach)


def save_goal(
    session: Session, *, channel_id: int, target: int, due: date | None = None, note: str = "",
    goal_id: int | None = None,
) -> Changes:  # fmt: skip
    """Raises InputError with the form's sentence."""
    if target <= 0:
        raise InputError("목표는 1명 이상으로 적어 주세요.")
    level = catalogue.metric("followers")
    row = session.get(Goal, goal_id) if goal_id is not None else None
    if row is None:
        row = Goal(channel_id=channel_id, metric_id=level.id, target=target)
    row.channel_id, row.target, row.due, row.note = channel_id, target, due, note.strip()
    session.add(row)
    session.flush()
    name = session.get_one(Channel, channel_id).name
    return Changes.of(
        Topic.NOTES, f"‘{name}’ 목표 {target:,}", created=row.id, channels=frozenset({channel_id})
    )


def delete_goal(session: Session, *, goal_id: int) -> Changes:
    row = session.get(Goal, goal_id)
    if row is None:
        raise InputError("그 목표는 이미 지워졌습니다.")
    session.delete(row)
    return Changes.of(Topic.NOTES, "목표 지움", channels=frozenset({row.channel_id}))
