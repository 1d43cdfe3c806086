"""A foreign file, read and understood in a child process (:mod:`~civictracker.sheets.child`).

The child's end, whatever it is, becomes one plain sentence in the parent.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic as time_now

from civictracker.domain.weeks import WeekNaming, WeekRule
from civictracker.errors import CancelledError, SheetError
from civictracker.sheets import child, packing
from civictracker.sheets.child import FIGURES, Order, Part, Stopper
from civictracker.sheets.containers import plain_name, read_grids, whole_name
from civictracker.sheets.grid import Grid
from civictracker.sheets.packing import FileFound, PostRow, PostsFound, SheetView, TableFound
from civictracker.sheets.post_sheets import is_calendar, posts_in, to_point_at
from civictracker.sheets.sniff import Container, sniff
from civictracker.sheets.understand import Understanding, understand

__all__ = [
    "AS",
    "FileFound",
    "PostRow",
    "PostsFound",
    "SheetView",
    "Stopper",
    "TableFound",
    "cell_of",
    "read_file",
]

_log = logging.getLogger(__name__)

SECONDS = 60
AS = "as"  # the answer by which a person says what a file is read as: figures or posts


def read_file(
    path: Path,
    *,
    also: Sequence[Path] = (),
    answers: dict[str, str] | None = None,
    naming: WeekNaming | None = None,
    stopper: Stopper | None = None,
    seconds: float = SECONDS,
) -> FileFound:
    """Read and understand ``path``, a file or a folder, in a child; with the files in ``also`` as one.

    Files read as one are all read, or none is.

    Where a reader ends the child, a second child reads with another one. ``answers["password"]`` opens
    a locked file. Raises LockedError, SheetError or CancelledError.
    """
    container = Container.FOLDER if also else sniff(path)  # cheap, and its sentences are the best ones
    naming = naming or WeekNaming()
    order = {
        "work": FIGURES, "path": str(path), "also": [str(each) for each in also],
        "answers": answers or {}, "rule": naming.rule.value, "weekday": naming.base_weekday, "careful": False,
    }  # fmt: skip
    until = time_now() + seconds
    told = _asked(path, order, stopper, until, seconds)
    if told is None and container not in _PLAIN:
        order["careful"] = True
        told = _asked(path, order, stopper, until, seconds)
    if told is None:
        raise SheetError(
            f"‘{path.name}’은(는) 지나치게 크거나 깨져 있어 읽을 수 없습니다.",
            "엑셀에서 열어 필요한 부분만 새 파일로 저장한 뒤 골라 주세요.",
        )
    if isinstance(told, SheetError):
        for trace in getattr(told, "__notes__", ()):
            _log.error("reading %s\n%s", path.name, trace)
        raise told
    return told


_PLAIN = {Container.TEXT, Container.HTML, Container.XML}  # there is no second reader for them


def _asked(
    path: Path, order: Order, stopper: Stopper | None, until: float, seconds: float
) -> FileFound | SheetError | None:
    """What a child answers; None when it died. Raises SheetError after the time, CancelledError."""
    with child.take() as reader:
        if stopper is not None:
            stopper.watch(reader)
        try:
            answer = reader.ask(order, seconds=until - time_now(), is_last=True)
        except TimeoutError as error:
            raise SheetError(
                f"‘{path.name}’을(를) {seconds:g}초 안에 읽지 못했습니다.",
                "필요한 시트만 남겨 다시 저장한 뒤 골라 주세요.",
            ) from error
    if stopper is not None and stopper.stopped.is_set():
        raise CancelledError
    return None if answer is None else packing.unpacked(answer)


# --- the child --------------------------------------------------------------------------------


def answered(order: Order) -> Iterator[Part]:
    """The child's whole work: what an order leads to, found or refused."""
    naming = WeekNaming(WeekRule(order["rule"]), order["weekday"])
    path, careful = Path(order["path"]), order.get("careful", False)
    try:
        also = [Path(each) for each in order.get("also", ())]
        result, posts, mark = _read(path, order["answers"], naming, also=also, careful=careful)
        return packing.packed(result, posts, posts_mark=mark)
    except SheetError as error:
        return packing.packed_error(error)
    except (MemoryError, RecursionError):
        hint = "필요한 시트만 남겨 다시 저장해 주세요."
        return packing.packed_error(SheetError("파일이 지나치게 커서 읽을 수 없습니다.", hint))
    except Exception:  # our own fault: it goes to the log, and the person gets a sentence all the same
        sentence = f"‘{plain_name(path)}’의 표를 알아보지 못했습니다."
        fault = SheetError(sentence, "표만 새 파일로 저장한 뒤 골라 주세요.")
        return packing.packed_error(fault, trace=traceback.format_exc())


def _read(
    path: Path,
    answers: dict[str, str],
    naming: WeekNaming,
    *,
    also: Sequence[Path] = (),
    careful: bool = False,
) -> tuple[Understanding, list[PostsFound], str]:
    """Tables of figures, or of posts; and the mark of the posts that the figures could also be read as.

    What a person says (``as``) holds; else a sheet that names days and subjects and has no figure is a plan.
    """
    container, name = Container.FOLDER if also else sniff(path), whole_name(path, also)
    password = answers.get("password", "")
    grids, encoding = read_grids(path, container, also=also, password=password, careful=careful)
    wish = answers.get(AS, "")
    posts = [] if wish == "figures" else posts_in(grids, file=name, answers=answers)
    nothing = Understanding(name, container, encoding)
    if posts and (wish == "posts" or any(map(is_calendar, posts))):
        return nothing, posts, ""
    if wish == "posts":
        if answers.get("picture") and (shown := to_point_at(grids, answers)):
            return nothing, shown, ""
        raise SheetError("게시 계획 표를 찾지 못했습니다.", "날짜와 제목 칸이 있는 표인지 확인해 주세요.")
    try:
        result = _figures(grids, nothing, answers, naming)
    except SheetError:
        if posts:
            return nothing, posts, ""
        raise
    if posts and not any(len(table.found.records) for table in result.tables):
        return nothing, posts, ""
    return result, [], posts[0].signature if posts else ""


def _understood(
    path: Path, answers: dict[str, str], naming: WeekNaming, *, careful: bool = False
) -> Understanding:
    """The tables of figures alone."""
    return _read(path, {**answers, AS: "figures"}, naming, careful=careful)[0]


def _figures(
    grids: list[Grid], about: Understanding, answers: dict[str, str], naming: WeekNaming
) -> Understanding:
    notes = [note for grid in grids if not grid.hidden for note in grid.notes]
    try:
        result = understand(
            grids, file=about.file, container=about.container, encoding=about.encoding,
            answers=answers, naming=naming,
        )  # fmt: skip
    except SheetError as error:
        if not notes:
            raise
        raise SheetError(str(error), notes[0]) from error  # most likely why
    result.warnings.extend(notes)
    return result


def cell_of(table: TableFound, at: int) -> str:
    """Where a record stands, with its sheet: ``운영현황!E14``."""
    return f"{table.sheet}!{table.records.cell(at)}"
