"""주간 보고서 by the names that it has had from the start."""

from __future__ import annotations

from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document, sections_of
from civictracker.domain.weeks import Grain

SECTIONS = sections_of(Grain.WEEK)
WeeklyOptions = PaperOptions
weekly_document = report_document
