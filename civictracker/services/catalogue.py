"""Platforms and metrics as ``db/*.toml`` lists them, and the metrics an office has added."""

from __future__ import annotations

import tomllib
from functools import cache

from sqlmodel import Session, select

from civictracker import paths
from civictracker.domain.metrics import Kind, Metric, Platform
from civictracker.domain.texts import folded
from civictracker.store.tables import MetricRow


@cache
def platforms() -> dict[str, Platform]:
    with (paths.schema() / "platforms.toml").open("rb") as file:
        blocks = tomllib.load(file)["platform"]
    return {
        block["code"]: Platform(
            block["code"], block["name"], block["level"], tuple(block["metrics"]),
            tuple(block["hosts"]), tuple(block["aliases"]),
        )
        for block in blocks
    }  # fmt: skip


@cache
def metrics() -> dict[str, Metric]:
    """By code, in the catalogue's order."""
    with (paths.schema() / "metrics.toml").open("rb") as file:
        blocks = tomllib.load(file)["metric"]
    made = [
        Metric(
            id=block["id"], code=block["code"], name=block["name"], kind=Kind(block["kind"]),
            unit=block["unit"], decimals=block.get("decimals", 0),
            numerator=block.get("numerator"), denominator=block.get("denominator"),
            anchor=block.get("anchor"), aliases=tuple(block.get("aliases", ())),
        )
        for block in blocks
    ]  # fmt: skip
    return {metric.code: metric for metric in made}


def metric(code: str) -> Metric:
    return metrics()[code]


@cache
def _metric_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for each in metrics().values():
        for name in (each.code, each.name, *each.aliases):
            names.setdefault(folded(name), each.code)
    return names


def metric_named(name: str) -> Metric | None:
    """The catalogue's metric that a sheet's header names, or None."""
    code = _metric_names().get(folded(name))
    return metrics()[code] if code else None


@cache
def _platform_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for each in platforms().values():
        for name in (each.name, each.code, *each.aliases):
            names.setdefault(folded(name), each.code)
    return names


def platform_named(name: str) -> Platform | None:
    code = _platform_names().get(folded(name))
    return platforms()[code] if code else None


def is_seeded(session: Session) -> bool:
    """Does the file know every metric of the catalogue?"""
    known = set(session.exec(select(MetricRow.code)))
    return all(metric.code in known for metric in metrics().values())


def seed_metrics(session: Session) -> None:
    """Bring the table up to the catalogue; what the office added stays."""
    known = {row.code: row for row in session.exec(select(MetricRow))}
    for each in metrics().values():
        row = known.get(each.code)
        if row is None:
            session.add(
                MetricRow(
                    id=each.id, code=each.code, name=each.name, kind=each.kind.value,
                    unit=each.unit, decimals=each.decimals, numerator=each.numerator,
                    denominator=each.denominator, anchor=each.anchor,
                )
            )  # fmt: skip
        elif (row.name, row.kind, row.unit) != (each.name, each.kind.value, each.unit):
            row.name, row.kind, row.unit = each.name, each.kind.value, each.unit
