"""성과: which sends were read, by topic, weekday, hour, audience and series; what was promised and sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from civictracker.domain.posting import ENOUGH_SENDS, claim, rate_figure
from civictracker.domain.topics import SHIPPED
from civictracker.services.post_stats import TOPIC, best_read, groups, promises
from civictracker.services.settings import save_settings
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Segments, button, column, label, row
from civictracker.ui.widgets.forms import FormDialog
from civictracker.ui.words import day_words, figure

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_VIEWS = (
    ("rank", "순위"), (TOPIC, "주제"), ("series", "반복 일정"), ("kind", "종류"), ("weekday", "요일"),
    ("hour", "시각"), ("audience", "대상"), ("kept", "약속 대비 발송"),
)  # fmt: skip
_NUMBERS = {"발송 횟수", "발송", "열람", "열람률", "약속", "보냄", "건너뜀", "결정할 것"}
_YEAR = timedelta(days=365)
_SHOWN = 200  # posts of the ranking


class StatsDialog(QDialog):
    def __init__(self, work: Work) -> None:
        super().__init__(work.page)
        self.work = work
        self.setWindowTitle("게시 성과")
        self.resize(theme.px(760), theme.px(560))
        self.views = Segments(_VIEWS, "rank", "나누어 보기")
        self.views.chosen.connect(lambda _key: self.show_view())
        self.note = label("", "subtle", wrap=True)
        self.topics = button("주제와 낱말 고치기", self._edit_topics, icon="pencil")
        self.table = QTableWidget()
        self.table.setAccessibleName("게시 성과 표")
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(t.ROW))
        self.table.horizontalHeader().setHighlightSections(False)
        box = column(
            label("게시 성과", "title"), row(self.views, None), self.note, self.table,
            row(self.topics, None, button("닫기", self.accept, kind="primary")), spacing=t.S3,
        )  # fmt: skip
        box.setContentsMargins(*(theme.px(t.S5),) * 4)
        box.setStretch(3, 1)
        self.setLayout(box)
        self.show_view()

    def show_view(self, view: str = "") -> None:
        if view:
            self.views.set_value(view)
        key = self.views.value
        self.topics.setVisible(key == TOPIC)
        {"rank": self._rank, "kept": self._kept}.get(key, self._groups)()

    def _edit_topics(self) -> None:
        if TopicDialog(self, self.work).run():
            self.show_view()

    def _groups(self) -> None:
        today = self.work.state.today
        found = self.work.state.context.read(groups, start=today - _YEAR, end=today, by=self.views.value)
        rule = f"지난 1년, 열람률 = 열람 합계 ÷ 발송 합계. 발송 {ENOUGH_SENDS}회 미만은 견주지 않습니다."
        self.note.setText(f"{claim(found)} {rule}".strip())
        self._show(
            ("묶음", "발송 횟수", "발송", "열람", "열람률", ""),
            [
                (each.name, f"{each.n}회", figure(each.counts.sent), figure(each.counts.opened),
                 rate_figure(each.rate) if each.says_something else "-",
                 "" if each.says_something else f"{ENOUGH_SENDS}회가 되면 견줍니다")
                for each in found
            ],
        )  # fmt: skip

    def _rank(self) -> None:
        today = self.work.state.today
        count, found = self.work.state.context.read(
            best_read, start=today - 10 * _YEAR, end=today, limit=_SHOWN
        )
        self.note.setText(
            f"열람률이 높은 순서, 결과 있는 게시 {count:,}건. 100%를 넘으면 공유로 읽은 수 포함."
        )
        self._show(
            ("날짜", "제목", "대상", "발송", "열람", "열람률"),
            [
                (day_words(post.day), post.subject, post.audience, figure(post.counts.sent),
                 figure(post.counts.opened), rate_figure(post.counts.rate("opened")))
                for post in found
            ],
        )  # fmt: skip

    def _kept(self) -> None:
        today = self.work.state.today
        found = self.work.state.context.read(promises, year=today.year, until=today)
        self.note.setText(f"{today.year}년, 반복 일정이 약속한 횟수와 실제로 보낸 횟수입니다.")
        self._show(
            ("반복 일정", "달", "약속", "보냄", "건너뜀", "결정할 것", "다룬 것"),
            [
                (each.series, f"{each.month.month}월", f"{each.promised}회", f"{each.sent}회",
                 f"{each.skipped}회" if each.skipped else "-", f"{each.waiting}회" if each.waiting else "-",
                 ", ".join(each.subjects))
                for each in found
            ],
        )  # fmt: skip

    def _show(self, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(rows))
        numbers = {at for at, head in enumerate(heads) if head in _NUMBERS}
        for at, head in enumerate(heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_side(at in numbers))
            self.table.setHorizontalHeaderItem(at, item)
        for at, texts in enumerate(rows):
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(place in numbers))
                if place in numbers:
                    item.setFont(theme.figures())
                self.table.setItem(at, place, item)
        self.table.resizeColumnsToContents()
        wide = 1 if heads[0] == "날짜" else len(heads) - 1 if heads[-1] else 0
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)


class TopicDialog(FormDialog):
    """What posts are sorted by: a topic and its words a line."""

    def __init__(self, parent: QWidget, work: Work) -> None:
        super().__init__(parent, "주제와 낱말")
        self.work = work
        self.setMinimumSize(theme.px(600), theme.px(420))
        self.text = QPlainTextEdit(work.state.settings.topics)
        self.text.setAccessibleName("주제와 낱말")
        self.text.setTabChangesFocus(True)
        self.body.addWidget(label(
            "한 줄에 한 가지, ‘주제: 낱말, 낱말’로 적습니다. 제목·본문·대체텍스트에 가장 많이 든 주제로.",
            "subtle", wrap=True,
        ))  # fmt: skip
        self.body.addWidget(self.text, 1)
        self.foot.addWidget(button("처음 목록으로", lambda: self.text.setPlainText(SHIPPED)))
        self.close_foot()

    def save(self) -> None:
        changes = self.work.state.context.write(save_settings, topics=self.text.toPlainText())
        self.work.tell(changes)


def _side(right: bool) -> Qt.AlignmentFlag:  # noqa: FBT001 (reads as the question it answers)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
