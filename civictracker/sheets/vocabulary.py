"""Words by which a text names a metric or a channel, a place or an office. Nothing else is guessed from.

The catalogues (``db/metrics.toml``, ``db/platforms.toml``) give the names that the program knows;
the endings are those of Korean statistics and of administrative places (지방자치법 §2·§3).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache

from civictracker import paths
from civictracker.domain.texts import folded
from civictracker.sheets.names import bare_name

_PAREN = re.compile(r"[(（\[].*?[)）\]]")
_METRIC_END = re.compile(
    r"(수|율|률|액|량|인구|인원|비율|점수|지수|횟수|시간|면적|실적|조회|클릭|공유|댓글|좋아요|저장|노출|도달|발송|열람|차단"
    r"|추가|증감|증가|감소|방문|가입|탈퇴|발행|제작|업로드|게시|방문자|접속자|참여자|이용자|가입자|구독자|팔로워|이웃|세대|예산|비용|금액|건|점|고령자|남자|여자|등급"
    r"|views?|likes?|followers?|subscribers?|reach|impressions?|clicks?|comments?|shares?|posts?|count|rate"
    r"|visits?|saves?|follows?|interactions?|mentions|tweets|duration|hours)$"
)
_METRIC_START = re.compile(r"^(누적|신규|순|총(?!괄)|평균|일평균|월평균)")
_NO_PLACE = frozenset(  # a list of words is read as one text
    """
    인구 연구 가구 도구 기구 요구 욕구 친구 야구 축구 농구 배구 지구 입구 출구 창구 활동 이동 아동 노동
    행동 운동 변동 작동 자동 수동 공동 동 구 시 군 도 읍 면 리 역시 게시 표시 즉시 일시 임시 상시 수시
    정시 도시 다시 제시 지시 정도 속도 연도 년도 제도 온도 태도 지도 보도 월도 빈도 밀도 만족도 인지도
    증가 추가 평가 참가 휴가 물가 작가 국가 원가 단가 허가 인가 불가 실시 동시 공시 재시
    참여도 이해도 선호도 호감도 신뢰도 측면 화면 전면 장면 처리 관리 정리 분리 거리 소리 국군 장군
    """.split()  # noqa: SIM905
)
_PLACE = re.compile(
    r"^[가-힣0-9·]{1,12}(특별시|광역시|특별자치시|특별자치도|시|군|구|읍|면|동|리|가|주민센터|행정복지센터|구청|시청|군청|도청|청|국)$"
)
_PROVINCES = frozenset(  # a list of words is read as one text
    """
    서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 전국
    """.split()  # noqa: SIM905
)


_ALL_OF = re.compile(r"^(총|전체|합계|누적|누계)\s*(?=\S\S)")


@lru_cache(maxsize=4096)
def is_total_of(text: str) -> bool:
    """``총 구독자 수``, ``전체 조회수``: among names of channels, the sum of them all."""
    bare = _PAREN.sub("", text).strip()
    found = _ALL_OF.match(bare)
    return found is not None and names_metric(bare[found.end() :])


_WHEN = re.compile(r"\s*[(\[][’']?(?:19|20)?\d{2}\s*[년.][^()\[\]]*[)\]]$")


@cache
def _metric_names() -> frozenset[str]:
    with (paths.schema() / "metrics.toml").open("rb") as stream:
        rows = tomllib.load(stream)["metric"]
    return frozenset(folded(name) for row in rows for name in (row["name"], *row.get("aliases", ())))


@cache
def _platform_codes() -> dict[str, str]:
    with (paths.schema() / "platforms.toml").open("rb") as stream:
        rows = tomllib.load(stream)["platform"]
    return {folded(name): row["code"] for row in rows for name in (row["name"], *row.get("aliases", ()))}


def is_known_metric(text: str) -> bool:
    """Is the whole text a metric of the catalogue (“Facebook reach”)?"""
    return folded(text) in _metric_names()


@lru_cache(maxsize=4096)
def names_metric(text: str) -> bool:
    """Does the text name something counted: 조회수, 실업률(%), Video views?"""
    key, bare = folded(text), folded(_PAREN.sub("", text))
    if not bare or names_platform(text):
        return False
    if key in _metric_names() or bare in _metric_names():
        return True
    return bool(_METRIC_END.search(bare)) or bool(_METRIC_START.match(bare))


@lru_cache(maxsize=4096)
def names_platform(text: str) -> bool:
    """Is the text the name of a platform: 카카오톡, 네이버 블로그, YouTube?"""
    bare = bare_name(text)
    return folded(bare) in _platform_codes() or folded(_PAREN.sub("", bare)) in _platform_codes()


@lru_cache(maxsize=4096)
def names_entity(text: str) -> bool:
    """Does the text name a channel or a place: 블로그, 관악구, 조치원읍, 서울?"""
    bare = _PAREN.sub("", bare_name(text)).strip(" :")
    if names_platform(text) or bare in _PROVINCES:
        return True
    first, *rest = bare.split(" ")
    if first in _PROVINCES and len(rest) == 1 and _TOWN.fullmatch(rest[0]):
        return rest[0] in _SAID_ALIKE or not names_metric(rest[0])  # 경기 고양
    last = bare.rsplit(" ", 1)[-1]
    if _PROVINCE.fullmatch(last):
        return True
    return bool(_PLACE.match(last)) and last not in _NO_PLACE and not _is_counted(last)


_PROVINCE = re.compile(  # 강도, 절도, 만족도 end as provinces do
    r"(?:경기|강원|충청(?:북|남)?|전라(?:북|남)?|경상(?:북|남)?|제주|황해|평안(?:북|남)?|함경(?:북|남)?|양강|자강)도"
    r"|(?:울릉|강화|거제|영종|백령|흑산|우|독|안면|남해|돌산|보길|청산|소록)도"
)
_SAID_ALIKE = frozenset({"여수", "장수", "영광"})  # towns that end as what is counted does
_TOWN = re.compile(r"(?!합계|소계|총계|전체|기타)[가-힣]{2,3}")
_UNIT = re.compile(r"^[가-힣0-9·]{1,10}(읍|면|동)(?:\s?(?:주민센터|행정복지센터))?$")


def names_unit(text: str) -> bool:
    """Does the text name a 읍면동?"""
    bare = bare_name(text)
    return bool(_UNIT.match(bare)) and bare not in _NO_PLACE and not _is_counted(bare)


@lru_cache(maxsize=4096)
def channel_and_metric(text: str) -> tuple[str, str] | None:
    """``카카오톡 친구수``, ``유튜브구독자``: the channel and what is counted of it, else None."""
    plain = bare_name(text)
    if len(plain) > 40 or folded(plain) in _metric_names():
        return None
    cuts = ((plain[:at].strip(" _-(["), plain[at:].strip(" _-·:()[]")) for at in range(len(plain) - 1, 1, -1))
    return next(((name, rest) for name, rest in cuts if names_platform(name) and _counts(rest)), None)


def _counts(text: str) -> bool:
    return folded(_PAREN.sub("", text)) in _metric_names() or (len(text) > 1 and names_metric(text))


def _is_counted(word: str) -> bool:
    return folded(word) in _metric_names() or word.endswith(("인구", "만족도", "인지도"))


_CLASS = re.compile(
    r"(?:만\s*)?\d{1,3}\s*(?:[~\-–]\s*\d{1,3}\s*)?(?:세|대|살)\s*(?:이상|이하|미만|초과|부터)?|[1-9]0대\s*[~\-]\s*[1-9]0대"
    r"|[1-9]\d\s*[~\-–]\s*[1-9]\d|[1-9]\d\s*\+"  # 18-24 and 65+ of platforms
    r"|\d{1,2}\s*(?:[~\-]\s*\d{1,2}\s*)?(?:시|시대|시간대|시\s*[~\-]\s*\d{1,2}\s*시)"
    r"|\d{1,2}시(?:\s?\d{1,2}분)?\s*[~\-]\s*\d{1,2}시(?:\s?\d{1,2}분)?"
    r"|[월화수목금토일](?:요일)?|평일|주말|남|여|남성|여성|남자|여자|미상|알 수 없음|기타"
    r"|male|female|men|women|unknown|[mf]"
    r"|(?:[01]?\d|2[0-4]):00(?:\s*[~\-]\s*(?:[01]?\d|2[0-4]):00)?",
    re.IGNORECASE,
)


def is_class(text: str) -> bool:
    """An age, a sex, an hour or a weekday, by which one channel's figures are parted."""
    return bool(_CLASS.fullmatch(text.strip()))


