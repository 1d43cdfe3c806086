"""보도자료: a pasted text with every figure checked, and sentences made from the data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from civictracker.errors import InputError
from civictracker.services import press
from civictracker.services.changes import Topic
from civictracker.services.press import Claim, Verdict
from civictracker.services.releases import Kept, list_releases
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import open_file
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.press_lines import PressLinesDialog
from civictracker.ui.pages.press_release import KeptButton, ReleaseDialog, text_of
from civictracker.ui.pages.press_rows import ClaimRow, order
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, Segments, button, column, holder, label, refill, scrolled
from civictracker.ui.widgets.marked_text import Mark, MarkedText

DELAY_MS = 400
LARGEST = 200_000  # characters: far more than any press text
KINDS = {Verdict.WRONG: "danger", Verdict.RIGHT: "success", Verdict.OPEN: "neutral"}
_FILTERS = (
    ("all", "모두"),
    (Verdict.WRONG.name, "다름"),
    (Verdict.RIGHT.name, "맞음"),
    (Verdict.OPEN.name, "확인 불가"),
)
_INVITATION = (
    "보도자료나 기사 글을 여기에 붙여 넣으세요.\n\n"
    "수와 주장(증가율, 배, 일째, 돌파, 순위, 합계, 요일)을 찾아 글의 다른 수와 이 자료로 다시 계산합니다.\n"
    "글은 ‘보도자료로 만들기’를 누르기 전에는 저장하지 않고, 어디에도 보내지 않습니다."
)


class PressPage(Page):
    id = "press"
    name = "보도자료"
    hint = "글을 붙여 넣으면 수를 다시 계산합니다 · 줄을 누르면 글의 자리로"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS, Topic.OFFICE})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.claims: list[Claim] = []
        self.rows: list[ClaimRow] = []
        self._checked = ""
        self.kept: Kept | None = None  # the saved 보도자료 that is being gone on with
        self.tools.addWidget(KeptButton(state, self.open_release))
        self.tools.addWidget(button("자료로 쓴 문장", lambda: self.lines_dialog().exec(), icon="pencil"))
        self.tools.addWidget(button("글 파일 열기", self._open, icon="folder-open"))
        self.tools.addWidget(button("지우기", self._clear, icon="close"))
        act = button("보도자료로 만들기", lambda: self.release_dialog().run(), kind="primary", icon="report")
        self.tools.addWidget(act)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(theme.px(t.S3))
        self._sides.addWidget(self._text_side(), 5)
        self._sides.addWidget(self._claims_side(), 4)
        self.outer.addLayout(self._sides, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)

    def _text_side(self) -> QWidget:
        card = Card("검산할 글", padded=False)
        self.text = MarkedText("검산할 글")
        self.text.setPlaceholderText(_INVITATION)
        self.text.setStyleSheet("border: 0;")
        self.text.setMinimumHeight(theme.px(140))
        self.text.textChanged.connect(self._on_text_changed)
        self.text.pointed.connect(self._on_text_pointed)
        card.body.addWidget(self.text, 1)
        return card

    def _claims_side(self) -> QWidget:
        card = Card("검산 결과", padded=False)
        self.filter = Segments(_FILTERS, "all", "보이기")
        self.filter.chosen.connect(lambda _value: self._show_rows())
        card.tools.addWidget(self.filter)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._area = scrolled(holder(self._list))
        card.body.addWidget(self._area, 1)
        return card

    def fold(self) -> None:
        """On a narrow screen the results stand below the text."""
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.TopToBottom if self.width() < theme.px(820) else ways.LeftToRight)

    # --- checking -----------------------------------------------------------------------------

    def reload(self) -> None:
        self._checked = ""
        self.check()

    def focus_first(self) -> None:
        self.text.setFocus()

    def show_text(self, text: str) -> None:
        """Put a text in and check it at once."""
        self.text.setPlainText(text)
        self._timer.stop()
        self.check()

    def show_detail(self, detail: object) -> None:
        if isinstance(detail, str):
            self.show_text(detail)

    def check(self) -> None:
        text = self.text.toPlainText()
        if text == self._checked and text:
            return
        self._checked = text
        if len(text) > LARGEST:
            self.claims = []
            self.subtitle.setText("글이 너무 깁니다. 보도자료 하나씩 붙여 넣어 주세요.")
        else:
            today = self.state.today
            self.claims = (
                self.state.context.read(press.verify_text, text=text, today=today) if text.strip() else []
            )
            self.subtitle.setText(
                press.summary(self.claims) if self.claims else "붙여 넣은 글의 숫자를 다시 계산합니다."
            )
        self.text.show_marks([Mark(each.start, each.end, KINDS[each.verdict]) for each in self.claims])
        self._show_rows()

    def _on_text_changed(self) -> None:
        if self.text.toPlainText() != self._checked:
            self._timer.start(DELAY_MS)

    def _show_rows(self) -> None:
        chosen = self.filter.value
        shown = [each for each in order(self.claims) if chosen in {"all", each.verdict.name}]
        self.rows = [ClaimRow(each) for each in shown]
        lines = column(*self.rows, spacing=0)
        for row in self.rows:
            row.pressed.connect(self._on_row_pressed)
        if not shown:
            words = (
                "글을 붙여 넣으면 결과가 여기에 나옵니다."
                if not self.claims
                else "여기에 드는 것이 없습니다."
            )
            empty = label(words, "subtle", wrap=True)
            empty.setContentsMargins(*(theme.px(t.S4),) * 4)
            lines.addWidget(empty)
        lines.addStretch(1)
        refill(self._list, lines)

    def _on_row_pressed(self, claim: Claim) -> None:
        self._point([row for row in self.rows if row.claim is claim])
        self.text.show_passages([(claim.start, claim.end), *claim.sources])

    def _on_text_pointed(self, at: int) -> None:
        rows = [row for row in self.rows if row.claim.start <= at <= row.claim.end]
        if rows:
            self._point(rows[:1])
            self._area.ensureWidgetVisible(rows[0])

    def _point(self, chosen: list[ClaimRow]) -> None:
        for row in self.rows:
            row.set_chosen(row in chosen)

    def lines_dialog(self) -> PressLinesDialog:
        return PressLinesDialog(self, self.state, self._put)

    def _put(self, sentence: str) -> None:
        """A sentence at the end of the text, where it is checked with the rest."""
        text = self.text.toPlainText().rstrip()
        self.show_text(f"{text}\n{sentence}" if text else sentence)
        self.state.say("문장을 넣었습니다.")

    # --- 보도자료 -----------------------------------------------------------------------------

    def open_release(self, kept: Kept) -> None:
        """Go on with a saved one."""
        self.kept = kept
        self.show_text(text_of(kept))

    def release_dialog(self) -> ReleaseDialog:
        return ReleaseDialog(self, self.state, self.text.toPlainText(), self.kept, self._on_saved)

    def _on_saved(self, number: int | None) -> None:
        kept = self.state.context.read(list_releases)
        self.kept = next((each for each in kept if each.id == number), None)

    # --- files --------------------------------------------------------------------------------

    def _open(self) -> None:
        path = open_file(self, "글 파일 열기", "press", "글 파일 (*.txt);;모든 파일 (*)")
        if path is not None:
            self.attempt(lambda: self.open_text(path))

    def open_text(self, path: Path) -> None:
        """Raises InputError for what is no text."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"‘{path.name}’을(를) 읽지 못했습니다.", "다른 프로그램에서 닫고 다시 해 보세요."
            ) from error
        self.show_text(press.decoded(raw))

    def _clear(self) -> None:
        self.kept = None
        self.show_text("")
        self.text.setFocus()
