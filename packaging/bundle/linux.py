"""The Linux bundle: the same layout, run by the Python 3.11 of the machine (Debian 12 has it)."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from bundle import fetch, files, sbom, trim, windows
from bundle.lock import run_time_pins

PLATFORMS = "manylinux_2_28_x86_64 manylinux_2_17_x86_64 manylinux2014_x86_64 manylinux_2_34_x86_64"
LINUX = {
    "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64",
    "platform_python_implementation": "CPython", "implementation_name": "cpython",
    "python_version": "3.11", "python_full_version": "3.11.2", "extra": "",
}  # fmt: skip
START = """#!/bin/sh
# 채널일지. Needs Python 3.11 and the libraries of a desktop.
set -eu
here=$(dirname "$(readlink -f "$0")")
command -v python3.11 >/dev/null 2>&1 || {
    echo "python3.11이 필요합니다: sudo apt-get install python3.11" >&2
    exit 1
}
PYTHONPATH="$here/app" PYTHONDONTWRITEBYTECODE=1 exec python3.11 -X utf8 -s -m civictracker "$@"
"""


def build(out: Path) -> Path:
    folder = out / "linux" / windows.NAME
    shutil.rmtree(folder, ignore_errors=True)
    app = folder / "app"
    app.mkdir(parents=True)
    pins = run_time_pins(LINUX)
    parts = []
    for pin, wheel in zip(
        pins, fetch.wheels(pins, out / "downloads" / "linux", platform=PLATFORMS), strict=True
    ):
        unpacked = folder.parent / "whole" / pin.name
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        parts.append(sbom.part_of(next(unpacked.glob("*.dist-info")), fetch.digest(wheel.read_bytes())))
        windows.merge(unpacked, app, trim.LINUX)
    shutil.rmtree(folder.parent / "whole")
    windows.add_program(app)
    windows.compile_all(app)
    start = folder / "civictracker"
    start.write_text(START, encoding="utf-8")
    start.chmod(0o755)
    windows.add_papers(folder, parts, pages=())
    target = out / f"{windows.NAME}-{windows.version()}-linux-x86_64.tar.gz"
    files.tarred(folder, target, windows.NAME)
    return target
