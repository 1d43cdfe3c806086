"""Figures out: series, reports and the export of everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from civictracker.cli.call import Call
from civictracker.cli.words import GRAINS
from civictracker.cli.writing import need_folder, published
from civictracker.documents.weekly import weekly_document
from civictracker.documents.writing import DRAWN, write_document
from civictracker.domain.weeks import Period
from civictracker.services import exports, trend_words, trends
from civictracker.services.context import Context
from civictracker.services.reports import weekly_figures
from civictracker.services.settings import load_settings


def series(call: Call) -> int:
    words = call.words
    with call.reading() as context:
        naming = context.read(load_settings).naming
        asked = context.read(trends.asked_for, channel=words.channel, metric=words.metric)
        found = context.read(
            trends.load_series, channel_ids=asked.channel_ids, codes=asked.codes, naming=naming,
            start=words.start, end=words.end, grain=GRAINS.get(words.every),
            reconstruct=words.reconstruct,
        )  # fmt: skip
    if len(found) > 1:
        found = [each for each in found if each.points]
    if words.json:
        told = [trend_words.described(each) for each in found]
        call.tell(told[0] if len(told) == 1 else told)
    else:
        call.say("\n\n".join(trend_words.in_words(each, naming) for each in found) or "값이 없습니다.")
    return 0


def report(call: Call) -> int:
    with call.reading() as context:
        for path in write_report(call, context, call.words.out, call.words.on):
            call.say(f"보고서: {path}")
    return 0


def write_report(call: Call, context: Context, out: Path, day: date) -> list[Path]:
    """The weekly report of the week that holds ``day``, in the format that ``out`` ends with.

    Raises InputError for a folder that does not exist, DiskError.
    """
    need_folder(out)
    document = weekly_document(context.read(weekly_figures, week=Period.week(day), now=context.now))
    if out.suffix.casefold() in DRAWN:
        call.screen.prepare()
    return write_document(document, out, now=context.now)


def export(call: Call) -> int:
    need_folder(call.words.out)
    with call.reading() as context:
        everything = context.read(exports.everything)
        now = context.now
    made = published(call.words.out, lambda path: exports.write(everything, path, made=now))
    call.say(f"값 {len(everything.rows):,}개를 ‘{made}’에 내보냈습니다.")
    return 0
