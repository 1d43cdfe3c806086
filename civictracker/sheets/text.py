"""CSV, TSV and their relatives, in whatever encoding and with whatever separator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from civictracker.errors import SheetError
from civictracker.sheets.grid import Cell, Grid

_SEPARATORS = ",;\t|"


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that made it. Raises SheetError when no known encoding fits."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig", name), "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16", name), "utf-16"
    if data[:200].count(b"\0") > len(data[:200]) // 4:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strict(data, encoding, name), encoding
    for encoding in ("utf-8", "cp949"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _unknown(name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16" and len(data) % 2:  # cut off in the middle of a character
            return data[:-1].decode(encoding, errors="strict")
        raise _unknown(name) from error


def _unknown(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’의 글자를 읽을 수 없습니다.",
        "엑셀에서 열어 ‘CSV UTF-8(쉼표로 분리)’로 다시 저장해 주세요.",
    )


def read_text(path: Path) -> tuple[Grid, str]:
    """The file as one grid of strings, and its encoding."""
    text, encoding = decode(path.read_bytes(), path.name)
    return grid_of(text, path.stem), encoding


def grid_of(text: str, name: str) -> Grid:
    separator, text = separator_of(text)
    csv.field_size_limit(1_000_000)
    try:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise SheetError(f"‘{name}’의 따옴표가 어긋나 있습니다.", "원본을 다시 받아 주세요.") from error
    return Grid(name, rows)


def separator_of(text: str) -> tuple[str, str]:
    """The separator, and the text without its ``sep=`` line (blanked, so that rows keep their number)."""
    first, newline, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith("sep=") and len(told) <= 6:
        return told[4:5] or "\t", newline + rest
    return _most_even(text), text


def _most_even(text: str) -> str:
    """The separator that cuts the first lines into the same number of pieces, more than one."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        if counts:
            pieces, times = counts.most_common(1)[0]
            score = times * min(pieces, 8)
            if score > best_score:
                best, best_score = separator, score
    return best
