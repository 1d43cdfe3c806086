"""Parts of a whole (``1,240건 가운데 1,054건(85%)``) and differences of percentages (``6.5%p``)."""

from __future__ import annotations

import re
from decimal import Decimal

from civictracker.domain.claims.model import Claim, Figure, Role, Text, Verdict
from civictracker.domain.claims.rates import Quotient, fits, is_telling, spoken, times
from civictracker.domain.numbers import grouped, signed

_OF_WHOLE = re.compile(
    r"\s*(?:\([^)]{0,25}\))?\s*(?:가운데|중에서|중(?=[\s,의])|(?:에게|께)\s*(?:보[내낸]|발송|전송))"
)
_OF, _IS = re.compile(r"\s*의\s*(?:약\s*)?"), re.compile(r"\s*(?:은|는|이|가)\s")
_NEAR = 24  # characters from the part to a rate that is named
_RATE_WORD = re.compile(r"[가-힣]{1,5}(?:률|율|비율|비중)(?:은|는|이|가|을|를)?\s*(?:약\s*)?$")
_BRACKET = re.compile(r"\s*\(\s*(?:약\s*)?$")
_TAKES_UP = re.compile(r"\s*(?:으로|로)\s*(?:전체의\s*)?(?:약\s*)?")
_TAKEN = re.compile(r"\s*(?:가량|정도)?\s*(?:을|를)?\s*(?:차지|에 달|에 이|였|이었|다\.)")
_UP = re.compile(r"\s*(?:나|이나)?\s*(?:가량\s*|정도\s*|더\s*)?(?:올|높|증가|상승|늘|뛰)")
_DOWN = re.compile(r"\s*(?:나|이나)?\s*(?:가량\s*|정도\s*|더\s*)?(?:내[려리렸]|낮|감소|하락|줄|떨어)")


def judge(text: Text, figure: Figure) -> Claim | None:
    """A percentage of a whole that the sentence names, or a difference in %p; None for neither."""
    if figure.unit == "%p":
        return _points(text, figure)
    return _share(text, figure) if figure.unit == "%" else None


# --- of a whole ---------------------------------------------------------------------------------


def _share(text: Text, figure: Figure) -> Claim | None:
    counts = [each for each in text.of(figure.sentence) if each.is_count and each.value > 0]
    before = [each for each in counts if each.end <= figure.start]
    if len(before) < 2:
        return None
    found = _part_and_whole(text, figure, before)
    if found is None:
        return None
    part, whole, is_sure = found
    division = times(whole, part)
    if division is None:
        return None
    share = Quotient(whole, part, division.value * 100, division.low * 100, division.high * 100)
    how = fits(figure, share)
    if (how and not is_telling(figure, share)) or (not how and not is_sure):
        return None
    because = f"{spoken(part)} ÷ {spoken(whole)} = {grouped(share.value, 2)}%"
    because += " (반올림이 아니라 버린 값입니다.)" if how == "버림" else ""
    verdict = Verdict.RIGHT if how else Verdict.WRONG
    return _made(figure, "비율", round(share.value, 2), verdict, because, part, whole)


def _part_and_whole(text: Text, figure: Figure, before: list[Figure]) -> tuple[Figure, Figure, bool] | None:
    """And whether the wording leaves no doubt."""
    last, other = before[-1], before[-2]
    if _OF.fullmatch(text.text[last.end : figure.start]) and _IS.match(text.text, other.end):
        return (other, last, len(before) == 2) if _alike(other, last) else None  # 7,210명은 4만 명의 17.5%
    wholes = [each for each in before[:-1] if _OF_WHOLE.match(text.text, each.end) and _alike(each, last)]
    if not wholes:
        return None
    between = text.text[last.end : figure.start]
    is_bracketed = bool(_BRACKET.fullmatch(between))
    is_taken_up = bool(_TAKES_UP.fullmatch(between)) and bool(_TAKEN.match(text.text, figure.end))
    is_rate = bool(_RATE_WORD.search(between)) and len(between) < _NEAR
    if not (is_bracketed or is_taken_up or is_rate):
        return None
    return last, wholes[-1], len(before) == 2 or is_bracketed


def _alike(part: Figure, whole: Figure) -> bool:
    return part.unit == whole.unit or not part.unit or not whole.unit


# --- %p -----------------------------------------------------------------------------------------


def _points(text: Text, figure: Figure) -> Claim | None:
    """Two percentages before it in the sentence, of which the first is left behind."""
    rates = [each for each in text.of(figure.sentence) if each.unit == "%" and each.end <= figure.start]
    bases = [each for each in rates if each.role is Role.BASE]
    levels = [each for each in rates if each.role is not Role.BASE]
    if len(bases) != 1 or len(levels) != 1:
        return None
    gap = levels[0].value - bases[0].value
    rest = text.text[figure.end : figure.end + 12]
    goes = 1 if _UP.match(rest) else -1 if _DOWN.match(rest) else 0
    step = Decimal(1).scaleb(-figure.places)
    is_right = abs(abs(gap) - figure.value) < step and (goes == 0 or gap * goes >= 0)
    if not is_right and (figure.about or figure.bound):
        return None
    because = f"{spoken(levels[0])} − {spoken(bases[0])} = {signed(gap, decimals=max(1, figure.places))}%p"
    verdict = Verdict.RIGHT if is_right else Verdict.WRONG
    return _made(figure, "%p", abs(gap) if is_right else gap, verdict, because, bases[0], levels[0])


def _made(
    figure: Figure, kind: str, computed: Decimal, verdict: Verdict, because: str, *sources: Figure
) -> Claim:
    return Claim(
        figure.quote, figure.start, figure.end, kind, figure.value, computed, verdict, because,
        tuple((each.start, each.end) for each in sources),
    )  # fmt: skip
