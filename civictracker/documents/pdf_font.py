"""The paper's font inside a PDF: only the signs that are used, each found again by its letter.

A sign's code is its place among the letters used, so that what is copied out of the PDF is exactly what
was put in, even where two letters share a sign.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import cache

import uharfbuzz as hb

from civictracker import paths
from civictracker.documents.pdf_file import PdfFile, Ref

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "MVAR", "VVAR", "HVAR")


@dataclass(frozen=True, slots=True)
class PaperFont:
    """A whole font, read once."""

    face: hb.Face
    font: hb.Font
    name: str


@cache
def paper_font(*, bold: bool) -> PaperFont:
    """Raises FileNotFoundError when the program is incomplete."""
    name = f"NotoSansKR-{'Bold' if bold else 'Regular'}"
    face = hb.Face((paths.resources() / "fonts" / f"{name}.ttf").read_bytes())
    return PaperFont(face, hb.Font(face), name)


class EmbeddedFont:
    """One weight in one PDF: first every text is coded, then the font is put into the file."""

    def __init__(self, *, bold: bool) -> None:
        self._source = paper_font(bold=bold)
        self._codes: dict[str, int] = {}
        self._bold = bold

    def coded(self, text: str) -> bytes:
        """``text`` as hexadecimal codes, two bytes each."""
        codes = self._codes
        return "".join(f"{codes.setdefault(char, len(codes) + 1):04X}" for char in text).encode()

    def put_into(self, file: PdfFile) -> Ref:
        subset, glyphs, widths = self._subset()
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(subset).digest()[:6])
        name = f"/{tag}+{self._source.name}".encode()
        last = len(self._codes)
        descriptor = file.add({
            "Type": b"/FontDescriptor", "FontName": name, "Flags": 4, "ItalicAngle": 0,
            **self._extents(), "StemV": 130 if self._bold else 85,
            "FontFile2": file.stream(subset, {"Length1": len(subset)}),
            "CIDSet": file.stream(_bits(last)),
        })  # fmt: skip
        gids = b"".join(struct.pack(">H", glyph) for glyph in (0, *glyphs))
        descendant = file.add({
            "Type": b"/Font", "Subtype": b"/CIDFontType2", "BaseFont": name,
            "CIDSystemInfo": b"<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "FontDescriptor": descriptor, "DW": 1000, "W": [1, list(widths)],
            "CIDToGIDMap": file.stream(gids),
        })  # fmt: skip
        return file.add({
            "Type": b"/Font", "Subtype": b"/Type0", "BaseFont": name, "Encoding": b"/Identity-H",
            "DescendantFonts": [descendant], "ToUnicode": file.stream(_to_unicode(self._codes)),
        })  # fmt: skip

    def _subset(self) -> tuple[bytes, list[int], list[float]]:
        """A font of the letters used; for each its glyph there and its advance in thousandths."""
        wish = hb.SubsetInput()
        wish.sets(hb.SubsetInputSets.UNICODE).update(map(ord, self._codes))
        wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag.encode(), "big") for tag in _DROPPED
        )
        wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        face = hb.subset(self._source.face, wish)
        font = hb.Font(face)
        glyphs = [font.get_nominal_glyph(ord(char)) or 0 for char in self._codes]
        advances = [font.get_glyph_h_advance(glyph) * 1000 / face.upem for glyph in glyphs]
        return bytes(face.blob.data), glyphs, [float(round(each, 3)) for each in advances]

    def _extents(self) -> dict[str, object]:
        """FontBBox, Ascent, Descent and CapHeight in thousandths of an em."""
        face = self._source.face
        head = bytes(face.reference_table("head").data)
        box = [round(each * 1000 / face.upem) for each in struct.unpack(">4h", head[36:44])]
        found = self._source.font.get_font_extents("ltr")
        up, down = (round(each * 1000 / face.upem) for each in (found.ascender, found.descender))
        return {"FontBBox": box, "Ascent": up, "Descent": down, "CapHeight": 733}


def _bits(last: int) -> bytes:
    """CIDSet: one bit for each code from 0 to ``last``, the highest bit first."""
    whole = bytearray(b"\xff" * ((last + 1) // 8))
    rest = (last + 1) % 8
    if rest:
        whole.append(0xFF << (8 - rest) & 0xFF)
    return bytes(whole)


def _to_unicode(codes: dict[str, int]) -> bytes:
    lines = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    mapped = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{mapped}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
