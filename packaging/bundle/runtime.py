"""The bundle with python.exe and the tools of the tests beside it: only to check what is handed out."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

from bundle import fetch
from bundle.lock import PYTHON, ROOT, run_time_pins

TOOLS = (
    "pytest", "pytest-qt", "pytest-benchmark", "hypothesis", "lxml", "xlwt", "vobject", "holidays",
    "python-hwpx",
)  # fmt: skip
# The program's own places first; what was left out of Python comes last, for the tools alone.
SEARCH_PATH = "python311.zip\n.\n..\\app\n..\\tools\n..\\source\n..\\tools\\library.zip\n"
SOURCES = (
    "tests",
    "packaging",
    "resources",
    "db",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "requirements.lock",
)


def make(bundle: Path, target: Path, downloads: Path) -> Path:
    """A folder like ``bundle`` that can run the tests; its python.exe."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(bundle, target)
    with zipfile.ZipFile(io.BytesIO(fetch.member(PYTHON, downloads))) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist()}
        (target / "runtime" / "python.exe").write_bytes(archive.read(names["python.exe"]))
        tools = target / "tools"
        tools.mkdir()
        (tools / "library.zip").write_bytes(archive.read(names["python311.zip"]))
    (target / "runtime" / "python311._pth").write_text(SEARCH_PATH, encoding="ascii")
    ours = {pin.name for pin in run_time_pins()}
    pins = [pin for pin in run_time_pins(extra=TOOLS) if pin.name not in ours]
    for wheel in fetch.wheels(pins, downloads / "tools", platform="win_amd64"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tools)
    skip = shutil.ignore_patterns("__pycache__")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / "source" / name, ignore=skip)
        else:
            shutil.copyfile(ROOT / name, target / "source" / name)
    # Drawing without a screen looks for fonts here on Windows, and warns; wine drops Qt's own variables.
    shutil.copytree(ROOT / "resources" / "fonts", target / "app" / "PySide6" / "lib" / "fonts")
    return target / "runtime" / "python.exe"
