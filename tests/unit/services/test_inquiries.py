"""문의·수상: counts and medians, and the awards of 수원시."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from civictracker.errors import InputError
from civictracker.services import inquiries
from civictracker.services.context import Context
from tests.conftest import Ids

DAY = date(2026, 11, 20)


def add(
    office: Context, channel: int, received: int, answered: int, minutes: int | None, **more: object
) -> None:
    words = {"kind": "단순 문의", "day": DAY, **more}
    office.write(
        inquiries.save_inquiry, channel_id=channel, received=received, answered=answered,
        median_minutes=minutes, **words,
    )  # type: ignore[arg-type]  # fmt: skip


def test_sums_by_channel_and_kind_with_the_median_time(office: Context, ids: Ids) -> None:
    add(office, ids.kakao, 235, 230, 12)
    add(office, ids.kakao, 5, 4, 90, kind="제안")
    add(office, ids.blog, 40, 10, 300, day=date(2026, 11, 19))
    found = office.read(inquiries.load_inquiries, start=date(2026, 11, 16), end=date(2026, 11, 22))
    assert [(each.name, each.received, each.rate, each.minutes) for each in found.by_channel] == [
        ("카카오톡 채널", 240, Decimal("97.5"), 12), ("공식 블로그", 40, Decimal("25.0"), 300),
    ]  # fmt: skip
    assert (found.total.received, found.total.minutes, found.a_day) == (280, 12, 140)


def test_the_same_day_kind_and_channel_is_one_line(office: Context, ids: Ids) -> None:
    add(office, ids.kakao, 10, 5, None)
    add(office, ids.kakao, 12, 6, None)
    found = office.read(inquiries.load_inquiries, start=DAY, end=DAY)
    assert [each.received for each in found.rows] == [12]
    assert found.total.minutes is None


def test_what_cannot_be_is_refused(office: Context, ids: Ids) -> None:
    with pytest.raises(InputError, match="많습니다"):
        add(office, ids.kakao, 1, 2, None)
    with pytest.raises(InputError, match="건수"):
        add(office, ids.kakao, 0, 0, None)


def test_awards_newest_first(office: Context) -> None:
    for year, prize in ((2013, "대상"), (2018, "최우수상"), (2019, "대상")):
        office.write(inquiries.save_award, day=date(year, 11, 1), name="대한민국 SNS 대상", prize=prize)
    assert [each.day.year for each in office.read(inquiries.list_awards)] == [2019, 2018, 2013]
    office.undo()
    assert len(office.read(inquiries.list_awards)) == 2
