"""비교: the published ranks and multiples of the five offices, and the rules of ties and days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from civictracker.domain.ranking import average, places, ranks
from civictracker.errors import InputError
from civictracker.services import compare
from civictracker.services.context import Context
from tests.conftest import Ids

Put = Callable[..., None]
REACH = compare.REACH


def peers(office: Context, day: date, **values: int | None) -> None:
    office.write(compare.save_peer_values, platform="kakao", day=day, values=values)


def told(office: Context, day: date, **more: int) -> compare.Ranking:
    return office.read(compare.load_ranking, day=day, platform="kakao", **more)


def test_suwon_2017_leads_government_and_seoul(office: Context, put: Put, ids: Ids) -> None:
    """facts §1, with the office of the tests in the place of 수원시."""
    day = date(2017, 11, 11)
    put(office, ids.kakao, "2017-11-11", 280_397)
    peers(office, day, **{"대한민국 정부": 260_578, "서울시": 255_488})
    ranking = told(office, day)
    assert [(each.name, each.place.rank, each.place.ahead) for each in ranking.rivals if each.place] == [
        ("관악구", 1, 0), ("대한민국 정부", 2, 19_819), ("서울시", 3, 5_090),
    ]  # fmt: skip
    assert "1위" in compare.sentence(ranking)


def test_suwon_2019(office: Context, put: Put, ids: Ids) -> None:
    """facts §2: four offices on 2019-11-12."""
    day = date(2019, 11, 12)
    put(office, ids.kakao, "2019-11-12", 448_633)
    peers(office, day, **{"서울시": 370_811, "경찰청": 241_082, "대한민국 정부": 234_319})
    ranking = told(office, day)
    assert [each.name for each in ranking.rivals] == ["관악구", "서울시", "경찰청", "대한민국 정부"]
    assert [each.place.ahead for each in ranking.rivals if each.place] == [0, 77_822, 129_729, 6_763]


def test_gwanak_2020_is_6_38_times_the_average_of_25_districts(office: Context, put: Put, ids: Ids) -> None:
    """facts §3: a published average has no rank, and is not in the mean."""
    day = date(2020, 10, 19)
    put(office, ids.kakao, "2020-10-19", 47_823)
    peers(office, day, **{"서울 자치구 평균": 7_500})
    ranking = told(office, day)
    (given,) = ranking.given
    assert given.place is None
    assert compare.given_sentence(ranking, given).endswith("의 6.38배")
    assert [each.name for each in ranking.rivals] == ["관악구"]


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks({"가": 5, "나": 9, "다": 9, "라": 1}) == {"나": 1, "다": 1, "가": 3, "라": 4}
    found = places({"가": 5, "나": 9, "다": 9}, {"가": 6, "나": 3})
    assert [(each.key, each.rank, each.is_tied, each.ahead, each.moved) for each in found] == [
        ("나", 1, True, 0, 1), ("다", 1, True, 0, None), ("가", 3, False, 4, -2),
    ]  # fmt: skip
    assert [(each.key, each.growth, each.growth_rank) for each in found] == [
        ("나", Decimal("200.0"), 1), ("다", None, None), ("가", Decimal("-16.7"), 2),
    ]  # fmt: skip


def test_averages_with_and_without_oneself() -> None:
    with_own, without = average([47_823, 8_000, 7_000], 47_823), average([8_000, 7_000], 47_823)
    assert with_own is not None
    assert without is not None
    assert (with_own.mean, with_own.times_mean, with_own.median) == (20_941, Decimal("2.28"), 8_000)
    assert (without.mean, without.times_mean) == (7_500, Decimal("6.38"))
    assert average([], 5) is None


def test_a_figure_of_another_day_is_told_with_its_day_and_grows_too_old(
    office: Context, put: Put, ids: Ids
) -> None:
    put(office, ids.kakao, "2026-11-20", 5_000)
    peers(office, date(2026, 11, 13), 강남구=6_000)
    peers(office, date(2024, 1, 5), 서초구=9_000)
    ranking = told(office, date(2026, 11, 20))
    assert [(each.name, each.as_of and each.as_of.day) for each in ranking.rivals] == [
        ("강남구", date(2026, 11, 13)), ("관악구", date(2026, 11, 20)), ("서초구", None),
    ]  # fmt: skip
    assert "강남구 2026. 11. 13." in compare.as_of_words(ranking)
    assert told(office, date(2026, 11, 20), reach=40_000).rivals[0].name == "서초구"
    assert told(office, date(2026, 11, 12)).own.as_of is None  # type: ignore[union-attr]


def test_a_weeks_figure_is_of_its_base_day(office: Context, put: Put, ids: Ids) -> None:
    put(office, ids.kakao, "2026-W47", 5_100)
    put(office, ids.kakao, "2026-W46", 5_000)
    for day, value in ((date(2026, 11, 20), 5_100), (date(2026, 11, 19), 5_000)):
        own = told(office, day).own
        assert own is not None
        assert own.as_of is not None
        assert own.as_of.value == value


def test_rank_history_follows_the_figures(office: Context, put: Put, ids: Ids) -> None:
    put(office, ids.kakao, "2026-08-01", 5_000)
    put(office, ids.kakao, "2026-11-01", 7_000)
    peers(office, date(2026, 8, 1), 강남구=6_000)
    ranking = told(office, date(2026, 11, 20))
    own = ranking.history.ranks[ids.kakao]
    assert (own[0], own[-1]) == (2, 1)
    assert len(ranking.history.days) == len(own) == compare.HISTORY


def test_peers_are_typed_once_and_found_again(office: Context) -> None:
    peers(office, date(2026, 11, 13), 강남구=6_000)
    peers(office, date(2026, 11, 20), 강남구=6_100)
    ranking = told(office, date(2026, 11, 20))
    assert [(each.name, each.as_of.value if each.as_of else None) for each in ranking.rivals] == [
        ("강남구", 6_100), ("관악구", None),
    ]  # fmt: skip
    office.undo()
    assert told(office, date(2026, 11, 20)).rivals[0].as_of.value == 6_000  # type: ignore[union-attr]
    with pytest.raises(InputError):
        peers(office, date(2026, 11, 20))
