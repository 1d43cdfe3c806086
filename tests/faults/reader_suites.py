"""Every spreadsheet in a folder of public reader suites, read as the program reads a stranger's file.

``python -m tests.faults.reader_suites FOLDER [WORKERS]`` after fetching such suites (Apache POI's
``test-data``, calamine's ``tests``, PhpSpreadsheet's ``samples`` and ``tests``, ExcelDataReader's
``TestData``, SheetJS's ``test_files`` …). Their files are not part of this project. Prints counts, and
what ended badly; the exit status tells whether anything did.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.faults import pool

ENDINGS = {
    ".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".ods", ".fods", ".csv", ".tsv", ".slk", ".dif",
    ".htm", ".html", ".xml", ".zip", ".prn", ".txt",
}  # fmt: skip

BAD = {pool.DIED, pool.HUNG, pool.FAULT}


def main(folder: Path, workers: int) -> int:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() in ENDINGS)
    ends: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    words: Counter[str] = Counter()
    rescued, no_table = 0, 0
    for outcome in pool.outcomes(paths, workers=workers):
        ends[outcome.end] += 1
        kinds[f"{outcome.path.suffix.casefold()[1:]} {outcome.end}"] += 1
        if outcome.end == pool.REFUSED:
            words[outcome.words.replace(outcome.path.name, "…")[:70]] += 1
            rescued += bool(outcome.deaths)
            no_table += "숫자 표를 찾지 못했습니다" in outcome.words
        if outcome.end in BAD or outcome.deaths or outcome.seconds > 20:
            about = f"{outcome.end}, {outcome.deaths} children, {outcome.seconds:.1f} s"
            print(f"{about}: {outcome.path.relative_to(folder)} {outcome.words[-120:]}", flush=True)
    print(f"files {len(paths):,} · read {ends[pool.READ]:,} · refused in a sentence {ends[pool.REFUSED]:,}")
    print(f"of these without a table of numbers {no_table:,}")
    print(
        f"crashes {ends[pool.DIED] + ends[pool.FAULT]} · hangs {ends[pool.HUNG]} · refused after a child died {rescued}"
    )
    print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    for sentence, count in words.most_common(40):
        print(f"{count:6,}  {sentence}")
    return 1 if any(ends[each] for each in BAD) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2))
