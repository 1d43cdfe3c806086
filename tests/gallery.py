"""Pictures of everything that a person sees: ``python -m tests.gallery [--out DIR] [--quick]``.

Every room in three themes at 100 % and 150 %, the dialogs, the palette, an import under review, and
every paper (:mod:`tests.gallery_papers`). To be opened and looked at after every change of the
window; nothing is compared by machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from civictracker import paths
from civictracker.app import make_application, render_rooms, settle
from civictracker.documents.papers import paper_named
from civictracker.errors import DataFileDamagedError, LockedError
from civictracker.services.opening import Opened, open_data
from civictracker.services.releases import list_releases
from civictracker.services.sample import sample_now
from civictracker.ui.pages.collect import CollectPage
from civictracker.ui.pages.import_password import PasswordDialog
from civictracker.ui.pages.press import PressPage
from civictracker.ui.pages.report import ReportPage
from civictracker.ui.shell.backup_offer import BackupOffer
from civictracker.ui.shell.rescue import RescueDialog
from civictracker.ui.shell.welcome import WelcomeDialog, make_sample
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName
from tests import gallery_papers, gallery_posts
from tests.forms import fill_all
from tests.gallery_reading import reading

LOCKED = LockedError(
    "‘2026년 11월 3주 읍면동 채널 현황(대외주의).xlsx’은(는) 암호가 걸린 파일입니다.",
    "암호를 알려 주시면 그대로 읽습니다.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/gallery"))
    parser.add_argument("--quick", action="store_true", help="the light theme at 100 %% only")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        made = _all(Path(folder), chosen.out, quick=chosen.quick)
    print(f"{made} pictures in {chosen.out}")


def _all(folder: Path, out: Path, *, quick: bool) -> int:
    make_application()
    sample = make_sample(folder / "sample", "관악구")
    themes = ("light",) if quick else ("light", "dark", "contrast")
    scales = (1.0,) if quick else (1.0, 1.5)
    rooms = render_rooms(sample, sample_now, out, themes=themes, scales=scales)
    theme.apply(ThemeName.LIGHT)
    calendar = gallery_posts.pictures(folder, out, themes=themes, scales=scales)
    count = reading(sample, folder, out, _save, themes=themes, scales=scales)
    count += calendar + len(rooms) + _parts(sample, out) + _empty(folder, out)
    count += _papers_room(sample, out, themes=themes, scales=scales)
    count += sum(_collecting(sample, folder, out, name, scale) for name in themes for scale in scales)
    theme.apply(ThemeName.LIGHT)
    return count + gallery_papers.pictures(folder, out)


def _save(widget: QWidget, target: Path) -> int:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    settle(application, 0.1)  # until everything is laid out
    widget.grab().save(str(target))
    return 1


def _window(opened: Opened) -> MainWindow:
    window = MainWindow()
    window.asks_before_closing = False
    window.attach(State(opened, sample=True))
    window.show()
    QApplication.processEvents()
    return window


def _parts(sample: Path, out: Path) -> int:
    """What stands over the rooms, and a file under review."""
    opened = open_data(sample, sample_now)
    window = _window(opened)
    window.open_palette()
    window.palette_box.edit.setText("ㅋㅋㅇ")
    count = _save(window, out / "palette.png")
    window.palette_box.hide()
    window.open_page("trend")
    chart = window.current_page.chart  # type: ignore[union-attr]
    chart.point(40)
    count += _save(window, out / "trend-crosshair.png")
    sheets = sorted((paths.resources() / "sample").glob("*.xlsx"))
    window.open_page("import", sheets)
    _wait(lambda: window.page("import").plan is not None)  # type: ignore[attr-defined]
    count += _save(window, out / "import-review.png")
    for name, dialog in (
        ("welcome", WelcomeDialog(window, sample.with_name("new.db"), sample_now)),
        (
            "rescue",
            RescueDialog(window, sample, DataFileDamagedError("자료 파일이 손상되었습니다."), sample_now),
        ),
        ("import-password", PasswordDialog(window, LOCKED, lambda _: None, lambda: None)),
        ("backup-offer", BackupOffer(window, sample, is_first=False)),
        ("backup-refused", BackupOffer(window, Path(__file__), is_first=True)),
    ):
        dialog.show()
        count += _save(dialog, out / f"{name}.png")
        dialog.close()
    window.close()
    opened.close(keep_backup=False)
    return count


def _collecting(sample: Path, folder: Path, out: Path, name: str, scale: float) -> int:
    """취합: forms being made, then a folder in which everything is that can come back."""
    theme.apply(ThemeName(name), scale)
    here = folder / f"collect-{name}-{scale}"
    box = here / "받은 파일"
    box.mkdir(parents=True)
    opened = open_data(Path(shutil.copy(sample, here / "data.db")), sample_now)
    window = MainWindow()
    window.asks_before_closing = False
    window.attach(State(opened, sample=True))
    window.resize(round(1280 * scale), round(800 * scale))
    window.show()
    window.open_page("collect")
    page = window.current_page
    assert isinstance(page, CollectPage)
    look = f"{name}-{round(scale * 100)}"
    page.start_making()
    page.maker.grain.chosen.emit("month")
    page.maker.grain.set_value("month")
    page.maker.set_folder(box)
    count = _save(window, out / f"collect-make-{look}.png")
    page.maker.make_now()
    _wait(lambda: page.board is not None and page.board.round.period.code == "2026-11")
    fill_all(box)
    page.scan_folder(box)
    _wait(lambda: page.board is not None and bool(page.board.folder))
    count += _save(window, out / f"collect-board-{look}.png")
    for at in range(page.side.model.rowCount()):
        found = page.side.model.row_at(at)
        if found is not None and len(found.files) > 1:
            page.side.view.selectRow(at)
    count += _save(window, out / f"collect-choice-{look}.png")
    page.side.others.click()
    count += _save(window, out / f"collect-others-{look}.png")
    window.close()
    opened.close(keep_backup=False)
    return count


def _empty(folder: Path, out: Path) -> int:
    """Rooms before anything is in them."""
    opened = open_data(folder / "empty.db", sample_now)
    window = _window(opened)
    count = 0
    for room in ("home", "entry", "trend", "report", "import", "collect", "channels"):
        window.open_page(room)
        count += _save(window, out / f"empty-{room}.png")
    window.close()
    opened.close(keep_backup=False)
    return count


def _papers_room(sample: Path, out: Path, *, themes: tuple[str, ...], scales: tuple[float, ...]) -> int:
    """보고서 with papers that the rooms' pictures do not show, the menu of all, and 보도자료로 만들기."""
    opened = open_data(Path(shutil.copy(sample, sample.with_name("papers.db"))), sample_now)
    gallery_papers.with_campaign_and_release(opened.context)
    count = 0
    for name in themes:
        for scale in scales:
            theme.apply(ThemeName(name), scale)
            look = f"{name}-{round(scale * 100)}"
            window = _window(opened)
            window.resize(round(1280 * scale), round(800 * scale))
            window.open_page("report")
            page = window.current_page
            assert isinstance(page, ReportPage)
            for kind in ("monthly", "channel", "campaign", "press", "handover"):
                page.choose_paper(kind)
                _wait(lambda page=page: page.document is not None)
                count += _save(window, out / f"report-{kind}-{look}.png")
            page.choice.papers.showPopup()
            count += _save(page.choice.papers.view(), out / f"report-menu-{look}.png")
            page.choice.papers.hidePopup()
            batch = page.batch.menu(paper_named("weekly"), page.ask, page.options)
            batch.popup(window.mapToGlobal(window.rect().center()))
            count += _save(batch, out / f"report-batch-{look}.png")
            batch.close()
            count += _release(window, out, look)
            window.close()
    opened.close(keep_backup=False)
    theme.apply(ThemeName.LIGHT)
    return count


def _release(window: MainWindow, out: Path, look: str) -> int:
    window.open_page("press")
    page = window.current_page
    assert isinstance(page, PressPage)
    page.open_release(page.state.context.read(list_releases)[0])
    count = _save(window, out / f"press-release-{look}.png")
    dialog = page.release_dialog()
    dialog.show()
    count += _save(dialog, out / f"press-release-dialog-{look}.png")
    dialog.close()
    return count


def _wait(until: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
