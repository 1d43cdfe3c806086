"""Which two figures a percentage of growth or a multiple compares, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from civictracker.domain.claims.model import Figure, Role, Text
from civictracker.domain.claims.wordings import is_fall
from civictracker.domain.numbers import grouped

_SAID_BEFORE = re.compile(r"(?:이|그|이것|그것)(?:보다|의|에\s?비해|와\s?비교하면)\s?(?:약\s?)?$")

_TIMES = {
    "전년": "year", "지난해": "year", "작년": "year", "1년 전": "year",
    "전월": "month", "지난달": "month", "전달": "month", "전주": "week", "지난주": "week",
}  # fmt: skip
_TIME = re.compile("|".join(f"{each}(?!시)" for each in _TIMES))  # 전주시 is no week


def compared(text: Text, claim: Figure) -> Iterator[tuple[bool, Figure, Figure]]:
    """(whether the wording says so, base, new), the likeliest first. Of two channels nothing is sure."""
    for is_sure, base, new in _pairs(text, claim):
        yield is_sure and not _is_of_others(claim, base, new), base, new


def _is_of_others(claim: Figure, *figures: Figure) -> bool:
    return len({each.channel for each in (claim, *figures)} - {""}) > 1


def _pairs(text: Text, claim: Figure) -> Iterator[tuple[bool, Figure, Figure]]:
    own = [each for each in text.of(claim.sentence) if _compares(each, claim)]
    bases = sorted((each for each in own if _is_base(each, claim)), key=lambda each: _distance(each, claim))
    for base in bases[:1]:
        here = sorted((each for each in own if _is_new(each, base)), key=lambda each: _distance(each, claim))
        is_told_of = base.start < claim.start or not _has_own_rate(text, base, claim)
        yield from ((is_told_of, base, new) for new in here[:1])
        yield from ((False, base, new) for new in here[1:])
        earlier = [each for each in _earlier(text, claim) if _is_new(each, base)]
        yield from ((not here and at == 0, base, new) for at, new in enumerate(earlier))
        later = [each for each in _later(text, claim) if _is_new(each, base)]
        yield from ((False, base, new) for new in later)
    if bases:
        return
    levels = [each for each in own if each.role in {Role.LEVEL, Role.MARK}]
    if len(levels) == 2 and _alike(*levels):
        is_times = claim.unit == "배"  # of which the smaller is the base, whatever comes first
        base, new = sorted(levels, key=lambda each: (not each.is_mean, each.value if is_times else 0))
        yield True, base, new
    yield from _beside(text, claim, levels)
    yield from _loose(text, claim, levels)
    if claim.unit == "%":
        yield from _grown(text, claim)


def _beside(text: Text, claim: Figure, levels: list[Figure]) -> Iterator[tuple[bool, Figure, Figure]]:
    """``평균은 4만 명이다. 이보다 2.5배 많은 10만 명``, and both figures in the sentence after the claim."""
    before = [
        each
        for each in _earlier(text, claim)
        if each.sentence == claim.sentence - 1 and all(_alike(each, level) for level in levels)
    ]
    if before and levels and _SAID_BEFORE.search(text.text[max(0, claim.start - 12) : claim.start]):
        yield len(before) == 1 and len(levels) == 1, before[-1], levels[0]
    after = list(_later(text, claim))
    yield from ((True, base, levels[0]) for base in _then(text, claim, levels, after))
    told = levels if claim.sentence >= text.body else [*levels, *before]  # in a headline, of what follows
    is_told_after = all(any(_agree(level, each) for each in after) for level in told)
    if is_told_after and (not before or before[0] in told) and claim.topic and len(after) == 2:
        bases = [each for each in after if each.role is Role.BASE]
        if len(bases) == 1 and {each.topic for each in after} == {claim.topic}:
            yield True, bases[0], next(each for each in after if each is not bases[0])


def _then(text: Text, claim: Figure, levels: list[Figure], after: list[Figure]) -> list[Figure]:
    """``512만 명으로 전년 동기 대비 8.3% 늘었다. 지난해에는 472만 8천 명이었다``: the same time is meant."""
    if len(levels) != 1 or len(after) != 1 or after[0].role is not Role.BASE or levels[0].is_mean:
        return []
    start = text.sentences[claim.sentence][0]
    against = {_TIMES[each] for each in _TIME.findall(text.text[start : claim.start])}
    told = {_TIMES[each] for each in _TIME.findall(text.words(after[0].sentence))}
    is_same = _alike(levels[0], after[0]) and levels[0].topic == after[0].topic
    return after if is_same and len(against) == 1 and against == told else []


def _agree(one: Figure, other: Figure) -> bool:
    return one.topic == other.topic and one.low <= other.high and other.low <= one.high


def _grown(text: Text, claim: Figure) -> Iterator[tuple[bool, Figure, Figure]]:
    """``지난해보다 3만 명(32.1%) 늘어 12만 3,400명``: what it was before is the level less its change."""
    own = text.of(claim.sentence)
    changes = [
        each
        for each in own
        if each.is_count
        and each.role is Role.CHANGE
        and re.fullmatch(r"\s*\(\s*(?:약\s*)?", text.text[each.end : claim.start])
    ]
    levels = [each for each in own if _compares(each, claim) and each.role in {Role.LEVEL, Role.MARK}]
    told = levels or [each for each in _earlier(text, claim) if each.sentence == claim.sentence - 1]
    for change in changes:
        for level in told:
            if not _alike(level, change) or level.is_mean:
                continue
            value = level.value + change.value * (1 if is_fall(text, claim) else -1)
            if value <= 0:
                continue
            is_exact = not change.about and not change.bound
            base = replace(
                change, value=value, low=max(value - change.high + change.low, Decimal(1)),
                high=value + change.high - change.low, role=Role.BASE, quote=f"{grouped(value)}{change.unit}",
            )  # fmt: skip
            plain = change.value / value * 100
            if is_exact or abs(plain - claim.value) <= claim.value / 5:  # a rounded 3만 could bear out much
                yield is_exact and len(told) == 1, base, level


def _loose(text: Text, claim: Figure, levels: list[Figure]) -> Iterator[tuple[bool, Figure, Figure]]:
    """Pairs that are tried, and never held against the text where they do not fit."""
    around = [*levels, *_earlier(text, claim), *_later(text, claim)]
    if claim.sentence < text.body or not around:
        around = [each for each in text.figures if _compares(each, claim)]
    for base in around:
        for new in around:
            if base is not new and _is_new(new, base):
                yield False, base, new


def _compares(figure: Figure, claim: Figure) -> bool:
    is_rate = figure.unit == "%" and claim.unit == "배" and figure.sentence == claim.sentence
    return (
        (figure.is_count or is_rate)
        and figure.role is not Role.CHANGE
        and figure.value > 0
        and (not claim.topic or not figure.topic or figure.topic == claim.topic)
    )


def _is_base(figure: Figure, claim: Figure) -> bool:
    return figure.role is Role.BASE or (figure.is_mean and claim.unit == "배" and figure.start < claim.start)


def _is_new(figure: Figure, base: Figure) -> bool:
    return figure is not base and figure.role is not Role.BASE and _alike(figure, base)


def _alike(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit


def _has_own_rate(text: Text, base: Figure, claim: Figure) -> bool:
    """친구는 20%, 이웃은 3,010명에서 4,515명으로 50% 늘었다: the figures are those of the 50%."""
    return any(each.unit == claim.unit and each.start > base.start for each in text.of(base.sentence))


def _distance(figure: Figure, claim: Figure) -> tuple[bool, int]:
    """What stands before the claim comes before what stands after it."""
    is_after = figure.start > claim.start
    return is_after, figure.start - claim.end if is_after else claim.start - figure.end


def _earlier(text: Text, claim: Figure) -> list[Figure]:
    """Counts of the sentences before, the nearest sentence first and in it the first-told first."""
    found: list[Figure] = []
    for sentence in range(claim.sentence - 1, max(-1, claim.sentence - 5), -1):
        found += [each for each in text.of(sentence) if _compares(each, claim)]
    return found


def _later(text: Text, claim: Figure) -> Iterable[Figure]:
    if claim.sentence + 1 < len(text.sentences):
        return [each for each in text.of(claim.sentence + 1) if _compares(each, claim)]
    return []
