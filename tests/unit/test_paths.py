"""Where things are, and the log beside the data."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from civictracker import log, paths


def test_the_environment_overrules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.data_file() == tmp_path / "home" / "civictracker.db"
    monkeypatch.setenv("CIVICTRACKER_DATA", str(tmp_path / "other.db"))
    assert paths.data_file() == tmp_path / "other.db"
    monkeypatch.delenv("CIVICTRACKER_HOME")
    assert paths.data_home().name == "CivicTracker"


def test_what_ships_is_found() -> None:
    assert (paths.schema() / "metrics.toml").exists()
    assert (paths.resources() / "presets").is_dir()
    with pytest.raises(FileNotFoundError, match="incomplete"):
        paths._shipped("no such folder")


@pytest.fixture
def logger(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logger = logging.getLogger(log.NAME)
    before = list(logger.handlers)
    logger.handlers = []
    yield logger
    for handler in logger.handlers:
        handler.close()
    logger.handlers = before


def test_the_log_takes_what_was_unexpected(tmp_path: Path, logger: logging.Logger, capsys: object) -> None:
    log.start(tmp_path / "log")
    log.start(tmp_path / "again")  # once is enough
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("나누기"), None)
    written = (tmp_path / "log" / "civictracker.log").read_text(encoding="utf-8")
    assert "CRITICAL civictracker unexpected" in written
    assert "ZeroDivisionError: 나누기" in written
    assert not (tmp_path / "again").exists()


def test_a_log_that_was_stopped_is_held_by_nobody(tmp_path: Path, logger: logging.Logger) -> None:
    log.start(tmp_path)
    held = logger.handlers[0]
    log.stop()
    assert logger.handlers == []
    assert held.stream is None  # type: ignore[attr-defined]
    assert log.folder() is None


def test_an_unwritable_folder_is_no_reason_to_stop(tmp_path: Path, logger: logging.Logger) -> None:
    (tmp_path / "file").touch()
    log.start(tmp_path / "file" / "log")
    assert logger.handlers == []


def test_a_portable_program_carries_its_data_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CIVICTRACKER_HOME")
    top = tmp_path / "USB" / "채널일지"
    monkeypatch.setattr(paths, "__file__", str(top / "app" / "civictracker" / "paths.pyc"))
    assert paths.program_folder() == top
    assert paths.data_home().name == "CivicTracker"  # no marker: the person's own folder
    top.mkdir(parents=True)
    (top / paths.PORTABLE).touch()
    assert paths.data_file() == top / "data" / "civictracker.db"


def test_a_checkout_is_never_portable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "checkout" / "civictracker" / "paths.py"))
    assert paths.program_folder() is None
