"""How figures, dates and changes are written on the screen (``-`` for missing, never 0)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from civictracker.domain.numbers import grouped
from civictracker.domain.weeks import WEEKDAYS, Period

MINUS = "−"
MISSING = "-"


def week_range(week: Period) -> str:
    """``11. 16. ~ 11. 22.``"""
    return f"{week.start.month}. {week.start.day}. ~ {week.end.month}. {week.end.day}."


def day_words(day: date) -> str:
    """``2026. 11. 20.(금)``"""
    return f"{day.year}. {day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"


def figure(value: int | None) -> str:
    return MISSING if value is None else grouped(value).replace("-", MINUS)


def change(value: int | None) -> str:
    """``▲ 312``, ``▼ 7``, ``0``: a mark and a direction, so that colour is never needed."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    return f"{'▲' if value > 0 else '▼'} {grouped(abs(value))}"


def signed(value: int | None, unit: str = "") -> str:
    """``+312명``, ``−7명``"""
    if value is None:
        return MISSING
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{grouped(abs(value))}{unit}"


def percent(value: Decimal | None) -> str:
    """``0.7%``; ``-`` where there is no rate."""
    return MISSING if value is None else f"{value}%".replace("-", MINUS)


def with_particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """``카카오톡은``, ``블로그는``: the particle that fits the last syllable."""
    last = word[-1:] if word else ""
    has_final = bool(last) and (
        (ord(last) - 0xAC00) % 28 != 0 if "가" <= last <= "힣" else last in "013678lmnrLMNR"
    )
    return word + (after_consonant if has_final else after_vowel)
