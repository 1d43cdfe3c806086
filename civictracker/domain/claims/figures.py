"""Numbers in running Korean text: ``28만 397 명``, ``약 6배``, ``7,500여 명``, ``28397명``."""

from __future__ import annotations

import re
from decimal import Decimal

from civictracker.domain.claims.model import Figure, Role
from civictracker.domain.claims.sentences import place
from civictracker.domain.numbers import Number, parse_number

_UNITS = (
    r"%\s?p|%\s?포인트|퍼센트\s?포인트|%|퍼센트|프로(?![가-힣])|배(?![가-힣]*(?:송|포|부|너|경|치|우|출|달))|위(?![원기험반치생해])|명|인(?![가-힣])"
    r"|개월|개국|개소|개교|개사|개|곳|건|회|번|편|점|원|시간|분기|분|일|주년|주|년|월|시|호|팀|대|살|세|가구|세대|채널|종|톤|권|장|매"
)
_INT = r"(?:[0-9]{1,3}(?:\s?,\s{0,2}[0-9]{3})+(?![0-9])|[0-9]+)"
_DECIMAL = r"(?:\.[0-9]+|\.\s[0-9]+(?=\s?(?:%|배|퍼센트)))?"
_TAIL = rf"(?:\s{{0,2}}(?:[0-9]\s[0-9]{{3}}(?![0-9,])|{_INT}){_DECIMAL}(?!\s?(?:년|월|위|%|배|일|시)))"
FIGURE = re.compile(
    rf"(?P<about>(?:약|대략|거의|근|무려)\s*)?(?<![0-9A-Za-z.,/:\-])"
    rf"(?P<body>{_INT}{_DECIMAL}(?:(?:여)?\s{{0,2}}[조억만천백십](?![가-힣]*[월주])(?:{_TAIL})?)*)"
    rf"\s{{0,2}}(?P<odd>여|남짓)?\s{{0,2}}(?P<unit>{_UNITS})?"
)
_SCALES = {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}
_AFTER_ABOUT = re.compile(r"\s*(?:가량|정도|안팎|내외|남짓|쯤)")
_AFTER_MORE = re.compile(r"\s*\)?\s*(?:\([^)]{0,20}\)\s*)?(?:이상|넘게|을 넘|를 넘|여(?=\s))")
_AFTER_LESS = re.compile(r"\s*(?:이하|미만)")
_AFTER_NEAR = re.compile(r"\s*(?:가까이|에 육박|에 달하|에 가까)")
_MASKED = re.compile(
    r"https?://\S+|www\.\S+|[\w.]+@[\w.]+|\d{2,4}-\d{3,4}-\d{4}|\d{1,2}:\d{2}(?::\d{2})?|[A-Za-z]+\d+[A-Za-z]*"
    r"|제\s?\d+\s?(?:회|호|차|기|대|조)|\d+\s?위안"
)
_TOPICS = (
    ("visitor", r"입장객|방문객|관람객|관광객|이용객|탐방객|방문자|입장\s?인원|관람\s?인원"),
    ("friend", r"친구|구독|팔로[워어잉]|이웃|가입자|회원|단골|등록자|카톡|채널\s?수"),
    ("income", r"수입|매출|예산|판매액|소득"),
    ("inquiry", r"민원|문의|상담|신고|제보"),
    ("view", r"조회|열람|노출|도달|시청|재생|발송|전송|메시지"),
    ("post", r"게시|콘텐츠|포스팅"),
)
TOPIC = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _TOPICS))
_CHANNEL = re.compile(
    r"카카오|카톡|블로그|유튜브|인스타|페이스북|페북|트위터|스레드|밴드|틱톡|누리집|홈페이지|뉴스레터|소식지"
)
_ALSO = {"카톡": "카카오", "페북": "페이스북"}
_BASE = re.compile(
    r"\s*(?:\([^)]{0,25}\))?\s*[)\]’”\"]?\s*(?:이던|던|이었던|였던|이?었(?:으나|지만|는데|다가|고)|였(?:으나|지만|는데|다가|고)"
    r"|에서|보다|에\s?비해|에\s?비하|[과와]\s?(?:비교|견)|대비|에\s?불과(?:했|하)던|에\s?그쳤|[을를]\s?(?:약\s?)?\d[\d.]*\s?%\s?(?:가량\s?|정도\s?)?(?:웃|상회|밑))"
)
_CHANGE = re.compile(
    r"\s*(?:\([^)]{0,15}\))?\s*[)\]]?\s*(?:이상|가량|정도|넘게)?\s*(?:이|을|를|가|나|이나)?\s*(?:이상\s*|더\s*)?"
    r"(?:증가|늘|급증|순증|불어|많|적[은었]|감소|줄|급감|하락|상승|차이|격차|앞[서섰])"
)
_WAS = re.compile(r"\s*(?:이었다|였다|이었고|에 그쳤다|이었습니다|였습니다)")
_THEN = re.compile(
    r"(?:지난해|작년|전년|지난달|지난주|지난\s?분기|전\s?분기|전달|전월|전주|당시|\d\s?(?:년|개월|달|주)\s?전)[^.]{0,12}$"
)
_AHEAD = re.compile(r"\s*(?:이|가)?\s*(?:앞[서섰]|가장\s?많)")
_MARK = re.compile(
    r"\s*(?:선|대|고지)?\s*(?:을|를|이|가)?\s*(?:이미\s*|훌쩍\s*|첫\s*|처음\s*|드디어\s*)*(?:돌파|넘|상회|달성|시대|고지)"
)
_OWNER = re.compile(
    r"((?:[가-힣]{1,6}(?:특별시|광역시|시|군|구|도|청|처|위원회)|[가-힣]{0,6}정부))(?:청)?[’'\"”]?\s*(?:가|이|은|는|의)?\s*[(\[]?\s*$"
)


