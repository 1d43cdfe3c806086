"""The style sheet, written from tokens. Widgets are addressed by their ``class`` property."""

from __future__ import annotations

from collections.abc import Callable

from civictracker import paths
from civictracker.ui import tokens as t
from civictracker.ui.tokens import Colours

Px = Callable[[float], int]


def style_sheet(c: Colours, px: Px) -> str:
    return "\n".join(
        (_base(c, px), _controls(c, px), _inputs(c, px), _tables(c, px), _shell(c, px), _parts(c, px))
    )


def _base(c: Colours, px: Px) -> str:
    return f"""
* {{ font-family: "{t.FAMILY}"; }}
QWidget {{ color: {c.text}; font-size: {px(t.BODY)}px; }}
QMainWindow, QDialog, QWidget[class~="page"] {{ background: {c.window}; }}
QToolTip {{ background: {c.tooltip}; color: {c.tooltip_text}; border: 0; padding: {px(6)}px {px(8)}px; }}
QLabel {{ background: transparent; }}
QLabel[class~="title"] {{ font-size: {px(t.TITLE)}px; font-weight: 700; }}
QLabel[class~="part"] {{ font-size: {px(t.PART)}px; font-weight: 700; }}
QLabel[class~="card-title"] {{ font-size: {px(t.CARD)}px; font-weight: 700; }}
QLabel[class~="strong"] {{ font-weight: 700; }}
QLabel[class~="subtle"] {{ color: {c.text_faint}; }}
QLabel[class~="small"] {{ font-size: {px(t.TINY)}px; }}
QLabel[class~="figure"] {{ font-size: {px(t.FIGURE)}px; font-weight: 700; }}
QLabel[class~="up"] {{ color: {c.primary_text}; }}
QLabel[class~="down"] {{ color: {c.danger_text}; }}
QLabel[class~="error"] {{ color: {c.danger_text}; }}
QFrame[class~="card"] {{ background: {c.surface}; border: {c.border_width}px solid {c.border}; border-radius: {px(8)}px; }}
QFrame[class~="line"] {{ background: {c.divider}; border: 0; max-height: 1px; min-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle {{ background: {c.border_strong}; border-radius: {px(3)}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c.border}; }}
"""


