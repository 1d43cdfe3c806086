"""What stands on the weekly paper, in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Cell,
    Charts,
    Document,
    Emphasis,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
)
from civictracker.documents.parts import PaperOptions
from civictracker.documents.periodic import report_document, sections_of
from civictracker.domain.weeks import Grain
from civictracker.services.report_values import ReportFigures


def table(document: Document, name: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.name == name)


def texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in cells]


def test_sections_stand_in_the_chosen_order(gwanak: ReportFigures) -> None:
    document = report_document(gwanak, PaperOptions(sections=("notes", "summary")))
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["특이사항", "총괄"]
    with pytest.raises(KeyError):
        report_document(gwanak, PaperOptions(sections=("없음",)))


def test_decreases_bear_a_triangle_and_missing_a_dash(made) -> None:
    document = report_document(made([("갑", 9_805, 9_812), ("을", None, 500), ("병", 3, 0)]))
    rows = table(document, "채널별 현황").body
    assert texts(rows[0].cells)[1:6] == ["갑", "9,805", "9,812", "△7", "△0.1"]
    assert texts(rows[1].cells)[:5] == ["을", "-", "500", "-", "-"]
    assert texts(rows[2].cells)[:5] == ["병", "3", "0", "3", "-"]  # base 0: no rate


def test_the_total_says_how_many_channels_it_holds(gwanak: ReportFigures) -> None:
    last = table(report_document(gwanak), "채널별 현황").body[-1]
    assert last.emphasis is Emphasis.TOTAL
    assert last.cells[0].text == "합 계 (9/12개 채널)"
    assert last.cells[1].text.startswith("※")


def test_units_are_one_row_or_all(gwanak: ReportFigures) -> None:
    folded = table(report_document(gwanak), "채널별 현황")
    unfolded = table(report_document(gwanak, PaperOptions(unfold_units=True)), "채널별 현황")
    assert len(folded.body) == 7 + 1 + 1
    assert len(unfolded.body) == (7 + 1) + (5 + 1) + 1


def test_rows_of_the_table_add_up(gwanak: ReportFigures) -> None:
    body = table(report_document(gwanak, PaperOptions(unfold_units=True)), "채널별 현황").body
    plain = [row for row in body if row.emphasis is Emphasis.NONE]
    for back in (1, 2, 3, 5, 6, 7):  # from the right: all but the rate
        column = [row.cells[-back].value for row in plain]
        assert sum(value for value in column if value is not None) == body[-1].cells[-back].value


def test_the_slip_is_told_under_remarks_and_the_paper_ends(gwanak: ReportFigures) -> None:
    last = report_document(gwanak).blocks[-1]
    assert isinstance(last, Notes)
    assert "470명" in last.lines[-1][0]
    assert last.lines[-1][0].endswith("  끝.")
    after_table = report_document(gwanak, PaperOptions(sections=("plan",))).blocks[-1]
    assert after_table == Paragraph("끝.", level=0)


def test_an_empty_week_reads_sensibly(made) -> None:
    document = report_document(made([]))
    assert [b.text for b in document.blocks if isinstance(b, Heading)] == [
        "총괄", "채널별 현황", "금주 게시·발송 실적", "차주 계획", "추이", "특이사항",
    ]  # fmt: skip
    assert not any(isinstance(block, Table | Charts) for block in document.blocks)
    assert "해당 없음" in [block.text for block in document.blocks if isinstance(block, Paragraph)]
    figures = next(block for block in document.blocks if isinstance(block, KeyFigures))
    assert [item.text for item in figures.items] == ["-"] * 3


def test_approval_can_be_overridden_or_left_out(gwanak: ReportFigures) -> None:
    boxes = report_document(gwanak, PaperOptions(approval=("주무관", "과장"))).masthead.approval
    assert boxes is not None
    assert boxes.names == ("주무관", "과장")
    assert report_document(gwanak, PaperOptions(approval=())).masthead.approval is None
    delegated = report_document(
        replace(gwanak, head=replace(gwanak.head, delegated="팀장"))
    ).masthead.approval
    assert delegated is not None
    assert delegated.delegated == "팀장"


def test_every_number_in_the_tables_has_a_source(gwanak: ReportFigures) -> None:
    document = report_document(gwanak)
    for block in document.blocks:
        if isinstance(block, Table):
            cells = [cell for row in block.body for cell in row.cells if cell.value is not None]
            assert cells or block.name == "차주 계획"
            assert all(cell.source is not None for cell in cells)


def test_sections_are_six_and_an_index_for_those_who_have_one(gwanak: ReportFigures) -> None:
    assert sections_of(Grain.WEEK) == ("summary", "channels", "posts", "plan", "trend", "index", "notes")
    headings = [block for block in report_document(gwanak).blocks if isinstance(block, Heading)]
    assert len(headings) == 6


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("문의 010-1234-5678", "문의 010-****-5678"),
        ("01012345678로", "010-****-5678로"),
        ("900101-1234567", "900101-*******"),
        ("hong.gildong@korea.kr", "h***@korea.kr"),
        ("제312호 2026-11-20 39,415건", "제312호 2026-11-20 39,415건"),
        ("02-879-5114", "02-879-5114"),  # an office's own telephone is no personal data
    ],
)
def test_personal_data_is_masked(text: str, instead: str) -> None:
    assert masked(text) == instead


def test_notes_are_masked_on_paper(made) -> None:
    document = report_document(made([("갑", 1, 1)], note="담당 010-1234-5678"))
    last = document.blocks[-1]
    assert isinstance(last, Notes)
    assert last.lines[0][0].startswith("담당 010-****-5678")
