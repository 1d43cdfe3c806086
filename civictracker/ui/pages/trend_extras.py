"""추이: what is drawn beside the lines, notes typed there, and the pictures and books taken along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QDate, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLineEdit, QSizePolicy, QTableView, QWidget

from civictracker.errors import DiskError
from civictracker.services.channels import ChannelRow
from civictracker.services.index_series import INDEX, index_told
from civictracker.services.overlays import Overlay, load_overlay, save_note
from civictracker.services.trend_book import Book, BookLine, write_book
from civictracker.services.trends import Series
from civictracker.ui import tokens as t
from civictracker.ui.pages.trend_view import TrendData, units_told
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import ComboBox, row
from civictracker.ui.widgets.forms import FormDialog, add_row, date_edit, form

_CHOICES = (("bands", "캠페인·메모", True), ("posts", "게시", True), ("goals", "목표·예측", True),
            ("back", "증감에서 되짚기", False), ("log", "로그", False))  # fmt: skip


class TrendExtras(QWidget):
    """Check boxes above the chart; ``changed`` when one is pressed."""

    changed = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.checks: dict[str, QCheckBox] = {}
        line = row(spacing=t.S3)
        for key, name, is_on in _CHOICES:
            made = QCheckBox(name)
            made.setChecked(is_on)
            made.toggled.connect(lambda _on: self.changed.emit())
            self.checks[key] = made
            line.addWidget(made)
        self.setLayout(line)

    def _is_on(self, key: str) -> bool:
        return self.checks[key].isChecked()

    @property
    def is_log(self) -> bool:
        return self._is_on("log")

    @property
    def is_reconstructed(self) -> bool:
        return self._is_on("back")

    def overlay(self, chosen: Sequence[int], start: date | None, end: date, data: TrendData) -> Overlay:
        """What the chosen boxes ask for. Goals and the forecast belong to levels as they are."""
        if not chosen or not any(self._is_on(key) for key in ("bands", "posts", "goals")):
            return Overlay()
        found = self._state.context.read(
            load_overlay, channel_ids=chosen, start=start, end=end,
            is_level=self._is_on("goals") and data.metric.code == "followers" and data.mode == "value",
        )  # fmt: skip
        wanted = {"milestone": "goals", "post": "posts", "note": "bands", "break": "bands"}
        marks = tuple(each for each in found.marks if self._is_on(wanted[each.kind]))
        return Overlay(found.bands if self._is_on("bands") else (), marks, found.goals, found.ahead)


class NoteDialog(FormDialog):
    """A remark at a day, or a break: from that day on something else is counted."""

    def __init__(self, parent: QWidget, state: State, channels: Sequence[ChannelRow]) -> None:
        super().__init__(parent, "메모 적기")
        self._state = state
        self.day = date_edit("날짜")
        today = state.today
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.text = QLineEdit()
        self.text.setPlaceholderText("예: 블로그 서로이웃을 합쳐 세기 시작")
        self.channel = ComboBox()
        self.channel.addItem("모든 채널", None)
        for each in channels:
            self.channel.addItem(each.label, each.id)
        self.is_break = QCheckBox("이날부터 세는 기준이 바뀌었음(앞뒤를 견주지 않음)")
        rows = form()
        for name, widget in (("날짜", self.day), ("채널", self.channel), ("내용", self.text)):
            add_row(rows, name, widget)
        self.body.addLayout(rows)
        self.body.addWidget(self.is_break)
        self.close_foot()

    def save(self) -> None:
        day = self.day.date().toPython()
        assert isinstance(day, date)
        changes = self._state.context.write(
            save_note, day=day, text=self.text.text(), is_break=self.is_break.isChecked(),
            channel_id=self.channel.currentData(),
        )  # fmt: skip
        self._state.say(changes.label, changes)


def index_note(state: State, data: TrendData, series: Sequence[Series]) -> str:
    """What 종합 지수 is made of, where it is drawn."""
    if INDEX not in data.metrics:
        return ""
    drawn = (point for each in series if each.metric == INDEX for point in each.points)
    return state.context.read(index_told, grain=data.grain, is_partial=any(point.partial for point in drawn))


def made_table(model: QAbstractItemModel) -> QTableView:
    """The same data as a table below the chart."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("추이 표")
    table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    table.setMinimumHeight(theme.px(116))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px(26))
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.horizontalHeader().setDefaultSectionSize(theme.px(106))
    return table


def pictured(widget: QWidget, ratio: float) -> QPixmap:
    """The widget ``ratio`` times as fine as the screen."""
    pixmap = QPixmap(widget.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme.colours.surface)
    widget.render(pixmap)
    return pixmap


def draw_svg(widget: QWidget, target: Path) -> bool:
    """The widget as lines and letters; False where the file could not be written."""
    made = QSvgGenerator()
    made.setFileName(str(target))
    made.setSize(QSize(widget.width(), widget.height()))
    made.setViewBox(QRect(0, 0, widget.width(), widget.height()))
    made.setTitle("추이")
    painter = QPainter()
    if not painter.begin(made):
        return False
    widget.render(painter, QPoint())
    painter.end()
    return target.exists()


def write_trend(data: TrendData, target: Path) -> None:
    """Raises DiskError."""
    lines = tuple(BookLine(each.name, each.values, each.decimals, each.is_right) for each in data.lines)
    told = " ".join(each for each in (data.summary, data.note, *units_told(data)[1:]) if each)
    book = Book(data.title, data.unit, data.names, lines, told)
    try:
        write_book(book, target)
    except OSError as error:
        text = f"‘{target.name}’에 저장하지 못했습니다."
        raise DiskError(text, "열려 있으면 닫고, 다른 폴더도 골라 보세요.") from error
