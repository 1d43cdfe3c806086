"""Levels of a file that fall below zero: 구독자 -3 is a change that its heading calls a number."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from civictracker.domain.metrics import Kind, Metric
from civictracker.services import catalogue
from civictracker.services.matching import SKIP
from civictracker.sheets.isolated import TableFound
from civictracker.sheets.records import Question


def negative(
    table: TableFound, metrics: Mapping[int, Metric | str | None], answers: Mapping[str, str]
) -> dict[int, Metric]:
    """The table's metrics that are levels with a negative figure, and of which nobody told what they are."""
    records = table.records
    below = set(np.unique(records.metric[records.value < 0]).tolist())
    return {
        at: metric
        for at, metric in metrics.items()
        if at in below
        and isinstance(metric, Metric)
        and metric.kind is Kind.LEVEL
        and f"metric:{records.metrics[at]}" not in answers
    }


def question(table: TableFound, at: int, level: Metric) -> Question:
    """What the sheet's metric ``at`` is: the change of ``level``, or as it is called."""
    records = table.records
    first = int(np.flatnonzero((records.metric == at) & (records.value < 0))[0])
    name = records.metrics[at]
    changes = (each.code for each in catalogue.metrics().values() if each.anchor == level.code)
    why = f"‘{name}’에 음수가 있습니다({records.value_at(first)}). 그 수가 아니라 늘고 준 수인가요?"
    return Question(f"metric:{name}", why, (*changes, level.code, SKIP), cell=records.cell(first))
