"""Which channel and which metric a sheet's names mean. What is not certain is asked."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, select

from civictracker.domain.metrics import Kind, Metric
from civictracker.domain.texts import folded
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.sheets.presets import Preset
from civictracker.sheets.titles import says_nothing_more
from civictracker.sheets.vocabulary import names_unit
from civictracker.store.tables import ChannelAlias

NEW, SKIP = "new", "skip"
PEER = "peer:"  # and a platform: the name is another office, for 비교
_RUNNING = re.compile(
    r"누적|누계|통산|(^|[\s(])총(?=\s|조회|방문|게시|재생|노출|시청)|cumulative|total|lifetime", re.IGNORECASE
)
_PAREN = re.compile(r"[(（\[].*?[)）\]]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a name's figures go: to a channel, to one that will be made, nowhere, or unknown."""

    name: str
    channel_id: int | None = None
    is_new: bool = False
    is_skipped: bool = False
    platform: str = "other"
    suggested: tuple[int, ...] = ()
    facts: dict[str, Any] | None = field(default=None, compare=False)  # what our own export tells of it

    @property
    def is_known(self) -> bool:
        return self.channel_id is not None or self.is_new or self.is_skipped


class ChannelMatcher:
    """Matches by learned alias, name, handle, 읍면동 and platform, blanks and case ignored."""

    def __init__(self, session: Session) -> None:
        self.channels = list_channels(session, peers=True)
        self._own = {row.id for row in self.channels if row.is_own}
        self._by_name: dict[str, set[int]] = {}
        for row in self.channels:
            for name in _names(row):
                self._by_name.setdefault(name, set()).add(row.id)
        self._aliases = {alias.folded: alias.channel_id for alias in session.exec(select(ChannelAlias))}

    def target(self, name: str, answers: dict[str, str], platform: str = "") -> Target:
        """What ``name`` means; an empty name stands for the file's one nameless channel."""
        told = answers.get(f"channel:{name}" if name else "channel", "")
        found = self._told(name, told, platform)
        if found is not None:
            return found
        key = folded(name)
        if name and key in self._aliases:
            return Target(name, self._aliases[key])
        fitting = self._by_name.get(key) or self._by_name.get(folded(name.replace(" / ", " "))) or set()
        own = fitting & self._own  # a sheet of the office means its own, unless it names another office
        if len(own or fitting) == 1:
            return Target(name, next(iter(own or fitting)))
        return Target(name, suggested=self._suggested(name, fitting, platform))

    def _told(self, name: str, told: str, platform: str) -> Target | None:
        if told == SKIP:
            return Target(name, is_skipped=True)
        if told == NEW or told.startswith("new:"):
            wanted = told.removeprefix("new:") if told != NEW else name
            unit, own = unit_and_name(wanted)
            guessed = catalogue.platform_named(own)
            code = platform or (guessed.code if guessed else "other")
            made = self._made_already(own, code, unit)
            return Target(wanted, made) if made else Target(wanted, is_new=True, platform=code)
        if told.startswith(PEER):
            return self._of_peer(name, told.removeprefix(PEER) or platform)
        if told.isdecimal() and any(row.id == int(told) for row in self.channels):
            return Target(name, int(told))
        fitting = self._by_name.get(folded(told), set()) if told else set()
        return Target(name, next(iter(fitting))) if len(fitting) == 1 else None

    def _of_peer(self, name: str, platform: str) -> Target:
        """The channel of the office ``name`` (``수원시 / 카카오톡 채널`` too), made if need be."""
        office = name.partition(" / ")[0].strip()
        code = platform if platform in catalogue.platforms() else "other"
        for row in self.channels:
            if not row.is_own and row.platform == code and folded(row.office) == folded(office):
                return Target(name, row.id)
        facts = {"office": office, "unit": "", "name": catalogue.platforms()[code].name, "is_own": False,
                 "number": name, "parent": None}  # fmt: skip
        return Target(name, is_new=True, platform=code, facts=facts)

    def _made_already(self, wanted: str, platform: str, unit: str) -> int | None:
        """The channel that the same answer made last time: "new" said twice means one channel."""
        return next(
            (row.id for row in self.channels
             if row.is_own and row.unit_name == unit and row.closed is None and row.platform == platform
             and wanted and folded(row.name) == folded(wanted)),
            None,
        )  # fmt: skip

    def _suggested(self, name: str, fitting: set[int], platform: str) -> tuple[int, ...]:
        if fitting:
            return tuple(sorted(fitting))
        wanted = catalogue.platform_named(name)
        code = wanted.code if wanted else platform
        alike = [row.id for row in self.channels if row.is_own and code and row.platform == code]
        key = folded(name)
        near = [row.id for row in self.channels if key and any(key in other for other in _names(row))]
        return tuple(dict.fromkeys((*near, *alike)))


