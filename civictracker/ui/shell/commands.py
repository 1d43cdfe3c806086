"""What Ctrl+K offers: rooms, commands, channels, and any week by its name or date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from civictracker.domain.dates import parse_date
from civictracker.domain.weeks import Period
from civictracker.services.channels import list_channels
from civictracker.ui.shell.palette import Command
from civictracker.ui.shell.rooms import NAVIGATION, ROOMS
from civictracker.ui.state import State
from civictracker.ui.words import week_range

if TYPE_CHECKING:
    from civictracker.ui.shell.window import MainWindow


def all_commands(window: MainWindow, state: State) -> list[Command]:
    """Rooms first, then commands, then channels (which open in 추이)."""
    numbers = {room.id: f"Ctrl+{number}" for number, room in enumerate(NAVIGATION, 1)}
    commands = [
        Command(room.name, "화면", partial(state.open_page, room.id), numbers.get(room.id, ""))
        for room in ROOMS
    ]
    for action in window.findChildren(QAction):
        name = action.objectName()
        if name and not name.startswith("go.") and action.isEnabled():
            keys = action.shortcut().toString()
            commands.append(Command(action.text(), "명령", action.trigger, keys))
    commands.extend(
        Command(row.label, "채널", partial(state.open_page, "trend", (row.id,)))
        for row in state.context.read(list_channels)
    )
    return commands


def search_weeks(state: State, text: str) -> Sequence[Command]:
    """``11월 2주``, ``2026. 11. 13.`` or ``11/13`` as a week to go to."""
    if not any(char.isdigit() for char in text):
        return ()
    reading = parse_date(text, year=state.week.start.year, naming=state.naming)
    if reading is None or reading.period is None:
        return ()
    week = Period.week(reading.period.start)
    if not date(1990, 1, 1) <= week.start <= date(2100, 1, 1):
        return ()
    name = state.naming.name(week).full
    return (Command(f"{name} ({week_range(week)})", "주", lambda: state.go_to(week)),)
