"""숫자 검산: what the five offices' texts say, and texts nobody wrote yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.claims import Claim, Known, Verdict, verify
from civictracker.domain.numbers import change_rate, times

PRESS = Path(__file__).parents[2] / "data" / "press"


def text_of(name: str) -> str:
    return (PRESS / f"{name}.txt").read_text(encoding="utf-8")


def found(name: str, quote: str) -> Claim:
    """The claim of the story whose quote holds ``quote``."""
    claims = [each for each in verify(text_of(name)) if quote in " ".join(each.quote.split())]
    assert claims, quote
    return claims[0]


@pytest.mark.parametrize(
    ("name", "quote", "computed"),
    [
        ("suwon-2017", "60.76%", "61.21"),
        ("suwon-2017", "35.4배", "55.21"),
        ("suwon-2017-lost", "60.76%", "61.21"),
        ("suwon-2017-lost", "35.4배", "55.21"),
        ("suwon-2017-lost", "28397명", "280397"),
        ("gwanak-2020", "4,700명", "47823"),
        ("anyang-2010", "41일", "39"),
    ],
)
def test_what_the_stories_print_wrongly(name: str, quote: str, computed: str) -> None:
    claim = found(name, quote)
    assert (claim.verdict, str(claim.computed)) == (Verdict.WRONG, computed)


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        ("suwon-2017", "25.5%"),
        ("suwon-2017", "60%"),
        ("suwon-2017", "28만여 명"),
        ("suwon-2017", "1위"),
        ("suwon-2017", "1년 8개월"),
        ("suwon-2019", "34배"),
        ("suwon-2019", "25.9%"),
        ("suwon-2019", "40만 명"),
        ("suwon-2019", "가장 많"),
        ("gwanak-2020", "약 6배"),
        ("yangju-2022", "2월 11일(금)"),
        ("anyang-2010", "111일"),
        ("anyang-2010", "13일"),
    ],
)
def test_what_the_stories_print_rightly(name: str, quote: str) -> None:
    assert found(name, quote).verdict is Verdict.RIGHT


def test_a_figure_of_the_text_is_taken_before_one_that_was_worked_out() -> None:
    """10만 명(60%) 이상: held against 17만3932, not against 28만 less 10만."""
    assert str(found("suwon-2017", "60%").computed) == "60.98"


@pytest.mark.parametrize(
    ("name", "quote"),
    [("suwon-2017", "66%"), ("suwon-2017", "29%"), ("suwon-2017", "110%"), ("suwon-2019", "157.39%")],
)
def test_what_cannot_be_told_is_not_judged(name: str, quote: str) -> None:
    assert found(name, quote).verdict is Verdict.OPEN


@pytest.mark.parametrize("name", sorted(each.stem for each in PRESS.glob("*.txt")))
def test_offsets_are_those_of_the_text_as_given(name: str) -> None:
    text = text_of(name)
    claims = verify(text)
    assert claims
    assert all(text[each.start : each.end] == each.quote for each in claims)
    assert [each.start for each in claims] == sorted(each.start for each in claims)


def test_line_ends_of_windows_change_nothing() -> None:
    plain = [(each.kind, each.verdict) for each in verify(text_of("gwanak-2020"))]
    text = text_of("gwanak-2020").replace("\n", "\r\n")
    assert [(each.kind, each.verdict) for each in verify(text)] == plain
    assert all(text[each.start : each.end] == each.quote for each in verify(text))


RIGHT = (
    "지난 한 해 79건의 글을 올리고 월 2회 메시지를 보냈다. 2025년 1월 말 기준 가입자가 1,200명을 돌파했다.",
    "블로그 누적 방문은 1,135만 명이다. 관광객은 전년 대비 12.5% 늘었다.",
    "유튜브 구독자는 2024년 말 8,120명에서 2025년 말 1만2,180명으로 50% 증가했다.",
    "구독자 수가 1만 2,000명에서 1만 5,000명으로 25% 늘었고, 조회수는 20만 회에서 50만 회로 2.5배 증가했다.",
    "10월 1일 문을 연 채널은 20일 만에 1만 명을 넘었다. 11월 13일 현재 친구는 1만5천 명이다.",
    "축제는 7월 20일부터 10일간 열린다. 지난해에는 12만 명이 찾았다.",
    "민원은 하루 평균 235건이며, 이 가운데 92%가 당일 처리됐다.",
    "참가자는 총 120명(남 70명, 여 50명)이다.",
    "카카오톡 채널 친구가 지난해 같은 기간보다 3,210명 늘어 4만7,823명이 됐다.",
    "시 채널 친구는 4만7,823명으로 자치구 평균 7,500명의 6.4배이며, 2위인 강남구 1만4,210명보다 3만3,613명 많다.",
    "올해 6개월간 방문객은 120만여 명으로 지난해 같은 기간 98만 명보다 22% 증가했다.",
    "친구 수가 줄어 1만 명에서 9,500명으로 5% 감소했다.",
    "채널 친구 4만 명 시대\n관악구 카카오톡 채널 친구가 4만 명을 넘어섰다. 11월 20일 기준 4만1,230명이다.",
    "친구 수는 5만 2천 명으로, 3년 전 1만 3천 명보다 4배 늘었다.",
    "올해 10월까지 누적 조회수는 310만 회로, 지난해 전체 조회수 280만 회를 이미 넘어섰다.",
    "시는 올해 안에 친구 50만 명 돌파를 목표로 한다. 지금은 44만8,633명이다.",
)  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_that_is_right_is_called_wrong(text: str) -> None:
    assert [(each.quote, each.because) for each in verify(text) if each.verdict is Verdict.WRONG] == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("구독자가 8,120명에서 1만2,180명으로 60% 증가했다.", "60%"),
        ("친구는 7만8,000명으로 자치구 평균 1만2,000명의 약 9배다.", "약 9배"),
        ("참가자는 총 130명(남 70명, 여 50명)이다.", "130명"),
        ("카카오톡 채널은 2022년 2월 11일(목) 문을 열었다.", "2022년 2월 11일(목)"),
        ("친구는 17만3,932명에서 28만397명으로 11만6,465명 늘었다.", "11만6,465명"),
        ("1위 수원시\n수원시 카카오톡 친구는 25만 397명으로 1위다. 서울시는 25만5,488명이다.", "1위"),
        ("채널 구독자 1만2천 명 돌파\n시 유튜브 채널 구독자는 11월 현재 12만1,034명이다.", "1만2천 명"),
        ("2024년 1월 15일 개설한 채널이 2024년 5월 1일 현재 120일째를 맞았다.", "120일"),
        ("친구 50만 명 돌파\n시 카카오톡 채널 친구가 48만2,100명을 기록했다.", "50만 명"),
        ("구독자 감소율은 8%로, 1만 명에서 9,500명으로 줄었다.", "8%"),
        ("지난 3월 30일 연 트위터의 마지막 글은 7월 19일 현재 41일 전인 6월 10일에 올라왔다.", "41일"),
    ],
)
def test_slips_of_other_texts_are_caught_and_nothing_else_is(text: str, quote: str) -> None:
    assert {each.quote for each in verify(text) if each.verdict is Verdict.WRONG} == {quote}


@dataclass
class Passage:
    text: str
    told: list[tuple[str, str, str]] = field(default_factory=list)  # quote, verdict, what comes out


def passages() -> list[Passage]:
    found: list[Passage] = []
    for line in (PRESS.parent / "passages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            quote, verdict, computed = (*(each.strip() for each in line.split("|")), "")[:3]
            found[-1].told.append((quote, verdict, computed))
        elif line and not line.startswith("#"):
            found.append(Passage(line.replace("⏎", "\n")))
    return found


@pytest.mark.parametrize("passage", passages(), ids=lambda each: each.text[:24])
def test_passages_of_other_offices_are_judged_as_by_hand(passage: Passage) -> None:
    claims = verify(passage.text, today=date(2026, 11, 22))
    for quote, verdict, computed in passage.told:
        claim = next((each for each in claims if " ".join(each.quote.split()).startswith(quote)), None)
        assert claim is not None, quote
        assert claim.verdict.value == verdict, claim
        if computed:
            assert _is_about(claim.computed, computed), claim
    wrong = {quote for quote, verdict, _ in passage.told if verdict == Verdict.WRONG.value}
    called = {" ".join(each.quote.split()) for each in claims if each.verdict is Verdict.WRONG}
    assert all(any(each.startswith(quote) for quote in wrong) for each in called), called


def _is_about(computed: object, told: str) -> bool:
    return (
        abs(computed - Decimal(told)) < Decimal("0.011")
        if isinstance(computed, Decimal)
        else computed == told
    )


NOUNS = st.sampled_from(["카카오톡 친구", "유튜브 구독자", "블로그 이웃", "축제 방문객", "수원화성 입장객"])


def written(value: int, style: int) -> str:
    """A count as papers write it."""
    high, low = divmod(value, 10_000)
    if style == 0 or not high:
        return f"{value:,}"
    return (f"{high}만{low:,}" if style == 1 else f"{high}만 {low}") if low else f"{high}만"


FORMS = (
    "{noun} 수는 {old}명에서 {new}명으로 {rate}% {verb}했다.",
    "{noun}는 {new}명으로 지난해 말({old}명)보다 {rate}% {verb}했다.",
    "{noun}가 전년({old}명) 대비 {rate}% {verb}한 {new}명을 기록했다.",
    "지난해 {old}명이던 {noun}가 올해 {new}명으로 {rate}% {verb}했다.",
    "현재 {noun}는 {new}명이다. {old}명이었던 지난해와 비교하면 {rate}% {verb}했다.",
)


@given(
    NOUNS, st.integers(1_000, 900_000), st.integers(1_000, 900_000), st.sampled_from(FORMS),
    st.integers(0, 2), st.integers(0, 2), st.booleans(),
)  # fmt: skip
def test_rates_in_any_wording_are_judged_by_what_they_are(
    noun: str, old: int, new: int, form: str, one: int, other: int, is_wrong: bool
) -> None:
    rate = change_rate(new, old)
    assert rate is not None
    if abs(rate) < 1 or (one and old % 10_000 == 0) or (other and new % 10_000 == 0):
        return
    told = abs(rate) * 2 + 3 if is_wrong else abs(rate)
    text = form.format(
        noun=noun,
        old=written(old, one),
        new=written(new, other),
        rate=told,
        verb="증가" if rate > 0 else "감소",
    )
    claim = next(each for each in verify(text) if each.kind == "증가율")
    assert claim.verdict is (Verdict.WRONG if is_wrong else Verdict.RIGHT), text


@given(NOUNS, st.integers(1_000, 90_000), st.integers(2, 60), st.integers(0, 2), st.booleans())
def test_multiples_are_judged_by_what_they_are(
    noun: str, old: int, by: int, style: int, is_wrong: bool
) -> None:
    new = old * by + old // 3
    ratio = times(new, old)
    if style and (old % 10_000 == 0 or new % 10_000 == 0):
        return
    assert ratio is not None
    told = ratio + 4 if is_wrong else ratio
    text = (
        f"{noun}는 {written(old, style)}명이던 2016년 3월보다 {told}배 늘어 {written(new, style)}명이 됐다."
    )
    claim = next(each for each in verify(text) if each.kind == "배수")
    assert claim.verdict is (Verdict.WRONG if is_wrong else Verdict.RIGHT), text


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(20, 300), st.integers(-9, 9))
def test_days_are_counted(start: date, days: int, off: int) -> None:
    end = start + timedelta(days=days)
    text = (
        f"{start.year}년 {start.month}월 {start.day}일 문을 연 채널이 "
        f"{end.year}년 {end.month}월 {end.day}일 현재 {days + off}일째를 맞았다."
    )
    claim = next(each for each in verify(text) if each.kind == "날짜 수")
    assert claim.verdict is (Verdict.RIGHT if off in {0, 1} else Verdict.WRONG), text


@given(st.text(alphabet="0123456789,. 만억천명%배위일년월친구보다에서늘었()\n", max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    for claim in verify(text):
        assert text[claim.start : claim.end] == claim.quote


KAKAO = Known("카카오톡 채널", "관악구", ("카카오톡",), date(2020, 10, 19), 47_823)


def test_counts_are_held_against_the_data() -> None:
    right = verify("10월 19일 기준 관악구 카카오톡 채널 친구는 4만7,823명이다.", [KAKAO], date(2020, 10, 20))
    assert [(each.kind, each.verdict) for each in right] == [("자료의 값", Verdict.RIGHT)]
    wrong = verify("2020년 10월 19일 기준 관악구 카카오톡 채널 친구는 4만7,283명이다.", [KAKAO])
    assert [(each.verdict, each.computed) for each in wrong] == [(Verdict.WRONG, 47_823)]


def test_another_office_is_not_held_against_our_data() -> None:
    claims = verify("2020년 10월 19일 기준 강남구 카카오톡 채널 친구는 1만4,210명이다.", [KAKAO])
    assert {each.verdict for each in claims} == {Verdict.OPEN}
