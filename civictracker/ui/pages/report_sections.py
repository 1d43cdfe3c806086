"""넣을 부분: which sections stand on the paper, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from civictracker.ui import tokens as t
from civictracker.ui.widgets.basics import Card, column, holder, icon_button, line, refill, row


class SectionCard(Card):
    """Check boxes in the paper's order, each with a way up and down."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("넣을 부분")
        self.checks: dict[str, QCheckBox] = {}
        self._order: list[str] = []
        self._rows: dict[str, QWidget] = {}
        self._moves: dict[str, tuple[QPushButton, QPushButton]] = {}
        self._place, self._list = column(), column(spacing=0)
        self.body.addLayout(self._place)
        self._line = line()
        self.body.addWidget(self._line)
        self.unfold = QCheckBox("읍면동을 하나씩 펼치기")
        self.unfold.toggled.connect(lambda _on: self.changed.emit())
        self.boxed = QCheckBox("결재란 넣기")
        self.boxed.toggled.connect(lambda _on: self.changed.emit())
        self.body.addWidget(self.unfold)
        self.body.addWidget(self.boxed)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(name for name in self._order if self.checks[name].isChecked())

    def show_sections(self, names: Mapping[str, str], chosen: Sequence[str] | None, *, unfolds: bool) -> None:
        """``names`` in their usual order; ``chosen`` ones come first, in theirs. None chooses all."""
        self._list = column(spacing=0)
        shown = tuple(names) if chosen is None else tuple(name for name in chosen if name in names)
        self._order = [*shown, *(name for name in names if name not in shown)]
        self.checks, self._rows, self._moves = {}, {}, {}
        for name in self._order:
            self._add(name, names[name], on=name in shown)
        refill(self._place, self._list)
        self.unfold.setVisible(unfolds)
        self._able()

    def follow(self, names: Mapping[str, str], *, unfolds: bool) -> bool:
        """Whether another set is offered (종합 지수 was weighed meanwhile).

        Ticks and order stay then, and what is new stands ticked before 특이사항.
        """
        if set(names) == set(self.checks):
            return False
        new = [name for name in names if name not in self.checks]
        kept = [name for name in self.chosen if name in names]
        at = kept.index("notes") if "notes" in kept else len(kept)
        self.show_sections(names, [*kept[:at], *new, *kept[at:]], unfolds=unfolds)
        return True

    def _add(self, name: str, text: str, *, on: bool) -> None:
        check = QCheckBox(text)
        check.setChecked(on)
        check.toggled.connect(lambda _on: self.changed.emit())
        up = icon_button("chevron-up", f"{text} 위로", partial(self.move_section, name, -1), kind="icon text")
        down = icon_button(
            "chevron-down", f"{text} 아래로", partial(self.move_section, name, 1), kind="icon text"
        )
        self.checks[name], self._moves[name] = check, (up, down)
        self._rows[name] = holder(row(check, None, up, down, spacing=t.S1))
        self._list.addWidget(self._rows[name])

    def move_section(self, name: str, by: int) -> None:
        at = self._order.index(name)
        to = max(0, min(len(self._order) - 1, at + by))
        if to == at:
            return
        self._order.insert(to, self._order.pop(at))
        widget = self._rows[name]
        self._list.removeWidget(widget)
        self._list.insertWidget(to, widget)
        self._able()
        self.changed.emit()

    def _able(self) -> None:
        for at, name in enumerate(self._order):
            up, down = self._moves[name]
            up.setEnabled(at > 0)
            down.setEnabled(at < len(self._order) - 1)
