"""캠페인: 수원시's visitors, and what the levels show of before and during."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services import campaigns
from civictracker.services.context import Context
from civictracker.services.overlays import breaks_of, load_overlay, save_note
from tests.conftest import Ids

Put = Callable[..., None]
START = Period.parse("2016-W14")


def made(office: Context, **more: object) -> int:
    words = {"name": "카톡친구 통큰이벤트", "starts": START.start, "ends": START.shift(3).end, **more}
    created = office.write(campaigns.save_campaign, **words).created  # type: ignore[arg-type]
    assert created is not None
    return created


def seen(office: Context, key: int, today: date = date(2017, 1, 2)) -> campaigns.CampaignView:
    return office.read(campaigns.load_campaign, campaign_id=key, today=today)


def test_visitors_of_suwon_rose_by_25_5_percent(office: Context) -> None:
    """facts §1 and §2: outside series of any period."""
    key = made(office)
    for name, code, value in (
        ("입장객", "2015", 1_249_490), ("입장객", "2016", 1_568_379),
        ("여섯 곳 연평균", "2014-01-01/2015-12-31", 1_201_145),
        ("여섯 곳 연평균", "2016-01-01/2018-12-31", 1_512_506),
    ):  # fmt: skip
        office.write(
            campaigns.save_outside, campaign_id=key, name=name, unit="명", period=Period.parse(code),
            value=Decimal(value),
        )  # fmt: skip
    outside = seen(office, key).outside
    assert [(each.name, each.rate) for each in outside if each.rate is not None] == [
        ("여섯 곳 연평균", Decimal("25.9")), ("입장객", Decimal("25.5")),
    ]  # fmt: skip
    told = [campaigns.outside_words(each, WeekNaming()) for each in outside]
    assert "2016년 입장객 1,568,379명 (앞 기간보다 +25.5%)" in told


def test_rates_from_outside_keep_their_decimals(office: Context) -> None:
    key = made(office)
    office.write(
        campaigns.save_outside, campaign_id=key, name="회수율", unit="%", period=Period.parse("2017-08"),
        value=Decimal("83.5"),
    )  # fmt: skip
    assert [each.value for each in seen(office, key).outside] == [Decimal("83.5")]


def test_before_during_a_year_ago_and_the_other_channels(office: Context, put: Put, ids: Ids) -> None:
    for step, level in ((-5, 10_000), (-1, 10_400), (3, 12_400), (-53, 8_000), (-49, 8_100)):
        put(office, ids.kakao, START.shift(step).code, level)
    for step, level in ((-1, 5_000), (3, 5_100)):
        put(office, ids.blog, START.shift(step).code, level)
    key = made(office, channel_ids=[ids.kakao])
    (found,) = seen(office, key).channels
    effect = found.effect
    assert (effect.during.change, effect.before.change, effect.year_ago.change) == (2_000, 400, 100)
    assert effect.excess == 1_600
    assert (effect.during.rate, effect.others, effect.against_others) == (
        Decimal("19.2"), Decimal("2.0"), Decimal("17.2"),
    )  # fmt: skip
    assert campaigns.effect_words(found) == (
        "카카오톡 채널: +2,000명(+19.2%), 앞선 같은 기간(+400명)보다 +1,600명, "
        "캠페인이 없던 1개 채널의 중앙값(+2.0%)보다 +17.2%p"
    )


def test_without_figures_nothing_is_claimed(office: Context, ids: Ids) -> None:
    (found,) = seen(office, made(office, channel_ids=[ids.kakao])).channels
    assert campaigns.effect_words(found).endswith("견줄 수 없습니다.")


def test_a_campaign_goes_with_its_figures_and_comes_back(office: Context) -> None:
    key = made(office)
    office.write(
        campaigns.save_outside,
        campaign_id=key,
        name="입장객",
        unit="명",
        period=Period.parse("2016"),
        value=Decimal(5),
    )
    office.write(campaigns.delete_campaign, campaign_id=key)
    assert office.read(campaigns.list_campaigns) == []
    office.undo()
    assert len(seen(office, key).outside) == 1


def test_what_cannot_be_is_refused(office: Context) -> None:
    with pytest.raises(InputError, match="앞섭니다"):
        made(office, ends=date(2016, 1, 1))
    with pytest.raises(InputError, match="이름"):
        made(office, name=" ")


def test_it_is_a_band_in_the_trend_and_breaks_are_by_channel(office: Context, ids: Ids) -> None:
    made(office)
    office.write(save_note, day=date(2016, 5, 2), text="서로이웃 합산", is_break=True, channel_id=ids.blog)
    office.write(save_note, day=date(2016, 5, 3), text="기자 간담회", is_break=False)
    overlay = office.read(
        load_overlay, channel_ids=[ids.kakao], start=date(2016, 1, 1), end=date(2016, 12, 31), is_level=True
    )
    assert [(each.name, each.start) for each in overlay.bands] == [("카톡친구 통큰이벤트", START.start)]
    assert [(each.kind, each.text) for each in overlay.marks] == [("note", "기자 간담회")]
    assert office.read(breaks_of, channel_ids=[ids.kakao, ids.blog]) == {
        ids.kakao: (), ids.blog: (date(2016, 5, 2),),
    }  # fmt: skip
