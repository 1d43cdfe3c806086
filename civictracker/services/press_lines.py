"""Press sentences made from the data: each true by its own figures, and each with where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from civictracker.domain.dates import official
from civictracker.domain.numbers import change_rate, grouped, prose, signed, times
from civictracker.domain.weeks import Period
from civictracker.services import catalogue, compare
from civictracker.services.channels import ChannelRow
from civictracker.services.goals import Outlook, load_outlooks
from civictracker.services.settings import load_settings
from civictracker.services.weekly import week_number, week_of, weekly_values

MOST_CHANNELS = 4


@dataclass(frozen=True, slots=True)
class PressLine:
    """``sources`` tell the values behind the sentence, ``channel_ids`` where to see them."""

    kind: str
    text: str
    sources: tuple[str, ...]
    channel_ids: tuple[int, ...]


def press_lines(session: Session, *, week: Period) -> list[PressLine]:
    """Sentences on the office's own channels as of ``week``, the largest channel first."""
    outlooks = [
        each for each in load_outlooks(session, week=week) if each.current and not each.channel.is_sub
    ]
    outlooks.sort(key=lambda each: -(each.current or 0))
    day = load_settings(session).naming.base_day(week)
    level = catalogue.metric("followers")
    found: list[PressLine] = []
    for outlook in outlooks[:MOST_CHANNELS]:
        channel = outlook.channel
        weeks = weekly_values(
            session, metrics=[level], channel_ids=[channel.id], start=date(2000, 1, 3), end=week.end
        ).get((level.id, channel.id), {})
        now = week_number(week.start)
        if now in weeks:
            found += _of_channel(channel, weeks, now, day, outlook)
    if outlooks:
        found += _ranked(session, outlooks[0].channel, day)
    return found


def _of_channel(
    channel: ChannelRow, weeks: dict[int, int], now: int, day: date, outlook: Outlook
) -> Iterator[PressLine]:
    value, name = weeks[now], _name(channel)
    year_ago = weeks.get(now - 52)
    head = f"{name}는 {official(day)} 기준 {prose(value)}명"
    here = f"{official(day)} {grouped(value)}명"
    if year_ago and (rate := change_rate(value, year_ago)) is not None and value != year_ago:
        then = official(week_of(now - 52).end)
        verb = "늘었다" if value > year_ago else "줄었다"
        text = (
            f"{head}으로, 1년 전({prose(year_ago)}명)보다 {signed(abs(rate), decimals=1)}%"
            f"({prose(abs(value - year_ago))}명) {verb}."
        )
        yield PressLine("증가율", text, (here, f"{then} {grouped(year_ago)}명"), (channel.id,))
    first = next((at for at in sorted(weeks) if weeks[at] >= 100), None)
    if first is not None and (by := times(value, weeks[first])) is not None and by >= 2:
        since = week_of(first).end
        text = (
            f"{name}는 {since.year}년 {since.month}월 {prose(weeks[first])}명에서 "
            f"{prose(value)}명으로 {by}배가 됐다."
        )
        yield PressLine("배", text, (here, f"{official(since)} {grouped(weeks[first])}명"), (channel.id,))
    if outlook.milestones:
        last = outlook.milestones[-1]
        when = last.week.end
        text = (
            f"{name}는 {when.year}년 {when.month}월 {prose(last.number)}명을 넘어섰고, "
            f"지금은 {prose(value)}명이다."
        )
        yield PressLine("돌파", text, (f"{official(when)}에 끝나는 주", here), (channel.id,))
    if channel.opened is not None and channel.opened < day:
        days = (day - channel.opened).days
        text = (
            f"{official(channel.opened)} 문을 연 {channel.name}은 {official(day)} 현재 {days:,}일째를 맞았다."
        )
        yield PressLine("일째", text, (f"개설일 {official(channel.opened)}",), (channel.id,))


def _name(channel: ChannelRow) -> str:
    return f"{channel.office} {channel.name} {channel.level_name.removesuffix(' 수')}"


def _ranked(session: Session, channel: ChannelRow, day: date) -> Iterator[PressLine]:
    ranking = compare.load_ranking(session, day=day, platform=channel.platform)
    rivals = tuple(each for each in ranking.rivals if each.as_of is not None)
    told = tuple(
        f"{each.name} {official(each.as_of.day)} {grouped(each.as_of.value)}명"
        for each in rivals
        if each.as_of
    )
    if text := compare.sentence(ranking):
        yield PressLine("순위", text, told, tuple(each.channel.id for each in rivals))
    for given in ranking.given:
        if (words := compare.given_sentence(ranking, given)) and given.as_of is not None and ranking.own:
            own = ranking.own.as_of
            assert own is not None
            text = f"{_name(channel)}는 {prose(own.value)}명으로 {words}다."
            yield PressLine("평균 대비", text, told[:1], (channel.id, given.channel.id))
