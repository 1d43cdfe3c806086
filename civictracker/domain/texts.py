"""Text as it is stored and compared: NFC, no stray blanks; folded for matching."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
# Marks that turn text around or hide in it; they have no place in a name.
_HIDDEN = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF]
_CONTROL = [code for code in range(0x20) if chr(code) not in "\t\n\r"]
_INVISIBLE = dict.fromkeys([*_HIDDEN, *_CONTROL])
# NFKC turns ㆍ, by which many write a middle dot, into the vowel U+119E.
_FOLDED_AWAY = re.compile(r"[\s_·\u119e・‧.\-–—/()\[\]{}<>「」『』“”\"'‘’:,]+")


_UPRIGHT = re.compile(r"(?:[가-힣]\r?\n)+[가-힣]")  # 유, 튜, 브 below each other: a heading written upright


def clean(text: str) -> str:
    """NFC, without direction marks and other invisible characters, blanks collapsed and trimmed."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    if "\n" in plain and _UPRIGHT.fullmatch(plain):
        plain = plain.replace("\n", "")
    return _BLANKS.sub(" ", plain).strip()


# 2025¹⁾, 관악구2): a footnote's number; m² is a unit and 3(2) has its own brackets.
_FOOTNOTE = re.compile(r"(?<=[^\sm㎞])\s?⁽?[⁰¹²³⁴-⁹]{1,2}[⁾)]?$|^([^(]*[가-힣A-Za-z%])\s?\d{1,2}\)$")


def without_footnote(text: str) -> str:
    """The text without the number of a footnote at its end."""
    return _FOOTNOTE.sub(lambda found: found[1] or "", text)


def clean_lines(text: str) -> str:
    """As :func:`clean`, keeping line breaks (특이사항 and other notes)."""
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")


def folded(text: str) -> str:
    """The form in which names are compared: NFKC, case and white space and punctuation ignored.

    ``친구 추가 수 (7일) `` and ``친구추가수(7일)`` are one. A text of punctuation only folds to itself.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _FOLDED_AWAY.sub("", plain) or _BLANKS.sub("", plain)


def ro(word: str) -> str:
    """``으로`` or ``로``, whichever the last syllable takes, read aloud: 12명으로, 36으로, 41.2%로."""
    last = word.rstrip(")")[-1:]
    if "가" <= last <= "힣":
        return "로" if (ord(last) - 0xAC00) % 28 in {0, 8} else "으로"
    if last.isdecimal():
        return "으로" if last in "036" else "로"
    return "로" if last == "%" else "(으)로"
