"""A file → what it is understood to hold: tables, records, questions, and a picture of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from civictracker.domain.dates import DateReading, find_dates
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import SheetError
from civictracker.sheets import exported, presets
from civictracker.sheets.extract import extract
from civictracker.sheets.grid import Grid, address
from civictracker.sheets.layout import Table, find_table
from civictracker.sheets.records import Context, Extraction
from civictracker.sheets.sniff import Container

_DIGIT_RUN = re.compile(r"\d{9,}")


@dataclass(slots=True)
class Understood:
    """One table of one sheet; ``preset`` is the code of a known source, or empty."""

    sheet: str
    grid: Grid
    found: Extraction
    metric_hint: str = ""
    preset: str = ""
    platform: str = ""
    exported: exported.Exported | None = None  # our own export, read back

    @property
    def range(self) -> str:
        table = self.found.table
        return f"{address(table.header[0], table.left)}:{address(table.last, table.right)}"

    @property
    def signature(self) -> str:
        """The same for next week's file: layout and names, with dates taken out."""
        names = [
            re.sub(r"\d+", "#", column.name) if column.time is not None else column.name
            for column in self.found.table.columns
        ]
        return f"{self.found.table.layout}|" + "|".join(dict.fromkeys(names))


@dataclass(slots=True)
class Understanding:
    file: str
    container: Container
    encoding: str
    tables: list[Understood] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def understand(
    grids: list[Grid],
    *,
    file: str,
    container: Container,
    encoding: str,
    answers: dict[str, str],
    naming: WeekNaming | None = None,
) -> Understanding:
    """Every table on every visible sheet. Raises SheetError when there is none."""
    result = Understanding(file, container, encoding)
    shown = [grid for grid in grids if not grid.hidden]
    hidden = [grid.name for grid in grids if grid.hidden and grid.rows]
    if hidden:
        result.warnings.append(f"숨긴 시트는 읽지 않았습니다: {', '.join(hidden)}")
    own = exported.recognised(shown, is_csv=container is Container.TEXT)
    if own is not None:
        result.tables.append(Understood(own[0].name, own[0], own[1], exported=own[2]))
        return result
    for grid in shown:
        table = find_table(grid)
        if table is None:
            if grid.rows:
                result.warnings.append(f"‘{grid.name}’ 시트에서는 표를 찾지 못했습니다.")
            continue
        result.tables.append(_table(grid, table, file, answers, naming or WeekNaming()))
    if not result.tables:
        raise SheetError(
            f"‘{file}’에서 숫자 표를 찾지 못했습니다.", "첫 줄에 항목 이름이 있는 표인지 확인해 주세요."
        )
    return result


def _table(grid: Grid, table: Table, file: str, answers: dict[str, str], naming: WeekNaming) -> Understood:
    preset = presets.recognised([column.name for column in table.columns])
    default = _date_of(grid, table, file)
    in_name = tuple(
        period for reading in find_dates(Path(file).stem) if (period := reading.period) is not None
    )
    context = Context(
        answers=answers,
        default=default,
        year=_year_of(grid, table, file),
        naming=naming,
        metric=_lone_title(table),
        file_dates=in_name,
    )
    return Understood(
        grid.name, grid, extract(grid, table, context), context.metric,
        preset.code if preset else "", preset.platform if preset else "",
    )  # fmt: skip


def _texts_about(grid: Grid, table: Table, file: str) -> list[str]:
    """Where a date of the whole table may stand, the nearest first."""
    corner = [column.name for column in table.columns if column.role is not None and column.time is None]
    return [*table.titles, *corner, grid.name, _DIGIT_RUN.sub(" ", Path(file).stem), Path(file).stem]


def _date_of(grid: Grid, table: Table, file: str) -> DateReading | None:
    """The first whole date in the titles, a week before a day; then what lacks only its year."""
    readings = [reading for text in _texts_about(grid, table, file) for reading in find_dates(text)]
    whole = [reading for reading in readings if reading.period is not None]
    in_titles = [
        reading for text in table.titles for reading in find_dates(text) if reading.period is not None
    ]
    weeks = [reading for reading in in_titles if _grain(reading) in {Grain.WEEK, Grain.RANGE}]
    for choice in (weeks, in_titles, whole, readings):
        if choice:
            return choice[0]
    return None


def _grain(reading: DateReading) -> Grain | None:
    return None if reading.period is None else reading.period.grain


def _year_of(grid: Grid, table: Table, file: str) -> int | None:
    for text in _texts_about(grid, table, file):
        for reading in find_dates(text):
            year = _sole_year(reading.period) or reading.year
            if year:
                return year
    return None


def _sole_year(period: Period | None) -> int | None:
    return period.start.year if period is not None and period.start.year == period.end.year else None


def _lone_title(table: Table) -> str:
    """A title that names the one thing counted, as in exports whose value column is "Primary"."""
    titles = [text for text in table.titles if not find_dates(text) and not text.startswith("(")]
    return titles[-1] if len(titles) == 1 else ""
