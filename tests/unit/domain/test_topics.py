"""What a post is about, by its words; and what a comparison of groups may claim."""

from __future__ import annotations

import pytest

from civictracker.domain.posting import Counts, claim, grouped_sends
from civictracker.domain.topics import OTHER, SHIPPED, topic_of, topics_of
from civictracker.errors import InputError


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("태풍 링링 대비 안내", "재난·안전"), ("버스파업 예고 안내", "재난·안전"), ("독감 예방접종 안내", "보건·복지"),
        ("청년 일자리 박람회 채용관", "일자리·경제"), ("회암사지 왕실 축제 공연", "축제·행사"),
        ("추석 연휴 청소·주차 안내", "생활정보"), ("관악소리 12월호", "소식지"), ("주간 카드뉴스 11월 3주", OTHER), ("", OTHER),
    ],
)  # fmt: skip
def test_the_shipped_list_sorts_what_offices_send(text: str, topic: str) -> None:
    assert topic_of(text, topics_of(SHIPPED)) == topic


def test_of_two_that_fit_equally_the_first_in_the_list_holds() -> None:
    topics = topics_of("가: 하나, 둘\n나: 하나, 셋")
    assert topic_of("하나", topics) == "가"
    assert topic_of("하나 셋", topics) == "나"


@pytest.mark.parametrize("text", ["이름만", ": 낱말", "가: ,", "가: 하나\n가: 둘", f"{OTHER}: 하나"])
def test_a_list_that_cannot_be_is_a_sentence(text: str) -> None:
    with pytest.raises(InputError):
        topics_of(text)


def sends(name: str, times: int, opened: int) -> list[tuple[str, Counts]]:
    return [(name, Counts(100, opened))] * times


def test_nothing_is_claimed_below_eight_sends() -> None:
    groups = grouped_sends([*sends("금요일", 8, 61), *sends("월요일", 7, 99), *sends("화요일", 9, 40)])
    assert [(each.name, each.n, each.says_something) for each in groups] == [
        ("금요일", 8, True), ("화요일", 9, True), ("월요일", 7, False),
    ]  # fmt: skip
    assert claim(groups) == (
        "가장 많이 읽힌 묶음은 ‘금요일’(8회, 61.0%), 가장 적게 읽힌 묶음은 ‘화요일’(9회, 40.0%)입니다."
    )
    assert claim(grouped_sends([*sends("금요일", 8, 61), *sends("월요일", 7, 99)])) == ""
    assert claim(grouped_sends([*sends("금요일", 8, 61), *sends("월요일", 9, 61)])) == ""
