"""A plan of posts under review: its sheet, what each row would become, and what a person has to say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from civictracker.services.channels import ChannelRow
from civictracker.services.import_columns import Verdict
from civictracker.services.imports import Plan
from civictracker.services.post_plan import PlannedPost, PostPlan, wants_new
from civictracker.sheets.isolated import AS
from civictracker.sheets.post_heads import SKIP
from civictracker.sheets.records import Question
from civictracker.ui import tokens as t
from civictracker.ui.models.post_plan_table import CHECK, LEFT_OUT, ROOMS, Line, PostPlanTable, lines_of
from civictracker.ui.models.sheet_model import Part
from civictracker.ui.pages.import_picture import SheetPicture
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    ComboBox,
    Segments,
    button,
    clear,
    column,
    holder,
    label,
    line,
    row,
    tag,
)
from civictracker.ui.widgets.fitted import FittedTable

KINDS = (
    ("day", "날짜"), ("time", "시각"), ("subject", "제목"), ("channels", "채널"), ("audience", "대상"),
    ("owner", "담당"), ("kind", "종류"), ("status", "상태"), ("body", "본문"), ("link", "링크"),
    ("note", "비고"), ("sent", "발송 수"), ("opened", "열람 수"), ("clicked", "클릭 수"),
    ("blocked", "차단 수"), ("shared", "공유 수"), ("cost_won", "비용(원)"), (SKIP, "쓰지 않음"),
)  # fmt: skip
_LEGEND = (Part.HEADER, Part.DATE, Part.SUBJECT, Part.ENTITY, Part.VALUE, Part.SKIP)
_COUNTED = (
    Verdict.NEW.value, Verdict.DIFFERENT.value, Verdict.SAME.value, LEFT_OUT, Verdict.ERROR.value,
    Verdict.QUESTION.value,
)  # fmt: skip
ASKED = 4  # questions at a time


class PostReview(QWidget):
    """``answer({key: value})`` is told answers and corrections; ``choices`` holds 새 값/기존 값 by cell."""

    choice_changed = Signal()

    def __init__(self, answer: Callable[[dict[str, str]], object]) -> None:
        super().__init__()
        self._answer = answer
        self._plan: PostPlan | None = None
        self._channels: Sequence[ChannelRow] = ()
        self._lines: list[Line] = []
        self.choices: dict[str, str] = {}
        self.only = ""  # the verdict that alone is shown
        self.picture = SheetPicture(answer, KINDS, _LEGEND)
        sides = row(spacing=t.S3)
        sides.addWidget(self.picture, 50)
        sides.addWidget(self._panel(), 50)
        self.setLayout(sides)

    # --- laying out ---------------------------------------------------------------------------

    def _panel(self) -> Card:
        card = Card(padded=False)
        card.body.setSpacing(0)
        card.setMinimumWidth(theme.px(360))
        self._heads = QHBoxLayout()
        self._heads.setContentsMargins(*(theme.px(t.S2),) * 4)
        self._heads.setSpacing(theme.px(t.S1))
        self._questions = QVBoxLayout()
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._questions.setSpacing(0)
        self._asking = QScrollArea()
        self._asking.setWidgetResizable(True)
        self._asking.setFrameShape(QFrame.Shape.NoFrame)
        self._asking.setWidget(holder(self._questions))
        self._asking.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = PostPlanTable()
        self.table = FittedTable("가져올 게시", ROOMS)
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(*(theme.px(t.S3),) * 4)
        self._detail.setSpacing(theme.px(t.S1))
        for part in (holder(self._heads), line(), self._asking, self.table, line(), holder(self._detail)):
            card.body.addWidget(part)
        card.body.setStretch(3, 1)
        return card

    # --- showing ------------------------------------------------------------------------------

    def show_plan(
        self, plan: PostPlan, channels: Sequence[ChannelRow], answers: dict[str, str], *, keep_place: bool
    ) -> None:
        """Show a file; ``keep_place`` when it is the same one, understood anew."""
        if not keep_place:
            self.choices.clear()
            self.only = ""
        self._plan, self._channels = plan, channels
        self.picture.show_plan(plan, answers, keep_place=keep_place)
        names = {each.id: each.label.removesuffix(" 채널") for each in channels}
        self._lines = lines_of(plan, names)
        self._show_questions(plan)
        self._show_lines()

    def _show_lines(self) -> None:
        self.model.show([each for each in self._lines if self.only in {"", each.verdict}])
        self._show_heads()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._show_detail(None)

    def _show_heads(self) -> None:
        """The counts, each of which shows its own rows alone."""
        clear(self._heads)
        told = [*_COUNTED, *([CHECK] if any(each.verdict == CHECK for each in self._lines) else [])]
        for name in told:
            count = sum(each.verdict == name for each in self._lines)
            made = button(f"{name} {count:,}", partial(self._show_only, name), kind="chip")
            made.setCheckable(True)
            made.setChecked(self.only == name)
            made.setEnabled(count > 0)
            made.setStyleSheet(f"padding: 0 {theme.px(6)}px;")
            self._heads.addWidget(made)
        self._heads.addStretch(1)

    def _show_only(self, name: str) -> None:
        self.only = "" if self.only == name else name
        self._show_lines()

    # --- questions ----------------------------------------------------------------------------

    def _show_questions(self, plan: PostPlan) -> None:
        clear(self._questions)
        for question in plan.questions[:ASKED]:
            self._questions.addWidget(self._question(question))
            self._questions.addWidget(line())
        if (more := len(plan.questions) - ASKED) > 0:
            words = label(f"위의 것에 답하면 {more:,}개를 이어서 묻습니다.", "subtle small")
            words.setContentsMargins(theme.px(t.S3), theme.px(t.S1), 0, theme.px(t.S1))
            self._questions.addWidget(words)
        self._asking.setVisible(bool(plan.questions))
        room = self._questions.sizeHint().height() + theme.px(4)
        self._asking.setFixedHeight(min(theme.px(240), room))

    def _question(self, question: Question) -> QWidget:
        where = button(
            question.cell.rpartition("!")[2], lambda: self.picture.show_cell(question.cell), kind="text small"
        )
        head = row(tag("질문", "warning"), label(question.why, "strong", wrap=True), where)
        head.setStretch(1, 1)
        box = column(spacing=t.S1)
        box.addLayout(head)
        box.addWidget(self._control(question))
        box.setContentsMargins(theme.px(t.S3), theme.px(t.S2), theme.px(t.S3), theme.px(t.S2))
        return holder(box)

    def _control(self, question: Question) -> QWidget:
        key = question.key
        if key == "days":
            choice = Segments((("above", "윗줄의 날짜로"), ("skip", "그 줄은 빼기")), "", question.why)
            choice.chosen.connect(lambda value: self._answer({key: value}))
            return choice
        if key.startswith("channel:"):
            return self._channel_choice(question)
        edit = QLineEdit(next(iter(question.choices), ""))
        edit.setAccessibleName(question.why)
        edit.setPlaceholderText({"year": "예: 2026", "month": "예: 11"}.get(key, ""))
        act = button("답하기", lambda: edit.text().strip() and self._answer({key: edit.text().strip()}))
        edit.returnPressed.connect(act.click)
        return holder(row(edit, act))

    def _channel_choice(self, question: Question) -> QWidget:
        name = question.key.partition(":")[2]
        box = ComboBox()
        box.setAccessibleName(question.why)
        box.addItem("고르세요", "")
        own = {str(each.id): each.label for each in self._channels if each.is_own}
        first = [choice for choice in question.choices if choice in own]
        for key in (*first, *(key for key in own if key not in first)):
            box.addItem(own[key], key)
        box.insertSeparator(box.count())
        box.addItem(f"새 채널 ‘{name}’ 만들기", f"new:{name}")
        box.addItem("이 채널은 빼기", "skip")
        box.activated.connect(
            lambda _at: box.currentData() and self._answer({question.key: str(box.currentData())})
        )
        return box

    # --- one row ------------------------------------------------------------------------------

    def _on_table_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_detail(self.model.row_at(current.row()))

    def _show_detail(self, chosen: Line | None) -> None:
        clear(self._detail)
        if chosen is None:
            self._detail.addWidget(label("줄을 고르면 왼쪽 시트에서 그 칸을 보여 줍니다.", "subtle small"))
            return
        self.picture.show_cell(chosen.cell)
        why = chosen.why or _MEANS.get(chosen.verdict, "")
        self._detail.addWidget(label(f"{chosen.cell.rpartition('!')[2]} · {why}", "small", wrap=True))
        if chosen.post is not None and chosen.post.differs:
            self._detail.addLayout(self._choice(chosen.post))

    def _choice(self, post: PlannedPost) -> QHBoxLayout:
        choice = Segments(
            (("old", "달력 그대로"), ("new", "파일의 값으로")),
            "new" if wants_new(post, self.choices) else "old", post.subject,
        )  # fmt: skip
        choice.chosen.connect(lambda value: self._choose(post.cell, value))
        every = button("모두 파일의 값으로", lambda: self._choose("*", "new"), kind="text small")
        is_one_of_many = sum(bool(each.post and each.post.differs) for each in self._lines) > 1
        return row(choice, None, *([every] if is_one_of_many else []))

    def _choose(self, cell: str, value: str) -> None:
        if cell == "*":
            self.choices.clear()
        self.choices[cell] = value
        self.choice_changed.emit()
        if cell == "*":
            self._show_detail(self.model.row_at(self.table.currentIndex().row()))


class OtherReading(QPushButton):
    """Rows that name days and subjects may be posts, whatever figures stand beside them: read so, or not.

    A sheet in which nothing was found may be a plan too.
    """

    def __init__(self, answer: Callable[[dict[str, str]], object]) -> None:
        super().__init__()
        self._wanted = ""
        self.setProperty("class", "text")
        self.clicked.connect(lambda _checked=False: answer({AS: self._wanted}))

    def offer(self, plan: Plan | PostPlan, answers: dict[str, str]) -> None:
        is_posts = isinstance(plan, PostPlan)
        self._wanted = "figures" if is_posts else "posts"
        is_nothing = not is_posts and not any(len(table.records) for table in plan.found.tables)
        posts = "게시 계획으로 읽기" if is_nothing else "게시 결과로 읽기"
        self.setText("채널 통계로 읽기" if is_posts else posts)
        self.setVisible(is_nothing or bool(plan.found.posts_mark) or (is_posts and AS in answers))


_MEANS = {
    Verdict.NEW.value: "달력에 새로 넣습니다.", Verdict.SAME.value: "달력에 이미 있습니다.",
    Verdict.DIFFERENT.value: "달력에 다르게 적혀 있습니다.",
}  # fmt: skip
