"""A foreign file on its way in: read as the data's forms say, and a person's answers checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from civictracker.domain.metrics import Metric
from civictracker.domain.numbers import grouped
from civictracker.errors import InputError, LockedError, SheetError
from civictracker.services.changes import Changes
from civictracker.services.context import Context
from civictracker.services.imports import Plan, Verdict, apply_plan, form_for, make_plan, remembered_answers
from civictracker.services.inspecting import asked, question_words
from civictracker.services.matching import PEER
from civictracker.services.post_import import import_posts, in_sentences
from civictracker.services.post_plan import PostPlan, make_post_plan
from civictracker.services.settings import load_settings, own_office, save_office
from civictracker.services.trends import find_channels, find_metric
from civictracker.sheets.isolated import FileFound, Stopper, read_file
from civictracker.sheets.post_sheets import MAX_ROWS, POSTS_MARK
from civictracker.sheets.understand import NO_TABLE
from civictracker.store.tables import Form, ImportBatch

_SHOWN = 10


def read_planned(
    context: Context,
    *,
    path: Path,
    also: Sequence[Path] = (),
    answers: dict[str, str],
    form: str = "",
    stopper: Stopper | None = None,
) -> Plan | PostPlan:
    """Read ``path`` with the office's week rule and the form that fits, and hold it to the data.

    Files that came ``also`` are read with it as one.
    What comes is a plan of figures, or of posts where the file's rows are posts (or ``as`` says so).

    ``form`` names a saved form to use whatever the sheet looks like; one that does not exist yet is
    only a name to save under. A person's ``answers`` beat the form's. ``stopper`` ends the reading from
    another thread. Raises SheetError or CancelledError.
    """
    naming = context.read(load_settings).naming

    def read(told: dict[str, str]) -> FileFound:
        return read_file(path, also=also, answers=told, naming=naming, stopper=stopper)

    found, name, answers = _read_by_form(context, read, answers, form)
    told = without_password(answers)
    plan: Plan | PostPlan
    if found.posts:
        plan = context.read(make_post_plan, found=found, answers=told)
    else:
        plan = context.read(make_plan, found=found, answers=told)
    plan.form = name
    return plan


def stands_together(plan: Plan | PostPlan) -> bool:
    """Whether files that were read as one may be answered as one.

    A date or a channel that is asked for is another one for each file, unless all of them are of the
    same export. A file in which nothing was found needs a look of its own.
    """
    if isinstance(plan, PostPlan) or any(warning.endswith(NO_TABLE) for warning in plan.found.warnings):
        return False
    sources = {table.preset for table in plan.found.tables}
    is_one_export = len(sources) == 1 and "" not in sources
    return is_one_export or not any(
        question.blocking and ":" not in question.key for question in plan.questions
    )


def without_password(answers: dict[str, str]) -> dict[str, str]:
    """What a plan, a form or a log may keep."""
    return {key: value for key, value in answers.items() if key != "password"}


def _read_by_form(
    context: Context, read: Callable[[dict[str, str]], FileFound], answers: dict[str, str], form: str
) -> tuple[FileFound, str, dict[str, str]]:
    """The file as its form has it, the form's name, and all the answers by which it was read."""
    if form and (named := context.read(_form_named, name=form)) is not None:
        return read({**named, **answers}), form, {**named, **answers}
    try:
        found = read(answers)
    except LockedError:
        raise
    except SheetError:
        if (shown := _as_pointed_out(context, read, answers)) is None:
            raise
        return shown
    for signature in found.signatures:
        if (fitting := context.read(form_for, signature=signature)) is not None:
            name, remembered = fitting
            told = {**remembered, **answers}
            return (read(told) if remembered else found), name, told
    is_clear = found.posts or sum(len(table.records) for table in found.tables) > MAX_ROWS
    shown = None if is_clear else _as_pointed_out(context, read, answers)
    return shown or (found, "", answers)


def _as_pointed_out(
    context: Context, read: Callable[[dict[str, str]], FileFound], answers: dict[str, str]
) -> tuple[FileFound, str, dict[str, str]] | None:
    """The posts of a sheet in which only a person saw any, where one like it was shown to us before."""
    for name, signature, remembered in context.read(_plans_pointed_out):
        told = {**remembered, **answers}
        with suppress(SheetError):
            found = read(told)
            if signature in found.signatures:
                return found, name, told
    return None


def _plans_pointed_out(session: Session) -> list[tuple[str, str, dict[str, str]]]:
    """(name, signature, answers) of the forms of posts that were corrected by clicking, the latest first."""
    query = select(Form).where(col(Form.signature).startswith(POSTS_MARK)).order_by(col(Form.id).desc())
    forms = [
        (form.name, form.signature, remembered_answers(session, form=form)) for form in session.scalars(query)
    ]
    return [each for each in forms if any("@" in key for key in each[2])][:_SHOWN]


