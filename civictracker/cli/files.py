"""Files in: inspect, import and its undoing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civictracker.cli.call import Call
from civictracker.errors import SheetError
from civictracker.services import inspecting

if TYPE_CHECKING:
    from civictracker.services.context import Context


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be taken in: a person's answers, the form's name, only a trial?"""

    answers: dict[str, str]
    form: str = ""
    dry_run: bool = False

    @property
    def choices(self) -> dict[str, str]:
        """Where the file and the data differ, the data's figure stays unless told otherwise."""
        return {"*": self.answers.get("conflict", "old")}


def inspect(call: Call) -> int:
    words = call.words
    answers = dict(words.set)
    told = []
    for path in words.files:
        try:
            found = inspecting.read_alone(path, answers=answers)
        except SheetError as error:
            call.complain(error.text)
            continue
        told.append(inspecting.described(found, answers=answers, records=words.records))
        if not words.json:
            call.say(inspecting.in_words(found, answers=answers, records=words.records))
    if words.json and told:
        call.tell(told if len(words.files) > 1 else told[0])
    return 0 if len(told) == len(words.files) else 1


def take_posts_in(call: Call) -> int:
    """``posts import``: rows are posts, whatever figures stand beside them."""
    call.words.set = [("as", "posts"), *call.words.set]
    return take_in(call)


def take_in(call: Call) -> int:
    words = call.words
    wishes = Wishes(dict(words.set), words.form or "", words.dry_run)
    told: list[dict[str, Any]] = []
    failed = False
    with call.trying() if words.dry_run else call.writing() as context:
        for path in words.files:
            try:
                result = taken_in(call, context, path, wishes)
            except SheetError as error:
                call.complain(error.text)
                failed = True
                continue
            told.append({"file": path.name, **result})
            if why := _stuck(result):
                call.complain(f"‘{path.name}’에서 넣을 수 있는 값이 없습니다. {why}")
                failed = True
    if words.json and told:
        alone = {key: value for key, value in told[0].items() if key != "file"}
        call.tell(told if len(words.files) > 1 else alone)
    return 1 if failed else 0


def _stuck(result: dict[str, Any]) -> str:
    """The question that kept everything out, where nothing came in and nothing was there already."""
    if not result["questions"] or result["new"] or result["same"] or result["different"]:
        return ""
    first = result["questions"][0]
    return f"{first['why']} (--set {first['key']}=…)"


def taken_in(call: Call, context: Context, path: Path, wishes: Wishes) -> dict[str, Any]:
    """Read, plan and, unless it is a trial, write one file; the JSON shape of ``import``."""
    from civictracker.services import imports, intake, post_export  # noqa: PLC0415 (inspect opens no data)
    from civictracker.store import backup  # noqa: PLC0415

    answers = context.read(intake.settled_answers, answers=wishes.answers)
    plan = intake.read_planned(context, path=path, answers=answers, form=wishes.form)
    batch: int | None = None
    if not wishes.dry_run and plan.applies(wishes.choices):
        backup.make(context.path, "import", call.clock())
        changes = context.write(
            intake.apply, plan=plan, choices=wishes.choices, sha256=imports.sha256_of(path),
            form_name=wishes.form, office=wishes.answers.get("office", ""),
        )  # fmt: skip
        batch = context.read(intake.batch_of, log_id=changes.log_id)
    names = context.read(post_export.channel_names)
    call.say(intake.in_words(plan, batch, wishes.choices, names))
    return intake.described(plan, batch)


def undo_import(call: Call) -> int:
    from civictracker.services import imports, undo  # noqa: PLC0415

    call.need_data()
    with call.writing() as context:
        log_id = context.read(imports.batch_log_id, batch_id=call.words.id)
        changes = context.write(undo.undo_entry, log_id=log_id)
    kept = f" 그 뒤에 고친 값 {changes.kept:,}개는 그대로 두었습니다." if changes.kept else ""
    call.say(f"{call.words.id}번 가져오기를 되돌렸습니다(값과 채널 {changes.count:,}건).{kept}")
    return 0
