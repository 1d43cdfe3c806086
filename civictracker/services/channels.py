"""Channels of the office and of its 읍면동: list, make, change, close."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, delete, func, select

from civictracker.domain.drafts import ChannelDraft, accepted
from civictracker.domain.texts import folded
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.settings import own_office
from civictracker.store.database import core
from civictracker.store.tables import Channel, ChannelAlias, Observation, Office, PostChannel, PostSeries

_channel, _office = core(Channel), core(Office)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as the window shows it. ``label`` is unique enough to read in a list."""

    id: int
    office_id: int
    office: str
    is_own: bool
    platform: str
    platform_name: str
    level_name: str
    name: str
    unit_name: str
    handle: str
    url: str
    owner: str
    opened: date | None
    closed: date | None
    parent_id: int | None
    note: str
    position: int

    @property
    def label(self) -> str:
        return f"{self.unit_name} {self.name}" if self.unit_name else self.name

    @property
    def is_sub(self) -> bool:
        """Run by a 읍면동 or team rather than by the office itself."""
        return bool(self.unit_name)

    def is_open_in(self, start: date, end: date) -> bool:
        return (self.opened is None or self.opened <= end) and (self.closed is None or self.closed >= start)


def list_channels(
    session: Session, *, open_in: tuple[date, date] | None = None, peers: bool = False,
    ids: Collection[int] | None = None,
) -> list[ChannelRow]:  # fmt: skip
    """Own channels, the office's first, then the 읍면동's, in the user's order; of ``ids`` only those."""
    query = sqlalchemy.select(_channel, _office.c.name.label("office"), _office.c.kind)
    query = query.join(_office, _office.c.id == _channel.c.office_id)
    if not peers:
        query = query.where(_office.c.kind == "own")
    if ids is not None:
        query = query.where(_channel.c.id.in_(list(ids)))
    rows = [_row(found) for found in session.execute(query)]
    if open_in is not None:
        rows = [row for row in rows if row.is_open_in(*open_in)]
    return sorted(rows, key=lambda row: (not row.is_own, row.is_sub, row.position, row.id))


def _row(found: Any) -> ChannelRow:
    """Columns rather than objects: every room asks for its channels first."""
    platforms = catalogue.platforms()
    platform = platforms.get(found.platform, platforms["other"])
    return ChannelRow(
        id=found.id, office_id=found.office_id, office=found.office, is_own=found.kind == "own",
        platform=platform.code, platform_name=platform.name, level_name=platform.level,
        name=found.name, unit_name=found.unit_name, handle=found.handle, url=found.url,
        owner=found.owner, opened=found.opened, closed=found.closed,
        parent_id=found.parent_id, note=found.note, position=found.position,
    )  # fmt: skip


def save_channel(
    session: Session, /, *, channel_id: int | None = None, office_id: int | None = None, **fields: object
) -> Changes:
    """Make (``channel_id`` None) or change a channel. Raises InputError with the form's sentence."""
    draft = accepted(ChannelDraft, **fields)
    if draft.platform not in catalogue.platforms():
        raise InputError("채널 종류를 골라 주세요.")
    if draft.parent_id is not None and draft.parent_id == channel_id:
        raise InputError("채널이 자기 자신에게 딸릴 수는 없습니다.")
    row = _existing(session, channel_id)
    if row is None:
        row = Channel(office_id=office_id or _own_id(session), position=_next_position(session))
    _no_twin(session, row, draft)
    for name, value in draft.model_dump().items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.add(row)
    session.flush()
    assert row.id is not None
    label = "채널 만듦" if channel_id is None else "채널 고침"
    return Changes.of(Topic.CHANNELS, f"‘{draft.name}’ {label}", channels=frozenset({row.id}), created=row.id)


def _existing(session: Session, channel_id: int | None) -> Channel | None:
    if channel_id is None:
        return None
    row = session.get(Channel, channel_id)
    if row is None:
        raise InputError("그 채널은 이미 지워졌습니다.")
    return row


def _own_id(session: Session) -> int:
    office = own_office(session)
    if office is None or office.id is None:
        raise InputError("먼저 기관 이름을 정해 주세요.")
    return office.id


def _next_position(session: Session) -> int:
    return (session.exec(select(func.max(Channel.position))).one() or 0) + 1


def _no_twin(session: Session, row: Channel, draft: ChannelDraft) -> None:
    """Two open channels with one name of one unit could not be told apart in any sheet."""
    others = session.exec(
        select(Channel).where(Channel.office_id == row.office_id, Channel.id != (row.id or 0))
    )
    mine = (folded(draft.unit_name), folded(draft.name), draft.platform)
    for other in others:
        theirs = (folded(other.unit_name), folded(other.name), other.platform)
        if theirs == mine and other.closed is None and draft.closed is None:
            raise InputError(f"‘{draft.name}’ 채널이 이미 있습니다.", "이름이나 읍면동을 다르게 적어 주세요.")


def move_channel(session: Session, *, channel_id: int, by: int) -> Changes:
    """Move a channel up (−1) or down (+1) among its neighbours."""
    rows = list_channels(session)
    ids = [row.id for row in rows]
    at = ids.index(channel_id)
    to = at + by
    if not 0 <= to < len(rows) or rows[at].is_sub != rows[to].is_sub:
        return Changes.of(Topic.CHANNELS, "순서 그대로")
    ids[at], ids[to] = ids[to], ids[at]
    for position, each in enumerate(ids, 1):
        row = session.get_one(Channel, each)
        if row.position != position:
            row.position = position
    return Changes.of(Topic.CHANNELS, "채널 순서 바꿈", channels=frozenset({channel_id}))


def delete_channel(session: Session, *, channel_id: int) -> Changes:
    """Delete a channel that never had a figure; one that has is closed instead."""
    row = session.get_one(Channel, channel_id)
    figures = session.exec(
        select(func.count()).select_from(Observation).where(Observation.channel_id == channel_id)
    ).one()
    if figures:
        raise InputError(
            f"‘{row.name}’에는 입력한 값이 {figures:,}개 있어 지울 수 없습니다.",
            "운영을 끝낸 채널이면 종료일을 적어 주세요.",
        )
    posts = session.exec(
        select(func.count()).select_from(PostChannel).where(PostChannel.channel_id == channel_id)
    ).one()
    series = [each.name or each.title for each in session.exec(select(PostSeries))
              if channel_id in json.loads(each.channel_ids)]  # fmt: skip
    if posts or series:
        what = f"게시 {posts:,}건" if posts else f"반복 일정 ‘{series[0]}’"
        raise InputError(
            f"‘{row.name}’에는 {what}이(가) 있어 지울 수 없습니다.",
            "운영을 끝낸 채널이면 종료일을 적어 주세요.",
        )
    session.exec(delete(ChannelAlias).where(col(ChannelAlias.channel_id) == channel_id))
    session.delete(row)
    return Changes.of(Topic.CHANNELS, f"‘{row.name}’ 채널 지움", channels=frozenset({channel_id}))


def learn_alias(session: Session, *, name: str, channel_id: int) -> None:
    """Remember that sheets call this channel ``name``."""
    key = folded(name)
    row = session.get(ChannelAlias, key)
    if row is None:
        session.add(ChannelAlias(folded=key, channel_id=channel_id))
    elif row.channel_id != channel_id:
        row.channel_id = channel_id
