"""가져오기: one transaction for a whole file, from the plan that a person has seen; then its history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import Protocol

import numpy as np
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from civictracker.domain.metrics import Metric
from civictracker.domain.texts import folded
from civictracker.errors import InputError
from civictracker.services import reimport
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import learn_alias, save_channel
from civictracker.services.figures import figure_at
from civictracker.services.import_columns import Columns, Ints, iso
from civictracker.services.import_plan import Plan, PlanRow, Verdict, make_plan, wants_new
from civictracker.services.matching import NEW, Target, unit_and_name
from civictracker.sheets.corrections import ANY
from civictracker.sheets.isolated import AS, FileFound
from civictracker.store import journal
from civictracker.store.journal import Figure, Key
from civictracker.store.tables import Channel, Form, ImportBatch, Log, MetricRow

CHUNK = 5_000  # rows a statement

__all__ = [
    "BatchRow", "Plan", "PlanRow", "Verdict", "apply_plan", "batch_log_id", "form_for", "list_batches",
    "make_plan", "save_form", "settled_channel", "sha256_of", "wants_new",
]  # fmt: skip


def apply_plan(
    session: Session, *, plan: Plan, choices: dict[str, str], sha256: str, form_name: str = ""
) -> Changes:
    """Write what is new, and what differs where the person chose the file's value. All or nothing."""
    if plan.found.file == "":
        raise InputError("가져올 파일이 없습니다.")
    entry = journal.of(session)
    ids = [settled_channel(session, target) for target in plan.targets]
    reimport.join_parents(session, plan.targets, ids)
    made = _made_for(plan, ids)
    for key, channel_id in made.items():
        if name := key.partition(":")[2]:
            learn_alias(session, name=name, channel_id=channel_id)
    metric_ids = _settled_metrics(session, plan)
    try:
        added = _add_fresh(session, plan, ids, metric_ids)
    except IntegrityError as error:
        raise InputError("그사이 자료가 바뀌었습니다.", "파일을 다시 골라 확인해 주세요.") from error
    replaced = entry.put(session, _replacements(session, plan, choices, ids, metric_ids))
    batch = ImportBatch(
        log_id=entry.log_id, file_name=plan.found.file, sha256=sha256, added=added,
        replaced=replaced, same=plan.count(Verdict.SAME), left_out=plan.left_out_count,
        form_id=save_form(session, plan, form_name, made) if form_name else None,
    )  # fmt: skip
    if added or replaced:
        entry.later(batch)
    topics = frozenset({Topic.VALUES, Topic.IMPORTS, Topic.CHANNELS})
    return Changes(
        topics, f"‘{plan.found.file}’ 가져오기", action="import", count=added + replaced,
        channels=frozenset(each for each in ids if each),
    )  # fmt: skip


def _add_fresh(session: Session, plan: Plan, ids: Sequence[int | None], metric_ids: dict[int, int]) -> int:
    """Insert what is new in the order of the table's key, a few thousand rows at a time; how many."""
    entry = journal.of(session)
    columns = plan.columns
    fresh = columns.at(Verdict.NEW)
    metric = np.array([metric_ids.get(each.id, 0) for each in columns.metrics] or [0])[columns.metric[fresh]]
    channel = np.array([each or 0 for each in ids] or [0])[columns.target[fresh]]
    order = np.lexsort((columns.end[fresh], columns.start[fresh], channel, metric))
    fresh, metric, channel = fresh[order], metric[order], channel[order]
    days = {day: iso(day) for day in np.unique((columns.start[fresh], columns.end[fresh])).tolist()}
    for first in range(0, len(fresh), CHUNK):
        part = slice(first, first + CHUNK)
        places = fresh[part]
        cells, about = _cells(columns, places), _approximate(columns, places)
        entry.add_bulk(
            session,
            list(
                zip(
                    metric[part].tolist(), channel[part].tolist(),
                    [days[day] for day in columns.start[places].tolist()],
                    [days[day] for day in columns.end[places].tolist()],
                    columns.value[places].tolist(), about,
                    [plan.notes.get(cell, "") for cell in cells] if plan.notes else repeat(""),
                    repeat(entry.log_id), cells, strict=False,
                )
            ),
        )  # fmt: skip
    return len(fresh)


