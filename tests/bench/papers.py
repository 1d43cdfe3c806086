"""Papers, warm: every one from data to file, a year's 52 weeks, and LibreOffice doing the same from xlsx.

``python -m tests.bench.papers``. LibreOffice's side runs in the same minutes on the same machine, where
there is one: a headless process for one workbook, and one process for all 52.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from civictracker.app import make_application
from civictracker.documents.batch import write_all
from civictracker.documents.clip import tables_clip, tables_of
from civictracker.documents.html import write_html
from civictracker.documents.hwpx import write_hwpx
from civictracker.documents.pages import page_count, paginate
from civictracker.documents.papers import PAPERS, Ask, Paper, make_document, paper_named
from civictracker.documents.parts import USUAL
from civictracker.documents.pdf import pdf_bytes, write_pdf
from civictracker.documents.xlsx import write_xlsx
from civictracker.domain.weeks import Period
from civictracker.services.channels import list_channels
from civictracker.services.context import Context
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.ui.shell.welcome import make_sample
from tests.bench.rooms import timed
from tests.bench.timing import spread
from tests.gallery_papers import with_campaign_and_release

NOW = sample_now()
WEEK = Period.week(NOW.date())
WEEKLY = paper_named("weekly")


def main() -> None:
    make_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened = open_data(make_sample(folder, "관악구"), sample_now)
        context = opened.context
        _parts(context, folder)
        channel = context.read(list_channels)[0].id
        with_campaign_and_release(context)
        for paper in PAPERS:
            ask = Ask(Period.around(NOW.date(), paper.grain), NOW, channel if paper.of == "channel" else None)
            pages = page_count(paginate(make_document(context, paper, ask)))
            took = timed(lambda p=paper, a=ask: _pdf(context, p, a, folder / "a.pdf"), 5)
            print(f"{paper.id:12} data to PDF, {pages} p   {spread(took)}")
        _year(context, folder)
        opened.close(keep_backup=False)


def _pdf(context: Context, paper: Paper, ask: Ask, path: Path) -> None:
    write_pdf(make_document(context, paper, ask), path, now=NOW)


def _parts(context: Context, folder: Path) -> None:
    ask = Ask(WEEK, NOW)
    figures = WEEKLY.read(context, ask)
    document = make_document(context, WEEKLY, ask)
    layout = paginate(document)
    for name, act in {
        "figures": lambda: WEEKLY.read(context, ask),
        "document": lambda: WEEKLY.build(figures, USUAL),
        "layout": lambda: paginate(document),
        "PDF of a layout": lambda: pdf_bytes(document, layout, NOW),
        "data to file (≤ 100)": lambda: _pdf(context, WEEKLY, ask, folder / "a.pdf"),
        "xlsx": lambda: write_xlsx(document, folder / "a.xlsx"),
        "한글": lambda: write_hwpx(document, folder / "a.hwpx"),
        "HTML": lambda: write_html(document, folder / "a.html"),
        "tables for the clipboard": lambda: tables_clip(tables_of(document)),
    }.items():
        timed(act, 2)
        print(f"weekly: {name:22} {spread(timed(act, 9))}")


def _year(context: Context, folder: Path) -> None:
    asks = [replace(Ask(WEEK, NOW), period=WEEK.shift(-step)) for step in range(52)]
    ours, books = folder / "pdf", folder / "xlsx"
    ours.mkdir()
    books.mkdir()
    start = time.perf_counter()
    write_all(context, WEEKLY, asks, ours, ".pdf")
    print(f"52 weeks to PDF (≤ 6 s)          {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    write_all(context, WEEKLY, asks, books, ".xlsx")
    print(f"52 weeks to xlsx                 {time.perf_counter() - start:.1f} s")
    office = shutil.which("soffice")
    if office is None:
        print("no LibreOffice here to compare with")
        return
    one, *_ = files = sorted(books.glob("*.xlsx"))
    for what, these in (("1 workbook", [one]), ("52 workbooks", files)):
        start = time.perf_counter()
        subprocess.run(
            [office, "--headless", "--convert-to", "pdf", "--outdir", folder / "lo", *these],
            check=True, capture_output=True,
        )  # fmt: skip
        print(f"LibreOffice, {what:12}        {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
