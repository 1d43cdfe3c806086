"""The offices' own stories (posts), played through in the window by its forms, mouse and keyboard.

With ``CIVICTRACKER_PICTURES`` set to a folder every step leaves a picture there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from civictracker.domain.posting import Kind, Status, minutes_between
from civictracker.services.calendar import PostKey, PostView
from civictracker.services.channels import save_channel
from civictracker.services.opening import open_data
from civictracker.services.post_stats import promises
from civictracker.services.posts import load_post
from civictracker.services.settings import save_office
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.pages.calendar_emergency import EmergencyDialog
from civictracker.ui.pages.calendar_files import save_plan
from civictracker.ui.pages.calendar_post import PostDialog
from civictracker.ui.pages.calendar_result import ResultDialog
from civictracker.ui.pages.calendar_series import SeriesDialog
from civictracker.ui.pages.calendar_stats import StatsDialog
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.state import State

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when a dialog is shown


class Office:
    """A window on the data of one office at a moment that the story sets."""

    def __init__(
        self, qtbot: QtBot, path: Path, name: str, now: str, channels: list[tuple[str, str]]
    ) -> None:
        self.name, self.now = name, datetime.fromisoformat(f"{now}+09:00")
        self.opened = open_data(path, lambda: self.now, actor="김주무")
        self.opened.context.write(save_office, name=name, department="홍보과")
        for platform, label in channels:
            self.opened.context.write(save_channel, platform=platform, name=label)
        self.window = MainWindow()
        qtbot.addWidget(
            self.window, before_close_func=lambda shown: setattr(shown, "asks_before_closing", False)
        )
        self.window.attach(State(self.opened, sample=False))
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.open_page("posts")
        page = self.window.current_page
        assert isinstance(page, CalendarPage)
        self.page = page
        self.shots = 0

    def close(self) -> None:
        self.window.asks_before_closing = False
        self.window.close()
        self.opened.close(keep_backup=False)

    def shoot(self, what: str, widget: QWidget | None = None) -> None:
        folder = os.environ.get("CIVICTRACKER_PICTURES")
        if folder:
            self.shots += 1
            QApplication.processEvents()
            Path(folder).mkdir(parents=True, exist_ok=True)
            (widget or self.window).grab().save(str(Path(folder) / f"{self.name}-{self.shots}-{what}.png"))

    @contextmanager
    def form(self, dialog: Any, what: str) -> Iterator[Any]:
        """A form that is shown, filled in by the story, and saved by its button."""
        dialog.show()
        yield dialog
        self.shoot(what, dialog)
        assert dialog.try_save(), [each.text() for each in dialog.banner.findChildren(QLabel)]

    def series(self, name: str, title: str, starts: date, channels: list[int], **fields: Any) -> None:
        with self.form(SeriesDialog(self.page.work, None, None), f"반복-{name}") as made:
            made.name.setText(name)
            made.title.setText(title)
            made.starts.setDate(QDate(starts.year, starts.month, starts.day))
            made.time.setText(fields.get("time", "15:00"))
            made.channels.set_values(channels)
            made.audience.setText(fields.get("audience", "전체"))
            if freq := fields.get("freq"):
                made.rule.freq.set_value(freq)
                made.rule.freq.chosen.emit(freq)

    def on(self, day: date) -> list[PostView]:
        assert self.page.schedule is not None
        return [post for post in self.page.schedule.posts if post.day == day]

    def choose(self, day: date, at: int = 0) -> PostKey:
        self.page.go_to(day)
        post = self.on(day)[at]
        self.page.show_detail(post.key)
        return post.key

    def month(self, year: int, month: int) -> list[str]:
        self.page.go_to(date(year, month, 1))
        assert self.page.schedule is not None
        return [f"{post.day.month}.{post.day.day} {post.time} {post.subject}"
                for post in self.page.schedule.posts if post.day.month == month]  # fmt: skip

    def side_texts(self) -> str:
        QApplication.processEvents()
        return " ".join(each.text() for each in self.page.side.findChildren(QLabel) if not each.isHidden())


@pytest.fixture
def office(qtbot: QtBot, _themed: None, data: Path) -> Iterator[Callable[..., Office]]:
    made: list[Office] = []

    def at(name: str, now: str, channels: list[tuple[str, str]]) -> Office:
        made.append(Office(qtbot, data, name, now, channels))
        return made[-1]

    yield at
    for each in made:
        each.close()


def test_yangju_a_card_news_every_friday_afternoon(
    office: Callable[..., Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2022: the channel opens on 2. 11., a Friday; each 카드뉴스 is tied to a post on the blog."""
    here = office(
        "양주시", "2022-02-11T14:00:00", [("kakao", "카카오톡 채널"), ("naver_blog", "공식 블로그")]
    )
    here.series("금요 카드뉴스", "금요 카드뉴스 {주}", date(2022, 2, 11), [1])
    assert here.month(2022, 2) == [
        "2.11 15:00 금요 카드뉴스 2월 2주", "2.18 15:00 금요 카드뉴스 2월 3주", "2.25 15:00 금요 카드뉴스 2월 4주",
    ]  # fmt: skip
    here.shoot("2월")
    key = here.choose(date(2022, 2, 11))
    with here.form(PostDialog(here.page.work, key), "첫-카드뉴스") as form:
        form.link.setText("https://blog.naver.com/yangju_city/1")
        form.subject.setText("금요 카드뉴스 2월 2주: 양주시 카카오톡 채널을 엽니다")
        for text in ("시정정책: 카카오톡 채널이 열립니다", "축제·행사: 회암사지 왕실축제를 준비합니다"):
            form.cards.add("", text)
    here.now = datetime.fromisoformat("2022-02-11T15:20:00+09:00")
    with here.form(ResultDialog(here.page.work, here.page.work.selected), "첫-결과") as form:
        form.edits["sent"].setText("1,204")
        form.edits["opened"].setText("1,290")
    assert "107.14%" in here.side_texts()
    assert "공유로 읽은 수가 포함된 값입니다" in here.side_texts()
    assert here.on(date(2022, 2, 11))[0].status is Status.DONE
    here.shoot("결과")
    assert here.month(2022, 9) == [
        "9.2 15:00 금요 카드뉴스 9월 1주", "9.8 15:00 금요 카드뉴스 9월 2주", "9.16 15:00 금요 카드뉴스 9월 3주",
        "9.23 15:00 금요 카드뉴스 9월 4주", "9.30 15:00 금요 카드뉴스 9월 5주",
    ]  # fmt: skip
    here.choose(date(2022, 9, 8))
    assert "추석 연휴로 9. 9. → 9. 8." in here.side_texts()
    here.shoot("추석")
    here.choose(date(2022, 2, 18))
    here.page.grid.setFocus()
    QTest.keyClick(here.page.grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert [post.is_moved for post in here.on(date(2022, 2, 17))] == [True]
    here.window.undo()
    assert here.on(date(2022, 2, 17)) == []
    here.choose(date(2022, 2, 25))
    here.page.work.drop_selected()
    here.now = datetime.fromisoformat("2022-02-28T09:00:00+09:00")
    kept = here.window.context.read(promises, year=2022, until=date(2022, 2, 28))
    assert [(each.promised, each.sent, each.skipped, each.waiting) for each in kept] == [(3, 1, 1, 1)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "계획.pdf"), ""))
    save_plan(here.page.work, "pdf")
    assert (tmp_path / "계획.pdf").read_bytes().startswith(b"%PDF")


