"""What a sheet of a workbook has that its cells do not show: broken formulas, hidden rows, percentages.

The XML is looked through as bytes, while another reader reads the figures.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from civictracker.sheets.grid import place
from civictracker.sheets.ooxml import Package

_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<about>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# #N/A and #DIV/0! are how a sheet says that there is no figure.
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")([^>]*)>\s*(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*)?'
    rb"<(?:\w+:)?v>#(?:REF!|VALUE!|NAME\?|NULL!|NUM!)<"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?(row|col)\b[^>]*\shidden="(?:1|true)"[^>]*>')
_CHUNK, _TAIL = 1 << 20, 1 << 14
_MOST = 500_000  # percentages on a sheet


class Looked(NamedTuple):
    """What a sheet has that its cells do not show."""

    unvalued: int  # formulas without a value
    first: str  # the cell of the first of them
    hidden_rows: int  # by hand or by a filter
    hidden_columns: int
    broken: int  # formulas that lost what they count, as #REF!
    first_broken: str
    percents: frozenset[tuple[int, int]]  # row and column of the cells that show 0.412 as 41.2%


def look(archive: Package, path: str, percents: frozenset[int] = frozenset()) -> Looked:
    """Look through a part to its end, which holds it to its checksum.

    ``percents``: the styles of percentages. Raises BadZipFile or zlib.error.
    """
    styled = _of_styles(percents)
    shown: set[bytes] = set()
    unvalued: list[bytes] = []
    broken: list[bytes] = []
    hidden: list[bytes] = []
    kept = b""
    with archive.open(path) as file:
        while chunk := file.read(_CHUNK):
            text = kept + chunk
            done = 0
            if b"<f" in text or b":f" in text:
                for found in _FORMULA.finditer(text):
                    done = found.end()
                    if b't="str"' not in found["about"]:  # its value is the empty text
                        unvalued.append(found["about"])
            # What ends within the part that was kept has been met already.
            if b't="e"' in text:
                broken += [found[1] for found in _ERROR.finditer(text) if found.end() > len(kept)]
            if styled is not None and len(shown) < _MOST:
                shown.update(styled.findall(text))
            if b" hidden=" in text:
                hidden += [found[1] for found in _HIDDEN.finditer(text) if found.end() > len(kept)]
            kept = text[max(done, len(text) - _TAIL) :]
    return Looked(
        len(unvalued), _first_of(unvalued), hidden.count(b"row"), hidden.count(b"col"),
        len(broken), _first_of(broken), frozenset(place(cell.decode("ascii")) for cell in shown),
    )  # fmt: skip


def _of_styles(styles: frozenset[int]) -> re.Pattern[bytes] | None:
    """Finds the addresses of the cells of these styles; None where there are none."""
    if not styles:
        return None
    numbers = "|".join(map(str, sorted(styles)))
    return re.compile(
        rb'<(?:\w+:)?c\b(?=[^>]*\ss="(?:%b)")[^>]*\sr="([A-Z]{1,3}\d{1,7})"' % numbers.encode("ascii")
    )


def _first_of(cells: list[bytes]) -> str:
    """The address of the first cell, told by its attributes."""
    found = (_REFERENCE.search(about) for about in cells)
    return next((at[1].decode("ascii") for at in found if at), "")
