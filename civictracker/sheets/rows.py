"""What the rows of a table are: figures of somebody, totals, notes, headings once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.texts import clean
from civictracker.sheets.dates_once import is_of_one_day
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.headers import Role, is_about, is_note, is_soft_total, is_total, role_of
from civictracker.sheets.layout import Layout, Table
from civictracker.sheets.names import bare_name, without_codes
from civictracker.sheets.records import LeftOut
from civictracker.sheets.row_names import WHY_ODD, Kind, RowNames
from civictracker.sheets.tallies import without_tallies
from civictracker.sheets.vocabulary import heading, is_heading

_NOTICE = re.compile(r"(showing top \d+|상위 \d+개 결과)", re.IGNORECASE)


@dataclass(slots=True)
class Rows:
    """The rows ``first``… of a table: ``kind`` and the names of each; ``why`` those that are out."""

    kind: list[Kind]
    entity: list[str]
    metric: list[str]
    totals: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[int, LeftOut]] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)  # the stub's texts, filled down

    def beside(self, total: int) -> NDArray[np.bool_] | None:
        """The rows that a total stands for: the same names beside its own; None if there is but one name."""
        labels = self.labels[total]
        if len(labels) < 2:
            return None
        told = [(at, text) for at, text in enumerate(labels) if text and not is_total(text)]
        if not told:
            return None
        return np.array([all(each[at] == text for at, text in told) for each in self.labels], bool)


def read_rows(grid: Grid, table: Table, has_figures: Sequence[bool], has_bad: Sequence[bool]) -> Rows:
    """Name every row; ``has_figures`` says which rows have a number in any column of figures.

    ``has_bad`` says which have something there that is no number.
    """
    return _Reader(grid, table, has_figures, has_bad).run()


class _Reader:
    def __init__(
        self, grid: Grid, table: Table, has_figures: Sequence[bool], has_bad: Sequence[bool]
    ) -> None:
        self.grid, self.table, self.has_figures, self.has_bad = grid, table, has_figures, has_bad
        names = table.having(Role.NAME, Role.GROUP)
        self.labels = [column.index for column in names]
        self.metric_column = next(iter(table.having(Role.METRIC)), None)
        self.stub = [*self.labels, *([self.metric_column.index] if self.metric_column else [])]
        count = len(has_figures)
        self.out = Rows([Kind.DATA] * count, [""] * count, [""] * count)
        self._header = [text_of(cell) for cell in self._header_cells()]
        self._section = ""
        self._known: dict[tuple[str, ...], tuple[Kind, str, str]] = {}
        self._header_labels = tuple(_name(grid.filled(table.header[1], at)) for at in self.stub)
        self._names = RowNames(table)

    def _header_cells(self) -> list[Cell]:
        return [self.grid.filled(self.table.header[1], column.index) for column in self.table.columns]

    def run(self) -> Rows:
        texts = self._texts()
        self.out.labels = texts
        self._names.find_namesakes(texts, is_of_one_day=is_of_one_day(self.grid, self.table))
        self._name_all(texts)
        skipped = {row - self.table.first for row in self.table.skipped}
        dated = self._totals_among_dates()
        for at in sorted({*self._odd_rows(texts, skipped), *dated}):
            if at in skipped:
                self.out.kind[at] = Kind.OUT
                self._leave(at, "사람이 뺀 줄입니다.")
            elif at in dated:
                self.out.kind[at] = Kind.TOTAL
                self._total(at, dated[at])
            elif not self.has_figures[at]:
                self._without_figures(at, texts[at])
            else:
                self._name(at, texts[at])
        return self.out

    def _totals_among_dates(self) -> dict[int, str]:
        """누계 or 합계 below the months of a long sheet: row → its name."""
        found: dict[int, str] = {}
        for column in self.table.having(Role.DATE, Role.YEAR, Role.MONTH):
            cells = self.grid.column(column.index, self.table.first, self.table.last)
            totals = {cell for cell in set(cells) if isinstance(cell, str) and _is_no_date(cell)}
            found |= {at: clean(text_of(cell)) for at, cell in enumerate(cells) if totals and cell in totals}
        return {**found, **self._totals_without_dates()}

    def _totals_without_dates(self) -> dict[int, str]:
        """합계 in the column of numbers or titles of a long sheet, where the date is left blank."""
        dates = self.table.having(Role.DATE)
        if self.table.layout is not Layout.LONG or not dates:
            return {}
        first, last = self.table.first, self.table.last
        days = self.grid.column(dates[0].index, first, last)
        found: dict[int, str] = {}
        for column in self.table.having(Role.SKIP, Role.NAME, Role.GROUP):
            cells = self.grid.column(column.index, first, last)
            totals = {cell for cell in set(cells) if isinstance(cell, str) and is_total(cell)}
            if totals:
                rows = (at for at, cell in enumerate(cells) if cell in totals and is_empty(days[at]))
                found |= {at: clean(text_of(cells[at])) for at in rows}
        return found

    def _name_all(self, texts: list[tuple[str, ...]]) -> None:
        """Most rows are figures of somebody: all of those are named at once."""
        self._known = {labels: self._names.of(labels) for labels in set(texts)}
        told = [self._known[labels] for labels in texts]
        self.out.entity = [entity for _, entity, _ in told]
        self.out.metric = [metric for _, _, metric in told]

    def _odd_rows(self, texts: list[tuple[str, ...]], skipped: set[int]) -> list[int]:
        """The rows to look at one by one; all of them where a row without figures may be a heading."""
        blank = [at for at, has in enumerate(self.has_figures) if not has]
        if any(self._may_be_section(at) for at in blank):
            return list(range(len(texts)))
        odd = {labels for labels, told in self._known.items() if told[0] is not Kind.DATA}
        odd.add(self._header_labels)
        return sorted({*blank, *skipped, *(at for at, labels in enumerate(texts) if labels in odd)})

    def _may_be_section(self, at: int) -> bool:
        row = self.table.first + at
        return row < len(self.grid.rows) and self.grid.fills[row] == 1

    # --- names --------------------------------------------------------------------------------

    def _texts(self) -> list[tuple[str, ...]]:
        """The stub's texts of every row, filled down where the sheet leaves repeats blank."""
        columns = [self.grid.column(at, self.table.first, self.table.last) for at in self.stub]
        cleaned: dict[Cell, str] = {}
        for column in columns:
            for cell in set(column):
                cleaned[cell] = _name(cell)
        texts = [[cleaned[cell] for cell in column] for column in columns]
        texts = [without_codes(column) if column and column[0][:1].isdigit() else column for column in texts]
        numbers = (column.index for column in self.table.having(Role.SKIP))
        without_tallies(
            texts[: len(self.labels)],
            (self.grid.column(at, self.table.first, self.table.last) for at in numbers),
        )
        if self._may_fill_down(texts):
            self._fill_down(texts)
        return list(zip(*texts, strict=True)) if texts else [()] * len(self.has_figures)

    def _may_fill_down(self, texts: list[list[str]]) -> bool:
        """Names written once over several rows; in a long sheet a lone blank is only a blank."""
        if not texts or (self.table.layout is not Layout.LONG and len(texts) == 1):
            return False
        if self.table.layout is not Layout.LONG:
            return True
        blanks = sum(1 for at, text in enumerate(texts[0]) if not text and self.has_figures[at])
        first = texts[0][0]
        return blanks * 10 > sum(self.has_figures) * 3 and bool(first) and not is_total(first)

    def _fill_down(self, texts: list[list[str]]) -> None:
        above = [""] * len(texts)
        is_long = self.table.layout is Layout.LONG
        for at in range(len(texts[0])):
            told = [column[at] for column in texts]
            if not any(told) and not (is_long and self.has_figures[at]):
                continue
            if any(is_note(text) for text in told[:1]) and not self.has_figures[at]:
                continue
            known = is_long
            for place in range(len(told) - 1, -1, -1):
                known = known or bool(told[place])
                if not told[place] and known and (not is_long or place == 0):
                    told[place] = texts[place][at] = above[place]
            above = told

    def _name(self, at: int, labels: tuple[str, ...]) -> None:
        kind, entity, metric = self._known[labels]
        if kind is Kind.DATA and labels == self._header_labels and self._repeats_header(at):
            self._leave(at, "머리글이 되풀이된 줄입니다.")
            return
        self.out.kind[at] = kind
        self.out.entity[at] = self._in_section(entity)
        self.out.metric[at] = metric
        if kind is Kind.TOTAL:
            self._total(at, entity)
            if is_soft_total(entity):  # it may turn out to be a reading of its own: 전국 / 서울, 서울 / 전국
                self.out.entity[at] = self._names.whole(labels) or entity
        elif kind in WHY_ODD:
            said = next((text for text in reversed(labels) if text), "")
            self._leave(at, WHY_ODD[kind].format(said))
        elif kind is Kind.OUT and (total := self._total_beside(at)):
            self._total(at, total)
        elif kind is Kind.OUT:
            self._leave(at, "채널 이름이 없는 줄입니다.")

    def _total_beside(self, at: int) -> str:
        """합계 in a column that names nobody: that of numbers, or of the 국 over its departments."""
        columns = (column.index for column in self.table.having(Role.SKIP))
        texts = (clean(text_of(self.grid.filled(self.table.first + at, column))) for column in columns)
        return next(filter(is_total, texts), "")

    def _in_section(self, entity: str) -> str:
        return f"{self._section} / {entity}" if self._section and entity else self._section or entity

    # --- rows that are left out ---------------------------------------------------------------

    def _without_figures(self, at: int, labels: tuple[str, ...]) -> None:
        """Say why a row without a figure is out; it may be the heading of a section."""
        row = self.table.first + at
        cells = self.grid.shown[row] if row < len(self.grid.shown) else []
        texts = [text_of(cell) for cell in cells if not is_empty(cell)]
        self.out.kind[at] = Kind.OUT
        if not texts:
            return
        if is_note(texts[0]) or _NOTICE.search(texts[0]) or (len(set(texts)) == 1 and len(texts[0]) > 40):
            self._leave(at, "설명 줄입니다.")
        elif self._repeats_header(at):
            self._leave(at, "머리글이 되풀이된 줄입니다.")
        elif any(map(is_total, labels)):
            self.out.totals.append((at, next(filter(is_total, labels))))
            self._leave(at, f"‘{self.out.totals[-1][1]}’ 줄은 합계라서 뺐습니다.")
        elif len(texts) == 1 and is_heading(texts[0]):
            self._section = clean(heading(texts[0]))
            self._leave(at, "아래 줄들의 제목입니다.")
        elif self.has_bad[at] and any(map(is_about, labels)):
            self._leave(at, f"‘{next(filter(is_about, labels))}’ 줄은 통계가 아니라고 보아 뺐습니다.")
        elif self.has_bad[at] and len(texts) > 1:
            self._name(at, labels)
        else:
            self._leave(at, "값이 없는 줄입니다.")

    def _repeats_header(self, at: int) -> bool:
        row = self.table.first + at
        texts = [text_of(self.grid.filled(row, column.index)) for column in self.table.columns]
        return sum(map(bool, texts)) >= 2 and texts == self._header

    def _total(self, at: int, name: str) -> None:
        if is_total(name) or role_of(name) is not Role.DERIVED:
            self.out.totals.append((at, name))
            self._leave(at, f"‘{name}’ 줄은 합계라서 뺐습니다.")
        else:
            self._leave(at, WHY_ODD[Kind.DERIVED].format(name))

    def _leave(self, at: int, why: str) -> None:
        row = self.table.first + at
        where = f"{address(row, self.table.left)}:{address(row, self.table.right)}"
        self.out.left_out.append((at, LeftOut(where, why)))
        if self.out.kind[at] is Kind.DATA:
            self.out.kind[at] = Kind.OUT


def _is_no_date(cell: str) -> bool:
    """합계 or 증감 below the months."""
    return is_total(cell) or (not cell[:1].isdigit() and role_of(cell) is Role.DERIVED)


def _name(cell: Cell) -> str:
    return bare_name(text_of(cell))
