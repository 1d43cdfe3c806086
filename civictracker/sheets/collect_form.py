"""취합 서식: one workbook for each unit, with locked headings and cells that take only what is asked for.

What the form is stands in it three times, so that it is known again whatever was done to the file: as keys
in a hidden column and a hidden row (inserted rows and columns move them along, CSV keeps them), as JSON on a
very hidden sheet, and as a printed number, which is all that a program that drops hidden things leaves.
``sheets.collect_return`` reads it back, ``sheets.collect_records`` hands it to the importer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from civictracker.domain.dates import official_weekday, range_text
from civictracker.domain.metrics import Kind
from civictracker.domain.weeks import Period
from civictracker.sheets.export import fits

SHEET, IDENTITY = "취합", "_서식"
MARK, VERSION = "civictracker-form", 1
KEY, NAME_KEY, PLATFORM_KEY, TOTAL_KEY = "ct1", "ct1|name", "ct1|platform", "ct1|total"
NOT_APPLICABLE, TOTAL, LAST = "해당 없음", "합계", "지난 값"
NAME_HEAD, PLATFORM_HEAD, NOTE_HEAD = "채널", "종류", "비고"
OFFICE_WORD, UNIT_WORD, PERIOD_WORD, DUE_WORD, CODE_WORD = "기관", "읍면동", "기간", "마감", "서식번호"
_CHUNK = 30_000  # a cell holds 32,767 signs

_HELP = (
    "노란 칸에만 적어 주세요. 다른 칸은 잠겨 있습니다. 파일 이름은 바꾸어도 됩니다.",
    "없으면 0, 아직 모르면 빈 칸, 해당하지 않으면 ‘해당 없음’이라고 적어 주세요. 빈 칸은 0이 아닙니다.",
    "지난 값은 견주어 보시라고 적은 것입니다. 그 값이 틀렸으면 비고에 적어 주세요.",
)


@dataclass(frozen=True, slots=True)
class FormMetric:
    """One thing that is asked; ``kind`` as in ``domain.metrics``."""

    code: str
    name: str
    unit: str
    kind: str
    decimals: int = 0

    @property
    def heading(self) -> str:
        return f"{self.name}({self.unit})" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class FormChannel:
    """``platform`` is its Korean name."""

    id: int
    name: str
    platform: str


@dataclass(frozen=True, slots=True)
class Form:
    """One unit's form. ``last`` has the value of the period before by (channel id, metric code)."""

    code: str
    office: str
    unit: str
    period: Period
    period_name: str
    last_name: str
    metrics: Sequence[FormMetric]
    channels: Sequence[FormChannel]
    due: date | None = None
    note: str = ""
    last: dict[tuple[int, str], int | Decimal] = field(default_factory=dict)


def row_key(channel_id: int) -> str:
    return f"{KEY}|c|{channel_id}"


def column_key(metric: str) -> str:
    return f"{KEY}|m|{metric}"


def corner_key(code: str, period: Period) -> str:
    return f"{KEY}|{code}|{period.code}"


def identity_lines(form: Form) -> list[str]:
    """The form as JSON in pieces that fit a cell, the first with a checksum of the others."""
    told = json.dumps(
        {
            "code": form.code, "office": form.office, "unit": form.unit, "period": form.period.code,
            "metrics": [asdict(each) for each in form.metrics],
            "channels": [asdict(each) for each in form.channels],
        },
        ensure_ascii=False,
    )  # fmt: skip
    pieces = [told[at : at + _CHUNK] for at in range(0, len(told), _CHUNK)]
    return [f"{MARK} {VERSION} {checksum(told)}", *pieces]


def checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def write_form(form: Form, path: Path, *, made: datetime, password: str = "") -> None:
    """Raises OSError. Without a password anyone may take the lock off, which is meant."""
    import xlsxwriter  # noqa: PLC0415 (the child that reads does without)
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": f"{form.period_name} 취합 {form.unit}", "created": made.replace(tzinfo=None)}
    )
    _Writer(book, form).write(password)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


