"""The board of a round: who has returned what, what is odd about it, and what taking it in would do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlmodel import Session, col, select

from civictracker.domain.collecting import Status, is_late, status_of
from civictracker.domain.dates import label
from civictracker.domain.metrics import Kind
from civictracker.domain.numbers import grouped
from civictracker.domain.series import slip
from civictracker.domain.texts import folded
from civictracker.errors import InputError
from civictracker.services import figures
from civictracker.services.changes import Changes, Topic
from civictracker.services.collect import Round, Unit, list_rounds
from civictracker.services.collect_judge import Judged, Oddity, judge, naming
from civictracker.services.import_plan import Verdict
from civictracker.services.settings import load_settings
from civictracker.sheets.collect_form import FormChannel, FormMetric
from civictracker.sheets.collect_return import Returned
from civictracker.store.tables import CollectionFile, Observation, Settled

Place = tuple[int, str]  # channel id, metric code


@dataclass(frozen=True, slots=True)
class FileLine:
    """A returned file of a unit; ``returned`` is when it came, by its own time or when it was first seen."""

    id: int
    folder: str
    name: str
    sha256: str
    saved: datetime
    returned: datetime
    chosen: bool
    judged: Judged


class Line(NamedTuple):
    """One figure that was asked for. ``value`` None: none was given; ``verdict`` None: not to be taken in."""

    channel: FormChannel
    metric: FormMetric
    value: int | None
    is_none: bool
    about: bool
    last: int | None
    stored: int | None
    verdict: Verdict | None
    cell: str
    is_held: bool = False  # it looks wrong, and nobody has said that it is right

    @property
    def place(self) -> Place:
        return (self.channel.id, self.metric.code)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit. ``used`` is the file whose figures count; ``accepted``: a person found its oddities right."""

    unit: Unit
    status: Status
    is_late: bool
    files: tuple[FileLine, ...]
    used: FileLine | None
    lines: tuple[Line, ...]
    oddities: tuple[Oddity, ...]
    accepted: bool

    def count(self, verdict: Verdict) -> int:
        return sum(1 for line in self.lines if line.verdict is verdict)

    @property
    def filled(self) -> int:
        return self.used.judged.filled if self.used else 0

    @property
    def is_in_data(self) -> bool:
        """Is everything that it says in the data?"""
        told = [line for line in self.lines if line.value is not None]
        return bool(told) and all(line.verdict is Verdict.SAME for line in told)


@dataclass(frozen=True, slots=True)
class Other:
    """A file that is no form of this round, and why."""

    folder: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Board:
    round: Round
    name: str
    rows: tuple[BoardRow, ...]
    others: tuple[Other, ...]
    folder: str

    def of(self, status: Status) -> list[BoardRow]:
        return [row for row in self.rows if row.status is status]

    def count(self, verdict: Verdict) -> int:
        return sum(row.count(verdict) for row in self.rows)

    @property
    def waiting(self) -> list[BoardRow]:
        """Those who have not returned anything that can be used."""
        return [row for row in self.rows if row.status is Status.MISSING]

    @property
    def returned(self) -> int:
        return len(self.rows) - len(self.waiting)


def load_board(session: Session, *, round_id: int) -> Board:
    """Raises InputError when there is no such round."""
    asked = next(iter(list_rounds(session, only=round_id)), None)
    if asked is None:
        raise InputError("그 취합은 이미 지워졌습니다.")
    files = list(session.exec(select(CollectionFile).where(CollectionFile.round_code == asked.code)))
    naming = load_settings(session).naming
    known = _Known(session, asked)
    others = _Others([row for row in files if not row.form_code])
    by_form: dict[str, list[CollectionFile]] = {}
    for each in files:
        by_form.setdefault(each.form_code, []).append(each)
    rows = tuple(
        _row(asked, unit, _file_lines(asked, unit, by_form.get(unit.code, ())), known, others.about(unit))
        for unit in asked.units
    )
    last = max(files, key=lambda row: (row.seen, row.id or 0), default=None)
    return Board(
        asked, f"{label(asked.period, naming)} 취합", rows, tuple(others), last.folder if last else ""
    )


def _file_lines(asked: Round, unit: Unit, files: Sequence[CollectionFile]) -> tuple[FileLine, ...]:
    """The unit's files that somebody filled in, oldest first."""
    lines = []
    for row in files:
        judged = judge(Returned.unpacked(json.loads(row.found)["form"]), asked, unit)
        when = min(row.saved, row.seen)
        lines.append(
            FileLine(row.id or 0, row.folder, row.name, row.sha256, row.saved, when, row.chosen, judged)
        )
    filled = [line for line in lines if not line.judged.is_blank]
    return tuple(sorted(filled, key=lambda line: (line.saved, line.id)))


class _Others:
    """Files that are no form of this round; one that names a unit is told of there too."""

    def __init__(self, rows: Sequence[CollectionFile]) -> None:
        self._told = [(row, json.loads(row.found)) for row in sorted(rows, key=lambda row: row.name)]

    def __iter__(self) -> Iterator[Other]:
        for row, told in self._told:
            yield Other(row.folder, row.name, told["problem"])

    def about(self, unit: Unit) -> list[Oddity]:
        return [
            Oddity("foreign", f"{told['problem']} ({row.name})", "", holds=True)
            for row, told in self._told
            if told.get("unit") and folded(told["unit"]) == folded(unit.name)
        ]


