"""``python -m bundle.check --out DIR``: the setup and the folder of ``DIR`` tried under wine.

Not part of the ordinary tests: it takes a quarter of an hour. Writes ``DIR/check/report.txt`` and pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bundle import files, runtime, windows, wine
from bundle.lock import ROOT
from bundle.wine import Wine

NOW = "2026-11-20T14:03"
NEXT = "2026-11-27T14:03"
FOLDER = "새 폴더 (2)"
SHEET = "resources/sample/2026년 11월 3주 SNS 운영현황(본청취합).xlsx"
# Tests of the checkout, not of the program.
NOT_HERE = ("tests/unit/test_architecture.py", "tests/unit/test_lock.py", "tests/unit/test_bundle.py")
_SAMPLE = """
import sys
from pathlib import Path
from civictracker import paths
from civictracker.ui.shell.welcome import make_sample
make_sample(Path(sys.argv[1]), "관악구").rename(paths.data_file())
"""
CLOSE = (0x0010, 0)  # WM_CLOSE
_TELL = """
import ast, ctypes, sys
user, found = ctypes.windll.user32, []
user.SendMessageW.argtypes = (ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_size_t)
def each(window, _):
    text = ctypes.create_unicode_buffer(200)
    user.GetWindowTextW(window, text, 200)
    if "채널일지" in text.value and user.IsWindowVisible(window):
        found.append(window)
    return 1
