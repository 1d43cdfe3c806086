"""Makes palette, style sheet and fonts from the tokens, and switches them live."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

from civictracker import paths
from civictracker.ui import tokens
from civictracker.ui.qss import style_sheet
from civictracker.ui.tokens import Colours, ThemeName


class Theme(QObject):
    """The theme in force. ``changed`` is emitted after everything that Qt styles itself is done."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = ThemeName.LIGHT
        self.scale = 1.0
        self._fonts_loaded = False
        self._sheet = ""
        self._windows: weakref.WeakSet[QWidget] = weakref.WeakSet()
        self._colours: dict[tuple[ThemeName, str], QColor] = {}
        self._figures: dict[tuple[int, bool, float], QFont] = {}

    @property
    def colours(self) -> Colours:
        return tokens.COLOURS[self.name]

    def px(self, size: float) -> int:
        """A size of the tokens at the chosen scale, in device-independent pixels."""
        return round(size * self.scale)

    def colour(self, role: str) -> QColor:
        """A token's colour, made once for a theme: painting asks for it a thousand times a page."""
        key = (self.name, role)
        made = self._colours.get(key)
        if made is None:
            made = self._colours[key] = QColor(getattr(self.colours, role))
        return made

    def font(self, size: int = tokens.BODY, *, bold: bool = False) -> QFont:
        font = QFont(tokens.FAMILY)
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def figures(self, size: int = tokens.BODY, *, bold: bool = False) -> QFont:
        """A font whose digits stand under one another."""
        key = (size, bold, self.scale)
        made = self._figures.get(key)
        if made is None:
            made = self._figures[key] = self.font(size, bold=bold)
            made.setFeature(QFont.Tag("tnum"), 1)
        return made

    def apply(self, name: ThemeName, scale: float = 1.0) -> None:
        """Switch to ``name`` at ``scale`` (1.0 to 2.0); every open window follows."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._load_fonts()
        self.name, self.scale = name, scale
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(self.font())
        application.setPalette(self._palette())
        self._sheet = style_sheet(self.colours, self.px)
        for window in list(self._windows):
            if isValid(window):
                window.setStyleSheet(self._sheet)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give ``window`` and all that comes to stand in it its look, now and with every other theme.

        It is not the application's style sheet: Qt would style a part anew each time that it, or what it
        stands in, finds a parent. Rooms are built from the inside outwards, and took four times as long.
        """
        self._windows.add(window)
        window.setStyleSheet(self._sheet)

    def _load_fonts(self) -> None:
        if not self._fonts_loaded:
            for weight in ("Regular", "Bold"):
                QFontDatabase.addApplicationFont(
                    str(paths.resources() / "fonts" / f"PretendardGOV-{weight}.otf")
                )
            self._fonts_loaded = True

    def _palette(self) -> QPalette:
        c, role = self.colours, QPalette.ColorRole
        palette = QPalette()
        for target, colour in (
            (role.Window, c.window), (role.WindowText, c.text), (role.Base, c.input),
            (role.AlternateBase, c.surface_alt), (role.Text, c.text), (role.Button, c.surface),
            (role.ButtonText, c.text), (role.ToolTipBase, c.tooltip), (role.ToolTipText, c.tooltip_text),
            (role.Highlight, c.primary), (role.HighlightedText, c.on_primary), (role.Link, c.primary_text),
            (role.PlaceholderText, c.text_faint), (role.Mid, c.border), (role.Light, c.surface),
            (role.BrightText, c.danger_text),
        ):  # fmt: skip
            palette.setColor(target, QColor(colour))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.text_disabled))
        return palette


theme = Theme()


def system_theme() -> ThemeName:
    """What the desktop asks for."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return ThemeName.DARK if scheme == Qt.ColorScheme.Dark else ThemeName.LIGHT


def follow(widget: QWidget, method: str) -> None:
    """Call ``widget.method()`` now and whenever the theme changes, as long as the widget lives."""
    reference = weakref.ref(widget)

    def update() -> None:
        alive = reference()
        if alive is None or not isValid(alive):  # a cycle may keep it after its window has gone
            theme.changed.disconnect(update)
            return
        getattr(alive, method)()

    theme.changed.connect(update)
    getattr(widget, method)()
