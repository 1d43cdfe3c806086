"""Metrics down the side: whether the names of the rows tell what is counted rather than whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from civictracker.sheets.columns import Column
from civictracker.sheets.comparisons import compared
from civictracker.sheets.corrections import Corrections
from civictracker.sheets.figure_names import MOSTLY, is_value
from civictracker.sheets.headers import Role, is_about, is_note, is_total, role_of
from civictracker.sheets.vocabulary import (
    channel_and_metric,
    is_class,
    is_heading,
    is_total_of,
    names_entity,
    names_metric,
    names_platform,
    platform_code_in,
    share,
)

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands beside the columns and helps to tell them."""

    units: tuple[str, ...] = ()
    counted: str = ""  # what the titles, the sheet's or the file's name say is counted
    platform: str = ""  # the one platform that they name
    is_dated: bool = False  # a title tells the day, week or month of all figures

    @property
    def has_mixed_units(self) -> bool:
        return any("," in unit for unit in self.units)


def with_metric_rows(
    columns: tuple[Column, ...], layout: str, axes: Axes, told: Corrections
) -> tuple[Column, ...]:
    """The stub column that holds the names of metrics, if one does."""
    named = next((column for column in columns if column.role is Role.METRIC), None)
    if named is not None:
        return tuple(_sorted_only(c, named) for c in columns)
    if told.rows == "entities":
        return columns
    stubs = [column for column in columns if column.role in {Role.NAME, Role.GROUP}]
    values = [c for c in columns if is_value(c)]
    chosen: Column | None = None
    if told.rows == "metrics" and stubs:
        chosen = stubs[-1]
    elif (
        layout == "wide-time"
        or _may_hold_metrics(values)
        or _are_classes(values)
        or any(map(_sets_beside, stubs))
    ):
        chosen = next(
            (
                c
                for c in reversed(stubs)
                if _holds_metrics(c, only=len(stubs) == 1, axes=axes, are_places=_are_places(values))
            ),
            None,
        )
    if chosen is None:
        return columns
    return tuple(_as_metric(c, chosen) for c in columns)


def _as_metric(column: Column, chosen: Column) -> Column:
    if column.index == chosen.index:
        return replace(column, role=Role.METRIC)
    told = replace(column, role=Role.NAME) if column.role is Role.GROUP else column
    return _sorted_only(told, chosen)


def _sorted_only(column: Column, metrics: Column) -> Column:
    """A group beside the metrics names channels (블로그), unless it only sorts them (콘텐츠, 반응)."""
    if column.role is not Role.NAME or role_of(column.name) is Role.NAME:
        return column
    groups = [text for text in column.sample if not is_total(text)]
    sorts = share(groups, "entity") == 0 and len(groups) > 1 and metrics.distinct >= 1
    return replace(column, role=Role.GROUP) if sorts else column


def _may_hold_metrics(values: list[Column]) -> bool:
    """One column of figures, or columns that are named after channels: then metrics may stand in the rows."""
    real = [column for column in values if column.role in {None, Role.VALUE, Role.THIS}]
    names = [c.name if c.role is None else c.header[0] for c in real if c.role is None or len(c.header) > 1]
    return len(real) == 1 or (len(names) >= 2 and share(names, "entity") >= MOSTLY)


def _are_classes(values: list[Column]) -> bool:
    """남성 | 여성 over ages: the figures of neither name a channel."""
    names = [column.name for column in values if column.role is None]
    return len(names) >= 2 and all(map(is_class, names))


_OFFICE = re.compile(r"^\S{1,12}(과|실|팀|국|소|센터|담당관|사업소|단|관|원|처|회|부|점)$")
_OTHER = frozenset({"기타", "그 외", "그외", "미상"})  # places or whatever else the table has
MANY_PLACES = 4
MOST_PLACES = 0.9


def _are_places(values: list[Column]) -> bool:
    """서울, 부산, 경기 고양 …: do nothing but places, and several of them, stand over the figures?"""
    plain = (column for column in values if column.role is None and not column.is_total)
    names = [" ".join(filter(None, column.words)) for column in plain]
    names = [name for name in names if name not in _OTHER]
    return (
        len(set(names)) >= MANY_PLACES
        and share(names, "entity") >= MOST_PLACES
        and not any(map(names_platform, names))
    )


