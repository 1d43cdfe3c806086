"""What the weekly report says in words: the lines of 총괄 and what the reader must be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from civictracker.domain.numbers import grouped, prose, signed
from civictracker.domain.series import Slip
from civictracker.services.report_values import (
    SUB,
    Caution,
    ChannelGroup,
    ChannelLine,
    Figure,
    SendTotal,
    Sentence,
    Source,
    SpanWords,
)

_NAMED = 4  # channels that one line of 총괄 names before it says 등


def sentences(
    groups: Sequence[ChannelGroup],
    everything: ChannelLine,
    sends: SendTotal,
    words: SpanWords,
    year_ago: tuple[Figure, Figure] | None = None,
) -> tuple[Sentence, ...]:
    """총괄 in 개조식, most important first; says so when there is nothing to say.

    ``year_ago`` is 증감 and 증감률 against the same span of the year before.
    """
    made = [Sentence(1, _friends(everything, words), everything.this.source)]
    if moved := _movers(groups):
        made.append(Sentence(2, moved, everything.change.source))
    if year_ago is not None and year_ago[0].value is not None:
        made.append(Sentence(2, _since_a_year(int(year_ago[0].value), year_ago[1]), year_ago[0].source))
    made.append(Sentence(1, _output(everything, words), everything.posts.source))
    made.append(Sentence(1, _sent(sends, words), sends.sent.source))
    return tuple(made)


def _since_a_year(change: int, rate: Figure) -> str:
    if change == 0:
        return "전년 동기와 같음"
    share = "" if rate.value is None else f"({signed(rate.value, minus='', decimals=1)}%)"
    return f"전년 동기 대비 {prose(abs(change))}명{share} {'증가' if change > 0 else '감소'}"


def _friends(line: ChannelLine, words: SpanWords) -> str:
    if line.this.value is None:
        return f"전체 친구·구독자 {words.this} 수치 미입력"
    gap = "" if line.present == line.expected else f"({line.present}/{line.expected}개 채널)"
    head = f"전체 친구·구독자 {line.this.mark}{prose(int(line.this.value))}명{gap}"
    if line.change.value is None:
        return f"{head}, {words.last} 수치가 없어 비교하지 않음"
    change = int(line.change.value)
    if change == 0:
        return f"{head}, {words.as_last} 같음"
    rate = f"({signed(line.rate.value, minus='', decimals=1)}%)" if line.rate.value is not None else ""
    return f"{head}, {words.last} 대비 {prose(abs(change))}명{rate} {'증가' if change > 0 else '감소'}"


def _movers(groups: Sequence[ChannelGroup]) -> str:
    """``읍면동 379명, 카카오톡 312명 증가, 페이스북 7명 감소``: 읍면동 as one, largest first."""
    lines: list[tuple[str, Figure, str]] = []
    for group in groups:
        if group.name == SUB:
            lines.append((SUB, group.total.change, group.total.this.mark))
        else:
            lines.extend((line.name, line.change, line.this.mark) for line in group.lines)
    known = [(name, int(f.value), mark) for name, f, mark in lines if f.value is not None]
    if len(known) < 2:
        return ""
    up = sorted((each for each in known if each[1] > 0), key=lambda each: -each[1])
    down = sorted((each for each in known if each[1] < 0), key=lambda each: each[1])
    parts = [_named(up, "증가"), _named(down, "감소")]
    return ", ".join(part for part in parts if part)


def _named(moves: Sequence[tuple[str, int, str]], verb: str) -> str:
    if not moves:
        return ""
    names = ", ".join(f"{name} {mark}{prose(abs(change))}명" for name, change, mark in moves[:_NAMED])
    more = f" 등 {len(moves)}개" if len(moves) > _NAMED else ""
    return f"{names}{more} {verb}"


def _output(line: ChannelLine, words: SpanWords) -> str:
    if line.posts.value is None:
        return f"게시물 {words.this} 수치 미입력"
    year, since = "", line.posts_year
    if since.value is not None and since.source.period != line.posts.source.period:
        year = f"(누계 {prose(int(since.value))}건)"
    views = "" if line.views.value is None else f", 조회·열람 {prose(int(line.views.value))}회"
    return f"게시물 {prose(int(line.posts.value))}건{year}{views}"


def _sent(sends: SendTotal, words: SpanWords) -> str:
    if sends.count == 0:
        return f"{words.this} 메시지 발송 실적 없음"
    text = f"메시지 {sends.count}회"
    if sends.sent.value is not None:
        text += f" {prose(int(sends.sent.value))}건 발송"
    if sends.opened.value is not None:
        text += f", {prose(int(sends.opened.value))}건 열람"
    if sends.open_rate.value is None:
        return text
    change = sends.rate_change.value
    compared = "" if change is None else f", {words.last} 대비 {points(change)}"
    return f"{text}(열람률 {grouped(sends.open_rate.value, 1)}%{compared})"


def points(change: int | Decimal) -> str:
    """A change of a rate: ``1.6%p 상승``, ``△2.4%p``."""
    return f"{signed(change, minus='△', decimals=1)}%p{' 상승' if change > 0 else ''}"


def cautions(
    groups: Sequence[ChannelGroup],
    everything: ChannelLine,
    slips: Sequence[tuple[ChannelLine, Slip]],
    *,
    carry: bool,
    words: SpanWords,
) -> tuple[Caution, ...]:
    """What stands behind the totals: gaps, filled-in figures, and figures that look ten times off."""
    found = [*_gaps(groups, everything, words, carry=carry)]
    for line, odd in slips:
        text = (
            f"{line.name} {words.this} {grouped(odd.value)}명은 최근 수치 {grouped(odd.last)}명의"
            f" {odd.words}로, 확인이 필요하며 합계에 그대로 들어 있음."
        )
        found.append(Caution("slip", text, line.this.source))
    return tuple(found)


def _gaps(
    groups: Sequence[ChannelGroup], everything: ChannelLine, words: SpanWords, *, carry: bool
) -> Iterable[Caution]:
    this, last = words.this, words.last
    lines = [line for group in groups for line in group.lines]
    source = everything.this.source
    without = [line for line in lines if line.this.value is None or line.carried]
    if carry and everything.carried:
        yield Caution(
            "carried",
            f"{this} 미입력 {everything.carried}개 채널({_names(each for each in lines if each.carried)})은"
            f" {last} 수치를 반영함.",
            _over(source, [line for line in lines if line.carried], this),
        )
        without = [line for line in without if not line.carried]
    if without and everything.this.value is not None:
        yield Caution(
            "missing",
            f"합계는 {everything.expected}개 채널 중 {this} 수치가 있는 {everything.present}개 채널의 합임"
            f"(미입력: {_names(without)}).",
            _over(source, without, this),
        )
    elif without:
        yield Caution("missing", f"{len(without)}개 채널 모두 {this} 수치 미입력임.", source)
    if everything.change.value is not None and everything.compared < everything.expected:
        yield Caution(
            "gap",
            f"합계의 증감·증감률은 {words.both} 수치가 모두 있는"
            f" {everything.compared}개 채널만 비교함{_compared(lines, words)}.",
            everything.change.source,
        )


def _compared(lines: Iterable[ChannelLine], words: SpanWords) -> str:
    both = [line for line in lines if line.this.value is not None and line.last.value is not None]
    if any(line.carried for line in both):
        return ""
    last, this = (sum(int(getattr(line, name).value) for line in both) for name in ("last", "this"))
    return f"({words.last} {grouped(last)}명 → {words.this} {grouped(this)}명)"


def _names(lines: Iterable[ChannelLine]) -> str:
    names = [line.name for line in lines]
    return ", ".join(names[:_NAMED]) + (f" 등 {len(names)}개" if len(names) > _NAMED else "")


def _over(source: Source, lines: Sequence[ChannelLine], this: str) -> Source:
    ids = tuple(line.channel_ids[0] for line in lines)
    return replace(source, channel_ids=ids, words=f"{this} 수치를 확인할 채널")