def unit_and_name(name: str) -> tuple[str, str]:
    """보라매동 / 밴드 → the 읍면동 that runs the channel, and its name; ("", name) where none is told."""
    unit, _, own = name.partition(" / ")
    return (unit, own) if own and names_unit(unit) else ("", name)


def _names(row: ChannelRow) -> set[str]:
    """The spellings by which a sheet may name a channel for certain."""
    names = {folded(row.label), folded(row.handle), folded(row.handle.lstrip("@"))}
    kinds = (row.platform_name, *catalogue.platforms()[row.platform].aliases)
    names |= {folded(f"{row.unit_name or row.office} {kind}") for kind in kinds}
    if row.unit_name:
        names |= {folded(row.unit_name)}
    else:
        names |= {folded(row.name), folded(row.platform_name), folded(f"{row.office} {row.name}")}
        if not row.is_own:
            names |= {folded(row.office), folded(f"{row.office} / {row.name}")}
        names |= {folded(alias) for alias in catalogue.platforms()[row.platform].aliases}
    return {name for name in names if name}


def metric_for(name: str, answers: dict[str, str], preset: Preset | None) -> Metric | str | None:
    """The metric that a header names; ``"skip"`` when told to leave it out, None when unknown."""
    if told := answers.get(f"metric:{name}", ""):
        return _told_metric(name, told)
    if preset is not None and (code := preset.metrics.get(folded(name))) is not None:
        return catalogue.metric(code)
    found = catalogue.metric_named(name)
    if found is None:
        found = catalogue.metric_named(_PAREN.sub("", name)) or _among_neutral(name)
        if found is not None and found.kind.is_summed and _RUNNING.search(name):
            return None  # 누적 조회수 is of no single week
    return found


def _among_neutral(name: str) -> Metric | None:
    """A metric's name among words that change nothing (``SNS 현황 조회수``).

    남성 친구수 and 신규 친구수 are not the friends: such are asked about.
    """
    words = name.split()
    for at in reversed(range(len(words))):
        found = catalogue.metric_named(words[at])
        rest = [word for place, word in enumerate(words) if place != at]
        if found is not None and found.kind is not Kind.NET and all(map(says_nothing_more, rest)):
            return found
    return None


def suggested_metric(name: str) -> Metric | None:
    """The metric that one of the words names, to be offered where the others may change it."""
    found = (catalogue.metric_named(word) for word in reversed(name.split()))
    return next((metric for metric in found if metric is not None), None)


def _told_metric(name: str, told: str) -> Metric | str | None:
    if told == SKIP:
        return SKIP
    if told.startswith("new:"):
        return new_metric(name, told)
    return catalogue.metrics().get(told) or catalogue.metric_named(told)


def new_metric(name: str, told: str) -> Metric | None:
    """A metric of the office's own from ``new:level:명``; its id is given when the plan is applied."""
    kind, _, unit = told.removeprefix("new:").partition(":")
    if kind not in {Kind.LEVEL, Kind.FLOW}:
        return None
    planned = -1 - zlib.crc32(folded(name).encode())
    return Metric(planned, f"own:{folded(name)}", name, Kind(kind), unit)
