"""The colour by which a platform is found quickly; its name always stands beside it."""

from __future__ import annotations

from civictracker.ui.theme import theme

_PLACES = {
    "kakao": 4, "naver_blog": 2, "youtube": 1, "instagram": 3, "facebook": 0, "x": 6, "threads": 6,
    "tiktok": 7, "daangn": 1, "weibo": 1, "band": 2, "newsletter": 5,
}  # fmt: skip


def platform_colour(platform: str) -> str:
    series = theme.colours.series
    return series[_PLACES.get(platform, 6) % len(series)]
