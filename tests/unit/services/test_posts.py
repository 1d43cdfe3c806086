"""Series, single changes, splits, results and what stays of them; every edit can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civictracker.domain.holidays import Policy
from civictracker.domain.posting import Counts, Kind, Status, minutes_between, rate_text
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import post_series, post_stats, posts
from civictracker.services.calendar import PostKey, PostView, list_posts, list_series, load_schedule
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import delete_channel, save_channel
from civictracker.services.context import Context
from civictracker.services.due import due_posts, reminder
from civictracker.services.holidays import drop_holiday, list_holidays, save_holiday
from civictracker.services.home import load_home
from civictracker.services.settings import save_settings
from civictracker.store.tables import Campaign
from tests.conftest import Ids

FRIDAYS = {"name": "금요 카드뉴스", "title": "카드뉴스 {호} {주}", "rule": "FREQ=WEEKLY;BYDAY=FR", "starts": date(2026, 1, 2),
           "time": "15:00"}  # fmt: skip


def series(context: Context, **more: Any) -> int:
    made = context.write(post_series.save_series, **{**FRIDAYS, "channels": (1,), **more})
    assert made.created is not None
    return made.created


def between(context: Context, start: date, end: date) -> list[PostView]:
    return context.read(list_posts, start=start, end=end)


def month(context: Context, number: int = 9) -> list[PostView]:
    period = Period.month(2026, number)
    return between(context, period.start, period.end)


def days(found: list[PostView]) -> list[str]:
    return [f"{post.day.month}.{post.day.day}" for post in found]


def test_a_series_is_seen_without_a_row_and_moves_with_its_reason(office: Context) -> None:
    series(office)
    found = month(office)
    assert days(found) == ["9.4", "9.11", "9.18", "9.23"]
    assert all(post.key.post_id is None for post in found)
    assert (found[-1].original, found[-1].moved_because) == (date(2026, 9, 25), "추석으로 9. 25. → 9. 23.")
    assert found[-1].subject == "카드뉴스 제39호 9월 4주"


def numbers(context: Context, first: int, last: int) -> dict[str, str]:
    """``{"5.8": "제5호"}``, a month read by itself."""
    found = [post for number in range(first, last + 1) for post in month(context, number)]
    return {f"{post.day.month}.{post.day.day}": post.subject.split()[1] for post in found}


def test_what_a_holiday_skips_takes_no_number_whichever_month_is_looked_at(office: Context) -> None:
    """1. 2. to 7. 24. are 30 Fridays, of which 5. 1. and 7. 17. are not sent."""
    key = series(office, policy=Policy.SKIP)
    found = numbers(office, 1, 12)
    assert list(found.values()) == [f"제{at}호" for at in range(1, 48)]  # 52 Fridays, five of them closed
    assert (found["7.24"], found["12.18"]) == ("제28호", "제47호")
    untouched = PostKey(None, key, date(2026, 7, 24))
    assert office.read(posts.load_post, key=untouched).draft.subject == "카드뉴스 제28호 7월 4주"
    office.write(posts.delete_post, key=PostKey(None, key, date(2026, 7, 3)))  # and one by hand
    assert numbers(office, 7, 7)["7.24"] == "제27호"
    assert numbers(office, 12, 12)["12.18"] == "제46호"


def test_a_skipped_day_that_the_new_rule_does_not_know_takes_none_of_its_numbers(office: Context) -> None:
    key = series(office)
    office.write(posts.delete_post, key=PostKey(None, key, date(2026, 9, 18)))
    fields = {**FRIDAYS, "rule": "FREQ=WEEKLY;BYDAY=TH", "channels": (1,), "starts": date(2026, 9, 10)}
    office.write(post_series.change_following, series_id=key, original=date(2026, 9, 11), **fields)
    assert numbers(office, 8, 8)["8.28"] == "제35호"
    assert (numbers(office, 9, 9)["9.17"], numbers(office, 12, 12)["12.17"]) == ("제37호", "제50호")


def test_the_best_read_come_first_and_only_so_many(office: Context) -> None:
    for at, (sent, opened) in enumerate(((1000, 1071), (400, 100), (100, None), (0, 0), (200, 100)), 1):
        made = office.write(posts.save_post, planned=date(2026, 9, at), subject=f"게시 {at}", channels=(1,))
        office.write(posts.save_result, key=PostKey(made.created), sent=sent, opened=opened)
    words = {"start": date(2026, 9, 1), "end": date(2026, 9, 30)}
    count, found = office.read(post_stats.best_read, **words, limit=2)
    assert (count, [post.subject for post in found]) == (3, ["게시 1", "게시 5"])
    assert rate_text(found[0].counts.rate("opened")) == "107.1%"


def test_what_new_year_s_day_promised_was_sent_the_day_before(office: Context) -> None:
    """2027. 1. 1. is a Friday and a holiday."""
    key = series(office)
    office.write(posts.save_result, key=PostKey(None, key, date(2027, 1, 1)), sent=10)
    kept = office.read(post_stats.promises, year=2027, until=date(2027, 1, 3))
    assert [(each.promised, each.sent, each.skipped) for each in kept] == [(1, 1, 0)]


def test_what_was_sent_is_not_skipped(office: Context) -> None:
    key = PostKey(None, series(office), date(2026, 9, 18))
    office.write(posts.save_result, key=key, sent=10)
    with pytest.raises(InputError, match="이미 보낸 회차는 건너뛸 수 없습니다"):
        office.write(posts.delete_post, key=key)
    assert next(post for post in month(office) if post.key.post_id).status is Status.DONE


def test_a_result_that_is_emptied_is_none(office: Context) -> None:
    key = series(office)
    office.write(posts.save_result, key=PostKey(None, key, date(2026, 9, 18)), sent=10)
    made = next(post for post in month(office) if post.key.post_id)
    office.write(posts.save_result, key=made.key, sent=None)
    office.write(posts.set_status, key=made.key, status=Status.SCHEDULED, now=datetime(2026, 9, 18, 15))
    office.write(post_series.end_series, series_id=key, original=date(2026, 9, 11))
    assert days(month(office)) == ["9.4"]


def test_moving_one_leaves_the_others(office: Context) -> None:
    series(office)
    key = month(office)[1].key
    changes = office.write(posts.move_post, key=key, day=date(2026, 9, 10))
    assert changes.label == "‘카드뉴스 제37호 9월 2주’ 9. 11. → 9. 10. 옮김"
    assert days(month(office)) == ["9.4", "9.10", "9.18", "9.23"]
    office.undo()
    assert days(month(office)) == ["9.4", "9.11", "9.18", "9.23"]
    office.redo()
    assert days(month(office)) == ["9.4", "9.10", "9.18", "9.23"]


def test_skipping_one_takes_no_number_and_can_be_revived(office: Context) -> None:
    series(office)
    first = month(office)[0]
    done = office.write(posts.delete_post, key=first.key)
    assert done.created is not None
    found = month(office)
    assert [post.status for post in found] == [Status.SKIPPED, *[Status.SCHEDULED] * 3]
    assert found[1].subject == "카드뉴스 제36호 9월 2주"
    office.write(posts.set_status, key=found[0].key, status=Status.WRITING, now=office.now)
    assert month(office)[0].status is Status.WRITING


def test_changing_all_changes_what_nobody_touched(office: Context) -> None:
    made = series(office)
    office.write(posts.save_result, key=month(office)[0].key, sent=100, opened=61)
    office.write(
        post_series.save_series,
        series_id=made,
        **{**FRIDAYS, "rule": "FREQ=WEEKLY;BYDAY=TH", "channels": (2,)},
    )
    found = month(office)
    assert days(found) == ["9.3", "9.4", "9.10", "9.17", "9.23"]
    assert found[1].counts == Counts(100, 61)


def test_a_split_keeps_results_and_goes_on_counting(office: Context) -> None:
    made = series(office)
    for post in month(office):
        office.write(posts.save_result, key=post.key, sent=100, opened=50)
    cut = date(2026, 9, 18)
    done = office.write(post_series.change_following, series_id=made, original=cut,
                        **{**FRIDAYS, "time": "10:00", "starts": cut, "channels": (2,)})  # fmt: skip
    found = month(office)
    assert [post.counts.opened for post in found] == [50] * 4
    assert [post.key.series_id for post in found] == [made, made, done.created, done.created]
    after = month(office, 10)
    assert [(post.time, post.channels) for post in after] == [("10:00", (2,))] * 5
    assert after[0].subject == "카드뉴스 제40호 10월 1주"
    office.undo()
    assert {post.key.series_id for post in month(office)} == {made}
    assert [post.time for post in month(office, 10)] == ["15:00"] * 5


def test_splitting_a_counted_series_keeps_the_count(office: Context) -> None:
    made = series(office, rule="FREQ=WEEKLY;BYDAY=FR;COUNT=10")
    cut = date(2026, 2, 6)
    office.write(post_series.change_following, series_id=made, original=cut,
                 **{**FRIDAYS, "rule": "FREQ=WEEKLY;BYDAY=FR;COUNT=10", "starts": cut, "channels": (1,)})  # fmt: skip
    assert len(between(office, date(2026, 1, 1), date(2026, 12, 31))) == 10


def test_ending_a_series_keeps_what_was_sent(office: Context) -> None:
    made = series(office)
    found = month(office)
    office.write(posts.save_result, key=found[2].key, sent=100)
    office.write(posts.move_post, key=found[3].key, day=date(2026, 9, 22))
    office.write(post_series.end_series, series_id=made, original=date(2026, 9, 11))
    assert days(month(office)) == ["9.4", "9.18"]
    assert month(office, 10) == []
    office.undo()
    assert days(month(office)) == ["9.4", "9.11", "9.18", "9.22"]


def test_a_temporary_holiday_moves_sends_at_once(office: Context) -> None:
    series(office)
    office.write(save_holiday, day=date(2026, 9, 18), name="임시공휴일")
    assert month(office)[2].moved_because == "임시공휴일로 9. 18. → 9. 17."
    office.write(save_holiday, day=date(2026, 9, 25), name="추석", works=True)
    assert days(month(office)) == ["9.4", "9.11", "9.17", "9.25"]
    office.write(drop_holiday, day=date(2026, 9, 25))
    assert days(month(office))[-1] == "9.23"
    row = next(each for each in office.read(list_holidays, year=2026) if each.day == date(2026, 9, 18))
    assert (row.is_own, row.source) == (True, "기관에서 고침")


def test_years_beyond_the_table_are_unconfirmed_until_someone_confirms(office: Context) -> None:
    span = {"start": date(2027, 1, 1), "end": date(2027, 1, 31)}
    assert office.read(load_schedule, **span).uncertain == (2027,)
    office.write(save_settings, holidays_checked=2027)
    assert office.read(load_schedule, **span).uncertain == ()


def test_a_post_of_its_own_with_cards_and_history(office: Context, now: datetime) -> None:
    made = office.write(
        posts.save_post, planned=date(2026, 11, 20), subject="김장 나눔", channels=(1, 2), status=Status.WRITING,
        slides=({"image": "1.png", "alt_text": "김장 나눔 25일"}, {"image": "2.png"}),
        attachments=("C:/자료/안내.hwp",),
    )  # fmt: skip
    key = PostKey(made.created)
    office.write(posts.set_status, key=key, status=Status.REVIEW, now=now)
    detail = office.read(posts.load_post, key=key)
    assert [step.what for step in detail.history] == ["작성", "검토"]
    assert [slide.alt_text for slide in detail.draft.slides] == ["김장 나눔 25일", ""]
    view = between(office, date(2026, 11, 20), date(2026, 11, 20))[0]
    assert [each.text for each in view.warnings] == ["카드 2장 중 1장에 대체텍스트가 없습니다."]
    copied = office.write(posts.copy_post, key=key, day=date(2026, 11, 27))
    twin = office.read(posts.load_post, key=PostKey(copied.created)).draft
    assert (twin.status, len(twin.slides), twin.attachments) == (Status.IDEA, 2, ("C:/자료/안내.hwp",))
    office.write(posts.delete_post, key=key)
    with pytest.raises(InputError, match="이미 지워졌습니다"):
        office.read(posts.load_post, key=key)
    office.undo()
    assert len(office.read(posts.load_post, key=key).draft.slides) == 2


def test_suwon_s_rates_come_from_counts(office: Context) -> None:
    made = office.write(posts.save_post, planned=date(2019, 5, 14), subject="버스파업 예고", channels=(1,))
    office.write(posts.save_result, key=PostKey(made.created), sent=400_000, opened=629_560, note="공유 포함")
    view = between(office, date(2019, 5, 14), date(2019, 5, 14))[0]
    assert (view.status, rate_text(view.counts.rate("opened"))) == (Status.DONE, "157.39%")
    assert office.read(posts.load_post, key=view.key).result_note == "공유 포함"


def test_an_emergency_needs_no_plan_and_keeps_its_time(office: Context, now: datetime) -> None:
    made = office.write(posts.send_emergency, subject="태풍 링링", channels=(1,),
                        happened=now - timedelta(minutes=38), now=now)  # fmt: skip
    draft = office.read(posts.load_post, key=PostKey(made.created)).draft
    assert (draft.kind, draft.status) == (Kind.EMERGENCY, Status.DONE)
    assert minutes_between(draft.happened, draft.sent_at) == 38
    with pytest.raises(InputError, match="앞섭니다"):
        office.write(
            posts.send_emergency, subject="x", channels=(1,), happened=now + timedelta(hours=1), now=now
        )


def test_collisions_doubles_and_holidays_are_told(office: Context) -> None:
    for subject in ("하나", "둘", "둘"):
        office.write(posts.save_post, planned=date(2026, 10, 9), time="15:00", subject=subject, channels=(1,))
    found = between(office, date(2026, 10, 9), date(2026, 10, 9))
    assert [{each.key for each in post.warnings} for post in found] == [
        {"clash", "holiday"}, {"clash", "holiday", "twin"}, {"clash", "holiday", "twin"},
    ]  # fmt: skip


def test_posts_that_are_moved_onto_each_other_are_told_and_both_stay(office: Context) -> None:
    """Two series of 추석, and one more put there by hand: nothing is lost, and all say so."""
    series(office)
    series(office, name="소식지", rule="FREQ=MONTHLY;BYMONTHDAY=24", starts=date(2026, 9, 24))
    made = office.write(
        posts.save_post, planned=date(2026, 9, 21), time="15:00", subject="수동", channels=(1,)
    )
    office.write(posts.move_post, key=PostKey(made.created), day=date(2026, 9, 23))
    found = between(office, date(2026, 9, 23), date(2026, 9, 23))
    assert len(found) == 3
    assert all("clash" in {each.key for each in post.warnings} for post in found)
    assert sorted(post.moved_because for post in found) == [
        "9. 21. → 9. 23. 옮김", "추석 연휴로 9. 24. → 9. 23.", "추석으로 9. 25. → 9. 23.",
    ]  # fmt: skip


def test_what_is_due_stays_until_it_is_decided(office: Context, now: datetime, week: Period) -> None:
    series(office, starts=date(2026, 11, 6))
    due = office.read(due_posts, now=now)
    assert (days(list(due.overdue)), days(list(due.today))) == (["11.6", "11.13"], ["11.20"])
    home = office.read(load_home, week=week, now=now)
    assert [todo.kind for todo in home.todos if todo.room == "posts"] == ["overdue", "overdue", "due"]
    office.write(posts.set_status, key=due.overdue[0].key, status=Status.SKIPPED, now=now)
    office.write(posts.save_result, key=due.overdue[1].key, sent=10)
    assert office.read(due_posts, now=now).overdue == ()
    assert [post.key for post in office.read(reminder, now=now, minutes=60)] == [due.today[0].key]
    assert office.read(reminder, now=now, minutes=30) == []


def test_a_channel_with_posts_is_kept(office: Context, ids: Ids) -> None:
    series(office)
    with pytest.raises(InputError, match="반복 일정 ‘금요 카드뉴스’"):
        office.write(delete_channel, channel_id=ids.kakao)
    office.write(posts.save_post, planned=date(2026, 11, 20), subject="하나", channels=(ids.blog,))
    with pytest.raises(InputError, match="게시 1건"):
        office.write(delete_channel, channel_id=ids.blog)
    spare = office.write(save_channel, platform="x", name="X").created
    office.write(delete_channel, channel_id=spare)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subject": " "}, "제목"),
        ({"time": "25:00"}, "시각"),
        ({"link": "javascript:alert(1)"}, "https"),
        ({"planned": date(1800, 1, 1)}, "날짜"),
        ({"channels": (99,)}, "채널이 지워졌습니다"),
    ],
)
def test_bad_posts_are_told_in_a_sentence(office: Context, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        office.write(posts.save_post, **{"planned": date(2026, 11, 20), "subject": "가", **fields})
    assert sentence in caught.value.text
    assert between(office, date(2026, 11, 20), date(2026, 11, 20)) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"rule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"}, "맞는 날이 없습니다"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20250101"}, "앞섭니다"),
        ({"name": ""}, "이름"),
    ],
)
def test_bad_series_are_told_in_a_sentence(office: Context, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        series(office, **fields)


def test_a_sent_post_is_not_dragged_about(office: Context) -> None:
    series(office)
    key = month(office)[0].key
    office.write(posts.save_result, key=key, sent=1)
    with pytest.raises(InputError, match="이미 보낸"):
        office.write(posts.move_post, key=month(office)[0].key, day=date(2026, 9, 8))


def test_results_may_not_be_negative(office: Context) -> None:
    series(office)
    with pytest.raises(InputError, match="0 이상"):
        office.write(posts.save_result, key=month(office)[0].key, sent=-1)


def test_what_was_promised_and_what_was_sent(office: Context) -> None:
    series(office, starts=date(2026, 9, 4))
    found = month(office)
    office.write(posts.save_result, key=found[0].key, sent=100, opened=60)
    office.write(posts.delete_post, key=found[1].key)
    kept = office.read(post_stats.promises, year=2026, until=date(2026, 9, 30))
    assert [(each.promised, each.sent, each.skipped, each.waiting) for each in kept] == [(4, 1, 1, 2)]
    assert kept[0].subjects == (found[0].subject,)
    groups = office.read(post_stats.groups, start=date(2026, 9, 1), end=date(2026, 9, 30), by="weekday")
    assert [(each.name, each.n, each.says_something) for each in groups] == [("금요일", 1, False)]
    last = office.read(post_stats.last_result, key=found[2].key, before=found[2].day)
    assert last is not None
    assert last[1] == Counts(100, 60)


def test_filter_and_search(office: Context) -> None:
    series(office)
    office.write(
        posts.save_post,
        planned=date(2026, 9, 8),
        subject="독감 예방접종",
        audience="65세 이상",
        channels=(2,),
    )
    span = {"start": date(2026, 9, 1), "end": date(2026, 9, 30)}
    assert len(office.read(load_schedule, **span, channel_ids=(2,)).posts) == 1
    assert [post.subject for post in office.read(load_schedule, **span, text="ㄷㄱ").posts] == [
        "독감 예방접종"
    ]
    assert len(office.read(load_schedule, **span, text="카드뉴스").posts) == 4


def test_the_samples_hold_the_offices_stories(sample_context: Context) -> None:
    rows = {row.name: row.words for row in sample_context.read(list_series)}
    assert rows["해피매거진"] == "매주 월요일 10:00"
    chuseok = [
        post for post in between(sample_context, date(2026, 9, 23), date(2026, 9, 23)) if post.original
    ]
    assert {post.moved_because for post in chuseok} == {"추석으로 9. 25. → 9. 23."}
    assert any(post.series_name == "주간 카드뉴스" for post in chuseok)
    assert sample_context.read(due_posts, now=sample_context.now).overdue == ()


def test_campaigns_stand_over_their_days(office: Context) -> None:
    def make(session: Any) -> Changes:
        session.add(Campaign(name="카톡친구 통큰이벤트", starts=date(2026, 9, 1), ends=date(2026, 9, 10)))
        return Changes.of(Topic.POSTS, "")

    office.write(make)
    bands = office.read(load_schedule, start=date(2026, 9, 7), end=date(2026, 9, 13)).bands
    assert [band.name for band in bands] == ["카톡친구 통큰이벤트"]
    assert office.read(load_schedule, start=date(2026, 9, 11), end=date(2026, 9, 13)).bands == ()


def test_sends_are_grouped_by_what_they_are_about(office: Context) -> None:
    """By the subject, the text and what the cards say; the office's own words hold."""
    for number in range(8):
        made = office.write(
            posts.save_post, planned=date(2026, 9, 1 + number), subject="주간 카드뉴스", channels=(1,),
            slides=({"image": "a.png", "alt_text": "태풍 대비 행동 요령"},),
        )  # fmt: skip
        office.write(posts.save_result, key=PostKey(made.created), sent=100, opened=50 + number)
    made = office.write(
        posts.save_post, planned=date(2026, 9, 9), subject="김장 나눔", channels=(1,), kind=Kind.EMERGENCY
    )
    office.write(posts.save_result, key=PostKey(made.created), sent=100, opened=99)
    span = {"start": date(2026, 9, 1), "end": date(2026, 9, 30)}

    def told(by: str) -> list[tuple[str, int, bool]]:
        return [
            (each.name, each.n, each.says_something) for each in office.read(post_stats.groups, **span, by=by)
        ]

    assert told("topic") == [("재난·안전", 8, True), ("보건·복지", 1, False)]
    assert told("kind") == [("일반", 8, True), ("긴급", 1, False)]
    for by in ("weekday", "hour", "audience", "series"):
        assert sum(n for _, n, _ in told(by)) == 9, by
    office.write(save_settings, topics="바람: 태풍")
    assert told("topic") == [("바람", 8, True), ("그 밖", 1, False)]
    with pytest.raises(InputError, match="처럼 적어 주세요"):
        office.write(save_settings, topics="바람")
