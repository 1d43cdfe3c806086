"""What a table holds, as values: tidy records with their cells, questions, and what was left out."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, MutableSequence
from dataclasses import dataclass, field
from decimal import Decimal

from civictracker.domain.dates import DateReading
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.sheets.grid import address
from civictracker.sheets.layout import Table

Value = int | Decimal


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
    naming: WeekNaming = field(default_factory=WeekNaming)
    metric: str = ""  # the name of a nameless value column
    file_dates: tuple[Period, ...] = ()


@dataclass(slots=True)
class Records:
    """Columns of equal length; ``entity``, ``metric`` and ``period`` index the three name lists."""

    entities: list[str] = field(default_factory=list)
    metrics: list[str] = field(default_factory=list)
    periods: list[Period | None] = field(default_factory=list)
    entity: MutableSequence[int] = field(default_factory=lambda: array("i"))
    metric: MutableSequence[int] = field(default_factory=lambda: array("i"))
    period: MutableSequence[int] = field(default_factory=lambda: array("i"))
    value: list[Value] = field(default_factory=list)
    row: MutableSequence[int] = field(default_factory=lambda: array("i"))
    column: MutableSequence[int] = field(default_factory=lambda: array("i"))
    approximate: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.value)

    def cell(self, at: int) -> str:
        return address(self.row[at], self.column[at])


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
    """(entity, metric, period, value, cell) in reading order."""
    for at in range(len(records)):
        yield (
            records.entities[records.entity[at]],
            records.metrics[records.metric[at]],
            records.periods[records.period[at]],
            records.value[at],
            records.cell(at),
        )
