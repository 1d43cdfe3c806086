"""보고서: the weekly paper beside its choices; print, PDF, Excel, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSizeF, QTimer
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from civictracker.documents.model import Document
from civictracker.documents.pages import page_count, paginate
from civictracker.documents.paint import paint_page, write_png
from civictracker.documents.pdf import write_pdf
from civictracker.documents.weekly import SECTIONS, WeeklyOptions, weekly_document
from civictracker.documents.xlsx import write_xlsx
from civictracker.domain.file_names import file_name
from civictracker.domain.texts import clean_lines
from civictracker.errors import DiskError
from civictracker.services.entry import load_week_note, save_week_note
from civictracker.services.report_values import Source
from civictracker.services.reports import WeeklyFigures, weekly_figures
from civictracker.services.settings import save_settings
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import save_file
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.report_trace import TraceSide
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.approval import ApprovalEditor
from civictracker.ui.widgets.basics import (
    Card,
    Segments,
    button,
    column,
    holder,
    icon_button,
    label,
    line,
    row,
    scrolled,
)
from civictracker.ui.widgets.paper_view import PaperView

_NAMES = {
    "summary": "총괄", "channels": "채널별 현황", "posts": "금주 게시·발송 실적", "plan": "차주 계획",
    "trend": "추이", "notes": "특이사항",
}  # fmt: skip
NOTE_DELAY_MS = 600


NARROW = 1240  # px of the page, at 100 %


class ReportPage(Page):
    id = "report"
    name = "보고서"
    hint = "Ctrl+P 인쇄 · 숫자를 누르면 출처가 나옵니다 · Ctrl+휠 확대"

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.document: Document | None = None
        self.figures: WeeklyFigures | None = None
        self.trace = TraceSide(state)
        self._build_tools()
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(t.S3))
        sides.setContentsMargins(0, 0, 0, 0)
        self._options, self._options_column = self._options_side()
        self._beside = scrolled(self.trace, theme.px(232))
        sides.addWidget(self._options)
        sides.addWidget(self._paper_side(), 1)
        sides.addWidget(self._beside)
        self.outer.addLayout(sides, 1)
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.timeout.connect(self._save_note)
        self._note_week = state.week

    # --- laying out ---------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.tools.addWidget(button("엑셀", lambda: self._save_as("xlsx"), icon="sheet"))
        self.tools.addWidget(button("PDF", lambda: self._save_as("pdf"), icon="pdf", keys="Ctrl+Shift+S"))
        self.tools.addWidget(button("그림", lambda: self._save_as("png"), icon="image"))
        self.tools.addWidget(button("인쇄", self.print_now, kind="primary", icon="print", keys="Ctrl+P"))
        self.shortcut("Ctrl+P", self.print_now)
        self.shortcut("Ctrl+Shift+S", lambda: self._save_as("pdf"))

    def _options_side(self) -> tuple[QScrollArea, QVBoxLayout]:
        box = column(spacing=t.S3)
        parts = Card("넣을 부분")
        self.checks: dict[str, QCheckBox] = {}
        for name in SECTIONS:
            check = QCheckBox(_NAMES[name])
            check.setChecked(True)
            check.toggled.connect(lambda _on: self._redraw())
            self.checks[name] = check
            parts.body.addWidget(check)
        self.unfold = QCheckBox("읍면동을 하나씩 펼치기")
        self.unfold.toggled.connect(lambda _on: self._redraw())
        parts.body.addWidget(line())
        parts.body.addWidget(self.unfold)
        box.addWidget(parts)
        boxes = Card("결재란")
        self.approval = ApprovalEditor()
        self.approval.edited.connect(self._save_approval)
        boxes.body.addWidget(self.approval)
        box.addWidget(boxes)
        notes = Card("특이사항", "줄마다 ※를 붙입니다")
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("특이사항")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(theme.px(90))
        self.note.textChanged.connect(lambda: self._note_timer.start(NOTE_DELAY_MS))
        notes.body.addWidget(self.note, 1)
        box.addWidget(notes, 1)
        return scrolled(holder(box), theme.px(306)), box

    def _paper_side(self) -> QWidget:
        card = Card(padded=False)
        self.paper = PaperView()
        self.paper.figure_picked.connect(self._show_source)
        self.paper.zoomed.connect(self._show_zoom)
        self.pages = label("", "subtle")
        self.zoom = label("", "subtle")
        self.fit = Segments((("page", "쪽 맞춤"), ("width", "너비 맞춤")), "page", "보기")
        self.fit.chosen.connect(self.paper.fit)
        head = row(
            self.pages, None, self.fit, icon_button("minus", "작게", lambda: self.paper.zoom(-1)), self.zoom,
            icon_button("plus", "크게", lambda: self.paper.zoom(1)),
        )  # fmt: skip
        head.setContentsMargins(theme.px(t.S3), theme.px(t.S1), theme.px(t.S3), theme.px(t.S1))
        card.body.setSpacing(0)
        card.body.addLayout(head)
        card.body.addWidget(line())
        card.body.addWidget(self.paper, 1)
        return card

    def fold(self) -> None:
        """On a narrow screen what stands beside the paper goes below the choices, and the paper is wider."""
        is_narrow = self.width() < theme.px(NARROW)
        if is_narrow == self._beside.isHidden():
            return
        self._beside.setHidden(is_narrow)
        if is_narrow:
            self._beside.takeWidget()
            self._options_column.addWidget(self.trace)
        else:
            self._options_column.removeWidget(self.trace)
            self._beside.setWidget(self.trace)
        self.trace.show()
        self.fit.set_value("width" if is_narrow else "page")
        self.paper.fit(self.fit.value)

    def _show_source(self, source: Source | None) -> None:
        self.trace.show_source(source)
        if self._beside.isHidden():
            QTimer.singleShot(0, self, lambda: self._options.ensureWidgetVisible(self.trace.card))

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state = self.state
        is_other = self._note_week != state.week
        if is_other:
            self._save_note()
            self._note_week = state.week
        self.figures = state.context.read(weekly_figures, week=state.week, now=state.context.now)
        if is_other or not self.note.hasFocus():
            self.note.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            self.note.setPlainText(state.context.read(load_week_note, week=state.week))
            self.note.blockSignals(False)  # noqa: FBT003
        self.approval.show_boxes(state.settings.approval, state.settings.delegated)
        self._redraw()
        self.trace.show_source(None)
        self.trace.show_cautions(self.figures.warnings)

    def _redraw(self) -> None:
        if self.figures is None:
            return
        sections = tuple(name for name, check in self.checks.items() if check.isChecked())
        self.document = weekly_document(
            self.figures, WeeklyOptions(sections=sections, unfold_units=self.unfold.isChecked())
        )
        layout = paginate(self.document)
        self.paper.show_paper(layout)
        count = page_count(layout)
        self.pages.setText(f"A4 세로 {count}쪽")
        self.subtitle.setText(f"{self.figures.title} · {self.state.week_name().full} · {count}쪽")

    def _show_zoom(self) -> None:
        self.zoom.setText(f"{self.paper.percent}%")

    # --- writing ------------------------------------------------------------------------------

    def _save_approval(self) -> None:
        names, delegated = self.approval.names, self.approval.delegated
        self.attempt(lambda: self.state.context.write(save_settings, approval=names, delegated=delegated))

    def _save_note(self) -> None:
        self._note_timer.stop()
        week, text = self._note_week, self.note.toPlainText()
        if clean_lines(text) != self.state.context.read(load_week_note, week=week):
            self.attempt(lambda: self.state.context.write(save_week_note, week=week, text=text))

    def take_input(self) -> None:
        self._save_note()

    # --- paper --------------------------------------------------------------------------------

    def _save_as(self, kind: str) -> None:
        filters = {"pdf": "PDF (*.pdf)", "xlsx": "엑셀 (*.xlsx)", "png": "그림 (*.png)"}
        name = file_name(f"{self.state.office} {self.state.week_name().full} 주간보고") + f".{kind}"
        path = save_file(self, "보고서 저장", "report", name, filters[kind])
        if path is not None:
            if path.suffix.lower() != f".{kind}":
                path = path.with_name(f"{path.name}.{kind}")
            self.attempt(lambda: self.save_to(path))

    def save_to(self, target: Path) -> None:
        """Write the paper to ``target`` by its ending. Raises DiskError."""
        self.finish_input()
        document, now = self.document, self.state.context.now
        if document is None:
            return
        writers: dict[str, Callable[[], object]] = {
            ".pdf": lambda: write_pdf(document, target, now=now),
            ".xlsx": lambda: write_xlsx(document, target),
            ".png": lambda: write_png(document, target),
        }
        try:
            writers[target.suffix.lower()]()
        except OSError as error:
            raise DiskError(
                f"‘{target.name}’에 저장하지 못했습니다.", "열려 있으면 닫고, 다른 폴더도 골라 보세요."
            ) from error
        self.state.say(f"‘{target.name}’에 저장했습니다.")

    def print_now(self) -> None:
        """The system's own dialog; pages, copies and printer are chosen there."""
        self.finish_input()
        if self.document is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(self.document.title)
        layout = paginate(self.document)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("인쇄")
        dialog.setMinMax(1, page_count(layout))
        if dialog.exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        assert self.document is not None
        layout = paginate(self.document)
        first, last = printer.fromPage() or 1, printer.toPage() or page_count(layout)
        painter = QPainter()
        if not painter.begin(printer):
            self.state.say("프린터를 쓸 수 없습니다. PDF로 저장해 인쇄해 주세요.")
            return
        size: QSizeF = printer.pageRect(QPrinter.Unit.DevicePixel).size()
        for page in range(first - 1, min(last, page_count(layout))):
            if page > first - 1:
                printer.newPage()
            paint_page(painter, layout, page, scale=size.width() / layout.width)
        painter.end()
        self.state.say("인쇄를 보냈습니다.")
