"""A table on a sheet: its rows, its columns, how it lies. Each finding is a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from civictracker.domain.dates import find_dates
from civictracker.domain.texts import clean
from civictracker.sheets import presets
from civictracker.sheets.axes import arranged
from civictracker.sheets.blocks import blocks
from civictracker.sheets.columns import Column, read_columns
from civictracker.sheets.contents import Content
from civictracker.sheets.corrections import Corrections
from civictracker.sheets.grid import Grid, is_empty, text_of
from civictracker.sheets.header_rows import Box, header_rows
from civictracker.sheets.headers import Role, is_unit
from civictracker.sheets.labels import is_sign, is_written
from civictracker.sheets.metric_rows import Axes
from civictracker.sheets.pairs import parted
from civictracker.sheets.telling_names import with_telling_names
from civictracker.sheets.titles import counted_in, named_metric
from civictracker.sheets.vocabulary import heading, names_platform, platform_code_in

__all__ = ["Column", "Content", "Layout", "Role", "Table", "find_table", "find_tables"]


_HEAD = 15  # rows


class Layout(StrEnum):
    LONG = "long"  # a date in every row
    WIDE_TIME = "wide-time"  # time across
    WIDE_METRIC = "wide-metric"  # metrics across, one date for the whole table


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: rows ``first``..``last`` hold the data, ``header`` rows the names."""

    layout: Layout
    header: tuple[int, int]  # first and last header row
    first: int
    last: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]  # texts above the header
    unit: str = ""
    metric: str = ""  # the one thing counted, where the table's corner names it
    skipped: frozenset[int] = frozenset()  # rows that a person left out
    preset: str = ""  # the code of the known source that it comes from
    counted: str = ""  # what the titles or the names of the sheet and the file say is counted
    above: tuple[str, ...] = ()  # texts over the first table of the sheet, where this is a later one

    def having(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    @property
    def right(self) -> int:
        return max((column.index for column in self.columns), default=0)

    @property
    def left(self) -> int:
        return min((column.index for column in self.columns), default=0)


def find_tables(grid: Grid, corrections: Corrections | None = None, *, file: str = "") -> list[Table]:
    """The tables of a sheet in reading order; ``corrections`` are what a person said of it.

    ``file``: the file's name, which may say what is counted.
    """
    told = corrections or Corrections()
    header = told.header
    if header is not None and grid.rows:
        whole = Box(0, len(grid.rows) - 1, 0, grid.width - 1)
        table = _table(grid, whole, header, told, file)
        return [table] if table is not None else []
    found = (_table(grid, box, header_rows(grid, box), told, file) for box in blocks(grid))
    return _with_common(grid, [table for table in found if table is not None])


def _with_common(grid: Grid, tables: list[Table]) -> list[Table]:
    """Every table with what stands at the head of the sheet: its title, its year, its unit."""
    if not tables:
        return []
    first, *later = tables
    head = tuple(text for text in _head(grid, first) if text not in first.titles)
    return [
        replace(first, above=head),
        *(
            replace(table, above=(*first.titles, *head), unit=table.unit or _lone_unit(first))
            for table in later
        ),
    ]


def _head(grid: Grid, table: Table) -> list[str]:
    """Texts far above the first table: lines of one or two cells, past gaps and boxes for signatures."""
    rows = (grid.rows[row] for row in range(min(table.header[0], _HEAD)) if grid.fills[row])
    texts = ([cell for cell in row if not is_empty(cell) and not is_sign(text_of(cell))] for row in rows)
    return [clean(cell) for row in texts if len(row) <= 2 for cell in row if isinstance(cell, str)]


def _lone_unit(table: Table) -> str:
    return next((text for text in table.titles if is_unit(text)), "")


def find_table(grid: Grid) -> Table | None:
    """The first table of ``grid``, or None when no row looks like a header with figures below it."""
    return next(iter(find_tables(grid)), None)


def _table(
    grid: Grid, box: Box, header: tuple[int, int] | None, told: Corrections, file: str
) -> Table | None:
    if header is None or header[1] >= box.bottom:
        return None
    first = header[1] + 1
    titles = (*grid.captions, *_titles_beside(grid, box, header[0]), *_titles(grid, box, header[0]))
    columns = read_columns(grid, header, first, box)
    used = [column for column in columns if column.header or column.content is not Content.EMPTY]
    used = parted(grid, used, (first, box.bottom), titles)
    if not any(column.content is Content.NUMBER for column in used):
        return None
    if len(used) == 1 and used[0].header and _is_lone_figure(grid, used[0], first, box.bottom):
        return None  # not below a title and a code alone, as Meta writes how many follow
    units = [text for text in titles if is_unit(text)]
    preset = presets.recognised([column.name for column in used])
    told = replace(told, columns={**_preset_columns(preset, used), **told.columns})
    stem = Path(file).stem
    axes = Axes(
        tuple(units),
        counted_in(titles) or named_metric(grid.name, stem),
        platform_code_in(*titles, grid.name, stem),
        any(each.month for text in titles if not is_written(text) for each in find_dates(text)),
    )
    if box.heading is not None and not told.rows:
        card = heading(text_of(grid.at(box.heading, box.left)))
        told = replace(told, rows="metrics") if names_platform(card) else told  # so its rows name no channel
    found = arranged(used, axes, told)
    placed = found.columns
    if preset is None and not told.columns:
        placed = with_telling_names(grid, placed, (first, box.bottom))
    return Table(
        Layout(found.layout), header, first, box.bottom, placed, titles,
        units[0] if units else "", found.metric, told.rows_skipped,
        preset.code if preset else "", axes.counted,
    )  # fmt: skip


def _is_lone_figure(grid: Grid, column: Column, first: int, last: int) -> bool:
    """조회 over 15,234 and +12.3%: a word and a number copied from a screen, no column of figures."""
    return sum(not is_empty(cell) for cell in grid.column(column.index, first, last)) < 3


def _preset_columns(preset: presets.Preset | None, columns: list[Column]) -> dict[int, str]:
    """What a known source says of its columns."""
    if preset is None:
        return {}
    kinds = ((column.index, preset.kind_of(column.name)) for column in columns)
    return {index: kind for index, kind in kinds if kind}


def _titles_beside(grid: Grid, box: Box, header: int) -> tuple[str, ...]:
    """The date or unit over tables that stand side by side: written once, over the first of them."""
    if box.left == 0:
        return ()
    alone = [row for row in range(header) if grid.fills[row] == 1]
    cells = [cell for row in alone for cell in grid.rows[row][: box.left] if not is_empty(cell)]
    texts = [clean(text_of(cell)) for cell in cells]
    return tuple(text for text in texts if find_dates(text) or is_unit(text))


def _titles(grid: Grid, box: Box, header: int) -> tuple[str, ...]:
    texts: list[str] = []
    for row in range(box.top, header):
        for column in box.columns:
            cell = grid.at(row, column)
            if not is_empty(cell) and not grid.is_inside_merge(row, column):
                texts.append(clean(text_of(cell)))
    return tuple(dict.fromkeys(texts))
