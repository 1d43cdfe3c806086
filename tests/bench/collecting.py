"""취합 of 300 units: ``python -m tests.bench.collecting [--units N]``.

Forms made, the folder read for the first time and again, the board as the window loads it, the import.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from civictracker.app import calm_collector
from civictracker.domain.weeks import Period
from civictracker.services.channels import save_channel
from civictracker.services.collect import Wish, make_forms
from civictracker.services.collect_board import load_board
from civictracker.services.collect_import import apply_round
from civictracker.services.collect_scan import scan
from civictracker.services.jobs import CancelToken
from civictracker.services.opening import open_data
from civictracker.services.settings import save_office
from tests.forms import edit, filled

T = TypeVar("T")
NOW = datetime.fromisoformat("2026-11-20T14:03:00+09:00")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=300)
    count = parser.parse_args().units
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "받은 파일"
        box.mkdir()
        opened = open_data(Path(folder) / "data.db", lambda: NOW)
        context = opened.context
        context.write(save_office, name="시험시")
        units = [f"{number}동" for number in range(count)]
        for unit in units:
            context.write(save_channel, platform="kakao", name="행정복지센터", unit_name=unit)
        wish = Wish(Period.parse("2026-W47"), tuple(units))
        _, made = told("forms made", lambda: make_forms(context, wish=wish, folder=box, token=CancelToken()))
        for number, path in enumerate(made):
            edit(path, filled(1_000 + number, 2, 3))
        changes = told("folder read", lambda: scan(context, folder=box, token=CancelToken()))
        told("folder read again", lambda: scan(context, folder=box, token=CancelToken()))
        assert changes.created is not None
        calm_collector()  # as the window does
        for _ in range(3):
            told("board", lambda: context.read(load_board, round_id=changes.created or 0))
        told("import", lambda: context.write(apply_round, round_id=changes.created or 0, choices={}))
        told("board", lambda: context.read(load_board, round_id=changes.created or 0))
        opened.close(keep_backup=False)


def told(name: str, act: Callable[[], T]) -> T:
    start = time.perf_counter()
    made = act()
    print(f"{name:20} {(time.perf_counter() - start) * 1000:9.1f} ms")
    return made


if __name__ == "__main__":
    main()
