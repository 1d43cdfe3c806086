"""How cells of a workbook look: formats are shared, so that a book holds each once."""

from __future__ import annotations

from typing import Any

from civictracker.documents.layout import HAIR, HEAVY
from civictracker.documents.model import Align, Cell, Emphasis, Row, Table

FONT = "맑은 고딕"
_GREY = "#858585"
_PLAIN: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}


class Looks:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(_PLAIN | properties)
        return self._made[key]


def look_of(table: Table, cell: Cell, row: Row, column: int, *, in_head: bool) -> dict[str, Any]:
    if in_head:
        return {"bold": True, "align": "center", "bg_color": "#E8E8E8", "text_wrap": True}
    align = cell.align or table.columns[column].align
    look: dict[str, Any] = {"align": align.value}
    if cell.value is not None:
        look |= {"num_format": number_format(cell.decimals, cell.mark), "shrink": True}  # never ####
    elif align is Align.RIGHT:
        look["num_format"] = number_format(0, "")  # a figure that is typed in later is one
    else:
        look |= {"text_wrap": True, "indent": 1 if align is Align.LEFT else 0}
    if cell.is_label:
        look["bg_color"] = "#F0F0F0"
    if row.emphasis is Emphasis.TOTAL:
        look |= {"bold": True, "bg_color": "#F4F4F4"}
    return look


def rules_of(top: float, bottom: float, *, left: bool, right: bool) -> dict[str, Any]:
    """The lines around a cell as on paper: heavy, thin and hairs, which are thin and grey here."""
    look: dict[str, Any] = {}
    for side, width in (("top", top), ("bottom", bottom), ("left", HAIR * left), ("right", HAIR * right)):
        if width:
            look[side] = 2 if width == HEAVY else 1
            look |= {f"{side}_color": _GREY} if width == HAIR else {}
    return look


def number_format(decimals: int, mark: str) -> str:
    """△ for a decrease, as on paper; the mark stays outside the number, which stands off the rule."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    before = f'"{mark}"' if mark else ""
    more, fewer = f"{before}{number}_ ", f'{before}"△"{number}_ '
    return f"{more};{fewer};{more};@_ "
