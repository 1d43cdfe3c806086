"""The grammar of Korean dates: from text to the parts that are written, nothing supplied.

One table of patterns serves cells (the whole text must match) and titles (a pattern marked loose
may stand inside other text). Group names are the parts: y m d (date), n (week of the month), k (ISO
week), v (the same written W46), q (quarter), h (half), w (weekday), a b (day and month in unknown
order); a name with a 2 stands for the same part in another place of the pattern.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from civictracker.domain._date_parts import Parts
from civictracker.domain.weeks import ENGLISH_MONTHS, WEEKDAYS

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {name: i for names in (WEEKDAYS, _DAYS) for i, name in enumerate(names)}
_ORDINALS = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6}


# --- folding -----------------------------------------------------------------------------------
_FOLD = str.maketrans("年月日週火水木金土−–—―∼〜⁄·’‘`´", "년월일주화수목금토----~~/·''" + "''")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_SPACED_YEAR = re.compile(r"(?<![0-9])(?<![0-9] )([12]) ([0-9]) ([0-9]) ([0-9])(?! ?[0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9A-Za-z가-힣])'([0-9]{2})(?![0-9])")
_FROM_TO = re.compile(r"부터 ?([^~]{1,30}?)까지")
_ENGLISH = "|".join(ENGLISH_MONTHS)
# Nov 9 - Nov 15, 2026 and Nov 9-15, 2026: the year stands behind both days.
_ENGLISH_SPAN = re.compile(
    rf"\b((?:{_ENGLISH})[a-z]*)\.? ([0-9]{{1,2}}) ?[-~] ?"
    rf"(?:((?:{_ENGLISH})[a-z]*)\.? )?([0-9]{{1,2}}),? ((?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_ONE_SUFFIX = re.compile(r"(?<![0-9.])([0-9]{1,2}) ?(~) ?([0-9]{1,2} ?(월|일|주차|주|분기))")


def folded(text: str) -> str:
    """NFKC, hanja dates in Hangul, single blanks, ``2 0 1 8`` joined, ``'26`` as 2026."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_FOLD)
    plain = _SPACED_YEAR.sub(r"\1\2\3\4", " ".join(plain.split()))
    plain = _SHORT_YEAR.sub(lambda found: str(_full_year(found[1])), plain)
    plain = _ENGLISH_SPAN.sub(
        lambda found: f"{found[1]} {found[2]}, {found[5]}~{found[3] or found[1]} {found[4]}, {found[5]}",
        plain,
    )
    return _ONE_SUFFIX.sub(r"\1\4\2\3", _FROM_TO.sub(r"~\1", plain))


def _full_year(year: str) -> int:
    """Two digits stand for 1990 to 2089."""
    number = int(year)
    return number if number > 99 else number + (1900 if number >= 90 else 2000)


# --- the table ---------------------------------------------------------------------------------
_Y4 = r"(?P<y>(?:19|20)[0-9]{2})"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
_MM, _DD = r"(?P<m>1[0-2]|0[1-9])", r"(?P<d>3[01]|[12][0-9]|0[1-9])"
_YYYYMMDD, _YYMMDD = _Y4 + _MM + _DD, "(?P<y>[0-9]{2})" + _MM + _DD
_YY = "(?P<y>1[6-9]|[23][0-9])"  # 26.11.9. in a title: 11. 12. 1. may be a list of months
_HOUR, _SIXTY = "(?:2[0-3]|[01][0-9])", "[0-5][0-9]"
_DAY_NAME = r"(?P<w>[월화수목금토일]|mon|tue|wed|thu|fri|sat|sun)"
_W = rf"(?: ?[(\[] ?{_DAY_NAME}(?:요일|[a-z]*)(?: ?[,·/][^)\]]*)?[)\]])"
_W_OR_NOT = rf"(?:{_W}| (?P<w2>[월화수목금토일])요일)?"
_MONTH_NAME = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NAMED_DAY = rf"(?:{_DAY_NAME}[a-z]*\.?,? )?"
_TH = "(?:st|nd|rd|th)?"
_YEAR_WORD = " ?(?:회계연도|회계년도|학년도|년도|연도|년)"
# The year before a Korean month: "2018년 ", "2016.", "26년 ", "26.", "2003 " (once a line break).
_YEAR = rf"(?:{_Y4}(?:{_YEAR_WORD}[.,]? ?| ?[.\-/_] ?| )|(?P<y2>[0-9]{{2}})(?: ?년 ?| ?\. ?))?"
_SOME_YEAR = rf"(?:{_Y4}(?:{_YEAR_WORD})?[ .\-_]*|(?P<y2>[0-9]{{2}}) ?년 ?)"
_K = "(?P<k>5[0-3]|[1-4][0-9]|0?[1-9])"
_NTH = (
    "(?:제 ?)?(?:(?P<n>[1-6]) ?(?:번?째 ?주|주차|주)"
    "|(?P<n2>첫|둘|두|셋|세|넷|네|다섯|여섯)(?: ?번?째)? ?주차?)"
)
_QUARTER = r"(?:제 ?)?(?P<q>[1-4])(?: ?/ ?4)? ?사?분기"
_COUNTED = "(?! ?(?:년|명|건|개|원|회|대|편|곳|점|권|부|세대|가구|만|억|천|위|호))"
_ALONE = r"(?!(?:[.,/] ?|-)(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9])"  # no piece of a phone number

