"""A plan in a sheet (날짜, 시각, 채널, 제목, 대상 …) becomes posts; each other row has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from civictracker.domain.dates import parse_date
from civictracker.domain.numbers import Number, parse_number
from civictracker.domain.posting import COUNT_NAMES, COUNTS, KIND_NAMES, STATUS_NAMES, parse_time
from civictracker.domain.texts import clean, folded
from civictracker.errors import InputError, UserError
from civictracker.services.calendar import PostKey, list_posts
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.posts import save_post, save_result
from civictracker.sheets.grid import address
from civictracker.sheets.plain import read_rows

_HEADS = {
    "day": ("날짜", "일자", "게시일", "발송일", "게시일자", "발송일자", "예정일", "일시"),
    "time": ("시각", "시간", "게시시간", "발송시간", "발송시각"),
    "subject": ("제목", "주제", "내용", "게시제목", "메시지", "콘텐츠", "건명"),
    "channels": ("채널", "매체", "플랫폼"),
    "audience": ("대상", "발송대상", "수신대상"),
    "owner": ("담당", "담당자", "작성자"),
    "link": ("링크", "주소", "블로그", "url"),
    "note": ("비고", "메모"),
    "kind": ("종류", "구분"),
    "status": ("상태", "진행", "진행상태"),
    "sent": ("발송", "발송수", "발송건수"),
    "opened": ("열람", "열람수", "열람건수", "읽음"),
    "clicked": ("클릭", "클릭수"),
    "blocked": ("차단", "차단수"),
    "shared": ("공유", "공유수"),
    "cost_won": ("비용", "발송비용", "비용원"),
}
_SEARCHED = 30  # rows in which the header is looked for


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken: where it stands and why."""

    cell: str
    why: str


@dataclass(frozen=True, slots=True)
class PostPlan:
    """What would be made (fields and counts), and results of posts that are planned already.

    ``same`` rows say nothing new.
    """

    rows: tuple[tuple[dict[str, Any], dict[str, int]], ...]
    results: tuple[tuple[PostKey, dict[str, int]], ...]
    left_out: tuple[LeftOut, ...]
    same: int

    @property
    def left_out_words(self) -> str:
        if not self.left_out:
            return ""
        first = self.left_out[0]
        more = f" 외 {len(self.left_out) - 1}행" if len(self.left_out) > 1 else ""
        return f" · 뺀 행 {first.cell} {first.why}{more}"


def read_plan(session: Session, *, path: Path, year: int) -> PostPlan:
    """Read ``path``; ``year`` completes dates without one. Raises SheetError, InputError."""
    channels = list_channels(session)
    for _, rows in read_rows(path):
        at, heads = _header(rows[:_SEARCHED])
        if heads:
            return _planned(session, rows[at + 1 :], heads, at + 1, channels=channels, year=year)
    raise InputError("게시 계획 표를 찾지 못했습니다.", "첫 줄에 날짜와 제목 칸이 있어야 합니다.")


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row that names a day and a subject, and which column holds what."""
    for at, row in enumerate(rows):
        names = {folded(text): column for column, text in reversed(list(enumerate(row))) if text.strip()}
        heads = {
            key: names[name] for key, known in _HEADS.items() for name in reversed(known) if name in names
        }
        if "day" in heads and "subject" in heads:
            return at, heads
    return 0, {}


def _planned(
    session: Session, rows: Sequence[Sequence[str]], heads: dict[str, int], top: int, *,
    channels: Sequence[ChannelRow], year: int,
) -> PostPlan:  # fmt: skip
    made: list[tuple[dict[str, Any], dict[str, int]]] = []
    left: list[LeftOut] = []
    for at, row in enumerate(rows, top):
        cells = {key: clean(row[column]) if column < len(row) else "" for key, column in heads.items()}
        if not any(cells.values()):
            continue
        try:
            made.append((_post(cells, channels, year), _counts(cells)))
        except UserError as error:
            left.append(LeftOut(address(at, heads["day"]), str(error)))
    known = _known(session, [row["planned"] for row, _ in made])
    new: list[tuple[dict[str, Any], dict[str, int]]] = []
    results, same = [], 0
    for fields, counts in made:
        key = known.get((fields["planned"], folded(fields["subject"])))
        if key is None:
            new.append((fields, counts))
        elif counts:
            results.append((key, counts))
        else:
            same += 1
    return PostPlan(tuple(new), tuple(results), tuple(left), same)


def _known(session: Session, days: Sequence[date]) -> dict[tuple[date, str], PostKey]:
    if not days:
        return {}
    found = list_posts(session, start=min(days), end=max(days))
    return {(post.day, folded(post.subject)): post.key for post in found}


def _counts(cells: dict[str, str]) -> dict[str, int]:
    found = {}
    for name in COUNTS:
        text = cells.get(name, "")
        if not text or text == "-":
            continue
        read = parse_number(text)
        if not isinstance(read, Number) or read.value != int(read.value) or read.value < 0:
            raise InputError(f"{COUNT_NAMES[name]} ‘{text}’을(를) 알 수 없습니다.")
        found[name] = int(read.value)
    return found


def _post(cells: dict[str, str], channels: Sequence[ChannelRow], year: int) -> dict[str, Any]:
    reading = parse_date(cells["day"], year=year)
    if reading is None or reading.period is None or reading.period.start != reading.period.end:
        raise InputError(f"날짜 ‘{cells['day']}’을(를) 알 수 없습니다.")
    if not cells["subject"]:
        raise InputError("제목이 없습니다.")
    fields: dict[str, Any] = {
        "planned": reading.period.start, "subject": cells["subject"],
        "time": parse_time(cells.get("time", "")),
        "channels": _channels(cells.get("channels", ""), channels),
    }  # fmt: skip
    fields |= {name: cells[name] for name in ("audience", "owner", "note") if name in cells}
    if cells.get("link", "").startswith(("http://", "https://")):
        fields["link"] = cells["link"]
    for key, names in (("kind", KIND_NAMES), ("status", STATUS_NAMES)):
        told = next((value for value, name in names.items() if name == cells.get(key)), None)
        if told is not None:
            fields[key] = told
    return fields


def _channels(text: str, channels: Sequence[ChannelRow]) -> tuple[int, ...]:
    """``카카오톡, 블로그`` as ids; a name that no channel has is told."""
    found = []
    for part in text.replace("·", ",").replace("/", ",").replace("\n", ",").split(","):
        wanted = folded(part).removesuffix("채널")
        if not wanted:
            continue
        hit = next((row for row in channels if wanted in folded(row.label)), None)
        if hit is None:
            raise InputError(f"‘{part.strip()}’ 채널이 없습니다.")
        found.append(hit.id)
    return tuple(dict.fromkeys(found))


def import_posts(session: Session, *, plan: PostPlan) -> Changes:
    """Make what ``plan`` says, as one edit that can be taken back."""
    for row, counts in plan.rows:
        made = save_post(session, **row)
        if counts:
            save_result(session, key=PostKey(made.created), note="", **counts)
    for key, counts in plan.results:
        save_result(session, key=key, note="", **counts)
    parts = [f"게시 {len(plan.rows)}건"]
    if plan.results:
        parts.append(f"결과 {len(plan.results)}건")
    same = f" (이미 있는 {plan.same}건 제외)" if plan.same else ""
    count = len(plan.rows) + len(plan.results)
    return Changes.of(Topic.POSTS, f"{', '.join(parts)} 가져옴{same}", action="import", count=count)
