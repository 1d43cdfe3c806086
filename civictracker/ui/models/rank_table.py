"""비교: the offices by rank."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from civictracker.domain.dates import short
from civictracker.services.compare import Ranking, Rival
from civictracker.ui.theme import theme
from civictracker.ui.words import MINUS, MISSING, figure, percent

Index = QModelIndex | QPersistentModelIndex
NOBODY = QModelIndex()
HEADERS = ("순위", "기관", "친구 수(명)", "기준일", "평균의", "앞 순위와", "증감률", "증가율 순위")
_NUMBERS = {2, 3, 4, 5, 6, 7}


class RankTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._ranking: Ranking | None = None
        self._rows: list[Rival] = []

    def set_ranking(self, ranking: Ranking) -> None:
        self.beginResetModel()
        self._ranking = ranking
        self._rows = [*ranking.rivals, *ranking.given]
        self.endResetModel()

    def row_at(self, at: int) -> Rival | None:
        return self._rows[at] if 0 <= at < len(self._rows) else None

    @property
    def texts(self) -> list[list[str]]:
        """The table as it is copied, head first."""
        return [list(HEADERS), *([self._text(row, at) for at in range(len(HEADERS))] for row in self._rows)]

    def rowCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOBODY) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return _look(row, index.column(), role, self._ranking)

    @staticmethod
    def _text(row: Rival, column: int) -> str:
        place, found = row.place, row.as_of
        texts = (
            _rank_words(row),
            row.name,
            MISSING if found is None else ("약 " if found.approximate else "") + figure(found.value),
            MISSING if found is None else f"{found.day.year % 100}. {short(found.day).split('(')[0]}",
            MISSING if row.times_mean is None else f"{row.times_mean}배",
            MISSING if place is None else "–" if place.ahead == 0 else f"{MINUS}{place.ahead:,}",
            MISSING if place is None else _growth_words(place.growth),
            MISSING if place is None or place.growth_rank is None else f"{place.growth_rank}위",
        )
        return texts[column]


def _rank_words(row: Rival) -> str:
    if row.place is None:
        return MISSING
    moved = row.place.moved
    mark = "" if moved is None else " –" if moved == 0 else f" {'▲' if moved > 0 else '▼'}{abs(moved)}"
    return f"{'공동 ' if row.place.is_tied else ''}{row.place.rank}{mark}"


def _growth_words(rate: Any) -> str:
    if rate is None:
        return MISSING
    return f"{'▲ +' if rate > 0 else '▼ ' if rate < 0 else ''}{percent(rate)}"


def _look(row: Rival, column: int, role: int, ranking: Ranking | None) -> Any:
    c = theme.colours
    if role == Qt.ItemDataRole.BackgroundRole and row.is_own:
        return QColor(c.primary_tint)
    if role == Qt.ItemDataRole.FontRole and (row.is_own or column == 2):
        return QFont(theme.figures(bold=True) if column in _NUMBERS else theme.font(bold=True))
    if role == Qt.ItemDataRole.ForegroundRole:
        if row.place is None:
            return QColor(c.text_faint)
        other_day = ranking is not None and row.as_of is not None and row.as_of.day != ranking.day
        return QColor(c.warning_text) if column == 3 and other_day else None
    return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
