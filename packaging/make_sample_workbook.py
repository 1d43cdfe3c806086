"""Makes the workbook that the demonstration takes in: headquarters' weekly sheet for the sample office.

    python packaging/make_sample_workbook.py

It has what such sheets have: a merged title with the week, a two-row merged head, last week beside this
week, 소계 and 합계 rows, a △ for a loss, a ``-`` for none, a ※ note and one figure typed with a letter O.
Most figures agree with the sample data, so that the import shows what is new and what differs.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from civictracker import paths
from civictracker.domain.weeks import Period
from civictracker.services import entry
from civictracker.services.entry import EntryGrid
from civictracker.services.opening import open_data
from civictracker.services.sample import build_sample, sample_now

NAME = "2026년 11월 3주 SNS 운영현황(본청취합).xlsx"
SheetRow = tuple[bool, str, list[Any]]  # of a 읍면동?, name, 전주·금주·증감·게시물·조회
WEEK = Period.week(date(2026, 11, 20))
# What the office has not entered yet: friends, posts, views. The letter O is the sheet's slip.
NEW: dict[str, tuple[Any, Any, Any]] = {
    "유튜브 라이브관악": (14958, 3, 11870),
    "인스타그램": (12402, 5, "11,O12"),
    "당근 공공프로필": (3415, 1, "-"),
}
FRIENDS = {"낙성대동 행정복지센터": 4708, "페이스북": 9805}  # where the sheet says other than the data
POSTS = {"네이버 블로그": 7}
LAST = {"페이스북": 9812}


def main() -> None:
    target = paths.resources() / "sample" / NAME
    with tempfile.TemporaryDirectory() as folder:
        opened = open_data(Path(folder) / "sample.db", sample_now)
        build_sample(opened.context)
        grid = opened.context.read(entry.load_grid, week=WEEK)
        opened.close(keep_backup=False)
    _write(target, _rows(grid))
    print(target)


def _rows(grid: EntryGrid) -> list[SheetRow]:
    rows = []
    for row in grid.rows:
        label = row.channel.label
        cells = [row.cells[code] for code in entry.COLUMNS]
        this = NEW.get(label) or tuple(cell.this.value if cell.this else "-" for cell in cells)
        last = LAST.get(label, cells[0].last.value if cells[0].last else 0)
        friends, posts = FRIENDS.get(label, this[0]), POSTS.get(label, this[1])
        change = friends - last
        told: Any = f"△{-change}" if change < 0 else change
        name = row.channel.unit_name or row.channel.name
        rows.append((row.channel.is_sub, name, [last, friends, told, posts, this[2]]))
    return rows


def _write(target: Path, rows: list[SheetRow]) -> None:
    book = xlsxwriter.Workbook(str(target))
    book.set_properties({"title": "SNS 운영현황", "created": sample_now().replace(tzinfo=None)})
    sheet = book.add_worksheet("운영현황")
    looks = _looks(book)
    _head(sheet, looks)
    own = [row for row in rows if not row[0]]
    sub = [row for row in rows if row[0]]
    at = _block(sheet, looks, "본청", own, (4, 1))
    _total(sheet, looks, "소계(본청)", own, at)
    at = _block(sheet, looks, "행정동", sub, (at + 1, len(own) + 1))
    _total(sheet, looks, "합계", rows, at)
    sheet.write(at + 1, 0, "※ 행정동은 이번 주에 보낸 5곳만 실음. 당근은 단골 수 기준", looks["note"])
    sheet.freeze_panes(4, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "맑은 고딕", "font_size": 10, "border": 1, "valign": "vcenter"}
    number = {"num_format": "#,##0", "align": "right"}
    return {
        "title": book.add_format(
            {"font_name": "맑은 고딕", "font_size": 14, "bold": True, "align": "center"}
        ),
        "note": book.add_format({"font_name": "맑은 고딕", "font_size": 9}),
        "right": book.add_format({"font_name": "맑은 고딕", "font_size": 9, "align": "right"}),
        "head": book.add_format({**base, "bold": True, "align": "center", "bg_color": "#DDE3EC"}),
        "text": book.add_format({**base}),
        "middle": book.add_format({**base, "align": "center"}),
        "number": book.add_format({**base, **number}),
        "sum": book.add_format({**base, **number, "bold": True, "bg_color": "#F2F2F2"}),
        "sum_name": book.add_format({**base, "bold": True, "align": "center", "bg_color": "#F2F2F2"}),
    }


def _head(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.merge_range("A1:I1", "2026년 11월 3주 SNS 운영현황", looks["title"])
    sheet.write("A2", "기준일: 2026. 11. 20.(금) 홍보과", looks["note"])
    sheet.write("I2", "(단위: 명, 건)", looks["right"])
    for column, name in enumerate(("연번", "구분", "채널명")):
        sheet.merge_range(2, column, 3, column, name, looks["head"])
    sheet.merge_range("D3:F3", "친구·구독 수", looks["head"])
    sheet.merge_range("G3:H3", "금주 실적", looks["head"])
    sheet.merge_range("I3:I4", "비고", looks["head"])
    for column, name in enumerate(("전주", "금주", "증감", "게시물", "조회·열람"), 3):
        sheet.write(3, column, name, looks["head"])
    for column, width in enumerate((5, 8, 20, 11, 11, 9, 9, 12, 18)):
        sheet.set_column(column, column, width)


def _block(sheet: Any, looks: dict[str, Any], group: str, rows: list[SheetRow], at: tuple[int, int]) -> int:
    """Rows of one group from sheet row and running number ``at``; the row after them."""
    top, number = at
    sheet.merge_range(top, 1, top + len(rows) - 1, 1, group, looks["middle"])
    for row, (_, name, cells) in enumerate(rows, top):
        sheet.write(row, 0, number + row - top, looks["middle"])
        sheet.write(row, 2, name, looks["text"])
        for column, cell in enumerate(cells, 3):
            sheet.write(row, column, cell, looks["number"])
        sheet.write(row, 8, "발송 없음" if cells[4] == "-" else "", looks["text"])
    return top + len(rows)


def _total(sheet: Any, looks: dict[str, Any], name: str, rows: list[SheetRow], at: int) -> None:
    sheet.merge_range(at, 0, at, 2, name, looks["sum_name"])
    for column in range(5):
        added = sum(_meant(cells[column]) for _, _, cells in rows)
        sheet.write(at, column + 3, added, looks["sum"])
    sheet.write(at, 8, "", looks["sum"])


def _meant(cell: Any) -> int:
    """What the person who added up meant by a cell."""
    if isinstance(cell, int):
        return cell
    text = str(cell).replace("O", "0").replace(",", "").replace("△", "-")
    return 0 if text == "-" else int(text)


if __name__ == "__main__":
    main()
