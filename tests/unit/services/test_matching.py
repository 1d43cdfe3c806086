"""Which channel and which metric a sheet's names mean; what is not certain is asked."""

import pytest
from sqlmodel import Session

from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import learn_alias, list_channels, save_channel
from civictracker.services.context import Context
from civictracker.services.imports import settled_channel
from civictracker.services.matching import ChannelMatcher, Target, metric_for, new_metric
from civictracker.sheets import presets


def target(context: Context, name: str, told: str = "", platform: str = "") -> Target:
    answers = {f"channel:{name}" if name else "channel": told} if told else {}
    return context.read(lambda session: ChannelMatcher(session).target(name, answers, platform))


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("카카오톡 채널", 1), ("카카오톡채널", 1), (" 카카오톡·채널 ", 1), ("관악구 카카오톡 채널", 1),
        ("공식 블로그", 2), ("네이버 블로그", 2), ("보라매동", 3), ("보라매동 카카오톡 채널", 3),
        ("보라매동 / 카카오톡 채널", 3), ("보라매동 / 카톡", 3), ("관악구 / 블로그", 2),
    ],
)  # fmt: skip
def test_names_that_are_certain(office: Context, name: str, channel: int) -> None:
    assert target(office, name).channel_id == channel


@pytest.mark.parametrize("name", ["유튜브", "카카오", "보라", ""])
def test_names_that_are_not_are_asked(office: Context, name: str) -> None:
    assert not target(office, name).is_known


def test_a_name_of_two_channels_is_asked_with_both_offered(office: Context) -> None:
    office.write(save_channel, platform="naver_blog", name="축제 블로그")
    found = target(office, "블로그")
    assert not found.is_known
    assert set(found.suggested) == {2, 4}


def test_what_was_learned_beats_what_is_guessed(office: Context) -> None:
    def learn(session: Session) -> Changes:
        learn_alias(session, name="공식 블로그", channel_id=3)
        return Changes.of(Topic.CHANNELS, "익힘")

    office.write(learn)
    assert target(office, "공식블로그").channel_id == 3


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("skip", Target("엑스", is_skipped=True)),
        ("new", Target("엑스", is_new=True, platform="x")),
        ("new:엑스(구 트위터)", Target("엑스(구 트위터)", is_new=True)),
        ("2", Target("엑스", 2)),
        ("보라매동", Target("엑스", 3)),
    ],
)
def test_a_persons_answers(office: Context, told: str, expected: Target) -> None:
    assert target(office, "엑스", told) == expected


@pytest.mark.parametrize("told", ["99", "그런 채널 없음"])
def test_an_answer_that_names_nothing_is_asked_again(office: Context, told: str) -> None:
    assert not target(office, "엑스", told).is_known


def test_new_said_twice_means_one_channel(office: Context) -> None:
    made = office.write(save_channel, platform="youtube", name="유튜브").created
    assert target(office, "유튜브", "new") == Target("유튜브", made)
    assert target(office, "유튜브", "new", platform="kakao").is_new


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("친구 수", "followers"), ("팔로워_수", "followers"), ("친구수(명)", "followers"),
        ("조회수", "views"),
        ("좋아요_수", "likes"), ("카카오톡 친구수", "followers"), ("열람률", "open_rate"),
    ],
)  # fmt: skip
def test_metrics_by_their_many_names(name: str, code: str) -> None:
    found = metric_for(name, {}, None)
    assert found is not None
    assert not isinstance(found, str)
    assert found.code == code


@pytest.mark.parametrize("name", ["", "Count", "인구", "합계"])
def test_a_metric_that_nobody_knows_is_asked(name: str) -> None:
    assert metric_for(name, {}, None) is None


def test_answers_about_metrics() -> None:
    assert metric_for("Count", {"metric:Count": "skip"}, None) == "skip"
    for told in ("followers", "친구 수"):
        found = metric_for("Count", {"metric:Count": told}, None)
        assert not isinstance(found, str)
        assert found is not None
        assert found.code == "followers"


def test_a_metric_of_the_offices_own() -> None:
    found = new_metric("민원 접수", "new:flow:건")
    assert found is not None
    assert (found.name, found.kind.value, found.unit, found.decimals) == ("민원 접수", "flow", "건", 0)
    assert found.id < 0
    assert new_metric("민원 접수", "new:level") is not None
    assert new_metric("민원 접수", "new:ratio:%") is None
    assert new_metric("민원  접수", "new:flow:건") == found or found.code == "own:민원접수"


def test_a_preset_knows_its_own_names() -> None:
    preset = presets.by_code("youtube_totals")
    assert preset is not None
    for name, code in preset.metrics.items():
        found = metric_for(name, {}, preset)
        assert not isinstance(found, str)
        assert found is not None
        assert found.code == code


@pytest.mark.parametrize(
    "name", ["구독자", "구독자(명)", "누적 구독자", "총 팔로워", "구독자 현황", "이웃", "팔로워·구독자"]
)
def test_followers_by_their_common_names(name: str) -> None:
    found = metric_for(name, {}, None)
    assert not isinstance(found, str)
    assert found is not None
    assert found.code == "followers"


@pytest.mark.parametrize(
    "name", ["누적 조회", "조회수(누적)", "게시(누계)", "총 조회수", "구독자 증가", "조회수 수요일"]
)
def test_what_another_word_makes_another_thing_is_asked(name: str) -> None:
    assert metric_for(name, {}, None) is None


def test_a_new_channel_of_a_dong_is_made_as_its_own(office: Context) -> None:
    name = "신림동 / 밴드"
    found = target(office, name, "new")
    assert (found.is_new, found.platform) == (True, "band")

    def settle(session: Session) -> Changes:
        settled_channel(session, found)
        return Changes.of(Topic.CHANNELS, "만듦")

    office.write(settle)
    made = office.read(list_channels)[-1]
    assert (made.unit_name, made.name, made.platform) == ("신림동", "밴드", "band")
    assert target(office, name).channel_id == made.id
    assert target(office, name, "new").channel_id == made.id  # "new" said twice means one channel
