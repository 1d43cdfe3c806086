"""What goes wrong at the window: told where it can be mended, once, and never by a silent end."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civictracker import app, log, paths
from civictracker.errors import DataFileMissingError
from civictracker.services.opening import open_data
from civictracker.store import backup
from civictracker.store.ownership import Ownership
from civictracker.ui import file_dialogs
from civictracker.ui.models.entry_cells import Col
from civictracker.ui.pages.entry import EntryPage
from civictracker.ui.pages.imports import ImportPage
from civictracker.ui.shell import second_start
from civictracker.ui.shell.closing import RefusedDialog
from civictracker.ui.shell.rescue import RescueDialog
from civictracker.ui.shell.second_start import BusyDialog, RaiseListener, ask_to_raise
from civictracker.ui.shell.trouble import TroubleTeller
from civictracker.ui.shell.window import MainWindow

Clock = Callable[[], datetime]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when a dialog is shown


def press(widget: QWidget, text: str) -> None:
    next(each for each in widget.findChildren(QPushButton) if each.text() == text).click()


def answer(kind: type[QDialog], text: str) -> list[QDialog]:
    """Press ``text`` in the next dialog of ``kind``; the list fills when it was shown."""
    met: list[QDialog] = []

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, kind):
            met.append(shown)
            press(shown, text)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    return met


# --- a file that is refused -------------------------------------------------------------------


def test_a_refused_file_stays_told_until_it_is_closed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bad, good = tmp_path / "빈 파일.xlsx", tmp_path / "주간.csv"
    bad.write_bytes(b"")
    good.write_text("날짜,채널,친구 수\n2026-11-20,페이스북,9900\n", encoding="utf-8")
    window.open_page("import", [bad, good])
    page = window.current_page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.plan is not None, timeout=20_000)
    assert page.banner.isVisible()
    assert "빈 파일.xlsx" in page.banner.accessibleName()
    page.cancel()
    assert page.banner.isVisible()
    press(page.banner, "닫기")
    assert not page.banner.isVisible()
    assert page.banner.refusals == []


# --- what nobody expected ---------------------------------------------------------------------


@pytest.fixture
def hooked(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """The program's own hooks; what the window says."""
    log.start(tmp_path / "log")
    monkeypatch.setattr(sys, "excepthook", log._unexpected)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_error: None)
    monkeypatch.setattr(log, "_told", set())
    teller = TroubleTeller(lambda: window)
    said: list[str] = []
    say = window.toast.say
    monkeypatch.setattr(
        window.toast, "say", lambda text, *rest: (said.append((text, *rest[1:])), say(text, *rest))
    )
    yield said
    log.unhear(teller._happened.emit)
    log._listeners.clear()


