"""예시 자료: a round of 취합 for the week in view, of which most has come back in one state or another."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session

from civictracker.domain.dates import range_text
from civictracker.domain.weeks import Period
from civictracker.services import collect, figures
from civictracker.services.changes import Changes
from civictracker.services.collect import Round, Unit, Wish
from civictracker.sheets.collect_form import FormChannel, FormMetric
from civictracker.sheets.collect_return import FormCell, Returned, State
from civictracker.store.tables import CollectionFile

_COLUMNS = "EGIKM"
_Write = Callable[[FormChannel, FormMetric, int | None], tuple[State, str, str]]


def write_collection(session: Session, *, week: Period, now: datetime) -> Changes:
    """The round, due the day before ``now``. Needs the week's figures, after which the forms are filled."""
    units = tuple(unit.name for unit in collect.list_units(session, period=week))
    due = now.date() - timedelta(days=1)
    prepared = collect.prepare(session, wish=Wish(week, units, due=due), now=now)
    changes = collect.save_round(session, prepared=prepared, now=now)
    session.flush()
    (made,) = (each for each in collect.list_rounds(session) if each.id == changes.created)
    stored = _stored(session, made)
    for unit, (when, write) in zip(made.units, _stories(now), strict=False):
        session.add(_file(made, unit, stored, write=write, office=prepared.forms[0].office, when=when))
    return changes


def _stories(now: datetime) -> tuple[tuple[datetime, _Write], ...]:
    """When each unit's file came, and how it was filled; who is not listed has not returned."""
    before = now - timedelta(days=1)
    return (
        (before.replace(hour=9, minute=12, second=0), _as_it_is),
        (before.replace(hour=16, minute=40, second=0), _corrected),
        (now.replace(hour=10, minute=5, second=0), _as_it_is),
        (before.replace(hour=11, minute=31, second=0), _careless),
    )


def _as_it_is(_channel: FormChannel, _metric: FormMetric, value: int | None) -> tuple[State, str, str]:
    return (State.EMPTY, "", "") if value is None else (State.VALUE, str(value), "")


def _corrected(channel: FormChannel, metric: FormMetric, value: int | None) -> tuple[State, str, str]:
    """The sample's slip (470) as the unit itself tells it (4,708)."""
    is_slip = metric.kind == "level" and value is not None and value < 1_000
    return _as_it_is(channel, metric, value * 10 + 8 if is_slip and value is not None else value)


def _careless(channel: FormChannel, metric: FormMetric, value: int | None) -> tuple[State, str, str]:
    if metric.kind == "level":
        return State.BAD, "약 2천", "숫자에 알 수 없는 글자가 붙어 있습니다."
    return (State.EMPTY, "", "") if metric.code == "views" else _as_it_is(channel, metric, value)


def _stored(session: Session, made: Round) -> dict[tuple[int, str], int]:
    found = figures.week_readings(session, weeks=[made.period])
    codes = {figures.metric_of(session, each.code).id: each.code for each in made.metrics}
    return {
        (channel, codes[metric]): reading.value
        for (metric, channel, _), reading in found.items()
        if metric in codes
    }


def _file(
    made: Round, unit: Unit, stored: dict[tuple[int, str], int], *, write: _Write, office: str, when: datetime
) -> CollectionFile:
    cells = []
    for line, channel in enumerate(unit.channels):
        for at, metric in enumerate(made.metrics):
            state, text, why = write(channel, metric, stored.get((channel.id, metric.code)))
            cells.append(
                FormCell(
                    state, f"{_COLUMNS[at]}{12 + line}", str(channel.id), channel.name, channel.platform,
                    metric.code, metric.heading, value="" if why else text, shown=text, why=why,
                )
            )  # fmt: skip
    words = range_text(made.period)
    found = Returned(unit.code, made.period.code, office, unit.name, words, cells)
    return CollectionFile(
        round_code=made.code, form_code=unit.code, name=f"{when:%m%d} {unit.name} 회신.xlsx", saved=when,
        seen=when, found=json.dumps({"form": asdict(found)}, ensure_ascii=False), sha256=unit.code,
    )  # fmt: skip
