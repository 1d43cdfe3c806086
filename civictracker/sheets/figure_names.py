"""What the headers over figures name: the metric of a column, and its channel where that stands there too."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from civictracker.domain.texts import folded
from civictracker.sheets.columns import Column
from civictracker.sheets.comparisons import compared
from civictracker.sheets.contents import Content
from civictracker.sheets.corrections import Corrections
from civictracker.sheets.headers import Role, is_of_span, is_total, is_unit, role_of
from civictracker.sheets.names import bare_name
from civictracker.sheets.vocabulary import (
    channel_and_metric,
    is_class,
    names_entity,
    names_metric,
    names_platform,
    share,
)

MOSTLY = 0.6
STUB = (Role.NAME, Role.GROUP, Role.METRIC)


def is_value(column: Column) -> bool:
    if column.role in {Role.SKIP, Role.DATE, Role.YEAR, Role.MONTH, *STUB, Role.DERIVED, Role.GOAL, Role.OLD}:
        return False
    return column.content is Content.NUMBER or column.time is not None


def with_names(
    columns: tuple[Column, ...], layout: str, told: Corrections, constant: str, *, is_counted: bool = False
) -> tuple[Column, ...]:
    """Name for every column of figures its metric and its channel, as far as its header does.

    ``is_counted``: the title or a name says already what is counted.
    """
    values = [column for column in columns if is_value(column)]
    depth = max((len(column.words) for column in values), default=0)
    names = _entity_levels(columns, values, depth, layout, told, is_counted=is_counted)
    in_rows = any(column.role is Role.METRIC for column in columns)
    title = _name_of_card(columns, values)
    by_class = in_rows and len(values) == 1 and _are_parted(columns, values[0])
    is_card = len(values) == 1 and any(
        c.role is Role.METRIC and role_of(c.name) is Role.NAME for c in columns
    )
    heads = [word for c in values for at, word in enumerate(c.words) if at in names]
    are_platforms = share(heads, "entity") >= MOSTLY
    joint = not in_rows and not names and _has_no_names(columns) and _are_joint(values)
    result: list[Column] = []
    beside = ""  # what the column to the left counts: a lone 전주 is last week's figure of it
    for column in columns:
        if not is_value(column):
            result.append(column)
            continue
        entity, metric = _split(column, names, joint=joint, are_platforms=are_platforms)
        if is_card and not entity and column.role is None:
            entity = metric  # 채널명 | 관악구 유튜브 over 구독자 수, 게시물 …
        if title:
            entity = [title]
        alone = in_rows and not by_class and (len(values) == 1 or bool(entity))
        of_span = _is_of_span(column, values)
        if of_span:
            metric = [word for word in metric if not is_of_span(word)]
        name = _metric_name(column, [] if alone else metric, constant)
        if not name and column.role in {Role.THIS, Role.LAST}:
            name = beside
        beside = name
        result.append(
            replace(
                column,
                entity=" / ".join(dict.fromkeys(map(bare_name, entity))),
                metric=name,
                is_total=told.columns.get(column.index) != "value"
                and not of_span
                and (column.is_total or any(map(is_total, entity)) or _adds_up_group(column, values)),
            )
        )
    return tuple(result)


def _are_parted(columns: tuple[Column, ...], value: Column) -> bool:
    """사망자수 parted by 연령 down the side: its own name says what the ages are of."""
    parts = next((c for c in columns if c.role is Role.METRIC), None)
    told = [text for text in parts.sample if not is_total(text)] if parts else []
    name = value.words[-1] if value.words else ""
    return value.role is None and bool(told) and all(map(is_class, told)) and names_metric(name)


def _adds_up_group(column: Column, values: list[Column]) -> bool:
    """게시물 over 카드뉴스, 영상 and 계: the last is the sum of the others.

    Below two rows of groups (인구 / 한국인 / 계) it is a figure of its own, as statistics have it.
    """
    *group, last = column.header or ("",)
    if (
        group
        and is_total(group[0])
        and any(list(c.header[1:]) == [*group[1:], last] for c in values if c is not column)
    ):
        return True  # 계 over 건수 and 비율, beside 카드뉴스 over the same
    beside = [c for c in values if c is not column and list(c.header[: len(group)]) == group]
    is_running = any(
        c.role is Role.THIS or is_of_span(c.header[-1] if c.header else "") for c in beside
    )  # 당월 | 누계
    return len(group) == 1 and column.time is None and is_total(last) and (len(beside) >= 2 or is_running)


def _split(
    column: Column, names: frozenset[int], *, joint: bool, are_platforms: bool
) -> tuple[list[str], list[str]]:
    """The words that name whose figures they are, and those that name what is counted.

    ``names`` are the header rows of channels, ``are_platforms`` if they say so by themselves; ``joint``: a
    heading tells both in one.
    """
    words = [(at, word) for at, word in enumerate(column.words) if word and not is_unit(word)]
    counts = {word for _, word in words if are_platforms and _only_counts(word)}
    words = [(at, word) for at, word in words if column.time is None or not _only_compares(word)]
    entity = [word for at, word in words if at in names and word not in counts and not _only_compares(word)]
    metric = [word for at, word in words if at not in names or word in counts]
    if entity and not metric and (both := channel_and_metric(entity[-1])) is not None:
        return [*entity[:-1], both[0]], [both[1]]  # 인스타그램(팔로워)
    if joint and metric and (both := channel_and_metric(metric[-1])) is not None:
        return [both[0]], [*metric[:-1], both[1]]
    return entity, metric


def _says_more(word: str) -> bool:
    return bool(word) and not is_total(word) and not _only_compares(word)


def _only_compares(word: str) -> bool:
    """전월 and 전년 동월 beside 10월 name nobody."""
    told = compared(word)
    return told is not None and not told.rest


def _only_counts(word: str) -> bool:
    """인구수 among platforms over the figures of cities."""
    return (names_metric(word) or bool(_HAS_UNIT.search(word))) and not names_entity(word)


def _name_of_card(columns: tuple[Column, ...], values: list[Column]) -> str:
    """블로그 in the corner, over 이웃수 and 게시물, with nothing over their figures."""
    names = [c.name for c in columns if c.role is Role.METRIC and not values[0].header] if values else []
    return names[0] if len(values) == 1 and names and names_entity(names[0]) else ""


def _is_of_span(column: Column, values: list[Column]) -> bool:
    """일계 beside 월누계 is the figure itself; beside columns of other names it is their sum."""
    *group, last = column.header or ("",)
    beside = [c for c in values if c is not column and c.header and list(c.header[:-1]) == group]
    return is_of_span(last) and any(c.header[-1].endswith(("누계", "누적")) for c in beside)


def _metric_name(column: Column, words: list[str], constant: str) -> str:
    if column.role in {Role.THIS, Role.LAST}:
        words = [word for word in map(_without_comparison, words) if word]
    if column.role is Role.VALUE:
        words = [word for word in words if role_of(word) is not Role.VALUE]
    told = list(dict.fromkeys([constant, *words] if constant else words))
    # 남 over 남 인구수: the lower name says it all.
    kept = (
        one for one, other in zip_longest(told, told[1:], fillvalue="") if not other.startswith(f"{one} ")
    )
    return " ".join(kept).strip()


def _without_comparison(word: str) -> str:
    told = compared(word)
    return word if told is None else told.rest


def _entity_levels(
    columns: tuple[Column, ...],
    values: list[Column],
    depth: int,
    layout: str,
    told: Corrections,
    *,
    is_counted: bool,
) -> frozenset[int]:
    """The header rows that name channels or places rather than what is counted."""
    levels = [
        [c.words[at] for c in values if at < len(c.words) and _says_more(c.words[at])] for at in range(depth)
    ]
    used = [at for at, texts in enumerate(levels) if texts]
    if not used or told.across == "metrics":
        return frozenset()
    if told.across == "entities":
        return frozenset(used[-1:])
    plain = [column for column in values if column.role in {None, Role.TOTAL}]
    in_rows = any(column.role is Role.METRIC for column in columns)
    leaf = levels[used[-1]]
    if all(map(is_class, leaf)):
        return frozenset(at for at in used[:-1] if _names_channels(levels[at]))
    if in_rows and len(plain) >= 2 and share(leaf, "metric") < MOSTLY:
        return frozenset(used[-1:] if len(set(leaf)) == len(leaf) else used)
    found = [at for at in used if _names_channels(levels[at])]
    if found and (
        len(found) < len(used) or layout != "wide-metric" or _has_no_names(columns) or _are_of_others(columns)
    ):
        return frozenset(found)
    lowest = [next(filter(_says_more, reversed(column.words)), "") for column in values]
    if is_counted and len(leaf) >= 2 and _has_no_names(columns) and _may_be_channels(leaf):
        # 안양 over 만안 and 동안, and 과천 without parts beside them
        return frozenset(used if _may_be_channels(lowest) else used[-1:])
    if is_counted and len(used) > 1 and _has_no_names(columns) and _may_be_channels(lowest):
        return frozenset(used)
    if layout == "long" and _has_no_names(columns) and _are_shares(plain, levels[used[-1]]):
        return frozenset(used[-1:])
    return frozenset()


def _are_joint(values: list[Column]) -> bool:
    """카카오톡 친구 | 블로그 이웃: do the headings name a channel and what is counted of it in one?"""
    plain = [c for c in values if c.role is None and c.words and not c.is_total]
    split = [c for c in plain if channel_and_metric(next((w for w in reversed(c.words) if w), ""))]
    return len(split) >= 2 and len(split) >= MOSTLY * len(plain)


def _names_channels(texts: list[str]) -> bool:
    return share(texts, "entity") >= MOSTLY and share(texts, "metric") < 0.3


_HAS_UNIT = re.compile(r"\((?:원|천원|만원|명|건|회|개|%)\)$")
_WHOSE = re.compile(
    r"^(부서|과|팀|담당자?|성명|이름|시군|시군구|자치구|구|기관|지자체|도시|읍면동|행정동|동|기자단|서포터즈)명?$"
)
_OFFICE = re.compile(r"^\S{1,12}(과|실|팀|국|소|센터|담당관|사업소|단|관|원|처)$")


def _are_of_others(columns: tuple[Column, ...]) -> bool:
    """부서 or 시군 down the side of platforms: each has channels of its own."""
    names = [column for column in columns if column.role is Role.NAME]
    texts = [text for column in names for text in column.sample if not is_total(text)]
    if not texts or any(map(names_platform, texts)):
        return False
    told = any(_WHOSE.match(folded(column.name)) for column in names)
    places = sum(names_entity(text) or bool(_OFFICE.match(text)) for text in texts)
    return told or places * 2 >= len(texts)


_FEW = 0.1  # 여수, 장수 and 연수 among two hundred places


def _may_be_channels(texts: list[str]) -> bool:
    """카카오톡, 시정소식지, 전광판: some are channels, and none is counted."""
    return share(texts, "entity") > 0 and share(texts, "metric") <= _FEW


def _has_no_names(columns: tuple[Column, ...]) -> bool:
    return not any(column.role is Role.NAME for column in columns)


def _are_shares(values: list[Column], names: list[str]) -> bool:
    """Three or more columns of percentages, none called after something counted: one metric of several."""
    return len(values) >= 3 and all(c.unit == "%" for c in values) and share(names, "metric") < 0.3
