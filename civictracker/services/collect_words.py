"""The board in words: the reminder to send, the table of the command line, and its JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from civictracker.domain.collecting import Status
from civictracker.domain.dates import official_weekday
from civictracker.services.collect_board import Board, BoardRow, Line
from civictracker.services.import_plan import Verdict

_SHOWN = 20


def counts(board: Board) -> dict[Status, int]:
    return {status: len(board.of(status)) for status in Status}


def summary(board: Board, today: date) -> str:
    """``마감 2026. 11. 24.(화) · 5곳 가운데 3곳 냄``"""
    due = board.round.due
    when = "마감 없음" if due is None else f"마감 {official_weekday(due)}"
    if due is not None and today > due:
        when += f" {(today - due).days}일 지남"
    return f"{when} · {len(board.rows)}곳 가운데 {board.returned}곳 냄"


def reminder(board: Board, today: date) -> str:
    """A text for a messenger: who has not returned, and what must be looked at again."""
    waiting, odd = board.waiting, [row for row in board.of(Status.ODD) if row.oddities]
    lines = [f"[{board.name}]"]
    if not waiting and not odd:
        return "\n".join([*lines, "모두 내 주셨습니다. 고맙습니다."])
    if waiting:
        lines.append(f"아직 내지 않은 곳({len(waiting)}): {', '.join(row.unit.name for row in waiting)}")
    if odd:
        lines.append(f"다시 확인해 주실 곳({len(odd)}):")
        lines.extend(f"- {row.unit.name}: {' / '.join(_cause(row))}" for row in odd)
    due = board.round.due
    if due is not None:
        over = "지났습니다. 서둘러 부탁드립니다." if today > due else "까지 부탁드립니다."
        lines.append(f"마감: {official_weekday(due)}{'이 ' if today > due else ''}{over}")
    return "\n".join(lines)


def _cause(row: BoardRow) -> list[str]:
    return [each.text.rstrip(".") for each in row.oddities]


def described(board: Board, *, batch: int | None) -> dict[str, Any]:
    """The JSON shape of ``civictracker collect``; ``batch`` is null when nothing was written."""
    return {
        "round": {
            "name": board.name, "code": board.round.code, "period": board.round.period.code,
            "due": board.round.due and board.round.due.isoformat(),
            "metrics": [metric.code for metric in board.round.metrics],
        },
        "units": [_unit(row) for row in board.rows],
        "others": [{"file": each.name, "why": each.why} for each in board.others],
        "missing": [row.unit.name for row in board.waiting],
        "new": board.count(Verdict.NEW),
        "same": board.count(Verdict.SAME),
        "different": board.count(Verdict.DIFFERENT),
        "batch": batch,
    }  # fmt: skip


def _unit(row: BoardRow) -> dict[str, Any]:
    return {
        "unit": row.unit.name,
        "code": row.unit.code,
        "status": row.status.value,
        "late": row.is_late,
        "files": [file.name for file in row.files],
        "file": row.used.name if row.used else None,
        "saved": row.used.saved.isoformat() if row.used else None,
        "filled": row.filled,
        "expected": len(row.lines),
        "odd": [{"kind": each.kind, "why": each.text, "cell": each.cell or None} for each in row.oddities],
        "values": [_value(line) for line in row.lines if line.value is not None],
    }


def _value(line: Line) -> dict[str, Any]:
    scale = 10**line.metric.decimals
    assert line.value is not None
    return {
        "channel": line.channel.name, "metric": line.metric.code,
        "value": line.value if scale == 1 else line.value / scale, "cell": line.cell,
        "verdict": line.verdict.value if line.verdict else None,
    }  # fmt: skip


def in_words(board: Board, today: date) -> str:
    """The board for a person at a terminal, worst first."""
    lines = [board.name, summary(board, today)]
    order = list(Status)
    for row in sorted(board.rows, key=lambda row: order.index(row.status)):
        what = row.used.name if row.used else ", ".join(file.name for file in row.files) or "-"
        late = " (늦음)" if row.is_late and row.status is not Status.LATE else ""
        lines.append(f"  {row.status.value}{late}  {row.unit.name}  {row.filled}/{len(row.lines)}  {what}")
        lines.extend(f"      {each.text}" for each in row.oddities)
    if board.others:
        lines.append(f"이 취합의 서식이 아닌 파일 {len(board.others):,}개")
        lines.extend(f"  {each.name}: {each.why}" for each in board.others[:_SHOWN])
    new, different = board.count(Verdict.NEW), board.count(Verdict.DIFFERENT)
    lines.append(f"신규 {new:,} · 동일 {board.count(Verdict.SAME):,} · 값 다름 {different:,}")
    return "\n".join(lines)
