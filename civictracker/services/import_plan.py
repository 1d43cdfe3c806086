"""What importing a file would do, held against the data and shown before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Text, select, type_coerce
from sqlmodel import Session, col

from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain, Period
from civictracker.services import reimport
from civictracker.services.matching import NEW, SKIP, ChannelMatcher, Target, metric_for
from civictracker.sheets import presets
from civictracker.sheets.exported import Exported
from civictracker.sheets.isolated import FileFound, TableFound, cell_of
from civictracker.sheets.records import LeftOut, Question
from civictracker.store.database import core
from civictracker.store.tables import MetricRow, Observation

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
    notes: dict[str, str] = field(default_factory=dict)  # 비고 of our own export, by cell

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
    if table.exported is not None:
        return _figures(plan, table, _exported_names(plan, matcher, table, table.exported))
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
    spans = [_span(period) for period in records.periods]
    return _figures(plan, table, _Names(at, metrics, spans, _unsure_days(table, answers)))


def _exported_names(plan: Plan, matcher: ChannelMatcher, table: TableFound, told: Exported) -> _Names:
    """Our own export names everything in full: nothing is guessed and nothing asked."""
    first = len(plan.targets)
    plan.targets.extend(reimport.targets(matcher.channels, told))
    plan.notes.update({cell_of(table, at): note for at, note in told.notes.items()})
    metrics: dict[int, Metric | str | None] = {
        at: reimport.metric(code, told) for at, code in enumerate(table.records.metrics)
    }
    for at, metric in metrics.items():
        if metric is None:
            _ask(plan, _metric_question(table.records.metrics[at]))
    targets = {at: first + at for at in range(len(told.channels))}
    return _Names(targets, metrics, [_span(period) for period in table.records.periods], frozenset())


def _span(period: Period | None) -> tuple[str, str] | None:
    return None if period is None else (period.start.isoformat(), period.end.isoformat())


def _unsure_days(table: TableFound, answers: dict[str, str]) -> frozenset[int]:
    """Days that date a whole table: until it is told, they may stand for their week or month."""
    if table.layout != "wide-metric" or "span" in answers:
        return frozenset()
    periods = enumerate(table.records.periods)
    return frozenset(at for at, period in periods if period is not None and period.grain is Grain.DAY)


def _named(table: TableFound, left: LeftOut) -> LeftOut:
    return LeftOut(f"{table.sheet}!{left.cell}", left.why, left.is_error)


def _target_index(plan: Plan, target: Target) -> int:
    for index, other in enumerate(plan.targets):
        if other == target or _is_same_new(other, target):
            return index
    plan.targets.append(target)
    return len(plan.targets) - 1


def _is_same_new(one: Target, other: Target) -> bool:
    """Two spellings of a channel that is yet to be made (LinkedIn, Linkedin)."""
    return (
        one.is_new and other.is_new and one.platform == other.platform
        and folded(one.name) == folded(other.name)
    )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class _Names:
    """What a table's own indexes stand for in the plan."""

    targets: dict[int, int]  # entity → the plan's target
    metrics: dict[int, Metric | str | None]
    spans: list[tuple[str, str] | None]  # period → its first and last day
    unsure: frozenset[int]  # periods of one day that may stand for a week or a month


def _figures(plan: Plan, table: TableFound, names: _Names) -> list[_Raw]:
    """The table's figures in the metrics' smallest units; what is unclear becomes a row at once."""
    records, raws = table.records, []
    for number in range(len(records)):
        metric = names.metrics[records.metric[number]]
        at = names.targets[records.entity[number]]
        if metric == SKIP or plan.targets[at].is_skipped:
            continue
        span = names.spans[records.period[number]]
        cell = cell_of(table, number)
        value = records.value[number]
        unclear = _unclear(metric, plan.targets[at], span, unsure=records.period[number] in names.unsure)
        if unclear or not isinstance(metric, Metric) or span is None:
            known = metric if isinstance(metric, Metric) else None
            plan.rows.append(_doubtful(Verdict.QUESTION, at, known, span, value, cell=cell, why=unclear))
            continue
        exact = value if type(value) is int and not metric.decimals else _exact(value, metric)
        if exact is None or abs(exact) > MAX_FIGURE or (exact < 0 and metric.kind is Kind.LEVEL):
            why = _bad(value, metric, exact)
            plan.rows.append(_doubtful(Verdict.ERROR, at, metric, span, value, cell=cell, why=why))
            continue
        raws.append(_Raw(at, metric, span[0], span[1], exact, number in records.approximate, cell))
    return raws


def _doubtful(
    verdict: Verdict, at: int, metric: Metric | None, span: tuple[str, str] | None, value: int | Decimal,
    *, cell: str, why: str,
) -> PlanRow:  # fmt: skip
    """A row that cannot be written; its value is shown only, so it may be rounded."""
    start, end = span or ("", "")
    shown = max(-MAX_FIGURE, min(MAX_FIGURE, int(value)))
    return PlanRow(verdict, at, metric, start, end, shown, approximate=False, cell=cell, why=why)


def _unclear(
    metric: Metric | str | None, target: Target, span: tuple[str, str] | None, *, unsure: bool
) -> str:
    if span is None:
        return "날짜를 알 수 없습니다."
    if not target.is_known:
        return "채널을 알 수 없습니다."
    if not isinstance(metric, Metric):
        return "지표를 알 수 없습니다."
    if unsure and metric.kind.is_summed:
        return "하루의 값인지 한 주의 값인지 알 수 없습니다."
    return ""


def _exact(value: int | Decimal, metric: Metric) -> int | None:
    """The value in the metric's smallest unit, or None where that would lose digits."""
    scaled = Decimal(value).scaleb(metric.decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None


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
        channel = plan.targets[raw.target].channel_id or -1 - raw.target  # two names may mean one channel
        key = (channel, raw.metric.id, raw.start, raw.end)
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
    channels = {channel for raw in raws if (channel := plan.targets[raw.target].channel_id) is not None}
    if not channels:
        return {}
    own = _own_ids(session, raws)
    planned = {stored: made_up for made_up, stored in own.items()}
    row = core(Observation).c
    start, end = type_coerce(row.period_start, Text), type_coerce(row.period_end, Text)
    query = select(row.metric_id, row.channel_id, start, end, row.value).where(
        row.metric_id.in_({own.get(raw.metric.id, raw.metric.id) for raw in raws}),
        row.channel_id.in_(channels),
        start.between(min(raw.start for raw in raws), max(raw.start for raw in raws)),
    )
    return {(planned.get(at[0], at[0]), at[1], at[2], at[3]): at[4] for at in session.execute(query)}


def _own_ids(session: Session, raws: list[_Raw]) -> dict[int, int]:
    """Planned id → stored id of the office's own metrics that exist already."""
    codes = {raw.metric.code: raw.metric.id for raw in raws if raw.metric.id < 0}
    if not codes:
        return {}
    query = select(col(MetricRow.code), col(MetricRow.id)).where(col(MetricRow.code).in_(codes))
    return {codes[code]: stored for code, stored in session.execute(query) if stored is not None}
