"""보도자료로 만들기: what stands at its head, kept with the text, and on to the paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from civictracker.domain.dates import short
from civictracker.errors import InputError
from civictracker.services.releases import (
    AT_ONCE,
    Kept,
    delete_release,
    list_releases,
    parted,
    save_release,
)
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, label, row
from civictracker.ui.widgets.forms import FormDialog, add_row, date_edit, form

_MOST = 20  # of a menu


def text_of(kept: Kept) -> str:
    """As it stands in the room: title, subtitle between dashes, a blank line, the body."""
    release = kept.release
    head = [release.title, *([f"- {release.subtitle} -"] if release.subtitle else [])]
    return "\n".join([*head, "", release.body])


class ReleaseDialog(FormDialog):
    """``text`` is the room's; its first line is offered as the title. ``saved`` is told the number."""

    def __init__(
        self,
        parent: QWidget,
        state: State,
        text: str,
        kept: Kept | None,
        saved: Callable[[int | None], object],
    ) -> None:
        super().__init__(parent, "보도자료로 만들기", save="저장하고 보기")
        self._state, self._kept, self._saved = state, kept, saved
        release = kept.release if kept else None
        title, subtitle, self._text = parted(text)
        self.title, self.subtitle = QLineEdit(title), QLineEdit(subtitle)
        self.title.setMaxLength(200)
        self.title.setPlaceholderText("글의 첫 줄, 또는 여기에 적은 제목")
        self.day, self.time = (
            date_edit("배포일"),
            QLineEdit(release.time if release else f"{state.context.now:%H:%M}"),
        )
        first = release.day if release else state.today
        self.day.setDate(QDate(first.year, first.month, first.day))
        self.time.setAccessibleName("배포 시각")
        self.time.setPlaceholderText("예: 14:00")
        self.embargo = QLineEdit(release.embargo if release else AT_ONCE)
        self.embargo.setPlaceholderText(f"{AT_ONCE}, 또는 2026. 11. 23.(월) 조간")
        self.department = QLineEdit(release.department if release else state.department)
        self.contact = QLineEdit(release.contact if release else state.settings.writer)
        self.phone = QLineEdit(release.phone if release else "")
        self.phone.setPlaceholderText("행정전화, 예: 02-879-5000")
        self.attached = QLineEdit(release.attached if release else "")
        self.attached.setPlaceholderText("예: 사진 2매 (없으면 비움)")
        when = row(self.day, self.time)
        shape = form()
        add_row(shape, "제목", self.title)
        add_row(shape, "부제", self.subtitle)
        shape.addRow(label("배포일시", "subtle"), when)
        add_row(shape, "보도시점", self.embargo)
        add_row(shape, "담당부서", self.department)
        add_row(shape, "담당자", self.contact)
        add_row(shape, "연락처", self.phone)
        add_row(shape, "붙임", self.attached)
        self.body.addLayout(shape)
        words = f"본문 {len(self._text):,}자는 글에서 가져옵니다." if self._text else "글이 비어 있습니다."
        self.body.addWidget(label(words, "subtle small", wrap=True))
        if kept is not None:
            self.foot.addWidget(button("이 보도자료 지우기", self._drop, kind="text"))
        self.close_foot()
        self.resize(theme.px(520), self.sizeHint().height())

    def save(self) -> None:
        day = self.day.date().toPython()
        changes = self._state.context.write(
            save_release, release_id=self._kept.id if self._kept else None, title=self.title.text(),
            subtitle=self.subtitle.text(), body=self._text, day=day, time=self.time.text(),
            embargo=self.embargo.text() or AT_ONCE, department=self.department.text(),
            contact=self.contact.text(), phone=self.phone.text(), attached=self.attached.text(),
        )  # fmt: skip
        self._saved(changes.created)
        self._state.say(changes.label, changes)
        self._state.open_page("report", ("press", changes.created))

    def _drop(self) -> None:
        assert self._kept is not None
        try:
            changes = self._state.context.write(delete_release, release_id=self._kept.id)
        except InputError as error:
            self.banner.say("danger", "확인", error.text)
            return
        self._saved(None)
        self._state.say(changes.label, changes)
        self.reject()


class KeptButton(QPushButton):
    """저장한 보도자료: the newest ones, to go on with."""

    def __init__(self, state: State, chosen: Callable[[Kept], object]) -> None:
        super().__init__("저장한 보도자료")
        self._state, self._chosen = state, chosen
        self.setObjectName("kept")
        self.setAccessibleName("저장한 보도자료")
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for kept in self._state.context.read(list_releases)[:_MOST]:
            title = kept.release.title.replace("&", "&&")
            shown = title if len(title) <= 40 else f"{title[:40]}…"
            menu.addAction(f"{shown}  ({short(kept.release.day)})", partial(self._chosen, kept))
        if menu.isEmpty():
            menu.addAction("아직 저장한 보도자료가 없습니다").setEnabled(False)