def _form_named(session: Session, *, name: str) -> dict[str, str] | None:
    row = session.scalars(select(Form).where(col(Form.name) == name).limit(1)).first()
    return None if row is None else remembered_answers(session, form=row)


def settled_answers(session: Session, *, answers: dict[str, str]) -> dict[str, str]:
    """Check what was answered about channels and metrics. Raises InputError for a name unknown."""
    settled = dict(answers)
    for key, told in answers.items():
        if told in {"new", "skip"} or told.startswith(("new:", PEER)):
            continue
        if key == "channel" or key.startswith("channel:"):
            fitting = find_channels(session, text=told)
            if len(fitting) > 1:
                names = ", ".join(f"{row.id}={row.office} {row.label}" for row in fitting)
                raise InputError(f"‘{told}’에 맞는 채널이 여럿입니다.", f"번호로 골라 주세요: {names}")
            settled[key] = str(fitting[0].id)
        elif key.startswith("metric:"):
            settled[key] = find_metric(session, text=told).code
    return settled


def apply(
    session: Session, *, plan: Plan | PostPlan, choices: dict[str, str], sha256: str, form_name: str,
    office: str = "",
) -> Changes:  # fmt: skip
    """Write a plan; ``office`` names one's own office where the data has none yet."""
    if office and own_office(session) is None:
        save_office(session, name=office)
    if isinstance(plan, PostPlan):
        return import_posts(session, plan=plan, choices=choices, sha256=sha256, form_name=form_name)
    return apply_plan(session, plan=plan, choices=choices, sha256=sha256, form_name=form_name)


def batch_of(session: Session, *, log_id: int | None) -> int | None:
    """The number by which an import that was log entry ``log_id`` can be undone."""
    query = select(ImportBatch.id).where(col(ImportBatch.log_id) == log_id)
    return session.scalar(query)


def described(plan: Plan | PostPlan, batch: int | None) -> dict[str, Any]:
    """The JSON shape of ``civictracker import``; ``batch`` is null when nothing was written."""
    return {
        "batch": batch,
        "new": plan.count(Verdict.NEW),
        "same": plan.count(Verdict.SAME),
        "different": plan.count(Verdict.DIFFERENT),
        "left_out": plan.left_out_count,
        "errors": plan.count(Verdict.ERROR),
        "questions": [asked(question) for question in plan.questions],
    }


def in_words(plan: Plan | PostPlan, batch: int | None, choices: dict[str, str], names: dict[int, str]) -> str:
    """What came in, what did not and why, for a person to read. ``names``: channels by number."""
    if isinstance(plan, PostPlan):
        return in_sentences(plan, batch, choices, names)
    counts, asked_of = described(plan, batch), plan.count(Verdict.QUESTION)
    kept = (
        "파일의 값으로 바꿈"
        if choices.get("*") == "new"
        else "자료의 값을 그대로 둠, 바꾸려면 --set conflict=new"
    )
    different = f"값 다름 {counts['different']:,}" + (f"({kept})" if counts["different"] else "")
    rest = f"제외 {counts['left_out']:,} · 오류 {counts['errors']:,}"
    rest += f" · 질문 {asked_of:,}" if asked_of else ""
    lines = [f"{plan.found.file}: 신규 {counts['new']:,} · 동일 {counts['same']:,} · {different} · {rest}"]
    unlike = [
        f"  다름 {row.cell}: {_named(plan, row.target, names)} {row.metric.name if row.metric else ''} "
        f"{_grouped(row.stored, row.metric)} → {_grouped(row.value, row.metric)}"
        for row in plan.of(Verdict.DIFFERENT)[:_SHOWN]
    ]
    lines.extend(_first(unlike, counts["different"]))
    wrong = [(row.cell, row.why) for row in plan.of(Verdict.ERROR)]
    wrong += [(each.cell, each.why) for each in plan.left_out if each.is_error]
    lines.extend(_first([f"  오류 {cell}: {why}" for cell, why in wrong[:_SHOWN]], len(wrong)))
    lines.extend(_first([f"  확인: {each}" for each in plan.checks[:_SHOWN]], len(plan.checks)))
    lines.extend(question_words(question, names) for question in plan.questions)
    if asked_of:
        lines.append(f"  값 {asked_of:,}개는 위의 질문에 답해 다시 가져오면 들어갑니다.")
    if batch is not None:
        lines.append(f"  {batch}번 가져오기로 넣었습니다. 되돌리려면: civictracker undo-import {batch}")
    return "\n".join(lines)


def _first(lines: list[str], count: int) -> list[str]:
    """The lines, and how many more there are."""
    return [*lines, f"  … 외 {count - len(lines):,}건"] if count > len(lines) else lines


def _named(plan: Plan, target: int, names: dict[int, str]) -> str:
    told = plan.targets[target]
    return told.name or names.get(told.channel_id or 0, "")


def _grouped(value: int | None, metric: Metric | None) -> str:
    decimals = metric.decimals if metric else 0
    return "-" if value is None else grouped(Decimal(value).scaleb(-decimals), decimals)
