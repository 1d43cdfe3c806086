"""비교: the offices' channels of one platform on a day, with what day each figure is of.

A figure of another day than asked is the last one before it, no older than ``reach`` days: so it is
told with its own date. An office without one is listed without a rank.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from civictracker.domain.dates import official
from civictracker.domain.drafts import OfficeDraft, accepted
from civictracker.domain.numbers import grouped, prose
from civictracker.domain.ranking import Average, Place, average, places, ranks
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels, save_channel
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.settings import load_settings
from civictracker.store.tables import Office

REACH = 400  # days: published figures come once a year
HISTORY = 13

# One look-up through the key a channel, whatever else is stored: the newest three that began by the day.
# A week's figure is of its base day (기준일), any other of its last day.
_AS_OF = """
    SELECT c.value, (
        SELECT day || '|' || value || '|' || approximate FROM (
            SELECT value, period_start, approximate,
                CASE WHEN period_end = date(period_start, '+6 days') THEN date(period_start, ?)
                ELSE period_end END AS day
            FROM observation WHERE metric_id = ? AND channel_id = c.value AND period_start <= ?
            ORDER BY period_start DESC, period_end DESC LIMIT 3
        ) WHERE day <= ? ORDER BY day DESC, period_start LIMIT 1
    ) FROM json_each(?) AS c
"""


@dataclass(frozen=True, slots=True)
class AsOf:
    day: date
    value: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """An office in the table. ``place`` is None without a figure; ``share`` is its multiple of the mean."""

    channel: ChannelRow
    name: str
    as_of: AsOf | None
    place: Place[int] | None
    times_mean: Decimal | None

    @property
    def is_own(self) -> bool:
        return self.channel.is_own


@dataclass(frozen=True, slots=True)
class RankHistory:
    days: tuple[date, ...]
    ranks: Mapping[int, tuple[int | None, ...]]  # by channel id


@dataclass(frozen=True, slots=True)
class Ranking:
    """``given`` are published averages (서울 자치구 평균), which have no rank."""

    day: date
    rivals: tuple[Rival, ...]
    given: tuple[Rival, ...]
    with_own: Average | None
    without_own: Average | None
    history: RankHistory
    since: date

    @property
    def own(self) -> Rival | None:
        return next((each for each in self.rivals if each.is_own), None)

    @property
    def ranked(self) -> int:
        return sum(1 for each in self.rivals if each.place is not None)


def platforms_compared(session: Session) -> list[str]:
    """Platforms of one's own and of any peer, those with a peer first."""
    rows = list_channels(session, peers=True)
    shared = [row.platform for row in rows if not row.is_own]
    own = [row.platform for row in rows if row.is_own and not row.is_sub]
    return list(dict.fromkeys([*shared, *own]))


def load_ranking(
    session: Session, *, day: date, platform: str, weeks: int = 12, reach: int = REACH
) -> Ranking:
    """The offices' ``platform`` channels as of ``day``; growth and movement against ``weeks`` before."""
    rows = _rivals(session, platform)
    given = [row for row in rows if "평균" in row.office]
    racing = [row for row in rows if row not in given]
    ids = [row.id for row in rows]
    since = day - timedelta(weeks=weeks)
    now, before = as_of(session, ids, day, reach), as_of(session, ids, since, reach)
    values = {row.id: now[row.id].value for row in racing if row.id in now}
    older = {key: found.value for key, found in before.items() if key in values and found.day < now[key].day}
    standing = {place.key: place for place in places(values, older)}
    own = next((row for row in racing if row.is_own), None)
    own_value = values.get(own.id) if own else None
    others = [value for key, value in values.items() if own is None or key != own.id]
    with_own = average(list(values.values()), own_value)
    rivals = [_rival(row, now, standing.get(row.id), with_own) for row in racing]
    rivals.sort(key=lambda each: (each.place is None, each.place.rank if each.place else 0, each.name))
    return Ranking(
        day, tuple(rivals), tuple(_rival(row, now, None, None) for row in given), with_own,
        average(others, own_value), _history(session, [row.id for row in racing], day, weeks, reach), since,
    )  # fmt: skip


def _rivals(session: Session, platform: str) -> list[ChannelRow]:
    """One channel an office: the own one that leads the list, and each peer's."""
    found: dict[int, ChannelRow] = {}
    for row in list_channels(session, peers=True):
        if row.platform == platform and not row.is_sub:
            found.setdefault(row.office_id, row)
    return list(found.values())


def _rival(row: ChannelRow, now: Mapping[int, AsOf], place: Place[int] | None, mean: Average | None) -> Rival:
    found = now.get(row.id)
    share = average([int(mean.mean)], found.value) if mean is not None and found is not None else None
    return Rival(row, row.office, found, place, share.times_mean if share else None)


