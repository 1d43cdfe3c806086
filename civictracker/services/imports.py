"""가져오기: what a file would change, shown before anything is; then one transaction; then undo."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session

from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.weeks import Grain, Period
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import learn_alias, save_channel
from civictracker.services.figures import figure_at
from civictracker.services.matching import NEW, SKIP, ChannelMatcher, Target, metric_for
from civictracker.sheets import presets
from civictracker.sheets.isolated import FileFound, TableFound, cell_of
from civictracker.sheets.records import LeftOut, Question
from civictracker.store import journal
from civictracker.store.journal import Figure, Key
from civictracker.store.tables import Form, ImportBatch, Log, MetricRow

MAX_FIGURE = 2**63 - 1


class Verdict(StrEnum):
    NEW = "신규"
    SAME = "동일"
    DIFFERENT = "값 다름"
    ERROR = "오류"
    QUESTION = "질문"


class PlanRow(NamedTuple):
    """One figure of the file against the data. Days are ISO text; ``target`` indexes the plan's."""

    verdict: Verdict
    target: int
    metric: Metric | None
    start: str
    end: str
    value: int
    approximate: bool
    cell: str
    stored: int | None = None
    why: str = ""

    @property
    def period(self) -> Period:
        return Period(date.fromisoformat(self.start), date.fromisoformat(self.end))

    @property
    def key(self) -> str:
        """Names a conflict for the person's choice."""
        code = self.metric.code if self.metric else ""
        return f"{self.target}|{code}|{self.start}|{self.end}"


