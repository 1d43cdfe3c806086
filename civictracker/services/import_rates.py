"""Rates of a file: those that are computed anyway, and those of which nobody says if 0.5 is 50%."""

from __future__ import annotations

import numpy as np

from civictracker.domain.metrics import Kind, Metric
from civictracker.sheets.isolated import TableFound
from civictracker.sheets.records import LeftOut, Question

SHARE = "share"  # 1 is all of them
ASKED = "ratio"  # the key of the question


def computed(metrics: dict[int, Metric | str | None]) -> list[int]:
    """The rates that stand beside both their parts: they are never stored a second time."""
    codes = {metric.code for metric in metrics.values() if isinstance(metric, Metric)}
    return [
        at
        for at, metric in metrics.items()
        if isinstance(metric, Metric)
        and metric.kind is Kind.RATIO
        and {metric.numerator, metric.denominator} <= codes
    ]


def left_out(table: TableFound, metric: Metric) -> LeftOut:
    where = f"{table.sheet}!{table.range}"
    return LeftOut(where, f"‘{metric.name}’은(는) 다른 값에서 계산하므로 뺐습니다.")


def unclear(table: TableFound, metrics: dict[int, Metric | str | None]) -> list[int]:
    """The rates whose figures are all 1 or less, with no % beside them, in their name or in their cells."""
    records = table.records
    told = np.zeros(len(records), bool)
    told[list(records.percents)] = True
    found = []
    for at, metric in metrics.items():
        if not isinstance(metric, Metric) or metric.unit != "%" or "%" in records.metrics[at]:
            continue
        mine = (records.metric == at) & ~told
        values = records.value[mine]
        if len(values) and bool(((values >= 0) & (values <= 1)).all()) and bool((values % 1).any()):
            found.append(at)
    return found


def question(table: TableFound, at: int) -> Question:
    """What is asked of the figures of the sheet's metric ``at``."""
    records = table.records
    first = int(np.flatnonzero((records.metric == at) & (records.value % 1 > 0))[0])
    value = float(records.value[first])
    why = (
        f"‘{records.metrics[at]}’의 값이 모두 1 이하입니다. {value:g}은(는) {value * 100:g}%인가요, "
        f"{value:g}%인가요?"
    )
    return Question(ASKED, why, (SHARE, "percent"), cell=records.cell(first))
