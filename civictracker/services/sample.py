"""예시 자료: a made data file around an office's published figures (``resources/sample``).

Everything is drawn from a seed, so that two builds are equal. Figures that were published carry
another source than made ones, and the screen says 예시 throughout.
"""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from civictracker import paths
from civictracker.domain.weeks import Period
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.sample_collect import write_collection
from civictracker.services.sample_posts import write_posts
from civictracker.services.settings import save_office, save_settings
from civictracker.store import journal
from civictracker.store.tables import ImportBatch, Office, WeekNote

OFFICES = {"관악구": "gwanak", "양주시": "yangju", "수원시": "suwon", "안양시": "anyang"}
SAMPLE_NOW = "2026-11-20T14:03:00+09:00"
_LAST_FULL_WEEK = Period.week(date(2026, 11, 13))
_THIS_WEEK = Period.week(date(2026, 11, 20))
_PUBLISHED = "예시 자료: 보도된 수치"
_MADE = "예시 자료: 만든 값"


def sample_now() -> datetime:
    """The moment at which the sample stands still: a Friday afternoon."""
    return datetime.fromisoformat(SAMPLE_NOW)


def build_sample(context: Context, office: str = "관악구") -> None:
    """Fill an empty data file with the sample of ``office`` (a key of OFFICES)."""
    plan = _load(OFFICES[office])
    context.commit(_set_up, plan=plan)
    channels: dict[str, int] = {}
    context.commit(_make_channels, plan=plan, ids=channels)
    peers: dict[str, int] = {}
    context.commit(_make_peers, ids=peers)
    context.commit(_write_published, plan=plan, ids=channels, peers=peers)
    context.commit(_write_made, plan=plan, ids=channels)
    context.commit(write_posts, plan=plan, ids=channels, now=sample_now())
    if any(each.get("unit") for each in plan["channel"]):
        context.commit(write_collection, week=_THIS_WEEK, now=sample_now())
    context.saved_at = None


def _load(name: str) -> dict[str, Any]:
    with (paths.resources() / "sample" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _set_up(session: Session, *, plan: dict[str, Any]) -> Changes:
    office = plan["office"]
    save_office(session, name=office["name"], department=office["department"])
    save_settings(session, is_sample=True, writer=office["writer"])
    if note := plan["this_week"]["note"]:
        session.add(WeekNote(monday=_THIS_WEEK.start, text=note))
    return Changes.of(Topic.OFFICE, "예시 자료 준비")


def _make_channels(session: Session, *, plan: dict[str, Any], ids: dict[str, int]) -> Changes:
    for each in plan["channel"]:
        made = save_channel(
            session, platform=each["platform"], name=each["name"], unit_name=each.get("unit", ""),
            handle=each.get("handle", ""), url=each.get("url", ""), opened=each["opened"],
        )  # fmt: skip
        assert made.created is not None
        ids[_label(each)] = made.created
    return Changes.of(Topic.CHANNELS, "예시 채널")


def _label(channel: dict[str, Any]) -> str:
    return f"{channel['unit']} {channel['name']}" if channel.get("unit") else str(channel["name"])


def _make_peers(session: Session, *, ids: dict[str, int]) -> Changes:
    for peer in _load("peers")["peer"]:
        office = Office(name=peer["name"], kind="peer")
        session.add(office)
        session.flush()
        made = save_channel(session, office_id=office.id, platform="kakao", name="카카오톡 채널")
        assert made.created is not None
        ids[peer["name"]] = made.created
    return Changes.of(Topic.CHANNELS, "예시 비교 기관")


# --- figures ----------------------------------------------------------------------------------


Row = tuple[int, int, str, str, int, int, str, int, str]


def _row(metric: str, channel: int, period: Period, value: int, source: int, *, about: bool = False) -> Row:
    return (
        catalogue.metric(metric).id, channel, period.start.isoformat(), period.end.isoformat(),
        value, int(about), "", source, "",
    )  # fmt: skip


def _write_published(
    session: Session, *, plan: dict[str, Any], ids: dict[str, int], peers: dict[str, int]
) -> Changes:
    source = journal.of(session).log_id
    rows = [
        _row("followers", ids[_label(each)], Period.day(day), value, source)
        for each in plan["channel"]
        for day, value in each.get("facts", ())
    ]
    for peer in _load("peers")["peer"]:
        for about, pairs in ((False, peer.get("facts", ())), (True, peer.get("about", ()))):
            rows.extend(
                _row("followers", peers[peer["name"]], Period.parse(code), value, source, about=about)
                for code, value in pairs
            )
    return _batch(session, rows, _PUBLISHED)


def _batch(session: Session, rows: list[Row], name: str) -> Changes:
    entry = journal.of(session)
    entry.add_bulk(session, sorted(rows))
    entry.later(ImportBatch(log_id=entry.log_id, file_name=name, added=len(rows)))
    return Changes.of(Topic.VALUES, name, action="import", count=len(rows))


def _write_made(session: Session, *, plan: dict[str, Any], ids: dict[str, int]) -> Changes:
    source = journal.of(session).log_id
    rows: list[Row] = []
    week = plan["this_week"]
    for each in plan["channel"]:
        label, chance = _label(each), random.Random(_label(each))  # noqa: S311 (no secret)
        for period, level in _levels(each, chance):
            rows.extend(_week_rows(each, ids[label], period, level, chance, source=source))
        if label not in week["missing"]:
            now = _this_week(each, week["odd"].get(label), chance)
            rows.extend(_week_rows(each, ids[label], _THIS_WEEK, now, chance, source=source))
    return _batch(session, rows, _MADE)


def _this_week(channel: dict[str, Any], odd: int | None, chance: random.Random) -> int:
    last = int(channel["made"][-1][1])
    return odd if odd is not None else last + round(last * chance.uniform(-0.0008, 0.006))


def _levels(channel: dict[str, Any], chance: random.Random) -> list[tuple[Period, int]]:
    """Weekly levels through the channel's anchors, wobbling between and exact at them."""
    anchors = sorted((*channel["made"], *channel.get("facts", ())))
    levels: list[tuple[Period, int]] = []
    for (day, value), (next_day, next_value) in pairwise(anchors):
        week = Period.week(day)
        weeks = max(1, (Period.week(next_day).start - week.start).days // 7)
        for step in range(weeks):
            wobble = 0.0 if step == 0 else chance.uniform(-0.35, 0.35) / weeks
            share = max(0.0, min(1.0, step / weeks + wobble))
            levels.append((week.shift(step), round(value + (next_value - value) * share)))
    levels.append((Period.week(anchors[-1][0]), anchors[-1][1]))
    return levels


def _week_rows(
    channel: dict[str, Any], channel_id: int, week: Period, level: int, chance: random.Random,
    *, source: int,
) -> list[Row]:  # fmt: skip
    posts = max(0, channel["posts"] + chance.choice((-1, 0, 0, 0, 1)))
    views = round(level * channel["views"] * chance.uniform(0.75, 1.25) * max(posts, 1) / channel["posts"])
    return [
        _row("followers", channel_id, week, level, source),
        _row("posts", channel_id, week, posts, source),
        _row("views", channel_id, week, views, source),
    ]
