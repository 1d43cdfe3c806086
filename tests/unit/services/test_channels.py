"""Channels: made, changed, ordered, closed, and deleted only while nothing hangs on them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import (
    delete_channel,
    learn_alias,
    list_channels,
    move_channel,
    save_channel,
)
from civictracker.services.context import Context
from civictracker.store.tables import Channel, ChannelAlias


def names(context: Context) -> list[str]:
    return [row.label for row in context.read(list_channels)]


def test_the_offices_own_come_before_the_towns(office: Context) -> None:
    assert names(office) == ["카카오톡 채널", "공식 블로그", "보라매동 카카오톡 채널"]
    office.write(save_channel, platform="youtube", name="라이브관악")
    assert names(office) == ["카카오톡 채널", "공식 블로그", "라이브관악", "보라매동 카카오톡 채널"]


def test_without_an_office_there_is_no_channel(context: Context) -> None:
    with pytest.raises(InputError, match="먼저 기관 이름"):
        context.write(save_channel, platform="kakao", name="가")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"platform": "carrier_pigeon", "name": "가"}, "채널 종류를 골라 주세요"),
        ({"platform": "kakao", "name": " 카카오톡채널 "}, "이미 있습니다"),
        ({"platform": "kakao", "name": "가", "channel_id": 99}, "이미 지워졌습니다"),
        ({"platform": "kakao", "name": "가", "channel_id": 1, "parent_id": 1}, "자기 자신에게"),
    ],
)
def test_what_is_refused(office: Context, fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        office.write(save_channel, **fields)
    assert len(names(office)) == 3


def test_a_name_is_free_again_once_its_channel_is_closed(office: Context) -> None:
    office.write(save_channel, channel_id=1, platform="kakao", name="카카오톡 채널", closed=date(2026, 6, 30))
    office.write(save_channel, platform="kakao", name="카카오톡 채널", opened=date(2026, 7, 1))
    assert names(office).count("카카오톡 채널") == 2


def test_open_channels_of_a_week(office: Context) -> None:
    office.write(
        save_channel, channel_id=1, platform="kakao", name="카카오톡 채널", closed=date(2026, 11, 16)
    )
    office.write(
        save_channel, channel_id=2, platform="naver_blog", name="공식 블로그", opened=date(2026, 11, 22)
    )
    for days, expected in (
        ((date(2026, 11, 16), date(2026, 11, 22)), [1, 2, 3]),
        ((date(2026, 11, 9), date(2026, 11, 15)), [1, 3]),
        ((date(2026, 11, 23), date(2026, 11, 29)), [2, 3]),
    ):
        assert [row.id for row in office.read(list_channels, open_in=days)] == expected


def test_peers_are_listed_only_on_request(sample_context: Context) -> None:
    own = sample_context.read(list_channels)
    every = sample_context.read(list_channels, peers=True)
    assert all(row.is_own for row in own)
    assert len(every) > len(own)
    assert every[: len(own)] == own


def test_moving_swaps_neighbours_and_stops_at_the_edges(office: Context) -> None:
    changes = office.write(move_channel, channel_id=2, by=-1)
    assert names(office)[:2] == ["공식 블로그", "카카오톡 채널"]
    assert changes.topics == {Topic.CHANNELS}
    for channel_id, by in ((2, -1), (1, 1), (3, -1), (3, 1)):
        assert office.write(move_channel, channel_id=channel_id, by=by).log_id is None
    office.undo()
    assert names(office)[:2] == ["카카오톡 채널", "공식 블로그"]


def test_a_channel_with_figures_is_closed_instead_of_deleted(
    office: Context, put: Callable[..., None]
) -> None:
    put(office, 1, "2026-W47", 47_823)
    with pytest.raises(InputError, match="값이 1개 있어 지울 수 없습니다") as caught:
        office.write(delete_channel, channel_id=1)
    assert caught.value.hint == "운영을 끝낸 채널이면 종료일을 적어 주세요."


def test_deleting_takes_learned_names_along(office: Context) -> None:
    def learn(session: Session, *, name: str, channel_id: int) -> Changes:
        learn_alias(session, name=name, channel_id=channel_id)
        return Changes.of(Topic.CHANNELS, "익힘")

    office.write(learn, name="블 로그", channel_id=2)
    office.write(learn, name="블로그", channel_id=1)
    assert office.read(lambda s: [(a.folded, a.channel_id) for a in s.exec(select(ChannelAlias))]) == [
        ("블로그", 1)
    ]
    office.write(delete_channel, channel_id=1)
    assert office.read(lambda s: list(s.exec(select(ChannelAlias)))) == []
    assert office.read(lambda s: s.get(Channel, 1)) is None
    office.undo()
    assert names(office)[0] == "카카오톡 채널"


def test_a_change_touches_only_what_differs(office: Context) -> None:
    changes = office.write(save_channel, channel_id=1, platform="kakao", name="카카오톡 채널")
    assert changes.log_id is None
    assert office.write(save_channel, channel_id=1, platform="kakao", name="톡채널").log_id is not None