# Patterns for a cell, with those that are safe inside other text marked: the first that fits a
# whole cell counts, in a title the longest. A month.day or a yymmdd alone may be any number.
_TABLE = (
    (rf"{_Y4} ?(?P<s>[.\-/_]) ?{_M} ?(?P=s) ?{_D}(?: ?일| ?\.)?{_W_OR_NOT}", True),
    (rf"{_Y4}\.{_MM}\.{_DD}\.{_HOUR}", False),  # 2021.09.05.00, the hour behind the day
    (rf"{_YYYYMMDD}(?:{_HOUR}(?:{_SIXTY}(?:{_SIXTY})?)?)?{_W_OR_NOT}{_COUNTED}", True),
    (rf"{_Y4}{_MM}{_COUNTED}", True),
    (rf"{_Y4} ?[.\-/_] ?{_M}(?: ?월|\.)?{_ALONE}", True),
    (rf"{_Y4}{_COUNTED}{_ALONE}", True),
    (rf"{_Y4}{_YEAR_WORD}\.?(?![대간만째차])", True),
    (rf"{_YEAR}{_M} ?월(?: ?{_D} ?일{_W_OR_NOT})?", True),
    (rf"{_YEAR}{_M} ?[월.][ _]?\(?{_NTH}\)?", True),
    (rf"{_SOME_YEAR}?{_QUARTER}", True),
    (rf"{_Y4}(?:{_YEAR_WORD})?[ .\-_]*(?P<q>[1-4]) ?/ ?4", True),
    (rf"{_SOME_YEAR}?(?:q(?P<q>[1-4])|(?P<q2>[1-4])q)(?![a-z])", True),
    (rf"(?:q(?P<q>[1-4])|(?P<q2>[1-4])q)[ .\-_]*{_Y4}", True),
    (rf"{_SOME_YEAR}?(?P<h>[상하전후])반기", True),
    (rf"{_Y4} ?[.년] ?(?P<h>[12]) ?/ ?2(?: ?반기)?", False),  # 2024.1/2 of KOSIS
    (rf"{_Y4}-?w{_K}", True),
    (
        rf"fy ?(?:{_Y4}|(?P<y2>[0-9]{{2}}))",
        True,
    ),  # an office's budget year is the calendar's (지방회계법 §6)
    (r"w(?P<v>5[0-3]|[1-4][0-9]|0[1-9])", False),  # W46: of the ISO year, never of a month
    (rf"{_SOME_YEAR}(?:제 ?)?{_K} ?(?:주차|주(?!간|년|째))", True),
    (rf"Y{_Y4} (?:19|20)[0-9]{{2}}", False),  # Y2015 2015, code and name of KOSIS
    (rf"(?:제 ?)?{_K} ?주차", True),
    (rf"(?:제 ?)?{_K} ?주", False),
    (rf"(?P<y>[0-9]{{2}})\. ?{_MM}\. ?{_DD}\.?{_W_OR_NOT}", True),
    (rf"{_YY}\. ?{_M}\. ?{_D}(?:\.?{_W}|\.(?! ?[0-9]))", True),
    (rf"(?<=\(){_YY}\.{_M}\.{_D}(?= ?[~)])", True),
    (rf"{_YY}\. ?{_M}\. ?{_D}\.?(?= ?~ ?[012]?[0-9]\. ?[0-3]?[0-9])", True),
    (rf"(?P<y>[0-9]{{2}}) ?(?P<s>[.\-/]) ?{_M} ?(?P=s) ?{_D} ?\.?{_W_OR_NOT}", False),
    (rf"(?P<y>[0-9]{{2}}){_YEAR_WORD}", False),
    (_YYMMDD, False),
    (rf"{_YYMMDD}{_HOUR}{_SIXTY}{_SIXTY}", True),
    (rf"{_M} ?[./] ?{_D} ?\.?{_W}", True),
    (rf"{_M}\. {_D}\.", True),
    (rf"{_M}\.{_D}\.(?= ?[~∼] ?[01]?[0-9]\.)", True),
    (rf"{_M}\.{_D}\.(?= ?(?:기준|현재))", True),
    (rf"(?<=\(){_M}\.{_D}\.(?=\))", True),
    (rf"(?<=\(){_M}\.{_D}(?= ?[~∼] ?[01]?[0-9]\.[0-3]?[0-9]\))", True),
    (rf"{_M} ?[./] ?{_D} ?\.?", False),
    (rf"{_MM}-{_DD}", False),
    (rf"{_D} ?일{_W_OR_NOT}", False),
    (rf"{_D} ?(?:\.?{_W}|\.)", False),
    (rf"{_DAY_NAME}(?:요일)? ?\( ?{_D} ?일?\.? ?\)", False),  # 화(10)
    (r"(?P<a>[0-9]{1,2})(?P<s>[.\-/]) ?(?P<b>[0-9]{1,2})(?P=s) ?" + _Y4, True),
    (rf"{_NAMED_DAY}{_MONTH_NAME} {_D}{_TH},? {_Y4}", True),
    (rf"{_NAMED_DAY}{_D}{_TH}[ \-]{_MONTH_NAME}[ ,\-]+{_Y4}", True),
    (rf"{_MONTH_NAME},? {_Y4}", True),
    (rf"{_MONTH_NAME}-(?P<y>[0-9]{{2}})", False),  # Feb-20, as Excel writes a month
    (rf"{_MONTH_NAME}(?<=\.)(?P<y>[0-9]{{2}})", False),  # Dec.23
    (rf"(?P<y>[0-9]{{2}})\.{_MONTH_NAME}", False),  # 23.Dec
    (rf"{_NAMED_DAY}{_D}{_TH}[ \-]{_MONTH_NAME}", False),
    (rf"{_NAMED_DAY}{_MONTH_NAME} {_D}{_TH}", False),
    (_MONTH_NAME, False),
)
_END = r"(?![0-9])(?!,[0-9])"
PATTERNS = tuple((re.compile(pattern + _END, re.IGNORECASE), loose) for pattern, loose in _TABLE)


