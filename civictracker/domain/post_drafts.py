"""A post and a series as a person may hand them in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from civictracker.domain.drafts import Draft, Line, Lines, is_web_address
from civictracker.domain.holidays import Policy
from civictracker.domain.posting import Kind, Status, parse_time
from civictracker.domain.recurrence import check_rule, parse_rule
from civictracker.errors import UserError

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)


def _time(text: str) -> str:
    try:
        return parse_time(text)
    except UserError as error:
        raise ValueError(error.text) from error


Time = Annotated[str, AfterValidator(_time)]


class SlideDraft(Draft):
    """A card: the path of its picture, and what the picture says."""

    image: Line = ""
    alt_text: Lines = ""


class PostDraft(Draft):
    planned: date
    time: Time = ""
    subject: Line
    body: Annotated[str, Field(max_length=20_000)] = ""
    audience: Line = ""
    kind: Kind = Kind.NORMAL
    status: Status = Status.SCHEDULED
    link: Line = ""
    owner: Line = ""
    note: Lines = ""
    channels: tuple[int, ...] = ()
    slides: tuple[SlideDraft, ...] = Field(default=(), max_length=100)
    attachments: tuple[Line, ...] = ()
    happened: datetime | None = None
    sent_at: datetime | None = None

    @model_validator(mode="after")
    def _sound(self) -> PostDraft:
        if not self.subject:
            raise ValueError("제목을 적어 주세요.")
        if not FIRST_DAY <= self.planned <= LAST_DAY:
            raise ValueError("날짜를 확인해 주세요.")
        if self.link and not is_web_address(self.link):
            raise ValueError("블로그 주소는 https:// 로 시작해야 합니다.")
        if self.happened and self.sent_at and self.sent_at < self.happened:
            raise ValueError("보낸 때가 일이 생긴 때보다 앞섭니다.")
        return self


class SeriesDraft(Draft):
    """``title`` is the template of subjects; ``rule`` an RRULE without DTSTART."""

    name: Line
    title: Line
    rule: Annotated[str, Field(max_length=300)]
    starts: date
    time: Time = ""
    policy: Policy = Policy.BACK
    audience: Line = ""
    kind: Kind = Kind.NORMAL
    status: Status = Status.SCHEDULED
    channels: tuple[int, ...] = ()
    first_number: Annotated[int, Field(ge=0, le=100_000)] = 1
    note: Lines = ""

    @model_validator(mode="after")
    def _sound(self) -> SeriesDraft:
        if not self.name:
            raise ValueError("반복 일정의 이름을 적어 주세요.")
        if not FIRST_DAY <= self.starts <= LAST_DAY:
            raise ValueError("시작하는 날을 확인해 주세요.")
        try:
            check_rule(parse_rule(self.rule), self.starts)
        except UserError as error:
            raise ValueError(error.text) from error
        return self
