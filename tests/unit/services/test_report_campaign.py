"""캠페인 결과의 값: before, during and a year ago, summed over what has both ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from civictracker.documents.model import Paragraph, Table
from civictracker.documents.papers import Ask, make_document, paper_named
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import campaigns, figures, opening, sample, settings
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit
from civictracker.services.report_campaign import campaign_figures

NOW = sample.sample_now()
FIRST = Period.week(date(2026, 10, 5))  # the campaign's; it runs for two weeks


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Two channels of the campaign, one of which has no figure before it, and one that it did not touch."""
    opened = opening.open_data(tmp_path / "a.db", sample.sample_now, alone=False)
    made = opened.context
    made.write(settings.save_office, name="가나군청", department="홍보실")
    ids = [made.write(save_channel, platform="kakao", name=name).created for name in ("가", "나", "다")]
    levels = {
        ids[0]: {-3: 1_000, -1: 1_100, 1: 1_400, -55: 500, -53: 500, -51: 490},
        ids[1]: {1: 700},
        ids[2]: {-1: 1_000, 1: 1_010},
    }
    edits = [ValueEdit("followers", channel, FIRST.shift(step), value)
             for channel, weeks in levels.items() for step, value in weeks.items()]  # fmt: skip
    made.write(figures.write_values, edits=edits, label="")
    made.write(
        campaigns.save_campaign, name="가을 축제", starts=FIRST.start, ends=FIRST.shift(1).end,
        channel_ids=ids[:2],
    )  # fmt: skip
    yield made
    made.close()


def test_a_sum_counts_only_channels_with_both_ends(context: Context) -> None:
    found = context.read(campaign_figures, now=NOW)
    first, second = found.lines
    assert (first.during.first.value, first.during.last.value, first.during.change.value) == (
        1_100,
        1_400,
        300,
    )
    assert first.before.change.value == 100
    assert first.year_ago.change.value == -10
    assert (second.during.last.value, second.during.change.value) == (700, None)
    assert (found.total.during.first.value, found.total.during.change.value) == (1_100, 300)
    assert (found.total.compared, found.total.during.rate.value) == (1, Decimal("27.3"))
    assert (found.others.value, found.n_others) == (Decimal("1.0"), 1)


def test_the_paper_says_so_and_no_more(context: Context) -> None:
    paper = paper_named("campaign")
    document = make_document(context, paper, Ask(Period.day(NOW.date()), NOW))
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert lines[:3] == [
        "친구·구독자 1,100명에서 1,400명(1/2개 채널)으로 300명(27.3%) 증가",
        "앞선 같은 기간(100명 증가)보다 200명 많음",
        "전년 동기에는 10명 감소",
    ]
    table = next(each for each in document.blocks if isinstance(each, Table) and each.name == "채널별 비교")
    assert [cell.text for cell in table.body[1].cells] == ["나", "-", "700", "-", "-", "-", "-", "-", "-"]
    assert [cell.text for cell in table.body[0].cells][-2:] == ["△10", "△2.0"]
    assert not any(isinstance(each, Table) and each.name == "관련 실적" for each in document.blocks)


def test_figures_from_outside_stand_with_the_one_before_them(context: Context) -> None:
    for year, value in ((2025, "12.5"), (2026, "25.0")):
        context.write(
            campaigns.save_outside, campaign_id=1, name="수입", unit="백만원", period=Period.year(year),
            value=Decimal(value),
        )  # fmt: skip
    document = make_document(
        context, paper_named("campaign"), Ask(Period.day(NOW.date()), NOW, campaign_id=1)
    )
    table = next(each for each in document.blocks if isinstance(each, Table) and each.name == "관련 실적")
    assert [[cell.text for cell in row.cells] for row in table.body] == [
        ["수입", "2025년", "백만원", "12.5", "-", "-"], ["2026년", "백만원", "25.0", "12.5", "100.0"],
    ]  # fmt: skip
    assert "수입 2026년 25.0백만원, 2025년 대비 100.0% 증가" in str(document.blocks)


def test_a_running_campaign_ends_today_and_says_so(context: Context) -> None:
    key = context.write(campaigns.save_campaign, name="겨울맞이", starts=date(2026, 11, 16)).created
    found = context.read(campaign_figures, now=NOW, campaign_id=key)
    assert found.days == "2026. 11. 16.(월) ~ 진행 중"
    document = make_document(
        context, paper_named("campaign"), Ask(Period.day(NOW.date()), NOW, campaign_id=key)
    )
    assert document.masthead.subtitle == "겨울맞이 · 진행 중"


def test_what_is_gone_is_said_to_be(context: Context) -> None:
    with pytest.raises(InputError, match="지워졌"):
        context.read(campaign_figures, now=NOW, campaign_id=99)
    with pytest.raises(InputError, match="없습니다"):
        context.read(campaigns.find_campaign, text="없는 것")
    assert context.read(campaigns.find_campaign, text="축제") == 1
