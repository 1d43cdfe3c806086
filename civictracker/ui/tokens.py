"""Colours, sizes and spacing of every theme: the one place with literal values.

Roles follow KRDS (범정부 UI/UX 디자인 시스템, krds-uiux 1.1.0). 밝게 is its light mode and 선명하게 its
high-contrast mode; KRDS has no plain dark mode, so 어둡게 is drawn from the same grey scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ThemeName(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colour roles as ``#rrggbb``. ``*_tint`` are backgrounds, ``*_text`` are legible on them."""

    window: str
    surface: str
    surface_alt: str
    input: str
    border: str
    border_strong: str
    divider: str
    text: str
    text_subtle: str
    text_faint: str
    text_disabled: str
    primary: str
    primary_hover: str
    primary_pressed: str
    primary_tint: str
    primary_tint_strong: str
    primary_text: str
    on_primary: str
    danger: str
    danger_tint: str
    danger_text: str
    warning: str
    warning_tint: str
    warning_text: str
    success: str
    success_tint: str
    success_text: str
    info: str
    info_tint: str
    info_text: str
    neutral_tint: str
    neutral_text: str
    hover: str
    pressed: str
    focus: str
    shadow: str
    tooltip: str
    tooltip_text: str
    series: tuple[str, ...]
    border_width: int = 1


# Okabe–Ito in KRDS' company: told apart by people who see colours differently. Yellow is left out
# on white (contrast below 3:1); on dark grounds the blues are lighter.
_SERIES_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#b8528f", "#8a6d00", "#3a8bc2", "#5b5f66", "#7a4fb5")
_SERIES_DARK = ("#56b4e9", "#e69f00", "#2bc79a", "#e08bc0", "#f0e442", "#8fb8ff", "#c3c8ce", "#c9a6ff")

LIGHT = Colours(
    window="#f4f5f6", surface="#ffffff", surface_alt="#f4f5f6", input="#ffffff", border="#cdd1d5",
    border_strong="#8a949e", divider="#e6e8ea", text="#1e2124", text_subtle="#464c53",
    text_faint="#58616a", text_disabled="#8a949e", primary="#256ef4", primary_hover="#0b50d0",
    primary_pressed="#083891", primary_tint="#ecf2fe", primary_tint_strong="#d8e5fd",
    primary_text="#0b50d0", on_primary="#ffffff", danger="#de3412", danger_tint="#fdefec",
    danger_text="#bd2c0f", warning="#9e6a00", warning_tint="#fff3db", warning_text="#8a5c00",
    success="#228738", success_tint="#eaf6ec", success_text="#267337", info="#0b78cb",
    info_tint="#e7f4fe", info_text="#096ab3", neutral_tint="#e6e8ea", neutral_text="#464c53",
    hover="#eef0f2", pressed="#e6e8ea", focus="#256ef4", shadow="#1e212426", tooltip="#1e2124",
    tooltip_text="#ffffff", series=_SERIES_LIGHT,
)  # fmt: skip

DARK = Colours(
    window="#131416", surface="#1e2124", surface_alt="#26292d", input="#26292d", border="#3d4147",
    border_strong="#6d7882", divider="#33363d", text="#f4f5f6", text_subtle="#cdd1d5",
    text_faint="#b1b8be", text_disabled="#6d7882", primary="#256ef4", primary_hover="#4c87f6",
    primary_pressed="#0b50d0", primary_tint="#16294d", primary_tint_strong="#1d3a72",
    primary_text="#86aff9", on_primary="#ffffff", danger="#f05f42", danger_tint="#46190f",
    danger_text="#f7afa1", warning="#c78500", warning_tint="#3d2c06", warning_text="#ffc95c",
    success="#3fa654", success_tint="#173a20", success_text="#a9dab4", info="#2098f3",
    info_tint="#0d304d", info_text="#9ed2fa", neutral_tint="#33363d", neutral_text="#cdd1d5",
    hover="#2b2f34", pressed="#33363d", focus="#86aff9", shadow="#00000080", tooltip="#e6e8ea",
    tooltip_text="#1e2124", series=_SERIES_DARK,
)  # fmt: skip

CONTRAST = Colours(
    window="#000000", surface="#000000", surface_alt="#131416", input="#1e2124", border="#8a949e",
    border_strong="#e6e8ea", divider="#58616a", text="#ffffff", text_subtle="#f4f5f6",
    text_faint="#cdd1d5", text_disabled="#8a949e", primary="#256ef4", primary_hover="#4c87f6",
    primary_pressed="#0b50d0", primary_tint="#03163a", primary_tint_strong="#052561",
    primary_text="#b1cefb", on_primary="#ffffff", danger="#f48771", danger_tint="#260903",
    danger_text="#f7afa1", warning="#ffb114", warning_tint="#241800", warning_text="#ffc95c",
    success="#7ec88e", success_tint="#0e2012", success_text="#a9dab4", info="#5fb5f7",
    info_tint="#021a2c", info_text="#9ed2fa", neutral_tint="#33363d", neutral_text="#f4f5f6",
    hover="#1e2124", pressed="#33363d", focus="#ffc95c", shadow="#000000ff", tooltip="#ffffff",
    tooltip_text="#000000", series=_SERIES_DARK, border_width=2,
)  # fmt: skip

COLOURS = {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK, ThemeName.CONTRAST: CONTRAST}
THEME_LABELS = {ThemeName.LIGHT: "밝게", ThemeName.DARK: "어둡게", ThemeName.CONTRAST: "선명하게"}

FAMILY = "Pretendard GOV"
# Type sizes in px at 100 %: small labels, body, navigation and card titles, page parts, page titles.
TINY, BODY, CARD, PART, TITLE, FIGURE = 12, 13, 14, 16, 20, 24
# Spacing goes in steps of four.
S1, S2, S3, S4, S5, S6 = 4, 8, 12, 16, 20, 24
RADIUS = 6
CONTROL = 32  # height of buttons and inputs
ROW = 36  # height of a table row
SCALES = (1.0, 1.25, 1.5)

MARKERS = ("o", "s", "t", "d", "t1", "p", "star", "x")
DASHES = ("solid", "dash", "dot", "dashdot")
