"""이번 주: a notice put off for a while or settled with a note, so that nothing nags twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from civictracker.services.changes import Changes
from civictracker.services.home import Todo
from civictracker.services.notices import profiles_checked, settle
from civictracker.ui.pages.base import Page
from civictracker.ui.widgets.basics import label
from civictracker.ui.widgets.forms import FormDialog, add_row, form

PUT_OFF = ((1, "다음 주까지 미루기"), (4, "4주 미루기"), (13, "석 달 미루기"))


class Settling:
    def __init__(self, page: Page) -> None:
        self._page, self._state = page, page.state

    def choose(self, todo: Todo, anchor: QWidget) -> None:
        menu = self.menu(todo)
        menu.exec(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def menu(self, todo: Todo) -> QMenu:
        menu = QMenu(self._page)
        for weeks, name in PUT_OFF:
            menu.addAction(name, partial(self.put_off, todo, weeks))
        menu.addSeparator()
        menu.addAction("확인했음(다시 알리지 않음)", lambda: self.settle(todo))
        menu.addAction("까닭을 적고 정리…", lambda: SettleDialog(self, todo).run())
        return menu

    def put_off(self, todo: Todo, weeks: int) -> None:
        until = self._state.this_week.shift(weeks).start
        self._done(self._state.context.write(settle, key=todo.key, until=until))

    def settle(self, todo: Todo, note: str = "") -> None:
        self._done(self._state.context.write(settle, key=todo.key, note=note))

    def profiles_checked(self, todo: Todo) -> None:
        ids = (
            [each for each in todo.target if isinstance(each, int)] if isinstance(todo.target, tuple) else []
        )
        today = self._state.today
        self._done(self._state.context.write(profiles_checked, channel_ids=ids, today=today))

    def _done(self, changes: Changes) -> None:
        self._state.say(changes.label, changes)

    @property
    def parent(self) -> Page:
        return self._page


class SettleDialog(FormDialog):
    """Why it is right as it is: kept with the data for whoever asks later."""

    def __init__(self, settling: Settling, todo: Todo) -> None:
        super().__init__(settling.parent, "알림 정리", save="정리")
        self._settling, self._todo = settling, todo
        self.body.addWidget(label(todo.title, "strong", wrap=True))
        self.body.addWidget(label(todo.detail, "subtle", wrap=True))
        self.note = QLineEdit()
        self.note.setPlaceholderText("예: 이벤트로 늘어난 것이 맞음")
        rows = form()
        add_row(rows, "까닭", self.note)
        self.body.addLayout(rows)
        self.close_foot()

    def save(self) -> None:
        self._settling.settle(self._todo, self.note.text())
