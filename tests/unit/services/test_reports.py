"""The weekly report's figures: gaps, slips, carried figures, rates, and where numbers come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from civictracker.domain.weeks import Period
from civictracker.services import entry, figures, opening, report_values, reports, settings
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit
from civictracker.store.tables import Post, PostChannel, PostSeries, SendResult

WEEK = Period.week(date(2026, 11, 20))
LAST = WEEK.shift(-1)
NOW = datetime.fromisoformat("2026-11-20T14:03:00+09:00")


class Office:
    """A data file to be filled in a few words."""

    def __init__(self, context: Context) -> None:
        self.context = context
        context.write(settings.save_office, name="가나군청", department="홍보실")

    def channel(self, name: str, this: int | None, last: int | None, *, unit: str = "") -> int:
        made = self.context.write(save_channel, platform="kakao", name=name, unit_name=unit)
        assert made.created is not None
        self.put("followers", made.created, WEEK, this)
        self.put("followers", made.created, LAST, last)
        return made.created

    def put(self, metric: str, channel: int, week: Period, value: int | None) -> None:
        edit = ValueEdit(metric, channel, week, value)
        self.context.write(figures.write_values, edits=[edit], label="")

    def post(
        self, day: date, channel: int, sent: int | None = None, opened: int | None = None, **more: str
    ) -> None:
        def make(session, rule: str = more.pop("rule", "")) -> Changes:
            series = PostSeries(title="정기", rule=rule, starts=day)
            if rule:
                session.add(series)
                session.flush()
            post = Post(
                planned=day, original=day, series_id=series.id, **{"time": "10:00", "subject": "소식", **more}
            )
            session.add(post)
            session.flush()
            session.add(PostChannel(post_id=post.id, channel_id=channel))
            if sent is not None or opened is not None:
                session.add(SendResult(post_id=post.id, sent=sent, opened=opened))
            return Changes.of(Topic.POSTS, "")

        self.context.write(make)

    def report(self, week: Period = WEEK) -> report_values.ReportFigures:
        return self.context.read(reports.weekly_figures, week=week, now=NOW)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = opening.open_data(tmp_path / "civictracker.db", lambda: NOW, alone=False)
    yield Office(opened.context)
    opened.context.close()


def test_a_total_with_a_gap_says_so_and_compares_only_what_both_weeks_have(office: Office) -> None:
    office.channel("갑", 1_050, 1_000)
    office.channel("을", None, 9_000)
    found = office.report()
    line = found.total
    assert (line.this.value, line.last.value, line.change.value) == (1_050, 10_000, 50)
    assert line.rate.value == Decimal("5.0")
    assert (line.present, line.expected) == (1, 2)
    assert [each.kind for each in found.warnings] == ["missing", "gap"]
    assert "2개 채널 중 금주 수치가 있는 1개 채널의 합" in found.warnings[0].text
    assert "을" in found.warnings[0].text
    assert "(전주 1,000명 → 금주 1,050명)" in found.warnings[1].text
    assert "(1/2개 채널)" in found.sentences[0].text


def test_missing_is_none_and_never_zero(office: Office) -> None:
    office.channel("갑", None, 9_000)
    line = office.report().groups[0].lines[0]
    for name in ("this", "change", "rate", "posts", "posts_year", "views"):
        assert getattr(line, name).value is None
    assert line.last.value == 9_000


def test_an_older_reading_is_not_last_week(office: Office) -> None:
    channel = office.channel("갑", 1_100, None)
    office.put("followers", channel, WEEK.shift(-3), 1_000)
    line = office.report().total
    assert (line.this.value, line.last.value, line.change.value) == (1_100, None, None)


def test_a_base_of_zero_has_no_rate(office: Office) -> None:
    office.channel("갑", 5, 0)
    line = office.report().total
    assert (line.change.value, line.rate.value) == (5, None)


def test_carried_figures_are_marked_and_told(office: Office) -> None:
    office.context.write(settings.save_settings, carry_forward=True)
    office.channel("갑", 1_050, 1_000)
    office.channel("을", None, 9_000)
    office.channel("병", None, None)
    found = office.report()
    assert (found.total.this.value, found.total.this.mark) == (10_050, "※")
    carried, absent = found.groups[0].lines[1:]
    assert (carried.this.value, carried.this.mark, carried.change.value) == (9_000, "※", None)
    assert (absent.this.value, absent.this.mark) == (None, "")
    assert [each.kind for each in found.warnings] == ["carried", "missing", "gap"]


def test_a_tenfold_slip_stays_in_the_sum_and_is_marked_and_told_until_settled(office: Office) -> None:
    channel = office.channel("행정복지센터", 470, 4_702, unit="낙성대동")
    office.channel("갑", 1_000, 1_000)
    found = office.report()
    assert (found.total.this.value, found.total.this.mark) == (1_470, "※")
    assert [each.kind for each in found.warnings] == ["slip"]
    assert "470명" in found.warnings[0].text
    assert "10분의 1" in found.warnings[0].text
    grid = office.context.read(entry.load_grid, week=WEEK)
    reading = next(row for row in grid.rows if row.channel.id == channel).cells["followers"].this
    assert reading is not None
    office.context.write(entry.settle, key=entry.slip_key(channel, "followers", reading))
    settled = office.report()
    assert (settled.warnings, settled.total.this.mark) == ((), "")


def test_groups_are_the_office_and_its_units(office: Office) -> None:
    office.channel("행정복지센터", 30, 20, unit="가동")
    office.channel("갑", 100, 90)
    found = office.report()
    assert [(group.name, group.total.this.value) for group in found.groups] == [("본청", 100), ("읍면동", 30)]
    assert found.sentences[1].text == "갑 10명, 읍면동 10명 증가"


def test_posts_are_counted_from_new_year_by_the_weeks_name(office: Office) -> None:
    channel = office.channel("갑", 1, 1)
    for monday, count in ((date(2025, 12, 22), 100), (date(2025, 12, 29), 3), (date(2026, 11, 9), 5),
                          (date(2026, 11, 16), 7), (date(2026, 11, 23), 1_000)):  # fmt: skip
        office.put("posts", channel, Period.week(monday), count)
    line = office.report().total
    assert (line.posts.value, line.posts_year.value) == (7, 15)  # 2025-12-29 is 2026년 1월 1주


def test_sends_plan_and_remarks(office: Office) -> None:
    channel = office.channel("카카오톡 채널", 1, 1)
    office.post(
        date(2026, 11, 16),
        channel,
        1_000,
        500,
        status="done",
        audience="전체",
        rule="FREQ=WEEKLY;BYDAY=MO;COUNT=1",
    )
    office.post(date(2026, 11, 17), channel, 1_000, None, status="done")
    office.post(date(2026, 11, 18), channel, subject="잊은 것")
    office.post(date(2026, 11, 20), channel, subject="오늘")
    office.post(date(2026, 11, 20), channel, subject="생각", status="idea")
    office.post(date(2026, 11, 9), channel, 1_000, 600, status="done")
    office.post(date(2026, 11, 23), channel, rule="FREQ=WEEKLY;BYDAY=MO")
    office.post(date(2026, 11, 25), channel, status="writing")
    found = office.report()
    assert [(post.subject, post.target, post.remark) for post in found.posts] == [
        ("소식", "카카오톡(전체)", "정기"), ("소식", "카카오톡", ""), ("잊은 것", "카카오톡", "게시 확인 중"),
        ("오늘", "카카오톡", "예정"),
    ]  # fmt: skip
    sends = found.sends
    assert (sends.count, sends.sent.value, sends.opened.value) == (2, 2_000, 500)
    assert sends.open_rate.value == Decimal("50.0")  # only where both are known
    assert sends.rate_change.value == Decimal("-10.0")
    assert "열람률 50.0%, 전주 대비 △10.0%p" in found.sentences[-1].text
    assert [post.remark for post in found.plan] == ["정기(매주 월)", "작성 중"]


def test_the_trend_has_gaps_where_nothing_was_entered(office: Office) -> None:
    channel = office.channel("카카오톡 채널", 120, None)
    office.put("followers", channel, WEEK.shift(-11), 100)
    line = office.report().trend[0]
    assert (line.short, line.values) == ("카카오톡", (100, *[None] * 10, 120))


def test_every_figure_knows_its_source(office: Office) -> None:
    first, second = office.channel("갑", 2, 1), office.channel("을", 4, 3)
    line = office.report().total
    assert line.this.source.channel_ids == (first, second)
    assert (line.change.source.period, line.change.source.base) == (WEEK, LAST)
    for field in fields(line):
        value = getattr(line, field.name)
        if isinstance(value, report_values.Figure):
            assert value.source.words.startswith("합 계 · ")


@pytest.mark.parametrize("with_channel", [False, True])
def test_an_empty_week_still_reads(office: Office, *, with_channel: bool) -> None:
    if with_channel:
        office.channel("갑", None, None)
    found = office.report()
    assert found.total.this.value is None
    assert [each.text for each in found.sentences] == [
        "전체 친구·구독자 금주 수치 미입력", "게시물 금주 수치 미입력", "금주 메시지 발송 실적 없음",
    ]  # fmt: skip


def test_label_and_range(office: Office) -> None:
    assert (office.report().name, office.report().range) == (
        "2026년 11월 3주", "2026. 11. 16.(월) ~ 11. 22.(일)",
    )  # fmt: skip
    year_end = office.report(Period.week(date(2027, 1, 1)))
    assert (year_end.name, year_end.range) == ("2026년 12월 5주", "2026. 12. 28.(월) ~ 2027. 1. 3.(일)")
    assert year_end.year_start == date(2026, 1, 1)


def test_a_month_and_its_weeks_are_not_counted_twice(office: Office) -> None:
    channel = office.channel("갑", 1, 1)
    office.put("posts", channel, Period.month(2026, 6), 40)
    office.put("posts", channel, Period.week(date(2026, 6, 10)), 9)  # within that month
    office.put("posts", channel, WEEK, 7)
    assert office.report().total.posts_year.value == 47
