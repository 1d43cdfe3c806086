"""The window, and the demonstration on sample data."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from civictracker import log, paths
from civictracker.cli.call import Call
from civictracker.cli.files import Wishes, taken_in
from civictracker.cli.reporting import write_report
from civictracker.cli.writing import made_folder
from civictracker.errors import DataFileBusyError
from civictracker.services.opening import open_data
from civictracker.services.sample import build_sample, sample_now
from civictracker.store.ownership import Ownership

_SHEETS_OF = "관악구"  # the office that the shipped sample sheet belongs to


def window(call: Call) -> int:
    return call.screen.run_window(call.data, call.clock if call.now else None, False, None)  # noqa: FBT003


def open_backup(call: Call) -> int:
    """A double click on a backup: the window asks whether to go back to it."""
    clock = call.clock if call.now else None
    return call.screen.run_window(call.data, clock, False, call.words.file.absolute())  # noqa: FBT003


def demo(call: Call) -> int:
    office, folder = call.words.office, call.words.offscreen
    if folder is None:
        shelf = paths.data_home() / "demo"
        with suppress(DataFileBusyError):  # it is being shown: its window comes to the front
            fresh_sample(shelf, office)
        return call.screen.run_window(sample_path(shelf, office), sample_now, True, None)  # noqa: FBT003
    made_folder(folder)
    with tempfile.TemporaryDirectory(prefix="civictracker-") as home:
        call.data, call.now = fresh_sample(Path(home), office), sample_now()
        try:
            made = [*_papers(call, folder), *call.screen.render_rooms(call.data, sample_now, folder)]
        finally:
            log.stop()  # it lies in the folder that goes now
    call.say(f"예시 자료({office})로 만든 것 {len(made)}개:")
    for each in made:
        call.say(f"  {each}")
    return 0


def sample_path(folder: Path, office: str) -> Path:
    return folder / f"예시-{office}.db"


def fresh_sample(folder: Path, office: str) -> Path:
    """A sample made anew for every showing. Raises DataFileBusyError while one is open."""
    path = sample_path(folder, office)
    owner = Ownership(path)
    owner.take()
    owner.release()
    for side in ("", "-journal"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    opened = open_data(path, sample_now)
    build_sample(opened.context, office)
    opened.close(keep_backup=False)
    return path


def _papers(call: Call, folder: Path) -> list[Path]:
    """The weekly report after headquarters' sheet came in."""
    with call.writing() as context:
        if call.words.office == _SHEETS_OF:
            for sheet in sorted((paths.resources() / "sample").glob("*.xlsx")):
                taken_in(call, context, sheet, Wishes({}))
        day = call.clock().date()
        return [
            each
            for ending in ("pdf", "png")
            for each in write_report(call, context, folder / f"weekly-report.{ending}", day)
        ]
