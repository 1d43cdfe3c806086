"""The second place for backups: a USB stick or a share that may be gone, slow or shared with others.

How it stands is remembered beside the data, for asking the place itself may take for ever. Only files
that were put there from here are ever thinned.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from civictracker.paths import backups_of
from civictracker.store import backup
from civictracker.store.backup import Backup

LIMIT_S = 60.0  # for a slow stick and 100 MB
_NAME = "second-place.json"


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """``last`` is when the newest backup there was made (local time); ``trouble`` why the latest is not."""

    folder: str = ""
    last: datetime | None = None
    trouble: str = ""
    files: tuple[str, ...] = ()

    def lacks(self, newest: Backup) -> bool:
        return bool(self.folder) and (self.last is None or self.last < newest.made.replace(tzinfo=None))


def load_second(data: Path, folder: str) -> SecondPlace:
    """What is remembered of ``folder``; nothing when another one was chosen since."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads((backups_of(data) / _NAME).read_text(encoding="utf-8"))
        if told["folder"] == folder:
            last = datetime.fromisoformat(told["last"]) if told["last"] else None
            return SecondPlace(folder, last, str(told["trouble"]), tuple(map(str, told["files"])))
    return SecondPlace(folder)


def save_second(data: Path, second: SecondPlace) -> None:
    """Remember ``second``; what cannot be remembered is asked again."""
    told = asdict(second) | {"last": second.last.isoformat() if second.last else None}
    target = backups_of(data) / _NAME
    part = target.with_name(_NAME + ".new")
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        backup.replace(part, target)


def bring_there(data: Path, second: SecondPlace, made: Backup, now: datetime) -> SecondPlace:
    """Copy ``made`` to the second place and thin what is ours there. May hang. Raises DiskError."""
    folder = Path(second.folder)
    copy = backup.bring(made, folder)
    ours = {*second.files, copy.path.name}
    there = [each for each in backup.listed(data, folder) if each.path.name in ours]
    doomed = backup.thinned(there, now)
    for each in doomed:
        with suppress(OSError):
            each.path.unlink()
    kept = {each.path.name for each in there} - {each.path.name for each in doomed}
    return replace(
        second, last=made.made.replace(tzinfo=None), trouble="", files=tuple(sorted(kept | {copy.path.name}))
    )
