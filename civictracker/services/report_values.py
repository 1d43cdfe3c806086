"""The values of a report: every number on paper with the key to where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from civictracker.domain.weeks import Grain, Period, WeekNaming

DOUBT = "※"  # beside a figure: a note below says what is odd or filled in
OWN, SUB = "본청", "읍면동"
ABOUT = "약 "  # beside a figure that is only known roughly


@dataclass(frozen=True, slots=True)
class Source:
    """Where a printed figure comes from.

    ``metric`` is a catalogue code (``followers``, ``posts``, ``views``) or ``sent``, ``opened``,
    ``open_rate`` of ``post_ids``. ``base`` is the period that a change compares ``period`` with. Where
    neither a channel's value nor a post stands behind a figure, ``told`` says how it came about.
    """

    metric: str
    channel_ids: tuple[int, ...]
    period: Period
    words: str
    base: Period | None = None
    post_ids: tuple[int, ...] = ()
    told: tuple[str, ...] = ()


def explained(words: str, period: Period, *how: str) -> Source:
    """The source of what neither a value nor a post stands behind: ``how`` it came about."""
    return Source("", (), period, words, told=how)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for paper. ``value`` None is missing, which is never zero; rates are in percent."""

    value: int | Decimal | None
    source: Source
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel's week, month …, or a sum of channels: ``present`` out of ``expected`` have a figure."""

    name: str
    group: str
    channel_ids: tuple[int, ...]
    this: Figure
    last: Figure
    change: Figure
    rate: Figure
    posts: Figure
    posts_year: Figure
    views: Figure
    present: int
    expected: int
    compared: int
    carried: int
    posts_present: int


@dataclass(frozen=True, slots=True)
class ChannelGroup:
    name: str
    lines: tuple[ChannelLine, ...]
    total: ChannelLine


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post or message; ``remark`` is its 비고. ``sent`` and ``opened`` count messages."""

    id: int
    day: date
    time: str
    subject: str
    target: str
    remark: str
    is_done: bool
    sent: Figure
    opened: Figure
    open_rate: Figure


@dataclass(frozen=True, slots=True)
class SendTotal:
    """Messages of the week; ``rate_change`` is in %p against the week before."""

    count: int
    sent: Figure
    opened: Figure
    open_rate: Figure
    rate_change: Figure


@dataclass(frozen=True, slots=True)
class TrendLine:
    """``short`` is the platform's name where that tells the lines apart."""

    name: str
    short: str
    values: tuple[int | None, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """One generated line of 총괄; level 1 is ``○``, level 2 is ``-``."""

    level: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Caution:
    """What the reader must know about the figures; kinds: missing, gap, carried, slip."""

    kind: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every paper: whose it is, who wrote it when, and who signs.

    ``emblem`` is the office's picture as (PNG, width, height).
    """

    office: str
    department: str
    writer: str
    written: date
    approval: tuple[str, ...]
    delegated: str
    is_sample: bool
    emblem: tuple[bytes, int, int] | None
    report_title: str
    naming: WeekNaming


class SpanWords(NamedTuple):
    """What offices call this, the last and the next span of a report: ``금주``, ``전주``, ``차주``."""

    this: str
    last: str
    next: str

    @property
    def as_last(self) -> str:
        """``전주와`` (같음), ``전월과``"""
        return self.last + ("과" if self.last[-1] in "월년" else "와")

    @property
    def both(self) -> str:
        """``금주와 전주``"""
        return f"{self.this}{'과' if self.this[-1] in '월년' else '와'} {self.last}"


WORDS = {
    Grain.WEEK: SpanWords("금주", "전주", "차주"),
    Grain.MONTH: SpanWords("금월", "전월", "익월"),
    Grain.QUARTER: SpanWords("금분기", "전분기", "차분기"),
    Grain.YEAR: SpanWords("금년", "전년", "차년"),
}


SPANS = {Grain.WEEK: "주", Grain.MONTH: "개월", Grain.QUARTER: "개 분기", Grain.YEAR: "년"}  # behind a number


class Tick(NamedTuple):
    """A point of a trend: ``3주`` of ``11월``, ``2026년 11월 3주`` in full."""

    text: str
    group: str
    full: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A part of a month, quarter or year over all channels; ``present`` of ``expected`` have a level."""

    name: str
    this: Figure
    change: Figure
    posts: Figure
    views: Figure
    sent: Figure
    opened: Figure
    open_rate: Figure
    present: int
    expected: int


@dataclass(frozen=True, slots=True)
class IndexLine:
    """``parts`` are the indexes of what is weighed, of a week alone; ``left_out`` names what was unknown."""

    name: str
    channel_id: int
    is_sub: bool
    parts: tuple[Figure, ...]
    this: Figure
    last: Figure
    change: Figure
    values: tuple[Decimal | None, ...]
    source: Source
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """``parts`` names what is weighed where the lines have it; ``told`` is the source of the weights."""

    parts: tuple[str, ...]
    weights: str
    told: Source
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The report of a week, month, quarter or year.

    ``steps`` are its months or weeks; a week has none.
    """

    head: Head
    title: str
    period: Period
    name: str
    range: str
    next_range: str
    year_start: date
    carry_forward: bool
    words: SpanWords
    groups: tuple[ChannelGroup, ...]
    total: ChannelLine
    posts: tuple[PostLine, ...]
    sends: SendTotal
    plan: tuple[PostLine, ...]
    ticks: tuple[Tick, ...]
    trend: tuple[TrendLine, ...]
    notes: tuple[str, ...]
    warnings: tuple[Caution, ...]
    sentences: tuple[Sentence, ...]
    steps: tuple[StepLine, ...] = ()
    index: IndexFigures | None = None
