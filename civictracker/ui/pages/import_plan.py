"""The plan beside the sheet: counts, questions with their answers, conflicts, errors, what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from civictracker.domain.dates import label as period_label
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow
from civictracker.services.imports import Plan, PlanRow, Verdict, wants_new
from civictracker.services.matching import PEER
from civictracker.sheets.records import Question
from civictracker.ui import tokens as t
from civictracker.ui.state import State
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
    set_class,
    tag,
)
from civictracker.ui.widgets.row_panel import RowPanel, padded
from civictracker.ui.words import figure

SHOWN = 40
_OFFICE = re.compile(
    r"(?:시|군|구|도|청|정부)(?= / |$)"
)  # names that are more likely other offices than channels
_LEAST_SHOWN = 12  # letters of a choice
ASKED = 12  # questions at a time: each is a form of its own to draw
_COUNTS = (
    (Verdict.NEW, "신규"), (Verdict.DIFFERENT, "값 다름"), (Verdict.SAME, "동일"), (None, "제외"),
    (Verdict.ERROR, "오류"), (Verdict.QUESTION, "질문"),
)  # fmt: skip
_FIXED = {
    "span": (("week", "그 주"), ("day", "그 날"), ("month", "그 달"), ("year", "그 해")),
    "minus": (("△▲", "감소"), ("▼▽", "증가")),
    "dash": (("missing", "없음"), ("zero", "0")),
    "order": (("dmy", "일-월-년"), ("mdy", "월-일-년")),
    "bound": (("period", "그 기간 값으로"), ("skip", "빼기")),
    "point": (("thousands", "천 단위 점"), ("decimal", "소수점")),
    "twice": (("first", "첫 값"), ("last", "마지막 값"), ("sum", "더하기"), ("skip", "모두 빼기")),
    "ratio": (("share", "1이 100%"), ("percent", "적힌 그대로 %")),
    "pair": (("front", "괄호 앞"), ("inside", "괄호 안")),
    "years": (("same", "제목의 기간"), ("year", "그 해 전체")),
    "naming": (("thursday", "목요일 기준"), ("calendar_row", "달력 줄"), ("nth_weekday", "몇째 금요일")),
}


class PlanPanel(Card):
    """``answer({key: value})`` is told what was answered; ``choices`` holds 새 값/기존 값 by conflict."""

    cell_wanted = Signal(str)
    choice_changed = Signal()

    def __init__(self, state: State, answer: Callable[[dict[str, str]], object]) -> None:
        super().__init__(padded=False)
        self._state, self._answer = state, answer
        self.choices: dict[str, str] = {}
        self._channels: Sequence[ChannelRow] = ()
        self._heads = QHBoxLayout()
        self._heads.setSpacing(0)
        self.body.addLayout(self._heads)
        self.body.addWidget(line())
        self.rows = RowPanel()
        self.body.addWidget(self.rows, 1)
        self.body.setSpacing(0)
        self.setMinimumWidth(theme.px(340))

    def show_plan(self, plan: Plan, channels: Sequence[ChannelRow]) -> None:
        self._channels = channels
        self._show_counts(plan)
        self.rows.show_rows(self._parts(plan))

    def _parts(self, plan: Plan) -> Iterator[QWidget]:
        if all_new := self._all_new(plan):
            yield all_new
        yield from map(self._question, plan.questions[:ASKED])
        if len(plan.questions) > ASKED:
            more = len(plan.questions) - ASKED
            why = f"질문이 {more:,}개 더 있습니다. 위의 것에 답하면 이어서 묻습니다."
            yield self._told("질문", "warning", why, "")
        for conflict in plan.of(Verdict.DIFFERENT)[:SHOWN]:
            yield self._conflict(plan, conflict)
        for bad in plan.of(Verdict.ERROR)[:SHOWN]:
            yield self._told("오류", "danger", bad.why, bad.cell)
        for left in [each for each in plan.left_out if each.is_error][:SHOWN]:
            yield self._told("오류", "danger", left.why, left.cell)
        for check in plan.checks[:SHOWN]:
            yield self._told("확인", "warning", check, check)
        if left_out := self._left_out(plan):
            yield left_out
        if not plan.columns.tables and not plan.questions:
            why = "표를 찾지 못했습니다. 왼쪽 그림에서 머리글 줄을 누르고 ‘이 줄이 제목’을 눌러 주세요."
            yield self._told("표 없음", "warning", why, "")
        elif _is_clean(plan):
            yield self._told("이상 없음", "success", "물어볼 것도 틀린 것도 없습니다.", "")

    def _show_counts(self, plan: Plan) -> None:
        clear(self._heads)
        for verdict, name in _COUNTS:
            count = plan.left_out_count if verdict is None else plan.count(verdict)
            if verdict is Verdict.QUESTION:
                count = len(plan.questions)
            number = label(f"{count:,}", "part")
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            if count and verdict in {Verdict.DIFFERENT, Verdict.ERROR}:
                set_class(number, "part down")
            elif count and verdict is Verdict.NEW:
                set_class(number, "part up")
            words = label(name, "small subtle")
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box = column(number, words, spacing=0)
            box.setContentsMargins(0, theme.px(t.S2), 0, theme.px(t.S2))
            self._heads.addWidget(holder(box), 1)

    # --- questions ----------------------------------------------------------------------------

    def _all_new(self, plan: Plan) -> QWidget | None:
        """A sheet full of channels that are not here yet is answered at once, and read once."""
        names = [q.key.removeprefix("channel:") for q in plan.questions if q.key.startswith("channel:")]
        if len(names) < 3:
            return None
        words = label(f"처음 보는 채널이 {len(names)}개 있습니다.", "strong", wrap=True)
        act = button(
            "모두 새 채널로 만들기",
            lambda: self._answer({f"channel:{name}": f"new:{name}" for name in names}),
        )
        peers = [
            button(f"모두 다른 기관({platform})", partial(self._all_peers, names, code))
            for code, platform in self._peer_platforms()[:1]
            if sum(bool(_OFFICE.search(name)) for name in names) * 2 > len(names)
        ]
        none = button("모두 빼기", lambda: self._answer({f"channel:{name}": "skip" for name in names}))
        return padded(row(tag("질문", "warning"), None), words, *peers, act, none, narrow=True)

    def _all_peers(self, names: list[str], platform: str) -> None:
        self._answer({f"channel:{name}": f"{PEER}{platform}" for name in names})

    def _question(self, question: Question) -> QWidget:
        where = button(question.cell, lambda: self.cell_wanted.emit(question.cell), kind="text small")
        where.setVisible(bool(question.cell))
        head = row(tag("질문", "warning"), None, where)
        words = label(question.why, "strong", wrap=True)
        return padded(head, words, self._control(question), narrow=True)

    def _control(self, question: Question) -> QWidget:
        key = question.key
        name = question.why
        if key in _FIXED:
            offered = [each for each in _FIXED[key] if each[0] in question.choices]
            choice = Segments(offered or _FIXED[key], "", name)
            choice.chosen.connect(lambda value: self._answer({key: value}))
            return choice
        if key == "channel" or key.startswith("channel:"):
            return self._channel_choice(question)
        if key.startswith("metric:"):
            return self._metric_choice(question)
        return self._text_answer(question)

    def _channel_choice(self, question: Question) -> QWidget:
        name = question.key.partition(":")[2]
        box = ComboBox()
        # As wide as its place: the longest answer repeats a name of any length.
        box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_SHOWN)
        box.setAccessibleName(question.why)
        box.addItem("고르세요", "")
        by_id = {str(channel.id): channel for channel in self._channels}
        first = [choice for choice in question.choices if choice in by_id]
        for each in (*first, *(key for key in by_id if key not in first)):
            channel = by_id[each]
            shown = channel.label if channel.is_own else f"{channel.office} {channel.label}"
            box.addItem(shown, each)
        box.insertSeparator(box.count())
        if name:
            box.addItem(f"새 채널 ‘{name}’ 만들기", f"new:{name}")
            for code, platform in self._peer_platforms():
                box.addItem(f"다른 기관 ‘{name}’의 {platform}(비교)", f"{PEER}{code}")
        box.addItem("이 값은 빼기", "skip")
        box.activated.connect(lambda _at: self._answer_from(question.key, box))
        return box

    def _peer_platforms(self) -> list[tuple[str, str]]:
        """Of which other offices' figures can be compared with one's own."""
        own = {row.platform: row.platform_name for row in self._channels if row.is_own and not row.is_sub}
        return list(own.items())

    def _metric_choice(self, question: Question) -> QWidget:
        box = ComboBox()
        box.setAccessibleName(question.why)
        box.addItem("고르세요", "")
        known = catalogue.metrics()
        for metric in sorted(known.values(), key=lambda each: each.code not in question.choices):
            box.addItem(metric.name, metric.code)
        box.insertSeparator(box.count())
        box.addItem("새 지표: 그때그때의 수(합하지 않음)", "new:level:명")
        box.addItem("새 지표: 기간 동안의 수(합함)", "new:flow:건")
        box.addItem("이 값은 빼기", "skip")
        box.activated.connect(lambda _at: self._answer_from(question.key, box))
        return box

    def _answer_from(self, key: str, box: ComboBox) -> None:
        value = box.currentData()
        if value:
            self._answer({key: str(value)})

    def _text_answer(self, question: Question) -> QWidget:
        edit = QLineEdit()
        edit.setAccessibleName(question.why)
        hints = {"year": "예: 2026", "date": "예: 2026. 11. 20. 또는 2026년 11월 3주"}
        edit.setPlaceholderText(hints.get(question.key, ""))
        if question.choices:
            edit.setText(question.choices[0])
        act = button(
            "답하기", lambda: edit.text().strip() and self._answer({question.key: edit.text().strip()})
        )
        edit.returnPressed.connect(act.click)
        return holder(row(edit, act))

    # --- rows ---------------------------------------------------------------------------------

    def _conflict(self, plan: Plan, conflict: PlanRow) -> QWidget:
        target = plan.targets[conflict.target]
        name = next((each.label for each in self._channels if each.id == target.channel_id), target.name)
        metric = conflict.metric.name if conflict.metric else ""
        where = button(conflict.cell, lambda: self.cell_wanted.emit(conflict.cell), kind="text small")
        head = row(tag("값 다름", "danger"), label(f"{name} {metric}", "strong"), None, where)
        old, new = figure(conflict.stored), figure(conflict.value)
        choice = Segments(
            (("old", f"{old} 그대로"), ("new", f"{new}(으)로")),
            "new" if wants_new(conflict, self.choices) else "old",
            f"{name} {metric}",
        )
        choice.chosen.connect(lambda value: self._choose(conflict.key, value))
        words = label(
            f"{period_label(conflict.period, self._state.naming)} · 저장된 값 {old} → 이 파일 {new}",
            "subtle small",
            wrap=True,
        )
        return padded(head, words, choice, narrow=True)

    def _choose(self, key: str, value: str) -> None:
        self.choices[key] = value
        self.choice_changed.emit()

    def _told(self, kind: str, look: str, why: str, cell: str) -> QWidget:
        where = button(cell.rsplit("!", 1)[-1][:12], lambda: self.cell_wanted.emit(cell), kind="text small")
        where.setVisible("!" in cell)
        head = row(tag(kind, look), None, where)
        return padded(head, label(why, wrap=True), narrow=True)

    def _left_out(self, plan: Plan) -> QWidget | None:
        left = [each for each in plan.left_out if not each.is_error]
        if not left:
            return None
        box = column(label(f"제외한 줄 {len(left):,}", "strong"), spacing=t.S1)
        for each in left[:SHOWN]:
            where = button(
                each.cell.rsplit("!", 1)[-1],
                partial(self.cell_wanted.emit, each.cell),
                kind="text small",
            )
            where.setFixedWidth(theme.px(84))
            words = label(each.why, wrap=True)
            inner = row(where, spacing=t.S1)
            inner.addWidget(words, 1)
            box.addLayout(inner)
        if len(left) > SHOWN:
            box.addWidget(label(f"외 {len(left) - SHOWN:,}줄", "subtle"))
        return padded(box, narrow=True)


def _is_clean(plan: Plan) -> bool:
    """Whether there is nothing to tell but the figures themselves."""
    return not (
        plan.questions
        or plan.checks
        or plan.left_out
        or plan.count(Verdict.DIFFERENT)
        or plan.count(Verdict.ERROR)
    )
