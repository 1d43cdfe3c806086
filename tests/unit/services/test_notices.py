"""What deserves attention: each kind of notice, and that nothing nags twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from civictracker.domain.weeks import Period
from civictracker.services.channels import list_channels, save_channel
from civictracker.services.context import Context
from civictracker.services.goals import load_outlooks, save_goal
from civictracker.services.home import load_home
from civictracker.services.notices import load_notices, profiles_checked, settle
from civictracker.services.odd_figures import Notice
from civictracker.store.tables import Post, PostChannel
from tests.conftest import NOW, Ids

Put = Callable[..., None]
WEEK = Period.week(NOW.date())


def grow(
    put: Put, office: Context, channel: int, *, weeks: int = 20, start: int = 20_000, by: int = 60
) -> int:
    """Weekly levels up to last week, with a little unrest; the last one."""
    level = start
    for step in range(weeks, 0, -1):
        level += by + (step * 7) % 11
        put(office, channel, WEEK.shift(-step).code, level)
    return level


def found(office: Context, kind: str, now: datetime = NOW) -> list[Notice]:
    notices = office.read(load_notices, week=Period.week(now.date()), now=now)
    return [each for each in notices if each.kind == kind]


def test_an_ordinary_week_says_nothing(office: Context, put: Put, ids: Ids) -> None:
    level = grow(put, office, ids.kakao)
    put(office, ids.kakao, WEEK.code, level + 65)
    assert office.read(load_notices, week=WEEK, now=NOW) == []


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [(-2_000, "fall", "여느 주라면"), (3_000, "jump", "여느 주라면"), (0, "", "")],
)
def test_a_fall_or_a_jump_is_told_with_what_was_to_be_expected(
    office: Context, put: Put, ids: Ids, change: int, kind: str, words: str
) -> None:
    level = grow(put, office, ids.kakao)
    put(office, ids.kakao, WEEK.code, level + 60 + change)
    told = [
        each for each in office.read(load_notices, week=WEEK, now=NOW) if each.kind in {"fall", "jump", "odd"}
    ]
    assert [each.kind for each in told] == ([kind] if kind else [])
    assert all(words in each.detail and each.room == "entry" for each in told)


def test_two_digits_the_other_way_round_are_guessed(office: Context, put: Put, ids: Ids) -> None:
    grow(put, office, ids.kakao)  # 21,405 or so
    put(office, ids.kakao, WEEK.code, 24_165)
    (notice,) = found(office, "odd")
    assert "두 자리가 바뀐 것 같습니다(21,465?)" in notice.detail


def test_a_value_that_stands_still(office: Context, put: Put, ids: Ids) -> None:
    level = grow(put, office, ids.kakao)
    for step in (-1, 0):
        put(office, ids.kakao, WEEK.shift(step).code, level - 70)
    put(office, ids.kakao, WEEK.shift(-2).code, level - 70)
    (notice,) = found(office, "odd")
    assert "3주째 같은 값" in notice.detail


def test_additions_less_blocks_must_be_the_change(office: Context, put: Put, ids: Ids) -> None:
    level = grow(put, office, ids.kakao)
    put(office, ids.kakao, WEEK.code, level + 60)
    put(office, ids.kakao, WEEK.code, 90, metric="added")
    put(office, ids.kakao, WEEK.code, 30, metric="blocked")
    assert found(office, "balance") == []
    put(office, ids.kakao, WEEK.code, 20, metric="blocked")
    (notice,) = found(office, "balance")
    assert notice.detail.startswith("10명이 맞지 않습니다.")


def test_a_change_that_was_written_down_must_be_the_change(office: Context, put: Put, ids: Ids) -> None:
    level = grow(put, office, ids.kakao)
    put(office, ids.kakao, WEEK.code, level + 60)
    put(office, ids.kakao, WEEK.code, 60, metric="net_followers")
    assert found(office, "balance") == []
    put(office, ids.kakao, WEEK.code, -60, metric="net_followers")
    (notice,) = found(office, "balance")
    assert notice.title == "카카오톡 채널 증감 −60 ≠ 친구 +60"


def test_a_week_must_be_the_sum_of_its_days_where_all_are_known(office: Context, put: Put, ids: Ids) -> None:
    for at in range(6):
        put(office, ids.blog, (WEEK.start + timedelta(days=at)).isoformat(), 100 + at, metric="views")
    put(office, ids.blog, WEEK.code, 725, metric="views")
    assert found(office, "sum") == []  # Sunday is not known
    put(office, ids.blog, WEEK.end.isoformat(), 110, metric="views")
    assert found(office, "sum") == []
    put(office, ids.blog, WEEK.code, 752, metric="views")
    (notice,) = found(office, "sum")
    assert notice.title == "공식 블로그 2026년 11월 3주 조회·열람 752 ≠ 날마다의 합 725"
    assert notice.detail.startswith("27회 다릅니다.")
    assert (notice.room, notice.target) == ("entry", ids.blog)


def test_a_month_must_be_the_sum_of_its_days(office: Context, put: Put, ids: Ids) -> None:
    month = Period.month(2026, 10)
    for at in range(31):
        put(office, ids.blog, (month.start + timedelta(days=at)).isoformat(), 10, metric="posts")
    put(office, ids.blog, "2026-10", 311, metric="posts")
    (notice,) = found(office, "sum")
    assert (notice.room, notice.target) == ("trend", (ids.blog,))
    assert "2026년 10월 게시물 수 311 ≠ 날마다의 합 310" in notice.title


def test_visitors_of_a_week_are_fewer_than_those_of_its_days(office: Context, put: Put, ids: Ids) -> None:
    for at in range(7):
        put(office, ids.blog, (WEEK.start + timedelta(days=at)).isoformat(), 100, metric="visitors")
    put(office, ids.blog, WEEK.code, 430, metric="visitors")
    assert found(office, "sum") == []


def test_a_rate_must_be_that_of_its_parts(office: Context, put: Put, ids: Ids) -> None:
    for metric, value in (("sent", 8_000), ("opened", 4_944), ("open_rate", 618)):
        put(office, ids.kakao, WEEK.code, value, metric=metric)
    assert found(office, "rate") == []
    put(office, ids.kakao, WEEK.code, 681, metric="open_rate")
    (notice,) = found(office, "rate")
    assert notice.title == "카카오톡 채널 2026년 11월 3주 열람률 68.1% ≠ 열람 ÷ 발송 61.8%"


def test_one_slip_is_told_once(office: Context, put: Put, ids: Ids) -> None:
    """Ten times the friends pass round numbers, reach goals and upset every balance: only the slip is told."""
    level = grow(put, office, ids.kakao)
    office.write(save_goal, channel_id=ids.kakao, target=level + 300)
    put(office, ids.kakao, WEEK.code, (level + 60) * 10)
    put(office, ids.kakao, WEEK.code, 90, metric="added")
    put(office, ids.kakao, WEEK.code, 30, metric="blocked")
    home = office.read(load_home, week=WEEK, now=NOW)
    about = [todo.kind for todo in home.todos if "카카오톡" in todo.title and "보라매동" not in todo.title]
    assert about == ["slip"]


def all_kinds(office: Context, put: Put, ids: Ids) -> list[Notice]:
    """One notice of every kind that this module knows how to provoke, on one office."""
    level = grow(put, office, ids.kakao, weeks=26)
    put(office, ids.kakao, WEEK.code, level - 2_500)
    for at in range(7):
        put(office, ids.blog, (WEEK.start + timedelta(days=at)).isoformat(), 100, metric="views")
    put(office, ids.blog, WEEK.code, 900, metric="views")
    for metric, value in (("sent", 800), ("opened", 400), ("open_rate", 618)):
        put(office, ids.blog, WEEK.code, value, metric=metric)
    for step, value in ((-1, 4_000), (0, 4_100)):
        put(office, ids.sub, WEEK.shift(step).code, value)
    put(office, ids.sub, WEEK.code, 70, metric="net_followers")
    office.write(save_goal, channel_id=ids.sub, target=4_150)
    put(office, ids.blog, WEEK.shift(-9).code, 3, metric="posts")
    office.write(save_channel, platform="x", name="시장 트위터", opened=date(2026, 3, 30))
    return office.read(load_notices, week=WEEK, now=NOW)


def test_every_warning_has_a_cure_and_none_nags_twice(office: Context, put: Put, ids: Ids) -> None:
    told = all_kinds(office, put, ids)
    assert {each.kind for each in told} >= {"fall", "sum", "rate", "balance", "goal", "dormant", "profile"}
    assert all(each.cure and each.room and each.detail for each in told)
    keys = [each.key for each in told if each.key]
    assert len(keys) == len(set(keys))
    for each in told:
        if each.key:
            office.write(settle, key=each.key, note="확인함")
        else:  # profiles: asked again in half a year
            office.write(profiles_checked, channel_ids=each.target, today=NOW.date())  # type: ignore[arg-type]
    assert office.read(load_notices, week=WEEK, now=NOW) == []


def test_the_mayors_account_of_2010(office: Context) -> None:
    """Opened 2010-03-30, last post 2010-06-10: on 2010-07-19 it is day 111, and 39 days silent."""
    channel = office.write(save_channel, platform="x", name="시장 트위터", opened=date(2010, 3, 30)).created

    def post(session: object) -> object:
        from civictracker.services.changes import Changes, Topic

        row = Post(planned=date(2010, 6, 10), status="done", subject="글")
        session.add(row)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add(PostChannel(post_id=row.id, channel_id=channel))  # type: ignore[attr-defined]
        return Changes.of(Topic.POSTS, "글")

    office.write(post)  # type: ignore[arg-type]
    (notice,) = found(office, "dormant", datetime.fromisoformat("2010-07-19T10:00:00+09:00"))
    assert notice.title == "시장 트위터 · 마지막 글 39일 전"
    assert notice.detail.startswith("개설 111일째.")
    assert found(office, "dormant", datetime.fromisoformat("2010-07-05T10:00:00+09:00")) == []


def test_profiles_are_looked_over_twice_a_year(office: Context) -> None:
    channel = office.write(save_channel, platform="x", name="시장 트위터", opened=date(2026, 3, 30)).created
    (notice,) = found(office, "profile")
    assert notice.target == (channel,)
    office.write(profiles_checked, channel_ids=[channel], today=NOW.date())
    assert found(office, "profile") == []
    assert len(found(office, "profile", NOW + timedelta(days=181))) == 1


def test_what_a_blog_forgets_is_to_be_downloaded(office: Context, put: Put, ids: Ids) -> None:
    put(office, ids.blog, WEEK.shift(-11).code, 900, metric="views")
    assert found(office, "download") == []
    put(office, ids.blog, WEEK.shift(-11).code, None, metric="views")
    put(office, ids.blog, WEEK.shift(-13).code, 900, metric="views")
    (notice,) = found(office, "download")
    assert "15주 보관 중 12주 지남" in notice.title


def test_a_goal_that_is_near_and_a_round_number_passed(office: Context, put: Put, ids: Ids) -> None:
    level = grow(put, office, ids.kakao, start=28_264, weeks=26)
    office.write(save_goal, channel_id=ids.kakao, target=level + 20)
    near, _round_number = found(office, "goal")
    assert near.title == f"카카오톡 채널 목표 {level + 20:,}명까지 20명"
    assert "~" in near.detail
    put(office, ids.kakao, WEEK.code, 30_012)
    (passed,) = found(office, "passed")
    assert passed.title == "카카오톡 채널 30,000명 돌파"


def test_what_a_doubted_figure_passes_is_no_news_until_it_is_settled(
    office: Context, put: Put, ids: Ids
) -> None:
    level = grow(put, office, ids.kakao, weeks=26)
    put(office, ids.kakao, WEEK.code, level * 2 + 1_000)
    (jump,) = found(office, "jump")
    assert found(office, "passed") == []
    assert found(office, "goal") == []
    office.write(settle, key=jump.key, until=date(2026, 11, 23))
    assert found(office, "jump") == []
    assert found(office, "passed") == [], "put off, and still in doubt"
    office.write(settle, key=jump.key, note="이벤트")
    assert len(found(office, "passed")) == 1, "the greatest of the round numbers alone"


def test_settled_for_good_put_off_for_a_while_and_another_value_asks_again(
    office: Context, put: Put, ids: Ids
) -> None:
    level = grow(put, office, ids.kakao)
    put(office, ids.kakao, WEEK.code, level - 2_000)
    (notice,) = found(office, "fall")
    changes = office.write(settle, key=notice.key, until=WEEK.shift(1).start)
    assert found(office, "fall") == []
    assert changes.label == "알림 11. 23.까지 미룸"
    office.undo()
    assert len(found(office, "fall")) == 1
    office.write(settle, key=notice.key, note="채널 정리")
    assert found(office, "fall") == []
    put(office, ids.kakao, WEEK.code, level - 2_500)
    assert len(found(office, "fall")) == 1


def test_home_lists_them_with_their_cure(sample_context: Context) -> None:
    home = sample_context.read(load_home, week=WEEK, now=NOW)
    kinds = [todo.kind for todo in home.todos]
    assert {"missing", "slip", "collect", "profile"} <= set(kinds)
    assert all(todo.cure and todo.room for todo in home.todos)


def test_a_forecast_needs_enough_past(office: Context, put: Put, ids: Ids) -> None:
    grow(put, office, ids.kakao, weeks=10)
    (outlook,) = office.read(load_outlooks, week=WEEK, channel_ids=[ids.kakao])
    assert outlook.forecast is None
    assert outlook.why_not == "값이 20주는 있어야 앞날을 어림합니다(지금 10주)."


def test_round_numbers_of_suwon(office: Context, put: Put, ids: Ids) -> None:
    """30만 was passed in March 2018 and 40만 in June 2019 by the readings of facts §2."""
    for code, value in (
        ("2017-11-11", 280_397), ("2018-02-28", 297_800), ("2018-03-25", 301_200),
        ("2019-05-31", 398_700), ("2019-06-20", 401_500), ("2019-11-12", 448_633),
    ):  # fmt: skip
        put(office, ids.kakao, code, value)
    (outlook,) = office.read(load_outlooks, week=Period.week(date(2019, 11, 12)), channel_ids=[ids.kakao])
    assert [(each.number, each.week.start.strftime("%Y-%m")) for each in outlook.milestones] == [
        (300_000, "2018-03"), (400_000, "2019-06"),
    ]  # fmt: skip
    assert outlook.next_number == 500_000
    assert not outlook.milestones[0].is_exact


def test_every_own_channel_has_an_outlook(sample_context: Context) -> None:
    outlooks = sample_context.read(load_outlooks, week=WEEK)
    assert len(outlooks) == len(sample_context.read(list_channels))
    assert any(outlook.reach for outlook in outlooks)
