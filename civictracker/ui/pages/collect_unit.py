"""취합, beside the board: one unit's figures, what is odd about them, and which file counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from civictracker.domain.collecting import Status
from civictracker.services.collect_board import Board, BoardRow, FileLine, Line, Place, shown
from civictracker.services.collect_import import NEW, OLD
from civictracker.services.import_plan import Verdict
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    ElidedLabel,
    Segments,
    button,
    column,
    label,
    row,
    tag,
)
from civictracker.ui.widgets.collect_view import LOOKS
from civictracker.ui.widgets.row_panel import RowPanel, padded

_MARKS = {
    Verdict.NEW: ("신규", "primary"), Verdict.SAME: ("들어감", "success"),
    Verdict.DIFFERENT: ("다름", "danger"),
}  # fmt: skip


class UnitPanel(Card):
    """``choices`` says for figures that differ whether the data's or the file's is to stay."""

    choice_changed = Signal()
    file_chosen = Signal(int)  # the file that counts
    accepted = Signal(bool)  # 확인함, or taken back
    file_wanted = Signal(str, str)  # folder and name, to open in 가져오기

    def __init__(self) -> None:
        super().__init__(padded=False)
        self.choices: dict[Place, str] = {}
        self.default = OLD
        self.rows = RowPanel()
        self.body.addWidget(self.rows, 1)
        self.setMinimumWidth(theme.px(340))

    def show_unit(self, found: BoardRow | None) -> None:
        self.rows.show_rows(self._of_unit(found))

    def _of_unit(self, found: BoardRow | None) -> Iterator[QWidget]:
        if found is None:
            return
        yield self._head(found)
        if len(found.files) > 1:
            yield self._files(found)
        if found.oddities:
            yield self._oddities(found)
        if found.used is not None:
            yield self._figures(found)

    def show_others(self, board: Board) -> None:
        """Files that are no forms of this round, each with its reason."""
        self.rows.show_rows(self._of_others(board))

    def _of_others(self, board: Board) -> Iterator[QWidget]:
        yield padded(label(f"이 취합의 서식이 아닌 파일 {len(board.others):,}개", "part"))
        for other in board.others[:200]:
            act = button(
                "가져오기에서 열기",
                partial(self.file_wanted.emit, other.folder, other.name),
                kind="text small",
            )
            act.setAccessibleName(f"{other.name} 가져오기에서 열기")
            head = row(spacing=t.S1)
            head.addWidget(ElidedLabel(other.name, "strong"), 1)
            head.addWidget(act)
            yield padded(head, label(other.why, "subtle", wrap=True))

    # --- parts --------------------------------------------------------------------------------

    def _head(self, found: BoardRow) -> QWidget:
        tags = row(label(found.unit.name, "part"), tag(found.status.value, LOOKS[found.status]), spacing=t.S2)
        if found.is_late and found.status is not Status.LATE:
            tags.addWidget(tag(Status.LATE.value, LOOKS[Status.LATE]))
        tags.addStretch(1)
        tags.addWidget(label(f"서식번호 {found.unit.code}", "subtle small"))
        if not found.files:
            names = ", ".join(channel.name for channel in found.unit.channels)
            words = [
                label("아직 오지 않았습니다.", "strong"),
                label(f"물어본 채널: {names}", "subtle", wrap=True),
            ]
            return padded(tags, *words)
        used = found.used
        if used is None:
            return padded(tags, label("쓸 파일을 아직 고르지 않았습니다.", "subtle"))
        when = label(f"{used.saved:%Y. %m. %d. %H:%M} 저장", "subtle small")
        return padded(tags, ElidedLabel(used.name, "subtle"), when)

    def _files(self, found: BoardRow) -> QWidget:
        box = column(label("이곳에서 온 파일", "strong"), spacing=t.S1)
        for each in reversed(found.files):
            box.addLayout(self._file(found, each))
        return padded(box)

    def _file(self, found: BoardRow, each: FileLine) -> QVBoxLayout:
        told = ", ".join(shown(value.value, value.metric) for value in each.judged.values) or "값 없음"
        line_ = row(spacing=t.S2)
        line_.addWidget(ElidedLabel(each.name), 1)
        if found.used is not None and each.id == found.used.id:
            line_.addWidget(tag("쓰는 파일", "primary"))
        else:
            act = button("이 파일 쓰기", partial(self.file_chosen.emit, each.id), kind="small")
            act.setAccessibleName(f"{each.name} 파일 쓰기")
            line_.addWidget(act)
        return column(
            line_, ElidedLabel(f"{each.saved:%m. %d. %H:%M} 저장 · {told}", "subtle small"), spacing=0
        )

    def _oddities(self, found: BoardRow) -> QWidget:
        box = column(spacing=t.S2)
        for each in found.oddities:
            words = label(each.text, wrap=True)
            name = "넣지 않음" if each.holds else "확인"
            mark = tag(name, "danger" if each.holds else "warning")
            inner = row(spacing=t.S2)
            inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            inner.addWidget(words, 1)
            box.addLayout(inner)
        if found.used is not None:
            text = "다시 이상으로" if found.accepted else "이대로 맞음"
            act = button(text, lambda: self.accepted.emit(not found.accepted), kind="small")
            act.setToolTip("보고 확인했으면 이상 표시를 거둡니다. 넣지 않는 값은 그대로 넣지 않습니다.")
            box.addLayout(row(act, None))
        if any(line_.is_held for line_ in found.lines):
            box.addWidget(
                label("보류한 값은 ‘이대로 맞음’을 누르면 함께 넣습니다.", "subtle small", wrap=True)
            )
        return padded(box)

    def _figures(self, found: BoardRow) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(t.S3))
        grid.setVerticalSpacing(theme.px(t.S1))
        grid.setColumnStretch(0, 1)
        for at, text in enumerate(("", "지난 값", "낸 값", "")):
            head = label(text, "subtle small")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, at)
        previous = ""
        for each in found.lines:
            if each.channel.name != previous and len(found.unit.channels) > 1:
                grid.addWidget(label(each.channel.name, "strong"), grid.rowCount(), 0, 1, 4)
            previous = each.channel.name
            self._figure(grid, each)
        notes = found.used.judged.notes if found.used else {}
        box = column(grid, spacing=t.S2)
        for text in notes.values():
            box.addWidget(label(f"비고: {text}", "subtle", wrap=True))
        return padded(box)

    def _figure(self, grid: QGridLayout, each: Line) -> None:
        at = grid.rowCount()
        grid.addWidget(label(each.metric.name), at, 0)
        now = "해당 없음" if each.is_none else shown(each.value, each.metric)
        for place, text, kind in ((1, shown(each.last, each.metric), "subtle"), (2, now, "strong")):
            value = label(text, kind)
            value.setFont(theme.figures(t.BODY, bold=kind == "strong"))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, at, place)
        if each.verdict is not None or each.is_held:
            name, look = _MARKS[each.verdict] if each.verdict else ("보류", "danger")
            mark = tag(name, look)
            mark.setToolTip(f"{each.cell} 칸")
            grid.addWidget(mark, at, 3)
        if each.verdict is Verdict.DIFFERENT:
            old, new = shown(each.stored, each.metric), now
            choice = Segments(
                ((OLD, f"{old} 그대로"), (NEW, f"{new}(으)로")), self.choices.get(each.place, self.default),
                f"{each.channel.name} {each.metric.name}",
            )  # fmt: skip
            choice.chosen.connect(partial(self._choose, each.place))
            grid.addWidget(choice, at + 1, 0, 1, 4)

    def _choose(self, place: Place, value: str) -> None:
        self.choices[place] = value
        self.choice_changed.emit()
