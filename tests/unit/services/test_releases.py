"""보도자료 that are kept: what they need, how a pasted text is parted, one undone without the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from civictracker.errors import InputError
from civictracker.services import opening, sample
from civictracker.services.context import Context
from civictracker.services.releases import (
    delete_release,
    find_release,
    list_releases,
    load_release,
    parted,
    save_release,
)

DAY = date(2026, 11, 20)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    opened = opening.open_data(tmp_path / "a.db", sample.sample_now, alone=False)
    yield opened.context
    opened.context.close()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("제목\n- 부제 -\n\n본문 하나.\n본문 둘.", ("제목", "부제", "본문 하나.\n본문 둘.")),
        ("제목\n\n- 첫째 줄은 부제가 아니다\n둘째", ("제목", "", "- 첫째 줄은 부제가 아니다\n둘째")),
        ("본문뿐인 글.", ("", "", "본문뿐인 글.")),
        ("가" * 101 + "\n둘째", ("", "", "가" * 101 + "\n둘째")),
        ("\n\n제목\n–\n본문", ("제목", "", "–\n본문")),
        ("", ("", "", "")),
    ],
)
def test_a_text_is_parted_into_title_subtitle_and_body(text: str, wanted: tuple[str, str, str]) -> None:
    assert parted(text) == wanted


def test_releases_are_kept_newest_first_changed_and_undone_one_by_one(context: Context) -> None:
    first = context.write(save_release, title="하나", body="글", day=DAY, time="9시").created
    second = context.write(save_release, title="둘", body="글", day=DAY, time="14:00").created
    assert [each.release.title for each in context.read(list_releases)] == ["둘", "하나"]
    assert context.read(load_release, release_id=first).time == "09:00"
    context.write(save_release, release_id=first, title="하나 고침", body="글 2", day=DAY)
    context.write(delete_release, release_id=second)
    assert [each.release.title for each in context.read(list_releases)] == ["하나 고침"]
    context.undo()
    assert context.read(find_release, text="둘").id == second
    context.undo()
    assert context.read(load_release, release_id=first).title == "하나"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " ", "body": "글"}, "제목"),
        ({"title": "가", "body": "\n "}, "본문"),
        ({"title": "가" * 201, "body": "글"}, "너무 깁니다"),
        ({"title": "가", "body": "글" * 20_001}, "너무 깁니다"),
        ({"title": "가", "body": "글", "time": "25시"}, "시각"),
    ],
)
def test_what_is_no_release_is_refused_with_a_sentence(
    context: Context, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        context.write(save_release, day=DAY, **values)
    assert context.read(list_releases) == []


def test_what_is_gone_is_said_to_be(context: Context) -> None:
    for act in (load_release, delete_release):
        with pytest.raises(InputError, match="지워졌"):
            context.write(act, release_id=7)
    with pytest.raises(InputError, match="없습니다"):
        context.read(find_release, text="없는 것")
