"""A workbook of 100,000 rows, from file to commit, beside pandas' default reader and ``to_sql``.

``python -m tests.bench.importing [--peer PYTHON] [--rows 100000]``: PYTHON is an interpreter with
pandas, openpyxl and SQLAlchemy. Each run is a process of its own; memory is the largest size of the
process and its reading child together, looked at a hundred times a second.
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
import sys, time
from datetime import datetime
from pathlib import Path
from civictracker.services.imports import apply_plan, sha256_of, Verdict
from civictracker.services.intake import read_planned
from civictracker.services.opening import open_data
from civictracker.services.settings import save_office
from civictracker.sheets.child import warm_up
path = Path(sys.argv[1])
opened = open_data(Path(sys.argv[2]), lambda: datetime.now().astimezone())
context = opened.context
context.write(save_office, name="시험")
warm_up()  # as the room does when it is opened; the peers' imports are not counted either
time.sleep(1)
start = time.time()
answers = {f"channel:채널 {n}": f"new:채널 {n}" for n in range(40)}
answers |= {f"metric:지표 {n}": "new:flow:건" for n in range(20)}
plan = read_planned(context, path=path, answers=answers)
read = time.time()
if len(sys.argv) > 3:
    print(read - start, read - start, plan.count(Verdict.NEW))
else:
    changes = context.write(apply_plan, plan=plan, choices={}, sha256=sha256_of(path))
    print(time.time() - start, read - start, changes.count)
opened.close(keep_backup=False)
"""
_PANDAS = """
import sys, time
import pandas, sqlalchemy
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[2])
start = time.time()
frame = pandas.read_excel(sys.argv[1])
read = time.time()
if len(sys.argv) < 4:
    frame.to_sql("figures", engine, index=False)
print(time.time() - start, read - start, len(frame))
"""
_CALAMINE = """
import sys, time
from python_calamine import CalamineWorkbook
start = time.time()
with open(sys.argv[1], "rb") as file:
    book = CalamineWorkbook.from_filelike(file)
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows()]
done = time.time() - start
print(done, done, len(rows))
"""


def write_book(path: Path, rows: int, figures: int) -> None:
    """A long sheet: 날짜, 채널, and columns of figures by day and channel."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("자료")
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    names = ["친구 수"] if figures == 1 else [f"지표 {n}" for n in range(figures)]
    for column, name in enumerate(("날짜", "채널", *names, "비고")):
        sheet.write_string(0, column, name)
    for row in range(1, rows + 1):
        sheet.write_datetime(row, 0, date(2018, 1, 1) + timedelta(days=(row - 1) // 40), day_format)
        sheet.write_string(row, 1, f"채널 {(row - 1) % 40}")
        for at in range(figures):
            sheet.write_number(row, 2 + at, 1_000 + (row * (at + 1)) % 7_919)
        sheet.write_string(row, 2 + figures, "")
    book.close()


def run(python: str, code: str, *arguments: str) -> tuple[list[float], float]:
    """What the process prints, and the largest memory in MB that it and its children held at one time."""
    with subprocess.Popen(
        [python, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, sum(map(_memory, _family(child.pid))))
            time.sleep(0.01)
        out, complaint = child.communicate()
    if child.returncode:
        raise SystemExit(complaint)
    return [float(word) for word in out.split()], peak


def _family(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return [pid]
    return [pid, *(each for child in told.split() for each in _family(int(child)))]


def _memory(pid: int) -> float:
    """Proportional set size in MB: shared pages are counted once."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def whole(peer: str, book: Path, folder: str, number: int) -> None:
    """File to commit, beside pandas with to_sql."""
    (ours, _, count), memory = run(sys.executable, _OURS, str(book), f"{folder}/a{number}.db")
    (theirs, _, _), their_memory = run(peer, _PANDAS, str(book), f"{folder}/b{number}.db")
    print(
        f"file to commit: 채널일지 {ours:.2f} s, {memory:.0f} MB, {count:,.0f} values   pandas {theirs:.2f} s, "
        f"{their_memory:.0f} MB   → {theirs / ours:.1f} × faster (≥ 3), memory {memory / their_memory:.2f} × (≤ 1)"
    )


def plan_only(peer: str, book: Path, folder: str, number: int) -> None:
    """File to finished plan, beside calamine and pandas reading the cells and nothing more."""
    (ours, _, count), memory = run(sys.executable, _OURS, str(book), f"{folder}/c{number}.db", "plan")
    (cells, _, _), _ = run(sys.executable, _CALAMINE, str(book))
    (theirs, _, _), _ = run(peer, _PANDAS, str(book), f"{folder}/d{number}.db", "read")
    print(
        f"file to plan: 채널일지 {ours:.2f} s, {memory:.0f} MB (≤ 400), {count:,.0f} values   calamine {cells:.2f} s "
        f"→ {ours / cells:.2f} × (≤ 2)   pandas {theirs:.2f} s → {theirs / ours:.1f} × faster (≥ 5)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("commit", "plan"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        for name, figures, job in (("commit", 1, whole), ("plan", 10, plan_only)):
            if chosen.only not in {None, name}:
                continue
            book = Path(folder) / f"큰 표 {figures}.xlsx"
            write_book(book, chosen.rows, figures)
            print(
                f"{chosen.rows:,} rows × {figures + 2} columns, {book.stat().st_size / 1e6:.1f} MB",
                flush=True,
            )
            for number in range(chosen.rounds):
                job(chosen.peer, book, folder, number)
                sys.stdout.flush()


if __name__ == "__main__":
    main()
