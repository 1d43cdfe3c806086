"""되돌리기 and 다시 하기: at once for what a person typed, as a job for what a file brought."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from civictracker.errors import UserError
from civictracker.services.changes import Changes
from civictracker.services.jobs import CancelToken

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow

LONG = 2_000  # figures; more than so many would hold the window still


class TakeBack:
    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def undo(self) -> None:
        self._step(is_undo=True)

    def redo(self) -> None:
        self._step(is_undo=False)

    def once(self, changes: Changes) -> None:
        """Take back one edit by name, from its own message."""
        stack = self._window.context.undo_stack
        if stack and stack[-1].log_id == changes.log_id:
            self.undo()
        else:
            self._attempt(
                lambda: self._window.context.take_back(changes), "되돌렸습니다", "이미 되돌렸습니다."
            )

    def _step(self, *, is_undo: bool) -> None:
        context = self._window.context
        stack = context.undo_stack if is_undo else context.redo_stack
        words = "되돌렸습니다" if is_undo else "다시 했습니다"
        nothing = "되돌릴 것이 없습니다." if is_undo else "다시 할 것이 없습니다."
        if stack and stack[-1].count > LONG:
            self._as_job(stack[-1], words, is_undo=is_undo)
        else:
            self._attempt(context.undo if is_undo else context.redo, words, nothing)

    def _attempt(self, act: Callable[[], Changes | None], words: str, nothing: str) -> None:
        page = self._window.finish_input()
        try:
            self._tell(act(), words, nothing)
        except UserError as error:
            self._window.toast.say(error.text)
        if page is not None:
            page.focus_first()

    def _as_job(self, last: Changes, words: str, *, is_undo: bool) -> None:
        """Reverse on the worker; the stacks and the rooms follow when it is done."""
        self._window.finish_input()
        context = self._window.context

        def work(token: CancelToken) -> Changes:
            token.report(
                f"{last.label}: 되돌리고 있습니다 …" if is_undo else f"{last.label}: 다시 하고 있습니다 …"
            )
            return context.reverse(last)

        self._window.runner.start(
            last.label,
            work,
            lambda done: self._tell(context.stepped(last, done, is_undo=is_undo), words, ""),
            lambda error: self._window.toast.say(getattr(error, "text", "") or "되돌리지 못했습니다."),
        )

    def _tell(self, done: Changes | None, words: str, nothing: str) -> None:
        say = self._window.toast.say
        if done is None:
            say(nothing)
        elif done.kept:
            say(f"{done.label}: {words}. 그 뒤에 고친 {done.kept}개는 그대로 두었습니다.")
        else:
            say(f"{done.label}: {words}.")
