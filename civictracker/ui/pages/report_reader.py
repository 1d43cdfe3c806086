"""Reading what a paper says: at once where it is quick, beside the window where it is years of figures."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from civictracker.documents.papers import Ask, Paper
from civictracker.errors import CancelledError, UserError
from civictracker.services.jobs import CancelToken
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.state import State


class Reader(QObject):
    """Answers carry the number of their question, so that a late one is not taken for another's."""

    arrived = Signal(int, object)  # number, figures
    refused = Signal(int, str)  # number, why

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def read(self, paper: Paper, ask: Ask, number: int) -> None:
        context = self._state.context
        if paper.slow:
            runner = self._state.property("runner")
            assert isinstance(runner, JobRunner)

            def work(token: CancelToken) -> Any:
                token.report(f"{paper.name}의 수치를 읽고 있습니다 …")
                return paper.read(context, ask)

            runner.start(
                paper.name, work, lambda figures: self.arrived.emit(number, figures),
                lambda error: self._on_failed(number, error),
            )  # fmt: skip
            return
        try:
            figures = paper.read(context, ask)
        except UserError as error:
            self.refused.emit(number, error.text)
        else:
            self.arrived.emit(number, figures)

    def _on_failed(self, number: int, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            self.refused.emit(number, "읽기를 그만두었습니다. 기간을 다시 고르면 읽습니다.")
        elif isinstance(error, UserError):
            self.refused.emit(number, error.text)
        else:
            raise error