def _parts(found: re.Match[str]) -> Parts | None:
    """The parts of a match, or None where no calendar has them."""
    named = {name.rstrip("2"): text for name, text in found.groupdict().items() if text}
    if "a" in named:
        return _in_either_order(int(named["a"]), int(named["b"]), int(named["y"]))
    number = {name: int(named[name]) for name in "dqkv" if named.get(name, "").isdigit()}
    parts = Parts(
        year=_full_year(named["y"]) if "y" in named else None,
        month=_month(named.get("m")),
        day=number.get("d"),
        nth=_nth(named),
        week=number.get("k") or number.get("v"),
        quarter=number.get("q"),
        half=(1 if named["h"] in "상전1" else 2) if "h" in named else None,
        weekday=_WEEKDAYS[named["w"].lower()] if "w" in named else None,
    )
    return parts if parts.possible else None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else ENGLISH_MONTHS.index(text[:3].lower()) + 1


def _nth(named: dict[str, str]) -> int | None:
    """``3주차`` without year or month may be a week of the month as well as of the year."""
    if "n" in named:
        return _ORDINALS.get(named["n"]) or int(named["n"])
    alone = "k" in named and "y" not in named
    return int(named["k"]) if alone and int(named["k"]) <= 6 else None


def _in_either_order(a: int, b: int, year: int) -> Parts | None:
    """``13-06-2025`` and ``06/13/2025`` tell their order, ``05-06-2025`` does not."""
    if a <= 12 < b or a == b:
        parts = Parts(year=year, month=a, day=b)
    elif b <= 12 < a:
        parts = Parts(year=year, month=b, day=a)
    else:
        parts = Parts(year=year, month=a, day=b, open_order=True)
    return parts if max(a, b) <= 31 and 0 < min(a, b) <= 12 and parts.possible else None


