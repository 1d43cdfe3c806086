"""A table → tidy records, each with the cell it came from; what is left out has a reason.

Everything is done a column at a time: a sheet of a hundred thousand rows is read in a blink, and the
rare cell that is no plain number is looked at by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.dates import parse_date
from civictracker.sheets import unmarked_sums
from civictracker.sheets.cells import CellReader, rows_of_changes
from civictracker.sheets.covered import leave_covered
from civictracker.sheets.dating import NOWHEN, Dating
from civictracker.sheets.doubts import tell_doubts
from civictracker.sheets.figure_columns import choose, name_in_title
from civictracker.sheets.grid import Grid, address
from civictracker.sheets.headers import Role, is_soft_total, is_stock
from civictracker.sheets.layout import Column, Layout, Table
from civictracker.sheets.merged_figures import leave_merged
from civictracker.sheets.records import Context, Extraction, Ints, LeftOut, Question, index_in
from civictracker.sheets.row_names import Kind
from civictracker.sheets.rows import Rows, read_rows
from civictracker.sheets.scales import tell_scales
from civictracker.sheets.titles import lone_title
from civictracker.sheets.total_columns import parts_of
from civictracker.sheets.totals import RowSums, Stated, column_checks, is_average, leave_soft_totals
from civictracker.sheets.values import BAD, DASH, NUMBER, Figures, read_figures
from civictracker.sheets.vocabulary import names_metric

_RATE = re.compile(
    "률|율|비율|지수|평균|당 ?인구|당 ?비용|%|[(\\[][^()]*/[^()]*[)\\]]$"
)  # what does not add up
_RATE_TITLE = re.compile(r"[가-힣]율(?:\s|$|[(\[])|[가-힣]률(?:\s|$|[(\[])")  # 고용률 over columns of years
_CHANGE = re.compile(r"\s*(?:증감|변동|변화)(?:\s*(?:현황|추이))?$")  # of a title
Bools = NDArray[np.bool_]


def extract(grid: Grid, table: Table, context: Context) -> Extraction:
    """Read every figure of ``table``. One bad cell never stops the rest."""
    return _Extractor(grid, table, context).run()


class _Extractor:
    """One pass over a table, columns first, then rows, then both together."""

    def __init__(self, grid: Grid, table: Table, context: Context) -> None:
        self.grid, self.table, self.context = grid, table, context
        self.out = Extraction(table)
        self.dating = Dating(grid, table, context, self.out)
        self.cells = CellReader(grid, table, context, self.out)
        told = choose(grid, table, context, self.out)
        self.columns, self.totals, self.snapshots = told
        self.right_name = name_in_title(table, self.columns, self.out)
        self.figures: list[Figures] = []

    def run(self) -> Extraction:
        table, out = self.table, self.out
        if not self.columns:
            return out
        self.figures = [self._read(column) for column in self.columns]
        self.state: NDArray[np.uint8] = np.stack([figures.state for figures in self.figures], axis=1)
        numbers: Bools = (self.state == NUMBER) | ((self.state == DASH) & self._dash_is_zero)
        changes = rows_of_changes(
            [self.grid.column(column.index, table.first, table.last) for column in self.columns]
        )
        numbers[changes] = False
        rows = read_rows(self.grid, table, _in_any(numbers), _in_any(self.state == BAD))
        self._leave_changes(rows, changes)
        self._as_told(rows)
        data = np.array([kind is Kind.DATA for kind in rows.kind], bool)
        self._check_totals(rows, data)
        self._fill_records(rows, data, numbers)
        tell_scales(self.grid, table, out)
        leave_soft_totals(out)
        leave_covered(out)
        self._tell_bad_cells(data)
        self._snapshot_records(rows)
        self.dating.ask()
        dashes = int(((self.state == DASH) & data[:, None]).sum())
        tell_doubts(out, context=self.context, dashes=dashes)
        return out

    def _leave_changes(self, rows: Rows, changes: list[int]) -> None:
        """Say so of rows of changes, in place of what a row without figures is called."""
        for at in changes:
            rows.kind[at] = Kind.DERIVED
            row = self.table.first + at
            where = f"{address(row, self.table.left)}:{address(row, self.table.right)}"
            told = LeftOut(where, "괄호 안에 적힌 증감이라 뺐습니다.")
            rows.left_out = [(other, left) for other, left in rows.left_out if other != at]
            rows.left_out.append((at, told))

    @property
    def _dash_is_zero(self) -> bool:
        return self.context.answers.get("dash") == "zero"

    def _read(self, column: Column) -> Figures:
        self.cells.learn_marks(column)
        cells = self.grid.column(column.index, self.table.first, self.table.last)
        cells = self.cells.plain(column, self.cells.halves(column, cells))
        return read_figures(cells, lambda cell: self.cells.number(cell, column.index))

    # --- records ------------------------------------------------------------------------------

    def _fill_records(self, rows: Rows, data: Bools, numbers: Bools) -> None:
        """One record for every number in a row of data, in reading order."""
        chosen = numbers & data[:, None]
        for at in self.snapshots:
            chosen[:, at] = False
        periods = self._periods(data)
        merged = leave_merged(self.grid, self.table, self.columns, rows=rows, periods=periods, chosen=chosen)
        self.out.left_out.extend(merged)
        dated = chosen & (periods != NOWHEN)
        at_row, at_column = np.nonzero(dated)
        records = self.out.records
        values = np.stack([figures.value for figures in self.figures], axis=1)
        records.value = np.nan_to_num(values[at_row, at_column])
        records.row = (at_row + self.table.first).astype(np.int32)
        indexes = np.array([column.index for column in self.columns], np.int32)
        records.column = indexes[at_column]
        records.period = periods[at_row, at_column]
        own, across = _Side.named(rows.entity), _Side.named([column.entity for column in self.columns])
        records.entity = _crossed(
            own.at(at_row), across.at(at_column), records.entities, joint=" / ", alone=self.context.entity
        )
        own = _Side.named(rows.metric)
        told = any(rows.metric)  # the names of the rows say what is counted
        across = _Side.named([c.metric if told else self._metric_name(c) for c in self.columns])
        records.metric = _crossed(
            own.at(at_row), across.at(at_column), records.metrics, joint=" ", alone=self._lone_name
        )
        self._mark_exceptions(dated)
        self.out.missing = int((data[:, None] & ~numbers & (self.state != BAD)).sum())

    def _metric_name(self, column: Column) -> str:
        if column.metric and self._is_by_kind and not names_metric(column.metric):
            # Reels below Views, and again below Content interactions
            return f"{lone_title(self.table.titles[-1:])} {column.metric}"
        if self.right_name:
            return self.right_name
        if column.metric or any(c.role is Role.METRIC for c in self.table.columns):
            return column.metric
        return self._lone_name

    @cached_property
    def _is_by_kind(self) -> bool:
        """Does one row below a title of what is counted part it by kinds, with no name of its own?"""
        table = self.table
        is_lone = table.last == table.first and table.layout is Layout.WIDE_METRIC
        return is_lone and not table.having(Role.NAME, Role.METRIC) and bool(lone_title(table.titles[-1:]))

    @property
    def _lone_name(self) -> str:
        name = self.table.metric or self.context.metric
        is_beside = any(column.role is Role.DERIVED for column in self.table.columns)
        return _CHANGE.sub("", name) or name if is_beside else name

    def _mark_exceptions(self, chosen: Bools) -> None:
        """Carry the rare exact and approximate figures over to their records, and those in percent."""
        if self.grid.percents:
            self.out.records.mark_percents(self.grid.percents)
        if not any(figures.exact or figures.approximate or figures.percent for figures in self.figures):
            return
        number = np.full(chosen.shape, -1)
        number[chosen] = np.arange(int(chosen.sum()))
        for at, figures in enumerate(self.figures):
            for row, value in figures.exact.items():
                if number[row, at] >= 0:
                    self.out.records.exact[int(number[row, at])] = value
            marked = (int(number[row, at]) for row in figures.approximate)
            self.out.records.approximate.update(place for place in marked if place >= 0)
            written = (int(number[row, at]) for row in figures.percent)
            self.out.records.percents.update((place, 1) for place in written if place >= 0)

    def _periods(self, data: Bools) -> Ints:
        """The index of the period of every row and column."""
        shape = self.state.shape
        times = [column.time for column in self.columns]
        if self.table.layout is Layout.WIDE_METRIC:
            of = [self.dating.of_table(column) for column in self.columns]
            return np.broadcast_to(np.array(of, np.int32), shape)
        if self.table.layout is Layout.LONG:
            return np.broadcast_to(self.dating.of_rows(data.tolist())[:, None], shape)
        told = [time for time in times if time is not None]
        if self.dating.columns:
            return self.dating.of_rows_and_columns(data.tolist(), told)
        return np.broadcast_to(np.array(self.dating.of_time_and_beside(self.columns), np.int32), shape)

    # --- totals -------------------------------------------------------------------------------

    def _as_told(self, rows: Rows) -> None:
        """Soft totals (전국, 전체) are read as data first: whether they add up is seen from the figures."""
        for at, name in list(rows.totals):
            if is_soft_total(name) and rows.kind[at] is Kind.TOTAL:
                rows.kind[at] = Kind.DATA
        self.out.left_out.extend(
            told for at, told in rows.left_out if rows.kind[at] is not Kind.DATA
        )  # fmt: skip
        self.out.totals.extend(name for at, name in rows.totals if rows.kind[at] is not Kind.DATA)

    def _check_totals(self, rows: Rows, data: Bools) -> None:
        values = np.stack([figures.value for figures in self.figures], axis=1)
        if self.table.layout is Layout.LONG:
            self.out.warnings.extend(unmarked_sums.told_of_columns(self.columns, values[data]))
            return
        sums = RowSums(values, [column.index for column in self.columns], self.table.first, self.state == BAD)
        soft = np.array([bool(rows.totals) and is_soft_total(name) for name in rows.entity], bool)
        parts = data & ~soft
        leading = np.flatnonzero(parts)[:1].tolist()
        if leading and not rows.totals and sums.is_leading_total(leading[0], parts):
            self._leave_leading(rows, data, leading[0])
            parts = parts & data
        is_rate = bool(_RATE.search(self._lone_name)) or any(map(_RATE_TITLE.search, self.table.titles))
        rates = [is_rate or bool(_RATE.search(column.name)) for column in self.columns]
        in_time = self.table.layout is Layout.WIDE_TIME
        stated = [
            Stated(
                at, name, np.where(rates, np.nan, values[at]), rows.beside(at),
                is_running=in_time and any(text.startswith("누") for text in rows.labels[at]),
            )
            for at, name in rows.totals
            if rows.kind[at] is Kind.TOTAL and not any(_RATE.search(text) for text in rows.labels[at])
        ]  # fmt: skip
        sums.check(stated, parts)
        self.out.checks.extend(sums.checks)
        self._check_total_columns(rows, values, data)
        self.out.warnings.extend(unmarked_sums.told(rows, self.columns, values[:, ~np.array(rates)], parts))

    def _leave_leading(self, rows: Rows, data: Bools, at: int) -> None:
        name = rows.entity[at] or "첫 줄"
        rows.kind[at], data[at] = Kind.TOTAL, False
        row = self.table.first + at
        where = f"{address(row, self.table.left)}:{address(row, self.table.right)}"
        self.out.totals.append(name)
        self.out.left_out.append(LeftOut(where, f"‘{name}’ 줄은 아래 줄들을 더한 값이라 뺐습니다."))

    def _check_total_columns(self, rows: Rows, values: NDArray[np.float64], data: Bools) -> None:
        names = [f"{name} {metric}" for metric, name in zip(rows.metric, rows.entity, strict=True)]
        levels = np.array(list(map(is_stock, names)), bool)
        rates = np.array([_RATE.search(name) is not None for name in names], bool)
        for total in self.totals:
            if is_average(total.name) or total.part:
                continue  # 12(520) below 게시(누적): the running total of one column
            parts = parts_of(total, self.columns, self.totals)
            if len(parts) < 2:
                continue
            stated = self._read(total).value.copy()
            stated[~data] = np.nan
            if total.name.startswith("누"):
                stated[levels] = np.nan  # 누계 of a level is its last figure
            stated[rates] = np.nan
            self.out.checks.extend(
                column_checks(total.name, total.index, self.table.first, stated, values[:, parts])
            )

    # --- what is said of single cells ---------------------------------------------------------

    def _tell_bad_cells(self, data: Bools) -> None:
        for column, figures in zip(self.columns, self.figures, strict=True):
            for at, why in figures.why.items():
                if data[at]:
                    where = address(self.table.first + at, column.index)
                    self.out.left_out.append(LeftOut(where, why, is_error=True))

    def _snapshot_records(self, rows: Rows) -> None:
        """The one reading of a snapshot column, on the day that a person tells."""
        told = parse_date(self.context.answers.get("date", ""), naming=self.context.naming)
        last = len(rows.kind) - 1
        for at in sorted(self.snapshots):
            column = self.columns[at]
            if told is not None and told.period is not None:
                self._add(last, at, rows, self.dating.index_of(told.period))
                continue
            choices = tuple(period.code for period in self.context.file_dates)
            why = (
                f"‘{column.name}’은(는) 마지막 줄에만 값이 있습니다. 언제 잰 값인가요? "
                "(위의 0은 재지 않은 값으로 보고 뺐습니다.)"
            )
            where = address(self.table.last, column.index)
            self.out.questions.append(Question("date", why, choices, blocking=False, cell=where))

    def _add(self, row: int, at: int, rows: Rows, period: int) -> None:
        records = self.out.records
        column = self.columns[at]
        entity, metric = rows.entity[row] or column.entity, self._metric_name(column)
        records.entity = np.append(records.entity, index_in(records.entities, entity))
        records.metric = np.append(records.metric, index_in(records.metrics, metric))
        records.period = np.append(records.period, np.int32(period))
        records.value = np.append(records.value, self.figures[at].value[row])
        records.row = np.append(records.row, np.int32(self.table.first + row))
        records.column = np.append(records.column, np.int32(column.index))


def _in_any(marks: Bools) -> list[bool]:
    """Which rows have a mark in any column."""
    return [bool(count) for count in np.count_nonzero(marks, axis=1).tolist()]


@dataclass(frozen=True, slots=True)
class _Side:
    """Names by row or by column: the number of each one's name, and the names."""

    of: Ints
    names: list[str]

    @classmethod
    def named(cls, names: Sequence[str]) -> _Side:
        known: dict[str, int] = {}
        numbers = [known.setdefault(name, len(known)) for name in names]
        return cls(np.array(numbers, np.int32), list(known))

    def at(self, places: NDArray[np.intp]) -> _Side:
        """The same for each of the records at ``places``."""
        return _Side(self.of[places], self.names)


def _crossed(rows: _Side, columns: _Side, into: list[str], *, joint: str, alone: str) -> Ints:
    """Number the joined names of rows and columns, in order of appearance.

    ``rows.of`` and ``columns.of`` hold the numbers for each record; ``alone`` stands where both are empty.
    """
    if not len(rows.of):
        return np.zeros(0, np.int32)
    width = len(columns.names)
    codes = rows.of.astype(np.int64) * width + columns.of
    first = np.full(len(rows.names) * width, -1, np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # the earliest is written last
    numbers = np.zeros(len(first), np.int32)
    known: dict[str, int] = {}
    for code in sorted(np.flatnonzero(first >= 0).tolist(), key=first.__getitem__):
        row, column = divmod(code, width)
        name = joint.join(part for part in (rows.names[row], columns.names[column]) if part) or alone
        numbers[code] = known.setdefault(name, len(known))
    into.extend(known)
    found: Ints = numbers[codes]
    return found