class _Known:
    """What the data has: the round's own figures, the last ones before it, and what a person settled."""

    def __init__(self, session: Session, asked: Round) -> None:
        metrics = {each.code: figures.metric_of(session, each.code) for each in asked.metrics}
        codes = {metric.id: code for code, metric in metrics.items()}
        query = select(Observation.channel_id, Observation.metric_id, Observation.value).where(
            Observation.period_start == asked.period.start,
            Observation.period_end == asked.period.end,
            col(Observation.metric_id).in_(codes),
        )
        self.stored = {(channel, codes[metric]): value for channel, metric, value in session.exec(query)}
        ids = [channel.id for unit in asked.units for channel in unit.channels]
        before = figures.last_values(session, metric_ids=list(codes), channel_ids=ids, day=asked.period.start)
        self.last = {(channel, codes[metric]): value for (metric, channel), value in before.items()}
        settled = select(Settled.key).where(col(Settled.key).startswith("collect:"))
        self.accepted = set(session.exec(settled))


def _row(
    asked: Round, unit: Unit, files: tuple[FileLine, ...], known: _Known, foreign: list[Oddity]
) -> BoardRow:
    used, oddities = _used(files)
    judged = used.judged if used else Judged()
    lines = tuple(
        _line(channel, metric, judged, known) for channel in unit.channels for metric in asked.metrics
    )
    accepted = used is not None and accept_key(unit, used) in known.accepted
    slips = dict(_slips(unit, lines))
    if not accepted:
        lines = tuple(_held(line) if line.place in slips else line for line in lines)
    found = [*oddities, *judged.oddities, *slips.values(), *(() if files else foreign)]
    oddities = sorted(found, key=lambda each: not each.holds)
    returned = min((file.returned for file in files), default=None)
    status = status_of(returned, asked.due, odd=bool(oddities) and not accepted)
    late = returned is not None and is_late(returned, asked.due)
    return BoardRow(unit, status, late, files, used, lines, tuple(oddities), accepted)


def _used(files: tuple[FileLine, ...]) -> tuple[FileLine | None, list[Oddity]]:
    """The file that counts; several that say different things wait for a person's choice."""
    if not files:
        return None, []
    if len({file.judged.signature for file in files}) == 1:
        return files[-1], []
    chosen = [file for file in files if file.chosen]
    if chosen:
        return chosen[-1], []
    return None, [
        Oddity("several", f"파일 {len(files)}개의 값이 서로 다릅니다. 쓸 파일을 골라 주세요.", "", holds=True)
    ]


def _line(channel: FormChannel, metric: FormMetric, judged: Judged, known: _Known) -> Line:
    place = (channel.id, metric.code)
    found = next((each for each in judged.values if (each.channel.id, each.metric.code) == place), None)
    stored = known.stored.get(place)
    verdict: Verdict | None = None
    if found is not None:
        verdict = (
            Verdict.NEW if stored is None else Verdict.SAME if stored == found.value else Verdict.DIFFERENT
        )
    return Line(
        channel, metric, value=found.value if found else None, is_none=place in judged.none,
        about=found is not None and found.about, last=known.last.get(place), stored=stored, verdict=verdict,
        cell=found.cell if found else "",
    )  # fmt: skip


def _held(line: Line) -> Line:
    return line._replace(verdict=None, is_held=True)


def _slips(unit: Unit, lines: Sequence[Line]) -> Iterator[tuple[Place, Oddity]]:
    """Levels ten times off, which wait until a person says that they are right."""
    for line in lines:
        if line.value is None or line.last is None or line.metric.kind != Kind.LEVEL:
            continue
        found = slip(line.value, line.last)
        if found is not None and line.verdict is not Verdict.SAME:
            now, before = (shown(each, line.metric) for each in (line.value, line.last))
            name = naming(unit, line.channel, line.metric)
            words = f"{name} {now}: 지난 값 {before}의 {found.words}입니다."
            yield line.place, Oddity("slip", words, line.cell, holds=True)


def shown(value: int | None, metric: FormMetric) -> str:
    """``1,234``; ``-`` where there is none."""
    return "-" if value is None else grouped(Decimal(value).scaleb(-metric.decimals), metric.decimals)


# --- a person's word on it ----------------------------------------------------------------------


def accept_key(unit: Unit, file: FileLine) -> str:
    """Settled for this very file: a corrected one is looked at again."""
    return f"collect:{unit.code}:{file.sha256[:16]}"


def accept(session: Session, *, key: str, name: str, accepted: bool = True) -> Changes:
    """확인함: a person has looked at what is odd, and it stays; or takes that back."""
    row = session.get(Settled, key)
    if accepted and row is None:
        session.add(Settled(key=key))
    elif not accepted and row is not None:
        session.delete(row)
    done = "확인함" if accepted else "확인 취소"
    return Changes.of(Topic.COLLECTIONS, f"‘{name}’ 취합 {done}")


def choose_file(session: Session, *, file_id: int) -> Changes:
    """Of a unit's files that say different things, use this one."""
    row = session.get_one(CollectionFile, file_id)
    others = session.exec(
        select(CollectionFile).where(
            CollectionFile.round_code == row.round_code, CollectionFile.form_code == row.form_code
        )
    )
    for each in others:
        each.chosen = each.id == file_id
    return Changes.of(Topic.COLLECTIONS, f"‘{row.name}’ 파일을 씀")
