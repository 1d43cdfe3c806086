"""A channel's name as a sheet writes it, without what is no part of it: ① 카카오톡, 📝 블로그, 유튜브 https://…"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from civictracker.domain.texts import clean, without_footnote

_LEAST = 3  # codes that tell
_CODE = re.compile(r"\s*[(\[]\d{5,10}[)\]]$")  # the register's number: 조치원읍(3611025000)
_ADDRESS = re.compile(
    r"\s*[(\[<]?\s*(?:https?://|www\.)\S+?\s*(?:[)\]>]|(?=\s|$))|\s*[(\[<]\s*[\w\-]+(?:\.[\w\-]+)+(?:/\S*)?\s*[)\]>]",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^(?:[①-⑳㉠-㉭⓵-⓾❶-❿]\s*|\(?\d{1,2}[.)]\s*(?=[^\d\s])|[가나다라마바사아자차카타파하][.)]\s*(?=\S))"
)
_BULLET = re.compile(r"^(?:[■□▣▩▶►◆◇●◎▷○◦•·∙▪▫☞✔✓❍ㅇ\-]\s+|[■□▣▩▶►◆◇●◎▷▪▫☞❍]\s*)(?=\S)")


@lru_cache(maxsize=65_536)
def bare_name(text: str) -> str:
    """The name alone; the text as it is where nothing else would be left."""
    plain = without_footnote(_CODE.sub("", clean(text)))
    if plain.isascii() and plain.replace(" ", "").isalnum():
        return plain
    told = _ADDRESS.sub("", plain)
    told = "".join(char for char in told if not _is_picture(char))
    told = _BULLET.sub("", _ORDER.sub("", told.strip())).strip().rstrip(" ■□▣▩◆◇●◎")
    return told or plain


def _is_picture(char: str) -> bool:
    """Emoji and the marks that join them."""
    code = ord(char)
    is_symbol = 0x2600 <= code < 0x27C0 and unicodedata.category(char) == "So"
    return code >= 0x1F000 or is_symbol or code in {0x200D, 0xFE0E, 0xFE0F, 0x20E3} or char in "⭐⬆⬇"


# No years or days (2024 구독자), no counted things (119 건).
_CODED = re.compile(
    r"((?!(?:19|20)\d\d(?:\d\d){0,2} )\d{3,10}) (?=\S)"
    r"(?!(?:월|일|주|주차|년|시|시간|분|세|세대|대|회|명|건|개|위|차|호|점|원|%)(?:[\s(\[~\-]|$)|[~\-])"
)


_MANY = 5
_REGION = re.compile(
    r"\d\d (?=(?:계|합계|전국|[가-힣]+(?:시|도|군|구))$)"
)  # 00 계, 11 서울특별시, 21 부산광역시


def without_codes(texts: Sequence[str]) -> list[str]:
    """11010 종로구, 11020 중구 …: without codes of one length before all names, as KOSIS exports them."""
    told = [text for text in texts if text]
    if len(set(told)) >= _MANY and all(map(_REGION.match, told)):
        return [_REGION.sub("", text, count=1) for text in texts]
    codes = [found[1] for text in told if (found := _CODED.match(text))]
    is_coded = len(codes) == len(told) and len(set(told)) >= _LEAST
    if not is_coded or len({len(code) for code in codes}) != 1 or len(set(codes)) != len(set(told)):
        return list(texts)
    return [_CODED.sub("", text, count=1) for text in texts]
