"""주간 입력: the grid of one week, with what the last figures were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from civictracker.domain.metrics import Metric, Reading
from civictracker.domain.series import Slip, Total, slip, total
from civictracker.domain.texts import clean_lines
from civictracker.domain.weeks import Period
from civictracker.services import catalogue, figures
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.settings import load_settings
from civictracker.store.tables import Observation, Settled, WeekNote

COLUMNS = ("followers", "posts", "views")


@dataclass(frozen=True, slots=True)
class EntryCell:
    """One figure to type: this week's, the last one before it, and whether it looks wrong."""

    this: Reading | None = None
    last: Reading | None = None
    slip: Slip | None = None

    @property
    def change(self) -> int | None:
        return None if self.this is None or self.last is None else self.this.value - self.last.value


@dataclass(frozen=True, slots=True)
class EntryRow:
    channel: ChannelRow
    cells: dict[str, EntryCell]
    note: str = ""

    @property
    def is_entered(self) -> bool:
        return self.cells[COLUMNS[0]].this is not None


@dataclass(frozen=True, slots=True)
class EntryGrid:
    """The week's rows: the office's channels, then the 읍면동's."""

    week: Period
    base_day: date
    metrics: tuple[Metric, ...]
    rows: tuple[EntryRow, ...]
    total: Total | None

    @property
    def entered(self) -> int:
        return sum(1 for row in self.rows if row.is_entered)

    @property
    def slips(self) -> list[tuple[EntryRow, str, Slip]]:
        return [
            (row, code, cell.slip)
            for row in self.rows
            for code, cell in row.cells.items()
            if cell.slip is not None
        ]


def load_grid(session: Session, *, week: Period, columns: tuple[str, ...] = COLUMNS) -> EntryGrid:
    """The grid of ``week`` for the channels that are open in it."""
    naming = load_settings(session).naming
    channels = list_channels(session, open_in=(week.start, week.end))
    metrics = tuple(catalogue.metric(code) for code in columns)
    last_week = week.shift(-1)
    now = figures.week_readings(session, weeks=[last_week, week], metrics=metrics)
    ids = [channel.id for channel in channels]
    before = {metric.id: _last(session, metric, ids, week, now) for metric in metrics}
    settled = settled_slips(session)
    notes = _notes(session, week)
    rows = tuple(
        EntryRow(
            channel,
            {
                metric.code: _cell(
                    now.get((metric.id, channel.id, week)), before[metric.id].get(channel.id),
                    metric, channel.id, settled,
                )
                for metric in metrics
            },
            notes.get(channel.id, ""),
        )
        for channel in channels
    )  # fmt: skip
    return EntryGrid(week, naming.base_day(week), metrics, rows, grid_total(rows))


def grid_total(rows: tuple[EntryRow, ...]) -> Total | None:
    """The friends of all rows, compared only where both weeks have a figure."""
    cells = [row.cells[COLUMNS[0]] for row in rows]
    return total(
        (cell.this.value if cell.this else None, cell.last.value if cell.last else None) for cell in cells
    )


def _last(
    session: Session,
    metric: Metric,
    ids: list[int],
    week: Period,
    known: dict[tuple[int, int, Period], Reading],
) -> dict[int, Reading]:
    """A level steps over gaps to its last reading; a flow compares with last week alone."""
    if not metric.kind.is_summed:
        return figures.last_before(session, metric_id=metric.id, channel_ids=ids, day=week.start)
    return {
        channel: reading
        for (at, channel, period), reading in known.items()
        if at == metric.id and period != week
    }


def _cell(
    this: Reading | None, last: Reading | None, metric: Metric, channel_id: int, settled: set[str]
) -> EntryCell:
    found = None
    if this is not None and last is not None and not metric.kind.is_summed:
        found = slip(this.value, last.value)
        if found is not None and slip_key(channel_id, metric.code, this) in settled:
            found = None
    return EntryCell(this, last, found)


def slip_key(channel_id: int, metric: str, reading: Reading) -> str:
    """A settled slip is settled for this very figure: another value is asked about again."""
    return f"slip:{channel_id}:{metric}:{reading.period.code}:{reading.value}"


def settled_slips(session: Session) -> set[str]:
    query = select(Settled.key).where(col(Settled.key).startswith("slip:"))
    return set(session.exec(query))


def settle(session: Session, *, key: str, note: str = "") -> Changes:
    """맞음: the person says that an odd figure is right."""
    if session.get(Settled, key) is None:
        session.add(Settled(key=key, note=note))
    return Changes.of(Topic.VALUES, "의심 값 맞음으로 표시")


def _notes(session: Session, week: Period) -> dict[int, str]:
    """비고 by channel: of the week's own figure or of the days that make it up, in order."""
    level = catalogue.metric(COLUMNS[0])
    query = (
        select(Observation.channel_id, Observation.note)
        .where(
            Observation.metric_id == level.id,
            Observation.period_start >= week.start,
            Observation.period_end <= week.end,
            Observation.note != "",
        )
        .order_by(col(Observation.period_end), col(Observation.period_start))
    )
    found: dict[int, list[str]] = {}
    for channel, note in session.exec(query).all():
        if note not in found.setdefault(channel, []):
            found[channel].append(note)
    return {channel: " · ".join(notes) for channel, notes in found.items()}


def last_entered_week(session: Session, *, before: date) -> Period | None:
    """The latest week before ``before`` that has any figure."""
    query = (
        select(col(Observation.period_end))
        .where(Observation.period_end < before)
        .order_by(col(Observation.period_end).desc())
        .limit(1)
    )
    day = session.exec(query).first()
    return None if day is None else Period.week(day)


def load_week_note(session: Session, *, week: Period) -> str:
    row = session.get(WeekNote, week.start)
    return "" if row is None else row.text


def save_week_note(session: Session, *, week: Period, text: str) -> Changes:
    row = session.get(WeekNote, week.start) or WeekNote(monday=week.start)
    row.text = clean_lines(text)
    session.add(row)
    return Changes.of(Topic.NOTES, "특이사항 고침")