class _Writer:
    """Lays the form out: keys in column A, names in B and C, then a pair of columns for each metric."""

    FIRST = 3  # the column of the first metric's last value

    def __init__(self, book: Any, form: Form) -> None:
        self.form = form
        self.sheet, self.hidden = book.add_worksheet(SHEET), book.add_worksheet(IDENTITY)
        base = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}

        def style(**more: object) -> Any:
            return book.add_format({**base, **more})

        box = {"border": 1, "border_color": "#B1B8BE"}
        self.title = style(bold=True, font_size=16)
        self.words = style(font_color="#1E2124")
        self.strong = style(bold=True)
        self.help = style(font_color="#58616A", font_size=9)
        self.head = style(bold=True, bg_color="#E8ECF2", align="center", text_wrap=True, **box)
        self.head_last = style(
            bg_color="#F4F5F6", font_color="#58616A", align="center", text_wrap=True, **box
        )
        self.cell = style(indent=1, **box)
        self.formats = {
            decimals: (
                style(
                    num_format=_number(decimals),
                    bg_color="#F4F5F6",
                    font_color="#58616A",
                    align="right",
                    **box,
                ),
                style(num_format=_number(decimals), bg_color="#FFF9D6", align="right", locked=False, **box),
                style(num_format=_number(decimals), bold=True, bg_color="#F4F5F6", **box),
            )
            for decimals in {each.decimals for each in form.metrics}
        }
        self.note = style(bg_color="#FFF9D6", locked=False, text_wrap=True, **box)
        self.small = style(font_color="#58616A", font_size=9)
        self.note_column = self.FIRST + 2 * len(form.metrics)

    def write(self, password: str) -> None:
        at = self._words()
        self._heads(at)
        first = at + 2
        for number, channel in enumerate(self.form.channels):
            self._channel(first + number, channel)
        last = first + len(self.form.channels) - 1
        if last > first:
            self._total(last + 1, first, last)
        self.sheet.write_string(
            last + 3, 1, f"{CODE_WORD} {self.form.code} · {self.form.period.code} (지우지 마세요)", self.small
        )
        self._page(first)
        self.sheet.protect(password, {"format_columns": True, "format_rows": True})
        for number, line in enumerate(identity_lines(self.form)):
            self.hidden.write_string(number, 0, line)
        self.hidden.protect(password)
        self.hidden.very_hidden()

    def _words(self) -> int:
        """What stands above the table; the row that follows."""
        form = self.form
        due = f"{official_weekday(form.due)}까지 보내 주세요" if form.due else "정해 두지 않았습니다"
        self.sheet.set_row(0, 28)
        self.sheet.write_string(0, 1, f"{form.period_name} 채널 현황", self.title)
        lines = [
            f"{OFFICE_WORD}: {form.office}", f"{UNIT_WORD}: {form.unit}",
            f"{PERIOD_WORD}: {form.period_name} ({range_text(form.period)})", f"{DUE_WORD}: {due}",
        ]  # fmt: skip
        for number, line in enumerate(lines, 1):
            self.sheet.write_string(number, 1, line, self.strong)
        helps = [*_HELP, *(line for line in form.note.splitlines() if line.strip())]
        for number, line in enumerate(helps, len(lines) + 1):
            self.sheet.write_string(number, 1, f"※ {line}", self.help)
        return len(lines) + len(helps) + 2

    def _heads(self, row: int) -> None:
        """The hidden row of keys, and below it the headings that people read."""
        keys = {0: corner_key(self.form.code, self.form.period), 1: NAME_KEY, 2: PLATFORM_KEY}
        for column, text in ((1, NAME_HEAD), (2, PLATFORM_HEAD), (self.note_column, NOTE_HEAD)):
            self.sheet.write_string(row + 1, column, text, self.head)
        for number, metric in enumerate(self.form.metrics):
            column = self.FIRST + 2 * number
            keys[column + 1] = column_key(metric.code)
            self.sheet.write_string(row + 1, column, f"{LAST}\n({self.form.last_name})", self.head_last)
            self.sheet.write_string(row + 1, column + 1, metric.heading, self.head)
        for column, key in keys.items():
            self.sheet.write_string(row, column, key)
        self.sheet.set_row(row, None, None, {"hidden": True})
        self.sheet.set_row(row + 1, 34)

    def _channel(self, row: int, channel: FormChannel) -> None:
        self.sheet.set_row(row, 24)
        self.sheet.write_string(row, 0, row_key(channel.id))
        self.sheet.write_string(row, 1, channel.name, self.cell)
        self.sheet.write_string(row, 2, channel.platform, self.cell)
        for number, metric in enumerate(self.form.metrics):
            column = self.FIRST + 2 * number
            old, new, _ = self.formats[metric.decimals]
            last = self.form.last.get((channel.id, metric.code))
            if last is None:
                self.sheet.write_string(row, column, "-", old)
            elif fits(last):
                self.sheet.write_number(row, column, last, old)
            else:
                self.sheet.write_string(row, column, str(last), old)
            self.sheet.write_blank(row, column + 1, None, new)
            self.sheet.data_validation(row, column + 1, row, column + 1, _rule(metric, row, column + 1))
        self.sheet.write_blank(row, self.note_column, None, self.note)

    def _total(self, row: int, first: int, last: int) -> None:
        from xlsxwriter.utility import xl_range  # noqa: PLC0415

        self.sheet.set_row(row, 24)
        self.sheet.write_string(row, 0, TOTAL_KEY)
        self.sheet.write_string(row, 1, TOTAL, self.head)
        self.sheet.write_blank(row, 2, None, self.head)
        for number, metric in enumerate(self.form.metrics):
            column = self.FIRST + 2 * number
            bold = self.formats[metric.decimals][2]
            self.sheet.write_blank(row, column, None, bold)
            cells = xl_range(first, column + 1, last, column + 1)
            self.sheet.write_formula(row, column + 1, f'=IF(COUNT({cells})=0,"",SUM({cells}))', bold, "")
        self.sheet.write_blank(row, self.note_column, None, self.cell)

    def _page(self, first: int) -> None:
        sheet = self.sheet
        sheet.set_column(0, 0, 3, None, {"hidden": True})
        sheet.set_column(1, 1, 22)
        sheet.set_column(2, 2, 16)
        sheet.set_column(self.FIRST, self.note_column - 1, 13)
        sheet.set_column(self.note_column, self.note_column, 24)
        sheet.freeze_panes(first, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        if self.form.metrics and self.form.channels:
            sheet.set_selection(first, self.FIRST + 1, first, self.FIRST + 1)


def _number(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _rule(metric: FormMetric, row: int, column: int) -> dict[str, Any]:
    """A whole number from 0 on (where the metric is one), or 해당 없음."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415

    cell = xl_rowcol_to_cell(row, column)
    parts, words = ["TRUE"], "숫자"
    if not metric.decimals:
        parts.append(f"{cell}=INT({cell})")
        words = "정수"
    if metric.kind != Kind.NET:
        parts.append(f"{cell}>=0")
        words = f"0 이상의 {words}"
    return {
        "validate": "custom",
        "value": f'=OR({cell}="{NOT_APPLICABLE}",IF(ISNUMBER({cell}),AND({",".join(parts)}),FALSE))',
        "error_title": "숫자를 확인해 주세요",
        "error_message": f"{words}나 ‘{NOT_APPLICABLE}’만 적을 수 있습니다. 설명은 비고에 적어 주세요.",
    }
