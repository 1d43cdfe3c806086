"""The top of page 1 in 한글: one table without outer lines holds the title and 결재란."""

from __future__ import annotations

from dataclasses import replace

from civictracker.documents.hwpx_head import HEAVY, THIN, Frame, Letters, Lines
from civictracker.documents.hwpx_text import CLOSE, SURE, TINY, Box, Words, Writer, fitted, one_line
from civictracker.documents.masthead import title_type
from civictracker.documents.model import ApprovalBox, Masthead, Picture
from civictracker.documents.typeset import Type, Typesetter

_SPINE, _BOX, _NAMES, _SIGN, _GAP, _FOOT = 17.0, 48.0, 17.0, 41.0, 14.0, 8.0
_EMBLEM, _WIDEST = 44.0, 120.0  # height of the office's emblem, and its greatest width
_SHADE = "#F0F0F0"
_SHRINKS = 0.8  # of the usual size, what a line of the title may be set in


def masthead_table(writer: Writer, masthead: Masthead, width: float, setter: Typesetter) -> str:
    """The table as mark-up, to stand in the line of the first paragraph."""
    emblem = _emblem_width(masthead.emblem)
    names = masthead.approval.names if masthead.approval else ()
    boxes_width = _GAP + _SPINE + len(names) * _BOX if names else 0.0
    edges = [0.0, emblem + 10.0] if emblem else [0.0]
    title = len(edges) - 1
    edges.append(width - boxes_width)
    if names:
        for step in (_GAP, _SPINE, *(_BOX for _ in names)):
            edges.append(edges[-1] + step)
    cells = []
    if masthead.emblem and emblem:
        cells.append(Box(0, 0, (Words("", CLOSE, TINY),), Frame(), rowspan=2, pad=0.0,
                         objects=(_emblem(writer, masthead.emblem),)))  # fmt: skip
    room = edges[title + 1] - edges[title]
    words = _title(masthead, room, setter)
    cells.append(Box(0, title, words, Frame(), rowspan=2, pad=0.0))
    if masthead.approval and names:
        cells.append(Box(0, title + 1, (Words("", CLOSE, TINY),), Frame(), rowspan=2, pad=0.0))
        cells.extend(_approval(masthead.approval, title + 2, setter))
    ruled = Frame(bottom=HEAVY)
    cells.append(Box(2, 0, (Words("", CLOSE, TINY),), ruled, colspan=len(edges) - 1, pad=0.0))
    sign = max(_SIGN, sum(_height(each, room, setter) for each in words) - _NAMES)
    return writer.table(cells, edges, (_NAMES, sign, _FOOT), name="제목과 결재란" if names else "제목")


def _height(words: Words, room: float, setter: Typesetter) -> float:
    letters = words.letters
    lines = setter.lines(words.text, room * SURE, Type(letters.size, letters.bold))
    return len(lines) * letters.size * words.lines.spacing / 100


def _emblem_width(picture: Picture | None) -> float:
    if picture is None or not picture.width or not picture.height:
        return 0.0
    return min(_EMBLEM * picture.width / picture.height, _WIDEST)


def _emblem(writer: Writer, picture: Picture) -> str:
    width = _emblem_width(picture)
    return writer.picture(picture.data, width, width * picture.height / picture.width, picture.alt)


def _title(masthead: Masthead, room: float, setter: Typesetter) -> tuple[Words, ...]:
    size = title_type(masthead.title, room * SURE, setter).size
    period = _on_one_line(masthead.subtitle, room, setter, 10.6)
    writer = _on_one_line(masthead.byline, room, setter, 9.2)
    return (
        Words(masthead.title, Lines(spacing=125), Letters(size, bold=True), "보고서 제목"),
        Words(masthead.subtitle, Lines(spacing=160), period, "보고서 기간"),
        Words(masthead.byline, Lines(spacing=130), writer, "작성자"),
    )


def _on_one_line(text: str, room: float, setter: Typesetter, size: float) -> Letters:
    """Smaller letters where a little does: beside five boxes a date would break in its middle."""
    fit = fitted(setter, text, room, Letters(size))
    return fit if fit.size >= size * _SHRINKS else Letters(size)


def _approval(approval: ApprovalBox, first: int, setter: Typesetter) -> list[Box]:
    """결재란: whoever stands above the one with 전결 does not sign."""
    middle = Lines("CENTER", spacing=130)
    spine = tuple(Words(char, middle, Letters(9.2, bold=True), "결재란") for char in "결재")
    framed = Frame(THIN, THIN, THIN, THIN, _SHADE)
    boxes = [Box(0, first, spine, framed, rowspan=2, pad=0.0)]
    passed = False
    for i, name in enumerate(approval.names, first + 1):
        signs = approval.delegated != "" and name == approval.delegated
        blank = Words("전결" if signs else "", Lines(spacing=130, before=3.0), Letters(8.4), "전결")
        sign = Frame(THIN, THIN, THIN, THIN, slashed=passed)
        named = replace(one_line(setter, name, _BOX - 4.0, Letters(9.0)), lines=middle, style="결재란")
        boxes.append(Box(0, i, (named,), framed, squeezed=True, pad=1.5))
        boxes.append(Box(1, i, (blank,), sign, middle=False, pad=3.0))
        passed = passed or signs
    return boxes