def test_an_error_in_a_slot_is_told_once_with_the_way_to_its_record(
    window: MainWindow, qtbot: QtBot, hooked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    made = QPushButton(window)
    made.clicked.connect(broken)
    for _ in range(3):
        made.click()
    qtbot.waitUntil(lambda: bool(hooked))
    qtbot.wait(50)
    assert len(hooked) == 1
    assert "예상하지 못한 오류" in hooked[0][0]
    assert hooked[0][1] == "기록 보기"
    opened: list[str] = []
    monkeypatch.setattr(
        "civictracker.ui.shell.trouble.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    press(window.toast, "기록 보기")
    assert [Path(each) for each in opened] == [tmp_path / "log"]
    assert "ZeroDivisionError" in (tmp_path / "log" / "civictracker.log").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_in_a_thread_is_told_too(
    qtbot: QtBot, hooked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", log._unexpected_in_thread)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(hooked) == 1)


# --- closing ----------------------------------------------------------------------------------


def half_typed(window: MainWindow, qtbot: QtBot, text: str) -> EntryPage:
    window.open_page("entry")
    page = window.current_page
    assert isinstance(page, EntryPage)
    qtbot.waitUntil(page.view.hasFocus)
    line = next(at for at in range(page.model.rowCount()) if page.model.entry_row(at) is not None)
    index = page.model.index(line, Col.LEVEL)
    page.view.setCurrentIndex(index)
    page.view.edit(index)
    assert page.view.open_editor is not None
    page.view.open_editor.setText(text)
    return page


def test_closing_on_a_refused_value_asks_and_goes_back_to_it(window: MainWindow, qtbot: QtBot) -> None:
    page = half_typed(window, qtbot, "열두 명쯤?")
    met = answer(RefusedDialog, "고치기")
    assert not window.close()
    assert len(met) == 1
    assert window.isVisible()
    assert "열두 명쯤" in met[0].words.text()
    assert page.view.open_editor is not None
    assert page.view.open_editor.text() == "열두 명쯤?"
    page.view.open_editor.setText("12,345")
    assert window.close()
    assert page.model.index(page.view.currentIndex().row(), Col.LEVEL).data() == "12,345"


def test_closing_may_throw_the_refused_value_away(window: MainWindow, qtbot: QtBot) -> None:
    half_typed(window, qtbot, "열두 명쯤?")
    met = answer(RefusedDialog, "버리고 닫기")
    assert window.close()
    assert len(met) == 1


def test_closing_with_nothing_refused_asks_nothing(window: MainWindow, qtbot: QtBot) -> None:
    half_typed(window, qtbot, "12,345")
    assert window.close()


# --- who has the data -------------------------------------------------------------------------


def test_a_window_answers_a_second_start(qtbot: QtBot, data: Path) -> None:
    listener = RaiseListener(data)
    heard: list[bool] = []
    asking = threading.Thread(target=lambda: heard.append(ask_to_raise(data, 5)))
    with qtbot.waitSignal(listener.asked, timeout=5_000):
        asking.start()
    asking.join()
    assert heard == [True]
    assert ask_to_raise(data.with_name("nobody.db"), 0.05) is False


def test_a_second_start_waits_for_a_command_and_says_so(
    qtbot: QtBot, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_start, "AGAIN_MS", 30)
    command = Ownership(data)
    command.take()
    assert app.is_open_elsewhere(data)
    assert not ask_to_raise(data, 0.05)
    QTimer.singleShot(150, command.release)
    assert app.wait_until_free(data)
    assert "다른 채널일지 작업이 자료 파일을 쓰고 있습니다." in capsys.readouterr().err


def test_one_need_not_wait(qtbot: QtBot, data: Path) -> None:
    command = Ownership(data)
    command.take()
    met = answer(BusyDialog, "그만두기")
    assert not app.wait_until_free(data)
    assert met
    command.release()


# --- a data file that is gone -----------------------------------------------------------------


@pytest.fixture
def lost(office_data: Path, clock: Clock) -> Path:
    """The place of a data file of which only backups are left."""
    backup.make(office_data, "timer", clock())
    office_data.unlink()
    return office_data


def test_a_lost_file_is_not_made_anew_without_asking(lost: Path, clock: Clock) -> None:
    with pytest.raises(DataFileMissingError, match="없습니다"):
        open_data(lost, clock, fresh=False)
    assert not lost.exists()


@pytest.fixture
def rescue(qtbot: QtBot, lost: Path, clock: Clock) -> Iterator[RescueDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RescueDialog(parent, lost, DataFileMissingError("자료 파일이 없습니다."), clock)
    yield dialog
    dialog.close()  # the parent lives as long as this


def test_a_lost_file_is_brought_back(rescue: RescueDialog, lost: Path, clock: Clock) -> None:
    press(rescue, "고른 백업으로 되살리기")
    assert (rescue.result(), rescue.wants_new) == (1, False)
    opened = open_data(lost, clock, fresh=False)
    opened.close(keep_backup=False)


def test_or_one_begins_anew(rescue: RescueDialog, lost: Path) -> None:
    press(rescue, "새로 시작")
    assert (rescue.result(), rescue.wants_new) == (1, True)
    assert backup.listed(lost)


# --- from the sample to one's own -------------------------------------------------------------


def test_the_sample_leads_to_ones_own_data(
    qtbot: QtBot, sample_data: Path, clock: Clock, office_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = paths.data_home() / "own.db"
    own.parent.mkdir(parents=True)
    shutil.copyfile(office_template, own)
    monkeypatch.setenv("CIVICTRACKER_DATA", str(own))
    monkeypatch.setattr(app, "calm_collector", lambda: None)
    window = MainWindow()
    session = app._Session(window, sample_data, clock, sample=True)
    window.show()
    session.open()
    assert window.sample_bar.isVisible()
    press(window.sample_bar, "내 사무실로 시작")
    qtbot.waitUntil(lambda: session.window is not window and session.opened is not None)
    assert session.path == own
    assert not session.window.sample_bar.isVisible()
    assert session.window.windowTitle().startswith("관악구")
    session.window.close()
    session.close()


# --- file dialogs -----------------------------------------------------------------------------


def test_file_dialogs_start_in_documents_then_where_the_last_one_was(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    chosen = tmp_path / "공문" / "보고.pdf"
    chosen.parent.mkdir()

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        started.append(start)
        return str(chosen), ""

    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(file_dialogs.QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "문서"))
    for _ in range(2):
        assert file_dialogs.save_file(QWidget(), "저장", "report", "새.pdf", "PDF (*.pdf)") == chosen
    assert started == [str(tmp_path / "문서" / "새.pdf"), str(chosen.parent / "새.pdf")]
    assert file_dialogs.folder_for("import") == tmp_path / "문서"  # each purpose has its own
    (tmp_path / "공문").rename(tmp_path / "옮김")
    assert file_dialogs.folder_for("report") == tmp_path / "문서"