_MARKED = re.compile(r"^\s*(?:[■□▣▶►◆◇●◎▷]\s*|[【\[<＜]\s*(?=.*[\]】>＞]\s*$))")


def heading(text: str) -> str:
    """A heading without its mark and year: ``■ 블로그``, ``[블로그]``, ``□ 카카오톡 (2026년)``."""
    bare = _MARKED.sub("", text).strip(" ]】>＞") if _MARKED.match(text) else text.strip()
    return _WHEN.sub("", bare) or bare


def is_heading(text: str) -> bool:
    """Is the text marked as the heading of what follows, or just a platform's name?"""
    return bool(heading(text)) and (bool(_MARKED.match(text)) or names_platform(text))


@cache
def _metric_words() -> tuple[str, ...]:
    return tuple(sorted((name for name in _metric_names() if len(name) > 1), key=len, reverse=True))


def known_metric_in(title: str) -> str:
    """The longest name of the catalogue's metrics in the text, folded; empty if there is none."""
    whole = folded(title)
    found = next((name for name in _metric_words() if name in whole), "")
    change = _CHANGE.match(whole, whole.find(found) + len(found)) if found else None
    return f"{found}{change[0]}" if change else found


_CHANGE = re.compile("증감|증가|감소|순증|변동|이탈|유입|추가|차단|탈퇴")  # 구독자 증가 counts no subscribers


