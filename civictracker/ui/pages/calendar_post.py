"""The editor of one post: what it says, where and when it goes, its cards and what they say aloud."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
)

from civictracker.domain.posting import KIND_NAMES, STATUS_NAMES, Kind, Status, content_warnings, parse_time
from civictracker.errors import InputError
from civictracker.services.calendar import PostKey
from civictracker.services.posts import PostDetail, load_post, save_post
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import open_files
from civictracker.ui.pages.calendar_cards import Cards
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    ComboBox,
    ElidedLabel,
    button,
    clear,
    column,
    holder,
    label,
    row,
    scrolled,
)
from civictracker.ui.widgets.forms import Chips, FormDialog, add_row, date_edit, form, part

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar_work import Work

_HISTORY = 6


class PostDialog(FormDialog):
    """Makes a post (``key`` None, on ``day``) or changes one."""

    def __init__(self, work: Work, key: PostKey | None, day: date | None = None) -> None:
        super().__init__(work.page, "게시 추가" if key is None else "게시 편집")
        self.work, self.key = work, key
        self.resize(theme.px(960), theme.px(680))
        self.detail: PostDetail | None = None
        if key is not None:
            self.detail = work.state.context.read(load_post, key=key)
        left, right = holder(self._left()), holder(self._right())
        sides = row(scrolled(left), scrolled(right), spacing=t.S5)
        sides.setStretch(0, 55)
        sides.setStretch(1, 45)
        self.body.addLayout(sides)
        if key is not None:
            self.foot.addWidget(button("게시표 저장", self._paper, icon="print"))
        self.close_foot()
        if self.detail is not None:
            self._fill(self.detail)
        elif day is not None:
            self.day.setDate(QDate(day.year, day.month, day.day))
        self._tell()

    # --- laying out ---------------------------------------------------------------------------

    def _left(self) -> QFormLayout:
        self.day = date_edit("날짜")
        self.time, self.subject, self.audience = QLineEdit(), QLineEdit(), QLineEdit()
        self.owner, self.link = QLineEdit(), QLineEdit()
        self.time.setPlaceholderText("15:00")
        self.time.setFixedWidth(theme.px(90))
        self.time.setAccessibleName("시각")
        self.audience.setPlaceholderText("예: 전체, 60세 이상")
        self.link.setPlaceholderText("https://")
        self.link.textChanged.connect(self._tell)
        marks = self.work.page.marks
        self.channels = Chips([(key, mark.name) for key, mark in marks.items()], "채널")
        self.channels.changed.connect(self._tell)
        self.kind, self.status = ComboBox(), ComboBox()
        for kind in Kind:
            self.kind.addItem(KIND_NAMES[kind], kind)
        for status in Status:
            self.status.addItem(STATUS_NAMES[status], status)
        self.status.setCurrentIndex(self.status.findData(Status.SCHEDULED))
        self.kind.currentIndexChanged.connect(self._tell)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(110))
        self.text.textChanged.connect(self._tell)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(56))
        rows = form()
        rows.setContentsMargins(0, 0, theme.px(t.S3), 0)
        add_row(rows, "제목", self.subject)
        self.time_hint = label("", "subtle small")
        add_row(rows, "날짜·시각", holder(row(self.day, self.time, self.time_hint, None)), name=False)
        add_row(rows, "채널", self.channels, name=False)
        add_row(rows, "대상", self.audience)
        choices = holder(row(self.kind, self.status, None))
        self.kind.setAccessibleName("종류")
        self.status.setAccessibleName("상태")
        add_row(rows, "종류·상태", choices, name=False)
        self.happened = QLineEdit()
        self.happened.setPlaceholderText("2026-11-20 13:40")
        add_row(rows, "발생한 때", self.happened)
        self._happened_row = rows.rowCount() - 1
        self._rows = rows
        add_row(rows, "담당", self.owner)
        add_row(rows, "블로그", self.link)
        add_row(rows, "본문", self.text)
        add_row(rows, "비고", self.note)
        self.subject.textChanged.connect(self._tell)
        self.time.textChanged.connect(self._tell)
        return rows

    def _right(self) -> QVBoxLayout:
        self.warnings = column(spacing=2)
        self.cards = Cards(self.work.state, self._tell)
        self.files = QListWidget()
        self.files.setAccessibleName("첨부")
        self.files.setMaximumHeight(theme.px(84))
        box = column(
            holder(self.warnings), self.cards,
            row(
                part("첨부"), label("파일이 있는 곳만 적어 둡니다", "subtle small"), None,
                button("빼기", self._drop_file, kind="small"),
                button("넣기", self._pick_files, kind="small"),
            ),
            self.files,
            spacing=t.S2,
        )  # fmt: skip
        if self.detail is not None and self.detail.history:
            box.addWidget(part("지난 일"))
            for step in self.detail.history[-_HISTORY:]:
                when = f"{step.at.month}. {step.at.day}. {step.at:%H:%M}"
                who = f" · {step.who}" if step.who else ""
                box.addWidget(ElidedLabel(f"{when}  {step.what}{who}", "small subtle"))
        box.addStretch(1)
        box.setContentsMargins(0, 0, theme.px(t.S3), 0)
        return box

    # --- filling ------------------------------------------------------------------------------

    def _fill(self, detail: PostDetail) -> None:
        draft = detail.draft
        self.day.setDate(QDate(draft.planned.year, draft.planned.month, draft.planned.day))
        self.time.setText(draft.time)
        self.subject.setText(draft.subject)
        self.channels.set_values(draft.channels)
        self.audience.setText(draft.audience)
        self.kind.setCurrentIndex(self.kind.findData(draft.kind))
        self.status.setCurrentIndex(self.status.findData(draft.status))
        self.owner.setText(draft.owner)
        self.link.setText(draft.link)
        self.text.setPlainText(draft.body)
        self.note.setPlainText(draft.note)
        self.happened.setText(f"{draft.happened:%Y-%m-%d %H:%M}" if draft.happened else "")
        self.files.addItems(list(draft.attachments))
        for slide in draft.slides:
            self.cards.add(slide.image, slide.alt_text)

    def _pick_files(self) -> None:
        self.files.addItems([str(path) for path in open_files(self, "첨부", "attachments", "모든 파일 (*)")])

    def _drop_file(self) -> None:
        self.files.takeItem(self.files.currentRow())

    # --- telling and saving -------------------------------------------------------------------

    def _tell(self, *_args: object) -> None:
        """What is wrong or missing, while it is typed."""
        if not hasattr(self, "cards"):
            return
        try:
            time = parse_time(self.time.text())
            self.time_hint.setText("")
        except InputError:
            time = ""
            self.time_hint.setText("15:00처럼 적어 주세요")
        slides = self.cards.slides
        found = content_warnings(
            kind=self.kind.currentData(), time=time, subject=self.subject.text(),
            body=self.text.toPlainText(), slides=len(slides),
            without_alt=sum(not each.alt_text for each in slides),
            channels=len(self.channels.values),
        )  # fmt: skip
        clear(self.warnings)
        for each in found:
            self.warnings.addWidget(label(f"! {each.text}", "small error", wrap=True))
        self.cards.check(body=self.text.toPlainText(), link=self.link.text())
        self._rows.setRowVisible(self._happened_row, Kind(self.kind.currentData()) is Kind.EMERGENCY)

    def fields(self) -> dict[str, Any]:
        """What the form holds. Raises InputError."""
        day = self.day.date()
        return {
            "planned": date(day.year(), day.month(), day.day()), "time": self.time.text(),
            "subject": self.subject.text(), "body": self.text.toPlainText(),
            "audience": self.audience.text(), "kind": Kind(self.kind.currentData()),
            "status": Status(self.status.currentData()), "link": self.link.text().strip(),
            "owner": self.owner.text(), "note": self.note.toPlainText(), "channels": self.channels.values,
            "slides": tuple({"image": each.image, "alt_text": each.alt_text} for each in self.cards.slides),
            "attachments": tuple(self.files.item(at).text() for at in range(self.files.count())),
            "happened": self._happened(),
            "sent_at": self.detail.draft.sent_at if self.detail else None,
        }  # fmt: skip

    def _happened(self) -> datetime | None:
        text = self.happened.text().strip()
        if not text or Kind(self.kind.currentData()) is not Kind.EMERGENCY:
            return None
        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            raise InputError("발생한 때를 2026-11-20 13:40처럼 적어 주세요.") from None
        return told if told.tzinfo else told.replace(tzinfo=self.work.state.context.now.tzinfo)

    def save(self) -> None:
        fields = self.fields()
        if fields["kind"] is Kind.EMERGENCY and fields["status"] is Status.DONE and not fields["sent_at"]:
            fields["sent_at"] = self.work.state.context.now
        self.work.said(self.work.state.context.write(save_post, key=self.key, **fields))

    def _paper(self) -> None:
        if self.key is not None:
            self.work.print_post(self.key)
