"""Which rooms there are, in the order of the navigation. A room's module is imported when first seen."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from civictracker.ui.pages.base import Page
    from civictracker.ui.state import State


@dataclass(frozen=True, slots=True)
class Room:
    """``module`` under ``ui.pages`` and its ``page`` class; ``gap`` draws a line before it.

    ``group`` is the room that stands for this one in the navigation; rooms of a group are tabs of it.
    """

    id: str
    name: str
    icon: str
    module: str
    page: str
    gap: bool = False
    group: str = ""

    def load(self) -> type[Page]:
        """Import the room's module, once."""
        found: type[Page] = getattr(import_module(f"civictracker.ui.pages.{self.module}"), self.page)
        return found

    def build(self, state: State) -> Page:
        return self.load()(state)


ROOMS = (
    Room("home", "이번 주", "home", "home", "HomePage"),
    Room("entry", "주간 입력", "entry", "entry", "EntryPage"),
    Room("posts", "게시 일정", "posts", "calendar", "CalendarPage"),
    Room("trend", "추이", "trend", "trend", "TrendPage"),
    Room("compare", "비교", "compare", "compare", "ComparePage", group="trend"),
    Room("goals", "목표·돌파", "star", "goals", "GoalsPage", group="trend"),
    Room("campaigns", "캠페인", "campaign", "campaigns", "CampaignsPage", group="trend"),
    Room("inquiries", "문의·수상", "inquiry", "inquiries", "InquiriesPage", group="trend"),
    Room("press", "보도자료", "report", "press", "PressPage", group="trend"),
    Room("report", "보고서", "report", "report", "ReportPage", gap=True),
    Room("import", "가져오기", "import", "imports", "ImportPage"),
    Room("collect", "취합", "folder", "collect", "CollectPage"),
    Room("channels", "채널", "channels", "channels", "ChannelsPage", gap=True),
    Room("settings", "설정", "settings", "settings", "SettingsPage"),
)
NAVIGATION = tuple(room for room in ROOMS if not room.group)


def room_of(page: str) -> Room:
    return next(each for each in ROOMS if each.id == page)


def tabs_of(page: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of the rooms that share a place in the navigation with ``page``; () where it is alone."""
    head = room_of(page).group or page
    found = tuple((each.id, each.name) for each in ROOMS if head in {each.id, each.group})
    return found if len(found) > 1 else ()
