"""Text for files made of mark-up: 한글's and a browser's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Marks that turn text around; what XML 1.0 has no place for (its §2.2) is removed too.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNWRITABLE = re.compile(
    f"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{_TURNING}\ufeff]"
)
_BLANKS = re.compile(r"[\t\n\r]+")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SPECIAL = re.compile("[&<>\"']")


def plain(text: str) -> str:
    """``text`` in NFC on one line, without what is invisible or turns text around."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWRITABLE.sub("", _BLANKS.sub(" ", unicodedata.normalize("NFC", text)))


def escaped(text: str) -> str:
    """``text`` as it stands between tags and within an attribute's quotes."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], plain(text))


def tag(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> str:
    """An element; ``content`` is mark-up already, the attributes' values are escaped here.

    Attributes that are None are left out; True and False become ``1`` and ``0``.
    """
    head = "".join(
        [f' {key}="{_value(value)}"' for key, value in (attributes or {}).items() if value is not None]
    )
    inner = "".join(content)
    return f"<{name}{head}>{inner}</{name}>" if inner else f"<{name}{head}/>"


def _value(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    return escaped(str(value))
