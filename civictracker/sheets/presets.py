"""Known sources as data (``resources/presets/*.toml``): whose file this is and what its names mean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from civictracker import paths
from civictracker.domain.texts import folded


@dataclass(frozen=True, slots=True)
class Preset:
    """``needs`` are folded header names that must all be there; ``metrics`` maps folded names to codes.

    ``kinds`` says what other columns are (entity, date, skip). ``is_loose``: columns come and go, so a
    name that is not known does not speak against it. ``yields_to``: other views of the same figures
    that are taken instead when they come in the same file. ``verified`` is False where only labels
    are known: such a file always opens the mapping.
    """

    code: str
    name: str
    platform: str
    verified: bool
    needs: tuple[frozenset[str], ...]
    metrics: dict[str, str]
    kinds: dict[str, str]
    is_loose: bool
    rows_are: str  # channels, posts, or parts of one channel's figures (countries, campaigns)
    yields_to: tuple[str, ...]

    def kind_of(self, header: str) -> str:
        """What the column is for: entity, date, skip or value; empty where the preset does not say."""
        key = folded(header)
        if key in self.kinds:
            return self.kinds[key]
        return "" if key in self.metrics or not self.kinds else "skip"


@cache
def presets() -> tuple[Preset, ...]:
    found = []
    for path in sorted((paths.resources() / "presets").glob("*.toml")):
        with path.open("rb") as file:
            data = tomllib.load(file)
        found.append(
            Preset(
                code=path.stem, name=data["name"], platform=data.get("platform", ""),
                verified=data["verified"],
                needs=tuple(frozenset(map(folded, names)) for names in data["headers"]),
                metrics={folded(key): code for key, code in data["metrics"].items()},
                kinds={
                    folded(name): kind
                    for kind, names in data.get("columns", {}).items()
                    for name in names
                },
                is_loose=data.get("loose", False),
                rows_are=data.get("rows_are", "channels"),
                yields_to=tuple(data.get("yields_to", ())),
            )
        )  # fmt: skip
    return tuple(found)


def recognised(headers: list[str]) -> Preset | None:
    """The preset whose names are all among ``headers``: one that knows them all, else that needs most.

    A name that the preset does not know speaks against it: 날짜 and 조회수 stand in many sheets.
    """
    have = {folded(name) for name in headers if name}
    fitting = [
        ((not preset.is_loose, len(needs)), preset)
        for preset in presets()
        for needs in preset.needs
        if needs <= have and (preset.is_loose or have <= needs | preset.metrics.keys() | preset.kinds.keys())
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def by_code(code: str) -> Preset | None:
    return next((preset for preset in presets() if preset.code == code), None)
