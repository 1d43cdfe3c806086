"""Marks of a page as SVG, for a browser: the same lines as on paper."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from civictracker.documents.layout import Box, Image, Mark, Sign, Stroke, Text
from civictracker.documents.markup import escaped, tag
from civictracker.documents.model import Marker, Picture
from civictracker.documents.typeset import Typesetter


def marks_svg(marks: Sequence[Mark], width: float, height: float, setter: Typesetter, label: str) -> str:
    """An ``svg`` element of ``width`` × ``height`` points; ``label`` is what a screen reader says."""
    size = {"viewBox": f"0 0 {_n(width)} {_n(height)}", "role": "img", "aria-label": label}
    return tag("svg", size, *(_mark(mark, setter) for mark in marks))


def _mark(mark: Mark, setter: Typesetter) -> str:
    match mark:
        case Text():
            return _text(mark, setter)
        case Stroke():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
            dash = " ".join(map(_n, mark.dash)) or None
            return tag("polyline", {"points": points, "fill": "none", "stroke": _grey(mark.grey),
                                    "stroke-width": _n(mark.width), "stroke-dasharray": dash})  # fmt: skip
        case Box():
            area = {"x": _n(mark.x), "y": _n(mark.y), "width": _n(mark.width), "height": _n(mark.height)}
            fill = "none" if mark.fill is None else _grey(mark.fill)
            line = _n(mark.outline) if mark.outline else None
            return tag("rect", {**area, "fill": fill, "stroke": line and "#000", "stroke-width": line})
        case Sign():
            return _sign(mark)
        case Image():
            area = {"x": _n(mark.x), "y": _n(mark.y), "width": _n(mark.width), "height": _n(mark.height)}
            return tag("image", {**area, "href": data_uri(mark.picture)})


def data_uri(picture: Picture) -> str:
    kind = "jpeg" if picture.data.startswith(b"\xff\xd8") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _text(mark: Text, setter: Typesetter) -> str:
    """As wide as it was measured, whatever font the browser has."""
    wide = setter.width(mark.text, mark.type)
    return tag(
        "text",
        {"x": _n(mark.x), "y": _n(mark.y), "font-size": _n(mark.type.size),
         "font-weight": "bold" if mark.type.bold else None, "textLength": _n(wide) if wide else None,
         "lengthAdjust": "spacingAndGlyphs" if wide else None},
        escaped(mark.text),
    )  # fmt: skip


def _sign(sign: Sign) -> str:
    x, y = sign.x, sign.y
    look = {"fill": "#000" if sign.marker is Marker.DOT else "#fff", "stroke": "#000", "stroke-width": "0.7"}
    match sign.marker:
        case Marker.DOT:
            return tag("circle", {"cx": _n(x), "cy": _n(y), "r": "1.5", **look})
        case Marker.SQUARE:
            return tag(
                "rect", {"x": _n(x - 1.55), "y": _n(y - 1.55), "width": "3.1", "height": "3.1", **look}
            )
        case Marker.TRIANGLE:
            corners = ((x, y - 2.2), (x + 2.0, y + 1.5), (x - 2.0, y + 1.5))
            return tag("polygon", {"points": " ".join(f"{_n(a)},{_n(b)}" for a, b in corners), **look})
        case Marker.CROSS:
            lines = f"M{_n(x - 1.5)} {_n(y - 1.5)}l3 3m0-3l-3 3"
            return tag("path", {"d": lines, **look})


def _grey(grey: float) -> str:
    return "#" + f"{round(grey * 255):02x}" * 3


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
