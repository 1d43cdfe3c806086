"""A figure of a file as the whole number that is stored, in the smallest unit of its metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.metrics import Kind, Metric
from civictracker.sheets.records import Records

MAX_FIGURE = 2**63 - 1
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_LARGEST = 2.0**62


@dataclass(frozen=True, slots=True)
class Stored:
    """For each of the records its stored value, whether it cannot be one, and whether it was rounded."""

    value: Ints
    bad: Bools
    rounded: Bools


def stored_values(
    records: Records, number: Ints, metric: Ints, metrics: Sequence[Metric], *, shares: Set[int] = frozenset()
) -> Stored:
    """``number``: which records; ``metric``: of what each is, an index of ``metrics`` or -1 for unknown.

    ``shares``: the records' own metrics of which a person said that 1 is 100 %.
    Counts must be whole. A rate has as many decimals as its metric keeps: what a formula worked out to
    the fifteenth is rounded, and said to be about that.
    """
    decimals = np.array([*(each.decimals for each in metrics), 0], np.int64)[metric]
    level = np.array([*(each.kind is Kind.LEVEL for each in metrics), False], bool)[metric]
    rate = np.array([*(each.kind is Kind.RATIO for each in metrics), False], bool)[metric]
    scaled = records.value[number] * 10.0**decimals
    whole = np.rint(scaled)
    inexact = np.abs(scaled - whole) > 1e-9 * np.maximum(1.0, np.abs(scaled))
    large = np.abs(whole) > _LARGEST
    rounded = inexact & rate & ~large
    bad = (inexact & ~rounded) | large
    whole = np.where(rounded, np.sign(scaled) * np.floor(np.abs(scaled) + 0.5), whole)
    value = np.where(bad, np.clip(whole, -_LARGEST, _LARGEST), whole).astype(np.int64)
    units = [*(each.unit for each in metrics), ""]
    percents = _percents(records, shares)
    for record, exact in _by_themselves(records, percents):
        at = int(np.searchsorted(number, record))
        if at < len(number) and number[at] == record:
            figure = exact * _factor(records, percents, record, units[int(metric[at])])
            told = exact_value(figure, int(decimals[at]))
            rounded[at] = told is None and rate[at]
            if rounded[at]:
                told = int(Decimal(figure).scaleb(int(decimals[at])).to_integral_value(ROUND_HALF_UP))
            bad[at] = told is None or abs(told) > MAX_FIGURE
            value[at] = max(-MAX_FIGURE, min(MAX_FIGURE, int(exact) if told is None else told))
    known = metric >= 0
    return Stored(value, (bad | (level & (value < 0))) & known, rounded & ~bad & known)


def _percents(records: Records, shares: Set[int]) -> dict[int, int]:
    """What each percentage is to be multiplied by."""
    if not shares:
        return records.percents
    told = np.flatnonzero(np.isin(records.metric, sorted(shares))).tolist()
    return {**dict.fromkeys(told, 100), **records.percents}


def _by_themselves(records: Records, percents: dict[int, int]) -> Iterator[tuple[int, int | Decimal]]:
    """The figures that are more than their float says: exact ones, those in thousands or in percent."""
    yield from records.exact.items()
    shown = (record for record, factor in percents.items() if factor != 1)
    for record in dict.fromkeys((*records.scaled, *shown)):
        if record not in records.exact:
            yield record, records.value_at(record)


def _factor(records: Records, percents: dict[int, int], record: int, unit: str) -> int:
    """What a unit of thousands, or a cell that shows 0.412 as 41.2%, multiplies a figure by."""
    return percents.get(record, 1) if unit in {"%", "점"} else records.scaled.get(record, 1)


def why_not(records: Records, record: int, metric: Metric) -> str:
    """The sentence for a figure that cannot be stored as one of ``metric``."""
    value = records.value_at(record)
    exact = exact_value(value, metric.decimals)
    if exact is None and metric.kind is not Kind.RATIO:
        return f"‘{metric.name}’은(는) 소수점 값이 될 수 없습니다: {value}"
    if exact is not None and exact < 0 and abs(exact) <= MAX_FIGURE:
        return f"‘{metric.name}’은(는) 0보다 작을 수 없습니다: {value}"
    return "값이 지나치게 큽니다."


def exact_value(value: int | Decimal, decimals: int) -> int | None:
    """The value in the metric's smallest unit, or None where that would lose digits."""
    scaled = Decimal(value).scaleb(decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None
