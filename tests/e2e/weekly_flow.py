"""The week as its user lives it: real keys and clicks in a real window on a virtual screen.

    .venv/bin/python tests/e2e/weekly_flow.py --out out/flow

Starts Xvfb and ``civictracker demo``, types the figures of twelve channels, pastes a block, takes it
back and does it again, imports headquarters' workbook, reads 추이 with the arrow keys, writes the
report and closes the window. Then asks the command line whether just that is stored. No window manager
is needed. Every wait is for a condition; pictures of the steps go to ``--out``.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool", "import", "pdftotext")
WEEK = ("2026-11-16", "2026-11-22")  # of the sample, which is entered by half
PACE_MS = 100  # between keys; who lives by a number pad takes 200
SIZE = "1280x800"  # the window's own size: it fills the screen
Cell = tuple[str, str]  # channel, metric
T = TypeVar("T")

# What is typed, in the order of the grid: friends, and for the first two also posts and views.
OWN = {
    "카카오톡 채널": (131_502, 6, 60_112), "네이버 블로그": (21_233, 7, 46_008), "유튜브 라이브관악": (14_987,),
    "인스타그램": (12_415,), "페이스북": (9_871,), "X(옛 트위터)": (8_152,), "당근 공공프로필": (3_433,),
}  # fmt: skip
UNITS = {"보라매동": 3_329, "낙성대동": 4_711, "청룡동": 2_882, "은천동": 1_975, "서원동": 1_131}
TYPED = OWN | {f"{unit} 행정복지센터": (friends,) for unit, friends in UNITS.items()}
METRICS = ("followers", "posts", "views")
PASTED = ((2, 1_101), (3, 1_202), (4, 1_303), (5, 1_404), (6, 1_505))  # posts and views of the 읍면동
WORKBOOK = ROOT / "resources" / "sample" / "2026년 11월 3주 SNS 운영현황(본청취합).xlsx"
# What the workbook adds where nothing was typed; what differs from the typed stays as typed.
TAKEN_IN = {
    ("유튜브 라이브관악", "posts"): 3, ("유튜브 라이브관악", "views"): 11_870,
    ("인스타그램", "posts"): 5, ("당근 공공프로필", "posts"): 1,
}  # fmt: skip


@dataclass
class Outcome:
    """``misses`` are documented keys that did nothing, so that a click had to stand in."""

    seconds: dict[str, float] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    strokes: int = 0
    stored: dict[Cell, int] = field(default_factory=dict)
    wanted: dict[Cell, int] = field(default_factory=dict)
    check: str = ""
    paper: str = ""
    status: int | None = None


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def until(wanted: Callable[[], T | None], what: str, *, seconds: float = 20.0) -> T:
    """Ask every 50 ms; the first true answer. TimeoutError names ``what``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := wanted():
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"waited {seconds:g} s for: {what}")


# --- the screen and the hand --------------------------------------------------------------------------


class Screen:
    """A virtual screen on a free display; its picture lies in a file."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        told, tell = os.pipe()
        self._frame = folder / "Xvfb_screen0"
        words = ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
        server = subprocess.Popen(
            [*words, "-fbdir", str(folder)], pass_fds=(tell,), stderr=subprocess.DEVNULL
        )
        stack.callback(_end, server)
        os.close(tell)
        with os.fdopen(told) as pipe:
            self.display = f":{pipe.readline().strip()}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CIVIC", "QT_"))}
        self.env = kept | {"DISPLAY": self.display, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
        self.env.pop("WAYLAND_DISPLAY", None)

    def look(self) -> bytes:
        return hashlib.sha1(self._frame.read_bytes(), usedforsecurity=False).digest()

    def shoot(self, target: Path) -> None:
        subprocess.run(["import", "-window", "root", str(target)], env=self.env, check=True, timeout=20)

    def ask_to_close(self, window: int) -> None:
        """What a window manager sends when its cross is clicked (ICCCM 4.2.8.1)."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        event = _ClientMessage(type=33, window=window, format=32)
        event.message_type = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
        event.data[0] = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XCloseDisplay(display)


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("_pad", ctypes.c_long * 24),
    )  # fmt: skip


