"""Data files for papers: an office made to order, and the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from civictracker.documents.model import Document
from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document
from civictracker.domain.weeks import Period
from civictracker.services import figures, opening, sample, settings
from civictracker.services.changes import Changes, Topic
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit
from civictracker.services.report_values import ReportFigures
from civictracker.services.reports import weekly_figures
from civictracker.store.tables import Channel, WeekNote
from tests.unit.documents.offices import make_hostile, with_campaign_and_release

WEEK = Period.week(date(2026, 11, 20))


@pytest.fixture(scope="session")
def gwanak(tmp_path_factory: pytest.TempPathFactory) -> ReportFigures:
    path = tmp_path_factory.mktemp("sample") / "civictracker.db"
    opened = opening.open_data(path, sample.sample_now, alone=False)
    sample.build_sample(opened.context, "관악구")
    found = opened.context.read(weekly_figures, week=WEEK, now=sample.sample_now())
    opened.context.close()
    return found


@pytest.fixture(scope="module")
def gwanak_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    opened = opening.open_data(tmp_path_factory.mktemp("papers") / "a.db", sample.sample_now, alone=False)
    sample.build_sample(opened.context, "관악구")
    with_campaign_and_release(opened.context)
    yield opened.context
    opened.context.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    opened = opening.open_data(tmp_path_factory.mktemp("hostile") / "a.db", sample.sample_now, alone=False)
    make_hostile(opened.context)
    yield opened.context
    opened.context.close()


MakeFigures = Callable[..., ReportFigures]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[MakeFigures]:
    """``made([(name, this, last), ...], note=...)``: the figures of such an office."""
    opened = opening.open_data(tmp_path / "civictracker.db", sample.sample_now, alone=False)
    context = opened.context

    def make(rows: list[tuple[str, int | None, int | None]], note: str = "", unit: str = "") -> ReportFigures:
        context.write(settings.save_office, name="가나군청", department="홍보실")
        office_id = context.read(settings.own_office).id  # type: ignore[union-attr]

        def fill(session) -> Changes:
            channels = [
                Channel(office_id=office_id, platform="kakao", name=name, unit_name=unit, position=i)
                for i, (name, _, _) in enumerate(rows)
            ]
            session.add_all(channels)
            if note:
                session.add(WeekNote(monday=WEEK.start, text=note))
            session.flush()
            edits = [
                ValueEdit("followers", channel.id, week, value)
                for channel, (_, this, last) in zip(channels, rows, strict=True)
                for week, value in ((WEEK, this), (WEEK.shift(-1), last))
                if value is not None
            ]
            if edits:
                figures.write_values(session, edits=edits, label="")
            return Changes.of(Topic.VALUES, "")

        context.write(fill)
        return context.read(weekly_figures, week=WEEK, now=sample.sample_now())

    yield make
    context.close()


@pytest.fixture
def sixty(made: MakeFigures) -> Document:
    rows = [(f"{i}번 채널", 1_000 + i, 990 + 2 * i) for i in range(1, 61)]
    return report_document(made(rows), PaperOptions(unfold_units=True))
