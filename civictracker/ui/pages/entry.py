"""주간 입력: the week's figures, typed or pasted, with the last ones beside them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView

from civictracker.documents.clip import cells_clip
from civictracker.errors import UserError
from civictracker.services.changes import Changes, Topic
from civictracker.services.entry import COLUMNS, EntryGrid, EntryRow, load_grid, settle, slip_key
from civictracker.services.figures import Edit, ValueEdit, write_values
from civictracker.ui.clipboard import mime, parse_block
from civictracker.ui.models.entry_cells import EDITABLE, Col
from civictracker.ui.models.entry_model import EntryModel
from civictracker.ui.pages.base import Page
from civictracker.ui.state import State
from civictracker.ui.widgets.basics import Banner, Card, Empty, button
from civictracker.ui.widgets.entry_view import EntryView
from civictracker.ui.words import day_words, figure

# The columns of a block that was copied here, beside its text.
OWN_BLOCK = "application/x-civictracker-columns"


class EntryPage(Page):
    id = "entry"
    name = "주간 입력"
    hint = "Enter 아래로 · Tab 오른쪽 · Ctrl+D 위 값 채우기 · F2 고치기 · Delete 지우기"
    topics = frozenset({Topic.VALUES, Topic.CHANNELS})

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.model = EntryModel()
        self.view = EntryView(self.model)
        self.banner = Banner()
        self.card = Card()
        self.card.body.addWidget(self.view)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.empty = Empty(
            "아직 채널이 없습니다",
            "숫자를 적을 채널을 먼저 만들어 주세요. 엑셀을 가져오면 채널도 함께 만들 수 있습니다.",
            ("채널 만들기", lambda: state.open_page("channels", "new")),
        )
        self.done = button("보고서 만들기", lambda: state.open_page("report"), kind="primary", icon="report")
        self.tools.addWidget(button("엑셀 가져오기", lambda: state.open_page("import"), icon="import"))
        self.tools.addWidget(button("되돌리기", state.undo_wanted.emit, icon="undo", keys="Ctrl+Z"))
        self.tools.addWidget(self.done)
        self.outer.addWidget(self.banner)
        self.outer.addWidget(self.card, 1)
        self.outer.addWidget(self.empty, 1)
        self.model.edited.connect(self._on_model_edited)
        self.model.refused.connect(self._refuse)
        self.view.copy_wanted.connect(self.copy_block)
        self.view.paste_wanted.connect(self.paste_block)
        self.view.fill_wanted.connect(self.fill_down)
        self.view.delete_wanted.connect(self.delete_block)
        self._refused = ""

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        state = self.state
        grid = state.context.read(load_grid, week=state.week)
        spot = self._spot()
        self.model.set_grid(grid)
        self._restore(spot)
        has_rows = bool(grid.rows)
        self.card.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        self.subtitle.setText(
            f"기준일 {day_words(grid.base_day)} · 숫자를 치면 바로 저장됩니다. "
            "엑셀에서 복사해 붙여 넣을 수 있습니다."
        )
        self.title.setText(f"주간 입력 {grid.entered}/{len(grid.rows)}" if has_rows else "주간 입력")
        self._show_banner(grid)

    def _spot(self) -> tuple[int, int] | None:
        index = self.view.currentIndex()
        row = self.model.entry_row(index.row()) if index.isValid() else None
        return (row.channel.id, index.column()) if row is not None else None

    def _restore(self, spot: tuple[int, int] | None) -> None:
        if self.view.state() == QAbstractItemView.State.EditingState:
            return
        line = self.model.line_of(spot[0]) if spot else -1
        if line < 0:
            line = next(
                (at for at in range(self.model.rowCount()) if _is_waiting(self.model.entry_row(at))),
                next((at for at in range(self.model.rowCount()) if self.model.entry_row(at)), -1),
            )
            spot = (0, Col.LEVEL)
        if line >= 0 and spot is not None:
            index = self.model.index(line, spot[1])
            if index != self.view.currentIndex():
                self.view.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )

    def show_detail(self, detail: object) -> None:
        """Bring a channel's cell into view (``detail`` is its id)."""
        if isinstance(detail, int):
            line = self.model.line_of(detail)
            if line >= 0:
                self.view.setCurrentIndex(self.model.index(line, Col.LEVEL))
        self.view.setFocus()

    def focus_first(self) -> None:
        self.view.setFocus()

    def _show_banner(self, grid: EntryGrid) -> None:
        if self._refused:
            self.banner.say("warning", "넣지 않음", self._refused, (("닫기", self._dismiss),))
            return
        slips = grid.slips
        if not slips:
            self.banner.hide()
            return
        row, code, found = slips[0]
        more = f" 외 {len(slips) - 1}건" if len(slips) > 1 else ""
        self.banner.say(
            "danger",
            "자릿수 의심",
            f"{row.channel.label} {figure(found.value)}명은 지난 값 {figure(found.last)}명의 "
            f"{found.words}입니다.{more}",
            (("고치기", lambda: self._fix(row)), ("맞음", lambda: self._settle(row, code))),
        )

    # --- the slip's two cures -----------------------------------------------------------------

    def _fix(self, row: EntryRow) -> None:
        line = self.model.line_of(row.channel.id)
        index = self.model.index(line, Col.LEVEL)
        self.view.setFocus()
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def _settle(self, row: EntryRow, code: str) -> None:
        reading = row.cells[code].this
        if reading is not None:
            key = slip_key(row.channel.id, code, reading)
            self.attempt(lambda: self.state.context.write(settle, key=key))

    def _dismiss(self) -> None:
        self._refused = ""
        if self.model.grid is not None:
            self._show_banner(self.model.grid)

    # --- writing ------------------------------------------------------------------------------

    def _on_model_edited(self, edits: list[Edit], label: str) -> None:
        self._refused = ""
        self._write(edits, label)

    def _write(self, edits: list[Edit], label: str) -> Changes | None:
        try:
            return self.state.context.write(write_values, edits=edits, label=label)
        except UserError as error:
            self._refuse(f"{error.text} 적은 값은 저장되지 않았습니다.")
            return None

    def _refuse(self, sentence: str) -> None:
        self._refused = self.last_refusal = sentence
        if self.model.grid is not None:
            self._show_banner(self.model.grid)

    def take_input(self) -> None:
        self.view.finish()

    def resume_input(self) -> None:
        self.view.resume()

    # --- blocks -------------------------------------------------------------------------------

    def copy_block(self) -> None:
        """The selected cells as TSV for Excel and as an HTML table for 한글."""
        lines, columns = self.view.block()
        texts = [[_copied(self.model, line, column) for column in columns] for line in lines]
        if texts:
            data = mime(cells_clip(texts))
            data.setData(OWN_BLOCK, ",".join(map(str, columns)).encode())
            QGuiApplication.clipboard().setMimeData(data)
            self.state.say(f"{len(texts)}줄 × {len(columns)}칸을 복사했습니다.")

    def paste_block(self) -> None:
        """A block from Excel, from the current cell on: rows are channels, columns the inputs."""
        block = parse_block(QGuiApplication.clipboard().text())
        index = self.view.currentIndex()
        if not block or not index.isValid():
            self.state.say("붙여 넣을 표가 없습니다. 엑셀에서 칸을 복사한 뒤 다시 해 주세요.")
            return
        lines = [
            line
            for line in range(index.row(), self.model.rowCount())
            if self.model.entry_row(line) is not None
        ]
        chosen, _ = self.view.block()
        if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
            block, lines = block * len(chosen), chosen
        columns = paste_columns(index.column())
        edits, refused = self._edits_of(block, lines, columns)
        over = max(0, len(block) - len(lines))
        if over:
            refused.append(f"마지막 {over}줄은 들어갈 채널이 없습니다.")
        self._apply_block(edits, refused, "붙여 넣기")

    def _edits_of(
        self, block: list[list[str]], lines: list[int], columns: list[int]
    ) -> tuple[list[Edit], list[str]]:
        edits: list[Edit] = []
        refused: list[str] = []
        for texts, line in zip(block, lines, strict=False):
            row = self.model.entry_row(line)
            assert row is not None
            has_value = False
            for text, column in zip(texts, columns, strict=False):
                if column not in EDITABLE:
                    continue
                edit = self.model.edit_for(row, column, text, has_value=has_value)
                has_value |= column == Col.LEVEL and isinstance(edit, ValueEdit) and edit.value is not None
                if isinstance(edit, str):
                    refused.append(edit)
                elif edit is not None:
                    edits.append(edit)
        return edits, refused

    def fill_down(self) -> None:
        """Ctrl+D: the top cell's value into those selected below it, or the cell above into this one."""
        lines, columns = self.view.block()
        if len(lines) == 1:
            above = [at for at in range(lines[0]) if self.model.entry_row(at) is not None]
            lines = [above[-1], *lines] if above else []
        inputs = [Col(column) for column in columns if column in EDITABLE]
        if len(lines) < 2 or not inputs:
            self.state.say("채울 칸을 위 칸과 함께 골라 주세요.")
            return
        source = [str(self.model.index(lines[0], column).data(2) or "") for column in inputs]
        edits, refused = self._edits_of([source] * (len(lines) - 1), lines[1:], list(inputs))
        self._apply_block(edits, refused, "위 값 채우기")

    def delete_block(self) -> None:
        lines, columns = self.view.block()
        edits, _ = self._edits_of([[""] * len(columns)] * len(lines), lines, columns)
        self._apply_block(edits, [], "지우기")

    def _apply_block(self, edits: list[Edit], refused: list[str], label: str) -> None:
        self._refused = " ".join(refused[:3]) + (f" 외 {len(refused) - 3}건" if len(refused) > 3 else "")
        if edits:
            done = self._write(edits, f"{label} {len(edits)}칸")
            if done is not None and done.count < len(edits):
                left = len(edits) - done.count
                self.state.say(
                    f"{label}: {done.count}칸을 바꾸었습니다. {left}칸은 날마다의 값을 모은 것입니다.", done
                )
            elif done is not None and done.count > 1:
                self.state.say(f"{label}: {done.count}칸을 바꾸었습니다.", done)
        elif self._refused and self.model.grid is not None:
            self._show_banner(self.model.grid)
        elif not refused:
            self.state.say(f"{label}: 바뀐 칸이 없습니다.")


def _is_waiting(row: EntryRow | None) -> bool:
    return row is not None and row.cells[COLUMNS[0]].this is None


def _copied(model: EntryModel, line: int, column: int) -> str:
    """What goes to the clipboard: plain digits for inputs, the shown text elsewhere."""
    index = model.index(line, column)
    if column in EDITABLE:
        return str(index.data(2) or "")
    return str(index.data(0) or "").replace(",", "") if column != Col.CHANNEL else str(index.data(0))


def paste_columns(first: int) -> list[int]:
    """Where a block's columns go: our own block keeps its shape, Excel's fills the inputs in order."""
    data = QGuiApplication.clipboard().mimeData()
    if data is not None and data.hasFormat(OWN_BLOCK):
        copied = [int(word) for word in bytes(data.data(OWN_BLOCK).data()).decode().split(",")]
        return [first + column - copied[0] for column in copied]
    return [column for column in EDITABLE if column >= first]
