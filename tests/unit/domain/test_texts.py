"""Text as it is stored and compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.texts import clean, clean_lines, folded, without_footnote


def test_decomposed_hangul_becomes_composed() -> None:
    apart = unicodedata.normalize("NFD", "카카오톡 채널")
    assert apart != "카카오톡 채널"
    assert clean(apart) == "카카오톡 채널"


def test_marks_that_hide_or_turn_text_are_taken_out() -> None:
    assert clean("\ufeff 보고서\u202egpj.exe\u200b ") == "보고서gpj.exe"


def test_blanks_collapse_and_lines_stay_where_they_are_wanted() -> None:
    assert clean(" 가 \t 나\n다\u00a0라 ") == "가 나 다 라"
    assert clean_lines("\n 가  나 \n\n다 \n") == "가 나\n\n다"


def test_control_characters_are_dropped() -> None:
    assert clean("가\x00나\x07다") == "가나다"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("친구 추가 수 (7일) ", "친구추가수(7일)"),
        ("FACEBOOK", "facebook"),
        ("카카오톡·채널", "카카오톡ㆍ채널"),
        ("ＡＢＣ１２", "abc12"),
        ("네이버_블로그", "네이버 블로그"),
        ("① 본청", "1본청"),
    ],
)
def test_names_that_a_person_calls_the_same_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_that_differ_stay_apart() -> None:
    assert len({folded(name) for name in ("좋아요", "좋아요수", "1동", "11동", "가나", "나가")}) == 6


def test_punctuation_alone_folds_to_itself() -> None:
    assert folded(" - ") == "-"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025¹⁾", "2025"), ("관악구²", "관악구"), ("양주시2)", "양주시"), ("구독자 1)", "구독자"),
        ("면적(km²)", "면적(km²)"), ("면적 m²", "면적 m²"), ("3(2)", "3(2)"), ("2025 1)", "2025 1)"),
        ("구독자(10월 2)", "구독자(10월 2)"), ("", ""),
    ],
)  # fmt: skip
def test_a_footnote_is_taken_off_a_name_and_a_unit_stays(text: str, expected: str) -> None:
    assert without_footnote(text) == expected
