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
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
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

from civictracker.ui import tokens as t
from civictracker.ui.models.entry_cells import EDITABLE, Col
from civictracker.ui.models.entry_model import KIND_ROLE, PLATFORM_ROLE, SLIP_ROLE, EntryModel
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
        """Enter while composing ends the syllable; it does not submit the cell."""
        if isinstance(editor, CellEdit) and isinstance(event, QKeyEvent):
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and event.type() == QEvent.Type.KeyPress and editor.is_composing:
                QGuiApplication.inputMethod().commit()
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, kind, column = theme.colours, index.data(KIND_ROLE), index.column()
        rect = option.rect
        painter.save()
        is_row = kind == "row"
        is_input = is_row and column in EDITABLE
        painter.fillRect(rect, QColor(c.surface if is_row else c.surface_alt))
        is_odd = bool(index.data(SLIP_ROLE)) if is_row else False
        if is_odd:
            painter.fillRect(rect, QColor(c.danger_tint))
        painter.setPen(QPen(QColor(c.divider), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_input:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
            painter.drawLine(rect.topRight(), rect.bottomRight())
        self._paint_text(painter, rect, index, kind)
        view = option.widget
        self._paint_frame(painter, rect, index, view, is_odd=is_odd)
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index, kind: str) -> None:
        c, column = theme.colours, index.column()
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        bold = kind != "row" or column in {Col.LEVEL, Col.POSTS, Col.VIEWS}
        small = column == Col.NOTE or (kind == "group")
        colour = c.text
        if kind == "group" or column in {Col.LAST, Col.LAST_POSTS, Col.NOTE}:
            colour = c.text_faint
        if column == Col.CHANGE:
            colour = (
                c.primary_text
                if text.startswith("▲")
                else c.danger_text
                if text.startswith("▼")
                else c.text_faint
            )
        if kind == "row" and not text and column in {Col.POSTS, Col.VIEWS}:
            text, colour, bold = "–", c.text_disabled, False
        painter.setFont(theme.figures(t.TINY if small else t.BODY, bold=bold and column != Col.NOTE))
        painter.setPen(QColor(colour))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if column == Col.CHANNEL and kind == "row":
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(platform_colour(str(index.data(PLATFORM_ROLE)))))
            size = theme.px(8)
            painter.drawEllipse(inner.left(), inner.center().y() - size // 2 + 1, size, size)
            painter.restore()
            inner.adjust(theme.px(16), 0, 0, 0)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(alignment), shown)

    def _paint_frame(
        self, painter: QPainter, rect: QRect, index: Index, view: QWidget | None, *, is_odd: bool
    ) -> None:
        c = theme.colours
        if not isinstance(view, QAbstractItemView):
            return
        frame = rect.adjusted(1, 1, -1, -1)
        if is_odd:
            painter.setPen(QPen(QColor(c.danger), 1.5))
            painter.drawRect(frame)
        if view.selectionModel().isSelected(index) and index != view.currentIndex():
            tint = QColor(c.primary)
            tint.setAlpha(36)
            painter.fillRect(rect, tint)
        if index == view.currentIndex() and index.data(KIND_ROLE) == "row":
            painter.setPen(QPen(QColor(c.focus), 2))
            painter.drawRect(frame)


class EntryView(QTableView):
    """Keyboard first: type to replace, Enter down, Tab right, blocks by the clipboard."""

    copy_wanted = Signal()
    paste_wanted = Signal()
    fill_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: EntryModel) -> None:
        super().__init__()
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

    def _step(self, by: int) -> None:
        """The same column of the next channel, as Enter does in Excel."""
        model, index = self.entry_model, self.currentIndex()
        line = index.row() + by
        while 0 <= line < model.rowCount() and model.entry_row(line) is None:
            line += by
        if 0 <= line < model.rowCount():
            self.setCurrentIndex(model.index(line, index.column()))

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
        editor = self.open_editor
        if editor is not None:
            self.commitData(editor)
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

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
