"""A file → what it is understood to hold: tables, records, questions, and a picture of the sheet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from civictracker.domain.dates import find_dates
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import SheetError
from civictracker.sheets import collect_records, exported, presets, sections
from civictracker.sheets.corrections import Corrections, corrections_of
from civictracker.sheets.extract import extract
from civictracker.sheets.grid import Grid, address, text_of
from civictracker.sheets.layout import Layout, Table, find_tables
from civictracker.sheets.names import bare_name
from civictracker.sheets.records import Context, Extraction, LeftOut
from civictracker.sheets.sniff import Container
from civictracker.sheets.table_dates import TableDates
from civictracker.sheets.titles import lone_title, named_metric, plain_name
from civictracker.sheets.vocabulary import (
    channel_and_metric,
    heading,
    is_known_metric,
    names_entity,
    names_platform,
    platform_code_in,
    platform_named_in,
)

NO_TABLE = "시트에서는 표를 찾지 못했습니다."


@dataclass(slots=True)
class Understood:
    """One table of one sheet; ``preset`` is the code of a known source, or empty."""

    sheet: str
    grid: Grid
    found: Extraction
    signature: str = ""  # the same for next week's file
    preset: str = ""
    platform: str = ""
    is_nameless: bool = False  # nothing but the name of the sheet or the file stands for what is counted
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
    _tell_year_of_others(result, reader)
    _count_once(result)
    _tell_places(result)
    _tell_platforms(result)
    if not result.tables and answers.get("picture"):
        result.tables = [_picture(grid) for grid in shown if grid.rows]
    if not result.tables:
        raise SheetError(
            f"‘{file}’에서 숫자 표를 찾지 못했습니다.", "첫 줄에 항목 이름이 있는 표인지 확인해 주세요."
        )
    return result


def _tell_year_of_others(result: Understanding, reader: _Reader) -> None:
    """10월 and 11월 behind a sheet of 2026년 9월 are of 2026, where all sheets then stand in order."""
    lacking = [table for table in result.tables if _asks_year(table)]
    known = [period for table in result.tables if table not in lacking for period in _periods(table)]
    years = {year for period in known for year in (period.start.year, period.end.year)}
    if not lacking or len(years) != 1 or reader.answers.get("year"):
        return
    told = Understanding(result.file, result.container, result.encoding)
    with_year = replace(reader, year=years.pop())
    for grid in {table.grid.name: table.grid for table in result.tables}.values():
        with_year.read(grid, told)
    spans = [_periods(table) for table in told.tables]
    in_order = all(len(one) == len(other) == 1 and one[0] < other[0] for one, other in pairwise(spans))
    if in_order and not any(map(_asks_year, told.tables)):
        result.tables = told.tables


def _asks_year(table: Understood) -> bool:
    return any(question.key == "year" for question in table.found.questions)


def _periods(table: Understood) -> list[Period]:
    return [period for period in table.found.records.periods if period is not None]


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


def _tell_places(result: Understanding) -> None:
    """A sheet for each 읍면동, the same channels on all: whose they are is in the sheets' names alone."""
    by_place: dict[str, list[Extraction]] = {}
    for table in result.tables:
        place = heading(plain_name(table.sheet))
        if names_entity(place) and not names_platform(place):
            by_place.setdefault(place, []).append(table.found)
    if len(by_place) < 2:
        return
    seen = Counter(
        name for found in by_place.values() for name in {n for each in found for n in each.records.entities}
    )
    for place, tables in by_place.items():
        for found in tables:
            names = found.records.entities
            found.records.entities = [
                (f"{place} / {name}" if name else place) if seen[name] > 1 and place not in name else name
                for name in names
            ]
            if "" in names:
                found.questions = [question for question in found.questions if question.key != "channel"]