def _controls(c: Colours, px: Px) -> str:
    height = px(t.CONTROL) - 2 * c.border_width
    check = (paths.resources() / "icons" / "check-white.svg").as_posix()
    arrow = _arrow(c)
    return f"""
QPushButton, QToolButton[class~="button"] {{
  background: {c.surface}; color: {c.text}; border: {c.border_width}px solid {c.border_strong};
  border-radius: {px(t.RADIUS)}px; padding: 0 {px(12)}px; min-height: {height}px; font-weight: 500;
}}
QPushButton:hover, QToolButton[class~="button"]:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.pressed}; }}
QPushButton:focus, QToolButton[class~="button"]:focus {{ border: 2px solid {c.focus}; padding: 0 {px(11)}px; min-height: {px(t.CONTROL) - 4}px; outline: 0; }}
QPushButton:disabled {{ color: {c.text_disabled}; border-color: {c.border}; background: {c.surface_alt}; }}
QPushButton[class~="primary"] {{ background: {c.primary}; color: {c.on_primary}; border-color: {c.primary}; font-weight: 700; }}
QPushButton[class~="primary"]:hover {{ background: {c.primary_hover}; border-color: {c.primary_hover}; }}
QPushButton[class~="primary"]:pressed {{ background: {c.primary_pressed}; }}
QPushButton[class~="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[class~="primary"]:disabled {{ background: {c.neutral_tint}; color: {c.text_disabled}; border-color: {c.border}; }}
QPushButton::menu-indicator {{ image: url({arrow}); width: {px(14)}px; height: {px(14)}px; subcontrol-origin: padding; subcontrol-position: right center; right: {px(8)}px; }}
QPushButton[class~="danger"] {{ color: {c.danger_text}; border-color: {c.danger}; }}
QPushButton[class~="text"] {{ background: transparent; border-color: transparent; color: {c.primary_text}; padding: 0 {px(6)}px; }}
QPushButton[class~="text"]:hover {{ background: {c.primary_tint}; }}
QPushButton[class~="text"]:focus {{ border: 2px solid {c.focus}; padding: 0 {px(5)}px; }}
QPushButton[class~="small"] {{ min-height: {px(26) - 2 * c.border_width}px; padding: 0 {px(10)}px; }}
QPushButton[class~="icon"] {{ padding: 0; min-width: {px(30)}px; max-width: {px(30)}px; }}
QPushButton[class~="segment"] {{ border-radius: 0; margin-left: -{c.border_width}px; color: {c.text_subtle}; border-color: {c.border}; }}
QPushButton[class~="segment"][edge="left"], QPushButton[class~="segment"][edge="only"] {{ border-top-left-radius: {px(t.RADIUS)}px; border-bottom-left-radius: {px(t.RADIUS)}px; margin-left: 0; }}
QPushButton[class~="segment"][edge="right"], QPushButton[class~="segment"][edge="only"] {{ border-top-right-radius: {px(t.RADIUS)}px; border-bottom-right-radius: {px(t.RADIUS)}px; }}
QPushButton[class~="segment"]:checked {{ background: {c.primary_tint}; color: {c.primary_text}; font-weight: 700; border-color: {c.primary}; }}
QPushButton[class~="chip"] {{ border-radius: {px(15)}px; min-height: {px(30) - 2 * c.border_width}px; border-color: {c.border}; padding: 0 {px(12)}px; }}
QPushButton[class~="chip"]:checked {{ background: {c.primary_tint}; border-color: {c.primary}; color: {c.primary_text}; font-weight: 700; }}
QPushButton[class~="add"] {{ border-style: dashed; color: {c.primary_text}; }}
QToolButton {{ background: transparent; border: 0; border-radius: {px(4)}px; padding: {px(4)}px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border: 2px solid {c.focus}; padding: {px(2)}px; }}
QCheckBox::indicator {{ width: {px(18)}px; height: {px(18)}px; border: {max(c.border_width, 1)}px solid {c.border_strong}; border-radius: {px(4)}px; background: {c.input}; }}
QCheckBox::indicator:checked {{ background: {c.primary}; border-color: {c.primary}; image: url({check}); }}
QCheckBox::indicator:focus {{ border: 2px solid {c.focus}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; background: transparent; min-height: {px(24)}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.primary_text}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c.primary_tint}; color: {c.primary_text}; }}
QMenu::separator {{ height: 1px; background: {c.divider}; margin: {px(4)}px; }}
QProgressBar {{ background: {c.neutral_tint}; border: 0; border-radius: {px(3)}px; max-height: {px(6)}px; min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: {px(3)}px; }}
"""


def _arrow(c: Colours) -> str:
    ground = "light" if c.surface == "#ffffff" else "dark"
    return (paths.resources() / "icons" / f"arrow-on-{ground}.svg").as_posix()


