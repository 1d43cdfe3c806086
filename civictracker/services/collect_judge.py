"""What a returned form says, held against what was asked: its figures, and everything that is odd.

Pure: the figures already in the data, and the other files of the unit, come in with the board.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from civictracker.domain.dates import range_text
from civictracker.domain.metrics import Kind
from civictracker.domain.numbers import grouped
from civictracker.domain.texts import folded
from civictracker.services.collect import Round, Unit
from civictracker.services.import_values import MAX_FIGURE
from civictracker.sheets.collect_form import FormChannel, FormMetric
from civictracker.sheets.collect_return import FormCell, Returned, State

_LISTED = 6


class Oddity(NamedTuple):
    """Something that a person must look at; what it concerns is not taken in where it ``holds`` it back."""

    kind: str
    text: str
    cell: str = ""
    holds: bool = False


class FormValue(NamedTuple):
    """One figure in the metric's smallest unit."""

    channel: FormChannel
    metric: FormMetric
    value: int
    about: bool
    cell: str


@dataclass(slots=True)
class Judged:
    """``filled`` counts the cells in which something stands, 해당 없음 included."""

    values: list[FormValue] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    filled: int = 0
    none: set[tuple[int, str]] = field(default_factory=set)  # said to be none, by channel and metric
    notes: dict[int, str] = field(default_factory=dict)  # 비고 by channel
    is_blank: bool = False  # the form as it was sent out: nobody has filled it in

    @property
    def signature(self) -> frozenset[tuple[int, str, int]]:
        return frozenset((each.channel.id, each.metric.code, each.value) for each in self.values)

    def odd(self, kind: str, text: str, cell: str = "", *, holds: bool = False) -> None:
        self.oddities.append(Oddity(kind, text, cell, holds))


def judge(found: Returned, asked: Round, unit: Unit) -> Judged:
    if not found.strays and all(cell.state == State.EMPTY for cell in found.cells):
        return Judged(is_blank=True)
    out = Judged()
    cells = _Cells(found, asked, unit, out)
    for channel, metric, cell in cells:
        _take(out, naming(unit, channel, metric), channel, metric, cell)
    _gaps(out, found, cells)
    for key, text in found.notes:
        out.notes |= {each.id: text for each in unit.channels if key in {str(each.id), each.name}}
    _totals(out, found, asked)
    if found.strays:
        out.odd("stray", f"서식에 없는 줄에 값이 있습니다: {_listed(found.strays)}", found.strays[0])
    if found.is_damaged:
        out.odd("identity", "서식 안의 숨은 정보가 바뀌어 있습니다.")
    if not _is_of(found, asked, unit, out):
        out.values.clear()
    return out


def _is_of(found: Returned, asked: Round, unit: Unit, out: Judged) -> bool:
    """Is it still the form of this unit and this period? What it says of itself must not be edited."""
    words = range_text(asked.period)
    is_same = True
    if found.period and found.period != asked.period.code:
        out.odd("period", f"서식의 기간({found.period})이 이번 취합과 다릅니다.", holds=True)
        is_same = False
    elif found.period_words and folded(words) not in folded(found.period_words):
        out.odd("period", f"기간이 ‘{found.period_words}’(으)로 바뀌어 있습니다.", holds=True)
        is_same = False
    if found.unit and folded(found.unit) != folded(unit.name):
        out.odd("unit", f"읍면동이 ‘{found.unit}’(으)로 바뀌어 있습니다.", holds=True)
        is_same = False
    return is_same


