"""Putting a finished paper where the person asked for it: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from civictracker.errors import DiskError
from civictracker.store.backup import replace

_TRIES = 5  # half a second for a virus scanner; whoever has the paper open in Excel is told


def replace_file(path: Path, content: bytes) -> None:
    """Write through a file beside ``path``, so that a crash or a full disk leaves the old one.

    Raises DiskError.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(beside, path, tries=_TRIES)
    except OSError as error:
        if beside.exists():
            beside.unlink()
        raise DiskError(
            f"‘{path.name}’을(를) 저장하지 못했습니다.",
            "다른 프로그램에서 열어 두었으면 닫고, 폴더에 쓸 수 있는지 확인해 주세요.",
        ) from error
