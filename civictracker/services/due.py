"""What is to be sent: today, this week, and what nobody has said the fate of. Overdue stays until decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from civictracker.domain.posting import Status
from civictracker.domain.weeks import Period
from civictracker.services.calendar import PostView, list_posts

LOOK_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Due:
    """``overdue`` are of earlier moments and open, oldest first; the others are to come."""

    overdue: tuple[PostView, ...]
    today: tuple[PostView, ...]
    later: tuple[PostView, ...]

    @property
    def next(self) -> PostView | None:
        return self.today[0] if self.today else self.later[0] if self.later else None


def due_posts(session: Session, *, now: datetime) -> Due:
    """Open posts until the end of this week, and those left over from the year before."""
    today = now.date()
    end = Period.week(today).end
    old = list_posts(session, start=today - LOOK_BACK, end=today, open_only=True)
    overdue = tuple(post for post in old if post.is_overdue(now) and post.status is not Status.IDEA)
    near = list_posts(session, start=today, end=end)
    coming = [post for post in near if post.status.is_open and not post.is_overdue(now)]
    return Due(
        overdue,
        tuple(post for post in coming if post.day == today),
        tuple(post for post in coming if post.day > today),
    )


def reminder(session: Session, *, now: datetime, minutes: int) -> list[PostView]:
    """Posts whose moment comes within ``minutes`` from ``now``."""
    today: date = now.date()
    last = now + timedelta(minutes=minutes)
    posts = list_posts(session, start=today, end=last.date())
    return [
        post for post in posts
        if post.status.is_open and post.time
        and (today, f"{now:%H:%M}") <= (post.day, post.time) <= (last.date(), f"{last:%H:%M}")
    ]  # fmt: skip
