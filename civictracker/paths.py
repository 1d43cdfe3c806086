"""Where things are: the user's data, and what ships with the program."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APP = "CivicTracker"
DATA_NAME = "civictracker.db"
SUFFIX = ".civictracker"  # a backup file that a person keeps or hands over
PORTABLE = "portable.txt"  # beside the program: data and program are carried about together


def program_folder() -> Path | None:
    """The top folder of a bundle (``TOP/app/civictracker``); None for a checkout or an installed package."""
    package = Path(__file__).resolve().parent
    return package.parent.parent if package.parent.name == "app" else None


def data_home() -> Path:
    """``%LOCALAPPDATA%\\CivicTracker``, or the XDG data home; ``data`` beside a portable program.

    CIVICTRACKER_HOME overrules.
    """
    if chosen := os.environ.get("CIVICTRACKER_HOME"):
        return Path(chosen)
    top = program_folder()
    if top is not None and (top / PORTABLE).is_file():
        return top / "data"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / APP
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / APP


def data_file() -> Path:
    """The user's data file; CIVICTRACKER_DATA overrules."""
    chosen = os.environ.get("CIVICTRACKER_DATA")
    return Path(chosen) if chosen else data_home() / DATA_NAME


def backups_of(data: Path) -> Path:
    return data.parent / "backups"


@cache
def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    for root in (package / "_shipped", package.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the program is incomplete: no {name}")


def resources() -> Path:
    """``resources/`` of a checkout, or its copy inside an installed package."""
    return _shipped("resources")


def schema() -> Path:
    """``db/``: migrations and catalogues."""
    return _shipped("db")
