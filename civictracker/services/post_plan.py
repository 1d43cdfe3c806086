"""What importing a plan of posts would do, held against the calendar and shown before anything is written.

A row is the post that stands on the same day under the same subject and on one of the same channels; what
that post has and the sheet tells differently is for a person to decide, what it lacks is filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from civictracker.domain.posting import COUNT_NAMES, COUNTS, KIND_NAMES, STATUS_NAMES, Status
from civictracker.domain.texts import folded
from civictracker.services.calendar import PostKey, PostView, list_posts
from civictracker.services.import_columns import Verdict
from civictracker.services.matching import ChannelMatcher, Target
from civictracker.services.post_cells import channel_names, is_everywhere
from civictracker.services.post_reading import ReadPost, read_posts, without_repeats
from civictracker.services.posts import load_post
from civictracker.sheets.grid import place
from civictracker.sheets.isolated import FileFound, PostsFound
from civictracker.sheets.post_heads import SUBJECT
from civictracker.sheets.records import LeftOut, Question

FIELD_NAMES = {
    "time": "시각", "audience": "대상", "owner": "담당", "link": "링크", "note": "비고", "body": "본문",
    "kind": "종류", "status": "상태", "channels": "채널", **COUNT_NAMES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the calendar and the sheet tell differently; ``stored`` is empty where it had nothing."""

    name: str
    stored: Any
    told: Any


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A row of the sheet as a post. ``fields`` and ``counts`` are what it tells.

    ``channels`` are places in the plan's ``targets``; ``key`` is the post that it was recognised as.
    """

    cell: str
    verdict: Verdict = Verdict.NEW
    why: str = ""
    day: date | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    channels: tuple[int, ...] = ()
    key: PostKey | None = None
    fills: tuple[Difference, ...] = ()
    differs: tuple[Difference, ...] = ()

    @property
    def subject(self) -> str:
        return str(self.fields.get(SUBJECT, ""))

    @property
    def time(self) -> str:
        return str(self.fields.get("time", ""))

    def changes(self, choices: dict[str, str]) -> tuple[Difference, ...]:
        """What of a known post would be written."""
        return (*self.fills, *(self.differs if wants_new(self, choices) else ()))


def wants_new(row: PlannedPost, choices: dict[str, str]) -> bool:
    """새 값 or 기존 값; the stored one stays unless a person says otherwise."""
    return choices.get(row.cell, choices.get("*", "old")) == "new"


@dataclass(slots=True)
class PostPlan:
    """What importing the posts of ``found`` would do. ``left_out`` never were posts."""

    found: FileFound
    answers: dict[str, str]
    targets: list[Target] = field(default_factory=list)
    rows: list[PlannedPost] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    form: str = ""

    @property
    def tables(self) -> list[PostsFound]:
        return self.found.posts

    def of(self, verdict: Verdict) -> list[PlannedPost]:
        return [row for row in self.rows if row.verdict is verdict]

    def count(self, verdict: Verdict) -> int:
        errors = sum(1 for each in self.left_out if each.is_error) if verdict is Verdict.ERROR else 0
        return len(self.of(verdict)) + errors

    @property
    def left_out_count(self) -> int:
        return sum(1 for each in self.left_out if not each.is_error)

    def applies(self, choices: dict[str, str]) -> int:
        """How many posts an apply with these choices would make or change."""
        return sum(1 for row in self.rows if writes(row, choices))

    def marks(self, table: PostsFound, rows: int) -> Iterator[tuple[tuple[int, int], Verdict, str]]:
        """((row, column), verdict, why) of the posts in the first ``rows`` rows of a table's sheet."""
        prefix = f"{table.sheet}!"
        for row in self.rows:
            if row.cell.startswith(prefix) and (where := place(row.cell.removeprefix(prefix)))[0] < rows:
                yield where, row.verdict, row.why


def writes(row: PlannedPost, choices: dict[str, str]) -> bool:
    return row.verdict in {Verdict.NEW, Verdict.DIFFERENT} and (row.key is None or bool(row.changes(choices)))


def make_post_plan(session: Session, *, found: FileFound, answers: dict[str, str]) -> PostPlan:
    """Hold the file's posts against the calendar. Reads only."""
    plan = PostPlan(found, answers)
    reader = _Reader(plan, ChannelMatcher(session))
    for table in found.posts:
        plan.left_out.extend(table.left_out)
        reader.read(table)
    plan.rows, repeated = without_repeats(plan.rows, _same)
    plan.left_out.extend(repeated)
    _against(session, plan)
    return plan


