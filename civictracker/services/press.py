"""보도자료 숫자 검산: a text's figures held against themselves and against the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from civictracker.domain.claims import Claim, Known, Verdict, verify
from civictracker.domain.dates import official
from civictracker.errors import InputError
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.figures import readings_between
from civictracker.services.inspecting import JsonNumber, json_number

_SHORT = ("특별시", "광역시", "특별자치시", "특별자치도")
_MOST_CHANNELS = 60  # a text names a few offices; more would read the whole data


def decoded(raw: bytes) -> str:
    """Text as Korean programs save it. Raises InputError for what is no text."""
    codes = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp949")
    for code in codes:
        try:
            text = raw.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text  # line ends as they are: offsets count them
    raise InputError("글자로 된 파일이 아닙니다.", "보도자료의 글을 복사해 붙여 넣어 주세요.")


def verify_alone(text: str, *, today: date) -> list[Claim]:
    return verify(text, today=today)


def verify_text(session: Session, *, text: str, today: date) -> list[Claim]:
    """Every figure of ``text`` judged, with the data's readings of the offices that it may mean."""
    return verify(text, known=readings_for(session, text=text), today=today)


def readings_for(session: Session, *, text: str) -> list[Known]:
    """친구·구독 수 of one's own channels, and of the peers that the text names."""
    level = catalogue.metric("followers")
    rows = [row for row in list_channels(session, peers=True) if row.is_own or _short(row.office) in text]
    rows = rows[:_MOST_CHANNELS]
    found = readings_between(
        session, metric_ids=[level.id], channel_ids=[row.id for row in rows], start=date.min, end=date.max
    )
    return [
        Known(
            _name(row), _short(row.office), _words(row), reading.period.end, reading.value, is_own=row.is_own
        )
        for row in rows
        for reading in found.get((level.id, row.id), ())
        if not reading.approximate
    ]


def _short(office: str) -> str:
    """수원특례시, 서울특별시: as a text calls it."""
    for ending in _SHORT:
        if office.endswith(ending):
            return office.removesuffix(ending) + ending[-1]
    return office.removesuffix("청") if office.endswith(("시청", "군청", "구청", "도청")) else office


def _name(row: ChannelRow) -> str:
    return row.label if row.is_own else f"{row.office} {row.label}"


def _words(row: ChannelRow) -> tuple[str, ...]:
    platform = catalogue.platforms()[row.platform]
    return tuple({row.platform_name, row.name, *platform.aliases} - {""})


# --- telling ------------------------------------------------------------------------------------


def described(claim: Claim) -> dict[str, Any]:
    """The JSON shape of ``civictracker verify-text``."""
    return {
        "quote": claim.quote, "start": claim.start, "end": claim.end, "kind": claim.kind,
        "claimed": _plain(claim.claimed), "computed": _plain(claim.computed),
        "verdict": claim.verdict.value, "because": claim.because,
    }  # fmt: skip


def _plain(value: Decimal | str | None) -> JsonNumber | str | None:
    return json_number(value) if isinstance(value, Decimal) else value


def summary(claims: Sequence[Claim]) -> str:
    """``맞음 5 · 다름 2 · 확인 불가 9``"""
    return " · ".join(
        f"{verdict.value} {sum(1 for claim in claims if claim.verdict is verdict)}" for verdict in Verdict
    )


def in_words(claims: Sequence[Claim]) -> str:
    if not claims:
        return "글에서 수를 찾지 못했습니다."
    lines = [
        f"[{claim.verdict.value}] {' '.join(claim.quote.split())} ({claim.kind}): {claim.because}"
        for claim in claims
    ]
    return "\n".join([*lines, summary(claims)])


__all__ = [
    "Claim",
    "Verdict",
    "decoded",
    "described",
    "in_words",
    "official",
    "readings_for",
    "summary",
    "verify_alone",
    "verify_text",
]
