"""Figures out: series and the export of everything."""

from __future__ import annotations

from civictracker.cli.call import Call
from civictracker.cli.words import GRAINS
from civictracker.cli.writing import need_folder, published
from civictracker.services import exports, index_series, trend_words
from civictracker.services.settings import load_settings


def series(call: Call) -> int:
    words = call.words
    with call.reading() as context:
        naming = context.read(load_settings).naming
        asked = context.read(index_series.asked_for, channel=words.channel, metric=words.metric)
        found = context.read(
            index_series.load_measures, channel_ids=asked.channel_ids, codes=asked.codes, naming=naming,
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


def export(call: Call) -> int:
    need_folder(call.words.out)
    with call.reading() as context:
        everything = context.read(exports.everything)
        now = context.now
    made = published(call.words.out, lambda path: exports.write(everything, path, made=now))
    call.say(f"값 {len(everything.rows):,}개를 ‘{made}’에 내보냈습니다.")
    return 0
