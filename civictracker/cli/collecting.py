"""취합: forms out to the 읍면동, and a folder of returned ones in."""

from __future__ import annotations

from pathlib import Path

from civictracker.cli.call import Call
from civictracker.cli.writing import made_folder
from civictracker.services import collect as rounds
from civictracker.services import collect_board, collect_import, collect_scan, collect_words, intake
from civictracker.services.context import Context
from civictracker.services.jobs import CancelToken
from civictracker.services.trends import find_metric
from civictracker.store import backup


def collect(call: Call) -> int:
    folder: Path = call.words.folder
    with call.writing() as context:
        if call.words.make is not None:
            return _make(call, context, folder)
        changes = collect_scan.scan(context, folder=folder, token=CancelToken())
        assert changes.created is not None
        board = context.read(collect_board.load_board, round_id=changes.created)
        batch = None if call.words.dry_run else _take_in(call, context, board)
    if call.words.json:
        call.tell(collect_words.described(board, batch=batch))
        return 0
    call.say(collect_words.in_words(board, call.clock().date()))
    if batch is not None:
        call.say(f"{batch}번 가져오기로 넣었습니다. 되돌리려면: civictracker undo-import {batch}")
    return 0


def _take_in(call: Call, context: Context, board: collect_board.Board) -> int | None:
    """The number of the import, None where there was nothing to write."""
    default = call.words.conflict
    if not collect_import.would_write(board, {}, default):
        return None
    backup.make(context.path, "import", call.clock())
    done = context.write(collect_import.apply_round, round_id=board.round.id, choices={}, default=default)
    return context.read(intake.batch_of, log_id=done.log_id)


def _make(call: Call, context: Context, folder: Path) -> int:
    words = call.words
    period = words.make
    known = [unit.name for unit in context.read(rounds.list_units, period=period)]
    metrics = tuple(context.read(find_metric, text=text).code for text in words.metric or rounds.USUAL)
    wish = rounds.Wish(period, tuple(words.unit or known), metrics, words.due, words.note, words.password)
    made_folder(folder)
    _, made = rounds.make_forms(context, wish=wish, folder=folder, token=CancelToken())
    if words.json:
        call.tell([str(path) for path in made])
    call.say(f"서식 {len(made):,}개를 ‘{folder}’에 만들었습니다.")
    return 0
