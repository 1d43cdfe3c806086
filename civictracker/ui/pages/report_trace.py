"""Beside the paper: where a pressed figure comes from, and what wants a second look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civictracker.domain.dates import label as period_label
from civictracker.services.channels import list_channels
from civictracker.services.figures import provenance
from civictracker.services.report_posts import sent_posts
from civictracker.services.report_values import Caution, Source
from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, button, clear, column, label, row, tag
from civictracker.ui.words import day_words, figure

_CAUTIONS = {
    "missing": ("미입력", "warning"), "gap": ("견줌", "info"), "slip": ("자릿수 의심", "danger"),
    "carried": ("전주 반영", "info"), "differs": ("다름", "danger"),
}  # fmt: skip


_MOST = 12  # values that are told one by one


def _told(value: int | None) -> str:
    return "-" if value is None else figure(value)


class TraceSide(QWidget):
    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        box = column(spacing=t.S3)
        self.card = Card("누른 숫자")
        self.trace_body = QVBoxLayout()
        self.trace_body.setSpacing(theme.px(t.S1))
        self.card.body.addLayout(self.trace_body)
        box.addWidget(self.card)
        self.checks_card = Card("숫자 검산")
        self.check_rows = QVBoxLayout()
        self.check_rows.setSpacing(theme.px(t.S2))
        self.checks_card.body.addLayout(self.check_rows)
        box.addWidget(self.checks_card)
        box.addStretch(1)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(180))

    def show_source(self, source: Source | None) -> None:
        clear(self.trace_body)
        if source is None:
            self.trace_body.addWidget(
                label("종이에 있는 숫자를 누르면 그 값이 어디에서 왔는지 나옵니다.", "subtle", wrap=True)
            )
            return
        self.trace_body.addWidget(label(source.words, "strong", wrap=True))
        found = self._posts(source) if source.post_ids else self._provenances(source)
        for words in source.told[:_MOST]:
            self.trace_body.addWidget(label(words, wrap=True))
        for head, words in found[:_MOST]:
            self.trace_body.addWidget(label(head, wrap=True))
            self.trace_body.addWidget(label(words, "subtle small", wrap=True))
        if len(found) > _MOST:
            self.trace_body.addWidget(label(f"외 {len(found) - _MOST}개 값", "subtle small"))
        if not found and not source.told:
            known = (
                "이 숫자의 원래 값이 없습니다(미입력)."
                if source.channel_ids
                else "문서를 만들며 센 수입니다."
            )
            self.trace_body.addWidget(label(known, "subtle", wrap=True))
        if source.channel_ids:
            target = source.channel_ids[0]
            act = button("입력 칸으로", lambda: self._state.open_page("entry", target), kind="small")
            self.trace_body.addLayout(row(act, None))

    def _posts(self, source: Source) -> list[tuple[str, str]]:
        """The sends behind a printed figure, each with what came of it."""
        return [
            (each.subject, f"{day_words(each.day)} · 발송 {_told(each.sent)} · 열람 {_told(each.opened)}")
            for each in self._state.context.read(sent_posts, ids=source.post_ids)
        ]

    def _provenances(self, source: Source) -> list[tuple[str, str]]:
        """(whose and how many, where from) of every stored figure behind a printed one."""
        read = self._state.context.read
        names = {row.id: row.label for row in read(list_channels)} if len(source.channel_ids) > 1 else {}
        found = []
        for channel in source.channel_ids:
            for period in (source.period, source.base):
                if period is None:
                    continue
                for each in read(provenance, metric=source.metric, channel_id=channel, period=period):
                    when = f"{day_words(each.at.date())} {each.at:%H:%M}" if each.at else ""
                    whose = names.get(channel, period_label(each.period, self._state.naming))
                    found.append((f"{whose} {figure(each.value)}".strip(), f"{each.words} · {when}"))
        return found

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """What the paper says with a reservation, each with the way to its cure."""
        clear(self.check_rows)
        for caution in cautions:
            mark = tag(*_CAUTIONS.get(caution.kind, ("확인", "warning")))
            box = column(mark, label(caution.text, wrap=True), spacing=2)
            target = caution.source.channel_ids[0] if caution.source.channel_ids else None
            if caution.kind in {"missing", "slip"} and target is not None:
                act = button(
                    "고치러 가기",
                    partial(self._state.open_page, "entry", target),
                    kind="text small",
                )
                box.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
            self.check_rows.addLayout(box)
        if not cautions:
            self.check_rows.addWidget(label("○ 확인할 것이 없습니다.", "subtle", wrap=True))