def _tell_platforms(result: Understanding) -> None:
    """Facebook follows and Instagram follows in one file: one answer must not stand for two channels."""
    nameless = [table for table in result.tables if table.platform and table.found.records.entities == [""]]
    if len({table.platform for table in nameless}) < 2:
        return
    for table in nameless:
        named = (platform_named_in(text) for text in (*reversed(table.found.table.titles), table.sheet))
        table.found.records.entities = [next(filter(None, named), "") or table.platform]
        kept = [question for question in table.found.questions if question.key != "channel"]
        table.found.questions = kept


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known of the file beside its sheets."""

    file: str
    answers: dict[str, str]
    naming: WeekNaming
    year: int | None = None  # that the other sheets tell

    def read(self, grid: Grid, result: Understanding) -> None:
        """Add the tables of one sheet to ``result``."""
        corrections = corrections_of(self.answers, grid.name)
        if corrections.is_left_out:
            result.warnings.append(f"‘{grid.name}’ 시트는 뺐습니다.")
            return
        tables = find_tables(grid, corrections, file=grid.member or self.file)
        if not tables and grid.rows:
            result.warnings.append(f"‘{grid.name}’ {NO_TABLE}")
        # A form is found again by how the sheet looks before anybody corrected it.
        plain = tables if corrections == Corrections() else find_tables(grid, file=grid.member or self.file)
        marks = [signature_of(table) for table in plain] or [_look(grid)]
        for at, table in enumerate(tables):
            result.tables.append(self._table(grid, table, marks[min(at, len(marks) - 1)]))

    def _table(self, grid: Grid, table: Table, signature: str) -> Understood:
        file = grid.member or self.file
        preset = presets.by_code(table.preset)
        periods = (reading.period for reading in find_dates(Path(file).stem))
        dated = TableDates(grid, table, file)
        names = (plain_name(grid.name), plain_name(Path(file).stem), grid.name)
        known = named_metric(grid.name, Path(file).stem)
        title = sections.title_of(table.titles)
        if sections.is_plan(part := sections.section(title)):
            return Understood(grid.name, grid, _left_out(table, part), signature)
        default = sections.shifted(title, dated.whole())
        both = None if table.preset else channel_and_metric(plain_name(grid.name))
        told = lone_title(table.titles) or lone_title(table.above) or (both[1] if both else known)
        context = Context(
            answers=self.answers,
            default=default,
            year=dated.year or self.year,
            written=dated.written,
            naming=self.naming,
            metric=told or next(filter(None, names), ""),
            entity=_lone_entity(grid, table) or (both[0] if both else ""),
            is_as_of=dated.is_as_of,
            titled=dated.titled,
            file_dates=tuple(period for period in periods if period is not None),
        )
        platform = preset.platform if preset else ""
        found = extract(grid, table, context)
        return Understood(
            grid.name, grid, found, signature, table.preset,
            platform or platform_code_in(*table.titles, grid.name, file),
            is_nameless=not told and found.records.metrics == [context.metric],
        )  # fmt: skip


def _left_out(table: Table, section: str) -> Extraction:
    """No figures of a table of what is planned."""
    out = Extraction(table)
    where = f"{address(table.header[0], table.left)}:{address(table.last, table.right)}"
    out.left_out.append(LeftOut(where, f"‘{section}’ 표는 계획이라서 뺐습니다."))
    return out


def _lone_entity(grid: Grid, table: Table) -> str:
    """Whose figures the whole table holds, where a title or the sheet's name names one platform."""
    names = [bare_name(heading(text)) for text in (*reversed(table.titles), grid.name)]
    whole = next((name for name in names if names_platform(name)), "")
    if whole:
        return whole
    named = next(filter(None, (_channel_in(heading(text)) for text in reversed(table.titles))), "")
    preset = presets.by_code(table.preset)
    return named if preset is None or platform_code_in(named) == preset.platform else ""


def _channel_in(title: str) -> str:
    return "" if is_known_metric(title) else platform_named_in(title)


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
