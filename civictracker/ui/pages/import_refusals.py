"""가져오기: the files that could not be taken in, told until a person has read it."""

from __future__ import annotations

from collections.abc import Callable

from civictracker.ui.widgets.basics import Banner


class RefusalBanner(Banner):
    """Stays while the next file is looked at; ``done`` is called when it is closed."""

    def __init__(self, choose: Callable[[], object], done: Callable[[], object]) -> None:
        super().__init__()
        self._choose, self._done = choose, done
        self.refusals: list[str] = []

    def refuse(self, file: str, sentence: str) -> None:
        told = sentence if file in sentence else f"‘{file}’: {sentence}"
        self.refusals = [*(each for each in self.refusals if each != told), told]
        actions = (("다른 파일 고르기", self._choose), ("닫기", self._dismiss))
        self.say("danger", "가져오지 않음", "\n".join(self.refusals), actions)

    def _dismiss(self) -> None:
        self.refusals.clear()
        self.hide()
        self._done()