def test_gwanak_a_weekly_and_a_monthly_publication_and_target_groups(office: Callable[..., Office]) -> None:
    """2020: 주 1회 해피매거진, 월 1회 관악소리, and sends for those whom a programme is for."""
    channels = [("kakao", "카카오톡 채널"), ("youtube", "라이브관악"), ("naver_blog", "공식 블로그")]
    here = office("관악구", "2020-10-05T09:00:00", channels)
    here.series("해피매거진", "해피매거진 {호}", date(2020, 9, 28), [1], time="10:00")
    here.series("관악소리", "관악소리 {다음달}호", date(2020, 9, 25), [1], time="11:00", freq="MONTHLY")
    assert here.month(2020, 10) == [
        "10.5 10:00 해피매거진 제2호", "10.12 10:00 해피매거진 제3호", "10.19 10:00 해피매거진 제4호",
        "10.23 11:00 관악소리 11월호", "10.26 10:00 해피매거진 제5호",
    ]  # fmt: skip
    here.choose(date(2020, 10, 23))
    assert "10. 25. → 10. 23." in here.side_texts()
    here.shoot("10월")
    for subject, audience, kind in (
        ("독감 무료 예방접종", "65세 이상", Kind.NORMAL), ("청년 일자리 박람회", "청년", Kind.ADVERTISEMENT),
        ("복지 사각지대 상담", "1인 가구", Kind.NORMAL),
    ):  # fmt: skip
        with here.form(PostDialog(here.page.work, None, date(2020, 10, 7)), f"대상-{audience}") as form:
            form.subject.setText(subject)
            form.audience.setText(audience)
            form.kind.setCurrentIndex(form.kind.findData(kind))
            form.time.setText("21:30" if kind is Kind.ADVERTISEMENT else "14:00")
            form.channels.set_values([1])
    posts = {post.audience: post for post in here.on(date(2020, 10, 7))}
    assert {each.key for each in posts["청년"].warnings} == {"night", "ad-mark", "ad-refusal"}
    assert {each.key for each in posts["1인 가구"].warnings} == {"clash"}
    here.now = datetime.fromisoformat("2020-10-08T09:00:00+09:00")
    for audience, sent, opened in (("65세 이상", "8,000", "6,100"), ("청년", "5,200", "2,010")):
        with here.form(ResultDialog(here.page.work, posts[audience].key), f"결과-{audience}") as form:
            form.edits["sent"].setText(sent)
            form.edits["opened"].setText(opened)
    here.shoot("실적")
    stats = StatsDialog(here.page.work)
    stats.show_view("audience")
    cells = [
        [stats.table.item(at, place).text() for place in range(6)] for at in range(stats.table.rowCount())
    ]
    assert cells == [
        ["65세 이상", "1회", "8,000", "6,100", "-", "8회가 되면 견줍니다"],
        ["청년", "1회", "5,200", "2,010", "-", "8회가 되면 견줍니다"],
    ]  # fmt: skip
    here.shoot("성과", stats)


