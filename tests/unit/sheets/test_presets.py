"""Known sources as data: recognised by their headers, counted once, never more than they say."""

import pytest

from civictracker.services import catalogue
from civictracker.sheets import presets
from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understanding, understand

TOTALS: list[list[Cell]] = [["날짜", "구독자", "유효 조회수", "조회수", "시청 시간(단위: 시간)"],
                            ["2026-11-10", "-3", "90", "120", "5.4"], ["2026-11-11", "7", "80", "110", "4.2"]]  # fmt: skip
CHART: list[list[Cell]] = [["날짜", "콘텐츠", "동영상 제목", "조회수"],
                           ["2026-11-10", "a1", "하나", "70"], ["2026-11-10", "b2", "둘", "50"]]  # fmt: skip
TABLE: list[list[Cell]] = [["콘텐츠", "동영상 제목", "동영상 게시 시간", "조회수", "구독자"],
                           ["합계", None, None, "230", "4"], ["a1", "하나", "Jan 5, 2024", "130", "3"],
                           ["b2", "둘", "Nov 2, 2026", "100", "1"], ["상위 500개 결과 표시", None, None, None, None]]  # fmt: skip


def read(**sheets: list[list[Cell]]) -> Understanding:
    grids = [Grid(name, rows) for name, rows in sheets.items()]
    return understand(grids, file="콘텐츠.zip", container=Container.ZIP, encoding="", answers={})


@pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.code)
def test_every_preset_names_what_the_catalogues_know(preset: presets.Preset) -> None:
    assert set(preset.metrics.values()) <= set(catalogue.metrics())
    assert not preset.platform or preset.platform in catalogue.platforms()
    assert set(preset.kinds.values()) <= {"date", "entity", "metric", "skip", "value"}
    assert all(presets.by_code(code) for code in preset.yields_to)


def test_an_export_of_three_files_counts_nothing_twice() -> None:
    found = read(총계=TOTALS, 차트=CHART, 표=TABLE)
    assert [table.preset for table in found.tables] == ["youtube_totals"]
    views = [
        int(value) for _, metric, _, value, _ in entries(found.tables[0].found.records) if metric == "조회수"
    ]
    assert views == [120, 110]
    assert len(found.warnings) == 2


def test_subscribers_are_the_net_change_and_only_one_kind_of_views_is_taken() -> None:
    (table,) = read(총계=TOTALS).tables
    figures = {(metric, int(value)) for _, metric, _, value, _ in entries(table.found.records)}
    assert figures == {("구독자", -3), ("구독자", 7), ("조회수", 120), ("조회수", 110)}
    preset = presets.by_code(table.preset)
    assert preset is not None
    assert catalogue.metric(preset.metrics["구독자"]).kind == "net"


def test_a_video_has_its_own_date_not_that_of_its_figures() -> None:
    (table,) = read(표=TABLE).tables
    figures = [(entity, period) for entity, _, period, _, _ in entries(table.found.records)]
    assert set(figures) == {("a1", None), ("b2", None)}
    assert table.found.totals == ["합계"]
    assert [each.why for each in table.found.left_out if each.cell.startswith("A5")] == ["설명 줄입니다."]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (["Date", "Followers", "Difference in followers from previous day"], "tiktok_followers"),
        (["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"], "tiktok_overview"),
        (["Date", "Hour", "Active followers"], "tiktok_activity"),
        (["Time", "Video title", "Video link", "Post time", "Total likes", "Total views"], "tiktok_posts"),
        (["C1_NM", "DT", "ITM_NM", "PRD_DE", "LST_CHN_DE", "ORG_ID"], "kosis_openapi"),
        (["Date", "Content", "Video title", "Video publish time", "Duration"], "youtube_chart"),
        (["Date", "Impressions", "Likes", "New follows", "Unfollows", "Create Post"], "x_overview"),
        (["Post ID", "Page name", "Publish time", "Reach", "Reactions, Comments and Shares"], "meta_posts"),
        (["날짜", "친구수", "추가", "차단"], "kakao_channel"),
        (["날짜", "조회수", "순방문자수", "재방문수"], "naver_blog"),
        (["일", "캠페인 이름", "노출수", "클릭수", "비용"], "kakao_moment"),
        (["날짜", "조회 수", "구독자"], "youtube_totals"),
        (["날짜", "지역", "조회수"], ""),
        (["채널", "친구수", "조회수"], ""),
    ],
)  # fmt: skip
def test_a_source_is_recognised_by_its_headers(header: list[str], code: str) -> None:
    found = presets.recognised(header)
    assert (found.code if found else "") == code


def test_only_labels_known_means_not_verified() -> None:
    unverified = {preset.code for preset in presets.presets() if not preset.verified}
    assert unverified == {"kakao_channel", "naver_blog", "naver_blog_parts"}
