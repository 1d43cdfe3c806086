"""Reads back what ``sheets.export`` wrote, by its column names and without any guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from civictracker.domain.texts import folded
from civictracker.domain.weeks import Period
from civictracker.sheets import export
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.layout import Column, Content, Layout, Table
from civictracker.sheets.records import Extraction, LeftOut, Value

NEEDED = ("기관", "읍면동", "채널", "종류", "지표", "기간", "시작일", "종료일", "값", "어림", "비고")
_NUMBER = re.compile(r"[-−]?\d{1,30}(\.\d{1,12})?")
_DETAILS = {
    "부서": "department", "계정": "handle", "주소": "url", "담당": "owner", "개설일": "opened",
    "종료일": "closed", "비고": "note",
}  # fmt: skip


@dataclass(slots=True)
class Exported:
    """What our own workbook says beyond figures. JSON through and through, for it leaves a process.

    ``channels`` belong to the records' entities in order, and may go on with channels that have no
    figure; ``metrics`` are by code; ``notes`` by the record's place. ``form`` is what a returned 취합 form
    tells (``sheets.collect_return.Returned``), None for an export.
    """

    channels: list[dict[str, Any]] = field(default_factory=list)
    metrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    form: dict[str, Any] | None = None

    @classmethod
    def unpacked(cls, told: dict[str, Any]) -> Exported:
        """From JSON, whose keys are always texts."""
        notes = {int(at): note for at, note in told["notes"].items()}
        return cls(told["channels"], told["metrics"], notes, told["form"])


def recognised(grids: list[Grid], *, is_csv: bool) -> tuple[Grid, Extraction, Exported] | None:
    """The figures sheet of our own export with what it holds, or None for any other file.

    Only a CSV's texts were escaped.
    """
    needed = {folded(name) for name in NEEDED}
    for grid in grids:
        if grid.rows and (at := _columns(grid)).keys() >= needed:
            others = [each for each in grids if each.name == export.CHANNELS and each is not grid]
            return grid, *_Reader(grid, at, others[0] if others else None, is_csv=is_csv).run()
    return None


def _columns(grid: Grid) -> dict[str, int]:
    """Folded name of each column of the first row → its place."""
    return {folded(text_of(cell)): at for at, cell in enumerate(grid.rows[0]) if not is_empty(cell)}


class _BadCellError(Exception):
    """Why a row cannot be read, and the column."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


