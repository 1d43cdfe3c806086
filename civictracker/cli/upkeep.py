"""Commands that look after the data file."""

from __future__ import annotations

from pathlib import Path

from civictracker.cli.call import Call
from civictracker.domain.dates import official
from civictracker.errors import DataFileDamagedError, InputError
from civictracker.services.stocktaking import Stock, take_stock
from civictracker.store import backup, guard
from civictracker.store.ownership import Ownership


def check(call: Call) -> int:
    """Every page, reference and link of the log. Raises DataFileDamagedError."""
    with call.reading() as context:
        stock = context.read(take_stock)
    if stock.broken_log is not None:
        raise DataFileDamagedError(
            f"작업 기록 {stock.broken_log}번이 나중에 바뀌었습니다.", "백업과 견주어 주세요."
        )
    call.say(f"자료 파일이 온전합니다: {call.data}")
    call.say(_stock_words(stock))
    made = backup.listed(call.data)
    newest = f", 마지막 {official(made[0].made.date())}" if made else ""
    call.say(f"백업 {len(made):,}개{newest}")
    return 0


def _stock_words(stock: Stock) -> str:
    span = f" ({official(stock.first)} ~ {official(stock.last)})" if stock.first and stock.last else ""
    return (
        f"{stock.office or '기관 이름 없음'} · 채널 {stock.channels:,}개 · 값 {stock.values:,}개{span}"
        f" · 작업 기록 {stock.entries:,}건"
    )


def back_up(call: Call) -> int:
    call.need_data()
    guard.check(call.data)
    made = backup.make(call.data, "manual", call.clock(), call.words.to)
    call.say(f"백업했습니다: {made.path} ({made.size / 1e6:.1f} MB)")
    return 0


def restore(call: Call) -> int:
    source: Path = call.words.file
    if not source.is_file():
        raise InputError(f"‘{source}’을(를) 찾을 수 없습니다.", "백업 파일을 다시 골라 주세요.")
    owner = Ownership(call.data)
    owner.take()
    try:
        kept = backup.restore(source, call.data, call.clock())
    finally:
        owner.release()
    call.say(f"‘{source.name}’에서 복원했습니다: {call.data}")
    if kept is not None:
        call.say(f"전 자료는 여기에 두었습니다: {kept}")
    return 0
