"""Many papers in one go: every week of a year, every channel. All of them appear, or none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from civictracker.documents.papers import Ask, Paper, make_document
from civictracker.documents.parts import USUAL, PaperOptions
from civictracker.documents.writing import write_document
from civictracker.domain.file_names import file_name
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import DiskError
from civictracker.services.channels import list_channels
from civictracker.services.context import Context

Report = Callable[[str, float | None], None]


def asks_of_year(paper: Paper, year: int, ask: Ask, naming: WeekNaming) -> list[Ask]:
    """``ask`` for each span of ``year`` that has begun; weeks count in the year of their name."""
    first = Period.around(date(year, 1, 1), paper.grain)
    spans = [first.shift(step) for step in range(-1, 54)]
    return [replace(ask, period=each) for each in spans
            if _year_of(each, naming) == year and each.start <= ask.now.date()]  # fmt: skip


def _year_of(span: Period, naming: WeekNaming) -> int:
    return naming.name(span).year if span.grain is Grain.WEEK else span.start.year


def asks_of_channels(context: Context, ask: Ask) -> list[Ask]:
    """``ask`` for each channel that was open in its period."""
    span = ask.period.start, ask.period.end
    return [replace(ask, channel_id=row.id) for row in context.read(list_channels, open_in=span)]


def write_all(
    context: Context, paper: Paper, asks: Sequence[Ask], folder: Path, ending: str,
    *, options: PaperOptions = USUAL, report: Report = lambda _words, _share: None,
) -> list[Path]:  # fmt: skip
    """Write the papers into ``folder`` under their titles; what stands there already is left alone.

    ``report`` is told what is being made and may raise CancelledError: nothing is left then. Raises
    DiskError, InputError.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".civictracker-", dir=folder) as beside:
            made: list[Path] = []
            for at, ask in enumerate(asks):
                report(f"{paper.name} {at + 1}/{len(asks)}", at / len(asks))
                document = make_document(context, paper, ask, options)
                target = _free(Path(beside), file_name(document.title), ending)
                made += write_document(document, target, now=ask.now)
            report(f"{len(made)}개를 폴더에 옮기고 있습니다", 1.0)
            return [each.replace(_free(folder, each.stem, each.suffix)) for each in made]
    except OSError as error:
        raise DiskError(f"‘{folder.name}’ 폴더에 쓰지 못했습니다.", "다른 폴더를 골라 보세요.") from error


def _free(folder: Path, name: str, ending: str) -> Path:
    return next(path for path in _names(folder, name, ending) if not path.exists())


def _names(folder: Path, name: str, ending: str) -> Iterator[Path]:
    yield folder / f"{name}{ending}"
    for number in range(2, 10_000):
        yield folder / f"{name} ({number}){ending}"
