"""The reading child's ceiling on memory."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from civictracker.sheets.limits import JobLimits


def test_the_windows_structure_has_the_size_windows_expects() -> None:
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION is 144 bytes on 64-bit Windows; the ceiling stands at 112."""
    assert ctypes.sizeof(JobLimits) == 144
    assert JobLimits.flags.offset == 16
    assert JobLimits.process_memory.offset == 112


@pytest.mark.skipif(sys.platform == "win32", reason="a job object there")
def test_memory_beyond_the_ceiling_is_refused() -> None:
    code = "from civictracker.sheets.limits import limit_memory; limit_memory(400_000_000); bytearray(10**9)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in ended.stderr
