"""One call: its words, the data file it means, and how it speaks."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from civictracker import log, paths
from civictracker.errors import DataFileError

if TYPE_CHECKING:
    from civictracker.services.context import Context

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Screen:
    """What only the window's side can do. ``__main__`` hands it in: the two sides do not know each other.

    ``run_window`` gets the data file, the clock, whether it is a sample, and a backup that the person opened.
    ``prepare`` makes the one Qt application, which whatever draws (PDF, PNG) needs.
    """

    run_window: Callable[[Path, Clock | None, bool, Path | None], int]
    render_rooms: Callable[[Path, Clock, Path], list[Path]]
    prepare: Callable[[], object]


class Call:
    """What every command works with."""

    def __init__(self, words: argparse.Namespace, screen: Screen) -> None:
        self.words, self.screen = words, screen
        told = getattr(words, "data", None)
        self.data: Path = Path(told) if told else paths.data_file()
        self.now: datetime | None = getattr(words, "now", None)
        self.is_quiet: bool = getattr(words, "quiet", False) or getattr(words, "json", False)

    def clock(self) -> datetime:
        return self.now or datetime.now().astimezone()

    def say(self, text: str) -> None:
        """For a person, unless --quiet."""
        if not self.is_quiet:
            sys.stdout.write(f"{text}\n")

    @staticmethod
    def tell(value: object) -> None:
        """For a program."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    @staticmethod
    def complain(text: str) -> None:
        sys.stderr.write(f"{text}\n")

    def need_data(self) -> None:
        """Raises DataFileError when there is no data file."""
        from civictracker.store import guard  # noqa: PLC0415 (inspect does without)

        if guard.look(self.data) is guard.State.NEW:
            raise DataFileError(f"자료 파일 ‘{self.data}’이 없습니다.", "--data 로 자료 파일을 알려 주세요.")

    @contextmanager
    def reading(self) -> Iterator[Context]:
        """The checked data, whoever else has it open. Raises DataFileError when there is none.

        Unlike a window it leaves no backup: a script may look a thousand times.
        """
        from civictracker.services.context import Context  # noqa: PLC0415
        from civictracker.store import guard  # noqa: PLC0415

        self.need_data()
        if guard.look(self.data) is guard.State.OLD:
            with self.writing():
                pass  # brought up to date
        guard.check(self.data)
        context = Context(self.data, self.clock)
        try:
            yield context
        finally:
            context.close()

    @contextmanager
    def writing(self) -> Iterator[Context]:
        """The data, taken for this process. Raises DataFileBusyError while a window has it."""
        from civictracker.services.opening import open_data  # noqa: PLC0415

        log.start(self.data.parent)
        opened = open_data(self.data, self.clock, actor=_user())
        try:
            yield opened.context
        finally:
            opened.close()

    @contextmanager
    def trying(self) -> Iterator[Context]:
        """The data to look at, or an empty one where there is none yet (--dry-run)."""
        from civictracker.services.opening import open_data  # noqa: PLC0415
        from civictracker.store import guard  # noqa: PLC0415

        if guard.look(self.data) is not guard.State.NEW:
            with self.reading() as context:
                yield context
            return
        with tempfile.TemporaryDirectory(prefix="civictracker-") as folder:
            opened = open_data(Path(folder) / paths.DATA_NAME, self.clock)
            try:
                yield opened.context
            finally:
                opened.close(keep_backup=False)


def _user() -> str:
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""
