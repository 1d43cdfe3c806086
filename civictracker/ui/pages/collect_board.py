"""취합, the board: the units with their states, one of them in detail, and what taking them in would do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from civictracker.domain.collecting import Status
from civictracker.errors import UserError
from civictracker.services import collect_words
from civictracker.services.collect import change_due
from civictracker.services.collect_board import Board, accept, accept_key, choose_file
from civictracker.services.collect_import import NEW, OLD, would_write
from civictracker.services.import_plan import Verdict
from civictracker.ui import tokens as t
from civictracker.ui.models.collect_table import CollectTable
from civictracker.ui.pages.collect_unit import UnitPanel
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    DateEdit,
    ElidedLabel,
    Segments,
    button,
    clear,
    column,
    label,
    row,
)
from civictracker.ui.widgets.collect_view import CollectView

_ALL = "all"
_NO_DUE = QDate(2000, 1, 1)


class BoardSide(QWidget):
    """``again`` asks to look at the folder once more, ``taken`` to take in what has come."""

    again = Signal()
    taken = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state
        self.board: Board | None = None
        self.status: Status | None = None
        self.unit_id: int | None = None
        self.shows_others = False
        self.model = CollectTable()
        self.view = CollectView(self.model)
        self.view.selectionModel().currentRowChanged.connect(self._on_view_current_row_changed)
        self.model.modelReset.connect(self._select)
        table = Card(padded=False)
        table.body.addWidget(self.view)
        self.panel = UnitPanel()
        self.panel.choice_changed.connect(self.show_action)
        self.panel.file_chosen.connect(lambda file_id: self._write(choose_file, file_id=file_id))
        self.panel.accepted.connect(self._accept)
        self.panel.file_wanted.connect(
            lambda folder, name: self.state.open_page("import", [Path(folder) / name])
        )
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(t.S3))
        sides.addWidget(table, 64)
        sides.addWidget(self.panel, 36)
        outer = column(self._head(), spacing=t.S3)
        outer.addLayout(sides, 1)
        outer.addWidget(self._action_bar())
        self.setLayout(outer)

    # --- laying out ---------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        self.filters = row(spacing=t.S2)
        self.folder = ElidedLabel("", "subtle small")
        self.folder.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.due = DateEdit("마감")
        self.due.setMinimumDate(_NO_DUE)
        self.due.setSpecialValueText("마감 없음")
        self.due.setKeyboardTracking(False)  # a date half typed is none
        self.due.setFixedWidth(theme.px(136))
        self.due.userDateChanged.connect(self._on_due_changed)
        self.look = button("다시 확인", self.again.emit, icon="refresh", keys="F5")
        head = row(spacing=t.S3)
        head.addLayout(self.filters)
        head.addWidget(label("마감", "subtle"))
        head.addWidget(self.due)
        head.addWidget(self.folder, 1)
        head.addWidget(self.look)
        return head

    def _action_bar(self) -> Card:
        card = Card()
        self.remind = button(
            "알림 글 복사", self.copy_reminder, icon="copy", tip="안 낸 곳과 다시 볼 곳을 적은 글"
        )
        self.others = button("", self._show_others, kind="text")
        self.conflict_words = label("값이 다르면", "subtle")
        self.conflict = Segments(((OLD, "자료대로"), (NEW, "낸 대로")), OLD, "값이 다르면")
        self.conflict.chosen.connect(self._on_conflict_chosen)
        self.apply = button("가져오기", self.taken.emit, kind="primary", keys="Ctrl+Enter")
        card.body.addLayout(
            row(self.remind, self.others, None, self.conflict_words, self.conflict, t.S2, self.apply)
        )
        return card

    # --- showing ------------------------------------------------------------------------------

    def show_board(self, board: Board | None) -> None:
        if board is None or self.board is None or board.round.id != self.board.round.id:
            self.status = None
            self.panel.choices.clear()
        if board is None or self.board is None or _place(board) != _place(self.board):
            self.unit_id, self.shows_others = None, False  # the worst first
        self.board = board
        if board is None:
            return
        self._show_filters(board)
        self.model.show(board, self.status)
        nothing = "" if board.returned else "받은 폴더를 고르면 현황이 나옵니다"
        self.folder.setText(f"받은 폴더: {board.folder}" if board.folder else nothing)
        self.look.setEnabled(bool(board.folder))
        day = board.round.due
        self.due.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.due.setDate(QDate(day.year, day.month, day.day) if day else _NO_DUE)
        self.due.blockSignals(False)  # noqa: FBT003
        self.others.setText(f"서식 아닌 파일 {len(board.others)}개")
        self.others.setVisible(bool(board.others))
        self.show_action()

    def _show_filters(self, board: Board) -> None:
        counts = collect_words.counts(board)
        choices = [(_ALL, f"전체 {len(board.rows)}")]
        choices += [(status.value, f"{status.value} {counts[status]}") for status in Status]
        clear(self.filters)
        made = Segments(choices, self.status.value if self.status else _ALL, "현황 거르기")
        made.chosen.connect(self._on_filter_chosen)
        self.filters.addWidget(made)

    def show_action(self) -> None:
        if self.board is None:
            return
        count = would_write(self.board, self.panel.choices, self.panel.default)
        different = self.board.count(Verdict.DIFFERENT)
        self.conflict.setVisible(bool(different))
        self.conflict_words.setVisible(bool(different))
        self.conflict_words.setText(f"값 다름 {different:,}건은")
        self.apply.setText(f"{count:,}건 가져오기" if count else "가져올 값 없음")
        self.apply.setEnabled(count > 0)

    def _select(self) -> None:
        """Keep the chosen unit in view when the table is filled anew."""
        at = max(0, self.model.place_of(self.unit_id))
        self.view.selectionModel().setCurrentIndex(
            self.model.index(at, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self._show_unit()

    def _show_unit(self) -> None:
        if self.shows_others and self.board is not None and self.board.others:
            self.panel.show_others(self.board)
        else:
            self.panel.show_unit(self.model.row_at(self.view.currentIndex().row()))

    def _on_view_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        found = self.model.row_at(current.row())
        if found is not None:
            self.unit_id, self.shows_others = found.unit.id, False
            self._show_unit()

    def _show_others(self) -> None:
        self.shows_others = True
        self._show_unit()

    def _on_filter_chosen(self, value: str) -> None:
        self.status = None if value == _ALL else Status(value)
        self.model.show(self.board, self.status)

    def _on_conflict_chosen(self, value: str) -> None:
        self.panel.default = value
        self.panel.choices.clear()
        self._show_unit()
        self.show_action()

    # --- acting -------------------------------------------------------------------------------

    def _accept(self, accepted: bool) -> None:  # noqa: FBT001 (a signal's argument)
        found = self.model.row_at(self.view.currentIndex().row())
        if found is not None and found.used is not None:
            key = accept_key(found.unit, found.used)
            self._write(accept, key=key, name=found.unit.name, accepted=accepted)

    def _write(self, use_case: object, **about: object) -> None:
        try:
            self.state.context.write(use_case, **about)  # type: ignore[arg-type]
        except UserError as error:
            self.state.say(error.text)

    def _on_due_changed(self, day: QDate) -> None:
        if self.board is not None:
            due = None if day == _NO_DUE else date(day.year(), day.month(), day.day())
            self._write(change_due, round_id=self.board.round.id, due=due)

    def copy_reminder(self) -> None:
        if self.board is not None:
            QGuiApplication.clipboard().setText(collect_words.reminder(self.board, self.state.today))
            self.state.say("알림 글을 복사했습니다. 메신저에 붙여 넣으세요.")


def _place(board: Board) -> tuple[int, str]:
    return (board.round.id, board.folder)
