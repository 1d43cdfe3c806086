"""What a file holds, as ``civictracker inspect`` tells it. Needs no data file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from civictracker.domain.dates import official_weekday
from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.posting import COUNT_NAMES, COUNTS
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.services.import_plan import ROWS_ARE
from civictracker.services.matching import metric_for
from civictracker.services.post_cells import channel_names
from civictracker.services.post_reading import PostsRead, ReadPost
from civictracker.sheets import presets
from civictracker.sheets.isolated import FileFound, PostsFound, TableFound, read_file
from civictracker.sheets.records import Question, entries

JsonNumber = int | float | str
_SHOWN = 20  # posts that are listed unless all are asked for


def read_alone(path: Path, *, answers: dict[str, str]) -> FileFound:
    """Read ``path`` without any data file. Raises SheetError."""
    return read_file(path, answers=answers, naming=WeekNaming())


def described(found: FileFound, *, answers: dict[str, str], records: bool) -> dict[str, Any]:
    """The JSON shape of ``civictracker inspect``."""
    warnings = [*found.warnings, *(each for table in found.tables for each in _told_of(table))]
    nothing_of = (table for table in found.tables if not len(table.records))
    warnings += [f"{table.sheet}!{each.cell} {each.why}" for table in nothing_of for each in table.left_out]
    posts = (_posts(table, PostsRead.of(table, answers), records=records) for table in found.posts)
    return {
        "file": found.file,
        "container": found.container,
        "encoding": found.encoding,
        "tables": [*(_table(table, records=records) for table in found.tables), *posts],
        "warnings": warnings,
    }


def _told_of(table: TableFound) -> list[str]:
    """A table's warnings, and what a known source means by names that mean something else elsewhere."""
    told = [*table.warnings, *_repeated(table)]
    preset = presets.by_code(table.preset)
    if preset is None:
        return told
    if (why := ROWS_ARE.get(preset.rows_are, "")) != "":
        return [*table.warnings, f"{preset.name}: 가져올 때는 {why}"]
    metrics = ((name, metric_for(name, {}, preset)) for name in table.records.metrics)
    changes = [
        f"{preset.name}: ‘{name}’은(는) 그 기간에 늘고 준 수라서 ‘{metric.name}’으로 가져옵니다."
        for name, metric in metrics
        if isinstance(metric, Metric) and metric.kind is Kind.NET
    ]
    return [*told, *changes]


def _repeated(table: TableFound) -> list[str]:
    """What stands more than once under one name, which importing asks about; posts of a day add up."""
    found = [] if table.per_post else table.records.repeats()
    if not found:
        return []
    first, later = (table.records.cell(at) for at in found[0])
    again = f"같은 채널·지표·기간에 다른 값이 {len(found):,}번 더 있습니다(예: {first}, {later})."
    return [f"{again} 가져올 때 어느 값을 쓸지 묻습니다."]


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


def _posts(table: PostsFound, read: PostsRead, *, records: bool) -> dict[str, Any]:
    """A table of posts in the shape of one of figures: its entities are channels, its values posts."""
    told: dict[str, Any] = {
        "sheet": table.sheet,
        "range": table.range,
        "layout": "posts",
        "n_entities": len(read.channels),
        "n_periods": len({post.day for post in read.posts} - {None}),
        "n_values": len(read.posts),
        "metrics": [COUNT_NAMES[name] for name in COUNTS if any(name in post.counts for post in read.posts)],
        "totals_left_out": [],
        "missing": 0,
        "checks": list(read.doubts),
        "questions": [asked(question) for question in read.questions],
        "left_out": [{"cell": each.cell, "why": each.why, "error": each.is_error} for each in read.left_out],
    }
    if records:
        told["records"] = [_post(post) for post in read.posts]
    return told


def _post(post: ReadPost) -> dict[str, Any]:
    texts = {name: post.fields.get(name, "") for name in ("time", "subject", "audience", "owner", "link")}
    when = {"date": post.day.isoformat()} if post.day else {"date": None, "written": post.written}
    return {
        **when, **texts,
        "channels": channel_names(post.channels), "status": post.status, "counts": post.counts,
        "cell": post.cell,
    }  # fmt: skip


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


def in_words(found: FileFound, *, answers: dict[str, str], records: bool) -> str:
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
    for posts in found.posts:
        lines.extend(_posts_words(posts, PostsRead.of(posts, answers), shown=None if records else _SHOWN))
    if found.posts_mark:
        lines.append("줄마다 게시 하나로도 읽을 수 있습니다(--set as=posts).")
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
    lines.extend(f"  확인: {each}" for each in (*table.checks, *_told_of(table)))
    lines.extend(question_words(question) for question in table.questions)
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _posts_words(table: PostsFound, read: PostsRead, *, shown: int | None) -> list[str]:
    """The table, its first posts (all for None), what is none and why, what was doubted and asked."""
    days = {post.day for post in read.posts} - {None}
    lines = [
        f"‘{table.sheet}’ {table.range} · 줄마다 게시 하나",
        f"  게시 {len(read.posts):,} · 날 {len(days):,} · 채널 {len(read.channels):,}",
    ]
    lines.extend(f"  {_post_words(post)}" for post in read.posts[:shown])
    if shown is not None and len(read.posts) > shown:
        lines.append(f"  … 그 밖에 {len(read.posts) - shown:,}건(--records로 모두)")
    lines.extend(f"  {'오류' if each.is_error else '제외'} {each.cell}: {each.why}" for each in read.left_out)
    lines.extend(f"  확인: {each}" for each in read.doubts)
    lines.extend(question_words(question) for question in read.questions)
    return lines


def _post_words(post: ReadPost) -> str:
    day = official_weekday(post.day) if post.day else f"{post.written or '날짜 없음'}(?)"
    channels, subject = post.channels or "(채널 없음)", post.fields["subject"]
    what = (day, post.fields.get("time", ""), channels, subject, post.status)
    counts = (f"{COUNT_NAMES[name]} {value:,}" for name, value in post.counts.items())
    return f"{post.cell}  " + " · ".join(_one_line(part) for part in (*what, *counts) if part)


def question_words(question: Question, names: dict[int, str] | None = None) -> str:
    """``names``: channels by number, which a question of channels offers."""
    named = names if names and question.key.startswith("channel") else {}
    told = [_with_name(choice, named) for choice in question.choices]
    choices = f" [{' | '.join(told)}]" if told else ""
    return f"  질문: {question.why} (--set {question.key}=…){choices}"


def _with_name(choice: str, names: dict[int, str]) -> str:
    """3 as ‘3 카카오톡 채널’; words as they are."""
    name = names.get(int(choice), "") if choice.isdecimal() else ""
    return f"{choice} {name}" if name else choice
