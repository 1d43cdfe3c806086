"""Offices whose papers are made in several tests: 관악구 with a campaign and a release, and a hostile one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from civictracker.documents.model import Document
from civictracker.documents.papers import PAPERS, Ask, Paper, make_document, paper_named
from civictracker.documents.parts import USUAL, PaperOptions
from civictracker.domain.weeks import Period
from civictracker.services import campaigns, collect, figures, releases, sample, settings
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import list_channels
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit
from civictracker.services.paper_forms import save_note
from civictracker.store.tables import (
    Award,
    Channel,
    Goal,
    Post,
    PostChannel,
    SendResult,
    SeriesNote,
    WeekNote,
)
from tests.unit.documents.hostile import TYPED

NOW = sample.sample_now()
WEEK = Period.week(NOW.date())
IDS = [paper.id for paper in PAPERS]


def ask_of(context: Context, paper: Paper) -> Ask:
    channel = context.read(list_channels)[0].id if paper.of == "channel" else None
    return Ask(Period.around(NOW.date(), paper.grain), NOW, channel_id=channel)


def document_of(context: Context, name: str, options: PaperOptions = USUAL) -> Document:
    paper = paper_named(name)
    return make_document(context, paper, ask_of(context, paper), options)


def with_campaign_and_release(context: Context) -> None:
    key = context.write(
        campaigns.save_campaign, name="독감 무료접종 홍보", starts=date(2026, 9, 28), ends=date(2026, 11, 1),
        channel_ids=[1, 2], note="만 65세 이상",
    ).created  # fmt: skip
    for year, value in ((2015, "1249490"), (2016, "1568379")):
        context.write(
            campaigns.save_outside, campaign_id=key, name="관광지 입장객", unit="명", period=Period.year(year),
            value=Decimal(value),
        )  # fmt: skip
    body = (
        "○ 관악구 카카오톡 채널 친구는 11월 20일 기준 13만1,289명이다.\n- 8,120명에서 1만2,180명으로 60% 늘었다.\n\n"
        "문의는 홍보과로 하면 된다. 끝."
    )
    context.write(
        releases.save_release, title="카카오톡 채널 친구 13만 명 넘어", subtitle="개설 7년 만에", time="14:00",
        body=body, day=date(2026, 11, 20), phone="02-879-5000",
    )  # fmt: skip


def make_hostile(context: Context) -> None:
    """An office in which every text that can be typed is one of TYPED."""
    context.write(settings.save_office, name=TYPED[0], department=TYPED[17])
    context.write(settings.save_settings, writer=TYPED[48], approval=tuple(TYPED[16:21]))
    context.commit(_fill)
    wish = collect.Wish(WEEK, tuple(unit.name for unit in context.read(collect.list_units, period=WEEK)))
    prepared = context.read(collect.prepare, wish=wish, now=NOW)
    context.commit(collect.save_round, prepared=prepared, now=NOW)
    _hostile_campaign_and_release(context)
    for paper in PAPERS:
        key = ask_of(context, paper).key
        for section in paper.sections:
            text = "\n".join(TYPED[40:60])
            context.commit(save_note, paper=paper.id, key=key, section=section, text=text)


def _hostile_campaign_and_release(context: Context) -> None:
    key = context.write(
        campaigns.save_campaign, name=TYPED[0], starts=WEEK.start, ends=None, note="\n".join(TYPED[:40])
    ).created
    for at, text in enumerate(TYPED[:30]):
        context.write(
            campaigns.save_outside, campaign_id=key, name=f"{text}.", unit=TYPED[at + 1][:20],
            period=Period.year(2000 + at), value=(Decimal(10) ** (at % 12) / 7).quantize(Decimal("0.01")),
        )  # fmt: skip
    context.write(
        releases.save_release, title=f"{TYPED[3]} {TYPED[17]}", subtitle=TYPED[16],
        body="\n".join(TYPED), day=WEEK.start, embargo=TYPED[20], department=TYPED[21],
        contact=TYPED[22], phone=TYPED[23], attached=TYPED[5],
    )  # fmt: skip


def _fill(session) -> Changes:
    office_id = settings.own_office(session).id
    channels = [
        Channel(office_id=office_id, platform="kakao", name=text, unit_name=TYPED[-i - 1] if i % 3 else "",
                handle=TYPED[i], owner=TYPED[i + 1], note=TYPED[i + 2], url="https://x.kr", position=i)
        for i, text in enumerate(TYPED[:60])
    ]  # fmt: skip
    session.add_all(channels)
    session.flush()
    edits = []
    for i, channel in enumerate(channels):
        value = (123_456_789_012, -5, 0, 470, 4_700)[i % 5]
        for week, each in ((WEEK, value), (WEEK.shift(-1), value // 10)):
            if i % 7:
                edits.append(ValueEdit("followers", channel.id, week, each))
                edits.append(ValueEdit("posts", channel.id, week, i))
    figures.write_values(session, edits=edits, label="")
    for i, text in enumerate(TYPED[60:130]):
        day = WEEK.start + timedelta(days=i % 14 - 7)
        post = Post(planned=day, original=day, time="10:00", subject=text, audience=TYPED[i], body=text,
                    status="done" if day < NOW.date() else "scheduled", moved_because=TYPED[-i - 1])  # fmt: skip
        session.add(post)
        session.flush()
        session.add(PostChannel(post_id=post.id, channel_id=channels[i % 60].id))
        session.add(SendResult(post_id=post.id, sent=100, opened=157 + i, cost_won=10**12))
    session.add(WeekNote(monday=WEEK.start, text="\n".join(TYPED[130:])))
    session.add_all(Award(day=date(2026, 3, 1), name=text, prize=text, giver=text) for text in TYPED[:30])
    for channel in channels[:3]:
        session.add(SeriesNote(channel_id=channel.id, day=NOW.date(), kind="break", text=TYPED[33]))
        session.add(Goal(channel_id=channel.id, metric_id=1, target=10**12, note=TYPED[34]))
    return Changes.of(Topic.VALUES, "")
