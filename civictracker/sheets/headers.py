"""What a column's name says about it. Names are compared folded (``domain.texts.folded``)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from civictracker.domain.texts import folded
from civictracker.sheets.comparisons import Versus, compared


class Role(StrEnum):
    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    NAME = "name"  # the entity's own name
    GROUP = "group"  # what it belongs to
    METRIC = "metric"  # holds the names of metrics
    VALUE = "value"  # "the figure", nameless
    SKIP = "skip"  # running numbers, titles, links, remarks
    DERIVED = "derived"  # changes and rates of other columns: a check, not data
    LAST = "last"  # the figure of the period before
    THIS = "this"  # the figure of the period itself
    GOAL = "goal"  # what was aimed at, which is no reading
    OLD = "old"  # a figure before it was put right
    TOTAL = "total"


def _set(words: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words.split("|"))


_EXACT: tuple[tuple[Role, frozenset[str]], ...] = (
    (Role.DATE, _set(
        "날짜|일자|yyyymm|yyyymmdd|연도월|년도월|기준일|기준일자|일시|등록일|작성일|게시일|date|day|기준연월|기준년월|연월|년월|기간|시점|"
        "주차|연주차|년주차|주|주간|반기|분기|n번째 날|n번째 일|n일|nth day|"
        "통계일자|집계일|발송일시|week|month_date|time|일|period|기준월|조회일자")),
    (Role.YEAR, _set(
        "년|연도|년도|year|기준연도|기준년도|회계연도|발생연도|발생년도|조사연도|조사년도|통계연도|통계년도|"
        "사고연도|사고년도|집계연도|집계년도")),
    (Role.MONTH, _set("월|month|기준월")),
    (Role.NAME, _set(
        "채널명|채널|계정|계정명|매체|매체명|플랫폼|platform|channel|account|sns|sns명|채널계정|기관|기관명|"
        "읍면동|행정동|동|동명|읍면동명|시군구|시군명|지역|지자체|지자체명|자치단체|자치단체명|기초지자체|부서|부서명|이름|명칭|name|entity|국가|자치구")),
    (Role.GROUP, _set("구분|분류|유형|종류|대분류|중분류|소분류|category|type|group")),
    (Role.METRIC, _set("지표|지표명|항목|통계항목|측정항목|metric|measure|item|구분항목")),
    (Role.VALUE, _set("값|수치|데이터|value|primary|실적|통계값|수|건수값")),
    (Role.SKIP, _set(
        "연번|번호|순번|no|순위|제목|내용|게시물|게시물제목|title|링크|url|주소|계정url|비고|특이사항|메모|note|"
        "운영여부|사용여부|개설여부|활성여부|상태|운영상태|연락처|전화번호|이메일|"
        "대상|발송대상|수신대상|타겟|target|remark|id|postid|개설일|담당|담당자|작성자|썸네일|해시태그|캡션|단위|unit|요일|어림|lat|lon|lng|latitude|longitude|위도|경도|x좌표|y좌표|좌표|출처|배부처|배포처|배부방법|"
        "배포방법|업체|업체명|운영방식|호수")),
    (Role.TOTAL, _set("합계|소계|계|총계|총합계|합|total|totals|평균|average|전체|누계|누적합계")),
)  # fmt: skip
_DERIVED = re.compile(
    r"^(전주|전월|전년|전년말|전년동기|지난주|지난달|전기)?(대비)?"
    r"(증감|증감수|증감률|증감율|증가율|증가|증감률%|증감%|증감량|대비|성장률|구성비|비율|점유율)(%|명|건|수)*$"
    r"|^(목표|목표대비|계획대비)?(달성|이행|진척|진도)(률|율|도)?%?$"
)
# 전년 대비 방문자수 증감률; 관광객비율(%), a share of others; an average time, which adds up to nothing.
_CALLED = re.compile(  # whose figures they are by their own word for it
    r"^(축제|시설|관광지|관광지점|행사|학교|대학|병원|도서관|박물관|공원|시장|상권|정류장|정류소|역|역사|지점|측정소|대여소|단지|아파트|업종|품목|국|기업|회사|상품|정당)명칭?$"
)
_QUARTER_CODE = re.compile(r"^(기준)?[년연]?분기(코드|번호)?$")  # 20191
_YEAR_CODE = re.compile(r"^(기준)?[년연]코드$")
_ROW_DATED = re.compile(r"^수집(일자|날짜|일시|일)$")  # when a program fetched the row
_COMPARED = re.compile(
    r"^.*대비.*(증감|증가|감소)(수|률|율|량)?%?$|^.+(비율|구성비|비중|점유율)%$"
    r"|^(평균|average|avg).*(시간|시간초|duration|time)$"
    r"|^(전년|전년도|전월|전주|전기|전년동월|전년동기|전년말)(비|대비|비증감|비증감률)(%|율|률)*$"
    r"|^.+대비(%|율|률)*$|^(비중|구성비중|차이|변동|변동폭|변동량|변동률|변화|변화량|변화율|증감폭|등락|등락률)%?$"
    r"|^(전월|전주|전년|전년도|전분기|전일|기존|당초|종전)(까지|까지누계|까지누적|누계|누적|누적치|합계)$"
    r"|^(wow|mom|yoy|qoq|dod)%?$|^(change|growth|diff|difference|delta|chg)(%|rate)?$|^\D*순위$|^rank$"
    r"|^[Δδ△▲▽▼±↑↓+\-]+%?$"
)
_LAST_OF = re.compile(r"^(전년동월|전년동기|전년도?|전월|전주|작년|지난해|지난달|지난주)")
# 사용일자, 측정일시, 조사년월: the day that the figures are of; 등록일자 is that of the row.
_DATED = re.compile(
    r"^(사용|측정|조사|기준|집계|통계|조회|관측|발생|확진|이용|승차|입국|출국|운영|대상|해당|처리|접수|방문|발송|게재"
    r"|대여|반납|판매|거래|계약|신고|입원|공시|관람|입장|매출|주문|결제|예약|검사|접종|사고|(데이터|통계|집계|자료)기준)"
    r"(일자|날짜|일시|년월|연월|일|월)$"
)
# 담당부서, 운영팀: who looks after the channel; 개설연도: since when.
_OTHER_DATED = re.compile(
    r"^(?!등록|수정|생성|갱신|입력|변경|삭제|폐업|휴업|인허가|다운|추출|출력|작성|제출|보고|회신|개설|가입|최종|최근|마지막)"
    r"[가-힣]{1,6}(연월|년월)$"
)
_ABOUT_IT = re.compile(
    r"^(담당|관리|운영|소관|주관|관할|실무)(부서|부서명|과|팀|자|자명|기관|주체)$"
    r"|^(개설|설립|개통|개관|개소|개원|개교|개장|준공|지정|인허가|사용승인|운영시작|운영개시|창간)(일|일자|연도|년도|연월|년월|시기|월|년)?$"
    r"|^(가입|오픈)(일|일자|연도|년도|연월|년월|시기)$"
)
_OLD = re.compile(r"^(당초|정정전|수정전|변경전|고치기전|오기)(값|수치|실적)?(오기|오류)?$")
# 최종 업로드일, 최근 게시일: when the channel was last at work, not when it was counted.
_ITS_LAST = re.compile(r"^(최근|최종|마지막|최초|첫)\S*(일|일자|날짜|일시|시각)$")
# 관리번호 1001 counts nothing; 문의전화 and QR코드 may well be counted.
_NUMBERED = re.compile(
    r"^(?!노선)\S*번호$|^[가-힣]+id$"
    r"|^(source|출처)\S{0,6}$|^(currency|통화|화폐)$|^(seq|idx|index|rownum)$|^code\S{0,3}$|^\S{1,12}(code|cd)$"
    r"|^\S*내선$|^(?!qr|바)\S+코드$"
)
_ID = re.compile(r"[A-Za-z][_ ][iI][dD]$|[a-z]Id$")  # org_id, videoId
_PATTERNS = (
    (Role.OLD, _OLD),
    (Role.SKIP, _ITS_LAST),
    (Role.NAME, _CALLED),
    (Role.SKIP, _ABOUT_IT),
    (Role.DATE, _DATED),
    (Role.DATE, _ROW_DATED),
    (Role.DATE, _OTHER_DATED),
    (Role.DATE, _QUARTER_CODE),
    (Role.YEAR, _YEAR_CODE),
    (Role.SKIP, _NUMBERED),
)
_SCALE = r"(?:십억|백만|천만|억|만|천)?\s?"
_BARE_UNIT = rf"{_SCALE}(?:명|건|개|회|원|%|％|점|위|초|분|시간|㎡)"
_ANY_UNIT = rf"{_SCALE}(?:명|건|개소|개|회|원|달러|%|％|점|위|초|분|시간|㎡|㎢|대|톤|호|세대|가구|편|권|지수)"
_AND = r"\s*[,/·]\s*"
_UNIT = re.compile(
    rf"^(?:{_BARE_UNIT}(?:{_AND}{_BARE_UNIT})*|(?:[(\[（<]\s*(?:단위)?|단위)\s*[:：]?\s*{_ANY_UNIT}(?:{_AND}{_ANY_UNIT})*\s*[)\]）>]?)$"
)
_TOTAL_NAME = re.compile(
    r"^(총|누)?(합계|소계|계|총계|누계|누적|평균|전체|전국|합|총합|totals?|subtotal|grandtotal|average)$"
    r"|^(일|주|월|연|년|분기|반기|당월|금월|당해|금년|올해)(누계|누적)$"
    r"|^(합계|소계|총계|계)\d?$|^(일|주|월|연|년|분기|반기)(계|평균|합계|소계)$"
    r"|^(전국|전도|도|시|군|구|지역|시도|시군구)평균$"
    r"|^(전체|모든|전|총)(채널|매체|sns)(합계|소계|총계|계|합)?$|^(채널|매체)(전체|합계|소계|총계|계)$"
    r"|^(총|전체)\d+개?(채널|매체|계정|동|읍면동|부서|기관|시군)$|^\d+개(채널|매체|계정|동|읍면동|부서|기관|시군)(전체|합계|총계|계|합)$"
    r"|^(최고|최저|최대|최소|최댓값|최솟값|최대값|최소값|중앙값|중간값|표준편차|max|min|sum|avg|mean|median)$"
)
_OF_SPAN = re.compile(r"^(일|주|월|분기|반기|연|년)계$")
# 읍 계, 면지역 소계, 동지역계, 본청 소계; 동계 is winter and 소계동 a place.
_PART_TOTAL = re.compile(
    r"^(읍|면|동|구|군|시|읍면|읍면동)(\s+|지역\s*|부\s*)(소\s?계|합\s?계|계)$|^\S{1,8}\s+(소계|합계|총계|계)$"
    r"|^(?:[Tt]otal|합계|총계)\s*:\s*\S.*$"
)
_PAREN = re.compile(r"[(（\[].*?[)）\]]")
_NOTE = re.compile(r"^\s*(※|＊|\*|주\s*[:：)]|주\d|주석\s*[:：]|출처|자료\s*[:：]|◦|○\s|●|-\s{1,}\S)")


def role_of(header: str) -> Role | None:
    """The role that a column's name tells by itself; None for a metric's own name."""
    key = folded(header)
    if not key:
        return None
    for role, words in _EXACT:
        if key in words:
            return role
    bare = folded(_PAREN.sub("", header))
    for role, words in _EXACT if bare else ():
        if bare in words:
            return role
    for role, pattern in _PATTERNS:
        if pattern.match(key):
            return role
    if _ID.search(header):
        return Role.SKIP
    beside = bare if bare and "대비" in key and "대비" not in bare else key  # 구독자(전주대비) is the figure
    if _DERIVED.match(key) or (bare and _DERIVED.match(bare)) or _COMPARED.match(beside):
        return Role.DERIVED
    return _compared_role(header)


def _compared_role(header: str) -> Role | None:
    told = compared(header)
    if told is None:
        return None
    if told.rest and role_of(told.rest) is Role.DERIVED:
        return Role.DERIVED
    return {Versus.THIS: Role.THIS, Versus.GOAL: Role.GOAL}.get(told.versus, Role.LAST)


def is_last_of(header: str, others: set[str]) -> bool:
    """Is it the figure of an earlier period of another column: 전년도 방문자수 beside 방문자수?"""
    key = folded(header)
    found = _LAST_OF.match(key)
    return found is not None and key[found.end() :] in others


def is_countable(name: str) -> bool:
    """Does the name stand over titles in some sheets and over counts in others?"""
    return folded(name) in _COUNTABLE or folded(_PAREN.sub("", name)) in _COUNTABLE


_COUNTABLE = _set("게시물|내용|링크|대상|발송대상|수신대상")


def is_about(name: str) -> bool:
    """개설일, 담당자, 기준일 down the side of a card: nothing that is counted."""
    return role_of(name) in {Role.SKIP, Role.DATE} and not is_countable(name)


def is_unit(text: str) -> bool:
    """``(단위: 명)``, ``명``, ``%``: a unit and nothing else."""
    return bool(_UNIT.match(text.strip()))


@lru_cache(maxsize=4096)
def is_total(name: str) -> bool:
    """Is this the name of a total row or column: 합계, 소계(본청), 계 (17개 동), 총 계, Total …"""
    plain = _PAREN.sub("", name).strip()
    bare = folded(plain)
    return bool(bare) and (bool(_TOTAL_NAME.match(bare)) or bool(_PART_TOTAL.match(plain)))


def is_of_span(name: str) -> bool:
    """일계 beside 월누계: the figure of the day itself."""
    return bool(_OF_SPAN.match(folded(name)))


_WHOLE = frozenset({"전국", "전체", "총인구", "전체계", "세계", "전세계", "수도권", "비수도권"})


def is_soft_total(name: str) -> bool:
    """전국 and 전체 are totals where figures add up, and readings of their own where they do not."""
    return folded(_PAREN.sub("", name)) in _WHOLE


_SUM_OF = re.compile(
    r"[(（]\s*([A-Za-z가-하ㄱ-ㅎ0-9①-⑳])(?:\s*[+＋]\s*[A-Za-z가-하ㄱ-ㅎ0-9①-⑳])+\s*(?:=.*)?[)）]"
)


def is_sum_of(name: str) -> bool:
    """``외부방문자(b+c)``: a name that says of which other lines it is the sum."""
    return bool(_SUM_OF.search(name))


@lru_cache(maxsize=4096)
def is_note(text: str) -> bool:
    """A line of explanation under or over a table."""
    return bool(_NOTE.match(text))


def is_stock(name: str) -> bool:
    """Does the name say a number of people at a moment (팔로워 수), which cannot be 0 and then 9,745?"""
    return any(word in folded(name) for word in _STOCKS)


_STOCKS = (
    "팔로워",
    "구독자",
    "친구수",
    "이웃수",
    "단골수",
    "회원수",
    "멤버수",
    "가입자수",
    "followers",
    "subscribers",
)


_OF_POST = re.compile(
    "제목|내용|게시물|콘텐츠|컨텐츠|글|주제|메시지|캡션|본문|링크|주소|url|title|caption|message|content|text|id$"
)


def names_post(header: str) -> bool:
    """Is it a heading of titles, texts or links of posts?"""
    return bool(_OF_POST.search(folded(header)))