@dataclass(slots=True)
class _Reader:
    """Rows of text → posts; what they do not say becomes questions of the plan."""

    plan: PostPlan
    matcher: ChannelMatcher

    def read(self, table: PostsFound) -> None:
        for each in read_posts(table, self.plan.answers):
            if isinstance(each, LeftOut):
                self.plan.left_out.append(each)
            else:
                self.plan.checks.extend(each.doubts)
                self.plan.rows.append(self._planned(each))

    def _planned(self, read: ReadPost) -> PlannedPost:
        row = PlannedPost(read.cell, day=read.day, fields=read.fields, counts=read.counts)
        if read.error:
            return replace(row, verdict=Verdict.ERROR, why=read.error)
        if read.asked is not None:
            self._ask(read.asked)
            return replace(row, verdict=Verdict.QUESTION, why=read.asked.why)
        places, unknown = self._channels(read.channels, read.cell)
        if unknown:
            return replace(row, verdict=Verdict.QUESTION, why=f"‘{unknown}’이(가) 어느 채널인지 모릅니다.")
        return replace(row, channels=places)

    def _channels(self, text: str, cell: str) -> tuple[tuple[int, ...], str]:
        """The places of the targets that the cell names, or the first name that nobody knows."""
        if is_everywhere(text):
            own = [row for row in self.matcher.channels if row.is_own and not row.is_sub and not row.closed]
            return tuple(self._place(Target(row.name, row.id)) for row in own), ""
        places: list[int] = []
        unknown = ""
        for target in self._targets(text):
            if not target.is_known:
                why = f"‘{target.name}’은(는) 어느 채널인가요?"
                choices = (*map(str, target.suggested), "new", "skip")
                self._ask(Question(f"channel:{target.name}", why, choices, cell=cell))
                unknown = unknown or target.name
            elif not target.is_skipped:
                places.append(self._place(target))
        return tuple(dict.fromkeys(places)), unknown

    def _targets(self, text: str) -> list[Target]:
        answers = self.plan.answers
        whole = self.matcher.target(text, answers) if text else None
        if whole is not None and whole.is_known:
            return [whole]
        return [self._target(name) for name in channel_names(text)]

    def _target(self, name: str) -> Target:
        bare = name.removesuffix("채널").strip()
        found = self.matcher.target(name, self.plan.answers)
        return found if found.is_known or not bare else replace_unknown(found, self.matcher.target(bare, {}))

    def _place(self, target: Target) -> int:
        targets = self.plan.targets
        if target not in targets:
            targets.append(target)
        return targets.index(target)

    def _ask(self, question: Question) -> None:
        if all(each.key != question.key for each in self.plan.questions):
            self.plan.questions.append(question)


def replace_unknown(found: Target, other: Target) -> Target:
    """카톡 채널 is 카톡, where that is known."""
    return other if other.is_known else found


def _same(row: PlannedPost) -> Hashable:
    """The same row twice is written once."""
    return (row.day, row.time, folded(row.subject), row.channels) if row.verdict is Verdict.NEW else None


# --- against the calendar ---------------------------------------------------------------------


def _against(session: Session, plan: PostPlan) -> None:
    days = [row.day for row in plan.rows if row.verdict is Verdict.NEW and row.day is not None]
    if not days:
        return
    known: dict[tuple[date, str], list[PostView]] = defaultdict(list)
    for post in list_posts(session, start=min(days), end=max(days)):
        known[post.day, folded(post.subject)].append(post)
    for at, row in enumerate(plan.rows):
        if row.verdict is not Verdict.NEW or row.day is None:
            continue
        candidates = known[row.day, folded(row.subject)]
        ids = tuple(plan.targets[place].channel_id for place in row.channels)
        meant = _meant(row, ids, candidates)
        if meant is not None:
            candidates.remove(meant)
            plan.rows[at] = _held_to(session, row, ids, meant)


def _meant(row: PlannedPost, ids: tuple[int | None, ...], posts: list[PostView]) -> PostView | None:
    """The post that the row speaks of: the one most like it among those it shares a channel with."""
    fitting = [post for post in posts if not ids or not post.channels or set(ids) & set(post.channels)]
    return max(
        fitting, key=lambda post: (set(post.channels) == set(ids), post.time == row.time), default=None
    )


def _held_to(session: Session, row: PlannedPost, ids: tuple[int | None, ...], post: PostView) -> PlannedPost:
    found = list(_told_differently(session, row, ids, post))
    fills = tuple(each for each in found if each.stored in {None, "", ()})
    differs = tuple(each for each in found if each not in fills)
    verdict = Verdict.DIFFERENT if differs else Verdict.NEW if fills else Verdict.SAME
    return replace(row, key=post.key, fills=fills, differs=differs, verdict=verdict)


def _told_differently(
    session: Session, row: PlannedPost, ids: tuple[int | None, ...], post: PostView
) -> Iterator[Difference]:
    for name, told in row.fields.items():
        if name == SUBJECT or (name == "status" and row.counts and told is Status.DONE):
            continue  # a post with results is 완료 all the same
        stored = getattr(post, name) if hasattr(post, name) else _long(session, post.key, name)
        if stored != told:
            yield Difference(name, stored, told)
    if ids and set(ids) != set(post.channels):
        yield Difference("channels", post.channels, ids)
    for name in COUNTS:
        stored = getattr(post.counts, name)
        if name in row.counts and stored != row.counts[name]:
            yield Difference(name, stored, row.counts[name])


def _long(session: Session, key: PostKey, name: str) -> str:
    """본문 and 비고, which lists do without."""
    return "" if key.post_id is None else str(getattr(load_post(session, key=key).draft, name))


def in_words(difference: Difference, value: Any, names: dict[int, str]) -> str:
    """A field's value for a person: ``15:00``, ``1,000``, ``카카오톡 · 블로그``."""
    if value in {None, "", ()}:
        return "-"
    if difference.name == "channels":
        return " · ".join(names.get(each, "새 채널") for each in value)
    if difference.name == "kind":
        return KIND_NAMES[value]
    if difference.name == "status":
        return STATUS_NAMES[value]
    return f"{value:,}" if isinstance(value, int) else str(value)
