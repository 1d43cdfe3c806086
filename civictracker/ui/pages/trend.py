"""추이: several channels over time, as figures, changes or an index, with the same data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QBoxLayout,
)

from civictracker.domain.weeks import Grain
from civictracker.services.changes import Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.index_series import known_measures, load_measures
from civictracker.services.overlays import Overlay, breaks_of
from civictracker.services.trends import Series
from civictracker.ui import tokens as t
from civictracker.ui.charts.trend_chart import TrendChart
from civictracker.ui.file_dialogs import save_file
from civictracker.ui.models.trend_table import TrendTable
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.trend_chips import ChannelChips, channel_menu, channel_name
from civictracker.ui.pages.trend_extras import (
    NoteDialog,
    TrendExtras,
    draw_svg,
    index_note,
    made_table,
    pictured,
    write_trend,
)
from civictracker.ui.pages.trend_metrics import MetricChoice
from civictracker.ui.pages.trend_view import (
    MODES,
    MOST_AXES,
    ONE_SCALE,
    TrendData,
    arranged,
    summary,
    units_of,
    units_told,
)
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    DateEdit,
    Empty,
    Segments,
    button,
    column,
    holder,
    label,
    row,
    scrolled,
)
from civictracker.ui.widgets.formulas import formulas_button

RANGES = (("12", "12주"), ("52", "1년"), ("156", "3년"), ("all", "전체"), ("own", "직접"))
GRAINS = {"week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR}
DEFAULT_CHANNELS = 5
YEAR = timedelta(days=378)  # what 전년 동기 looks back on


class TrendPage(Page):
    id = "trend"
    name = "추이"
    hint = "←→ 값 읽기 · ↑↓ 한 채널만 앞으로 · Ctrl+T 표로 · 끌어서 옮기고 휠로 넓히기"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS, Topic.NOTES, Topic.POSTS})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.channels: list[ChannelRow] = []
        self.chosen: list[int] = []
        self._channels_read = False
        self._build_tools()
        self.outer.addWidget(self._controls())
        self.chart = TrendChart()
        self.chart.setAccessibleName("추이 그림")
        self.chart.setMinimumHeight(theme.px(190))
        card = Card()
        card.body.setContentsMargins(theme.px(t.S2), theme.px(t.S2), theme.px(t.S2), theme.px(t.S1))
        self.unit = label("", "subtle small")
        self.extras = TrendExtras(state)
        self.extras.changed.connect(self.touch)
        card.body.addLayout(row(self.unit, None, self.extras))
        card.body.addWidget(self.chart, 1)
        both = column(spacing=t.S3)  # they scroll on a low screen
        both.addWidget(card, 5)
        both.addWidget(self._table_card(), 2)
        self._chart_card = card
        self._both = scrolled(holder(both))
        self.outer.addWidget(self._both, 1)
        self.empty = Empty(
            "보여 줄 값이 없습니다",
            "주간 입력에서 숫자를 적거나 엑셀을 가져오면 여기에 그려집니다.",
            ("주간 입력으로", lambda: state.open_page("entry")),
        )
        self.empty.hide()
        self.outer.addWidget(self.empty, 1)

    # --- laying out ---------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.tools.addWidget(formulas_button(self, self.id, lambda: self.metrics.told))
        self.tools.addWidget(button("그림 복사", self.copy_picture, icon="copy", keys="Ctrl+Shift+C"))
        self.tools.addWidget(button("그림 저장", self.save_picture, icon="image"))
        self.tools.addWidget(button("엑셀", self.save_book, icon="sheet"))
        self.tools.addWidget(button("메모", self.add_note, icon="plus", tip="메모나 기준 변경 적기"))
        self.shortcut("Ctrl+Shift+C", self.copy_picture)
        self.shortcut("Ctrl+T", self._to_table)

    def _controls(self) -> Card:
        card = Card()
        self.chips = ChannelChips()
        self.chips.dropped.connect(self._drop)
        self.chips.choosing.connect(self._choose)
        self.metrics = MetricChoice(self, self.state)
        self.metrics.changed.connect(self.touch)
        self.metric_box = self.metrics.box
        card.body.addLayout(row(self.chips, self.metrics.more))
        self.mode = Segments(MODES, "value", "보기")
        self.range = Segments(RANGES, "52", "기간")
        self.grain = Segments(
            (("week", "주"), ("month", "월"), ("quarter", "분기"), ("year", "년")), "week", "단위"
        )
        self.from_, self.to = _date_edit("시작일"), _date_edit("종료일")
        for segments in (self.mode, self.range, self.grain):
            segments.chosen.connect(lambda _value: self.touch())
        for edit in (self.from_, self.to):
            edit.dateChanged.connect(lambda _day: self.touch())
        what = row(self.metric_box, self.mode)
        when = row(
            label("단위", "subtle"), self.grain,
            label("기간", "subtle"), self.range, self.from_, self.to, None,
        )  # fmt: skip
        self._line = row(spacing=t.S4)
        self._line.addLayout(what)
        self._line.setAlignment(what, Qt.AlignmentFlag.AlignLeft)
        self._line.addLayout(when, 1)
        card.body.addLayout(self._line)
        return card

    def fold(self) -> None:
        """The choices stand in two lines, and fewer channels beside each other, where one is too long."""
        room = theme.px(1300 if self.range.value == "own" else 1044)
        ways = QBoxLayout.Direction
        is_narrow = self.width() < room
        self._line.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._line.setSpacing(theme.px(t.S2 if is_narrow else t.S4))
        if self.channels:
            self._show_chips()

    def _table_card(self) -> Card:
        card = Card(padded=False)
        self.words = label("", wrap=True)
        self.words.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S4), theme.px(t.S2))
        card.body.addWidget(self.words)
        self.model = TrendTable()
        self.table = made_table(self.model)
        card.body.addWidget(self.table, 1)
        return card

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state = self.state
        self.channels = state.context.read(list_channels, peers=True)
        known = {channel.id for channel in self.channels}
        self.chosen = [each for each in self.chosen if each in known]
        if not self.chosen and not self._channels_read:
            own = [channel.id for channel in self.channels if channel.is_own and not channel.is_sub]
            self.chosen = own[:DEFAULT_CHANNELS]
            self._channels_read = True
        self._show_chips()
        is_own_range = self.range.value == "own"
        self.from_.setVisible(is_own_range)
        self.to.setVisible(is_own_range)
        self.fold()
        self.metrics.show_known(state.context.read(known_measures))
        data = self._load()
        self._both.setVisible(bool(self.channels))
        self.empty.setVisible(not self.channels)
        overlay = self._overlay(data)
        self.chart.set_log(self.extras.is_log and data.mode in {"value", "sum", "mean"})
        self.chart.show_lines(data.periods, data.names, data.lines, base=data.base, overlay=overlay)
        self.chart.setAccessibleDescription(data.summary)
        self.unit.setText("  ·  ".join(units_told(data)))
        told = [data.summary, overlay.ahead.words if overlay.ahead else "", data.note]
        self.words.setText(" ".join(each for each in told if each))
        self.model.set_data(data)
        self.table.setColumnWidth(0, theme.px(210))
        self.subtitle.setText(data.about)

    def focus_first(self) -> None:
        self.chart.setFocus()

    def _load(self) -> TrendData:
        metrics = self.metrics.chosen
        if len(units_of(metrics)) > MOST_AXES and self.mode.value not in ONE_SCALE:
            self.mode.set_value("index")
        grain = GRAINS[self.grain.value]
        start, end = self._span()
        since = start - YEAR if start and self.mode.value == "year" else start
        series: Sequence[Series] = ()
        if self.chosen:
            series = self.state.context.read(
                load_measures, channel_ids=self.chosen, codes=[each.code for each in metrics],
                naming=self.state.naming, start=since, end=end, grain=grain,
                reconstruct=self.extras.is_reconstructed,
            )  # fmt: skip
        breaks = self.state.context.read(breaks_of, channel_ids=self.chosen)
        data = arranged(
            series, metrics, grain=grain, naming=self.state.naming, mode=self.mode.value,
            start=start, end=end, breaks=breaks,
        )  # fmt: skip
        return data._replace(summary=summary(data), note=index_note(self.state, data, series))

    def _overlay(self, data: TrendData) -> Overlay:
        start, end = self._span()
        if start is None and data.periods:
            start = data.periods[0].start
        return self.extras.overlay(self.chosen, start, end, data)

    def _span(self) -> tuple[date | None, date]:
        end = self.state.week.end
        chosen = self.range.value
        if chosen == "own":
            return self.from_.date().toPython(), self.to.date().toPython()  # type: ignore[return-value]
        if chosen == "all":
            return None, end
        return end - timedelta(weeks=int(chosen)) + timedelta(days=1), end

    def _show_chips(self) -> None:
        by_id = {channel.id: channel_name(channel) for channel in self.channels}
        self.chips.show_chosen([(each, by_id[each]) for each in self.chosen if each in by_id], self.width())

    def _drop(self, channel_id: int) -> None:
        self.chosen.remove(channel_id)
        self.touch()

    def _choose(self) -> None:
        menu = channel_menu(self, self.channels, self.chosen, lambda each, on: self._toggle(each, on=on))
        menu.addSeparator()
        menu.addAction("우리 기관 채널 모두", self._choose_all)
        anchor = self.chips.add
        menu.exec(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _toggle(self, channel_id: int, *, on: bool) -> None:
        if on and channel_id not in self.chosen:
            self.chosen.append(channel_id)
        elif not on and channel_id in self.chosen:
            self.chosen.remove(channel_id)
        self.touch()

    def _choose_all(self) -> None:
        self.chosen = [channel.id for channel in self.channels if channel.is_own]
        self.touch()

    def show_detail(self, detail: object) -> None:
        """Show the channels whose ids ``detail`` holds."""
        if isinstance(detail, tuple):
            self.chosen = [int(each) for each in detail]
            self._channels_read = True
            self.touch()

    # --- taking it along ----------------------------------------------------------------------

    def picture(self, *, ratio: float = 2.0) -> QPixmap:
        """The chart with its title, ``ratio`` times as fine as the screen."""
        self.chart.point(-1)
        return pictured(self._chart_card, ratio)

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.picture())
        self.state.say("그림을 복사했습니다. 한글이나 엑셀에 붙여 넣으세요.")

    def save_picture(self) -> None:
        name = f"추이 {self._title()} {self.state.week_name().full}.png"
        target = save_file(self, "그림 저장", "picture", name, "PNG 그림 (*.png);;SVG 그림 (*.svg)")
        if target:
            self.save_to(target)

    def _title(self) -> str:
        return " · ".join(each.name for each in self.metrics.chosen)

    def save_to(self, target: Path) -> None:
        is_drawn = target.suffix.casefold() == ".svg" and draw_svg(self._chart_card, target)
        if is_drawn or self.picture().save(str(target), "PNG"):
            self.state.say(f"‘{target.name}’에 저장했습니다.")
        else:
            self.state.say("그림을 저장하지 못했습니다. 다른 폴더를 골라 주세요.")

    def save_book(self) -> None:
        """The table as a workbook with a chart of Excel's own."""
        name = f"추이 {self._title()} {self.state.week_name().full}.xlsx"
        target = save_file(self, "엑셀 저장", "picture", name, "엑셀 (*.xlsx)")
        if target and self.attempt(lambda: write_trend(self._load(), target)):
            self.state.say(f"‘{target.name}’에 저장했습니다.")

    def add_note(self) -> None:
        NoteDialog(self, self.state, [each for each in self.channels if each.id in self.chosen]).run()

    def _to_table(self) -> None:
        to = self.chart if self.table.hasFocus() else self.table
        to.setFocus()
        self._both.ensureWidgetVisible(to)


def _date_edit(name: str) -> DateEdit:
    edit = DateEdit(name)
    edit.setDate(QDate.currentDate())
    edit.hide()
    return edit
