"""What importing a file would do, held against the data and shown before anything is written."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
    """One figure of the file against the data. Days are ISO text; ``target`` indexes the plan's.

    It is record ``number`` of ``table``; where that stands is worked out only when asked, for there
    may be a hundred thousand of them.
    """

    verdict: Verdict
    target: int
    metric: Metric | None
    start: str
    end: str
    value: int
    approximate: bool
    table: TableFound
    number: int
    stored: int | None = None
    why: str = ""

    @property
    def cell(self) -> str:
        """``시트!E14``"""
        return cell_of(self.table, self.number)

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
    _by_verdict: dict[Verdict, list[PlanRow]] = field(default_factory=dict)

    def count(self, verdict: Verdict) -> int:
        errors = sum(1 for each in self.left_out if each.is_error) if verdict is Verdict.ERROR else 0
        return len(self.of(verdict)) + errors

    @property
    def left_out_count(self) -> int:
        return sum(1 for each in self.left_out if not each.is_error)

    def of(self, verdict: Verdict) -> list[PlanRow]:
        """The rows of one verdict; sorted out once, when the plan is whole."""
        if not self._by_verdict:
            for row in self.rows:
                self._by_verdict.setdefault(row.verdict, []).append(row)
        return self._by_verdict.get(verdict, [])

    def applies(self, choices: dict[str, str]) -> int:
        """How many figures an apply with these choices would write."""
        fresh = self.count(Verdict.NEW)
        return fresh + sum(1 for row in self.of(Verdict.DIFFERENT) if wants_new(row, choices))


def wants_new(row: PlanRow, choices: dict[str, str]) -> bool:
    """새 값 or 기존 값; the stored one stays unless a person says otherwise."""
    return choices.get(row.key, choices.get("*", "old")) == "new"


@contextmanager
def uncollected() -> Iterator[None]:
    """Make a hundred thousand rows, which all stay, without looking through them for garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def make_plan(session: Session, *, found: FileFound, answers: dict[str, str]) -> Plan:
    """Hold the file's records against the data. Reads only."""
    with uncollected():
        return _made(session, found, answers)


def _made(session: Session, found: FileFound, answers: dict[str, str]) -> Plan:
    matcher = ChannelMatcher(session)
    plan = Plan(found, answers, [])
    merged = _Merged(plan)
    for table in found.tables:
        for row in _table_rows(plan, matcher, table, answers):
            merged.take(row)
    _against(session, plan, merged)
    return plan


def _table_rows(
    plan: Plan, matcher: ChannelMatcher, table: TableFound, answers: dict[str, str]
) -> Iterator[PlanRow]:
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
    # An answer that settled nothing does not silence its question.
    if all(q.key != question.key for q in plan.questions):
        plan.questions.append(question)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a table's own indexes stand for in the plan."""

    targets: dict[int, int]  # entity → the plan's target
    metrics: dict[int, Metric | str | None]
    spans: list[tuple[str, str] | None]  # period → its first and last day
    unsure: frozenset[int]  # periods of one day that may stand for a week or a month


def _figures(plan: Plan, table: TableFound, names: _Names) -> Iterator[PlanRow]:
    """The table's figures in the metrics' smallest units; what is unclear becomes a row at once."""
    records = table.records
    for number in range(len(records)):
        metric = names.metrics[records.metric[number]]
        at = names.targets[records.entity[number]]
        if metric == SKIP or plan.targets[at].is_skipped:
            continue
        span = names.spans[records.period[number]]
        value = records.value[number]
        unclear = _unclear(metric, plan.targets[at], span, unsure=records.period[number] in names.unsure)
        if unclear or not isinstance(metric, Metric) or span is None:
            known = metric if isinstance(metric, Metric) else None
            plan.rows.append(
                _doubtful(Verdict.QUESTION, at, known, span, value, source=(table, number), why=unclear)
            )
            continue
        exact = value if type(value) is int and not metric.decimals else _exact(value, metric)
        if exact is None or abs(exact) > MAX_FIGURE or (exact < 0 and metric.kind is Kind.LEVEL):
            why = _bad(value, metric, exact)
            plan.rows.append(
                _doubtful(Verdict.ERROR, at, metric, span, value, source=(table, number), why=why)
            )
            continue
        about = number in records.approximate
        yield PlanRow(Verdict.NEW, at, metric, span[0], span[1], exact, about, table, number)


