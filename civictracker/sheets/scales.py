"""Figures written in thousands or ten thousands: (단위: 천명), 조회(만회), a 단위 column."""

from __future__ import annotations

import re

from civictracker.domain.numbers import grouped
from civictracker.domain.texts import folded
from civictracker.sheets.grid import Grid, is_empty, text_of
from civictracker.sheets.layout import Table
from civictracker.sheets.records import Extraction

_FACTORS = {
    "백": 100, "천": 1_000, "만": 10_000, "십만": 100_000, "백만": 1_000_000, "천만": 10_000_000,
    "억": 100_000_000, "십억": 1_000_000_000,
}  # fmt: skip
_UNIT = r"(명|건|회|개|원|편|점|뷰|인|대|톤|세대|가구|호)"
_ITEM = re.compile(rf"(십억|천만|백만|십만|억|만|천|백)?\s*{_UNIT}")
_TOLD = re.compile(
    rf"[(\[（<]\s*(?:단위\s*[:：]?\s*)?((?:[십백천만억]*\s*{_UNIT}\s*[,/·]?\s*)+)[)\]）>]"
    rf"|단위\s*[:：]\s*((?:[십백천만억]*\s*{_UNIT}\s*[,/·]?\s*)+)"
)
_BARE = re.compile(rf"^\s*[십백천만억]*\s*{_UNIT}\s*$")
_OWN = re.compile("[천만억kKmM]")  # a cell that says by itself what it is in
# Which of several units a metric is told in.
_PEOPLE = re.compile("친구|구독|팔로워|이웃|단골|회원|인원|인구|방문자|이용자|가입자|명$")
_MONEY = re.compile("액$|액\\(|예산|금액|비용|사업비|광고비|홍보비|제작비|집행|단가|수입|지출|원$")
_RATE = re.compile("률|율|%|비율|건수|횟수")
_SHARE = re.compile("(?:률|율|비|지수|%)(?:[(\\[].*)?$")
_TIMES = re.compile("조회|재생|노출|열람|클릭|도달|방문|뷰|views?|횟수")


def tell_scales(grid: Grid, table: Table, out: Extraction) -> None:
    """Note on every record by how much its figure is to be multiplied, and say so once a unit."""
    records = out.records
    titles = _units(" ".join((*table.titles, table.unit)))
    column = next((c.index for c in table.columns if folded(c.name) in {"단위", "unit"}), None)
    known: dict[tuple[int, int, str], tuple[int, str]] = {}
    heads = {c.index: _heading(grid, table, c.index) for c in table.columns}
    if column is None and not any(
        _has_scale(units) for units in (titles, *heads.values(), *map(_units, records.metrics))
    ):
        return
    told: dict[str, int] = {}
    places = zip(records.row.tolist(), records.column.tolist(), records.metric.tolist(), strict=True)
    for at, (row, across, metric) in enumerate(places):
        said = "" if column is None else text_of(grid.filled(row, column)).strip()
        key = (metric, across, said)
        if key not in known:
            known[key] = _factor(_units(said), heads.get(across, {}), titles, records.metrics[metric])
        factor, unit = known[key]
        if factor == 1 or _says_itself(grid, row, across):
            continue
        records.scaled[at] = factor
        records.approximate.add(at)
        told[unit] = factor
    for unit, factor in told.items():
        out.warnings.append(f"단위 ‘{unit}’에 따라, 넣을 때 {grouped(factor)}을 곱해 어림수로 적습니다.")


def _heading(grid: Grid, table: Table, column: int) -> dict[str, str]:
    texts = [text_of(grid.filled(row, column)) for row in range(table.header[0], table.header[1] + 1)]
    return {unit: scale for text in texts for unit, scale in _units(text).items()}


def _units(text: str) -> dict[str, str]:
    """Unit → the scale written before it, ``""`` where none is."""
    if _BARE.match(text):
        return {found[2]: found[1] or "" for found in _ITEM.finditer(text)}
    found = _TOLD.search(text)
    inside = next((group for group in (found[1], found[3]) if group), "") if found else ""
    return {item[2]: item[1] or "" for item in _ITEM.finditer(inside)}


def _has_scale(units: dict[str, str]) -> bool:
    return any(units.values())


def _factor(
    row: dict[str, str], head: dict[str, str], titles: dict[str, str], metric: str
) -> tuple[int, str]:
    """The nearest unit that is told, and what it multiplies by; 총 조회수(만회) tells its own."""
    for units in (row, head, _units(metric), titles):
        if units is titles and _SHARE.search(metric):
            break  # 고용률 beside 취업자 below (단위: 천명)
        if units:
            unit = next(iter(units)) if len(units) == 1 else _unit_of(metric, units)
            scale = units.get(unit, "")
            return (_FACTORS[scale], f"{scale}{unit}") if scale else (1, unit)
    return 1, ""


def _unit_of(metric: str, units: dict[str, str]) -> str:
    """Which of several units counts this metric; none if the name does not tell."""
    if _MONEY.search(metric) and not _RATE.search(metric):
        return "원" if "원" in units else ""
    wanted = (
        ("명", "인")
        if _PEOPLE.search(metric)
        else ("회", "뷰", "건")
        if _TIMES.search(metric)
        else ("건", "개")
    )
    return next((unit for unit in wanted if unit in units), "")


def _says_itself(grid: Grid, row: int, column: int) -> bool:
    cell = grid.filled(row, column)
    return is_empty(cell) or (isinstance(cell, str) and bool(_OWN.search(cell)))
