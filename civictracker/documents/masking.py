"""Personal data has no place on paper: what looks like it is masked, whoever typed it."""

from __future__ import annotations

import re

_MASKS = (
    # 주민등록번호 and 외국인등록번호: the birthday stays readable, the number does not.
    (re.compile(r"(?<!\d)(\d{6})\s?-\s?[1-8]\d{6}(?!\d)"), r"\1-*******"),
    (re.compile(r"(?<!\d)(01[016-9])[-. ]?\d{3,4}[-. ]?(\d{4})(?!\d)"), r"\1-****-\2"),
    (re.compile(r"(?<![\w.+-])([\w.+-])[\w.+-]*@((?:[\w-]+\.)+[A-Za-z]{2,})"), r"\1***@\2"),
)


def masked(text: str) -> str:
    """``text`` with resident numbers, mobile numbers and e-mail addresses made unreadable."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
