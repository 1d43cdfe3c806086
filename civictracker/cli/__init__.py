"""The command line: the same use-cases without a window, and a promise to those who script it.

Exit status 0: done · 1: the data says no (one Korean sentence on stderr) · 2: wrong words. A command's
module is imported when it is called, so ``inspect`` opens neither the data nor Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from civictracker.cli.call import Call, Screen
from civictracker.cli.words import parser
from civictracker.errors import UserError

__all__ = ["Screen", "main"]


def main(argv: Sequence[str] | None, screen: Screen) -> int:
    """Run one command; the exit status. Only wrong words raise (SystemExit 2, by argparse)."""
    _speak_utf8()
    words = parser().parse_args(argv)
    module, _, name = words.run.partition(":")
    try:
        status = getattr(import_module(f"civictracker.cli.{module}"), name)(Call(words, screen))
        sys.stdout.flush()
        return int(status)
    except UserError as error:
        _complain(error.text)
    except KeyboardInterrupt:
        sys.stderr.write("멈추었습니다.\n")
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _complain(sentence: str) -> None:
    """To stderr; a program of Windows that was started by a click has none, and shows a box."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    elif sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (Windows only)

        warning = 0x30
        ctypes.windll.user32.MessageBoxW(None, sentence, "채널일지", warning)


def _speak_utf8() -> None:
    """Redirected output is UTF-8 everywhere; a console that lacks a letter shows ``?``."""
    if sys.stdout is None:  # started by a click on Windows: there is nowhere to write to
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (for good)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
