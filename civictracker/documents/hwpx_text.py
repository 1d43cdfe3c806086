"""Paragraphs, cells and objects of OWPML, as strings; :mod:`hwpx` decides what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from civictracker.documents.hwpx_head import Frame, Head, Letters, Lines, units
from civictracker.documents.markup import escaped, plain, tag
from civictracker.documents.typeset import Type, Typesetter

_NO_MARGIN = {"left": 0, "right": 0, "top": 0, "bottom": 0}
TINY = Letters(1.0)  # a line that only holds a table, or that must not make a cell higher
CLOSE = Lines(spacing=100)
SURE = 0.9  # of a line is filled by what must not break: the reader's font may run wider than ours
_LEAST = 6.5


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph's words in one look."""

    text: str
    lines: Lines
    letters: Letters
    style: str = "바탕글"


def fitted(setter: Typesetter, text: str, room: float, letters: Letters) -> Letters:
    """Letters in which a figure takes one line of ``room`` points: it is never cut."""
    size = setter.fitted(setter.clean(text), room * SURE, Type(letters.size, letters.bold)).size
    return replace(letters, size=max(4.0, size))


def one_line(setter: Typesetter, text: str, room: float, letters: Letters) -> Words:
    """``text`` on one line of ``room`` points: smaller, and where that does not do, elided."""
    fit = fitted(setter, text, room, letters)
    if fit.size < _LEAST:
        fit = replace(letters, size=_LEAST)
        text = setter.elided(plain(text), room * SURE, Type(_LEAST, letters.bold))
    return Words(text, CLOSE, fit)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table: where it begins, what it covers, its paragraphs.

    ``objects`` stand in the first of them.

    ``squeezed`` narrows the letters rather than breaking the line (figures).
    """

    row: int
    column: int
    words: tuple[Words, ...]
    frame: Frame
    rowspan: int = 1
    colspan: int = 1
    middle: bool = True
    squeezed: bool = False
    head: bool = False
    pad: float = 4.0
    objects: tuple[str, ...] = ()


@dataclass(slots=True)
class Writer:
    """Writes a section: counts paragraphs and objects, asks :class:`Head` for the numbers of looks."""

    head: Head
    _paragraphs: int = 0
    _objects: int = 0
    pictures: list[bytes] = field(default_factory=list)

    def paragraph(self, *words: Words, objects: Sequence[str] = (), new_page: bool = False) -> str:
        """``objects`` (tables, pictures, the section's settings) stand before the words.

        The first of ``words`` says how the paragraph's lines are; the others only look different.
        """
        self._paragraphs += 1
        first = words[0]
        letters = self.head.letters(first.letters)
        runs = [tag("hp:run", {"charPrIDRef": letters}, each) for each in objects]
        runs.extend(
            tag(
                "hp:run",
                {"charPrIDRef": self.head.letters(each.letters)},
                tag("hp:t", None, escaped(each.text)),
            )
            for each in words
            if plain(each.text) or not runs
        )
        return tag(
            "hp:p",
            {"id": self._paragraphs, "paraPrIDRef": self.head.lines(first.lines),
             "styleIDRef": self.head.style(first.style, first.lines, first.letters),
             "pageBreak": new_page, "columnBreak": 0, "merged": 0},
            *runs,
        )  # fmt: skip

    def table(
        self, boxes: Sequence[Box], edges: Sequence[float], heights: Sequence[float], *, name: str = "",
        flowing: bool = False,
    ) -> str:  # fmt: skip
        """A table of ``boxes`` between ``edges`` (points); one that is ``flowing`` breaks between its rows.

        Cells of a row come in the order of their columns. 한글 makes rows higher where the words need it.
        """
        boxes, heights = _without_empty_rows(boxes, heights)
        at = [units(edge) for edge in edges]
        rows: list[list[str]] = [[] for _ in heights]
        for box in sorted(boxes, key=lambda each: (each.row, each.column)):
            rows[box.row].append(self._cell(box, at, heights))
        size = (at[-1] - at[0], sum(map(units, heights)))
        ink = self.head.frame(Frame())
        return tag(
            "hp:tbl",
            {**self._object("TABLE"), "pageBreak": "TABLE" if flowing else "NONE",
             "repeatHeader": any(box.head for box in boxes), "rowCnt": len(heights),
             "colCnt": len(edges) - 1, "cellSpacing": 0, "borderFillIDRef": ink, "noAdjust": 0},
            *_place(*size, in_line=not flowing, comment=name),
            tag("hp:inMargin", {"left": 400, "right": 400, "top": 40, "bottom": 40}),
            *(tag("hp:tr", None, *cells) for cells in rows),
        )  # fmt: skip

    def _cell(self, box: Box, at: Sequence[int], heights: Sequence[float]) -> str:
        height = sum(map(units, heights[box.row : box.row + box.rowspan]))
        pad = units(box.pad)
        area = {"id": "", "textDirection": "HORIZONTAL", "lineWrap": "SQUEEZE" if box.squeezed else "BREAK",
                "vertAlign": "CENTER" if box.middle else "TOP", "linkListIDRef": 0, "linkListNextIDRef": 0,
                "textWidth": 0, "textHeight": 0, "hasTextRef": 0, "hasNumRef": 0}  # fmt: skip
        return tag(
            "hp:tc",
            {"name": "", "header": box.head, "hasMargin": 1, "protect": 0, "editable": 0, "dirty": 0,
             "borderFillIDRef": self.head.frame(box.frame)},
            tag("hp:subList", area, *(
                self.paragraph(each, objects=() if i else box.objects) for i, each in enumerate(box.words))),
            tag("hp:cellAddr", {"colAddr": box.column, "rowAddr": box.row}),
            tag("hp:cellSpan", {"colSpan": box.colspan, "rowSpan": box.rowspan}),
            tag("hp:cellSz", {"width": at[box.column + box.colspan] - at[box.column], "height": height}),
            tag("hp:cellMargin", {"left": pad, "right": pad, "top": 40, "bottom": 40}),
        )  # fmt: skip

    def picture(self, content: bytes, width: float, height: float, alt: str) -> str:
        """A PNG in the line of its paragraph, ``width`` × ``height`` points."""
        self.pictures.append(content)
        wide, high = units(width), units(height)
        size = {"width": wide, "height": high}
        even = {"e1": 1, "e2": 0, "e3": 0, "e4": 0, "e5": 1, "e6": 0}
        corners = ((0, 0), (wide, 0), (wide, high), (0, high))
        about = {"angle": 0, "centerX": wide // 2, "centerY": high // 2, "rotateimage": 1}
        image = {"binaryItemIDRef": f"image{len(self.pictures)}", "bright": 0, "contrast": 0,
                 "effect": "REAL_PIC", "alpha": 0}  # fmt: skip
        number = self._object("PICTURE")
        return tag(
            "hp:pic", {**number, "href": "", "groupLevel": 0, "instid": number["id"], "reverse": 0},
            tag("hp:offset", {"x": 0, "y": 0}), tag("hp:orgSz", size), tag("hp:curSz", size),
            tag("hp:flip", {"horizontal": 0, "vertical": 0}), tag("hp:rotationInfo", about),
            tag("hp:renderingInfo", None, *(
                tag(f"hc:{name}Matrix", even) for name in ("trans", "sca", "rot"))),
            tag("hc:img", image),
            tag("hp:imgRect", None, *(
                tag(f"hc:pt{i}", {"x": x, "y": y}) for i, (x, y) in enumerate(corners))),
            tag("hp:imgClip", {"left": 0, "right": wide, "top": 0, "bottom": high}),
            tag("hp:inMargin", _NO_MARGIN),
            tag("hp:imgDim", {"dimwidth": wide, "dimheight": high}), tag("hp:effects"),
            *_place(wide, high, in_line=True, comment=alt),
        )  # fmt: skip

    def _object(self, kind: str) -> dict[str, object]:
        self._objects += 1
        return {"id": 1_000_000 + self._objects, "zOrder": self._objects - 1, "numberingType": kind,
                "textWrap": "TOP_AND_BOTTOM", "textFlow": "BOTH_SIDES", "lock": 0,
                "dropcapstyle": "None"}  # fmt: skip


def _without_empty_rows(
    boxes: Sequence[Box], heights: Sequence[float]
) -> tuple[Sequence[Box], Sequence[float]]:
    """A row in which no cell begins is no row in OWPML: the one above takes its height."""
    begun = sorted({box.row for box in boxes})
    if len(begun) == len(heights):
        return boxes, heights
    number = {row: sum(each <= row for each in begun) - 1 for row in range(len(heights))}
    ends = [*begun[1:], len(heights)]
    taller = [sum(heights[first:end]) for first, end in zip(begun, ends, strict=True)]
    moved = [
        replace(box, row=number[box.row], rowspan=number[box.row + box.rowspan - 1] - number[box.row] + 1)
        for box in boxes
    ]
    return moved, taller


def _place(width: int, height: int, *, in_line: bool, comment: str) -> tuple[str, ...]:
    return (
        tag("hp:sz", {"width": width, "widthRelTo": "ABSOLUTE", "height": height,
                      "heightRelTo": "ABSOLUTE", "protect": 0}),
        tag("hp:pos", {"treatAsChar": in_line, "affectLSpacing": 0, "flowWithText": 1, "allowOverlap": 0,
                       "holdAnchorAndSO": 0, "vertRelTo": "PARA", "horzRelTo": "COLUMN",
                       "vertAlign": "TOP", "horzAlign": "LEFT", "vertOffset": 0, "horzOffset": 0}),
        tag("hp:outMargin", _NO_MARGIN),
        tag("hp:shapeComment", None, escaped(comment)) if comment else "",
    )  # fmt: skip