def test_suwon_rates_above_a_hundred_and_a_message_within_the_hour(office: Callable[..., Office]) -> None:
    """2018 average 107.1 %, 버스파업 예고 157.39 %; 태풍 링링 2019-09-06 17:00."""
    here = office("수원시", "2019-09-06T16:22:00", [("kakao", "카카오톡 채널")])
    for subject, sent, opened, rate in (
        ("2018년 메시지 평균", "1,000", "1,071", "107.1"), ("버스파업 예고", "400,000", "629,560", "157.39"),
    ):  # fmt: skip
        with here.form(PostDialog(here.page.work, None, date(2019, 9, 3)), subject) as form:
            form.subject.setText(subject)
            form.channels.set_values([1])
        with here.form(ResultDialog(here.page.work, here.page.work.selected), f"{subject}-결과") as form:
            form.edits["sent"].setText(sent)
            form.edits["opened"].setText(opened)
            assert form.hints["opened"].text() == f"{rate}% · 공유 포함"
        assert f"{float(rate):.2f}%" in here.side_texts()  # under each other, they have two places
    here.shoot("열람률")
    dialog = EmergencyDialog(here.page.work)
    here.now = datetime.fromisoformat("2019-09-06T17:00:00+09:00")
    with here.form(dialog, "긴급") as form:
        form.subject.setText("태풍 링링 대비 행동 요령")
        form.channels.set_values([1])
    assert here.page.work.selected is not None
    draft = here.window.context.read(load_post, key=here.page.work.selected).draft
    assert (draft.kind, draft.status, minutes_between(draft.happened, draft.sent_at)) == (
        Kind.EMERGENCY, Status.DONE, 38,
    )  # fmt: skip
    assert "38분" in here.side_texts()
    here.shoot("긴급-뒤")
