"""Many files at once: a ZIP, or a folder. Each file's sheets carry its name."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from civictracker.errors import LockedError, SheetError
from civictracker.sheets.grid import Grid
from civictracker.sheets.sniff import MAX_BYTES

MAX_FILES = 500
MAX_DEPTH = 2  # archives inside archives
_UTF8 = 0x800
_ENCRYPTED = 0x1
_NO_SHEETS = {"thumbs.db", "desktop.ini", "icon\r"}

Read = Callable[[BinaryIO, str], list[Grid]]


@dataclass(slots=True)
class _Found:
    """What has been read, and why some of it was not."""

    grids: list[Grid] = field(default_factory=list)
    failed: list[tuple[str, SheetError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Member:
    """One file; ``name`` is its path inside, with ``/``, in composed letters (NFC)."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]


def read_members(members: list[Member], whole: str, read: Read, *, strict: bool = False) -> list[Grid]:
    """The sheets of every file that can be read; the others are noted, or refused when ``strict``.

    Raises LockedError or SheetError where not one can be.
    """
    if len(members) > MAX_FILES:
        raise SheetError(f"‘{whole}’에 든 파일이 {MAX_FILES}개를 넘습니다.", "나누어서 골라 주세요.")
    if sum(member.size for member in members) > MAX_BYTES:
        raise SheetError(f"‘{whole}’에 든 파일이 모두 300 MB를 넘습니다.", "나누어서 골라 주세요.")
    found = _Found()
    files: list[tuple[str, list[Grid]]] = []
    for member in members:
        try:
            with member.open() as file:
                files.append((member.name, read(file, member.name)))
        except SheetError as error:
            if strict:
                raise
            found.failed.append((member.name, error))
    if not files:
        raise _nothing(whole, found.failed)
    for name, grids in files:
        found.grids.extend(
            replace(grid, member=f"{name}/{grid.member}" if grid.member else name) for grid in grids
        )
    if len(files) > 1:
        found.grids = _named_apart(found.grids)
    notes = tuple(f"‘{name}’은(는) 읽지 않았습니다: {error}" for name, error in found.failed)
    if notes and found.grids:
        found.grids[0] = replace(found.grids[0], notes=(*notes, *found.grids[0].notes))
    return found.grids


def _nothing(whole: str, failed: list[tuple[str, SheetError]]) -> SheetError:
    if not failed:
        return SheetError(f"‘{whole}’에는 읽을 파일이 없습니다.", "엑셀이나 CSV가 든 것을 골라 주세요.")
    for _, error in failed:
        if isinstance(error, LockedError):
            return error
    if len(failed) == 1:
        return failed[0][1]
    name, error = failed[0]
    return SheetError(
        f"‘{whole}’에 든 파일 {len(failed)}개를 하나도 읽지 못했습니다.", f"처음 것: ‘{name}’ – {error}"
    )


def _named_apart(grids: list[Grid]) -> list[Grid]:
    """Two files may have a sheet of one name; a cell's address must tell which."""
    named = []
    taken: set[str] = set()
    for grid in grids:
        stem = PurePosixPath(grid.member).stem
        name = stem if grid.name == stem else f"{stem}/{grid.name}"
        if name in taken:
            name = f"{grid.member}/{grid.name}"
        number, bare = 2, name
        while name in taken:
            name, number = f"{bare} ({number})", number + 1
        taken.add(name)
        named.append(replace(grid, name=name))
    return named


def _is_junk(name: str) -> bool:
    """What the system or Excel leaves beside the files that people mean."""
    parts = PurePosixPath(name).parts
    last = parts[-1].casefold() if parts else ""
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not last or hidden or last.startswith("~$") or last in _NO_SHEETS


# --- a folder -----------------------------------------------------------------------------------


def of_folder(folder: Path) -> list[Member]:
    """Every file under ``folder``, in the order of names. Links are not followed. Raises SheetError."""
    members = []
    for root, folders, files in os.walk(folder, onerror=_refuse):
        folders.sort()
        for file in sorted(files):
            path = Path(root) / file
            inside = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
            name = unicodedata.normalize("NFC", inside)
            if _is_junk(name) or not path.is_file() or path.is_symlink():
                continue
            members.append(Member(name, path.stat().st_size, _opener(path, name)))
            if len(members) > MAX_FILES:
                return members
    return members


def of_files(paths: Sequence[Path]) -> list[Member]:
    """The files that a person chose together, each by its own name."""
    members = []
    for path in paths:
        name = unicodedata.normalize("NFC", path.name.encode("utf-8", "replace").decode())
        try:
            size = path.stat().st_size
        except OSError as error:
            raise SheetError(f"‘{name}’이(가) 그 자리에 없습니다.", "파일을 다시 골라 주세요.") from error
        members.append(Member(name, size, _opener(path, name)))
    return members


def _refuse(error: OSError) -> None:
    raise SheetError("폴더를 열 수 없습니다.", "폴더를 다시 골라 주세요.") from error


def _opener(path: Path, name: str) -> Callable[[], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        try:
            file = path.open("rb")
        except OSError as error:
            raise SheetError(
                f"‘{name}’을(를) 열 수 없습니다.", "엑셀에서 열려 있으면 닫아 주세요."
            ) from error
        with file:
            yield file

    return opened


# --- a ZIP --------------------------------------------------------------------------------------


def of_zip(archive: zipfile.ZipFile, password: str) -> list[Member]:
    """Every file in ``archive``, its name repaired."""
    members = []
    for entry in archive.infolist():
        name = repaired(entry)
        if not entry.is_dir() and not _is_junk(name):
            members.append(Member(name, entry.file_size, _unpacker(archive, entry, name, password)))
    return sorted(members, key=lambda member: member.name)


def repaired(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows writes the Korean code page, a Mac UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "cp949") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/").lstrip("/"))


def _unpacker(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, password: str
) -> Callable[[], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def unpacked() -> Iterator[BinaryIO]:
        if entry.flag_bits & _ENCRYPTED and not password:
            raise LockedError(
                f"‘{name}’은(는) 암호가 걸린 압축입니다.", "암호를 알려 주시면 그대로 읽습니다."
            )
        try:
            with archive.open(entry, pwd=password.encode() if password else None) as file:
                data = file.read(entry.file_size + 1)
        except RuntimeError as error:  # so does zipfile say that the password is wrong
            raise LockedError(f"‘{name}’의 암호가 맞지 않습니다.", "암호를 확인해 주세요.") from error
        except NotImplementedError as error:
            raise SheetError(
                f"‘{name}’은(는) 여기서 풀 수 없는 방식으로 압축되어 있습니다.",
                "압축을 풀어 안의 파일을 골라 주세요.",
            ) from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise SheetError(f"‘{name}’의 압축이 깨져 있습니다.", "원본을 다시 받아 주세요.") from error
        yield io.BytesIO(data)

    return unpacked
