"""A rotating log beside the data, for whoever is asked to help. It holds no figures and no names."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

NAME = "civictracker"
_listeners: list[Callable[[], object]] = []
_told: set[str] = set()


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
    threading.excepthook = _unexpected_in_thread


def stop() -> None:
    """Let go of the log's file, for Windows deletes no folder with an open file in it."""
    logger = logging.getLogger(NAME)
    for handler in list(logger.handlers):
        if isinstance(handler, logging.FileHandler):
            logger.removeHandler(handler)
            handler.close()


def folder() -> Path | None:
    """Where the log lies, once it was started."""
    for handler in logging.getLogger(NAME).handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename).parent
    return None


def hear(listener: Callable[[], object]) -> None:
    """Call ``listener``, on whatever thread, when something unexpected happens for the first time."""
    _listeners.append(listener)


def unhear(listener: Callable[[], object]) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(NAME).critical("unexpected", exc_info=(kind, error, trace))
    if sys.stderr is not None:
        sys.__excepthook__(kind, error, trace)
    place = _place(kind, trace)
    if issubclass(kind, Exception) and place not in _told:
        _told.add(place)
        for listener in _listeners:
            listener()


def _unexpected_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _unexpected(told.exc_type, told.exc_value, told.exc_traceback)


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What makes two errors the same: their kind and the line that raised them."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{kind.__name__} {where}"
