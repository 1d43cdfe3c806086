"""What the columns of a plan of posts and of its results are called: 게시일, 시각, 매체, 제목, 담당자 …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from civictracker.domain.texts import folded

SKIP = "skip"
DAY, SUBJECT = "day", "subject"
KINDS = (
    "day", "weekday", "time", "subject", "channels", "audience", "owner", "kind", "status", "body", "link",
    "note", "sent", "opened", "clicked", "blocked", "shared", "cost_won",
)  # fmt: skip


def _set(words: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in words.split())


# The likeliest first: of 제목 and 내용 side by side the second is the text of the post.
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("day", _set(
        "게시일 게시일자 게시날짜 게시예정일 발송일 발송일자 발송예정일 예정일 예정일자 업로드일 "
        "송출일 홍보일 게재일 날짜 일자 일시 게시일시 발송일시 월일 date day 일")),
    ("weekday", _set("요일")),
    ("time", _set("시각 시간 게시시간 게시시각 발송시간 발송시각 예정시간 업로드시간 time")),
    ("subject", _set(
        "제목 게시제목 게시물제목 콘텐츠제목 콘텐츠명 게시물명 카드뉴스명 건명 타이틀 메시지제목 주제 "
        "소재 아이템 게시물 콘텐츠 메시지 게시내용 발송내용 홍보내용 주요내용 내용 title subject")),
    ("body", _set("본문 내용 세부내용 상세내용 주요내용 게시내용 발송내용 text body")),
    ("channels", _set(
        "채널 채널명 매체 매체명 홍보매체 게시매체 플랫폼 게시채널 발송채널 게시처 sns channel "
        "platform")),
    ("audience", _set("대상 발송대상 수신대상 홍보대상 타겟 타깃 target audience")),
    ("owner", _set("담당 담당자 작성자 담당부서 주관부서 요청부서 소관부서 부서 owner")),
    ("kind", _set("종류 게시종류 성격 메시지종류 구분 유형")),
    ("status", _set("상태 진행 진행상태 진행상황 게시여부 발송여부 status")),
    ("link", _set("링크 주소 url 블로그주소 게시주소 link")),
    ("note", _set("비고 메모 참고 특이사항 note remark")),
    ("sent", _set("발송 발송수 발송건수 발송인원 전송 전송수 sent")),
    ("opened", _set("열람 열람수 열람건수 읽음 읽은수 확인수 open opened")),
    ("clicked", _set("클릭 클릭수 링크클릭 링크클릭수 click clicks")),
    ("blocked", _set("차단 차단수 block")),
    ("shared", _set("공유 공유수 share")),
    ("cost_won", _set("비용 발송비용 비용원 소요비용 발송비 cost")),
)  # fmt: skip
_PAREN = re.compile(r"[(（\[].*?[)）\]]")


def heads_of(columns: Sequence[Sequence[str]]) -> dict[str, int]:
    """What each column holds, told by its header from top to bottom: kind → place. Each is used once."""
    names: dict[str, list[int]] = {}
    for at, header in enumerate(columns):
        for text in _spellings(header):
            names.setdefault(text, []).append(at)
    found: dict[str, int] = {}
    for kind, known in _NAMES:
        free = (at for name in known for at in names.get(name, ()) if at not in found.values())
        place = next(free, None)
        if place is not None:
            found[kind] = place
    return found


def _spellings(header: Sequence[str]) -> set[str]:
    told = [text for text in header if text]
    texts = {*told[-1:], " ".join(told)}
    return {folded(each) for text in texts for each in (text, _PAREN.sub("", text)) if each.strip()}


def is_plan(heads: dict[str, int]) -> bool:
    """A day and a subject make a post."""
    return DAY in heads and SUBJECT in heads
