"""The office and its choices."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy
from sqlmodel import Session, select

from civictracker.domain.drafts import OfficeDraft, Settings, accepted
from civictracker.services.changes import Changes, Topic
from civictracker.store.database import core
from civictracker.store.tables import Office, Setting

_setting = core(Setting)
_ALL = sqlalchemy.select(_setting.c.key, _setting.c.value)


def load_settings(session: Session) -> Settings:
    """The stored choices over the defaults; a key that this version does not know is left alone."""
    rows = session.execute(_ALL).all()
    return Settings(**{key: json.loads(value) for key, value in rows if key in Settings.model_fields})


def save_settings(session: Session, /, **choices: Any) -> Changes:
    """Change some choices. Raises InputError with the sentence for the form."""
    now = load_settings(session)
    new = accepted(Settings, **{**now.model_dump(), **choices})
    stored = new.model_dump(mode="json")
    for key in choices:
        text = json.dumps(stored[key], ensure_ascii=False)
        row = session.get(Setting, key)
        if row is None:
            session.add(Setting(key=key, value=text))
        elif row.value != text:
            row.value = text
    session.flush()  # load_settings reads past the session
    return Changes.of(Topic.SETTINGS, "설정 바꿈")


def load_office(session: Session) -> OfficeDraft | None:
    """One's own office, or None before the first start is done."""
    row = own_office(session)
    return None if row is None else OfficeDraft(name=row.name, department=row.department)


def own_office(session: Session) -> Office | None:
    return session.exec(select(Office).where(Office.kind == "own").limit(1)).first()


def save_office(session: Session, *, name: str, department: str = "") -> Changes:
    draft = accepted(OfficeDraft, name=name, department=department)
    row = own_office(session)
    if row is None:
        row = Office(kind="own")
    row.name, row.department = draft.name, draft.department
    session.add(row)
    session.flush()
    return Changes.of(Topic.OFFICE, "기관 정보 바꿈", created=row.id)
