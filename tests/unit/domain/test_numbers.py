"""Numbers as they stand in Korean workbooks and articles, and as they are written back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.numbers import (
    MINUS_MARKS,
    Missing,
    Number,
    Unreadable,
    change_rate,
    grouped,
    number_from_cell,
    parse_number,
    percent_of,
    prose,
    signed,
    times,
)


def read(text: str) -> Number:
    number = parse_number(text)
    assert isinstance(number, Number), number
    return number


def why_not(text: str) -> str:
    number = parse_number(text)
    assert isinstance(number, Unreadable), number
    assert number.text == text
    return number.why


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1395", "1395"),
        ("1,395", "1395"),
        (" 1,395  ", "1395"),
        ("          2.43", "2.43"),
        ("\u00a010,490\u00a0", "10490"),
        ("\ufeff47,823", "47823"),
        ("１，３９５", "1395"),
        ("４７，８２３명", "47823"),
        ("'1,395", "1395"),
        ("112,238.50", "112238.50"),
        (".5", "0.5"),
        ("1541234567890123456", "1541234567890123456"),
        ("1.30193399E8", "130193399"),
        ("4.712422E7", "47124220"),
        ("48e4", "480000"),
        ("1.5e-3", "0.0015"),
        ("(16469)", "16469"),
        ("（1,395명）", "1395"),
        ("-14.5", "-14.5"),
        ("−14.5", "-14.5"),
        ("–14.5", "-14.5"),
        ("－１４．５", "-14.5"),
        ("- 14.5", "-14.5"),
        ("+312", "312"),
        ("-0", "0"),
        ("↑ 12", "12"),
        ("↓ 12", "-12"),
        ("₩6,000", "6000"),
        ("총 1,395명", "1395"),
    ],
)
def test_a_plain_number_is_read_exactly(text: str, value: str) -> None:
    number = read(text)

    assert number.value == Decimal(value)
    assert not number.approximate
    assert "E" not in str(number.value)


@pytest.mark.parametrize(
    ("text", "value", "approximate"),
    [
        ("28만397", 280397, False),
        ("28만397명", 280397, False),
        ("4만7,823", 47823, False),
        ("4만 7,823 명", 47823, False),
        ("4 만 7,823명", 47823, False),
        ("4만7천823명", 47823, False),
        ("1천234명", 1234, False),
        ("190억1809만", 19_018_090_000, False),
        ("1억 2,345만", 123_450_000, False),
        ("1조 2,000억 3만 4", 1_200_000_030_004, False),
        ("6410만", 64_100_000, True),
        ("50만", 500_000, True),
        ("3,787만", 37_870_000, True),
        ("2천500만", 25_000_000, True),
        ("1.2만", 12_000, True),
        ("3.25억", 325_000_000, True),
        ("약 6만", 60_000, True),
        ("약 47,823명", 47823, True),
        ("6만여 명", 60_000, True),
        ("6만 여명", 60_000, True),
        ("3만 5천여 명", 35_000, True),
        ("30만 명가량", 300_000, True),
        ("5천만 명", 50_000_000, True),
        ("350백만원", 350_000_000, True),
        ("1,395천원", 1_395_000, True),
        ("1.2K", 1200, True),
        ("3.4M", 3_400_000, True),
        ("1,395 p)", 1395, True),
    ],
)
def test_man_eok_and_jo(text: str, value: int, approximate: bool) -> None:
    number = read(text)

    assert (number.value, number.approximate) == (value, approximate)


def test_scientific_notation_as_a_spreadsheet_shows_it_has_lost_digits() -> None:
    assert read("1.30193E+08").approximate
    assert not read("1.30193399E+08").approximate


@pytest.mark.parametrize(
    ("text", "value", "unit", "percent"),
    [
        ("371개", "371", "개", False),
        ("235 건", "235", "건", False),
        ("20원", "20", "원", False),
        ("6.38배", "6.38", "배", False),
        ("1위", "1", "위", False),
        ("2개월", "2", "개월", False),
        ("1,234㎡", "1234", "㎡", False),
        ("30분", "30", "분", False),
        ("3년", "3", "년", False),
        ("29%", "29", "", True),
        ("107.1 ％", "107.1", "", True),
        ("29퍼센트", "29", "", True),
        ("0.7%p", "0.7", "%p", True),
        ("0.7%포인트", "0.7", "%p", True),
        ("△0.7%P", "-0.7", "%p", True),
        ("0:04:34", "274", "s", False),
        ("12:00:00", "43200", "s", False),
        ("2분 31초", "151", "s", False),
        ("1시간 2분 3초", "3723", "s", False),
    ],
)
def test_units(text: str, value: str, unit: str, percent: bool) -> None:
    number = read(text)

    assert (number.value, number.unit, number.percent) == (Decimal(value), unit, percent)


@pytest.mark.parametrize(
    ("text", "by_default", "beside_a_down_mark", "mark"),
    [
        ("▲ 0.33", "-0.33", "0.33", "▲"),
        ("▲0.33", "-0.33", "0.33", "▲"),
        ("△12", "-12", "12", "△"),
        ("∆12", "-12", "12", "△"),
        ("▼1,395", "-1395", "-1395", "▼"),
        ("▽ 2.1%", "-2.1", "-2.1", "▽"),
        ("(△1,395)", "-1395", "1395", "△"),
        ("12명▼", "-12", "-12", "▼"),
    ],
)
def test_what_a_triangle_means_is_the_callers_choice(
    text: str, by_default: str, beside_a_down_mark: str, mark: str
) -> None:
    chosen = parse_number(text, minus_marks=frozenset("▼▽"))

    assert isinstance(chosen, Number)
    assert read(text).value == Decimal(by_default)
    assert chosen.value == Decimal(beside_a_down_mark)
    assert chosen.marked == read(text).marked == mark


@pytest.mark.parametrize(
    ("text", "value", "companion", "mark"),
    [
        ("13,423,800(41.08%)", 13_423_800, "41.08", ""),
        ("1,395명 (29 %)", 1395, "29", ""),
        ("13,079 (93.1)", 13_079, "93.1", ""),
        ("280,397(+61.2%)", 280_397, "61.2", ""),
        ("1,395\n(▲3.2%)", 1395, "-3.2", "▲"),
        ("28만397명(61.2%)", 280_397, "61.2", ""),
    ],
)
def test_a_percentage_beside_the_count(text: str, value: int, companion: str, mark: str) -> None:
    number = read(text)

    assert (number.value, number.companion) == (value, Decimal(companion))
    assert (number.percent, number.marked) == (False, mark)


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (("", " ", "\u00a0", "\t\r\n", "\u200b", "( )"), Missing.EMPTY),
        (("-", "–", "—", "--", "- -", "ㅡ", "−", "(-)", " -   ", "없음"), Missing.DASH),
        (
            ("NA", "N/A", "n.a.", "NAN", "nan", "null", "None", "#N/A", "#DIV/0!", "…", "...", "x"),
            Missing.NOT_AVAILABLE,
        ),
        (
            ("해당없음", "해당 없음", "(미집계)", "집계 중", "자료없음", "비공개", "미개설"),
            Missing.NOT_AVAILABLE,
        ),
    ],
)
def test_no_number_is_not_zero(texts: tuple[str, ...], missing: Missing) -> None:
    assert {text: parse_number(text) for text in texts} == dict.fromkeys(texts, missing)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,23", "쉼표"),
        ("12,34,567", "쉼표"),
        ("1,3955", "쉼표"),
        ("0,123", "쉼표"),
        ("1,395,", "쉼표"),
        ("4만7,82", "쉼표"),
        ("28만39700", "자릿수"),
        ("5만 3억", "순서"),
        ("4만7.823", "소수"),
        ("1.5억 2천만", "소수"),
        ("47O1", "'O'"),
        ("47o1명", "'o'"),
        ("l,395", "'l'"),
        ("1,39l", "'l'"),
        ("47ㅇ1", "'ㅇ'"),
        ("1,3g5", "'g'"),
        ("1,395①", "각주"),
        ("1,395²", "각주"),  # without its bracket it may be a power
        ("1,3952)", "쉼표"),
        ("1.234.567", "점"),
        ("1.395,5", "점"),
        ("7 000", "띄어"),
        ("2026-11-13", "날짜"),
        ("2026.11.13", "날짜"),
        ("2026. 11. 13.", "날짜"),
        ("26.11.13(금)", "날짜"),
        ("11/13", "날짜"),
        ("2018년", "날짜"),
        ("11월", "날짜"),
        ("3분기", "날짜"),
        ("10~20", "범위"),
        ("1,000∼2,000명", "범위"),
        ("10-20", "범위"),
        ("3만 이상", "한계"),
        ("1,000+", "한계"),
        ("4:34", "시:분:초"),
        ("1e999999999", "지수"),
        ("△-12", "부호"),
        ("371(12)", "수가 두 개"),
        ("29%(3%)", "비율이 두 개"),
        ("101동", "'동'"),
        ("5.", "덜"),
        ("###", "열을 넓혀"),
        ("#REF!", "수식 오류"),
        ("합계", "숫자가 없습니다"),
        ("천만 명", "숫자가 없습니다"),
        ("1" * 5000, "너무 깁니다"),
    ],
)
def test_what_is_doubtful_is_refused_with_a_reason(text: str, sentence: str) -> None:
    assert sentence in why_not(text)
    assert why_not(text).endswith(".")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (47823, "47823"),
        (47823.0, "47823"),
        (0.1 + 0.2, "0.3"),
        (81.4553123802998, "81.4553123802998"),
        (-0.0, "0"),
        (1.30193399e8, "130193399"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_typed_cell_is_exact(cell: float | Decimal, value: str) -> None:
    assert number_from_cell(cell) == Number(Decimal(value))


def test_cells_that_are_no_numbers() -> None:
    for cell in (float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")):
        assert number_from_cell(cell) is Missing.NOT_AVAILABLE
    assert isinstance(number_from_cell(True), Unreadable)
    assert isinstance(number_from_cell(Decimal("1E+999999")), Unreadable)


def test_a_long_id_that_went_through_a_float_is_not_exact() -> None:
    number = number_from_cell(float(1541234567890123456))

    assert isinstance(number, Number)
    assert number.approximate


@given(st.integers())
def test_what_is_written_reads_back(value: int) -> None:
    assert read(grouped(value)).value == value
    assert read(prose(value)).value == value
    assert read(str(value)).value == value
    assert read(signed(value)).value == value
    assert read(signed(value, minus="△", plus="+")).value == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20)))
def test_decimals_read_back(value: Decimal) -> None:
    assert read(grouped(value, 2)).value == value


@given(st.floats(-1e300, 1e300))
def test_every_float_cell_keeps_fifteen_digits(cell: float) -> None:
    number = number_from_cell(cell)

    assert isinstance(number, Number)
    assert float(number.value) == pytest.approx(cell, rel=1e-14, abs=0)


@given(
    st.text(alphabet="0123456789,.조억만천백십명%()△-+~:/eE OㅇKp\u00a0", max_size=30) | st.text(max_size=40)
)
def test_any_text_gets_an_answer(text: str) -> None:
    answer = parse_number(text)

    assert isinstance(answer, Number | Missing | Unreadable)
    if isinstance(answer, Unreadable):
        assert answer.why


@given(st.integers(1000, 10**12), st.data())
def test_a_lost_digit_behind_a_comma_never_passes(value: int, data: st.DataObject) -> None:
    text = grouped(value)
    first = text.index(",") + 1
    at = data.draw(st.integers(first, len(text) - 1).filter(lambda i: text[i] != ","))

    assert isinstance(parse_number(text[:at] + text[at + 1 :]), Unreadable)


@given(st.integers(0, 10**15), st.sampled_from(sorted(MINUS_MARKS)))
def test_brackets_never_make_a_count_negative(value: int, mark: str) -> None:
    assert read(f"({value})").value == value
    assert read(f"{mark}{value}").value == -value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (7500, "7,500"),
        (47823, "4만 7,823"),
        (128406, "12만 8,406"),
        (280397, "28만 397"),
        (300000, "30만"),
        (64_100_000, "6,410만"),
        (123_450_000, "1억 2,345만"),
        (1_000_000_000_001, "1조 1"),
        (-47823, "−4만 7,823"),
    ],
)
def test_prose(value: int, text: str) -> None:
    assert prose(value) == text


def test_grouped_rounds_half_up() -> None:
    assert grouped(47823) == "47,823"
    assert grouped(-1395) == "-1,395"
    assert grouped(Decimal("1234.25"), 1) == "1,234.3"
    assert grouped(Decimal("-0.4")) == "0"
    assert grouped(5, 2) == "5.00"


def test_signed_writes_a_decrease_as_the_paper_wants_it() -> None:
    assert signed(-12) == "−12"
    assert signed(-1395, minus="△") == "△1,395"
    assert signed(312, plus="+") == "+312"
    assert signed(0, plus="+") == "0"
    assert signed(Decimal("-0.04"), decimals=1) == "0.0"
    assert signed(Decimal("-0.05"), minus="△", decimals=1) == "△0.1"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (change_rate(280_397, 173_932), "61.2"),
        (change_rate(1_568_379, 1_249_490), "25.5"),
        (times(280_397, 5_079), "55.2"),
        (times(173_932, 5_079), "34.2"),
        (times(47_823, 7_500, 2), "6.38"),
        (percent_of(110, 100), "110.0"),
        (percent_of(1, 2000), "0.1"),  # 0.05 exactly: half up
        (change_rate(1999, 2000), "-0.1"),
        (change_rate(19_999, 20_000), "0.0"),
        (change_rate(5, -10), "150.0"),
        (change_rate(0, 3, 0), "-100"),
    ],
)
def test_figures_recomputed_from_the_press(result: Decimal | None, expected: str) -> None:
    assert str(result) == expected


def test_nothing_is_a_rate_of_zero() -> None:
    assert (percent_of(3, 0), change_rate(3, 0), times(3, 0)) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("47,500(전월비 +320)", 47_500),
        ("8건(광고 2건 포함)", 8),
        ("4만7,823명(전월 4만7,500명)", 47_823),
        ("12,345(▲35)", 12_345),
        ("12,380 (-35)", 12_380),
        ("1,204*", 1_204),
        ("1,204¹⁾", 1_204),
        ("1,204 2)", 1_204),
        ("1,204 주2)", 1_204),
    ],
)
def test_what_is_said_behind_a_figure_is_not_the_figure(text: str, value: int) -> None:
    read = parse_number(text)
    assert isinstance(read, Number)
    assert read.value == value


@pytest.mark.parametrize("text", ["12(3)", "15회(3회)", "3 (누적)"])
def test_two_figures_without_a_word_between_them_are_nobodys_guess(text: str) -> None:
    assert isinstance(parse_number(text), Unreadable)


@pytest.mark.parametrize("text", ["17\u00a0642", "17\u202f642", "17\u2009642"])
def test_narrow_blanks_part_thousands(text: str) -> None:
    read = parse_number(text)
    assert isinstance(read, Number)
    assert read.value == 17_642
