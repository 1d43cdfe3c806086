"""Lines over a table that tell of the sheet, not of its figures: 작성일 | 2026. 11. 21., 담당: 홍보팀."""

from __future__ import annotations

import re
from collections.abc import Sequence

from civictracker.domain.dates import parse_date
from civictracker.sheets.vocabulary import names_metric, names_platform

_MADE = "개설|설립|작성|출력|보고|제출|인쇄|다운로드|내려받은|추출|수정|생성|배포|결재|시행|접수"
# 작성일: 2026. 11. 21. tells when the sheet was written, not when its figures were counted.
_WRITTEN = re.compile(rf"^\W*({_MADE})\s*(일|일자|일시|날짜|시각)?\s*(?:[:：]|$|(?=\s*[(]?(?:19|20)\d\d))")
_LABEL = re.compile(
    rf"^\W*({_MADE}|기준|집계|조사|조회|담당|관리|운영|소관|문의|부서|기관|출처|자료|연락처|제목)\s*"
    r"(일|일자|일시|날짜|시각|시점|기간|자|부서|기관|과|팀|처|명|연월)?\s*[:：]?$"
    r"|^\W*(부서명?|기관명?|동명|읍면동명?|행정동|소속|전화|전화번호|성명|이름|기간|검색\s?기간|대상\s?기간|분석\s?기간|측정\s?기간|통계\s?기간)\s*[:：]?$"
)


def is_label(text: str) -> bool:
    """작성일, 담당, 기준일 …: the text tells what the cell beside it is."""
    return bool(_LABEL.match(text))


# 통계표명: 합계 출산율 of e-나라지표: with its colon a label, whatever stands beside it.
_TOLD = re.compile(
    r"^\W*(통계표\s?(명|id)?|지표명|단위|출처|자료|주석|각주|주기|기간|조회\s?기간|갱신일|업데이트|작성기관|제공기관)\s*[:：]$",
    re.IGNORECASE,
)


# What was chosen to be shown: 성별 | 여성 over the figures of a search.
_CHOSEN = re.compile(r"^(url|주제|범위|성별|연령대?|기기|검색어)$", re.IGNORECASE)


_SIGNS = re.compile(
    r"(결재?|재|담당자?|주무관|실무관|팀장|계장|과장|국장|실장|단장|소장|부시장|부구청장|부군수|시장|구청장|군수|동장|면장|읍장"
    r"|사무장|전결|대결|협조|검토|기안|확인|부서장|담당관|홍보담당관)(?:[:：].*)?"
)


def is_sign(text: str) -> bool:
    """결재, 담 당, 과장: a box for a signature beside or over the title."""
    return bool(_SIGNS.fullmatch("".join(text.split())))


def is_written(text: str) -> bool:
    """Is it the day on which the sheet was written or sent?"""
    return bool(_WRITTEN.match(text))


def labelled(texts: Sequence[str]) -> list[str]:
    """The texts, each label joined to the one that follows it."""
    found: list[str] = []
    label = ""
    for text in texts:
        if is_label(text):
            label = text
        else:
            found.append(f"{label} {text}" if label else text)
            label = ""
    return found


_BEGINS = re.compile(r"^\W*(?:시작\s?(?:일|일자|날짜)|start ?date)\s*[:：]?\s*(.+)$", re.IGNORECASE)
_ENDS = re.compile(r"^\W*(?:종료\s?(?:일|일자|날짜)|end ?date)\s*[:：]?\s*(.+)$", re.IGNORECASE)


def with_spans(texts: Sequence[str]) -> list[str]:
    """시작일: 20261101 and 종료일: 20261115 in texts of their own as the span that they are."""
    first = next((found[1] for text in texts if (found := _BEGINS.match(text)) and parse_date(found[1])), "")
    last = next((found[1] for text in texts if (found := _ENDS.match(text)) and parse_date(found[1])), "")
    if not first or not last:
        return list(texts)
    kept = [text for text in texts if not _ENDS.match(text)]
    return [f"{first} ~ {last}" if _BEGINS.match(text) else text for text in kept]


def is_label_line(texts: Sequence[str]) -> bool:
    """Label and value by turns: 작성부서 | 홍보담당관 | 작성일 | 2026-11-21. Columns' names are none."""
    if len(texts) > 2 and _OF_FIGURES.match(texts[0]) and _is_span(texts[1:]):
        return True  # 조회기간 | 2026.10.01 | ~ | 2026.10.31
    if texts and all(map(_dates_itself, texts)):
        return True  # 실적 : 11. 9. ~ 11. 15. | 계획 : 11. 16. ~ 11. 22.
    if len(texts) == 2 and _CHOSEN.match(texts[0]) and not names_metric(texts[1]):
        return True
    labels, values = texts[::2], texts[1::2]
    if 0 < len(labels) == len(values) and all(map(_TOLD.match, labels)):
        return True
    return (
        0 < len(labels) == len(values)
        and all(map(is_label, labels))
        and not any(_names_column(value) for value in values)
        and not any(
            _names_rows(label) and parse_date(value) for label, value in zip(labels, values, strict=True)
        )
    )


def _dates_itself(text: str) -> bool:
    label, mark, value = text.replace("：", ":").partition(":")
    return bool(label.strip()) and bool(mark) and parse_date(value.strip()) is not None


_MARKS = frozenset(["~", "-", "–", "부터", "까지"])


def _is_span(texts: Sequence[str]) -> bool:
    """Two days and what may stand between them."""
    days = [reading for text in texts if (reading := parse_date(text)) is not None and reading.day]
    marks = [text for text in texts if text.strip() in _MARKS]
    return len(days) == 2 and len(days) + len(marks) == len(texts)


_OF_FIGURES = re.compile(
    r"^\W*(기준|집계|조회|검색|대상|분석|측정|통계)?\s?(일|일자|월|연월|시점|기간)\s*[:：]?$"
)


def dates_figures(texts: Sequence[str]) -> bool:
    """기간 | 2026.10.1.~10.31.: is the line, a label and its value, the date of what stands below it?"""
    return len(texts) == 2 and bool(_OF_FIGURES.match(texts[0])) and parse_date(texts[1]) is not None


def _names_rows(label: str) -> bool:
    """동명 or 부서명 with a date beside it is the head of a column of names."""
    return bool(re.match(r"^\W*(동명|읍면동|행정동|소속|부서|기관|이름|성명)", label))


def _names_column(text: str) -> bool:
    return parse_date(text) is None and (names_metric(text) or names_platform(text) or is_label(text))
