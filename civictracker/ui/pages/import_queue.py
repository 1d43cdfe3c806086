"""Files that wait to be reviewed: what came together is one. A room that sent it may say how to read it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Dropped(NamedTuple):
    """One or more files that came at once, in the order of their names."""

    paths: tuple[Path, ...]
    wish: dict[str, str]

    @property
    def name(self) -> str:
        more = len(self.paths) - 1
        return f"{self.paths[0].name} 외 {more}개" if more else self.paths[0].name


class Waiting:
    def __init__(self) -> None:
        self._line: deque[Dropped] = deque()

    def __len__(self) -> int:
        return sum(len(each.paths) for each in self._line)

    def add(self, given: Sequence[Path | str], wish: dict[str, str]) -> bool:
        """Take what came at once; a folder stands for its files. False where it holds none."""
        paths = tuple(dict.fromkeys(each for path in given for each in _files(Path(path))))
        if paths:
            self._line.append(Dropped(paths, wish))
        return bool(paths)

    def next(self) -> Dropped | None:
        return self._line.popleft() if self._line else None

    def put_apart(self, dropped: Dropped) -> None:
        """Each of its files alone, before all others: together they could not be understood."""
        self._line.extendleft(Dropped((path,), dropped.wish) for path in reversed(dropped.paths))

    def clear(self) -> None:
        self._line.clear()


def _files(path: Path) -> Sequence[Path]:
    if path.is_dir():
        return sorted(
            each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))
        )
    return [path]
