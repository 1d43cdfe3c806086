"""비교: the offices by rank on a day, the rank over time, and how many times the average one is."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QHeaderView, QTableView, QWidget

from civictracker.documents.clip import cells_clip
from civictracker.domain.dates import official
from civictracker.domain.numbers import grouped
from civictracker.services import catalogue, compare
from civictracker.services.changes import Topic
from civictracker.services.compare import REACH, Ranking
from civictracker.ui import tokens as t
from civictracker.ui.charts.bump import BumpChart
from civictracker.ui.clipboard import put
from civictracker.ui.models.rank_table import RankTable
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.compare_entry import PeerValuesDialog
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Banner,
    Card,
    ComboBox,
    Segments,
    button,
    column,
    holder,
    label,
    row,
    scrolled,
)
from civictracker.ui.widgets.forms import date_edit
from civictracker.ui.widgets.formulas import formulas_button

SPANS = (("12", "12주"), ("52", "1년"), ("156", "3년"))
NARROW = 900
_WIDTHS = (78, 0, 80, 84, 58, 78, 80, 76)


class ComparePage(Page):
    id = "compare"
    name = "비교"
    hint = "Ctrl+Shift+C 표 복사 · 값이 없는 기관은 순위에 넣지 않습니다"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS, Topic.OFFICE})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.ranking: Ranking | None = None
        self._week = state.week
        self.tools.addWidget(formulas_button(self, self.id))
        self.tools.addWidget(button("표 복사", self.copy_table, icon="copy", keys="Ctrl+Shift+C"))
        self.tools.addWidget(button("비교 값 입력", self.type_values, kind="primary", icon="entry"))
        self.shortcut("Ctrl+Shift+C", self.copy_table)
        self.outer.addWidget(self._controls())
        self.banner = Banner("info")
        self.outer.addWidget(self.banner)
        self._sides = QHBoxLayout()
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(theme.px(t.S3))
        self._sides.addWidget(self._table_side(), 64)
        self._sides.addWidget(self._beside(), 36)
        self.outer.addWidget(scrolled(holder(self._sides)), 1)

    # --- laying out ---------------------------------------------------------------------------

    def _controls(self) -> QWidget:
        self.platform = ComboBox()
        self.platform.setAccessibleName("채널 종류")
        self.platform.setMinimumWidth(theme.px(120))
        self.day = date_edit("기준일")
        self.any_age = ComboBox()
        self.any_age.setAccessibleName("쓸 값")
        self.any_age.addItem("1년 안의 값", REACH)
        self.any_age.addItem("오래된 값도", 40_000)
        self.span = Segments(SPANS, "12", "기간")
        self._show_day()
        self.platform.currentIndexChanged.connect(lambda _at: self.touch())
        self.any_age.currentIndexChanged.connect(lambda _at: self.touch())
        self.day.dateChanged.connect(lambda _day: self.touch())
        self.span.chosen.connect(lambda _value: self.touch())
        return holder(
            row(
                label("채널", "subtle"), self.platform, t.S1, label("기준일", "subtle"), self.day,
                self.any_age, None, label("견줄 때", "subtle"), self.span,
            )
        )  # fmt: skip

    def _table_side(self) -> Card:
        card = Card("기관별 순위", padded=False)
        self.heading = card.note
        self.model = RankTable()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("기관별 순위")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        for at, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(at, theme.px(width))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(theme.px(220))
        card.body.addWidget(self.table, 1)
        self.foot = label("", "subtle small", wrap=True)
        self.foot.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S4), theme.px(t.S2))
        card.body.addWidget(self.foot)
        return card

    def _beside(self) -> QWidget:
        history = Card("순위 변화")
        self.chart = BumpChart()
        history.body.addWidget(self.chart, 1)
        words = Card("평균과 견줌")
        self.figure = label("", "figure")
        self.how = label("", "subtle small", wrap=True)
        self.words = label("", wrap=True)
        self.copy_words = button("문장 복사", self._copy_sentence, icon="copy", kind="small")
        words.body.addWidget(self.figure)
        words.body.addWidget(self.how)
        words.body.addWidget(self.words)
        words.body.addLayout(row(None, self.copy_words))
        both = column(spacing=t.S3)
        both.addWidget(history, 1)
        both.addWidget(words)
        return holder(both)

    def fold(self) -> None:
        ways = QBoxLayout.Direction
        is_narrow = self.width() < theme.px(NARROW)
        self._sides.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    # --- showing ------------------------------------------------------------------------------

    def _show_day(self) -> None:
        day = self.state.naming.base_day(self.state.week)
        self._set_day(day)

    def _set_day(self, day: date) -> None:
        self.day.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)  # noqa: FBT003

    def reload(self) -> None:
        if self._week != self.state.week:
            self._week = self.state.week
            self._show_day()
        self._show_platforms()
        platform = str(self.platform.currentData() or "kakao")
        day = self.day.date().toPython()
        assert isinstance(day, date)
        ranking = self.ranking = self.state.context.read(
            compare.load_ranking, day=day, platform=platform, weeks=int(self.span.value),
            reach=int(self.any_age.currentData()),
        )  # fmt: skip
        self.model.set_ranking(ranking)
        self.heading.setText(f"{len(ranking.rivals)}곳 중 {ranking.ranked}곳 값 있음")
        self.subtitle.setText(
            f"{official(ranking.day)} 기준 · 순위 옆 ▲▼와 증감률은 {official(ranking.since)} 값과 견줌"
        )
        self.foot.setText(compare.as_of_words(ranking))
        history = ranking.history
        self.chart.show_ranks(
            history.days,
            [(each.name, history.ranks[each.channel.id], each.is_own) for each in ranking.rivals],
        )
        self._show_average(ranking)
        self._offer_other_day(ranking, platform)

    def _show_platforms(self) -> None:
        codes = self.state.context.read(compare.platforms_compared) or ["kakao"]
        if [self.platform.itemData(at) for at in range(self.platform.count())] == codes:
            return
        self.platform.blockSignals(True)  # noqa: FBT003
        self.platform.clear()
        for code in codes:
            self.platform.addItem(catalogue.platforms()[code].name, code)
        self.platform.blockSignals(False)  # noqa: FBT003

    def _show_average(self, ranking: Ranking) -> None:
        mine, others = ranking.with_own, ranking.without_own
        has_own = ranking.own is not None and ranking.own.as_of is not None
        if not has_own or others is None or others.times_mean is None or mine is None:
            self.figure.setText("-")
            self.how.setText("우리 기관과 다른 기관의 값이 함께 있어야 견줍니다.")
        else:
            self.figure.setText(f"평균의 {others.times_mean}배")
            self.how.setText(
                f"계산식: 우리 값 ÷ 평균. 우리를 뺀 {others.count}곳 평균 {grouped(others.mean)}명 · "
                f"넣은 {mine.count}곳 평균 {grouped(mine.mean)}명이면 {mine.times_mean}배 · "
                f"중앙값 {grouped(others.median)}명의 {others.times_median}배"
            )
        given = [words for each in ranking.given if (words := compare.given_sentence(ranking, each))]
        self.words.setText("\n".join([compare.sentence(ranking), *given]).strip())
        self.copy_words.setEnabled(bool(self.words.text()))

    def _offer_other_day(self, ranking: Ranking, platform: str) -> None:
        """Where nobody can be compared on the day, go to one on which that is possible."""
        last = None
        if ranking.ranked - (ranking.own is not None and ranking.own.place is not None) < 1:
            last = self.state.context.read(compare.last_peer_day, platform=platform)
        if last is not None and last != ranking.day:
            text = f"이날 견줄 다른 기관의 값이 없습니다. 다른 기관의 마지막 값은 {official(last)} 것입니다."
            self.banner.say(
                "info",
                "값 없음",
                text,
                [(f"{official(last)}로", partial(self.day.setDate, QDate(last.year, last.month, last.day)))],
            )
        elif last is None and ranking.ranked <= 1 and len(ranking.rivals) <= 1:
            text = "견줄 기관이 아직 없습니다. 공개된 친구 수를 적거나 엑셀에서 가져오세요."
            self.banner.say(
                "info",
                "시작",
                text,
                [
                    ("비교 값 입력", self.type_values),
                    ("엑셀 가져오기", lambda: self.state.open_page("import")),
                ],
            )
        else:
            self.banner.hide()

    # --- taking along and typing --------------------------------------------------------------

    def copy_table(self) -> None:
        put(cells_clip(self.model.texts))
        self.state.say("표를 복사했습니다. 한글이나 엑셀에 붙여 넣으세요.")

    def _copy_sentence(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
        self.state.say("문장을 복사했습니다.")

    def type_values(self) -> None:
        self.dialog().run()

    def dialog(self) -> PeerValuesDialog:
        day = self.day.date().toPython()
        assert isinstance(day, date)
        return PeerValuesDialog(self, self.state, str(self.platform.currentData() or "kakao"), day)
