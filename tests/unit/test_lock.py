"""The lock file: everything pinned with hashes, no address in it, and installable on Windows as it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
           "platform_machine": "AMD64", "extra": ""}  # fmt: skip
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+))?(?: \\)?$")


@cache
def pins() -> dict[str, tuple[str, list[str]]]:
    """Name → version and hashes."""
    found: dict[str, tuple[str, list[str]]] = {}
    name = ""
    for line in LOCK.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if entry := _ENTRY.match(line):
            name = canonicalize_name(entry["name"])
            found[name] = (entry["version"], [])
        else:
            found[name][1].append(line.strip().removesuffix("\\").strip())
    return found


@cache
def project() -> dict[str, list[str]]:
    config: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    return config


@cache
def run_time() -> frozenset[str]:
    """The run-time dependencies and what they need in turn, on Windows, as far as it is installed here."""
    todo, known = [Requirement(text) for text in project()["dependencies"]], set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if name in known or not (requirement.marker is None or requirement.marker.evaluate(WINDOWS)):
            continue
        known.add(name)
        try:
            todo += [Requirement(text) for text in distribution(name).requires or ()]
        except PackageNotFoundError:
            assert requirement.marker is not None, f"{name} is not installed"  # needed on Windows alone
    return frozenset(known)


def test_every_pin_has_hashes() -> None:
    for name, (_, hashes) in pins().items():
        assert hashes, name
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), name


def test_there_is_no_address_in_it() -> None:
    for word in ("http", "://", "index-url", "find-links", "trusted-host", "git+", "file:", " @ ", "-e "):
        assert word not in LOCK, word


def test_every_run_time_dependency_is_pinned() -> None:
    assert run_time() - pins().keys() == set()


def test_the_pins_are_what_the_project_asks_for() -> None:
    for text in project()["dependencies"]:
        requirement = Requirement(text)
        version, _ = pins()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), text


def test_the_pins_are_what_these_tests_ran_with() -> None:
    for name in run_time():
        try:
            assert distribution(name).version == pins()[name][0]
        except PackageNotFoundError:
            continue


def test_each_has_a_wheel_for_windows() -> None:
    """A pure wheel says so where it is installed; for the others the registry must be asked."""
    native = sorted(name for name in run_time() if not _is_pure(name))
    uv = shutil.which("uv") or shutil.which("uv", path=".venv/.uv/bin")
    if uv is None:
        pytest.skip(f"uv is not here to ask about wheels for Windows of: {', '.join(native)}")
    wanted = "\n".join(f"{name}=={pins()[name][0]}" for name in native)
    asked = subprocess.run(
        [uv, "pip", "compile", "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11",
         "--only-binary", ":all:", "--no-deps", "--quiet", "--no-header", "-"],
        input=wanted, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if re.search(r"dns|connect|network|offline|timed? ?out|fetch", asked.stderr, re.IGNORECASE):
        pytest.skip("the registry cannot be reached")
    assert asked.returncode == 0, asked.stderr
    assert len(asked.stdout.split("==")) - 1 == len(native)


def _is_pure(name: str) -> bool:
    try:
        text = distribution(name).read_text("WHEEL") or ""
    except PackageNotFoundError:
        return False
    return bool(re.search(r"^Tag: .*-none-any$", text, re.MULTILINE))
