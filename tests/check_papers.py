"""Every paper of every office in every format, held against checkers that are not ours.

``python -m tests.check_papers --out DIR [--only OFFICE…]``: the offices of the gallery and one in which every
text is hostile. CIVICTRACKER_CHECKERS names a Python that has the checkers of PDF/A-1a, PDF/UA-1, Open XML and
OWPML (see ``data/check_files.py``); LibreOffice and Chromium are asked where they are installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from civictracker.app import make_application
from civictracker.documents.papers import PAPERS, Ask, make_document
from civictracker.documents.parts import PaperOptions
from civictracker.documents.writing import write_document
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.channels import list_channels
from civictracker.services.context import Context
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from tests.gallery_papers import FONTS, NOW, offices
from tests.unit.documents.offices import make_hostile

CHECK = Path(__file__).parent / "data" / "check_files.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/checked"))
    parser.add_argument("--only", nargs="*", help="names of offices, as in the gallery, or hostile")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    make_application()
    with tempfile.TemporaryDirectory() as name:
        os.environ["CIVICTRACKER_HOME"] = name
        for office, context, now in _opened(Path(name), chosen.only):
            _write(context, now, chosen.out, office)
        failed = _by_checkers(chosen.out)
        os.environ["FONTCONFIG_FILE"] = _fonts(Path(name))
        failed |= _by_libreoffice(chosen.out, Path(name))
        failed |= _by_chromium(chosen.out, Path(name))
    return int(failed)


def _opened(folder: Path, only: list[str] | None) -> Iterator[tuple[str, Context, object]]:
    for office, opening in offices(folder):
        if not only or office in only:
            with opening() as (context, now):
                yield office, context, now
    if not only or "hostile" in only:
        opened = open_data(folder / "hostile.db", sample_now)
        make_hostile(opened.context)
        yield "hostile", opened.context, NOW
        opened.close(keep_backup=False)


def _write(context: Context, now, out: Path, office: str) -> None:
    for paper in PAPERS:
        channel = context.read(list_channels)[0].id if paper.of == "channel" else None
        ask = Ask(Period.around(now.date(), paper.grain), now, channel_id=channel)
        try:
            document = make_document(context, paper, ask, PaperOptions(unfold_units=paper.id == "weekly"))
        except InputError:  # nothing of its kind there
            continue
        for ending in ("pdf", "xlsx", "hwpx", "html"):
            write_document(document, out / f"{office}-{paper.id}.{ending}", now=NOW)


def _by_checkers(out: Path) -> bool:
    python = os.environ.get("CIVICTRACKER_CHECKERS")
    if not python:
        print("CIVICTRACKER_CHECKERS names no Python: formats not checked")
        return False
    return subprocess.run([python, CHECK, out], check=False).returncode != 0


def _fonts(folder: Path) -> str:
    """The paper's font in place of 맑은 고딕, as an office's computer would have one of its width."""
    path = folder / "fonts.conf"
    path.write_text(FONTS, encoding="utf-8")
    return str(path)


def _by_libreoffice(out: Path, folder: Path) -> bool:
    """Every workbook becomes pages, with each chart on one of them."""
    office, books = shutil.which("soffice"), sorted(out.glob("*.xlsx"))
    if not office:
        print("no LibreOffice here: workbooks not opened")
        return False
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "books", *books]
    subprocess.run(command, check=True, capture_output=True)
    lost = [book.name for book in books if not (folder / "books" / f"{book.stem}.pdf").exists()]
    print(f"LibreOffice opened and printed {len(books) - len(lost)} of {len(books)} workbooks", *lost)
    return bool(lost)


def _by_chromium(out: Path, folder: Path) -> bool:
    """A browser prints each page on as many sheets as the PDF has.

    But for hostile texts, of which paper elides what runs over three lines.
    """
    browser = shutil.which("chromium")
    pages = [each for each in sorted(out.glob("*.html")) if not each.name.startswith("hostile-")]
    if not browser:
        print("no Chromium here: web pages not printed")
        return False
    differing = []
    for page in pages:
        printed = folder / "printed.pdf"
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={printed}", page.resolve().as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        counts = _pages(printed), _pages(page.with_suffix(".pdf"))
        if counts[0] != counts[1]:
            differing.append(f"{page.name} {counts[0]} for {counts[1]}")
    print(
        f"Chromium printed {len(pages)} web pages, {len(differing)} not on as many sheets as the PDF",
        *differing,
    )
    return bool(differing)


def _pages(path: Path) -> int:
    told = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    found = re.search(r"Pages:\s+(\d+)", told)
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    sys.exit(main())
