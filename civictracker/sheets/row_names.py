"""What the names at the left of a row say: figures of somebody, a total, a change, an example."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cached_property
from itertools import takewhile

from civictracker.sheets.comparisons import Versus, compared
from civictracker.sheets.headers import Role, is_of_span, is_soft_total, is_sum_of, is_total, role_of
from civictracker.sheets.layout import Layout, Table
from civictracker.sheets.metric_rows import MANY_PLACES, MOST_PLACES, names_no_channel
from civictracker.sheets.time_heads import spelt_weekday
from civictracker.sheets.titles import lone_title
from civictracker.sheets.vocabulary import channel_and_metric, is_class, is_total_of, share


class Kind(Enum):
    DATA = "data"
    TOTAL = "total"
    DERIVED = "derived"  # a change or a share: computed from other rows
    EARLIER = "earlier"  # of another period: 전주 below 금주
    GOAL = "goal"
    EXAMPLE = "example"  # how to fill in the form
    OUT = "out"  # with a reason, or blank


WHY_ODD = {
    Kind.DERIVED: "‘{}’ 줄은 다른 줄에서 계산되는 값이라 뺐습니다.",
    Kind.EARLIER: "‘{}’ 줄은 다른 기간의 값이라 뺐습니다.",
    Kind.GOAL: "‘{}’ 줄은 목표라서 뺐습니다.",
    Kind.EXAMPLE: "‘{}’ 줄은 적는 보기라서 뺐습니다.",
}
_YEAR = re.compile(r"^(?:19|20)\d\d\s*년도?\s+")  # 2026년 유튜브 구독자: the year is the table's
_MANY_NAMES = 40
# 전주시, 진도군, 달성군 and electricity as well as last week, progress and the period before
_PLACES = frozenset({"전주", "진도", "달성", "전기"})
_EXAMPLE = re.compile(r"^\W*(예시|작성예시|작성 예시|예)\s*[)\]:：]")


def _is_example(text: str) -> bool:
    return bool(_EXAMPLE.match(text))


def _says_this(text: str) -> bool:
    """금주 or 실적 beside rows of 전주 and 목표 names nobody."""
    told = compared(text)
    return told is not None and not told.rest and told.versus is Versus.THIS


def _kind_of(text: str) -> Kind | None:
    if not text.strip("-–— "):
        return None  # no name is written there
    if role_of(text) is Role.DERIVED:
        return Kind.DERIVED
    told = compared(text)
    if told is None or told.rest or told.versus is Versus.THIS:
        return None
    return Kind.GOAL if told.versus is Versus.GOAL else Kind.EARLIER


def _joined(names: Iterable[str]) -> str:
    """서울특별시 | 강남구; what two columns repeat (서울특별시 | 서울특별시) is said once."""
    return " / ".join(dict.fromkeys(text for text in names if text.strip("-–— ")))


def _not_total(metric: str) -> str:
    return "" if is_total(metric) else metric


class RowNames:
    """Told by the stub of one table: the columns of names, and that of metrics if there is one."""

    def __init__(self, table: Table) -> None:
        names = table.having(Role.NAME, Role.GROUP)
        self._table = table
        self._labels = [column.index for column in names]
        self._is_name = [column.role is Role.NAME for column in names]
        self._metric = next(iter(table.having(Role.METRIC)), None)
        self._grouped: frozenset[str] = frozenset()  # names that stand under several groups
        self._lone: frozenset[tuple[str, ...]] = frozenset()  # 인구 | 소계 that has no parts

    def of(self, labels: tuple[str, ...]) -> tuple[Kind, str, str]:
        """What a row with these texts in its stub is, whose it is and what it counts."""
        names, metric = labels[: len(self._labels)], ""
        if self._metric is not None:
            metric = labels[-1]
            metric = _YEAR.sub("", metric) or metric
        if labels in self._lone:
            names, metric = tuple("" if is_total(text) else text for text in names), _not_total(metric)
            names, metric = self._without_parts_of_figures(names, metric)
            return Kind.DATA, self._entity(names), metric
        sums = sorted(filter(self._is_sum, labels), key=is_soft_total)  # 계 of 전국 is a sum for certain
        total = sums[0] if sums else self._total_in(names)
        names, metric = self._without_parts_of_figures(*self._without_classes(names, metric))
        entity = self._entity(tuple("" if _says_this(text) else text for text in names))
        wide = self._table.layout is Layout.WIDE_TIME and not metric and not self._table.metric
        if wide and entity and (both := channel_and_metric(entity)) is not None:
            entity, metric = both
        if metric and not entity and (both := channel_and_metric(metric)) is not None:
            entity, metric = both
        if total:
            return Kind.TOTAL, total, metric
        if any(is_sum_of(text) for text in labels if text):
            return Kind.TOTAL, next(text for text in labels if is_sum_of(text)), metric
        if any(map(_is_example, labels)):
            return Kind.EXAMPLE, entity, metric
        if (odd := self._other_figure(labels)) is not None:
            return odd, entity, metric
        if labels and not any(labels) and self._table.layout is not Layout.LONG:
            return Kind.OUT, "", ""
        return Kind.DATA, entity, metric

    def _is_sum(self, text: str) -> bool:
        """월계 is the sum of a month; among the names of fifty stations it is one of them."""
        return is_total(text) and not (is_of_span(text) and self._has_many_names)

    @cached_property
    def _has_many_names(self) -> bool:
        return any(len(column.sample) >= _MANY_NAMES for column in self._table.having(Role.NAME))

    def _without_classes(self, names: tuple[str, ...], metric: str) -> tuple[tuple[str, ...], str]:
        """Ages and sexes are parts of what is counted, whichever column names them."""
        if not self._has_classes:
            return names, metric
        counted = self._table.counted or lone_title(self._table.titles[-1:])
        told = list(zip(names, self._of_classes, strict=True))
        parts = [counted, *(text for text, is_part in told if is_part), spelt_weekday(metric)]
        return tuple("" if is_part else text for text, is_part in told), " ".join(filter(None, parts))

    def _without_parts_of_figures(self, names: tuple[str, ...], metric: str) -> tuple[tuple[str, ...], str]:
        """재산범죄 | 절도 beside places: all levels at the left tell what is counted, none of them whose."""
        if not self._places_are_across:
            return names, metric
        return ("",) * len(names), " ".join(dict.fromkeys(text for text in (*names, metric) if text))

    @cached_property
    def _places_are_across(self) -> bool:
        """Do places stand over the figures, and nothing that could be a channel's name down the side?"""
        if self._metric is None or not all(map(names_no_channel, self._table.having(Role.NAME, Role.GROUP))):
            return False
        figures = [c.entity for c in self._table.columns if c.metric or c.entity]
        return len(set(figures)) >= MANY_PLACES and share(figures, "entity") >= MOST_PLACES

    @cached_property
    def _of_classes(self) -> list[bool]:
        """Which of the columns of names hold nothing but classes: 남성 is a station as well as a sex."""
        columns = self._table.having(Role.NAME, Role.GROUP)
        told = [[text for text in column.sample if not is_total(text)] for column in columns]
        return [bool(texts) and all(map(is_class, texts)) for texts in told]

    @cached_property
    def _has_classes(self) -> bool:
        """Do the rows part one channel's figures by age, sex or hour?"""
        if self._metric is None:
            return False
        told = [text for text in self._metric.sample if not is_total(text)]
        return bool(told) and all(map(is_class, told))

    def _other_figure(self, labels: tuple[str, ...]) -> Kind | None:
        """증감, 전주 or 목표 among the names of a row: no figure of its own, unless all rows are such."""
        is_known = len(labels) > 1 or self._metric is not None or self._compares
        for text in labels:
            kind = None if text in _PLACES and not self._is_beside_its_like else _kind_of(text)
            # 전주 alone may be the city; 비율 and 증감 name nobody.
            if kind is not None and (is_known or kind is Kind.DERIVED) and not self._all_derived:
                return kind
        return None

    @cached_property
    def _is_beside_its_like(self) -> bool:
        """Do 금주, 전월 or 증감 stand among the names, so that 전주 is no city and 진도 no island?"""
        stubs = [*self._table.having(Role.NAME, Role.GROUP), *([self._metric] if self._metric else [])]
        told = {text for column in stubs for text in column.sample} - _PLACES
        return any(_says_this(text) or _kind_of(text) is not None for text in told)

    @cached_property
    def _compares(self) -> bool:
        """Do the rows set 금주 beside 전주, so that 전주 is no city?"""
        return any(
            _says_this(text) for column in self._table.having(Role.NAME, Role.GROUP) for text in column.sample
        )

    @cached_property
    def _all_derived(self) -> bool:
        """Where nothing but changes and shares is told, they are the figures."""
        columns = [self._metric] if self._metric else self._table.having(Role.NAME, Role.GROUP)
        told = [text for column in columns for text in column.sample]
        return all(role_of(text) is Role.DERIVED for text in told)

    def _total_in(self, names: tuple[str, ...]) -> str:
        """총 구독자 수 below the channels; where the rows are metrics it is one of them."""
        if self._metric is not None or not self._are_channels:
            return ""
        return next((text for text in names if is_total_of(text)), "")

    @cached_property
    def _are_channels(self) -> bool:
        """Do the rows name channels or places, so that 총 구독자 수 can only be the sum of them?"""
        names = self._table.having(Role.NAME)
        texts = [
            text for column in names for text in column.sample if not (is_total(text) or is_total_of(text))
        ]
        return bool(texts) and share(texts, "entity") >= 0.5

    def _entity(self, names: tuple[str, ...]) -> str:
        """Whose figures they are; the group only where the name alone would not tell."""
        own = _joined(text for text, is_name in zip(names, self._is_name, strict=True) if is_name)
        return _joined(names) if own in self._grouped else own

    def _without_parts(self, names: set[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
        """인구 | 소계 where no other row is of 인구: the figure itself, in the place of a sum."""
        parted = {each[:depth] for each in names for depth in range(len(each)) if not is_total(each[depth])}
        heads = {each: tuple(takewhile(lambda text: not is_total(text), each)) for each in names}
        return frozenset(
            each
            for each, head in heads.items()
            if head and all(head) and len(head) < len(each) and head not in parted
        )

    def whole(self, labels: tuple[str, ...]) -> str:
        """All names of a row, whatever they are."""
        return " / ".join(text for text in labels[: len(self._labels)] if text)  # 전국 / 전국 stays

    def find_namesakes(self, texts: list[tuple[str, ...]], *, is_of_one_day: bool = False) -> None:
        """Learn from all rows which names stand under several groups: those need their group's name too."""
        self._lone = self._without_parts(set(texts))
        is_dated = self._table.layout is Layout.LONG and not is_of_one_day
        if is_dated or all(self._is_name):
            return
        groups: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        for labels in set(texts):
            names = labels[: len(self._labels)]
            metric = labels[-1] if self._metric is not None else ""
            groups.setdefault((self._entity(names), metric), set()).add(names)
        self._grouped = frozenset(
            name for (name, metric), found in groups.items() if len(found) > 1 and not is_total(metric)
        )
