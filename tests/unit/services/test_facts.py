"""Every figure that was reported of the five offices, by the services that the window and the papers use.

Numbers in the order of the stories. Where a story gives a result but not the figures behind it (3위 in the
first half, an average of 107.1 %), made figures stand in for them, and the comment says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from civictracker.domain.claims import Claim, Verdict
from civictracker.domain.posting import Kind, Status, rate_text
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import campaigns, compare, inquiries, post_series, posts
from civictracker.services.calendar import PostKey, list_posts, list_series
from civictracker.services.channels import list_channels, save_channel
from civictracker.services.context import Context
from civictracker.services.goals import load_outlooks
from civictracker.services.notices import load_notices
from civictracker.services.press import verify_text
from civictracker.services.press_lines import press_lines
from civictracker.services.settings import save_office
from civictracker.services.trends import Point, load_series
from civictracker.ui.pages.trend_view import TrendData, arranged
from tests.conftest import Ids

Put = Callable[..., None]
PRESS = Path(__file__).parents[2] / "data" / "press"
FRIENDS = (("2016-03", 5_079), ("2016-12-31", 173_932), ("2017-11-11", 280_397), ("2019-11-12", 448_633))


def points(office: Context, channel: int, code: str = "followers", **more: object) -> tuple[Point, ...]:
    words = {"channel_ids": [channel], "codes": [code], "naming": WeekNaming(), **more}
    return office.read(load_series, **words)[0].points  # type: ignore[arg-type]


def drawn(office: Context, channel: int, code: str, mode: str, grain: Grain = Grain.YEAR) -> TrendData:
    """As 추이 draws it, all years."""
    (series,) = office.read(
        load_series, channel_ids=[channel], codes=[code], naming=WeekNaming(), grain=grain
    )
    return arranged(
        [series],
        [series.metric],
        grain=grain,
        naming=WeekNaming(),
        mode=mode,
        start=None,
        end=date(2026, 11, 22),
    )


@pytest.fixture
def suwon(office: Context, put: Put, ids: Ids) -> Context:
    office.write(save_office, name="수원시", department="홍보기획관")
    for code, value in FRIENDS:
        put(office, ids.kakao, code, value)
    return office


def peers(office: Context, day: date, **values: int) -> None:
    office.write(compare.save_peer_values, platform="kakao", day=day, values=values)


def story(office: Context, name: str, quote: str) -> Claim:
    """What 보도자료 says of the passage that holds ``quote``."""
    text = (PRESS / f"{name}.txt").read_text(encoding="utf-8")
    claims = office.read(verify_text, text=text, today=date(2026, 11, 20))
    return next(each for each in claims if quote in " ".join(each.quote.split()))


def sent(office: Context, day: date, subject: str, sent: int, opened: int, **more: object) -> str:
    """열람률 of a post with this result, as its record shows it."""
    key = office.write(posts.save_post, planned=day, subject=subject, channels=(1,), **more).created
    office.write(posts.save_result, key=PostKey(key), sent=sent, opened=opened)
    (view,) = [each for each in office.read(list_posts, start=day, end=day) if each.subject == subject]
    return rate_text(view.counts.rate("opened"))


# --- 1. 수원시 2017 -------------------------------------------------------------------------------


def test_friends_grew_by_106_465_or_61_2_percent(suwon: Context, ids: Ids) -> None:
    _, second, third, _ = points(suwon, ids.kakao)
    assert (second.value, second.change) == (173_932, 168_853)
    assert (third.value, third.change, third.rate) == (280_397, 106_465, Decimal("61.2"))


def test_55_2_times_and_34_2_times_by_the_index_and_by_the_sentence(suwon: Context, ids: Ids) -> None:
    months = drawn(suwon, ids.kakao, "followers", "index", Grain.MONTH)
    told = {period.code: text for period, text in zip(months.periods, months.lines[0].texts, strict=True)}
    assert (told["2016-12"], told["2017-11"]) == ("3424.5", "5520.7")  # 34.2 and 55.2 times the 100
    lines = suwon.read(press_lines, week=Period.week(date(2017, 11, 11)))
    assert any("5,079명에서 28만 397명으로 55.2배가 됐다." in each.text for each in lines)


@pytest.mark.parametrize(
    ("quote", "verdict", "computed"),
    [
        ("60.76%", Verdict.WRONG, "61.21"), ("35.4배", Verdict.WRONG, "55.21"), ("25.5%", Verdict.RIGHT, "25.52"),
        ("66%", Verdict.OPEN, "None"), ("29%", Verdict.OPEN, "None"), ("110%", Verdict.OPEN, "None"),
        ("83%", Verdict.OPEN, "None"),
    ],
)  # fmt: skip
def test_the_articles_own_figures_of_2017(
    office: Context, quote: str, verdict: Verdict, computed: str
) -> None:
    claim = story(office, "suwon-2017", quote)
    assert (claim.verdict, str(claim.computed)) == (verdict, computed)


def test_first_among_the_three_of_2017_since_the_end_of_august(suwon: Context, put: Put, ids: Ids) -> None:
    """The figures of November are as reported; those of June and August are made to the ranks reported."""
    day = date(2017, 11, 11)
    for code, value in (("2017-06-30", 215_000), ("2017-08-31", 252_000)):
        put(suwon, ids.kakao, code, value)
    peers(suwon, date(2017, 6, 30), **{"대한민국 정부": 236_000, "서울시": 228_000})
    peers(suwon, date(2017, 8, 31), **{"대한민국 정부": 249_000, "서울시": 241_000})
    peers(suwon, day, **{"대한민국 정부": 260_578, "서울시": 255_488})
    ranking = suwon.read(compare.load_ranking, day=day, platform="kakao", weeks=36)
    assert [(each.name, each.as_of.value, each.place.rank) for each in ranking.rivals if each.as_of and each.place] == [
        ("수원시", 280_397, 1), ("대한민국 정부", 260_578, 2), ("서울시", 255_488, 3),
    ]  # fmt: skip
    own = dict(zip(ranking.history.days, ranking.history.ranks[ids.kakao], strict=True))
    assert {rank for day, rank in own.items() if date(2017, 7, 1) <= day < date(2017, 8, 25)} == {3}
    assert {rank for day, rank in own.items() if day > date(2017, 8, 31)} == {1}
    assert compare.sentence(ranking).startswith(
        "수원시 카카오톡 채널 친구는 2017. 11. 11. 기준 28만 397명으로, 견준 3곳 가운데 1위이다."
    )


def test_the_campaign_of_2016_and_its_visitors(suwon: Context) -> None:
    key = suwon.write(
        campaigns.save_campaign, name="카톡친구 통큰이벤트", starts=date(2016, 4, 1), ends=date(2016, 12, 31)
    ).created
    assert key is not None
    for name, unit, code, value in (
        ("입장객", "명", "2015", "1249490"), ("입장객", "명", "2016", "1568379"),
        ("이벤트 입장 비율", "%", "2016", "66"), ("부대시설 수입(2015년=100)", "", "2015", "100"),
        ("부대시설 수입(2015년=100)", "", "2016", "129"), ("긴급 발송 하루 회수율", "%", "2017-08", "83"),
    ):  # fmt: skip
        suwon.write(
            campaigns.save_outside, campaign_id=key, name=name, unit=unit, period=Period.parse(code),
            value=Decimal(value),
        )  # fmt: skip
    view = suwon.read(campaigns.load_campaign, campaign_id=key, today=date(2017, 11, 13))
    assert [campaigns.outside_words(each, WeekNaming()) for each in view.outside] == [
        "2017년 8월 긴급 발송 하루 회수율 83%",
        "2015년 부대시설 수입(2015년=100) 100",
        "2016년 부대시설 수입(2015년=100) 129 (앞 기간보다 +29.0%)",
        "2016년 이벤트 입장 비율 66%",
        "2015년 입장객 1,249,490명",
        "2016년 입장객 1,568,379명 (앞 기간보다 +25.5%)",
    ]


def test_a_rate_of_110_percent_and_the_emergency_send_that_reached_more_than_were_sent(
    suwon: Context, ids: Ids, put: Put
) -> None:
    assert sent(suwon, date(2017, 11, 3), "소식", 280_000, 308_000) == "110.0%"
    assert sent(suwon, date(2017, 8, 16), "08양계 달걀 회수", 250_000, 300_000, kind="emergency") == "120.0%"
    put(suwon, ids.kakao, "2017-11", 280_000, metric="sent")
    put(suwon, ids.kakao, "2017-11", 308_000, metric="opened")
    (month,) = points(suwon, ids.kakao, "open_rate", grain=Grain.MONTH)
    assert month.value == 1_100  # 110.0 %


def test_235_requests_a_day(suwon: Context, ids: Ids) -> None:
    for back in range(20):
        for channel, received in ((ids.kakao, 180 + back), (ids.blog, 55 - back)):
            suwon.write(
                inquiries.save_inquiry, channel_id=channel, day=date(2017, 11, 10) - timedelta(days=back),
                kind="불편·민원", received=received, answered=received, median_minutes=20,
            )  # fmt: skip
    found = suwon.read(inquiries.load_inquiries, start=date(2017, 10, 1), end=date(2017, 11, 11))
    assert (found.a_day, found.total.received, found.total.rate) == (235, 4_700, 100)


def test_a_blogs_cumulative_visits_are_read_and_never_summed(suwon: Context, put: Put, ids: Ids) -> None:
    """11,350,000 in 2017 and 19,370,000 in 2019 (facts §1 and §2)."""
    put(suwon, ids.blog, "2017-11-11", 11_350_000, metric="total_visits")
    put(suwon, ids.blog, "2019-11-12", 19_370_000, metric="total_visits")
    years = points(suwon, ids.blog, "total_visits", grain=Grain.YEAR)
    assert [(each.period.code, each.value, each.change, each.rate) for each in years] == [
        ("2017", 11_350_000, None, None), ("2019", 19_370_000, 8_020_000, Decimal("70.7")),
    ]  # fmt: skip
    assert drawn(suwon, ids.blog, "total_visits", "value").lines[0].texts == ("11,350,000", "-", "19,370,000")


def test_lost_digits_are_told_and_never_taken_for_28_397(suwon: Context) -> None:
    claim = story(suwon, "suwon-2017-lost", "28397명")
    assert (claim.verdict, claim.claimed, claim.computed) == (Verdict.WRONG, 28_397, 280_397)


# --- 2. 수원시 2019 -------------------------------------------------------------------------------


def test_300_000_in_march_2018_and_400_000_in_june_2019(suwon: Context, put: Put, ids: Ids) -> None:
    """The figures just below and above are made; the months are those reported."""
    for code, value in (
        ("2018-02-28", 298_400), ("2018-03-20", 300_900), ("2019-05-31", 398_900), ("2019-06-18", 400_700),
    ):  # fmt: skip
        put(suwon, ids.kakao, code, value)
    (outlook,) = suwon.read(load_outlooks, week=Period.week(date(2019, 11, 12)), channel_ids=[ids.kakao])
    assert outlook.current == 448_633
    passed = {each.number: f"{each.week.start:%Y-%m}" for each in outlook.milestones}
    assert (passed[300_000], passed[400_000], outlook.next_number) == ("2018-03", "2019-06", 500_000)


def test_first_among_the_four_of_2019(suwon: Context) -> None:
    day = date(2019, 11, 12)
    peers(suwon, day, **{"서울시": 370_811, "경찰청": 241_082, "대한민국 정부": 234_319})
    ranking = suwon.read(compare.load_ranking, day=day, platform="kakao")
    assert [(each.name, each.place.value, each.place.ahead) for each in ranking.rivals if each.place] == [
        ("수원시", 448_633, 0), ("서울시", 370_811, 77_822), ("경찰청", 241_082, 129_729),
        ("대한민국 정부", 234_319, 6_763),
    ]  # fmt: skip
    assert ranking.without_own is not None
    assert (ranking.without_own.mean, ranking.without_own.times_mean) == (282_071, Decimal("1.59"))


def test_an_average_of_107_1_and_a_best_message_of_157_39_percent(suwon: Context, put: Put, ids: Ids) -> None:
    """The counts are made to the rates reported."""
    assert sent(suwon, date(2019, 5, 14), "버스파업 예고", 400_000, 629_560) == "157.39%"
    for month, sends, opened in ((3, 300_000, 330_000), (9, 340_000, 355_440)):
        put(suwon, ids.kakao, f"2018-{month:02}", sends, metric="sent")
        put(suwon, ids.kakao, f"2018-{month:02}", opened, metric="opened")
    (year,) = points(suwon, ids.kakao, "open_rate", grain=Grain.YEAR)
    assert (year.period.code, year.value) == ("2018", 1_071)
    claims = [story(suwon, "suwon-2019", quote) for quote in ("107.1%", "157.39%")]
    assert {each.verdict for each in claims} == {Verdict.OPEN}


def test_visitors_of_six_sites_rose_by_25_9_percent(suwon: Context) -> None:
    key = suwon.write(campaigns.save_campaign, name="통큰이벤트", starts=date(2016, 4, 1)).created
    assert key is not None
    for code, value in (
        ("2014-01-01/2015-12-31", 1_201_145), ("2016-01-01/2018-12-31", 1_512_506),
    ):  # fmt: skip
        suwon.write(
            campaigns.save_outside, campaign_id=key, name="연평균 입장객", unit="명", period=Period.parse(code),
            value=Decimal(value),
        )  # fmt: skip
    view = suwon.read(campaigns.load_campaign, campaign_id=key, today=date(2019, 11, 12))
    assert [each.rate for each in view.outside] == [None, Decimal("25.9")]
    claim = story(suwon, "suwon-2019", "25.9%")
    assert (claim.verdict, claim.computed) == (Verdict.RIGHT, Decimal("25.92"))
    assert story(suwon, "suwon-2019", "34배").verdict is Verdict.RIGHT


def test_a_typhoon_send_at_17_00_to_more_than_400_000(suwon: Context) -> None:
    at = datetime.fromisoformat("2019-09-06T17:00:00+09:00")
    key = suwon.write(
        posts.send_emergency, subject="태풍 링링", channels=(1,), happened=at - timedelta(minutes=38), now=at
    ).created
    suwon.write(posts.save_result, key=PostKey(key), sent=412_300)
    (view,) = suwon.read(list_posts, start=at.date(), end=at.date())
    assert (view.kind, view.status, view.time, view.counts.sent) == (
        Kind.EMERGENCY, Status.DONE, "17:00", 412_300,
    )  # fmt: skip


def test_awards_of_2013_to_2019(suwon: Context) -> None:
    for year, prize in ((2013, ""), (2015, "대상"), (2018, "최우수상"), (2019, "대상")):
        suwon.write(inquiries.save_award, day=date(year, 10, 30), name="대한민국 SNS 대상", prize=prize)
    assert [(each.day.year, each.prize) for each in suwon.read(inquiries.list_awards)] == [
        (2019, "대상"), (2018, "최우수상"), (2015, "대상"), (2013, ""),
    ]  # fmt: skip


# --- 3. 관악구 2020 -------------------------------------------------------------------------------


def test_6_38_times_the_average_of_25_districts(sample_context: Context) -> None:
    """As published in the sample: 47,823 on 2020-10-19, and about 7,500."""
    ranking = sample_context.read(compare.load_ranking, day=date(2020, 10, 19), platform="kakao")
    assert ranking.own is not None
    assert ranking.own.as_of is not None
    assert (ranking.own.as_of.day, ranking.own.as_of.value) == (date(2020, 10, 19), 47_823)
    assert [compare.given_sentence(ranking, each) for each in ranking.given] == [
        "서울 자치구 평균(약 7,500명, 2020. 10. 19.)의 6.38배"
    ]
    lines = sample_context.read(press_lines, week=Period.week(date(2020, 10, 19)))
    assert any(each.kind == "평균 대비" and "6.38배" in each.text for each in lines)


def test_the_headlines_4_700_and_the_bodys_6_times(sample_context: Context) -> None:
    head = story(sample_context, "gwanak-2020", "4,700명")
    assert (head.verdict, head.claimed, head.computed) == (Verdict.WRONG, 4_700, 47_823)
    assert story(sample_context, "gwanak-2020", "약 6배").verdict is Verdict.RIGHT
    assert "자료" in story(sample_context, "gwanak-2020", "4만7, 823").because


def test_publications_target_groups_and_six_further_channels(sample_context: Context) -> None:
    rules = {each.name: each.rule for each in sample_context.read(list_series)}
    assert "WEEKLY" in rules["해피매거진"]
    assert "MONTHLY" in rules["관악소리"]
    own = [each for each in sample_context.read(list_channels) if not each.is_sub]
    assert (own[0].name, own[0].opened and own[0].opened.strftime("%Y-%m")) == ("카카오톡 채널", "2019-01")
    assert len(own) == 7


# --- 4. 양주시 2022, 5. 안양시 2010 ----------------------------------------------------------------


def test_yangju_begins_on_a_friday_and_sends_every_friday(office: Context, ids: Ids) -> None:
    """Each 읍면동 has a channel of its own; the card news is tied to a post of the blog."""
    office.write(save_office, name="양주시")
    kakao = office.write(
        save_channel, platform="kakao", name="양주시 카카오톡", opened=date(2022, 2, 11)
    ).created
    office.write(save_channel, platform="kakao", name="행정복지센터", unit_name="회천1동")
    office.write(
        post_series.save_series, name="금요 카드뉴스", title="카드뉴스", rule="FREQ=WEEKLY;BYDAY=FR",
        starts=date(2022, 2, 11), time="15:00", channels=(kakao, ids.blog), policy="back",
    )  # fmt: skip
    rows = {each.label: each for each in office.read(list_channels)}
    assert (rows["회천1동 행정복지센터"].is_sub, rows["양주시 카카오톡"].is_sub) == (True, False)
    cards = office.read(list_posts, start=date(2022, 2, 11), end=date(2022, 3, 31))
    assert [each.day for each in cards] == [date(2022, 2, 11) + timedelta(weeks=at) for at in range(7)]
    assert {(each.day.weekday(), each.time, each.channels) for each in cards} == {
        (4, "15:00", (kakao, ids.blog))
    }
    assert story(office, "yangju-2022", "2월 11일(금)").verdict is Verdict.RIGHT


def test_anyangs_50_followers_after_13_days(office: Context, put: Put) -> None:
    channel = office.write(
        save_channel, platform="x", name="트위터", handle="@anyanglove", opened=date(2010, 7, 5)
    ).created
    put(office, channel, "2010-07-18", 50)
    (point,) = points(office, channel or 0)
    assert point.value == 50
    lines = office.read(press_lines, week=Period.week(date(2010, 7, 18)))
    claim = story(office, "anyang-2010", "13일")
    assert (claim.verdict, claim.computed) == (Verdict.RIGHT, 13)
    assert lines


def test_the_mayors_account_on_2010_07_19(office: Context) -> None:
    """Day 111, silent for 39 days and not 41, and a profile that nobody looked over."""
    channel = office.write(save_channel, platform="x", name="시장 트위터", opened=date(2010, 3, 30)).created
    office.write(posts.save_post, planned=date(2010, 6, 10), subject="글", channels=(channel,), status="done")
    now = datetime.fromisoformat("2010-07-19T10:00:00+09:00")
    notices = office.read(load_notices, week=Period.week(now.date()), now=now)
    dormant = next(each for each in notices if each.kind == "dormant")
    assert (dormant.title, dormant.detail) == (
        "시장 트위터 · 마지막 글 39일 전", "개설 111일째. 마지막 글 2010. 6. 10. 이후 새 글이 없습니다.",
    )  # fmt: skip
    assert dormant.room == "channels"
    wrong, right = (story(office, "anyang-2010", quote) for quote in ("41일", "111일"))
    assert (wrong.verdict, wrong.computed) == (Verdict.WRONG, 39)
    assert (right.verdict, right.computed) == (Verdict.RIGHT, 111)
    later = datetime.fromisoformat("2010-09-30T10:00:00+09:00")
    due = office.read(load_notices, week=Period.week(later.date()), now=later)
    assert any(each.kind == "profile" and "시장 트위터" in each.title for each in due)
