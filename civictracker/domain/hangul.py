"""Finding Korean words by part of the word or by initial consonants (초성)."""

from __future__ import annotations

import unicodedata

from civictracker.domain.texts import folded

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _COUNT, _PER_INITIAL = 0xAC00, 11_172, 588


def initials(text: str) -> str:
    """``주간 입력`` → ``ㅈㄱㅇㄹ``; other characters stay as they are."""
    return "".join(_initial(char) for char in folded(text))


def _initial(char: str) -> str:
    at = ord(char) - _FIRST
    return _INITIALS[at // _PER_INITIAL] if 0 <= at < _COUNT else char


def matches(name: str, wanted: str) -> bool:
    """Does ``wanted`` stand in ``name``: as text, as 초성, or with its last syllable half typed?"""
    plain = unicodedata.normalize("NFC", wanted).casefold()
    key = "".join(char for char in plain if not char.isspace())
    if not key:
        return True
    text = folded(name)
    if folded(key) in text:
        return True
    if all(char in _INITIALS for char in key):
        return key in initials(name)
    return _half_typed(text, key)


def _half_typed(text: str, key: str) -> bool:
    """``카ㅋ`` and ``카카`` find 카카오 while its syllables are being composed."""
    head, last = key[:-1], key[-1]
    start = text.find(head) if head else 0
    while start >= 0:
        following = text[start + len(head) : start + len(head) + 1]
        if following and _grows_into(last, following):
            return True
        start = text.find(head, start + 1) if head else -1
    return False


def _grows_into(part: str, whole: str) -> bool:
    if part in _INITIALS:
        return _initial(whole) == part
    return unicodedata.normalize("NFD", whole).startswith(unicodedata.normalize("NFD", part))
