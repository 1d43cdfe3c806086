"""증가율 and 배: each held against the counts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from civictracker.domain.claims.model import Claim, Figure, Role, Text, Verdict
from civictracker.domain.numbers import grouped, signed

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_NEAR = Decimal("0.05")
_FORWARD = re.compile(
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:포인트)?\s*(?:이상|가량|정도|가까이|넘게)?\s*(?:이나|나|이|가|를|을|로)?\s*(?:이상\s*|더\s*|껑충\s*|크게\s*)?"
    r"(?P<verb>증가|늘|상승|성장|급증|신장|확대|높아[져진졌]|올라|오른|올랐|뛰|불어|↑|감소|줄|하락|급감|떨어|축소|↓)"
)
_FALL = re.compile(r"감소|줄|하락|급감|떨어|축소|↓")
_SIGNED = re.compile(r"(?P<sign>[▲△▼▽+\-−])\s*$")
_BACKWARD = re.compile(r"(?:증가율|증감률|성장률|신장률|상승률|감소율)[은는이가:]?\s*(?:약\s*)?\(?\s*$")
_AGAINST = re.compile(r"(?:전년|전월|전주|작년|지난해|동기|대비|보다|비해|비교)[^.。]{0,25}$")


@dataclass(frozen=True, slots=True)
class Quotient:
    """What two figures give, with the bounds that their wording leaves."""

    base: Figure
    new: Figure
    value: Decimal
    low: Decimal
    high: Decimal


def _divided(top: Decimal, bottom: Decimal) -> Decimal:
    return _EXACT.divide(top, bottom)


def times(base: Figure, new: Figure) -> Quotient | None:
    if base.low <= 0:
        return None
    return Quotient(
        base, new, _divided(new.value, base.value), _divided(new.low, base.high), _divided(new.high, base.low)
    )


def growth(base: Figure, new: Figure) -> Quotient | None:
    """In percent; negative for fewer."""
    found = times(base, new)
    if found is None:
        return None
    low, value, high = (100 * (each - 1) for each in (found.low, found.value, found.high))
    return Quotient(base, new, value, low, high)


def is_growth(text: Text, figure: Figure) -> bool:
    """Does the percentage say how much something grew or shrank?"""
    before = text.text[max(0, figure.start - 40) : figure.start]
    rest = text.text[figure.end : figure.end + 48]
    if _FORWARD.match(rest) or _BACKWARD.search(before) or _SIGNED.search(before):
        return True
    if re.match(r"\s*\)", rest):  # 10만6,465명(61.2%)이 늘었다
        return bool(
            _FORWARD.match(rest.lstrip()[1:])
            or re.match(r"\)\s*(?:이|가)?\s*(?:이상)?\s*[가-힣]*늘", rest.lstrip())
        )
    return bool(_AGAINST.search(before)) and bool(re.match(r"\s*(?:높|많|뛴|더)", rest))


def is_fall(text: Text, figure: Figure) -> bool:
    rest = text.text[figure.end : figure.end + 24]
    found = _FORWARD.match(re.sub(r"^\s*\)", "", rest))
    sign = _SIGNED.search(text.text[max(0, figure.start - 2) : figure.start])
    return bool(found and _FALL.match(found["verb"])) or bool(sign and sign["sign"] in "-−▼▽")


def fits(figure: Figure, found: Quotient) -> str:
    """How the claim holds: ``맞음``, ``버림`` (cut off, not rounded) or "" where it does not."""
    claim, unit = abs(figure.value), Decimal(1).scaleb(-figure.places)
    low, high = (
        sorted((abs(found.low), abs(found.high)))
        if found.low * found.high >= 0
        else (Decimal(0), max(abs(found.low), abs(found.high)))
    )
    if figure.bound == "이상":
        return "맞음" if high >= claim else ""
    if figure.bound == "이하":
        return "맞음" if low <= claim else ""
    if figure.bound == "가까이":
        return "맞음" if claim * Decimal("0.85") <= high and low <= claim + unit / 2 else ""
    slack = max(unit / 2, _NEAR * claim) if figure.about else unit / 2
    if low < claim + slack and high >= claim - slack:
        return "맞음"
    return "버림" if low < claim + unit and high >= claim else ""


def judge(text: Text, figure: Figure) -> Claim | None:
    """A percentage of growth or a multiple; None for what claims neither."""
    if figure.unit == "%" and is_growth(text, figure):
        return _judged(text, figure, "증가율")
    return _judged(text, figure, "배수") if figure.unit == "배" else None


def _judged(text: Text, figure: Figure, kind: str) -> Claim:
    work = growth if kind == "증가율" else times
    pairs = list(_pairs(text, figure))
    quotients = [(sure, found) for sure, base, new in pairs if (found := work(base, new)) is not None]
    falls = kind == "증가율" and is_fall(text, figure)
    for _, found in quotients:
        if (kind == "배수" or (found.value < 0) is falls or found.value == 0) and (
            how := fits(figure, found)
        ):
            return _claim(figure, kind, found, Verdict.RIGHT, _because(found, kind, how))
    sure = next((found for is_sure, found in quotients if is_sure), None)
    if sure is not None:
        return _claim(figure, kind, sure, Verdict.WRONG, _because(sure, kind, ""))
    why = (
        "견줄 두 수를 글에서 찾지 못했습니다."
        if not quotients
        else "어느 두 수를 견준 것인지 알 수 없습니다."
    )
    return Claim(figure.quote, figure.start, figure.end, kind, figure.value, None, Verdict.OPEN, why)


def _claim(figure: Figure, kind: str, found: Quotient, verdict: Verdict, because: str) -> Claim:
    computed = abs(found.value) if kind == "증가율" and verdict is Verdict.RIGHT else found.value
    return Claim(
        figure.quote, figure.start, figure.end, kind, figure.value, round(computed, 2), verdict, because,
        ((found.base.start, found.base.end), (found.new.start, found.new.end)),
    )  # fmt: skip


def _because(found: Quotient, kind: str, how: str) -> str:
    base, new = spoken(found.base), spoken(found.new)
    if kind == "증가율":
        old, now = grouped(found.base.value), grouped(found.new.value)
        words = f"{base} → {new}: ({now} − {old}) ÷ {old} = {signed(found.value, decimals=2)}%"
    else:
        words = f"{new} ÷ {base} = {grouped(found.value, 2)}배"
    note = " (반올림이 아니라 버린 값입니다.)" if how == "버림" else ""
    return words + note + "".join(f" {each.repaired}" for each in (found.base, found.new) if each.repaired)


def spoken(figure: Figure) -> str:
    """As it stands in the text, on one line; repaired ones by their value."""
    return f"{grouped(figure.value)}{figure.unit}" if figure.repaired else " ".join(figure.quote.split())


def _pairs(text: Text, claim: Figure) -> Iterator[tuple[bool, Figure, Figure]]:
    """(whether the wording says so, base, new), the likeliest first."""
    own = [each for each in text.of(claim.sentence) if _compares(each, claim)]
    bases = sorted((each for each in own if _is_base(each, claim)), key=lambda each: _distance(each, claim))
    for base in bases[:1]:
        here = sorted((each for each in own if _is_new(each, base)), key=lambda each: _distance(each, claim))
        yield from ((True, base, new) for new in here[:1])
        yield from ((False, base, new) for new in here[1:])
        earlier = [each for each in _earlier(text, claim) if _is_new(each, base)]
        yield from ((not here and at == 0, base, new) for at, new in enumerate(earlier))
        later = [each for each in _later(text, claim) if _is_new(each, base)]
        yield from ((False, base, new) for new in later)
    if bases:
        return
    levels = [each for each in own if each.role in {Role.LEVEL, Role.MARK}]
    if len(levels) == 2 and _alike(*levels):
        base, new = sorted(levels, key=lambda each: not each.is_mean)
        yield True, base, new
    yield from _loose(text, claim, levels)


def _loose(text: Text, claim: Figure, levels: list[Figure]) -> Iterator[tuple[bool, Figure, Figure]]:
    """Pairs that are tried, and never held against the text where they do not fit."""
    around = [*levels, *_earlier(text, claim)]
    if claim.sentence < text.body or not around:
        around = [each for each in text.figures if _compares(each, claim)]
    for base in around:
        for new in around:
            if base is not new and _is_new(new, base):
                yield False, base, new


def _compares(figure: Figure, claim: Figure) -> bool:
    return (
        figure.is_count
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


def _distance(figure: Figure, claim: Figure) -> int:
    return claim.start - figure.end if figure.end <= claim.start else 2 * (figure.start - claim.end)


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
