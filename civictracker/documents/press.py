"""보도자료: the head that newsrooms look for, title and subtitle in the middle, the text, 끝."""

from __future__ import annotations

import re
from dataclasses import replace

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Headline,
    Notes,
    Paragraph,
    Row,
    Table,
)
from civictracker.documents.parts import USUAL, PaperOptions, Section, built, fact, office_document, typed
from civictracker.domain.dates import official_weekday
from civictracker.services.releases import AT_ONCE
from civictracker.services.report_press import PressFigures, PressLine

_BULLET = re.compile(r"^(?:(?P<one>[○ㅇ●◦◯]|[oO](?=\s))|(?P<two>[-–—‑ㆍ·•]))\s*(?=\S)")
_ALREADY_ENDED = re.compile(r"[\s.]*(?:끝\.?|<끝>|〈끝〉)\s*$")


def press_document(figures: PressFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist."""
    release = figures.release
    made = office_document(
        figures.head, options, built(_SECTIONS, figures, options), title="보도자료",
        name=masked(release.title), subtitle=figures.head.office,
    )  # fmt: skip
    return replace(made, masthead=replace(made.masthead, byline=_may_be_told(release.embargo)))


def _may_be_told(embargo: str) -> str:
    if embargo in {"", AT_ONCE}:
        return f"이 자료는 {AT_ONCE} 보도하실 수 있습니다."
    return f"이 자료는 {masked(embargo.removesuffix('부터'))}부터 보도하여 주시기 바랍니다."


def _facts(figures: PressFigures, options: PaperOptions) -> list[Block]:
    release = figures.release
    team = release.department or figures.head.department
    pairs = (
        (
            ("배포일시", f"{official_weekday(release.day)} {release.time}".strip()),
            ("보도시점", release.embargo),
        ),
        (("담당부서", team), ("담당자", release.contact or figures.head.writer)),
        (("연락처", release.phone), ("붙임", release.attached or "없음")),
    )
    rows = tuple(
        Row(tuple(cell for name, text in pair for cell in fact(name, text or "-"))) for pair in pairs
    )
    columns = (Column(13, Align.CENTER), Column(37), Column(13, Align.CENTER), Column(37))
    return [Table(columns, (), rows, "배포 정보")]


def _body(figures: PressFigures, options: PaperOptions) -> list[Block]:
    """Lines as they were written: one that begins with ○ or - keeps its level, and 끝 is said once."""
    lines = [line for line in figures.body if line.text.strip()]
    if lines:
        last = lines[-1]
        kept = _ALREADY_ENDED.sub(lambda found: "." if found[0].lstrip().startswith(".") else "", last.text)
        lines = [*lines[:-1], *([replace(last, text=kept)] if kept.strip() else [])]
    title = figures.title
    head = Headline(
        masked(title.text), masked(figures.subtitle.text), title.source or figures.subtitle.source
    )
    return [head, *map(_paragraph, lines)]


def _paragraph(line: PressLine) -> Paragraph:
    found = _BULLET.match(line.text)
    level = 0 if found is None else 1 if found["one"] else 2
    text = line.text[found.end() :] if found else line.text
    return Paragraph(masked(text), level, line.source, is_large=True)


def _notes(figures: PressFigures, options: PaperOptions) -> list[Block]:
    lines = typed(options.notes.get("notes", ()), figures.head)
    return [Notes(tuple((masked(line), source) for line, source in lines))] if lines else []


_SECTIONS: dict[str, Section[PressFigures]] = {"facts": _facts, "body": _body, "notes": _notes}
