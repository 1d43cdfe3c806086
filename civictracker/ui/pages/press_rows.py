"""One line of 검산 결과: the verdict, the passage, what it comes to and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from civictracker.services.press import Claim, Verdict
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, column, label, row, set_class, tag

_TAGS = {
    Verdict.WRONG: ("다름", "danger"),
    Verdict.RIGHT: ("맞음", "success"),
    Verdict.OPEN: ("확인 불가", "neutral"),
}
_ORDER = {Verdict.WRONG: 0, Verdict.RIGHT: 1, Verdict.OPEN: 2}


def order(claims: Sequence[Claim]) -> list[Claim]:
    """What is wrong first, then in the order of the text."""
    return sorted(claims, key=lambda each: (_ORDER[each.verdict], each.start))


class ClaimRow(QFrame):
    """Pressing it shows the passage and the figures that it was held against."""

    pressed = Signal(object)  # Claim

    def __init__(self, claim: Claim) -> None:
        super().__init__()
        self.claim = claim
        self.setProperty("class", "claim")
        quote = " ".join(claim.quote.split())
        self.go = button(quote, lambda: self.pressed.emit(claim), kind="text strong")
        self.go.setAccessibleName(f"{_TAGS[claim.verdict][0]}: {quote}. {claim.because}")
        mark = tag(*_TAGS[claim.verdict])
        head = row(self.go, label(claim.kind, "subtle small"), None, spacing=t.S2)
        words = label(claim.because, "subtle small" if claim.verdict is Verdict.OPEN else "small", wrap=True)
        words.setContentsMargins(theme.px(6), 0, 0, 0)
        side = column(mark, None)
        side.setContentsMargins(0, theme.px(t.S2), 0, 0)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(theme.px(t.S3), theme.px(t.S1), theme.px(t.S3), theme.px(t.S2))
        inner.setSpacing(theme.px(t.S2))
        inner.addLayout(side)
        inner.addLayout(column(head, words, spacing=0), 1)
        mark.setFixedWidth(theme.px(62))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_chosen(self, chosen: bool) -> None:  # noqa: FBT001 (a state)
        set_class(self, "claim chosen" if chosen else "claim")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.claim)
        super().mousePressEvent(event)
