"""The cards of a post: each picture small, what it says aloud, and what everyone needs to read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from civictracker.domain.accessibility import checklist
from civictracker.services.posts import SlideView
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import open_files
from civictracker.ui.icons import pixmap
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    ElidedLabel,
    button,
    clear,
    column,
    holder,
    icon_button,
    label,
    row,
    set_class,
)
from civictracker.ui.widgets.forms import part

if TYPE_CHECKING:
    from civictracker.ui.state import State

_SIDE = 100  # of a thumbnail
_PATIENCE_S = 5.0  # a share that does not answer
_TOO_LARGE = 200_000_000  # pixels
_PICTURES = "그림 (*.png *.jpg *.jpeg *.gif *.webp *.bmp)"
MISSING = "그림 파일이 그 자리에 없습니다. 옮겼으면 다시 골라 주세요."
UNREADABLE = "그림으로 읽을 수 없는 파일입니다."
NAME_ONLY = "파일 이름만 있어 그림을 보일 수 없습니다."
SLOW = "그림이 있는 곳이 대답하지 않습니다."


def thumbnail(path: Path, side: int) -> QImage | str:
    """The picture within ``side`` pixels, or the sentence why there is none. For any thread."""
    if not path.is_absolute():
        return NAME_ONLY
    try:
        if not path.is_file():
            return MISSING
    except OSError:
        return MISSING
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not reader.canRead() or size.width() * size.height() > _TOO_LARGE:
        return UNREADABLE
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return UNREADABLE if image.isNull() else image


class CardRow(QWidget):
    """One card. Its picture is looked for beside the window, which never waits for a share."""

    def __init__(self, cards: Cards, number: int, slide: SlideView) -> None:
        super().__init__()
        self._cards = cards
        self.trouble = ""
        self.picture = QLabel()
        self.picture.setFixedSize(theme.px(_SIDE), theme.px(_SIDE))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("class", "thumbnail")
        self.name, self.alt = QLineEdit(slide.image), QPlainTextEdit(slide.alt_text)
        self.name.setPlaceholderText("그림 파일")
        self.name.setAccessibleName(f"카드 {number} 그림")
        self.name.editingFinished.connect(self.look)
        self.alt.setPlaceholderText("대체텍스트: 그림 속 글과 내용을 그대로 적어 주세요")
        self.alt.setAccessibleName(f"카드 {number} 대체텍스트")
        self.alt.setTabChangesFocus(True)
        self.alt.setFixedHeight(theme.px(_SIDE - t.CONTROL - t.S1))
        self.alt.textChanged.connect(cards.told)
        self.mark = ElidedLabel("", "small error")
        pick = icon_button("image", f"카드 {number} 그림 고르기", self._pick)
        drop = icon_button("trash", f"카드 {number} 빼기", lambda: cards.drop(self))
        words = column(row(label(str(number), "strong"), self.name, pick, drop), self.alt, spacing=t.S1)
        box = column(row(self.picture, words, spacing=t.S2), self.mark, spacing=2)
        self.setLayout(box)
        self.mark.hide()
        self._looked_at = ""
        self.look()

    @property
    def slide(self) -> SlideView:
        return SlideView(self.name.text().strip(), self.alt.toPlainText().strip())

    def look(self) -> None:
        """Find the picture anew where the name is another one."""
        name = self.name.text().strip()
        if name and name == self._looked_at:
            return
        self._looked_at = name
        if not name:
            self._show("")
            return
        side = round(theme.px(_SIDE) * self.devicePixelRatioF())
        self._cards.runner.start_aside(
            "그림 보기", lambda _token: thumbnail(Path(name), side), partial(self._found, name),
            lambda _error: self._found(name, SLOW), limit_s=_PATIENCE_S,
        )  # fmt: skip

    def _found(self, name: str, found: QImage | str) -> None:
        if isValid(self) and name == self._looked_at:
            self._show(found)

    def _show(self, found: QImage | str) -> None:
        if isinstance(found, QImage):
            shown = QPixmap.fromImage(found)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.picture.setPixmap(shown)
        else:
            is_bad = found not in {"", NAME_ONLY}
            self.picture.setPixmap(
                pixmap("warning" if is_bad else "image", "danger_text" if is_bad else "text_faint", 24)
            )
        self.trouble = found if isinstance(found, str) else ""
        self.mark.setText(self.trouble)
        set_class(self.mark, "small subtle" if self.trouble == NAME_ONLY else "small error")
        self.mark.setVisible(bool(self.trouble))
        number = self._cards.rows.index(self) + 1 if self in self._cards.rows else 0
        self.picture.setAccessibleName(f"카드 {number} 그림: {self.trouble or '있음'}")

    def _pick(self) -> None:
        paths = open_files(self, "카드 그림", "slides", _PICTURES)
        if paths:
            self.name.setText(str(paths[0]))
            self.look()


class Cards(QWidget):
    """``told`` is called when what the cards say has changed."""

    def __init__(self, state: State, told: Callable[[], object]) -> None:
        super().__init__()
        runner = state.property("runner")
        assert isinstance(runner, JobRunner)
        self.runner = runner
        self._told = told
        self.rows: list[CardRow] = []
        self.head = part("카드")
        self._box = column(spacing=t.S3)
        self._list = column(spacing=2)
        self.checks = holder(self._list)
        self.checks.setAccessibleName("접근성 확인")
        add = button("카드 넣기", self._pick, kind="small", icon="plus")
        self.setLayout(column(row(self.head, None, add), holder(self._box), self.checks, spacing=t.S2))

    @property
    def slides(self) -> Sequence[SlideView]:
        """The cards in which anything is written."""
        found = [each.slide for each in self.rows]
        return [each for each in found if each.image or each.alt_text]

    def add(self, image: str = "", alt_text: str = "") -> None:
        made = CardRow(self, len(self.rows) + 1, SlideView(image, alt_text))
        self.rows.append(made)
        self._box.addWidget(made)
        self.told()

    def drop(self, gone: CardRow) -> None:
        kept = [each.slide for each in self.rows if each is not gone]
        clear(self._box)
        self.rows = []
        for each in kept:
            self.add(each.image, each.alt_text)
        self.told()

    def told(self) -> None:
        self.head.setText(f"카드 {len(self.rows)}장" if self.rows else "카드")
        self._told()

    def check(self, *, body: str, link: str) -> None:
        """Show the list for the cards as they are, beside the rest of the post."""
        clear(self._list)
        found = checklist([(each.image, each.alt_text) for each in self.slides], body=body, link=link)
        if found:
            self._list.addWidget(label("모두가 읽을 수 있게", "small strong"))
        for each in found:
            sign = label()
            icon, role = ("check", "success_text") if each.is_met else ("warning", "warning_text")
            sign.setPixmap(pixmap(icon, role, 14))
            where = f": {'·'.join(map(str, each.places))}번" if each.places else ""
            words = label(f"{each.text}{'' if each.is_met else ' — 확인' + where}", "small")
            words.setAccessibleName(f"{'됨' if each.is_met else '확인할 것'}: {words.text()}")
            self._list.addLayout(row(sign, words, None, spacing=t.S1))
        self.checks.setVisible(bool(found))

    def _pick(self) -> None:
        paths = open_files(self, "카드 그림", "slides", _PICTURES)
        for name in [str(path) for path in paths] or [""]:
            self.add(name)
