"""``Contents/header.xml``: what characters, paragraphs and borders look like, each written once.

OWPML (KS X 6101) numbers every look and the text refers to the numbers. Lengths are HWPUNIT, 1/100 of
a point; :class:`Head` takes points.
"""

from __future__ import annotations

from dataclasses import dataclass

from civictracker.documents.markup import tag

FONT, INSTEAD = "맑은 고딕", "함초롬돋움"  # on every Windows; with every 한글
# The names that 한글 writes; KS X 6101:2024 has the same elements under names of its own.
_BASE = "http://www.hancom.co.kr/hwpml"
NAMESPACES = {
    "xmlns:ha": f"{_BASE}/2011/app", "xmlns:hp": f"{_BASE}/2011/paragraph",
    "xmlns:hp10": f"{_BASE}/2016/paragraph", "xmlns:hs": f"{_BASE}/2011/section",
    "xmlns:hc": f"{_BASE}/2011/core", "xmlns:hh": f"{_BASE}/2011/head",
    "xmlns:hhs": f"{_BASE}/2011/history", "xmlns:hm": f"{_BASE}/2011/master-page",
    "xmlns:hpf": "http://www.hancom.co.kr/schema/2011/hpf", "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:opf": "http://www.idpf.org/2007/opf/", "xmlns:ooxmlchart": f"{_BASE}/2016/ooxmlchart",
    "xmlns:hwpunitchar": f"{_BASE}/2016/HwpUnitChar", "xmlns:epub": "http://www.idpf.org/2007/ops",
    "xmlns:config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}  # fmt: skip
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_SCRIPTS = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
_UNIT_CHAR = NAMESPACES["xmlns:hwpunitchar"]


def units(points: float) -> int:
    return round(points * 100)


@dataclass(frozen=True, slots=True)
class Ink:
    """A border's line; OWPML knows the widths 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4 … mm."""

    width: str
    color: str = "#000000"


HAIR, THIN, HEAVY = Ink("0.12 mm", "#858585"), Ink("0.25 mm"), Ink("0.4 mm")


@dataclass(frozen=True, slots=True)
class Frame:
    """A cell's four borders and ground; ``slashed`` strikes it out from corner to corner."""

    left: Ink | None = None
    right: Ink | None = None
    top: Ink | None = None
    bottom: Ink | None = None
    fill: str = ""
    slashed: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """Points."""

    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph: lengths in points, ``spacing`` in percent of the letters' size.

    ``hanging`` is how far the lines after the first stand in.
    """

    align: str = "LEFT"
    left: float = 0.0
    hanging: float = 0.0
    before: float = 0.0
    spacing: int = 130
    keep: bool = False


class Head:
    """Numbers looks as they are asked for, and writes them down at the end."""

    def __init__(self) -> None:
        self._frames: dict[Frame, int] = {}
        self._letters: dict[Letters, int] = {}
        self._lines: dict[Lines, int] = {}
        self._styles: dict[str, tuple[int, int]] = {}
        self.frame(Frame())
        self.style("바탕글", Lines(), Letters(9.6))

    def frame(self, frame: Frame) -> int:
        """Numbers begin with 1 here, with 0 elsewhere."""
        return self._frames.setdefault(frame, len(self._frames) + 1)

    def letters(self, letters: Letters) -> int:
        return self._letters.setdefault(letters, len(self._letters))

    def lines(self, lines: Lines) -> int:
        return self._lines.setdefault(lines, len(self._lines))

    def style(self, name: str, lines: Lines, letters: Letters) -> int:
        """A named style (한글's F6), as it is asked for first."""
        if name not in self._styles:
            self._styles[name] = (self.lines(lines), self.letters(letters))
        return list(self._styles).index(name)

    def xml(self) -> str:
        begin = dict.fromkeys(("page", "footnote", "endnote", "pic", "tbl", "equation"), 1)
        return XML + tag(
            "hh:head", {**NAMESPACES, "version": "1.5", "secCnt": 1},
            tag("hh:beginNum", begin),
            tag("hh:refList", None,
                _list("hh:fontfaces", [_font(script) for script in _SCRIPTS]),
                _list("hh:borderFills", [_frame(i, each) for each, i in self._frames.items()]),
                _list("hh:charProperties", [_letters(i, each) for each, i in self._letters.items()]),
                _list("hh:tabProperties", [tag("hh:tabPr", {"id": 0, "autoTabLeft": 0, "autoTabRight": 0})]),
                _list("hh:paraProperties", [_paragraph(i, each) for each, i in self._lines.items()]),
                _list("hh:styles", [
                    _style(i, name, *looks) for i, (name, looks) in enumerate(self._styles.items())])),
            tag("hh:compatibleDocument", {"targetProgram": "HWP201X"}, tag("hh:layoutCompatibility")),
            tag("hh:docOption", None,
                tag("hh:linkinfo", {"path": "", "pageInherit": 0, "footnoteInherit": 0})),
            tag("hh:trackchageConfig", {"flags": 56}),  # 한글's own spelling
        )  # fmt: skip


def _list(name: str, items: list[str]) -> str:
    return tag(name, {"itemCnt": len(items)}, *items)


def _font(script: str) -> str:
    kind = {"familyType": "FCAT_GOTHIC", "weight": 6, "proportion": 0, "contrast": 0, "strokeVariation": 0,
            "armStyle": 0, "letterform": 0, "midline": 0, "xHeight": 0}  # fmt: skip
    return tag(
        "hh:fontface", {"lang": script.upper(), "fontCnt": 1},
        tag("hh:font", {"id": 0, "face": FONT, "type": "TTF", "isEmbedded": 0},
            tag("hh:substFont", {"face": INSTEAD, "type": "TTF", "isEmbedded": 0, "binaryItemIDRef": ""}),
            tag("hh:typeInfo", kind)),
    )  # fmt: skip


def _frame(number: int, frame: Frame) -> str:
    def ink(name: str, ink: Ink | None) -> str:
        kind, ink = ("SOLID", ink) if ink else ("NONE", Ink("0.1 mm"))
        return tag(name, {"type": kind, "width": ink.width, "color": ink.color})

    strike = "CENTER" if frame.slashed else "NONE"
    parts = [
        tag("hh:slash", {"type": strike, "Crooked": 0, "isCounter": 0}),
        tag("hh:backSlash", {"type": "NONE", "Crooked": 0, "isCounter": 0}),
        ink("hh:leftBorder", frame.left),
        ink("hh:rightBorder", frame.right),
        ink("hh:topBorder", frame.top),
        ink("hh:bottomBorder", frame.bottom),
        tag("hh:diagonal", {"type": "SOLID", "width": "0.12 mm", "color": "#000000"}),
    ]
    if frame.fill:
        brush = tag("hc:winBrush", {"faceColor": frame.fill, "hatchColor": "#000000", "alpha": 0})
        parts.append(tag("hc:fillBrush", None, brush))
    return tag(
        "hh:borderFill",
        {"id": number, "threeD": 0, "shadow": 0, "centerLine": "NONE", "breakCellSeparateLine": 0},
        *parts,
    )


def _letters(number: int, letters: Letters) -> str:
    def each(name: str, value: int) -> str:
        return tag(name, dict.fromkeys(_SCRIPTS, value))

    return tag(
        "hh:charPr",
        {"id": number, "height": units(letters.size), "textColor": "#000000", "shadeColor": "none",
         "useFontSpace": 0, "useKerning": 0, "symMark": "NONE", "borderFillIDRef": 1},
        each("hh:fontRef", 0), each("hh:ratio", 100), each("hh:spacing", 0), each("hh:relSz", 100),
        each("hh:offset", 0), tag("hh:bold") if letters.bold else "",
        tag("hh:underline", {"type": "NONE", "shape": "SOLID", "color": "#000000"}),
        tag("hh:strikeout", {"shape": "NONE", "color": "#000000"}), tag("hh:outline", {"type": "NONE"}),
        tag("hh:shadow", {"type": "NONE", "color": "#C0C0C0", "offsetX": 10, "offsetY": 10}),
    )  # fmt: skip


def _paragraph(number: int, lines: Lines) -> str:
    # Readers that do not know the newer unit read the doubled one below it.
    def measures(factor: int) -> str:
        def length(name: str, points: float) -> str:
            return tag(name, {"value": factor * units(points), "unit": "HWPUNIT"})

        return tag(
            "hh:margin", None,
            length("hc:intent", -lines.hanging), length("hc:left", lines.left),
            length("hc:right", 0), length("hc:prev", lines.before), length("hc:next", 0),
        ) + tag("hh:lineSpacing", {"type": "PERCENT", "value": lines.spacing, "unit": "HWPUNIT"})  # fmt: skip

    keeping = {"breakLatinWord": "KEEP_WORD", "breakNonLatinWord": "KEEP_WORD", "widowOrphan": 1,
               "keepWithNext": lines.keep, "keepLines": 0, "pageBreakBefore": 0,
               "lineWrap": "BREAK"}  # fmt: skip
    return tag(
        "hh:paraPr",
        {"id": number, "tabPrIDRef": 0, "condense": 0, "fontLineHeight": 0, "snapToGrid": 0,
         "suppressLineNumbers": 0, "checked": 0},
        tag("hh:align", {"horizontal": lines.align, "vertical": "BASELINE"}),
        tag("hh:heading", {"type": "NONE", "idRef": 0, "level": 0}),
        tag("hh:breakSetting", keeping),
        tag("hh:autoSpacing", {"eAsianEng": 0, "eAsianNum": 0}),
        tag("hp:switch", None,
            tag("hp:case", {"hp:required-namespace": _UNIT_CHAR}, measures(1)),
            tag("hp:default", None, measures(2))),
        tag("hh:border", {"borderFillIDRef": 1, "offsetLeft": 0, "offsetRight": 0, "offsetTop": 0,
                          "offsetBottom": 0, "connect": 0, "ignoreMargin": 0}),
    )  # fmt: skip


def _style(number: int, name: str, lines: int, letters: int) -> str:
    return tag(
        "hh:style",
        {"id": number, "type": "PARA", "name": name, "engName": "Normal" if number == 0 else "",
         "paraPrIDRef": lines, "charPrIDRef": letters, "nextStyleIDRef": number, "langID": 1042,
         "lockForm": 0},
    )  # fmt: skip