# --- a whole cell ------------------------------------------------------------------------------
_HINT = re.compile(rf"[0-9]|반기|^{_MONTH_NAME}$", re.IGNORECASE)
_TIME = re.compile(
    rf"(?:T| |(?<=\)))(?:(?:오전|오후|am|pm) ?)?"
    rf"(?:[0-2]?[0-9](?::{_SIXTY}){{1,2}}(?:\.[0-9]+)? ?(?:am|pm)?"
    r"(?: ?(?:Z|UTC|KST|GMT)|[+-][0-9]{2}:?[0-9]{2})?|[0-2]?[0-9]시(?: ?[0-9]+분)?)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?: ?(?:일자|현재|기준|까지의?|집계)| ?\(기준\)|(?<=[년월기]) ?(?:말|중)|(?<=월) ?(?:호|분)"
    r"|(?<=[0-9년월일기주 .]) ?(?P<p>\(?[pe]\)|\(?잠정치?\)?|(?<=[0-9년월기]) ?[pe])"
    r"|(?<=[0-9 ])r\)"
    r"|(?<=[0-9일.]) ?\((?:신정|설날?|추석|한가위|삼일절|3·1절|어린이날|석가탄신일|부처님 ?오신 ?날|현충일"
    r"|제헌절|광복절|개천절|한글날|성탄절|크리스마스|노동절|근로자의 ?날|(?:대체|임시|법정)? ?공?휴일|연휴"
    r"|명절|선거일|휴무일?)\))$",
    re.IGNORECASE,
)
_BOUND = re.compile(r" ?(이전|이후|이하|이상|까지|부터)$")
_BRACKETED = re.compile(r"[(\[<]([^()\[\]<>]+)[)\]>]")
_LABELLED = re.compile(r"(.+?) ?[(\[]([^()\[\]]+~.+)[)\]]")
_JOINT = re.compile(r" ?[-_] ?")
_BARE_DAY = re.compile(_D)


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says: one date or a range, and remarks (``p)``, ``이전``)."""

    first: Parts
    last: Parts | None = None
    provisional: bool = False
    bound: str = ""


def read_cell(plain: str) -> Words | None:
    """Read folded text that must be a date as a whole."""
    if not _HINT.search(plain):
        return None
    if parts := read_one(plain):
        return Words(parts)
    if found := _BRACKETED.fullmatch(plain):
        plain = found[1].strip()
    plain, provisional = _without_tail(plain)
    bound = _BOUND.search(plain)
    plain = _TIME.sub("", plain[: bound.start()] if bound else plain)
    words = _read_span(plain)
    if words is None:
        return None
    return replace(words, provisional=provisional, bound=bound[1] if bound else "")


def _without_tail(plain: str) -> tuple[str, bool]:
    provisional = False
    while found := _TAIL.search(plain):
        if found["p"] is None and plain.endswith("까지"):
            break  # "2013년까지" is a bound
        provisional |= found["p"] is not None
        plain = plain[: found.start()]
    return plain, provisional


def _read_span(plain: str) -> Words | None:
    if parts := read_one(plain):
        return Words(parts)
    if found := _LABELLED.fullmatch(plain):
        return _labelled(found[1], found[2])
    if "~" in plain:
        first, _, last = plain.partition("~")
        return _range(read_one(first.strip()), last.strip())
    for joint in _JOINT.finditer(plain):
        if words := _joined(plain[: joint.start()], plain[joint.end() :]):
            return words
    return None


def read_one(plain: str) -> Parts | None:
    """One date without remarks, by the first pattern that fits."""
    for pattern, _ in PATTERNS:
        if (found := pattern.fullmatch(plain)) and (parts := _parts(found)):
            return parts
    return None


def _range(first: Parts | None, last: str) -> Words | None:
    if first is None:
        return None
    end = read_one(last)
    if end is None and first.day and _BARE_DAY.fullmatch(last):
        end = Parts(day=int(last))
    return Words(first, _month_after(first, end).after(first)) if end else None


def _month_after(first: Parts, end: Parts) -> Parts:
    """'26.1.~10.: both are months."""
    is_month = first.month and not first.day and end.day and not end.month and end.day <= 12
    return Parts(month=end.day) if is_month else end


