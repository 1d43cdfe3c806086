"""The weekly report, warm: figures, document, layout, PDF and xlsx. ``python -m tests.bench.paper``"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from civictracker.app import make_application
from civictracker.documents.clip import tables_clip, tables_of
from civictracker.documents.html import write_html
from civictracker.documents.hwpx import write_hwpx
from civictracker.documents.pages import paginate
from civictracker.documents.pdf import write_pdf
from civictracker.documents.weekly import weekly_document
from civictracker.documents.xlsx import write_xlsx
from civictracker.domain.weeks import Period
from civictracker.services.opening import open_data
from civictracker.services.reports import weekly_figures
from civictracker.services.sample import sample_now
from civictracker.ui.shell.welcome import make_sample
from tests.bench.rooms import timed
from tests.bench.timing import spread


def main() -> None:
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        opened = open_data(make_sample(Path(folder), "관악구"), sample_now)
        week, now = Period.week(sample_now().date()), sample_now()
        figures = opened.context.read(weekly_figures, week=week, now=now)
        document = weekly_document(figures)
        pdf, xlsx = Path(folder) / "a.pdf", Path(folder) / "a.xlsx"
        for name, act in {
            "figures": lambda: opened.context.read(weekly_figures, week=week, now=now),
            "document": lambda: weekly_document(figures),
            "layout": lambda: paginate(document),
            "PDF, from data to file (≤ 200)": lambda: write_pdf(
                weekly_document(opened.context.read(weekly_figures, week=week, now=now)), pdf, now=now
            ),
            "xlsx": lambda: write_xlsx(document, xlsx),
            "한글": lambda: write_hwpx(document, Path(folder) / "a.hwpx"),
            "HTML": lambda: write_html(document, Path(folder) / "a.html"),
            "tables for the clipboard": lambda: tables_clip(tables_of(document)),
        }.items():
            timed(act, 2)
            print(f"{name:32} {spread(timed(act, 9))}")
        opened.close(keep_backup=False)


if __name__ == "__main__":
    main()
