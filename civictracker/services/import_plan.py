"""What importing a file would do, held against the data and shown before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Text, select, type_coerce
from sqlmodel import Session, col

from civictracker.domain.metrics import Metric
from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain
from civictracker.services import import_columns, import_levels, import_rates, reimport
from civictracker.services.import_columns import Columns, Ints, Names, PlanRow, PlanRows, Verdict
from civictracker.services.matching import NEW, SKIP, ChannelMatcher, Target, metric_for, suggested_metric
from civictracker.sheets import presets
from civictracker.sheets.exported import Exported
from civictracker.sheets.isolated import FileFound, TableFound, cell_of
from civictracker.sheets.records import LeftOut, Question
from civictracker.store.database import core
from civictracker.store.tables import MetricRow, Observation

__all__ = ["Columns", "Plan", "PlanRow", "PlanRows", "Verdict", "make_plan", "wants_new"]


@dataclass(slots=True)
class Plan:
    """What importing ``found`` would do. Every figure has its row; ``left_out`` never were rows."""

    found: FileFound
    answers: dict[str, str]
    targets: list[Target]
    columns: Columns = field(default_factory=Columns)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    form: str = ""  # the saved form whose answers were used
    unverified: bool = False
    notes: dict[str, str] = field(default_factory=dict)  # 비고 of our own export, by cell

    @property
    def tables(self) -> list[TableFound]:
        return self.found.tables

    def marks(self, table: TableFound, rows: int) -> Iterator[tuple[tuple[int, int], Verdict, str]]:
        """((row, column), verdict, why) of the figures in the first ``rows`` rows of a table's sheet."""
        return self.columns.marks(table, rows)

    def count(self, verdict: Verdict) -> int:
        errors = sum(1 for each in self.left_out if each.is_error) if verdict is Verdict.ERROR else 0
        return self.columns.count(verdict) + errors

    @property
    def left_out_count(self) -> int:
        return sum(1 for each in self.left_out if not each.is_error)

    @property
    def rows(self) -> PlanRows:
        """Every figure, in the order of the file."""
        known = self.columns.verdict < len(Verdict)
        return PlanRows(self.columns, np.flatnonzero(known))

    def of(self, verdict: Verdict) -> PlanRows:
        return PlanRows(self.columns, self.columns.at(verdict))

    def applies(self, choices: dict[str, str]) -> int:
        """How many figures an apply with these choices would write."""
        fresh = self.count(Verdict.NEW)
        return fresh + sum(1 for row in self.of(Verdict.DIFFERENT) if wants_new(row, choices))


def wants_new(row: PlanRow, choices: dict[str, str]) -> bool:
    """새 값 or 기존 값; the stored one stays unless a person says otherwise."""
    return choices.get(row.key, choices.get("*", "old")) == "new"


def make_plan(session: Session, *, found: FileFound, answers: dict[str, str]) -> Plan:
    """Hold the file's records against the data. Reads only."""
    matcher = ChannelMatcher(session)
    plan = Plan(found, answers, [])
    for table in found.tables:
        if _is_no_channel_table(plan, table):
            continue
        names = _names(plan, matcher, table, answers)
        known = [target.is_known for target in plan.targets] or [False]
        skipped = [target.is_skipped for target in plan.targets] or [False]
        plan.columns.add(table, names, known, skipped)
    _tell_rounded(plan)
    channels = _channel_numbers(plan.targets)
    _merge(plan, channels)
    _against(session, plan.columns, channels)
    return plan


def _tell_rounded(plan: Plan) -> None:
    columns = plan.columns
    metrics = [columns.metrics[at] for at in sorted({int(columns.metric[at]) for at in columns.rounded})]
    plan.checks.extend(
        f"‘{each.name}’은(는) 소수 {each.decimals}자리로 줄여 어림수로 적습니다." for each in metrics
    )