class _Cells:
    """The cells whose channel and metric are certain; the others are told of once."""

    def __init__(self, found: Returned, asked: Round, unit: Unit, out: Judged) -> None:
        self._found, self._unit, self._out = found, unit, out
        self._channels = {str(each.id): each for each in unit.channels}
        self._metrics = {each.code: each for each in asked.metrics}
        self._told: set[str] = set()
        self.missing = {(one.id, other.code) for one in unit.channels for other in asked.metrics}

    def __iter__(self) -> Iterator[tuple[FormChannel, FormMetric, FormCell]]:
        known: dict[tuple[int, str], list[tuple[FormChannel, FormMetric, FormCell]]] = {}
        for cell in self._found.cells:
            channel, metric = self._channel(cell), self._metric(cell)
            if channel is not None and metric is not None:
                self.missing.discard((channel.id, metric.code))
                if self._is_as_printed(cell, channel, metric):
                    known.setdefault((channel.id, metric.code), []).append((channel, metric, cell))
        for several in known.values():
            if len({(cell.state, cell.value) for _, _, cell in several}) == 1:
                yield several[0]
            else:
                channel, metric, cell = several[0]
                name, places = naming(self._unit, channel, metric), [each.cell for _, _, each in several]
                self._tell("twice", f"{name}이(가) 두 번 다르게 적혀 있습니다: {_listed(places)}", cell.cell)

    def _channel(self, cell: FormCell) -> FormChannel | None:
        if cell.channel:
            found = self._channels.get(cell.channel)
            fitting = [found] if found else []
        else:
            named = [each for each in self._channels.values() if folded(each.name) == folded(cell.label)]
            exact = [each for each in named if folded(each.platform) == folded(cell.platform)]
            fitting = exact if len(named) > 1 else named
        if len(fitting) != 1:
            self._tell("heading", f"‘{cell.label}’은(는) 이 서식의 채널이 아닙니다.", cell.cell)
            return None
        return fitting[0]

    def _metric(self, cell: FormCell) -> FormMetric | None:
        if cell.metric:
            found = self._metrics.get(cell.metric)
        else:
            names = {folded(cell.heading)}
            found = next(
                (
                    each
                    for each in self._metrics.values()
                    if {folded(each.heading), folded(each.name)} & names
                ),
                None,
            )
        if found is None:
            self._tell("heading", f"‘{cell.heading}’은(는) 이 서식의 머리글이 아닙니다.", cell.cell)
        return found

    def _is_as_printed(self, cell: FormCell, channel: FormChannel, metric: FormMetric) -> bool:
        """A figure under another heading than it was asked under may be another figure."""
        if folded(cell.heading) not in {folded(metric.heading), folded(metric.name)}:
            words = f"머리글 ‘{metric.heading}’이(가) ‘{cell.heading}’(으)로 바뀌어 있습니다."
            self._tell("heading", words, cell.cell)
            return False
        if folded(cell.label) != folded(channel.name):
            words = f"채널 ‘{channel.name}’이(가) ‘{cell.label}’(으)로 바뀌어 있습니다."
            self._tell("heading", words, cell.cell)
            return False
        return True

    def _tell(self, kind: str, text: str, cell: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._out.odd(kind, text, cell, holds=True)


def naming(unit: Unit, channel: FormChannel, metric: FormMetric) -> str:
    """What a figure is called within its unit: the channel goes without saying where there is but one."""
    return metric.name if len(unit.channels) == 1 else f"{channel.name} {metric.name}"


def _take(out: Judged, name: str, channel: FormChannel, metric: FormMetric, cell: FormCell) -> None:
    if cell.state == State.BAD:
        out.odd("text", f"{name}: {cell.why} (‘{cell.shown}’)", cell.cell, holds=True)
    elif cell.state in {State.NONE, State.DASH}:
        out.filled += 1
        out.none.add((channel.id, metric.code))
    elif cell.state == State.VALUE:
        value, why = _exact(cell, metric)
        if value is None:
            out.odd("text", f"{name}: {why} (‘{cell.shown}’)", cell.cell, holds=True)
            return
        out.filled += 1
        out.values.append(FormValue(channel, metric, value, cell.about, cell.cell))
        if cell.about:
            out.odd("about", f"{name}: 어림한 값입니다. (‘{cell.shown}’)", cell.cell)


def _exact(cell: FormCell, metric: FormMetric) -> tuple[int | None, str]:
    """In the metric's smallest unit, or None and the reason."""
    scaled = Decimal(cell.value).scaleb(metric.decimals)
    if scaled != scaled.to_integral_value():
        return None, "소수점 값은 적을 수 없습니다."
    if scaled < 0 and metric.kind != Kind.NET:
        return None, "0보다 작은 값은 적을 수 없습니다."
    if abs(scaled) > MAX_FIGURE:
        return None, "값이 지나치게 큽니다."
    return int(scaled), ""


def _gaps(out: Judged, found: Returned, cells: _Cells) -> None:
    empty = [cell.cell for cell in found.cells if cell.state == State.EMPTY]
    dashes = [cell.cell for cell in found.cells if cell.state == State.DASH]
    if empty:
        out.odd("empty", f"빈 칸 {len(empty)}개: {_listed(empty)}", empty[0])
    if dashes:
        out.odd("dash", f"‘-’나 ‘없음’은 값 없음으로 보았습니다(0이 아님): {_listed(dashes)}", dashes[0])
    if cells.missing:
        out.odd("gone", f"서식에서 지워진 칸이 {len(cells.missing)}개 있습니다.")


def _totals(out: Judged, found: Returned, asked: Round) -> None:
    sums = Counter[str]()
    for each in out.values:
        sums[each.metric.code] += each.value
    for key, text, cell in found.totals:
        metric = next((each for each in asked.metrics if key in {each.code, each.heading, each.name}), None)
        if metric is None:
            continue
        told, ours = Decimal(text), Decimal(sums[metric.code]).scaleb(-metric.decimals)
        if told and told != ours:
            sums_up, stands = (grouped(each, metric.decimals) for each in (ours, told))
            out.odd("total", f"{metric.name} 합계 칸이 {stands}인데 더하면 {sums_up}입니다.", cell)


def _listed(cells: Sequence[str]) -> str:
    more = f" 외 {len(cells) - _LISTED}칸" if len(cells) > _LISTED else ""
    return ", ".join(cells[:_LISTED]) + more