user.EnumWindows(ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(each), None)
print(*(user.SendMessageW(found[0], *each, 0) for each in ast.literal_eval(sys.argv[1])))
"""


class Check:
    def __init__(self, out: Path, machine: Wine) -> None:
        self.out, self.wine = out, machine
        self.shots = out / "check"
        self.shots.mkdir(parents=True, exist_ok=True)
        self.bundle = out / "windows" / windows.NAME
        self.setup = out / f"{windows.NAME}-{windows.version()}-setup.exe"
        self.programs = machine.local / "Programs"
        self.installed = self.programs / windows.NAME
        self.data = machine.local / "CivicTracker" / "civictracker.db"
        self.lines: list[str] = []
        self.failed = False

    def say(self, text: str) -> None:
        self.lines.append(text)
        print(text, flush=True)

    def must(self, what: str, holds: object, more: object = "") -> None:
        if not holds:
            self.failed = True
        self.say(f"{'ok    ' if holds else 'FAILED'} {what}{f': {more}' if more or not holds else ''}")

    def cli(self, *words: object, top: Path | None = None, seconds: float = 120) -> tuple[int, str]:
        return self.wine.run((top or self.installed) / "civictracker-cli.exe", *words, seconds=seconds)

    # --- steps --------------------------------------------------------------------------------

    def install(self) -> None:
        """Silently, for a person with a Korean name and no rights."""
        began = time.monotonic()
        status, told = self.wine.run(self.setup, "/S", seconds=300)
        self.must("silent setup", status == 0, f"{time.monotonic() - began:.0f} s {told.strip()}")
        listed = (self.installed / windows.LIST).read_text(encoding="utf-8").replace("\r", "")
        found = files.listing(self.installed, (windows.LIST, "uninstall.exe"))
        self.must("every file as listed", found == listed, f"{len(found.splitlines()):,} files")
        links = self._links()
        self.must("start menu and desktop", links.count("채널일지.lnk") == 2, ", ".join(links))
        keys = (self.wine.prefix / "user.reg").read_text(encoding="utf-8", errors="replace")
        self.must("backup files open in it", 'CivicTracker.exe\\" open \\"%1\\"' in keys)
        shared = (self.wine.prefix / "system.reg").read_text(encoding="utf-8", errors="replace")
        self.must("nothing outside the person's own keys", "CivicTracker" not in shared)

    def portable(self) -> None:
        """From the folder that Windows makes when one unpacks twice."""
        place = self.wine.drive / "users" / wine.USER / FOLDER
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        archive = self.out / f"{windows.NAME}-{windows.version()}-portable.zip"
        shutil.unpack_archive(archive, place)
        top = place / windows.NAME
        sheet = top / "app" / "civictracker" / "_shipped" / SHEET
        told = self._imported(top, sheet, {"office": "관악구청"})
        asked = {each["key"]: each["choices"][0] for each in told["questions"] if each["choices"]}
        told = self._imported(top, sheet, {"office": "관악구청", **asked})
        self.must("import of a workbook", told["new"] > 40,
                  f"asked {len(asked)}, new {told['new']}, errors {told['errors']}")  # fmt: skip
        self.must("its data lies beside it", (top / "data" / "civictracker.db").exists())
        self.must("and nowhere else", not self.data.exists())
        for name in ("주간 보고.pdf", "주간 보고.xlsx", "주간 보고.png"):
            made = top / name
            status, told = self.cli(
                "report", "weekly", "--on", "2026-11-20", "--out", made, "--now", NOW, top=top
            )
            self.must(f"weekly report, {name}", status == 0 and made.exists(), told.strip()[-200:])
            if made.exists():
                shutil.copyfile(made, self.shots / name)
        self._window(top, "portable")

    def _links(self) -> list[str]:
        """Shortcuts of the start menu, and those of the desktop, which wine keeps in the home folder."""
        places = (self.wine.drive, Path(self.wine.env["HOME"]))
        found = (path for place in places for path in place.rglob("*.lnk"))
        return sorted(path.name for path in found if "채널일지" in str(path))

    def _imported(self, top: Path, sheet: Path, answers: dict[str, str]) -> dict[str, Any]:
        sets = [word for key, value in answers.items() for word in ("--set", f"{key}={value}")]
        _, told = self.cli("import", sheet, *sets, "--now", NOW, "--json", top=top)
        found: dict[str, Any] = json.loads(told[told.index("{") :])
        return found

    def _window(self, top: Path, name: str) -> None:
        """Start, second start, picture, a close as by the person's click."""
        program = self.wine.start(top / "CivicTracker.exe", "--now", NOW, cwd=top)
        began = time.monotonic()
        shown = self.wine.title_shown("관악구청 - 채널일지")
        self.must("the window with its data is shown", shown, f"{time.monotonic() - began:.1f} s under wine")
        time.sleep(3)
        self.wine.shoot(self.shots / f"{name}.png")
        began = time.monotonic()
        status, told = self.wine.run(top / "CivicTracker.exe", cwd=top, seconds=60)
        self.must("a second start raises it", status == 0 and program.poll() is None,
                  f"{time.monotonic() - began:.1f} s {told.strip()}")  # fmt: skip
        self._tell(CLOSE)
        try:
            program.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            program.kill()
        self.must("it quits", program.returncode == 0, f"status {program.returncode}")

    def _tell(self, *messages: tuple[int, int]) -> str:
        """Messages of Windows (number, first word) to the main window; what it answered to each."""
        _, told = self.wine.run(self.python, "-c", _TELL, repr(messages))
        return told.strip()

    @property
    def python(self) -> Path:
        return self.wine.drive / "check" / "runtime" / "python.exe"

    def rooms(self) -> None:
        """Every room, drawn by the program itself on the platform ``windows``."""
        target = self.wine.drive / "users" / wine.USER / "그림"
        status, told = self.cli("demo", "--offscreen", target, seconds=300)
        made = sorted(target.glob("*.p*")) if target.exists() else []
        self.must("rooms and papers of the demonstration", status == 0 and len(made) >= 10, len(made))
        for each in made:
            shutil.copyfile(each, self.shots / f"room-{each.name}")
        if status:
            self.say(told[-2000:])

    def handover(self) -> None:
        """A backup of Linux, restored here: every figure is the same."""
        home = self.out / "check" / "linux"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        made = self._linux_backup(home)
        status, told = self.cli("restore", made)
        self.must("restore of a backup made on Linux", status == 0, told.strip())
        status, theirs = self.cli("series", "--json")
        ours = self._linux(home, "series", "--json")
        same = status == 0 and json.loads(ours) == json.loads(theirs)
        count = sum(len(each["points"]) for each in json.loads(ours))
        self.must("figures are equal", same, f"{count:,} points of {len(json.loads(ours))} series")
        status, told = self.cli("check")
        self.must("the data are whole", status == 0, told.strip())

    def _linux(self, home: Path, *words: object) -> str:
        return self._here(home, "-m", "civictracker", *words)

    @staticmethod
    def _here(home: Path, *words: object) -> str:
        """What this machine's Python writes, its data in ``home``."""
        env = {**os.environ, "CIVICTRACKER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        return done.stdout

    def _linux_backup(self, home: Path) -> Path:
        self._here(home, "-c", _SAMPLE, home)
        self._linux(home, "backup", "--to", home / "넘겨줄 것", "--now", NOW)
        made = next((home / "넘겨줄 것").glob("*.civictracker"))
        place = self.wine.drive / "users" / wine.USER / "Downloads" / made.name
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(made, place)
        return place

    def parts(self) -> None:
        """Branches of the code that only Windows runs."""
        code = (Path(__file__).parent / "windows_parts.py").read_text(encoding="utf-8")
        script = self.wine.drive / "check" / "parts.py"
        script.write_text(code, encoding="utf-8")
        status, told = self.wine.run(self.python, "-X", "utf8", script, seconds=180)
        for line in told.replace("\r", "").splitlines():
            self.say(f"       {line}")
        self.must("parts of Windows", status == 0 and "FAILED" not in told)

    def session_end(self) -> None:
        """Windows asks to end the session: the window lets it, with no question."""
        program = self.wine.start(self.installed / "CivicTracker.exe", "--now", NOW)
        shown = self.wine.title_shown("채널일지")
        time.sleep(3)
        began = time.monotonic()
        answer = self._tell((0x0011, 0), (0x0016, 1))  # WM_QUERYENDSESSION, WM_ENDSESSION
        try:
            program.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
        took = time.monotonic() - began
        self.must("the end of the session", shown and program.returncode == 0 and answer == "1 0",
                  f"{took:.1f} s")  # fmt: skip
        status, told = self.cli("check")
        self.must("the data are whole after it", status == 0, told.strip())

    def update(self) -> None:
        """New over old keeps data, and the old version can be gone back to."""
        before = self.data.read_bytes()
        (self.installed / "mark-of-the-old.txt").write_text("old")
        status, _ = self.wine.run(self.setup, "/S", seconds=300)
        old = self.programs / "CivicTracker-before"
        self.must(
            "setup over the old version", status == 0 and (self.installed / "CivicTracker.exe").exists()
        )
        self.must("data untouched", self.data.read_bytes() == before)
        self.must("the old version stands beside it", (old / "mark-of-the-old.txt").exists())
        status, told = self.cli("check", top=old)
        self.must("and runs", status == 0, told.strip())
        self.must("nothing of the old in the new", not (self.installed / "mark-of-the-old.txt").exists())
        program = self.wine.start(self.installed / "CivicTracker.exe", "--now", NOW)
        self.wine.title_shown("채널일지")
        time.sleep(2)
        status, _ = self.wine.run(self.setup, "/S", seconds=300)
        self.must("setup while the window is open changes nothing", status == 5 and self.installed.exists(),
                  f"status {status}")  # fmt: skip
        self._tell(CLOSE)
        program.communicate(timeout=60)
        newer = self.wine.drive / "users" / wine.USER / "newer.db"
        shutil.copyfile(self.data, newer)
        with closing(sqlite3.connect(newer)) as connection:
            connection.execute("PRAGMA user_version=999")
        status, told = self.cli("--data", newer, "check")
        self.must("newer data are refused by name", status == 1 and "999" in told, told.strip())

    def uninstall(self) -> None:
        listed = (self.installed / windows.LIST).read_text(encoding="utf-8").replace("\r", "")
        found = files.listing(self.installed, (windows.LIST, "uninstall.exe"))
        self.must("nothing was written beside the program", found == listed)
        own = self.installed / "내가 둔 파일.txt"
        own.write_text("남아야 합니다", encoding="utf-8")
        here = f"_?={self.wine.windows_path(self.installed)}"  # not from a copy of itself: it is waited for
        status, _ = self.wine.run(self.installed / "uninstall.exe", "/S", here, seconds=120)
        left = [path.name for path in files.all_files(self.installed) if path.name != "uninstall.exe"]
        self.must("uninstalled", status == 0 and left == [own.name], left[:5])
        self.must("data and backups are left alone",
                  self.data.exists() and any((self.data.parent / "backups").iterdir()))  # fmt: skip
        links = self._links()
        self.must("no entries are left", not links, links)

    def start_time(self) -> None:
        status, told = self.wine.run(
            self.python, "-X", "utf8", "-m", "tests.bench.startup", "--rounds", "5",
            cwd=self.python.parents[1] / "source", seconds=400,
        )  # fmt: skip
        self.must("start beside a bare PySide6 window", status == 0)
        for line in told.replace("\r", "").splitlines()[-6:]:
            self.say(f"       {line}")

    def suites(self) -> None:
        """The tests of the program, run by the bundled Python with the bundled packages."""
        for suite in ("tests/unit", "tests/ui"):
            counts: Counter[str] = Counter()
            for chunk in chunks(self.python.parents[1] / "source" / suite):
                counts += self._ran(chunk)
            told = ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name])
            self.must(
                suite, counts["passed"] and not counts["failed"] + counts["error"] + counts["hung"], told
            )

    def _ran(self, names: list[str]) -> Counter[str]:
        """What came of some tests. Where wine lets them hang they are tried once more, and that is said."""
        source = self.python.parents[1] / "source"
        for at in range(2):
            _, told = self.wine.run(
                self.python, "-X", "utf8", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rfE",
                "-o", f"faulthandler_timeout={SILENCE}", "-o", "faulthandler_exit_on_timeout=true", *names,
                cwd=source, seconds=CHUNK,
            )  # fmt: skip
            plain = told.replace("\r", "")
            with (self.shots / "tests.txt").open("a", encoding="utf-8") as file:
                file.write(f"=== {' '.join(names)}\n{plain}\n")
            last = plain.strip().splitlines()[-1] if plain.strip() else ""
            counts = Counter({name: int(count) for count, name in _OUTCOME.findall(last)})
            for line in re.findall(r"^(?:FAILED|ERROR) .*", plain, re.MULTILINE):
                self.say(f"       {line}")
            if counts:
                return counts
            self.say(f"       hung{' again' if at else ''}: {' '.join(names)}")
            for line in re.findall(r'File ".*[\\/](tests[\\/].*)', plain)[:3]:
                self.say(f"            {line}")
        return Counter(hung=1)


