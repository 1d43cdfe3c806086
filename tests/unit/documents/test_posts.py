""".ics read back by a parser that did not write it, and plans on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from civictracker.documents.ics import ics_calendar, write_ics
from civictracker.documents.plan import plan_document, post_document
from civictracker.documents.xlsx import write_xlsx
from civictracker.domain.posting import Status
from civictracker.domain.weeks import WeekNaming
from civictracker.services import post_series, posts
from civictracker.services.calendar import PostKey, list_posts
from civictracker.services.context import Context
from civictracker.services.post_export import calendar_export, plan_values

SEOUL = timedelta(hours=9)
START, END = date(2026, 1, 1), date(2026, 12, 31)


def instants(data: bytes) -> set[datetime]:
    """What another calendar would show: rules expanded, exceptions and changes applied, in UTC."""
    calendar = vobject.readOne(data.decode("utf-8"))
    plain, moved, gone = set(), [], set()
    for event in calendar.vevent_list:
        if hasattr(event, "recurrence_id"):
            gone.add((event.uid.value, event.recurrence_id.value.astimezone(UTC)))
            moved.append(event.dtstart.value.astimezone(UTC))
        elif event.getrruleset() is not None:
            for each in event.getrruleset():
                plain.add((event.uid.value, each.astimezone(UTC)))
        else:
            moved.append(event.dtstart.value.astimezone(UTC))
    return {moment for _, moment in plain - gone} | set(moved)


def expected(context: Context) -> set[datetime]:
    found = context.read(list_posts, start=START, end=END)
    return {
        datetime.combine(post.day, datetime.strptime(post.time, "%H:%M").time(), UTC) - SEOUL
        for post in found
        if post.status is not Status.SKIPPED
    }


@pytest.fixture
def planned(office: Context) -> Context:
    """Fridays moved for holidays, a month end that skips them, one moved and one skipped by hand."""
    for more in (
        {"name": "금요", "title": "금요 {주}", "rule": "FREQ=WEEKLY;BYDAY=FR", "time": "15:00", "policy": "back"},
        {"name": "월말", "title": "월말", "rule": "FREQ=MONTHLY;BYMONTHDAY=-1", "time": "09:30", "policy": "skip"},
        {"name": "격주", "title": "격주", "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9", "time": "00:00",
         "policy": "forward"},
    ):  # fmt: skip
        office.write(post_series.save_series, starts=date(2026, 1, 1), channels=(1,), **more)
    fridays = [post for post in office.read(list_posts, start=START, end=END) if post.series_name == "금요"]
    office.write(posts.move_post, key=fridays[5].key, day=date(2026, 2, 4), time="23:59")
    office.write(posts.delete_post, key=fridays[9].key)
    office.write(
        posts.save_post,
        planned=date(2026, 6, 1),
        time="11:00",
        subject="쉼표, 세미콜론; 줄\\바꿈",
        channels=(1,),
    )
    return office


def test_another_calendar_reads_the_same_instants(planned: Context, now: datetime, tmp_path: Path) -> None:
    found = planned.read(calendar_export, start=START, end=END)
    path = tmp_path / "게시.ics"
    write_ics(found, path, now=now)
    assert instants(path.read_bytes()) == expected(planned)
    assert any(moment == datetime(2026, 9, 23, 6, 0, tzinfo=UTC) for moment in instants(path.read_bytes()))


def test_the_ics_keeps_rules_and_says_the_zone(planned: Context, now: datetime) -> None:
    text = ics_calendar(planned.read(calendar_export, start=START, end=END), now=now).to_ical().decode()
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270101T060000Z;BYDAY=FR" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "TZOFFSETTO:+0900" in text
    assert "RECURRENCE-ID;TZID=Asia/Seoul:20260925T150000" in text
    assert "SUMMARY:쉼표\\, 세미콜론\\; 줄\\\\바꿈" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_days_without_a_time_are_whole_days(office: Context, now: datetime) -> None:
    office.write(post_series.save_series, name="종일", title="종일", rule="FREQ=WEEKLY;BYDAY=FR",
                 starts=date(2026, 9, 4), channels=(1,))  # fmt: skip
    text = ics_calendar(office.read(calendar_export, start=START, end=END), now=now).to_ical().decode()
    assert "DTSTART;VALUE=DATE:20260904" in text
    assert "UNTIL=20270101" in text


def words(document: Any) -> str:
    return " ".join(
        cell.text for block in document.blocks for row in getattr(block, "body", ()) for cell in row.cells
    )


def test_the_plan_on_paper(planned: Context, tmp_path: Path) -> None:
    plan = planned.read(plan_values, start=date(2026, 9, 1), end=date(2026, 9, 30), written=date(2026, 9, 1))
    document = plan_document(plan, WeekNaming(), ("담당", "팀장"))
    assert document.title == "게시 계획 (2026년 9월)"
    assert "추석으로 9. 25. → 9. 23." in words(document)
    notes = [line for block in document.blocks for line, _ in getattr(block, "lines", ())]
    assert notes == ["휴일: 9. 24. 추석 연휴, 9. 25. 추석, 9. 26. 추석 연휴"]
    write_xlsx(document, tmp_path / "계획.xlsx")
    assert (tmp_path / "계획.xlsx").stat().st_size > 4_000


def test_the_sheet_of_one_post(office: Context) -> None:
    made = office.write(
        posts.save_post, planned=date(2026, 11, 20), subject="김장", body="첫 줄\n둘째 줄", channels=(1,),
        slides=({"image": "a.png", "alt_text": "카드 한 장"},),
    )  # fmt: skip
    office.write(posts.save_result, key=PostKey(made.created), sent=1_000, opened=1_071)
    detail = office.read(posts.load_post, key=PostKey(made.created))
    plan = office.read(
        plan_values, start=date(2026, 11, 20), end=date(2026, 11, 20), written=date(2026, 11, 20)
    )
    document = post_document(detail, plan.names, plan)
    assert "카드 한 장" in words(document)
    assert "1,071" in words(document)
    assert any(getattr(block, "remark", "") == "열람률 107.1%" for block in document.blocks)
