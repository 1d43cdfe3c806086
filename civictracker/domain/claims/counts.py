"""Counts: a headline against the body, 돌파, sums, differences, and the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from civictracker.domain.claims.figures import TOPIC
from civictracker.domain.claims.model import Claim, DateMention, Figure, Known, Role, Text, Verdict
from civictracker.domain.claims.ranks import OFFICE, own_name, same_thing
from civictracker.domain.claims.rates import spoken
from civictracker.domain.dates import official
from civictracker.domain.numbers import grouped, prose

_SPARE = timedelta(days=10)
_IS = re.compile(
    r"\s*(?:\([^)]{0,25}\))?\s*(?:이다|이라|이며|이고|입니다|으로|로(?=[\s,])|[을를]\s(?:기록|확보|보유|유지|나타)"
    r"|이\s(?:됐|되|된|함께|가입|구독)|에\s(?:이르|이른|달하|달한)|까지\s|[.…]|$)"
)
_NOT_NOW = re.compile(
    r"가운데|중에|\s중\s|지난해|작년|전년|지난달|지난주|지난\s?분기|전월|전주(?!시)|당시|개설|처음|\d\s?(?:년|개월|달|주)\s?전"
    r"|(?:19|20)\d\d년(?!.*(?:현재|기준))"
)
_ALL_TOLD = re.compile(
    r"(?:(?P<more>등)\s?)?(?:을|를)?\s?(?:모두|총|합쳐|합해|합하면|합친|더해|더하면|합계)\s?(?:약\s?)?$"
)


def slips(text: Text) -> list[Claim]:
    """A headline's count that its body tells ten (or a hundred) times larger or smaller."""
    found = []
    for head in text.figures:
        if head.sentence >= text.body or head.repaired or not _is_told(head):
            continue
        body = [
            each
            for each in text.figures
            if each.sentence >= text.body and _is_told(each) and same_thing(each, head)
        ]
        if any(_agrees(head, each) for each in body):
            each = next(each for each in body if _agrees(head, each))
            found.append(
                _made(
                    head,
                    "제목의 수",
                    each.value,
                    Verdict.RIGHT,
                    f"본문에 있는 수({spoken(each)})와 맞습니다.",
                    each,
                )
            )
        elif (other := next((each for each in body if _is_slip(head.value, each.value)), None)) is not None:
            size = "10배" if max(head.value, other.value) < 50 * min(head.value, other.value) else "100배"
            told = f"{prose(int(other.value))}{other.unit}"
            because = f"본문에는 {told}입니다. 자릿수가 {size} 어긋난 것으로 보입니다."
            found.append(_made(head, "자릿수", other.value, Verdict.WRONG, because, other))
    return found


def _is_told(figure: Figure) -> bool:
    return (
        figure.is_count
        and figure.role in {Role.LEVEL, Role.MARK}
        and figure.value >= 100
        and not figure.is_mean
    )


def _agrees(head: Figure, body: Figure) -> bool:
    if head.role is Role.MARK or head.bound == "이상":
        return head.value <= body.high < head.value * 5
    return head.low <= body.high and body.low <= head.high


def _is_slip(head: Decimal, body: Decimal) -> bool:
    """The same first digits at another size: 4,700 and 47,823."""
    digits = f"{int(head)}".rstrip("0")
    if len(digits) < 2 or len(f"{int(head)}") == len(f"{int(body)}"):
        return False
    return f"{int(body)}".startswith(digits) and max(head, body) >= 1000


def _made(
    figure: Figure, kind: str, computed: Decimal | None, verdict: Verdict, because: str, *sources: Figure
) -> Claim:
    return Claim(
        figure.quote, figure.start, figure.end, kind, figure.value, computed, verdict, because,
        tuple((each.start, each.end) for each in sources),
    )  # fmt: skip


