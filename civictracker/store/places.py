"""Is a folder one that loses data: a cloud folder, a network share, one whose path is too long?"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

REMOTE = 4  # GetDriveTypeW: DRIVE_REMOTE
LONGEST = 259  # characters of a path, unless an administrator has allowed more
ROOM = 70  # characters that a backup, its folder and its side files add to the data file's own path
_CLOUD_MARKS = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "네이버 mybox", "mybox",
    "naver cloud", "box sync", "nextcloud", "synologydrive",
)  # fmt: skip
# FILE_ATTRIBUTE_RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS, PINNED, UNPINNED: a cloud keeps the files.
_CLOUD_ATTRIBUTES = 0x40000 | 0x400000 | 0x80000 | 0x100000
_INVALID = 0xFFFFFFFF
_ELSEWHERE = "이 컴퓨터의 다른 폴더를 골라 주세요."


@dataclass(frozen=True, slots=True)
class Place:
    """Why a folder is a bad home for the data; ``refused`` when damage is likely."""

    reason: str
    refused: bool
    hint: str = _ELSEWHERE


@dataclass(frozen=True, slots=True)
class Facts:
    """What the system knows of a path. ``real`` is where it leads after links, redirections and mapped
    drives; ``roots`` are the folders that a cloud keeps."""

    path: str
    real: str = ""
    drive: int = 0
    label: str = ""
    attributes: int = 0
    roots: tuple[str, ...] = field(default=())
    is_windows: bool = False


def judge(path: Path) -> Place | None:
    """None when the data may live there."""
    return verdict(facts(path))


def verdict(told: Facts) -> Place | None:
    if told.drive == REMOTE:
        return Place("네트워크 드라이브에 있는 자료 파일은 끊길 때 깨질 수 있습니다.", refused=True)
    if any(_is_share(text) for text in (told.path, told.real)):
        return Place("네트워크 폴더에 있는 자료 파일은 끊길 때 깨질 수 있습니다.", refused=True)
    if _is_cloud(told):
        return Place("클라우드와 맞춰지는 폴더에서는 자료 파일이 깨질 수 있습니다.", refused=True)
    if told.is_windows and len(told.path) + ROOM > LONGEST:
        return Place(
            "폴더가 너무 깊어 백업 파일 이름이 윈도의 한도를 넘습니다.", refused=True,
            hint="이름이 더 짧은 폴더를 골라 주세요.",
        )  # fmt: skip
    return None


def _is_share(text: str) -> bool:
    if text.startswith(("\\\\?\\UNC\\", "\\\\?\\unc\\")):
        return True
    return text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\"))


def _is_cloud(told: Facts) -> bool:
    texts = [_plain(text) for text in (told.path, told.real) if text]
    parts = [part for text in texts for part in text.split("/")]
    return (
        any(_is_below(text, _plain(root)) for text in texts for root in told.roots if root)
        or any(part.startswith(_CLOUD_MARKS) for part in parts)
        or bool(told.attributes & _CLOUD_ATTRIBUTES)
        or told.label.casefold().startswith("google drive")
    )


def _plain(text: str) -> str:
    return text.replace("\\", "/").rstrip("/").casefold()


def _is_below(text: str, root: str) -> bool:
    return text == root or text.startswith(f"{root}/")


# --- asking the system --------------------------------------------------------------------------


def facts(path: Path) -> Facts:
    """A share or a network drive is not asked further: one that is gone would be waited for."""
    whole = path.absolute()
    drive = _kind_of_drive(whole.anchor) if sys.platform == "win32" else 0
    if drive == REMOTE or _is_share(str(whole)):
        return Facts(str(whole), drive=drive)
    there = next((each for each in whole.parents if each.is_dir()), whole)
    real = ""
    with suppress(OSError):
        real = str(there.resolve())
    roots = [os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    if sys.platform == "win32":
        label, attributes = _label_and_attributes(whole.anchor, str(there))
        roots += [*_registered(), *_dropbox()]
        return Facts(str(whole), real, drive, label, attributes, tuple(roots), is_windows=True)
    return Facts(str(whole), real, roots=tuple(roots))


def _kernel() -> Any:
    import ctypes  # noqa: PLC0415 (Windows only)

    return getattr(ctypes, "windll").kernel32  # noqa: B009 (known on Windows only)


def _kind_of_drive(anchor: str) -> int:
    return int(_kernel().GetDriveTypeW(anchor))


def _label_and_attributes(anchor: str, folder: str) -> tuple[str, int]:
    """The drive's label, and the attributes of the folder."""
    import ctypes  # noqa: PLC0415 (Windows only)

    label = ctypes.create_unicode_buffer(261)
    _kernel().GetVolumeInformationW(anchor, label, 261, None, None, None, None, 0)
    attributes = int(_kernel().GetFileAttributesW(folder)) & _INVALID
    return label.value, 0 if attributes == _INVALID else attributes


def _registered() -> list[str]:
    """Folders that OneDrive, or another sync engine, has told Windows of."""
    return [
        *_values_below("Software\\Microsoft\\OneDrive\\Accounts", "UserFolder"),
        *_values_below("Software\\SyncEngines\\Providers\\OneDrive", "MountPoint"),
    ]


def _values_below(top: str, value: str) -> Iterator[str]:
    winreg: Any = import_module("winreg")  # Windows only
    with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, top) as key:
        for at in range(winreg.QueryInfoKey(key)[0]):
            with suppress(OSError), winreg.OpenKey(key, winreg.EnumKey(key, at)) as each:
                yield str(winreg.QueryValueEx(each, value)[0])


def _dropbox() -> Iterator[str]:
    """Folders that Dropbox's own note names."""
    for name in ("APPDATA", "LOCALAPPDATA"):
        with suppress(OSError, ValueError, AttributeError, TypeError):
            note = Path(os.environ.get(name, "")) / "Dropbox" / "info.json"
            for account in json.loads(note.read_text(encoding="utf-8")).values():
                yield str(account.get("path", ""))
