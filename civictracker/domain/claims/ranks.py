"""순위: 1위, 2위, 가장 많다, 두 번째로 많다, held against the other offices' figures in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from civictracker.domain.claims.model import Claim, Figure, Role, Text, Verdict
from civictracker.domain.claims.sentences import place
from civictracker.domain.numbers import grouped

_ORDINALS = {"두": 2, "세": 3, "네": 4, "다섯": 5}
_RANK = re.compile(
    r"(?<![0-9.])(?P<number>[1-9][0-9]?)\s?위(?![원기험반치생해])"
    r"|(?P<nth>두|세|네|다섯)\s?번째로\s?(?:가장\s?)?(?:많|높)|(?P<most>가장\s?많|최다)"
)
_PAST = re.compile(r"(?:에서|였|이었|이던|였던|상반기|당시|지난해|작년)")
_FORMER = re.compile(r"(?:지난해|작년|상반기|당시|지난달|이전|종전)(?!.*(?:올해|현재|지금|이번))[^.,]{0,12}$")
_NAMES_WHO = re.compile(r"\s?(?:는|인|에|로는|[:：·(]|\s)\s?[‘'“\"]?(?=[가-힣])")
_LEADS_TO = re.compile(r"\s?(?:으로|로)\s?(?:[가-힣]{1,8}\s?){0,2}")
OFFICE = re.compile(
    r"(?<![가-힣])([가-힣]{1,5}(?:특별시|광역시|시|군|구))(?<!친구)(?<![인가연]구)(?<![도다역동즉]시)"
    r"(?=[는은가이의 ,(]|청|\s)"
)
_NEAR = 24  # characters from ``2위는`` to the figure of who is named there


@dataclass(frozen=True, slots=True)
class _Said:
    quote: str
    start: int
    end: int
    rank: int
    sentence: int


def judge(text: Text) -> list[Claim]:
    """Does the text name as many with more as the rank allows?"""
    own = own_name(text)
    levels = [
        each
        for each in text.figures
        if each.is_count and each.role in {Role.LEVEL, Role.MARK} and not each.is_mean and each.value >= 100
    ]
    return [_judged(text, said, own, levels) for said in _said(text)]


def _said(text: Text) -> list[_Said]:
    found = []
    for each in _RANK.finditer(text.text):
        before = text.text[max(0, each.start() - 20) : each.start()]
        if _PAST.match(text.text[each.end() : each.end() + 4]) or _FORMER.search(before):
            continue
        rank = int(each["number"]) if each["number"] else _ORDINALS.get(each["nth"] or "", 1)
        found.append(_Said(each[0], each.start(), each.end(), rank, place(text.sentences, each.start())))
    return found


def _judged(text: Text, said: _Said, own: str, levels: Sequence[Figure]) -> Claim:
    near = [each for each in levels if abs(each.sentence - said.sentence) <= 4 or each.sentence < text.body]
    subject = _named_after(text, said, near) or _told_before(text, said, near) or _ours(said, own, near)
    if subject is None:
        return _claim(said, None, Verdict.OPEN, "견줄 다른 기관의 수가 글에 없습니다.")
    peers = [
        each
        for each in near
        if each is not subject and (each.owner or subject.owner) and each.owner != subject.owner
        and (each.owner or own) != (subject.owner or own)
        and same_thing(each, subject) and abs(each.sentence - subject.sentence) <= 3
    ]  # fmt: skip
    told = {each.sentence for each in peers if not each.owner and each.role is Role.LEVEL}
    peers = [each for each in peers if each.owner or each.role is Role.LEVEL or each.sentence not in told]
    peers = list({(each.owner, each.value): each for each in peers}.values())
    if not peers:
        return _claim(said, None, Verdict.OPEN, "견줄 다른 기관의 수가 글에 없습니다.")
    return _held(said, subject, peers)


def _held(said: _Said, subject: Figure, peers: Sequence[Figure]) -> Claim:
    """With more ahead than the rank allows it is wrong; with fewer the text does not name them all."""
    more = [each for each in peers if each.value > subject.value]
    rank = 1 + len(more)
    told = f"{grouped(subject.value)}{subject.unit}"
    listed = ", ".join(f"{each.owner or '글의 수'} {grouped(each.value)}" for each in (more or peers)[:3])
    sources = tuple((each.start, each.end) for each in (subject, *(more or peers)))
    if rank < said.rank:
        why = f"{told}보다 많은 곳이 글에 {len(more)}곳뿐이라 순위를 확인할 수 없습니다."
        return _claim(said, None, Verdict.OPEN, why)
    how = f"{len(more)}곳 있" if more else "없"
    because = f"글에 나온 수로는 {told}보다 많은 곳이 {how}습니다({listed})."
    verdict = Verdict.WRONG if rank > said.rank else Verdict.RIGHT
    return _claim(said, rank, verdict, because, sources)


def _claim(
    said: _Said, rank: int | None, verdict: Verdict, because: str, sources: tuple[tuple[int, int], ...] = ()
) -> Claim:
    computed = None if rank is None else Decimal(rank)
    return Claim(
        said.quote, said.start, said.end, "순위", Decimal(said.rank), computed, verdict, because, sources
    )


def _named_after(text: Text, said: _Said, levels: Sequence[Figure]) -> Figure | None:
    """``2위는 부산시(7만2,330명)``: whose rank it is stands after it."""
    if not _NAMES_WHO.match(text.text, said.end):
        return None
    following = [
        each for each in levels
        if each.owner and each.sentence == said.sentence and 0 <= each.start - said.end <= _NEAR
        and each.owner in text.text[said.end : each.start]
    ]  # fmt: skip
    return min(following, key=lambda each: each.start, default=None)


def _told_before(text: Text, said: _Said, levels: Sequence[Figure]) -> Figure | None:
    """``송파구가 15만 3,100명으로 2위``"""
    leading = [
        each
        for each in levels
        if each.owner and each.end <= said.start and _LEADS_TO.fullmatch(text.text[each.end : said.start])
    ]
    return leading[0] if leading else None


def _ours(said: _Said, own: str, levels: Sequence[Figure]) -> Figure | None:
    """The figure of the office that the text is about, which others' figures can be held against."""
    others = [each for each in levels if each.owner and each.owner != own]
    return min(
        (each for each in levels if each not in others and any(same_thing(each, peer) for peer in others)),
        key=lambda each: (
            each.sentence > said.sentence,
            each.owner != own,
            abs(each.sentence - said.sentence),
            each.start,
        ),
        default=None,
    )


def own_name(text: Text) -> str:
    """The office that the text names most often."""
    names = OFFICE.findall(text.text)
    return Counter(names).most_common(1)[0][0] if names else ""


def same_thing(one: Figure, other: Figure) -> bool:
    same_unit = one.unit == other.unit or not one.unit or not other.unit
    return same_unit and (one.topic == other.topic or not one.topic or not other.topic)
