"""``civictracker posts``: the plan on the command line, for people and for scripts."""

from __future__ import annotations

from datetime import date
from typing import Any

from civictracker.cli.call import Call
from civictracker.cli.writing import need_folder
from civictracker.domain.holidays import Policy, WorkCalendar, place
from civictracker.domain.posting import KIND_NAMES, STATUS_NAMES, rate_text
from civictracker.domain.recurrence import check_rule, occurrences, parse_rule
from civictracker.domain.weeks import WEEKDAYS, Period
from civictracker.errors import InputError
from civictracker.services.calendar import PostView, list_posts
from civictracker.services.due import due_posts
from civictracker.services.post_export import calendar_export, channel_names
from civictracker.store import guard

_LONGEST = 366 * 100  # days of a preview


def show(call: Call) -> int:
    """``posts list``: this month unless told otherwise."""
    words = call.words
    month = Period.month(call.clock().year, call.clock().month)
    start, end = words.start or month.start, words.end or month.end
    if end < start:
        raise InputError("끝나는 날이 시작하는 날보다 앞섭니다.")
    with call.reading() as context:
        posts = context.read(list_posts, start=start, end=end)
        names = context.read(channel_names)
    _tell(call, posts, names)
    return 0


def due(call: Call) -> int:
    """``posts due``: what waits for a decision, and what is to be sent by the end of this week."""
    with call.reading() as context:
        found = context.read(due_posts, now=context.now)
        names = context.read(channel_names)
    if call.words.json:
        call.tell({
            "overdue": [_json(post, names) for post in found.overdue],
            "today": [_json(post, names) for post in found.today],
            "later": [_json(post, names) for post in found.later],
        })  # fmt: skip
        return 0
    for head, posts in (("결정할 것", found.overdue), ("오늘", found.today), ("이번 주", found.later)):
        if posts:
            call.say(f"{head}:")
            for post in posts:
                call.say(f"  {_line(post, names)}")
    if not (found.overdue or found.today or found.later):
        call.say("이번 주에 보낼 것이 없습니다.")
    return 0


def preview(call: Call) -> int:
    """``posts preview``: where a rule puts its sends. Needs no data file; with one, its own holidays hold."""
    words = call.words
    rule = parse_rule(words.rule)
    if words.end < words.start:
        raise InputError("끝나는 날이 시작하는 날보다 앞섭니다.")
    if (words.end - words.start).days > _LONGEST:
        raise InputError("100년이 넘는 기간은 미리 볼 수 없습니다.")
    check_rule(rule, words.start)
    calendar = _calendar(call)
    placed = [
        place(day, Policy(words.policy), calendar, weekend_meant=rule.names_weekend)
        for day in occurrences(rule, words.start, words.start, words.end)
    ]
    call.words.json = True  # this command speaks to programs
    call.tell([
        {
            "original": each.original.isoformat(),
            "date": each.day.isoformat() if each.day else None,
            "moved_because": each.because or None,
        }
        for each in placed
    ])  # fmt: skip
    return 0


def _calendar(call: Call) -> WorkCalendar:
    from civictracker.services.holidays import load_calendar, shipped  # noqa: PLC0415

    if guard.look(call.data) is guard.State.CURRENT:
        with call.reading() as context:
            return context.read(load_calendar)
    return WorkCalendar(shipped().days, certain=shipped().certain)


def export_ics(call: Call) -> int:
    """``posts export-ics``: a year from this month unless told otherwise."""
    from civictracker.documents.ics import write_ics  # noqa: PLC0415 (0.4 s)

    words = call.words
    month = Period.month(call.clock().year, call.clock().month)
    start, end = words.start or month.start, words.end or month.shift(11).end
    if end < start:
        raise InputError("끝나는 날이 시작하는 날보다 앞섭니다.")
    need_folder(words.out)
    with call.reading() as context:
        found = context.read(calendar_export, start=start, end=end)
        count = write_ics(found, words.out, now=context.now)
    call.say(f"일정 {count}개를 ‘{words.out}’에 내보냈습니다.")
    return 0


def _tell(call: Call, posts: list[PostView], names: dict[int, str]) -> None:
    if call.words.json:
        call.tell([_json(post, names) for post in posts])
    elif not posts:
        call.say("게시가 없습니다.")
    for post in posts:
        call.say(_line(post, names))


def _line(post: PostView, names: dict[int, str]) -> str:
    day = f"{post.day.isoformat()}({WEEKDAYS[post.day.weekday()]})"
    where = "·".join(names[each] for each in post.channels if each in names)
    parts = [f"{day} {post.time or '--:--'}", STATUS_NAMES[post.status], post.subject, where, post.audience]
    if post.counts.sent is not None:
        parts.append(f"발송 {post.counts.sent:,} 열람률 {rate_text(post.counts.rate('opened'))}")
    if post.moved_because:
        parts.append(post.moved_because)
    return "  ".join(part for part in parts if part)


def _json(post: PostView, names: dict[int, str]) -> dict[str, Any]:
    counts = post.counts
    rate = counts.rate("opened")
    return {
        "id": post.key.post_id, "series": post.series_name or None,
        "original": _iso(post.original), "date": post.day.isoformat(), "time": post.time or None,
        "subject": post.subject, "status": STATUS_NAMES[post.status], "kind": KIND_NAMES[post.kind],
        "channels": [names[each] for each in post.channels if each in names], "audience": post.audience,
        "moved_because": post.moved_because or None, "sent": counts.sent, "opened": counts.opened,
        "open_rate": float(rate) if rate is not None else None,
        "warnings": [each.text for each in post.warnings],
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
