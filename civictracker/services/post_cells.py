"""What the cells of a plan of posts mean: days with and without their year, hours, names, counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from civictracker.domain.dates import DateReading, official_weekday, parse_date
from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.posting import COUNT_NAMES, COUNTS, KIND_NAMES, STATUS_NAMES, Status, parse_time
from civictracker.domain.texts import folded
from civictracker.domain.weeks import WEEKDAYS, Period
from civictracker.errors import InputError

DATE_KEYS = {
    "year": "날짜에 연도가 없습니다. 몇 년인가요?",
    "month": "날짜에 달이 없습니다. 몇 월인가요?",
    "days": "날짜 칸이 빈 줄이 있습니다. 바로 윗줄의 날짜인가요?",
}
_CLOCK = re.compile(
    r"^(.*?\S)[\sT]+((?:오전|오후)?\s*\d{1,2}\s*(?::\d{2}(?::\d{2})?|시(?:\s*\d{1,2}\s*분|\s*반)?))$"
)
_SECONDS = re.compile(r"^(\d{1,2}:\d{2}):\d{2}$")
_BETWEEN = re.compile(r"[,、·ㆍ/;+&\n]|\s및\s")
_EVERYWHERE = {folded(each) for each in ("전채널", "전체 채널", "모든 채널", "전 매체", "모든 매체")}
_REPEATS = re.compile(r"매일|매주|매월|매달|격주|수시|상시")
_STATUSES = {
    **{name: status for status, name in STATUS_NAMES.items()},
    **dict.fromkeys(("게시완료", "발송완료", "게시", "발행", "발행완료", "o", "○", "y"), Status.DONE),
    **dict.fromkeys(("취소", "미게시", "미발송"), Status.SKIPPED),
    **dict.fromkeys(("초안", "제작", "제작중", "작성중"), Status.WRITING),
    **dict.fromkeys(("검수", "결재", "결재중", "검토중"), Status.REVIEW),
}
_KINDS = {name: kind for kind, name in KIND_NAMES.items()} | {"광고": "advertisement"}


@dataclass(frozen=True, slots=True)
class Cells:
    """A row's texts by kind (``sheets.post_heads.KINDS``)."""

    texts: dict[str, str]

    @property
    def day(self) -> str:
        return self._moment[0]

    @property
    def subject(self) -> str:
        return self.texts.get("subject", "")

    @property
    def channels(self) -> str:
        return self.texts.get("channels", "")

    @property
    def _moment(self) -> tuple[str, str]:
        """(day, time) of ``2026-11-20 15:00`` and ``11. 20.(금) 오후 3시``."""
        text = self.texts.get("day", "")
        found = _CLOCK.fullmatch(text)
        return (found[1], found[2]) if found else (text, "")

    def fields(self) -> dict[str, Any]:
        """What the row tells of the post itself, for a PostDraft. Raises InputError."""
        told: dict[str, Any] = {"subject": self.subject}
        if clock := self.texts.get("time") or self._moment[1]:
            told["time"] = parse_time(_SECONDS.sub(r"\1", clock))
        told |= {
            name: self.texts[name] for name in ("audience", "owner", "note", "body") if name in self.texts
        }
        link = self.texts.get("link", "")
        if re.match(r"https?://", link):
            told["link"] = link
        if kind := _KINDS.get(self.texts.get("kind", "")):
            told["kind"] = kind
        if status := _STATUSES.get(folded(self.texts.get("status", ""))):
            told["status"] = status
        return told

    def doubts(self) -> list[str]:
        """What the row says and nobody understands; it is left where it is."""
        link, status = self.texts.get("link", ""), self.texts.get("status", "")
        found = []
        if link and not re.match(r"https?://", link):
            found.append(f"링크 ‘{link[:40]}’은(는) 웹 주소가 아니라서 넣지 않습니다.")
        if status and folded(status) not in _STATUSES:
            found.append(f"상태 ‘{status[:20]}’은(는) 알 수 없어 ‘예정’으로 둡니다.")
        return found

    def counts(self) -> dict[str, int]:
        """What came of the send. Raises InputError for what is no count."""
        found = {}
        for name in COUNTS:
            text = self.texts.get(name, "")
            read = parse_number(text) if text else None
            if read is None and not text:
                continue
            if isinstance(read, Missing):
                continue
            if not isinstance(read, Number) or read.value != int(read.value) or read.value < 0:
                raise InputError(f"{COUNT_NAMES[name]} ‘{text[:20]}’을(를) 알 수 없습니다.")
            found[name] = int(read.value)
        return found

    def weekday_doubt(self, day: date) -> str:
        """The sheet's own weekday is another day's."""
        reading = parse_date(self.day)
        told = {self.texts.get("weekday", "").strip(" ()")[:1]} & set(WEEKDAYS)
        if reading is not None and reading.first.weekday is not None:
            told.add(WEEKDAYS[reading.first.weekday])
        wrong = told - {WEEKDAYS[day.weekday()]}
        return f"{official_weekday(day)}인데 시트에는 {wrong.pop()}요일입니다." if wrong else ""