def marks(text: Text, taken: set[int]) -> list[Claim]:
    """40만 돌파: is a count of the same thing told that is as large?

    Wrong is only a round number that the same office's, told as it is now, does not reach.
    """
    found = []
    for mark in text.figures:
        if mark.role is not Role.MARK or not mark.is_count or mark.start in taken or mark.value < 100:
            continue
        others = [
            each for each in text.figures
            if each is not mark and _is_told(each) and each.role is Role.LEVEL
            and each.unit == mark.unit and (each.topic == mark.topic or not mark.topic)
            and _is_of_same(text, each, mark)
        ]  # fmt: skip
        reached = [each for each in others if each.high >= mark.value]
        now = [each for each in others if _is_told_now(text, each)]
        if reached:
            best = min(reached, key=lambda each: each.value)
            found.append(
                _made(
                    mark, "돌파", best.value, Verdict.RIGHT, f"글의 {spoken(best)}이(가) 이를 넘습니다.", best
                )
            )
        elif (
            now
            and mark.topic
            and _is_round(mark)
            and not re.search(r"목표|앞두|예정|전망|눈앞|예상|까지", text.words(mark.sentence))
        ):
            most = max(now, key=lambda each: each.value)
            found.append(
                _made(
                    mark,
                    "돌파",
                    most.value,
                    Verdict.WRONG,
                    f"글에서 가장 큰 수는 {spoken(most)}입니다.",
                    most,
                )
            )
    return found


def _is_round(figure: Figure) -> bool:
    """5만, 25만, 1,500만: what is passed. 13만1,289명을 넘었다 tells the count itself."""
    return len(f"{int(figure.value)}".rstrip("0")) <= 2


def _is_of_same(text: Text, figure: Figure, mark: Figure) -> bool:
    """No other channel and no other office is named with it."""
    if len({figure.channel, mark.channel} - {""}) > 1:
        return False
    start = text.sentences[figure.sentence][0]
    named = set(OFFICE.findall(text.text[start : figure.start])) - set(
        OFFICE.findall(text.words(mark.sentence))
    )
    return figure.sentence == mark.sentence or not named - {own_name(text)}


def _is_told_now(text: Text, figure: Figure) -> bool:
    """The whole count as it is: no part of it, nobody it was sent to, nothing of another time."""
    start = text.sentences[figure.sentence][0]
    before = text.text[start : figure.start]
    is_named = bool(TOPIC.search(before)) and bool(_IS.match(text.text, figure.end))
    return is_named and not _NOT_NOW.search(before)


def differences(text: Text) -> list[Claim]:
    """17만3,932명보다 10만6,465명 늘어 28만397명: the difference of the two levels."""
    found = []
    for change in text.figures:
        if change.role is not Role.CHANGE or not change.is_count:
            continue
        near = [
            each for each in text.of(change.sentence)
            if each is not change and same_thing(each, change) and each.is_count
        ]  # fmt: skip
        bases = [each for each in near if each.role is Role.BASE]
        levels = [each for each in near if each.role in {Role.LEVEL, Role.MARK}]
        is_here = bool(bases and levels)
        if not is_here:  # 지난해보다 10만 명 이상 늘어: tried with the whole text, never called wrong
            all_ = [each for each in text.figures if each is not change and same_thing(each, change)]
            bases = [each for each in all_ if each.role is Role.BASE]
            levels = [each for each in all_ if each.role in {Role.LEVEL, Role.MARK}]
        pairs = [(base, new) for base in bases for new in levels]
        if not pairs:
            continue
        fitting = next((pair for pair in pairs if _is_difference(change, *pair)), None)
        base, new = fitting or pairs[0]
        if not fitting and (not is_here or len(pairs) > 1 or change.bound or change.about):
            continue
        gap = new.value - base.value
        because = f"{spoken(new)} − {spoken(base)} = {grouped(gap)}{change.unit}" + (
            new.repaired or base.repaired
        )
        verdict = Verdict.RIGHT if fitting else Verdict.WRONG
        found.append(_made(change, "증감", abs(gap) if fitting else gap, verdict, because, base, new))
    return found


def _is_difference(change: Figure, base: Figure, new: Figure) -> bool:
    if abs(new.value - base.value) == change.value:
        return True
    if (new.low - base.high) * (new.high - base.low) < 0:
        return False  # so rough that neither more nor fewer is sure
    low, high = sorted((abs(new.low - base.high), abs(new.high - base.low)))
    if change.bound == "이상":
        return high >= change.value
    return low <= change.high and high >= change.low


