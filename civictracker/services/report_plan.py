"""게시 계획의 값 under the office's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from civictracker.domain.weeks import Period
from civictracker.services.post_export import Plan, plan_values
from civictracker.services.report_head import load_head
from civictracker.services.report_values import Head


@dataclass(frozen=True, slots=True)
class PlanFigures:
    head: Head
    plan: Plan


def plan_figures(session: Session, *, period: Period, now: datetime) -> PlanFigures:
    plan = plan_values(session, start=period.start, end=period.end, written=now.date())
    return PlanFigures(load_head(session, now=now), plan)
