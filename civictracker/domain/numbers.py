"""Korean numbers, in and out: ``28만397명``, ``▲ 0.33``, ``13,423,800(41.08%)``.

Reading never guesses. What is not certainly a number comes back as :class:`Unreadable` with one
Korean sentence for the person at the desk, because a digit lost in silence is worse than a
question. Values are exact decimals; floats enter only through :func:`number_from_cell`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from civictracker.domain._number_words import (
    DATE,
    NONE_OR_ZERO,
    NOT_AVAILABLE,
    UNITS,
    folded,
    why_no_digits,
    why_not,
)

MINUS_MARKS = frozenset("△▲▽▼")

_EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)  # the default 28 digits would round long values
_LONGEST = 300
_LARGEST_EXPONENT = 30
_TRUSTED_FLOAT = 1e15  # a spreadsheet keeps 15 digits: beyond, the last ones are already gone


class Missing(StrEnum):
    """A cell that holds no number, and how it says so.

    Whether DASH is "none" or zero is the office's custom, so the caller decides.
    """

    EMPTY = "empty"
    DASH = "dash"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    ``value`` of a percentage stays in percent (41.08, not 0.4108); ``%p`` is ``percent`` with unit
    ``%p``. ``companion`` is the percentage in brackets behind a count. ``marked`` is the ▲△▼▽ that
    was found (on the companion, if the value has none), so that a caller can ask what it means.
    """

    value: Decimal
    approximate: bool = False
    percent: bool = False
    unit: str = ""
    companion: Decimal | None = None
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Text that must not become a number unseen; ``why`` is one plain Korean sentence."""

    text: str
    why: str


class _DoubtError(Exception):
    """Ends the reading of one text; its message is the sentence shown."""


# --- the grammar -------------------------------------------------------------------------------
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_POINTS = r"%\s*(?:[pP]{1,2}|포인트)|퍼센트\s*포인트|pp"
_FIGURE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_PLAIN = re.compile(_FIGURE)
_SIGNED = re.compile(rf"-?(?:{_FIGURE})")
_SHAPE = re.compile(
    rf"""
    (?P<about>(?:약|대략|거의|근)\s*)? (?:총\s*)?
    (?P<sign>[-+△▲▽▼ ]*)
    (?P<money>[₩$€¥\\]?)\s*
    (?P<body>[0-9.](?:[0-9.,:조억만천백십 ]|[eE](?:[-+]?[0-9]))*)
    (?P<odd>여|남짓)?\s*
    (?:(?P<points>{_POINTS})|(?P<percent>%|퍼센트|프로)|(?P<unit>{_UNIT}))?\s*
    (?P<around>남짓|가량|정도|쯤|안팎|내외|여)?\s*
    (?P<mark>[△▲▽▼]?)
    (?P<note>\s*\(?[pe]\))?
    """,
    re.VERBOSE,
)
_COMPANION = re.compile(rf"(.*\S)\s*[(\[]\s*([-+△▲▽▼]?)\s*({_FIGURE})\s*%\s*[)\]]")
# 13,079 (93.1) beside its sign-less likes: a count of thousands, and a share with a point
_SHARE = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\s*[(\[]()((?:100|[0-9]{1,2})\.[0-9]{1,2})[)\]]")
# 47,500(전월비 +320), 8건(광고 2건 포함): a word beside the second figure says that it is another one's.
_REMARK = re.compile(r"(.*\S)\s*[(\[](?=[^()\[\]]*[가-힣]{2})(?=[^()\[\]]*[0-9])[^()\[\]]*[)\]]")
# 12,345(▲35): what follows with a sign is the change.
_CHANGE = re.compile(r"(.*\S)\s*[(\[]\s*(?:[-+△▲▽▼]\s*[0-9][0-9,.]*|0)\s*(?:명|건|회|개)?\s*[)\]]")
_FOOTNOTE = re.compile(r"(?<=[0-9가-힣%])(?:\s*[*†‡※]+|\s*⁽?[⁰¹²³⁴-⁹]{1,2}[⁾)]| ?주 ?[1-9]\)| [1-9]\))$")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SCIENTIFIC = re.compile(r"([0-9]+)(?:\.([0-9]*))?([eE])([-+]?)([0-9]{1,3})")
_CLOCK = re.compile(r"([0-9]{1,5}):([0-5]?[0-9]):([0-5][0-9](?:\.[0-9]+)?)")
_SPOKEN_TIME = re.compile(r"(?:([0-9]{1,6})시간 ?)?(?:([0-9]{1,6})분)? ?(?:([0-9]{1,6})초)?")
_BY_10_000 = re.compile(r"(?:([^조억만]+)조)?(?:([^조억만]+)억)?(?:([^조억만]+)만)?([^조억만]+)?")
_BY_10 = re.compile(r"(?:([^천백십]+)천)?(?:([^천백십]+)백)?(?:([^천백십]+)십)?([^천백십]+)?")
_DIGIT = re.compile(r"[0-9]")
_DASH = re.compile(r"[-ㅡ─━ー_]+")
_OPENING, _CLOSING = ("(", "[", "<"), (")", "]", ">")
_VAGUE = ("about", "odd", "around", "note")  # 약, 여, 가량, and p) or e): provisional, estimated
_DISORDER = "만·억·조의 순서가 맞지 않아 읽을 수 없습니다."
_SCREEN_SCALES = {"K": 3, "k": 3, "M": 6}  # "1.2K" as platforms show it on the screen
_MONEY = {"₩": "원", "\\": "원", "": ""}  # a Korean font draws the backslash as ₩


_NARROW = re.compile(r"(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")  # 17 642
_NO_CHANGE = re.compile(r"(?<=[0-9])\s?[명건회개]?\s?\(\s?[-–—―]\s?\)$")  # 3,204(-): it did not change


def parse_number(text: str, *, minus_marks: frozenset[str] = MINUS_MARKS) -> Number | Missing | Unreadable:
    """Read one cell or figure.

    ``minus_marks`` says which of ▲△▼▽ mean a decrease; the others mean an increase. Brackets never
    mean minus: ``(16469)`` is a count. Exact unless the lower digits are left out: ``28만397`` and
    ``190억1809만`` are exact, ``6410만``, ``1.2만`` and ``6만여`` are approximate.
    """
    if len(text) > _LONGEST:
        return Unreadable(text, "숫자로 보기에는 너무 깁니다.")
    text = _NARROW.sub("", text)
    if text.isascii():  # most cells: no need to fold, and no need for the whole grammar
        bare = text.strip(" ")
        if bare.isdigit():
            return Number(Decimal(bare))
        if _SIGNED.fullmatch(bare):
            value = Decimal(bare.replace(",", ""))
            return Number(value or Decimal(0))  # no -0
    plain = _NO_CHANGE.sub("", folded(text))
    if (missing := _missing(plain)) is not None:
        return missing
    try:
        return _read(plain, minus_marks)
    except _DoubtError as doubt:
        return Unreadable(text, str(doubt))


def _missing(plain: str) -> Missing | None:
    bare = plain.replace(" ", "").casefold()
    if bare[:1] in _OPENING and bare[-1:] in _CLOSING:
        bare = bare[1:-1]
    if not bare:
        return Missing.EMPTY
    if _DASH.fullmatch(bare) or bare in NONE_OR_ZERO:
        return Missing.DASH
    return Missing.NOT_AVAILABLE if bare in NOT_AVAILABLE else None


def number_from_cell(value: float | Decimal) -> Number | Missing | Unreadable:
    """Take a typed cell (int, float, Decimal or bool).

    A float is read at the 15 digits a spreadsheet shows; from 1e15 on its last digits are lost,
    hence approximate. True and False are no numbers; NaN and infinities are not available.
    """
    if isinstance(value, bool):
        return Unreadable(str(value).upper(), "숫자가 아니라 참/거짓 값이 든 칸입니다.")
    if isinstance(value, int):
        return Number(Decimal(value))
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        return Missing.NOT_AVAILABLE
    if isinstance(value, Decimal):
        if abs(value.adjusted()) > _LARGEST_EXPONENT:
            return Unreadable(str(value), "있을 수 없을 만큼 크거나 작은 수입니다.")
        return Number(_spelled_out(value))
    shown = _spelled_out(Decimal(f"{value:.15g}"))
    return Number(shown, approximate=abs(value) >= _TRUSTED_FLOAT)


def _spelled_out(value: Decimal) -> Decimal:
    """Without an exponent and without "-0", so that it also prints as people write it."""
    return Decimal(f"{value:f}") if value else Decimal(0)


def _read(plain: str, minus_marks: frozenset[str]) -> Number:
    if not _DIGIT.search(plain):
        raise _DoubtError(why_no_digits(plain))
    plain = _FOOTNOTE.sub("", plain)
    if found := _BRACKETED.fullmatch(plain) or _REMARK.fullmatch(plain) or _CHANGE.fullmatch(plain):
        plain = found[1].strip()
    if (time := _SPOKEN_TIME.fullmatch(plain)) and sum(map(bool, time.groups())) > 1:
        return Number(_seconds(time), unit="s")  # a single part such as "30분" keeps its unit
    companion = _COMPANION.fullmatch(plain) or _SHARE.fullmatch(plain)
    found = _SHAPE.fullmatch(companion[1] if companion else plain)
    if not found:
        raise _DoubtError(why_not(plain))
    number = _number(found, minus_marks)
    return _with_companion(number, companion, minus_marks) if companion else number


def _number(found: re.Match[str], minus_marks: frozenset[str]) -> Number:
    value, approximate, unit = _body(found["body"].strip())
    unit = unit or found["unit"] or _MONEY.get(found["money"], found["money"])
    if unit == "년" and 1900 <= value <= 2100:
        raise _DoubtError(DATE)
    if unit in _SCREEN_SCALES:
        value = _spelled_out(value.scaleb(_SCREEN_SCALES[unit], _EXACT))
        approximate, unit = True, ""
    sign = (found["sign"] + found["mark"]).replace(" ", "")
    return Number(
        _signed(value, sign, minus_marks),
        approximate=approximate or any(found[name] for name in _VAGUE),
        percent=bool(found["percent"] or found["points"]),
        unit="%p" if found["points"] else unit,
        marked=sign if sign in MINUS_MARKS else "",
    )


def _with_companion(number: Number, found: re.Match[str], minus_marks: frozenset[str]) -> Number:
    if number.percent:
        raise _DoubtError("한 칸에 비율이 두 개 있어 어느 것인지 알 수 없습니다.")
    value = _signed(_figure(found[3]), found[2], minus_marks)
    marked = number.marked or (found[2] if found[2] in MINUS_MARKS else "")
    return replace(number, companion=value, marked=marked)


def _signed(value: Decimal, sign: str, minus_marks: frozenset[str]) -> Decimal:
    if len(sign) > 1:
        raise _DoubtError(f"부호가 둘 이상({sign})이라 늘었는지 줄었는지 알 수 없습니다.")
    negative = sign == "-" or (sign in MINUS_MARKS and sign in minus_marks)
    return value.copy_negate() if negative and value else value


def _seconds(time: re.Match[str]) -> Decimal:
    hours, minutes, seconds = (Decimal(part or 0) for part in time.groups())
    return hours * 3600 + minutes * 60 + seconds


def _body(body: str) -> tuple[Decimal, bool, str]:
    """The value, whether digits were left out, and the unit if the form implies one."""
    if ":" in body:
        if time := _CLOCK.fullmatch(body):
            return _seconds(time), False, "s"
        raise _DoubtError("시:분인지 분:초인지 알 수 없습니다. 시:분:초로 적어 주세요.")
    if "e" in body or "E" in body:
        return *_scientific(body), ""
    if any(c in "조억만천백십" for c in body):
        return *_compound(body), ""
    return _figure(body), False, ""


def _figure(figure: str) -> Decimal:
    if not _PLAIN.fullmatch(figure):
        raise _DoubtError(why_not(figure))
    return Decimal(figure.replace(",", ""))


def _scientific(body: str) -> tuple[Decimal, bool]:
    """``1.30193399E8`` is exact; ``1.30E+08`` is what a spreadsheet shows of a longer number."""
    found = _SCIENTIFIC.fullmatch(body)
    if not found or int(found[5]) > _LARGEST_EXPONENT:
        raise _DoubtError("지수 표기(E)를 읽을 수 없습니다. 칸의 표시 형식을 숫자로 바꾸어 주세요.")
    as_shown = found[3] == "E" and found[4] == "+" and len(found[5]) == 2
    return _spelled_out(Decimal(body)), as_shown and len(found[2] or "") < int(found[5])


def _compound(body: str) -> tuple[Decimal, bool]:
    """``1억 2,345만``, ``4만7천823``: the value, and whether its lower digits were left out."""
    terms = _terms(re.sub(r" ?([조억만천백십]) ?", r"\1", body))
    total = Decimal(0)
    for i in range(len(terms)):
        total = _EXACT.add(total, _part(terms, i))
    figure, power = terms[-1]
    steps = len({power // 4 for _, power in terms})
    complete = power == 0 or (steps > 1 and power % 4 == 0)
    return total, "." in figure or not complete


def _terms(body: str) -> list[tuple[str, int]]:
    """Figures with powers of ten, largest first: ``4만7천823`` is (4, 4), (7, 3), (823, 0)."""
    terms: list[tuple[str, int]] = []
    if by_10_000 := _BY_10_000.fullmatch(body):
        for chunk, power in zip(by_10_000.groups(""), (12, 8, 4, 0), strict=True):
            if not (by_10 := _BY_10.fullmatch(chunk)):
                raise _DoubtError(_DISORDER)
            written = zip(by_10.groups(), (3, 2, 1, 0), strict=True)
            terms += [(figure, power + more) for figure, more in written if figure]
    if not terms:
        raise _DoubtError(_DISORDER)
    return terms


def _part(terms: list[tuple[str, int]], i: int) -> Decimal:
    figure, power = terms[i]
    value = _figure(figure)
    if "." in figure and (i < len(terms) - 1 or power == 0):
        raise _DoubtError(f"만·억으로 적은 수에 소수({figure})가 있습니다. 쉼표인지 보아 주세요.")
    scaled = _spelled_out(value.scaleb(power, _EXACT))
    if i and scaled >= 10 ** terms[i - 1][1]:
        raise _DoubtError(f"'{figure}' 앞의 큰 단위와 자릿수가 맞지 않습니다. 다시 보아 주세요.")
    return scaled


# --- writing and reckoning ---------------------------------------------------------------------
def _rounded(value: int | Decimal, decimals: int) -> Decimal:
    rounded = Decimal(value).quantize(Decimal((0, (1,), -decimals)), context=_EXACT)
    return rounded or rounded.copy_abs()


def grouped(value: int | Decimal, decimals: int = 0) -> str:
    """``47,823``, rounded half up to ``decimals`` places."""
    return f"{_rounded(value, decimals):,f}"


def prose(value: int) -> str:
    """The running-text form of official Korean: ``4만 7,823``, ``1억 2,345만``."""
    parts, rest = [], abs(value)
    for size, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{name}")
    return ("−" if value < 0 else "") + (" ".join(parts) or "0")


def signed(value: int | Decimal, *, minus: str = "−", plus: str = "", decimals: int = 0) -> str:
    """A change: ``−12`` in data, ``△12`` in official papers. What rounds to 0 bears no sign."""
    rounded = _rounded(value, decimals)
    sign = minus if rounded < 0 else plus if rounded > 0 else ""
    return f"{sign}{rounded.copy_abs():,f}"


def percent_of(part: int, whole: int, places: int = 1) -> Decimal | None:
    """``part`` of ``whole`` in percent, half up; may exceed 100. None for a whole of 0."""
    return _quotient(100 * part, whole, places)


def change_rate(new: int, old: int, places: int = 1) -> Decimal | None:
    """증감률 in percent, half up; negative means fewer, even from a negative base. None for 0."""
    return _quotient(100 * (new - old), abs(old), places)


def times(new: int, old: int, places: int = 1) -> Decimal | None:
    """``new`` as 배 of ``old``, half up (6배 is not "6배 증가"). None for a base of 0."""
    return _quotient(new, old, places)


def _quotient(top: int, bottom: int, places: int) -> Decimal | None:
    """In integers, so that a tie is a tie: 0.05 rounds to 0.1 and -0.05 to -0.1."""
    if bottom == 0:
        return None
    units = (2 * abs(top) * 10**places + abs(bottom)) // (2 * abs(bottom))
    negative = units > 0 and (top < 0) is not (bottom < 0)
    return Decimal((int(negative), tuple(map(int, str(units))), -places))
