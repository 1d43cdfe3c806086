"""A quarter among its three months says nothing of its own: it is the sum of them, or the last one again."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import product, takewhile

import numpy as np

from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.headers import is_stock
from civictracker.sheets.records import Extraction, LeftOut, Records
from civictracker.sheets.totals import differs, told

_MOSTLY = 0.6


def leave_covered(out: Extraction) -> None:
    """Leave out figures of a quarter, half or year whose parts the table tells one by one.

    They must add up, or most of them: a quarter's average is a figure of its own. One that does not is told;
    a level (구독자 수) is no sum.
    """
    records = out.records
    at_of = {period: at for at, period in enumerate(records.periods) if period is not None}
    whole = [(period, at) for period, at in at_of.items() if period.grain > Grain.MONTH]
    if not whole or not any(period.grain is Grain.MONTH for period in at_of):
        return
    place = {
        key: at
        for at, key in enumerate(
            zip(records.entity.tolist(), records.metric.tolist(), records.period.tolist(), strict=True)
        )
    }
    kept = np.ones(len(records), bool)
    of_sums: set[Grain] = set()  # of which one was seen to be the sum of its parts
    names = list(product(range(len(records.entities)), range(len(records.metrics))))
    for period, index in sorted(whole):
        parts = _told(period, at_of)
        gone: list[tuple[int, list[int]]] = []
        begun: list[tuple[int, list[int]]] = []
        for entity, metric in names if parts else ():
            at = place.get((entity, metric, index))
            keys = [(entity, metric, at_of[each]) for each in parts]
            there = [place[key] for key in keys if key in place]
            if at is not None and there:
                is_whole = len(there) == len(keys) and parts[-1].end == period.end
                (gone if is_whole else begun).append((at, there))
        if gone and _add_up(records, gone):
            of_sums.add(period.grain)
            _leave(out, index, gone)
            kept[[at for at, _ in gone]] = False
        # The quarter that has only begun is summed as the others are: 4/4분기 with October alone.
        if begun and period.grain in of_sums and _add_up(records, begun):
            _leave(out, index, begun)
            kept[[at for at, _ in begun]] = False
    if not kept.all():
        records.keep(kept)


def _told(period: Period, known: Container[Period]) -> list[Period]:
    """Its parts, where the table has all of them; else those of its months that it has from the first on."""
    for parts in _parts(period):
        if all(each in known for each in parts):
            return parts
    months = next((parts for parts in _parts(period) if parts[0].grain is Grain.MONTH), [])
    return list(takewhile(lambda month: month in known, months))


def _parts(period: Period) -> Iterator[list[Period]]:
    """The months of a quarter; the quarters of a year, or its months."""
    for grain in (Grain.QUARTER, Grain.MONTH):
        part, found = Period.around(period.start, grain), []
        while part.start <= period.end:
            found.append(part)
            part = part.shift(1)
        if len(found) > 1 and found[0].start == period.start and found[-1].end == period.end:
            yield found


def _add_up(records: Records, gone: list[tuple[int, list[int]]]) -> bool:
    """Are most of them the sums of their parts, or the last of them? Averages are figures of their own."""
    values = records.value
    same = [
        not differs(float(values[at]), float(values[parts].sum())) or values[at] == values[parts[-1]]
        for at, parts in gone
    ]
    return bool(sum(same) >= _MOSTLY * len(same))


def _leave(out: Extraction, index: int, gone: list[tuple[int, list[int]]]) -> None:
    records = out.records
    written = records.written[index]
    where = records.cell(gone[0][0])
    out.left_out.append(LeftOut(where, f"‘{written}’의 값은 그 안의 기간이 모두 따로 있어 뺐습니다."))
    for at, parts in gone:
        if is_stock(records.metrics[int(records.metric[at])]):
            continue
        added = float(records.value[parts].sum())
        if differs(float(records.value[at]), added):
            stated = told(float(records.value[at]))
            out.checks.append(
                f"{records.cell(at)} {written} {stated}이(가) 더한 값 {told(added)}과(와) 다릅니다."
            )
            return  # one is enough to look at the sheet
