"""From the room to files and printers: save, print, and many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QMenu, QWidget

from civictracker.documents.batch import asks_of_channels, asks_of_year, write_all
from civictracker.documents.model import Document
from civictracker.documents.pages import page_count, paginate
from civictracker.documents.paint import paint_page
from civictracker.documents.papers import Ask, Paper
from civictracker.documents.parts import PaperOptions
from civictracker.documents.writing import KINDS, write_document
from civictracker.domain.file_names import file_name
from civictracker.domain.weeks import Grain
from civictracker.errors import CancelledError, DiskError, UserError
from civictracker.services.jobs import CancelToken
from civictracker.ui.file_dialogs import pick_folder, save_file
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.state import State

T = TypeVar("T")
_SPANS = {Grain.WEEK: "모든 주", Grain.MONTH: "모든 달", Grain.QUARTER: "모든 분기"}
BATCH_KINDS = (".pdf", ".hwpx", ".xlsx", ".html")


def ask_where(parent: QWidget, title: str, ending: str) -> Path | None:
    """The file to write to, with its ending whatever was typed."""
    kinds = f"{KINDS[ending]} (*{ending})"
    path = save_file(parent, "보고서 저장", "report", file_name(title) + ending, kinds)
    return path if path is None or path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def save_document(state: State, document: Document, target: Path) -> None:
    """Write it beside the window (pictures for 한글 take a tenth of a second); it is said when it is done."""
    now = state.context.now

    def work(token: CancelToken) -> list[Path]:
        token.report(f"‘{target.name}’에 저장하고 있습니다 …")
        try:
            return write_document(document, target, now=now)
        except OSError as error:
            raise DiskError(
                f"‘{target.name}’에 저장하지 못했습니다.", "열려 있으면 닫고, 다른 폴더도 골라 보세요."
            ) from error

    def done(made: list[Path]) -> None:
        more = f" 외 {len(made) - 1}개 그림" if len(made) > 1 else ""
        state.say(f"‘{target.name}’{more}에 저장했습니다.")

    run_job(state, "보고서 저장", work, done)


def run_job(state: State, title: str, work: Callable[[CancelToken], T], done: Callable[[T], None]) -> None:
    """``work`` on the worker's thread; what is refused is said as a sentence."""

    def failed(error: BaseException) -> None:
        if isinstance(error, CancelledError):
            state.say("취소했습니다. 만든 것이 없습니다.")
        elif isinstance(error, UserError):
            state.say(error.text)
        else:
            raise error

    runner = state.property("runner")
    assert isinstance(runner, JobRunner)
    runner.start(title, work, done, failed)


def print_document(parent: QWidget, state: State, document: Document) -> None:
    """The system's own dialog; pages, copies and printer are chosen there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(document.title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("인쇄")
    dialog.setMinMax(1, page_count(paginate(document)))
    if dialog.exec():
        print_to(state, document, printer)


def print_to(state: State, document: Document, printer: QPrinter) -> None:
    layout = paginate(document)
    first, last = printer.fromPage() or 1, printer.toPage() or page_count(layout)
    painter = QPainter()
    if not painter.begin(printer):
        state.say("프린터를 쓸 수 없습니다. PDF로 저장해 인쇄해 주세요.")
        return
    size: QSizeF = printer.pageRect(QPrinter.Unit.DevicePixel).size()
    for page in range(first - 1, min(last, page_count(layout))):
        if page > first - 1:
            printer.newPage()
        paint_page(painter, layout, page, scale=size.width() / layout.width)
    painter.end()
    state.say("인쇄를 보냈습니다.")


class Batch:
    """한꺼번에: what can be made at once of the paper in view, and making it."""

    def __init__(self, parent: QWidget, state: State) -> None:
        self._parent, self._state = parent, state

    def choices(self, paper: Paper, ask: Ask) -> list[tuple[str, str, str]]:
        """(words, which, ending) for a menu; none where there is only one of a paper."""
        kinds = [(KINDS[ending], ending) for ending in BATCH_KINDS]
        found = []
        if paper.of == "channel":
            found = [(f"모든 채널을 {kind}로…", "channels", ending) for kind, ending in kinds]
        elif not paper.of and paper.grain in _SPANS:
            what = f"{self._year(ask)}년 {_SPANS[paper.grain]}"
            found = [(f"{what}를 {kind}로…", "year", ending) for kind, ending in kinds]
        return found

    def _year(self, ask: Ask) -> int:
        span = ask.period
        return self._state.week_name(span).year if span.grain is Grain.WEEK else span.start.year

    def asks(self, paper: Paper, ask: Ask, which: str) -> list[Ask]:
        if which == "channels":
            return asks_of_channels(self._state.context, ask)
        return asks_of_year(paper, self._year(ask), ask, self._state.naming)

    def menu(self, paper: Paper, ask: Ask, options: PaperOptions) -> QMenu:
        made = QMenu(self._parent)
        for words, which, ending in self.choices(paper, ask):
            act = made.addAction(words)
            chosen = partial(self.choose, paper, ask, options, which, ending)
            act.triggered.connect(lambda _on=False, choose=chosen: choose())
        if made.isEmpty():
            made.addAction("이 문서는 한 부뿐입니다").setEnabled(False)
        return made

    def choose(self, paper: Paper, ask: Ask, options: PaperOptions, which: str, ending: str) -> None:
        folder = pick_folder(self._parent, "보고서를 둘 폴더", "report")
        if folder is not None:
            self.start(paper, self.asks(paper, ask, which), options, folder, ending)

    def start(
        self, paper: Paper, asks: Sequence[Ask], options: PaperOptions, folder: Path, ending: str
    ) -> None:
        context, state = self._state.context, self._state

        def work(token: CancelToken) -> list[Path]:
            return write_all(context, paper, asks, folder, ending, options=options, report=token.report)

        def done(made: list[Path]) -> None:
            state.say(f"‘{folder.name}’에 {len(made)}개를 만들었습니다.")

        run_job(state, f"{paper.name} 만들기", work, done)
