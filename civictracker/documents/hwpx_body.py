"""From blocks to the paragraphs of ``Contents/section0.xml``.

Measures are the paper's own (:mod:`flow`, :mod:`tables`), so that what fits one page there fits one here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from civictracker.documents import layout
from civictracker.documents.flow import LEFT, WIDTH
from civictracker.documents.hwpx_head import (
    HAIR,
    HEAVY,
    NAMESPACES,
    THIN,
    XML,
    Frame,
    Letters,
    Lines,
    units,
)
from civictracker.documents.hwpx_masthead import masthead_table
from civictracker.documents.hwpx_text import CLOSE, SURE, TINY, Box, Words, Writer, fitted, one_line
from civictracker.documents.layout import PAGE_HEIGHT, PAGE_WIDTH
from civictracker.documents.markup import tag
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Charts,
    Document,
    Emphasis,
    Heading,
    Headline,
    KeyFigures,
    LineChart,
    Notes,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Table,
)
from civictracker.documents.tables import Rules, TableLayout, grid
from civictracker.documents.typeset import Type, Typesetter

_INKS = {layout.HEAVY: HEAVY, layout.THIN: THIN, layout.HAIR: HAIR}
_HEAD_FILL, _LABEL_FILL, _TOTAL_FILL = "#E8E8E8", "#F0F0F0", "#F4F4F4"
_ALIGN = {Align.LEFT: "LEFT", Align.CENTER: "CENTER", Align.RIGHT: "RIGHT"}
_INDENT = {0: (8.0, 0.0), 1: (8.0, 12.5), 2: (20.5, 8.0)}
_LARGE_INDENT = {0: (2.0, 0.0), 1: (2.0, 15.0), 2: (17.0, 10.0)}
_BULLETS = {1: "○ ", 2: "- "}
_STYLES = {0: "본문", 1: "본문 ○", 2: "본문 -"}
_SIGN = Type(10.4)
_CHART_HEIGHT, _GUTTER = 114.0, 12.0

DrawChart = Callable[[LineChart, float, float], bytes]


@dataclass(slots=True)
class Body:
    """``density`` is how tight the paper's lines are set; ``draw`` makes a chart's PNG (points)."""

    writer: Writer
    setter: Typesetter
    density: float
    draw: DrawChart

    def xml(self, document: Document) -> str:
        table = masthead_table(self.writer, document.masthead, WIDTH, self.setter)
        settings = _section(document)
        foot = document.furniture.foot
        if foot:
            settings += tag("hp:ctrl", None, self._footer(foot))
        first = self.writer.paragraph(Words("", CLOSE, TINY), objects=(settings, table))
        rest = [part for block in document.blocks for part in self._block(block)]
        if document.blocks and isinstance(document.blocks[0], Table):
            rest.insert(0, self.writer.paragraph(Words("", CLOSE, Letters(6.0))))  # off the masthead's rule
        return XML + tag("hs:sec", NAMESPACES, first, *rest)

    def _block(self, block: Block) -> list[str]:
        match block:
            case Heading():
                return self._heading(block)
            case Headline():
                return self._headline(block)
            case Paragraph():
                return [self._paragraph(block)]
            case Notes():
                gaps = (3.0 * self.density, *(0.0 for _ in block.lines[1:]))
                return [
                    self._note(text, small=block.small, before=gap)
                    for (text, _), gap in zip(block.lines, gaps, strict=False)
                ]
            case KeyFigures():
                return [self._key_figures(block)] if block.items else []
            case Table():
                return [self._table(block)]
            case Charts():
                return [self._charts(block)] if block.charts else []
            case Signatures():
                return self._signatures(block)
            case PageBreak():
                return [self.writer.paragraph(Words("", CLOSE, TINY), new_page=True)]

    def _lines(self, step: float, size: float) -> Lines:
        """Lines ``step`` points apart on a paper of normal density."""
        return Lines(spacing=max(100, round(100 * step * self.density / size)))

    def _footer(self, foot: str) -> str:
        area = {"id": "", "textDirection": "HORIZONTAL", "lineWrap": "BREAK", "vertAlign": "CENTER",
                "linkListIDRef": 0, "linkListNextIDRef": 0, "textWidth": units(WIDTH), "textHeight": 2000,
                "hasTextRef": 0, "hasNumRef": 0}  # fmt: skip
        words = self.writer.paragraph(Words(foot, CLOSE, Letters(8.4), "꼬리말"))
        return tag("hp:footer", {"id": 1, "applyPageType": "BOTH"}, tag("hp:subList", area, words))

    def _heading(self, block: Heading) -> list[str]:
        """The unit takes a line of its own: where a tab ends, readers of the format do not agree."""
        lines = replace(self._lines(17.0, 11.0), before=7.5 * self.density, keep=True)
        text = Words(f"□ {block.text}", lines, Letters(11.0, bold=True), "큰 제목 □")
        remark = Words(f" {block.remark}" if block.remark else "", lines, Letters(9.0))
        made = [self.writer.paragraph(text, remark)]
        if block.unit:
            right = Lines("RIGHT", spacing=125, keep=True)
            made.append(self.writer.paragraph(Words(block.unit, right, Letters(8.4), "단위")))
        return made

    def _headline(self, block: Headline) -> list[str]:
        middle = Lines("CENTER", spacing=150, before=16.0 * self.density, keep=True)
        size = 18.0 if len(self.setter.lines(block.title, WIDTH * SURE, Type(18.0, bold=True))) <= 2 else 16.0
        made = [self.writer.paragraph(Words(block.title, middle, Letters(size, bold=True), "보도 제목"))]
        if block.subtitle:
            deck = Lines("CENTER", spacing=165, before=3.0 * self.density, keep=True)
            made.append(
                self.writer.paragraph(Words(f"- {block.subtitle} -", deck, Letters(12.0), "보도 부제"))
            )
        return made

    def _paragraph(self, block: Paragraph) -> str:
        text = _BULLETS.get(block.level, "") + block.text
        if block.is_large:
            left, hanging = _LARGE_INDENT[block.level]
            lines = replace(self._lines(20.5, 11.4), left=left, hanging=hanging, before=7.0 * self.density)
            return self.writer.paragraph(Words(text, lines, Letters(11.4), f"보도 {_STYLES[block.level]}"))
        left, hanging = _INDENT[block.level]
        lines = replace(self._lines(14.6, 9.6), left=left, hanging=hanging)
        return self.writer.paragraph(Words(text, lines, Letters(9.6), _STYLES[block.level]))

    def _note(self, text: str, *, small: bool, before: float) -> str:
        if small:
            lines = replace(self._lines(11.6, 8.2), left=2.0, hanging=11.0, before=before)
            return self.writer.paragraph(Words(f"※ {text}", lines, Letters(8.2), "참고 ※"))
        lines = replace(self._lines(14.6, 9.6), left=8.0, hanging=12.5)
        return self.writer.paragraph(Words(f"※ {text}", lines, Letters(9.6), "특이 ※"))

    def _key_figures(self, block: KeyFigures) -> str:
        small, large = Letters(8.2), Letters(13.0, bold=True)
        close, wide = self._lines(10.6, 8.2), self._lines(16.4, 13.0)
        boxes = []
        share = WIDTH / len(block.items)
        for i, item in enumerate(block.items):
            rules = Frame(left=HAIR if i else None, top=THIN, bottom=THIN)
            words = tuple(
                replace(one_line(self.setter, text, share - 10.0, letters), lines=lines)
                for text, lines, letters in (
                    (item.name, close, small), (item.text, wide, large), (item.detail, close, small),
                )
            )  # fmt: skip
            boxes.append(Box(0, i, words, rules, squeezed=True, pad=5.0))
        edges = [i * share for i in range(len(block.items) + 1)]
        table = self.writer.table(boxes, edges, [47.0 * self.density], name="주요 수치")
        return self.writer.paragraph(
            Words("", Lines(spacing=100, before=4.0 * self.density), TINY), objects=(table,)
        )

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, table: Table) -> str:
        laid = TableLayout(table, WIDTH, self.setter, self.density)
        boxes = self._boxes(table, laid.edges)
        made = self.writer.table(boxes, laid.edges, laid.row_heights, name=table.name, flowing=True)
        return self.writer.paragraph(Words("", CLOSE, TINY), objects=(made,))

    def _boxes(self, table: Table, edges: Sequence[float]) -> list[Box]:
        rules = Rules(table)
        boxes = []
        for rows, first in ((table.head, 0), (table.body, len(table.head))):
            is_head = rows is table.head
            for cell, row, column in grid(rows):
                after = column + cell.colspan
                frame = Frame(
                    left=HAIR if column else None,
                    right=HAIR if after < len(table.columns) else None,
                    top=_INKS[rules.above(first + row, column)],
                    bottom=_INKS[rules.above(first + row + cell.rowspan, column)],
                    fill=_HEAD_FILL if is_head else _LABEL_FILL if cell.is_label else _fill(rows[row]),
                )
                words = _words(table, cell, rows[row], column, in_head=is_head)
                pad = 2.0 if is_head else 4.0
                room = edges[after] - edges[column] - 2 * pad
                is_figure = cell.value is not None
                if is_figure:
                    words = replace(words, letters=fitted(self.setter, cell.text, room, words.letters))
                boxes.append(
                    Box(first + row, column, (words,), frame, cell.rowspan, cell.colspan, pad=pad,
                        squeezed=is_figure or self._is_nearly_full(words, room), head=is_head)
                )  # fmt: skip
        return boxes

    def _is_nearly_full(self, words: Words, room: float) -> bool:
        """One line here, that the reader's font might break."""
        wide = self.setter.width(self.setter.clean(words.text), Type(words.letters.size, words.letters.bold))
        return SURE * SURE * room < wide <= room

    # --- pictures and the end ---------------------------------------------------------------------

    def _charts(self, block: Charts) -> str:
        count = len(block.charts)
        wide = (WIDTH - _GUTTER * (count - 1)) / count
        high = _CHART_HEIGHT * self.density
        cells = []
        for i, chart in enumerate(block.charts):
            image = self.draw(chart, wide, high)
            picture = self.writer.picture(image, wide, high, f"{chart.title}: {chart.summary}")
            cells.append(Box(0, i, (Words("", CLOSE, TINY),), Frame(), pad=0.0, objects=(picture,)))
        # A table without lines: pictures of one line do not come out side by side everywhere.
        edges = [0.0, *(i * (wide + _GUTTER) for i in range(1, count)), WIDTH]
        table = self.writer.table(cells, edges, [high], name="추이 그림")
        return self.writer.paragraph(Words("", CLOSE, TINY), objects=(table,))

    def _signatures(self, block: Signatures) -> list[str]:
        letters, middle = Letters(10.4), Lines("CENTER", spacing=130)
        day = replace(middle, before=16.0 * self.density, keep=True)
        made = [self.writer.paragraph(Words(block.day, day, letters, "날짜"))]
        if not block.items:
            return made
        roles = max(self.setter.width(self.setter.clean(each.role), _SIGN) for each in block.items)
        edges = [0.0, max(40.0, WIDTH - roles / SURE - 200.0), WIDTH - 190.0, WIDTH - 70.0, WIDTH]
        boxes: list[Box] = []
        for i, item in enumerate(block.items):
            signed = Words("(서명 또는 인)", replace(middle, align="RIGHT"), Letters(8.2), "서명")
            texts = (Words("", CLOSE, TINY), Words(item.role, Lines(), letters, "서명"),
                     Words(item.name, middle, letters, "서명"), signed)  # fmt: skip
            boxes.extend(
                Box(i, column, (words,), Frame(bottom=HAIR if column == 2 else None), pad=2.0)
                for column, words in enumerate(texts)
            )
        table = self.writer.table(boxes, edges, [25.0 * self.density] * len(block.items), name="서명")
        return [*made, self.writer.paragraph(Words("", CLOSE, TINY), objects=(table,))]


