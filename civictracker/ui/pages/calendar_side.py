"""게시 일정's side: one post at a glance, its steps, and what came of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from civictracker.domain.posting import (
    COUNT_NAMES,
    KIND_NAMES,
    STATUS_NAMES,
    STEPS,
    Counts,
    Kind,
    Status,
    content_warnings,
    cost_of,
    minutes_between,
    rate_figure,
)
from civictracker.errors import InputError
from civictracker.services.calendar import PostKey
from civictracker.services.post_stats import last_result
from civictracker.services.posts import PostDetail, load_post
from civictracker.ui import tokens as t
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    ElidedLabel,
    button,
    clear,
    column,
    holder,
    icon_button,
    label,
    line,
    row,
    tag,
)
from civictracker.ui.words import day_words, figure

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_WIDTH = 316


class PostSide(Card):
    """Hidden while no post is chosen."""

    def __init__(self, work: Work) -> None:
        super().__init__(padded=False)
        self.work, self.state = work, work.state
        self.key: PostKey | None = None
        self.setFixedWidth(theme.px(_WIDTH))
        self.setAccessibleName("고른 게시")
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder(self._body))
        self.body.setSpacing(0)
        self.body.addWidget(area, 1)
        self.body.addWidget(line())
        self.body.addLayout(self._foot)
        self.hide()

    def show_post(self, key: PostKey | None) -> None:
        try:
            detail = self.state.context.read(load_post, key=key) if key else None
        except InputError:
            detail = None
        self.key = detail.key if detail else None
        self.setVisible(detail is not None)
        self.work.page.fold()
        clear(self._body)
        clear(self._foot)
        if detail is None:
            return
        for section in (self._head, self._steps, self._facts, self._slides, self._results):
            if self._body.count():
                self._body.addWidget(line())
            self._body.addWidget(_padded(section(detail)))
        self._body.addStretch(1)
        self._foot.addWidget(self._actions(detail))

    # --- sections -----------------------------------------------------------------------------

    def _head(self, detail: PostDetail) -> QVBoxLayout:
        draft = detail.draft
        title = label(draft.subject, "part", wrap=True)
        close = icon_button("close", "닫기", self._close)
        when = row(label(f"{day_words(draft.planned)} {draft.time}", "strong"), None)
        top = row(title, close, spacing=t.S1)
        top.setStretch(0, 1)
        box = column(top, when, spacing=t.S1)
        if detail.moved_because:
            box.addLayout(row(tag(detail.moved_because, "warning"), None))
        for each in self._warnings(detail):
            box.addWidget(label(each, "small error", wrap=True))
        return box

    def _close(self) -> None:
        self.work.page.grid.select(None)
        self.show_post(None)

    def _warnings(self, detail: PostDetail) -> list[str]:
        draft = detail.draft
        found = content_warnings(
            kind=draft.kind, time=draft.time, subject=draft.subject, body=draft.body,
            slides=len(draft.slides), without_alt=sum(not each.alt_text.strip() for each in draft.slides),
            channels=len(draft.channels),
        )  # fmt: skip
        schedule = self.work.page.schedule
        near = next((post for post in schedule.posts if post.key == detail.key), None) if schedule else None
        texts = [each.text for each in found if each.key != "alt"]
        if near is not None:
            texts += [each.text for each in near.warnings if each.key in {"clash", "twin", "holiday"}]
        return texts

    def _steps(self, detail: PostDetail) -> QGridLayout:
        """기획 to 완료, each pressed to go there."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(t.S1))
        now = detail.draft.status
        for at, step in enumerate(STEPS):
            made = QPushButton(STATUS_NAMES[step])
            made.setProperty("class", "chip")
            made.setCheckable(True)
            made.setChecked(step is now)
            made.setStyleSheet(f"padding: 0 {theme.px(2)}px;")
            made.setAccessibleName(f"상태: {STATUS_NAMES[step]}")
            made.clicked.connect(partial(self._go_to_step, step))
            grid.addWidget(made, 0, at)
        if now is Status.SKIPPED:
            grid.addWidget(label("건너뛴 게시입니다. 단계를 누르면 되살립니다.", "subtle small"), 1, 0, 1, 5)
        return grid

    def _go_to_step(self, step: Status, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a slot)
        self.work.set_status(step)

    def _facts(self, detail: PostDetail) -> QGridLayout:
        draft = detail.draft
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(t.S3))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        facts: list[tuple[str, str]] = [
            ("대상", draft.audience), ("담당", draft.owner),
            ("종류", "" if draft.kind is Kind.NORMAL else KIND_NAMES[draft.kind]),
            ("반복", detail.series.words if detail.series else ""),
            ("블로그", draft.link.removeprefix("https://")),
            ("첨부", f"{len(draft.attachments)}개" if draft.attachments else ""),
            ("비고", draft.note.splitlines()[0] if draft.note else ""),
        ]  # fmt: skip
        minutes = minutes_between(draft.happened, draft.sent_at)
        if minutes is not None:
            facts.append(("발생→발송", f"{minutes}분"))
        grid.addWidget(label("채널", "subtle"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._channels(draft.channels), 0, 1)
        for at, (name, text) in enumerate(((n, x) for n, x in facts if x), 1):
            grid.addWidget(label(name, "subtle"), at, 0)
            grid.addWidget(ElidedLabel(text), at, 1)
        return grid

    def _channels(self, ids: tuple[int, ...]) -> QVBoxLayout:
        box = column(spacing=2)
        marks = self.work.page.marks
        for each in ids:
            if each in marks:
                square = QFrame()
                square.setFixedSize(theme.px(9), theme.px(9))
                square.setStyleSheet(
                    f"background: {platform_colour(marks[each].platform)}; border-radius: 2px;"
                )
                box.addLayout(row(square, ElidedLabel(marks[each].name), spacing=6))
        if not ids:
            box.addWidget(label("고르지 않음", "subtle"))
        return box

    def _slides(self, detail: PostDetail) -> QVBoxLayout:
        slides = detail.draft.slides
        without = [at for at, each in enumerate(slides, 1) if not each.alt_text.strip()]
        if not slides:
            return column(row(label("카드 없음", "subtle"), None,
                              button("카드 넣기", self.work.open_selected, kind="text")))  # fmt: skip
        mark = tag(
            f"대체텍스트 {len(slides) - len(without)}/{len(slides)}", "warning" if without else "success"
        )
        box = column(row(label(f"카드 {len(slides)}장", "card-title"), None, mark), spacing=t.S2)
        for at, each in enumerate(slides, 1):
            text = each.alt_text.strip() or "대체텍스트 없음"
            words = ElidedLabel(f"{at}. {text}", "small error" if at in without else "small subtle")
            box.addWidget(words)
        if without:
            numbers = "·".join(str(at) for at in without)
            box.addLayout(row(label(f"{numbers}번 카드를 채워 주세요.", "small"), None,
                              button("적기", self.work.open_selected, kind="text")))  # fmt: skip
        return box

    def _results(self, detail: PostDetail) -> QVBoxLayout:
        last = self.state.context.read(last_result, key=detail.key, before=detail.draft.planned)
        settings = self.state.settings
        remark = f"1건 {settings.unit_price.normalize():f}원, 부가세 {settings.vat_percent}%"
        box = column(row(label("결과", "card-title"), None, label(remark, "subtle small")), spacing=6)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(t.S2))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(0, 1)
        heads = ("이번", f"지난({_short(last[0])})" if last else "지난")
        for at, head in enumerate(heads, 1):
            grid.addWidget(label(head, "subtle small"), 0, at, Qt.AlignmentFlag.AlignRight)
        for at, (name, this, before) in enumerate(
            self._lines(detail.counts, last[1] if last else Counts()), 1
        ):
            grid.addWidget(label(name), at, 0)
            for place, text in ((1, this), (2, before)):
                words = label(text)
                words.setFont(theme.figures())
                grid.addWidget(words, at, place, Qt.AlignmentFlag.AlignRight)
        box.addLayout(grid)
        if detail.counts.rate("opened") is not None and (detail.counts.rate("opened") or 0) > 100:
            box.addWidget(
                label("※ 100%를 넘는 열람률은 공유로 읽은 수가 포함된 값입니다.", "small subtle", wrap=True)
            )
        if detail.result_note:
            box.addWidget(label(detail.result_note, "small subtle", wrap=True))
        return box

    def _lines(self, this: Counts, last: Counts) -> list[tuple[str, str, str]]:
        def lines(counts: Counts) -> list[str]:
            return [figure(counts.sent), figure(counts.opened), rate_figure(counts.rate("opened")),
                    figure(counts.clicked), figure(counts.blocked), figure(counts.shared),
                    f"{figure(counts.cost_won)}원" if counts.cost_won is not None else "-"]  # fmt: skip

        names = [COUNT_NAMES["sent"], COUNT_NAMES["opened"], "열람률", COUNT_NAMES["clicked"],
                 COUNT_NAMES["blocked"], COUNT_NAMES["shared"], COUNT_NAMES["cost_won"]]  # fmt: skip
        now, before = lines(this), lines(last)
        if this.cost_won is None and this.sent is None and last.sent is not None:
            settings = self.state.settings
            now[-1] = f"예상 {figure(cost_of(last.sent, settings.unit_price, settings.vat_percent).total)}원"
        return list(zip(names, now, before, strict=True))

    def _actions(self, detail: PostDetail) -> QWidget:
        first = row(
            button("결과 입력", self.work.note_result, keys="Ctrl+R"),
            button("편집", self.work.open_selected, kind="primary", keys="Enter"), spacing=t.S2,
        )  # fmt: skip
        box = column(first, spacing=t.S2)
        if detail.series is not None and detail.original is not None:
            change = partial(self.work.change_series, detail.series.id, detail.original)
            skip = button("이 회차 건너뛰기", self.work.drop_selected, keys="Delete")
            skip.setEnabled(detail.draft.status is not Status.DONE)
            second = row(skip, button("이후 모두 바꾸기", change), spacing=t.S2)
        else:
            second = row(button("복사", self.work.copy_selected, keys="Ctrl+D"),
                         button("지우기", self.work.drop_selected, kind="danger", keys="Delete"))  # fmt: skip
        box.addLayout(second)
        box.setContentsMargins(*(theme.px(t.S3),) * 4)
        return holder(box)


def _padded(layout: QVBoxLayout | QGridLayout) -> QWidget:
    layout.setContentsMargins(theme.px(t.S4), theme.px(t.S3), theme.px(t.S4), theme.px(t.S3))
    return holder(layout)


def _short(day: date) -> str:
    return f"{day.month}. {day.day}."
