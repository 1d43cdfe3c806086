"""Whether a card-news post can be read by who does not see it: a checklist, never a block.

Sources: 장애인차별금지법 §21 (정보 접근), KWCAG 2.2 §5.1.1 (적절한 대체 텍스트 제공).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from civictracker.domain.texts import folded

# A name of the picture says that there is one, not what it says.
_EMPTY_WORDS = re.compile(
    r"^(이미지|그림|사진|카드|카드뉴스|포스터|썸네일|표지|배너|image|picture|photo)?\d*(번|장|쪽)?$"
)
SHORTEST = 5  # characters of an alternative that can say anything


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the list; ``places`` are the cards that fail it, from 1."""

    key: str
    text: str
    places: tuple[int, ...] = ()
    is_met: bool = True


def checklist(slides: Sequence[tuple[str, str]], *, body: str, link: str) -> list[Check]:
    """The checks of a post with ``slides`` (image, alternative text); none for a post without cards."""
    if not slides:
        return []
    texts = [alt.strip() for _, alt in slides]
    without = [at for at, text in enumerate(texts, 1) if not text]
    idle = [at for at, (image, alt) in enumerate(slides, 1) if alt.strip() and _says_nothing(image, alt)]
    again = [at for at, text in enumerate(texts, 1) if text and folded(text) in map(folded, texts[: at - 1])]
    return [
        _check("alt", "카드마다 대체텍스트가 있습니다", without),
        _check("words", "대체텍스트가 그림 속 글과 내용을 말합니다", idle),
        _check("same", "카드마다 다른 대체텍스트입니다", again),
        Check("text", "그림 밖(본문·블로그)에도 내용이 있습니다", is_met=bool(body.strip() or link.strip())),
    ]  # fmt: skip


def _check(key: str, text: str, places: list[int]) -> Check:
    return Check(key, text, tuple(places), not places)


def _says_nothing(image: str, alt: str) -> bool:
    """A file's name, 카드뉴스 1, or too short to say anything."""
    told = folded(alt)
    name = image.replace("\\", "/").rpartition("/")[2]
    is_name = told in {folded(name), folded(name.rpartition(".")[0])} - {""}
    return is_name or bool(_EMPTY_WORDS.match(told)) or len(told) < SHORTEST
