"""A table → tidy records, each with the cell it came from; what is left out has a reason."""

from __future__ import annotations

from decimal import Decimal

from civictracker.domain.dates import parse_date
from civictracker.domain.numbers import Missing, Unreadable
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Grain
from civictracker.sheets.cells import CellReader, is_snapshot
from civictracker.sheets.dating import Dating
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.headers import Role, is_note, is_total, role_of
from civictracker.sheets.layout import Column, Content, Layout, Table
from civictracker.sheets.records import Context, Extraction, LeftOut, Question, Value
from civictracker.sheets.totals import Sums

Target = tuple[Column, int, int | None]  # a value column, its metric, and its period if it has one
_NO_VALUES = frozenset(
    {Role.SKIP, Role.DATE, Role.YEAR, Role.MONTH, Role.NAME, Role.GROUP, Role.METRIC}
)  # fmt: skip


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
        self.dating = Dating(grid, table, context, self.out)
        self.cells = CellReader(grid, table, context, self.out)
        self.sums = Sums(grid, self.cells, self.out)
        self.stub = [column.index for column in table.having(Role.NAME)]
        groups = [column.index for column in table.having(Role.GROUP)]
        self.labels = sorted((*self.stub, *groups))
        self.metric_column = next(iter(table.having(Role.METRIC)), None)
        self.snapshots: set[int] = set()
        self._above: list[str] = []
        self._cleaned: dict[tuple[Cell, ...], list[str]] = {}
        self._plain: dict[tuple[Cell, ...], int] = {}  # the names of rows that were data → entity
        self._named: dict[Cell, int] = {}  # a metric column's cell → metric
        self._last_value = 0
        head = grid.rows[table.header[1]]
        self._first_name = next((text_of(cell) for cell in head if not is_empty(cell)), "")

    # --- the whole table ----------------------------------------------------------------------

    def run(self) -> Extraction:
        self.out.per_post = self.table.layout is Layout.LONG and any(
            column.role is Role.SKIP and column.content is Content.TEXT and column.distinct > 0.8
            for column in self.table.columns
        )
        values = self._value_columns()
        for column in values:
            self.cells.learn_marks(column)
            if self.out.per_post and is_snapshot(self.grid, self.table, column):
                self.snapshots.add(column.index)
        targets = [self._target(column) for column in values]
        is_plain = self.table.layout is Layout.LONG and not self.grid.has_merges
        self._last_value = max((column.index for column in values), default=0)
        for row in range(self.table.first, self.table.last + 1):
            if not (is_plain and self._like_one_before(row, targets)):
                self._row(row, targets)
        self._snapshot_records(values)
        self._ask()
        return self.out

    def _value_columns(self) -> list[Column]:
        chosen = []
        for column in self.table.columns:
            if column.role in _NO_VALUES or (column.content is not Content.NUMBER and column.time is None):
                continue
            where = address(self.table.header[1], column.index)
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

    def _target(self, column: Column) -> Target:
        """The metric of a column, and its period where the column decides it."""
        words = [text for text in column.header if column.time is None or parse_date(text) is None]
        if column.role in {Role.THIS, Role.LAST}:
            words = [text for text in words if role_of(text) not in {Role.THIS, Role.LAST}] or words
        if column.role is Role.VALUE or not words:
            name = self.context.metric or " ".join(words) or self.grid.name
        else:
            name = " ".join(words)
        metric = self.metrics.of(name)
        if column.time is not None:
            return column, metric, self.dating.of_reading(column.time)
        if self.table.layout is Layout.WIDE_METRIC:
            return column, metric, self.dating.of_table(last=column.role is Role.LAST)
        return column, metric, None

    # --- rows ---------------------------------------------------------------------------------

    def _like_one_before(self, row: int, targets: list[Target]) -> bool:
        """Read a row whose names and date were met before: it is data, and nothing need be asked again.

        This is what all but a few rows of a long sheet are; False leaves the row to :meth:`_row`.
        """
        cells = self.grid.rows[row]
        try:
            entity = self._plain.get(tuple([cells[at] for at in self.labels]))
            period = self.dating.known(cells)
            metric_cell = None if self.metric_column is None else cells[self.metric_column.index]
        except IndexError:
            return False
        named = None if metric_cell is None else self._named.get(metric_cell)
        if entity is None or period is None or (self.metric_column is not None and named is None):
            return False
        if len(cells) <= self._last_value or all(is_empty(cells[column.index]) for column, _, _ in targets):
            return False
        out = self.out.records
        for column, metric, _ in targets:
            at = column.index
            cell = cells[at]
            if at in self.snapshots:
                continue
            if type(cell) is not float or not cell.is_integer():
                self._value(row, at, entity, metric if named is None else named, period)
                continue
            out.entity.append(entity)
            out.metric.append(metric if named is None else named)
            out.period.append(period)
            out.value.append(int(cell))
            out.row.append(row)
            out.column.append(at)
        return True

    def _row(self, row: int, targets: list[Target]) -> None:
        cells = self.grid.rows[row]
        if not any(cell is not None and cell != "" for cell in cells):
            return
        labels = self._labels(row)
        if self._is_left_out(row, cells, labels, targets):
            return
        entity = self.names.of(self._entity(labels))
        period: int | None = None
        if self.table.layout is Layout.LONG:
            period = self.dating.of_row(row)
            if period is None:
                return
        named = None
        if self.metric_column is not None:
            cell = self.grid.filled(row, self.metric_column.index)
            named = self._named[cell] = self.metrics.of(clean(text_of(cell)))
        if self.table.layout is Layout.LONG:
            self._plain[tuple(self.grid.filled(row, column) for column in self.labels)] = entity
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

    def _is_left_out(self, row: int, cells: list[Cell], labels: list[str], targets: list[Target]) -> bool:
        first = next((text_of(cell) for cell in cells if cell is not None and cell != ""), "")
        if is_note(first):
            return self._leave(row, "설명 줄입니다.")
        total = next((text for text in (*labels, first) if is_total(text)), None)
        if total is not None:
            self.out.totals.append(total)
            if self.table.layout is not Layout.LONG:
                self.sums.check(row, total, [column.index for column, _, _ in targets])
            return self._leave(row, f"‘{total}’ 줄은 합계라서 뺐습니다.")
        if first == self._first_name and repeats_header(self.grid, self.table, row):
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

    # --- values -------------------------------------------------------------------------------

    def _value(self, row: int, column: int, entity: int, metric: int, period: int | None) -> None:
        cell = self.cells.shown(row, column)
        out = self.out.records
        if type(cell) is float and cell.is_integer():
            value: Value = int(cell)
        else:
            number = self.cells.number(cell, column)
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
        out.period.append(self.dating.index_of(None) if period is None else period)
        out.value.append(value)
        out.row.append(row)
        out.column.append(column)
        if self.table.layout is not Layout.LONG:
            self.sums.add(column, value)

    def _snapshot_records(self, columns: list[Column]) -> None:
        """The one reading of a snapshot column, on the day that a person tells."""
        told = parse_date(self.context.answers.get("date", ""), naming=self.context.naming)
        for column in columns:
            if column.index not in self.snapshots:
                continue
            last = self.table.last
            _, metric, _ = self._target(column)
            if told is not None and told.period is not None:
                entity = self.names.of(self._entity(self._labels(last)))
                self._value(last, column.index, entity, metric, self.dating.index_of(told.period))
                continue
            choices = tuple(period.code for period in self.context.file_dates)
            why = (
                f"‘{column.name}’은(는) 마지막 줄에만 값이 있습니다. 언제 잰 값인가요? "
                "(위의 0은 재지 않은 값으로 보고 뺐습니다.)"
            )
            where = address(last, column.index)
            self.out.questions.append(Question("date", why, choices, blocking=False, cell=where))

    # --- questions ----------------------------------------------------------------------------

    def _ask(self) -> None:
        self.dating.ask()
        if self.table.layout is Layout.WIDE_METRIC and "span" not in self.context.answers:
            periods = [period for period in self.out.records.periods if period is not None]
            if periods and all(period.grain is Grain.DAY for period in periods):
                why = "적힌 날짜 하루의 값인가요, 그 날이 든 주(달)의 값인가요?"
                self.out.ask(Question("span", why, ("week", "day", "month"), blocking=False))
        if "" in self.out.records.entities and len(self.out.records):
            self.out.ask(
                Question("channel", "어느 채널의 값인지 파일에 적혀 있지 않습니다. 채널을 골라 주세요.")
            )


def repeats_header(grid: Grid, table: Table, row: int) -> bool:
    """Is the row the table's own header once more?"""
    texts = [text_of(grid.at(row, column.index)) for column in table.columns]
    return sum(map(bool, texts)) >= 2 and texts == [
        text_of(grid.at(table.header[1], column.index)) for column in table.columns
    ]


def _whole(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value