class _Reader:
    """One pass over the figures; a bad row is left out with its reason."""

    def __init__(self, grid: Grid, at: dict[str, int], details: Grid | None, *, is_csv: bool) -> None:
        self.grid, self.at, self.details = grid, at, details
        self._written = export.unescaped if is_csv else str
        self.out = Extraction(_table(grid, at))
        self.more = Exported()
        self._places: list[tuple[int, int, int, int, int]] = []
        self._values: list[Value] = []
        self._entities: dict[tuple[str, ...], int] = {}
        self._metrics: dict[str, int] = {}
        self._periods: dict[tuple[date, date], int] = {}

    def run(self) -> tuple[Extraction, Exported]:
        for row in range(1, len(self.grid.rows)):
            if not any(not is_empty(cell) for cell in self.grid.rows[row]):
                continue
            try:
                self._row(row)
            except _BadCellError as error:
                where = address(row, self.at[folded(error.column)])
                self.out.left_out.append(LeftOut(where, str(error), is_error=True))
        self.out.records.fill(self._places, self._values)
        if self.details is not None and self.details.rows:
            self._read_details(self.details)
        return self.out, self.more

    def _cell(self, row: int, name: str) -> Cell:
        column = self.at.get(folded(name))
        return None if column is None else self.grid.at(row, column)

    def _text(self, row: int, name: str) -> str:
        return self._said(self._cell(row, name))

    def _said(self, cell: Cell) -> str:
        """A text as it was before it was escaped; days as ISO text."""
        if isinstance(cell, datetime):
            return cell.date().isoformat()
        return self._written(cell) if isinstance(cell, str) else text_of(cell)

    def _row(self, row: int) -> None:
        records = self.out.records
        value, period = self._value(row), self._period(row)
        metric, entity = self._metric(row), self._entity(row)
        if note := self._text(row, "비고"):
            self.more.notes[len(self._values)] = note
        if self._text(row, "어림"):
            records.approximate.add(len(self._values))
        self._places.append((entity, metric, self._index_of(period), row, self.at[folded("값")]))
        self._values.append(value)

    def _value(self, row: int) -> Value:
        cell = self._cell(row, "값")
        text = repr(cell) if isinstance(cell, float) else text_of(cell).replace(",", "")
        if isinstance(cell, bool) or not (
            _NUMBER.fullmatch(text) or (isinstance(cell, float) and cell.is_integer())
        ):
            raise _BadCellError("값", f"숫자로 읽을 수 없습니다: ‘{text_of(cell)}’")
        value = Decimal(text.replace("−", "-"))
        return int(value) if value == value.to_integral_value() else value

    def _period(self, row: int) -> Period:
        """By the two days, which survive a spreadsheet; the code, where it did too, must agree."""
        start, end = _day(self._cell(row, "시작일")), _day(self._cell(row, "종료일"))
        code = self._text(row, "기간")
        try:
            told: Period | None = Period.parse(code)
        except ValueError:
            told = None
        if start is None or end is None:
            if told is None:
                raise _BadCellError("기간", f"기간을 읽을 수 없습니다: ‘{code}’")
            return told
        if end < start or (told is not None and told != Period(start, end)):
            raise _BadCellError("기간", f"기간 ‘{code}’이 시작일·종료일과 다릅니다.")
        return Period(start, end)

    def _index_of(self, period: Period) -> int:
        key = (period.start, period.end)
        if key not in self._periods:
            self._periods[key] = len(self.out.records.periods)
            self.out.records.periods.append(period)
            self.out.records.written.append(period.code)
        return self._periods[key]

    def _metric(self, row: int) -> int:
        name = self._text(row, "지표")
        code = self._text(row, "지표 코드") or name
        if not code:
            raise _BadCellError("지표", "지표가 비어 있습니다.")
        if code not in self._metrics:
            self._metrics[code] = len(self.out.records.metrics)
            self.out.records.metrics.append(code)
            decimals = self._text(row, "소수 자리")
            self.more.metrics[code] = {
                "name": name, "kind": self._text(row, "집계"), "unit": self._text(row, "단위"),
                "decimals": int(decimals) if decimals.isdecimal() else 0,
            }  # fmt: skip
        return self._metrics[code]

    def _entity(self, row: int) -> int:
        names = ("기관", "읍면동", "채널", "종류", "채널 번호")
        key = tuple(self._text(row, name) for name in names)
        if not key[0] or not key[2]:
            raise _BadCellError("채널", "기관과 채널 이름이 있어야 합니다.")
        if key not in self._entities:
            is_own = self._text(row, "기관 구분") != export.PEER
            self._add_channel(key, is_own=is_own)
        return self._entities[key]

    def _add_channel(self, key: tuple[str, ...], *, is_own: bool) -> int:
        office, unit, name, platform, number = key
        self._entities[key] = at = len(self.more.channels)
        label = " ".join(part for part in (office, unit, name, f"({platform})" if platform else "") if part)
        if label in self.out.records.entities:
            label += f" #{number}"
        self.out.records.entities.append(label)
        self.more.channels.append(
            {"label": label, "office": office, "unit": unit, "name": name, "platform": platform,
             "number": number, "is_own": is_own}
        )  # fmt: skip
        return at

    def _read_details(self, grid: Grid) -> None:
        at = _columns(grid)
        for row in range(1, len(grid.rows)):
            texts = {
                name: self._said(grid.at(row, at[folded(name)]))
                for name in export.CHANNEL_COLUMNS
                if folded(name) in at
            }
            names = ("기관", "읍면동", "채널", "종류", "채널 번호")
            key = tuple(texts.get(name, "") for name in names)
            if not key[0] or not key[2]:
                continue
            if key not in self._entities:
                self._add_channel(key, is_own=texts.get("기관 구분") != export.PEER)
            channel = self.more.channels[self._entities[key]]
            channel.update({field: texts.get(name, "") for name, field in _DETAILS.items()})
            channel["parent"] = texts.get("상위 채널 번호", "")


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(text_of(cell))
    except ValueError:
        return None


_ROLES = {
    "기관": Role.GROUP, "읍면동": Role.GROUP, "채널": Role.NAME, "종류": Role.GROUP, "지표": Role.METRIC,
    "기간": Role.DATE, "값": Role.VALUE,
}  # fmt: skip


def _table(grid: Grid, at: dict[str, int]) -> Table:
    """The table as the picture of the sheet needs it."""
    roles = {folded(name): role for name, role in _ROLES.items()}
    columns = tuple(
        Column(
            place, (text_of(grid.at(0, place)),),
            Content.NUMBER if name == folded("값") else Content.TEXT, roles.get(name, Role.SKIP),
        )
        for name, place in sorted(at.items(), key=lambda pair: pair[1])
    )  # fmt: skip
    return Table(Layout.LONG, (0, 0), 1, max(1, len(grid.rows) - 1), columns, ())
