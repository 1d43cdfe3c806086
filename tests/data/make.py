"""Makes the small files beside it: each has one trap of the real ones, and figures of nobody.

``python tests/data/make.py`` writes them anew; a test holds the files to this code.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

META = 'sep=,\n"Facebook reach"\n"Date","Primary"\n"2026-11-09T00:00:00","5"\n"2026-11-10T00:00:00","117"\n'


def meta_utf16() -> bytes:
    """UTF-16 with its mark, a ``sep=`` line, and the metric's name alone over a column "Primary"."""
    return META.encode("utf-16")


def meta_semicolon() -> bytes:
    return ("\ufeff" + META.replace('","', '";"').replace("sep=,", "sep=;")).encode()


def youtube() -> bytes:
    """Net subscribers under the name of subscribers; no total row."""
    return "\ufeff날짜,조회수,구독자\n2026-11-09,120,3\n2026-11-10,98,-1\n".encode()


def long_cp949() -> bytes:
    """Days as yyyymmdd, the code page of old Windows, a name that only looks like a total."""
    lines = ["일자,지역,친구수,조회수"]
    lines += [
        f"202611{day:02d},{name},{day * 10},{day}" for day in (9, 10) for name in ("서울", "검역", "전국구")
    ]
    return "\r\n".join(lines).encode("cp949")


def hand_kept() -> bytes:
    """Notes, a repeated header, totals, dashes, an average, and one cell that nobody can read."""
    return (
        "주간 채널 운영 현황\n(단위: 명)\n2026. 11. 13.(금) 기준\n\n"
        "연번,채널명,친구 수,전주 대비,게시물 수\n"
        "1,카카오톡 채널,\"47,823\",▲123,3\n2,공식 블로그,\"1,234\",△5,-\n,소계,\"49,057\",,3\n"
        "연번,채널명,친구 수,전주 대비,게시물 수\n"
        "3,유튜브,4만 7천,,2\n4,인스타그램,약 3백여 명쯤?,,1\n,합계,\"96,057\",,6\n,평균,\"32,019\",,2\n"
        "※ 유튜브는 어림값임\n"
    ).encode()  # fmt: skip


def no_year() -> bytes:
    """Months across, and no year anywhere."""
    return "채널,9월,10월,11월\n카카오톡 채널,1,2,3\n공식 블로그,4,5,\n".encode()


def no_date() -> bytes:
    return "채널,친구 수,조회수\n카카오톡 채널,100,5\n공식 블로그,200,6\n".encode()


def nameless() -> bytes:
    """A hand-kept sheet of one channel: months down, metrics across, gaps."""
    return b"month,followers,tweets\n2026-09,100,5\n2026-10,,6\n2026-11,120,\n"


def html_as_xls() -> bytes:
    """A web table under the name of a workbook, with spans, entities, and a total over two columns."""
    return (
        "<html><head><meta charset=euc-kr></head><body><table border=1>"
        "<tr><th rowspan=2>자치구</th><th rowspan=2>동 명</th><th colspan=2>2025</th></tr>"
        "<tr><th>의사</th><th>간호사</th></tr>"
        "<tr><td colspan=2>합 계</td><td>60</td><td>70</td></tr>"
        "<tr><td rowspan=3>종로구</td><td>소 계</td><td>30</td><td>30</td></tr>"
        "<tr><td>사직동</td><td>10</td><td>-</td></tr><tr><td>삼청동<br>(구)</td><td>20</td><td>30</td></tr>"
        "<tr><td rowspan=2>중구</td><td>소 계</td><td>31</td><td>40</td></tr>"
        "<tr><td>명동</td><td>30</td><td>40</td></tr>"
        "</table></body></html>"
    ).encode("cp949")


def _book(**sheets: Callable[[Any, Any], None]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 20)})
    for name, write in sheets.items():
        write(book, book.add_worksheet(name))
    book.close()
    return out.getvalue()


def wide_years() -> bytes:
    """Years as numbers in the header, easily taken for data."""

    def people(_book: Any, sheet: Any) -> None:
        for at, row in enumerate((("구분", 2024, 2025, 2026), ("가평군", 60_794, 61_000, 61_200),
                                  ("양평군", 110_000, 112_500, 115_105))):  # fmt: skip
            sheet.write_row(at, 0, row)

    return _book(인구=people)


def crawled() -> bytes:
    """A crawler's posts: two on one day, and the followers in the last row only."""

    def posts(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("날짜", "제목", "조회수", "좋아요_수", "팔로워_수"))
        days = (9, 9, 10, 11, 12, 13, 13, 14)
        for at, number in enumerate(days, 1):
            sheet.write_datetime(at, 0, datetime(2026, 11, number), day)
            sheet.write_row(at, 1, (f"제목 {at}", at * 100, at, 9_745 if at == len(days) else 0))

    return _book(posts=posts)


def headquarters() -> bytes:
    """Merged group names, last week beside this week, a hidden sheet, and a total that is wrong."""

    def state(book: Any, sheet: Any) -> None:
        middle = book.add_format({"align": "center"})
        sheet.merge_range("A1:F1", "2026년 11월 2주 채널 운영 현황", middle)
        sheet.merge_range("A2:A3", "구분", middle)
        sheet.merge_range("B2:B3", "채널명", middle)
        sheet.merge_range("C2:D2", "친구 수", middle)
        sheet.merge_range("E2:F2", "조회수", middle)
        sheet.write_row("C3", ("전주", "금주", "전주", "금주"))
        sheet.merge_range("A4:A5", "본청", middle)
        sheet.write_row("B4", ("카카오톡 채널", 47_700, 47_823, 900, 1_000))
        sheet.write_row("B5", ("공식 블로그", 1_200, 1_234, 80, 90))
        sheet.write_row("A6", ("읍면동", "보라매동", 300, 312, 0, 12))
        sheet.write_row("A7", ("합계", "", 49_200, 49_396, 980, 1_102))

    def memo(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("날짜", "비밀"))
        sheet.write_row(1, 0, (20_261_113, 5))
        sheet.hide()

    return _book(운영현황=state, 메모=memo)


def two_headers() -> bytes:
    """Time over one metric in a CSV, where no merge can say so."""
    return (
        "성별,2026년 09월,2026년 10월\n성별,인원(명),인원(명)\n남 성,401,402\n여 성,501,502\n합 계,902,904\n"
    ).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "meta_utf16.csv": meta_utf16,
    "meta_semicolon.csv": meta_semicolon,
    "유튜브 총계.csv": youtube,
    "long_cp949.csv": long_cp949,
    "주간 손정리.csv": hand_kept,
    "연도 없음.csv": no_year,
    "날짜 없음.csv": no_date,
    "nameless.csv": nameless,
    "의료인력.xls": html_as_xls,
    "연도별 인구.xlsx": wide_years,
    "crawled_20261120-174306.xlsx": crawled,
    "본청 주간보고.xlsx": headquarters,
    "two_headers.csv": two_headers,
}

if __name__ == "__main__":
    for name, make in FILES.items():
        (Path(__file__).parent / name).write_bytes(make())
    print(f"{len(FILES)} files")
