"""What a person may hand in, validated before it becomes a row. Messages are for the form's field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from civictracker.domain.composite import DEFAULT_WEIGHTS
from civictracker.domain.texts import clean, clean_lines
from civictracker.domain.topics import SHIPPED, topics_of
from civictracker.domain.weeks import FRIDAY, WeekNaming, WeekRule
from civictracker.errors import InputError

Line = Annotated[str, AfterValidator(clean), Field(max_length=200)]
Lines = Annotated[str, AfterValidator(clean_lines), Field(max_length=4000)]


class Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=4000)


def sentence(error: ValidationError) -> str:
    """The first complaint as one Korean sentence."""
    first = error.errors()[0]
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    where = _FIELDS.get(str(first["loc"][-1]) if first["loc"] else "", "입력값")
    if first["type"] in {"string_too_long", "too_long"}:
        return f"{where}이(가) 너무 깁니다."
    return f"{where}을(를) 확인해 주세요."


_FIELDS = {"name": "이름", "url": "주소", "handle": "계정", "opened": "개설일", "closed": "종료일"}


class OfficeDraft(Draft):
    name: Line
    department: Line = ""

    @model_validator(mode="after")
    def _named(self) -> OfficeDraft:
        if not self.name:
            raise ValueError("기관 이름을 적어 주세요.")
        return self


class ChannelDraft(Draft):
    """A channel: ``unit_name`` is the 읍면동 that runs it (empty: the office itself)."""

    platform: str
    name: Line
    unit_name: Line = ""
    handle: Line = ""
    url: Line = ""
    owner: Line = ""
    opened: date | None = None
    closed: date | None = None
    parent_id: int | None = None
    note: Lines = ""

    @model_validator(mode="after")
    def _sound(self) -> ChannelDraft:
        if not self.name:
            raise ValueError("채널 이름을 적어 주세요.")
        if self.opened and self.closed and self.closed < self.opened:
            raise ValueError("종료일이 개설일보다 앞섭니다.")
        if self.url and not is_web_address(self.url):
            raise ValueError("주소는 https:// 로 시작해야 합니다.")
        return self


def is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


class Settings(Draft):
    """The office's choices, kept with its data."""

    week_rule: WeekRule = WeekRule.THURSDAY
    base_weekday: int = Field(default=FRIDAY, ge=0, le=6)
    approval: tuple[Line, ...] = ("담당", "팀장", "과장")
    delegated: Line = ""  # 전결: the box that signs for those above
    writer: Line = ""
    report_title: Line = "주간 SNS 채널 운영 현황 보고"
    carry_forward: bool = False
    backup_folder: str = ""
    is_sample: bool = False
    unit_price: Decimal = Field(default=Decimal(15), ge=0, le=10_000)  # won a message, without VAT
    vat_percent: int = Field(default=10, ge=0, le=100)
    holidays_checked: int = 0  # the last year whose holidays the office compared; 0: as shipped
    remind_minutes: int = Field(default=30, ge=0, le=1_440)  # before a send; 0: never
    topics: str = Field(default=SHIPPED, max_length=5_000)  # what posts are about, by their words
    index_weights: dict[str, int] = Field(default=DEFAULT_WEIGHTS)  # of 종합 지수, by metric code

    @model_validator(mode="after")
    def _boxes(self) -> Settings:
        if not 2 <= len(self.approval) <= 5 or not all(self.approval):
            raise ValueError("결재란은 2칸에서 5칸까지이고 모두 이름이 있어야 합니다.")
        return self

    @field_validator("topics")
    @classmethod
    def _readable(cls, text: str) -> str:
        try:
            topics_of(text)
        except InputError as error:
            raise ValueError(error.text) from error
        return text

    @property
    def has_index(self) -> bool:
        """Whether the office has weighed 종합 지수 itself: until then 추이 and papers have none."""
        return "index_weights" in self.model_fields_set

    @property
    def naming(self) -> WeekNaming:
        return WeekNaming(self.week_rule, self.base_weekday)


D = TypeVar("D", bound=Draft)


def accepted(make: type[D], **values: object) -> D:
    """``make(**values)``, or an InputError with the sentence for the form."""
    try:
        return make(**values)
    except ValidationError as error:
        raise InputError(sentence(error)) from error
