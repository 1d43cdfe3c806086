"""Is a Windows folder whole: every library that a program in it asks for is there, or is Windows' own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

# Libraries of every Windows 10 (1809) and 11. What is on neither list is missing.
WINDOWS = frozenset(
    """advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 crypt32 d3d11 d3d12 d3d9 dbghelp dcomp dnsapi
    dwmapi dwrite dxgi gdi32 icuuc imm32 iphlpapi kernel32 kernelbase mf mfplat mfreadwrite mpr msvcrt ncrypt
    netapi32 ntdll ole32 oleaut32 opengl32 powrprof propsys psapi rpcrt4 secur32 setupapi shcore shell32
    shlwapi uiautomationcore ucrtbase user32 userenv usp10 uxtheme version winmm winspool.drv ws2_32
    wtsapi32""".split()  # noqa: SIM905 (a list of quotes is no easier to read)
)
_SETS = ("api-ms-win-", "ext-ms-win-")
_ASKED = re.compile(r"DLL Name: (\S+)")
_PROGRAMS = {".exe", ".dll", ".pyd"}


def programs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _PROGRAMS)


def asked_by(program: Path) -> list[str]:
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(program)], capture_output=True, text=True, check=True,
        errors="replace",
    ).stdout  # fmt: skip
    return [name.lower() for name in _ASKED.findall(told)]


def missing(asked: Iterable[str], there: Iterable[str]) -> list[str]:
    """Names that neither the folder nor Windows has."""
    known = {name.lower() for name in there}
    return sorted({
        name for name in map(str.lower, asked)
        if name not in known and name.removesuffix(".dll") not in WINDOWS and not name.startswith(_SETS)
    })  # fmt: skip


def lacks(folder: Path) -> dict[str, list[str]]:
    """What each program in ``folder`` asks for in vain."""
    found = programs(folder)
    names = [path.name for path in found]
    told = {path.name: missing(asked_by(path), names) for path in found}
    return {name: absent for name, absent in told.items() if absent}


def signer(program: Path) -> str:
    """Who signed ``program``, its digest having been found right; empty for none or a broken one."""
    told = subprocess.run(
        ["osslsigncode", "verify", "-in", str(program)], capture_output=True, text=True, check=False
    ).stdout
    current = re.search(r"Current message digest\s*: (\w+)", told)
    calculated = re.search(r"Calculated message digest\s*: (\w+)", told)
    who = re.search(r"Signer #0:\s+Subject: \S*?/O=([^/]+)/", told) or re.search(
        r"Subject: [^\n]*/O=(Python Software Foundation)/", told
    )
    if not (current and calculated and who) or current[1] != calculated[1]:
        return ""
    return who[1]
