"""What is found in a press text: figures, dates, and what the text claims of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from civictracker.domain.dates import official

RATES = frozenset({"%", "%p"})
NOT_COUNTED = RATES | {
    "배",
    "위",
    "일",
    "개월",
    "년",
    "월",
    "시",
    "시간",
    "분",
    "주",
    "주년",
    "호",
    "세",
    "살",
}


class Verdict(StrEnum):
    RIGHT = "맞음"
    WRONG = "다름"
    OPEN = "확인 불가"


class Role(StrEnum):
    """What a count is in its sentence."""

    LEVEL = "level"
    BASE = "base"  # 17만3,932명보다
    CHANGE = "change"  # 10만6,465명이 늘었다
    MARK = "mark"  # 40만 명을 돌파


@dataclass(slots=True)
class Figure:
    """A number as written, with the values that it may stand for.

    ``low`` and ``high`` bound what the wording leaves open: 7,500여 is 7,500 to 7,600. ``readings``
    are other values that a lost letter would make of the digits (28397 for 28만397).
    """

    start: int
    end: int
    quote: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    places: int
    about: bool
    bound: str  # 이상 | 이하 | 가까이 | ""
    sentence: int
    topic: str = ""
    channel: str = ""  # 인스타 of ``인스타그램은 2만 4,000명``: the last that its sentence names before it
    role: Role = Role.LEVEL
    is_mean: bool = False
    owner: str = ""
    readings: tuple[Decimal, ...] = ()
    repaired: str = ""  # why it is read otherwise than written

    @property
    def is_count(self) -> bool:
        return self.unit not in NOT_COUNTED

    def read_as(self, value: Decimal, why: str) -> None:
        self.value = self.low = self.high = value
        self.repaired = why


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, month or year as written; ``day`` is its first day.

    ``is_now``: the moment the text speaks of (현재, 기준). ``is_sure``: the year stands in the text or
    does not matter; False where 지난해 hangs on a year that is nowhere written.
    """

    start: int
    end: int
    day: date
    precision: str  # day | month | year
    is_now: bool
    is_sure: bool
    sentence: int
    weekday: str = ""  # as written
    has_year: bool = True

    @property
    def told(self) -> str:
        """``2010. 7. 19.``, without the year where the text has none."""
        return official(self.day) if self.has_year else f"{self.day.month}. {self.day.day}."


@dataclass(frozen=True, slots=True)
class Known:
    """A reading of the data: ``name`` is how it is told, ``words`` what a text calls its channel."""

    name: str
    owner: str
    words: tuple[str, ...]
    day: date
    value: int
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure or claim with its judgement. Offsets count characters of the text as given.

    ``claimed`` and ``computed`` are in the quote's unit (percent, times, days, heads); weekdays are words.
    """

    quote: str
    start: int
    end: int
    kind: str
    claimed: Decimal | str
    computed: Decimal | str | None
    verdict: Verdict
    because: str
    sources: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart. ``sentences`` are spans; those before ``body`` are headlines and bylines."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    body: int
    figures: list[Figure]
    dates: list[DateMention]

    def of(self, sentence: int) -> list[Figure]:
        return [figure for figure in self.figures if figure.sentence == sentence]

    def words(self, sentence: int) -> str:
        start, end = self.sentences[sentence]
        return self.text[start:end]
