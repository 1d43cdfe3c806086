"""Our own workbook of everything, which imports back to the same data (``sheets.exported`` reads it).

Sheet 자료 has a figure a row and is enough by itself (so is a CSV of it); sheet 채널 has the details.
Numbers are numbers and dates dates; text is text and never a formula. A figure that a spreadsheet
could not hold exactly (more than 15 digits) is written as text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from civictracker.domain.weeks import Period
from civictracker.errors import InputError

FIGURES, CHANNELS = "자료", "채널"
FIGURE_COLUMNS = (
    "기관", "읍면동", "채널", "종류", "지표", "기간", "시작일", "종료일", "값", "단위", "어림", "비고",
    "기관 구분", "채널 번호", "지표 코드", "집계", "소수 자리",
)  # fmt: skip
CHANNEL_COLUMNS = (
    "채널 번호", "기관", "기관 구분", "부서", "읍면동", "채널", "종류", "계정", "주소", "담당", "개설일",
    "종료일", "상위 채널 번호", "비고",
)  # fmt: skip
OWN, PEER = "우리 기관", "비교 기관"
ABOUT = "어림"
MAX_ROWS = 1_048_575
_EXACT_DIGITS = 15
_LIVE = re.compile(r"'*[=+\-@\t\r\0]")  # what a spreadsheet would take for a formula, and our own escape

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel as exported; ``number`` counts within the file, ``platform`` is its Korean name."""

    number: int
    office: str
    is_own: bool
    department: str
    unit: str
    name: str
    platform: str
    handle: str = ""
    url: str = ""
    owner: str = ""
    opened: date | None = None
    closed: date | None = None
    parent: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MetricLine:
    code: str
    name: str
    kind: str
    unit: str
    decimals: int


class FigureLine(NamedTuple):
    """One figure in the metric's unit (61.8 %, not 618), of the channel with that number."""

    channel: int
    metric: str
    period: Period
    value: int | Decimal
    approximate: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Everything:
    channels: tuple[ChannelLine, ...]
    metrics: dict[str, MetricLine]
    rows: list[FigureLine]


def write_csv(everything: Everything, path: Path) -> None:
    """UTF-8 with BOM; text that could start a formula gets a leading apostrophe. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIGURE_COLUMNS)
        writer.writerows([_plain(cell) for cell in row] for row in _figure_rows(everything))


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return escaped(cell)
    return "" if cell is None else str(cell)


def escaped(text: str) -> str:
    """``=1+1`` → ``'=1+1``; :func:`unescaped` takes it back, whatever the text was."""
    return f"'{text}" if _LIVE.match(text) else text


def unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text


def write_workbook(everything: Everything, path: Path, *, made: datetime) -> None:
    """Raises InputError when the figures are more than a sheet's rows, OSError for the disk."""
    import xlsxwriter  # noqa: PLC0415 (the child that reads does without)
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    if len(everything.rows) > MAX_ROWS:
        raise InputError("값이 엑셀 한 시트에 들어가지 않습니다.", "CSV로 내보내 주세요.")
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "채널일지 자료", "created": made.replace(tzinfo=None)})
    _sheet(book, FIGURES, FIGURE_COLUMNS, _figure_rows(everything), _FIGURE_WIDTHS)
    _sheet(book, CHANNELS, CHANNEL_COLUMNS, map(_channel_row, everything.channels), _CHANNEL_WIDTHS)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


_FIGURE_WIDTHS = (12, 10, 18, 14, 12, 11, 11, 11, 12, 6, 6, 24, 10, 9, 14, 8, 9)
_CHANNEL_WIDTHS = (9, 12, 10, 12, 10, 18, 14, 16, 30, 10, 11, 11, 12, 24)


def _sheet(
    book: Any, name: str, header: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], widths: tuple[int, ...]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#E8ECF2", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (title, width) in enumerate(zip(header, widths, strict=True)):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, width)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(last, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif isinstance(cell, int | Decimal) and fits(cell):
                sheet.write_number(last, column, cell)
            elif cell is not None and cell != "":
                sheet.write_string(last, column, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(header) - 1)


def fits(value: int | Decimal) -> bool:
    """Does a spreadsheet's number keep every digit?"""
    return len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS


def _figure_rows(everything: Everything) -> Iterator[tuple[Cell, ...]]:
    channels = {channel.number: channel for channel in everything.channels}
    for row in everything.rows:
        channel, metric = channels[row.channel], everything.metrics[row.metric]
        yield (
            channel.office, channel.unit, channel.name, channel.platform, metric.name, row.period.code,
            row.period.start, row.period.end, row.value, metric.unit, ABOUT if row.approximate else "",
            row.note, _side(channel), channel.number, metric.code, metric.kind, metric.decimals,
        )  # fmt: skip


def _channel_row(channel: ChannelLine) -> tuple[Cell, ...]:
    return (
        channel.number, channel.office, _side(channel), channel.department, channel.unit, channel.name,
        channel.platform, channel.handle, channel.url, channel.owner, channel.opened, channel.closed,
        channel.parent, channel.note,
    )  # fmt: skip


def _side(channel: ChannelLine) -> str:
    return OWN if channel.is_own else PEER
