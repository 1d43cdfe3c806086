"""What the title over a table says is counted: “2. 콘텐츠 게시 현황 (단위: 건)”, “2026년 SNS 구독자 현황”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from civictracker.domain.dates import find_dates
from civictracker.sheets.headers import is_note, is_unit
from civictracker.sheets.labels import is_label
from civictracker.sheets.vocabulary import (
    heading,
    known_metric_in,
    metric_in,
    names_entity,
    names_metric,
    names_platform,
)

_LABEL = re.compile(r"^[*※○◎■\s]*(통계표명|통계명|통계표|자료명|지표명|제목|title)\s*[:：]?$", re.IGNORECASE)
_CHOSEN = re.compile(r"^(카테고리|분류|범위|필터|지역|기기|성별|연령대?|category)\s*[:：]", re.IGNORECASE)
_NUMBER = re.compile(
    r"^\s*(?:[①-⑳]|[가-하]\s*[.)]|[IVXⅠ-Ⅻ]+\s*[.)]?\s|\d{1,2}\s*[.)](?!\d)|[-□■○◦▶▷❍ㅇ●◎]+)\s*"
)
_IN_BRACKETS = re.compile(
    r"\s*[(\[（<［]\s*(?:단위|기준|작성|출처|본청|총괄|전체|요약)[^)\]）>］]*[)\]）>］]\s*"
    r"|\s*[(\[（<［][^()\[\]（）<>［］]*(?:기준|현재|말)\s*[)\]）>］]\s*"
    r"|\s*\([^()]*=\s?100(?:\.0+)?\s*\)\s*"
    r"|\s*【[^】]*】\s*"
)
_FILLER = frozenset(
    """
    SNS 누리소통망 소셜미디어 소셜 미디어 공식 계정 현황 현황표 통계 통계표 추이 운영 관리 실적 성과 결과
    보고 자료 표 채널 채널별 매체 매체별 월별 주별 주간 주차별 일별 일일 분기별 반기별 연도별 년도별 연간 월간
    기관 기관별 시정 구정 군정 홍보매체 온라인 뉴미디어 디지털 우리시 우리구 우리군 총괄 전체 및 별 수 최근
    """.split()  # noqa: SIM905
)

_GROUPS = frozenset(  # a list of words is read as one text
    """
    콘텐츠 반응 활동 참여 소통 지표 누적 총 당월 금주 금월 현재 건수 명 건 회 합계
    """.split()  # noqa: SIM905
)


def lone_title(titles: Sequence[str]) -> str:
    """The one thing counted as the titles name it, as in exports whose value column is "Primary"."""
    for label, text in pairwise(titles):
        if _LABEL.match(label):
            return text
    told = [plain for text in titles if (plain := _plain(text))]
    undated = [
        plain
        for text in titles
        if (plain := _plain(text)) and not (find_dates(text) or names_platform(heading(text)))
    ]
    alone = undated[-1] if len(undated) == 1 else ""
    if alone and (names_metric(alone) or metric_in(alone)):
        return _shortest(alone)
    return metric_in(" ".join(told)) or alone


def counted_in(titles: Sequence[str]) -> str:
    """As :func:`lone_title`, where it certainly counts something: 유튜브 운영 성과 does not."""
    told = lone_title(titles)
    return told if told and (names_metric(told) or metric_in(told)) else ""


def named_metric(*names: str) -> str:
    """What the first of the names (of a sheet, of a file) says is counted; empty where none does."""
    told = [plain for name in names if (plain := plain_name(name))]
    counted = (known_metric_in(name) or (name if names_metric(name) else metric_in(name)) for name in told)
    return next(filter(None, counted), "")


_PLAIN_SHEET = re.compile(
    r"^(sheet|시트|표|데이터|data|자료|table|excel|worksheet|report|통계표)[\s_\-]*\d*$", re.IGNORECASE
)


def plain_name(name: str) -> str:
    """A sheet's or file's name without its dates, where it names something rather than nothing (Sheet1)."""
    bare = name
    for reading in find_dates(name):
        bare = bare.replace(reading.text, " ")
    bare = " ".join(bare.split()).strip(" _-·.")
    return bare if len(bare) >= 2 and not _PLAIN_SHEET.match(bare) and not bare.isdecimal() else ""


_SPACED = re.compile(r"(?:[가-힣] ){3,}[가-힣]")  # 구 독 자 추 이: set wide for looks


def _plain(title: str) -> str:
    """A title without its number, its unit and its mark; empty where it is no title of what is counted."""
    if is_unit(title) or title.startswith("(") or is_note(title) or is_label(title) or _CHOSEN.match(title):
        return ""
    plain = _NUMBER.sub("", _IN_BRACKETS.sub(" ", title)).strip()
    return plain.replace(" ", "") if _SPACED.fullmatch(plain) else plain


def _shortest(title: str) -> str:
    """The metric alone where the other words of the title name but the place and the kind of sheet."""
    words = (word.strip("()[]<>") for word in title.split())
    counted = [word for word in words if not (_says_nothing(word) or _is_korean_platform(word))]
    return counted[0] if len(counted) == 1 and names_metric(counted[0]) else title


def _is_korean_platform(word: str) -> bool:
    """누리집 and 블로그 in a title say whose; “Instagram follows” is the name of a metric."""
    return names_platform(word) and not word.isascii()


_SPAN = re.compile(r"\d{1,2}(년|개월|주|개년)간?")  # 최근 5년간


def _says_nothing(word: str) -> bool:
    is_by = len(word) > 1 and word.endswith("별")  # 부서별, 동별
    return (
        word in _FILLER or is_by or _is_place(word) or bool(find_dates(word)) or bool(_SPAN.fullmatch(word))
    )


def says_nothing_more(word: str) -> bool:
    """Does the word beside a metric's name leave it what it is: 현황, 주간, 관악구, 블로그, (명)?"""
    plain = word.strip("()[]<>,·:-_/")
    is_number = not plain or plain.isdecimal() or is_unit(word)
    return is_number or plain in _GROUPS or names_platform(plain) or _says_nothing(plain)


def _is_place(word: str) -> bool:
    return names_entity(word) and not names_platform(word)