def _inputs(c: Colours, px: Px) -> str:
    height = px(t.CONTROL) - 2 * c.border_width
    arrow = _arrow(c)
    return f"""
QLineEdit, QComboBox, QDateTimeEdit, QSpinBox, QPlainTextEdit, QTextEdit {{
  background: {c.input}; color: {c.text}; border: {c.border_width}px solid {c.border_strong};
  border-radius: {px(t.RADIUS)}px; padding: 0 {px(8)}px;
  selection-background-color: {c.primary}; selection-color: {c.on_primary};
}}
QLineEdit, QComboBox, QDateTimeEdit, QSpinBox {{ min-height: {height}px; }}
QPlainTextEdit, QTextEdit {{ padding: {px(6)}px {px(8)}px; }}
QLineEdit:focus, QComboBox:focus, QDateTimeEdit:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c.focus}; padding: 0 {px(7)}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {px(5)}px {px(7)}px; }}
QLineEdit:focus, QComboBox:focus, QDateTimeEdit:focus, QSpinBox:focus {{ min-height: {px(t.CONTROL) - 4}px; }}
QLineEdit:disabled, QComboBox:disabled, QDateTimeEdit:disabled {{ color: {c.text_disabled}; background: {c.surface_alt}; border-color: {c.border}; }}
QLineEdit[class~="bad"] {{ border: 2px solid {c.danger}; }}
QLineEdit[class~="cell"] {{ border: 2px solid {c.primary}; border-radius: 0; padding: 0 {px(7)}px; min-height: 0; background: {c.input}; font-weight: 700; }}
QLineEdit[class~="odd"] {{ border: 2px solid {c.danger}; background: {c.danger_tint}; }}
QLineEdit[class~="search"] {{ border: 0; background: transparent; font-size: {px(t.PART)}px; min-height: {px(44)}px; }}
QComboBox::drop-down {{ border: 0; width: {px(26)}px; }}
QComboBox::down-arrow {{ image: url({arrow}); width: {px(14)}px; height: {px(14)}px; }}
QDateTimeEdit::drop-down {{ border: 0; width: {px(26)}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
QDateTimeEdit::down-arrow {{ image: url({arrow}); width: {px(14)}px; height: {px(14)}px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.border}; outline: 0; selection-background-color: {c.primary_tint}; selection-color: {c.primary_text}; padding: {px(4)}px; }}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 {px(6)}px; }}
"""


def _tables(c: Colours, px: Px) -> str:
    return f"""
QLabel[class~="thumbnail"] {{ background: {c.surface_alt}; border: 1px solid {c.border}; border-radius: {px(4)}px; }}
QTableView, QListView, QTreeView {{ background: {c.surface}; border: 0; outline: 0; gridline-color: {c.divider}; alternate-background-color: {c.surface_alt}; selection-background-color: {c.primary_tint}; selection-color: {c.text}; }}
QTableView, QListView, PaperView {{ border: 2px solid transparent; }}
QTableView:focus, QListView:focus, PaperView:focus {{ border: 2px solid {c.focus}; }}
EntryView, EntryView:focus {{ border: 0; }}
QTableView::item {{ padding: 0 {px(7)}px; border: 0; }}
QTableView::item:selected {{ background: {c.primary_tint}; color: {c.text}; }}
QListView::item {{ min-height: {px(36)}px; padding: 0 {px(10)}px; border-radius: {px(4)}px; }}
QListView::item:hover {{ background: {c.hover}; }}
QListView::item:selected {{ background: {c.primary_tint}; color: {c.primary_text}; }}
QHeaderView {{ background: {c.surface_alt}; border: 0; }}
QHeaderView::section {{ background: {c.surface_alt}; color: {c.text_subtle}; border: 0; border-bottom: {c.border_width}px solid {c.border}; padding: 0 {px(10)}px; min-height: {px(34)}px; font-size: {px(t.TINY)}px; font-weight: 700; }}
QTableCornerButton::section {{ background: {c.surface_alt}; border: 0; }}
"""


