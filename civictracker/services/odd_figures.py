"""The first half of the notices: figures of the week that look wrong, or contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from civictracker.domain.metrics import Metric
from civictracker.domain.numbers import grouped, signed
from civictracker.domain.oddities import Oddity, odd_flow, odd_level
from civictracker.domain.weeks import Period
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow
from civictracker.services.consistency import load_contradictions
from civictracker.services.goals import NEAR_WEEKS as NEAR_PAST
from civictracker.services.goals import main_channels
from civictracker.services.settings import load_settings
from civictracker.services.weekly import Weekly, in_line, week_number, weekly_values

LOOK_BACK = 60  # weeks
_MISTYPED = {"tenfold", "swap", "column"}  # what such a level reaches or upsets is no news
_ODD = {"fall": "급감", "jump": "급증"}


@dataclass(frozen=True, slots=True)
class Notice:
    """``room`` and ``target`` are its cure. Only those with a ``key`` can be settled or put off."""

    kind: str
    title: str
    detail: str
    cure: str
    room: str
    target: object = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the week's figures say of themselves. ``odd`` holds levels by channel id, ``main`` channel ids."""

    week: Period
    channels: Sequence[ChannelRow]
    main: frozenset[int]
    weekly: Weekly
    odd: Mapping[int, Oddity]
    notices: tuple[Notice, ...]

    @property
    def mistyped(self) -> set[int]:
        return mistyped(self.odd)


def mistyped(odd: Mapping[int, Oddity]) -> set[int]:
    return {channel for channel, found in odd.items() if found.kind in _MISTYPED}


def look_at_figures(session: Session, *, week: Period, channels: Sequence[ChannelRow]) -> Seen:
    """``channels`` are those open in ``week``; what was settled is told all the same."""
    main = frozenset(main_channels(session)[0])
    weekly = _weekly(session, [row.id for row in channels], main, week)
    odd = _odd_levels(channels, weekly, week)
    notices = (
        *_odd(channels, weekly, week, odd),
        *_contradictions(session, channels, week, mistyped(odd)),
    )
    return Seen(week, channels, main, weekly, odd, notices)


def _weekly(session: Session, ids: Sequence[int], main: Collection[int], week: Period) -> Weekly:
    """What is looked at, as far back as is needed: the levels of which a forecast is made further."""
    level, views = catalogue.metric("followers"), catalogue.metric("views")
    found: Weekly = {}
    for metric, of, weeks in (
        (level, [each for each in ids if each in main], NEAR_PAST),
        (level, [each for each in ids if each not in main], LOOK_BACK),
        (views, ids, LOOK_BACK),
    ):
        since = week.shift(-weeks).start
        found |= weekly_values(session, metrics=[metric], channel_ids=of, start=since, end=week.end)
    return found


def _odd_levels(channels: Sequence[ChannelRow], weekly: Weekly, week: Period) -> dict[int, Oddity]:
    """By channel id: the week's level where it does not look like the channel."""
    level, at = catalogue.metric("followers"), week_number(week.start)
    newest = {row.id: weekly.get((level.id, row.id), {}).get(at) for row in channels}
    found = {}
    for row in channels:
        value = newest[row.id]
        if value is None:
            continue
        others = [each for key, each in newest.items() if key != row.id and each is not None and each > 100]
        history = in_line(weekly.get((level.id, row.id), {}), at - LOOK_BACK, at - 1)
        if (odd := odd_level(history, value, others)) is not None:
            found[row.id] = odd
    return found


def _odd(
    channels: Sequence[ChannelRow], weekly: Weekly, week: Period, odd: Mapping[int, Oddity]
) -> Iterable[Notice]:
    level, views = catalogue.metric("followers"), catalogue.metric("views")
    at = week_number(week.start)
    for row in channels:
        found = odd.get(row.id)
        if found is not None and found.kind != "tenfold":  # which 주간 입력 itself asks about
            yield _told(row, level, found, week)
        flows = weekly.get((views.id, row.id), {})
        if (flow := flows.get(at)) is not None:
            other = odd_flow(in_line(flows, at - LOOK_BACK, at - 1), flow)
            if other is not None:
                yield _told(row, views, other, week)


def _told(row: ChannelRow, metric: Metric, odd: Oddity, week: Period) -> Notice:
    unit = metric.unit
    told = f"{grouped(odd.value)}{unit}"
    normal = f"여느 주라면 {grouped(max(0, odd.low))} ~ {grouped(odd.high)}{unit}입니다."
    name = metric.name if metric.code != "followers" else row.level_name
    match odd.kind:
        case "stuck":
            detail = f"{odd.weeks}주째 같은 값입니다. 새로 적은 값인지 확인해 주세요."
        case "swap":
            detail = f"두 자리가 바뀐 것 같습니다({grouped(odd.instead or 0)}?). {normal}"
        case "column":
            detail = f"다른 채널의 이번 주 값과 같습니다. 줄이 바뀌지 않았는지 확인해 주세요. {normal}"
        case _:
            detail = f"지난 값 {grouped(odd.last)}{unit}에서 {signed(odd.change, plus='+')}. {normal}"
    kind = odd.kind if odd.kind in _ODD else "odd"
    key = _odd_key(row.id, metric, odd, week)
    return Notice(kind, f"{row.label} {name} {told}", detail, "고치기", "entry", row.id, key)


def level_key(channel: int, odd: Oddity, week: Period) -> str:
    return _odd_key(channel, catalogue.metric("followers"), odd, week)


def _odd_key(channel: int, metric: Metric, odd: Oddity, week: Period) -> str:
    return f"odd:{channel}:{metric.code}:{week.code}:{odd.value}"


def _contradictions(
    session: Session, channels: Sequence[ChannelRow], week: Period, mistyped: Collection[int]
) -> Iterable[Notice]:
    """But for channels whose level looks mistyped itself: that is asked first."""
    naming = load_settings(session).naming
    for each in load_contradictions(session, channels=channels, week=week, naming=naming):
        row = each.channel
        if each.kind == "balance" and row.id in mistyped:
            continue
        if each.period == week:
            yield Notice(each.kind, each.title, each.detail, "고치기", "entry", row.id, each.key)
        else:
            yield Notice(each.kind, each.title, each.detail, "추이 보기", "trend", (row.id,), each.key)