@dataclass(slots=True)
class Plan:
    """What importing ``found`` would do. ``rows`` leave out nothing; ``left_out`` never were rows."""

    found: FileFound
    answers: dict[str, str]
    targets: list[Target]
    rows: list[PlanRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    form: str = ""  # the saved form whose answers were used
    unverified: bool = False

    def count(self, verdict: Verdict) -> int:
        errors = sum(1 for each in self.left_out if each.is_error) if verdict is Verdict.ERROR else 0
        return self._counts()[verdict] + errors

    @property
    def left_out_count(self) -> int:
        return sum(1 for each in self.left_out if not each.is_error)

    def _counts(self) -> Counter[Verdict]:
        return Counter(row.verdict for row in self.rows)

    def of(self, verdict: Verdict) -> list[PlanRow]:
        return [row for row in self.rows if row.verdict is verdict]

    def applies(self, choices: dict[str, str]) -> int:
        """How many figures an apply with these choices would write."""
        fresh = self.count(Verdict.NEW)
        return fresh + sum(1 for row in self.of(Verdict.DIFFERENT) if wants_new(row, choices))


def wants_new(row: PlanRow, choices: dict[str, str]) -> bool:
    """새 값 or 기존 값; the stored one stays unless a person says otherwise."""
    return choices.get(row.key, choices.get("*", "old")) == "new"


class _Raw(NamedTuple):
    """A figure before it is held against the data."""

    target: int
    metric: Metric
    start: str
    end: str
    value: int
    approximate: bool
    cell: str


def make_plan(session: Session, *, found: FileFound, answers: dict[str, str]) -> Plan:
    """Hold the file's records against the data. Reads only."""
    matcher = ChannelMatcher(session)
    plan = Plan(found, answers, [])
    raws: list[_Raw] = []
    for table in found.tables:
        raws.extend(_table_rows(plan, matcher, table, answers))
    _against(session, plan, raws)
    return plan


def _table_rows(
    plan: Plan, matcher: ChannelMatcher, table: TableFound, answers: dict[str, str]
) -> list[_Raw]:
    preset = presets.by_code(table.preset)
    plan.unverified = plan.unverified or (preset is not None and not preset.verified)
    plan.left_out.extend(_named(table, each) for each in table.left_out)
    plan.checks.extend((*table.checks, *table.warnings))
    for question in table.questions:
        if question.key != "channel":
            _ask(plan, question)
    records = table.records
    platform = table.platform or (preset.platform if preset else "")
    at = {
        index: _target_index(plan, matcher.target(records.entities[index], answers, platform))
        for index in dict.fromkeys(records.entity)
    }
    metrics = {
        index: metric_for(records.metrics[index], answers, preset) for index in dict.fromkeys(records.metric)
    }
    for index in at.values():
        if not plan.targets[index].is_known:
            _ask(plan, _channel_question(plan.targets[index]))
    for index, metric in metrics.items():
        if metric is None:
            _ask(plan, _metric_question(records.metrics[index]))
    return _figures(plan, table, at, metrics, answers)


def _named(table: TableFound, left: LeftOut) -> LeftOut:
    return LeftOut(f"{table.sheet}!{left.cell}", left.why, left.is_error)


def _target_index(plan: Plan, target: Target) -> int:
    for index, other in enumerate(plan.targets):
        if other == target:
            return index
    plan.targets.append(target)
    return len(plan.targets) - 1


def _channel_question(target: Target) -> Question:
    choices = (*map(str, target.suggested), NEW, SKIP)
    if not target.name:
        return Question("channel", "어느 채널의 값인지 파일에 적혀 있지 않습니다.", choices)
    return Question(f"channel:{target.name}", f"‘{target.name}’은(는) 어느 채널인가요?", choices)


def _metric_question(name: str) -> Question:
    return Question(f"metric:{name}", f"‘{name}’은(는) 어떤 지표인가요?", (SKIP,))


def _ask(plan: Plan, question: Question) -> None:
    if question.key not in plan.answers and all(q.key != question.key for q in plan.questions):
        plan.questions.append(question)


def _figures(
    plan: Plan, table: TableFound, at: dict[int, int],
    metrics: dict[int, Metric | str | None], answers: dict[str, str],
) -> list[_Raw]:  # fmt: skip
    """The table's figures in the metrics' smallest units; what is unclear becomes a row at once."""
    records, raws = table.records, []
    days = [period and (period.start.isoformat(), period.end.isoformat()) for period in records.periods]
    narrow = {
        index
        for index, period in enumerate(records.periods)
        if period is not None and period.grain is Grain.DAY
    } if table.layout == "wide-metric" and "span" not in answers else set()  # fmt: skip
    for number in range(len(records)):
        metric = metrics[records.metric[number]]
        target = plan.targets[at[records.entity[number]]]
        if metric == SKIP or target.is_skipped:
            continue
        span = days[records.period[number]]
        cell = cell_of(table, number)
        value = records.value[number]
        unclear = _unclear(metric, target, span, is_narrow=records.period[number] in narrow)
        if unclear or not isinstance(metric, Metric) or span is None:
            plan.rows.append(
                PlanRow(Verdict.QUESTION, at[records.entity[number]],
                        metric if isinstance(metric, Metric) else None,
                        *(span or ("", "")), _rounded(value), approximate=False, cell=cell, why=unclear)
            )  # fmt: skip
            continue
        exact = value if type(value) is int and not metric.decimals else _exact(value, metric)
        if exact is None or abs(exact) > MAX_FIGURE or (exact < 0 and metric.kind is Kind.LEVEL):
            plan.rows.append(
                PlanRow(Verdict.ERROR, at[records.entity[number]], metric, *span, _rounded(value),
                        approximate=False, cell=cell, why=_bad(value, metric, exact))
            )  # fmt: skip
            continue
        raws.append(
            _Raw(at[records.entity[number]], metric, *span, exact, number in records.approximate, cell)
        )
    return raws


def _unclear(
    metric: Metric | str | None, target: Target, span: tuple[str, str] | None, *, is_narrow: bool
) -> str:
    if span is None:
        return "날짜를 알 수 없습니다."
    if not target.is_known:
        return "채널을 알 수 없습니다."
    if not isinstance(metric, Metric):
        return "지표를 알 수 없습니다."
    if is_narrow and metric.kind.is_summed:
        return "하루의 값인지 한 주의 값인지 알 수 없습니다."
    return ""


def _exact(value: int | Decimal, metric: Metric) -> int | None:
    """The value in the metric's smallest unit, or None where that would lose digits."""
    scaled = Decimal(value).scaleb(metric.decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _rounded(value: int | Decimal) -> int:
    return max(-MAX_FIGURE, min(MAX_FIGURE, int(value)))


def _bad(value: int | Decimal, metric: Metric, exact: int | None) -> str:
    if exact is None:
        return f"‘{metric.name}’은(는) 소수점 값이 될 수 없습니다: {value}"
    if exact < 0:
        return f"‘{metric.name}’은(는) 0보다 작을 수 없습니다: {value}"
    return "값이 지나치게 큽니다."


# --- against the data -------------------------------------------------------------------------


def _against(session: Session, plan: Plan, raws: list[_Raw]) -> None:
    merged = _merged(plan, raws)
    stored = _stored(session, plan, merged.values())
    for raw in merged.values():
        channel = plan.targets[raw.target].channel_id
        old = stored.get((raw.metric.id, channel, raw.start, raw.end)) if channel else None
        verdict = Verdict.NEW if old is None else Verdict.SAME if old == raw.value else Verdict.DIFFERENT
        plan.rows.append(PlanRow(verdict, *raw, stored=old))


def _merged(plan: Plan, raws: list[_Raw]) -> dict[tuple[int, int, str, str], _Raw]:
    """One figure a natural key: posts of a day add up, equal repeats are one, others are an error."""
    merged: dict[tuple[int, int, str, str], _Raw] = {}
    per_post = any(table.per_post for table in plan.found.tables)
    for raw in raws:
        key = (raw.target, raw.metric.id, raw.start, raw.end)
        first = merged.get(key)
        if first is None:
            merged[key] = raw
        elif per_post and raw.metric.kind.is_summed:
            merged[key] = first._replace(value=first.value + raw.value)
        elif first.value != raw.value:
            why = f"같은 채널·지표·기간의 값이 {first.cell}에도 있습니다({first.value:,})."
            plan.rows.append(PlanRow(Verdict.ERROR, *raw, why=why))
        else:
            plan.left_out.append(LeftOut(raw.cell, f"{first.cell}와(과) 똑같은 값이라 한 번만 씁니다."))
    return merged


def _stored(session: Session, plan: Plan, raws: Iterable[_Raw]) -> dict[tuple[int, int, str, str], int]:
    """What the data already has for the channels, metrics and days of the file."""
    raws = list(raws)
    channels = {plan.targets[raw.target].channel_id for raw in raws} - {None}
    if not raws or not channels:
        return {}
    own = _own_ids(session, raws)
    metrics = {own.get(raw.metric.id, raw.metric.id) for raw in raws}
    names = {stored: planned for planned, stored in own.items()}
    first, last = min(raw.start for raw in raws), max(raw.end for raw in raws)
    marks = (",".join("?" * len(metrics)), ",".join("?" * len(channels)))
    rows = session.connection().exec_driver_sql(
        "SELECT metric_id, channel_id, period_start, period_end, value FROM observation"  # noqa: S608
        f" WHERE metric_id IN ({marks[0]}) AND channel_id IN ({marks[1]})"
        " AND period_start >= ? AND period_start <= ?",
        (*sorted(metrics), *sorted(channels), first, last),  # type: ignore[type-var]
    )
    return {(names.get(row[0], row[0]), row[1], row[2], row[3]): row[4] for row in rows}


def _own_ids(session: Session, raws: list[_Raw]) -> dict[int, int]:
    """Planned id → stored id of the office's own metrics that exist already."""
    codes = {raw.metric.code: raw.metric.id for raw in raws if raw.metric.id < 0}
    if not codes:
        return {}
    query = select(MetricRow.code, MetricRow.id).where(MetricRow.code.in_(codes))  # type: ignore[attr-defined]
    return {codes[code]: stored for code, stored in session.execute(query)}


# --- apply ------------------------------------------------------------------------------------


def apply_plan(
    session: Session, *, plan: Plan, choices: dict[str, str], sha256: str, form_name: str = ""
) -> Changes:
    """Write what is new, and what differs where the person chose the file's value. All or nothing."""
    if plan.found.file == "":
        raise InputError("가져올 파일이 없습니다.")
    entry = journal.of(session)
    ids = [_settled_channel(session, target) for target in plan.targets]
    metric_ids = _settled_metrics(session, plan)
    fresh = [
        (metric_ids[row.metric.id], ids[row.target], row.start, row.end, row.value, int(row.approximate), "",
         entry.log_id, row.cell)
        for row in plan.rows
        if row.verdict is Verdict.NEW and row.metric is not None
    ]  # fmt: skip
    fresh.sort()
    entry.add_bulk(session, fresh)
    replaced = _replace(session, plan, choices, ids, entry)
    batch = ImportBatch(
        log_id=entry.log_id, file_name=plan.found.file, sha256=sha256, added=len(fresh),
        replaced=replaced, same=plan.count(Verdict.SAME), left_out=plan.left_out_count,
        form_id=_save_form(session, plan, form_name, ids) if form_name else None,
    )  # fmt: skip
    if fresh or replaced:
        entry.later(batch)
    topics = frozenset({Topic.VALUES, Topic.IMPORTS, Topic.CHANNELS})
    return Changes(
        topics, f"‘{plan.found.file}’ 가져오기", action="import", count=len(fresh) + replaced,
        channels=frozenset(each for each in ids if each),
    )  # fmt: skip


def _settled_channel(session: Session, target: Target) -> int | None:
    if target.is_new:
        channel_id = save_channel(session, platform=target.platform, name=target.name or "새 채널").created
    else:
        channel_id = target.channel_id
    if channel_id is not None and target.name:
        learn_alias(session, name=target.name, channel_id=channel_id)
    return channel_id


def _settled_metrics(session: Session, plan: Plan) -> dict[int, int]:
    """The stored id of every metric of the plan; those of the office's own are made when needed."""
    ids: dict[int, int] = {}
    for metric in {row.metric for row in plan.rows if row.metric is not None}:
        ids[metric.id] = metric.id if metric.id > 0 else _own_metric_id(session, metric)
    return ids


def _own_metric_id(session: Session, metric: Metric) -> int:
    row = session.scalars(select(MetricRow).where(MetricRow.code == metric.code)).first()  # type: ignore[arg-type]
    if row is None:
        last = session.scalar(select(func.max(MetricRow.id))) or 0
        row = MetricRow(
            id=max(last + 1, 1000), code=metric.code, name=metric.name, kind=metric.kind.value,
            unit=metric.unit,
        )  # fmt: skip
        session.add(row)
        session.flush()
    assert row.id is not None
    return row.id


def _replace(
    session: Session, plan: Plan, choices: dict[str, str], ids: list[int | None], entry: journal.Journal
) -> int:
    edits: list[tuple[Key, Figure | None, Figure | None]] = []
    for row in plan.of(Verdict.DIFFERENT):
        channel = ids[row.target]
        if not wants_new(row, choices) or row.metric is None or channel is None:
            continue
        period = row.period
        key = Key(row.metric.id, channel, period.start, period.end)
        before = figure_at(session, key)
        note = before.note if before else ""
        edits.append((key, before, Figure(row.value, row.approximate, note, entry.log_id, row.cell)))
    return entry.put(session, edits)


_FORM_KEYS = ("channel", "metric:", "minus", "dash", "span")


def _save_form(session: Session, plan: Plan, name: str, ids: list[int | None]) -> int | None:
    """Keep the answers that hold for next week's file too; a date or a year does not."""
    signature = plan.found.tables[0].signature
    kept = {key: value for key, value in plan.answers.items() if key.startswith(_FORM_KEYS)}
    made = {target.name: made for target, made in zip(plan.targets, ids, strict=True) if target.is_new}
    for key, value in kept.items():
        if value.startswith("new:") and value.removeprefix("new:") in made:
            kept[key] = str(made[value.removeprefix("new:")])  # made now: no longer new next week
    form = session.scalars(select(Form).where(Form.signature == signature)).first()  # type: ignore[arg-type]
    if form is None:
        form = Form(signature=signature)
    form.name, form.answers = name, json.dumps(kept, ensure_ascii=False)
    session.add(form)
    session.flush()
    return form.id


def form_for(session: Session, *, signature: str) -> tuple[str, dict[str, str]] | None:
    """The name and answers of the form that fits a sheet, or None."""
    form = session.scalars(select(Form).where(Form.signature == signature)).first()  # type: ignore[arg-type]
    return None if form is None else (form.name, json.loads(form.answers))


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
        select(ImportBatch, Log.at)
        .join(Log, Log.id == ImportBatch.log_id)  # type: ignore[arg-type]
        .order_by(ImportBatch.id.desc())  # type: ignore[union-attr]
        .limit(limit)
    )
    return [
        BatchRow(batch.id or 0, batch.log_id, at, batch.file_name, batch.added, batch.replaced,
                 batch.same, batch.left_out, batch.undone_by is not None)
        for batch, at in session.execute(query)
    ]  # fmt: skip


def batch_log_id(session: Session, *, batch_id: int) -> int:
    """The log entry to undo. Raises InputError when there is no such import or it is undone."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise InputError(f"{batch_id}번 가져오기는 없습니다.", "가져온 이력을 확인해 주세요.")
    if batch.undone_by is not None:
        raise InputError(f"{batch_id}번 가져오기는 이미 되돌렸습니다.")
    return batch.log_id


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
