"""숫자 검산: every figure of a press text found, recomputed and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from civictracker.domain.claims import (
    calendar,
    counts,
    figures,
    ranks,
    rates,
    sentences,
    shares,
    spans,
    wordings,
)
from civictracker.domain.claims.model import Claim, Figure, Known, Text, Verdict
from civictracker.domain.numbers import prose

_ALWAYS_TOLD = {"명", "인", "건", "회", "%", "%p", "배"}
_SURE = 3  # a repaired reading must come this many times nearer than the digits as they stand


def taken_apart(text: str, today: date | None = None) -> Text:
    split = sentences.split(text)
    body = sentences.first_of_body(text, split)
    plain = figures.masked(text)
    dates = calendar.find(plain, split, body, today)
    found = figures.find(text, plain, split, calendar.spans_of(plain))
    return Text(text, split, body, found, dates)


def verify(text: str, known: Iterable[Known] = (), today: date | None = None) -> list[Claim]:
    """Each figure and claim of ``text`` in order, judged by its own numbers and by ``known`` readings.

    ``today`` gives a year to dates of a text that names none. What cannot be told is 확인 불가.
    """
    parts, readings = taken_apart(text, today), list(known)
    _repair(parts, readings)
    claims = [*_repaired(parts), *counts.slips(parts), *_claimed(parts), *spans.weekdays(parts)]
    claims += ranks.judge(parts)
    taken = {claim.start for claim in claims}
    claims += counts.marks(parts, taken)
    claims += counts.known(parts, readings, {claim.start for claim in claims})
    return _with_headlines(parts, [*claims, *_rest(parts, claims)])


def _claimed(parts: Text) -> list[Claim]:
    found: list[Claim] = [*counts.sums(parts), *counts.differences(parts)]
    years: Figure | None = None
    for figure in parts.figures:
        claim = rates.judge(parts, figure) or shares.judge(parts, figure) or spans.judge(parts, figure)
        if figure.unit in {"개월", "년"} and figure.value < 200:
            follows = years is not None and figure.start - years.end <= 1 and figure.unit == "개월"
            claim = spans.judge_months(parts, figure, years if follows else None)
            years = figure if figure.unit == "년" else None
        if claim is not None:
            found.append(claim)
    return found


def _rest(parts: Text, claims: Sequence[Claim]) -> list[Claim]:
    """Figures that nothing could be said of."""
    covered = [(claim.start, claim.end) for claim in claims]
    sources = {span for claim in claims if claim.verdict is not Verdict.OPEN for span in claim.sources}
    found = []
    for figure in parts.figures:
        if any(start < figure.end and figure.start < end for start, end in covered) or figure.unit == "위":
            continue
        used = (figure.start, figure.end) in sources
        if not used and figure.value < 100 and figure.unit not in _ALWAYS_TOLD:
            continue  # 25개 자치구, 12시간
        why = "다른 수의 검산에 쓴 수입니다. 이 수 자체는 견줄 곳이 없습니다." if used else _why_open(figure)
        kind = "비율" if figure.unit in {"%", "%p"} else "수"
        found.append(
            Claim(figure.quote, figure.start, figure.end, kind, figure.value, None, Verdict.OPEN, why)
        )
    return found


def _why_open(figure: Figure) -> str:
    if figure.unit in {"%", "%p"}:
        return "나눈 두 수가 글에도 자료에도 없습니다."
    return "글에도 자료에도 견줄 값이 없습니다."


def _with_headlines(parts: Text, claims: list[Claim]) -> list[Claim]:
    """A headline's rate that names no figures is held against the body's own rate of that kind."""
    judged = [each for each in claims if each.kind in {"증가율", "배수"} and each.computed is not None]
    result = []
    topics = {figure.start: figure for figure in parts.figures}
    for claim in claims:
        figure = topics.get(claim.start)
        if (
            claim.kind in {"증가율", "배수"}
            and claim.verdict is Verdict.OPEN
            and figure is not None
            and figure.sentence < parts.body
        ):
            same = [
                each
                for each in judged
                if each.kind == claim.kind and topics[each.start].topic == figure.topic
            ]
            if len({each.computed for each in same}) == 1:
                result.append(_as_body(claim, figure, same[0]))
                continue
        result.append(claim)
    return sorted(result, key=lambda claim: (claim.start, claim.end))


def _as_body(claim: Claim, figure: Figure, body: Claim) -> Claim:
    assert isinstance(body.computed, Decimal)
    found = rates.Quotient(figure, figure, body.computed, body.computed, body.computed)
    verdict = Verdict.RIGHT if rates.fits(figure, found) else Verdict.WRONG
    return Claim(
        claim.quote, claim.start, claim.end, claim.kind, claim.claimed, body.computed, verdict,
        f"본문의 수로는 {body.because}", body.sources,
    )  # fmt: skip


# --- digits that lost their 만 ------------------------------------------------------------------


def _repair(parts: Text, readings: Sequence[Known]) -> None:
    values = {each.value for each in readings}
    for figure in parts.figures:
        for reading in figure.readings:
            if int(reading) in values:
                figure.read_as(
                    reading, f"‘{figure.quote}’은(는) 자료에 있는 {prose(int(reading))}(으)로 보았습니다."
                )
                break
            if any(_backs(other, figure, reading) for other in parts.figures):
                figure.read_as(
                    reading,
                    f"‘{figure.quote}’은(는) {prose(int(reading))}에서 글자가 빠진 것으로 보았습니다.",
                )
                break
    for figure in parts.figures:
        if (
            figure.value > 60_000_000
            and figure.unit == "명"
            and len(figure.readings) == 1
            and not figure.repaired
        ):
            value = figure.readings[0]
            figure.read_as(
                value, f"‘{figure.quote}’은(는) 연월과 {prose(int(value))}이(가) 붙은 것으로 보았습니다."
            )
    for claim in parts.figures:
        _repair_by(parts, claim)


def _backs(other: Figure, figure: Figure, reading: Decimal) -> bool:
    """Another count of the text tells the same as the repaired digits would."""
    return (
        other is not figure
        and not other.readings
        and other.is_count
        and other.value >= 1000
        and other.topic == figure.topic
        and other.low <= reading <= other.high
        and not other.low <= figure.value <= other.high
    )


def _repair_by(parts: Text, claim: Figure) -> None:
    """Where a rate and the digits are worlds apart and a lost 만 explains it, the 만 was lost."""
    if claim.unit == "%" and wordings.is_growth(parts, claim) and not wordings.is_fall(parts, claim):
        work = rates.growth
    elif claim.unit == "배":
        work = rates.times
    else:
        return
    counted = [each for each in parts.of(claim.sentence) if each.is_count and each.value > 0]
    bases = [each for each in counted if each.role.value == "base"]
    for base in bases[:1]:
        for new in counted:
            if new is base or not new.readings or new.repaired:
                continue
            plain = work(base, new)
            if plain is None or abs(plain.value - claim.value) <= claim.value / _SURE:
                continue
            tenfold = new.value * 10
            if _fits(work, claim, (base, new), tenfold) and not any(
                _fits(work, claim, (base, new), reading) for reading in new.readings
            ):
                lost = f"‘{new.quote}’은(는) {prose(int(tenfold))}에서 숫자가 빠진 것으로 보았습니다."
                new.read_as(tenfold, f"{lost} 확인해 주세요.")
                return
            bearing = [reading for reading in new.readings if _bears(work, claim, (base, new), reading)]
            if len(bearing) == 1:
                (reading,) = bearing
                lost = f"‘{new.quote}’은(는) {prose(int(reading))}에서 ‘만’이 빠진 것으로 보았습니다."
                new.read_as(reading, f"{lost} 확인해 주세요.")
                return


def _fits(
    work: Callable[[Figure, Figure], rates.Quotient | None], claim: Figure, pair: tuple[Figure, Figure],
    reading: Decimal,
) -> bool:  # fmt: skip
    base, new = pair
    found = work(base, replace(new, value=reading, low=reading, high=reading))
    return found is not None and bool(rates.fits(claim, found)) and found.value > 0


def _bears(
    work: Callable[[Figure, Figure], rates.Quotient | None], claim: Figure, pair: tuple[Figure, Figure],
    reading: Decimal,
) -> bool:  # fmt: skip
    """Does the count with its 만 back make the claim true, or at least go the claimed way?

    Growth that the digits as they stand turn into a fall to a fraction is no slip of the rate.
    """
    base, new = pair
    plain, tried = work(base, new), work(base, replace(new, value=reading, low=reading, high=reading))
    if plain is None or tried is None:
        return False
    if abs(tried.value - claim.value) <= claim.value * 15 / 100:
        return True
    is_turned = plain.value < (Decimal("0.5") if work is rates.times else Decimal(-50))
    return is_turned and claim.value / 2 <= tried.value <= claim.value * 2


def _repaired(parts: Text) -> list[Claim]:
    return [
        Claim(
            figure.quote,
            figure.start,
            figure.end,
            "빠진 글자",
            _as_written(figure),
            figure.value,
            Verdict.WRONG,
            figure.repaired,
        )
        for figure in parts.figures
        if figure.repaired
    ]


def _as_written(figure: Figure) -> Decimal:
    return Decimal("".join(each for each in figure.quote if each.isdigit()))
