"""A press text into sentences; hard line breaks inside one do not end it."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"(?:다|요|음|임|함|됨)[.!?][\"”’)]*|[!?…](?=\s)|(?<=[가-힣\"”’)])\.(?=\s|$)|\n\s*\n|\n")
_FINAL = re.compile(r"(?:[.!?…][\"”’)\]]*|\n)\s*$")
_BULLET = re.compile(r"\s*(?:[▲△▶●○◦□■ㅇㆍ·•\-*#※<\[【]|\d{1,2}[.)]\s)")
_WRAPPED, _WIDEST = 20, 100  # lines of about one length without an end were broken by their width


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences in order; together they cover the text."""
    spans, start = [], 0
    for found in _END.finditer(text):
        if found[0] == "\n" and _goes_on(text, start, found.start()):
            continue
        if text[start : found.end()].strip():
            spans.append((start, found.end()))
            start = found.end()
    if text[start:].strip() or not spans:
        spans.append((start, len(text)))
    return tuple(spans)


def _goes_on(text: str, start: int, at: int) -> bool:
    """Is the line break at ``at`` only where the line was full (or a number was broken in two)?"""
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    after = text[at + 1 :]
    if re.search(r"[0-9],?$", line) and re.match(r"\s*(?:[0-9]|만|천|명|%|배|일)", after):
        return True
    if start == 0 or _BULLET.match(after):
        return False
    widest = max((len(each) for each in text.splitlines()), default=0)
    return (
        len(line) >= _WRAPPED and len(line) > 0.8 * widest and widest <= _WIDEST
        and not re.search(r"[.!?…:]$", line)
    )  # fmt: skip


def first_of_body(text: str, spans: tuple[tuple[int, int], ...]) -> int:
    """The first whole sentence: what stands before it is headline, lead or byline."""
    for ending in (r"(?:다|요|음|임|함)[.!?][\"”’)]*\s*$", r"(?<!최)다\s*$"):
        for at, (start, end) in enumerate(spans):
            if re.search(ending, text[start:end]):
                return at
    return 0 if len(spans) < 2 else 1


def place(spans: tuple[tuple[int, int], ...], at: int) -> int:
    """Which sentence holds the character ``at``."""
    return max(0, bisect_right([start for start, _ in spans], at) - 1)
