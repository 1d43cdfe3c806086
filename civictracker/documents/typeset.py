"""Setting text in points: cleaning, measuring, breaking, eliding. Knows no toolkit.

Widths are sums of advances (no kerning, no substitution), so a layout is the same on every machine
and at every resolution.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

_PIECES = re.compile(r"\S+|\s+")
_LACKING = "〓"  # 게타: what printers set where a type is missing
_ELLIPSIS = "…"
_SMALLEST = 3.5
_WORD, _CLOSER = 0.12, 0.95  # of a line, that hardly a word takes; of the letters


@dataclass(frozen=True, slots=True)
class Type:
    """A size in points, and a weight."""

    size: float
    bold: bool = False


class Font(Protocol):
    """What a toolkit knows of the paper's font."""

    def advance(self, char: str, *, bold: bool) -> float | None:
        """Width of ``char`` in ems; None where the font has no such glyph."""


class _Advances(dict[str, float]):
    """Advances of one weight in ems, asked once for each character; what is lacking has none."""

    def __init__(self, font: Font, *, bold: bool) -> None:
        super().__init__()
        self._font, self._bold = font, bold
        self.lacking: set[str] = set()

    def __missing__(self, char: str) -> float:
        advance = self._font.advance(char, bold=self._bold)
        if advance is None:
            self.lacking.add(char)
        self[char] = advance or 0.0
        return self[char]


class Typesetter:
    def __init__(self, font: Font) -> None:
        self._advances = {bold: _Advances(font, bold=bold) for bold in (False, True)}

    # A text is cleaned and broken anew at each tightness that a page is tried in: remembered, it costs once.
    @lru_cache(maxsize=4096)  # noqa: B019 (one setter lives as long as the program)
    def clean(self, text: str) -> str:
        """NFC; marks that are invisible or turn text around go, what the font lacks becomes 〓."""
        if text.isascii() and text.isprintable():
            return text
        kept = []
        for char in unicodedata.normalize("NFC", text):
            kind = unicodedata.category(char)
            if kind == "Zs" or char in "\t\n\r":
                kept.append(" ")
            elif kind[0] != "C" and kind != "Me" and not "\ufe00" <= char <= "\ufe0f":
                known = self._has(char)
                if known or kind != "So" or kept[-1:] != [_LACKING]:  # one sign for an emoji of many parts
                    kept.append(char if known else _LACKING)
            elif kind in {"Co", "Cn", "Cs"}:
                kept.append(_LACKING)
        return "".join(kept)

    def width(self, text: str, type_: Type) -> float:
        return type_.size * sum(map(self._advances[type_.bold].__getitem__, text))

    def _has(self, char: str) -> bool:
        advances = self._advances[False]
        return advances[char] > 0.0 or char not in advances.lacking

    def fitted(self, text: str, width: float, type_: Type) -> Type:
        """``type_``, or a smaller one in which ``text`` fits on one line: figures are never cut."""
        wide = self.width(text, type_)
        if wide <= width:
            return type_
        return Type(max(_SMALLEST, int(type_.size * width / wide * 20) / 20), type_.bold)

    def elided(self, text: str, width: float, type_: Type) -> str:
        if self.width(text, type_) <= width:
            return text
        room = width - self.width(_ELLIPSIS, type_)
        return self._head(text, room, type_).rstrip() + _ELLIPSIS

    @lru_cache(maxsize=4096)  # noqa: B019
    def lines(self, text: str, width: float, type_: Type, most: int = 99) -> tuple[str, ...]:
        """``text`` broken at blanks, within a word only where it is wider than a line."""
        text = self.clean(text).strip()
        if self.width(text, type_) <= width:
            return (text,)
        lines, line = [], ""
        for piece in _PIECES.findall(text):
            if self.width(line + piece.rstrip(), type_) <= width:
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while self.width(line, type_) > width:
                head = self._head(line, width, type_) or line[0]
                lines.append(head)
                line = line[len(head) :]
        if line.strip():
            lines.append(line.rstrip())
        if len(lines) > most:
            rest = self.elided(" ".join(lines[most - 1 :]), width, type_)
            lines[most - 1 :] = [rest]
        return tuple(lines)

    def snug(self, text: str, width: float, type_: Type) -> tuple[tuple[str, ...], Type]:
        """As :meth:`lines`; a last line of hardly a word is drawn in by slightly smaller letters."""
        lines = self.lines(text, width, type_)
        if len(lines) > 1 and self.width(lines[-1], type_) < _WORD * width:
            closer = Type(round(type_.size * _CLOSER, 2), type_.bold)
            fewer = self.lines(text, width, closer)
            if len(fewer) < len(lines):
                return fewer, closer
        return lines, type_

    def _head(self, text: str, width: float, type_: Type) -> str:
        used = 0.0
        for i, char in enumerate(text):
            used += self.width(char, type_)
            if used > width:
                return text[:i]
        return text
