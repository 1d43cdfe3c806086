"""캠페인: what happened before and during, on the channels and outside of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from civictracker.domain.campaigns import Effect, effect
from civictracker.domain.dates import label, range_text
from civictracker.domain.numbers import change_rate, grouped, signed
from civictracker.domain.texts import clean, clean_lines
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.weekly import week_number, weekly_values
from civictracker.store.tables import Campaign, OutsideValue


@dataclass(frozen=True, slots=True)
class Outside:
    """A figure from outside (입장객, 수입) for any period; the rate is against the one before it."""

    id: int
    name: str
    unit: str
    period: Period
    value: Decimal
    change: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class ChannelEffect:
    channel: ChannelRow
    effect: Effect


@dataclass(frozen=True, slots=True)
class CampaignView:
    id: int
    name: str
    starts: date
    ends: date | None
    note: str
    channel_ids: tuple[int, ...]
    channels: tuple[ChannelEffect, ...]
    outside: tuple[Outside, ...]
    is_running: bool

    @property
    def days(self) -> str:
        until = "진행 중" if self.ends is None else f"{self.ends.year}. {self.ends.month}. {self.ends.day}."
        return f"{self.starts.year}. {self.starts.month}. {self.starts.day}. ~ {until}"


def list_campaigns(session: Session) -> list[tuple[int, str, str]]:
    """(id, name, days), the newest first."""
    rows = session.exec(select(Campaign).order_by(col(Campaign.starts).desc()))
    return [(row.id or 0, row.name, _days(row)) for row in rows]


def find_campaign(session: Session, *, text: str) -> int:
    """The newest whose name holds ``text``. Raises InputError when there is none."""
    wanted = clean(text)
    found = next((key for key, name, _ in list_campaigns(session) if wanted in name), None)
    if found is None:
        raise InputError(f"이름에 ‘{wanted}’이(가) 든 캠페인이 없습니다.")
    return found


def _days(row: Campaign) -> str:
    return range_text(Period(row.starts, row.ends)) if row.ends else f"{range_text(Period.day(row.starts))} ~"


def load_campaign(session: Session, *, campaign_id: int, today: date) -> CampaignView:
    """Raises InputError when it is gone."""
    row = session.get(Campaign, campaign_id)
    if row is None:
        raise InputError("그 캠페인은 이미 지워졌습니다.")
    end = min(row.ends or today, today)
    chosen = tuple(json.loads(row.channel_ids))
    channels = list_channels(session)
    level = catalogue.metric("followers")
    first, last = week_number(row.starts), max(week_number(row.starts), week_number(end))
    weekly = weekly_values(
        session, metrics=[level], channel_ids=[each.id for each in channels],
        start=Period.week(row.starts).shift(-56 - (last - first)).start, end=Period.week(end).end,
    )  # fmt: skip
    touched = [each for each in channels if each.id in chosen or not chosen]
    others = [weekly.get((level.id, each.id), {}) for each in channels if each not in touched]
    effects = tuple(
        ChannelEffect(each, effect(weekly.get((level.id, each.id), {}), others, first, last))
        for each in touched
    )
    return CampaignView(
        campaign_id, row.name, row.starts, row.ends, row.note, chosen, effects,
        _outside(session, campaign_id), row.ends is None or row.ends >= today,
    )  # fmt: skip


def _outside(session: Session, campaign_id: int) -> tuple[Outside, ...]:
    rows = session.exec(
        select(OutsideValue)
        .where(OutsideValue.campaign_id == campaign_id)
        .order_by(col(OutsideValue.name), col(OutsideValue.period_start), col(OutsideValue.period_end))
    )
    found: list[Outside] = []
    for row in rows:
        value = Decimal(row.value).scaleb(-row.scale)
        last = found[-1] if found and found[-1].name == row.name else None
        rate = None
        if last is not None:
            rate = change_rate(int(value.scaleb(row.scale)), int(last.value.scaleb(row.scale)))
        period = Period(row.period_start, row.period_end)
        change = value - last.value if last is not None else None
        found.append(Outside(row.id or 0, row.name, row.unit, period, value, change, rate))
    return tuple(found)


# --- writing ------------------------------------------------------------------------------------


def save_campaign(
    session: Session, *, name: str, starts: date, ends: date | None = None, channel_ids: Sequence[int] = (),
    note: str = "", campaign_id: int | None = None,
) -> Changes:  # fmt: skip
    """Raises InputError with the form's sentence."""
    if not clean(name):
        raise InputError("캠페인 이름을 적어 주세요.")
    if ends is not None and ends < starts:
        raise InputError("끝나는 날이 시작하는 날보다 앞섭니다.")
    row = session.get(Campaign, campaign_id) if campaign_id is not None else None
    if row is None:
        row = Campaign(name=clean(name), starts=starts)
    row.name, row.starts, row.ends = clean(name), starts, ends
    row.channel_ids, row.note = json.dumps(sorted(channel_ids)), clean_lines(note)
    session.add(row)
    session.flush()
    return Changes.of(Topic.NOTES, f"캠페인 ‘{row.name}’ 적음", created=row.id)


