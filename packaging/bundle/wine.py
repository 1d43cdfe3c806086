"""A Windows of wine's, for the check: a user with a Korean name, and stand-ins for what wine 8.0 lacks."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansKR-Regular.ttf"
HERE = Path(__file__).parent / "wine"
CC = "x86_64-w64-mingw32-gcc"
USER = "홍길동"
SIZE = "1440x900x24"


class Wine:
    """One prefix. Programs get pipes, as wine's windowed programs need them."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.prefix = prefix
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON"))},
            "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "USER": USER, "LOGNAME": USER,
            "WINEDLLOVERRIDES": "ucrtbase=n,b;mscoree,mshtml=;winemenubuilder.exe=d",
            "LC_ALL": "C.UTF-8", "DISPLAY": display,
            "TZ": "Asia/Seoul", "HOME": str(prefix.parent / "home"),  # no link of theirs gets into ours
        }  # fmt: skip

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def local(self) -> Path:
        return self.drive / "users" / USER / "AppData" / "Local"

    def make(self) -> None:
        """The prefix, with the stand-ins."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        Path(self.env["HOME"]).mkdir(parents=True, exist_ok=True)
        self.run("wineboot", "-i", seconds=180)
        self.run("winecfg", "-v", "win10", seconds=120)
        self._add_font()
        subprocess.run(["wineserver", "-w"], env=self.env, check=False)
        system = self.drive / "windows" / "system32"
        for source, name, more in (
            ("prng.c", "bcryptprimitives.dll", ["-ladvapi32"]),
            ("icu.c", "icuuc.dll", []),
            ("scaling.c", "api-ms-win-shcore-scaling-l1-1-1.dll", []),
        ):
            self._compile(system / name, HERE / source, *more)
        self._compile_ucrt(system)

    def _add_font(self) -> None:
        """Windows' own boxes speak Korean here too."""
        shutil.copyfile(FONT, self.drive / "windows" / "Fonts" / FONT.name)
        for name in ("Malgun Gothic", "MS Shell Dlg", "MS Shell Dlg 2", "Tahoma", "Segoe UI", "Gulim"):
            self.run("reg", "add", "HKCU\\Software\\Wine\\Fonts\\Replacements", "/v", name, "/d",
                     "Noto Sans KR", "/f", seconds=60)  # fmt: skip

    def _compile_ucrt(self, system: Path) -> None:
        theirs = next(Path("/usr/lib").glob("*/wine/x86_64-windows/ucrtbase.dll"))
        shutil.copyfile(theirs, system / "ucrtwine.dll")
        spec = importlib.util.spec_from_file_location("ucrt", HERE / "ucrt.py")
        assert spec is not None and spec.loader is not None  # noqa: PT018
        ucrt = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(ucrt)
        work = self.prefix.parent / "stand-ins"
        work.mkdir(exist_ok=True)
        ucrt.write(theirs, work)
        self._compile(system / "ucrtbase.dll", work / "ucrt.c", work / "ucrtbase.def")

    @staticmethod
    def _compile(target: Path, *sources: object) -> None:
        if target.exists():
            target.unlink()
        words = [CC, "-shared", "-O1", "-w", "-static-libgcc", "-o", str(target), *map(str, sources)]
        subprocess.run(words, check=True)

    def start(
        self, *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", *map(str, words)], cwd=cwd, env={**self.env, **(env or {})},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(
        self, *words: object, cwd: Path | None = None, seconds: float = 300,
        env: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:  # fmt: skip
        """Status and what was written. A program that does not end is killed and has status -9."""
        program = self.start(*words, cwd=cwd, env=env)
        try:
            out, _ = program.communicate(b"", timeout=seconds)
        except subprocess.TimeoutExpired:
            self.stop()  # whatever it started would hold its pipes
            program.kill()
            out, _ = program.communicate()
            return -9, out.decode("utf-8", "replace")
        return program.returncode, out.decode("utf-8", "replace")

    def stop(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.env, check=False)

    def windows_path(self, path: Path) -> str:
        return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")

    def shoot(self, target: Path) -> None:
        """A picture of the whole screen."""
        subprocess.run(["import", "-window", "root", str(target)], env=self.env, check=True)

    def title_shown(self, part: str, seconds: float = 60) -> str:
        """The number of the X window with ``part`` in its title, once there is one; else empty."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", part], env=self.env, capture_output=True,
                text=True, check=False,
            ).stdout.split()  # fmt: skip
            if found:
                return found[-1]
            time.sleep(0.2)
        return ""


@contextmanager
def screen() -> Iterator[str]:
    """A screen in memory; its name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE], pass_fds=(write,),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()