def _doubtful(
    verdict: Verdict, at: int, metric: Metric | None, span: tuple[str, str] | None, value: int | Decimal,
    *, source: tuple[TableFound, int], why: str,
) -> PlanRow:  # fmt: skip
    """A row that cannot be written; its value is shown only, so it may be rounded."""
    start, end = span or ("", "")
    shown = max(-MAX_FIGURE, min(MAX_FIGURE, int(value)))
    return PlanRow(verdict, at, metric, start, end, shown, False, *source, why=why)  # noqa: FBT003


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


class _Merged:
    """One figure a natural key: posts of a day add up, equal repeats are one, others are an error."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        # (channel, metric) → span → row: the outer keys are few and the spans are shared.
        self.rows: dict[tuple[int, int], dict[tuple[str, str], PlanRow]] = {}
        self._spans: dict[tuple[str, str], tuple[str, str]] = {}

    def take(self, row: PlanRow) -> None:
        assert row.metric is not None
        # Two names may mean one channel.
        channel = self._plan.targets[row.target].channel_id or -1 - row.target
        group = self.rows.setdefault((channel, row.metric.id), {})
        span = (row.start, row.end)
        span = self._spans.setdefault(span, span)
        first = group.setdefault(span, row)
        if first is row:
            return
        if row.table.per_post and first.table is row.table and row.metric.kind.is_summed:
            about = first.approximate or row.approximate
            group[span] = first._replace(value=first.value + row.value, approximate=about)
        elif first.value != row.value:
            why = f"같은 채널·지표·기간의 값이 {first.cell}에도 있습니다({first.value:,})."
            self._plan.rows.append(row._replace(verdict=Verdict.ERROR, why=why))
        else:
            why = f"{first.cell}와(과) 똑같은 값이라 한 번만 씁니다."
            self._plan.left_out.append(LeftOut(row.cell, why))


def _against(session: Session, plan: Plan, merged: _Merged) -> None:
    """Give every merged row its verdict against what the data has."""
    stored = _Stored(session, merged)
    for (channel, metric), group in merged.rows.items():
        have = stored.of(channel, metric, group)
        if not have:
            plan.rows.extend(group.values())
            continue
        for span, row in group.items():
            old = have.get(span)
            if old is None:
                plan.rows.append(row)
            else:
                verdict = Verdict.SAME if old == row.value else Verdict.DIFFERENT
                plan.rows.append(row._replace(verdict=verdict, stored=old))


class _Stored:
    """What the data already has, a channel's metric at a time."""

    def __init__(self, session: Session, merged: _Merged) -> None:
        self._session = session
        rows = [next(iter(group.values())) for group in merged.rows.values()]
        self._own = _own_ids(session, [row.metric for row in rows if row.metric is not None])

    def of(self, channel: int, metric: int, spans: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The values by first and last day, from the first to the last of ``spans``."""
        if channel < 0 or (metric < 0 and metric not in self._own):
            return {}
        row = core(Observation).c
        start, end = type_coerce(row.period_start, Text), type_coerce(row.period_end, Text)
        firsts = [span[0] for span in spans]
        query = select(start, end, row.value).where(
            row.metric_id == self._own.get(metric, metric), row.channel_id == channel,
            start.between(min(firsts), max(firsts)),
        )  # fmt: skip
        return {(at[0], at[1]): at[2] for at in self._session.execute(query)}


def _own_ids(session: Session, metrics: Iterable[Metric]) -> dict[int, int]:
    """Planned id → stored id of the office's own metrics that exist already."""
    codes = {metric.code: metric.id for metric in metrics if metric.id < 0}
    if not codes:
        return {}
    query = select(col(MetricRow.code), col(MetricRow.id)).where(col(MetricRow.code).in_(codes))
    return {codes[code]: stored for code, stored in session.execute(query) if stored is not None}
