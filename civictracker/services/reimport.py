"""Our own export coming back: channels by their full identity, made with their details when missing."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from civictracker.domain.metrics import Kind, Metric
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow, save_channel
from civictracker.services.matching import Target
from civictracker.services.settings import own_office, save_office
from civictracker.sheets.exported import Exported
from civictracker.store.tables import Channel, Office

_Identity = tuple[str, str, str, str]


def targets(channels: Sequence[ChannelRow], told: Exported) -> list[Target]:
    """Where each exported channel belongs; of twins (a closed one and its successor) the nth is the nth."""
    known: dict[_Identity, list[int]] = {}
    for row in channels:
        known.setdefault((row.office, row.unit_name, row.name, row.platform), []).append(row.id)
    seen: Counter[_Identity] = Counter()
    found = []
    for facts in told.channels:
        platform = catalogue.platform_named(facts["platform"])
        code = platform.code if platform else "other"
        identity = (facts["office"], facts["unit"], facts["name"], code)
        twins = known.get(identity, [])
        at, seen[identity] = seen[identity], seen[identity] + 1
        channel_id = _by_id(channels, facts, code) or (twins[at] if at < len(twins) else None)
        found.append(Target(facts["label"], channel_id, channel_id is None, platform=code, facts=facts))
    return found


def _by_id(channels: Sequence[ChannelRow], facts: dict[str, Any], platform: str) -> int | None:
    """A 취합 form knows its channel's id; one that is renamed since is still the same, unless the id is
    another channel's now."""
    told = facts.get("id")
    row = next((row for row in channels if row.id == told and row.is_own), None)
    is_same = row is not None and (
        row.unit_name == facts["unit"] or (row.name == facts["name"] and row.platform == platform)
    )
    return told if is_same else None


def metric(code: str, told: Exported) -> Metric | None:
    """The catalogue's metric, or one of the office's own as the file defines it."""
    found = catalogue.metrics().get(code) or catalogue.metric_named(code)
    if found is not None:
        return found
    about = told.metrics[code]
    if about["kind"] not in set(Kind):
        return None
    number = -1 - zlib.crc32(code.encode())
    return Metric(number, code, about["name"], Kind(about["kind"]), about["unit"], about["decimals"])


def make_channel(session: Session, target: Target) -> int | None:
    """Make the channel with everything the file tells of it, but for what it belongs to."""
    facts = target.facts or {}
    made = save_channel(
        session, office_id=_office(session, facts), platform=target.platform, name=facts["name"],
        unit_name=facts["unit"], handle=facts.get("handle", ""), url=facts.get("url", ""),
        owner=facts.get("owner", ""), opened=_day(facts.get("opened")), closed=_day(facts.get("closed")),
        note=facts.get("note", ""),
    )  # fmt: skip
    return made.created


def _office(session: Session, facts: dict[str, Any]) -> int | None:
    """The office of that name. One's own is made only where there is none yet; others are peers."""
    name = facts["office"]
    row = session.exec(select(Office).where(col(Office.name) == name)).first()
    if row is not None:
        return row.id
    if facts["is_own"] and own_office(session) is None:
        return save_office(session, name=name, department=facts.get("department", "")).created
    row = Office(name=name, department=facts.get("department", ""), kind="peer")
    session.add(row)
    session.flush()
    return row.id


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def join_parents(session: Session, targets: Sequence[Target], ids: Sequence[int | None]) -> None:
    """Tell the channels just made which of them they belong to."""
    by_number = {
        target.facts["number"]: channel_id
        for target, channel_id in zip(targets, ids, strict=True)
        if target.facts
    }
    for target, channel_id in zip(targets, ids, strict=True):
        parent = by_number.get((target.facts or {}).get("parent", ""))
        if target.is_new and channel_id is not None and parent is not None and parent != channel_id:
            session.get_one(Channel, channel_id).parent_id = parent
