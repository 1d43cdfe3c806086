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

from civictracker.domain.dates import parse_date
from civictracker.domain.texts import folded
from civictracker.domain.weeks import WeekNaming
from civictracker.sheets import isolated
from civictracker.sheets.records import Value, entries
from civictracker.sheets.understand import Understanding

FOLDER = os.environ.get("CIVICTRACKER_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="CIVICTRACKER_CORPUS names no folder with the real files")

CASES_FILE = Path(FOLDER) / "cases.json"
IDS = [case["id"] for case in json.loads(CASES_FILE.read_text(encoding="utf-8"))] if FOLDER else ["none"]

# Where the sheet itself does not say how its one metric is called, a person would be asked.
ONE_METRIC = {
    "K03": "its metric is named by the sheet alone, which calls it 경기도인구데이터",
    "K05": "nothing in the file says what is counted",
    "K31": "the title says 주간_매매가격지수",
    "K38": "English heads, Korean expectations",
    "K39": "the sheet does not say that the shares are 지지율",
}
# Dates that no file can tell: they stay as written until a person is asked.
ASKED = {"K05": "bound", "K39": "year", "K40": "year", "K38": "date", "S10": "date", "S12": "date"}
SEVERAL = {"S04", "S14", "K38", "K41", "K42", "K43"}  # overlapping tables, X and x, several posts of one day
# The crawl's own day is asked for, but the posts have their dates.
MORE_QUESTIONS = {"K41", "K42"}


@cache
def cases() -> dict[str, dict[str, Any]]:
    return {case["id"]: case for case in json.loads(CASES_FILE.read_text(encoding="utf-8"))}


@cache
def understood(case_id: str) -> Understanding:
    return isolated._understood(Path(FOLDER) / cases()[case_id]["file"], {}, WeekNaming())


@cache
def figures(case_id: str) -> list[tuple[str, str, str, Value]]:
    """(entity, metric, period or what is written for it, value)"""
    found = []
    for table in understood(case_id).tables:
        records = table.found.records
        for (entity, metric, period, value, _), at in zip(entries(records), records.period, strict=True):
            found.append((entity, metric, period.code if period else records.written[at], value))
    return found


@pytest.fixture(params=IDS)
def case_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def short(case_id: str) -> str:
    return case_id.split("-", maxsplit=1)[0]


def test_counts(case_id: str) -> None:
    expected, found = cases()[case_id]["expected"], figures(case_id)
    assert len(found) == expected["n_values"]
    assert len({period for _, _, period, _ in found if period}) == expected["n_periods"]
    assert len({entity for entity, *_ in found}) == expected["n_entities"]


def test_totals(case_id: str) -> None:
    expected = cases()[case_id]["expected"]["totals_by_metric"]
    totals: defaultdict[str, Value] = defaultdict(int)
    for _, metric, _, value in figures(case_id):
        totals[metric] += value
    if short(case_id) in ONE_METRIC:
        assert sorted(map(float, totals.values())) == pytest.approx(sorted(expected.values()), abs=0.01)
    else:
        told = {folded(name): float(total) for name, total in totals.items()}
        assert told == pytest.approx({folded(name): total for name, total in expected.items()}, abs=0.01)


def test_samples(case_id: str) -> None:
    for sample in cases()[case_id]["expected"]["samples"]:
        fitting = [
            float(value)
            for entity, metric, period, value in figures(case_id)
            if period == _period(sample["date"])
            and (not entity or _alike(entity, sample["entity"]))
            and (short(case_id) in ONE_METRIC or folded(metric) == folded(sample["metric"]))
        ]
        assert float(sample["value"]) in fitting, sample
        assert len(fitting) == 1 or short(case_id) in SEVERAL, sample


def test_only_what_the_file_cannot_say_is_asked(case_id: str) -> None:
    """A date only where there is none; every other blocking question is whose channel it is."""
    asked = {q.key for table in understood(case_id).tables for q in table.found.questions if q.blocking}
    expected = {ASKED[short(case_id)]} if short(case_id) in ASKED else set()
    assert asked - {"channel"} == expected


def _period(told: str | None) -> str:
    """The code of a date as the case writes it, or the words themselves where no code can say it."""
    if told is None:
        return ""
    reading = parse_date(told)
    return reading.period.code if reading and reading.period else told


def _alike(found: str, named: str) -> bool:
    return folded(found) == folded(named)
