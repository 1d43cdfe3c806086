"""Knows a returned 취합 form again, whatever became of the file, and reads what was written into it.

By its hidden keys where they are left, else by its printed number and its headings. Nothing is repaired:
a cell is a value, empty, "해당 없음" or bad with the reason, always with its address, and whoever made the
form decides what that means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from civictracker.domain.collecting import found_code
from civictracker.domain.numbers import Missing, Number, Unreadable, number_from_cell, parse_number
from civictracker.domain.texts import clean, folded
from civictracker.domain.weeks import Period
from civictracker.sheets import collect_form as form
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.records import Value

_SEEN_ROWS, _SEEN_COLUMNS = 500, 200  # a form is small: its number stands within these


class State(StrEnum):
    VALUE = "value"
    EMPTY = "empty"
    NONE = "none"  # said to be none: 해당 없음
    DASH = "dash"  # none or zero
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell that was to be filled. ``channel`` and ``metric`` are keys, empty where they are lost;
    ``label``, ``platform`` and ``heading`` are what stands there to read."""

    state: str
    cell: str
    channel: str
    label: str
    platform: str
    metric: str
    heading: str
    value: str = ""
    about: bool = False
    shown: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """One form as it came back. JSON through and through, for it leaves a process."""

    code: str
    period: str
    office: str
    unit: str
    period_words: str
    cells: list[FormCell]
    totals: list[tuple[str, str, str]] = field(default_factory=list)  # metric, value, cell
    strays: list[str] = field(default_factory=list)  # cells with figures outside of the form's own lines
    notes: list[tuple[str, str]] = field(default_factory=list)  # 비고 by the channel's key, or its name
    is_keyed: bool = True
    is_damaged: bool = False  # the hidden sheet was changed

    @classmethod
    def unpacked(cls, told: dict[str, Any]) -> Returned:
        cells = [FormCell(**each) for each in told["cells"]]
        totals = [(each[0], each[1], each[2]) for each in told["totals"]]
        notes = [(each[0], each[1]) for each in told["notes"]]
        return cls(**{**told, "cells": cells, "totals": totals, "notes": notes})


class _Mark(NamedTuple):
    code: str
    period: str
    corner: tuple[int, int] | None  # where the keys meet, where they are left


def returned_forms(grids: Sequence[Grid]) -> Iterator[tuple[Grid, Returned, dict[str, Any]]]:
    """Every returned form among the visible sheets, with the form as it was made where that is left."""
    for grid in grids:
        mark = None if grid.hidden else _mark(grid)
        if mark is not None:
            identity, is_damaged = _identity(grids, grid, mark)
            found = _Reader(grid, mark, identity, is_damaged=is_damaged).run()
            if found is not None:
                yield grid, found, identity


def _mark(grid: Grid) -> _Mark | None:
    """The form's number: in the corner of the keys, or printed below."""
    printed: _Mark | None = None
    for row, cells in enumerate(grid.rows[:_SEEN_ROWS]):
        for column, cell in enumerate(cells[:_SEEN_COLUMNS]):
            if not isinstance(cell, str):
                continue
            if cell.startswith(f"{form.KEY}|") and cell.count("|") == 2:
                code, period = found_code(cell), cell.rpartition("|")[2].strip()
                if code is not None and _is_period(period):
                    return _Mark(code, period, (row, column))
            elif form.CODE_WORD in cell and (code := found_code(cell)) is not None:
                printed = _Mark(code, _printed_period(cell), None)
    return printed


def _printed_period(text: str) -> str:
    return next((part for part in text.replace("(", " ").split() if len(part) > 3 and _is_period(part)), "")


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def _identity(grids: Sequence[Grid], own: Grid, mark: _Mark) -> tuple[dict[str, Any], bool]:
    """The form as it was made, from the hidden sheet (empty when that is gone); was it changed since?"""
    for grid in grids:
        lines = [text_of(cells[0]) if cells else "" for cells in grid.rows]
        if grid.member != own.member or not lines or not lines[0].startswith(form.MARK):
            continue
        told = "".join(lines[1:])
        if lines[0].split()[-1] != form.checksum(told):
            return {}, True
        found: dict[str, Any] = json.loads(told)
        if found["code"] == mark.code:
            return found, False
    return {}, False


