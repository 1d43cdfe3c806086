"""The figures of an import as columns: what each means, whether it is sound, what the data has already.

A sheet of a hundred thousand rows holds a million figures; held as columns they are judged in a
fraction of the time that reading them took. :class:`PlanRow` shows one of them to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.metrics import Metric
from civictracker.domain.weeks import Period
from civictracker.services.import_values import stored_values, why_not
from civictracker.sheets.isolated import TableFound, cell_of

NOWHERE = -1
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Verdict(StrEnum):
    NEW = "신규"
    SAME = "동일"
    DIFFERENT = "값 다름"
    ERROR = "오류"
    QUESTION = "질문"


VERDICTS = tuple(Verdict)
_NEW, _SAME, _DIFFERENT, _ERROR, _QUESTION = range(5)
_GONE = 9  # one with another figure: not a row of its own
_ASKED = ("", "날짜를 알 수 없습니다.", "채널을 알 수 없습니다.", "지표를 알 수 없습니다.",
          "하루의 값인지 한 주의 값인지 알 수 없습니다.")  # fmt: skip


class PlanRow(NamedTuple):
    """One figure of the file against the data. Days are ISO text; ``target`` indexes the plan's.

    It is record ``number`` of ``table``; where that stands is worked out only when asked.
    """

    verdict: Verdict
    target: int
    metric: Metric | None
    start: str
    end: str
    value: int
    approximate: bool
    table: TableFound
    number: int
    stored: int | None = None
    why: str = ""

    @property
    def cell(self) -> str:
        """``시트!E14``"""
        return cell_of(self.table, self.number)

    @property
    def period(self) -> Period:
        return Period(date.fromisoformat(self.start), date.fromisoformat(self.end))

    @property
    def key(self) -> str:
        """Names a conflict for the person's choice."""
        code = self.metric.code if self.metric else ""
        return f"{self.target}|{code}|{self.start}|{self.end}"


@dataclass(frozen=True, slots=True)
class Names:
    """What a table's own indexes stand for in the plan."""

    targets: dict[int, int]  # entity → the plan's target
    metrics: dict[int, Metric | str | None]
    spans: list[Period | None]
    unsure: frozenset[int]  # periods of one day that may stand for a week or a month
    shares: frozenset[int] = frozenset()  # metrics of which 1 is 100 %


@dataclass(slots=True)
class Columns:
    """Figures of all tables, one after the other. Days are ordinals, 0 for unknown."""

    tables: list[TableFound] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    table: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    target: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    metric: Ints = field(default_factory=lambda: np.zeros(0, np.int64))  # NOWHERE where unknown
    start: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    end: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    value: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    verdict: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    reason: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    stored: dict[int, int] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    rounded: set[int] = field(default_factory=set)  # rates with more decimals than are kept

    def __len__(self) -> int:
        return len(self.value)

    def is_about(self, at: int) -> bool:
        """Is the figure told, or kept, as an approximate one?"""
        number = int(self.number[at])
        return at in self.rounded or number in self.tables[int(self.table[at])].records.approximate

    def add(
        self, table: TableFound, names: Names, is_known: Sequence[bool], is_skipped: Sequence[bool]
    ) -> None:
        """Take a table's figures in the metrics' smallest units; what is unclear gets its reason."""
        _Judge(self, table, names, is_known, is_skipped).run()

    def at(self, verdict: Verdict) -> Ints:
        """The places of all figures of one verdict."""
        return np.flatnonzero(self.verdict == VERDICTS.index(verdict))

    def row(self, at: int) -> PlanRow:
        metric = int(self.metric[at])
        table = self.tables[int(self.table[at])]
        number = int(self.number[at])
        return PlanRow(
            VERDICTS[self.verdict[at]], int(self.target[at]),
            None if metric == NOWHERE else self.metrics[metric], iso(int(self.start[at])),
            iso(int(self.end[at])), int(self.value[at]), self.is_about(at), table, number,
            self.stored.get(at), self.why.get(at, _ASKED[self.reason[at]]),
        )  # fmt: skip

    def count(self, verdict: Verdict) -> int:
        return int(np.count_nonzero(self.verdict == VERDICTS.index(verdict)))

    def marks(self, table: TableFound, rows: int) -> Iterator[tuple[tuple[int, int], Verdict, str]]:
        """((row, column), verdict, why) of the figures in the first ``rows`` rows of a table's sheet."""
        records = table.records
        own = next((at for at, each in enumerate(self.tables) if each is table), NOWHERE)
        first, last = np.searchsorted(self.table, (own, own + 1)).tolist()  # one table after the other
        is_shown = records.row[self.number[first:last]] < rows
        shown = first + np.flatnonzero(is_shown & (self.verdict[first:last] != _GONE))
        number = self.number[shown]
        for at, row, column, verdict, reason in zip(
            shown.tolist(), records.row[number].tolist(), records.column[number].tolist(),
            self.verdict[shown].tolist(), self.reason[shown].tolist(), strict=True,
        ):  # fmt: skip
            yield (row, column), VERDICTS[verdict], self.why.get(at, _ASKED[reason])


