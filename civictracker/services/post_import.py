"""Posts from a sheet are written as one edit that can be taken back, from the plan that a person has seen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from civictracker.domain.dates import official_weekday
from civictracker.domain.post_drafts import PostDraft
from civictracker.domain.posting import COUNTS
from civictracker.errors import InputError
from civictracker.services.calendar import PostKey
from civictracker.services.changes import Changes, Topic
from civictracker.services.import_columns import Verdict
from civictracker.services.imports import save_form, settled_channel
from civictracker.services.post_plan import (
    FIELD_NAMES,
    Difference,
    PlannedPost,
    PostPlan,
    in_words,
    writes,
)
from civictracker.services.posts import load_post, save_post, save_result
from civictracker.store import journal
from civictracker.store.tables import ImportBatch

_SHOWN = 10


def import_posts(
    session: Session, *, plan: PostPlan, choices: dict[str, str], sha256: str, form_name: str = ""
) -> Changes:
    """Make what is new, fill in what was not known, change what the person chose. All or nothing."""
    entry = journal.of(session)
    rows = [row for row in plan.rows if writes(row, choices)]
    used = {place for row in rows for place in row.channels}
    ids = [settled_channel(session, target) if at in used else None for at, target in enumerate(plan.targets)]
    for row in rows:
        channels = tuple(each for place in row.channels if (each := ids[place]) is not None)
        if row.key is None:
            _make(session, row, channels)
        else:
            _change(session, row.key, row.changes(choices), channels)
    made = sum(row.key is None for row in rows)
    named = {f"channel:{target.name}": key for target, key in zip(plan.targets, ids, strict=True) if key}
    batch = ImportBatch(
        log_id=entry.log_id, file_name=plan.found.file, sha256=sha256, added=made, replaced=len(rows) - made,
        same=plan.count(Verdict.SAME), left_out=plan.left_out_count,
        form_id=save_form(session, plan, form_name, _answered(plan, named)) if form_name else None,
    )  # fmt: skip
    if rows:
        entry.later(batch)
    topics = frozenset({Topic.POSTS, Topic.IMPORTS, Topic.CHANNELS})
    return Changes(
        topics, f"‘{plan.found.file}’ 게시 가져오기", action="import", count=len(rows),
        channels=frozenset(each for each in ids if each),
    )  # fmt: skip


def _answered(plan: PostPlan, named: dict[str, int]) -> dict[str, int]:
    """What a person said of channels, as the channels that it has led to."""
    return {key: channel for key, channel in named.items() if plan.answers.get(key)}


def _make(session: Session, row: PlannedPost, channels: Sequence[int]) -> None:
    made = save_post(session, planned=row.day, channels=tuple(channels), **row.fields)
    if row.counts:
        save_result(session, key=PostKey(made.created), note="", **row.counts)


def _change(session: Session, key: PostKey, changes: Sequence[Difference], channels: Sequence[int]) -> None:
    detail = load_post(session, key=key)
    now = {name: getattr(detail.draft, name) for name in PostDraft.model_fields} | {
        name: getattr(detail.counts, name) for name in COUNTS
    }
    if any(now[each.name] != each.stored for each in changes):
        raise InputError("그사이 게시가 바뀌었습니다.", "파일을 다시 골라 확인해 주세요.")
    told = {each.name: each.told for each in changes} | (
        {"channels": tuple(channels)} if any(each.name == "channels" for each in changes) else {}
    )
    fields = {name: now[name] for name in PostDraft.model_fields}
    fields["slides"] = tuple({"image": each.image, "alt_text": each.alt_text} for each in fields["slides"])
    if any(name in PostDraft.model_fields for name in told):
        save_post(session, key=key, **{**fields, **{k: v for k, v in told.items() if k in fields}})
    if counts := {name: value for name, value in told.items() if name in COUNTS}:
        stored = {name: now[name] for name in COUNTS}
        save_result(session, key=key, note=detail.result_note, **{**stored, **counts})


def in_sentences(plan: PostPlan, batch: int | None, choices: dict[str, str], names: dict[int, str]) -> str:
    """What came in, what did not and why, for a person to read."""
    kept = "파일의 값으로 바꿈" if choices.get("*") == "new" else "달력의 값을 그대로 둠"
    different = plan.count(Verdict.DIFFERENT)
    told = f"값 다름 {different:,}" + (f"({kept})" if different else "")
    same, rest = (
        plan.count(Verdict.SAME),
        f"제외 {plan.left_out_count:,} · 오류 {plan.count(Verdict.ERROR):,}",
    )
    lines = [f"{plan.found.file}: 게시 신규 {plan.count(Verdict.NEW):,} · 동일 {same:,} · {told} · {rest}"]
    lines.extend(
        f"  다름 {row.cell}: {title(row)} · {', '.join(differences(row, names))}"
        for row in plan.of(Verdict.DIFFERENT)[:_SHOWN]
    )
    wrong = [(row.cell, row.why) for row in plan.of(Verdict.ERROR)]
    wrong += [(each.cell, each.why) for each in plan.left_out if each.is_error]
    lines.extend(f"  오류 {cell}: {why}" for cell, why in wrong[:_SHOWN])
    lines.extend(f"  확인: {each}" for each in plan.checks[:_SHOWN])
    for question in plan.questions:
        offered = f" [{' | '.join(question.choices)}]" if question.choices else ""
        lines.append(f"  질문: {question.why} (--set {question.key}=…){offered}")
    if batch is not None:
        lines.append(f"  {batch}번 가져오기로 넣었습니다. 되돌리려면: civictracker undo-import {batch}")
    return "\n".join(lines)


def title(row: PlannedPost) -> str:
    day = official_weekday(row.day) if row.day else ""
    return " ".join(part for part in (day, row.time, row.subject) if part)


def differences(row: PlannedPost, names: dict[int, str]) -> list[str]:
    """``시각 15:00 → 16:00``, for what the calendar has otherwise."""
    return [
        f"{FIELD_NAMES[each.name]} {in_words(each, each.stored, names)} → {in_words(each, each.told, names)}"
        for each in row.differs
    ]
