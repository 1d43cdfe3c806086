"""What the office keeps about its papers: its own forms (서식), and remarks kept for one period.

Both are JSON in the settings: a list of forms, and per paper the remarks by period and section.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, ValidationError, field_validator
from sqlmodel import Session

from civictracker.domain.drafts import Draft, Line, Lines, accepted
from civictracker.domain.texts import clean, clean_lines
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.store.tables import Setting

_FORMS = "paper_forms"
Notes = dict[str, tuple[str, ...]]  # section → its lines


class PaperForm(Draft):
    """A paper as the office makes it.

    ``sections`` are those shown, in order; ``approval`` () has no boxes.
    """

    name: Line
    paper: Line
    sections: tuple[Line, ...]
    approval: tuple[Line, ...] | None = Field(default=None, max_length=5)
    delegated: Line = ""
    unfold: bool = False
    title: Line = ""

    @field_validator("name")
    @classmethod
    def _named(cls, name: str) -> str:
        if not name:
            raise ValueError("서식 이름을 적어 주세요.")
        return name


def list_forms(session: Session, *, paper: str = "") -> list[PaperForm]:
    """The office's forms of ``paper`` (of all where empty), by name; what cannot be read is left out."""
    found = []
    for kept in _load(session, _FORMS, []):
        try:
            found.append(PaperForm(**kept))
        except (ValidationError, TypeError):
            continue
    return sorted((form for form in found if paper in {"", form.paper}), key=lambda form: form.name)


def save_form(session: Session, /, **values: object) -> Changes:
    """Keep a form; one of the same paper and name is replaced. Raises InputError."""
    form = accepted(PaperForm, **values)
    others = [each for each in list_forms(session) if (each.paper, each.name) != (form.paper, form.name)]
    _store(session, _FORMS, [each.model_dump(mode="json") for each in (*others, form)])
    return Changes.of(Topic.SETTINGS, f"보고서 서식 ‘{form.name}’ 저장")


def delete_form(session: Session, *, paper: str, name: str) -> Changes:
    """Raises InputError when there is none."""
    forms = list_forms(session)
    left = [each for each in forms if (each.paper, each.name) != (paper, name)]
    if len(left) == len(forms):
        raise InputError(f"‘{name}’이라는 서식이 없습니다.")
    _store(session, _FORMS, [each.model_dump(mode="json") for each in left])
    return Changes.of(Topic.SETTINGS, f"보고서 서식 ‘{name}’ 지움")


def load_notes(session: Session, *, paper: str, key: str) -> Notes:
    """The remarks of one paper for ``key`` (a period's code, or a period and a channel) by section."""
    kept = _load(session, f"paper_notes:{clean(paper)}", {}).get(key, {})
    return {section: tuple(line for line in text.splitlines() if line) for section, text in kept.items()}


def save_note(session: Session, *, paper: str, key: str, section: str, text: str) -> Changes:
    """Keep a remark; an empty one is taken away. Raises InputError for one that is too long."""
    accepted(_Remark, text=text)
    lines = clean_lines(text)
    name = f"paper_notes:{clean(paper)}"
    kept = _load(session, name, {})
    of_key = {each: words for each, words in kept.get(key, {}).items() if each != section}
    if lines:
        of_key[section] = lines
    kept.pop(key, None)
    if of_key:
        kept[key] = of_key
    _store(session, name, kept)
    return Changes.of(Topic.NOTES, "보고서 메모")


class _Remark(Draft):
    text: Lines


def _load(session: Session, key: str, default: Any) -> Any:
    row = session.get(Setting, key)
    if row is None:
        return default
    kept = json.loads(row.value)
    return kept if isinstance(kept, type(default)) else default


def _store(session: Session, key: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    row = session.get(Setting, key)
    if row is None:
        session.add(Setting(key=key, value=text))
    elif row.value != text:
        row.value = text
