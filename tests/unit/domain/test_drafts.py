"""What a person may hand in, and the sentence for what may not."""

from datetime import date

import pytest

from civictracker.domain.drafts import ChannelDraft, OfficeDraft, Settings, accepted, is_web_address
from civictracker.domain.weeks import WeekRule
from civictracker.errors import InputError


def refused(**fields: object) -> str:
    with pytest.raises(InputError) as caught:
        accepted(ChannelDraft, **{"platform": "kakao", "name": "채널", **fields})
    return str(caught.value)


def test_a_channel_is_cleaned_on_its_way_in() -> None:
    draft = accepted(ChannelDraft, platform="kakao", name=" 카카오톡  채널 ", note="가 \n 나")
    assert (draft.name, draft.note) == ("카카오톡 채널", "가\n나")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "  "}, "채널 이름을 적어 주세요."),
        ({"opened": date(2026, 1, 2), "closed": date(2026, 1, 1)}, "종료일이 개설일보다 앞섭니다."),
        ({"url": "javascript:alert(1)"}, "주소는 https:// 로 시작해야 합니다."),
        ({"url": "file:///etc/passwd"}, "주소는 https:// 로 시작해야 합니다."),
        ({"name": "가" * 201}, "이름이(가) 너무 깁니다."),
        ({"opened": "언젠가"}, "개설일을(를) 확인해 주세요."),
        ({"unknown": 1}, "입력값을(를) 확인해 주세요."),
    ],
)
def test_each_refusal_is_one_korean_sentence(fields: dict[str, object], sentence: str) -> None:
    assert refused(**fields) == sentence


def test_an_office_needs_a_name() -> None:
    with pytest.raises(InputError, match="기관 이름을 적어 주세요"):
        accepted(OfficeDraft, name="\u200b ")


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://blog.naver.com/x", True), ("http://example.kr", True), ("ftp://example.kr", False),
        ("https://", False), ("//server/share", False), ("https://[", False),
    ],
)  # fmt: skip
def test_web_addresses(url: str, *, fine: bool) -> None:
    assert is_web_address(url) is fine


@pytest.mark.parametrize("approval", [("과장",), ("가",) * 6, ("담당", "")])
def test_approval_boxes_are_two_to_five_and_named(approval: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="결재란"):
        accepted(Settings, approval=approval)


def test_settings_know_how_weeks_are_named() -> None:
    naming = Settings(week_rule=WeekRule.CALENDAR_ROW, base_weekday=0).naming
    assert (naming.rule, naming.base_weekday) == (WeekRule.CALENDAR_ROW, 0)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_base_day_is_a_day_of_the_week(weekday: int) -> None:
    with pytest.raises(InputError):
        accepted(Settings, base_weekday=weekday)
