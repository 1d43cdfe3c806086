"""게시 일정 as iCalendar (RFC 5545): rules stay rules, holidays and changes are their exceptions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civictracker.documents.files import replace_file
from civictracker.domain.posting import STATUS_NAMES, Kind
from civictracker.domain.recurrence import parse_rule
from civictracker.services.calendar import PostView
from civictracker.services.post_export import CalendarExport, SeriesExport

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_ZONE = "Asia/Seoul"
_SEOUL = timezone(timedelta(hours=9))
_LENGTH = timedelta(minutes=30)


def write_ics(export: CalendarExport, path: Path, *, now: datetime) -> int:
    """Write the calendar; returns how many events it holds. Raises DiskError."""
    calendar = ics_calendar(export, now=now)
    replace_file(path, calendar.to_ical())
    return len(calendar.events)


def ics_calendar(export: CalendarExport, *, now: datetime) -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 (0.4 s, and only on export)

    made = Calendar()
    made.add("prodid", "-//CivicTracker//posts//KO")
    made.add("version", "2.0")
    made.add("x-wr-calname", "게시 일정")
    made.add_component(_zone())
    for series in export.series:
        for event in _series(series, export.names, now):
            made.add_component(event)
    for post in export.single:
        event = _event(f"post-{post.key.post_id}", post.subject, _detail(post, export.names), now)
        _when(event, "dtstart", post.day, post.time)
        made.add_component(event)
    return made


def _zone() -> Any:
    """Korea Standard Time, written out: readers need no table of their own."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1988, 10, 9, 3, 0, 0))  # noqa: DTZ001 (by RFC 5545 a local time)
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "KST")
    zone.add_component(standard)
    return zone


def _series(series: SeriesExport, names: dict[int, str], now: datetime) -> list[Event]:
    row = series.row
    uid = f"series-{row.id}"
    where = ", ".join(names[each] for each in row.channels if each in names)
    master = _event(uid, row.name, "\n".join(part for part in (where, row.audience) if part), now)
    _when(master, "dtstart", series.days[0], row.time)
    master.add("rrule", _bounded(series))
    for day in series.dropped:
        _when(master, "exdate", day, row.time)
    events = [master]
    for post in series.changed:
        event = _event(uid, post.subject, _detail(post, names), now)
        assert post.original is not None
        _when(event, "recurrence-id", post.original, row.time)
        _when(event, "dtstart", post.day, post.time)
        events.append(event)
    return events


def _bounded(series: SeriesExport) -> dict[str, Any]:
    """The rule up to the last day exported: beyond it nobody has looked at the holidays."""
    from icalendar import vRecur  # noqa: PLC0415

    rule = parse_rule(series.row.rule)
    text = ";".join(part for part in rule.text.split(";") if not part.startswith(("COUNT", "UNTIL")))
    made: dict[str, Any] = vRecur.from_ical(text)
    last = series.days[-1]
    # UNTIL is of DTSTART's kind: a date, or the instant in UTC.
    made["UNTIL"] = [_moment(last, series.row.time).astimezone(UTC) if series.row.time else last]
    return made


def _event(uid: str, summary: str, detail: str, now: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{uid}@civictracker")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", summary)
    if detail:
        event.add("description", detail)
    return event


def _when(event: Event, name: str, day: date, at: str) -> None:
    """A day with its time in Korea, or a whole day when there is no time."""
    if not at:
        event.add(name, day, parameters={"VALUE": "DATE"})
        return
    event.add(name, datetime.combine(day, time.fromisoformat(at)), parameters={"TZID": _ZONE})
    if name == "dtstart":
        event.add("duration", _LENGTH)


def _moment(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), _SEOUL)


def _detail(post: PostView, names: dict[int, str]) -> str:
    lines = [", ".join(names[each] for each in post.channels if each in names), post.audience,
             STATUS_NAMES[post.status], "긴급" if post.kind is Kind.EMERGENCY else "",
             post.moved_because, post.link]  # fmt: skip
    return "\n".join(line for line in lines if line)
