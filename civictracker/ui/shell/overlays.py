"""What lies over the rooms: messages, 명령 찾기 and the progress of long work. Made after the first paint."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from civictracker.services.jobs import Jobs
from civictracker.ui.shell.jobs import JobPanel, JobRunner
from civictracker.ui.shell.palette import CommandPalette
from civictracker.ui.shell.toast import Toast


class Overlays:
    def __init__(self, area: QWidget | None, jobs: Jobs) -> None:
        assert area is not None
        self.toast = Toast(area)
        self.palette_box = CommandPalette(area)
        self.runner = JobRunner(jobs, JobPanel(area))
