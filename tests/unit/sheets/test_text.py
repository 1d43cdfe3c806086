"""CSV and its relatives, in whatever encoding and with whatever separator."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.errors import SheetError
from civictracker.sheets.text import decode, grid_of, read_text, separator_of

KOREAN = '날짜,친구 수\n2026-11-13,"47,823"\n'


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("utf-16", "utf-16")],
)
def test_encodings_of_korean(encoding: str, told: str) -> None:
    grid, found = read_text(io.BytesIO(KOREAN.encode(encoding)), "가.csv")
    assert found == told
    assert grid.rows == [["날짜", "친구 수"], ["2026-11-13", "47,823"]]
    assert grid.name == "가"


def test_utf_16_without_its_mark_and_cut_off() -> None:
    assert decode("date,value\n1,2\n".encode("utf-16-be"), "a")[1] == "utf-16-be"
    assert decode("채널,친구 수\n카카오톡 채널,1\n".encode("utf-16-le"), "a")[1] == "utf-16-le"
    assert decode("가,나\n".encode("utf-16") + b"\n", "a")[0] == "가,나\n"  # a line end of one byte


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_ends_inside_a_letter_is_not_read_in_part(encoding: str) -> None:
    with pytest.raises(SheetError, match="끝이 잘려"):
        decode("가,나".encode(encoding)[:-1], "a")


@pytest.mark.parametrize("data", [b"\xff\xff\xff\x81\x00", b"\xef\xbb\xbf\xff\xff", b"\xb0\xa1\xff\xff"])
def test_letters_that_nobody_knows(data: bytes) -> None:
    with pytest.raises(SheetError, match="글자를 읽을 수 없습니다"):
        decode(data, "a")


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","), ("a;b\n1,5;2,5\n", ";"), ("a\tb\n1,5\t2\n", "\t"), ("a|b|c\n1|2|3\n", "|"),
        ('a,b\n"x;y;z",2\n"p;q;r",3\n', ","), ("", ","), ("하나\n둘\n", ","),
        ("sep=,\na\tb\n1\t2\n", "\t"),  # a program between has changed the rest
        ("sep=;\na;b,c\n", ";"), ('"sep=|"\na|b\n', "|"), ("sep=\t\na\tb\n", "\t"),
    ],
)  # fmt: skip
def test_the_separator(text: str, separator: str) -> None:
    assert separator_of(text)[0] == separator


def test_a_sep_line_keeps_the_rows_their_number() -> None:
    assert grid_of("sep=,\na,b\n1,2\n", "a").rows == [[], ["a", "b"], ["1", "2"]]


def test_quotes_that_do_not_close() -> None:
    with pytest.raises(SheetError, match="따옴표"):
        grid_of('a,"' + "x" * 1_100_000, "a")


plain = st.text(st.characters(codec="utf-8", exclude_characters='\r\n\0",;\t|='), min_size=1, max_size=8)


@given(st.lists(st.lists(plain, min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    assert grid_of("\n".join(",".join(row) for row in rows), "a").rows == rows
