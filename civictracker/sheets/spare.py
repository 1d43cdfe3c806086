"""A reading child kept ready: starting Python takes longer than reading most files.

The spare waits for its order on its standard input; when this process ends, however it does, the
input closes and the spare ends too.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading

Child = subprocess.Popen[bytes]
_lock = threading.Lock()
_spare: list[Child] = []


def warm_up() -> None:
    """See to it that a child is ready. Takes a few milliseconds; the child gets ready beside us."""
    with _lock:
        if not (_spare and _spare[0].poll() is None):
            _spare[:] = [_started()]


def take() -> Child:
    """The spare child, or a new one."""
    with _lock:
        child = _spare.pop() if _spare else None
    if child is not None and child.poll() is None:
        return child
    if child is not None:
        child.communicate()
    return _started()


def _started() -> Child:
    return subprocess.Popen(
        [sys.executable, "-m", "civictracker.sheets.isolated"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


@atexit.register
def cool_down() -> None:
    """End the spare child, if there is one."""
    with _lock:
        child = _spare.pop() if _spare else None
    if child is not None:
        child.kill()
        child.communicate()
