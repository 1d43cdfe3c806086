"""Which columns of a table hold figures to take; every other one of numbers is named with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from civictracker.domain.texts import folded
from civictracker.sheets import presets
from civictracker.sheets.cells import is_snapshot
from civictracker.sheets.dates_once import is_of_one_day
from civictracker.sheets.grid import Grid, address
from civictracker.sheets.headers import Role, is_soft_total, is_total, names_post
from civictracker.sheets.layout import Column, Content, Layout, Table
from civictracker.sheets.records import Context, Extraction, LeftOut
from civictracker.sheets.two_figures import AFTER
from civictracker.sheets.vocabulary import channel_and_metric, is_known_metric, platform_code_in

_NO_VALUES = frozenset(
    {Role.SKIP, Role.DATE, Role.YEAR, Role.MONTH, Role.NAME, Role.GROUP, Role.METRIC}
)  # fmt: skip


_RUNNING = frozenset({"연번", "번호", "순번", "no", "id", "#"})


class Chosen(NamedTuple):
    """``snapshots``: places among the columns of those that hold one late reading only."""

    columns: list[Column]
    totals: list[Column]  # no data, but a check
    snapshots: set[int]


def choose(grid: Grid, table: Table, context: Context, out: Extraction) -> Chosen:
    """Part the columns; what is left out is told to ``out``."""
    out.per_post = _is_list_of_posts(table) and not is_of_one_day(grid, table)
    chosen = Chosen([], [], set())
    if len(titles := [column for column in table.columns if _holds_titles(column)]) >= 2:
        where = f"{address(table.first, table.left)}:{address(table.last, table.right)}"
        names = ", ".join(f"‘{column.name}’" for column in titles[:3])
        out.left_out.append(LeftOut(where, f"글마다 한 줄인 표라서 채널 통계로 읽지 않았습니다({names})."))
        return chosen
    for column in _with_lone_totals(table, context.metric):
        if column.role is Role.SKIP and column.content is Content.NUMBER and not table.preset:
            _tell_skipped(table, column, out)
        if column.content is Content.TEXT and _should_count(column):
            why = f"‘{column.name}’ 열은 숫자로 읽을 수 없는 글이라 뺐습니다."
            out.left_out.append(LeftOut(address(table.header[1], column.index), why))
        if column.role in _NO_VALUES or (column.content is not Content.NUMBER and column.time is None):
            continue
        if column.part == AFTER:
            why = f"‘{column.name}’ 열에서 화살표 앞의 값은 뺐습니다."
            out.left_out.append(LeftOut(address(table.header[1], column.index), why))
        if _is_total(table, column) and column.role not in {Role.DERIVED, Role.GOAL}:
            chosen.totals.append(column)
            out.totals.append(column.name)
        why = _why_left_out(table, column, context)
        if why:
            out.left_out.append(LeftOut(address(table.header[1], column.index), why))
            continue
        chosen.columns.append(column)
        if out.per_post and is_snapshot(grid, table, column):
            chosen.snapshots.add(len(chosen.columns) - 1)
    _tell_unused(table, out)
    return chosen


def name_in_title(table: Table, columns: list[Column], out: Extraction) -> str:
    """Meta's “Facebook visits” over the one column “Facebook Page likes”: the title is right; else empty."""
    if table.layout is not Layout.LONG or len(columns) != 1 or not table.titles:
        return ""
    title, name = table.titles[-1], columns[0].metric
    both = channel_and_metric(title), channel_and_metric(name)
    is_of_one = platform_code_in(title) == platform_code_in(name) != ""
    if both[0] is None or both[1] is None or not is_of_one or both[0][1] == both[1][1]:
        return ""
    out.warnings.append(f"열 이름은 ‘{name}’이지만 제목이 ‘{title}’이라서 제목대로 적습니다.")
    return title


_UNIT = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]$")


_RATE = re.compile(r"지수|[가-힣][율률](?:\s|$|[(\[])|평균|비율")


def _with_lone_totals(table: Table, metric: str) -> list[Column]:
    """The columns; 합계 (명) beside 세대 (세대), or 전국 alone, is no sum of others and counts itself.

    Nor is 전국 where the figures are rates or indexes, which do not add up.
    """
    is_rate = any(map(_RATE.search, (metric, table.metric, *table.titles)))
    figures = [c for c in table.columns if c.content is Content.NUMBER and c.role not in _NO_VALUES]
    totals = [column for column in figures if _is_total(table, column) and column.header]
    parts = [column for column in figures if column not in totals]
    return [
        _as_figure(column)
        if column in totals and (_counts_itself(column, parts) or (is_rate and _is_of_all(column)))
        else column
        for column in table.columns
    ]


