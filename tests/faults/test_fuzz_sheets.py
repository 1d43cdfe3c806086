"""Thousands of broken sheets: each is read or refused in one sentence, and never in part.

``CIVICTRACKER_FUZZ=3000`` makes as many; the normal run makes a few hundred, always the same ones.
What is broken: our own small sheets of every container (``tests/makers``) and those under ``tests/data``.
"""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.faults import pool
from tests.makers import sheets

COUNT = int(os.environ.get("CIVICTRACKER_FUZZ", "300"))
SEED = int(os.environ.get("CIVICTRACKER_FUZZ_SEED", "20261120"))
SECONDS = 20.0  # the program waits 60
DATA = Path(__file__).parents[1] / "data"
ENDINGS = {".csv", ".xls", ".xlsx"}  # the rest there describes the tests
ROWS = [
    ["2026년 11월 채널 현황", None, None, None],
    ["채널명", "기준일", "친구 수", "조회수"],
    *([f"채널 {n}", date(2026, 11, 1 + n), 40_000 + n, n * 7] for n in range(12)),
]
MERGES = [(0, 0, 0, 3)]


def seeds() -> dict[str, bytes]:
    made = {kind: make(ROWS, MERGES) for kind, make in sheets.MERGING.items()}
    made |= {
        kind: make([[cell or "" for cell in row] for row in ROWS]) for kind, make in sheets.PLAIN.items()
    }
    made["zip"] = sheets.zipped({"표.csv": made["csv-cp949"], "안/책.xlsx": made["openpyxl"]})
    made |= {path.name: path.read_bytes() for path in sorted(DATA.iterdir()) if path.suffix in ENDINGS}
    return made


# --- ways to break a file -----------------------------------------------------------------------


def flipped(data: bytes, rng: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def torn(data: bytes, rng: random.Random) -> bytes:
    """A stretch overwritten, lost or doubled."""
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 4, 16, 128, 2048)))
    middle = rng.choice(
        (b"", bytes(end - start), data[start:end] * 2, rng.randbytes(end - start), b"\xff" * 4)
    )
    return data[:start] + middle + data[end:]


_BAD = (
    b"1048576", b"16384", b"4294967295", b"-1", b"1e308", b"NaN", b"XFD1048576", b"A1:XFD1048576", b"",
    b"&lol9;", b"&#0;", b"<!--", b"]]>", b"<a>" * 5000, b"\xff\xfe", b"9" * 400, b"../../../../etc/passwd",
)  # fmt: skip
_BOMB = (
    b'<!DOCTYPE r [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def garbled(data: bytes, rng: random.Random) -> bytes:
    """Text whose numbers, references or tags are something else."""
    tokens = list(re.finditer(rb"[A-Z]{1,3}\d+|\d+|<[^>]{1,40}>", data))
    for found in rng.sample(tokens, min(len(tokens), rng.choice((1, 1, 3)))):
        data = data.replace(found[0], rng.choice(_BAD), rng.choice((1, 1, -1)))
    if rng.random() < 0.15:
        at = data.find(b"?>") + 2
        data = data[:at] + _BOMB + data[at:].replace(b"<v>", b"<v>&l9;", 3)
    return data[:5_000_000]


def repacked(data: bytes, rng: random.Random) -> bytes:
    """One part of the archive garbled, emptied, lost or given another's content; its checksum is right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(parts))
    match rng.randrange(8):
        case 0:
            parts[name] = b""
        case 1:
            del parts[name]
        case 2:
            parts[name] = parts[rng.choice(list(parts))]
        case 3:
            parts[name] = flipped(parts[name] or b"x", rng)
        case 4:
            parts[name] = b"<x>" * 200_000
        case _:
            parts[name] = garbled(parts[name], rng)
    return sheets.zipped(parts)


def broken(data: bytes, rng: random.Random) -> tuple[str, bytes]:
    ways: list[Callable[[bytes, random.Random], bytes]] = [flipped, cut, torn, garbled]
    if data.startswith(b"PK"):
        ways += [repacked] * 4
    way = rng.choice(ways)
    return way.__name__, way(data, rng)


# --- the run ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, pool.Outcome]]:
    """(seed, way, outcome) of every broken file; with way "" the whole ones before them."""
    folder = tmp_path_factory.mktemp("fuzz")
    rng = random.Random(SEED)
    whole = seeds()
    told: list[tuple[str, str]] = []
    paths = []
    for number in range(-len(whole), COUNT):
        name = list(whole)[number] if number < 0 else rng.choice(list(whole))
        way, data = ("", whole[name]) if number < 0 else broken(whole[name], rng)
        told.append((name, way))
        paths.append(folder / f"{number + len(whole):05d}-{way}-{name}.xls")
        paths[-1].write_bytes(data)
    found = pool.outcomes(paths, seconds=SECONDS, workers=os.cpu_count() or 2)
    return [(name, way, outcome) for (name, way), outcome in zip(told, found, strict=True)]


def test_no_broken_sheet_breaks_the_program(outcomes: list[tuple[str, str, pool.Outcome]]) -> None:
    bad = [each for *_, each in outcomes if each.end not in {pool.READ, pool.REFUSED}]
    assert not bad, "\n".join(f"{each.end}: {each.path} {each.words[-300:]}" for each in bad)


def test_every_refusal_says_what_to_do(outcomes: list[tuple[str, str, pool.Outcome]]) -> None:
    for _, _, each in outcomes:
        if each.end == pool.REFUSED:
            assert re.search(r"[가-힣]\. .*[가-힣]", each.words), each


def test_the_whole_ones_are_read(outcomes: list[tuple[str, str, pool.Outcome]]) -> None:
    assert [name for name, way, each in outcomes if not way and each.end != pool.READ] == []


def test_a_damaged_archive_is_never_read_in_part(outcomes: list[tuple[str, str, pool.Outcome]]) -> None:
    """What still reads after bits were flipped or bytes lost reads like the whole one."""
    whole = {name: each.values for name, way, each in outcomes if not way}
    archives = {"xlsxwriter", "1904", "openpyxl", "ods", "xlsb", "crawled_20261120-174306.xlsx"}
    different = [
        each.path.name
        for name, way, each in outcomes
        if name in archives and way in {"flipped", "cut", "torn"} and each.end == pool.READ
        and each.values != whole[name]
    ]  # fmt: skip
    assert different == []


def test_an_entity_bomb_is_not_opened(tmp_path: Path) -> None:
    sheet = b'<?xml version="1.0"?>' + _BOMB + (
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell>'
        b"<Data>&l9;</Data></Cell></Row></Table></Worksheet></Workbook>"
    )  # fmt: skip
    path = tmp_path / "bomb.xls"
    path.write_bytes(sheet)
    (outcome,) = pool.outcomes([path], seconds=SECONDS)
    assert outcome.end == pool.REFUSED
