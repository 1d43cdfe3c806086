"""What stands around a channel's name, over a table and in a heading, and what is read from it."""

from io import BytesIO

import pytest

from civictracker.sheets.html import read_html
from civictracker.sheets.labels import is_label_line, is_written, labelled
from civictracker.sheets.names import bare_name, without_codes
from civictracker.sheets.time_heads import octobers, unit_of_numbers
from civictracker.sheets.titles import lone_title, named_metric
from civictracker.sheets.vocabulary import channel_and_metric, is_class, is_total_of, platform_named_in


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("① 카카오톡", "카카오톡"), ("1) 카카오톡", "카카오톡"), ("가. 블로그", "블로그"), ("📝 블로그", "블로그"),
        ("▶️ 유튜브", "유튜브"), ("□ 카카오톡", "카카오톡"), ("유튜브\nhttps://youtube.com/@yj", "유튜브"),
        ("블로그(blog.naver.com/yj)", "블로그"), ("조치원읍(3611025000)", "조치원읍"),
        ("1동", "1동"), ("3.1운동", "3.1운동"), ("가가동", "가가동"), ("카카오톡(채널)", "카카오톡(채널)"), ("①", "①"),
        ("-", "-"), ("인스타그램(@gwanak)", "인스타그램(@gwanak)"),
    ],
)  # fmt: skip
def test_a_name_without_its_marks(written: str, name: str) -> None:
    assert bare_name(written) == name


def test_labels_tell_of_the_sheet() -> None:
    assert is_label_line(["작성부서", "홍보담당관", "작성일", "2026-11-21"])
    assert not is_label_line(["기준일", "구독자"])  # a header of two columns
    assert not is_label_line(["부서", "카카오톡"])
    assert labelled(["작성일", "2026-11-21", "기준일", "2026-11-20"]) == [
        "작성일 2026-11-21",
        "기준일 2026-11-20",
    ]
    assert is_written("작성일: 2026. 11. 21.")
    assert is_written("출력일시 2026-11-21 09:00")
    assert not is_written("기준일 2026-11-20")
    assert not is_written("조회기간 2026.10.1 ~ 10.31")


@pytest.mark.parametrize(
    ("numbers", "above", "titles", "unit"),
    [
        ("1 2 3 4 5", (), ("2026년 11월 일별 조회수",), "일"),
        ("1 2 3 4 5", (), ("2026년 조회수",), "월"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13", (), ("조회수",), "일"),
        ("8 9 10", ("월", "월", "월"), (), "월"),
        ("30 31 1 2", ("10월", "10월", "11월", "11월"), (), "일"),
        ("8 9 10", (), (), ""),
        ("1 2 3", (), ("2026년 11월",), ""),  # three are no run
        ("5 3 1 2", (), ("2026년 11월",), ""),
    ],
)
def test_what_bare_numbers_count(
    numbers: str, above: tuple[str, ...], titles: tuple[str, ...], unit: str
) -> None:
    assert unit_of_numbers(numbers.split(), above, titles) == unit


def test_october_is_typed_as_a_number() -> None:
    assert octobers([2026.08, 2026.09, 2026.1, 2026.11]) == [2026.08, 2026.09, "2026.10", 2026.11]
    assert octobers([2026.9, 2026.1]) == [2026.9, "2026.10"]
    assert octobers([2025.12, 2026.1, 2026.2]) == [2025.12, 2026.1, 2026.2]  # January
    assert octobers(["2026.1", 47.5]) == ["2026.1", 47.5]


def test_a_title_names_what_is_counted() -> None:
    assert lone_title(["2. 콘텐츠 게시 현황 (단위: 건)"]) == "콘텐츠 게시 현황"
    assert lone_title(["백석읍 SNS 구독자 현황"]) == "구독자"
    assert lone_title(["2026년 11월 구독자 현황", "(단위: 명)"]) == "구독자"
    assert lone_title(["작성일", "2026-11-21"]) == ""
    assert named_metric("Sheet1", "11b 읍면동 친구수") == "친구수"


def test_a_heading_names_a_channel_and_what_is_counted_of_it() -> None:
    assert channel_and_metric("카카오톡 친구수") == ("카카오톡", "친구수")
    assert channel_and_metric("유튜브구독자") == ("유튜브", "구독자")
    assert channel_and_metric("Facebook reach") is None  # a metric of its own
    assert channel_and_metric("카카오톡") is None
    assert channel_and_metric("친구수") is None
    assert platform_named_in("카카오톡 채널 친구 연령·성별 현황") == "카카오톡 채널"
    assert platform_named_in("카카오톡과 블로그 현황") == ""


def test_parts_of_one_channel_are_no_channels() -> None:
    for text in ("20대", "13~17세", "65세 이상", "남성", "0시", "9~10시", "월요일", "09:00"):
        assert is_class(text), text
    for text in ("블로그", "4주", "동", "3월", "1동"):
        assert not is_class(text), text
    assert is_total_of("총 구독자 수")
    assert is_total_of("전체 조회수")
    assert not is_total_of("총무과")


def test_what_stands_over_an_html_table_is_its_title() -> None:
    page = (
        "<h2>2026년 채널 통계</h2><p>기준일: 2026. 11. 20.</p><table><caption>구독자</caption>"
        "<tr><td>채널<td>명</table><p>다음 표</p><table><tr><td>a<td>b</table>"
    )
    first, second = read_html(BytesIO(page.encode()), "a.xls")[0]
    assert first.captions == ("2026년 채널 통계", "기준일: 2026. 11. 20.", "구독자")
    assert first.rows == [["채널", "명"]]
    assert second.captions == ("다음 표",)


def test_codes_of_one_length_before_all_names_are_no_part_of_them() -> None:
    assert without_codes(["11010 종로구", "11020 중구", "11030 용산구"]) == ["종로구", "중구", "용산구"]
    assert without_codes(["119 안전신고", "블로그", "유튜브"]) == ["119 안전신고", "블로그", "유튜브"]
    for plain in (
        ["2024 구독자", "2025 구독자", "2026 구독자"],
        ["10 월", "11 월", "12 월"],
        ["100 건", "200 건", "300 건"],
    ):
        assert without_codes(plain) == plain
