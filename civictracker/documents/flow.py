"""From blocks to pages: every block becomes strips, and strips are laid down page after page.

A strip is never cut. One page when it fits (set a little tighter if need be), more when it must; a
heading stays with what it heads, and a table that goes on repeats its head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from civictracker.documents.charts import draw_chart
from civictracker.documents.layout import (
    GREY,
    HAIR,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Box,
    Canvas,
    Layout,
)
from civictracker.documents.masthead import draw_masthead, masthead_height
from civictracker.documents.model import (
    Align,
    Block,
    Charts,
    Document,
    Heading,
    Headline,
    KeyFigures,
    Masthead,
    Notes,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from civictracker.documents.tables import TableLayout
from civictracker.documents.typeset import Type, Typesetter
from civictracker.services.report_values import Source

LEFT = 45.0
WIDTH = PAGE_WIDTH - 2 * LEFT
_TOP, _BOTTOM = 36.0, PAGE_HEIGHT - 46.0
_FOOT = PAGE_HEIGHT - 28.0
_TIGHTEST, _LOOSEST = 0.82, 1.14
_HEADING, _REMARK = Type(11.0, bold=True), Type(9.0)
_UNIT, _TEXT, _SMALL, _PAGE = Type(8.4), Type(9.6), Type(8.2), Type(9.0)
_SIGN = Type(10.4)
_TITLES, _SUBTITLE, _LARGE = (Type(18.0, bold=True), Type(16.0, bold=True)), Type(12.0), Type(11.4)
_INDENT = {0: (8.0, 8.0), 1: (8.0, 20.5), 2: (20.5, 28.5)}
_LARGE_INDENT = {0: (2.0, 2.0), 1: (2.0, 17.0), 2: (17.0, 27.0)}
_BULLETS = {1: "○", 2: "-"}

Draw = Callable[[Canvas, float], None]


@dataclass(frozen=True, slots=True)
class _Strip:
    """An uncut slice. ``gap`` is the white above it, which a page's top swallows.

    ``keep`` ties it to the strip after it. A table's row is drawn with its neighbours on the page.
    """

    height: float
    gap: float = 0.0
    keep: bool = False
    draw: Draw | None = None
    table: TableLayout | None = None
    row: int = 0
    breaks: bool = False  # begins a page
    block: int = -1  # which of the document's; -1 is the masthead


def paginate_with(document: Document, setter: Typesetter) -> Layout:
    """As few pages as the tightest setting takes, set as loosely as they allow."""
    tight = _strips(document, setter, _TIGHTEST)
    pages = _broken(tight)
    if len(pages) == 1:
        density = _filling(tight, _strips(document, setter, 1.0))
        return _drawn(document, setter, _broken(_strips(document, setter, density)), density)
    for density in (1.0, 0.94, 0.88):
        looser = _broken(_strips(document, setter, density))
        if len(looser) == len(pages):
            return _drawn(document, setter, looser, density)
    return _drawn(document, setter, pages, _TIGHTEST)


def _filling(tight: Sequence[_Strip], normal: Sequence[_Strip]) -> float:
    """The density at which one page is just full: heights grow evenly with it."""
    low, high = _height(tight, ()), _height(normal, ())
    density = _TIGHTEST + (1.0 - _TIGHTEST) * (_BOTTOM - _TOP - low) / max(1.0, high - low)
    return max(_TIGHTEST, min(_LOOSEST, int(density * 100) / 100))


def _strips(document: Document, setter: Typesetter, density: float) -> list[_Strip]:
    masthead = document.masthead
    height = masthead_height(masthead, WIDTH, setter)
    strips = [_Strip(height, draw=lambda canvas, y: draw_masthead(canvas, masthead, LEFT, y, WIDTH))]
    for number, block in enumerate(document.blocks):
        made = _block_strips(block, setter, density)
        before = document.blocks[number - 1] if number else masthead
        if isinstance(block, Table | KeyFigures) and isinstance(before, Table | Masthead):
            made[0] = replace(made[0], gap=8.0 * density)  # its heavy rule stands off the one above
        strips.extend(replace(strip, block=number) for strip in made)
    return strips


def _broken(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    """The strips of each page."""
    pages: list[list[_Strip]] = [[]]
    y = _TOP
    for group in _tied(strips):
        height = _height(group, pages[-1])
        if pages[-1] and (y + height > _BOTTOM or group[0].breaks):
            pages.append([])
            y = _TOP
            height = _height(group, [])
        pages[-1].extend(group)
        y += height
    return pages


def _tied(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    groups: list[list[_Strip]] = []
    tied = False
    for strip in strips:
        if tied:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        tied = strip.keep
    return groups


def _height(group: Sequence[_Strip], above: Sequence[_Strip]) -> float:
    """What ``group`` adds to a page that ends with ``above``, table heads included."""
    height = 0.0
    before = above[-1] if above else None
    for strip in group:
        height += strip.height + (strip.gap if before is not None else 0.0)
        if strip.table is not None and (before is None or before.table is not strip.table):
            height += strip.table.head_height
        before = strip
    return height


def _drawn(
    document: Document, setter: Typesetter, pages: Sequence[Sequence[_Strip]], density: float
) -> Layout:
    made = []
    for number, strips in enumerate(pages, 1):
        canvas = Canvas(setter)
        _draw_strips(canvas, strips)
        canvas.leave()
        middle = document.furniture.page.format(number)
        canvas.text(PAGE_WIDTH / 2, _FOOT, middle, _PAGE, Align.CENTER)
        canvas.text(LEFT, _FOOT, setter.clean(document.furniture.foot), _UNIT)
        if len(pages) > 1 and number > 1:
            title = setter.elided(setter.clean(document.title), WIDTH * 0.42, _UNIT)
            canvas.text(LEFT + WIDTH, _FOOT, title, _UNIT, Align.RIGHT)
        made.append(canvas.page())
    return Layout(tuple(made), density)


def _draw_strips(canvas: Canvas, strips: Sequence[_Strip]) -> None:
    y = _TOP
    i = 0
    while i < len(strips):
        strip = strips[i]
        y += strip.gap if i else 0.0
        canvas.block = strip.block
        if strip.table is not None:
            last = i
            while last + 1 < len(strips) and strips[last + 1].table is strip.table:
                last += 1
            strip.table.draw(canvas, LEFT, y, strip.row, strips[last].row)
            y += strip.table.head_height + sum(each.height for each in strips[i : last + 1])
            i = last + 1
            continue
        if strip.draw is not None:
            strip.draw(canvas, y)
        y += strip.height
        i += 1


# --- blocks -------------------------------------------------------------------------------------


def _block_strips(block: Block, setter: Typesetter, density: float) -> list[_Strip]:
    match block:
        case Heading():
            return [_heading(block, setter, density)]
        case Headline():
            return _headline(block, setter, density)
        case Paragraph():
            return _paragraph(block, setter, density)
        case Notes():
            return _notes(block, setter, density)
        case KeyFigures():
            return [_key_figures(block, density)]
        case Table():
            return _table(block, setter, density)
        case Charts():
            return [_charts(block, setter, density)]
        case Signatures():
            return [_signatures(block, setter, density)]
        case PageBreak():
            return [_Strip(0.0, breaks=True, keep=True)]


def _heading(block: Heading, setter: Typesetter, density: float) -> _Strip:
    height = 17.0 * density

    def draw(canvas: Canvas, y: float) -> None:
        middle = y + height / 2
        canvas.enter("H2")
        canvas.marks.append(Box(LEFT + 0.6, middle - 3.6, 7.2, 7.2, None, 0.9))
        text = setter.clean(block.text)
        canvas.text(LEFT + 12, middle, text, _HEADING)
        x = LEFT + 12 + setter.width(text, _HEADING) + 5
        remark = setter.clean(block.remark)
        canvas.text(x, middle + 0.5, remark, _REMARK)
        canvas.area(x, y, setter.width(remark, _REMARK), height, block.source)
        canvas.text(LEFT + WIDTH, middle + 1.5, setter.clean(block.unit), _UNIT, Align.RIGHT)

    return _Strip(height, 7.5 * density, keep=True, draw=draw)


def _headline(block: Headline, setter: Typesetter, density: float) -> list[_Strip]:
    """Title and subtitle in the middle, kept with what they head."""
    room = WIDTH - 24.0
    title = next((each for each in _TITLES if len(setter.lines(block.title, room, each)) <= 2), _TITLES[-1])
    rows = [("H2", line, title, title.size * 1.5) for line in setter.lines(block.title, room, title)]
    subtitle = setter.lines(f"- {block.subtitle} -", room, _SUBTITLE) if block.subtitle else ()
    rows += [("P", line, _SUBTITLE, 20.0) for line in subtitle]

    def drawing(kind: str, line: str, type_: Type, step: float) -> Draw:
        def draw(canvas: Canvas, y: float) -> None:
            canvas.enter(kind, 0 if kind == "H2" else 1)
            canvas.text(LEFT + WIDTH / 2, y + step / 2, line, type_, Align.CENTER)
            canvas.area(LEFT, y, WIDTH, step, block.source)

        return draw

    gaps = {0: 16.0, len(rows) - len(subtitle): 3.0} if subtitle else {0: 16.0}
    strips = [
        _Strip(
            step * density,
            gaps.get(i, 0.0) * density,
            keep=True,
            draw=drawing(kind, line, type_, step * density),
        )
        for i, (kind, line, type_, step) in enumerate(rows)
    ]
    return [*strips, _Strip(8.0 * density, keep=True)]


def _paragraph(block: Paragraph, setter: Typesetter, density: float) -> list[_Strip]:
    """One strip a line, the first two and the last two tied."""
    at, indent = (_LARGE_INDENT if block.is_large else _INDENT)[block.level]
    lines, type_ = setter.snug(block.text, WIDTH - indent, _LARGE if block.is_large else _TEXT)
    step = (20.5 if block.is_large else 14.6) * density

    def drawing(i: int, line: str) -> Draw:
        def draw(canvas: Canvas, y: float) -> None:
            canvas.enter("P")
            if i == 0 and block.level in _BULLETS:
                canvas.text(LEFT + at, y + step / 2, _BULLETS[block.level], type_)
            canvas.text(LEFT + indent, y + step / 2, line, type_)
            canvas.area(LEFT + at, y, WIDTH - at, step, block.source)

        return draw

    tied = {0, len(lines) - 2}
    above = 7.0 * density if block.is_large else 0.0
    return [
        _Strip(step, 0.0 if i else above, keep=i in tied and i < len(lines) - 1, draw=drawing(i, line))
        for i, line in enumerate(lines)
    ]


def _notes(block: Notes, setter: Typesetter, density: float) -> list[_Strip]:
    type_, step = (_SMALL, 11.6 * density) if block.small else (_TEXT, 14.6 * density)
    left = 2.0 if block.small else 8.0
    indent = left + setter.width("※ ", type_)

    def drawing(number: int, mark: str, line: str, source: Source | None) -> Draw:
        def draw(canvas: Canvas, y: float) -> None:
            canvas.enter("P", number)
            canvas.text(LEFT + left, y + step / 2, mark, type_)
            canvas.text(LEFT + indent, y + step / 2, line, type_)
            canvas.area(LEFT + left, y, WIDTH - left, step, source)

        return draw

    strips: list[_Strip] = []
    for number, (text, source) in enumerate(block.lines):
        for i, line in enumerate(setter.lines(text, WIDTH - indent, type_)):
            gap = 3.0 * density if block.small and not strips else 0.0
            strips.append(_Strip(step, gap, draw=drawing(number, "" if i else "※", line, source)))
    return strips


def _key_figures(block: KeyFigures, density: float) -> _Strip:
    height = 47.0 * density

    def draw(canvas: Canvas, y: float) -> None:
        canvas.across(LEFT, y, WIDTH, 1.0)
        canvas.across(LEFT, y + height, WIDTH, 1.0)
        width = WIDTH / len(block.items)
        for i, item in enumerate(block.items):
            x = LEFT + i * width
            canvas.enter("P", i)
            if i:
                canvas.down(x, y, height, HAIR, GREY)
            rows = ((item.name, _SMALL, 0.21), (item.text, Type(13.0, bold=True), 0.5),
                    (item.detail, _SMALL, 0.81))  # fmt: skip
            for text, type_, share in rows:
                clean = canvas.setter.clean(text)
                fitted = canvas.setter.fitted(clean, width - 14, type_)
                if fitted.size < 6.5:
                    fitted = Type(6.5, type_.bold)
                    clean = canvas.setter.elided(clean, width - 14, fitted)
                canvas.text(x + 8, y + height * share, clean, fitted)
            canvas.area(x, y, width, height, item.source)

    return _Strip(height, 4.5 * density, draw=draw)


def _table(block: Table, setter: Typesetter, density: float) -> list[_Strip]:
    """One strip a row; the first two and the last two rows stay together."""
    table = TableLayout(block, WIDTH, setter, density)
    last = len(table.heights) - 1
    tied = {0, last - 1}
    return [
        _Strip(height, 2.5 * density if row == 0 else 0.0, keep=row in tied and row < last, table=table,
               row=row)
        for row, height in enumerate(table.heights)
    ]  # fmt: skip


def _charts(block: Charts, setter: Typesetter, density: float) -> _Strip:
    height = 114.0 * density
    gutter = 16.0
    width = (WIDTH - gutter * (len(block.charts) - 1)) / len(block.charts)

    def draw(canvas: Canvas, y: float) -> None:
        for i, chart in enumerate(block.charts):
            since = len(canvas.marks)
            canvas.enter("Figure", i, alt=setter.clean(f"{chart.title}: {chart.summary}"))
            draw_chart(canvas, chart, Box(LEFT + 4 + i * (width + gutter), y, width - 4, height))
            canvas.claim(since)

    return _Strip(height, 2.0 * density, draw=draw)


def _signatures(block: Signatures, setter: Typesetter, density: float) -> _Strip:
    """The day in the middle, then whoever signs, with room for the hand."""
    step = 25.0 * density
    roles = max((setter.width(setter.clean(each.role), _SIGN) for each in block.items), default=0.0)
    left = LEFT + WIDTH - roles - 190.0

    def draw(canvas: Canvas, y: float) -> None:
        canvas.enter("P", 0)
        canvas.text(LEFT + WIDTH / 2, y + step / 2, setter.clean(block.day), _SIGN, Align.CENTER)
        for i, each in enumerate(block.items, 1):
            canvas.enter("P", i)
            middle = y + (i + 0.5) * step
            canvas.text(left, middle, setter.clean(each.role), _SIGN)
            name = setter.elided(setter.clean(each.name), 120.0, _SIGN)
            canvas.text(left + roles + 18.0, middle, name, _SIGN)
            canvas.text(LEFT + WIDTH, middle, "(서명 또는 인)", _SMALL, Align.RIGHT)
            canvas.across(left + roles + 14.0, middle + 8.5, 122.0, HAIR, GREY)

    return _Strip(step * (len(block.items) + 1), 16.0 * density, draw=draw)
