"""종합 지수 of one's own channels in a week, by the office's weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from civictracker.domain.composite import MOST, PAST, Composite, composite, past_from
from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.overlays import breaks_of
from civictracker.services.settings import load_settings, save_settings
from civictracker.services.weekly import in_line, week_number, weekly_values


@dataclass(frozen=True, slots=True)
class ChannelIndex:
    channel: ChannelRow
    found: Composite


def offered() -> tuple[Metric, ...]:
    """What can be weighed: what is read or summed by the week."""
    return tuple(each for each in catalogue.metrics().values() if each.kind in {Kind.LEVEL, Kind.FLOW})


def weighed(weights: Mapping[str, int]) -> list[Metric]:
    return [each for each in offered() if weights.get(each.code)]


def break_weeks(session: Session, channel_ids: Sequence[int]) -> dict[int, set[int]]:
    """By channel the weeks, by number, in which what is counted changed."""
    found = breaks_of(session, channel_ids=channel_ids)
    return {channel: {week_number(day) for day in days} for channel, days in found.items()}


def load_indexes(
    session: Session, *, week: Period, weights: Mapping[str, int] | None = None,
    channel_ids: Collection[int] | None = None,
) -> list[ChannelIndex]:  # fmt: skip
    """Of every own channel, or of the chosen ones; ``weights`` not yet saved can be tried out."""
    chosen = dict(load_settings(session).index_weights if weights is None else weights)
    channels = list_channels(session, open_in=(week.start, week.end), ids=channel_ids)
    metrics = weighed(chosen)
    weekly = weekly_values(
        session, metrics=metrics, channel_ids=[row.id for row in channels],
        start=week.shift(-PAST).start, end=week.end,
    )  # fmt: skip
    at, breaks = week_number(week.start), break_weeks(session, [row.id for row in channels])
    found = []
    for row in channels:
        since = past_from(at, breaks[row.id])
        weeks = {
            each.code: (own.get(at), in_line(own, since, at - 1))
            for each in metrics
            if (own := weekly.get((each.id, row.id))) is not None
        }
        found.append(ChannelIndex(row, composite(chosen, weeks)))
    return found


def save_weights(session: Session, *, weights: Mapping[str, int]) -> Changes:
    """Raises InputError with the form's sentence."""
    kept = {code: weight for code, weight in weights.items() if weight}
    if not kept:
        raise InputError("가중치를 하나는 1 이상으로 적어 주세요.")
    if any(not 0 < weight <= MOST for weight in kept.values()):
        raise InputError(f"가중치는 0에서 {MOST}까지 적어 주세요.")
    return save_settings(session, index_weights=kept)
