"""What a post is about, told by the words in it: 축제·행사, 재난·안전, 생활정보 …

The list is the office's own and starts as the subjects that local offices sort their messages by
(시정정책, 축제·행사, 문화, 관광, 재난, 생활정보). A post has one topic: the one most of whose words it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from civictracker.domain.texts import clean, folded
from civictracker.errors import InputError

OTHER = "그 밖"
SHIPPED = """\
재난·안전: 태풍, 호우, 폭우, 폭염, 한파, 제설, 대설, 지진, 산불, 미세먼지, 재난, 안전, 대피, 파업, 사고, 회수
보건·복지: 코로나, 독감, 예방접종, 백신, 건강, 보건, 복지, 돌봄, 어르신, 장애인, 지원금, 난방비, 나눔, 김장
축제·행사: 축제, 행사, 공연, 음악회, 콘서트, 박람회, 기념식, 이벤트, 체험, 마라톤
문화·관광: 전시, 도서관, 박물관, 미술관, 문화, 관광, 여행, 명소, 단풍, 벚꽃, 둘레길, 방문, 강연
일자리·경제: 일자리, 채용, 취업, 창업, 소상공인, 상품권, 지역화폐, 시장, 기업
시정·정책: 정책, 예산, 조례, 공모, 설명회, 주민참여, 공청회, 시정, 구정, 군정, 협약, 의회
생활정보: 교통, 버스, 주차, 청소, 쓰레기, 분리배출, 수도, 단수, 재산세, 자동차세, 세금, 납부, 민원, 접수, 신청
소식지: 소식지, 신문, 매거진, 월호, 구보, 시보"""
_MOST = 30


@dataclass(frozen=True, slots=True)
class TopicWords:
    name: str
    words: tuple[str, ...]  # folded


@lru_cache(maxsize=16)
def topics_of(text: str) -> tuple[TopicWords, ...]:
    """Read ``이름: 낱말, 낱말`` a line. Raises InputError with the sentence for the form."""
    found: list[TopicWords] = []
    for line in filter(None, map(clean, text.splitlines())):
        name, mark, words = line.partition(":")
        told = tuple(dict.fromkeys(folded(word) for word in words.split(",") if folded(word)))
        if not mark or not clean(name) or not told:
            raise InputError(
                f"‘{line[:30]}’을(를) 알 수 없습니다.", "‘축제·행사: 축제, 공연’처럼 적어 주세요."
            )
        if any(each.name == clean(name) for each in found) or clean(name) == OTHER:
            raise InputError(f"‘{clean(name)[:30]}’은(는) 두 번 쓸 수 없는 이름입니다.")
        found.append(TopicWords(clean(name), told))
    if len(found) > _MOST:
        raise InputError(f"주제는 {_MOST}가지까지입니다.")
    return tuple(found)


def topic_of(text: str, topics: tuple[TopicWords, ...]) -> str:
    """The topic of a post; of two that fit equally the one that stands first in the list."""
    whole = folded(text)
    held = [(sum(word in whole for word in each.words), each.name) for each in topics]
    best = max((count for count, _ in held), default=0)
    return next((name for count, name in held if count == best), OTHER) if best else OTHER
