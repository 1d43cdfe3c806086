"""What a table holds, as values: tidy records with their cells, questions, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.dates import DateReading
from civictracker.domain.numbers import Number, number_from_cell
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.sheets.grid import address
from civictracker.sheets.layout import Table

Value = int | Decimal
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """What the file cannot say. ``choices`` are offered; any other answer of the kind is accepted.

    ``blocking`` questions leave records without a period or a meaning until they are answered.
    """

    key: str
    why: str
    choices: tuple[str, ...] = ()
    blocking: bool = True
    cell: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row, column or cell that is no data, and why; ``is_error`` when it should have been."""

    cell: str
    why: str
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the table: dates in titles and names, and a person's answers."""

    answers: dict[str, str]
    default: DateReading | None = None  # the date of the whole table
    year: int | None = None
    written: date | None = None  # the day on which the sheet was written, after the last of its figures
    naming: WeekNaming = field(default_factory=WeekNaming)
    metric: str = ""  # the name of a nameless value column
    entity: str = ""  # whose figures they are, where only the sheet's name says so
    file_dates: tuple[Period, ...] = ()
    is_as_of: bool = False  # the default is the day of counting, so the file says
    titled: DateReading | None = None  # the week, month or quarter of a title's figures


def _ints() -> Ints:
    return np.zeros(0, np.int32)


@dataclass(slots=True, eq=False)
class Records:
    """Figures as columns of equal length.

    ``value`` is what the sheet has; a unit of thousands beside it stands in ``scaled``.
    ``entity``, ``metric`` and ``period`` index the name lists; ``written`` is each period as the
    sheet has it, which stands for it while the period itself is not known. ``value`` holds the
    figures as floats, ``exact`` those that a float would not keep.
    """

    entities: list[str] = field(default_factory=list)
    metrics: list[str] = field(default_factory=list)
    periods: list[Period | None] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    entity: Ints = field(default_factory=_ints)
    metric: Ints = field(default_factory=_ints)
    period: Ints = field(default_factory=_ints)
    value: Floats = field(default_factory=lambda: np.zeros(0))
    row: Ints = field(default_factory=_ints)
    column: Ints = field(default_factory=_ints)
    exact: dict[int, Value] = field(default_factory=dict)
    approximate: set[int] = field(default_factory=set)
    scaled: dict[int, int] = field(default_factory=dict)  # record → by how much its unit multiplies it
    percents: dict[int, int] = field(
        default_factory=dict
    )  # record of a percentage → 100 if 0.412 shows 41.2%

    def __len__(self) -> int:
        return len(self.value)

    def cell(self, at: int) -> str:
        return address(int(self.row[at]), int(self.column[at]))

    def value_at(self, at: int) -> Value:
        """The figure, exactly as the sheet has it."""
        told = self.exact.get(at)
        return as_value(float(self.value[at])) if told is None else told

    @property
    def values(self) -> list[Value]:
        return [self.value_at(at) for at in range(len(self))]

    def fill(self, places: Sequence[tuple[int, int, int, int, int]], values: Sequence[Value]) -> None:
        """Take figures one by one: (entity, metric, period, row, column) and value of each."""
        columns = np.array(places, np.int32).reshape(-1, 5).T
        self.entity, self.metric, self.period, self.row, self.column = columns
        self.value = np.array([float(value) for value in values])
        self.exact = {at: value for at, value in enumerate(values) if as_value(float(value)) != value}

    def mark_percents(self, cells: frozenset[tuple[int, int]]) -> None:
        """``cells``: row and column of those that show their 0.412 as 41.2%."""
        columns = np.array(sorted({column for _, column in cells}), np.int32)
        for at in np.flatnonzero(np.isin(self.column, columns)).tolist():
            if (int(self.row[at]), int(self.column[at])) in cells:
                self.percents[at] = 100

    def repeats(self) -> list[tuple[int, int]]:
        """Places (first, later) of figures of one entity, metric and period that differ."""
        key = self.entity.astype(np.int64) * (len(self.metrics) + 1) + self.metric
        key = key * (len(self.periods) + 1) + self.period
        _, firsts, groups = np.unique(key, return_index=True, return_inverse=True)
        first = firsts[groups]
        later = np.flatnonzero((self.value != self.value[first]) & (first != np.arange(len(self))))
        return [(int(first[at]), at) for at in later.tolist()]

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Drop the records that are not chosen."""
        new = np.cumsum(chosen) - 1
        self.exact = {int(new[at]): value for at, value in self.exact.items() if chosen[at]}
        self.approximate = {int(new[at]) for at in self.approximate if chosen[at]}
        self.scaled = {int(new[at]): factor for at, factor in self.scaled.items() if chosen[at]}
        self.percents = {int(new[at]): factor for at, factor in self.percents.items() if chosen[at]}
        for name in ("entity", "metric", "period", "value", "row", "column"):
            setattr(self, name, getattr(self, name)[chosen])


def as_value(number: float) -> Value:
    """A cell's float as the figure that it shows: whole numbers as such, 15 digits otherwise."""
    if number.is_integer():
        return int(number)
    read = number_from_cell(number)
    assert isinstance(read, Number)
    return read.value


@dataclass(slots=True)
class Extraction:
    """What one table holds."""

    table: Table
    records: Records = field(default_factory=Records)
    questions: list[Question] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    missing: int = 0
    per_post: bool = False  # several rows may share a date: they add up, they do not correct

    def ask(self, question: Question) -> None:
        """Put a question, once."""
        if all(other.key != question.key for other in self.questions):
            self.questions.append(question)


def entries(records: Records) -> Iterator[tuple[str, str, Period | None, Value, str]]:
    """(entity, metric, period, value as the sheet has it, cell) in reading order."""
    columns = zip(records.entity.tolist(), records.metric.tolist(), records.period.tolist(), strict=True)
    for at, (entity, metric, period) in enumerate(columns):
        yield (
            records.entities[entity],
            records.metrics[metric],
            records.periods[period],
            records.value_at(at),
            records.cell(at),
        )


def index_in(names: list[str], name: str) -> int:
    """The place of ``name``, which is added if it is not there."""
    try:
        return names.index(name)
    except ValueError:
        names.append(name)
        return len(names) - 1
