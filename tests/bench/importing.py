"""A workbook of 100,000 rows, from file to commit, beside pandas' default reader and ``to_sql``.

``python -m tests.bench.importing [--peer PYTHON] [--rows 100000]``: PYTHON is an interpreter with
pandas, openpyxl and SQLAlchemy. Each run is a process of its own; memory is the largest resident size
of the process together with its reading child.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

_OURS = """
import resource, sys, time
from datetime import datetime
from pathlib import Path
from civictracker.services.imports import apply_plan, sha256_of, Verdict
from civictracker.services.intake import read_planned
from civictracker.services.opening import open_data
from civictracker.services.settings import save_office
path = Path(sys.argv[1])
opened = open_data(Path(sys.argv[2]), lambda: datetime.now().astimezone())
context = opened.context
context.write(save_office, name="시험")
start = time.time()
answers = {f"channel:채널 {n}": f"new:채널 {n}" for n in range(40)}
plan = read_planned(context, path=path, answers=answers)
read = time.time()
changes = context.write(apply_plan, plan=plan, choices={}, sha256=sha256_of(path))
done = time.time()
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(done - start, read - start, own, child, changes.count)
opened.close(keep_backup=False)
"""
_PANDAS = """
import resource, sys, time
import pandas, sqlalchemy
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[2])
start = time.time()
frame = pandas.read_excel(sys.argv[1])
read = time.time()
frame.to_sql("figures", engine, index=False)
done = time.time()
print(done - start, read - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0, len(frame))
"""


def write_book(path: Path, rows: int) -> None:
    """A long sheet: 날짜, 채널, 친구 수, 게시물 수, 조회수 by day and channel."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("자료")
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, name in enumerate(("날짜", "채널", "친구 수", "비고")):
        sheet.write_string(0, column, name)
    for row in range(1, rows + 1):
        sheet.write_datetime(row, 0, date(2018, 1, 1) + timedelta(days=(row - 1) // 40), day_format)
        sheet.write_string(row, 1, f"채널 {(row - 1) % 40}")
        sheet.write_number(row, 2, 1_000 + row % 7_919)
        sheet.write_string(row, 3, "")
    book.close()


def run(python: str, code: str, *arguments: str) -> list[float]:
    done = subprocess.run([python, "-c", code, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        book = Path(folder) / "큰 표.xlsx"
        write_book(book, chosen.rows)
        print(f"{chosen.rows:,} rows, {book.stat().st_size / 1e6:.1f} MB")
        for number in range(chosen.rounds):
            ours = run(sys.executable, _OURS, str(book), f"{folder}/a{number}.db")
            peer = run(chosen.peer, _PANDAS, str(book), f"{folder}/b{number}.db")
            print(
                f"채널일지 {ours[0]:.2f} s (read and plan {ours[1]:.2f}), {ours[2]:.0f} + {ours[3]:.0f} MB, {ours[4]:,.0f} values"
                f"   pandas {peer[0]:.2f} s (read {peer[1]:.2f}), {peer[2]:.0f} MB"
                f"   → {peer[0] / ours[0]:.1f} × faster (≥ 3), memory {(ours[2] + ours[3]) / peer[2]:.2f} × (≤ 1)"
            )
            time.sleep(0.2)


if __name__ == "__main__":
    main()
