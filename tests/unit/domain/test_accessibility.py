"""The checklist of a card-news post: what who does not see the cards needs."""

from __future__ import annotations

import pytest

from civictracker.domain.accessibility import checklist

GOOD = ("a.png", "김장 나눔 행사는 11월 25일 구청 광장에서 열립니다.")


def failed(*slides: tuple[str, str], body: str = "본문", link: str = "") -> dict[str, tuple[int, ...]]:
    return {each.key: each.places for each in checklist(slides, body=body, link=link) if not each.is_met}


def test_a_post_without_cards_has_nothing_to_check() -> None:
    assert checklist([], body="", link="") == []


def test_a_good_post_meets_everything() -> None:
    assert failed(GOOD) == {}
    assert len(checklist([GOOD], body="", link="https://blog.naver.com/x")) == 4


@pytest.mark.parametrize(
    "alt",
    ["카드뉴스", "카드뉴스 1", "이미지1", "포스터", "11월_3주_카드.png", "11월 3주 카드", "안내", "1번"],
)
def test_the_name_of_a_picture_is_not_what_it_says(alt: str) -> None:
    assert failed(GOOD, (r"C:\자료\11월_3주_카드.png", alt)) == {"words": (2,)}


def test_missing_repeated_and_only_in_the_picture() -> None:
    assert failed(GOOD, ("b.png", " "), GOOD, body=" ") == {"alt": (2,), "same": (3,), "text": ()}
