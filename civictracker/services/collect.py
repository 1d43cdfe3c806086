"""취합 rounds: what is asked of which 읍면동 for which period, and the forms that ask it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, col, select

from civictracker.domain.collecting import MAX_UNITS, form_code, round_code
from civictracker.domain.dates import label
from civictracker.domain.file_names import file_name
from civictracker.domain.metrics import Kind, Metric, bucketed
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import DiskError, InputError
from civictracker.services import catalogue, figures
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.context import Context
from civictracker.services.jobs import CancelToken
from civictracker.services.settings import load_settings, own_office
from civictracker.sheets.collect_form import Form, FormChannel, FormMetric, write_form
from civictracker.store.backup import replace
from civictracker.store.tables import Collection, CollectionUnit

USUAL = ("followers", "posts", "views")
_ASKED = frozenset({Kind.LEVEL, Kind.FLOW, Kind.NET})


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A 읍면동 with the channels that it runs."""

    name: str
    channels: tuple[ChannelRow, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for; ``units`` are names. ``note`` stands on the form as further lines."""

    period: Period
    units: tuple[str, ...]
    metrics: tuple[str, ...] = USUAL
    due: date | None = None
    note: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One form of a round, with the names that were printed on it."""

    id: int
    code: str
    name: str
    channels: tuple[FormChannel, ...]


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    code: str
    period: Period
    due: date | None
    made: datetime
    metrics: tuple[FormMetric, ...]
    units: tuple[Unit, ...]

    @property
    def expected(self) -> int:
        """How many cells were to be filled."""
        return sum(len(unit.channels) for unit in self.units) * len(self.metrics)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A round that is about to be: its forms, and what their files will be called."""

    code: str
    wish: Wish
    forms: tuple[Form, ...]
    names: tuple[str, ...]


def list_units(session: Session, *, period: Period) -> list[UnitChoice]:
    """The 읍면동 that run a channel in ``period``, in the order of the channels."""
    found: dict[str, list[ChannelRow]] = {}
    for row in list_channels(session, open_in=(period.start, period.end)):
        if row.is_sub:
            found.setdefault(row.unit_name, []).append(row)
    return [UnitChoice(name, tuple(rows)) for name, rows in found.items()]


def offered_metrics() -> list[Metric]:
    """What can be asked for: a ratio comes from its parts."""
    return [metric for metric in catalogue.metrics().values() if metric.kind in _ASKED]


def prepare(session: Session, *, wish: Wish, now: datetime) -> Prepared:
    """The forms of a new round. Raises InputError where nothing or too much is asked."""
    office = own_office(session)
    if office is None:
        raise InputError("먼저 기관 이름을 정해 주세요.")
    units = [unit for unit in list_units(session, period=wish.period) if unit.name in wish.units]
    if not units:
        raise InputError("서식을 보낼 읍면동을 하나 이상 골라 주세요.")
    if not wish.metrics:
        raise InputError("물어볼 지표를 하나 이상 골라 주세요.")
    if len(units) > MAX_UNITS:
        raise InputError(f"한 번에 {MAX_UNITS:,}곳까지 만들 수 있습니다.")
    naming, metrics = (
        load_settings(session).naming,
        [figures.metric_of(session, code) for code in wish.metrics],
    )
    code = _free_code(session, f"{office.name}|{wish.period.code}|{now.isoformat()}")
    last = _last_values(
        session, [row.id for unit in units for row in unit.channels], metrics, wish.period, naming
    )
    period_name, before = label(wish.period, naming), label(wish.period.shift(-1), naming)
    forms = tuple(
        Form(
            code=form_code(code, number), office=office.name, unit=unit.name, period=wish.period,
            period_name=period_name, last_name=before.removeprefix(f"{wish.period.start.year}년 "),
            metrics=tuple(_metric(each) for each in metrics),
            channels=tuple(_channel(row) for row in unit.channels), due=wish.due, note=wish.note, last=last,
        )
        for number, unit in enumerate(units)
    )  # fmt: skip
    return Prepared(code, wish, forms, tuple(file_name(f"{period_name} 취합 {form.unit}") for form in forms))


def _free_code(session: Session, seed: str) -> str:
    taken = set(session.exec(select(Collection.code)))
    return next(code for code in (round_code(f"{seed}|{n}") for n in range(10_000)) if code not in taken)


def _metric(metric: Metric) -> FormMetric:
    return FormMetric(metric.code, metric.name, metric.unit, metric.kind.value, metric.decimals)


def _channel(row: ChannelRow) -> FormChannel:
    return FormChannel(row.id, row.name, catalogue.platforms()[row.platform].name)


def _last_values(
    session: Session, ids: Sequence[int], metrics: Sequence[Metric], period: Period, naming: WeekNaming
) -> dict[tuple[int, str], int | Decimal]:
    """The whole figures of the period before; a sum with days missing would only mislead."""
    before, margin = period.shift(-1), timedelta(days=7)
    found = figures.readings_between(
        session, metric_ids=[metric.id for metric in metrics], channel_ids=ids,
        start=before.start - margin, end=before.end + margin,
    )  # fmt: skip
    values: dict[tuple[int, str], int | Decimal] = {}
    for metric in metrics:
        for channel in ids:
            readings = bucketed(found.get((metric.id, channel), ()), before.grain, metric.kind, naming)
            reading = readings.get(before)
            if reading is not None and not reading.is_partial:
                exact = Decimal(reading.value).scaleb(-metric.decimals)
                values[channel, metric.code] = exact if metric.decimals else reading.value
    return values


# --- writing ------------------------------------------------------------------------------------


def make_forms(
    context: Context, *, wish: Wish, folder: Path, token: CancelToken
) -> tuple[Changes, list[Path]]:
    """Write every form into ``folder`` and keep the round: both or neither. For a job.

    No file that is there is overwritten. Raises InputError, DiskError, CancelledError.
    """
    if not folder.is_dir():
        raise InputError(f"‘{folder}’ 폴더가 없습니다.", "다른 폴더를 골라 주세요.")
    prepared = context.read(prepare, wish=wish, now=context.now)
    made: list[Path] = []
    try:
        for number, (form, name) in enumerate(zip(prepared.forms, prepared.names, strict=True)):
            token.report(f"‘{form.unit}’ 서식을 만들고 있습니다 …", number / len(prepared.forms))
            made.append(_written(form, folder, name, made=context.now, password=wish.password))
        changes = context.commit(save_round, prepared=prepared, now=context.now)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
    return changes, made


def _written(form: Form, folder: Path, name: str, *, made: datetime, password: str) -> Path:
    target = _free(folder, name)
    part = folder / f".{name}.part.xlsx"
    try:
        write_form(form, part, made=made, password=password)
        replace(part, target)
    except OSError as error:
        raise DiskError(
            f"‘{folder}’ 폴더에 서식을 쓰지 못했습니다.", "쓸 수 있는 다른 폴더를 골라 주세요."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _free(folder: Path, name: str) -> Path:
    numbers = iter(range(2, 10_000))
    target = folder / f"{name}.xlsx"
    while target.exists():
        target = folder / f"{name} ({next(numbers)}).xlsx"
    return target


def save_round(session: Session, *, prepared: Prepared, now: datetime) -> Changes:
    wish, forms = prepared.wish, prepared.forms
    row = Collection(
        code=prepared.code, period_start=wish.period.start, period_end=wish.period.end, due=wish.due,
        metrics=_json(forms[0].metrics), made=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    for form in forms:
        session.add(
            CollectionUnit(
                collection_id=row.id, code=form.code, name=form.unit, channels=_json(form.channels)
            )
        )
    name = f"‘{forms[0].period_name} 취합’ 서식 만들기"
    return Changes.of(Topic.COLLECTIONS, name, created=row.id, count=len(forms))


def _json(values: Sequence[FormMetric] | Sequence[FormChannel]) -> str:
    return json.dumps([asdict(each) for each in values], ensure_ascii=False)


def delete_round(session: Session, *, round_id: int) -> Changes:
    """Forget a round; figures that came in by it stay, and so do all files."""
    row = session.get(Collection, round_id)
    if row is None:
        raise InputError("그 취합은 이미 지워졌습니다.")
    for unit in session.exec(select(CollectionUnit).where(CollectionUnit.collection_id == round_id)):
        session.delete(unit)
    session.flush()
    session.delete(row)
    name = label(Period(row.period_start, row.period_end), load_settings(session).naming)
    return Changes.of(Topic.COLLECTIONS, f"‘{name} 취합’ 지움")


def change_due(session: Session, *, round_id: int, due: date | None) -> Changes:
    row = session.get_one(Collection, round_id)
    if row.due != due:
        row.due = due
    return Changes.of(Topic.COLLECTIONS, "취합 마감 고침")


# --- reading ------------------------------------------------------------------------------------


def list_rounds(session: Session, *, only: int | None = None) -> list[Round]:
    """Newest period first; ``only`` one, by its id."""
    units: dict[int, list[Unit]] = {}
    asked = select(CollectionUnit).order_by(col(CollectionUnit.id))
    rounds = select(Collection).order_by(col(Collection.period_end).desc(), col(Collection.id).desc())
    if only is not None:
        asked = asked.where(CollectionUnit.collection_id == only)
        rounds = rounds.where(Collection.id == only)
    for each in session.exec(asked):
        assert each.id is not None
        channels = _loaded(each.channels, FormChannel)
        units.setdefault(each.collection_id, []).append(Unit(each.id, each.code, each.name, channels))
    return [
        Round(row.id or 0, row.code, Period(row.period_start, row.period_end), row.due, row.made,
              _loaded(row.metrics, FormMetric), tuple(units.get(row.id or 0, ())))
        for row in session.exec(rounds)
    ]  # fmt: skip


T = TypeVar("T", FormChannel, FormMetric)


def _loaded(text: str, make: type[T]) -> tuple[T, ...]:
    return tuple(make(**each) for each in json.loads(text))
