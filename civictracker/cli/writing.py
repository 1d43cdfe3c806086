"""Files that a command leaves behind: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from civictracker.errors import DiskError, InputError
from civictracker.store.backup import replace


def published(out: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` make a file beside ``out`` and put it in its place. Raises DiskError."""
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    try:
        write(part)
        replace(part, out)
    except OSError as error:
        raise DiskError(
            f"‘{out}’에 쓰지 못했습니다.", "열려 있으면 닫고 쓰기 권한을 확인해 주세요."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return out


def need_folder(out: Path) -> None:
    """Raises InputError when there is nowhere to put ``out``."""
    if not out.absolute().parent.is_dir():
        raise InputError(f"‘{out.parent}’ 폴더가 없습니다.", "폴더를 만든 뒤 다시 해 주세요.")


def made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError(f"‘{folder}’ 폴더를 만들지 못했습니다.", "다른 곳을 골라 주세요.") from error
    return folder
