"""보도자료 that the office has written: kept one by one, so that each is edited and undone by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, field_validator
from sqlmodel import Session, col, select

from civictracker.domain.drafts import Draft, Line, accepted
from civictracker.domain.posting import parse_time
from civictracker.domain.texts import clean, clean_lines
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.store.tables import Setting

_KEY = "press_release:"
_LONGEST = 20_000  # characters: some ten pages
_SHORTEST_BODY = 100  # from which a first line alone is no title but the text
AT_ONCE = "배포 즉시"
Body = Annotated[str, AfterValidator(clean_lines), Field(max_length=_LONGEST)]


class Release(Draft):
    """``day`` and ``time`` (HH:MM, or empty) are 배포일시, ``embargo`` is 보도시점."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=_LONGEST)

    title: Line
    subtitle: Line = ""
    body: Body
    day: date
    time: str = ""
    embargo: Line = AT_ONCE
    department: Line = ""
    contact: Line = ""
    phone: Line = ""
    attached: Line = ""

    @field_validator("title")
    @classmethod
    def _titled(cls, title: str) -> str:
        if not title:
            raise ValueError("보도자료의 제목을 적어 주세요.")
        return title

    @field_validator("body")
    @classmethod
    def _worded(cls, body: str) -> str:
        if not body:
            raise ValueError("보도자료의 본문이 없습니다. 글을 적거나 붙여 넣어 주세요.")
        return body


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    release: Release


def list_releases(session: Session) -> list[Kept]:
    """The newest day first; what cannot be read is left out."""
    rows = session.exec(select(Setting).where(col(Setting.key).startswith(_KEY)))
    found = []
    for row in rows:
        try:
            found.append(Kept(int(row.key.removeprefix(_KEY)), Release.model_validate_json(row.value)))
        except (ValidationError, ValueError):
            continue
    return sorted(found, key=lambda each: (each.release.day, each.release.time, each.id), reverse=True)


def load_release(session: Session, *, release_id: int) -> Release:
    """Raises InputError when it is gone."""
    row = session.get(Setting, f"{_KEY}{release_id}")
    if row is None:
        raise InputError("그 보도자료는 이미 지워졌습니다.")
    return Release.model_validate_json(row.value)


def find_release(session: Session, *, text: str) -> Kept:
    """The newest whose title holds ``text``. Raises InputError when there is none."""
    wanted = clean(text)
    found = next((each for each in list_releases(session) if wanted in each.release.title), None)
    if found is None:
        raise InputError(f"제목에 ‘{wanted}’이(가) 든 보도자료가 없습니다.")
    return found


def save_release(session: Session, /, *, release_id: int | None = None, **values: object) -> Changes:
    """Keep a new one, or ``release_id`` anew. Raises InputError with the form's sentence."""
    if isinstance(values.get("time"), str):
        values["time"] = parse_time(str(values["time"]))
    release = accepted(Release, **values)
    number = release_id or max((each.id for each in list_releases(session)), default=0) + 1
    row = session.get(Setting, f"{_KEY}{number}")
    text = release.model_dump_json()
    if row is None:
        session.add(Setting(key=f"{_KEY}{number}", value=text))
    elif row.value != text:
        row.value = text
    return Changes.of(Topic.NOTES, f"보도자료 ‘{release.title}’ 저장", created=number)


def delete_release(session: Session, *, release_id: int) -> Changes:
    """Raises InputError when it is gone."""
    title = load_release(session, release_id=release_id).title
    session.delete(session.get(Setting, f"{_KEY}{release_id}"))
    return Changes.of(Topic.NOTES, f"보도자료 ‘{title}’ 지움")


def parted(text: str) -> tuple[str, str, str]:
    """Title, subtitle and body of a text as it was pasted: a short first line, and one between dashes."""
    lines = clean_lines(text).strip().splitlines()
    if not lines or len(lines[0]) > _SHORTEST_BODY or len(lines) == 1:
        return "", "", "\n".join(lines)
    rest = "\n".join(lines[1:]).strip().splitlines()
    if rest and rest[0][:1] in "-–—" and rest[0][-1:] in "-–—" and len(rest[0]) > 2:
        return lines[0], rest[0].strip("-–— "), "\n".join(rest[1:]).strip()
    return lines[0], "", "\n".join(rest)