def masked(text: str) -> str:
    """The text with what only looks like figures (addresses, telephones, times) blanked in place."""
    return _MASKED.sub(lambda found: " " * len(found[0]), text)


def find(
    text: str, plain: str, spans: tuple[tuple[int, int], ...], taken: list[tuple[int, int]]
) -> list[Figure]:
    """Figures of ``plain`` (masked) outside the ``taken`` spans of dates, in order."""
    found: list[Figure] = []
    for match in FIGURE.finditer(plain):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        figure = _figure(text, match, place(spans, match.start("body")))
        if figure is not None:
            found.append(figure)
    _give_topics(text, spans, found)
    for figure in found:
        _give_role(text, figure)
    return found


def _figure(text: str, match: re.Match[str], sentence: int) -> Figure | None:
    body, unit = match["body"], _unit(match["unit"] or "")
    number = parse_number(re.sub(r"[\s여]", "", body))
    if not isinstance(number, Number) or (not unit and not _is_bare_count(body, text, match.end())):
        return None
    start, end = match.start(), match.end() if match["unit"] else match.end("body")
    rest = text[end : end + 24]
    odd = bool(match["odd"]) or "여" in body
    about = (
        bool(match["about"] and "무려" not in match["about"])
        or number.approximate
        or bool(_AFTER_ABOUT.match(rest))
    )
    step = _step(body, number.value, about=about or odd)
    low, high = number.value, number.value
    if odd:
        high += step
    elif about:
        low, high = low - step / 2, high + step
    return Figure(
        start, end, text[start:end], number.value, low, high, unit, _places(body), about or odd, _bound(rest),
        sentence, readings=_other_readings(body, number.value, unit),
    )  # fmt: skip


def _unit(unit: str) -> str:
    plain = re.sub(r"\s", "", unit)
    if plain in {"%포인트", "퍼센트포인트", "%p"}:
        return "%p"
    return "%" if plain in {"퍼센트", "프로"} else plain


def _is_bare_count(body: str, text: str, end: int) -> bool:
    """A count that lost its 명: large, in brackets or before 보다 and the like, and no year."""
    digits = re.sub(r"[^0-9]", "", body)
    if len(digits) < 4 or re.fullmatch(r"(?:19|20)\d\d", digits):
        return bool(re.search(r"[만억]", body))
    return (
        bool(re.match(r"\s*[),]|\s*(?:보다|에서|으로|이|을|대비)", text[end : end + 6]))
        or "," in body
        or "만" in body
    )


