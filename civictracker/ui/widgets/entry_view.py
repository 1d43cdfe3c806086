"""The table of 주간 입력: keys and blocks as in Excel, cells drawn as a calm form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from civictracker.services.entry import EntryRow
from civictracker.ui import tokens as t
from civictracker.ui.models.entry_cells import EDITABLE, METRIC, Col, Group, Line, alignment
from civictracker.ui.models.entry_model import KIND_ROLE, SLIP_ROLE, EntryModel
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import set_class
from civictracker.ui.widgets.cell_edit import CellEdit

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    Col.CHANNEL: 220, Col.LAST: 110, Col.LEVEL: 122, Col.CHANGE: 92, Col.POSTS: 100,
    Col.LAST_POSTS: 76, Col.VIEWS: 122, Col.NOTE: 180,
}  # fmt: skip


class EntryDelegate(QStyledItemDelegate):
    """Draws cells and makes their editors. No focus moves here: composition would break."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        model, place = index.model(), QPersistentModelIndex(index)
        assert isinstance(model, EntryModel)

        def typed(text: str) -> None:
            if place.isValid() and place.column() == Col.LEVEL:
                model.set_pending(place, text)
                set_class(editor, "cell odd" if place.data(SLIP_ROLE) else "cell")

        editor = CellEdit(parent, typed)
        editor.setFont(theme.figures(bold=index.column() != Col.NOTE))
        side = Qt.AlignmentFlag.AlignLeft if index.column() == Col.NOTE else Qt.AlignmentFlag.AlignRight
        editor.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill a fresh editor; one that a person has typed into is left alone when data is read again."""
        if isinstance(editor, CellEdit) and not editor.is_composing and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEdit):
            model.setData(index, editor.finish(), Qt.ItemDataRole.EditRole)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        if isinstance(model, EntryModel) and index.isValid():
            model.set_pending(index, None)
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter submits at once; while composing it only ends the syllable.

        Qt would queue the submission, and the next channel's digits, typed meanwhile, would run into
        this one's figure.
        """
        if isinstance(editor, CellEdit) and isinstance(event, QKeyEvent):
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and event.type() == QEvent.Type.KeyPress:
                if editor.is_composing:
                    QGuiApplication.inputMethod().commit()
                else:
                    self.commitData.emit(editor)
                    self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view = index.model(), option.widget
        assert isinstance(model, EntryModel)
        line, column, rect = model.lines[index.row()], index.column(), option.rect
        is_row = isinstance(line, EntryRow)
        is_odd = is_row and column in METRIC and bool(index.data(SLIP_ROLE))
        painter.save()
        ground = "danger_tint" if is_odd else "surface" if is_row else "surface_alt"
        painter.fillRect(rect, theme.colour(ground))
        painter.setPen(theme.colour("divider"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_row and column in EDITABLE:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
            painter.drawLine(rect.topRight(), rect.bottomRight())
        self._paint_text(painter, rect, line, column, str(index.data() or ""))
        if isinstance(view, QAbstractItemView):
            self._paint_frame(painter, rect, index, view, is_odd=is_odd, is_row=is_row)
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, line: Line, column: int, text: str) -> None:
        is_row = isinstance(line, EntryRow)
        bold = not is_row or column in METRIC
        role = _ink(line, column, text)
        if is_row and not text and column in {Col.POSTS, Col.VIEWS}:
            text, role, bold = "–", "text_disabled", False
        size = t.TINY if column == Col.NOTE or isinstance(line, Group) else t.BODY
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if column == Col.CHANNEL and isinstance(line, EntryRow):
            self._paint_mark(painter, inner, line.channel.platform)
            inner.adjust(theme.px(16), 0, 0, 0)
        if not text:
            return
        font = theme.figures(size, bold=bold and column != Col.NOTE)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        painter.drawText(inner, alignment(column), elided(text, font, inner.width()))

    @staticmethod
    def _paint_mark(painter: QPainter, rect: QRect, platform: str) -> None:
        size = theme.px(8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(platform_colour(platform)))
        painter.drawEllipse(rect.left(), rect.center().y() - size // 2 + 1, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_frame(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        view: QAbstractItemView,
        *,
        is_odd: bool,
        is_row: bool,
    ) -> None:
        frame = rect.adjusted(1, 1, -1, -1)
        is_current = index == view.currentIndex()
        if is_odd:
            painter.setPen(QPen(theme.colour("danger"), 1.5))
            painter.drawRect(frame)
        if not is_current and view.selectionModel().isSelected(index):
            tint = QColor(theme.colour("primary"))
            tint.setAlpha(36)
            painter.fillRect(rect, tint)
        if is_current and is_row:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(frame)


def _ink(line: Line, column: int, text: str) -> str:
    """The token role of a cell's text."""
    if isinstance(line, Group) or column in {Col.LAST, Col.LAST_POSTS, Col.NOTE}:
        return "text_faint"
    if column == Col.CHANGE:
        return {"▲": "primary_text", "▼": "danger_text"}.get(text[:1], "text_faint")
    return "text"


def elided(text: str, font: QFont, width: int) -> str:
    """``text`` cut to ``width``; the short ones, nearly all, are not measured."""
    if len(text) * font.pixelSize() <= width:
        return text
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


class EntryView(QTableView):
    """Keyboard first: type to replace, Enter down, Tab right, blocks by the clipboard."""

    copy_wanted = Signal()
    paste_wanted = Signal()
    fill_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: EntryModel) -> None:
        super().__init__()
        self._typed: tuple[QPersistentModelIndex, str] | None = None
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self))
        self.setAccessibleName("주간 입력 표")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(t.ROW - 2))
        self.verticalHeader().setMinimumSectionSize(theme.px(28))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        header.setSectionResizeMode(Col.NOTE, QHeaderView.ResizeMode.Stretch)
        self.setTabKeyNavigation(True)
        for keys, act in (
            (("Return", "Enter"), lambda: self._step(1)),
            (("Shift+Return", "Shift+Enter"), lambda: self._step(-1)),
            (("Ctrl+C",), self.copy_wanted.emit),
            (("Ctrl+V",), self.paste_wanted.emit),
            (("Ctrl+D",), self.fill_wanted.emit),
            (("Delete", "Backspace"), self.delete_wanted.emit),
        ):
            self._key(keys, act)
        model.modelReset.connect(self._span_groups)

    def _key(self, keys: tuple[str, ...], act: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the channel's name gives way before 비고 does; nothing scrolls sideways."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(each) for each in _WIDTHS if each not in {Col.CHANNEL, Col.NOTE})
        room = self.viewport().width() - others - theme.px(120)
        self.setColumnWidth(Col.CHANNEL, max(theme.px(130), min(theme.px(_WIDTHS[Col.CHANNEL]), room)))

    @property
    def entry_model(self) -> EntryModel:
        model = self.model()
        assert isinstance(model, EntryModel)
        return model

    # --- moving -------------------------------------------------------------------------------

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Tab goes from input to input, over the read-only cells and to the next channel."""
        moves = QAbstractItemView.CursorAction
        if action in {moves.MoveUp, moves.MoveDown}:
            return self._beside(1 if action == moves.MoveDown else -1)
        if action in {moves.MoveNext, moves.MovePrevious}:
            return self._next_input(1 if action == moves.MoveNext else -1)
        return super().moveCursor(action, modifiers)

    def _next_input(self, step: int) -> QModelIndex:
        model, index = self.entry_model, self.currentIndex()
        cells = [
            (line, column)
            for line in range(model.rowCount())
            if model.entry_row(line) is not None
            for column in EDITABLE
        ]
        if not cells:
            return index
        here = (index.row(), index.column())
        if step > 0:
            target = next((cell for cell in cells if cell > here), cells[-1])
        else:
            target = next((cell for cell in reversed(cells) if cell < here), cells[0])
        return model.index(*target)

    def _beside(self, by: int) -> QModelIndex:
        """The same column of the next channel, over the headings of groups."""
        model, index = self.entry_model, self.currentIndex()
        line = index.row() + by
        while 0 <= line < model.rowCount() and model.entry_row(line) is None:
            line += by
        return model.index(line, index.column()) if 0 <= line < model.rowCount() else index

    def _step(self, by: int) -> None:
        """What Enter does in Excel."""
        self.setCurrentIndex(self._beside(by))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step(1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A text cell opens its editor when entered, so that composition starts in a line edit."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() == Col.NOTE and self.hasFocus():
            self.edit(current)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(KIND_ROLE) == "group":
            self.entry_model.toggle(index.row())
            return
        super().mousePressEvent(event)

    @property
    def open_editor(self) -> CellEdit | None:
        """The cell that is being typed into; a closed one may linger, hidden, until Qt deletes it."""
        return next((edit for edit in self.findChildren(CellEdit) if edit.isVisible()), None)

    def finish(self) -> None:
        """Take what is half typed: commit the input method, then the open editor."""
        editor, index = self.open_editor, self.currentIndex()
        self._typed = None
        if editor is not None:
            self._typed = QPersistentModelIndex(index), editor.finish()
            self.commitData(editor)
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def resume(self) -> None:
        """Open the cell that was last finished as it was being typed: its text was refused."""
        if self._typed is None or not self._typed[0].isValid():
            return
        place, text = self._typed
        index = self.entry_model.index(place.row(), place.column())
        self.setFocus()
        self.setCurrentIndex(index)
        if self.open_editor is None:
            self.edit(index)
        if (editor := self.open_editor) is not None:
            editor.setText(text)

    # --- selection ----------------------------------------------------------------------------

    def block(self) -> tuple[list[int], list[int]]:
        """The selected channel rows and columns, in order; at least the current cell."""
        selection: QItemSelection = self.selectionModel().selection()
        indexes = selection.indexes() or [self.currentIndex()]
        model = self.entry_model
        lines = sorted({each.row() for each in indexes if model.entry_row(each.row()) is not None})
        columns = sorted({each.column() for each in indexes if each.isValid()})
        return lines, columns

    def _span_groups(self) -> None:
        self.clearSpans()
        for line in range(self.entry_model.rowCount()):
            is_group = self.entry_model.index(line, 0).data(KIND_ROLE) == "group"
            if is_group:
                self.setSpan(line, 0, 1, self.entry_model.columnCount())
            self.setRowHeight(line, theme.px(30 if is_group else t.ROW - 2))
