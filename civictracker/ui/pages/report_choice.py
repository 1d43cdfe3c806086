"""Beside the paper, above: which paper, of what, and in which of the office's own forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from civictracker.documents.papers import PAPERS, Paper
from civictracker.domain.dates import label as label_of
from civictracker.domain.dates import short
from civictracker.domain.weeks import Grain, Period
from civictracker.services.campaigns import list_campaigns
from civictracker.services.channels import list_channels
from civictracker.services.collect import list_rounds
from civictracker.services.paper_forms import PaperForm
from civictracker.services.releases import list_releases
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    ComboBox,
    ElidedLabel,
    button,
    column,
    holder,
    icon_button,
    label,
    row,
)


def span_in_view(paper: Paper, state: State) -> Period:
    """The span of the paper's grain that the week in view belongs to, by the week's name."""
    if paper.grain is Grain.WEEK:
        return state.week
    if paper.grain is Grain.DAY:
        return Period.day(state.today)
    name = state.week_name()
    return Period.around(Period.month(name.year, name.month).start, paper.grain)


def things_of(paper: Paper, state: State) -> list[tuple[int, str]]:
    """What the paper can be of besides a span: channels; rounds, campaigns and releases, newest first."""
    if paper.of == "channel":
        return [(each.id, each.label) for each in state.context.read(list_channels)]
    if paper.of == "round":
        rounds = state.context.read(list_rounds)
        return [(each.id, f"{label_of(each.period, state.naming)} 취합") for each in rounds]
    if paper.of == "campaign":
        return [(key, f"{name} ({days})") for key, name, days in state.context.read(list_campaigns)]
    if paper.of == "release":
        kept = state.context.read(list_releases)
        return [(each.id, f"{each.release.title} ({short(each.release.day)})") for each in kept]
    return []


class PaperChoice(Card):
    """The choice is told by signals; the page answers by showing what stands now."""

    paper_chosen = Signal(str)
    stepped = Signal(int)
    thing_chosen = Signal()
    form_chosen = Signal(str)
    form_saved = Signal(str)
    form_deleted = Signal(str)
    title_edited = Signal()

    def __init__(self) -> None:
        super().__init__("문서")
        self._of = ""
        self._last: dict[str, int | None] = {}  # the channel and the round that were chosen last
        self.papers = self._combo("문서")
        for paper in PAPERS:
            self.papers.addItem(paper.name, paper.id)
        self.papers.activated.connect(lambda _at: self.paper_chosen.emit(self.papers.currentData()))
        self.period = ElidedLabel("")
        self.period.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._back = icon_button("chevron-left", "앞 기간", lambda: self.stepped.emit(-1))
        self._on = icon_button("chevron-right", "다음 기간", lambda: self.stepped.emit(1))
        steps = row(self._back, self.period, self._on, spacing=t.S1)
        steps.setStretch(1, 1)
        self._steps = holder(steps)
        self.things = self._combo("대상")
        self.things.activated.connect(self._on_thing_activated)
        self.title = QLineEdit()
        self.title.setAccessibleName("제목")
        self.title.setMaxLength(120)
        self.title.setPlaceholderText("제목 (비우면 늘 쓰는 제목)")
        self.title.textEdited.connect(lambda _text: self.title_edited.emit())
        self.body.addLayout(
            column(self.papers, self._steps, self.things, self.title, self._form_box(), spacing=t.S2)
        )

    def _form_box(self) -> QWidget:
        self.forms = self._combo("서식")
        self.forms.activated.connect(self._on_forms_activated)
        self._delete = icon_button("trash", "고른 서식 지우기", self._on_delete)
        self.name = QLineEdit()
        self.name.setAccessibleName("서식 이름")
        self.name.setPlaceholderText("지금 모습을 서식으로")
        self.name.setMaxLength(60)
        self.name.returnPressed.connect(self._on_save)
        self._save = button("저장", self._on_save, tip="넣을 부분과 순서, 결재란, 제목을 이 이름으로")
        choose = row(label("서식", "subtle"), self.forms, self._delete, spacing=t.S2)
        choose.setStretch(1, 1)
        keep = row(self.name, self._save, spacing=t.S2)
        keep.setStretch(0, 1)
        return holder(column(choose, keep, spacing=t.S2))

    @staticmethod
    def _combo(name: str) -> ComboBox:
        made = ComboBox()
        made.setAccessibleName(name)
        made.setMinimumWidth(theme.px(60))
        made.setMinimumContentsLength(8)
        made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return made

    # --- showing ------------------------------------------------------------------------------

    def show_paper(self, paper: Paper, period: str) -> None:
        self.papers.setCurrentIndex(self.papers.findData(paper.id))
        self.period.setText(period)
        self._steps.setVisible(not paper.has_own_period)
        self.things.setVisible(bool(paper.of))

    def show_things(self, of: str, things: Sequence[tuple[int, str]]) -> None:
        """The one that was chosen last, or the first where that is gone."""
        self._of = of
        keys = [key for key, _ in things]
        shown = self._last.get(of) if self._last.get(of) in keys else next(iter(keys), None)
        self.things.clear()
        for key, name in things:
            self.things.addItem(name, key)
        self.things.setCurrentIndex(self.things.findData(shown))
        self._last[of] = shown

    def prefer(self, of: str, thing: int) -> None:
        """Show this one when the paper is next of such a thing."""
        self._last[of] = thing

    @property
    def thing(self) -> int | None:
        """The channel or round in view."""
        key = self.things.currentData()
        return key if isinstance(key, int) else None

    def _on_thing_activated(self, _at: int) -> None:
        self._last[self._of] = self.thing
        self.thing_chosen.emit()

    def show_forms(self, forms: Sequence[PaperForm], chosen: str) -> None:
        self.forms.clear()
        self.forms.addItem("기본", "")
        for form in forms:
            self.forms.addItem(form.name, form.name)
        self.forms.setCurrentIndex(max(0, self.forms.findData(chosen)))
        self._delete.setEnabled(bool(chosen))
        if not self.name.hasFocus():
            self.name.setText(chosen)

    # --- what is pressed ----------------------------------------------------------------------

    def _on_forms_activated(self, _at: int) -> None:
        self.form_chosen.emit(str(self.forms.currentData() or ""))

    def _on_save(self) -> None:
        self.form_saved.emit(self.name.text().strip())

    def _on_delete(self) -> None:
        if name := str(self.forms.currentData() or ""):
            self.form_deleted.emit(name)
