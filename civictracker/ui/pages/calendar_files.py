"""게시 일정's menu: the plan on paper, in a workbook and for other calendars; holidays; an emergency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from civictracker.documents.model import Document
from civictracker.documents.plan import plan_document, post_document
from civictracker.documents.writing import write_document
from civictracker.domain.file_names import file_name
from civictracker.domain.posting import STATUS_NAMES, Status
from civictracker.domain.weeks import Period
from civictracker.services.calendar import PostKey
from civictracker.services.channels import ChannelRow
from civictracker.services.post_export import calendar_export, plan_values
from civictracker.services.posts import load_post
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import open_file, save_file
from civictracker.ui.icons import pixmap
from civictracker.ui.pages.calendar_holidays import HolidayDialog
from civictracker.ui.platform_marks import platform_colour
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import clear, label, row
from civictracker.ui.widgets.calendar_paint import STATUS_ICONS, STATUS_ROLES

if TYPE_CHECKING:
    from civictracker.ui.pages.calendar import CalendarPage
    from civictracker.ui.pages.calendar_work import Work

_SHOWN = 5
_SHEETS = "표 파일 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.htm *.html *.zip);;모든 파일 (*)"


def actions(work: Work) -> Sequence[tuple[str, Callable[[], object]]]:
    """The menu's lines."""
    return (
        ("긴급 발송 기록", work.emergency),
        ("계획표 PDF로 저장", lambda: save_plan(work, "pdf")),
        ("계획표 엑셀로 저장", lambda: save_plan(work, "xlsx")),
        ("다른 달력으로 내보내기 (.ics)", lambda: save_ics(work)),
        ("엑셀에서 계획·결과 가져오기", lambda: import_plan(work)),
        ("공휴일", lambda: show_holidays(work)),
    )


def _span(work: Work) -> Period:
    page = work.page
    if page.view == "week":
        return page.span
    return Period.month(page.anchor.year, page.anchor.month)


def save_plan(work: Work, ending: str) -> None:
    span, state = _span(work), work.state
    plan = state.context.read(plan_values, start=span.start, end=span.end, written=state.today)
    _save(work, plan_document(plan, state.naming, tuple(state.settings.approval)), ending)


def save_post(work: Work, key: PostKey) -> None:
    state = work.state
    detail = state.context.read(load_post, key=key)
    day = detail.draft.planned
    plan = state.context.read(plan_values, start=day, end=day, written=state.today)
    _save(work, post_document(detail, plan.names, plan), "pdf")


def _save(work: Work, document: Document, ending: str) -> None:
    kinds = {"pdf": "PDF (*.pdf)", "xlsx": "엑셀 (*.xlsx)"}
    path = _ask(work, f"{document.title}.{ending}", kinds[ending])
    if path is None:
        return

    def write() -> None:
        write_document(document, path, now=work.state.context.now)
        work.state.say(f"‘{path.name}’에 저장했습니다.")

    work.page.attempt(write)


def save_ics(work: Work) -> None:
    """A year from the first of the month in view: far enough for a calendar, near enough for holidays."""
    from civictracker.documents.ics import write_ics  # noqa: PLC0415 (0.4 s)

    state = work.state
    start = Period.month(work.page.anchor.year, work.page.anchor.month)
    path = _ask(work, "게시 일정.ics", "iCalendar (*.ics)")
    if path is None:
        return

    def write() -> None:
        found = state.context.read(calendar_export, start=start.start, end=start.shift(11).end)
        count = write_ics(found, path, now=state.context.now)
        state.say(f"일정 {count}개를 ‘{path.name}’에 저장했습니다.")

    work.page.attempt(write)


def _ask(work: Work, name: str, kind: str) -> Path | None:
    title, ending = Path(name).stem, Path(name).suffix
    path = save_file(work.page, "저장", "posts", file_name(title) + ending, kind)
    return path if path is None or path.suffix else path.with_suffix(ending)


def import_plan(work: Work) -> None:
    """A plan or results in a sheet go to 가져오기, whose rows are posts then whatever stands beside them."""
    path = open_file(work.page, "게시 계획·결과 파일", "import", _SHEETS)
    if path is not None:
        work.state.open_page("import", ([path], {"as": "posts"}))


def show_holidays(work: Work) -> None:
    HolidayDialog(work.page, work.state, work.page.anchor.year).exec()


def say_what_is_odd(page: CalendarPage) -> None:
    """The banner: only some posts are shown, or holidays that nobody confirmed."""
    assert page.schedule is not None
    if page.only:
        page.banner.say("info", "결정할 것", "보냈는지 정하지 않은 게시만 보입니다.",
                        (("모두 보기", page.show_all),))  # fmt: skip
    elif page.schedule.uncertain:
        years = "·".join(str(year) for year in page.schedule.uncertain)
        page.banner.say(
            "warning", "미확인", f"{years}년 공휴일은 아직 공식 발표와 대조하지 않았습니다.",
            (("공휴일 보기", lambda: show_holidays(page.work)),),
        )  # fmt: skip
    else:
        page.banner.hide()


def fold_bar(page: CalendarPage) -> None:
    """Where the calendar is narrow, what can be done without gives way to what is pressed."""
    room = page.width() - (page.side.width() if page.side.isVisibleTo(page) else 0)
    is_narrow = room < theme.px(640)
    page.legend_box.setVisible(not is_narrow)
    page.search.setVisible(not is_narrow or bool(page.search.text()))
    page.views.setMinimumWidth(page.views.sizeHint().width())


def fill_legend(box: QHBoxLayout, rows: Sequence[ChannelRow]) -> None:
    """Channels by colour and name, then the steps by sign and name."""
    clear(box)
    for each in [each for each in rows if not each.is_sub][:_SHOWN]:
        square = QFrame()
        square.setFixedSize(theme.px(9), theme.px(9))
        square.setStyleSheet(f"background: {platform_colour(each.platform)}; border-radius: 2px;")
        box.addLayout(
            row(square, label(each.platform_name.removesuffix(" 채널"), "subtle small"), spacing=t.S1)
        )
    box.addStretch(1)
    for status in Status:
        sign = label()
        sign.setPixmap(pixmap(STATUS_ICONS[status], STATUS_ROLES[status], 12))
        box.addLayout(row(sign, label(STATUS_NAMES[status], "subtle small"), spacing=t.S1))
