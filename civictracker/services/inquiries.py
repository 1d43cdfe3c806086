"""문의·수상: counts of questions and answer times by channel, kind and day, and the awards log.

Never a name or a number of a person: counts only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sqlmodel import Session, col, select

from civictracker.domain.numbers import percent_of
from civictracker.domain.texts import clean
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import list_channels
from civictracker.store.tables import Award, Inquiry

KINDS = ("단순 문의", "불편·민원", "제안", "칭찬", "기타")


@dataclass(frozen=True, slots=True)
class InquiryView:
    id: int
    day: date
    channel: str
    kind: str
    received: int
    answered: int
    median_minutes: int | None


@dataclass(frozen=True, slots=True)
class InquirySum:
    """Of a channel or a kind. ``minutes`` is the median of the days' medians, weighted by answers."""

    name: str
    received: int
    answered: int
    minutes: int | None

    @property
    def rate(self) -> Decimal | None:
        return percent_of(self.answered, self.received)


@dataclass(frozen=True, slots=True)
class Inquiries:
    rows: tuple[InquiryView, ...]
    by_channel: tuple[InquirySum, ...]
    by_kind: tuple[InquirySum, ...]
    total: InquirySum
    days: int

    @property
    def a_day(self) -> Decimal | None:
        """Received a day that has any entry: 235 a day."""
        return None if not self.days else Decimal(self.total.received) / self.days


def load_inquiries(session: Session, *, start: date, end: date) -> Inquiries:
    names = {row.id: row.label for row in list_channels(session)}
    found = [
        InquiryView(
            row.id or 0, row.day, names.get(row.channel_id, "-"), row.kind, row.received, row.answered,
            row.median_minutes,
        )
        for row in session.exec(
            select(Inquiry)
            .where(col(Inquiry.day) >= start, col(Inquiry.day) <= end)
            .order_by(col(Inquiry.day).desc(), col(Inquiry.id).desc())
        )
    ]  # fmt: skip
    return Inquiries(
        tuple(found),
        _sums(found, [each.channel for each in found]),
        _sums(found, [each.kind for each in found]),
        _sum("모두", found),
        len({each.day for each in found}),
    )


def _sums(rows: list[InquiryView], keys: list[str]) -> tuple[InquirySum, ...]:
    groups: dict[str, list[InquiryView]] = {}
    for row, key in zip(rows, keys, strict=True):
        groups.setdefault(key, []).append(row)
    sums = [_sum(key, group) for key, group in groups.items()]
    return tuple(sorted(sums, key=lambda each: -each.received))


def _sum(name: str, rows: Iterable[InquiryView]) -> InquirySum:
    rows = list(rows)
    times = [
        row.median_minutes
        for row in rows
        if row.median_minutes is not None
        for _ in range(max(1, row.answered))
    ]
    return InquirySum(
        name, sum(row.received for row in rows), sum(row.answered for row in rows),
        round(median(times)) if times else None,
    )  # fmt: skip


def save_inquiry(
    session: Session, *, channel_id: int, day: date, kind: str, received: int, answered: int,
    median_minutes: int | None = None,
) -> Changes:  # fmt: skip
    """A day's counts; the same channel, kind and day is overwritten. Raises InputError."""
    if received < 0 or answered < 0 or received + answered == 0:
        raise InputError("접수한 건수를 적어 주세요.")
    if answered > received:
        raise InputError("답한 건수가 접수한 건수보다 많습니다.")
    known = session.exec(
        select(Inquiry).where(
            Inquiry.channel_id == channel_id, Inquiry.day == day, Inquiry.kind == clean(kind)
        )
    ).first()
    row = known or Inquiry(channel_id=channel_id, day=day, kind=clean(kind))
    row.received, row.answered, row.median_minutes = received, answered, median_minutes
    session.add(row)
    session.flush()
    return Changes.of(Topic.NOTES, f"문의 {received:,}건 적음", created=row.id)


def delete_inquiry(session: Session, *, inquiry_id: int) -> Changes:
    row = session.get(Inquiry, inquiry_id)
    if row is None:
        raise InputError("그 줄은 이미 지워졌습니다.")
    session.delete(row)
    return Changes.of(Topic.NOTES, "문의 한 줄 지움")


# --- awards -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AwardView:
    id: int
    day: date
    name: str
    prize: str
    giver: str


def list_awards(session: Session) -> list[AwardView]:
    rows = session.exec(select(Award).order_by(col(Award.day).desc()))
    return [AwardView(row.id or 0, row.day, row.name, row.prize, row.giver) for row in rows]


def save_award(session: Session, *, day: date, name: str, prize: str = "", giver: str = "") -> Changes:
    if not clean(name):
        raise InputError("상의 이름을 적어 주세요. 예: 대한민국 SNS 대상")
    row = Award(day=day, name=clean(name), prize=clean(prize), giver=clean(giver))
    session.add(row)
    session.flush()
    return Changes.of(Topic.NOTES, f"수상 ‘{row.name}’ 적음", created=row.id)


def delete_award(session: Session, *, award_id: int) -> Changes:
    row = session.get(Award, award_id)
    if row is None:
        raise InputError("그 상은 이미 지워졌습니다.")
    session.delete(row)
    return Changes.of(Topic.NOTES, f"수상 ‘{row.name}’ 지움")
