"""Pictures of 가져오기: given files under review, and a wrong heading corrected by clicking, frame by frame.

``python -m tests.gallery_imports [--out DIR] [--theme dark] [--scale 1.5] FILE…``; without files, those of ``tests/data``.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from civictracker.app import make_application
from civictracker.services.opening import open_data
from civictracker.services.sample import sample_now
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.shell.welcome import make_sample
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName

DATA = Path(__file__).parent / "data"
WRONG = """관악구 온라인 소통채널 현황,,,
담당,홍보과,문의,02-879
순번,매체,관심 고객,글
1,카카오톡 채널,"47,823",3
2,공식 블로그,"1,234",5
3,유튜브,900,2
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/imports"))
    parser.add_argument("--theme", type=ThemeName, default=ThemeName.LIGHT)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    make_application()
    theme.apply(chosen.theme, chosen.scale)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        sample = make_sample(Path(folder) / "sample.db", "관악구")
        opened = open_data(sample, sample_now)
        window = MainWindow()
        window.asks_before_closing = False
        window.attach(State(opened, sample=True))
        window.resize(round(1440 * chosen.scale), round(900 * chosen.scale))
        window.show()
        for number, path in enumerate(chosen.files or sorted(DATA.glob("*.xlsx")), 1):
            _review(window, path)
            _shoot(window, chosen.out / f"{number}-{path.stem[:30]}.png")
        _correct(window, Path(folder) / "머리글이 아래에 있는 표 2026. 11. 20..csv", chosen.out)
        window.close()
        opened.close(keep_backup=False)


def _review(window: MainWindow, path: Path) -> ImportPage:
    page = window.page("import")
    assert isinstance(page, ImportPage)
    page.cancel()
    window.open_page("import", [path])
    _until(lambda: page.plan is not None or page.banner.isVisible())
    return page


def _correct(window: MainWindow, path: Path, out: Path) -> None:
    """The heading is told by clicking on it, then what a column is."""
    path.write_text(WRONG, encoding="utf-8")
    page = _review(window, path)
    _shoot(window, out / "frame-1-as-understood.png")
    page.picture.view.setCurrentIndex(page.picture.model.index(2, 1))
    _shoot(window, out / "frame-2-row-clicked.png")
    _corrected(page, page.picture.fix.fix_header)
    _shoot(window, out / "frame-3-heading-told.png")
    page.picture.view.setCurrentIndex(page.picture.model.index(2, 3))
    _corrected(page, lambda: page.picture.fix.fix_column("skip"))
    _shoot(window, out / "frame-4-column-left-out.png")
    _corrected(page, page.picture.fix.undo)
    _shoot(window, out / "frame-5-taken-back.png")


def _corrected(page: ImportPage, act: object) -> None:
    before = page.plan
    assert callable(act)
    act()
    _until(lambda: page.plan is not before)


def _shoot(window: MainWindow, target: Path) -> None:
    for _ in range(20):
        QApplication.processEvents()
        time.sleep(0.01)
    window.grab().save(str(target))
    print(target)


def _until(done: object, seconds: float = 60) -> None:
    assert callable(done)
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main()