OUTCOMES = ("passed", "failed", "error", "skipped", "hung")
_OUTCOME = re.compile(r"(\d+) (passed|failed|error|skipped)")
SILENCE, CHUNK = 300, 1_800  # seconds without an end of one test, of a handful of files
_FILES = 5  # of the window's tests in one go


def chunks(suite: Path) -> list[list[str]]:
    """The tests of ``suite`` in handfuls, as paths that pytest takes: one that hangs takes few along."""
    top = suite.parents[1]
    found = [[path.relative_to(top).as_posix()] for path in sorted(suite.iterdir())
             if path.is_dir() and any(path.glob("test_*.py"))]  # fmt: skip
    loose = [path.relative_to(top).as_posix() for path in sorted(suite.glob("test_*.py"))]
    loose = [name for name in loose if name not in NOT_HERE]
    return [*found, *(loose[at : at + _FILES] for at in range(0, len(loose), _FILES))]


STEPS: dict[str, Callable[[Check], None]] = {
    "install": Check.install, "portable": Check.portable, "rooms": Check.rooms, "handover": Check.handover,
    "parts": Check.parts, "session": Check.session_end, "update": Check.update, "uninstall": Check.uninstall,
    "start": Check.start_time, "suites": Check.suites,
}  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(prog="bundle.check", description=__doc__)
    words.add_argument("--out", type=Path, default=Path("out/bundle"))
    words.add_argument("--step", choices=STEPS, action="append", help="only this one (again and again)")
    words.add_argument("--keep", action="store_true", help="go on in the Windows of the last check")
    told = words.parse_args()
    out: Path = told.out.resolve()
    if not (out / "windows" / windows.NAME).is_dir():
        words.error(f"no bundle in {out}; first: sh packaging/bootstrap bundle --out {told.out}")
    with wine.screen() as display:
        machine = Wine(out / "wine", display)
        check = Check(out, machine)
        if not told.keep:
            machine.make()
            runtime.make(check.bundle, machine.drive / "check", out / "downloads")
        for name in told.step or STEPS:
            check.say(f"--- {name}")
            try:
                STEPS[name](check)
            except Exception as error:
                check.must(name, holds=False, more=repr(error))
        machine.stop()
    (check.shots / "report.txt").write_text("\n".join(check.lines) + "\n", encoding="utf-8")
    sys.exit(check.failed)


if __name__ == "__main__":
    main()
