"""Every paper the program makes. A new one is a module that builds it and one line in PAPERS.

A paper is read (``load``, a query of the services) and built (``build``, figures and options to a
document). What it is of comes in an :class:`Ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from civictracker.documents.audit import audit_document
from civictracker.documents.campaign import campaign_document
from civictracker.documents.channel_sheet import channel_document
from civictracker.documents.handover import handover_document
from civictracker.documents.model import Document
from civictracker.documents.parts import USUAL, PaperOptions
from civictracker.documents.periodic import report_document
from civictracker.documents.plan import plan_paper
from civictracker.documents.press import press_document
from civictracker.documents.round import round_document
from civictracker.domain.drafts import Settings
from civictracker.domain.weeks import Grain, Period
from civictracker.errors import InputError
from civictracker.services.context import Context
from civictracker.services.paper_forms import list_forms, load_notes
from civictracker.services.report_campaign import campaign_figures
from civictracker.services.report_channel import channel_figures
from civictracker.services.report_handover import handover_figures
from civictracker.services.report_periods import period_figures
from civictracker.services.report_plan import plan_figures
from civictracker.services.report_press import press_figures
from civictracker.services.report_round import round_figures
from civictracker.services.report_years import years_figures
from civictracker.services.reports import weekly_figures

INDEX = "index"  # a section that only offices with an index have


@dataclass(frozen=True, slots=True)
class Ask:
    """What a paper is wanted of; ``now`` is its day of writing. ``text`` is a 보도자료 that is not kept."""

    period: Period
    now: datetime
    channel_id: int | None = None
    round_id: int | None = None
    campaign_id: int | None = None
    release_id: int | None = None
    text: str = ""

    def about(self, paper: Paper, thing: int | None) -> Ask:
        """Of a certain channel, round …, as ``paper`` wants one."""
        match paper.of:
            case "channel":
                return replace(self, channel_id=thing)
            case "round":
                return replace(self, round_id=thing)
            case "campaign":
                return replace(self, campaign_id=thing)
            case "release":
                return replace(self, release_id=thing)
            case _:
                return self

    @property
    def key(self) -> str:
        """By what remarks are kept: a period, and what else the paper is of."""
        more = (("channel", self.channel_id), ("round", self.round_id), ("campaign", self.campaign_id),
                ("release", self.release_id))  # fmt: skip
        of = [f"{name}={each}" for name, each in more if each is not None]
        lasting = self.campaign_id or self.release_id  # these are not of the day on which they are looked at
        return "/".join(of if lasting else [self.period.code, *of])


@dataclass(frozen=True, slots=True)
class Paper:
    """``sections`` names them in their usual order; ``signed`` papers carry 결재란 unless told otherwise.

    ``of`` is what has to be chosen besides the period, or nothing: ``channel``, ``round``, ``campaign``,
    ``release`` (all but a channel have their own period). ``unfolds`` can
    list every 읍면동. A ``slow`` one reads years of every channel: the window reads it aside.
    """

    id: str
    name: str
    grain: Grain
    sections: Mapping[str, str]
    read: Callable[[Context, Ask], Any]
    build: Callable[[Any, PaperOptions], Document]
    of: str = ""
    signed: bool = True
    unfolds: bool = False
    slow: bool = False

    def offered(self, settings: Settings) -> dict[str, str]:
        """The sections that an office can choose from."""
        return {key: name for key, name in self.sections.items() if settings.has_index or key != INDEX}

    @property
    def repeats(self) -> bool:
        """There is one for each span of its grain; 행정사무감사 is of several years itself."""
        return not self.of and self.grain is not Grain.DAY and self.id != "audit"

    @property
    def has_own_period(self) -> bool:
        """Its period is not asked for: that of what it is of, or the day on which it is written."""
        return self.grain is Grain.DAY or self.of == "round"


def _channel(context: Context, ask: Ask) -> Any:
    if ask.channel_id is None:
        raise InputError("채널을 골라 주세요.")
    return context.read(channel_figures, channel_id=ask.channel_id, period=ask.period, now=ask.now)


def _period(context: Context, ask: Ask) -> Any:
    return context.read(period_figures, period=ask.period, now=ask.now)


def _regular(this: str, next_: str, steps: str = "") -> dict[str, str]:
    """The names of a regular report's sections."""
    return {
        "summary": "총괄", "channels": "채널별 현황", **({"steps": steps} if steps else {}),
        "posts": f"{this} 게시·발송 실적", **({"plan": f"{next_} 계획"} if next_ else {}), "trend": "추이",
        INDEX: "종합 지수", "notes": "특이사항",
    }  # fmt: skip


