"""Lists, archives and compiled modules that come out the same from the same inputs."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file in an archive: nobody learns anything from it
EPOCH = 1_767_225_600  # the same, for tools that count seconds
LONGEST = 140  # characters below the program's folder: Windows counts 260 for the whole path


def all_files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def listing(folder: Path, leave_out: Iterable[str] = ()) -> str:
    """``SHA-256  size  path`` a line, for whoever wants to know what came to the computer."""
    lines = []
    for path in all_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in leave_out:
            content = path.read_bytes()
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {len(content):>10}  {name}")
    return "\n".join(lines) + "\n"


def zipped(folder: Path, target: Path, top: str) -> None:
    """``folder`` as a zip whose one top folder is ``top``; names in UTF-8, times all alike."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in all_files(folder):
            name = f"{top}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def rezipped(content: bytes, names: Iterable[str]) -> bytes:
    """Those members of the zip ``content`` that ``names`` lists, uncompressed: Python starts faster."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()


def tarred(folder: Path, target: Path, top: str) -> None:
    """``folder`` as a .tar.gz, owners and times all alike, programs executable."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in all_files(folder):
            entry = tarfile.TarInfo(f"{top}/{path.relative_to(folder).as_posix()}")
            entry.size, entry.mtime = path.stat().st_size, EPOCH
            entry.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            with path.open("rb") as file:
                archive.addfile(entry, file)
    target.write_bytes(gzip.compress(raw.getvalue(), 9, mtime=EPOCH))


def too_long(folder: Path) -> list[str]:
    """Paths that would not fit below a deep folder of the person's."""
    names = (path.relative_to(folder).as_posix() for path in all_files(folder))
    return [name for name in names if len(name) > LONGEST]