def sums(text: Text) -> list[Claim]:
    """총 30명(남 10명, 여 20명): do the parts in the brackets add up?"""
    found = []
    for total in text.figures:
        rest = text.text[total.end : total.end + 160]
        brackets = re.match(r"\s*\(([^()]*)\)", rest)
        if not total.is_count or brackets is None or "등" in brackets[1]:
            continue
        end = total.end + brackets.end()
        parts = [each for each in text.figures if total.end < each.start < end and each.unit == total.unit]
        if len(parts) < 2 or any(each.about for each in (*parts, total)):
            continue
        added = sum((each.value for each in parts), Decimal(0))
        verdict = Verdict.RIGHT if added == total.value else Verdict.WRONG
        because = f"{' + '.join(grouped(each.value) for each in parts)} = {grouped(added)}{total.unit}"
        found.append(_made(total, "합계", added, verdict, because, *parts))
    return [*found, *_listed_sums(text)]


def _listed_sums(text: Text) -> list[Claim]:
    """카카오톡 15만 명, 인스타그램 5만 명을 합쳐 20만 명. With 등 not all parts need be named."""
    found = []
    for total in text.figures:
        if not total.is_count or not (lead := _ALL_TOLD.search(text.text[: total.start][-14:])):
            continue
        before = [each for each in text.of(total.sentence) if each.end <= total.start]
        parts = [each for each in before if each.unit == total.unit and each.role is Role.LEVEL]
        if len(parts) < 2 or len(parts) != len(before) or any(each.is_mean for each in parts):
            continue
        added = sum((each.value for each in parts), Decimal(0))
        slack = sum(((each.high - each.low) / 2 for each in parts), Decimal(0)) + _last_digit(total)
        because = f"{' + '.join(grouped(each.value) for each in parts)} = {grouped(added)}{total.unit}"
        if abs(added - total.value) < slack or added == total.value:
            found.append(_made(total, "합계", added, Verdict.RIGHT, because, *parts))
        elif added > total.value or not lead["more"]:
            found.append(_made(total, "합계", added, Verdict.WRONG, because, *parts))
    return found


def _last_digit(figure: Figure) -> Decimal:
    """The size of the last digit that is not 0: a sum of 20만 may have been rounded to it."""
    digits = f"{int(figure.value)}"
    return (
        Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if figure.about or figure.bound else Decimal(0)
    )


def known(text: Text, readings: Iterable[Known], taken: set[int]) -> list[Claim]:
    """Plain counts held against the data, where the text says whose they are and of which day."""
    by_value: dict[int, Known] = {}
    readings = list(readings)
    for each in readings:
        by_value.setdefault(each.value, each)
    found = []
    for figure in text.figures:
        if (
            not figure.is_count
            or figure.start in taken
            or figure.value < 100
            or figure.about
            or figure.role is Role.MARK
        ):
            continue
        same = by_value.get(int(figure.value))
        if same is not None:
            because = f"자료의 {same.name} {official(same.day)} 값과 같습니다."
            found.append(_made(figure, "자료의 값", Decimal(same.value), Verdict.RIGHT, because))
        elif (other := _reading_of(text, figure, readings)) is not None:
            because = f"자료에는 {other.name} {official(other.day)} 값이 {grouped(other.value)}입니다."
            found.append(_made(figure, "자료의 값", Decimal(other.value), Verdict.WRONG, because))
    return found


def _reading_of(text: Text, figure: Figure, readings: Sequence[Known]) -> Known | None:
    """The reading that the figure's sentence means: its channel named, its day named, near enough."""
    words = text.words(figure.sentence)
    day = _day_of(text, figure)
    if day is None or figure.topic != "friend" or figure.role is not Role.LEVEL or figure.is_mean:
        return None
    offices = re.findall(r"[가-힣]{1,5}(?:특별시|광역시|시|군|구)(?=[는은가이의 ,(청])", words)
    named = [
        each for each in readings
        if any(word in words for word in each.words)
        and (each.owner in words or (each.is_own and not offices and not figure.owner))
    ]  # fmt: skip
    if len({each.name for each in named}) != 1:
        return None
    at = [each for each in named if each.day <= day.day and day.day - each.day <= _SPARE]
    return max(at, key=lambda each: each.day, default=None)


def _day_of(text: Text, figure: Figure) -> DateMention | None:
    days = [
        each
        for each in text.dates
        if each.sentence == figure.sentence and each.precision == "day" and each.is_sure
    ]
    return days[0] if len(days) == 1 else None