def _joined(first: str, last: str) -> Words | None:
    """A range with a hyphen or underscore: only between like and unmistakable dates."""
    one, other = read_one(first), read_one(last)
    if one is None or other is None:
        return None
    alike = one.year and other.year and bool(one.month) == bool(other.month)
    dotted = "." in first and "." in last
    named = (
        bool(one.month and one.day and other.day) and "일" in first and "일" in last
    )  # 11월 9일 - 11월 15일
    return Words(one, other.after(one)) if alike or dotted or named else None


def _labelled(label: str, span: str) -> Words | None:
    """``11월 3주(11. 16. ~ 11. 22.)``: the range is the fact, the label a custom."""
    named, words = read_one(label), _read_span(span)
    if named is None or words is None or words.last is None:
        return None
    first = words.first.after(named)
    if first.year and words.first.year is None and (first.month, named.month) == (12, 1):
        first = replace(first, year=first.year - 1)  # "2027년 1월 1주(12. 28. ~ 1. 3.)"
    if first.year is None and (first.month, named.month) == (12, 1):
        return Words(named)  # the same without a year: only the label can be completed safely
    return Words(first, words.last.after(first))


# --- inside other text -------------------------------------------------------------------------
_START = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][.,\-/:])(?=[0-9A-Za-z제])|(?=[상하전후]반기)")
_RANGE_MARK = re.compile(r" ?~ ?")
_RANGE_MONTH = re.compile(r"(1[0-2]|[1-9])\.(?![0-9])(?! ?[0-9])")
_RANGE_DAY = re.compile(_D + r"(?:일|\.)?(?![0-9.])")


def read_inside(plain: str) -> list[tuple[str, Words]]:
    """Dates inside folded text, each with its words, left to right."""
    hits, end = [], 0
    for start in _START.finditer(plain):
        if start.start() < end or (hit := _longest(plain, start.start(), loose=True)) is None:
            continue
        first, end = hit
        words, end = _continued(plain, first, start.start(), end)
        hits.append((plain[start.start() : end].strip(), words))
    return hits


def _longest(plain: str, start: int, *, loose: bool) -> tuple[Parts, int] | None:
    best: tuple[Parts, int] | None = None
    for pattern, safe in PATTERNS:
        found = pattern.match(plain, start) if safe or not loose else None
        if found and found.end() > (best[1] if best else start) and (parts := _parts(found)):
            best = parts, found.end()
    return best


def _continued(plain: str, first: Parts, start: int, end: int) -> tuple[Words, int]:
    """The range that begins with ``first``, if one does."""
    if mark := _RANGE_MARK.match(plain, end):
        if hit := _longest(plain, mark.end(), loose=False):
            return Words(first, _month_after(first, hit[0]).after(first)), hit[1]
        if not first.day and first.month and (day := _RANGE_MONTH.match(plain, mark.end())):
            return Words(first, Parts(month=int(day[1])).after(first)), day.end()
        if first.day and (day := _RANGE_DAY.match(plain, mark.end())):
            return Words(first, Parts(day=int(day["d"])).after(first)), day.end()
    mark = _JOINT.match(plain, end)
    hit = _longest(plain, mark.end(), loose=True) if mark else None
    if mark and hit and (words := _joined(plain[start:end], plain[mark.end() : hit[1]])):
        return words, hit[1]
    return Words(first), end