@dataclass(slots=True)
class Days:
    """Reads the days of one table, from top to bottom; ``about`` is the time that its title names."""

    about: Period | None
    answers: dict[str, str]
    _above: date | None = None

    def read(self, cells: Cells) -> tuple[date | None, str]:
        """(the day, what must be asked for it: a key of DATE_KEYS, or ``left``). Raises InputError."""
        if not cells.day:
            told = self.answers.get("days", "")
            if told == "skip":
                return None, "left"
            return (self._above, "") if told == "above" and self._above else (None, "days")
        reading = parse_date(cells.day)
        if reading is None or reading.bound or "order" in reading.needs:
            hint = "되풀이하는 게시는 ‘반복 일정’에서 만들어 주세요." if _REPEATS.search(cells.day) else ""
            raise InputError(f"날짜 ‘{cells.day[:40]}’을(를) 알 수 없습니다.", hint)
        period = reading.period or self._completed(reading)
        if period is None:
            need = "month" if "month" in reading.needs and not self._months(reading) else "year"
            return None, need
        if period.start != period.end:
            raise InputError(f"‘{cells.day[:40]}’은(는) 하루가 아닙니다.", "게시하는 날을 적어 주세요.")
        self._above = period.start
        return period.start, ""

    def choices(self, need: str) -> tuple[str, ...]:
        if need == "days":
            return ("above", "skip")
        return (str(self.about.start.year),) if need == "year" and self.about else ()

    def _completed(self, reading: DateReading) -> Period | None:
        """With the answers, else with what the title says; a day within the title's time comes first."""
        found = [
            period
            for year in self._years(reading)
            for month in self._months(reading) or (None,)
            if (period := reading.complete(year, month)) is not None
        ]
        about = self.about
        inside = [each for each in found if about and about.start <= each.start <= about.end]
        return next(iter(inside or found), None)

    def _years(self, reading: DateReading) -> tuple[int, ...]:
        if reading.year is not None:
            return (reading.year,)
        if (told := self.answers.get("year", "")).isdecimal():
            return (int(told),)
        return tuple(range(self.about.start.year, self.about.end.year + 1)) if self.about else ()

    def _months(self, reading: DateReading) -> tuple[int, ...]:
        if reading.month is not None:
            return (reading.month,)
        if (told := self.answers.get("month", "").removesuffix("월")).isdecimal():
            return (int(told),)
        start, end = (self.about.start, self.about.end) if self.about else (date.min, date.max)
        return (start.month,) if (start.year, start.month) == (end.year, end.month) else ()


def channel_names(text: str) -> list[str]:
    """``카카오톡·블로그`` → its names."""
    return [name for part in _BETWEEN.split(text) if (name := part.strip())]


def is_everywhere(text: str) -> bool:
    return folded(text) in _EVERYWHERE
