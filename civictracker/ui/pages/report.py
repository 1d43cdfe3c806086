"""보고서: a paper beside its choices; print, PDF, Excel, and where each figure comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout

from civictracker.documents.model import Document
from civictracker.documents.pages import paginate
from civictracker.documents.papers import PAPERS, Ask, Paper, paper_named, with_notes
from civictracker.documents.parts import PaperOptions
from civictracker.domain.dates import label as period_label
from civictracker.domain.weeks import Grain
from civictracker.services.paper_forms import PaperForm, list_forms
from civictracker.services.report_values import Source
from civictracker.services.settings import save_settings
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.report_choice import PaperChoice, span_in_view, things_of
from civictracker.ui.pages.report_files import Batch, ask_where, print_document, print_to, save_document
from civictracker.ui.pages.report_forms import drop_form, form_named, keep_form
from civictracker.ui.pages.report_notes import NoteCard
from civictracker.ui.pages.report_out import WayOut
from civictracker.ui.pages.report_paper import PaperCard
from civictracker.ui.pages.report_reader import Reader
from civictracker.ui.pages.report_sections import SectionCard
from civictracker.ui.pages.report_trace import TraceSide
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.approval import ApprovalEditor
from civictracker.ui.widgets.basics import Card, button, column, holder, scrolled

NARROW = 1240  # px of the page, at 100 %


class ReportPage(Page):
    id = "report"
    name = "보고서"
    hint = "Ctrl+P 인쇄 · 숫자를 누르면 출처가 나옵니다 · Ctrl+휠 확대"

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.paper_kind: Paper = PAPERS[0]
        self.document: Document | None = None
        self.figures: Any = None
        self.form: PaperForm | None = None
        self._period = state.week
        self._week = state.week
        self.trace = TraceSide(state)
        self.batch = Batch(self, state)
        self.reader = Reader(state)
        self.reader.arrived.connect(self._on_read)
        self.reader.refused.connect(self._on_refused)
        self._asked = 0
        self._draw_timer = QTimer(self, singleShot=True)
        self._draw_timer.timeout.connect(self._draw_new)
        self._build_tools()
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(t.S3))
        sides.setContentsMargins(0, 0, 0, 0)
        self._options, self._options_column = self._options_side()
        self._beside = scrolled(self.trace, theme.px(232))
        sides.addWidget(self._options)
        self.card = PaperCard()
        self.paper = self.card.view
        self.paper.figure_picked.connect(self._show_source)
        sides.addWidget(self.card, 1)
        sides.addWidget(self._beside)
        self.outer.addLayout(sides, 1)
        self._show_kind()

    # --- laying out ---------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.more = button("한꺼번에", self._offer_batch, icon="folder", tip="여러 보고서를 한 번에 만들기")
        self.tools.addWidget(self.more)
        self.out = WayOut(self, self._save_as, lambda: self.document, self.state.say)
        for each in self.out.buttons:
            self.tools.addWidget(each)
        self.tools.addWidget(button("인쇄", self.print_now, kind="primary", icon="print", keys="Ctrl+P"))
        self.shortcut("Ctrl+P", self.print_now)
        self.shortcut("Ctrl+Shift+S", lambda: self._save_as(".pdf"))

    def _options_side(self) -> tuple[QScrollArea, QVBoxLayout]:
        self.choice, self.sections = PaperChoice(), SectionCard()
        self.notes = NoteCard(self.state, self.attempt)
        self.note = self.notes.text
        self.choice.paper_chosen.connect(self.choose_paper)
        self.choice.stepped.connect(self._step)
        self.choice.thing_chosen.connect(self.reload)
        self.choice.title_edited.connect(self._redraw)
        self.choice.form_chosen.connect(self.choose_form)
        self.choice.form_saved.connect(self.save_form)
        self.choice.form_deleted.connect(self._delete_form)
        self.sections.changed.connect(self._redraw)
        boxes = Card("결재란")
        self.approval = ApprovalEditor()
        self.approval.edited.connect(self._save_approval)
        boxes.body.addWidget(self.approval)
        box = column(self.choice, self.notes, self.sections, boxes, None, spacing=t.S3)
        return scrolled(holder(box), theme.px(306)), box

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
        self.card.refit("width" if is_narrow else "page")

    def _show_source(self, source: Source | None) -> None:
        self.trace.show_source(source)
        if self._beside.isHidden():
            QTimer.singleShot(0, self, lambda: self._options.ensureWidgetVisible(self.trace.card))

    # --- which paper --------------------------------------------------------------------------

    @property
    def checks(self) -> dict[str, QCheckBox]:
        return self.sections.checks

    @property
    def ask(self) -> Ask:
        """What the paper in view is of."""
        ask = Ask(self._period, self.state.context.now)
        return ask.about(self.paper_kind, self.choice.thing)

    def choose_paper(self, name: str) -> None:
        self.notes.save()
        self.paper_kind, self.form = paper_named(name), None
        self.figures = self.document = None
        self._period = span_in_view(self.paper_kind, self.state)
        self.choice.title.clear()
        self._show_kind()
        self.reload()

    def _step(self, by: int) -> None:
        if self.paper_kind.grain is Grain.WEEK:
            self.state.step(by)
            return
        self.notes.save()
        self._period = self._period.shift(by)
        self.reload()

    def _show_kind(self) -> None:
        """The paper's sections as its form has them, or as usual."""
        paper, form = self.paper_kind, self.form
        offered = paper.offered(self.state.settings)
        with QSignalBlocker(self.sections):
            self.sections.show_sections(offered, form.sections if form else None, unfolds=paper.unfolds)
            self.sections.unfold.setChecked(form is not None and form.unfold)
            self.sections.boxed.setChecked(form.approval != () if form else paper.signed)
        self.notes.show_sections(offered)
        self.choice.title.setText(form.title if form else "")

    def show_detail(self, detail: object) -> None:
        """A paper by id, and what it is of: ``("campaign", 3)``."""
        if isinstance(detail, tuple) and len(detail) == 2:
            name, thing = detail
            self.choice.prefer(paper_named(name).of, thing)
            self.choose_paper(name)

    # --- forms --------------------------------------------------------------------------------

    def choose_form(self, name: str) -> None:
        self.form = form_named(self.state, self.paper_kind, name)
        self._show_kind()
        self.reload()

    def save_form(self, name: str) -> None:
        """Keep the paper as it stands under ``name``."""
        if self.attempt(lambda: keep_form(self.state, self.paper_kind, name, self.options)):
            self.choose_form(name)

    def _delete_form(self, name: str) -> None:
        drop_form(self.state, self.paper_kind, name)
        self.choose_form("")

    @property
    def options(self) -> PaperOptions:
        """The paper as the choices have it, but for the remarks."""
        sections = self.sections
        return PaperOptions(
            sections=sections.chosen,
            approval=self.approval.names if sections.boxed.isChecked() else (),
            delegated=self.approval.delegated,
            unfold_units=sections.unfold.isChecked(),
            title=self.choice.title.text().strip(),
        )

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state, paper = self.state, self.paper_kind
        if self._week != state.week:
            self.notes.save()
            self._week, self._period = state.week, span_in_view(self.paper_kind, self.state)
        if self.sections.follow(offered := paper.offered(state.settings), unfolds=paper.unfolds):
            self.notes.show_sections(offered)
        self.choice.show_things(paper.of, things_of(paper, state))
        self.choice.show_paper(paper, period_label(self._period, state.naming))
        forms = state.context.read(list_forms, paper=paper.id)
        self.choice.show_forms(forms, self.form.name if self.form else "")
        self.notes.turn(paper.id, self.ask.key)
        boxes = self.form if self.form and self.form.approval else state.settings
        self.approval.show_boxes(boxes.approval or (), boxes.delegated)
        self._asked += 1
        self.reader.read(paper, self.ask, self._asked)

    def _on_read(self, asked: int, figures: Any) -> None:
        """Draw what was read, in a turn of its own; what nobody waits for any more is dropped."""
        if asked == self._asked:
            self.figures = figures
            self._draw_timer.start()

    def _on_refused(self, asked: int, why: str) -> None:
        if asked == self._asked:
            self.figures = self.document = None
            self.card.show_nothing(why)
            self.subtitle.setText(self.paper_kind.name)

    def _draw_new(self) -> None:
        self._redraw()
        self.trace.show_source(None)
        self.trace.show_cautions(getattr(self.figures, "warnings", ()))

    def _redraw(self) -> None:
        if self.figures is None:
            return
        options = with_notes(self.state.context, self.paper_kind, self.ask, self.options)
        self.document = self.paper_kind.build(self.figures, options)
        count = self.card.show_layout(paginate(self.document))
        self.subtitle.setText(f"{self.document.title} · {count}쪽")

    # --- writing ------------------------------------------------------------------------------

    def _save_approval(self) -> None:
        names, delegated = self.approval.names, self.approval.delegated
        if self.form is not None and self.form.approval:
            self._redraw()  # kept with the form, when it is saved
            return
        self.attempt(lambda: self.state.context.write(save_settings, approval=names, delegated=delegated))

    def take_input(self) -> None:
        """Save the remark, and draw what is still to be drawn: it may be about to be printed."""
        self.notes.save()
        if self._draw_timer.isActive():
            self._draw_timer.stop()
            self._draw_new()

    # --- paper --------------------------------------------------------------------------------

    def _save_as(self, ending: str) -> None:
        if self.document is None:
            return
        path = ask_where(self, f"{self.state.office} {self.document.title}", ending)
        if path is not None:
            self.save_to(path)

    def save_to(self, target: Path) -> None:
        """Write the paper to ``target`` by its ending, beside the window."""
        self.finish_input()
        if self.document is not None:
            save_document(self.state, self.document, target)

    def print_now(self) -> None:
        self.finish_input()
        if self.document is not None:
            print_document(self, self.state, self.document)

    def print_to(self, printer: QPrinter) -> None:
        assert self.document is not None
        print_to(self.state, self.document, printer)

    def _offer_batch(self) -> None:
        self.finish_input()
        menu = self.batch.menu(self.paper_kind, self.ask, self.options)
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
