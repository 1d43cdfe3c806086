"""What the headers over figures name: the metric of a column, and its channel where that stands there too."""

from __future__ import annotations

from dataclasses import replace

from civictracker.sheets.columns import Column, Content
from civictracker.sheets.comparisons import compared
from civictracker.sheets.corrections import Corrections
from civictracker.sheets.headers import Role, is_total, is_unit, role_of
from civictracker.sheets.vocabulary import share

MOSTLY = 0.6
STUB = (Role.NAME, Role.GROUP, Role.METRIC)


def is_value(column: Column) -> bool:
    if column.role in {Role.SKIP, Role.DATE, Role.YEAR, Role.MONTH, *STUB, Role.DERIVED, Role.GOAL}:
        return False
    return column.content is Content.NUMBER or column.time is not None


def with_names(
    columns: tuple[Column, ...], layout: str, told: Corrections, constant: str
) -> tuple[Column, ...]:
    """Name for every column of figures its metric and its channel, as far as its header does."""
    values = [column for column in columns if is_value(column)]
    depth = max((len(column.words) for column in values), default=0)
    names = _entity_levels(columns, values, depth, layout, told)
    in_rows = any(column.role is Role.METRIC for column in columns)
    result: list[Column] = []
    beside = ""  # what the column to the left counts: a lone 전주 is last week's figure of it
    for column in columns:
        if not is_value(column):
            result.append(column)
            continue
        words = [(at, word) for at, word in enumerate(column.words) if word and not is_unit(word)]
        entity = [word for at, word in words if at in names]
        metric = [word for at, word in words if at not in names]
        alone = in_rows and (len(values) == 1 or bool(entity))
        name = _metric_name(column, [] if alone else metric, constant)
        if not name and column.role in {Role.THIS, Role.LAST}:
            name = beside
        beside = name
        result.append(
            replace(
                column,
                entity=" / ".join(dict.fromkeys(entity)),
                metric=name,
                is_total=column.is_total or any(map(is_total, entity)),
            )
        )
    return tuple(result)


def _metric_name(column: Column, words: list[str], constant: str) -> str:
    if column.role in {Role.THIS, Role.LAST}:
        words = [word for word in map(_without_comparison, words) if word]
    if column.role is Role.VALUE:
        words = [word for word in words if role_of(word) is not Role.VALUE]
    return " ".join(dict.fromkeys([constant, *words] if constant else words)).strip()


def _without_comparison(word: str) -> str:
    told = compared(word)
    return word if told is None else told.rest


def _entity_levels(
    columns: tuple[Column, ...], values: list[Column], depth: int, layout: str, told: Corrections
) -> frozenset[int]:
    """The header rows that name channels or places rather than what is counted."""
    levels = [
        [c.words[at] for c in values if at < len(c.words) and c.words[at] and not is_total(c.words[at])]
        for at in range(depth)
    ]
    used = [at for at, texts in enumerate(levels) if texts]
    if not used or told.across == "metrics":
        return frozenset()
    if told.across == "entities":
        return frozenset(used[-1:])
    plain = [column for column in values if column.role in {None, Role.TOTAL}]
    in_rows = any(column.role is Role.METRIC for column in columns)
    leaf = levels[used[-1]]
    if in_rows and len(plain) >= 2 and share(leaf, "metric") < MOSTLY:
        return frozenset(used[-1:] if len(set(leaf)) == len(leaf) else used)
    found = [at for at in used if _names_channels(levels[at])]
    if found and (len(found) < len(used) or layout != "wide-metric" or _has_no_names(columns)):
        return frozenset(found)
    if layout == "long" and _has_no_names(columns) and _are_shares(plain, levels[used[-1]]):
        return frozenset(used[-1:])
    return frozenset()


def _names_channels(texts: list[str]) -> bool:
    return share(texts, "entity") >= MOSTLY and share(texts, "metric") < 0.3


def _has_no_names(columns: tuple[Column, ...]) -> bool:
    return not any(column.role is Role.NAME for column in columns)


def _are_shares(values: list[Column], names: list[str]) -> bool:
    """Three or more columns of percentages, none called after something counted: one metric of several."""
    return len(values) >= 3 and all(c.unit == "%" for c in values) and share(names, "metric") < 0.3