def metric_in(title: str) -> str:
    """The metric that a title names (“2026년 월별 친구 수 현황”): a known one, folded, else its last word
    that counts something (“채널별 누적 가입자 현황”); empty if it names none.
    """
    if known := known_metric_in(title):
        return known
    words = (word.strip("()[]<>") for word in reversed(title.split()))
    return next((word for word in words if len(word) > 1 and names_metric(word) and word not in _REPORTS), "")


# Words of titles that end as metrics do and count nothing.
_REPORTS = frozenset(  # a list of words is read as one text
    """
    실적 비율 증감 증가 감소 비용 예산 주간 월간 운영실적 홍보실적 추진실적
    """.split()  # noqa: SIM905
)


def share(texts: Iterable[str], test: str) -> float:
    """How many of the distinct texts pass ``metric`` or ``entity``, from 0 to 1."""
    known = names_metric if test == "metric" else names_entity
    distinct = {text for text in texts if text}
    return sum(map(known, distinct)) / len(distinct) if distinct else 0.0


def platform_named_in(text: str) -> str:
    """The platform of a title as it is written there (“카카오톡 채널 친구 현황”); else empty."""
    if not platform_code_in(text):
        return ""
    words = text.split()
    spans = (" ".join(words[at:to]) for at in range(len(words)) for to in range(at + 1, len(words) + 1))
    bare = (span.strip("()[]<>,·") for span in spans)
    named = [span for span in bare if names_platform(span) and span != "기타"]
    return max(named, key=len, default="")


def platform_code_in(*texts: str) -> str:
    """The platform that the first of the texts names (“블로그 운영 현황”), or empty if none or several do."""
    for text in texts:
        whole = folded(text)
        codes = {code for name, code in _platform_codes().items() if len(name) > 2 and name in whole}
        codes |= {_platform_codes()[word] for word in map(folded, text.split()) if word in _platform_codes()}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
    return ""