PAPERS = (
    Paper("weekly", "주간 보고", Grain.WEEK, _regular("금주", "차주"),
          lambda context, ask: context.read(weekly_figures, week=ask.period, now=ask.now),
          report_document, unfolds=True),
    Paper("monthly", "월간 보고", Grain.MONTH, _regular("금월", "익월", "주별 실적"), _period,
          report_document, unfolds=True, slow=True),
    Paper("quarterly", "분기 보고", Grain.QUARTER, _regular("금분기", "", "월별 실적"), _period,
          report_document, unfolds=True, slow=True),
    Paper("yearly", "연간 보고", Grain.YEAR, _regular("금년", "", "월별 실적"), _period,
          report_document, unfolds=True, slow=True),
    Paper("channel", "채널 현황표", Grain.MONTH,
          {"facts": "채널 정보", "months": "월별 실적", "trend": "추이", "posts": "발송 실적",
           "goals": "목표", "notes": "특이사항"},
          _channel, channel_document, of="channel", signed=False),
    Paper("plan", "주간 게시 계획", Grain.WEEK,
          {"plan": "게시 계획", "results": "발송 결과", "notes": "특이사항"},
          lambda context, ask: context.read(plan_figures, period=ask.period, now=ask.now), plan_paper),
    Paper("plan-month", "월간 게시 계획", Grain.MONTH,
          {"plan": "게시 계획", "results": "발송 결과", "notes": "특이사항"},
          lambda context, ask: context.read(plan_figures, period=ask.period, now=ask.now), plan_paper),
    Paper("round", "취합 결과", Grain.WEEK,
          {"summary": "총괄", "values": "기관별 수치", "status": "회신 현황", "oddities": "확인할 것",
           "notes": "특이사항"},
          lambda context, ask: context.read(round_figures, now=ask.now, round_id=ask.round_id),
          round_document, of="round"),
    Paper("campaign", "캠페인 결과", Grain.DAY,
          {"facts": "개요", "summary": "성과", "channels": "채널별 비교", "outside": "관련 실적",
           "trend": "추이", "posts": "게시·발송", "notes": "유의 사항"},
          lambda context, ask: context.read(campaign_figures, now=ask.now, campaign_id=ask.campaign_id),
          campaign_document, of="campaign"),
    Paper("press", "보도자료", Grain.DAY,
          {"facts": "배포 정보", "body": "제목과 본문", "notes": "참고"},
          lambda context, ask: context.read(
              press_figures, now=ask.now, release_id=ask.release_id, text=ask.text),
          press_document, of="release", signed=False),
    Paper("audit", "행정사무감사 자료", Grain.YEAR,
          {"friends": "연도별 친구·구독자", "posts": "연도별 게시물", "views": "연도별 조회·열람",
           "sends": "연도별 메시지 발송", "inquiries": "연도별 문의 처리", "awards": "수상",
           "notes": "특이사항"},
          lambda context, ask: context.read(years_figures, year=ask.period.start.year, now=ask.now),
          audit_document, signed=False, slow=True),
    Paper("handover", "업무 인수인계서", Grain.DAY,
          {"channels": "담당 채널", "routine": "담당 업무", "coming": "주요 업무 계획", "goals": "목표",
           "todo": "주요 미결 사항", "state": "관련 자료", "notes": "그 밖의 참고 사항",
           "signatures": "서명"},
          lambda context, ask: context.read(handover_figures, now=ask.now), handover_document,
          signed=False, slow=True),
)  # fmt: skip


def paper_named(name: str) -> Paper:
    """By id. Raises KeyError."""
    return {paper.id: paper for paper in PAPERS}[name]


def make_document(context: Context, paper: Paper, ask: Ask, options: PaperOptions = USUAL) -> Document:
    """Read and build in one go, with the remarks that are kept. Raises InputError."""
    return paper.build(paper.read(context, ask), with_notes(context, paper, ask, options))


def with_notes(context: Context, paper: Paper, ask: Ask, options: PaperOptions) -> PaperOptions:
    """``options`` with the remarks that are kept for what is asked, and no 결재란 where none is usual."""
    if not paper.signed and options.approval is None:
        options = replace(options, approval=())
    return replace(options, notes=context.read(load_notes, paper=paper.id, key=ask.key))


def with_form(context: Context, paper: Paper, name: str) -> PaperOptions:
    """The options of the office's form ``name``; the usual ones for an empty name. Raises InputError."""
    if not name:
        return USUAL
    forms = context.read(list_forms, paper=paper.id)
    form = next((each for each in forms if each.name == name), None)
    if form is None:
        known = ", ".join(each.name for each in forms)
        raise InputError(f"‘{name}’이라는 서식이 없습니다.", f"있는 서식: {known}." if known else "")
    return PaperOptions(
        sections=form.sections, approval=form.approval, delegated=form.delegated or None,
        unfold_units=form.unfold, title=form.title,
    )  # fmt: skip
