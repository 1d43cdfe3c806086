"""명령 찾기 (Ctrl+K): any room, command, channel or week, by part of its name or its initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from civictracker.domain.hangul import matches
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import column, line


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do or to go to; ``kind`` is told at the right."""

    name: str
    kind: str
    act: Callable[[], object]
    keys: str = ""


class SearchEdit(QLineEdit):
    """A line whose text counts while a syllable is still being composed."""

    def __init__(self, changed: Callable[[str], object]) -> None:
        super().__init__()
        self._preedit = ""
        self._changed = changed
        self.textChanged.connect(lambda _text: self._tell())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    @property
    def whole_text(self) -> str:
        at = self.cursorPosition()
        return self.text()[:at] + self._preedit + self.text()[at:]

    @property
    def is_composing(self) -> bool:
        return bool(self._preedit)

    def _tell(self) -> None:
        self._changed(self.whole_text)


class CommandPalette(QFrame):
    SHOWN = 9

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.edit = SearchEdit(self._filter)
        self.edit.setProperty("class", "search")
        self.edit.setPlaceholderText("이름이나 초성을 치세요 (예: ㅈㄱㅇㄹ, 카카오, 11월 2주)")
        self.edit.setAccessibleName("명령 찾기")
        self.edit.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("찾은 명령")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._run)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = column(self.edit, line(), self.list, spacing=t.S1)
        box.setContentsMargins(*(theme.px(t.S2),) * 4)
        self.setLayout(box)
        self._commands: Sequence[Command] = ()
        self._found: list[Command] = []
        self._search: Callable[[str], Sequence[Command]] = lambda _text: ()
        self.hide()

    def open(self, commands: Sequence[Command], search: Callable[[str], Sequence[Command]]) -> None:
        """Show ``commands``; ``search`` adds what a text itself means, such as a week."""
        self._commands, self._search = commands, search
        area = self.parentWidget()
        assert area is not None
        self.setFixedWidth(min(theme.px(560), area.width() - theme.px(80)))
        self.setFixedHeight(theme.px(70) + self.SHOWN * theme.px(37))
        self.move((area.width() - self.width()) // 2, theme.px(72))
        self.edit.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.edit.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.strip()
        found = [command for command in self._commands if matches(command.name, wanted)]
        self._found = [*self._search(wanted), *found][:60]
        self.list.clear()
        for command in self._found:
            keys = f"   {command.keys}" if command.keys else ""
            self.list.addItem(QListWidgetItem(f"{command.name}      {command.kind}{keys}"))
        if self._found:
            self.list.setCurrentRow(0)
        else:
            empty = QListWidgetItem("찾은 것이 없습니다. 다른 말로 찾아 보세요.")
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)

    def _run(self, _item: QListWidgetItem | None = None) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._found):
            command = self._found[at]
            self.hide()
            command.act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.hide()
        if watched is not self.edit or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        match event.key():
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.edit.is_composing:  # ends the syllable, does not submit
                    QGuiApplication.inputMethod().commit()
                else:
                    self._run()
            case _:
                return super().eventFilter(watched, event)
        return True
