"""채널: the office's channels and those of its 읍면동; make, change, order, open and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from civictracker.errors import UserError
from civictracker.services import catalogue
from civictracker.services.changes import Topic
from civictracker.services.channels import (
    ChannelRow,
    delete_channel,
    list_channels,
    move_channel,
    save_channel,
)
from civictracker.ui import tokens as t
from civictracker.ui.models.channel_table import ChannelTable
from civictracker.ui.pages.base import Page
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Banner,
    Card,
    ComboBox,
    DateEdit,
    Empty,
    button,
    holder,
    icon_button,
    label,
    row,
    scrolled,
)


class ChannelsPage(Page):
    id = "channels"
    name = "채널"
    hint = "Ctrl+N 새 채널 · Ctrl+S 저장"
    topics = frozenset({Topic.CHANNELS})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.current: int | None = None
        self.is_new = False
        add = button("새 채널", self.start_new, kind="primary", icon="plus", keys="Ctrl+N")
        self.shortcut("Ctrl+N", self.start_new)
        self.shortcut("Ctrl+S", self.save_now)
        self.tools.addWidget(add)
        self.model = ChannelTable()
        self.banner = Banner()
        self.outer.addWidget(self.banner)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(t.S3))
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self._list_side(), 56)
        sides.addWidget(self._form_side(), 44)
        self.sides = holder(sides)
        self.outer.addWidget(self.sides, 1)
        self.empty = Empty(
            "아직 채널이 없습니다",
            "카카오톡 채널처럼 숫자를 기록할 곳을 하나씩 만들어 주세요.",
            ("첫 채널 만들기", self.start_new),
        )
        self.outer.addWidget(self.empty, 1)

    # --- laying out ---------------------------------------------------------------------------

    def _list_side(self) -> Card:
        card = Card(padded=False)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("채널 목록")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, width in ((1, 130), (2, 104), (3, 84)):
            self.table.setColumnWidth(at, theme.px(width))
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)
        card.body.addWidget(self.table)
        return card

    def _form_side(self) -> Card:
        card = Card("채널 정보")
        self.heading = card.heading
        self.up = icon_button("arrow-up", "위로", lambda: self._move(-1))
        self.down = icon_button("arrow-down", "아래로", lambda: self._move(1))
        card.tools.addWidget(self.up)
        card.tools.addWidget(self.down)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(theme.px(t.S4))
        form.setVerticalSpacing(theme.px(t.S2))
        self.platform = ComboBox()
        for each in catalogue.platforms().values():
            self.platform.addItem(each.name, each.code)
        self.name_edit, self.unit, self.handle = QLineEdit(), QLineEdit(), QLineEdit()
        self.url, self.owner = QLineEdit(), QLineEdit()
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(theme.px(64))
        self.note.setTabChangesFocus(True)
        self.opened, self.opened_on = _optional_date("개설일")
        self.closed, self.closed_on = _optional_date("종료일")
        self.name_edit.setPlaceholderText("예: 카카오톡 채널")
        self.unit.setPlaceholderText("본청이면 비워 두세요 (예: 보라매동)")
        self.handle.setPlaceholderText("예: @gwanakgu")
        self.url.setPlaceholderText("https://")
        self.owner.setPlaceholderText("맡은 사람이나 팀")
        for text, widget in (
            ("종류", self.platform), ("이름", self.name_edit), ("읍면동·부서", self.unit),
            ("계정", self.handle),
            ("주소", self.url), ("담당", self.owner),
            ("개설일", _with_check(self.opened, self.opened_on)),
            ("종료일", _with_check(self.closed, self.closed_on)), ("비고", self.note),
        ):  # fmt: skip
            caption = label(text, "subtle")
            caption.setMinimumWidth(theme.px(76))
            caption.setMinimumHeight(theme.px(t.CONTROL))
            caption.setBuddy(widget)
            widget.setAccessibleName(text)
            form.addRow(caption, widget)
        form.setContentsMargins(0, 0, theme.px(t.S1), 0)
        card.body.addWidget(scrolled(holder(form)), 1)
        self.save = button("저장", self.save_now, kind="primary", keys="Ctrl+S")
        self.delete = button("지우기", self._delete, kind="danger")
        self.figures = button("추이 보기", self._show_trend, kind="text", icon="trend")
        card.body.addLayout(
            row(self.delete, self.figures, None, button("되돌려 놓기", self._reset), self.save)
        )
        self.form_card = card
        return card

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        rows = self.state.context.read(list_channels)
        self.model.put(rows)
        own = sum(1 for each in rows if not each.is_sub)
        open_ = sum(1 for each in rows if each.closed is None)
        self.subtitle.setText(f"본청 {own}개 · 읍면동 {len(rows) - own}개 · 운영 중 {open_}개")
        is_empty = not rows and not self.is_new
        self.sides.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        if self.is_new:
            return
        at = next((at for at, each in enumerate(rows) if each.id == self.current), 0 if rows else -1)
        if at >= 0:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(at, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self._fill(rows[at])

    def _on_table_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        found = self.model.row_at(current.row())
        if found is None or (found.id == self.current and not self.is_new):
            return
        if self._is_changed() and not self.save_now():
            return  # what was typed stays, with the reason beside it
        self.is_new = False
        self.banner.hide()
        self._fill(found)

    def _fill(self, channel: ChannelRow | None) -> None:
        self.current = channel.id if channel else None
        self.heading.setText("채널 정보" if channel else "새 채널")
        self.platform.setCurrentIndex(
            max(0, self.platform.findData(channel.platform if channel else "kakao"))
        )
        for edit, text in (
            (self.name_edit, channel.name if channel else ""),
            (self.unit, channel.unit_name if channel else ""),
            (self.handle, channel.handle if channel else ""), (self.url, channel.url if channel else ""),
            (self.owner, channel.owner if channel else ""),
        ):  # fmt: skip
            edit.setText(text)
        self.note.setPlainText(channel.note if channel else "")
        now = self.state.today
        today = QDate(now.year, now.month, now.day)
        dates = (
            (self.opened, self.opened_on, channel.opened if channel else None),
            (self.closed, self.closed_on, channel.closed if channel else None),
        )
        for date_edit, check, day in dates:
            check.setChecked(day is not None)
            date_edit.setEnabled(day is not None)
            date_edit.setDate(QDate(day.year, day.month, day.day) if day else today)
        for each in (self.delete, self.figures, self.up, self.down):
            each.setEnabled(channel is not None)

    def show_detail(self, detail: object) -> None:
        if detail == "new":
            self.start_new()
        elif isinstance(detail, int):
            self.current, self.is_new = detail, False
            self.touch()

    def start_new(self) -> None:
        self.is_new = True
        self.table.clearSelection()
        self.sides.show()
        self.empty.hide()
        self._fill(None)
        self.name_edit.setFocus()

    # --- writing ------------------------------------------------------------------------------

    def _is_changed(self) -> bool:
        """Does the form hold anything that is not saved?"""
        fields = self._fields()
        row = next((each for each in self.state.context.read(list_channels) if each.id == self.current), None)
        if row is None:
            return self.is_new and bool(str(fields["name"]).strip())
        return any(getattr(row, name) != value for name, value in fields.items())

    def take_input(self) -> None:
        if self.isVisible() and self._is_changed():
            self.save_now()

    def save_now(self) -> bool:
        def act() -> None:
            changes = self.state.context.write(save_channel, channel_id=self.current, **self._fields())
            self.current, self.is_new = changes.created, False
            self.banner.hide()
            self.touch()
            self.state.say("저장했습니다.", changes)

        return self.attempt(act)

    def _fields(self) -> dict[str, Any]:
        return {
            "platform": self.platform.currentData(), "name": self.name_edit.text(),
            "unit_name": self.unit.text(), "handle": self.handle.text(), "url": self.url.text(),
            "owner": self.owner.text(), "note": self.note.toPlainText(),
            "opened": self.opened.date().toPython() if self.opened_on.isChecked() else None,
            "closed": self.closed.date().toPython() if self.closed_on.isChecked() else None,
        }  # fmt: skip

    def attempt(self, action: Callable[[], object]) -> bool:
        """A refusal is shown beside the form, and what was typed stays."""
        try:
            action()
        except UserError as error:
            self.last_refusal = error.text
            self.banner.say("danger", "저장 안 됨", error.text)
            return False
        return True

    def _reset(self) -> None:
        self.is_new = False
        self.banner.hide()
        self.reload()

    def _delete(self) -> None:
        if self.current is None:
            return
        gone = self.current

        def act() -> None:
            changes = self.state.context.write(delete_channel, channel_id=gone)
            self.current = None
            self.touch()
            self.state.say(f"{changes.label}.", changes)

        self.attempt(act)

    def _move(self, by: int) -> None:
        if self.current is not None:
            channel_id = self.current
            self.attempt(lambda: self.state.context.write(move_channel, channel_id=channel_id, by=by))

    def _show_trend(self) -> None:
        if self.current is not None:
            self.state.open_page("trend", (self.current,))


def _optional_date(name: str) -> tuple[DateEdit, QCheckBox]:
    edit, check = DateEdit(name), QCheckBox("있음")
    check.setAccessibleName(f"{name} 있음")
    check.toggled.connect(edit.setEnabled)
    return edit, check


def _with_check(edit: DateEdit, check: QCheckBox) -> QWidget:
    inner = row(check, spacing=t.S2)
    inner.addWidget(edit, 1)
    return holder(inner)
