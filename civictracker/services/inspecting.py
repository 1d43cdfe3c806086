"""What a file holds, as ``civictracker inspect`` tells it. Needs no data file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from civictracker.domain.weeks import Period, WeekNaming
from civictracker.sheets.isolated import FileFound, TableFound, read_file
from civictracker.sheets.records import Question, entries

JsonNumber = int | float | str


def read_alone(path: Path, *, answers: dict[str, str]) -> FileFound:
    """Read ``path`` without any data file. Raises SheetError."""
    return read_file(path, answers=answers, naming=WeekNaming())


def described(found: FileFound, *, records: bool) -> dict[str, Any]:
    """The JSON shape of ``civictracker inspect``."""
    warnings = [*found.warnings, *(each for table in found.tables for each in table.warnings)]
    return {
        "file": found.file,
        "container": found.container,
        "encoding": found.encoding,
        "tables": [_table(table, records=records) for table in found.tables],
        "warnings": warnings,
    }


def _table(table: TableFound, *, records: bool) -> dict[str, Any]:
    rows = table.records
    periods = {rows.periods[at] or rows.written[at] for at in np.unique(rows.period).tolist()} - {""}
    told = {
        "sheet": table.sheet,
        "range": table.range,
        "layout": table.layout,
        "n_entities": len(np.unique(rows.entity)),
        "n_periods": len(periods),
        "n_values": len(rows),
        "metrics": [rows.metrics[at] for at in np.unique(rows.metric).tolist()],
        "totals_left_out": table.totals,
        "missing": table.missing,
        "checks": table.checks,
        "questions": [asked(question) for question in table.questions],
    }
    if records:
        told["records"] = [
            {
                "entity": entity or None, "metric": metric,
                **_when(period, rows.written[number]), "value": json_number(value), "cell": cell,
            }
            for (entity, metric, period, value, cell), number in zip(entries(rows), rows.period, strict=True)
        ]  # fmt: skip
    return told


def _when(period: Period | None, written: str) -> dict[str, str | None]:
    """A period that is not known yet is told as the sheet has it."""
    return {"period": None, "written": written} if period is None else {"period": period.code}


def asked(question: Question) -> dict[str, Any]:
    return {"key": question.key, "why": question.why, "choices": list(question.choices)}


def json_number(value: int | Decimal) -> JsonNumber:
    """A whole number as such, a decimal as the float that writes the same digits, else as text."""
    if isinstance(value, int):
        return value
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


_OUT = 30  # of what is left out, as many are told in words
_LAYOUTS = {"long": "날짜가 줄마다", "wide-time": "날짜가 가로로", "wide-metric": "지표가 가로로"}


def in_words(found: FileFound, *, records: bool) -> str:
    """The same for a person to read."""
    lines = [f"{found.file} ({found.container}{', ' + found.encoding if found.encoding else ''})"]
    for table in found.tables:
        lines.extend(_table_words(table))
        if records:
            lines.extend(
                f"    {cell:>6}  {period.code if period else '?':<12} {entity or '(이름 없음)'} · {metric}"
                f" = {value:,}"
                for entity, metric, period, value, cell in entries(table.records)
            )
    lines.extend(f"주의: {each}" for each in found.warnings)
    return "\n".join(lines)


def _table_words(table: TableFound) -> list[str]:
    told = _table(table, records=False)
    lines = [
        f"‘{table.sheet}’ {table.range} · {_LAYOUTS.get(table.layout, table.layout)}",
        f"  채널 {told['n_entities']:,} · 기간 {told['n_periods']:,} · 값 {len(table.records):,}",
        f"  지표: {', '.join(told['metrics'])}",
    ]
    if table.missing:
        lines.append(f"  빈 칸 {table.missing:,}개는 값이 없는 것으로 보았습니다.")
    if table.totals:
        lines.append(f"  뺀 합계: {', '.join(dict.fromkeys(table.totals))}")
    errors = [each for each in table.left_out if each.is_error]
    lines.extend(f"  오류 {each.cell}: {each.why}" for each in errors)
    out = [each for each in table.left_out if not each.is_error]
    lines.extend(f"  제외 {each.cell}: {each.why}" for each in out[:_OUT])
    lines.extend([f"  제외 {len(out) - _OUT:,}곳 더"] if len(out) > _OUT else [])
    lines.extend(f"  확인: {each}" for each in (*table.checks, *table.warnings))
    lines.extend(question_words(question) for question in table.questions)
    return lines


def question_words(question: Question) -> str:
    choices = f" [{' | '.join(question.choices)}]" if question.choices else ""
    return f"  질문: {question.why} (--set {question.key}=…){choices}"
