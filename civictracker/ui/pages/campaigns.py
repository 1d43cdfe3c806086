"""캠페인: a list, what the figures show of the chosen one, and figures from outside."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QSize
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from civictracker.domain.dates import parse_date
from civictracker.domain.numbers import Number, parse_number
from civictracker.errors import InputError
from civictracker.services import campaigns
from civictracker.services.campaigns import CampaignView, ChannelEffect
from civictracker.services.changes import Topic
from civictracker.services.channels import list_channels
from civictracker.ui import tokens as t
from civictracker.ui.pages.base import Page
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    Empty,
    button,
    clear,
    column,
    holder,
    label,
    line,
    refill,
    row,
    scrolled,
)
from civictracker.ui.widgets.forms import Chips, FormDialog, add_row, date_edit, form
from civictracker.ui.widgets.formulas import formulas_button
from civictracker.ui.words import MISSING, percent, signed


class CampaignsPage(Page):
    id = "campaigns"
    name = "캠페인"
    hint = "캠페인 앞뒤를 견줍니다 · 추이 그림에는 띠로 보입니다"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS, Topic.NOTES})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.current: int | None = None
        self.view: CampaignView | None = None
        self.tools.addWidget(formulas_button(self, self.id))
        self.tools.addWidget(button("새 캠페인", self.start_new, kind="primary", icon="plus", keys="Ctrl+N"))
        self.shortcut("Ctrl+N", self.start_new)
        self._sides = QHBoxLayout()
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(theme.px(t.S3))
        names = Card("캠페인", padded=False)
        self.list = QListWidget()
        self.list.setAccessibleName("캠페인 목록")
        self.list.setTabKeyNavigation(False)
        self.list.setMinimumHeight(theme.px(90))
        self.list.currentRowChanged.connect(self._on_list_current_row_changed)
        names.body.addWidget(self.list)
        self._sides.addWidget(names, 30)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(scrolled(holder(self._body)), 70)
        self._both = holder(self._sides)
        self.outer.addWidget(self._both, 1)
        self.empty = Empty(
            "아직 캠페인이 없습니다",
            "이벤트나 집중 홍보의 날짜를 적어 두면 그 앞뒤의 친구 수와 입장객·수입을 견줍니다.",
            ("첫 캠페인 적기", self.start_new),
        )
        self.outer.addWidget(self.empty, 1)

    def fold(self) -> None:
        ways = QBoxLayout.Direction
        is_narrow = self.width() < theme.px(820)
        self._sides.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        rows = self.state.context.read(campaigns.list_campaigns)
        ids = [each[0] for each in rows]
        if self.current not in ids:
            self.current = ids[0] if ids else None
        self.list.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.list.clear()
        for key, name, days in rows:
            item = QListWidgetItem(f"{name}\n{days}")
            item.setSizeHint(QSize(0, theme.px(52)))  # two lines with room around them
            item.setData(256, key)
            self.list.addItem(item)
        if self.current is not None:
            self.list.setCurrentRow(ids.index(self.current))
        self.list.blockSignals(False)  # noqa: FBT003
        self._both.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.subtitle.setText(f"{len(rows)}개" if rows else "이벤트·집중 홍보의 앞뒤를 견줍니다.")
        self._show()

    def _on_list_current_row_changed(self, at: int) -> None:
        item = self.list.item(at)
        self.current = item.data(256) if item is not None else None
        self._show()

    def _show(self) -> None:
        self.view = None
        if self.current is None:
            clear(self._body)
            return
        view = self.view = self.state.context.read(
            campaigns.load_campaign, campaign_id=self.current, today=self.state.today
        )
        refill(self._body, column(self._effects(view), self._outside(view), None, spacing=t.S3))

    def _effects(self, view: CampaignView) -> Card:
        card = Card(view.name, view.days)
        paper = button(
            "결과 보고서", lambda: self.state.open_page("report", ("campaign", view.id)), kind="small"
        )
        card.tools.addWidget(paper)
        card.tools.addWidget(button("고치기", lambda: CampaignDialog(self, view).run(), kind="small"))
        card.tools.addWidget(button("지우기", lambda: self._delete(view), kind="small"))
        if view.note:
            card.body.addWidget(label(view.note, "subtle", wrap=True))
        for at, each in enumerate(view.channels[:12]):
            if at:
                card.body.addWidget(line())
            card.body.addLayout(_effect_line(each))
        caveat = label(campaigns.CAVEAT, "subtle small", wrap=True)
        card.body.addWidget(caveat)
        return card

    def _outside(self, view: CampaignView) -> Card:
        card = Card("바깥의 수", "입장객, 수입, 회수율")
        card.tools.addWidget(
            button("값 적기", lambda: OutsideDialog(self, view).run(), kind="small", icon="plus")
        )
        for each in view.outside:
            words = label(campaigns.outside_words(each, self.state.naming), wrap=True)
            drop = button("지우기", partial(self._delete_outside, each.id), kind="text small")
            drop.setAccessibleName(f"{words.text()} 지우기")
            both = row(words, drop)
            both.setStretch(0, 1)
            card.body.addLayout(both)
        if not view.outside:
            card.body.addWidget(
                label(
                    "관광지 입장객처럼 캠페인이 노린 바깥의 수를 기간과 함께 적어 둡니다.",
                    "subtle",
                    wrap=True,
                )
            )
        return card

    # --- changing -----------------------------------------------------------------------------

    def start_new(self) -> None:
        CampaignDialog(self, None).run()

    def _delete(self, view: CampaignView) -> None:
        changes = self.state.context.write(campaigns.delete_campaign, campaign_id=view.id)
        self.state.say(changes.label, changes)

    def _delete_outside(self, key: int) -> None:
        changes = self.state.context.write(campaigns.delete_outside, value_id=key)
        self.state.say(changes.label, changes)


def _effect_line(each: ChannelEffect) -> QVBoxLayout:
    found = each.effect
    figures = (
        ("기간 중", signed(found.during.change, "명"), percent(found.during.rate)),
        ("앞선 같은 기간", signed(found.before.change, "명"), percent(found.before.rate)),
        ("전년 동기", signed(found.year_ago.change, "명"), percent(found.year_ago.rate)),
        ("다른 채널 중앙값", MISSING, percent(found.others)),
    )
    cells = row(spacing=t.S5)
    for name, value, rate in figures:
        words = rate if value == MISSING else f"{value} ({rate})" if rate != MISSING else value
        head = label(name, "subtle small")
        head.setMinimumWidth(theme.px(128))  # the figures of all channels stand below each other
        cells.addLayout(column(head, label(words, "strong"), spacing=1))
    cells.addStretch(1)
    told = label(campaigns.effect_words(each), "small", wrap=True)
    return column(label(each.channel.label, "strong"), cells, told, spacing=t.S1)


class CampaignDialog(FormDialog):
    def __init__(self, page: CampaignsPage, view: CampaignView | None) -> None:
        super().__init__(page, "캠페인 고치기" if view else "새 캠페인")
        self._page, self._view = page, view
        today = page.state.today
        self.name, self.note = QLineEdit(view.name if view else ""), QLineEdit(view.note if view else "")
        self.starts, self.ends = date_edit("시작하는 날"), date_edit("끝나는 날")
        first = view.starts if view else today
        last = (view.ends if view else None) or today
        self.starts.setDate(QDate(first.year, first.month, first.day))
        self.ends.setDate(QDate(last.year, last.month, last.day))
        self.is_open = QCheckBox("끝나는 날이 아직 없음")
        self.is_open.setChecked(view is not None and view.ends is None)
        self.is_open.toggled.connect(self.ends.setDisabled)
        self.ends.setDisabled(self.is_open.isChecked())
        rows = page.state.context.read(list_channels)
        self.channels = Chips([(each.id, each.label) for each in rows], "채널")
        self.channels.set_values(view.channel_ids if view else ())
        shape = form()
        for text, widget in (("이름", self.name), ("시작", self.starts), ("끝", self.ends)):
            add_row(shape, text, widget)
        shape.addRow("", self.is_open)
        add_row(shape, "채널", self.channels, name=False)
        add_row(shape, "메모", self.note)
        self.body.addLayout(shape)
        self.body.addWidget(label("채널을 고르지 않으면 모든 채널의 캠페인입니다.", "subtle small"))
        self.close_foot()

    def save(self) -> None:
        starts, ends = _day(self.starts), None if self.is_open.isChecked() else _day(self.ends)
        changes = self._page.state.context.write(
            campaigns.save_campaign, name=self.name.text(), starts=starts, ends=ends,
            channel_ids=self.channels.values, note=self.note.text(),
            campaign_id=self._view.id if self._view else None,
        )  # fmt: skip
        self._page.current = changes.created
        self._page.touch()
        self._page.state.say(changes.label, changes)


def _day(edit: QWidget) -> date:
    day = edit.date().toPython()  # type: ignore[attr-defined]
    assert isinstance(day, date)
    return day


class OutsideDialog(FormDialog):
    def __init__(self, page: CampaignsPage, view: CampaignView) -> None:
        super().__init__(page, "바깥의 수 적기")
        self._page, self._view = page, view
        last = view.outside[-1] if view.outside else None
        self.name = QLineEdit(last.name if last else "")
        self.unit = QLineEdit(last.unit if last else "명")
        self.period, self.value = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("예: 관광지 입장객")
        self.period.setPlaceholderText("예: 2016년, 2016. 4. 1. ~ 2016. 12. 31.")
        self.value.setPlaceholderText("예: 156만8,379")
        shape = form()
        for text, widget in (
            ("무엇", self.name),
            ("단위", self.unit),
            ("기간", self.period),
            ("값", self.value),
        ):
            add_row(shape, text, widget)
        self.body.addLayout(shape)
        self.close_foot()

    def save(self) -> None:
        reading = parse_date(self.period.text().strip(), year=self._page.state.today.year)
        if reading is None or reading.period is None:
            raise InputError("기간을 2016년, 2016년 4월, 2016. 4. 1. ~ 6. 30.처럼 적어 주세요.")
        number = parse_number(self.value.text().strip())
        if not isinstance(number, Number):
            raise InputError("값을 숫자로 적어 주세요.")
        changes = self._page.state.context.write(
            campaigns.save_outside, campaign_id=self._view.id, name=self.name.text(), unit=self.unit.text(),
            period=reading.period, value=number.value,
        )  # fmt: skip
        self._page.state.say(changes.label, changes)