def _fill(row: Row) -> str:
    return _TOTAL_FILL if row.emphasis is Emphasis.TOTAL else ""


def _words(table: Table, cell: Cell, row: Row, column: int, *, in_head: bool) -> Words:
    bold = in_head or row.emphasis is Emphasis.TOTAL
    align = Align.CENTER if in_head else cell.align or table.columns[column].align
    name = "표 머리" if in_head else "표 숫자" if cell.value is not None else "표 글"
    return Words(cell.text, Lines(_ALIGN[align], spacing=126), Letters(8.8, bold), name)


# --- the section's settings ---------------------------------------------------------------------


def _section(document: Document) -> str:
    """A4 upright with the paper's margins and its page number: ``- 1 -``."""
    side = document.furniture.page.partition("{}")[0].strip()[-1:]
    note = tag("hp:noteLine", {"length": -1, "type": "SOLID", "width": "0.12 mm", "color": "#000000"})
    number = tag("hp:autoNumFormat", {"type": "DIGIT", "userChar": "", "prefixChar": "", "suffixChar": ")",
                                      "supscript": 0})  # fmt: skip
    spacing = tag("hp:noteSpacing", {"betweenNotes": 283, "belowLine": 567, "aboveLine": 850})
    counting = tag("hp:numbering", {"type": "CONTINUOUS", "newNum": 1})
    places = (("hp:footNotePr", "EACH_COLUMN"), ("hp:endNotePr", "END_OF_DOCUMENT"))
    margins = {"header": 0, "footer": 2600, "gutter": 0, "left": units(LEFT), "right": units(LEFT),
               "top": 3600, "bottom": 2000}  # fmt: skip
    settings = tag(
        "hp:secPr",
        {"id": "", "textDirection": "HORIZONTAL", "spaceColumns": 1134, "tabStop": 8000,
         "tabStopVal": 4000, "tabStopUnit": "HWPUNIT", "outlineShapeIDRef": 0, "memoShapeIDRef": 0,
         "textVerticalWidthHead": 0, "masterPageCnt": 0},
        tag("hp:grid", {"lineGrid": 0, "charGrid": 0, "wonggojiFormat": 0}),
        tag("hp:startNum", {"pageStartsOn": "BOTH", "page": 0, "pic": 0, "tbl": 0, "equation": 0}),
        tag("hp:visibility", {
            "hideFirstHeader": 0, "hideFirstFooter": 0, "hideFirstMasterPage": 0, "border": "SHOW_ALL",
            "fill": "SHOW_ALL", "hideFirstPageNum": 0, "hideFirstEmptyLine": 0, "showLineNumber": 0}),
        tag("hp:pagePr", {"landscape": "WIDELY", "width": units(PAGE_WIDTH), "height": units(PAGE_HEIGHT),
                          "gutterType": "LEFT_ONLY"}, tag("hp:margin", margins)),
        *(tag(name, None, number, note, spacing, counting,
              tag("hp:placement", {"place": place, "beneathText": 0})) for name, place in places),
        *(tag("hp:pageBorderFill",
              {"type": kind, "borderFillIDRef": 1, "textBorder": "PAPER", "headerInside": 0,
               "footerInside": 0, "fillArea": "PAPER"},
              tag("hp:offset", dict.fromkeys(("left", "right", "top", "bottom"), 1417)))
          for kind in ("BOTH", "EVEN", "ODD")),
    )  # fmt: skip
    columns = {"id": "", "type": "NEWSPAPER", "layout": "LEFT", "colCount": 1, "sameSz": 1, "sameGap": 0}
    page = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": side}
    return (
        settings
        + tag("hp:ctrl", None, tag("hp:colPr", columns))
        + tag("hp:ctrl", None, tag("hp:pageNum", page))
    )
