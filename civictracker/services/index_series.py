"""종합 지수 over time, beside what is counted itself; offered once the office has saved its weights.

A week's index is that of :mod:`civictracker.services.composite`; a month, quarter or year is the mean of its
weeks, each alike, for indexes cannot be summed. A day has none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from civictracker.domain.composite import PAST, mean_of, run
from civictracker.domain.metrics import Kind, Metric, bucket_of
from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue, trends
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.composite import break_weeks, weighed
from civictracker.services.settings import load_settings
from civictracker.services.trends import Point, Series, Window, chained
from civictracker.services.weekly import week_number, week_of, weekly_values

INDEX = Metric(0, "composite", "종합 지수", Kind.RATIO, "점", 1)
_BEGIN = date(2000, 1, 3)
_SPAN_NAMES = {Grain.MONTH: "달", Grain.QUARTER: "분기", Grain.YEAR: "해"}


def known_measures(session: Session) -> tuple[Metric, ...]:
    """What 추이 can draw: every metric, and 종합 지수 where the office has one."""
    known = trends.known_metrics(session)
    return (*known, INDEX) if load_settings(session).has_index else known


def measures_with_figures(session: Session) -> list[str]:
    codes = trends.metrics_with_figures(session)
    settings = load_settings(session)
    return [*codes, INDEX.code] if settings.has_index and set(codes) & set(settings.index_weights) else codes


def asked_for(session: Session, *, channel: str | None, metric: str | None) -> trends.Asked:
    """As in ``trends``, and 종합 지수 by its name or code. Raises InputError."""
    is_index = metric is not None and folded(metric) in {folded(INDEX.name), folded(INDEX.code)}
    if is_index and load_settings(session).has_index:
        return trends.asked_for(session, channel=channel, metric="followers")._replace(codes=[INDEX.code])
    return trends.asked_for(session, channel=channel, metric=metric)


def load_measures(
    session: Session, *, channel_ids: Sequence[int], codes: Sequence[str], naming: WeekNaming,
    start: date | None = None, end: date | None = None, grain: Grain | None = None,
    reconstruct: bool = False,
) -> list[Series]:  # fmt: skip
    """As ``trends.load_series``, of which ``codes`` may hold that of 종합 지수."""
    counted = [code for code in codes if code != INDEX.code]
    found = trends.load_series(
        session, channel_ids=channel_ids, codes=counted, naming=naming, start=start, end=end, grain=grain,
        reconstruct=reconstruct,
    )  # fmt: skip
    if counted == list(codes):
        return found
    by_key = {(each.channel.id, each.metric.code): each for each in found}
    rows = list_channels(session, peers=True, ids=channel_ids)
    for series in load_index(
        session,
        channels=rows,
        naming=naming,
        start=start,
        end=end,
        grain=Grain.WEEK if grain is None else grain,
    ):
        by_key[series.channel.id, INDEX.code] = series
    keys = ((channel, code) for channel in channel_ids for code in codes)
    return [by_key[key] for key in keys if key in by_key]


def load_index(
    session: Session, *, channels: Sequence[ChannelRow], naming: WeekNaming, start: date | None,
    end: date | None, grain: Grain,
) -> list[Series]:  # fmt: skip
    """In tenths. The first point's change is against the span before ``start``."""
    if grain is Grain.DAY:
        return [Series(row, INDEX, ()) for row in channels]
    weights, ids = load_settings(session).index_weights, [row.id for row in channels]
    begin = _BEGIN if start is None else Period.around(start, grain).shift(-1).start
    last = date(2100, 1, 1) if end is None else Period.around(end, grain).shift(1).end
    weekly = weekly_values(
        session, metrics=weighed(weights), channel_ids=ids,
        start=week_of(week_number(begin) - PAST).start, end=last,
    )  # fmt: skip
    breaks, window, buckets = break_weeks(session, ids), Window(start, end), Buckets(grain, naming)
    found = []
    for row in channels:
        own = {each.code: weekly.get((each.id, row.id), {}) for each in weighed(weights)}
        points = _points(weights, own, week_number(begin), breaks[row.id], buckets)
        found.append(Series(row, INDEX, window.cut(chained(points, rated=False))))
    return found


class Buckets(dict[int, Period | None]):
    """Week number → the span in which it counts, each looked up once."""

    def __init__(self, grain: Grain, naming: WeekNaming) -> None:
        super().__init__()
        self._grain, self._naming = grain, naming

    def __missing__(self, number: int) -> Period | None:
        week = week_of(number)
        is_week = self._grain is Grain.WEEK
        self[number] = found = week if is_week else bucket_of(week, self._grain, Kind.FLOW, self._naming)
        return found

    def of(self, week: Period) -> Period | None:
        return self[week_number(week.start)]


def _points(
    weights: Mapping[str, int], own: Mapping[str, Mapping[int, int]], begin: int, breaks: Collection[int],
    buckets: Mapping[int, Period | None],
) -> list[Point]:  # fmt: skip
    known = [week for weeks in own.values() if weeks for week in (min(weeks), max(weeks))]
    if not known:
        return []
    weeks = run(weights, own, max(begin, min(known)), max(known), breaks)
    groups: dict[Period, list[tuple[int, bool]]] = {}
    for number, index in weeks.items():
        if (bucket := buckets[number]) is not None:
            groups.setdefault(bucket, []).append(index)
    return [
        Point(bucket, of[0][0], partial=not of[0][1]) if len(of) == 1
        else Point(bucket, mean_of([tenths for tenths, _ in of]),
                   partial=not all(whole for _, whole in of))
        for bucket, of in groups.items()
    ]  # fmt: skip


def weights_told(weights: Mapping[str, int], between: str = " · ") -> str:
    """``친구·구독 수 40 · 게시물 수 20 · 조회·열람 40``"""
    known = catalogue.metrics()
    return between.join(f"{known[code].name} {weight}" for code, weight in weights.items() if code in known)


def index_told(session: Session, *, grain: Grain, is_partial: bool) -> str:
    """What a reader of the line has to know."""
    told = [f"종합 지수는 앞 {PAST}주 평균을 100점으로 본 것입니다"]
    told.append(f"(가중치 {weights_told(load_settings(session).index_weights)}).")
    text = "".join(told)
    if grain in _SPAN_NAMES:
        text += f" 한 {_SPAN_NAMES[grain]}의 값은 주마다의 지수를 평균한 것입니다."
    if is_partial:
        text += " 일부 항목의 값이 없는 때는 남은 항목으로 냈습니다."
    return text
