"""Downloads, by pip and from wherever it is set to look; what a hash does not vouch for is not used."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
from pathlib import Path

from bundle.lock import Archive, Pin

# pip would run an archive's own setup to download it. This asks pip for the archive alone.
_RAW = """
import sys
from pip._internal.commands import create_command
from pip._vendor.packaging.specifiers import SpecifierSet
command = create_command("download")
with command.main_context():
    options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", "-q", "-q", "nothing"])
    session = command.get_default_session(options)
    finder = command._build_package_finder(options, session)
    best = finder.find_best_candidate(sys.argv[1], SpecifierSet("==" + sys.argv[2])).best_candidate
    if best is None:
        sys.exit("not to be had: " + sys.argv[1])
    link = best.link
    if link.is_file:
        content = open(link.file_path, "rb").read()
    else:
        answer = session.get(link.url_without_fragment)
        answer.raise_for_status()
        content = answer.content
    open(sys.argv[3], "wb").write(content)
"""


def wheels(pins: list[Pin], folder: Path, *, platform: str, python: str = "3.11") -> list[Path]:
    """The wheels of ``pins`` for ``platform``, each checked against the lock's hashes by pip."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(pin.text for pin in pins) + "\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps",
         "--require-hashes", "--only-binary", ":all:", "--python-version", python,
         "--implementation", "cp", *(f"--platform={each}" for each in platform.split()),
         "--dest", str(folder), "-r", str(wanted)],
        check=True,
    )  # fmt: skip
    found = {_name(path): path for path in folder.glob("*.whl")}
    return [found[_plain(pin.name), pin.version] for pin in pins]


def _name(wheel: Path) -> tuple[str, str]:
    name, version = wheel.name.split("-")[:2]
    return _plain(name), version


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def member(archive: Archive, folder: Path) -> bytes:
    """The one member of ``archive`` that is used. Raises SystemExit when a hash differs."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{archive.name}-{archive.version}.tar.gz"
    if not kept.exists() or digest(kept.read_bytes()) != archive.sha256:
        subprocess.run([sys.executable, "-c", _RAW, archive.name, archive.version, str(kept)], check=True)
    content = kept.read_bytes()
    _must(kept.name, content, archive.sha256)
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        inner = next(each for each in packed if each.name.endswith(f"/{archive.member}"))
        file = packed.extractfile(inner)
        assert file is not None
        found = file.read()
    _must(archive.member, found, archive.member_sha256)
    return found


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _must(name: str, content: bytes, sha256: str) -> None:
    if digest(content) != sha256:
        raise SystemExit(f"{name}: SHA-256 is {digest(content)}, not {sha256}")