def _shell(c: Colours, px: Px) -> str:
    return f"""
QFrame#topbar {{ background: {c.surface}; border: 0; border-bottom: {c.border_width}px solid {c.border}; }}
QFrame#footer {{ background: {c.surface}; border: 0; border-top: {c.border_width}px solid {c.border}; }}
QFrame#footer QLabel {{ color: {c.text_faint}; font-size: {px(t.TINY)}px; }}
QFrame#footer QLabel[class~="mark"] {{ color: {c.warning_text}; font-weight: 700; }}
QFrame#nav {{ background: {c.surface}; border: 0; border-right: {c.border_width}px solid {c.border}; }}
QPushButton[class~="nav"] {{ border: 2px solid transparent; background: transparent; text-align: left; padding: 0 {px(10)}px; min-height: {px(32)}px; font-size: {px(t.CARD)}px; color: {c.text_subtle}; font-weight: 500; }}
QPushButton[class~="nav"]:hover {{ background: {c.hover}; }}
QPushButton[class~="nav"]:checked {{ background: {c.primary_tint}; color: {c.primary_text}; font-weight: 700; }}
QPushButton[class~="nav"]:focus {{ border: 2px solid {c.focus}; }}
QFrame#week {{ border: {c.border_width}px solid {c.border}; border-radius: {px(t.RADIUS)}px; background: {c.surface}; }}
QFrame#week QPushButton {{ border: 0; background: transparent; padding: 0 {px(8)}px; min-height: {px(28)}px; }}
QFrame#week QPushButton:hover {{ background: {c.hover}; }}
QFrame#week QPushButton:focus {{ border: 2px solid {c.focus}; padding: 0 {px(6)}px; }}
QPushButton#find {{ background: {c.surface_alt}; border-color: {c.border}; color: {c.text_faint}; text-align: left; font-weight: 400; }}
QFrame#sample {{ background: {c.info_tint}; border: 0; border-bottom: 1px solid {c.info}; }}
QFrame#sample QLabel {{ color: {c.info_text}; font-weight: 700; }}
QFrame#palette {{ background: {c.surface}; border: {c.border_width}px solid {c.border_strong}; border-radius: {px(10)}px; }}
QFrame#toast {{ background: {c.tooltip}; border-radius: {px(8)}px; }}
QFrame#toast QLabel {{ color: {c.tooltip_text}; }}
QFrame#toast QPushButton {{ background: transparent; border: 0; color: {c.tooltip_text}; font-weight: 700; text-decoration: underline; }}
QFrame#toast QPushButton:focus {{ border: 2px solid {c.focus}; }}
"""


def _parts(c: Colours, px: Px) -> str:
    tags = "\n".join(
        f'QLabel[class~="tag-{name}"] {{ background: {tint}; color: {text}; }}'
        for name, tint, text in (
            ("danger", c.danger_tint, c.danger_text), ("warning", c.warning_tint, c.warning_text),
            ("success", c.success_tint, c.success_text), ("info", c.info_tint, c.info_text),
            ("neutral", c.neutral_tint, c.neutral_text), ("primary", c.primary_tint, c.primary_text),
        )
    )  # fmt: skip
    banners = "\n".join(
        f'QFrame[class~="banner-{name}"] {{ background: {tint}; border: {c.border_width}px solid {edge}; border-radius: {px(t.RADIUS)}px; }}'
        for name, tint, edge in (
            ("danger", c.danger_tint, c.danger), ("warning", c.warning_tint, c.warning),
            ("info", c.info_tint, c.info), ("success", c.success_tint, c.success),
        )
    )  # fmt: skip
    return f"""
QLabel[class~="tag"] {{ border-radius: {px(4)}px; padding: {px(1)}px {px(6)}px; font-size: {px(11.5)}px; font-weight: 700; }}
QLabel[class~="count"] {{ background: {c.danger}; color: #ffffff; border-radius: {px(9)}px; padding: 0 {px(5)}px; min-height: {px(18)}px; min-width: {px(8)}px; font-size: {px(11)}px; font-weight: 700; }}
QLabel[class~="key"] {{ border: 1px solid {c.border}; border-radius: {px(4)}px; padding: 0 {px(5)}px; font-size: {px(11)}px; color: {c.text_faint}; background: {c.surface}; }}
QFrame[class~="claim"] {{ background: {c.surface}; border: 0; border-bottom: 1px solid {c.divider}; border-left: {px(3)}px solid transparent; }}
QFrame[class~="chosen"] {{ background: {c.primary_tint}; border-left: {px(3)}px solid {c.primary}; }}
QFrame[class~="drop"] {{ background: {c.surface}; border: 2px dashed {c.border_strong}; border-radius: {px(10)}px; }}
QFrame[class~="drop"][over="true"] {{ background: {c.primary_tint}; border-color: {c.primary}; }}
{tags}
{banners}
"""
