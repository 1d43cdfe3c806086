"""The values of a report: every number on paper with the key to where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from civictracker.domain.weeks import Period, WeekName

DOUBT = "※"  # beside a figure: a note below says what is odd or filled in
OWN, SUB = "본청", "읍면동"
ABOUT = "약 "  # beside a figure that is only known roughly


@dataclass(frozen=True, slots=True)
class Source:
    """Where a printed figure comes from.

    ``metric`` is a catalogue code (``followers``, ``posts``, ``views``) or ``sent``, ``opened``,
    ``open_rate`` of ``post_ids``. ``base`` is the period that a change compares ``period`` with.
    """

    metric: str
    channel_ids: tuple[int, ...]
    period: Period
    words: str
    base: Period | None = None
    post_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for paper. ``value`` None is missing, which is never zero; rates are in percent."""

    value: int | Decimal | None
    source: Source
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel's week, or a sum of channels of which ``present`` out of ``expected`` have one."""

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
class WeeklyFigures:
    office: str
    department: str
    writer: str
    title: str
    week: Period
    week_name: str
    range: str
    next_range: str
    year_start: date
    written: date
    approval: tuple[str, ...]
    delegated: str
    carry_forward: bool
    is_sample: bool
    groups: tuple[ChannelGroup, ...]
    total: ChannelLine
    posts: tuple[PostLine, ...]
    sends: SendTotal
    plan: tuple[PostLine, ...]
    trend_weeks: tuple[Period, ...]
    trend_names: tuple[WeekName, ...]
    trend: tuple[TrendLine, ...]
    notes: tuple[str, ...]
    warnings: tuple[Caution, ...]
    sentences: tuple[Sentence, ...]
