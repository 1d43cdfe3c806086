"""Theme and text size belong to the person at this computer, not to the office's data."""

from __future__ import annotations

import json

from civictracker import paths
from civictracker.ui.tokens import SCALES, ThemeName


def load_look() -> tuple[ThemeName | None, float]:
    """The remembered theme (None: as the system) and scale; anything unreadable means the default."""
    try:
        told = json.loads((paths.data_home() / "look.json").read_text(encoding="utf-8"))
        scale = float(told.get("scale", 1.0))
        name = told.get("theme")
        return ThemeName(name) if name else None, scale if scale in SCALES else 1.0
    except (OSError, ValueError, AttributeError, TypeError):
        return None, 1.0


def save_look(name: ThemeName | None, scale: float) -> None:
    home = paths.data_home()
    home.mkdir(parents=True, exist_ok=True)
    told = {"theme": name.value if name else None, "scale": scale}
    (home / "look.json").write_text(json.dumps(told), encoding="utf-8")
