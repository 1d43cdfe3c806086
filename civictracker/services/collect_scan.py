"""A folder of returned forms: every file in it is read, and what it is is kept with its round."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from unicodedata import normalize

from sqlmodel import Session, select

from civictracker.domain.dates import label
from civictracker.domain.weeks import Period
from civictracker.errors import InputError, UserError
from civictracker.services.changes import Changes, Topic
from civictracker.services.collect import Round, Unit, list_rounds
from civictracker.services.collect_board import load_board
from civictracker.services.context import Context
from civictracker.services.imports import sha256_of
from civictracker.services.jobs import CancelToken
from civictracker.services.settings import load_settings
from civictracker.sheets.collect_child import FormReader
from civictracker.store.tables import CollectionFile

MAX_FILES = 2_000
_WORKERS = max(2, min(4, os.cpu_count() or 2))
_NOT_MEANT = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_NO_FORM = "취합 서식이 아닙니다. 값이 든 표라면 가져오기에서 따로 넣어 주세요."


@dataclass(frozen=True, slots=True)
class Seen:
    """One file: the forms in it (``Returned`` as JSON), or why there is none; ``name`` is its path there."""

    name: str
    sha256: str
    saved: datetime
    forms: tuple[dict[str, Any], ...] = ()
    problem: str = ""


def scan(context: Context, *, folder: Path, token: CancelToken, round_id: int | None = None) -> Changes:
    """Read what is new in ``folder`` and keep it; ``created`` of the changes is the round it is about.

    For a job. Nothing is kept when it is cancelled. A file that cannot be read is told of and stops nothing.
    Raises InputError for a folder that cannot be meant, CancelledError.
    """
    rounds = context.read(list_rounds)
    if not rounds:
        raise InputError("아직 만든 취합 서식이 없습니다.", "먼저 서식을 만들어 보내 주세요.")
    paths = _files(folder)
    token.report(f"파일 {len(paths):,}개를 확인하고 있습니다 …")
    known = context.read(_known)
    seen: list[Seen] = []
    todo: list[Seen] = []
    for path in paths:
        file = _looked_at(folder, path, context.now)
        (seen if file.problem or file.sha256 in known else todo).append(file)
    seen = [_remembered(file, known) for file in seen]
    seen.extend(_read_all(folder, todo, token))
    token.report("현황을 정리하고 있습니다 …")
    return context.commit(_keep, folder=folder, seen=seen, round_id=round_id, now=context.now)


def _files(folder: Path) -> list[Path]:
    try:
        if not folder.is_dir():
            raise InputError(f"‘{folder}’ 폴더가 없습니다.", "받은 파일을 모아 둔 폴더를 골라 주세요.")
        found: list[Path] = []
        for path in folder.rglob("*"):
            if (
                not path.name.startswith((".", "~$"))
                and path.name.casefold() not in _NOT_MEANT
                and path.is_file()
            ):
                found.append(path)
            if len(found) > MAX_FILES:
                raise InputError(
                    f"‘{folder}’에는 파일이 {MAX_FILES:,}개 넘게 있습니다.",
                    "받은 파일만 모아 둔 폴더를 골라 주세요.",
                )
    except OSError as error:
        raise InputError(f"‘{folder}’ 폴더를 열 수 없습니다.", "다른 폴더를 골라 주세요.") from error
    if not found:
        raise InputError(f"‘{folder}’ 폴더가 비어 있습니다.", "받은 파일을 모아 둔 폴더를 골라 주세요.")
    return sorted(found)


def _looked_at(folder: Path, path: Path, now: datetime) -> Seen:
    name = normalize("NFC", path.relative_to(folder).as_posix())
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo).replace(microsecond=0)
        return Seen(name, sha256_of(path), saved)
    except (OSError, OverflowError, ValueError):
        return Seen(
            name, "", now, problem="파일을 열 수 없습니다. 다른 프로그램에서 열려 있으면 닫아 주세요."
        )


def _known(session: Session) -> dict[str, list[dict[str, Any]]]:
    """What was found in files that were read before, by their digest."""
    known: dict[str, list[dict[str, Any]]] = {}
    for sha256, found in session.exec(select(CollectionFile.sha256, CollectionFile.found)):
        told = json.loads(found)
        if sha256 and "form" in told and told["form"] not in known.setdefault(sha256, []):
            known[sha256].append(told["form"])
    return {sha256: forms for sha256, forms in known.items() if forms}


def _remembered(file: Seen, known: dict[str, list[dict[str, Any]]]) -> Seen:
    return replace(file, forms=tuple(known.get(file.sha256, ())))


# --- reading ------------------------------------------------------------------------------------


def _read_all(folder: Path, files: Sequence[Seen], token: CancelToken) -> Iterator[Seen]:
    """A few at a time, in children that each read many. 취소 ends them at once."""
    readers = [FormReader() for _ in range(min(_WORKERS, len(files)))]
    free: SimpleQueue[FormReader] = SimpleQueue()
    for reader in readers:
        token.on_cancel(reader.stop)
        free.put(reader)
    pool = ThreadPoolExecutor(max_workers=_WORKERS, thread_name_prefix="collect")
    try:
        futures = [pool.submit(_read, folder, file, free) for file in files]
        for done, future in enumerate(as_completed(futures), 1):
            file = future.result()
            name = Path(file.name).name
            token.report(f"{done:,}/{len(files):,} ‘{name}’을(를) 읽었습니다 …", done / len(files))
            yield file
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        for reader in readers:
            reader.close()


def _read(folder: Path, file: Seen, free: SimpleQueue[FormReader]) -> Seen:
    reader = free.get()
    try:
        forms = reader.read(folder / file.name)
    except UserError as error:
        return replace(file, problem=error.text)
    finally:
        free.put(reader)
    return replace(file, forms=tuple(forms), problem="" if forms else _NO_FORM)


# --- keeping ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Belonging:
    """Where a form belongs."""

    round_code: str
    form_code: str
    found: dict[str, Any]


def _keep(
    session: Session, *, folder: Path, seen: Sequence[Seen], round_id: int | None, now: datetime
) -> Changes:
    rounds = list_rounds(session)
    by_code = {unit.code: (each, unit) for each in rounds for unit in each.units}
    asked = _meant(rounds, by_code, seen, round_id)
    naming = load_settings(session).naming
    place = normalize("NFC", str(folder))
    rows = list(session.exec(select(CollectionFile).where(CollectionFile.folder == place)))
    old = {(row.name, row.round_code, row.form_code): row for row in rows}
    fresh: set[tuple[str, str, str]] = set()
    for file in seen:
        for each in _belongings(file, asked, by_code, lambda period: label(period, naming)):
            key = (file.name, each.round_code, each.form_code)
            fresh.add(key)
            _put(session, old.get(key), file, each, place=place, now=now)
    session.flush()
    _forget(session, rounds, [row for key, row in old.items() if key not in fresh])
    return Changes.of(
        Topic.COLLECTIONS, "취합 폴더 확인", action="collect", created=asked.id, count=len(seen)
    )


_ByCode = dict[str, tuple[Round, Unit]]


def _meant(rounds: Sequence[Round], by_code: _ByCode, seen: Sequence[Seen], round_id: int | None) -> Round:
    """The round in view, else the one that most forms in the folder belong to, else the newest."""
    chosen = next((each for each in rounds if each.id == round_id), None)
    if chosen is not None:
        return chosen
    votes = Counter(
        by_code[form["code"]][0].id for file in seen for form in file.forms if form["code"] in by_code
    )
    return max(rounds, key=lambda each: votes[each.id])


def _belongings(
    file: Seen, asked: Round, by_code: _ByCode, named: Callable[[Period], str]
) -> Iterator[_Belonging]:
    """Each form with its round; and what must be told of the file in the round that was asked for."""
    problems, unit_name = [file.problem] if file.problem else [], ""
    for form in file.forms:
        owner, unit = by_code.get(form["code"], (None, None))
        if owner is None or unit is None:
            who = " ".join(part for part in (form["office"], form["unit"]) if part)
            problems.append(f"이 자료에서 만든 서식이 아닙니다({who or form['code']}).")
            continue
        yield _Belonging(owner.code, unit.code, {"form": form})
        if owner.id != asked.id:
            problems.append(f"다른 취합({named(owner.period)})의 서식입니다.")
            unit_name = unit.name
    if problems:
        yield _Belonging(asked.code, "", {"problem": " ".join(dict.fromkeys(problems)), "unit": unit_name})


def _put(
    session: Session, row: CollectionFile | None, file: Seen, where: _Belonging, *, place: str, now: datetime
) -> None:
    if row is None:
        row = CollectionFile(
            round_code=where.round_code, form_code=where.form_code, folder=place, name=file.name,
            saved=file.saved, seen=now,
        )  # fmt: skip
    elif row.sha256 != file.sha256:
        row.chosen = False  # another file under the same name
    row.sha256, row.saved = file.sha256, file.saved
    row.found = json.dumps(where.found, ensure_ascii=False)
    session.add(row)


def _forget(session: Session, rounds: Sequence[Round], gone: Sequence[CollectionFile]) -> None:
    """Files that are no longer there; one whose figures are all in the data may have been cleared away."""
    codes = {row.round_code for row in gone}
    boards = [load_board(session, round_id=each.id) for each in rounds if each.code in codes]
    kept = {row.used.id for board in boards for row in board.rows if row.used is not None and row.is_in_data}
    for row in gone:
        if row.id not in kept:
            session.delete(row)
