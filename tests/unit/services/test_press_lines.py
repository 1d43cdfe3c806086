"""Sentences made from the data: the program's own check finds nothing wrong in them."""

from __future__ import annotations

from civictracker.domain.claims import Verdict
from civictracker.domain.weeks import Period
from civictracker.services.context import Context
from civictracker.services.press import verify_text
from civictracker.services.press_lines import press_lines
from tests.conftest import NOW


def test_every_sentence_stands_up_to_the_check(sample_context: Context) -> None:
    lines = sample_context.read(press_lines, week=Period.week(NOW.date()))
    assert {"증가율", "배", "돌파", "일째"} <= {each.kind for each in lines}
    for each in lines:
        claims = sample_context.read(verify_text, text=each.text, today=NOW.date())
        assert [claim.quote for claim in claims if claim.verdict is Verdict.WRONG] == [], each.text
        assert any(claim.verdict is Verdict.RIGHT for claim in claims), each.text
        assert each.sources
        assert each.channel_ids


def test_no_figures_no_sentences(office: Context) -> None:
    assert office.read(press_lines, week=Period.week(NOW.date())) == []
