"""What every paper says at its top: office, writer, who signs, emblem."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime

from sqlmodel import Session

from civictracker.services.changes import Changes, Topic
from civictracker.services.report_values import Head
from civictracker.services.settings import load_office, load_settings
from civictracker.store.tables import Setting

_EMBLEM = "emblem"
Emblem = tuple[bytes, int, int]  # PNG, width, height


def load_head(session: Session, *, now: datetime) -> Head:
    settings, office = load_settings(session), load_office(session)
    return Head(
        office=office.name if office else "", department=office.department if office else "",
        writer=settings.writer, written=now.date(), approval=tuple(settings.approval),
        delegated=settings.delegated, is_sample=settings.is_sample, emblem=load_emblem(session),
        report_title=settings.report_title, naming=settings.naming,
    )  # fmt: skip


def load_emblem(session: Session) -> Emblem | None:
    row = session.get(Setting, _EMBLEM)
    if row is None:
        return None
    try:
        kept = json.loads(row.value)
        return base64.b64decode(kept["png"]), int(kept["width"]), int(kept["height"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        return None


def save_emblem(session: Session, *, emblem: Emblem | None) -> Changes:
    """Keep the office's emblem with its data; None takes it off the papers."""
    row = session.get(Setting, _EMBLEM)
    if emblem is None:
        if row is not None:
            session.delete(row)
        return Changes.of(Topic.SETTINGS, "기관 상징 지움")
    png, width, height = emblem
    text = json.dumps({"png": base64.b64encode(png).decode(), "width": width, "height": height})
    if row is None:
        session.add(Setting(key=_EMBLEM, value=text))
    else:
        row.value = text
    return Changes.of(Topic.SETTINGS, "기관 상징 바꿈")
