"""How a text says that something grew or fell by a percentage."""

from __future__ import annotations

import re

from civictracker.domain.claims.model import Figure, Text

_FORWARD = re.compile(
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:포인트)?\s*(?:이상|가량|정도|가까이|넘게)?\s*(?:이나|나|이|가|를|을|로)?\s*(?:이상\s*|더\s*|껑충\s*|크게\s*)?"
    r"(?P<verb>증가|늘|웃[도돌돈]|상회|상승|성장|급증|신장|확대|높아[져진졌]|올라|오른|올랐|뛰|불어|↑|감소|줄|하락|급감|떨어|축소|밑[도돌돈]|↓)"
)
_FALL = re.compile(r"감소|줄|하락|급감|떨어|축소|밑|↓")
_SIGNED = re.compile(r"(?P<sign>[▲△▼▽+\-−])\s*$")
_BACKWARD = re.compile(r"(?:증가율|증감률|성장률|신장률|상승률|감소율)[은는이가:]?\s*(?:약\s*)?\(?\s*$")
_AGAINST = re.compile(r"(?:전년|전월|전주|작년|지난해|동기|대비|보다|비해|비교)[^.。]{0,25}$")
_NEXT = re.compile(  # 친구는 20%, 이웃은 8,000명에서 1만 2,000명으로 50% 늘었다
    r"\s*(?:,|와|과|·)\s*(?:[^.,%]|,\d{3}){0,44}?\d[\d.]*\s?%"
)


def _said_after(text: Text, figure: Figure) -> str:
    """What follows the percentage, past others of which the same is said."""
    rest = text.text[figure.end : figure.end + 96]
    while (other := _NEXT.match(rest)) is not None:
        rest = rest[other.end() :]
    return rest


def is_growth(text: Text, figure: Figure) -> bool:
    """Does the percentage say how much something grew or shrank?"""
    before = text.text[max(0, figure.start - 40) : figure.start]
    rest = _said_after(text, figure)
    if _FORWARD.match(rest) or _BACKWARD.search(before) or _SIGNED.search(before):
        return True
    if re.match(r"\s*\)", rest):  # 10만6,465명(61.2%)이 늘었다
        return bool(
            _FORWARD.match(rest.lstrip()[1:])
            or re.match(r"\)\s*(?:이|가)?\s*(?:이상)?\s*[가-힣]*늘", rest.lstrip())
        )
    return bool(_AGAINST.search(before)) and bool(re.match(r"\s*(?:높|많|뛴|더)", rest))


def is_fall(text: Text, figure: Figure) -> bool:
    rest = _said_after(text, figure)[:24]
    found = _FORWARD.match(re.sub(r"^\s*\)", "", rest))
    sign = _SIGNED.search(text.text[max(0, figure.start - 2) : figure.start])
    return bool(found and _FALL.match(found["verb"])) or bool(sign and sign["sign"] in "-−▼▽")


def goes_either_way(text: Text, figure: Figure) -> bool:
    """△20%: a fall in official papers, a rise in newspapers."""
    sign = _SIGNED.search(text.text[max(0, figure.start - 2) : figure.start])
    return sign is not None and sign["sign"] in "▲△"
