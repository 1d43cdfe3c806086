"""What is in the bundle, as CycloneDX 1.5 and as a page of licences, from the packages' own words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email import message_from_string
from pathlib import Path

NAMES = ("licen", "copying", "notice", "authors", "copyright")


@dataclass(frozen=True, slots=True)
class Part:
    """``sha256`` is of the download that the part came from; ``texts`` are its licence files."""

    name: str
    version: str
    licence: str
    sha256: str = ""
    texts: tuple[tuple[str, bytes], ...] = field(default=())
    kind: str = "library"


def part_of(info: Path, sha256: str) -> Part:
    """From an unpacked ``*.dist-info`` folder."""
    told = message_from_string((info / "METADATA").read_text(encoding="utf-8"))
    licence = (
        told["License-Expression"] or _classified(told.get_all("Classifier") or []) or told["License"] or ""
    )
    texts = tuple(
        (path.relative_to(info).as_posix().replace("/", "-"), path.read_bytes())
        for path in sorted(info.rglob("*"))
        if path.is_file() and any(name in path.name.lower() for name in NAMES)
    )
    return Part(told["Name"], told["Version"], licence.splitlines()[0][:80] if licence else "", sha256, texts)


def _classified(classifiers: list[str]) -> str:
    ends = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")]
    return ", ".join(end for end in ends if end != "OSI Approved")


def sbom(parts: list[Part], version: str) -> str:
    """CycloneDX as JSON; no serial number and no time, so that the same parts give the same text."""
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": "civictracker", "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [_component(part) for part in sorted(parts, key=lambda part: part.name.lower())],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _component(part: Part) -> dict[str, object]:
    made: dict[str, object] = {"type": part.kind, "name": part.name, "version": part.version}
    if part.kind == "library":
        made["purl"] = f"pkg:pypi/{part.name.lower().replace('_', '-')}@{part.version}"
    if part.licence:
        made["licenses"] = [{"license": {"name": part.licence}}]
    if part.sha256:
        made["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    return made


def licence_page(parts: list[Part]) -> str:
    """One line a part, and where its full text lies."""
    lines = ["함께 든 것과 그 사용 허가", ""]
    for part in sorted(parts, key=lambda part: part.name.lower()):
        lines.append(f"{part.name} {part.version}: {part.licence or '본문 참조'}")
        lines += [f"    {part.name}/{name}" for name, _ in part.texts]
    return "\n".join(lines) + "\n"


def write_licences(parts: list[Part], folder: Path) -> None:
    for part in parts:
        for name, content in part.texts:
            target = folder / part.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    (folder / "목록.txt").write_text(licence_page(parts), encoding="utf-8-sig", newline="\r\n")