def as_of(
    session: Session, channel_ids: Sequence[int], day: date, reach: int = REACH, base: int | None = None
) -> dict[int, AsOf]:
    """Each channel's last 친구·구독 수 on ``day`` or in the ``reach`` days before.

    ``base`` is the weekday of 기준일 where the caller knows it.
    """
    text, level = day.isoformat(), catalogue.metric("followers").id
    weekday = load_settings(session).base_weekday if base is None else base
    rows = session.connection().exec_driver_sql(
        _AS_OF, (f"+{weekday} days", level, text, text, json.dumps(list(channel_ids)))
    )
    found: dict[int, AsOf] = {}
    for channel, packed in rows.fetchall():
        if packed is None:
            continue
        end, value, about = packed.split("|")
        last = date.fromisoformat(end)
        if (day - last).days <= reach:
            found[channel] = AsOf(last, int(value), about == "1")
    return found


def _history(session: Session, ids: Sequence[int], day: date, weeks: int, reach: int) -> RankHistory:
    step = max(1, weeks * 7 // (HISTORY - 1))
    days = tuple(day - timedelta(days=step * back) for back in range(HISTORY - 1, -1, -1))
    base = load_settings(session).base_weekday
    by_day = [
        ranks({key: found.value for key, found in as_of(session, ids, each, reach, base).items()})
        for each in days
    ]
    return RankHistory(days, {key: tuple(found.get(key) for found in by_day) for key in ids})


# --- words --------------------------------------------------------------------------------------


def sentence(ranking: Ranking) -> str:
    """What the table says of one's own office, in press style; "" without a figure."""
    own = ranking.own
    if own is None or own.as_of is None or own.place is None or ranking.ranked < 2:
        return ""
    tie = "공동 " if own.place.is_tied else ""
    words = (
        f"{own.name} {own.channel.name} {own.channel.level_name.removesuffix(' 수')}는 "
        f"{official(own.as_of.day)} 기준 {prose(own.as_of.value)}명으로, "
        f"견준 {ranking.ranked}곳 가운데 {tie}{own.place.rank}위이다."
    )
    other = ranking.without_own
    if other is not None and other.times_mean is not None:
        words += f" 다른 {other.count}곳 평균({grouped(other.mean)}명)의 {other.times_mean}배에 이른다."
    return words


def given_sentence(ranking: Ranking, given: Rival) -> str:
    """Against a published average."""
    own = ranking.own
    if own is None or own.as_of is None or given.as_of is None:
        return ""
    found = average([given.as_of.value], own.as_of.value)
    if found is None or found.times_mean is None:
        return ""
    about = "약 " if given.as_of.approximate else ""
    told = f"{about}{grouped(given.as_of.value)}명, {official(given.as_of.day)}"
    return f"{given.name}({told})의 {found.times_mean}배"


def as_of_words(ranking: Ranking) -> str:
    """Whose figures are of another day, for under the table."""
    other = [each for each in ranking.rivals if each.as_of is not None and each.as_of.day != ranking.day]
    if not other:
        return f"모두 {official(ranking.day)} 값입니다."
    shown = ", ".join(f"{each.name} {official(each.as_of.day)}" for each in other[:4] if each.as_of)
    more = f" 외 {len(other) - 4}곳" if len(other) > 4 else ""
    return f"{official(ranking.day)} 값이 없는 곳은 그 앞의 가장 가까운 값입니다: {shown}{more}"


# --- typing -------------------------------------------------------------------------------------


def save_peer_values(
    session: Session, *, platform: str, day: date, values: Mapping[str, int | None]
) -> Changes:
    """Figures of other offices on ``day`` by office name; offices and channels are made as needed.

    None deletes the figure of that day. Raises InputError.
    """
    if not values:
        raise InputError("기관 이름과 값을 적어 주세요.")
    known = {
        row.office: row
        for row in list_channels(session, peers=True)
        if row.platform == platform and not row.is_own
    }
    edits = []
    for name, value in values.items():
        row = known.get(name)
        channel = (
            row.id if row is not None else (_new_peer(session, name, platform) if value is not None else None)
        )
        if channel is not None:
            edits.append(ValueEdit("followers", channel, Period.day(day), value))
    changes = write_values(session, edits=edits, label=f"비교 값 {len(edits)}개 적음")
    return Changes(
        changes.topics | {Topic.CHANNELS}, changes.label, channels=changes.channels, count=changes.count
    )


def _new_peer(session: Session, name: str, platform: str) -> int:
    draft = accepted(OfficeDraft, name=name)
    office = session.exec(select(Office).where(Office.name == draft.name, Office.kind == "peer")).first()
    if office is None:
        office = Office(name=draft.name, kind="peer")
        session.add(office)
        session.flush()
    made = save_channel(
        session, office_id=office.id, platform=platform, name=catalogue.platforms()[platform].name
    )
    assert made.created is not None
    return made.created


def last_peer_day(session: Session, *, platform: str) -> date | None:
    """The last day of which a peer's figure is known; None without any."""
    ids = [row.id for row in _rivals(session, platform) if not row.is_own]
    found = as_of(session, ids, date.max, (date.max - date.min).days)
    return max((each.day for each in found.values()), default=None)
