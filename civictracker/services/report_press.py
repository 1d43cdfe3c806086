"""보도자료의 값: a release under the office's head, every figure of its text held against the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import press
from civictracker.services.press import Claim, Verdict
from civictracker.services.releases import Release, list_releases, load_release, parted
from civictracker.services.report_head import load_head
from civictracker.services.report_values import Caution, Head, Source, explained


@dataclass(frozen=True, slots=True)
class PressLine:
    """A line of the release; ``source`` tells what its figures were held against, where it has any."""

    text: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class PressFigures:
    head: Head
    release: Release
    title: PressLine
    subtitle: PressLine
    body: tuple[PressLine, ...]
    warnings: tuple[Caution, ...]


def press_figures(
    session: Session, *, now: datetime, release_id: int | None = None, text: str = ""
) -> PressFigures:
    """The release, or the newest; of ``text`` alone where one is given. Raises InputError."""
    head = load_head(session, now=now)
    release = _of_text(text, head, now) if text else _kept(session, release_id)
    lines = [release.title, release.subtitle, *release.body.splitlines()]
    claims = press.verify_text(session, text="\n".join(lines), today=now.date())
    told, at = [], 0
    for line in lines:
        told.append(PressLine(line, _source(claims, line, at, release.day)))
        at += len(line) + 1
    return PressFigures(head, release, told[0], told[1], tuple(told[2:]), tuple(_warned(claims, release.day)))


def _kept(session: Session, release_id: int | None) -> Release:
    if release_id is not None:
        return load_release(session, release_id=release_id)
    kept = list_releases(session)
    if not kept:
        raise InputError(
            "저장한 보도자료가 없습니다.", "보도자료에서 글을 적고 ‘보도자료로 만들기’를 눌러 주세요."
        )
    return kept[0].release


def _of_text(text: str, head: Head, now: datetime) -> Release:
    title, subtitle, body = parted(text)
    if not title or not body:
        raise InputError(
            "보도자료의 제목과 본문을 알 수 없습니다.", "첫 줄에 제목을, 그 아래에 본문을 적어 주세요."
        )
    return Release(
        title=title[:200], subtitle=subtitle[:200], body=body, day=now.date(), time=f"{now:%H:%M}",
        department=head.department, contact=head.writer,
    )  # fmt: skip


def _source(claims: Sequence[Claim], line: str, start: int, day: date) -> Source | None:
    """What the figures of ``line``, which begins at ``start``, were held against; None where it has none."""
    within = [each for each in claims if start <= each.start and each.end <= start + len(line)]
    told = [f"‘{_quote(each)}’ {each.verdict.value}: {each.because}" for each in within]
    if not told and any(letter.isdigit() for letter in line):
        told = ["자료와 견줄 수 있는 말이 아니어서 검산하지 않은 줄입니다."]
    return explained("보도자료의 수", Period.day(day), *told) if told else None


def _warned(claims: Sequence[Claim], day: date) -> list[Caution]:
    return [
        Caution("differs", f"‘{_quote(each)}’: {each.because}", explained(each.because, Period.day(day)))
        for each in claims
        if each.verdict is Verdict.WRONG
    ]


def _quote(claim: Claim) -> str:
    return " ".join(claim.quote.split())
