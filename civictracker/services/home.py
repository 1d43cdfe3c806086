"""이번 주: what must be done now, and the few figures that matter, in one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from civictracker.domain.dates import short
from civictracker.domain.metrics import Reading
from civictracker.domain.numbers import change_rate, grouped, percent_of, signed
from civictracker.domain.series import Total
from civictracker.domain.series import total as sum_up
from civictracker.domain.weeks import Period
from civictracker.services import catalogue
from civictracker.services.calendar import PostKey, list_posts
from civictracker.services.channels import ChannelRow
from civictracker.services.due import due_posts
from civictracker.services.entry import COLUMNS, EntryGrid, load_grid
from civictracker.services.notices import look_around
from civictracker.services.odd_figures import Seen, look_at_figures
from civictracker.services.weekly import week_number, week_of, weekly_values
from civictracker.store.tables import Post, SendResult

SPARK_WEEKS = 12
SHOWN_OVERDUE = 4
_NAMES = "SELECT id, name FROM channel WHERE office_id IN (SELECT id FROM office WHERE kind = 'own')"


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to look at, with its cure: a room and what to show there."""

    kind: str  # missing | slip | overdue | alt | due, and the kinds of ``services.notices``
    title: str
    detail: str
    cure: str
    room: str
    target: object = None
    key: str = ""  # by which it is settled or put off


@dataclass(frozen=True, slots=True)
class Key:
    """A figure of the week with its change and the twelve weeks before (None where there is none)."""

    name: str
    value: int | Decimal | None
    unit: str
    change: int | Decimal | None
    rate: Decimal | None
    trend: tuple[int | Decimal | None, ...]
    note: str = ""
    formula: str = "change"  # of ``domain.formulas``
    how: str = ""  # what was put into it


@dataclass(frozen=True, slots=True)
class PostLine:
    key: PostKey
    day: date
    time: str
    subject: str
    where: str
    status: str
    sent: int | None
    opened: int | None


@dataclass(frozen=True, slots=True)
class Home:
    """``channels`` are those open in the week; ``lacks_warnings`` until :func:`with_warnings` was asked."""

    week: Period
    entered: int
    channels: tuple[ChannelRow, ...]
    todos: tuple[Todo, ...]
    keys: tuple[Key, ...]
    posts: tuple[PostLine, ...]
    lacks_warnings: bool = False

    @property
    def expected(self) -> int:
        return len(self.channels)


def load_home(session: Session, *, week: Period, now: datetime) -> Home:
    """Everything that 이번 주 shows for ``week``."""
    home = load_week(session, week=week, now=now)
    if not home.lacks_warnings:
        return home
    return with_warnings(session, home=home, seen=look_at(session, home=home), now=now)


def load_week(session: Session, *, week: Period, now: datetime) -> Home:
    """``week`` but for its warnings, which take twice as long again. Weeks before the last have none."""
    grid = load_grid(session, week=week, columns=COLUMNS[:1])
    both = posts_between(session, start=week.shift(-1).start, end=week.end)
    posts = tuple(post for post in both if post.day in week)
    todos = (*_missing(grid), *_slips(grid), *_due(session, now))
    keys = (
        *_levels(session, grid),
        _posts_key(len(posts), len(both) - len(posts)),
        _open_rate(session, week),
    )
    this_week = Period.week(now.date())
    channels = tuple(row.channel for row in grid.rows)
    is_watched = week in {this_week, this_week.shift(-1)}  # older ones are history
    return Home(week, grid.entered, channels, todos, keys, posts, is_watched)


def look_at(session: Session, *, home: Home) -> Seen:
    return look_at_figures(session, week=home.week, channels=home.channels)


def with_warnings(session: Session, *, home: Home, seen: Seen, now: datetime) -> Home:
    """``home`` with the warnings of its week below what is to be done."""
    warnings = (
        Todo(each.kind, each.title, each.detail, each.cure, each.room, each.target, each.key)
        for each in look_around(session, seen=seen, now=now)
    )
    return replace(home, todos=(*home.todos, *warnings), lacks_warnings=False)


# --- things to do -----------------------------------------------------------------------------


def _missing(grid: EntryGrid) -> list[Todo]:
    waiting = [row.channel for row in grid.rows if not row.is_entered]
    if not waiting:
        return []
    names = _names(waiting)
    deadline = f"{grid.base_day.month}. {grid.base_day.day}."
    return [
        Todo("missing", f"{names} 미입력", f"기준일 {deadline} 값을 아직 적지 않았습니다.", "입력하기",
             "entry", waiting[0].id)
    ]  # fmt: skip


def _names(channels: list[ChannelRow]) -> str:
    shown = " · ".join(channel.label for channel in channels[:3])
    return shown if len(channels) <= 3 else f"{shown} 외 {len(channels) - 3}개 채널"


def _slips(grid: EntryGrid) -> list[Todo]:
    return [
        Todo("slip", f"{row.channel.label} {found.value:,}명",
             f"지난 값 {found.last:,}명의 {found.words}입니다. 자릿수를 확인해 주세요.", "고치기",
             "entry", row.channel.id)
        for row, _code, found in grid.slips
    ]  # fmt: skip


