"""Rebuild the font files of resources/fonts.

The screen uses Pretendard GOV exactly as it is published. Paper uses a subset of Noto Sans KR
without layout tables: where a font substitutes glyphs, the text of a PDF that Qt writes cannot be
searched. Characters that share their glyph with a more common one of a higher code point (Kangxi
radicals, the wave dash) are left out too, since such a PDF reports the lowest code point. A few
characters of office papers that the font lacks are drawn from its own glyphs.

Needs fonttools, and the unpacked releases of both fonts:

    python packaging/make_fonts.py --pretendard DIR --noto DIR --out resources/fonts
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

SCREEN_FONTS = ("PretendardGOV-Regular.otf", "PretendardGOV-Bold.otf")
PAPER_FONTS = {
    "NotoSansKR_400Regular.ttf": "NotoSansKR-Regular.ttf",
    "NotoSansKR_700Bold.ttf": "NotoSansKR-Bold.ttf",
}
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2000, 0x206F),  # general punctuation
    (0x20A0, 0x20BF),  # currency: ₩ €
    (0x2100, 0x214F),  # letter-like: ℃ № ℡
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # enclosed numbers and letters
    (0x2500, 0x259F),  # boxes and blocks
    (0x25A0, 0x26FF),  # geometric shapes, ☐ ☑ ☎ ★
    (0x2700, 0x27BF),  # ✓ ✔
    (0x3000, 0x303F),  # CJK symbols
    (0x3131, 0x318E),  # compatibility jamo
    (0x3200, 0x33FF),  # ㈜ ㉠ ㎡ ㎞ ㎏
    (0xAC00, 0xD7A3),  # all 11,172 syllables
    (0xFF01, 0xFFEE),  # full-width forms
)
# Each shares its glyph with a more common character: em space, dash, prime, slash, tilde.
SHADOWING = {0x2003, 0x2012, 0x2035, 0x2215, 0x301C}
# Characters the font lacks: parts of other characters, each (code point, scale, x, y).
DRAWN: dict[int, tuple[tuple[int, float, int, int], ...]] = {
    0x223C: ((0xFF5E, 1, 0, 0),),  # ∼ as KS X 1001 files spell the tilde
    0x2610: ((0x25A1, 1, 0, 0),),  # ☐
    0x2611: ((0x25A1, 1, 0, 0), (0x2713, 0.75, 240, 95)),  # ☑
    0x2714: ((0x2713, 1, 0, 0),),  # ✔
}
SAME_GLYPH = {0xF95F: 0x5BE7, 0xF9AA: 0x5BE7}  # 寧 read 녕, 령, 영
ABSENT_HANJA = {0x9699}  # 隙: Noto Sans KR has no such glyph
# Tables that only substitute, position or hint glyphs, or set them vertically.
DROPPED_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx")
KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14)
HANGUL_SYLLABLES = 11_172


def ks_x_1001() -> Iterator[int]:
    """Code points of the 94 by 94 plane of KS X 1001."""
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes((row, cell)).decode("euc_kr"))
            except UnicodeDecodeError:
                continue


def is_hanja(code: int) -> bool:
    return 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF


def wanted() -> set[int]:
    codes = {code for first, last in RANGES for code in range(first, last + 1)}
    return (codes | set(ks_x_1001())) - SHADOWING


def add_missing(font: TTFont) -> None:
    """Draw DRAWN as glyphs of their own, so that a PDF names them, and map SAME_GLYPH."""
    cmap, glyphs, widths = font.getBestCmap(), font.getGlyphSet(), font["hmtx"]
    added = {code: cmap[twin] for code, twin in SAME_GLYPH.items()}
    for code, parts in DRAWN.items():
        pen = TTGlyphPen(glyphs)
        for part, scale, x, y in parts:
            glyphs[cmap[part]].draw(TransformPen(pen, (scale, 0, 0, scale, x, y)))
        name = f"uni{code:04X}"
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["glyf"][name] = glyph
        widths[name] = (widths[cmap[parts[0][0]]][0], glyph.xMin)
        added[code] = name
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(added)


def make_paper_font(source: Path, target: Path) -> None:
    options = Options()
    options.layout_features = []
    options.drop_tables += list(DROPPED_TABLES)
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [0x0409]
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    add_missing(font)
    save_font(font, str(target), options)


def check_paper_font(source: Path, target: Path) -> None:
    """Stop when the subset lost a character, a width, or the even width of its digits."""
    with TTFont(source, lazy=True) as before, TTFont(target, lazy=True) as after:
        old, new = before.getBestCmap(), after.getBestCmap()
        syllables = sum(0xAC00 <= code <= 0xD7A3 for code in new)
        absent = {code for code in ks_x_1001() if is_hanja(code)} - set(new)
        if syllables != HANGUL_SYLLABLES or absent != ABSENT_HANJA:
            raise SystemExit(f"{target.name}: {syllables} syllables, hanja absent: {absent}")
        if len({after["hmtx"][new[ord(digit)]][0] for digit in "0123456789"}) != 1:
            raise SystemExit(f"{target.name}: digits differ in width")
        kept = set(new) & set(old)
        moved = [c for c in kept if before["hmtx"][old[c]][0] != after["hmtx"][new[c]][0]]
        lines = ("ascent", "descent", "lineGap")
        if moved or any(getattr(before["hhea"], n) != getattr(after["hhea"], n) for n in lines):
            raise SystemExit(f"{target.name}: metrics changed")
        print(f"{target.name}: {len(new)} characters, {target.stat().st_size:,} bytes")


def find(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if not found:
        raise SystemExit(f"{name} is not in {folder}")
    return found[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pretendard", type=Path, required=True, help="unpacked Pretendard GOV")
    parser.add_argument("--noto", type=Path, required=True, help="unpacked Noto Sans KR (TTF)")
    parser.add_argument("--out", type=Path, required=True, help="folder that receives the fonts")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)

    for name in SCREEN_FONTS:
        shutil.copyfile(find(arguments.pretendard, name), out / name)
    for source_name, name in PAPER_FONTS.items():
        source = find(arguments.noto, source_name)
        make_paper_font(source, out / name)
        check_paper_font(source, out / name)
    shutil.copyfile(find(arguments.pretendard, "LICENSE.txt"), out / "LICENSE-PretendardGOV.txt")
    shutil.copyfile(find(arguments.noto, "LICENSE_FONT"), out / "LICENSE-NotoSansKR.txt")


if __name__ == "__main__":
    main()
