"""Real files of public offices and platforms, to the last figure.

They are not shipped with the project: ``CIVICTRACKER_CORPUS`` names the folder that holds them and
their ``cases.json``. The small made files under ``tests/data`` have the same traps.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from civictracker.domain.texts import folded
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.sheets import isolated
from civictracker.sheets.records import Value, entries

FOLDER = os.environ.get("CIVICTRACKER_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="CIVICTRACKER_CORPUS names no folder with the real files")

SEVERAL = {"K09", "S04", "K41", "K42", "K43"}  # several tables, or several posts of one day
IDS = [
    "K01",
    "K03",
    "K06",
    "K08",
    "K09",
    "K16",
    "K26",
    "K27",
    "K41",
    "K42",
    "K43",
    "K51",
    "S01",
    "S02",
    "S04",
    "S05",
    "S06",
    "S08",
    "S09",
    "S14",
    "S15",
]
# What the sheet itself does not say is told, as a person would.
ONE_METRIC = {
    "K03": "its metric is named by the sheet alone, which calls it 경기도인구데이터",
    "K09": "신규 stands among the entities' names",
    "K51": "the indicator's own name stands in a column of the stub",
    "S04": "two tables of one file both say Follows",
}


@cache
def cases() -> dict[str, dict[str, Any]]:
    listed = json.loads((Path(FOLDER) / "cases.json").read_text(encoding="utf-8"))
    return {case["id"].split("-")[0]: case for case in listed}


@cache
def figures(case_id: str) -> list[tuple[str, str, Period | None, Value, str]]:
    found = isolated._understood(Path(FOLDER) / cases()[case_id]["file"], {}, WeekNaming())
    return [entry for table in found.tables for entry in entries(table.found.records)]


@pytest.fixture(params=IDS)
def case_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_counts(case_id: str) -> None:
    expected, found = cases()[case_id]["expected"], figures(case_id)
    assert len(found) == expected["n_values"]
    assert len({period for _, _, period, _, _ in found}) == expected["n_periods"]
    assert len({entity for entity, _, _, _, _ in found}) == expected["n_entities"]


def test_totals(case_id: str) -> None:
    expected = cases()[case_id]["expected"]["totals_by_metric"]
    totals: defaultdict[str, Value] = defaultdict(int)
    for _, metric, _, value, _ in figures(case_id):
        totals[metric] += value
    if case_id in ONE_METRIC:
        assert float(sum(totals.values())) == pytest.approx(sum(expected.values()), abs=0.01)
    else:
        assert {name: float(total) for name, total in totals.items()} == pytest.approx(expected, abs=0.01)


def test_samples(case_id: str) -> None:
    for sample in cases()[case_id]["expected"]["samples"]:
        fitting = [
            float(value)
            for entity, metric, period, value, _ in figures(case_id)
            if period is not None
            and period.code == sample["date"]
            and (not entity or _alike(entity, sample["entity"]))
            and (case_id in ONE_METRIC or folded(metric) == folded(sample["metric"]))
        ]
        assert float(sample["value"]) in fitting, sample
        assert len(fitting) == 1 or case_id in SEVERAL, sample


def _alike(found: str, named: str) -> bool:
    parts = found.split(" / ")
    return named in {found, " ".join(parts)} or (len(parts) > 1 and named == parts[0])
