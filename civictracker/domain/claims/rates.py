"""증가율 and 배: each held against the counts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from civictracker.domain.claims.model import Claim, Figure, Text, Verdict
from civictracker.domain.claims.pairs import compared
from civictracker.domain.claims.wordings import goes_either_way, is_fall, is_growth
from civictracker.domain.numbers import grouped, signed

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_NEAR = Decimal("0.05")


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
    pairs = list(compared(text, figure))
    quotients = [(sure, found) for sure, base, new in pairs if (found := work(base, new)) is not None]
    rough: Quotient | None = None
    for _, found in quotients:
        if not _goes_its_way(text, figure, kind, found) or not (how := fits(figure, found)):
            continue
        if is_telling(figure, found):
            return _claim(figure, kind, found, Verdict.RIGHT, _because(found, kind, how))
        rough = rough or found
    sure = next((found for is_sure, found in quotients if is_sure), None)
    if sure is not None and rough is not sure:
        return _claim(figure, kind, sure, Verdict.WRONG, _because(sure, kind, ""))
    why = _why_open(rough, kind) if quotients else "견줄 두 수를 글에서 찾지 못했습니다."
    return Claim(figure.quote, figure.start, figure.end, kind, figure.value, None, Verdict.OPEN, why)


def _goes_its_way(text: Text, figure: Figure, kind: str, found: Quotient) -> bool:
    if kind == "배수" or found.value == 0 or goes_either_way(text, figure):
        return True
    return (found.value < 0) is is_fall(text, figure)


def is_telling(figure: Figure, found: Quotient) -> bool:
    """5만 and 6만, both rounded, bear out 5 % as well as 40 %: that says nothing of a claim between."""
    claim, value = abs(figure.value), abs(found.value)
    if figure.bound or abs(value - claim) <= max(claim / 10, _NEAR):
        return True
    return abs(found.high - found.low) <= claim / 4


def _why_open(rough: Quotient | None, kind: str) -> str:
    if rough is None:
        return "어느 두 수를 견준 것인지 알 수 없습니다."
    unit = "%" if kind == "증가율" else "배"
    told = f"{signed(rough.low, decimals=1)}{unit} ~ {signed(rough.high, decimals=1)}{unit}"
    return f"{spoken(rough.base)}, {spoken(rough.new)}: 어림수라 {told} 사이로만 알 수 있습니다."


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
