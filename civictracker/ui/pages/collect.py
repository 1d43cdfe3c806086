"""취합: send forms out to the 읍면동, see who has returned what, take it all in as one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from civictracker.domain.dates import label as period_label
from civictracker.errors import CancelledError, UserError
from civictracker.services import collect, collect_words
from civictracker.services.changes import Changes, Topic
from civictracker.services.collect import Wish, list_rounds
from civictracker.services.collect_board import Board, load_board
from civictracker.services.collect_import import apply_round
from civictracker.services.collect_scan import scan
from civictracker.services.jobs import CancelToken
from civictracker.services.upkeep import backup_now
from civictracker.ui.file_dialogs import pick_folder
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.collect_board import BoardSide
from civictracker.ui.pages.collect_make import MakePanel
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    ComboBox,
    Empty,
    button,
)

_ALL = "all"


class CollectPage(Page):
    id = "collect"
    name = "취합"
    hint = "받은 폴더를 창에 끌어다 놓으세요 · F5 다시 확인 · Ctrl+Enter 가져오기"
    topics = frozenset({Topic.COLLECTIONS, Topic.VALUES, Topic.CHANNELS})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.board: Board | None = None
        self.round_id: int | None = None
        self._tools()
        self.stack = QStackedWidget()
        self.empty = Empty(
            "아직 취합한 것이 없습니다",
            "읍면동마다 서식을 만들어 보내고, 돌아온 파일이 든 폴더를 고르면 누가 냈는지 보여 줍니다.",
            ("첫 서식 만들기", self.start_making),
        )
        self.side, self.maker = BoardSide(state), MakePanel(state)
        for each in (self.empty, self.side, self.maker):
            self.stack.addWidget(each)
        self.side.again.connect(self.scan_again)
        self.side.taken.connect(self.apply_now)
        self.maker.wanted.connect(self._make)
        self.maker.left.connect(self._leave_making)
        self.outer.addWidget(self.stack, 1)
        self.shortcut("F5", self.scan_again)
        self.shortcut("Ctrl+Return", self._on_enter)
        self.shortcut("Ctrl+N", self.start_making)

    # --- laying out ---------------------------------------------------------------------------

    def _tools(self) -> None:
        self.rounds = ComboBox()
        self.rounds.setAccessibleName("취합 회차")
        self.rounds.setMinimumWidth(theme.px(180))
        self.rounds.activated.connect(self._on_rounds_activated)
        self.forget = button("회차 지우기", self._forget, kind="text")
        self.start = button("서식 만들기", self.start_making, icon="plus", keys="Ctrl+N")
        self.pick = button("받은 폴더 고르기", self.choose_folder, kind="primary", icon="folder-open")
        for each in (self.forget, self.rounds, self.start, self.pick):
            self.tools.addWidget(each)

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        rounds = self.state.context.read(list_rounds)
        ids = [each.id for each in rounds]
        if self.round_id not in ids:
            self.round_id = ids[0] if ids else None
        self.rounds.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.rounds.clear()
        for each in rounds:
            self.rounds.addItem(f"{period_label(each.period, self.state.naming)} 취합", each.id)
        if self.round_id is not None:
            self.rounds.setCurrentIndex(ids.index(self.round_id))
        self.rounds.blockSignals(False)  # noqa: FBT003
        self.board = (
            None if self.round_id is None else self.state.context.read(load_board, round_id=self.round_id)
        )
        if self.stack.currentWidget() is not self.maker:
            self.stack.setCurrentWidget(self.side if self.board else self.empty)
        self.side.show_board(self.board)
        self._show_heading()

    def _show_heading(self) -> None:
        is_making = self.stack.currentWidget() is self.maker
        has_rounds = self.board is not None and not is_making
        for each in (self.rounds, self.forget, self.pick):
            each.setVisible(has_rounds)
        self.start.setVisible(has_rounds)
        self.title.setText("취합 서식 만들기" if is_making else self.board.name if self.board else "취합")
        if is_making or self.board is None:
            self.subtitle.setText("읍면동마다 한 파일씩 만듭니다. 머리글은 잠기고 적을 칸만 열립니다.")
        else:
            self.subtitle.setText(collect_words.summary(self.board, self.state.today))

    def _on_rounds_activated(self, at: int) -> None:
        self.round_id = self.rounds.itemData(at)
        self.touch()

    # --- making -------------------------------------------------------------------------------

    def start_making(self) -> None:
        self.maker.start()
        self.stack.setCurrentWidget(self.maker)
        self._show_heading()

    def _leave_making(self) -> None:
        self.stack.setCurrentWidget(self.side if self.board else self.empty)
        self._show_heading()

    def _make(self, wish: Wish, folder: Path) -> None:
        context = self.state.context

        def work(token: CancelToken) -> tuple[Changes, list[Path]]:
            return collect.make_forms(context, wish=wish, folder=folder, token=token)

        self._runner.start("서식 만들기", work, lambda done: self._on_made(*done, folder), self._on_failed)

    def _on_made(self, changes: Changes, made: list[Path], folder: Path) -> None:
        self.round_id = changes.created
        self.stack.setCurrentWidget(self.side)
        self.state.context.adopt(changes)
        self.state.say(f"서식 {len(made):,}개를 ‘{folder.name}’ 폴더에 만들었습니다.", changes)

    def _forget(self) -> None:
        if self.round_id is None or self.board is None:
            return
        name = self.board.name
        changes = self.state.context.write(collect.delete_round, round_id=self.round_id)
        self.state.say(f"‘{name}’을(를) 지웠습니다. 넣은 값과 파일은 그대로입니다.", changes)

    # --- looking at what came -----------------------------------------------------------------

    def choose_folder(self) -> None:
        folder = pick_folder(self, "받은 파일이 든 폴더", "returned")
        if folder is not None:
            self.scan_folder(folder)

    def show_detail(self, detail: object) -> None:
        """A folder of returned files, or some of the files in it."""
        if isinstance(detail, list) and detail:
            path = Path(detail[0])
            self.scan_folder(path if path.is_dir() else path.parent)

    def scan_again(self) -> None:
        if self.board is not None and self.board.folder:
            self.scan_folder(Path(self.board.folder))

    def scan_folder(self, folder: Path) -> None:
        context, round_id = self.state.context, self.round_id

        def work(token: CancelToken) -> Changes:
            return scan(context, folder=folder, token=token, round_id=round_id)

        self._runner.start("받은 파일 읽기", work, self._on_scanned, self._on_failed)

    def _on_scanned(self, changes: Changes) -> None:
        if self.stack.currentWidget() is self.maker:
            self._leave_making()
        self.state.context.adopt(changes)
        if self.board is not None:
            words = collect_words.counts(self.board)
            told = " · ".join(f"{status.value} {count}" for status, count in words.items() if count)
            self.state.say(f"파일 {changes.count:,}개를 확인했습니다. {told}")

    # --- taking in ----------------------------------------------------------------------------

    def _on_enter(self) -> None:
        if self.stack.currentWidget() is self.maker:
            self.maker.make_now()
        else:
            self.apply_now()

    def apply_now(self) -> None:
        context, board = self.state.context, self.board
        if board is None or not self.side.apply.isEnabled():
            return
        choices, default = dict(self.side.panel.choices), self.side.panel.default
        self.side.apply.setEnabled(False)

        def work(token: CancelToken) -> Changes:
            token.report("넣기 전에 백업하고 있습니다 …")
            backup_now(context, "import")
            token.report("자료에 넣고 있습니다 …")
            return context.commit(apply_round, round_id=board.round.id, choices=choices, default=default)

        self._runner.start("취합 가져오기", work, self._on_applied, self._on_failed)

    def _on_applied(self, changes: Changes) -> None:
        self.side.panel.choices.clear()
        self.state.context.adopt(changes)
        self.state.say(f"{changes.count:,}건을 가져왔습니다.", changes)

    @property
    def _runner(self) -> JobRunner:
        runner = self.state.property("runner")
        assert isinstance(runner, JobRunner)
        return runner

    def _on_failed(self, error: BaseException) -> None:
        self.side.show_action()
        if isinstance(error, CancelledError):
            self.state.say("취소했습니다. 바뀐 것은 없습니다.")
        elif isinstance(error, UserError):
            self.state.say(error.text)
        else:
            self.state.say("알 수 없는 일이 생겼습니다. 바뀐 것은 없습니다.")
            raise error

    def keyPressEvent(self, event: object) -> None:
        if getattr(event, "key", int)() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.maker:
            self._leave_making()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]
