"""The rows of a plan of posts as days, times and words, before anybody has looked who its channels are.

What the plan (:mod:`~civictracker.services.post_plan`) holds to the calendar, and what ``inspect`` shows
without any data.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from civictracker.domain.drafts import accepted
from civictracker.domain.post_drafts import PostDraft
from civictracker.domain.posting import STATUS_NAMES, Status
from civictracker.domain.texts import folded
from civictracker.errors import InputError, UserError
from civictracker.services.post_cells import DATE_KEYS, Cells, Days, channel_names
from civictracker.sheets.grid import address, place
from civictracker.sheets.isolated import PostsFound
from civictracker.sheets.post_heads import DAY, SUBJECT
from civictracker.sheets.records import LeftOut, Question


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A row. ``channels`` is the cell's text, ``written`` its day's; without ``day`` it has ``asked`` or an
    ``error``."""

    cell: str
    written: str = ""
    day: date | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    channels: str = ""
    error: str = ""
    asked: Question | None = None
    doubts: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """As it is called; a post with results has been sent."""
        told = self.fields.get("status", Status.DONE if self.counts else Status.SCHEDULED)
        return STATUS_NAMES[told]


@dataclass(frozen=True, slots=True)
class PostsRead:
    """A whole table without any data: its posts, what is none and why, what was doubted and is asked."""

    posts: tuple[ReadPost, ...]
    left_out: tuple[LeftOut, ...]

    @classmethod
    def of(cls, table: PostsFound, answers: dict[str, str]) -> PostsRead:
        found = list(read_posts(table, answers))
        rows = [each for each in found if isinstance(each, ReadPost)]
        left = [each for each in found if isinstance(each, LeftOut)]
        wrong = [LeftOut(row.cell, row.error, is_error=True) for row in rows if row.error]
        posts, repeated = without_repeats([row for row in rows if not row.error], _same)
        everything = (*table.left_out, *left, *repeated, *wrong)
        return cls(tuple(posts), tuple(sorted(everything, key=_place)))

    @property
    def channels(self) -> list[str]:
        """The names that stand in the channel column, each once."""
        return list(dict.fromkeys(name for post in self.posts for name in channel_names(post.channels)))

    @property
    def doubts(self) -> list[str]:
        return [each for post in self.posts for each in post.doubts]

    @property
    def questions(self) -> list[Question]:
        """Each once."""
        return list({post.asked.key: post.asked for post in reversed(self.posts) if post.asked}.values())[
            ::-1
        ]


def _place(left: LeftOut) -> tuple[int, int]:
    return place(left.cell.rpartition("!")[2]) if "!" in left.cell else (0, 0)


def _same(post: ReadPost) -> Hashable:
    if post.day is None:
        return None
    subject = folded(post.fields[SUBJECT])
    return post.day, post.fields.get("time", ""), subject, frozenset(channel_names(post.channels))


class _Placed(Protocol):
    @property
    def cell(self) -> str: ...


Row = TypeVar("Row", bound=_Placed)


def read_posts(table: PostsFound, answers: dict[str, str]) -> Iterator[ReadPost | LeftOut]:
    """Every row of ``table``, from top to bottom; one bad row stops nothing."""
    days = Days(table.about, answers)
    for row in table.rows:
        column = table.heads[DAY] if row.column is None else row.column
        cell = f"{table.sheet}!{address(row.row, column)}"
        cells = Cells(row.cells)
        if not cells.day and not cells.subject:
            yield LeftOut(cell, "날짜도 제목도 없는 줄입니다.")
            continue
        try:
            yield _row(cell, cells, days)
        except UserError as error:
            yield ReadPost(cell, cells.day, fields={SUBJECT: cells.subject}, error=error.text)


def without_repeats(rows: list[Row], same: Callable[[Row], Hashable]) -> tuple[list[Row], list[LeftOut]]:
    """Rows that are the ``same`` as one above are left out; those of which it says None never are."""
    first: dict[Hashable, str] = {}
    kept, left = [], []
    for row in rows:
        key = same(row)
        if key is not None and key in first:
            left.append(LeftOut(row.cell, f"{first[key]}와(과) 같은 게시라 한 번만 씁니다."))
            continue
        if key is not None:
            first[key] = row.cell
        kept.append(row)
    return kept, left


def _row(cell: str, cells: Cells, days: Days) -> ReadPost | LeftOut:
    if not cells.subject:
        raise InputError("제목이 없습니다.")
    fields, counts, doubts = cells.fields(), cells.counts(), cells.doubts()
    day, need = days.read(cells)
    if need == "left":
        return LeftOut(cell, "날짜가 없는 줄입니다.")
    asked = None
    if day is None:
        asked = Question(need, DATE_KEYS[need], days.choices(need), cell=cell)
    else:
        doubts.extend(each for each in (cells.weekday_doubt(day),) if each)
        accepted(PostDraft, planned=day, **fields)  # its sentences are the form's
    told = tuple(f"{cell}: {each}" for each in doubts)
    return ReadPost(cell, cells.day, day, fields, counts, cells.channels, asked=asked, doubts=told)
