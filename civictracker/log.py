"""A rotating log beside the data, for whoever is asked to help. It holds no figures and no names."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import TracebackType

NAME = "civictracker"


def start(folder: Path) -> None:
    """Log to ``folder/civictracker.log`` (5 × 500 kB); an unwritable folder is no reason to stop."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 (kept off the way to the first paint)

    logger = logging.getLogger(NAME)
    logger.setLevel(logging.INFO)
    if any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "civictracker.log", maxBytes=500_000, backupCount=4, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    sys.excepthook = _unexpected


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(NAME).critical("unexpected", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
