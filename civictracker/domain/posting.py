"""What makes a post fit to be sent, and what its counts mean.

Warnings never block; each says what to do. Sources: 정보통신망법 §50 (광고성 정보: 표기, 수신거부, 21시~8시),
장애인차별금지법 §21 and KWCAG 2.2 1.1.1 (대체텍스트).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from civictracker.domain.numbers import percent_of
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import InputError

ENOUGH_SENDS = 8  # below it a difference between groups says nothing
_TIME = re.compile(r"(\d{1,2}):?(\d{2})")
_FIELD = re.compile(r"\{(\w+)\}")


class Status(StrEnum):
    IDEA = "idea"
    WRITING = "writing"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    DONE = "done"
    SKIPPED = "skipped"

    @property
    def is_open(self) -> bool:
        return self not in {Status.DONE, Status.SKIPPED}


class Kind(StrEnum):
    NORMAL = "normal"
    ADVERTISEMENT = "advertisement"
    EMERGENCY = "emergency"


STATUS_NAMES = {
    Status.IDEA: "기획", Status.WRITING: "작성", Status.REVIEW: "검토", Status.SCHEDULED: "예정",
    Status.DONE: "완료", Status.SKIPPED: "건너뜀",
}  # fmt: skip
STEPS = (Status.IDEA, Status.WRITING, Status.REVIEW, Status.SCHEDULED, Status.DONE)
KIND_NAMES = {Kind.NORMAL: "일반", Kind.ADVERTISEMENT: "광고성", Kind.EMERGENCY: "긴급"}


def parse_time(text: str) -> str:
    """``9:00``, ``0900``, ``15시``, ``오후 3시 30분`` → ``HH:MM``; empty stays. Raises InputError."""
    plain = text.strip().replace("：", ":").replace(" ", "")
    if not plain:
        return ""
    afternoon = plain.startswith("오후")
    plain = plain.removeprefix("오후").removeprefix("오전")
    plain = re.sub(r"^(\d{1,2})시(?:(\d{1,2})분)?$", lambda m: f"{m[1]}:{int(m[2] or 0):02d}", plain)
    plain = re.sub(r"^(\d{1,2})시반$", r"\1:30", plain)
    found = _TIME.fullmatch(plain)
    hour, minute = (int(found[1]), int(found[2])) if found else (-1, 0)
    if afternoon and hour < 12:
        hour += 12
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        raise InputError(f"시각 ‘{text}’을(를) 알 수 없습니다.", "00:00에서 23:59까지 15:00처럼 적어 주세요.")
    return f"{hour:02d}:{minute:02d}"


def is_night(time: str) -> bool:
    """21:00 to 08:00, when advertising needs a consent of its own."""
    return bool(time) and (time >= "21:00" or time < "08:00")


def subject_of(template: str, day: date, number: int, naming: WeekNaming) -> str:
    """A series' subject for one day. Fields: {주} {월} {다음달} {일} {년} {호} {n}; others stay as typed."""
    week = naming.name(Period.week(day))
    fields = {
        "주": week.short, "week": week.short, "월": f"{day.month}월", "일": f"{day.month}. {day.day}.",
        "년": f"{day.year}년", "다음달": f"{day.month % 12 + 1}월", "n": str(number), "호": f"제{number}호",
    }  # fmt: skip
    return _FIELD.sub(lambda found: fields.get(found[1], found[0]), template)


@dataclass(frozen=True, slots=True)
class Caution:
    """``key`` tells warnings apart: night, ad-mark, ad-refusal, alt, channel, link, holiday, clash, twin."""

    key: str
    text: str


def content_warnings(
    *, kind: str, time: str, subject: str, body: str, slides: int, without_alt: int, channels: int
) -> list[Caution]:
    """What a look at the post itself finds, worst first."""
    found = []
    if kind == Kind.ADVERTISEMENT:
        if is_night(time):
            found.append(Caution("night", "광고성 정보는 21시~8시에 따로 받은 동의 없이 보낼 수 없습니다."))
        if not subject.lstrip().startswith("(광고)"):
            found.append(Caution("ad-mark", "제목 맨 앞에 ‘(광고)’를 적어야 합니다."))
        if not re.search(r"수신\s*거부|수신\s*동의\s*철회|차단", body):
            found.append(Caution("ad-refusal", "본문에 무료 수신거부 방법을 적어야 합니다."))
    if not channels:
        found.append(Caution("channel", "보낼 채널을 골라 주세요."))
    if without_alt:
        found.append(Caution("alt", f"카드 {slides}장 중 {without_alt}장에 대체텍스트가 없습니다."))
    return found


