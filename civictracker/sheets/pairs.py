"""Two figures in one cell: 12(4,110) below 게시건수(조회수). A heading that names both parts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from civictracker.sheets.columns import Column
from civictracker.sheets.comparisons import compared
from civictracker.sheets.contents import SAMPLE, Content
from civictracker.sheets.grid import Grid, is_empty
from civictracker.sheets.headers import Role, is_total, role_of
from civictracker.sheets.two_figures import AFTER, FRONT, INSIDE, LEAST, is_arrow, is_beside, is_pair
from civictracker.sheets.vocabulary import names_metric

_OF_THE_FIRST = frozenset({"신규", "광고", "유료", "무료", "자체", "외부"})
_MOVED = re.compile(
    r"\s*[(\[][^()\[\]]*(?:→|->|⇒)[^()\[\]]*[)\]]|\s*(?:변동|변화|증감|추이)(?:\s*(?:현황|내역))?$"
)
_HEADING = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]")


def parted(
    grid: Grid, columns: Sequence[Column], rows: tuple[int, int], titles: Sequence[str]
) -> list[Column]:
    """The columns; one of pairs becomes two where its heading, or a title, names both figures."""
    found: list[Column] = []
    with_level = False
    for column in columns:
        if column.content is Content.NUMBER and _holds(grid, column, rows, is_arrow):
            found.append(_after(column))
            continue
        if (
            column.role is Role.LAST
            and (name := _before_versus(column))
            and _holds(grid, column, rows, is_beside)
        ):
            found += [_half(replace(column, role=None), FRONT, name), replace(column, part=INSIDE, unit="")]
            continue
        if column.content is not Content.NUMBER or not _holds(grid, column, rows, is_pair):
            found.append(column)
            continue
        both = _named(column.header[-1]) if column.header else None
        if both is not None:
            found += [_half(column, part, name) for part, name in zip((FRONT, INSIDE), both, strict=True)]
        elif column.time is not None and (both := _titled(titles)) is not None:
            with_level = True
            found += [_below(column, part, name) for part, name in zip((FRONT, INSIDE), both, strict=True)]
        else:
            found.append(column)
    depth = max((len(column.words) for column in found), default=0)
    return [_padded(column, depth) for column in found] if with_level else found


def _holds(grid: Grid, column: Column, rows: tuple[int, int], looks: Callable[[str], bool]) -> bool:
    """Are most cells of the column of that look?"""
    told = [cell for cell in grid.column(column.index, *rows)[:SAMPLE] if not is_empty(cell)]
    count = sum(isinstance(cell, str) and looks(cell) for cell in told)
    return count >= LEAST and count * 2 > len(told)


def _before_versus(column: Column) -> str:
    """조회수 of 조회수(전주); empty where the brackets do not say of when a second figure is."""
    both = _HEADING.fullmatch(column.header[-1]) if column.header else None
    told = compared(both[2]) if both is not None else None
    return both[1] if both is not None and told is not None and not told.rest else ""


def _after(column: Column) -> Column:
    """The column of 구독자 변동 or 구독자(전주→금주) as that of the figure which the arrow leads to."""
    name = _MOVED.sub("", column.header[-1]).strip() if column.header else ""
    if not name:
        return replace(column, part=AFTER, unit="")
    return replace(_half(column, AFTER, name), role=None)


def _named(heading: str) -> tuple[str, str] | None:
    """게시건수(조회수), 게시(누적): the names of what stands before and in the brackets."""
    both = _HEADING.fullmatch(heading)
    if both is None or not names_metric(both[1]):
        return None
    is_whole = both[2] not in _OF_THE_FIRST and (names_metric(both[2]) or is_total(both[2]))
    inside = both[2] if is_whole else f"{both[1]} {both[2]}"
    return both[1], inside


def _titled(titles: Sequence[str]) -> tuple[str, str] | None:
    """월별 게시(조회) 현황 over months: the words around the brackets, both of which count something."""
    for title in reversed(titles):
        for both in re.finditer(r"(\S+?)\s?[(\[]\s*([^()\[\]\s]+)\s*[)\]]", title):
            if names_metric(both[1]) and names_metric(both[2]):
                return both[1], both[2]
    return None


def _half(column: Column, part: str, name: str) -> Column:
    """The column as if its heading were ``name`` alone."""
    role = role_of(name)
    words = tuple(name if word == column.header[-1] else word for word in column.words)
    return replace(
        column, header=(*column.header[:-1], name), words=words, part=part, unit="",
        role=role if role in {Role.TOTAL, Role.DERIVED, Role.GOAL} else column.role,
        is_total=column.is_total or is_total(name),
    )  # fmt: skip


def _below(column: Column, part: str, name: str) -> Column:
    """The column with ``name`` below the heading that tells its time."""
    return replace(column, header=(*column.header, name), words=(*column.words, name), part=part, unit="")


def _padded(column: Column, depth: int) -> Column:
    return replace(column, words=(*column.words, *("",) * (depth - len(column.words))))
