"""A sheet as it was read: values and merges, the same whichever reader read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None
MAX_CELLS = 30_000_000  # of one sheet, as a rectangle
Span = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 0, AA → 26: what :func:`column_letters` writes."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """0, 0 → A1."""
    return f"{column_letters(column)}{row + 1}"


def place(cell: str) -> tuple[int, int]:
    """A1 → 0, 0: what :func:`address` writes."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """A cell as the text a person reads; whole floats lose their ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@dataclass(frozen=True)
class Grid:
    """One sheet. ``rows`` start at row 1, column A; rows may be of different lengths."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Span, ...] = ()
    hidden: bool = False
    member: str = ""  # the file inside an archive or folder that the sheet came from
    notes: tuple[str, ...] = ()  # what reading it left out, in sentences
    captions: tuple[str, ...] = ()  # texts over it that stand in no cell, as in HTML
    percents: frozenset[tuple[int, int]] = frozenset()  # cells that show their 0.412 as 41.2%

    def at(self, row: int, column: int) -> Cell:
        """The cell's own value; None outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def fills(self) -> list[int]:
        """How many cells of each row hold something."""
        return [len(row) - row.count(None) - row.count("") for row in self.rows]

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells inside a merge, with the corner that holds its value."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            if (bottom - top + 1) * (right - left + 1) <= 20_000
            and not self._is_banner(top, left, bottom, right)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def _is_banner(self, top: int, left: int, bottom: int, right: int) -> bool:
        """One text over the whole width, alone in its row: said once, not of every column."""
        return (
            top == bottom < len(self.rows)
            and self.fills[top] == 1
            and left == self._left
            and (right - left + 1) * 10 >= (self.width - left) * 6
            and isinstance(self.at(top, left), str)
        )

    @cached_property
    def _left(self) -> int:
        """The first column with anything in it."""
        filled = (next((at for at, cell in enumerate(row) if not is_empty(cell)), None) for row in self.rows)
        return min((at for at in filled if at is not None), default=0)

    @cached_property
    def shown(self) -> list[list[Cell]]:
        """The rows as a person sees them: every cell of a merge holds the merge's value.

        Readers differ in whether they repeat a merged value, so it is always taken from the corner.
        """
        if not self._covered:
            return self.rows
        rows = list(self.rows)
        copied: set[int] = set()
        for (row, column), corner in self._covered.items():
            if row >= len(rows):
                continue
            if row not in copied:
                copied.add(row)
                rows[row] = list(rows[row])
            if column >= len(rows[row]):
                rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = self.at(*corner)
        return rows

    def filled(self, row: int, column: int) -> Cell:
        """The cell as a person sees it; None outside the sheet."""
        rows = self.shown
        if row >= len(rows) or column >= len(rows[row]):
            return None
        return rows[row][column]

    def column(self, column: int, first: int, last: int) -> list[Cell]:
        """The cells of a column from row ``first`` to ``last``, merges filled (kept: asked for often)."""
        key = (column, first, last)
        if key not in self._columns:
            self._columns[key] = self._column(*key)
        return self._columns[key]

    @cached_property
    def data_rows(self) -> dict[tuple[int, int, int], bool]:
        """What is known of rows: (row, first, last column) → does it hold data?"""
        return {}

    @cached_property
    def _columns(self) -> dict[tuple[int, int, int], list[Cell]]:
        return {}

    def _column(self, column: int, first: int, last: int) -> list[Cell]:
        rows = self.shown[first : last + 1]
        try:
            return [row[column] for row in rows]
        except IndexError:
            return [row[column] if column < len(row) else None for row in rows]

    def is_inside_merge(self, row: int, column: int) -> bool:
        """Is the cell covered by a merge without being its corner?"""
        corner = self._covered.get((row, column))
        return corner is not None and corner != (row, column)

    @property
    def has_merges(self) -> bool:
        return bool(self.merges)