def delete_campaign(session: Session, *, campaign_id: int) -> Changes:
    row = session.get(Campaign, campaign_id)
    if row is None:
        raise InputError("그 캠페인은 이미 지워졌습니다.")
    for value in session.exec(select(OutsideValue).where(OutsideValue.campaign_id == campaign_id)):
        session.delete(value)
    session.flush()
    session.delete(row)
    return Changes.of(Topic.NOTES, f"캠페인 ‘{row.name}’ 지움")


def save_outside(
    session: Session, *, campaign_id: int, name: str, unit: str, period: Period, value: Decimal
) -> Changes:
    """A figure of a period; the same name and period is overwritten. Raises InputError."""
    if not clean(name):
        raise InputError("무엇의 수인지 적어 주세요. 예: 입장객")
    scale = max(0, -int(value.as_tuple().exponent)) if isinstance(value.as_tuple().exponent, int) else 0
    known = session.exec(
        select(OutsideValue).where(
            OutsideValue.campaign_id == campaign_id, OutsideValue.name == clean(name),
            OutsideValue.period_start == period.start, OutsideValue.period_end == period.end,
        )
    ).first()  # fmt: skip
    row = known or OutsideValue(
        campaign_id=campaign_id, name=clean(name), period_start=period.start, period_end=period.end, value=0
    )
    row.unit, row.value, row.scale = clean(unit), int(value.scaleb(scale)), scale
    session.add(row)
    session.flush()
    return Changes.of(Topic.NOTES, f"{clean(name)} {label(period)} 적음", created=row.id)


def delete_outside(session: Session, *, value_id: int) -> Changes:
    row = session.get(OutsideValue, value_id)
    if row is None:
        raise InputError("그 값은 이미 지워졌습니다.")
    session.delete(row)
    return Changes.of(Topic.NOTES, f"{row.name} 지움")


# --- words --------------------------------------------------------------------------------------


def effect_words(found: ChannelEffect) -> str:
    """What the figures say of one channel, and no more."""
    during, before = found.effect.during, found.effect.before
    name = found.channel.label
    if during.change is None:
        return f"{name}: 시작 앞뒤의 값이 없어 견줄 수 없습니다."
    words = f"{name}: {_people(during.change)}"
    if during.rate is not None:
        words += f"({_rate(during.rate)}%)"
    if before.change is not None and found.effect.excess is not None:
        words += f", 앞선 같은 기간({_people(before.change)})보다 {_people(found.effect.excess)}"
    if (other := found.effect.against_others) is not None and found.effect.others is not None:
        words += (
            f", 캠페인이 없던 {found.effect.n_others}개 채널의 중앙값({_rate(found.effect.others)}%)보다 "
        )
        words += f"{_rate(other)}%p"
    return words


def _people(change: int) -> str:
    return f"{signed(change, plus='+')}명"


def _rate(rate: Decimal) -> str:
    return signed(rate, plus="+", decimals=1)


def outside_words(each: Outside, naming: WeekNaming) -> str:
    """``2016년 입장객 1,568,379명 (앞 기간보다 +25.5%)``"""
    exponent = each.value.as_tuple().exponent
    figure = grouped(each.value, max(0, -exponent) if isinstance(exponent, int) else 0)
    words = f"{label(each.period, naming)} {each.name} {figure}{each.unit}"
    return words if each.rate is None else f"{words} (앞 기간보다 {_rate(each.rate)}%)"


CAVEAT = (
    "이 수는 같은 때에 일어난 일을 보일 뿐, 캠페인 때문이라고 말해 주지는 않습니다. "
    "날씨, 다른 홍보, 계절이 함께 작용했을 수 있습니다."
)
