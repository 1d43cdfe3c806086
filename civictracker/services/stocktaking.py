"""What a data file holds, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from civictracker.services.settings import load_office
from civictracker.store import journal
from civictracker.store.tables import Channel, Log, Observation


@dataclass(frozen=True, slots=True)
class Stock:
    """``first`` and ``last`` are the days that the figures span; ``broken_log`` is a changed entry."""

    office: str
    channels: int
    values: int
    first: date | None
    last: date | None
    entries: int
    broken_log: int | None


def take_stock(session: Session) -> Stock:
    office = load_office(session)
    values, first, last = session.execute(
        select(func.count(), func.min(Observation.period_start), func.max(Observation.period_end))
        .select_from(Observation)
    ).one()  # fmt: skip
    return Stock(
        office=office.name if office else "",
        channels=session.scalar(select(func.count()).select_from(Channel)) or 0,
        values=values, first=first, last=last,
        entries=session.scalar(select(func.count()).select_from(Log)) or 0,
        broken_log=journal.broken_link(session),
    )  # fmt: skip
