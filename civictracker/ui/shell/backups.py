"""Backups of the open data, beside the window and never on its thread.

Every half hour what was saved is backed up; the newest backup then goes to the second place, which may
be gone or hang. One outage is told once; after that only the footer and 설정 say so.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from civictracker.errors import TooSlowError
from civictracker.services.jobs import CancelToken, Job
from civictracker.services.second_place import LIMIT_S, SecondPlace, bring_there, save_second
from civictracker.services.upkeep import backup_now, failed_there, is_due, list_backups, second_place
from civictracker.store.backup import Backup
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.state import State

EVERY_MS = 30 * 60 * 1000
FIRST_MS = 5_000  # after the start: the second place catches up with what it missed


class BackupKeeper(QObject):
    def __init__(self, state: State, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._there: Job | None = None
        self.limit_s = LIMIT_S
        state.second_place = second_place(state.context)
        state.backup_wanted.connect(self.back_up_now)
        state.settings_changed.connect(self._on_state_settings_changed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(EVERY_MS)
        QTimer.singleShot(FIRST_MS, self, self._catch_up)

    @property
    def is_hanging(self) -> bool:
        """Is an earlier copy to the second place still without an answer?"""
        return self._there is not None and not self._there.future.done()

    def tick(self) -> None:
        """What the timer does: back up what is new, else try the second place again."""
        if is_due(self._state.opened):
            self._back_up("timer", by_hand=False)
        else:
            self._catch_up()

    def back_up_now(self) -> None:
        self._back_up("manual", by_hand=True)

    # --- here ---------------------------------------------------------------------------------

    def _back_up(self, why: str, *, by_hand: bool) -> None:
        context = self._state.context

        def work(token: CancelToken) -> Backup:
            token.report("백업하고 있습니다 …")
            return backup_now(context, why)

        self._runner.start(
            "백업", work, partial(self._on_made, by_hand=by_hand), partial(self._on_failed, by_hand=by_hand)
        )

    def _on_made(self, made: Backup, *, by_hand: bool) -> None:
        self._state.opened.backup = made
        self._state.backup_trouble = ""
        if by_hand:
            self._state.say("백업하고 검사까지 마쳤습니다.")
        self._bring(made, by_hand=by_hand)
        self._state.backups_changed.emit()

    def _on_failed(self, error: BaseException, *, by_hand: bool) -> None:
        sentence = getattr(error, "text", "") or "백업하지 못했습니다. 디스크의 빈 공간을 확인해 주세요."
        if by_hand or not self._state.backup_trouble:
            self._state.say(sentence)
        self._state.backup_trouble = sentence
        self._state.backups_changed.emit()

    # --- the second place ---------------------------------------------------------------------

    def _on_state_settings_changed(self) -> None:
        if self._state.settings.backup_folder != self._state.second_place.folder:
            self._state.second_place = second_place(self._state.context)
            self._catch_up()
            self._state.backups_changed.emit()

    def _catch_up(self) -> None:
        """Bring the newest backup there when the last try failed or was never made."""
        if self._state.second_place.folder:
            newest = next(iter(list_backups(self._state.context.path)), None)
            if newest is not None and self._state.second_place.lacks(newest):
                self._bring(newest, by_hand=False)

    def _bring(self, made: Backup, *, by_hand: bool) -> None:
        context, second = self._state.context, self._state.second_place
        if not second.folder:
            return
        failed = partial(self._on_not_brought, second=second, by_hand=by_hand)
        if self.is_hanging:
            failed(TooSlowError("응답이 없습니다."))
            return
        now = context.now

        def work(_token: CancelToken) -> SecondPlace:
            return bring_there(context.path, second, made, now)

        self._there = self._runner.start_aside(
            "둘째 자리에 백업", work, partial(self._on_brought, by_hand=by_hand), failed, limit_s=self.limit_s
        )

    def _on_brought(self, second: SecondPlace, *, by_hand: bool) -> None:
        if second.folder != self._state.second_place.folder:
            return  # another place was chosen meanwhile
        save_second(self._state.context.path, second)
        if by_hand:
            self._state.say("둘째 자리에도 백업을 두었습니다.")
        self._show(second)

    def _on_not_brought(self, error: BaseException, *, second: SecondPlace, by_hand: bool) -> None:
        if second.folder != self._state.second_place.folder:
            return
        is_new = not self._state.second_place.trouble
        told = failed_there(self._state.context, self._state.second_place, error)
        if by_hand or is_new:
            self._state.say(told.trouble)
        self._show(told)

    def _show(self, second: SecondPlace) -> None:
        self._state.second_place = second
        self._state.backups_changed.emit()