def _cells(columns: Columns, places: Ints) -> list[str]:
    """Where each figure stands: ``시트!E14``."""
    cells: list[str] = []
    for at, number in zip(columns.table[places].tolist(), columns.number[places].tolist(), strict=True):
        table = columns.tables[at]
        cells.append(f"{table.sheet}!{table.records.cell(number)}")
    return cells


def _approximate(columns: Columns, places: Ints) -> Iterable[int]:
    if not columns.rounded and not any(table.records.approximate for table in columns.tables):
        return repeat(0)
    return [int(columns.is_about(at)) for at in places.tolist()]


def settled_channel(session: Session, target: Target) -> int | None:
    """The channel that a target means, made where it is new; the sheet's name for it is remembered."""
    if target.facts is not None:
        return target.channel_id or reimport.make_channel(session, target)
    if target.is_new:
        unit, name = unit_and_name(target.name)
        made = save_channel(session, platform=target.platform, name=name or "새 채널", unit_name=unit)
        channel_id = made.created
    else:
        channel_id = target.channel_id
    if channel_id is not None and target.name:
        learn_alias(session, name=target.name, channel_id=channel_id)
    return channel_id


def _made_for(plan: Plan, ids: list[int | None]) -> dict[str, int]:
    """Which channel each answer "new" has led to, by the answer's key."""
    made = {
        folded(target.name): channel_id
        for target, channel_id in zip(plan.targets, ids, strict=True)
        if target.is_new and channel_id is not None
    }
    wanted = {
        key: told.removeprefix("new:") if told != NEW else key.partition(":")[2]
        for key, told in plan.answers.items()
        if key.partition(":")[0] == "channel" and (told == NEW or told.startswith("new:"))
    }
    return {key: made[folded(name)] for key, name in wanted.items() if folded(name) in made}


def _settled_metrics(session: Session, plan: Plan) -> dict[int, int]:
    """The stored id of every metric of the plan; those of the office's own are made when needed."""
    ids: dict[int, int] = {}
    for metric in plan.columns.metrics:
        ids[metric.id] = metric.id if metric.id > 0 else _own_metric_id(session, metric)
    return ids


def _own_metric_id(session: Session, metric: Metric) -> int:
    row = session.exec(select(MetricRow).where(MetricRow.code == metric.code)).first()
    if row is None:
        last = session.exec(select(func.max(MetricRow.id))).one() or 0
        row = MetricRow(
            id=max(last + 1, 1000), code=metric.code, name=metric.name, kind=metric.kind.value,
            unit=metric.unit, decimals=metric.decimals,
        )  # fmt: skip
        session.add(row)
        session.flush()
    assert row.id is not None
    return row.id


def _replacements(
    session: Session, plan: Plan, choices: dict[str, str], ids: list[int | None], metric_ids: dict[int, int]
) -> Iterator[tuple[Key, Figure | None, Figure | None]]:
    """The figures that differ, where the person chose the file's value."""
    log_id = journal.of(session).log_id
    for row in plan.of(Verdict.DIFFERENT):
        channel = ids[row.target]
        if not wants_new(row, choices) or row.metric is None or channel is None:
            continue
        period = row.period
        key = Key(metric_ids[row.metric.id], channel, period.start, period.end)
        before = figure_at(session, key)
        if before is None or before.value != row.stored:
            raise InputError("그사이 자료가 바뀌었습니다.", "파일을 다시 골라 확인해 주세요.")
        note = plan.notes.get(row.cell) or (before.note if before else "")
        yield key, before, Figure(row.value, row.approximate, note, log_id, row.cell)


_FORM_KEYS = (
    "channel", "metric:", "minus", "dash", "span", "header@", "col@", "sheet@", "across", "rows", "order",
    "bound", "naming", "twice", "point", "ratio", AS, "days", "years", "pair",
)  # fmt: skip


