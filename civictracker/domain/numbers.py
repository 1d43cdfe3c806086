"""Korean numbers, in and out: ``28만397명``, ``▲ 0.33``, ``13,423,800(41.08%)``.

Reading never guesses. What is not certainly a number comes back as :class:`Unreadable` with one
Korean sentence for the person at the desk, because a digit lost in silence is worse than a
question. Values are exact decimals; floats enter only through :func:`number_from_cell`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

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


class _Doubt(Exception):
    """Ends the reading of one text; its message is the sentence shown."""


# --- folding -----------------------------------------------------------------------------------
# NFKC would turn the footnote of "1,395①" into a digit and "㎡" into "m2", so only what people type
# by accident is folded: full-width ASCII, odd blanks, dashes, and look-alikes of the four marks.
_FOLD: dict[int, str | None] = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_FOLD |= dict.fromkeys(map(ord, "\u00a0\u202f\u205f\u3000"), " ")
_FOLD |= {code: " " for code in range(0x2000, 0x200B)}
_FOLD |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f"))
_FOLD |= dict.fromkeys(map(ord, "‐‑‒–—―−﹣↓⬇"), "-")
_FOLD |= dict.fromkeys(map(ord, "↑⬆"), "+")
_FOLD |= dict.fromkeys(map(ord, "∼〜"), "~") | dict.fromkeys(map(ord, "∕⁄"), "/")
_FOLD |= dict.fromkeys(map(ord, "∆Δ▵"), "△") | dict.fromkeys(map(ord, "▴🔺"), "▲")
_FOLD |= dict.fromkeys(map(ord, "∇▿"), "▽") | dict.fromkeys(map(ord, "▾🔻"), "▼")
_FOLD |= {ord("￦"): "₩", ord("﹪"): "%", ord("〔"): "(", ord("〕"): ")"}


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).translate(_FOLD)
    return " ".join(folded.split()).removeprefix("'").strip()


# --- words for "no number" ---------------------------------------------------------------------
_DASH = re.compile(r"[-ㅡ─━ー_ ]+")
_NONE_OR_ZERO = frozenset({"없음", "무"})
_NOT_AVAILABLE = frozenset(
    "na n/a n.a n.a. nan null none nil n/d nd #n/a #n/a! #na #div/0! … ⋯ ... .. . x × * ** ? "
    "해당없음 해당사항없음 비해당 미해당 해당무 미집계 미집계중 집계중 집계전 집계불가 집계안됨 "
    "자료없음 자료미비 데이터없음 통계없음 내역없음 미상 미확인 확인불가 확인중 확인필요 알수없음 "
    "미제공 제공안함 제공불가 미공개 비공개 미제출 미입력 입력전 미작성 미조사 조사중 조사안함 미정 "
    "미운영 미개설 개설전 운영안함 운영중단 측정불가 산출불가 산정불가 불명 무응답".split()
)


def _missing(folded: str) -> Missing | None:
    if not folded:
        return Missing.EMPTY
    bare = folded.replace(" ", "").casefold()
    if bare[0] in "([<" and bare[-1] in ")]>":
        bare = bare[1:-1] or "-"
    if _DASH.fullmatch(bare) or bare in _NONE_OR_ZERO:
        return Missing.DASH
    return Missing.NOT_AVAILABLE if bare in _NOT_AVAILABLE else None


# --- the grammar -------------------------------------------------------------------------------
_UNITS = (
    "명 인 건 개 원 회 번 배 점 호 편 권 곳 개소 대 팀 세대 가구 가구수 부 장 매 통 쪽 면 종 종류 위 차 차례 "
    "차시 시간 분 초 일 일간 일째 주 주간 주째 개월 개월간 년 년간 년째 채널 계정 게시물 글 댓글 콘텐츠 개사 "
    "개국 개교 개동 개반 톤 포기 그루 마리 필지 동 석 층 칸 자리 표 대분 인분 인년 건수 회차 만족도 달러 위안 엔 "
    "유로 t kg g mg km m cm mm ㎞ ㎏ ㎎ ㎝ ㎜ ㎡ ㎢ ㎥ m² km² m³ m2 m3 km2 ha a L ℓ kW MW kWh MWh GWh ㎾ ㎿ "
    "㎾h ㎿h ℃ °C GB MB KB TB ㎇ ㎆ s ‰ bp K k M"
).split()
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_POINTS = r"%\s*(?:[pP]{1,2}|포인트)|퍼센트\s*포인트|포인트|pp|p|P"
_FIGURE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_PLAIN = re.compile(_FIGURE)
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
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SCIENTIFIC = re.compile(r"([0-9]+)(?:\.([0-9]*))?([eE])([-+]?)([0-9]{1,3})")
_CLOCK = re.compile(r"([0-9]{1,5}):([0-5]?[0-9]):([0-5][0-9](?:\.[0-9]+)?)")
_SPOKEN_TIME = re.compile(r"(?:([0-9]+)시간 ?)?(?:([0-9]+)분)? ?(?:([0-9]+)초)?")
_BY_10_000 = re.compile(r"(?:([^조억만]+)조)?(?:([^조억만]+)억)?(?:([^조억만]+)만)?([^조억만]+)?")
_BY_10 = re.compile(r"(?:([^천백십]+)천)?(?:([^천백십]+)백)?(?:([^천백십]+)십)?([^천백십]+)?")
_SCREEN_SCALES = {"K": 3, "k": 3, "M": 6}  # "1.2K" as platforms show it on the screen
_MONEY = {"₩": "원", "\\": "원", "": ""}  # a Korean font draws the backslash as ₩


def parse_number(
    text: str, *, minus_marks: frozenset[str] = MINUS_MARKS
) -> Number | Missing | Unreadable:
    """Read one cell or figure.

    ``minus_marks`` says which of ▲△▼▽ mean a decrease; the others mean an increase. Brackets never
    mean minus: ``(16469)`` is a count. Exact unless the lower digits are left out: ``28만397`` and
    ``190억1809만`` are exact, ``6410만``, ``1.2만`` and ``6만여`` are approximate.
    """
    if text.isascii() and len(text) <= _LONGEST:
        if text.isdigit():
            return Number(Decimal(text))
        if _PLAIN.fullmatch(text):
            return Number(Decimal(text.replace(",", "")))
    folded = _folded(text)
    if (missing := _missing(folded)) is not None:
        return missing
    try:
        return _read(folded, minus_marks)
    except _Doubt as doubt:
        return Unreadable(text, str(doubt))


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


def _read(folded: str, minus_marks: frozenset[str]) -> Number:
    if len(folded) > _LONGEST or not any(c in "0123456789" for c in folded):
        raise _Doubt(_why_no_number(folded))
    if found := _BRACKETED.fullmatch(folded):
        folded = found[1].strip()
    companion = _COMPANION.fullmatch(folded)
    found = _SHAPE.fullmatch(companion[1] if companion else folded)
    if not found:
        raise _Doubt(_why_not(folded))
    number = _number(found, minus_marks)
    return _with_companion(number, companion, minus_marks) if companion else number


def _number(found: re.Match[str], minus_marks: frozenset[str]) -> Number:
    if found["unit"] in ("분", "초") and (spoken := _spoken_time(found)):
        return replace(spoken, value=_signed(spoken.value, found["sign"].strip(), minus_marks))
    value, approximate, unit = _body(found["body"].strip())
    unit = unit or found["unit"] or _MONEY.get(found["money"], found["money"])
    if unit == "년" and 1900 <= value <= 2100:
        raise _Doubt(_DATE)
    if unit in _SCREEN_SCALES:
        value = _spelled_out(value.scaleb(_SCREEN_SCALES[unit], _EXACT))
        approximate, unit = True, ""
    sign = (found["sign"] + found["mark"]).replace(" ", "")
    vague = any(found[name] for name in ("about", "odd", "around", "note"))
    return Number(
        _signed(value, sign, minus_marks),
        approximate=approximate or vague,
        percent=bool(found["percent"] or found["points"]),
        unit="%p" if found["points"] else unit,
        marked=sign if sign in MINUS_MARKS else "",
    )


def _with_companion(number: Number, found: re.Match[str], minus_marks: frozenset[str]) -> Number:
    if number.percent:
        raise _Doubt("한 칸에 비율이 두 개 있어 어느 것인지 알 수 없습니다.")
    value = _signed(_figure(found[3]), found[2], minus_marks)
    marked = number.marked or (found[2] if found[2] in MINUS_MARKS else "")
    return replace(number, companion=value, marked=marked)


def _signed(value: Decimal, sign: str, minus_marks: frozenset[str]) -> Decimal:
    if len(sign) > 1:
        raise _Doubt(f"부호가 둘 이상({sign})이라 늘었는지 줄었는지 알 수 없습니다.")
    negative = sign == "-" or (sign in MINUS_MARKS and sign in minus_marks)
    return value.copy_negate() if negative and value else value


def _spoken_time(found: re.Match[str]) -> Number | None:
    """``2분 31초`` in seconds; a single part such as ``30분`` stays a number with its unit."""
    time = _SPOKEN_TIME.fullmatch(found["body"].strip() + found["unit"])
    return _seconds(time) if time and sum(map(bool, time.groups())) > 1 else None


def _seconds(time: re.Match[str]) -> Number:
    hours, minutes, seconds = (Decimal(part or 0) for part in time.groups())
    return Number(hours * 3600 + minutes * 60 + seconds, unit="s")


def _body(body: str) -> tuple[Decimal, bool, str]:
    """The value, whether digits were left out, and the unit if the form implies one."""
    if ":" in body:
        if time := _CLOCK.fullmatch(body):
            return _seconds(time).value, False, "s"
        raise _Doubt("시:분인지 분:초인지 알 수 없습니다. 시:분:초로 적어 주세요.")
    if "e" in body or "E" in body:
        return *_scientific(body), ""
    if any(c in "조억만천백십" for c in body):
        return *_compound(body), ""
    return _figure(body), False, ""


def _figure(figure: str) -> Decimal:
    if not _PLAIN.fullmatch(figure):
        raise _Doubt(_why_not(figure))
    return Decimal(figure.replace(",", ""))


def _scientific(body: str) -> tuple[Decimal, bool]:
    """``1.30193399E8`` is exact; ``1.30E+08`` is what a spreadsheet shows of a longer number."""
    found = _SCIENTIFIC.fullmatch(body)
    if not found or int(found[5]) > _LARGEST_EXPONENT:
        raise _Doubt("지수 표기(E)를 읽을 수 없습니다. 칸의 표시 형식을 숫자로 바꾸어 주세요.")
    as_shown = found[3] == "E" and found[4] == "+" and len(found[5]) == 2
    return _spelled_out(Decimal(body)), as_shown and len(found[2] or "") < int(found[5])


def _compound(body: str) -> tuple[Decimal, bool]:
    """``1억 2,345만``, ``4만7천823``: every part must be smaller than the unit before it."""
    big = _BY_10_000.fullmatch(re.sub(r" ?([조억만천백십]) ?", r"\1", body))
    terms: list[tuple[str, int]] = []
    for chunk, power in zip(big.groups() if big else (), (12, 8, 4, 0), strict=False):
        small = _BY_10.fullmatch(chunk or "")
        if chunk and not small:
            raise _Doubt(_UNIT_ORDER)
        written = zip(small.groups() if small else (), (3, 2, 1, 0), strict=False)
        terms += [(figure, power + more) for figure, more in written if figure]
    if not terms:
        raise _Doubt(_UNIT_ORDER)
    total = sum((_part(terms, i) for i in range(len(terms))), Decimal(0))
    last_figure, last_power = terms[-1]
    steps = sum(bool(chunk) for chunk in big.groups()) if big else 0
    complete = last_power == 0 or (steps > 1 and last_power % 4 == 0)
    return total, "." in last_figure or not complete


def _part(terms: list[tuple[str, int]], i: int) -> Decimal:
    figure, power = terms[i]
    value = _figure(figure)
    if "." in figure and (i < len(terms) - 1 or power == 0):
        raise _Doubt(f"만·억으로 적은 수 안에 소수({figure})가 있습니다. 쉼표를 잘못 적었는지 보세요.")
    scaled = _spelled_out(value.scaleb(power, _EXACT))
    if i and scaled >= 10 ** terms[i - 1][1]:
        raise _Doubt(f"큰 단위 뒤의 '{figure}' 자릿수가 맞지 않습니다. 숫자가 빠졌을 수 있습니다.")
    return scaled


# --- why not -----------------------------------------------------------------------------------
_DATE = "숫자가 아니라 날짜나 기간으로 보입니다."
_UNIT_ORDER = "만·억·조의 순서가 맞지 않아 읽을 수 없습니다."
_REASONS = (
    (re.compile(r"([0-9,.]|^[-+]?)(?P<it>[A-Za-z|ㅇ○〇])[0-9,.]"), "숫자에 '{it}' 자가 섞여 있습니다. 0이나 1인지 확인하세요."),  # fmt: skip  # noqa: E501
    (re.compile(r"[0-9](?P<it>[OoIlQ|ㅇ○〇])"), "숫자에 '{it}' 자가 섞여 있습니다. 0이나 1인지 확인하세요."),
    (re.compile(r"(?<![0-9,.])[0-9]{4}(?P<sep>[-./]) ?[0-9]{1,2}((?P=sep) ?[0-9]{1,2}\.?)?(?![0-9,])"), _DATE),  # noqa: E501
    (re.compile(r"[0-9]{1,2}/[0-9]{1,2}|^[0-9]{2}(\. ?[0-9]{1,2}){2}\.?$|[0-9] ?(년|월|분기|주차|시$)"), _DATE),
    (re.compile(r"[0-9][^0-9]{0,4}[-~] ?[0-9]"), "하나의 수가 아니라 범위로 보입니다."),
    (re.compile(r"이상|이하|초과|미만|[0-9]\+$"), "딱 떨어지는 수가 아니라 한계(이상·미만)만 적혀 있습니다."),
    (re.compile(r"[0-9]\.[0-9]+\.[0-9]|[0-9]\.[0-9]+,"), "점이 여러 번 있어 소수점인지 자릿점인지 알 수 없습니다."),
    (re.compile(r"[0-9],|,[0-9]"), "쉼표가 세 자리마다 있지 않습니다. 숫자가 빠졌을 수 있습니다."),
    (re.compile(r"[0-9] [0-9]"), "숫자 사이가 띄어져 있어 한 수인지 두 수인지 알 수 없습니다."),
    (re.compile(r"[0-9].*[^0-9,.].*[0-9]"), "한 칸에 수가 두 개 있어 어느 것인지 알 수 없습니다."),
)


def _why_not(folded: str) -> str:
    for pattern, why in _REASONS:
        if found := pattern.search(folded):
            return why.format(**found.groupdict())
    rest = re.sub(r"[-+0-9,.% ]", "", folded)
    return f"숫자에 알 수 없는 글자('{rest[:20]}')가 붙어 있습니다." if rest else "숫자가 덜 적혀 있습니다."


def _why_no_number(folded: str) -> str:
    if len(folded) > _LONGEST:
        return "숫자로 보기에는 너무 깁니다."
    if folded.startswith("##"):
        return "칸이 좁아 ###로 저장되어 값을 알 수 없습니다. 엑셀에서 열을 넓혀 다시 저장하세요."
    if folded.startswith("#"):
        return f"엑셀 수식 오류({folded[:20]})가 든 칸입니다."
    return "숫자가 없습니다."


# --- writing and reckoning ---------------------------------------------------------------------


def _rounded(value: int | Decimal, decimals: int) -> Decimal:
    rounded = Decimal(value).quantize(Decimal((0, (1,), -decimals)), context=_EXACT)
    return rounded if rounded else rounded.copy_abs()


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
    return f"{sign}{abs(rounded):,f}"


def percent_of(part: int, whole: int, places: int = 1) -> Decimal | None:
    """``part`` of ``whole`` in percent, half up; may exceed 100. None unless ``whole`` > 0."""
    return _quotient(100 * part, whole, places)


def change_rate(new: int, old: int, places: int = 1) -> Decimal | None:
    """증감률 in percent, half up. None unless ``old`` > 0: a rate needs a real base."""
    return _quotient(100 * (new - old), old, places)


def times(new: int, old: int, places: int = 1) -> Decimal | None:
    """How many 배 of ``old`` ``new`` is, half up (6배 is not "6배 증가"). None unless ``old`` > 0."""
    return _quotient(new, old, places)


def _quotient(top: int, bottom: int, places: int) -> Decimal | None:
    """In integers, so that a tie is a tie: 0.05 rounds to 0.1 and -0.05 to -0.1."""
    if bottom <= 0:
        return None
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    digits = tuple(map(int, str(units)))
    return Decimal((int(top < 0 and units > 0), digits, -places))
