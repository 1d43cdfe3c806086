"""The rows of a plan of posts under review: what each would become, and what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.import_columns import Verdict
from civictracker.services.post_import import differences
from civictracker.services.post_plan import FIELD_NAMES, PlannedPost, PostPlan, in_words
from civictracker.ui.models.row_table import RowTable
from civictracker.ui.theme import theme
from civictracker.ui.tips import plain_tip

LEFT_OUT, CHECK = "제외", "확인"
VERDICT, DAY, TIME, SUBJECT, CHANNELS, ABOUT = range(6)
ROOMS = ((62, 66), (88, 92), (60, 64), (106, 170), (66, 96), (126, 220))
_INKS = {
    Verdict.NEW.value: "primary_text", Verdict.DIFFERENT.value: "danger_text",
    Verdict.ERROR.value: "danger_text", Verdict.QUESTION.value: "warning_text", CHECK: "warning_text",
    LEFT_OUT: "text_faint", Verdict.SAME.value: "text_faint",
}  # fmt: skip
# What a person has to look at comes first.
ORDER = (
    Verdict.QUESTION.value, Verdict.DIFFERENT.value, Verdict.ERROR.value, CHECK, Verdict.NEW.value,
    Verdict.SAME.value, LEFT_OUT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the review; ``post`` is None for what is no post, ``cell`` ``시트!A4``."""

    verdict: str
    cell: str
    why: str
    post: PlannedPost | None = None
    channels: str = ""


def lines_of(plan: PostPlan, names: dict[int, str]) -> list[Line]:
    """Everything to say of ``plan``, the most urgent first and then in the order of the sheet."""
    made = [_line(plan, row, names) for row in plan.rows]
    made.extend(
        Line(Verdict.ERROR.value if left.is_error else LEFT_OUT, left.cell, left.why)
        for left in plan.left_out
    )
    for check in plan.checks:
        cell, _, why = check.partition(": ")
        made.append(Line(CHECK, cell, why))
    return sorted(made, key=lambda line: ORDER.index(line.verdict))


def _line(plan: PostPlan, row: PlannedPost, names: dict[int, str]) -> Line:
    targets = [plan.targets[place] for place in row.channels]
    channels = (
        names.get(each.channel_id, each.name) if each.channel_id else f"새 채널 {each.name}"
        for each in targets
    )
    return Line(row.verdict.value, row.cell, _about(row, names), row, " · ".join(channels))


def _about(row: PlannedPost, names: dict[int, str]) -> str:
    if row.why:
        return row.why
    told = differences(row, names)
    if row.fills and row.key is not None:
        told.append("채움: " + ", ".join(_filled(row, names)))
    elif row.key is None and row.counts:
        told.append("결과와 함께")
    return " · ".join(told)


def _filled(row: PlannedPost, names: dict[int, str]) -> list[str]:
    return [f"{FIELD_NAMES[each.name]} {in_words(each, each.told, names)}" for each in row.fills]


class PostPlanTable(RowTable[Line]):
    headers = ("판정", "날짜", "시각", "제목", "채널", "설명")

    def show(self, lines: Sequence[Line]) -> None:
        self.put(lines)

    def cell(self, row: Line, column: int) -> str:
        post = row.post
        if column == VERDICT:
            return row.verdict
        if column == ABOUT:
            return row.why
        if post is None:
            return row.cell.rpartition("!")[2] if column == DAY else ""
        match column:
            case 1:
                day = post.day
                return (
                    f"{day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"
                    if day
                    else row.cell.rpartition("!")[2]
                )
            case 2:
                return post.time
            case 3:
                return post.subject
            case _:
                return row.channels

    def look(self, row: Line, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ForegroundRole if column == VERDICT or row.post is None:
                return theme.colour(_INKS[row.verdict])
            case Qt.ItemDataRole.FontRole if column in {DAY, TIME}:
                return theme.figures()
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(" · ".join(part for part in (row.cell, self.cell(row, column)) if part))
        return None
