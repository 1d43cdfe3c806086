"""The whole week by real keys on a virtual screen, where Xvfb and xdotool are there."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def flow() -> ModuleType:
    path = Path(__file__).with_name("weekly_flow.py")
    spec = spec_from_file_location("weekly_flow", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    if lacking := module.missing_tools():
        pytest.skip(f"the weekly flow needs {', '.join(lacking)}")
    return module


def test_the_week_by_real_keys(flow: ModuleType, tmp_path: Path) -> None:
    outcome = flow.run_flow(tmp_path / "flow")

    assert flow.faults(outcome) == []
    assert outcome.misses == []  # every documented key did what it says
