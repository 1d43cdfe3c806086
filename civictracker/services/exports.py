"""Everything out, in a file that comes back as the same data."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from civictracker.domain.metrics import Metric
from civictracker.domain.weeks import Period
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.figures import metrics_by_id
from civictracker.sheets import export
from civictracker.sheets.export import ChannelLine, Everything, FigureLine, MetricLine
from civictracker.store.database import core
from civictracker.store.tables import Observation, Office

_row = core(Observation)


def everything(session: Session) -> Everything:
    """All channels, peers' too, and every figure, in the order of channels, metrics and days."""
    channels = list_channels(session, peers=True)
    numbers = {row.id: number for number, row in enumerate(channels, 1)}
    departments = {office.id: office.department for office in session.scalars(select(Office))}
    metrics = metrics_by_id(session)
    query = select(
        _row.c.channel_id, _row.c.metric_id, _row.c.period_start, _row.c.period_end, _row.c.value,
        _row.c.approximate, _row.c.note,
    )  # fmt: skip
    rows = [
        FigureLine(
            numbers[channel], metrics[metric].code, Period(start, end), _in_unit(value, metrics[metric]),
            about, note,
        )
        for channel, metric, start, end, value, about, note in session.execute(query)
    ]  # fmt: skip
    order = {metric.code: at for at, metric in enumerate(metrics.values())}
    rows.sort(key=lambda row: (row.channel, order[row.metric], row.period))
    lines = tuple(_line(row, numbers, departments[row.office_id]) for row in channels)
    return Everything(lines, {each.code: _metric(each) for each in metrics.values()}, rows)


def _in_unit(value: int, metric: Metric) -> int | Decimal:
    return Decimal(value).scaleb(-metric.decimals) if metric.decimals else value


def _metric(metric: Metric) -> MetricLine:
    return MetricLine(metric.code, metric.name, metric.kind.value, metric.unit, metric.decimals)


def _line(row: ChannelRow, numbers: dict[int, int], department: str) -> ChannelLine:
    return ChannelLine(
        number=numbers[row.id], office=row.office, is_own=row.is_own, department=department,
        unit=row.unit_name, name=row.name, platform=catalogue.platforms()[row.platform].name,
        handle=row.handle, url=row.url, owner=row.owner, opened=row.opened, closed=row.closed,
        parent=numbers.get(row.parent_id) if row.parent_id else None, note=row.note,
    )  # fmt: skip


def write(found: Everything, path: Path, *, made: datetime) -> None:
    """As ``.csv`` or ``.xlsx`` by the name's ending. Raises InputError, OSError."""
    if path.suffix.casefold() == ".csv":
        export.write_csv(found, path)
    else:
        export.write_workbook(found, path, made=made)