def _due(session: Session, now: datetime) -> list[Todo]:
    """What waits for a decision first, then what is sent today; overdue stays until decided."""
    due = due_posts(session, now=now)
    shown = due.overdue[-SHOWN_OVERDUE:]
    todos = [
        Todo("overdue", f"{short(post.day)} {post.time} {post.subject}",
             "보냈는지 아직 정하지 않았습니다. 완료나 건너뜀을 골라 주세요.", "정하기", "posts", post.key)
        for post in shown
    ]  # fmt: skip
    if more := len(due.overdue) - len(shown):
        todos.append(
            Todo("overdue", f"그 밖에 정하지 않은 게시 {more}건", "목록에서 한꺼번에 볼 수 있습니다.",
                 "목록 보기", "posts", "overdue")
        )  # fmt: skip
    todos.extend(
        Todo("alt", f"{post.subject} 대체텍스트 없음", post.warnings[0].text, "적기", "posts", post.key)
        for post in (*due.today, *due.later)
        if any(each.key == "alt" for each in post.warnings)
    )
    todos.extend(
        Todo("due", f"{post.time} {post.subject}".strip(), f"오늘 게시 예정 · {post.audience}".rstrip(" ·"),
             "일정 보기", "posts", post.key)
        for post in due.today
    )  # fmt: skip
    return todos


# --- figures ----------------------------------------------------------------------------------


def _levels(session: Session, grid: EntryGrid) -> list[Key]:
    """The office's first channel and the total of all."""
    level = catalogue.metric(COLUMNS[0])
    newest = week_number(grid.week.start)
    weeks = range(newest + 1 - SPARK_WEEKS, newest + 1)
    weekly = weekly_values(
        session, metrics=[level], channel_ids=[row.channel.id for row in grid.rows],
        start=week_of(weeks[0]).start, end=grid.week.end,
    )  # fmt: skip
    by_channel = {channel: found for (_, channel), found in weekly.items()}
    keys = []
    if grid.rows:
        row = grid.rows[0]
        this, own = row.cells[COLUMNS[0]].this, by_channel.get(row.channel.id, {})
        before = own.get(newest - 1)
        trend = tuple(own.get(week) for week in weeks)
        change = rate = None
        how = ""
        if this is not None and before is not None:
            change, rate = this.value - before, change_rate(this.value, before)
            how = f"{grouped(this.value)} − {grouped(before)}"
        name = f"{row.channel.label} {row.channel.level_name.removesuffix(' 수')}"
        keys.append(Key(name, this.value if this else None, "명", change, rate, trend, how=how))
    total = sum_up(
        (_value(row.cells[COLUMNS[0]].this), by_channel.get(row.channel.id, {}).get(newest - 1))
        for row in grid.rows
    )
    sums = tuple(_sum(by_channel, week) for week in weeks)
    note = "" if total is None or total.is_complete else f"{total.present}/{total.expected} 채널"
    keys.append(
        Key("전체 친구·구독 합계", total.value if total else None, "명", total.change if total else None,
            total.rate if total else None, sums, note, "total", _how_total(total))
    )  # fmt: skip
    return keys


def _how_total(total: Total | None) -> str:
    if total is None:
        return ""
    how = f"{total.present}개 채널을 더해 {grouped(total.value)}명"
    if total.change is None:
        return how
    return f"{how}. 증감은 두 주 모두 값이 있는 {total.compared}개로 {signed(total.change, plus='+')}명"


def _value(reading: Reading | None) -> int | None:
    return None if reading is None else reading.value


def _sum(by_channel: Mapping[int, Mapping[int, int]], week: int) -> int | None:
    """The week's total where every channel that has any figure has this one; else a gap."""
    present = [own[week] for own in by_channel.values() if week in own]
    return sum(present) if present and len(present) == len(by_channel) else None


def _posts_key(now: int, before: int) -> Key:
    return Key("이번 주 게시·발송", now, "건", now - before, None, (), formula="posts",
               how=f"이번 주 {now}건, 지난주 {before}건")  # fmt: skip


def _open_rate(session: Session, week: Period) -> Key:
    """열람률 of the week's sends: all opened ÷ all sent (never a mean of rates)."""
    start = week.shift(1 - SPARK_WEEKS).start
    query = (
        select(col(Post.planned), col(SendResult.sent), col(SendResult.opened))
        .join(SendResult, col(SendResult.post_id) == col(Post.id))
        .where(col(Post.planned) >= start, col(Post.planned) <= week.end)
    )
    sums: dict[Period, tuple[int, int]] = {}
    for day, sent, opened in session.exec(query):
        if sent and opened is not None:
            so_far = sums.get(Period.week(day), (0, 0))
            sums[Period.week(day)] = (so_far[0] + sent, so_far[1] + opened)
    rates = {each: percent_of(opened, sent) for each, (sent, opened) in sums.items()}
    weeks = [week.shift(step) for step in range(1 - SPARK_WEEKS, 1)]
    now, last = rates.get(week), rates.get(week.shift(-1))
    change = now - last if now is not None and last is not None else None
    of_week = sums.get(week)
    how = f"{grouped(of_week[1])} ÷ {grouped(of_week[0])}" if of_week else ""
    trend = tuple(rates.get(each) for each in weeks)
    return Key("평균 열람률", now, "%", change, None, trend, formula="open_rate", how=how)


# --- posts ------------------------------------------------------------------------------------


def posts_between(session: Session, *, start: date, end: date) -> tuple[PostLine, ...]:
    """Own posts and occurrences of series within the days, in order of time."""
    names: dict[int, str] = dict(session.connection().exec_driver_sql(_NAMES).fetchall())
    found = []
    for post in list_posts(session, start=start, end=end):
        own = [names[each] for each in post.channels if each in names]
        if not own and post.channels:
            continue
        where = " · ".join(part for part in (", ".join(own), post.audience) if part)
        found.append(
            PostLine(post.key, post.day, post.time, post.subject, where, post.status.value,
                     post.counts.sent, post.counts.opened)
        )  # fmt: skip
    return tuple(found)
