"""Where the tables of a sheet are: one, several below each other, several side by side."""

from __future__ import annotations

from civictracker.domain.dates import find_dates
from civictracker.sheets.cards import cards
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.header_rows import Box, header_rows, is_figure, is_names
from civictracker.sheets.headers import Role, is_note, is_unit, role_of

_MANY = 8  # gaps between columns, beyond which they part no tables
_TITLES = 5  # rows that may stand between a gap and the next table's header


def blocks(grid: Grid) -> list[Box]:
    """The parts of the sheet that hold a table each, in reading order; one part if in doubt."""
    whole = _used(grid)
    if whole is None:
        return []
    return [
        part
        for side in _side_by_side(grid, whole)
        for part in ([side] if side.heading is not None else _stacked(grid, side))
    ]


def _used(grid: Grid) -> Box | None:
    """The part with anything in it."""
    filled = [row for row, count in enumerate(grid.fills) if count]
    if not filled:
        return None
    left = next(at for at in range(grid.width) if _has_any(grid, at))
    right = next(at for at in reversed(range(grid.width)) if _has_any(grid, at))
    return Box(filled[0], filled[-1], left, right)


def _has_any(grid: Grid, column: int) -> bool:
    return any(
        column < len(row) and row[column] is not None and row[column] != "" for row in grid.rows
    )  # fmt: skip


# --- side by side -----------------------------------------------------------------------------


def _side_by_side(grid: Grid, box: Box) -> list[Box]:
    """Cut at columns that are blank from top to bottom, where both sides are tables of their own."""
    if box.right - box.left < 3 or box.bottom - box.top > 2_000:
        return [box]
    if found := _folded(grid, box) or cards(grid, box):
        return found
    gaps = _gaps(grid, box)
    if len(gaps) > _MANY:
        return [box]  # a table set wide apart, not that many tables
    parts, left = [], box.left
    for first, last in gaps:
        one, other = box._replace(left=left, right=first - 1), box._replace(left=last + 1)
        if _stands_alone(grid, one) and _stands_alone(grid, other):
            parts.append(one)
            left = last + 1
    return [_trimmed(grid, part) for part in (*parts, box._replace(left=left))]


def _folded(grid: Grid, box: Box) -> list[Box]:
    """월 | 방문 | 조회 | 월 | 방문 | 조회: a long table folded to fit a page, without a gap between."""
    header = header_rows(grid, box)
    if header is None:
        return []
    names = [text_of(grid.at(header[1], column)) for column in box.columns]
    for parts in (2, 3, 4):
        width, rest = divmod(len(names), parts)
        if rest or width < 2 or not all(names):
            continue
        pieces = [names[at * width : (at + 1) * width] for at in range(parts)]
        if all(piece == pieces[0] for piece in pieces) and len(set(pieces[0])) == width:
            return [
                box._replace(top=header[0] if at else box.top, left=box.left + at * width,
                             right=box.left + (at + 1) * width - 1)
                for at in range(parts)
            ]  # fmt: skip
    return []


def _gaps(grid: Grid, box: Box) -> list[tuple[int, int]]:
    """The first and last of each run of blank columns inside the box."""
    blank = [column for column in box.columns if _is_blank_column(grid, column, box)]
    gaps: list[tuple[int, int]] = []
    for column in blank:
        if gaps and gaps[-1][1] == column - 1:
            gaps[-1] = (gaps[-1][0], column)
        elif column > box.left:
            gaps.append((column, column))
    return gaps


def _is_blank_column(grid: Grid, column: int, box: Box) -> bool:
    return all(is_empty(grid.filled(row, column)) for row in range(box.top, box.bottom + 1))


def _stands_alone(grid: Grid, box: Box) -> bool:
    """Has the part a header, and a first column that names its rows?"""
    header = header_rows(grid, box)
    if header is None:
        return False
    first = next((c for c in box.columns if not is_empty(grid.filled(header[1], c))), None)
    if first is None:
        return False
    below = [grid.filled(row, first) for row in range(header[1] + 1, min(box.bottom, header[1] + 30) + 1)]
    told = [cell for cell in below if not is_empty(cell)]
    figures = [cell for cell in told if is_figure(cell) and not text_of(cell).isdecimal()]
    texts = [cell for cell in told if not is_figure(cell)]
    return bool(told) and not figures and len(texts) * 2 >= len(told)


def _trimmed(grid: Grid, box: Box) -> Box:
    rows = range(box.top, box.bottom + 1)
    top = next((row for row in rows if _fill(grid, row, box)), box.top)
    bottom = next((row for row in reversed(rows) if _fill(grid, row, box)), box.bottom)
    return box._replace(top=top, bottom=bottom)