class Hand:
    """Keys and clicks by the X server's own test extension."""

    def __init__(self, screen: Screen, stack: ExitStack) -> None:
        self._screen, self._stack = screen, stack
        self._owner: subprocess.Popen[str] | None = None

    def _do(self, *words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self._screen.env, capture_output=True, encoding="utf-8",
            check=False, timeout=30,
        )  # fmt: skip
        return done.stdout.strip()

    def keys(self, *keys: str, pace: int = 8) -> None:
        """``pace`` is the time between keys in ms."""
        self._do("key", "--delay", pace, *keys)

    def write(self, text: str) -> None:
        self._do("type", "--delay", 8, text)

    def click(self, across: int, down: int) -> None:
        self._do("mousemove", across, down, "click", 1)

    def find(self, title: str) -> int | None:
        found = self._do("search", "--onlyvisible", "--name", title).split()
        return int(found[0]) if found else None

    def focus(self, title: str) -> int:
        """Wait for the window with ``title`` and give it the keyboard; its id."""
        window = until(lambda: self.find(title), f"window ‘{title}’", seconds=40)
        self._do("windowfocus", window)
        until(lambda: self._do("getwindowfocus", "-f") == str(window), f"keyboard in ‘{title}’")
        return window

    def put_on_clipboard(self, text: str) -> None:
        """As another program does that text was copied in: a process owns it until it is asked for."""
        owner = subprocess.Popen(
            [sys.executable, "-c", _OWNER], env=self._screen.env, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._stack.callback(_end, owner)
        assert owner.stdin is not None
        assert owner.stdout is not None
        owner.stdin.write(text)
        owner.stdin.close()
        if owner.stdout.readline().strip() != "mine":
            raise RuntimeError("no process could own the clipboard")


_OWNER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText(sys.stdin.read())
QTimer.singleShot(0, lambda: print("mine", flush=True))
app.exec()
"""


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


# --- what the command line says -----------------------------------------------------------------------


def cli(data: Path, *words: str) -> str:
    """The command line on the sample's file, as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "civictracker", "--data", str(data), *words],
        capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout


def quick_cli(data: Path, *words: str) -> str:
    """The same within this process, which takes a tenth of the time: for asking again and again."""
    from civictracker.__main__ import main  # slow: see Flow.start

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        main(["--data", str(data), *words])
    out.seek(0)
    return out.read()


def week_of(data: Path, ask: Callable[..., str]) -> dict[Cell, int]:
    """Every stored figure of the sample's week."""
    text = ask(data, "series", "--json", "--from", WEEK[0], "--to", WEEK[1])
    return {
        (each["channel"], each["metric"]): point["value"]
        for each in (json.loads(text) if text else ())
        for point in each["points"]
        if point["period"] == "2026-W47"
    }


# --- the week -----------------------------------------------------------------------------------------


class Flow:
    def __init__(self, stack: ExitStack, home: Path, out: Path) -> None:
        self.out, self.home = out, home
        self.outcome = Outcome()
        self.screen = Screen(stack, home)
        self.hand = Hand(self.screen, stack)
        self.data = home / "demo" / "예시-관악구.db"
        self.program = subprocess.Popen(
            [sys.executable, "-m", "civictracker", "demo"], cwd=ROOT,
            env=self.screen.env | {"CIVICTRACKER_HOME": str(home)},
        )  # fmt: skip
        stack.callback(_end, self.program)
        self.window = 0

    def run(self) -> Outcome:
        for step in (
            self.start, self.type_figures, self.type_in_a_burst, self.paste_and_take_back,
            self.import_workbook, self.read_trend, self.write_report, self.close, self.check,
        ):  # fmt: skip
            with self._timed(step.__name__):
                step()
            if self.program.poll() is None:
                self.screen.shoot(self.out / f"{len(self.outcome.seconds)}-{step.__name__}.png")
        return self.outcome

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        except TimeoutError:
            self.screen.shoot(self.out / f"failed-{name}.png")
            raise
        self.outcome.seconds[name] = round(time.monotonic() - began, 1)

    def _now(self) -> dict[Cell, int]:
        return week_of(self.data, quick_cli)

    def _until_stored(self, wanted: dict[Cell, int], what: str) -> None:
        until(lambda: wanted.items() <= self._now().items(), what)

    def _changes_screen(self, act: Callable[[], object], *, seconds: float = 15.0) -> bool:
        """Whether ``act`` changed what is seen; then the picture stands still again."""
        before = self.screen.look()
        act()
        try:
            until(lambda: self.screen.look() != before, "another picture", seconds=seconds)
        except TimeoutError:
            return False
        seen = [b"", b""]

        def is_still() -> bool:
            seen[:] = [seen[1], self.screen.look()]
            return seen[0] == seen[1]

        until(is_still, "a still picture")
        return True

    def _open(self, act: Callable[[], object], room: str) -> None:
        # A window just shown may not have the keyboard yet on a busy machine; a person presses again.
        if not any(self._changes_screen(act) for _ in range(3)):
            raise TimeoutError(f"{room} did not open")

    def start(self) -> None:
        import_module("civictracker.services.trends")  # takes a second or more: beside the window's start
        self.window = self.hand.focus("관악구청 - 채널일지")
        self.outcome.wanted = until(self._now, "the sample's figures")

    def type_figures(self) -> None:
        """Twelve channels without a mouse: Tab along the first two, Return down the rest."""
        self._open(lambda: self.hand.keys("ctrl+2"), "주간 입력")
        began = time.monotonic()
        self.hand.keys("Up", "Up")  # the room opens at the first channel without a figure, the third
        wanted: dict[Cell, int] = {}
        strokes = 2
        for channel, figures in TYPED.items():
            ends = ["Tab", "Tab", "Tab"] if len(figures) > 1 else ["Return"]
            keys = [key for figure, end in zip(figures, ends, strict=True) for key in (*str(figure), end)]
            keys += ["Tab"] if len(figures) > 1 else []  # over 비고 to the next channel
            self.hand.keys(*keys, pace=PACE_MS)
            strokes += len(keys)
            wanted |= {(channel, metric): figure for metric, figure in zip(METRICS, figures, strict=False)}
        self._until_stored(wanted, "the typed figures in the file")
        self.outcome.seconds["twelve_channels"] = round(time.monotonic() - began, 1)
        self.outcome.strokes = strokes
        self.outcome.wanted |= wanted

    def type_in_a_burst(self) -> None:
        """Keys that come faster than they are stored, as on a slow computer, must not run together."""
        posts = {(f"{unit} 행정복지센터", "posts"): at for at, unit in enumerate(UNITS, 5)}
        self.hand.keys("Up", "Up", "Up", "Up", "Tab")  # Return stays in the last channel
        self.hand.keys(*(key for figure in posts.values() for key in (str(figure), "Return")))
        try:
            until(lambda: posts.items() <= self._now().items(), "the burst in the file", seconds=3)
        except TimeoutError:
            self.outcome.misses.append(
                "주간 입력: digits after Enter ran into the cell before, at 8 ms a key"
            )

    def paste_and_take_back(self) -> None:
        """A block as Excel copies it, over posts and views of the five 읍면동."""
        pasted = {
            (f"{unit} 행정복지센터", metric): figure
            for unit, figures in zip(UNITS, PASTED, strict=True)
            for metric, figure in zip(METRICS[1:], figures, strict=True)
        }
        now = self._now()
        before = {cell: now[cell] for cell in pasted}
        self.hand.put_on_clipboard("".join(f"{posts}\t{views:,}\r\n" for posts, views in PASTED))
        self.hand.keys("Up", "Up", "Up", "Up", "ctrl+v")
        self._until_stored(pasted, "the pasted block in the file")
        self.screen.shoot(self.out / "4-pasted.png")
        self.hand.keys("ctrl+z")
        self._until_stored(before, "the block taken back")
        self.hand.keys("ctrl+y")
        self._until_stored(pasted, "the block done again")
        self.outcome.wanted |= pasted

    def import_workbook(self) -> None:
        self._open(lambda: self.hand.click(90, 300), "가져오기")  # by its name at the left
        self.hand.put_on_clipboard(str(WORKBOOK))
        self.hand.keys("Tab", "space")  # 파일 고르기
        self.hand.focus("가져올 파일 고르기")
        self.hand.keys("ctrl+v")
        self._changes_screen(lambda: self.hand.keys("Return"))
        self.hand.focus("관악구청 - 채널일지")
        until(self._is_review, "the sheet's picture")
        self.screen.shoot(self.out / "5-review.png")
        self.hand.keys("ctrl+Return")
        try:
            until(lambda: TAKEN_IN.items() <= self._now().items(), "the workbook's figures", seconds=20)
        except TimeoutError:
            self.outcome.misses.append("가져오기: Ctrl+Enter did not import")
            self.hand.click(1190, 718)
            self._until_stored(TAKEN_IN, "the workbook's figures in the file")
        self.outcome.wanted |= TAKEN_IN

    def _is_review(self) -> bool:
        """The sheet is read in a child process; then the picture comes and stays."""
        first = self.screen.look()
        time.sleep(0.4)
        return self.hand.find("가져올 파일 고르기") is None and first == self.screen.look()

    def read_trend(self) -> None:
        self._open(lambda: self.hand.keys("ctrl+4"), "추이")
        if not self._changes_screen(lambda: self.hand.keys("Left"), seconds=2):
            self.outcome.misses.append("추이: ← read no value before the chart was clicked")
            self._changes_screen(lambda: self.hand.click(640, 440))
        for _ in range(3):
            if not self._changes_screen(lambda: self.hand.keys("Left"), seconds=5):
                raise TimeoutError("← moved no crosshair")

    def write_report(self) -> None:
        target = self.out / "weekly.pdf"
        target.unlink(missing_ok=True)
        self._open(lambda: self.hand.keys("ctrl+5"), "보고서")
        self.hand.keys("ctrl+shift+s")
        self.hand.focus("보고서 저장")
        self.hand.keys("ctrl+a")
        self.hand.write(str(target))
        self.hand.keys("Return")
        until(lambda: target.exists() and target.stat().st_size > 1000, "the PDF")
        self.hand.focus("관악구청 - 채널일지")

    def close(self) -> None:
        self.screen.ask_to_close(self.window)
        self.outcome.status = self.program.wait(30)

    def check(self) -> None:
        with ThreadPoolExecutor() as pool:
            checked = pool.submit(cli, self.data, "check")
            self.outcome.stored = week_of(self.data, cli)
            self.outcome.check = checked.result()
        words = ["pdftotext", "-layout", str(self.out / "weekly.pdf"), "-"]
        self.outcome.paper = subprocess.run(
            words, capture_output=True, encoding="utf-8", check=True, timeout=30
        ).stdout


def figures_on_paper() -> Sequence[str]:
    """What the report must show: each own channel's friends, and the total of all twelve."""
    total = sum(figures[0] for figures in TYPED.values())
    return [f"{each:,}" for each in (*(figures[0] for figures in OWN.values()), total)]


def faults(outcome: Outcome) -> list[str]:
    """What is not as it was typed, pasted and imported."""
    found = [
        f"{cell}: wanted {outcome.wanted.get(cell)}, stored {outcome.stored.get(cell)}"
        for cell in sorted(outcome.wanted.keys() | outcome.stored.keys())
        if outcome.wanted.get(cell) != outcome.stored.get(cell)
    ]
    found += [f"not on paper: {each}" for each in figures_on_paper() if each not in outcome.paper]
    if outcome.status != 0:
        found.append(f"the program ended with {outcome.status}")
    if "온전합니다" not in outcome.check:
        found.append(f"check says: {outcome.check}")
    return found


def run_flow(out: Path) -> Outcome:
    """Live the week; pictures and the PDF go to ``out``. TimeoutError when a step comes to nothing."""
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="civictracker-flow-")))
        return Flow(stack, home, out.resolve()).run()


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--out", type=Path, default=Path("out/flow"), help="folder for pictures and the PDF")
    told = words.parse_args()
    if lacking := missing_tools():
        print("needs", ", ".join(lacking), file=sys.stderr)
        return 2
    outcome = run_flow(told.out)
    for step, seconds in outcome.seconds.items():
        print(f"{seconds:6.1f} s  {step}")
    print(f"{outcome.strokes} keys for twelve channels; {len(outcome.stored)} figures stored")
    for each in outcome.misses:
        print("MISS ", each)
    wrong = faults(outcome)
    for each in wrong:
        print("FAULT", each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
