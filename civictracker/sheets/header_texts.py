"""One row of a header, its texts put right by each other: codes, repeats, letters of formulas taken off."""

from __future__ import annotations

import re

from civictracker.domain.dates import parse_date
from civictracker.sheets.headers import is_total
from civictracker.sheets.names import without_codes
from civictracker.sheets.time_heads import is_weekday
from civictracker.sheets.vocabulary import is_class

_TECHNICAL = re.compile(r"^(?:[A-Za-z]{1,4}_?\d{1,4}|[A-Z]|\(?\d{1,3}\)?)$")
_FORMULA = re.compile(
    r"^[(\[]?\s*[A-Za-zㄱ-ㅎ](?:\s*[-+*/×÷−–]\s*[A-Za-zㄱ-ㅎ0-9]{1,3})*\s*[)\]]?$"
)  # (A), (C-B), B/A


def without_weekdays(row: list[str], rows: list[list[str]]) -> list[str]:
    """The row without the weekdays that stand beside the dates of another row."""
    places = [at for at, text in enumerate(row) if is_weekday(text)]
    others = [other for other in rows if other is not row]
    dated = all(any(parse_date(other[at]) for other in others) for at in places)
    if len({row[at] for at in places}) < 2 or not dated:
        return row
    return ["" if at in places else text for at, text in enumerate(row)]


def without_a_lone_total(row: list[str], rows: list[list[str]]) -> list[str]:
    """합계 over all figures alike, among other header rows, makes no column the sum of the others."""
    own = {text for at, text in enumerate(row) if text and any(other[at] != text for other in rows)}
    lone = next(iter(own)) if len(own) == 1 and len(rows) > 2 else ""
    count = row.count(lone) if lone and is_total(lone) else 0
    return ["" if text == lone else text for text in row] if count > 1 else row


_ITEM = re.compile(r"T\d{1,4} (?=[가-힣\d])")  # T10 15세이상인구 of KOSIS
_PERIOD_CODE = re.compile(r"^[YHQM](?:19|20)\d{2,4} (?=(?:19|20)\d\d)")  # H202401 2024.1/2
_UNIT_CODE = re.compile(r"\(\d\dSTD\d+ (?=[^()]+\))")  # (14STD06156 천명)


def uncoded(texts: list[str]) -> list[str]:
    """000 계 | 020 0 - 4세 | 050 5 - 9세 behind the names of other columns."""
    texts = [_PERIOD_CODE.sub("", _UNIT_CODE.sub("(", text)) for text in texts]
    items = [at for at, text in enumerate(texts) if _ITEM.match(text)]
    if len(items) > 1:
        texts = [_ITEM.sub("", text, count=1) for text in texts]
    coded = [at for at, text in enumerate(texts) if text[:1].isdigit()]
    plain = without_codes([texts[at] for at in coded])
    found = dict(zip(coded, plain, strict=True))
    return [found.get(at, text) for at, text in enumerate(texts)]


def carried_on(texts: list[str]) -> list[str]:
    """출산율:15-19세 | 20-24세 | 25-29세 of KOSIS: what is counted stands before the first class alone."""
    result, before = [], ""
    for text in texts:
        head, mark, part = text.rpartition(":")
        if mark and head.strip() and is_class(part):
            before = head.strip()
        elif not is_class(text):
            before = ""
        result.append(f"{before}:{text}" if before and not mark else text)
    return result


def is_technical(row: list[str]) -> bool:
    texts = [text for text in row if text]
    if not texts or len(set(texts)) < len(texts):
        return _is_formula(texts)
    return all(map(_TECHNICAL.match, texts)) or _is_formula(texts)


def _is_formula(texts: list[str]) -> bool:
    """(A), (B), (C-B), %: by which letters the columns are computed."""
    letters = [text for text in texts if text.strip() not in {"%", "(%)"}]
    return sum(map(bool, map(_FORMULA.match, letters))) == len(letters) > 1


_SUFFIX = re.compile(r"(.+)\.(\d{1,2})")


def without_suffixes(texts: list[str], *, is_last: bool) -> list[str]:
    """2024 | 2024.1 | 2024.2 over names of their own: one 2024 repeated, as programs number what is alike.

    Right over the figures they are a year and its months, or names of their own.
    """
    if is_last:
        return texts
    result, base, count = [], "", 0
    for text in texts:
        found = _SUFFIX.fullmatch(text)
        if found and found[1] == base and int(found[2]) == count + 1:
            count += 1
            result.append(base)
            continue
        base, count = (text, 0) if text != base else (base, count)
        result.append(text)
    return result


_LETTER = re.compile(r"[A-Za-z]")
_HANGUL = re.compile(r"[가-힣]")
_LEAST = 3


def is_translation(row: list[str], rows: list[list[str]]) -> bool:
    """Seoul, Jongno-gu, … below 서울, 종로: the same names once more."""
    told = [at for at, text in enumerate(row) if text]
    latin = [at for at in told if row[at].isascii() and len(_LETTER.findall(row[at])) * 2 > len(row[at])]
    others = [other for other in rows if other is not row]
    beside = [at for at in latin if any(_HANGUL.search(other[at]) for other in others)]
    return len(told) >= _LEAST and len(beside) * 10 >= len(told) * 8
