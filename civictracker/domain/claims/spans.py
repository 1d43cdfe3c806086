"""일째, 일 전, 개월 만에: held against the days that the text names. And weekdays."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from civictracker.domain.claims.model import Claim, DateMention, Figure, Text, Verdict
from civictracker.domain.weeks import WEEKDAYS

_SPAN = re.compile(
    r"\s?(?P<kind>째|만에|만인(?=\s)|만\s|전(?!체|국|월|주|망)|후|뒤|동안|간|이\s?(?:지|넘|흐)|이나|여|가까이|넘게|가량|정도)"
)
_COUNTING_ON = {
    "째",
    "전",
    "이 지",
    "이지",
    "이 넘",
    "이넘",
    "이 흐",
    "이흐",
    "이나",
    "동안",
    "넘게",
    "여",
    "가까이",
    "간",
}
_INCLUSIVE = {"째", "동안", "간"}
_AHEAD = re.compile(r"\s?부터")


def judge(text: Text, figure: Figure) -> Claim | None:
    """``111일째``: the days from the day it counts from to the day the text speaks of."""
    found = _SPAN.match(text.text[figure.end : figure.end + 6])
    if figure.unit != "일" or found is None:
        return None
    kind = found["kind"].strip()
    days = [each for each in text.dates if each.precision == "day"]
    here = [each for each in days if each.sentence == figure.sentence]
    until = _until(text, figure, days, here)
    tried = _tried(figure, days, here, until)
    for first, last in tried:
        if (last.day - first.day).days in _accepted(figure, kind):
            return _claim(figure, first, last, Verdict.RIGHT)
    primary = _primary(figure, kind, here, days, until)
    if primary is None:
        why = "어느 날부터 센 것인지 글에 없습니다."
        return Claim(figure.quote, figure.start, figure.end, "날짜 수", figure.value, None, Verdict.OPEN, why)
    return _claim(figure, *primary, Verdict.WRONG)


def _accepted(figure: Figure, kind: str) -> set[int]:
    days = int(figure.value)
    found = {days, days - 1} if kind in _INCLUSIVE else {days}
    if figure.about or kind in {"여", "가까이", "가량", "정도", "넘게"} or kind.startswith("이"):
        step = 10 if days % 10 == 0 else 5 if days % 5 == 0 and days > 20 else 0
        found |= set(range(days - step // 2, days + step + 1))
    return found


def _until(
    text: Text, figure: Figure, days: list[DateMention], here: list[DateMention]
) -> DateMention | None:
    """The day that the text speaks from: 현재 or 기준 in the sentence, else in the text, else its date."""
    now = [each for each in here if each.is_now] or [each for each in days if each.is_now]
    if now:
        return min(now, key=lambda each: abs(each.start - figure.start))
    told = [each for each in days if each.sentence >= text.body] or days
    last = max(told, key=lambda each: each.day, default=None)
    byline = max(
        (each for each in days if each.sentence < text.body), key=lambda each: each.day, default=None
    )
    if byline is not None and (last is None or byline.day >= last.day):
        return byline
    return last


def _tried(
    figure: Figure, days: list[DateMention], here: list[DateMention], until: DateMention | None
) -> list[tuple[DateMention, DateMention]]:
    """Pairs of days that the count may mean: of its sentence, or of those before, to the text's day."""
    near = [*here, *(each for each in days if figure.sentence - 3 <= each.sentence < figure.sentence)]
    ends = [*here, *([until] if until is not None else [])]
    return [(first, last) for first in near for last in ends if first.day < last.day]


def _primary(
    figure: Figure, kind: str, here: list[DateMention], days: list[DateMention], until: DateMention | None
) -> tuple[DateMention, DateMention] | None:
    """The two days that the wording means, where it leaves no doubt."""
    before = [each for each in here if each.end <= figure.start and not each.is_now]
    told = [each for each in here if figure.end < each.start <= figure.end + 5]
    if kind == "전" and told:  # 41일 전인 6월 10일
        before = told
    if not before:
        lately = [each for each in days if each.sentence == figure.sentence - 1 and not each.is_now]
        before = lately if len(lately) == 1 else []
    if not before or until is None:
        return None
    first = before[-1]
    if kind in {"만에", "만인", "만", "후", "뒤"}:
        after = [each for each in here if each.day > first.day]
        return (first, after[0]) if len(after) == 1 and first.is_sure and after[0].is_sure else None
    is_sure = first.is_sure and until.is_sure and kind in _COUNTING_ON
    return (first, until) if is_sure and first.day < until.day else None


def _claim(figure: Figure, first: DateMention, last: DateMention, verdict: Verdict) -> Claim:
    count = (last.day - first.day).days
    because = f"{first.told}부터 {last.told}까지 {count}일입니다."
    if verdict is Verdict.RIGHT and count != figure.value:
        because += " 첫날을 넣어 센 수입니다." if count + 1 == figure.value else ""
    return Claim(
        figure.quote, figure.start, figure.end, "날짜 수", figure.value, Decimal(count), verdict, because,
        ((first.start, first.end), (last.start, last.end)),
    )  # fmt: skip


def judge_months(text: Text, figure: Figure, years: Figure | None) -> Claim | None:
    """``1년 8개월 만에``: held against days that are in the text; wrong only between the two beside it."""
    found = re.match(r"\s?(?P<kind>만에|만인|째|동안|간|전)", text.text[figure.end : figure.end + 5])
    if found is None:
        return None
    months = int(figure.value) * (12 if figure.unit == "년" else 1) + (int(years.value) * 12 if years else 0)
    start = years.start if years else figure.start
    quote = text.text[start : figure.end]
    claimed = Decimal(months)
    pairs = [(one, other) for one in text.dates for other in text.dates if _spans(one, other)]
    for first, last in pairs:
        if abs(_months(first.day, last.day) - months) <= (0 if months < 12 else 1):
            return _of_months(quote, start, claimed, (first, last), Verdict.RIGHT)
    beside = [
        (first, last)
        for first, last in pairs
        if found["kind"] in {"만에", "만인"} and first.end <= start and 0 <= last.start - figure.end <= 6
        and first.sentence == figure.sentence and first.is_sure and last.is_sure
    ]  # fmt: skip
    if len(beside) == 1:
        return _of_months(quote, start, claimed, beside[0], Verdict.WRONG)
    why = "시작과 끝 날짜가 글에 다 있지 않습니다."
    return Claim(quote, start, figure.end, "기간", claimed, None, Verdict.OPEN, why)


def _spans(first: DateMention, last: DateMention) -> bool:
    return first.day < last.day and "year" not in {first.precision, last.precision}


def _of_months(
    quote: str, start: int, claimed: Decimal, days: tuple[DateMention, DateMention], verdict: Verdict
) -> Claim:
    first, last = days
    months = _months(first.day, last.day)
    because = f"{first.told}부터 {last.told}까지 {months}개월입니다."
    sources = ((first.start, first.end), (last.start, last.end))
    end = start + len(quote)
    return Claim(quote, start, end, "기간", claimed, Decimal(months), verdict, because, sources)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def weekdays(text: Text) -> list[Claim]:
    """``2. 11.(금)``: is it that day of the week?"""
    found = []
    for each in text.dates:
        if not each.weekday or not each.is_sure or not each.has_year:
            continue
        day = WEEKDAYS[each.day.weekday()]
        verdict = Verdict.RIGHT if each.weekday == day else Verdict.WRONG
        because = f"{each.told}은 {day}요일입니다."
        quote = text.text[each.start : each.end]
        found.append(Claim(quote, each.start, each.end, "요일", each.weekday, day, verdict, because))
    return found
