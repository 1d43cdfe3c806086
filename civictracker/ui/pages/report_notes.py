"""덧붙일 말: what a person adds below a section of a paper, kept for what the paper is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from civictracker.domain.texts import clean_lines
from civictracker.domain.weeks import Period
from civictracker.services.changes import Changes
from civictracker.services.entry import load_week_note, save_week_note
from civictracker.services.paper_forms import load_notes, save_note
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, ComboBox

NOTE_DELAY_MS = 600


class Place(NamedTuple):
    """Where a remark belongs: a paper, what it is of, and one of its sections."""

    paper: str
    key: str
    section: str

    @property
    def is_of_week(self) -> bool:
        """특이사항 of a week has a place of its own, which 주간 입력 knows, too."""
        return (self.paper, self.section) == ("weekly", "notes")


class NoteCard(Card):
    """Saves by itself: a moment after the last key, and before anything else is shown."""

    def __init__(self, state: State, attempt: Callable[[Callable[[], object]], bool]) -> None:
        super().__init__("덧붙일 말", "줄마다 ※를 붙입니다")
        self._state, self._attempt = state, attempt
        self._place = Place("", "", "notes")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)
        self.sections = ComboBox()
        self.sections.setAccessibleName("덧붙일 곳")
        self.sections.activated.connect(lambda _at: self.turn(self._place.paper, self._place.key))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("덧붙일 말")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(96))
        self.text.textChanged.connect(lambda: self._timer.start(NOTE_DELAY_MS))
        self.body.setSpacing(theme.px(t.S2))
        self.body.addWidget(self.sections)
        self.body.addWidget(self.text, 1)

    def show_sections(self, names: Mapping[str, str]) -> None:
        self.sections.clear()
        for name in sorted(names, key=lambda name: name != "notes"):  # 특이사항 first
            self.sections.addItem(names[name] if name == "notes" else f"{names[name]} 아래", name)

    def turn(self, paper: str, key: str) -> None:
        """Show the remark of another place, or this one's anew unless a person is at it."""
        place = Place(paper, key, str(self.sections.currentData() or "notes"))
        if place != self._place:
            self.save()
            self._place = place
        elif self.text.hasFocus():
            return
        self.text.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.text.setPlainText(self._read(place))
        self.text.blockSignals(False)  # noqa: FBT003

    def save(self) -> None:
        self._timer.stop()
        place, text = self._place, self.text.toPlainText()
        if place.paper and clean_lines(text) != self._read(place):
            self._attempt(lambda: self._write(place, text))

    def _read(self, place: Place) -> str:
        read = self._state.context.read
        if place.is_of_week:
            return read(load_week_note, week=Period.parse(place.key))
        return "\n".join(read(load_notes, paper=place.paper, key=place.key).get(place.section, ()))

    def _write(self, place: Place, text: str) -> Changes:
        write = self._state.context.write
        if place.is_of_week:
            return write(save_week_note, week=Period.parse(place.key), text=text)
        return write(save_note, paper=place.paper, key=place.key, section=place.section, text=text)
