"""Rank table, one channel's decade and a page's figures out of 5,000,000 values, beside pandas and DuckDB.

``python -m tests.bench.big [--peer PYTHON] [--offices 226] [--years 10]``; PYTHON has pandas, duckdb 1.4.4 and
duckdb-ext-sqlite. All read the same file, each the way its own users would. Figures are weekly, 8 channels × 6
metrics.

Two cores, 5,640,960 values, one run, median (least–most) ms: rank table with its history 154 (153–168), one
channel's decade 8 (8–11), notices 22 (21–57), 목표·돌파 14; pandas rank 525, decade 2.7; DuckDB through its SQLite
reader 2,880 and 2,132.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import compare, trends
from civictracker.services.goals import load_outlooks
from civictracker.services.notices import load_notices
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.services.settings import save_office
from tests.bench.timing import spread

PLATFORMS = ("kakao", "naver_blog", "youtube", "instagram", "facebook", "x", "band", "other")
METRICS = (1, 2, 3, 8, 7, 9)
DAY = date(2026, 11, 20)
PEER = """
import sys, time, sqlite3
path, rank, decade = sys.argv[1:4]
def timed(name, act):
    found = []
    for _ in range(5):
        start = time.perf_counter(); act(); found.append((time.perf_counter() - start) * 1000)
    print(f"{name:24} median {sorted(found)[2]:8.1f} ms")
try:
    import pandas as pd
    base = sqlite3.connect(path)
    timed("pandas rank", lambda: pd.read_sql(rank, base).sort_values("value", ascending=False))
    timed("pandas decade", lambda: pd.read_sql(decade, base).assign(change=lambda each: each.value.diff()))
except ImportError: print("no pandas")
try:
    import duckdb, glob, os, duckdb_ext
    con = duckdb.connect()
    reader, = glob.glob(os.path.join(list(duckdb_ext.__path__)[0], "**", "sqlite_scanner.*"), recursive=True)
    con.execute(f"LOAD '{reader}'")
    con.execute(f"ATTACH '{path}' AS d (TYPE sqlite, READ_ONLY)"); con.execute("USE d")
    timed("duckdb rank", lambda: con.execute(rank + " ORDER BY value DESC").fetchall())
    timed("duckdb decade", lambda: con.execute(decade).fetchall())
except Exception as error: print("duckdb:", str(error)[:90])
"""
RANK = (
    "SELECT channel_id, period_end, value FROM (SELECT o.channel_id, period_end, value, row_number() OVER "
    "(PARTITION BY o.channel_id ORDER BY period_end DESC) AS n FROM observation o JOIN channel c ON c.id = o.channel_id "
    "WHERE metric_id = 1 AND c.platform = 'kakao' AND period_start <= '2026-11-20') AS x WHERE n = 1"
)
DECADE = "SELECT period_start, value FROM observation WHERE metric_id = 1 AND channel_id = 801 ORDER BY period_start"


def fill(path: Path, offices: int, years: int) -> int:
    """Straight into the file: the use-cases would take minutes for what only has to be there."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("PRAGMA synchronous=OFF")
    channels = [
        (1 + office * 8 + at, office + 1, name)
        for office in range(offices)
        for at, name in enumerate(PLATFORMS)
    ]
    base.executemany(
        "INSERT INTO office (id, name, department, kind, note) VALUES (?,?,'',?,'')",
        [(number, f"기관 {number}", "peer") for number in range(2, offices + 1)],
    )
    base.executemany(
        "INSERT INTO channel (id, office_id, platform, name, unit_name, handle, url, owner, position, note)"
        " VALUES (?,?,?,?,'','','','',?,'')",
        [(key, office, name, name, key) for key, office, name in channels],
    )
    first = Period.week(DAY).shift(1 - 52 * years)
    weeks = [
        (each.start.isoformat(), each.end.isoformat())
        for each in (first.shift(at) for at in range(52 * years))
    ]
    rows = (
        (metric, key, start, end, 1_000 + key * 37 % 90_000 + at * 11 + (key * at) % 29, 0, "", 1, "")
        for metric in METRICS
        for key, _, _ in channels
        for at, (start, end) in enumerate(weeks)
    )
    base.executemany("INSERT INTO observation VALUES (?,?,?,?,?,?,?,?,?)", rows)
    base.commit()
    count = int(base.execute("SELECT count(*) FROM observation").fetchone()[0])
    base.close()
    return count


def timed(name: str, act: Callable[[], object], limit: int) -> None:
    found = []
    for _ in range(7):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    print(f"{name:24} {spread(found)}  (≤ {limit} ms)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer")
    parser.add_argument("--offices", type=int, default=226)
    parser.add_argument("--years", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.db"
        opened = open_data(path, sample_now)
        opened.context.write(save_office, name="우리 기관")
        opened.close(keep_backup=False)
        print(f"{fill(path, chosen.offices, chosen.years):,} values")
        opened = open_data(path, sample_now)
        context, week = opened.context, Period.week(DAY)
        timed(
            "rank table + history", lambda: context.read(compare.load_ranking, day=DAY, platform="kakao"), 300
        )
        timed(
            "one channel's decade",
            lambda: context.read(
                trends.load_series,
                channel_ids=[801],
                codes=["followers"],
                naming=WeekNaming(),
                grain=Grain.WEEK,
            ),
            100,
        )
        timed("이번 주's notices", lambda: context.read(load_notices, week=week, now=sample_now()), 100)
        timed("목표·돌파", lambda: context.read(load_outlooks, week=week), 100)
        opened.close(keep_backup=False)
        if chosen.peer:
            subprocess.run([chosen.peer, "-c", PEER, str(path), RANK, DECADE], check=False)


if __name__ == "__main__":
    main()
