"""A column of cells → numbers, all at once where they are plain, one by one where they are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.numbers import Missing, Number, Unreadable
from civictracker.sheets.grid import Cell
from civictracker.sheets.records import Floats, Value, as_value

NONE, NUMBER, DASH, BAD = 0, 1, 2, 3  # what a cell turned out to hold
_PLAIN = frozenset("0123456789.-")
_DIGITS = 15  # more than a float keeps
_LARGEST = 2.0**53
_NUMBERS = (float, int)
_PLAIN_KINDS = frozenset({float, int, type(None)})
Read = Callable[[Cell], Number | Missing | Unreadable]


@dataclass(slots=True)
class Figures:
    """The numbers of a column; ``state`` says for each row whether there is one."""

    value: Floats
    state: NDArray[np.uint8]
    exact: dict[int, Value] = field(default_factory=dict)
    approximate: set[int] = field(default_factory=set)
    percent: set[int] = field(default_factory=set)  # written with their %
    why: dict[int, str] = field(default_factory=dict)  # of those that cannot be read


def read_figures(cells: Sequence[Cell], read: Read) -> Figures:
    """Every cell of a column; ``read`` is asked about those that are no plain numbers."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        plain = _plain_texts(cells)
        if plain is not None:
            return Figures(plain, (~np.isnan(plain)).astype(np.uint8))
    is_number = kinds & {float, int}
    numbers = [cell if type(cell) in _NUMBERS else None for cell in cells] if kinds - _PLAIN_KINDS else cells
    value = np.array(numbers, dtype=np.float64) if is_number else np.full(len(cells), np.nan)
    found = Figures(value, (~np.isnan(value)).astype(np.uint8))
    large = np.flatnonzero(np.abs(value) >= _LARGEST).tolist()
    rest = (
        [at for at, cell in enumerate(cells) if type(cell) not in _PLAIN_KINDS]
        if kinds - _PLAIN_KINDS
        else []
    )
    _one_by_one(found, cells, [*large, *rest], read)
    return found


def _plain_texts(cells: Sequence[Cell]) -> Floats | None:
    """Texts of digits as numbers; None where a single one is anything else."""
    texts = [str(cell) for cell in cells]
    if not set("".join(texts)) <= _PLAIN or max(map(len, texts), default=0) > _DIGITS:
        return None
    try:
        return np.array([text or "nan" for text in texts], dtype=np.float64)
    except ValueError:
        return None


def _one_by_one(found: Figures, cells: Sequence[Cell], places: Sequence[int], read: Read) -> None:
    known: dict[tuple[type, Cell], Number | Missing | Unreadable] = {}
    for at in places:
        cell = cells[at]
        if cell == "":
            continue
        key = (type(cell), cell)
        number = known.get(key)
        if number is None:
            number = known[key] = read(cell)
        if isinstance(number, Number):
            _put(found, at, number)
        elif isinstance(number, Unreadable):
            found.state[at] = BAD
            found.why[at] = number.why
        elif number is Missing.DASH:
            found.state[at] = DASH


def _put(found: Figures, at: int, number: Number) -> None:
    whole = number.value == number.value.to_integral_value()
    value: Value = int(number.value) if whole else number.value
    found.value[at] = shown = float(value)
    found.state[at] = NUMBER
    if as_value(shown) != value:
        found.exact[at] = value
    if number.approximate:
        found.approximate.add(at)
    if number.percent:
        found.percent.add(at)
