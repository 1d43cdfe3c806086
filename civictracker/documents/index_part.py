"""종합 지수 on a regular report: a table, the line through the spans, and what it is made of."""

from __future__ import annotations

from dataclasses import replace

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Charts,
    Column,
    Heading,
    Notes,
    Paragraph,
    Row,
    Table,
)
from civictracker.documents.parts import PaperOptions, figure_cell, named
from civictracker.documents.trend_charts import index_chart
from civictracker.domain.weeks import Grain
from civictracker.services.report_values import (
    IndexFigures,
    IndexLine,
    ReportFigures,
    Source,
    SpanWords,
    explained,
)

_NAME = "종합 지수"


def index_part(figures: ReportFigures, options: PaperOptions) -> list[Block]:
    """Nothing for an office that has no index; channels of 읍면동 only where they are unfolded."""
    index = figures.index
    if index is None:
        return []
    own = [line for line in index.lines if not line.is_sub]
    shown = own if own and not options.unfold_units else list(index.lines)
    known = [line for line in shown if line.this.value is not None or line.last.value is not None]
    if not known:
        return [Heading(_NAME), Paragraph("지수를 낼 수치가 없음"), _notes(index, figures, ())]
    columns, head = _columns(index, figures.words)
    body = tuple(
        Row((Cell(masked(line.name)), *(figure_cell(part, 1) for part in line.parts),
             *(figure_cell(each, 1) for each in (line.this, line.last, line.change))))
        for line in known
    )  # fmt: skip
    blocks: list[Block] = [Heading(_NAME, unit="(단위: 점)"), Table(columns, head, body, _NAME)]
    chart = index_chart(_largest(known, figures), figures.ticks, figures.period.grain, figures.words.last)
    return [*blocks, _notes(index, figures, known), *([Charts((chart,))] if chart else [])]


def _largest(lines: list[IndexLine], figures: ReportFigures) -> list[IndexLine]:
    """Those whose friends are drawn, called as they are there; else as they stand."""
    by_id = {line.channel_id: line for line in lines}
    drawn = [(channel, line.short) for line in figures.trend for channel in line.source.channel_ids]
    return [replace(by_id[channel], name=short) for channel, short in drawn if channel in by_id] or lines


def _columns(index: IndexFigures, words: SpanWords) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    ends = (words.this, words.last, "증감")
    right = (Align.RIGHT,) * (len(index.parts) + len(ends))
    columns = (Column(190), *(Column(80, align) for align in right))
    if not index.parts:
        return columns, (named("채널", *ends),)
    over = Cell("항목별 지수", colspan=len(index.parts))
    first = Row((Cell("채널", rowspan=2), over, Cell(_NAME, colspan=len(ends))))
    return columns, (first, named(*index.parts, *ends))


def _notes(index: IndexFigures, figures: ReportFigures, lines: list[IndexLine] | tuple[()]) -> Notes:
    this = figures.words.this
    value = f"{this} 값" if figures.period.grain is Grain.WEEK else "주마다의 값"
    how = f"{value}을 채널마다 앞 12주 평균(=100)과 견주어 가중치로 평균함. 가중치: {index.weights}"
    told: list[tuple[str, Source | None]] = [(how, index.told)]
    if figures.period.grain is not Grain.WEEK:
        told.append((f"{this}의 지수는 그 기간 주들의 지수를 평균한 것임", None))
    if lacking := [line for line in lines if line.left_out]:
        names = ", ".join(f"{masked(line.name)}({'·'.join(line.left_out)})" for line in lacking)
        source = explained("값이 없는 항목", figures.period, "값이 없는 항목은 가중치와 함께 뺍니다.")
        told.append((f"값이 없는 항목은 가중치와 함께 빼고 냄: {names}", source))
    return Notes(tuple(told), small=True)
