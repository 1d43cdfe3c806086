"""The vocabulary of :mod:`numbers`: folding, words for "no number", units, reasons for a refusal.

The words were collected from public Korean workbooks, KOSIS tables and platform exports.
"""

from __future__ import annotations

import re
import unicodedata

# NFKC would turn the footnote of "1,395①" into a digit and "㎡" into "m2", so only what people type
# by accident is folded: full-width ASCII, odd blanks, dashes, and look-alikes of the four marks.
_FOLDS = {
    "‐‑‒–—―−﹣↓⬇": "-",
    "↑⬆": "+",
    "∼〜": "~",
    "∕⁄": "/",
    "∆Δ▵": "△",
    "▴🔺": "▲",
    "∇▿": "▽",
    "▾🔻": "▼",
    "￦": "₩",
    "﹪": "%",
    "〔": "(",
    "〕": ")",
    "\u00a0\u202f\u205f\u3000": " ",
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f": "",
}
_FOLD = {0xFF01 + i: chr(0x21 + i) for i in range(94)}  # full-width ！ to ～
_FOLD |= {ord(char): plain for chars, plain in _FOLDS.items() for char in chars}


def folded(text: str) -> str:
    """One spelling for what looks the same, single blanks, no text-marking apostrophe."""
    plain = unicodedata.normalize("NFC", text).translate(_FOLD)
    return " ".join(plain.split()).removeprefix("'").strip()


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


NONE_OR_ZERO = _words("없음 무")
NOT_AVAILABLE = _words("""
    na n/a n.a n.a. nan null none nil nd n/d #n/a #na #div/0! … ⋯ ... .. . x × * ** ?
    해당없음 해당사항없음 비해당 미해당 미집계 미집계중 집계중 집계전 집계불가 집계안됨
    자료없음 자료미비 데이터없음 통계없음 내역없음 미상 불명 미확인 확인불가 확인중 확인필요
    알수없음 미제공 제공안함 제공불가 미공개 비공개 미제출 미입력 입력전 미작성 무응답 미정
    휴무 휴관 휴장 휴업 휴일 휴원 폐장 미개장
    미조사 조사중 조사안함 미운영 운영안함 운영중단 미개설 개설전 측정불가 산출불가 산정불가
""")
# A closed list: an unknown word behind a figure may be a name ("3동", "101번지"), so it is asked.
UNITS = _words("""
    명 인 건 개 원 회 번 배 점 호 편 권 곳 개소 대 팀 세대 가구 부 장 매 통 쪽 면 종 종류 위 차 차례
    차시 회차 시간 분 초 일 일간 일째 주 주간 주째 개월 개월간 년 년간 년째 채널 계정 게시물 글 댓글
    콘텐츠 개사 개국 개교 개동 개반 개팀 표 톤 마리 그루 필지 포인트 인분 달러 위안 엔 유로
    t kg km m cm mm ㎞ ㎏ ㎝ ㎜ ㎡ ㎢ ㎥ m² km² m³ m2 m3 km2 ha L ℓ
    kW MW kWh MWh GWh ㎾ ㎿ ㎾h ㎿h ℃ °C KB MB GB TB ㎆ ㎇ s ‰ bp K k M
""")

DATE = "숫자가 아니라 날짜나 기간으로 보입니다."
_LETTER = "숫자에 '{it}' 자가 섞여 있습니다. 0이나 1인지 확인하세요."
_D = "[0-9]"
_REASONS = (
    (rf"({_D}[,.]?|^[-+]?)(?P<it>[A-Za-z|ㅇ○〇])[,.]?{_D}", _LETTER),
    (rf"{_D}(?P<it>[OoIlQ|ㅇ○〇])", _LETTER),
    (r"(?P<it>[①-⑳⁰¹²³⁴-⁹])", "숫자에 각주 표시 '{it}'이 붙어 있습니다. 떼고 적어 주세요."),
    (rf"(?<![0-9,.]){_D}{{4}}(?P<s>[-./]) ?{_D}{{1,2}}((?P=s) ?{_D}{{1,2}}\.?)?(?![0-9,])", DATE),
    (rf"^{_D}{{2}}(\. ?{_D}{{1,2}}){{2}}\.?(\(|$)|^{_D}{{1,2}}\. ?{_D}{{1,2}}\.", DATE),
    (rf"{_D}/{_D}|{_D} ?(년|월|분기|주차|시$)|{_D}-{_D}{{1,2}}-{_D}", DATE),
    (rf"{_D}[^0-9]{{0,4}}[-~] ?{_D}", "하나의 수가 아니라 범위로 보입니다."),
    (rf"이상|이하|초과|미만|{_D}\+$", "딱 떨어지는 수가 아니라 한계(이상·미만)만 적혀 있습니다."),
    (rf"{_D}\.{_D}+[.,]", "점이 여러 번 있어 소수점인지 자릿점인지 알 수 없습니다."),
    (rf"{_D},|,{_D}", "쉼표가 세 자리마다 있지 않습니다. 숫자가 빠졌을 수 있습니다."),
    (rf"{_D} {_D}", "숫자 사이가 띄어져 있어 한 수인지 두 수인지 알 수 없습니다."),
    (rf"{_D}.*[^0-9,.].*{_D}", "한 칸에 수가 두 개 있어 어느 것인지 알 수 없습니다."),
)
_WHY = tuple((re.compile(pattern), why) for pattern, why in _REASONS)


def why_not(text: str) -> str:
    """The sentence for folded ``text`` that has digits and is not one number."""
    for pattern, why in _WHY:
        if found := pattern.search(text):
            return why.format(**found.groupdict())
    rest = re.sub(r"[-+0-9,.% ]", "", text)
    if rest:
        return f"숫자에 알 수 없는 글자('{rest[:20]}')가 붙어 있습니다."
    return "숫자가 덜 적혀 있습니다."


def why_no_digits(text: str) -> str:
    """The sentence for folded ``text`` without a single digit."""
    if text.startswith("##"):
        return "칸이 좁아 ###로 저장되어 값을 알 수 없습니다. 엑셀에서 열을 넓혀 다시 저장하세요."
    if text.startswith("#"):
        return f"엑셀 수식 오류({text[:20]})가 든 칸입니다."
    return "숫자가 없습니다."
