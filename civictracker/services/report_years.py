"""행정사무감사 자료의 값: several years side by side, the running one up to the day of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from civictracker.domain.dates import official
from civictracker.domain.posting import Counts
from civictracker.domain.series import total
from civictracker.domain.weeks import Grain, Period
from civictracker.services.calendar import list_posts
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.report_head import load_head
from civictracker.services.report_lines import LEVEL, POSTS, VIEWS
from civictracker.services.report_periods import Readings
from civictracker.services.report_values import Figure, Head, Source, explained
from civictracker.store.tables import Award, Inquiry

YEARS = 5
METRICS = {LEVEL: "친구·구독자", POSTS: "게시물", VIEWS: "조회·열람"}


@dataclass(frozen=True, slots=True)
class YearRow:
    """One channel (or a sum) over the years; ``present`` channels of ``expected`` are in each sum."""

    name: str
    cells: tuple[Figure, ...]
    present: tuple[int, ...] = ()
    expected: int = 1


@dataclass(frozen=True, slots=True)
class SendYear:
    """``source`` are the posts that were counted."""

    year: int
    count: int
    counts: Counts
    source: Source


@dataclass(frozen=True, slots=True)
class InquiryYear:
    year: int
    received: int
    answered: int
    source: Source


@dataclass(frozen=True, slots=True)
class AwardLine:
    day: date
    name: str
    prize: str
    giver: str


@dataclass(frozen=True, slots=True)
class YearsFigures:
    """``tables`` maps a metric's name to its rows, the sum last; ``until`` ends the running year."""

    head: Head
    years: tuple[int, ...]
    until: date
    tables: dict[str, tuple[YearRow, ...]]
    sends: tuple[SendYear, ...]
    inquiries: tuple[InquiryYear, ...]
    awards: tuple[AwardLine, ...]

    @property
    def range(self) -> str:
        return f"{official(date(self.years[0], 1, 1))} ~ {official(self.until)}"


def years_figures(session: Session, *, year: int, now: datetime, count: int = YEARS) -> YearsFigures:
    """The ``count`` years up to ``year``."""
    head = load_head(session, now=now)
    years = tuple(range(year - count + 1, year + 1))
    spans = tuple(Period.year(each) for each in years)
    until = min(now.date(), spans[-1].end) if year >= now.year else spans[-1].end
    channels = list_channels(session, open_in=(spans[0].start, spans[-1].end))
    read = Readings(session, channels, Period(spans[0].start, spans[-1].end), head.naming, grain=Grain.YEAR)
    tables = {name: _rows(read, channels, code, name, spans) for code, name in METRICS.items()}
    return YearsFigures(
        head, years, until, tables,
        tuple(_sends(session, span, until) for span in spans),
        tuple(_inquiries(session, spans)), tuple(_awards(session, spans[0].start, until)),
    )  # fmt: skip


def _rows(
    read: Readings, channels: Sequence[ChannelRow], code: str, name: str, spans: Sequence[Period]
) -> tuple[YearRow, ...]:
    rows = []
    for row in channels:
        cells = tuple(
            Figure(read.value(code, row.id, span), Source(code, (row.id,), span, f"{row.label} · {name}"))
            for span in spans
        )
        rows.append(YearRow(row.label, cells))
    ids = tuple(row.id for row in channels)
    sums = [total((read.value(code, each, span), None) for each in ids) for span in spans]
    cells = tuple(
        Figure(found.value if found else None, Source(code, ids, span, f"합계 · {name}"))
        for found, span in zip(sums, spans, strict=True)
    )
    present = tuple(found.present if found else 0 for found in sums)
    return (*rows, YearRow("합 계", cells, present, len(channels)))


def _sends(session: Session, span: Period, until: date) -> SendYear:
    """Every send of the year with a result; counts that nobody knows stay unknown."""
    posts = [
        post for post in list_posts(session, start=span.start, end=min(span.end, until))
        if post.counts.sent is not None or post.counts.opened is not None
    ]  # fmt: skip
    counts = Counts()
    for post in posts:
        counts += post.counts
    ids = tuple(post.key.post_id for post in posts if post.key.post_id is not None)
    source = Source("sent", (), span, f"{span.start.year}년 메시지 발송", post_ids=ids)
    return SendYear(span.start.year, len(posts), counts, source)


def _inquiries(session: Session, spans: Sequence[Period]) -> list[InquiryYear]:
    found = []
    for span in spans:
        query = select(func.sum(Inquiry.received), func.sum(Inquiry.answered)).where(
            Inquiry.day >= span.start, Inquiry.day <= span.end
        )
        received, answered = session.exec(query).one()
        if received is not None:
            how = f"문의·수상에 적은 {span.start.year}년의 건수를 더한 것입니다."
            source = explained(f"{span.start.year}년 문의", span, how)
            found.append(InquiryYear(span.start.year, received, answered or 0, source))
    return found


def _awards(session: Session, start: date, end: date) -> list[AwardLine]:
    query = select(Award).where(Award.day >= start, Award.day <= end).order_by(col(Award.day), col(Award.id))
    return [AwardLine(each.day, each.name, each.prize, each.giver) for each in session.exec(query)]