def names_no_channel(column: Column) -> bool:
    """Neither its heading nor any of its texts is the name of a place, a channel or an office."""
    texts = [text for text in column.sample if not is_total(text) and text not in _OTHER]
    offices = sum(map(bool, map(_OFFICE.match, texts)))
    is_named = role_of(column.name) is Role.NAME
    return not is_named and share(texts, "entity") == 0 and offices * 2 <= len(texts)


def _holds_metrics(column: Column, *, only: bool, axes: Axes, are_places: bool = False) -> bool:
    texts = [t for t in column.sample if not (is_total(t) or is_heading(t) or is_note(t) or is_about(t))]
    if any(map(names_platform, column.sample)) and all(map(_is_beside, texts)):
        return False  # 블로그, 유튜브 and 증감: the last is of none of them
    texts = [t for t in texts if not _is_beside(t)] or texts
    if any(map(names_platform, column.sample)) and texts and all(map(channel_and_metric, texts)):
        return False  # 블로그 이웃 among 카카오톡 and 밴드 is one of the channels
    if share([t for t in column.sample if not (is_total(t) or is_total_of(t))], "entity") >= HALF:
        texts = [t for t in texts if not is_total_of(t)]  # below channels it is the sum of them
    if not texts:
        return False
    is_of_one = bool(axes.platform) and not axes.counted and not any(map(platform_code_in, texts))
    return _tell_metrics(texts) or _share_says(
        column, texts, is_mixed=only and axes.has_mixed_units, is_of_one=is_of_one, are_places=are_places
    )


def _tell_metrics(texts: list[str]) -> bool:
    """Do the names say by themselves that each is something counted?"""
    if sum(channel_and_metric(text) is not None for text in texts) >= MOSTLY * len(texts):
        return True  # 밴드 멤버수, 밴드 게시글: each names its channel and what is counted of it
    # Ages, sexes, hours are parts of what is counted, of no channel of their own.
    return all(map(is_class, texts)) or _have_units(texts)


def _share_says(
    column: Column, texts: list[str], *, is_mixed: bool, is_of_one: bool, are_places: bool
) -> bool:
    """Do most of the names end as metrics do, or does what stands beside them leave nothing else?"""
    metric, entity = _share_counted(texts), share(texts, "entity")
    named = role_of(column.name)
    if is_mixed and entity < HALF:
        return True
    if is_of_one and entity == 0 and named is not Role.NAME:
        return True  # 유튜브 운영 현황: 동영상, 쇼츠 … are what is counted of it
    if named in {Role.YEAR, Role.DATE} and entity == 0 and metric > _SOME:
        return True  # 연도 over 총지수, 상승률(%), 식료품 …, with the years across
    if are_places and names_no_channel(column):
        return True  # 살인, 강도 … down the side of 서울, 부산 …
    is_named = column.role is Role.NAME and bool(column.name) and not names_entity(column.name)
    is_named = is_named and named is not Role.GROUP
    return metric >= (0.8 if is_named else MOSTLY) and metric > entity


_SOME = 0.1
_UNIT_IN = re.compile(r"[(\[](?:명|건|회|개|편|원|천원|%|점|시간|분|초|세)[)\]]")


def _share_counted(texts: list[str]) -> float:
    """How many of the distinct names are called as what is counted, or tell its unit."""
    distinct = set(texts)
    return sum(names_metric(text) or bool(_UNIT_IN.search(text)) for text in distinct) / len(distinct)


_UNIT_BEHIND = re.compile(r"[(\[](명|건|회|개|편|원|천원|%|점|시간|분|초)[)\]]$")


def _have_units(texts: list[str]) -> bool:
    """구독자 수(명), 영상(건): each tells its unit, and they are not all of one."""
    found = [_UNIT_BEHIND.search(text) for text in texts]
    return all(found) and len({each[1] for each in found if each}) >= 2


def _sets_beside(column: Column) -> bool:
    """방문자, 전주, 증감 down the side: what is counted, and what it was; channels stand over the figures."""
    beside = [text for text in column.sample if _is_beside(text)]
    rest = [text for text in column.sample if text not in beside and not is_total(text)]
    return len(beside) >= 2 and bool(rest) and share(rest, "metric") == 1


def _is_beside(text: str) -> bool:
    """전월대비, 증감률, 전주(명) below what they compare."""
    told = compared(text)
    return role_of(text) is Role.DERIVED or (told is not None and not told.rest)
