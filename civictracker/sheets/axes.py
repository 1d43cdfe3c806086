"""How a table lies: where its dates, its channels and its metrics stand, down the side or over the figures.

Every decision here can be overruled by a person (:mod:`civictracker.sheets.corrections`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain
from civictracker.sheets.columns import Column
from civictracker.sheets.comparisons import compared
from civictracker.sheets.contents import Content
from civictracker.sheets.corrections import KINDS, Corrections
from civictracker.sheets.figure_names import STUB, is_value, with_names
from civictracker.sheets.headers import Role, is_last_of, is_total, role_of
from civictracker.sheets.metric_rows import Axes, with_metric_rows
from civictracker.sheets.vocabulary import (
    names_entity,
)

_DATA = (Content.NUMBER, Content.EMPTY)
_CORNER = re.compile(
    r"[(\[]\s*(단위\s*:?)?\s*(억|만|천|백만|십억)?\s*(명|건|개|회|원|대|톤|호|세대|점|%|k?wh|㎾h|㎡|㎢|km|㎞|달러|\$)\s*[)\]]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Arranged:
    layout: str
    columns: tuple[Column, ...]
    metric: str = ""


def arranged(columns: list[Column], axes: Axes, told: Corrections) -> Arranged:
    """Give every column its part."""
    corrected = tuple(_corrected(column, told) for column in columns)
    corrected = corrected if told.columns else _without_paper_days(corrected, axes)
    layout, placed = _oriented(_without_copies(corrected), told)
    constant = " ".join(_constants(placed))
    placed = tuple(map(_compared_only, _without_constants(placed)))
    placed = with_metric_rows(placed, layout, axes, told)
    placed = with_names(placed, layout, told, constant, is_counted=bool(axes.counted))
    return Arranged(layout, placed, _corner(placed) if layout == "wide-time" else "")


def _corrected(column: Column, told: Corrections) -> Column:
    kind = told.columns.get(column.index)
    if kind is None:
        return column
    if kind == "value":
        return replace(column, role=None, content=Content.NUMBER, is_total=False)
    content = Content.TEXT if kind in {"entity", "metric"} else column.content
    return replace(column, role=KINDS[kind], time=None, content=content, is_total=kind == "total")


_CODES = re.compile(r"^(?:C|\[[A-Za-z]+\]\s?)")  # C행정구역별, [A]자치구별 of KOSIS: the codes of 자치구별


def _without_copies(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Names that are written once more at the right edge, or as codes, are no second part of the name."""
    result: list[Column] = []
    names = {column.name for column in columns}
    for column in columns:
        is_number = not column.sample and f"{column.name}명" in names  # 지점 beside 지점명
        if is_number or _CODES.sub("", column.name) in names - {column.name}:
            result.append(replace(column, role=Role.SKIP))
            continue
        is_copy = column.content is Content.TEXT and any(
            other.sample == column.sample and other.header == column.header and len(column.sample) > 1
            for other in result
        )
        result.append(replace(column, role=Role.SKIP) if is_copy else column)
    return tuple(result)


# --- orientation ------------------------------------------------------------------------------


def _oriented(columns: tuple[Column, ...], told: Corrections) -> tuple[str, tuple[Column, ...]]:
    forced = any(kind == "date" for kind in told.columns.values())
    dated = [c for c in columns if c.time is not None and c.content in _DATA and not c.is_total]
    running = [c for c in columns if c.time is not None and c.is_total]  # 2/4분기(누계) beside 1/4분기
    if not forced and (
        len(dated) >= 2
        or (
            len(dated) == 1
            and (bool(running) or _only_figures(columns, dated[0]) or _all_beside(columns, dated))
        )
    ):
        return "wide-time", _with_time(columns)
    columns = tuple(replace(column, time=None, is_total=_all_total(column)) for column in columns)
    found = _date_columns(columns, told)
    if found:
        return "long", _with_dates(columns, found)
    own = {column.index: column.time for column in dated}  # 11월 게시글 beside 회원수 of one day
    columns = tuple(replace(column, time=own.get(column.index)) for column in columns)
    return "wide-metric", _with_stub(_with_title(columns))


def _all_total(column: Column) -> bool:
    return bool(column.header) and all(map(is_total, column.header))


def _only_figures(columns: tuple[Column, ...], dated: Column) -> bool:
    return not any(
        column.content is Content.NUMBER
        and column.role is not Role.SKIP
        and column is not dated
        and bool(column.header)
        for column in columns
    )


def _all_beside(columns: tuple[Column, ...], dated: list[Column]) -> bool:
    """10월 | 전월 | 전년 동월, or 10.31. | 현재: do the other figures tell their time beside that one?"""
    values = [c for c in columns if is_value(c) and c.header and c not in dated]
    return bool(values) and all(c.role in {Role.THIS, Role.LAST} for c in values)