# --- results ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of a send; None is not known. ``opened`` may exceed ``sent``: shares are read too."""

    sent: int | None = None
    opened: int | None = None
    clicked: int | None = None
    blocked: int | None = None
    shared: int | None = None
    cost_won: int | None = None

    def rate(self, part: str) -> Decimal | None:
        """``opened`` and ``blocked`` are of those sent, ``clicked`` of those opened; in percent."""
        whole = self.opened if part == "clicked" else self.sent
        value = getattr(self, part)
        return None if value is None or not whole else percent_of(value, whole, 2)

    def __add__(self, other: Counts) -> Counts:
        def both(one: int | None, two: int | None) -> int | None:
            return two if one is None else one if two is None else one + two

        return Counts(*(both(getattr(self, name), getattr(other, name)) for name in COUNTS))

    @property
    def is_known(self) -> bool:
        return any(getattr(self, name) is not None for name in COUNTS)


COUNTS = ("sent", "opened", "clicked", "blocked", "shared", "cost_won")
COUNT_NAMES = {
    "sent": "발송", "opened": "열람", "clicked": "클릭", "blocked": "차단", "shared": "공유",
    "cost_won": "비용",
}  # fmt: skip


def rate_text(rate: Decimal | None) -> str:
    """``107.1%``, ``157.39%``: two places where they say something, at least one."""
    if rate is None:
        return "-"
    text = f"{rate:.2f}"
    return f"{text.removesuffix('0')}%"


def rate_figure(rate: Decimal | None) -> str:
    """``107.10%``: always two places, so that rates stand under one another."""
    return "-" if rate is None else f"{rate:.2f}%"


@dataclass(frozen=True, slots=True)
class Cost:
    """Won; ``total`` = ``net`` + ``vat``."""

    net: int
    vat: int

    @property
    def total(self) -> int:
        return self.net + self.vat


def cost_of(sent: int, unit_price: Decimal, vat_percent: int = 10) -> Cost:
    """``sent`` messages at ``unit_price`` won (without VAT), each rounded half up to a won."""
    net = (unit_price * sent).quantize(Decimal(1), ROUND_HALF_UP)
    return Cost(int(net), int((net * vat_percent / 100).quantize(Decimal(1), ROUND_HALF_UP)))


def minutes_between(event: datetime | None, sent: datetime | None) -> int | None:
    """From event to send, for an emergency; None while either is unknown."""
    if event is None or sent is None or sent < event:
        return None
    return int((sent - event).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Group:
    """Sends that share something; ``rate`` is all opened ÷ all sent, never a mean of rates."""

    name: str
    n: int
    counts: Counts

    @property
    def says_something(self) -> bool:
        return self.n >= ENOUGH_SENDS

    @property
    def rate(self) -> Decimal | None:
        return self.counts.rate("opened")


def claim(groups: Sequence[Group]) -> str:
    """What the groups allow to be said: ``금요일(12회)이 61.2%로 가장 많이 읽혔습니다.``; empty if nothing.

    Two groups with enough sends are needed, and a best one that the next does not equal.
    """
    told = [each for each in groups if each.says_something and each.rate is not None]
    if len(told) < 2 or told[0].rate == told[1].rate:
        return ""
    best, last = told[0], told[-1]
    return (
        f"가장 많이 읽힌 묶음은 ‘{best.name}’({best.n}회, {rate_text(best.rate)}), "
        f"가장 적게 읽힌 묶음은 ‘{last.name}’({last.n}회, {rate_text(last.rate)})입니다."
    )


def grouped_sends(sends: Sequence[tuple[str, Counts]]) -> list[Group]:
    """Groups in order of their open rate; those with too few sends stand behind."""
    sums: dict[str, tuple[int, Counts]] = {}
    for name, counts in sends:
        if counts.sent and counts.opened is not None:
            n, so_far = sums.get(name, (0, Counts()))
            sums[name] = (n + 1, so_far + counts)
    groups = [Group(name, n, counts) for name, (n, counts) in sums.items()]
    return sorted(groups, key=lambda each: (not each.says_something, -(each.rate or 0), each.name))