def _bound(rest: str) -> str:
    if _AFTER_MORE.match(rest):
        return "이상"
    if _AFTER_LESS.match(rest):
        return "이하"
    return "가까이" if _AFTER_NEAR.match(rest) else ""


def _places(body: str) -> int:
    found = re.search(r"\.\s?([0-9]+)$", body)
    return len(found[1]) if found else 0


def _step(body: str, value: Decimal, *, about: bool) -> Decimal:
    """The size of the last digit that is told: 1만 for 28만, 1,000 for 1.2만, 100 for 약 7,500."""
    plain = re.sub(r"[\s여,]", "", body)
    if (found := re.search(r"(?:\.([0-9]+))?([조억만천백십])+$", plain)) is not None:
        scale = sum(_SCALES[each] for each in re.findall(r"[조억만천백십]", found[0]))
        return Decimal(10) ** (scale - len(found[1] or ""))
    if not about or value == 0:
        return Decimal(0)
    if "." in plain:
        return Decimal(10) ** -len(plain.split(".")[1])
    digits = plain[-4:] if re.search(r"[만억]", plain) else plain
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _other_readings(body: str, value: Decimal, unit: str) -> tuple[Decimal, ...]:
    """What 28397 would be with its 만 back (28만397), and 201635079 without the date run into it."""
    if not re.fullmatch(r"[0-9]{4,11}", body) or unit not in {"명", "인", "건", "회", "개", "원", ""}:
        return ()
    others = [
        Decimal(body[:-tail]) * 10_000 + Decimal(body[-tail:])
        for tail in (3, 2, 1)
        if len(body) - tail <= 4 and body[-tail] != "0" and (len(body) > 4 or tail == 3)
    ]
    if value > 60_000_000 and (dated := re.match(r"20[0-4][0-9](?=[1-9])", body)):
        rest = body[dated.end() :]
        others = [
            Decimal(rest[size:])
            for size in (1, 2)
            if 1 <= int(rest[:size]) <= 12 and rest[size:] and rest[size] != "0"
        ]
    return tuple(others)


def _give_topics(text: str, spans: tuple[tuple[int, int], ...], figures: list[Figure]) -> None:
    """What is counted: the last word for it before the figure, else just after, else earlier."""
    last = ""
    words = [(found.start(), str(found.lastgroup)) for found in TOPIC.finditer(text)]
    for figure in figures:
        start, stop = spans[figure.sentence]
        before = [topic for at, topic in words if start <= at < figure.start]
        after = [topic for at, topic in words if figure.end <= at <= min(figure.end + 8, stop)]
        earlier = [topic for at, topic in words if at < start]
        last = (before or after[:1] or earlier or [last])[-1]
        figure.topic = last
        named = _CHANNEL.findall(text[start : figure.start])
        figure.channel = _ALSO.get(named[-1], named[-1]) if named else ""


def _give_role(text: str, figure: Figure) -> None:
    rest, before = text[figure.end : figure.end + 40], text[max(0, figure.start - 14) : figure.start]
    figure.is_mean = "평균" in before
    owner = _OWNER.search(text[max(0, figure.start - 16) : figure.start])
    if owner is not None and not owner[1].endswith(
        ("친구", "가구", "인구", "연구", "유지도", "정도", "처도")
    ):
        figure.owner = owner[1]
    if _BASE.match(rest) or (
        _WAS.match(rest) and _THEN.search(text[max(0, figure.start - 24) : figure.start])
    ):
        figure.role = Role.BASE
    elif _MARK.match(rest):
        figure.role = Role.MARK
    elif figure.owner and _AHEAD.match(rest):
        return  # 평택시 19만 8천 명이 앞서 있다
    elif _CHANGE.match(rest) or re.search(r"%\s*\(\s*$", before):
        figure.role = Role.CHANGE
