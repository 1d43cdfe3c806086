"""What the papers say, as the civil servant who signs them would say it."""

from __future__ import annotations

import pytest

from civictracker.documents.model import Heading, KeyFigures, Paragraph, Signatures, Table
from civictracker.documents.round import terse
from civictracker.services.context import Context
from tests.unit.documents.offices import document_of


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("친구 수: 숫자에 알 수 없는 글자가 붙어 있습니다. (‘약 2천’)", "친구 수: 숫자에 알 수 없는 글자가 붙어 있음(‘약 2천’)"),
        ("파일 2개의 값이 서로 다릅니다. 쓸 파일을 골라 주세요.", "파일 2개의 값이 서로 다름"),
        ("‘가’은(는) 이 서식의 채널이 아닙니다.", "‘가’은(는) 이 서식의 채널이 아님"),
        ("합계 칸이 12인데 더하면 13입니다.", "합계 칸이 12인데 더하면 13임"),
        ("빈 칸 1개: I12", "빈 칸 1개: I12"),
    ],
)  # fmt: skip
def test_what_the_window_says_politely_stands_on_paper_in_short_sentences(said: str, printed: str) -> None:
    assert terse(said) == printed


def test_no_paper_talks_like_the_window(gwanak_data: Context) -> None:
    for name in ("weekly", "monthly", "yearly", "round", "audit", "handover", "campaign", "channel", "plan"):
        document = document_of(gwanak_data, name)
        words = [block.text for block in document.blocks if isinstance(block, Paragraph)]
        words += [cell.text for block in document.blocks if isinstance(block, Table)
                  for row in block.body for cell in row.cells]  # fmt: skip
        assert [text for text in words if "니다" in text or "세요" in text] == [], name


def test_a_years_report_does_not_say_its_posts_twice(gwanak_data: Context) -> None:
    document = document_of(gwanak_data, "yearly")
    words = str(document.blocks)
    assert "누계" not in "".join(
        cell.text for block in document.blocks if isinstance(block, Table)
        for row in (*block.head, *block.body) for cell in row.cells
    )  # fmt: skip
    assert "누계" not in " ".join(each.text for each in document.blocks if isinstance(each, Paragraph))
    assert "게시물 누계" not in words
    assert "누계" in str(document_of(gwanak_data, "monthly").blocks)


def test_a_span_that_still_runs_is_told_up_to_its_day(gwanak_data: Context) -> None:
    assert document_of(gwanak_data, "yearly").masthead.subtitle == "2026년 (2026. 1. 1. ~ 2026. 11. 20. 현재)"


def test_the_handover_keeps_the_order_of_the_official_form(gwanak_data: Context) -> None:
    """업무인계·인수서: 담당 업무, 업무 계획, 미결 사항, 관련 자료, 그 밖의 참고 사항, then who signs."""
    document = document_of(gwanak_data, "handover")
    names = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert names == [
        "담당 채널", "담당 업무", "주요 업무 계획", "목표", "주요 미결 사항", "관련 자료", "그 밖의 참고 사항",
    ]  # fmt: skip
    assert isinstance(document.blocks[-1], Signatures)
    assert [each.role for each in document.blocks[-1].items] == ["인계자", "인수자", "입회자"]


def test_a_rounds_figures_say_of_what_they_are(gwanak_data: Context) -> None:
    figures = next(b for b in document_of(gwanak_data, "round").blocks if isinstance(b, KeyFigures))
    assert [item.name for item in figures.items] == ["회신", "채운 칸", "늦은 회신", "확인 필요"]
    assert all(item.text[-1] in "관칸" for item in figures.items)


def test_an_audits_table_tells_its_units_and_what_it_rests_on(gwanak_data: Context) -> None:
    document = document_of(gwanak_data, "audit")
    sends = next(b for b in document.blocks if isinstance(b, Heading) and b.text == "연도별 메시지 발송")
    assert sends.unit in {"(단위: 회, 건, 원)", ""}
    assert "채널일지에 기록한 것임, 2026년은 2026. 11. 20. 현재임" in str(document.blocks[-1])
