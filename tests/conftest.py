"""What every test stands on: a data folder of its own, a clock that stands still, and data files.

A migrated file is made once and copied, because making one costs a second and a copy nothing. The
sample of 관악구 likewise. Tests get an open :class:`Context`; nothing outlives them.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from hypothesis import settings

from civictracker.domain.weeks import Period
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.opening import Opened, open_data
from civictracker.services.sample import build_sample
from civictracker.services.settings import save_office

# Widgets are real but need no screen; CIVICTRACKER_SCREEN=1 shows them.
if not os.environ.get("CIVICTRACKER_SCREEN"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOW = datetime.fromisoformat("2026-11-20T14:03:00+09:00")  # a Friday afternoon

# The normal run repeats itself exactly; `--hypothesis-profile=long` goes looking for more.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2_000)
settings.load_profile("default")


@pytest.fixture(autouse=True)
def _data_in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test does may reach the data of whoever runs it."""
    monkeypatch.setenv("CIVICTRACKER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CIVICTRACKER_DATA", raising=False)


@pytest.fixture(autouse=True)
def _no_log_left() -> Iterator[None]:
    """The log that a test started ends with it, for the next one's lies in another folder."""
    hook = sys.excepthook
    logger = logging.getLogger("civictracker")
    logger.disabled = False  # import-linter, run as a test, configures logging for itself alone
    yield
    sys.excepthook = hook
    for handler in list(logger.handlers):
        if isinstance(handler, RotatingFileHandler):
            logger.removeHandler(handler)
            handler.close()


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, clock: Callable[[], datetime]) -> Path:
    """An empty data file of the current schema."""
    path = tmp_path_factory.mktemp("template") / "civictracker.db"
    open_data(path, clock).close(keep_backup=False)
    return path


@pytest.fixture(scope="session")
def office_template(
    tmp_path_factory: pytest.TempPathFactory, template: Path, clock: Callable[[], datetime]
) -> Path:
    """A data file in which 관악구 is set up, with two channels of its own and one of a 읍면동."""
    path = tmp_path_factory.mktemp("office") / "civictracker.db"
    shutil.copyfile(template, path)
    opened = open_data(path, clock)
    opened.context.write(save_office, name="관악구", department="홍보과")
    for platform, name, unit in (("kakao", "카카오톡 채널", ""), ("naver_blog", "공식 블로그", ""),
                                 ("kakao", "카카오톡 채널", "보라매동")):  # fmt: skip
        opened.context.write(save_channel, platform=platform, name=name, unit_name=unit)
    opened.close(keep_backup=False)
    return path


@pytest.fixture(scope="session")
def sample_template(
    tmp_path_factory: pytest.TempPathFactory, template: Path, clock: Callable[[], datetime]
) -> Path:
    path = tmp_path_factory.mktemp("sample") / "civictracker.db"
    shutil.copyfile(template, path)
    opened = open_data(path, clock)
    build_sample(opened.context)
    opened.close(keep_backup=False)
    return path


@pytest.fixture
def data(tmp_path: Path, template: Path) -> Path:
    """An empty data file that nobody has open."""
    return _copied(template, tmp_path)


@pytest.fixture
def opened(data: Path, clock: Callable[[], datetime]) -> Iterator[Opened]:
    opened = open_data(data, clock, actor="김주무")
    yield opened
    opened.close(keep_backup=False)


@pytest.fixture
def context(opened: Opened) -> Context:
    """The open, empty data file."""
    return opened.context


@pytest.fixture
def office_data(tmp_path: Path, office_template: Path) -> Path:
    return _copied(office_template, tmp_path)


@pytest.fixture
def office(office_data: Path, clock: Callable[[], datetime]) -> Iterator[Context]:
    """The open data of 관악구; :class:`Ids` names its three channels."""
    opened = open_data(office_data, clock, actor="김주무")
    yield opened.context
    opened.close(keep_backup=False)


@pytest.fixture
def sample_data(tmp_path: Path, sample_template: Path) -> Path:
    return _copied(sample_template, tmp_path)


@pytest.fixture
def sample_context(sample_data: Path, clock: Callable[[], datetime]) -> Iterator[Context]:
    """The open sample of 관악구, five years of figures."""
    opened = open_data(sample_data, clock, actor="김주무")
    yield opened.context
    opened.close(keep_backup=False)


@dataclass(frozen=True)
class Ids:
    kakao: int = 1
    blog: int = 2
    sub: int = 3


@pytest.fixture(scope="session")
def ids() -> Ids:
    return Ids()


@pytest.fixture(scope="session")
def week() -> Period:
    return Period.week(NOW.date())


@pytest.fixture(scope="session")
def put() -> Callable[..., None]:
    """``put(context, channel, "2026-W47", 47_823)``: a figure typed by hand."""

    def put(context: Context, channel: int, code: str, value: int | None, metric: str = "followers") -> None:
        edit = ValueEdit(metric, channel, Period.parse(code), value)
        context.write(write_values, edits=[edit], label="값 고침")

    return put


@pytest.fixture(scope="session")
def friday() -> date:
    return NOW.date()


def _copied(source: Path, folder: Path) -> Path:
    path = folder / "civictracker.db"
    shutil.copyfile(source, path)
    return path
