"""Papers as files: one, or every week of a year, or every channel's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from civictracker.cli.call import Call
from civictracker.cli.press import read_text
from civictracker.cli.writing import need_folder
from civictracker.documents.batch import asks_of_channels, asks_of_year, write_all
from civictracker.documents.papers import Ask, Paper, make_document, paper_named, with_form
from civictracker.documents.parts import USUAL, PaperOptions
from civictracker.documents.writing import DRAWN, write_document
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.campaigns import find_campaign
from civictracker.services.context import Context
from civictracker.services.releases import find_release
from civictracker.services.settings import load_settings
from civictracker.services.trends import find_channels


def report(call: Call) -> int:
    words = call.words
    paper = paper_named(words.kind)
    with call.reading() as context:
        ask = _ask(call, context, paper, words.on)
        options = with_form(context, paper, words.form or "")
        if words.folder is None:
            made = _written(call, context, paper, ask, words.out, options=options)
        else:
            made = _all(call, context, paper, ask, options)
    for path in made[:10]:
        call.say(f"보고서: {path}")
    if len(made) > 10:
        call.say(f"외 {len(made) - 10}개")
    return 0


def write_report(call: Call, context: Context, out: Path, day: date) -> list[Path]:
    """The weekly report of the week that holds ``day``, in the format that ``out`` ends with.

    Raises InputError for a folder that does not exist, DiskError.
    """
    paper = paper_named("weekly")
    return _written(call, context, paper, Ask(Period.week(day), context.now), out)


def _ask(call: Call, context: Context, paper: Paper, day: date) -> Ask:
    ask, words = Ask(Period.around(day, paper.grain), context.now), call.words
    if paper.of == "campaign" and words.campaign is not None:
        return ask.about(paper, context.read(find_campaign, text=words.campaign))
    if paper.of == "release" and words.release is not None:
        return ask.about(paper, context.read(find_release, text=words.release).id)
    if paper.of == "release" and words.text is not None:
        return replace(ask, text=read_text(words.text))
    if paper.of != "channel" or (words.channel is None and words.folder is not None):
        return ask
    if words.channel is None:
        raise InputError("어느 채널인지 --channel로 알려 주세요.")
    return ask.about(paper, context.read(find_channels, text=words.channel)[0].id)


def _written(
    call: Call, context: Context, paper: Paper, ask: Ask, out: Path, *, options: PaperOptions = USUAL
) -> list[Path]:
    need_folder(out)
    if out.suffix.casefold() in DRAWN:
        call.screen.prepare()
    return write_document(make_document(context, paper, ask, options), out, now=ask.now)


def _all(call: Call, context: Context, paper: Paper, ask: Ask, options: PaperOptions) -> list[Path]:
    folder, ending = call.words.folder, f".{call.words.ending}"
    if not folder.is_dir():
        raise InputError(f"‘{folder}’ 폴더가 없습니다.")
    if paper.of == "channel":
        asks = asks_of_channels(context, ask)
    elif paper.of or not paper.repeats:
        raise InputError(f"{paper.name}은(는) 한 부뿐입니다.", "--folder 대신 --out으로 만들어 주세요.")
    else:
        naming = context.read(load_settings).naming
        asks = asks_of_year(paper, call.words.on.year, ask, naming)
    if ending in DRAWN:
        call.screen.prepare()
    return write_all(context, paper, asks, folder, ending, options=options)
