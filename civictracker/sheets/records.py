"""A table → tidy records, each with the cell it came from; what is left out has a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from civictracker.domain.dates import DateReading, date_from_serial, parse_date
from civictracker.domain.numbers import (
    Missing,
    Number,
    Unreadable,
    number_from_cell,
    parse_number,
)
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.headers import Role, is_note, is_stock, is_total
from civictracker.sheets.layout import Column, Content, Layout, Table

Value = int | Decimal
_DOWN = frozenset("▼▽")
_UP = frozenset("▲△")


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
    entity: list[int] = field(default_factory=list)
    metric: list[int] = field(default_factory=list)
    period: list[int] = field(default_factory=list)
    value: list[Value] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
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


def extract(grid: Grid, table: Table, context: Context) -> Extraction:
    """Read every figure of ``table``. One bad cell never stops the rest."""
    return _Extractor(grid, table, context).run()


class _Names:
    """Gives each distinct name an index, in order of appearance."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._index: dict[str, int] = {}

    def of(self, name: str) -> int:
        at = self._index.get(name)
        if at is None:
            at = self._index[name] = len(self._names)
            self._names.append(name)
        return at


class _Extractor:
    """One pass over a table. Split by what a row can be, because that is where sheets differ."""

    def __init__(self, grid: Grid, table: Table, context: Context) -> None:
        self.grid, self.table, self.context = grid, table, context
        self.out = Extraction(table)
        self.names = _Names(self.out.records.entities)
        self.metrics = _Names(self.out.records.metrics)
        self._periods: dict[object, int] = {}
        self._dates: dict[Cell, DateReading | None] = {}
        self.stub = [column.index for column in table.having(Role.NAME)]
        self.groups = [column.index for column in table.having(Role.GROUP)]
        self.labels = sorted((*self.stub, *self.groups))
        self.date = [c for c in table.columns if c.role in {Role.DATE, Role.YEAR, Role.MONTH}]
        self.metric_column = next(iter(table.having(Role.METRIC)), None)
        self.marks: dict[int, frozenset[str]] = {}
        self.snapshots: set[int] = set()
        self._year_needed = self._date_needed = False
        self._above: list[str] = []
        self._cleaned: dict[tuple[Cell, ...], list[str]] = {}
        head = grid.rows[table.header[1]]
        self._first_name = next((text_of(cell) for cell in head if not is_empty(cell)), "")
        self._sums: dict[tuple[int, int], Value] = {}

    # --- the whole table ----------------------------------------------------------------------

    def run(self) -> Extraction:
        self.out.per_post = self.table.layout is Layout.LONG and any(
            column.role is Role.SKIP and column.content is Content.TEXT and column.distinct > 0.8
            for column in self.table.columns
        )
        values = self._value_columns()
        for column in values:
            self._read_marks(column)
            self._spot_snapshot(column)
        targets = [(column, *self._target(column)) for column in values]
        for row in range(self.table.first, self.table.last + 1):
            self._row(row, targets)
        self._snapshot_records(values)
        self._ask()
        return self.out

    def _value_columns(self) -> list[Column]:
        chosen = []
        for column in self.table.columns:
            if column.content is not Content.NUMBER and column.time is None:
                continue
            if column.role in {Role.SKIP, Role.DATE, Role.YEAR, Role.MONTH, Role.NAME, Role.GROUP,
                               Role.METRIC}:  # fmt: skip
                continue
            where = f"{address(self.table.header[1], column.index)}"
            if column.role is Role.DERIVED:
                self.out.left_out.append(
                    LeftOut(where, f"‘{column.name}’ 열은 다른 열에서 계산되는 값이라 뺐습니다.")
                )
            elif column.role is Role.TOTAL or any(is_total(text) for text in column.header):
                self.out.totals.append(column.name)
                self.out.left_out.append(LeftOut(where, f"‘{column.name}’ 열은 합계라서 뺐습니다."))
            else:
                chosen.append(column)
        return chosen

    def _target(self, column: Column) -> tuple[int, int | None]:
        """The metric of a column, and its period where the column decides it."""
        words = [text for text in column.header if column.time is None or parse_date(text) is None]
        if column.role in {Role.THIS, Role.LAST}:
            words = words[:-1] or words
        if column.role is Role.VALUE or not words:
            name = self.context.metric or " ".join(words) or self.grid.name
        else:
            name = " ".join(words)
        metric = self.metrics.of(name)
        if column.time is not None:
            return metric, self._period_of(column.time)
        if self.table.layout is Layout.WIDE_METRIC:
            return metric, self._table_period(last=column.role is Role.LAST)
        return metric, None

    def _table_period(self, *, last: bool) -> int:
        told = self.context.answers.get("date")
        reading = parse_date(told, naming=self.context.naming) if told else self.context.default
        period = None if reading is None else self._complete(reading)
        if period is None:
            self._date_needed = True
            return self._index_of(None)
        span = {"week": Grain.WEEK, "month": Grain.MONTH}.get(self.context.answers.get("span", ""))
        if period.grain is Grain.DAY and span is not None:
            period = Period.around(period.start, span)
        if last:
            period = period.shift(-7 if period.grain is Grain.DAY else -1)
        return self._index_of(period)

    # --- rows ---------------------------------------------------------------------------------

    def _row(self, row: int, targets: list[tuple[Column, int, int | None]]) -> None:
        cells = self.grid.rows[row]
        if not any(cell is not None and cell != "" for cell in cells):
            return
        labels = self._labels(row)
        if self._is_left_out(row, cells, labels, targets):
            return
        entity = self.names.of(self._entity(labels))
        period: int | None = None
        if self.table.layout is Layout.LONG:
            period = self._row_period(row)
            if period is None:
                return
        named = None
        if self.metric_column is not None:
            named = self.metrics.of(clean(text_of(self.grid.filled(row, self.metric_column.index))))
        for column, metric, own in targets:
            if column.index in self.snapshots:
                continue
            at = own if own is not None else period
            self._value(row, column.index, entity, metric if named is None else named, at)

    def _labels(self, row: int) -> list[str]:
        """The stub's texts, filled down where the sheet leaves repeats blank."""
        raw = tuple(self.grid.filled(row, column) for column in self.labels)
        known_texts = self._cleaned.get(raw)
        if known_texts is None:
            known_texts = self._cleaned[raw] = [clean(text_of(cell)) for cell in raw]
        texts = known_texts
        if self.table.layout is not Layout.LONG and len(texts) > 1 and self._above:
            texts = list(texts)
            known = False
            for at in range(len(texts) - 1, -1, -1):
                known = known or bool(texts[at])
                if not texts[at] and known:
                    texts[at] = self._above[at]
        return texts

    def _entity(self, labels: list[str]) -> str:
        parts = [text for at, text in zip(self.labels, labels, strict=True) if at in self.stub]
        self._above = labels
        return " / ".join(parts).strip() if any(parts) else ""

    def _is_left_out(
        self, row: int, cells: list[Cell], labels: list[str],
        targets: list[tuple[Column, int, int | None]],
    ) -> bool:  # fmt: skip
        first = next((text_of(cell) for cell in cells if cell is not None and cell != ""), "")
        if is_note(first):
            return self._leave(row, "설명 줄입니다.")
        total = next((text for text in (*labels, first) if is_total(text)), None)
        if total is not None:
            self.out.totals.append(total)
            self._check_total(row, total, targets)
            return self._leave(row, f"‘{total}’ 줄은 합계라서 뺐습니다.")
        if first == self._first_name and self._repeats_header(row):
            return self._leave(row, "머리글이 되풀이된 줄입니다.")
        at = self.grid.at
        has_values = any(not is_empty(at(row, column.index)) for column, _, _ in targets)
        if self.labels and not any(labels) and self.table.layout is not Layout.LONG:
            return not has_values or self._leave(row, "채널 이름이 없는 줄입니다.")
        return not has_values and self._leave(row, "값이 없는 줄입니다.")

    def _leave(self, row: int, why: str) -> bool:
        where = f"{address(row, self.table.left)}:{address(row, self.table.right)}"
        self.out.left_out.append(LeftOut(where, why))
        return True

    def _repeats_header(self, row: int) -> bool:
        header = self.table.header[1]
        texts = [text_of(self.grid.at(row, column.index)) for column in self.table.columns]
        return sum(map(bool, texts)) >= 2 and texts == [
            text_of(self.grid.at(header, column.index)) for column in self.table.columns
        ]

    def _check_total(self, row: int, name: str, targets: list[tuple[Column, int, int | None]]) -> None:
        """Totals are never data, but they can tell that a part is wrong."""
        if "평균" in name or "average" in name.casefold() or self.table.layout is Layout.LONG:
            return
        sub = "소계" in name or "subtotal" in name.casefold()
        for column, _, _ in targets:
            stated = self._number(row, column.index)
            if not isinstance(stated, Number):
                continue
            scope = 1 if sub else 0
            added = self._sums.get((scope, column.index))
            if added is not None and added != stated.value:
                self.out.checks.append(
                    f"{address(row, column.index)} {name} {stated.value:,}이(가) "
                    f"더한 값 {added:,}과(와) 다릅니다."
                )
            self._sums.pop((1, column.index), None)

    # --- dates --------------------------------------------------------------------------------

    def _row_period(self, row: int) -> int | None:
        cells = tuple(self.grid.filled(row, column.index) for column in self.date)
        key: object = cells if len(cells) > 1 else cells[0]
        known = self._periods.get(key)
        if known is not None:
            return known
        reading = self._reading(cells)
        if isinstance(reading, Period):
            self._periods[key] = at = self._index_of(reading)
            return at
        if reading is None:
            where = address(row, self.date[0].index)
            text = " ".join(text_of(cell) for cell in cells)
            why = "날짜가 비어 있습니다." if not text.strip() else f"날짜로 읽을 수 없습니다: ‘{text}’"
            self.out.left_out.append(LeftOut(where, why, is_error=True))
            return None
        if reading.weekday_conflict:
            where = address(row, self.date[0].index)
            self.out.warnings.append(f"{where} 적힌 요일이 날짜와 다릅니다: ‘{text_of(cells[0])}’")
        self._periods[key] = at = self._period_of(reading)
        return at

    def _reading(self, cells: tuple[Cell, ...]) -> DateReading | Period | None:
        if len(cells) == 2:
            year, month = text_of(cells[0]).rstrip("년도 "), text_of(cells[1]).rstrip("월 ")
            return parse_date(f"{year}년 {month}월", naming=self.context.naming)
        cell = cells[0]
        if isinstance(cell, datetime):
            return Period.day(cell.date())
        if isinstance(cell, date):
            return Period.day(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 80_000:
            day = date_from_serial(cell)
            return None if day is None else Period.day(day)
        return parse_date(text_of(cell), naming=self.context.naming)

    def _period_of(self, reading: DateReading) -> int:
        return self._index_of(self._complete(reading))

    def _complete(self, reading: DateReading) -> Period | None:
        if reading.period is not None:
            return reading.period
        told = self.context.answers.get("year", "")
        year = int(told) if told.isdecimal() else self.context.year
        period = reading.complete(year=year, naming=self.context.naming)
        if period is None and "year" in reading.needs:
            self._year_needed = True
        elif period is None:
            self._date_needed = True
        return period

    def _index_of(self, period: Period | None) -> int:
        key = ("period", period)
        at = self._periods.get(key)
        if at is None:
            at = self._periods[key] = len(self.out.records.periods)
            self.out.records.periods.append(period)
        return at

    # --- values -------------------------------------------------------------------------------

    def _read_marks(self, column: Column) -> None:
        """▲ is a minus unless ▼ stands in the same column, or a person said otherwise."""
        seen = {
            char
            for row in range(self.table.first, self.table.last + 1)
            if isinstance(cell := self.grid.at(row, column.index), str)
            for char in cell
            if char in _UP or char in _DOWN
        }
        told = self.context.answers.get("minus", "")
        if told:
            self.marks[column.index] = frozenset(told) & (_UP | _DOWN)
        elif seen & _DOWN:
            self.marks[column.index] = _DOWN
        elif seen:
            self.marks[column.index] = _UP | _DOWN
            self._ask_once(
                Question(
                    "minus", f"‘{''.join(sorted(seen))}’ 표를 감소로 읽었습니다. 증가라면 고쳐 주세요.",
                    ("△▲", "▼▽"), blocking=False,
                )
            )  # fmt: skip

    def _value(self, row: int, column: int, entity: int, metric: int, period: int | None) -> None:
        cell = self.grid.filled(row, column) if self.grid.has_merges else self._plain(row, column)
        out = self.out.records
        if type(cell) is float and cell.is_integer():
            value: Value = int(cell)
        else:
            number = self._parsed(cell, column)
            if isinstance(number, Missing):
                if not (number is Missing.DASH and self.context.answers.get("dash") == "zero"):
                    self.out.missing += 1
                    return
                value = 0
            elif isinstance(number, Unreadable):
                self.out.left_out.append(LeftOut(address(row, column), number.why, is_error=True))
                return
            else:
                value = _whole(number.value)
                if number.approximate:
                    out.approximate.add(len(out.value))
        out.entity.append(entity)
        out.metric.append(metric)
        out.period.append(self._index_of(None) if period is None else period)
        out.value.append(value)
        out.row.append(row)
        out.column.append(column)
        for scope in (0, 1):
            self._sums[scope, column] = self._sums.get((scope, column), 0) + value

    def _plain(self, row: int, column: int) -> Cell:
        cells = self.grid.rows[row]
        return cells[column] if column < len(cells) else None

    def _number(self, row: int, column: int) -> Number | Missing | Unreadable:
        return self._parsed(self.grid.at(row, column), column)

    def _parsed(self, cell: Cell, column: int) -> Number | Missing | Unreadable:
        if cell is None:
            return Missing.EMPTY
        if isinstance(cell, bool):
            return Unreadable(str(cell), "참·거짓 값이라 숫자로 읽을 수 없습니다.")
        if isinstance(cell, int | float):
            return number_from_cell(cell)
        if isinstance(cell, timedelta):
            return Number(Decimal(round(cell.total_seconds())), unit="s")
        if isinstance(cell, str):
            return parse_number(cell, minus_marks=self.marks.get(column, _UP | _DOWN))
        return Unreadable(str(cell), f"날짜라서 숫자로 읽을 수 없습니다: ‘{cell}’")

    # --- a reading that stands only in the last row -------------------------------------------

    def _spot_snapshot(self, column: Column) -> None:
        """A stock that a crawler writes into its last row, with zeros nearly everywhere above.

        The zeros mean "not collected"; the day of the reading is the crawl's, which the file
        does not say.
        """
        rows = range(self.table.first, self.table.last + 1)
        if self.table.layout is not Layout.LONG or len(rows) < 5 or not self.out.per_post:
            return
        if not is_stock(column.name):
            return
        values = [self.grid.at(row, column.index) for row in rows]
        zeros = sum(1 for value in values if _is_zero(value))
        if _is_positive(values[-1]) and zeros * 10 >= len(values) * 9 - 10:
            self.snapshots.add(column.index)

    def _snapshot_records(self, columns: list[Column]) -> None:
        told = parse_date(self.context.answers.get("date", ""), naming=self.context.naming)
        for column in columns:
            if column.index not in self.snapshots:
                continue
            where = address(self.table.last, column.index)
            metric, _ = self._target(column)
            if told is not None and told.period is not None:
                entity = self.names.of(self._entity(self._labels(self.table.last)))
                self._value(self.table.last, column.index, entity, metric, self._index_of(told.period))
                continue
            choices = tuple(period.code for period in self.context.file_dates)
            why = f"‘{column.name}’은(는) 마지막 줄에만 값이 있습니다. 언제 잰 값인가요? (위의 0은 재지 않은 값으로 보고 뺐습니다.)"
            self.out.questions.append(Question("date", why, choices, blocking=False, cell=where))

    # --- questions ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._year_needed:
            years = [str(period.start.year) for period in self.context.file_dates]
            self._ask_once(
                Question("year", "날짜에 연도가 없습니다. 몇 년 자료인가요?", tuple(dict.fromkeys(years)))
            )
        if self._date_needed:
            self._ask_once(
                Question("date", "언제 자료인지 파일에 적혀 있지 않습니다. 어느 날(주·달)의 값인가요?",
                         tuple(period.code for period in self.context.file_dates))
            )  # fmt: skip
        if self.table.layout is Layout.WIDE_METRIC and "span" not in self.context.answers:
            periods = [period for period in self.out.records.periods if period is not None]
            if periods and all(period.grain is Grain.DAY for period in periods):
                self._ask_once(
                    Question("span", "적힌 날짜 하루의 값인가요, 그 날이 든 주(달)의 값인가요?",
                             ("week", "day", "month"), blocking=False)
                )  # fmt: skip
        if "" in self.out.records.entities and len(self.out.records):
            self._ask_once(
                Question("channel", "어느 채널의 값인지 파일에 적혀 있지 않습니다. 채널을 골라 주세요.")
            )

    def _ask_once(self, question: Question) -> None:
        if all(other.key != question.key for other in self.out.questions):
            self.out.questions.append(question)


def _is_zero(cell: Cell) -> bool:
    return is_empty(cell) or cell in {0, "0"}


def _is_positive(cell: Cell) -> bool:
    number = parse_number(text_of(cell))
    return isinstance(number, Number) and number.value > 0


def _whole(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value


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