_OF_PAPERS = re.compile(
    r"^(제출|회신|보고|작성|입력|등록|확인|점검|접수|수정|갱신|조회|결재)(일|일자|날짜|일시)$"
)


def _without_paper_days(columns: tuple[Column, ...], axes: Axes) -> tuple[Column, ...]:
    """제출일 of each 읍면동 below 기준일: when the answer came, not when its figures were counted."""
    named = [column for column in columns if column.role is Role.NAME and column.content is Content.TEXT]
    if not axes.is_dated or not any(column.distinct == 1 for column in named):
        return columns
    return tuple(
        replace(column, role=Role.SKIP) if _OF_PAPERS.match(folded(column.name)) else column
        for column in columns
    )


def _date_columns(columns: tuple[Column, ...], told: Corrections) -> list[Column]:
    """The column of dates, or those of year and month; the best named one of several."""
    said = [column for column in columns if told.columns.get(column.index) == "date"]
    if said:
        return said[:1]
    named = [column for column in columns if column.role is Role.DATE and column.content in _DATED]
    whole = [column for column in columns if column.content is Content.DATE]
    year = [column for column in columns if column.role is Role.YEAR and column.content in _DATED]
    month = [column for column in columns if column.role is Role.MONTH and column.content in _DATED]
    best = [column for column in named if column.content is Content.DATE] or named
    if best:
        chosen = sorted(best, key=lambda column: -_fitness(column))[:1]
        return [*year[:1], *month[:1], *chosen] if _PARTS.match(folded(chosen[0].name)) else chosen
    if year or month:
        parts = [c for c in whole if c.role in {None, Role.GROUP} and c not in year] if not month else []
        return [*year[:1], *month[:1], *parts[:1]]
    unclaimed = [column for column in whole if column.role not in {Role.SKIP, Role.NAME}]
    return unclaimed[:1]


_PARTS = re.compile(r"^(기준)?(주차|주|주간|일|반기|분기)(코드)?$")  # of a year or month beside it
_DATED = (Content.NUMBER, Content.DATE)


def _fitness(column: Column) -> int:
    """A column called just "날짜" or "date" means the figures' own date; 수집일 is that of the file."""
    if folded(column.name).startswith("수집"):
        return -1
    return 1 if folded(column.name) in {"date", "날짜", "일자", "기준일"} else 0


def _with_dates(columns: tuple[Column, ...], dates: list[Column]) -> tuple[Column, ...]:
    chosen = {column.index for column in dates}
    result = []
    for column in columns:
        if column.index in chosen:
            is_part = column.role in {Role.YEAR, Role.MONTH}
            result.append(column if is_part else replace(column, role=Role.DATE))
        elif column.role in {Role.DATE, Role.YEAR, Role.MONTH} or column.content is Content.DATE:
            result.append(replace(column, role=Role.SKIP))
        else:
            result.append(_of_long(column, columns))
    return _with_stub(tuple(result))


def _of_long(column: Column, columns: tuple[Column, ...]) -> Column:
    """Where every row has its date, the figure of another period is a comparison."""
    names = {folded(other.name) for other in columns if other is not column}
    if column.role is Role.LAST or is_last_of(column.name, names):
        return replace(column, role=Role.DERIVED)
    return column