class _Reader:
    """One pass over a form."""

    def __init__(self, grid: Grid, mark: _Mark, identity: dict[str, Any], *, is_damaged: bool) -> None:
        self.grid, self.mark, self.identity, self.is_damaged = grid, mark, identity, is_damaged
        self.heads = 0
        self.columns: dict[int, tuple[str, str]] = {}  # column → metric key, heading
        self.lines: dict[int, tuple[str, str, str]] = {}  # row → channel key, name, platform
        self.total_row = -1

    def run(self) -> Returned | None:
        """None where neither keys nor headings are left: then it is a sheet like any other."""
        if not (self._by_keys() or self._by_words()):
            return None
        cells = [self._cell(row, column) for row in sorted(self.lines) for column in sorted(self.columns)]
        return Returned(
            code=self.mark.code, period=self.mark.period or self.identity.get("period", ""),
            office=self._said(form.OFFICE_WORD) or self.identity.get("office", ""),
            unit=self._said(form.UNIT_WORD) or self.identity.get("unit", ""),
            period_words=self._said(form.PERIOD_WORD), cells=cells, totals=list(self._totals()),
            strays=list(self._strays()), notes=list(self._notes()),
            is_keyed=any(key for key, _, _ in self.lines.values()), is_damaged=self.is_damaged,
        )  # fmt: skip

    # --- where things stand -------------------------------------------------------------------

    def _by_keys(self) -> bool:
        if self.mark.corner is None:
            return False
        top, left = self.mark.corner
        names = {self._text(top, column): column for column in range(left + 1, self.grid.width)}
        metrics = {
            key.rpartition("|")[2]: at for key, at in names.items() if key.startswith(f"{form.KEY}|m|")
        }
        if not metrics:
            return False
        self.heads = self._next_text(top + 1, min(metrics.values()))
        self.columns = {at: (key, self._text(self.heads, at)) for key, at in metrics.items()}
        name, platform = names.get(form.NAME_KEY, -1), names.get(form.PLATFORM_KEY, -1)
        for row in range(top + 1, len(self.grid.rows)):
            key = self._text(row, left)
            if key == form.TOTAL_KEY:
                self.total_row = row
            elif key.startswith(f"{form.KEY}|c|"):
                self.lines[row] = (key.rpartition("|")[2], self._text(row, name), self._text(row, platform))
        return bool(self.lines)

    def _by_words(self) -> bool:
        """Headings as they were printed: each figure's column follows one of last values."""
        self.columns, self.lines = {}, {}
        for row in range(min(len(self.grid.rows), _SEEN_ROWS)):
            texts = {self._text(row, at): at for at in range(min(len(self.grid.rows[row]), _SEEN_COLUMNS))}
            if form.NAME_HEAD in texts and any(text.startswith(form.LAST) for text in texts):
                self.heads = row
                self._read_words(texts[form.NAME_HEAD], texts.get(form.PLATFORM_HEAD, -1))
                return bool(self.columns and self.lines)
        return False

    def _read_words(self, name: int, platform: int) -> None:
        last = False
        for at in range(len(self.grid.rows[self.heads])):
            text = self._text(self.heads, at)
            if last and text and text != form.NOTE_HEAD and not text.startswith(form.LAST):
                self.columns[at] = ("", text)
            last = text.startswith(form.LAST) or (last and not text)
        for row in range(self.heads + 1, len(self.grid.rows)):
            text = self._text(row, name)
            if text == form.TOTAL:
                self.total_row = row
            if text == form.TOTAL or text.startswith(form.CODE_WORD):
                break
            if text:
                self.lines[row] = ("", text, self._text(row, platform))

    def _next_text(self, row: int, column: int) -> int:
        """The first row from ``row`` on in which ``column`` says something."""
        return next((at for at in range(row, len(self.grid.rows)) if self._text(at, column)), row)

    def _text(self, row: int, column: int) -> str:
        return "" if column < 0 else clean(text_of(self.grid.at(row, column)))

    def _said(self, word: str) -> str:
        """What stands behind ``기간:`` in the lines above the table."""
        for row in range(min(self.heads, len(self.grid.rows))):
            for at in range(min(len(self.grid.rows[row]), _SEEN_COLUMNS)):
                before, colon, after = self._text(row, at).partition(":")
                if colon and folded(before) == folded(word):
                    return after.strip()
        return ""

    # --- what was written ---------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> FormCell:
        raw = self.grid.at(row, column)
        state, value, about, why = _read(raw)
        channel, label, platform = self.lines[row]
        metric, heading = self.columns[column]
        return FormCell(
            state, address(row, column), channel, label, platform, metric, heading,
            value=value, about=about, shown=clean(text_of(raw))[:80], why=why,
        )  # fmt: skip

    def _totals(self) -> Iterator[tuple[str, str, str]]:
        if self.total_row < 0:
            return
        for column, (metric, heading) in self.columns.items():
            state, value, _, _ = _read(self.grid.at(self.total_row, column))
            if state is State.VALUE:
                yield metric or heading, value, address(self.total_row, column)

    def _notes(self) -> Iterator[tuple[str, str]]:
        column = next(
            (at for at in range(self.grid.width) if self._text(self.heads, at) == form.NOTE_HEAD), -1
        )
        for row, (channel, name, _) in self.lines.items():
            if text := self._text(row, column):
                yield channel or name, text

    def _strays(self) -> Iterator[str]:
        """Figures in lines that the form does not have: somebody added a channel."""
        for row in range(self.heads + 1, len(self.grid.rows)):
            if row in self.lines or row == self.total_row:
                continue
            for column in self.columns:
                if _read(self.grid.at(row, column))[0] is State.VALUE:
                    yield address(row, column)


def _read(cell: Cell) -> tuple[State, str, bool, str]:
    """What one cell says: state, value, approximate?, why it is bad."""
    if is_empty(cell):
        return State.EMPTY, "", False, ""
    if isinstance(cell, str):
        found = parse_number(cell)
    elif isinstance(cell, bool | int | float):
        found = number_from_cell(cell)
    else:
        return State.BAD, "", False, "숫자가 아니라 날짜나 시각이 적혀 있습니다."
    if isinstance(found, Unreadable):
        return State.BAD, "", False, found.why
    if isinstance(found, Missing):
        states = {Missing.EMPTY: State.EMPTY, Missing.DASH: State.DASH}
        return states.get(found, State.NONE), "", False, ""
    if found.percent:
        return State.BAD, "", False, "숫자가 아니라 비율(%)이 적혀 있습니다."
    return State.VALUE, str(_plain(found)), found.approximate, ""


def _plain(number: Number) -> Value:
    value = number.value
    return int(value) if value == value.to_integral_value() else value
