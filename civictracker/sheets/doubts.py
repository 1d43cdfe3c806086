"""What a table leaves open, or looks odd in, once its figures are read: questions and warnings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.contents import Content
from civictracker.sheets.headers import Role, is_stock
from civictracker.sheets.layout import Layout
from civictracker.sheets.records import Context, Extraction, Question, index_in

_FAR = 10  # years


def tell_doubts(out: Extraction, *, context: Context, dashes: int) -> None:
    """Ask what the file cannot say; ``dashes``: how many cells say “-”, which is none or zero."""
    answers, records = context.answers, out.records
    if out.table.layout is Layout.WIDE_METRIC and "span" not in answers:
        periods = [period for period in records.periods if period is not None]
        # How many follow on 11. 20. 기준 is told; how many were posted by then may be the week's.
        is_told = context.is_as_of and all(map(is_stock, records.metrics))
        if periods and not is_told and all(period.grain is Grain.DAY for period in periods):
            why = "적힌 날짜 하루의 값인가요, 그 날이 든 주(달, 해)의 값인가요?"
            out.ask(Question("span", why, ("week", "day", "month", "year"), blocking=False))
    if dashes and "dash" not in answers:
        why = f"‘-’가 {dashes:,}칸 있습니다. 값이 없는 것으로 보았습니다. 0이라면 고쳐 주세요."
        out.ask(Question("dash", why, ("missing", "zero"), blocking=False))
    if len(records) and "" in {records.entities[at] for at in np.unique(records.entity)}:
        out.ask(Question("channel", "어느 채널의 값인지 줄마다 적혀 있지 않습니다. 채널을 골라 주세요."))
    if out.per_post and len(records):
        out.warnings.append(
            "글마다 한 줄인 목록입니다. 같은 날 올린 글의 값을 더해 그 날의 값으로 적습니다. "
            "채널 통계로 적을 것이 아니면 이 시트를 빼 주세요."
        )
    _warn_of_unread_dates(out)
    _count_year_so_far(out)
    _warn_of_far_dates(out)
    _warn_of_zeros(out)
    _part_namesakes(out)


def _warn_of_unread_dates(out: Extraction) -> None:
    """8 de marzo below Date: the column is there, and nobody can read it."""
    dates = [column for column in out.table.columns if column.role is Role.DATE]
    unread = next((column for column in dates if column.content is Content.TEXT and column.sample), None)
    if out.table.layout is Layout.WIDE_METRIC and unread is not None:
        out.warnings.append(f"‘{unread.name}’ 열을 날짜로 읽지 못했습니다. 예: ‘{unread.sample[0]}’")


def _count_year_so_far(out: Extraction) -> None:
    """2026년(10월말) beside whole years: visits until then, not October's; followers are as of then."""
    records = out.records
    if out.table.layout is not Layout.WIDE_TIME:
        return
    grains = [period.grain if period else None for period in records.periods]
    odd = [at for at, grain in enumerate(grains) if grain is Grain.MONTH]
    if len(odd) != 1 or grains.count(Grain.YEAR) < 2 or len(grains) > grains.count(Grain.YEAR) + 1:
        return
    flows = [at for at, name in enumerate(records.metrics) if not is_stock(name)]
    mine = (records.period == odd[0]) & np.isin(records.metric, flows)
    month = records.periods[odd[0]]
    if month is None or not mine.any():
        return
    year = Period.year(month.start.year)
    if year in records.periods:
        return
    records.periods.append(year)
    records.written.append(records.written[odd[0]])
    records.period[mine] = len(records.periods) - 1
    out.warnings.append(
        f"‘{records.written[odd[0]]}’의 값은 그때까지 쌓인 것으로 보고 {year.code}년의 값으로 적습니다."
    )


def _warn_of_far_dates(out: Extraction) -> None:
    """2062 among days of 2026 is a slip of the hand."""
    told = [(period.start.year, at) for at, period in enumerate(out.records.periods) if period is not None]
    if len(told) < 3:
        return
    years = sorted({year for year, _ in told})
    steps = sorted(after - before for before, after in pairwise(years))
    usual = steps[len(steps) // 2] if len(steps) > 2 else 0  # 1985, 2000, 2015 are apart as they are
    gaps = [after for before, after in pairwise(years) if after > before + max(_FAR, 3 * usual)]
    odd = [out.records.written[at] for year, at in told if gaps and year >= gaps[0]]
    if len(odd) * 2 > len(told):
        return
    if odd:
        out.warnings.append(
            f"다른 날짜보다 훨씬 뒤의 날짜가 있습니다. 잘못 적혔는지 확인해 주세요: {', '.join(odd[:3])}"
        )


def _warn_of_zeros(out: Extraction) -> None:
    """Nothing but zeros in the last period often means that it was not counted yet."""
    records = out.records
    if not len(records) or len(records.periods) < 3 or not records.value.any():
        return
    known = [(period, at) for at in np.unique(records.period).tolist() if (period := records.periods[at])]
    if not known:
        return
    _, last = max(known)
    mine = records.period == last
    if mine.sum() > 1 and not records.value[mine].any():
        out.warnings.append(
            f"마지막 기간({records.written[last]})의 값이 모두 0입니다. 아직 집계되지 않았는지 확인해 주세요."
        )


def _part_namesakes(out: Extraction) -> None:
    """In a table of one row each, the same name twice is two of one name, not a correction.

    With time across, of one name and metric.
    """
    records = out.records
    if out.table.layout is Layout.LONG or out.per_post or not len(records):
        return
    by_metric = out.table.layout is Layout.WIDE_TIME
    metric = records.metric if by_metric else np.zeros_like(records.metric)
    rows_of: dict[tuple[int, int], list[int]] = {}
    triples = zip(records.entity.tolist(), metric.tolist(), records.row.tolist(), strict=True)
    for entity, which, row in dict.fromkeys(triples):
        rows_of.setdefault((entity, which), []).append(row)
    several = {at: rows for at, rows in rows_of.items() if len(rows) > 1 and records.entities[at[0]]}
    if len(several) * 5 > len(rows_of):
        return  # no list of one row each after all
    for (entity, _), rows in several.items():
        name = records.entities[entity]
        for count, row in enumerate(rows[1:], 2):
            mine = (records.entity == entity) & (records.row == row)
            records.entity[mine] = index_in(records.entities, f"{name} ({count})")
    for entity in dict.fromkeys(entity for entity, _ in several):
        rows = next(rows for (one, _), rows in several.items() if one == entity)
        where = ", ".join(str(row + 1) for row in rows)
        name = records.entities[entity]
        out.warnings.append(f"‘{name}’ 이름이 {where}줄에 있습니다. 서로 다른 채널로 보았습니다.")
