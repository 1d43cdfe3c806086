"""Run inside the bundled Python: what only Windows does, each told as ``ok`` or ``FAILED``."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from civictracker.errors import DataFileBusyError, SheetError
from civictracker.sheets import limits
from civictracker.store import backup, places
from civictracker.store.ownership import Ownership


def tell(what, holds, more=""):
    print("ok    " if holds else "FAILED", what, more, flush=True)


def child(code, *words):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *map(str, words)], check=False, capture_output=True,
        text=True, stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).strip()


folder = Path(tempfile.mkdtemp(prefix="채널일지 시험 "))
tell("platform", sys.platform == "win32", sys.version.split()[0])
tell("utf8 mode", sys.flags.utf8_mode == 1)

status, told = child(
    "import ctypes\n"
    "from civictracker.sheets.limits import JobLimits, limit_memory\n"
    "print(limit_memory(300_000_000))\n"
    "try:\n    bytearray(900_000_000); print('taken')\nexcept MemoryError:\n    print('refused')\n"
    "job = ctypes.c_int()\n"
    "ctypes.windll.kernel32.IsProcessInJob(ctypes.c_void_p(-1), None, ctypes.byref(job))\n"
    "print(job.value, ctypes.sizeof(JobLimits))"
)
tell("the reading child puts itself into a job object", told.split()[::2] == ["True", "1"], told.split())
tell("its limits have the size that Windows expects", told.split()[-1] == "144")
print("      the job's memory limit is", told.split()[1], "(wine knows the limit and does not keep it)")

broken = folder / "깨진 것.xlsx"
broken.write_bytes(b"PK\x03\x04" + os.urandom(3000))
try:
    from civictracker.sheets.isolated import read_file

    read_file(broken)
except SheetError as error:
    tell("a broken workbook is one sentence", True, error)

data = folder / "자료.db"
HOLD = """
import sys, time
from pathlib import Path
from civictracker.store.ownership import Ownership
owner = Ownership(Path(sys.argv[1] + "2"))
owner.take()
print("have", flush=True)
time.sleep(60)
"""
holder = subprocess.Popen(
    [sys.executable, "-X", "utf8", "-c", HOLD, str(data)],
    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
)  # fmt: skip
holder.stdout.readline()
second = Ownership(Path(str(data) + "2"))
try:
    second.take()
    tell("one window a data file", False)
except DataFileBusyError:
    tell("one window a data file", True)
holder.kill()
holder.wait()
for _ in range(50):
    try:
        second.take()
        break
    except DataFileBusyError:
        time.sleep(0.1)
tell("a killed window leaves no lock", second._connection is not None)
second.release()

old, new = folder / "보고.pdf", folder / "새것.tmp"
old.write_bytes(b"old")
new.write_bytes(b"new")
held = old.open("rb")  # as a virus scanner or a viewer does
threading.Timer(0.4, held.close).start()
began = time.monotonic()
backup.replace(new, old)
tell(
    "a rename outlasts whoever reads the file",
    old.read_bytes() == b"new",
    f"{time.monotonic() - began:.2f} s",
)

tell(
    "the data's own place is fine",
    places.judge(Path(os.environ["LOCALAPPDATA"]) / "CivicTracker" / "a.db") is None,
)
tell("facts of a drive", places.facts(folder / "a.db").drive == 3, places.facts(folder / "a.db"))
bad = places.judge(Path("\\\\nas\\홍보과\\civictracker.db"))
tell("a share is refused", bad is not None and bad.refused)
import winreg

with winreg.CreateKey(winreg.HKEY_CURRENT_USER, "Software\\Microsoft\\OneDrive\\Accounts\\Business1") as key:
    winreg.SetValueEx(key, "UserFolder", 0, winreg.REG_SZ, "C:\\시청 자료")
bad = places.judge(Path("C:\\시청 자료\\홍보\\civictracker.db"))
tell("OneDrive under another name is known from the registry", bad is not None and "클라우드" in bad.reason)
deep = Path("C:\\") / "\\".join(["아주 긴 이름의 폴더입니다"] * 16) / "a.db"
bad = places.judge(deep)
tell("a path that is too deep is refused", bad is not None and "짧은" in bad.hint)

import socket

try:
    socket.create_connection(("127.0.0.1", 9), 1)
    tell("no network", False)
except OSError as error:
    tell("no network", "no network" in str(error), error)
try:
    import ssl  # noqa: F401

    tell("no TLS", False)
except ImportError:
    tell("no TLS", True)

import hashlib

tell("digests without OpenSSL", len(hashlib.sha512(b"a").digest()) == 64 and hashlib.new("sha1") is not None)
import zoneinfo

tell("Korean time", str(zoneinfo.ZoneInfo("Asia/Seoul")) == "Asia/Seoul")
print(json.dumps({"encoding": sys.getfilesystemencoding(), "limits": limits.__name__}))