class Answered(Protocol):
    """What a form is saved of: a plan of figures or of posts."""

    found: FileFound
    answers: dict[str, str]


def save_form(session: Session, plan: Answered, name: str, made: dict[str, int]) -> int | None:
    """Keep the answers that hold for next week's file too; a date or a year does not."""
    signature = plan.found.signatures[0]
    kept = {key: value for key, value in plan.answers.items() if value and key.startswith(_FORM_KEYS)}
    kept |= {key: str(channel_id) for key, channel_id in made.items()}  # no longer new next week
    kept = {_of_any_sheet(plan, key): value for key, value in kept.items()}
    kept = {key: _with_name(session, key, value) for key, value in kept.items()}
    form = session.exec(select(Form).where(Form.signature == signature)).first()
    if form is None:
        form = Form(signature=signature)
    form.name, form.answers = name, json.dumps(kept, ensure_ascii=False)
    session.add(form)
    session.flush()
    return form.id


def _of_any_sheet(plan: Answered, key: str) -> str:
    """A correction of a file's one sheet, whatever it is called next week (a CSV has its file's name)."""
    names = plan.found.sheets
    kind, at, place = key.partition("@")
    name = next(iter(names)) if len(names) == 1 else ""
    return f"{kind}@{ANY}{place[len(name) :]}" if at and name and place.startswith(name) else key


def form_for(session: Session, *, signature: str) -> tuple[str, dict[str, str]] | None:
    """The name and answers of the form that fits a sheet, or None."""
    form = session.exec(select(Form).where(Form.signature == signature)).first()
    return None if form is None else (form.name, remembered_answers(session, form=form))


def _with_name(session: Session, key: str, value: str) -> str:
    """A channel's id together with its name: an id alone may one day be another channel's."""
    if key.partition(":")[0] != "channel" or not value.isdecimal():
        return value
    row = session.get(Channel, int(value))
    return value if row is None else f"{value}|{_identity(row)}"


def _identity(row: Channel) -> str:
    return folded(f"{row.unit_name} {row.name} {row.platform}")


def remembered_answers(session: Session, *, form: Form) -> dict[str, str]:
    """What a form remembers; a channel that is gone, or is no longer the same one, is asked again."""
    answers: dict[str, str] = {}
    for key, value in json.loads(form.answers).items():
        number, bar, name = value.partition("|")
        if not bar:
            answers[key] = value
            continue
        row = session.get(Channel, int(number))
        if row is not None and _identity(row) == name:
            answers[key] = number
    return answers


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import in the history."""

    id: int
    log_id: int
    at: datetime
    file_name: str
    added: int
    replaced: int
    same: int
    left_out: int
    is_undone: bool


def list_batches(session: Session, *, limit: int = 200) -> list[BatchRow]:
    query = (
        select(ImportBatch, col(Log.at))
        .join(Log, col(Log.id) == ImportBatch.log_id)
        .order_by(col(ImportBatch.id).desc())
        .limit(limit)
    )
    return [
        BatchRow(batch.id or 0, batch.log_id, at, batch.file_name, batch.added, batch.replaced,
                 batch.same, batch.left_out, batch.undone_by is not None)
        for batch, at in session.exec(query)
    ]  # fmt: skip


def batch_log_id(session: Session, *, batch_id: int) -> int:
    """The log entry to undo. Raises InputError when there is no such import or it is undone."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise InputError(f"{batch_id}번 가져오기는 없습니다.", "가져온 이력을 확인해 주세요.")
    if batch.undone_by is not None:
        raise InputError(f"{batch_id}번 가져오기는 이미 되돌렸습니다.")
    return batch.log_id


def sha256_of(path: Path, *also: Path) -> str:
    """Of a file; of a folder or of several files, over the names and contents of the files."""
    if also:
        parts = "".join(f"{each.name}\0{sha256_of(each)}\n" for each in (path, *also))
        return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
    if path.is_dir():
        whole = hashlib.sha256()
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.name.startswith((".", "~$")):
                whole.update(f"{each.relative_to(path).as_posix()}\0{sha256_of(each)}\n".encode())
        return whole.hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
