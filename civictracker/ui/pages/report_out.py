"""The room's way out: a paper as a file of any kind, and its tables on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from civictracker.documents.clip import table_clip, tables_clip, tables_of
from civictracker.documents.model import Document, Table
from civictracker.documents.writing import KINDS
from civictracker.ui.clipboard import put
from civictracker.ui.widgets.basics import button

_SHOWN = ((".hwpx", "file"), (".xlsx", "sheet"), (".pdf", "pdf"))
_MORE = (".html", ".png")


class WayOut:
    """The buttons: 표 복사, the usual kinds of file, and the others behind one more."""

    def __init__(
        self,
        parent: QWidget,
        save: Callable[[str], None],
        document: Callable[[], Document | None],
        say: Callable[[str], None],
    ) -> None:
        self._parent, self._save, self._document, self._say = parent, save, document, say
        self.copy = button("표 복사", self._offer_tables, icon="copy", tip="한글이나 엑셀에 표로 붙여 넣기")
        self.more = button("다른 형식", icon="more", tip="웹 문서나 그림으로 저장")
        kinds = QMenu(self.more)
        for ending in _MORE:
            kinds.addAction(f"{KINDS[ending]} ({ending})", partial(save, ending))
        self.more.setMenu(kinds)
        files = [self._file_button(ending, icon) for ending, icon in _SHOWN]
        self.buttons: Sequence[QPushButton] = (self.copy, *files, self.more)

    def _file_button(self, ending: str, icon: str) -> QPushButton:
        keys = "Ctrl+Shift+S" if ending == ".pdf" else ""
        return button(KINDS[ending], partial(self._save, ending), icon=icon, keys=keys)

    # --- tables -------------------------------------------------------------------------------

    def tables(self) -> tuple[Table, ...]:
        document = self._document()
        return () if document is None else tables_of(document)

    def _offer_tables(self) -> None:
        tables = self.tables()
        if len(tables) < 2:
            self.copy_tables(tables)
            return
        menu = self.table_menu(tables)
        menu.exec(self.copy.mapToGlobal(self.copy.rect().bottomLeft()))

    def table_menu(self, tables: Sequence[Table]) -> QMenu:
        menu = QMenu(self._parent)
        for i, table in enumerate(tables, 1):
            name = (table.name or f"{i}번째 표").replace("&", "&&")
            menu.addAction(name, partial(self.copy_tables, [table]))
        menu.addSeparator()
        menu.addAction(f"표 {len(tables)}개 모두", partial(self.copy_tables, tables))
        return menu

    def copy_tables(self, tables: Sequence[Table]) -> None:
        """Put them on the clipboard, as tables for 한글 and Excel."""
        if not tables:
            self._say("이 문서에는 복사할 표가 없습니다.")
            return
        put(table_clip(tables[0]) if len(tables) == 1 else tables_clip(tables))
        named = f"‘{tables[0].name}’ 표를" if len(tables) == 1 and tables[0].name else f"표 {len(tables)}개를"
        self._say(f"{named} 복사했습니다. 한글이나 엑셀에 붙여 넣으세요.")