def _merge(plan: Plan, channels: Sequence[int]) -> None:
    """One figure a key; what stands twice is told, and asked where the values differ."""
    told = plan.answers.get("twice", "")
    found = import_columns.merge(plan.columns, channels, told)
    for repeat, of in found.equal:
        one, other = plan.columns.row(of).cell, _cell(plan.columns, repeat)
        plan.left_out.append(LeftOut(other, f"{one}와(과) 똑같은 값이라 한 번만 씁니다."))
    plan.left_out.extend(LeftOut(_cell(plan.columns, at), _TAKEN[told]) for at in found.settled)
    if not found.differ:
        return
    later, first = (plan.columns.row(at) for at in found.differ[0])
    metrics = {int(plan.columns.metric[at]) for at, _ in found.differ}
    is_summed = all(plan.columns.metrics[at].kind.is_summed for at in metrics)
    why = (
        f"같은 채널·지표·기간에 다른 값이 {len(found.differ):,}번 더 있습니다"
        f"(예: {first.cell} {first.value:,}, {later.cell} {later.value:,}). 어느 값을 쓸까요?"
    )
    choices = tuple(each for each in import_columns.TWICE if each != "sum" or is_summed)
    _ask(plan, Question("twice", why, choices, cell=later.cell))


_TAKEN = {
    "first": "같은 기간의 다른 값이 앞에 있어 앞의 값을 썼습니다.",
    "last": "같은 기간의 다른 값 가운데 마지막 값을 썼습니다.",
    "skip": "같은 기간에 다른 값이 여럿이라 모두 뺐습니다.",
    "sum": "같은 기간의 값을 더했습니다.",
}
ROWS_ARE = {
    "posts": "게시물마다 한 줄인 표라서 채널 통계에 넣지 않습니다.",
    "parts": "한 채널의 값을 나누어 보인 표라서 채널 통계에 넣지 않습니다.",
}


def _is_no_channel_table(plan: Plan, table: TableFound) -> bool:
    """Rows that are posts, countries or campaigns are nobody's weekly figures; say so and go on."""
    preset = presets.by_code(table.preset)
    why = ROWS_ARE.get(preset.rows_are, "") if preset else ""
    if why:
        plan.left_out.append(LeftOut(f"{table.sheet}!{table.range}", why))
        plan.checks.append(why)
    return bool(why)


def _cell(columns: Columns, at: int) -> str:
    return cell_of(columns.tables[int(columns.table[at])], int(columns.number[at]))


def _channel_numbers(targets: Sequence[Target]) -> list[int]:
    """The channel of each target; those yet to be made are negative. Two names may mean one channel."""
    return [target.channel_id or -1 - at for at, target in enumerate(targets)] or [0]


def _names(plan: Plan, matcher: ChannelMatcher, table: TableFound, answers: dict[str, str]) -> Names:
    preset = presets.by_code(table.preset)
    plan.unverified = plan.unverified or (preset is not None and not preset.verified)
    plan.left_out.extend(_named(table, each) for each in table.left_out)
    plan.checks.extend((*table.checks, *table.warnings))
    for question in table.questions:
        if question.key != "channel":
            _ask(plan, question)
    if table.exported is not None:
        return _exported_names(plan, matcher, table, table.exported)
    records = table.records
    platform = table.platform or (preset.platform if preset else "")
    at = {
        index: _target_index(plan, matcher.target(records.entities[index], answers, platform))
        for index in _used(records.entity)
    }
    metrics = {
        index: metric_for(records.metrics[index], answers, preset) for index in _used(records.metric)
    }  # fmt: skip
    asked, shares = _sort_rates(plan, table, metrics)
    asked |= _ask_of_falls(plan, table, metrics)
    for index in at.values():
        if not plan.targets[index].is_known:
            _ask(plan, _channel_question(plan.targets[index]))
    for index, metric in metrics.items():
        if metric is None and index not in asked:
            _ask(plan, _metric_question(records.metrics[index], is_told=not table.is_nameless))
    return Names(at, metrics, records.periods, _unsure_days(table, answers), shares)