class PlanRows(Sequence[PlanRow]):
    """Figures of a plan, made into rows only when looked at."""

    def __init__(self, columns: Columns, places: Ints) -> None:
        self._columns, self._places = columns, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return PlanRows(self._columns, self._places[at])
        return self._columns.row(int(self._places[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


class _Judge:
    """One table's way into the columns."""

    def __init__(
        self, into: Columns, table: TableFound, names: Names, is_known: Sequence[bool],
        is_skipped: Sequence[bool],
    ) -> None:  # fmt: skip
        self.into, self.table, self.names = into, table, names
        self.is_known, self.is_skipped = np.array(is_known, bool), np.array(is_skipped, bool)
        self.records = table.records

    def run(self) -> None:
        into, records, names = self.into, self.records, self.names
        metric_of, skipped = self._metrics()
        target_of = _looked_up(names.targets, len(records.entities))
        target = target_of[records.entity]
        metric = metric_of[records.metric]
        chosen = ~skipped[records.metric] & ~self.is_skipped[target]
        number = np.flatnonzero(chosen)
        target, metric, period = target[number], metric[number], records.period[number].astype(np.int64)
        starts = np.array([span.start.toordinal() if span else 0 for span in names.spans] or [0], np.int64)
        ends = np.array([span.end.toordinal() if span else 0 for span in names.spans] or [0], np.int64)
        stored = stored_values(records, number, metric, into.metrics, shares=names.shares)
        reason = self._reasons(target, metric, period, starts)
        verdict = np.where(reason > 0, _QUESTION, np.where(stored.bad, _ERROR, _NEW)).astype(np.uint8)
        first = len(into)
        into.tables.append(self.table)
        into.table = np.append(into.table, np.full(len(number), len(into.tables) - 1))
        into.number = np.append(into.number, number)
        into.target = np.append(into.target, target)
        into.metric = np.append(into.metric, metric)
        into.start = np.append(into.start, starts[period])
        into.end = np.append(into.end, ends[period])
        into.value = np.append(into.value, stored.value)
        into.verdict = np.append(into.verdict, verdict)
        into.reason = np.append(into.reason, reason)
        for at in np.flatnonzero(verdict == _ERROR).tolist():
            into.why[first + at] = why_not(records, int(number[at]), into.metrics[int(metric[at])])
        into.rounded.update((np.flatnonzero(stored.rounded) + first).tolist())

    def _metrics(self) -> tuple[Ints, Bools]:
        """The plan's metric of each of the table's, and which are to be left out."""
        count = max(1, len(self.records.metrics))
        of, skipped = np.full(count, NOWHERE, np.int64), np.zeros(count, bool)
        for at, metric in self.names.metrics.items():
            if isinstance(metric, Metric):
                if metric not in self.into.metrics:
                    self.into.metrics.append(metric)
                of[at] = self.into.metrics.index(metric)
            else:
                skipped[at] = metric is not None
        return of, skipped

    def _reasons(self, target: Ints, metric: Ints, period: Ints, starts: Ints) -> NDArray[np.uint8]:
        summed = np.array([*(m.kind.is_summed for m in self.into.metrics), False], bool)
        unsure = np.isin(period, list(self.names.unsure)) & summed[metric]
        told = np.where(unsure, 4, 0)
        told = np.where(metric == NOWHERE, 3, told)
        told = np.where(~self.is_known[target], 2, told)
        return np.where(starts[period] == 0, 1, told).astype(np.uint8)


def _looked_up(of: dict[int, int], count: int) -> Ints:
    table = np.zeros(max(1, count), np.int64)
    for at, number in of.items():
        table[at] = number
    return table


# --- one figure a key -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """Places of figures of one key: (later, first) of ``equal`` ones and of those that still ``differ``;
    ``settled``: those left out because a person said which value to take.
    """

    equal: list[tuple[int, int]] = field(default_factory=list)
    differ: list[tuple[int, int]] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)


TWICE = ("first", "last", "sum", "skip")  # which of two values of one file is taken


def merge(columns: Columns, channel_of: Sequence[int], twice: str = "") -> Merged:
    """One figure a natural key: posts of a day add up, equal repeats are one, others are asked about.

    ``channel_of``: the channel of each target, negative for one that is yet to be made. ``twice``: one of
    :data:`TWICE`, or empty while nobody said it; a level cannot be added and stays a question.
    """
    found = Merged()
    fresh = np.flatnonzero(columns.verdict == _NEW)
    key = key_of(columns, fresh, np.array(channel_of, np.int64))
    ordered = np.sort(key)
    if not len(fresh) or (ordered[1:] != ordered[:-1]).all():
        return found
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    firsts = fresh[first[back.reshape(-1)]]
    per_post = np.array([table.per_post for table in columns.tables], bool)
    summed = np.array([metric.kind.is_summed for metric in columns.metrics], bool)[columns.metric[fresh]]
    again = fresh != firsts
    of_posts = per_post[columns.table[fresh]] & (columns.table[fresh] == columns.table[firsts])
    own = columns.value.copy()
    adds = again & summed & of_posts
    if twice == "sum":
        equal = firsts[again & (own[fresh] == own[firsts])]  # the same line once more is no part of a sum
        told = again & summed & ~adds & ~np.isin(firsts, equal)
        found.settled.extend(fresh[told].tolist())
        adds |= told
    _add_up(columns, fresh[adds], firsts[adds], own)
    rest = again & ~adds
    for at, of in zip(fresh[rest].tolist(), firsts[rest].tolist(), strict=True):
        same = own[at] == own[of]
        columns.verdict[at] = _GONE if same else _QUESTION
        (found.equal if same else found.differ).append((at, of))
    _settle_twice(columns, found, twice)
    return found


def _add_up(columns: Columns, later: Ints, firsts: Ints, own: Ints) -> None:
    np.add.at(columns.value, firsts, own[later])
    columns.verdict[later] = _GONE
    for at, of in zip(later.tolist(), firsts.tolist(), strict=True):
        approximate = columns.tables[int(columns.table[of])].records.approximate
        if int(columns.number[at]) in approximate:
            approximate.add(int(columns.number[of]))


def _settle_twice(columns: Columns, found: Merged, twice: str) -> None:
    """Take the value that a person chose, or leave all of them a question."""
    groups: dict[int, list[int]] = {}
    for at, of in found.differ:
        groups.setdefault(of, [of]).append(at)
    for places in groups.values():
        chosen = {"first": places[:1], "last": places[-1:], "skip": []}.get(twice)
        if chosen is None:
            _ask_of(columns, places)
            continue
        gone = [at for at in places if at not in chosen]
        columns.verdict[chosen], columns.verdict[gone] = _NEW, _GONE
        found.settled.extend(gone)
    if twice in {"first", "last", "skip"}:
        found.differ.clear()


def _ask_of(columns: Columns, places: Sequence[int]) -> None:
    for at in places:
        other = columns.row(places[0] if at != places[0] else places[1])
        columns.why[at] = f"같은 채널·지표·기간의 값이 {other.cell}에도 있습니다({other.value:,})."
    columns.verdict[list(places)] = _QUESTION


def key_of(columns: Columns, places: Ints, channel_of: Ints) -> Ints:
    """A number for each figure that is the same for the same channel, metric and span."""
    spans = columns.start[places] * 100_000 + (columns.end[places] - columns.start[places])
    _, span = np.unique(spans, return_inverse=True)
    _, channel = np.unique(channel_of, return_inverse=True)
    width = len(columns.metrics) + 1
    own = channel.reshape(-1)[columns.target[places]]
    return (own * width + columns.metric[places]) * (len(places) + 1) + span.reshape(-1)


def settle(columns: Columns, places: Ints, stored: dict[tuple[int, int], int]) -> None:
    """Give the figures of one channel and metric their verdict; ``stored``: (first, last day) → value."""
    starts, ends = columns.start[places].tolist(), columns.end[places].tolist()
    values = columns.value[places].tolist()
    for at, start, end, value in zip(places.tolist(), starts, ends, values, strict=True):
        old = stored.get((start, end))
        if old is not None:
            columns.verdict[at] = _SAME if old == value else _DIFFERENT
            columns.stored[at] = old
