"""A file → what it is understood to hold: tables, records, questions, and a picture of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from civictracker.domain.dates import DateReading, find_dates
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import SheetError
from civictracker.sheets import collect_records, exported, presets
from civictracker.sheets.corrections import Corrections, corrections_of
from civictracker.sheets.extract import extract
from civictracker.sheets.grid import Grid, address, text_of
from civictracker.sheets.headers import is_unit
from civictracker.sheets.layout import Layout, Table, find_tables
from civictracker.sheets.records import Context, Extraction
from civictracker.sheets.sniff import Container
from civictracker.sheets.vocabulary import heading, metric_in, names_metric, names_platform, platform_code_in

NO_TABLE = "시트에서는 표를 찾지 못했습니다."
_DIGIT_RUN = re.compile(r"\d{9,}")


@dataclass(slots=True)
class Understood:
    """One table of one sheet; ``preset`` is the code of a known source, or empty."""

    sheet: str
    grid: Grid
    found: Extraction
    signature: str = ""  # the same for next week's file
    metric_hint: str = ""
    preset: str = ""
    platform: str = ""
    exported: exported.Exported | None = None  # our own export or 취합 form, read back

    @property
    def range(self) -> str:
        table = self.found.table
        return f"{address(max(0, table.header[0]), table.left)}:{address(table.last, table.right)}"


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
    for grid, found, told in collect_records.recognised(grids):  # its own hidden sheet is part of a form
        result.tables.append(Understood(grid.name, grid, found, exported=told))
    if result.tables:
        return result
    shown = [grid for grid in grids if not grid.hidden]
    hidden = [grid.name for grid in grids if grid.hidden and grid.rows]
    if hidden:
        result.warnings.append(f"숨긴 시트는 읽지 않았습니다: {', '.join(hidden)}")
    own = exported.recognised(shown, is_csv=container is Container.TEXT)
    if own is not None:
        result.tables.append(Understood(own[0].name, own[0], own[1], exported=own[2]))
        return result
    reader = _Reader(file, answers, naming or WeekNaming())
    for grid in shown:
        reader.read(grid, result)
    _count_once(result)
    if not result.tables and answers.get("picture"):
        result.tables = [_picture(grid) for grid in shown if grid.rows]
    if not result.tables:
        raise SheetError(
            f"‘{file}’에서 숫자 표를 찾지 못했습니다.", "첫 줄에 항목 이름이 있는 표인지 확인해 주세요."
        )
    return result


def _count_once(result: Understanding) -> None:
    """Of several views of the same figures (an export's 총계, 차트 and 표) keep the first in rank."""
    there = {table.preset for table in result.tables}
    for table in list(result.tables):
        preset = presets.by_code(table.preset)
        better = next((code for code in preset.yields_to if code in there), "") if preset else ""
        if preset is None or not better:
            continue
        kept = presets.by_code(better)
        result.tables.remove(table)
        source = kept.name if kept else better
        result.warnings.append(
            f"‘{table.sheet}’은(는) ‘{source}’과 같은 값을 나누어 보인 것이라 두 번 세지 않게 뺐습니다."
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known of the file beside its sheets."""

    file: str
    answers: dict[str, str]
    naming: WeekNaming

    def read(self, grid: Grid, result: Understanding) -> None:
        """Add the tables of one sheet to ``result``."""
        corrections = corrections_of(self.answers, grid.name)
        if corrections.is_left_out:
            result.warnings.append(f"‘{grid.name}’ 시트는 뺐습니다.")
            return
        tables = find_tables(grid, corrections)
        if not tables and grid.rows:
            result.warnings.append(f"‘{grid.name}’ {NO_TABLE}")
        # A form is found again by how the sheet looks before anybody corrected it.
        plain = tables if corrections == Corrections() else find_tables(grid)
        marks = [signature_of(table) for table in plain] or [_look(grid)]
        for at, table in enumerate(tables):
            result.tables.append(self._table(grid, table, marks[min(at, len(marks) - 1)]))

    def _table(self, grid: Grid, table: Table, signature: str) -> Understood:
        file = grid.member or self.file
        preset = presets.by_code(table.preset)
        periods = (reading.period for reading in find_dates(Path(file).stem))
        named = _plain_name(grid.name) or _plain_name(Path(file).stem) or grid.name
        context = Context(
            answers=self.answers,
            default=_date_of(grid, table, file),
            year=_year_of(grid, table, file),
            naming=self.naming,
            metric=_lone_title(table) or named,
            entity=_lone_entity(grid, table),
            file_dates=tuple(period for period in periods if period is not None),
        )
        platform = preset.platform if preset else ""
        return Understood(
            grid.name, grid, extract(grid, table, context), signature, context.metric, table.preset,
            platform or platform_code_in(*table.titles, grid.name, file),
        )  # fmt: skip


def _lone_entity(grid: Grid, table: Table) -> str:
    """Whose figures the whole table holds, where its title or its sheet is just that name."""
    names = (heading(text) for text in (*reversed(table.titles), grid.name))
    return next((name for name in names if names_platform(name)), "")


def signature_of(table: Table) -> str:
    """The same for next week's file: layout and names, with dates taken out."""
    names = [
        re.sub(r"\d+", "#", column.name) if column.time is not None else column.name
        for column in table.columns
    ]
    return f"{table.layout}|" + "|".join(dict.fromkeys(names))


def _look(grid: Grid) -> str:
    """The signature of a sheet in which no table was found: its first texts."""
    texts = [
        text_of(cell) for row in grid.rows[:10] for cell in row if isinstance(cell, str) and cell.strip()
    ]
    return "?|" + "|".join(re.sub(r"\d+", "#", text) for text in texts[:20])


def _picture(grid: Grid) -> Understood:
    """A sheet without a table, to be shown to a person who can say where it is."""
    nothing = Table(Layout.WIDE_METRIC, (-1, -1), 0, len(grid.rows) - 1, (), ())
    return Understood(grid.name, grid, Extraction(nothing), _look(grid))


_PLAIN_SHEET = re.compile(
    r"^(sheet|시트|표|데이터|data|자료|table|excel|worksheet|report|통계표)[\s_\-]*\d*$", re.IGNORECASE
)


def _plain_name(name: str) -> str:
    """A sheet's or file's name, where it names something rather than nothing (Sheet1, 데이터)."""
    bare = name
    for reading in find_dates(name):
        bare = bare.replace(reading.text, " ")
    bare = " ".join(bare.split()).strip(" _-·.")
    return bare if len(bare) >= 2 and not _PLAIN_SHEET.match(bare) and not bare.isdecimal() else ""


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
    if not in_titles:  # (11.2.~11.8.): its year stands in the sheet's or the file's name
        year = _year_of(grid, table, file)
        in_titles = [whole for text in table.titles for whole in _with_year(find_dates(text), year)]
    weeks = [reading for reading in in_titles if _grain(reading) in {Grain.WEEK, Grain.RANGE}]
    # "10월" of a sheet's name is nearer than the year in the file's.
    near = [
        r for r in readings if _grain(r) not in {Grain.YEAR, None} or (r.month and "month" not in r.needs)
    ]
    for choice in (weeks, in_titles, near, whole, readings):
        if choice:
            return choice[0]
    return None


def _with_year(readings: list[DateReading], year: int | None) -> list[DateReading]:
    """Those days and spans that lack but the year, with it."""
    lacking = [each for each in readings if each.needs == {"year"} and (each.day or each.last)]
    spans = [(each, each.complete(year=year)) for each in lacking if year is not None]
    return [replace(each, period=span, needs=frozenset()) for each, span in spans if span is not None]


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


_LABEL = re.compile(r"^[*※○◎■\s]*(통계표명|통계명|통계표|자료명|지표명|제목|title)\s*[:：]?$", re.IGNORECASE)


def _lone_title(table: Table) -> str:
    """A title that names the one thing counted, as in exports whose value column is "Primary"."""
    for label, text in pairwise(table.titles):
        if _LABEL.match(label):
            return text
    titles = [
        text
        for text in table.titles
        if not (find_dates(text) or is_unit(text) or text.startswith("(") or names_platform(heading(text)))
    ]
    alone = titles[-1] if len(titles) == 1 else ""
    if alone and (names_metric(alone) or metric_in(alone)):
        return alone
    return metric_in(" ".join(table.titles)) or alone