def _sort_rates(
    plan: Plan, table: TableFound, metrics: dict[int, Metric | str | None]
) -> tuple[set[int], frozenset[int]]:
    """Leave out what is computed anyway; (rates to be asked about, those told as shares of 1)."""
    for at in import_rates.computed(metrics):
        metric = metrics[at]
        if isinstance(metric, Metric):
            plan.left_out.append(import_rates.left_out(table, metric))
        metrics[at] = SKIP
    unclear = import_rates.unclear(table, metrics)
    told = plan.answers.get(import_rates.ASKED, "")
    if unclear and not told:
        _ask(plan, import_rates.question(table, unclear[0]))
        metrics.update(dict.fromkeys(unclear))
    return set() if told else set(unclear), frozenset(unclear if told == import_rates.SHARE else ())


def _ask_of_falls(plan: Plan, table: TableFound, metrics: dict[int, Metric | str | None]) -> set[int]:
    """-3 구독자 is how many fewer they are than the day before: ask before it is taken for their number."""
    found = import_levels.negative(table, metrics, plan.answers)
    for at, level in found.items():
        _ask(plan, import_levels.question(table, at, level))
        metrics[at] = None
    return set(found)


def _used(indexes: NDArray[Any]) -> list[int]:
    """The different indexes in order of appearance."""
    distinct, first = np.unique(indexes, return_index=True)
    return [int(each) for each in distinct[np.argsort(first)]]


def _exported_names(plan: Plan, matcher: ChannelMatcher, table: TableFound, told: Exported) -> Names:
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
    return Names(targets, metrics, table.records.periods, frozenset())


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


def _metric_question(name: str, *, is_told: bool = True) -> Question:
    offered = suggested_metric(name)
    choices = (*((offered.code,) if offered is not None else ()), SKIP)
    why = (
        f"‘{name}’은(는) 어떤 지표인가요?"
        if is_told
        else "무엇을 센 값인지 표에 적혀 있지 않습니다. 어떤 지표인가요?"
    )
    return Question(f"metric:{name}", why, choices)


def _ask(plan: Plan, question: Question) -> None:
    # An answer that settled nothing does not silence its question.
    if all(q.key != question.key for q in plan.questions):
        plan.questions.append(question)


# --- against the data -------------------------------------------------------------------------


def _against(session: Session, columns: Columns, channels: Sequence[int]) -> None:
    """Give every figure its verdict against what the data has, a channel's metric at a time."""
    fresh = columns.at(Verdict.NEW)
    channel = np.array(channels, np.int64)[columns.target[fresh]]
    metric = columns.metric[fresh]
    own = _own_ids(session, [columns.metrics[at] for at in _used(metric)])
    width = len(columns.metrics) + 1
    for pair in np.unique(channel * width + metric).tolist():
        channel_id, at = divmod(pair, width)
        metric_id = columns.metrics[at].id
        if channel_id < 0 or (metric_id < 0 and metric_id not in own):
            continue
        places = fresh[(channel == channel_id) & (metric == at)]
        stored = _stored(session, channel_id, own.get(metric_id, metric_id), columns, places)
        if stored:
            import_columns.settle(columns, places, stored)


def _stored(
    session: Session, channel_id: int, metric_id: int, columns: Columns, places: Ints
) -> dict[tuple[int, int], int]:
    """What the data has by first and last day, from the first to the last day that the file tells of."""
    row = core(Observation).c
    start, end = type_coerce(row.period_start, Text), type_coerce(row.period_end, Text)
    first, last = int(columns.start[places].min()), int(columns.start[places].max())
    query = select(start, end, row.value).where(
        row.metric_id == metric_id, row.channel_id == channel_id,
        start.between(import_columns.iso(first), import_columns.iso(last)),
    )  # fmt: skip
    return {(_ordinal(at[0]), _ordinal(at[1])): at[2] for at in session.execute(query)}


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _own_ids(session: Session, metrics: Sequence[Metric]) -> dict[int, int]:
    """Planned id → stored id of the office's own metrics that exist already."""
    codes = {metric.code: metric.id for metric in metrics if metric.id < 0}
    if not codes:
        return {}
    query = select(col(MetricRow.code), col(MetricRow.id)).where(col(MetricRow.code).in_(codes))
    return {codes[code]: stored for code, stored in session.execute(query) if stored is not None}