def _with_time(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    times = [c.time for c in columns if c.time is not None and c.content in _DATA and not c.is_total]
    years = all(time.period is not None and time.period.grain is Grain.YEAR for time in times)
    yearless = all("year" in time.needs for time in times)
    stubs = [_beside_time(c, years=years, yearless=yearless) for c in columns if c.time is None]
    timed = [c for c in columns if c.time is not None and c.content in _DATA]
    return tuple(sorted((*_with_stub(tuple(stubs)), *timed), key=lambda column: column.index))


def _beside_time(column: Column, *, years: bool, yearless: bool) -> Column:
    """Months may stand down the side of years, and years beside months; other names are names."""
    dates = {Role.DATE, Role.YEAR, Role.MONTH}
    if yearless and column.content in _DATED and column.role in {Role.YEAR, None, Role.GROUP, Role.DATE}:
        is_year = column.role is Role.YEAR or column.content is Content.DATE
        return replace(column, role=Role.YEAR if is_year else column.role)
    if column.content is Content.DATE and column.role not in {Role.SKIP, Role.NAME}:
        return replace(column, role=Role.DATE if years else Role.SKIP)
    if column.role in dates and not (years and column.role is Role.MONTH and column.content in _DATED):
        return replace(column, role=None if column.content is Content.TEXT else Role.SKIP)
    return column


def _with_title(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where nothing else names the rows, their title does (a ranking of channels by Title)."""
    texts = [column for column in columns if column.content is Content.TEXT]
    if any(column.role is Role.NAME for column in texts):
        return columns
    titles = [column for column in texts if column.role is Role.SKIP and column.distinct > 0.8]
    rest = [column for column in texts if column.role in {None, Role.GROUP} and column.distinct > 0.8]
    if rest or not titles:
        return columns
    return tuple(replace(c, role=Role.NAME) if c is titles[0] else c for c in columns)


def _with_stub(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Name the columns that say whose figures the row holds.

    Columns that are called a channel's name win; a text column that differs in nearly every row
    beside dates is a title, not a name; anything else of text is a name too.
    """
    names = [column for column in columns if column.role is Role.NAME and column.content is Content.TEXT]
    long = any(c.role in {Role.DATE, Role.YEAR} and not c.constant for c in columns)  # of many days
    repeats = not long and any(column.is_sparse or column.distinct < 0.8 for column in names)
    result: list[Column] = []
    for column in columns:
        role = column.role
        is_next = bool(result) and result[-1].role is Role.NAME and result[-1].index == column.index - 1
        if column.content is Content.TEXT and role is None and not column.header and is_next:
            role = Role.NAME  # the lower levels of 지역 have no heading of their own
        elif (
            column.content is Content.TEXT and role is None and repeats and not long and column.distinct < 0.8
        ):
            role = Role.NAME  # 성별 beside 행정동: the name alone does not tell the row
        elif column.content is Content.TEXT and role in {None, Role.GROUP, Role.VALUE, Role.TOTAL}:
            role = _text_role(column, named=bool(names), long=long)
        elif column.content is Content.NUMBER and role in {Role.NAME, Role.GROUP, Role.METRIC}:
            role = None
        elif column.content is Content.EMPTY or (
            column.content is Content.DATE and role not in {Role.DATE, Role.YEAR, Role.MONTH}
        ):
            role = Role.SKIP
        result.append(replace(column, role=role))
    return tuple(result)


_BY = re.compile(r"별(?:\(\d\))?$")


def _text_role(column: Column, *, named: bool, long: bool) -> Role:
    # 구분(1) and 수준별(1), written once over its years
    is_group = column.is_sparse and (column.role is Role.GROUP or bool(_BY.search(column.name)))
    if long and column.distinct > 0.8 and not (column.constant or is_group):
        return Role.SKIP
    if column.role is Role.GROUP:
        return Role.GROUP if named else Role.NAME
    if named and not long:
        return Role.SKIP
    return Role.NAME


# --- what is the same in every row ------------------------------------------------------------


def _is_dimension(column: Column) -> bool:
    """A constant of a statistical dimension (``상태별: 신규``) is part of what is counted."""
    return bool(column.constant) and column.role in STUB and column.name.endswith("별")


_LONGEST = 30  # a constant of more is an explanation


def _constants(columns: tuple[Column, ...]) -> list[str]:
    if sum(column.role in STUB for column in columns) < 2:
        return []
    told = [c.constant for c in columns if _is_dimension(c) and not names_entity(c.constant)]
    return [text for text in told if len(text) <= _LONGEST and not is_total(text)]


def _without_constants(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What every row repeats names no row, unless nothing else does or it names a place."""
    stubs = [column for column in columns if column.role in {Role.NAME, Role.GROUP}]
    sums = {c.index for c in stubs if is_total(c.constant) and len(stubs) == 1}  # 지역 over nothing but 합계
    columns = tuple(replace(c, role=Role.SKIP) if c.index in sums else c for c in columns)
    stubs = [column for column in stubs if column.index not in sums]
    told = [column for column in stubs if not column.constant]
    spare = [c for c in stubs if c.constant and not names_entity(c.constant)]
    if not told and spare and len(spare) == len(stubs):
        spare = spare[1:]
    elif not told:
        spare = [c for c in spare if len(stubs) > 1]
    gone = {column.index for column in spare}
    return tuple(replace(c, role=Role.SKIP) if c.index in gone else c for c in columns)


def _compared_only(column: Column) -> Column:
    """금주, 전주, 증감 down the side name no channel: those stand over the figures."""
    if column.role is not Role.NAME or not column.sample:
        return column
    told = [compared(text) is not None or role_of(text) is Role.DERIVED for text in column.sample]
    return replace(column, role=Role.GROUP) if all(told) and len(told) > 1 else column


def _corner(columns: tuple[Column, ...]) -> str:
    """``전력량 (억㎾h)`` over the names of the rows tells what the figures are."""
    named: Callable[[Column], bool] = lambda c: c.role in STUB and bool(_CORNER.search(c.name))  # noqa: E731
    return next((column.name for column in columns if named(column)), "")