# --- below each other -------------------------------------------------------------------------


def _stacked(grid: Grid, box: Box) -> list[Box]:
    """Cut above every further header that stands below a gap or a title."""
    header = header_rows(grid, box)
    if header is None:
        return [box]
    parts, top, row = [], box.top, header[1] + 2
    probe = _probe(grid, header[1] + 1, box)
    while row <= box.bottom:
        if probe is not None:
            row = _next_odd(grid, row, box.bottom, probe)
            if row > box.bottom:
                break
        cut = _begins_anew(grid, row, box, header)
        if cut is None:
            row += 1
            continue
        parts.append(box._replace(top=top, bottom=row - 1))
        top, header, row = row, cut, cut[1] + 2
        probe = _probe(grid, header[1] + 1, box)
    return [_trimmed(grid, part) for part in (*parts, box._replace(top=top))]


def _probe(grid: Grid, row: int, box: Box) -> int | None:
    """A column whose figures show at a glance that a row is one of the table's."""
    figures = [c for c in box.columns if row <= box.bottom and is_figure(grid.at(row, c))]
    return figures[-1] if figures else None


def _next_odd(grid: Grid, row: int, bottom: int, probe: int) -> int:
    """The first row from ``row`` on without a figure in the column ``probe``."""
    for at in range(row, bottom + 1):
        cells = grid.rows[at]
        cell = cells[probe] if probe < len(cells) else None
        if type(cell) is not float and not (type(cell) is str and cell[:1].isdigit()):
            return at
    return bottom + 1


def _begins_anew(grid: Grid, row: int, box: Box, header: tuple[int, int]) -> tuple[int, int] | None:
    """The header of the table that begins in ``row`` (a blank line or a title above it), if one does."""
    fill = _fill(grid, row, box)
    if fill > 1 and not _is_other_header(grid, row, box, header):
        return None
    if fill == 1:
        text = next((text_of(cell) for cell in _cells(grid, row, box) if not is_empty(cell)), "")
        if (is_note(text) and not _names_time(text)) or is_figure(text):
            return None
    rest = box._replace(top=row)
    found = header_rows(grid, rest._replace(bottom=min(box.bottom, row + 40)))
    if found is None or found[0] - row > _TITLES or not is_names(grid, found[0], rest):
        return None
    between = range(row, found[0])
    if any(_fill(grid, each, box) > 2 for each in between):
        return None
    titled = any(_is_title(grid, each, box) for each in between)
    same = _texts(grid, found[0], box) == _texts(grid, header[0], box)
    return found if titled or not same else None  # the same header once more is no new table


def _names_time(text: str) -> bool:
    """○ 10월, ▣ 11월 1주(11.2.~11.8.): the heading of a table, not a note."""
    return len(text) <= 30 and bool(find_dates(text))


def _is_other_header(grid: Grid, row: int, box: Box, header: tuple[int, int]) -> bool:
    """A row of names right below figures that is not the header once more."""
    cells = _cells(grid, row, box)
    texts = [text_of(cell) for cell in cells if not is_empty(cell)]
    above = [text_of(cell) for cell in _cells(grid, header[1], box)]
    if len(texts) == 2 and role_of(texts[0]) is Role.DATE and texts[0] == above[0] and texts[1] != above[1]:
        return True  # Date | Instagram followers below the days of Date | Facebook Page likes
    if any(is_figure(cell) for cell in cells) or len(texts) < 3 or len(set(texts)) < len(texts):
        return False
    figures_above = [is_figure(cell) for cell in _cells(grid, row - 1, box)]
    here = [bool(text_of(cell)) for cell in cells]
    names_over_figures = sum(map(bool, (a and b for a, b in zip(figures_above, here, strict=False))))
    return names_over_figures >= 2 and texts != [text for text in above if text]


def _cells(grid: Grid, row: int, box: Box) -> list[Cell]:
    return list(grid.rows[row][box.left : box.right + 1])


def _fill(grid: Grid, row: int, box: Box) -> int:
    cells = grid.rows[row]
    if box.left == 0 and len(cells) <= box.right + 1:
        return grid.fills[row]
    part = cells[box.left : box.right + 1]
    return len(part) - part.count(None) - part.count("")


def _texts(grid: Grid, row: int, box: Box) -> list[str]:
    return [text_of(grid.filled(row, column)) for column in box.columns]


def _is_title(grid: Grid, row: int, box: Box) -> bool:
    texts = [text_of(cell) for cell in _cells(grid, row, box) if not is_empty(cell)]
    return 1 <= len(texts) <= 2 and not is_unit(texts[0]) and (not is_note(texts[0]) or _names_time(texts[0]))
