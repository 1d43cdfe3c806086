"""What a use-case changed, so that pages know whether to look again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Topic(StrEnum):
    OFFICE = "office"
    CHANNELS = "channels"
    VALUES = "values"
    POSTS = "posts"
    NOTES = "notes"
    SETTINGS = "settings"
    IMPORTS = "imports"
    COLLECTIONS = "collections"


@dataclass(frozen=True, slots=True)
class Changes:
    """``label`` names the edit for undo ("친구 수 고침"); ``created`` is a new row's id.

    ``log_id`` is filled in by the door and is None when nothing was different in the end.
    ``kept`` counts what an undo left alone because a person edited it since.
    """

    topics: frozenset[Topic]
    label: str
    action: str = "edit"
    channels: frozenset[int] = frozenset()
    created: int | None = None
    log_id: int | None = None
    undoes: int | None = None
    count: int = 0
    kept: int = 0

    @classmethod
    def of(cls, topic: Topic, label: str, **more: object) -> Changes:
        return replace(cls(frozenset({topic}), label), **more)  # type: ignore[arg-type]
