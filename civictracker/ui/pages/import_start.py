"""가져오기 before a file is chosen: where to drop one, and what came in so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from civictracker.errors import UserError
from civictracker.services import undo
from civictracker.services.changes import Topic
from civictracker.services.imports import BatchRow
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, ElidedLabel, button, clear, column, holder, label, line, tag


class ImportStart(QWidget):
    def __init__(self, state: State, choose: Callable[[], object]) -> None:
        super().__init__()
        self._state = state
        drop = QFrame()
        drop.setProperty("class", "drop")
        words = column(
            None,
            label("엑셀·CSV 파일을 이 창에 끌어다 놓으세요", "part"),
            label(
                "본청 서식, 우리가 내보낸 파일, 유튜브·메타 통계 파일을 읽습니다. "
                "넣기 전에 먼저 보여 드립니다.",
                "subtle",
            ),
            button("파일 고르기", choose, icon="folder-open"),
            None,
        )
        for at in range(words.count()):
            item = words.itemAt(at)
            if item is not None and item.widget() is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        drop.setLayout(words)
        drop.setMinimumHeight(theme.px(200))
        self.history = Card("가져온 이력", "되돌려도 그 뒤에 고친 값은 그대로 둡니다", padded=False)
        self.history.body.setSpacing(0)
        self._history_rows = QVBoxLayout()
        self._history_rows.setSpacing(0)
        self.history.body.addLayout(self._history_rows)
        self.history.body.addStretch(1)
        box = column(spacing=t.S3)
        box.addWidget(drop, 2)
        box.addWidget(self.history, 3)
        self.setLayout(box)

    def show_batches(self, batches: Sequence[BatchRow]) -> None:
        clear(self._history_rows)
        for at, batch in enumerate(batches):
            if at:
                self._history_rows.addWidget(line())
            self._history_rows.addWidget(self._history_row(batch))
        if not batches:
            words = label("아직 가져온 파일이 없습니다.", "subtle")
            words.setContentsMargins(*(theme.px(t.S4),) * 4)
            self._history_rows.addWidget(words)

    def _history_row(self, batch: BatchRow) -> QWidget:
        when = label(f"{batch.at.month}. {batch.at.day}. {batch.at:%H:%M}", "subtle")
        when.setFixedWidth(theme.px(100))
        counts = (
            f"신규 {batch.added:,} · 바꿈 {batch.replaced:,} · 동일 {batch.same:,} · 제외 {batch.left_out:,}"
        )
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(t.S4), theme.px(t.S2), theme.px(t.S4), theme.px(t.S2))
        inner.addWidget(when)
        inner.addWidget(ElidedLabel(batch.file_name, "strong"), 1)
        inner.addWidget(label(counts, "subtle"))
        if batch.is_undone:
            inner.addWidget(tag("되돌림", "neutral"))
        else:
            act = button("되돌리기", lambda: self._undo_batch(batch), kind="small")
            act.setAccessibleName(f"{batch.file_name} 되돌리기")
            inner.addWidget(act)
        return holder(inner)

    def _undo_batch(self, batch: BatchRow) -> None:
        def act() -> None:
            changes = self._state.context.write(
                undo.undo_entry, log_id=batch.log_id,
                topics=frozenset({Topic.VALUES, Topic.IMPORTS, Topic.CHANNELS, Topic.POSTS}),
            )  # fmt: skip
            kept = f" 그 뒤에 고친 {changes.kept}개는 그대로 두었습니다." if changes.kept else ""
            self._state.say(f"‘{batch.file_name}’ 가져오기를 되돌렸습니다.{kept}", changes)

        try:
            act()
        except UserError as error:
            self._state.say(error.text)