def _is_of_all(column: Column) -> bool:
    """전국, or 40㎡이하 below it: of the whole country and no other total."""
    sums = [text for text in column.header if is_total(text)]
    return bool(sums) and all(map(is_soft_total, sums))


def _counts_itself(total: Column, parts: list[Column]) -> bool:
    if not parts:
        return True
    unit = _UNIT.search(total.header[-1])
    beside = [part for part in parts if part.header[:-1] == total.header[:-1]]
    units = [_UNIT.search(part.header[-1]) for part in beside if part.header]
    return unit is not None and bool(units) and all(each and each[1] != unit[1] for each in units)


def _as_figure(column: Column) -> Column:
    is_of_all = is_soft_total(column.header[-1])
    return replace(
        column, role=None, is_total=False, entity=column.entity or (column.header[-1] if is_of_all else ""),
        metric="" if is_of_all else column.metric or column.header[-1],
    )  # fmt: skip


def _should_count(column: Column) -> bool:
    """구독자 over texts that hold digits: somebody's figures, in a form that nobody can read."""
    is_counted = bool(column.header) and is_known_metric(column.header[-1]) and column.role is Role.SKIP
    return is_counted and sum(any(map(str.isdigit, text)) for text in column.sample) * 2 > len(column.sample)


def _tell_skipped(table: Table, column: Column, out: Extraction) -> None:
    """개설연도 and 순위 count nothing, but no column of numbers goes without a word; 연번 may."""
    if column.header and folded(column.name) not in _RUNNING:
        why = f"‘{column.name}’ 열은 통계가 아니라고 보아 뺐습니다."
        out.left_out.append(LeftOut(address(table.header[1], column.index), why))


_TITLES = frozenset(
    {"제목", "글제목", "게시글제목", "게시물제목", "콘텐츠제목", "영상제목", "콘텐츠명", "게시물명", "영상명"}
)


def _holds_titles(column: Column) -> bool:
    """제목 over texts that are all different."""
    is_title = bool(column.header) and folded(column.header[-1]) in _TITLES
    return is_title and column.content is Content.TEXT and column.distinct > 0.8


def _is_list_of_posts(table: Table) -> bool:
    """A date a row, and a text that is another one in nearly every row: their titles."""
    return table.layout is Layout.LONG and any(
        column.role is Role.SKIP
        and column.content is Content.TEXT
        and column.distinct > 0.8
        and any(names_post(text) for text in column.header)
        for column in table.columns
    )


def _why_left_out(table: Table, column: Column, context: Context) -> str:
    """The reason in a sentence; empty where the column is data."""
    if column.role is Role.DERIVED:
        return f"‘{column.name}’ 열은 다른 열에서 계산되는 값이라 뺐습니다."
    if column.role is Role.OLD:
        return f"‘{column.name}’ 열은 고치기 전의 값이라 뺐습니다."
    if column.role is Role.GOAL:
        return f"‘{column.name}’ 열은 목표나 계획이라서 뺐습니다."
    if _is_total(table, column):
        return f"‘{column.name}’ 열은 합계라서 뺐습니다."
    if column.time is not None and column.time.bound and context.answers.get("bound") == "skip":
        return f"‘{column.name}’ 열은 뺐습니다."
    if not column.header and any(other.header for other in _others(table, column)):
        return "항목 이름이 없는 열이라 뺐습니다."
    if table.layout is Layout.WIDE_TIME and column.time is None and not _is_beside_time(table, column):
        return f"‘{column.name}’ 열은 언제의 값인지 적혀 있지 않아 뺐습니다."
    return ""


def _is_beside_time(table: Table, column: Column) -> bool:
    """전년 동월 or 현재 beside 10월: its time is told by that of the others."""
    return column.role in {Role.THIS, Role.LAST} and not table.having(Role.DATE, Role.YEAR, Role.MONTH)


def _others(table: Table, column: Column) -> list[Column]:
    others = (each for each in table.columns if each is not column)
    return [c for c in others if c.role not in _NO_VALUES and c.content is Content.NUMBER]


def _is_total(table: Table, column: Column) -> bool:
    if table.layout is Layout.WIDE_TIME and column.time is None:
        return any(map(is_total, column.header))
    return column.is_total or (column.role is Role.TOTAL and not column.metric)


def _tell_unused(table: Table, out: Extraction) -> None:
    """Columns of figures that a known source has and this program does not keep, in one sentence."""
    if presets.by_code(table.preset) is None:
        return
    unused = [c.name for c in table.columns if c.role is Role.SKIP and c.content is Content.NUMBER and c.name]
    if unused:
        more = f" 외 {len(unused) - 5}개" if len(unused) > 5 else ""
        names = ", ".join(unused[:5])
        where = address(table.header[1], table.left)
        out.left_out.append(LeftOut(where, f"이 서식에서 쓰지 않는 항목이라 뺐습니다: {names}{more}"))
