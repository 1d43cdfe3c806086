"""CSV, TSV and their relatives, in whatever encoding and with whatever separator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import BinaryIO

from civictracker.errors import SheetError
from civictracker.sheets.grid import MAX_CELLS, Cell, Grid

_SEPARATORS = ",;\t|"


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that made it. Raises SheetError when no known encoding fits."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig", name), "utf-8-sig"
    if data.startswith(b"\xff\xfe\0\0"):
        return _strict(data, "utf-32", name), "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(_even(data, name), "utf-16", name), "utf-16"
    if encoding := utf16_without_mark(data[:4096]):
        return _strict(_even(data, name), encoding, name), encoding
    for encoding in ("utf-8", "cp949"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and error.reason == "unexpected end of data":
                raise _cut_off(name) from error  # all of it was UTF-8, until it stopped inside a letter
    raise _unknown(name)


def utf16_without_mark(head: bytes) -> str:
    """``utf-16-le`` or ``-be`` where the zeros of its commas and digits stand on one side only."""
    first, second = head[::2], head[1::2]
    if second.count(0) >= first.count(0):
        encoding, letters, zeros = "utf-16-le", first, second
    else:
        encoding, letters, zeros = "utf-16-be", second, first
    latin = [letter for letter, zero in zip(letters, zeros, strict=False) if zero == 0]
    plain = sum(1 for letter in latin if 32 <= letter < 127 or letter in b"\t\r\n")
    is_it = latin and len(latin) * 50 >= len(head) and plain * 10 >= len(latin) * 9
    return encoding if is_it and letters.count(0) * 2 <= len(latin) else ""  # 가 itself ends in a zero


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown(name) from error


def _even(data: bytes, name: str) -> bytes:
    """UTF-16 comes in pairs; one byte too many may be a line end that some program added."""
    if len(data) % 2 == 0:
        return data
    if data[-1:] in {b"\n", b"\r", b"\0", b"\x1a"}:
        return data[:-1]
    raise _cut_off(name)


def _unknown(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’의 글자를 읽을 수 없습니다.",
        "엑셀에서 열어 ‘CSV UTF-8(쉼표로 분리)’로 다시 저장해 주세요.",
    )


def _cut_off(name: str) -> SheetError:
    return SheetError(f"‘{name}’은(는) 끝이 잘려 있습니다.", "끝까지 받아졌는지 확인하고 다시 받아 주세요.")


def read_text(file: BinaryIO, name: str) -> tuple[Grid, str]:
    """The file as one grid of strings, and its encoding. Raises SheetError."""
    text, encoding = decode(file.read(), name)
    return grid_of(text, name.rpartition(".")[0] or name), encoding


def grid_of(text: str, name: str) -> Grid:
    separator, text = separator_of(text)
    csv.field_size_limit(1_000_000)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=None), delimiter=separator):
            rows.append(row)  # type: ignore[arg-type]  # strings are cells; a copy would cost a third
            cells += len(row)
            if cells > MAX_CELLS:
                raise SheetError(
                    f"‘{name}’의 칸이 {MAX_CELLS:,}개를 넘습니다.", "나누어 저장한 뒤 골라 주세요."
                )
    except csv.Error as error:
        raise SheetError(f"‘{name}’의 따옴표가 어긋나 있습니다.", "원본을 다시 받아 주세요.") from error
    return Grid(name, rows)


def separator_of(text: str) -> tuple[str, str]:
    """The separator, and the text without its ``sep=`` line (blanked, so that rows keep their number).

    What the line tells is believed only where it cuts: a program between may have changed the rest.
    """
    first, newline, rest = text.partition("\n")
    told = first.strip("\ufeff \r").strip('"').casefold()
    if told.startswith("sep=") and len(told.rstrip(_SEPARATORS)) <= 5:
        separator = told[4:5] or "\t"
        line = newline + rest
        return (separator if separator in rest or not rest.strip() else _most_even(rest)), line
    return _most_even(text), text


def _most_even(text: str) -> str:
    """The separator that cuts the first lines into the same number of pieces, more than one."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        counts = Counter(len(row) for row in rows if len(row) > 1)
        if counts:
            pieces, times = counts.most_common(1)[0]
            score = times * min(pieces, 8)
            if score > best_score:
                best, best_score = separator, score
    return best
